//! Deliverables in a file.

use super::{BetweenDoc, ConstraintDoc, LeadTimeDoc, LinkDoc};
use crate::date::{Date, Window};
use crate::id::{CalendarId, DeliverableId, GroupId, PartyRef, PhaseId, ReviewId, VersionId};
use crate::quantity::Duration;
use crate::text::LocalText;

crate::document! {
    /// Something that is produced, in one or more versions. Each version follows the one before it and its review rounds.
    pub struct DeliverableDoc("deliverable", key "id") {
        required {
            /// The deliverable's id.
            id: DeliverableId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// Who answers for it.
            owner: Option<PartyRef> = "owner",
            /// The phase its versions belong to, where they name none.
            phase: Option<PhaseId> = "phase",
            /// The group that there is one for each subject of.
            per: Option<GroupId> = "per",
            /// The calendar of its versions; the programme's when left out.
            calendar: Option<CalendarId> = "calendar",
            /// The versions, in order.
            versions: Vec<VersionDoc> = "versions",
        }
    }
}

crate::document! {
    /// A version of a deliverable, referred to as `deliverable/version`. Its date is when it is out.
    pub struct VersionDoc("version", key "id") {
        required {
            /// The version's id within the deliverable.
            id: VersionId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// Who writes it.
            author: Option<PartyRef> = "author",
            /// The phase it belongs to; the deliverable's when left out.
            phase: Option<PhaseId> = "phase",
            /// How long the work on it takes; without it, it is a point in time.
            duration: Option<Duration> = "duration",
            /// What it depends on, besides the version before it.
            after: Vec<LinkDoc> = "after",
            /// What waits for it, and how long ahead it is out: a meeting it is due at, a decision.
            before: Vec<LeadTimeDoc> = "before",
            /// The two meetings it is worked on between.
            between: Option<BetweenDoc> = "between",
            /// Date constraints.
            constraints: Vec<ConstraintDoc> = "constraints",
            /// The date by which it is out; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
            /// The rounds in which it is read and commented on. They start when it is out; the next version follows them.
            reviews: Vec<ReviewDoc> = "reviews",
        }
    }
}

crate::document! {
    /// A round in which a version is read and commented on, referred to as `deliverable/version/review`.
    pub struct ReviewDoc("review", key "id") {
        required {
            /// The round's id within the version.
            id: ReviewId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// Who is asked.
            reviewers: Vec<PartyRef> = "reviewers",
            /// How long it takes.
            duration: Option<Duration> = "duration",
            /// What it depends on, besides the version being out.
            after: Vec<LinkDoc> = "after",
            /// What waits for it, and how long ahead it is over.
            before: Vec<LeadTimeDoc> = "before",
            /// The date by which it is over; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
        }
    }
}
