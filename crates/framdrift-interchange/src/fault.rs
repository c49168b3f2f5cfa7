//! Why a file cannot be read at all.

use thiserror::Error;

/// A file that cannot be read, with the line where reading stopped. What can be gone past is not an error but an entry of the
/// [`LossReport`](crate::loss::LossReport).
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {line}: {message}")]
pub struct ReadError {
    line: u32,
    message: Box<str>,
}

impl ReadError {
    pub(crate) fn at(line: u32, message: impl Into<Box<str>>) -> Self {
        Self {
            line,
            message: message.into(),
        }
    }

    /// The line where reading stopped, counted from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}
