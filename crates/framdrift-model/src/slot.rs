//! Everything in a document that takes or bounds time, found once and listed by position.

use std::collections::HashMap;

use crate::date::{Date, Window};
use crate::document::{
    ActivityDoc, BetweenDoc, ConstraintDoc, DeliverableDoc, GateDoc, LeadTimeDoc, LinkDoc, ManualDoc, MeetingDoc,
    PartDoc, PhaseDoc, PreReadDoc, ProgrammeDoc, ReviewDoc, VersionDoc,
};
use crate::id::{CalendarId, GroupId, PhaseId};
use crate::place::Place;
use crate::projection::{Milestone, NodeKind};
use crate::quantity::Duration;
use crate::text::LocalText;

/// The position of a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct SlotIx(pub(crate) u32);

impl SlotIx {
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A thing that takes or bounds time, once per entry of the document: a template where it is done per subject.
#[derive(Clone, Debug)]
pub(crate) struct Slot {
    /// Its id as references write it.
    pub(crate) id: Box<str>,
    pub(crate) kind: NodeKind,
    pub(crate) entry: u32,
    pub(crate) nested: u32,
    pub(crate) inner: u32,
    /// The summary activity or the meeting in parts that it belongs to.
    pub(crate) parent: Option<SlotIx>,
    /// The phase that it belongs to by itself.
    pub(crate) phase: Option<SlotIx>,
    /// Whether others are part of it.
    pub(crate) summary: bool,
    /// The group it is done per, its own or the one it inherits.
    pub(crate) per: Option<u32>,
    /// Its calendar, among the document's; none: the default.
    pub(crate) calendar: Option<u32>,
    /// The calendar that its work is laid out on, where it names one.
    pub(crate) work_calendar: Option<u32>,
}

/// All slots of a document in document order, and the way from an id to a slot.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slots {
    pub(crate) list: Vec<Slot>,
    by_id: HashMap<Box<str>, SlotIx>,
}

impl Slots {
    /// Lists what the document holds. The first of several equal ids is the one that references mean.
    pub(crate) fn of(doc: &ProgrammeDoc) -> Self {
        let mut slots = Self::default();
        for (i, phase) in doc.phases.iter().enumerate() {
            slots.add(phase.id.as_str().into(), NodeKind::Phase, [i, 0, 0]);
        }
        for (i, gate) in doc.gates.iter().enumerate() {
            slots.add(gate.id.as_str().into(), NodeKind::Gate, [i, 0, 0]);
        }
        for (i, activity) in doc.activities.iter().enumerate() {
            slots.add(activity.id.as_str().into(), NodeKind::Activity, [i, 0, 0]);
        }
        for (i, meeting) in doc.meetings.iter().enumerate() {
            let whole = slots.add(meeting.id.as_str().into(), NodeKind::Meeting, [i, 0, 0]);
            for (j, part) in meeting.parts.iter().enumerate() {
                let id = format!("{}/{}", meeting.id, part.id);
                let part = slots.add(id.into(), NodeKind::Part, [i, j, 0]);
                slots.list[part.index()].parent = Some(whole);
                slots.list[whole.index()].summary = true;
            }
        }
        for (i, deliverable) in doc.deliverables.iter().enumerate() {
            for (j, version) in deliverable.versions.iter().enumerate() {
                let id = format!("{}/{}", deliverable.id, version.id);
                slots.add(id.as_str().into(), NodeKind::Version, [i, j, 0]);
                for (k, review) in version.reviews.iter().enumerate() {
                    slots.add(format!("{id}/{}", review.id).into(), NodeKind::Review, [i, j, k]);
                }
            }
        }
        slots
    }

    fn add(&mut self, id: Box<str>, kind: NodeKind, [entry, nested, inner]: [usize; 3]) -> SlotIx {
        let position = |n: usize| u32::try_from(n).expect("a document holds fewer than 2³² entries");
        let ix = SlotIx(position(self.list.len()));
        self.by_id.entry(id.clone()).or_insert(ix);
        self.list.push(Slot {
            id,
            kind,
            entry: position(entry),
            nested: position(nested),
            inner: position(inner),
            parent: None,
            phase: None,
            summary: kind == NodeKind::Phase,
            per: None,
            calendar: None,
            work_calendar: None,
        });
        ix
    }

    pub(crate) fn get(&self, ix: SlotIx) -> &Slot {
        &self.list[ix.index()]
    }

    pub(crate) fn find(&self, id: &str) -> Option<SlotIx> {
        self.by_id.get(id).copied()
    }

    /// The slot at these positions of the document. O(log *n*), and right where ids are not unique.
    pub(crate) fn at(&self, kind: NodeKind, entry: u32, nested: u32, inner: u32) -> Option<SlotIx> {
        let wanted = order(kind, entry, nested, inner);
        // INVARIANT: slots are listed in this order when they are found.
        let found = self
            .list
            .binary_search_by_key(&wanted, |s| order(s.kind, s.entry, s.nested, s.inner));
        found.ok().and_then(|at| u32::try_from(at).ok()).map(SlotIx)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (SlotIx, &Slot)> {
        (0..).map(SlotIx).zip(&self.list)
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> + Clone {
        self.list.iter().map(|s| &*s.id)
    }
}

/// Where a slot stands among the others: by list, then by position, a whole before its parts.
const fn order(kind: NodeKind, entry: u32, nested: u32, inner: u32) -> (u8, u32, u32, u32) {
    match kind {
        NodeKind::Phase => (0, entry, 0, 0),
        NodeKind::Gate => (1, entry, 0, 0),
        NodeKind::Activity => (2, entry, 0, 0),
        NodeKind::Meeting => (3, entry, 0, 0),
        NodeKind::Part => (3, entry, 1, nested),
        NodeKind::Version => (4, entry, nested, 0),
        NodeKind::Review => (4, entry, nested, 1 + inner),
    }
}

/// What the documents of all kinds of slots say about time, under one roof.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Timed<'d> {
    pub(crate) title: Option<&'d LocalText>,
    pub(crate) phase: Option<&'d PhaseId>,
    pub(crate) per: Option<&'d GroupId>,
    pub(crate) calendar: Option<&'d CalendarId>,
    pub(crate) work_calendar: Option<&'d CalendarId>,
    pub(crate) duration: Option<Duration>,
    pub(crate) planned: Option<Date>,
    pub(crate) after: &'d [LinkDoc],
    pub(crate) before: &'d [LeadTimeDoc],
    pub(crate) between: Option<&'d BetweenDoc>,
    pub(crate) pre_reads: &'d [PreReadDoc],
    pub(crate) constraints: &'d [ConstraintDoc],
    pub(crate) deadline: Option<Date>,
    pub(crate) window: Option<Window>,
    pub(crate) manual: Option<&'d ManualDoc>,
    pub(crate) inactive: bool,
    pub(crate) level_of_effort: bool,
    pub(crate) milestone: Option<Milestone>,
    pub(crate) delay: Option<Duration>,
}

impl Slot {
    /// Where it stands.
    pub(crate) fn place(&self, doc: &ProgrammeDoc) -> Place {
        let (i, j, k) = (self.entry as usize, self.nested as usize, self.inner as usize);
        let root = Place::programme();
        match self.kind {
            NodeKind::Phase => root.entry("phases", i, "phase", &doc.phases[i].id),
            NodeKind::Gate => root.entry("gates", i, "gate", &doc.gates[i].id),
            NodeKind::Activity => root.entry("activities", i, "activity", &doc.activities[i].id),
            NodeKind::Meeting | NodeKind::Part => {
                let meeting = &doc.meetings[i];
                let place = root.entry("meetings", i, "meeting", &meeting.id);
                match self.kind {
                    NodeKind::Part => place.entry("parts", j, "part", &meeting.parts[j].id),
                    _ => place,
                }
            }
            NodeKind::Version | NodeKind::Review => {
                let deliverable = &doc.deliverables[i];
                let version = &deliverable.versions[j];
                let place = root.entry("deliverables", i, "deliverable", &deliverable.id).entry(
                    "versions",
                    j,
                    "version",
                    &version.id,
                );
                match self.kind {
                    NodeKind::Review => place.entry("reviews", k, "review", &version.reviews[k].id),
                    _ => place,
                }
            }
        }
    }

    /// What its document says about time.
    pub(crate) fn timed<'d>(&self, doc: &'d ProgrammeDoc) -> Timed<'d> {
        let (i, j, k) = (self.entry as usize, self.nested as usize, self.inner as usize);
        match self.kind {
            NodeKind::Phase => phase(&doc.phases[i]),
            NodeKind::Gate => gate(&doc.gates[i]),
            NodeKind::Activity => activity(&doc.activities[i]),
            NodeKind::Meeting => meeting(&doc.meetings[i]),
            NodeKind::Part => part(&doc.meetings[i], &doc.meetings[i].parts[j]),
            NodeKind::Version => version(&doc.deliverables[i], &doc.deliverables[i].versions[j]),
            NodeKind::Review => {
                let deliverable = &doc.deliverables[i];
                let version = &deliverable.versions[j];
                review(deliverable, version, &version.reviews[k])
            }
        }
    }
}

// Each of these takes its document apart without `..`, so that a new field cannot be overlooked here.

fn phase(doc: &PhaseDoc) -> Timed<'_> {
    let PhaseDoc {
        id: _,
        title,
        after,
        before,
        constraints,
        deadline,
        window,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        after,
        before,
        constraints,
        deadline: *deadline,
        window: *window,
        ..Timed::default()
    }
}

fn gate(doc: &GateDoc) -> Timed<'_> {
    let GateDoc {
        id: _,
        title,
        phase,
        per,
        planned,
        calendar,
        body: _,
        after,
        before,
        constraints,
        deadline,
        window,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        phase: phase.as_ref(),
        per: per.as_ref(),
        calendar: calendar.as_ref(),
        planned: *planned,
        after,
        before,
        constraints,
        deadline: *deadline,
        window: *window,
        ..Timed::default()
    }
}

fn activity(doc: &ActivityDoc) -> Timed<'_> {
    let ActivityDoc {
        id: _,
        title,
        uid: _,
        phase,
        part_of: _,
        per,
        duration,
        calendar,
        work_calendar,
        responsible: _,
        after,
        before,
        between,
        constraints,
        deadline,
        window,
        manual,
        inactive,
        level_of_effort,
        milestone,
        delay,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        phase: phase.as_ref(),
        per: per.as_ref(),
        calendar: calendar.as_ref(),
        work_calendar: work_calendar.as_ref(),
        duration: *duration,
        after,
        before,
        between: between.as_ref(),
        constraints,
        deadline: *deadline,
        window: *window,
        manual: manual.as_ref(),
        inactive: inactive.unwrap_or(false),
        level_of_effort: level_of_effort.unwrap_or(false),
        milestone: *milestone,
        delay: *delay,
        ..Timed::default()
    }
}

fn meeting(doc: &MeetingDoc) -> Timed<'_> {
    let MeetingDoc {
        id: _,
        title,
        theme: _,
        phase,
        per,
        planned,
        duration,
        calendar,
        body: _,
        attendees: _,
        presenters: _,
        after,
        before,
        pre_reads,
        agenda: _,
        parts: _,
        constraints,
        deadline,
        window,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        phase: phase.as_ref(),
        per: per.as_ref(),
        calendar: calendar.as_ref(),
        duration: *duration,
        planned: *planned,
        after,
        before,
        pre_reads,
        constraints,
        deadline: *deadline,
        window: *window,
        ..Timed::default()
    }
}

fn part<'d>(meeting: &'d MeetingDoc, doc: &'d PartDoc) -> Timed<'d> {
    let PartDoc {
        id: _,
        title,
        planned,
        duration,
        after,
        before,
        pre_reads,
        agenda: _,
        deadline,
        window,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        calendar: meeting.calendar.as_ref(),
        duration: *duration,
        planned: *planned,
        after,
        before,
        pre_reads,
        deadline: *deadline,
        window: *window,
        ..Timed::default()
    }
}

fn version<'d>(deliverable: &'d DeliverableDoc, doc: &'d VersionDoc) -> Timed<'d> {
    let VersionDoc {
        id: _,
        title,
        author: _,
        phase,
        duration,
        after,
        before,
        between,
        constraints,
        deadline,
        window,
        reviews: _,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        phase: phase.as_ref().or(deliverable.phase.as_ref()),
        per: deliverable.per.as_ref(),
        calendar: deliverable.calendar.as_ref(),
        duration: *duration,
        after,
        before,
        between: between.as_ref(),
        constraints,
        deadline: *deadline,
        window: *window,
        ..Timed::default()
    }
}

fn review<'d>(deliverable: &'d DeliverableDoc, version: &'d VersionDoc, doc: &'d ReviewDoc) -> Timed<'d> {
    let ReviewDoc {
        id: _,
        title,
        reviewers: _,
        duration,
        after,
        before,
        deadline,
        window,
        extensions: _,
    } = doc;
    Timed {
        title: title.as_ref(),
        phase: version.phase.as_ref().or(deliverable.phase.as_ref()),
        per: deliverable.per.as_ref(),
        calendar: deliverable.calendar.as_ref(),
        duration: *duration,
        after,
        before,
        deadline: *deadline,
        window: *window,
        ..Timed::default()
    }
}
