//! Date constraints in a file.

use crate::date::Date;

crate::document! {
    /// The date of a constraint.
    pub struct DatedDoc("constraint") {
        required {
            /// The date. Without a time of day it means the beginning of that day's work for a start and the end of it for a finish.
            date: Date = "date",
        }
        optional {}
    }
}

crate::document! {
    /// A constraint without a date.
    pub struct AsapDoc("constraint") {
        required {}
        optional {}
    }
}

crate::union! {
    /// A date constraint. Links are never violated: a floor moves an activity later, a cap shows what is too late as negative
    /// float.
    pub enum ConstraintDoc("constraint", tag "kind") {
        /// As soon as links and dates allow; the same as no constraint.
        AsSoonAsPossible(AsapDoc) = "as-soon-as-possible",
        /// As late as the early dates of its successors allow: it eats free float only.
        AsLateAsPossible(AsapDoc) = "as-late-as-possible",
        /// A floor on the start (SNET).
        StartNoEarlierThan(DatedDoc) = "start-no-earlier-than",
        /// A cap on the late start (SNLT).
        StartNoLaterThan(DatedDoc) = "start-no-later-than",
        /// A floor on the finish (FNET).
        FinishNoEarlierThan(DatedDoc) = "finish-no-earlier-than",
        /// A cap on the late finish (FNLT).
        FinishNoLaterThan(DatedDoc) = "finish-no-later-than",
        /// A floor on the start and a cap on the late start at one date (MSO).
        MustStartOn(DatedDoc) = "must-start-on",
        /// A floor on the finish and a cap on the late finish at one date (MFO).
        MustFinishOn(DatedDoc) = "must-finish-on",
        /// What is left of it takes as long as brings it to finish then (P6: expected finish).
        ExpectedFinish(DatedDoc) = "expected-finish",
        /// A floor on the start that another programme asks for (P6: external early start).
        ExternalEarlyStart(DatedDoc) = "external-early-start",
        /// A cap on the late finish that another programme asks for (P6: external late finish).
        ExternalLateFinish(DatedDoc) = "external-late-finish",
    }
}
