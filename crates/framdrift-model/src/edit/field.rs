//! What a thing says of itself, a field at a time.

use super::find::Thing;
use crate::date::{Date, Window};
use crate::document::{BetweenDoc, ConstraintDoc, LeadTimeDoc, ManualDoc};
use crate::id::{ActivityId, CalendarId, PhaseId};
use crate::projection::Milestone;
use crate::quantity::Duration;
use crate::text::LocalText;

macro_rules! fields {
    ($( $(#[doc = $doc:literal])+ $Field:ident($Type:ty) = $key:literal, $name:ident of $($Kind:ident)+; )+) => {
        /// A field of one thing, with a value for it. None, or an empty list, takes it away.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Field {
            $( $(#[doc = $doc])+ $Field($Type), )+
        }

        impl Field {
            /// The key under which files write it.
            #[must_use]
            pub const fn key(&self) -> &'static str {
                match self {
                    $( Self::$Field(_) => $key, )+
                }
            }

            /// Writes the value, under `value`.
            #[cfg(feature = "serde")]
            pub(super) fn write_value<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $( Self::$Field(value) => map.serialize_entry("value", value), )+
                }
            }

            /// The field that files write under a key, with a value.
            #[cfg(feature = "serde")]
            pub(super) fn read_value<E: serde::de::Error>(key: &str, value: crate::value::Value) -> Result<Self, E> {
                use super::serial::FieldValue as _;
                match key {
                    $( $key => <$Type>::decode(value).map(Self::$Field), )+
                    other => Err(E::custom(format_args!("nothing has a field `{other}` that edits can set"))),
                }
            }

            /// Puts the value in and keeps the one that was there. Says no where things of that kind have no such field.
            pub(super) fn swap(&mut self, thing: Thing<'_>) -> bool {
                match self {
                    $( Self::$Field(value) => match thing {
                        $( Thing::$Kind(doc) => std::mem::swap(value, &mut doc.$name), )+
                        #[allow(unreachable_patterns, reason = "some fields are fields of everything")]
                        _ => return false,
                    }, )+
                }
                true
            }
        }
    };
}

fields! {
    /// What people call it.
    Title(Option<LocalText>) = "title", title of Phase Gate Activity Meeting Part Deliverable Version Review;
    /// How long it takes.
    Duration(Option<Duration>) = "duration", duration of Activity Meeting Part Version Review;
    /// Its calendar.
    Calendar(Option<CalendarId>) = "calendar", calendar of Gate Activity Meeting Deliverable;
    /// The calendar that its work is laid out on.
    WorkCalendar(Option<CalendarId>) = "work-calendar", work_calendar of Activity;
    /// The date it is planned for.
    Planned(Option<Date>) = "planned", planned of Gate Meeting Part;
    /// Date constraints.
    Constraints(Vec<ConstraintDoc>) = "constraints", constraints of Phase Gate Activity Meeting Version;
    /// The date by which it is finished.
    Deadline(Option<Date>) = "deadline", deadline of Phase Gate Activity Meeting Part Version Review;
    /// The window it falls in.
    Window(Option<Window>) = "window", window of Phase Gate Activity Meeting Part Version Review;
    /// The dates it stands at, whatever its links say.
    Manual(Option<ManualDoc>) = "manual", manual of Activity;
    /// Whether it is not to be done.
    Inactive(Option<bool>) = "inactive", inactive of Activity;
    /// Whether it spans what its links lead to.
    LevelOfEffort(Option<bool>) = "level-of-effort", level_of_effort of Activity;
    /// Which end of something it marks.
    Milestone(Option<Milestone>) = "milestone", milestone of Activity;
    /// How long it is held back.
    Delay(Option<Duration>) = "delay", delay of Activity;
    /// What waits for it, and how long ahead.
    Before(Vec<LeadTimeDoc>) = "before", before of Phase Gate Activity Meeting Part Version Review;
    /// The two meetings it lies between.
    Between(Option<BetweenDoc>) = "between", between of Activity Version;
    /// The phase it belongs to.
    Phase(Option<PhaseId>) = "phase", phase of Gate Activity Meeting Deliverable Version;
    /// The summary activity it is part of.
    PartOf(Option<ActivityId>) = "part-of", part_of of Activity;
}

impl Field {
    /// Whether what it says concerns that one thing alone, and names no other.
    pub(super) const fn names_nothing(&self) -> bool {
        match self {
            Self::Title(_)
            | Self::Duration(_)
            | Self::Planned(_)
            | Self::Constraints(_)
            | Self::Deadline(_)
            | Self::Window(_)
            | Self::Manual(_)
            | Self::Inactive(_)
            | Self::LevelOfEffort(_)
            | Self::Milestone(_)
            | Self::Delay(_) => true,
            Self::Calendar(_)
            | Self::WorkCalendar(_)
            | Self::Before(_)
            | Self::Between(_)
            | Self::Phase(_)
            | Self::PartOf(_) => false,
        }
    }
}
