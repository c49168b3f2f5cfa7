//! Things by the names that references have for them.

use super::EditError;
use crate::document::{
    ActivityDoc, DeliverableDoc, GateDoc, LinkDoc, MeetingDoc, PartDoc, PhaseDoc, ProgrammeDoc, ReviewDoc, VersionDoc,
};
use crate::nearest::Nearest;
use crate::slot::Slots;

/// Where a thing stands, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Phase(usize),
    Gate(usize),
    Activity(usize),
    Meeting(usize),
    Part(usize, usize),
    Deliverable(usize),
    Version(usize, usize),
    Review(usize, usize, usize),
}

/// A thing, to be changed.
pub(super) enum Thing<'d> {
    Phase(&'d mut PhaseDoc),
    Gate(&'d mut GateDoc),
    Activity(&'d mut ActivityDoc),
    Meeting(&'d mut MeetingDoc),
    Part(&'d mut PartDoc),
    Deliverable(&'d mut DeliverableDoc),
    Version(&'d mut VersionDoc),
    Review(&'d mut ReviewDoc),
}

/// What follows `whole` and a slash in `id`.
fn below<'i>(id: &'i str, whole: &str) -> Option<&'i str> {
    id.strip_prefix(whole)?.strip_prefix('/')
}

/// Every thing with this id, and there is more than one only in a document at fault.
fn all(doc: &ProgrammeDoc, id: &str) -> Vec<At> {
    let mut found = Vec::new();
    let positions = |ids: &mut dyn Iterator<Item = &str>, at: fn(usize) -> At, found: &mut Vec<At>| {
        let same = ids.enumerate().filter(|(_, own)| *own == id);
        found.extend(same.map(|(i, _)| at(i)));
    };
    positions(&mut doc.phases.iter().map(|p| p.id.as_str()), At::Phase, &mut found);
    positions(&mut doc.gates.iter().map(|g| g.id.as_str()), At::Gate, &mut found);
    positions(
        &mut doc.activities.iter().map(|a| a.id.as_str()),
        At::Activity,
        &mut found,
    );
    for (i, meeting) in doc.meetings.iter().enumerate() {
        if meeting.id == *id {
            found.push(At::Meeting(i));
        }
        if let Some(part) = below(id, meeting.id.as_str()) {
            let parts = meeting.parts.iter().enumerate().filter(|(_, p)| p.id == *part);
            found.extend(parts.map(|(j, _)| At::Part(i, j)));
        }
    }
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        if deliverable.id == *id {
            found.push(At::Deliverable(i));
        }
        let Some(below_it) = below(id, deliverable.id.as_str()) else {
            continue;
        };
        for (j, version) in deliverable.versions.iter().enumerate() {
            if version.id == *below_it {
                found.push(At::Version(i, j));
            }
            if let Some(review) = below(below_it, version.id.as_str()) {
                let reviews = version.reviews.iter().enumerate().filter(|(_, r)| r.id == *review);
                found.extend(reviews.map(|(k, _)| At::Review(i, j, k)));
            }
        }
    }
    found
}

/// Whether anything has this id.
pub(super) fn is_taken(doc: &ProgrammeDoc, id: &str) -> bool {
    !all(doc, id).is_empty()
}

/// The one thing with this id.
pub(super) fn one(doc: &ProgrammeDoc, id: &str) -> Result<At, EditError> {
    match *all(doc, id).as_slice() {
        [at] => Ok(at),
        [] => Err(unknown(doc, id)),
        _ => Err(EditError::Ambiguous { id: id.to_owned() }),
    }
}

fn unknown(doc: &ProgrammeDoc, id: &str) -> EditError {
    let id = id.to_owned();
    if let Some((template, _)) = id.split_once('@').filter(|(template, _)| is_taken(doc, template)) {
        let template = template.to_owned();
        return EditError::Instance { id, template };
    }
    let slots = Slots::of(doc);
    let deliverables = doc.deliverables.iter().map(|d| d.id.as_str());
    let near = Nearest::default().find(&id, slots.ids().chain(deliverables));
    let near = near.map(str::to_owned);
    EditError::Unknown { id, near }
}

impl At {
    /// The thing that stands there.
    pub(super) fn thing(self, doc: &mut ProgrammeDoc) -> Thing<'_> {
        match self {
            Self::Phase(i) => Thing::Phase(&mut doc.phases[i]),
            Self::Gate(i) => Thing::Gate(&mut doc.gates[i]),
            Self::Activity(i) => Thing::Activity(&mut doc.activities[i]),
            Self::Meeting(i) => Thing::Meeting(&mut doc.meetings[i]),
            Self::Part(i, j) => Thing::Part(&mut doc.meetings[i].parts[j]),
            Self::Deliverable(i) => Thing::Deliverable(&mut doc.deliverables[i]),
            Self::Version(i, j) => Thing::Version(&mut doc.deliverables[i].versions[j]),
            Self::Review(i, j, k) => Thing::Review(&mut doc.deliverables[i].versions[j].reviews[k]),
        }
    }
}

impl<'d> Thing<'d> {
    /// The planner's word for what it is.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Phase(_) => "phase",
            Self::Gate(_) => "gate",
            Self::Activity(_) => "activity",
            Self::Meeting(_) => "meeting",
            Self::Part(_) => "part of a meeting",
            Self::Deliverable(_) => "deliverable",
            Self::Version(_) => "version",
            Self::Review(_) => "review",
        }
    }

    /// What it waits for; a deliverable waits for nothing, its versions do.
    pub(super) fn links(self) -> Result<&'d mut Vec<LinkDoc>, &'static str> {
        Ok(match self {
            Self::Phase(doc) => &mut doc.after,
            Self::Gate(doc) => &mut doc.after,
            Self::Activity(doc) => &mut doc.after,
            Self::Meeting(doc) => &mut doc.after,
            Self::Part(doc) => &mut doc.after,
            Self::Version(doc) => &mut doc.after,
            Self::Review(doc) => &mut doc.after,
            Self::Deliverable(_) => return Err(self.kind()),
        })
    }
}
