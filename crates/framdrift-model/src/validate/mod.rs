//! Validation: every fault of a document at once.
//!
//! The first pass only resolves references ([`resolve`]); it hands resolved positions to the rule families below, each a
//! free function in its own file that reads and pushes diagnostics, never stops early and never changes anything.

mod again;
mod agenda;
mod calendars;
mod damage;
mod facts;
mod modes;
mod names;
mod references;
mod size;
mod structure;
mod times;
mod titles;
mod unknown;

pub(crate) use again::{again, is_of};
pub use damage::Damage;
pub use facts::CheckedFacts;
pub use references::DEEPEST_PARTS;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::ProgrammeDoc;
use crate::nearest::Nearest;
use crate::resolved::Resolved;
use crate::spelling::{did_you_mean, unusual};

/// Collects diagnostics for the rules, and holds what they share.
pub(crate) struct Report<'d> {
    pub(crate) doc: &'d ProgrammeDoc,
    pub(crate) damage: &'d Damage,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) nearest: Nearest,
    pub(crate) unknown: unknown::Unknown,
    pub(crate) titles: titles::Titles,
}

impl<'d> Report<'d> {
    pub(crate) fn new(doc: &'d ProgrammeDoc, damage: &'d Damage) -> Self {
        Self {
            doc,
            damage,
            diagnostics: Diagnostics::default(),
            nearest: Nearest::default(),
            unknown: unknown::Unknown::default(),
            titles: titles::Titles::default(),
        }
    }

    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Advice naming the closest known name, and the name itself. Where none is close, what is unusual in the word.
    pub(crate) fn did_you_mean<'c>(
        &mut self,
        word: &str,
        known: impl IntoIterator<Item = &'c str, IntoIter: Clone>,
    ) -> (Option<String>, Option<&'c str>) {
        match self.nearest.find(word, known) {
            Some(name) => (Some(did_you_mean(word, name)), Some(name)),
            None => (unusual(word), None),
        }
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
        let mut report = Report::new(self, damage);
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
