//! Activities in a file.

use super::{ConstraintDoc, LeadTimeDoc, LinkDoc};
use crate::date::{Date, Window};
use crate::id::{ActivityId, CalendarId, GroupId, NodeRef, PartyRef, PhaseId, Uid};
use crate::projection::Milestone;
use crate::quantity::Duration;
use crate::text::LocalText;

crate::document! {
    /// A piece of work; a milestone when its duration is zero; a summary when other activities are part of it.
    pub struct ActivityDoc("activity", key "id") {
        required {
            /// The activity's id.
            id: ActivityId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// The number that another tool knows it by.
            uid: Option<Uid> = "uid",
            /// The phase it belongs to. An activity that is part of another belongs to that one's phase and names none.
            phase: Option<PhaseId> = "phase",
            /// The summary activity it is part of.
            part_of: Option<ActivityId> = "part-of",
            /// The group it is done for each subject of. What is part of an activity done per subject is done per the same, and
            /// names no group of its own.
            per: Option<GroupId> = "per",
            /// How long it takes. Zero makes it a milestone; a summary has none. One that is `manual` takes the working time between
            /// its dates where this is left out.
            duration: Option<Duration> = "duration",
            /// Its calendar; the programme's when left out.
            calendar: Option<CalendarId> = "calendar",
            /// The calendar that its work is laid out on, where those who do it keep other hours. Lags into it and total float still
            /// count on `calendar`.
            work_calendar: Option<CalendarId> = "work-calendar",
            /// Who sees to it.
            responsible: Option<PartyRef> = "responsible",
            /// What it depends on.
            after: Vec<LinkDoc> = "after",
            /// What waits for it, and how long ahead.
            before: Vec<LeadTimeDoc> = "before",
            /// The two meetings it lies between.
            between: Option<BetweenDoc> = "between",
            /// Date constraints.
            constraints: Vec<ConstraintDoc> = "constraints",
            /// The date by which it is finished; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
            /// It stands at these dates, whatever its links say; what follows it starts from them. On a summary: its start is a
            /// floor for what is part of it.
            manual: Option<ManualDoc> = "manual",
            /// Whether it is not to be done: its links count as not written. All that is part of an inactive summary is inactive.
            inactive: Option<bool> = "inactive",
            /// Whether it spans what its links lead to and moves nothing itself. Not a summary, and not `manual`.
            level_of_effort: Option<bool> = "level-of-effort",
            /// Which end of something it marks, where its duration is zero; only the rules of P6 ask.
            milestone: Option<Milestone> = "milestone",
            /// How long it is held back once links and dates let it start, in elapsed time. Not on a summary, nor on what is `manual`
            /// or a `level-of-effort`.
            delay: Option<Duration> = "delay",
        }
    }
}

crate::document! {
    /// The dates that an activity stands at because somebody typed them in.
    pub struct ManualDoc("manual") {
        required {
            /// When it starts. Without a time of day it means the beginning of that day's work.
            start: Date = "start",
            /// When it finishes, not before it starts. Without a time of day it means the end of that day's work.
            finish: Date = "finish",
        }
        optional {}
    }
}

crate::document! {
    /// A task in between: it starts after one meeting (or part of one) and is finished before another.
    pub struct BetweenDoc("between") {
        required {
            /// The meeting it follows.
            after: NodeRef = "after",
            /// The meeting it is finished before.
            before: NodeRef = "before",
        }
        optional {}
    }
}
