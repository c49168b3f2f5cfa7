//! Phases and gates in a file.

use super::{ConstraintDoc, LeadTimeDoc, LinkDoc};
use crate::date::{Date, Window};
use crate::id::{BodyId, CalendarId, GateId, GroupId, PhaseId};
use crate::text::LocalText;

crate::document! {
    /// A phase: it spans whatever names it as its `phase`, and takes no time of its own.
    pub struct PhaseDoc("phase", key "id") {
        required {
            /// The phase's id.
            id: PhaseId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// What must be over before anything in it starts.
            after: Vec<LinkDoc> = "after",
            /// What waits for all of it.
            before: Vec<LeadTimeDoc> = "before",
            /// Date constraints: `start-no-earlier-than` and `finish-no-later-than` only.
            constraints: Vec<ConstraintDoc> = "constraints",
            /// The date by which all of it is finished; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
        }
    }
}

crate::document! {
    /// A go/no-go point: a moment at which a body decides whether the programme goes on.
    pub struct GateDoc("gate", key "id") {
        required {
            /// The gate's id.
            id: GateId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// The phase it belongs to.
            phase: Option<PhaseId> = "phase",
            /// The group it is held for each subject of.
            per: Option<GroupId> = "per",
            /// The date it is planned for: no earlier, and late if later.
            planned: Option<Date> = "planned",
            /// Its calendar; the programme's when left out.
            calendar: Option<CalendarId> = "calendar",
            /// The body that decides.
            body: Option<BodyId> = "body",
            /// What must be over before the decision.
            after: Vec<LinkDoc> = "after",
            /// What waits for the decision.
            before: Vec<LeadTimeDoc> = "before",
            /// Date constraints.
            constraints: Vec<ConstraintDoc> = "constraints",
            /// The date by which the decision is taken; a miss is a warning.
            deadline: Option<Date> = "deadline",
            /// The window it falls in; a miss is a warning.
            window: Option<Window> = "window",
        }
    }
}
