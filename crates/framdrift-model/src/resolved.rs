//! What resolving a document's references learnt, and its projection to nodes and links.

use crate::calendar::WorkCalendar;
use crate::period::Period;
use crate::projection::{LinkKind, LinkOrigin};
use crate::quantity::Distance;
use crate::slot::{SlotIx, Slots};

/// An end of a link: all of a slot, or the instance of one subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    pub(crate) slot: SlotIx,
    pub(crate) subject: Option<u32>,
}

/// A link between slots, before templates are taken apart into instances.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SlotLink {
    pub(crate) from: End,
    pub(crate) to: End,
    pub(crate) kind: LinkKind,
    pub(crate) gap: Gap,
    pub(crate) origin: LinkOrigin,
}

/// The distance of a link, as the document says it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Gap {
    None,
    Lag(Distance),
    Lead(Period),
}

/// A document's references, resolved to positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    pub(crate) slots: Slots,
    pub(crate) links: Vec<SlotLink>,
    /// The subjects of each group, in document order.
    pub(crate) groups: Vec<Vec<u32>>,
    /// The parent of each calendar.
    pub(crate) calendar_parents: Vec<Option<u32>>,
    /// The calendar of everything that names none.
    pub(crate) default_calendar: Option<u32>,
    /// The compiled calendars: one per document calendar, or the standard one alone.
    pub(crate) calendars: Vec<WorkCalendar>,
    /// Where rings of parts were cut: the part and what it named.
    pub(crate) cut: Vec<(SlotIx, SlotIx)>,
    /// Parts that were cut off because they nest too deep.
    pub(crate) too_deep: Vec<SlotIx>,
    /// Whether the instances are too many to be laid out.
    pub(crate) overflow: bool,
}

impl Resolved {
    /// The subjects a slot has instances for; none where it is not done per subject.
    pub(crate) fn subjects(&self, slot: SlotIx) -> Option<&[u32]> {
        self.slots.get(slot).per.map(|g| self.groups[g as usize].as_slice())
    }

    /// The compiled calendar of a slot.
    pub(crate) fn calendar(&self, slot: SlotIx) -> &WorkCalendar {
        &self.calendars[self.calendar_position(slot) as usize]
    }

    /// The position of a slot's calendar among the compiled ones.
    pub(crate) fn calendar_position(&self, slot: SlotIx) -> u32 {
        self.slots.get(slot).calendar.or(self.default_calendar).unwrap_or(0)
    }
}
