//! Which tool wrote a file, and reading it.

use crate::fault::ReadError;
use crate::xer::XerError;
use crate::{Imported, mspdi, xer};

/// Formats of other tools that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Microsoft Project's XML.
    Mspdi,
    /// Primavera's exchange format.
    Xer,
}

/// Why no programme comes of a file.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ImportError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It has not the project that is wanted.
    #[error(transparent)]
    Xer(XerError),
    /// A project was asked for by name, and the format holds one only.
    #[error("an MSPDI file holds one project; there is none to choose from")]
    OneProject,
}

impl From<XerError> for ImportError {
    fn from(error: XerError) -> Self {
        match error {
            XerError::Read(error) => Self::Read(error),
            error => Self::Xer(error),
        }
    }
}

impl Format {
    /// The format that the first bytes show, whatever the file is called; none for what is neither.
    ///
    /// ```
    /// use framdrift_interchange::Format;
    ///
    /// assert_eq!(Format::of(b"<?xml version='1.0'?><Project/>"), Some(Format::Mspdi));
    /// assert_eq!(Format::of(b"ERMHDR\t23.12"), Some(Format::Xer));
    /// assert_eq!(Format::of(b"framdrift: 1\nid: plan\n"), None);
    /// ```
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        // Past a byte order mark, and in UTF-16 past every other byte, the beginning is that of ASCII.
        let marked = [&[0xEF, 0xBB, 0xBF][..], &[0xFF, 0xFE], &[0xFE, 0xFF]];
        let bytes = marked
            .iter()
            .find_map(|mark| bytes.strip_prefix(*mark))
            .unwrap_or(bytes);
        let text: Vec<u8> = bytes
            .iter()
            .copied()
            .take(1_024)
            .filter(|byte| *byte != 0)
            .skip_while(u8::is_ascii_whitespace)
            .take(10)
            .collect();
        let begins = |with: &str| text.starts_with(with.as_bytes());
        if begins("ERMHDR") {
            Some(Self::Xer)
        } else if begins("<?xml") || begins("<Project") || begins("<!--") || begins("<!DOCTYPE") {
            Some(Self::Mspdi)
        } else {
            None
        }
    }

    /// Reads a file in the format. `options` are those of XER; of an MSPDI file the limits count.
    ///
    /// # Errors
    /// Where it cannot be read, or has not the project that is asked for.
    pub fn read(self, bytes: &[u8], options: &xer::Options) -> Result<Imported, ImportError> {
        match self {
            Self::Mspdi if options.wanted().is_some() => Err(ImportError::OneProject),
            Self::Mspdi => Ok(mspdi::read(bytes, options.bounds())?),
            Self::Xer => Ok(xer::read(bytes, options)?),
        }
    }
}
