//! Validation: every fault of a document at once.
//!
//! The first pass only resolves references ([`resolve`]); it hands resolved positions to the rule families below, each a
//! free function in its own file that reads and pushes diagnostics, never stops early and never changes anything.

mod again;
mod agenda;
mod calendars;
mod facts;
mod modes;
mod names;
mod references;
mod size;
mod structure;
mod times;

pub(crate) use again::{again, is_of};
pub use facts::CheckedFacts;
pub use references::DEEPEST_PARTS;

use std::collections::{BTreeSet, HashSet};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::ProgrammeDoc;
use crate::nearest::Nearest;
use crate::place::Place;
use crate::resolved::Resolved;

/// What a reader had to leave out of a document because it could not be read.
///
/// Rules stay silent about what is damaged: one cause, one message.
#[derive(Clone, Debug, Default)]
pub struct Damage {
    fields: BTreeSet<String>,
    ids: HashSet<String>,
    lists: BTreeSet<&'static str>,
}

impl Damage {
    /// Nothing was left out.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The field at this pointer of the document was left out.
    pub fn field(&mut self, pointer: String) {
        self.fields.insert(pointer);
    }

    /// An entry with this id was left out.
    pub fn id(&mut self, id: String) {
        self.ids.insert(id);
    }

    /// An entry of the list under `key` was left out, and its id is not known.
    pub fn list(&mut self, key: &'static str) {
        self.lists.insert(key);
    }

    /// Whether nothing was left out.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.fields.is_empty() && self.ids.is_empty() && self.lists.is_empty()
    }

    /// Whether an entry of the list at `pointer` was left out.
    fn lost_from(&self, pointer: &str) -> bool {
        self.fields.contains(&format!("{pointer}/#"))
    }

    /// Whether a field `key` of any entry was left out.
    fn lacks_some(&self, key: &str) -> bool {
        self.fields.iter().any(|f| f.rsplit('/').next() == Some(key))
    }

    fn within(&self, place: &Place) -> bool {
        if self.fields.is_empty() {
            return false;
        }
        let start = format!("{}/", place.pointer);
        self.fields
            .range(start.clone()..)
            .next()
            .is_some_and(|f| f.starts_with(&start))
    }

    /// Whether `id` may be that of something left out of one of `lists`.
    fn may_hide(&self, id: &str, lists: &[&str]) -> bool {
        self.ids.contains(id)
            || lists.iter().any(|l| self.lists.contains(l))
            || id.split(['/', '@']).any(|part| self.ids.contains(part))
    }
}

/// The lists whose entries references to time nodes may mean.
pub(crate) const NODE_LISTS: &[&str] = &[
    "activities",
    "gates",
    "phases",
    "meetings",
    "parts",
    "deliverables",
    "versions",
    "reviews",
];
/// The lists whose entries are parties.
pub(crate) const PARTY_LISTS: &[&str] = &["bodies", "roles", "people"];

/// Collects diagnostics for the rules, and holds what they share.
pub(crate) struct Report<'d> {
    pub(crate) doc: &'d ProgrammeDoc,
    pub(crate) damage: &'d Damage,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) nearest: Nearest,
}

impl<'d> Report<'d> {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Advice naming the closest known name, and the name itself.
    pub(crate) fn did_you_mean<'c>(
        &mut self,
        word: &str,
        known: impl IntoIterator<Item = &'c str>,
    ) -> (Option<String>, Option<&'c str>) {
        let found = self.nearest.find(word, known);
        (found.map(|name| format!("did you mean `{name}`?")), found)
    }
}

/// What checking a document learnt: its faults, and what could be resolved.
#[derive(Clone, Debug)]
pub struct Checked {
    pub(crate) resolved: Resolved,
    diagnostics: Diagnostics,
}

impl Checked {
    /// The faults and warnings, in document order.
    #[must_use]
    pub const fn diagnostics(&self) -> &Diagnostics {
        &self.diagnostics
    }

    /// Gives up the faults and warnings.
    #[must_use]
    pub fn into_diagnostics(self) -> Diagnostics {
        self.diagnostics
    }

    /// What takes or bounds time in `doc`, as far as it could be resolved; for finding rings beside other faults.
    ///
    /// # Panics
    /// May panic when `doc` is not the document that was checked.
    #[must_use]
    pub fn projection(&self, doc: &ProgrammeDoc) -> crate::projection::Projection {
        crate::project::project(doc, &self.resolved)
    }

    /// The way from nodes and links back to `doc`, the document that was checked.
    #[must_use]
    pub const fn lookup<'c>(&'c self, doc: &'c ProgrammeDoc) -> crate::lookup::Lookup<'c> {
        crate::lookup::Lookup::new(doc, &self.resolved)
    }

    pub(crate) fn into_parts(self) -> (Resolved, Diagnostics) {
        (self.resolved, self.diagnostics)
    }
}

impl ProgrammeDoc {
    /// Finds every fault and warning, in document order.
    ///
    /// `damage` tells what a reader left out; a document made in code has [`Damage::none`].
    /// Takes O(n log n) time and O(n) memory in the size of the document and its instances.
    #[must_use]
    pub fn check(&self, damage: &Damage) -> Checked {
        let mut report = Report {
            doc: self,
            damage,
            diagnostics: Diagnostics::default(),
            nearest: Nearest::default(),
        };
        if names::overlong(&mut report) {
            report.diagnostics.sort();
            return Checked {
                resolved: Resolved {
                    overflow: true,
                    ..Resolved::default()
                },
                diagnostics: report.diagnostics,
            };
        }
        names::check(&mut report);
        let mut resolved = references::resolve(&mut report);
        times::check(&mut report, &resolved);
        calendars::check(&mut report, &mut resolved);
        structure::check(&mut report, &mut resolved);
        modes::check(&mut report, &resolved);
        size::check(&mut report, &mut resolved);
        agenda::check(&mut report);
        if report.diagnostics.errors() == 0 && damage.is_none() {
            times::check_planned(&mut report, &resolved);
        }
        report.diagnostics.sort();
        Checked {
            resolved,
            diagnostics: report.diagnostics,
        }
    }
}

/// A large number as people write it: `4 000 000`.
fn spaced(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
