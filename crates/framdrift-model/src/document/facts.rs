//! Recorded progress in a file of its own.

use super::FormatVersion;
use crate::date::Date;
use crate::id::{NodeRef, ProgrammeId};
use crate::quantity::Duration;

crate::document! {
    /// Recorded progress of a programme: the date up to which it is recorded, and what has happened.
    pub struct FactsDoc("facts", made by with_format) {
        required {
            /// The version of the file format: 1. Checked before anything else.
            framdrift_facts: FormatVersion = "framdrift-facts",
        }
        optional {
            /// The programme that all this is about: its id.
            programme: Option<ProgrammeId> = "programme",
            /// The date up to which progress is recorded. Without a time of day it means the end of that day's work on the
            /// programme's calendar.
            status_date: Option<Date> = "status-date",
            /// What has happened, an entry for each thing that something is known of.
            facts: Vec<FactDoc> = "facts",
        }
    }
}

crate::document! {
    /// What is known of one thing. A date without a time of day means the beginning of that day's work for a start, a decision
    /// and a resumption, and the end of it for a finish and a suspension.
    pub struct FactDoc("fact", key "of") {
        required {
            /// What it is about: anything in the programme that takes time of its own, or a gate.
            of: NodeRef = "of",
        }
        optional {
            /// When it started.
            started: Option<Date> = "started",
            /// When it finished; of a milestone, when it was reached. Without `started`, it started then, too.
            finished: Option<Date> = "finished",
            /// Gates only: when it was decided.
            decided: Option<Date> = "decided",
            /// How much of it is left: working time, or elapsed time where its duration is elapsed.
            remaining: Option<Duration> = "remaining",
            /// When work on it stopped for a while.
            suspended: Option<Date> = "suspended",
            /// When work on it goes on, or went on.
            resumed: Option<Date> = "resumed",
        }
    }
}

impl FactsDoc {
    /// No progress yet, in the current format.
    ///
    /// ```
    /// use framdrift_model::document::{FactDoc, FactsDoc};
    ///
    /// let mut facts = FactsDoc::new();
    /// let mut dig = FactDoc::new("dig");
    /// dig.started = Some("2026-03-03T08:00".parse().unwrap());
    /// facts.facts.push(dig);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::with_format(FormatVersion::CURRENT)
    }
}

impl Default for FactsDoc {
    fn default() -> Self {
        Self::new()
    }
}
