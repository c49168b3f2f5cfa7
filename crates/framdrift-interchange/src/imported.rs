//! What reading another tool's file gives.

use framdrift_model::document::{FactsDoc, ProgrammeDoc};

use crate::loss::LossReport;

/// A programme, its recorded progress, and what did not survive.
///
/// The document validates without a fault, whatever the file says; only rings of links, which are looked for where dates are
/// computed, are as they were.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The programme.
    pub document: ProgrammeDoc,
    /// Recorded progress; empty where nothing has happened and no status date is known.
    pub facts: FactsDoc,
    /// What was left out, changed or not understood.
    pub loss: LossReport,
    /// The encoding that the file was in, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
}

impl Imported {
    /// Whether anything is recorded.
    #[must_use]
    pub fn has_progress(&self) -> bool {
        !self.facts.facts.is_empty() || self.facts.status_date.is_some()
    }
}

/// An id made of people's text: letters and digits of it, the rest as hyphens; `otherwise` where nothing is left.
pub(crate) fn slug(text: &str, otherwise: &str) -> String {
    let mut id = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase().filter(|c| c.is_alphanumeric()));
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
        if id.chars().count() >= 40 {
            break;
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() {
        otherwise.to_owned()
    } else {
        id.to_owned()
    }
}
