//! What is wrong with a text before its meaning is looked at.

use crate::tree::Span;

/// One fault of the text itself: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyntaxFault {
    /// The stable name, one of [`codes::ALL`](crate::codes::ALL).
    pub code: &'static str,
    /// Where; may be empty (a place between two characters).
    pub span: Span,
    /// What is wrong, for people.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// The faults found so far: the first ones kept, the rest counted.
#[derive(Debug)]
pub(crate) struct Faults {
    kept: Vec<SyntaxFault>,
    most: usize,
    uncounted: usize,
}

impl Faults {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            kept: Vec::new(),
            most: most.max(1),
            uncounted: 0,
        }
    }

    pub(crate) fn push(&mut self, code: &'static str, span: Span, message: impl Into<String>, help: &str) {
        if self.kept.len() < self.most {
            let help = (!help.is_empty()).then(|| help.to_owned());
            self.kept.push(SyntaxFault {
                code,
                span,
                message: message.into(),
                help,
            });
        } else {
            self.uncounted += 1;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The kept faults in order of place, and how many were not kept.
    pub(crate) fn finish(mut self) -> (Vec<SyntaxFault>, usize) {
        self.kept.sort_by_key(|fault| fault.span);
        (self.kept, self.uncounted)
    }
}
