//! Meetings of a checked programme: who takes part, and when the items of the agenda are taken.

use crate::agenda;
use crate::document::{AgendaItemDoc, MeetingDoc, PartDoc, PreReadDoc};
use crate::id::PartyRef;
use crate::programme::Programme;

/// A meeting of a programme.
///
/// ```
/// use framdrift_model::document::{AgendaItemDoc, MeetingDoc, ProgrammeDoc, RoleDoc};
///
/// let mut document = ProgrammeDoc::new("group");
/// document.roles.push(RoleDoc::new("chair"));
/// let mut meeting = MeetingDoc::new("first");
/// meeting.theme = Some("the draft".into());
/// meeting.presenters.push("chair".into());
/// meeting.planned = Some("2026-03-02T13:00".parse().unwrap());
/// for (id, duration) in [("opening", "10m"), ("draft", "40m")] {
///     let mut item = AgendaItemDoc::new(id);
///     item.duration = Some(duration.parse().unwrap());
///     meeting.agenda.push(item);
/// }
/// document.meetings.push(meeting);
///
/// let programme = document.validate().unwrap();
/// let first = programme.meeting("first").unwrap();
/// assert_eq!(first.theme(), Some("the draft"));
/// let sitting = &first.sittings()[0];
/// let times: Vec<String> = sitting.agenda().iter().map(ToString::to_string).collect();
/// assert_eq!(times, ["13:00–13:10 opening", "13:10–13:50 draft"]);
/// assert_eq!(sitting.agenda()[1].presenters[0].as_str(), "chair");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Meeting<'p> {
    programme: &'p Programme,
    document: &'p MeetingDoc,
}

/// A meeting held at once, or a part of one.
#[derive(Clone, Copy, Debug)]
pub struct Sitting<'p> {
    meeting: Meeting<'p>,
    part: Option<&'p PartDoc>,
}

/// An item of an agenda with its times.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct AgendaEntry<'p> {
    /// The item.
    pub item: &'p AgendaItemDoc,
    /// When it begins, in minutes since midnight.
    pub start: i64,
    /// When it ends, in minutes since midnight.
    pub end: i64,
    /// Who presents it: those it names, else the meeting's presenters.
    pub presenters: &'p [PartyRef],
}

impl Programme {
    /// The meetings, in document order.
    pub fn meetings(&self) -> impl Iterator<Item = Meeting<'_>> {
        self.document().meetings.iter().map(|document| Meeting {
            programme: self,
            document,
        })
    }

    /// The meeting with this id.
    #[must_use]
    pub fn meeting(&self, id: &str) -> Option<Meeting<'_>> {
        self.meetings().find(|m| m.document.id.as_str() == id)
    }
}

impl<'p> Meeting<'p> {
    /// What the document says.
    #[must_use]
    pub const fn document(self) -> &'p MeetingDoc {
        self.document
    }

    /// What it is about, in the programme's preferred language.
    #[must_use]
    pub fn theme(self) -> Option<&'p str> {
        self.document.theme.as_ref().map(|t| self.programme.lookup().text(t))
    }

    /// The sittings: its parts in order, or itself where it has none.
    #[must_use]
    pub fn sittings(self) -> Vec<Sitting<'p>> {
        if self.document.parts.is_empty() {
            return vec![Sitting {
                meeting: self,
                part: None,
            }];
        }
        let parts = self.document.parts.iter();
        parts
            .map(|part| Sitting {
                meeting: self,
                part: Some(part),
            })
            .collect()
    }
}

impl<'p> Sitting<'p> {
    /// The id, as references write it: `gathering` or `gathering/1b`.
    #[must_use]
    pub fn id(self) -> String {
        match self.part {
            Some(part) => format!("{}/{}", self.meeting.document.id, part.id),
            None => self.meeting.document.id.to_string(),
        }
    }

    /// The items with their times. An item without a start follows the one before it.
    #[must_use]
    pub fn agenda(self) -> Vec<AgendaEntry<'p>> {
        let document = self.meeting.document;
        let (items, planned) = match self.part {
            Some(part) => (&part.agenda, part.planned),
            None => (&document.agenda, document.planned),
        };
        let begins = planned.and_then(crate::date::Date::time);
        let begins = begins.map_or(0, crate::date::TimeOfDay::minute);
        let times = agenda::timetable(items, begins, self.meeting.programme.units());
        let rows = items.iter().zip(times).map(|(item, (start, end))| AgendaEntry {
            item,
            start,
            end,
            presenters: if item.presenters.is_empty() {
                &document.presenters
            } else {
                &item.presenters
            },
        });
        rows.collect()
    }

    /// Everything that participants have read when it begins: for the meeting as a whole, for the part, and for its items.
    #[must_use]
    pub fn pre_reads(self) -> Vec<&'p PreReadDoc> {
        let document = self.meeting.document;
        let (own, items): (&[PreReadDoc], _) = match self.part {
            Some(part) => (&part.pre_reads, &part.agenda),
            None => (&[], &document.agenda),
        };
        let of_items = items.iter().flat_map(|item| &item.pre_reads);
        document.pre_reads.iter().chain(own).chain(of_items).collect()
    }
}

impl std::fmt::Display for AgendaEntry<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clock = |minute: i64| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{}–{} {}", clock(self.start), clock(self.end), self.item.id)
    }
}
