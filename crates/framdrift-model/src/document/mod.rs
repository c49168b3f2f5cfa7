//! The programme document: what a file says, before anyone has checked it.
//!
//! Documents have public fields, keep the author's order and can hold every mistake, so that every mistake can be reported.
//! [`ProgrammeDoc::validate`] turns one into a [`Programme`](crate::Programme).
//!
//! ```
//! use framdrift_model::document::{ActivityDoc, ProgrammeDoc};
//!
//! let mut document = ProgrammeDoc::new("office-move");
//! let mut pack = ActivityDoc::new("pack");
//! pack.duration = Some("3d".parse().unwrap());
//! document.activities.push(pack);
//! assert!(document.validate().is_ok());
//! ```

mod activity;
mod calendar;
mod constraint;
mod deliverable;
mod facts;
mod link;
mod meeting;
mod party;
mod phase;
mod scheduling;

pub use activity::{ActivityDoc, BetweenDoc, ManualDoc};
pub use calendar::{CalendarDoc, ExceptionDoc, HolidaysDoc, MinutesDoc, WeekDoc};
pub use constraint::{AsapDoc, ConstraintDoc, DatedDoc};
pub use deliverable::{DeliverableDoc, ReviewDoc, VersionDoc};
pub use facts::{FactDoc, FactsDoc};
pub use link::{LeadTimeDoc, LinkDoc};
pub use meeting::{AgendaItemDoc, AgendaKind, MeetingDoc, PartDoc, PreReadDoc};
pub use party::{BodyDoc, GroupDoc, PersonDoc, RoleDoc, SubjectDoc, SubjectKind};
pub use phase::{GateDoc, PhaseDoc};
pub use scheduling::SchedulingDoc;

use crate::date::Date;
use crate::id::{CalendarId, ProgrammeId};
use crate::quantity::Units;
use crate::rules::{Profile, Rules};
use crate::shape::{Shape, Shaped};
use crate::text::{Language, LocalText};

/// The version of the file format that a document is written in. This library knows 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatVersion(u32);

impl FormatVersion {
    /// The version that this library reads and writes.
    pub const CURRENT: Self = Self(1);

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl Default for FormatVersion {
    fn default() -> Self {
        Self::CURRENT
    }
}

impl Shaped for FormatVersion {
    fn shape() -> Shape {
        Shape::Integer { least: 1, most: 1 }
    }
}

impl Shaped for u32 {
    fn shape() -> Shape {
        Shape::Integer {
            least: 0,
            most: u32::MAX as i64,
        }
    }
}

crate::if_serde! {
    impl serde::Serialize for FormatVersion {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_u32(self.0)
        }
    }

    impl<'de> serde::Deserialize<'de> for FormatVersion {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            match u32::deserialize(deserializer)? {
                1 => Ok(Self::CURRENT),
                other => Err(serde::de::Error::custom(format_args!("format version {other} is not known"))),
            }
        }
    }
}

crate::if_arbitrary! {
    impl<'a> crate::Arbitrary<'a> for FormatVersion {
        fn arbitrary(_: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            Ok(Self::CURRENT)
        }
    }
}

crate::document! {
    /// A programme: everything that takes or bounds time, and who takes part in it.
    ///
    /// Activities, meetings, gates, phases and deliverables share one id namespace. Bodies, roles and people share another,
    /// subjects and groups a third.
    pub struct ProgrammeDoc("programme", made by with_format) {
        required {
            /// The version of the file format: 1. Checked before anything else.
            framdrift: FormatVersion = "framdrift",
            /// The programme's id.
            id: ProgrammeId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// The languages of its texts, the preferred one first; the first for which a text exists is shown.
            languages: Vec<Language> = "languages",
            /// The date before which nothing starts. Without it nothing can be scheduled.
            start: Option<Date> = "start",
            /// The date by which all of it must be finished: late dates count back from it. Without a time of day it means the
            /// end of that day's work.
            finish: Option<Date> = "finish",
            /// The rules that dates are computed by; framdrift's own when left out.
            scheduling: Option<SchedulingDoc> = "scheduling",
            /// The calendar of everything that names none. Without it: the first calendar of the file, and in a file without
            /// calendars Monday to Friday, 08:00–12:00 and 13:00–17:00.
            calendar: Option<CalendarId> = "calendar",
            /// What a day, a week and a month of work amount to.
            minutes: Option<MinutesDoc> = "minutes",
            /// Working hours, holidays and exceptions.
            calendars: Vec<CalendarDoc> = "calendars",
            /// The units, areas, organisations and working groups that things are done per.
            subjects: Vec<SubjectDoc> = "subjects",
            /// Groups of subjects.
            groups: Vec<GroupDoc> = "groups",
            /// Roles that people hold.
            roles: Vec<RoleDoc> = "roles",
            /// Bodies that meet and decide.
            bodies: Vec<BodyDoc> = "bodies",
            /// People.
            people: Vec<PersonDoc> = "people",
            /// Phases; each spans what belongs to it.
            phases: Vec<PhaseDoc> = "phases",
            /// Go/no-go points.
            gates: Vec<GateDoc> = "gates",
            /// Activities, milestones and summaries.
            activities: Vec<ActivityDoc> = "activities",
            /// Meetings.
            meetings: Vec<MeetingDoc> = "meetings",
            /// Deliverables and their versions.
            deliverables: Vec<DeliverableDoc> = "deliverables",
        }
    }
}

impl ProgrammeDoc {
    /// An empty programme in the current format.
    #[must_use]
    pub fn new(id: impl Into<ProgrammeId>) -> Self {
        Self::with_format(FormatVersion::CURRENT, id.into())
    }

    /// The rules that dates are computed by.
    #[must_use]
    pub fn rules(&self) -> Rules {
        let scheduling = self.scheduling.as_ref();
        scheduling.map_or_else(Rules::default, |scheduling| scheduling.rules(self.units()))
    }

    /// The rules that dates are computed by with another profile: what the document says besides its profile still holds.
    #[must_use]
    pub fn rules_as(&self, profile: Profile) -> Rules {
        let scheduling = self.scheduling.as_ref();
        scheduling.map_or_else(
            || Rules::of(profile),
            |scheduling| scheduling.rules_as(profile, self.units()),
        )
    }

    /// What a day, a week and a month of work amount to. Numbers that validation refuses are brought into bounds.
    #[must_use]
    pub fn units(&self) -> Units {
        let Some(minutes) = &self.minutes else {
            return Units::default();
        };
        let within = |n: i64, most: i64| n.clamp(1, most);
        let day = within(minutes.day.map_or(480, i64::from), 1_440);
        Units {
            day,
            week: within(minutes.week.map_or(day * 5, i64::from), 10_080),
            month: within(minutes.month.map_or(day * 20, i64::from), 44_640),
        }
    }
}
