//! Meetings in a file.

use super::{ConstraintDoc, LeadTimeDoc, LinkDoc};
use crate::date::{Date, TimeOfDay, Window};
use crate::id::{AgendaItemId, BodyId, CalendarId, GroupId, MeetingId, NodeRef, PartId, PartyRef, PhaseId};
use crate::period::Period;
use crate::quantity::Duration;
use crate::text::LocalText;

crate::document! {
    /// A meeting, held at once or in several parts. Held in parts, it spans them, and they follow each other in order.
    pub struct MeetingDoc("meeting", key "id") {
        required {
            /// The meeting's id.
            id: MeetingId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// What it is about.
            theme: Option<LocalText> = "theme",
            /// The phase it belongs to.
            phase: Option<PhaseId> = "phase",
            /// The group it is held for each subject of.
            per: Option<GroupId> = "per",
            /// The date it is planned for: no earlier, and late if later. Without a time of day it begins with its first item, else
            /// with that day's work. A meeting in parts has none of its own.
            planned: Option<Date> = "planned",
            /// How long it takes. Left out, it lasts as long as its agenda: by the clock where it is planned, else in working time;
            /// without an agenda, no time.
            duration: Option<Duration> = "duration",
            /// Its calendar; the programme's when left out.
            calendar: Option<CalendarId> = "calendar",
            /// The body that meets.
            body: Option<BodyId> = "body",
            /// Who takes part.
            attendees: Vec<PartyRef> = "attendees",
            /// Who presents.
            presenters: Vec<PartyRef> = "presenters",
            /// What must be over before it.
            after: Vec<LinkDoc> = "after",
            /// What waits for it.
            before: Vec<LeadTimeDoc> = "before",
            /// What participants have read when it begins.
            pre_reads: Vec<PreReadDoc> = "pre-reads",
            /// The items, in order. A meeting in parts has its agendas there.
            agenda: Vec<AgendaItemDoc> = "agenda",
            /// The parts, in order.
            parts: Vec<PartDoc> = "parts",
            /// Date constraints.
            constraints: Vec<ConstraintDoc> = "constraints",
            /// The date by which it is held; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
        }
    }
}

crate::document! {
    /// A part of a meeting, referred to as `meeting/part`.
    pub struct PartDoc("part", key "id") {
        required {
            /// The part's id within the meeting.
            id: PartId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// The date it is planned for: no earlier, and late if later.
            planned: Option<Date> = "planned",
            /// How long it takes. Left out, it lasts as long as its agenda: by the clock where it is planned, else in working time;
            /// without an agenda, no time.
            duration: Option<Duration> = "duration",
            /// What must be over before it.
            after: Vec<LinkDoc> = "after",
            /// What waits for it.
            before: Vec<LeadTimeDoc> = "before",
            /// What participants have read when it begins.
            pre_reads: Vec<PreReadDoc> = "pre-reads",
            /// The items, in order.
            agenda: Vec<AgendaItemDoc> = "agenda",
            /// The date by which it is held; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
        }
    }
}

crate::document! {
    /// An item on an agenda. Items stand in the order in which they are taken and do not overlap.
    pub struct AgendaItemDoc("item", key "id") {
        required {
            /// The item's id within the agenda.
            id: AgendaItemId = "id",
        }
        optional {
            /// What it is about.
            title: Option<LocalText> = "title",
            /// What kind of item it is.
            kind: Option<AgendaKind> = "kind",
            /// When it begins. Left out, it follows the item before it; the first item then begins with the meeting.
            start: Option<TimeOfDay> = "start",
            /// How long it takes, by the clock.
            duration: Option<Duration> = "duration",
            /// Who presents it.
            presenters: Vec<PartyRef> = "presenters",
            /// What participants have read for it when the meeting begins.
            pre_reads: Vec<PreReadDoc> = "pre-reads",
        }
    }
}

crate::document! {
    /// A version that is out before a meeting.
    pub struct PreReadDoc("pre-read", key "version", short version) {
        required {
            /// The version: `guideline/v2`.
            version: NodeRef = "version",
        }
        optional {
            /// How long before the meeting it is out at the latest: a calendar period, counted back from its start.
            ahead: Option<Period> = "ahead",
        }
    }
}

crate::words! {
    /// What kind of item stands on an agenda.
    pub enum AgendaKind("kind of agenda item") {
        /// Opening, welcome, what became of the last meeting.
        Opening = "opening",
        /// Somebody informs.
        Information = "information",
        /// Findings from research.
        Research = "research",
        /// Experience from practice.
        Experience = "experience",
        /// The users' own view.
        User = "user",
        /// Work in groups.
        GroupWork = "group-work",
        /// Everybody discusses.
        Discussion = "discussion",
        /// A poll.
        Poll = "poll",
        /// Something is decided.
        Decision = "decision",
        /// An exercise.
        Exercise = "exercise",
        /// A break.
        Break = "break",
        /// The meeting itself is evaluated.
        Evaluation = "evaluation",
        /// Closing.
        Closing = "closing",
    }
}
