//! Changes to recorded progress.

use std::mem;

use super::EditError;
use crate::date::Date;
use crate::document::{FactDoc, FactsDoc};
use crate::id::NodeRef;
use crate::nearest::Nearest;

/// A change of a document of recorded progress.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FactsEdit {
    /// The date up to which progress is recorded.
    StatusDate(Option<Date>),
    /// What is known of one thing, in place of what was known before.
    Record {
        /// The position where nothing was known before; at the end when left out.
        at: Option<usize>,
        /// What is known.
        fact: Box<FactDoc>,
    },
    /// Nothing is known of it any longer.
    Forget {
        /// What it was about.
        of: NodeRef,
    },
}

impl FactsEdit {
    /// What is known of one thing, in place of what was known before.
    #[must_use]
    pub fn record(fact: FactDoc) -> Self {
        let (at, fact) = (None, Box::new(fact));
        Self::Record { at, fact }
    }

    /// Nothing is known of it any longer.
    #[must_use]
    pub fn forget(of: impl Into<NodeRef>) -> Self {
        Self::Forget { of: of.into() }
    }
}

impl FactsDoc {
    /// Makes one edit, and gives the one that takes it back. O(*f*) in its entries.
    ///
    /// # Errors
    /// When the edit forgets what is not there, means an entry that is there twice, or a position that is not. Nothing has changed
    /// then.
    ///
    /// ```
    /// use framdrift_model::document::{FactDoc, FactsDoc};
    /// use framdrift_model::edit::FactsEdit;
    ///
    /// let mut facts = FactsDoc::new();
    /// let mut dug = FactDoc::new("dig");
    /// dug.started = Some("2026-03-03".parse().unwrap());
    /// let undo = facts.apply(&FactsEdit::record(dug)).unwrap();
    /// assert_eq!(facts.facts.len(), 1);
    /// facts.apply(&undo).unwrap();
    /// assert_eq!(facts, FactsDoc::new());
    /// ```
    pub fn apply(&mut self, edit: &FactsEdit) -> Result<FactsEdit, EditError> {
        Ok(match edit {
            FactsEdit::StatusDate(date) => FactsEdit::StatusDate(mem::replace(&mut self.status_date, *date)),
            FactsEdit::Record { at, fact } => match self.entry(&fact.of)? {
                Some(known) => {
                    let before = mem::replace(&mut self.facts[known], (**fact).clone());
                    FactsEdit::record(before)
                }
                None => {
                    let count = self.facts.len();
                    let at = at.unwrap_or(count);
                    if at > count {
                        let (of, list) = ("the recorded progress".to_owned(), "facts");
                        return Err(EditError::NoSuchPosition { of, list, at, count });
                    }
                    self.facts.insert(at, (**fact).clone());
                    FactsEdit::Forget { of: fact.of.clone() }
                }
            },
            FactsEdit::Forget { of } => {
                let Some(at) = self.entry(of)? else {
                    let known = self.facts.iter().map(|f| f.of.as_str());
                    let near = Nearest::default().find(of.as_str(), known).map(str::to_owned);
                    let id = of.as_str().to_owned();
                    return Err(EditError::Unknown { id, near });
                };
                let fact = Box::new(self.facts.remove(at));
                let at = Some(at);
                FactsEdit::Record { at, fact }
            }
        })
    }

    /// Makes several edits in their order, or none of them. Gives the edits that take them back, in the order to make them.
    ///
    /// # Errors
    /// As [`apply`](Self::apply), for the first edit that cannot be made.
    pub fn apply_all(&mut self, edits: &[FactsEdit]) -> Result<Vec<FactsEdit>, EditError> {
        let mut back = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.apply(edit) {
                Ok(inverse) => back.push(inverse),
                Err(error) => {
                    for inverse in back.iter().rev() {
                        // INVARIANT: the document is what it was right after the edit that this one takes back.
                        self.apply(inverse).expect("an edit can be taken back");
                    }
                    return Err(error);
                }
            }
        }
        back.reverse();
        Ok(back)
    }

    /// The position of the entry about something.
    fn entry(&self, of: &NodeRef) -> Result<Option<usize>, EditError> {
        let mut found = self.facts.iter().enumerate().filter(|(_, f)| f.of == *of);
        let first = found.next().map(|(at, _)| at);
        match found.next() {
            Some(_) => Err(EditError::Ambiguous {
                id: of.as_str().to_owned(),
            }),
            None => Ok(first),
        }
    }
}
