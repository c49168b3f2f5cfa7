//! What each slot says about itself, and what it inherits.

use super::{ACTIVITY, CALENDAR, GROUP, Names, PHASE, one};
use crate::document::{ProgrammeDoc, VersionDoc};
use crate::place::Place;
use crate::projection::NodeKind;
use crate::resolved::Resolved;
use crate::slot::{Slot, SlotIx};
use crate::validate::Report;

/// What each slot says about itself: calendar, group, phase, the activity it is part of.
pub(super) fn resolve(report: &mut Report<'_>, resolved: &mut Resolved, calendars: &Names<'_>, groups: &Names<'_>) {
    let doc = report.doc;
    let phases = Names::of(doc.phases.iter().map(|p| p.id.as_str()));
    let mut slots = std::mem::take(&mut resolved.slots);
    for slot in &mut slots.list {
        let timed = slot.timed(doc);
        // A meeting speaks for its parts, a deliverable for its versions and their reviews: what is wrong there is reported where
        // it is written. A version may name a phase of its own.
        let own = !matches!(slot.kind, NodeKind::Part | NodeKind::Version | NodeKind::Review);
        let own_phase = own || (slot.kind == NodeKind::Version && version(doc, slot).phase.is_some());
        let mut find = |names: &Names<'_>, wanted, id: &str, key, own| {
            if own {
                one(report, names, wanted, id, || slot.place(doc).field(key))
            } else {
                names.get(id)
            }
        };
        let calendar = timed
            .calendar
            .and_then(|id| find(calendars, &CALENDAR, id.as_str(), "calendar", own));
        let work_calendar = timed
            .work_calendar
            .and_then(|id| find(calendars, &CALENDAR, id.as_str(), "work-calendar", own));
        let per = timed.per.and_then(|id| find(groups, &GROUP, id.as_str(), "per", own));
        let phase = timed
            .phase
            .and_then(|id| find(&phases, &PHASE, id.as_str(), "phase", own_phase));
        slot.calendar = calendar;
        slot.work_calendar = work_calendar;
        slot.per = per;
        // Phases are the first slots, in document order.
        slot.phase = phase.map(SlotIx);
    }
    resolved.slots = slots;
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        let place = || Place::programme().entry("deliverables", i, "deliverable", &deliverable.id);
        if let Some(id) = &deliverable.calendar {
            one(report, calendars, &CALENDAR, id.as_str(), || place().field("calendar"));
        }
        if let Some(id) = &deliverable.per {
            one(report, groups, &GROUP, id.as_str(), || place().field("per"));
        }
        if let Some(id) = &deliverable.phase {
            one(report, &phases, &PHASE, id.as_str(), || place().field("phase"));
        }
    }
    let activities = Names::of(doc.activities.iter().map(|a| a.id.as_str()));
    let base = u32::try_from(doc.phases.len() + doc.gates.len()).expect("fewer than 2³² entries");
    for (i, activity) in doc.activities.iter().enumerate() {
        let Some(id) = &activity.part_of else {
            continue;
        };
        let place = || {
            Place::programme()
                .entry("activities", i, "activity", &activity.id)
                .field("part-of")
        };
        let Some(parent) = one(report, &activities, &ACTIVITY, id.as_str(), place) else {
            continue;
        };
        let own = base as usize + i;
        resolved.slots.list[own].parent = Some(SlotIx(base + parent));
        resolved.slots.list[(base + parent) as usize].summary = true;
    }
}

fn version<'d>(doc: &'d ProgrammeDoc, slot: &Slot) -> &'d VersionDoc {
    &doc.deliverables[slot.entry as usize].versions[slot.nested as usize]
}

/// The most summaries that an activity may be part of, one within another.
pub const DEEPEST_PARTS: usize = 100;

/// Hands the group of a summary or a meeting down to its parts. Rings of parts are cut where they close, and parts where
/// they nest too deep; rules report them.
pub(super) fn inherit(resolved: &mut Resolved) {
    let slots = &mut resolved.slots.list;
    let mut state = vec![0_u8; slots.len()];
    let mut depth = vec![0_usize; slots.len()];
    for start in 0..slots.len() {
        let mut chain = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            chain.push(at);
            match slots[at].parent {
                Some(parent) if state[parent.index()] == 1 => {
                    resolved.cut.push((position(at), parent));
                    slots[at].parent = None;
                    break;
                }
                Some(parent) => at = parent.index(),
                None => break,
            }
        }
        for &i in chain.iter().rev() {
            if let Some(parent) = slots[i].parent {
                depth[i] = depth[parent.index()] + 1;
                if depth[i] > DEEPEST_PARTS {
                    resolved.too_deep.push(position(i));
                    slots[i].parent = None;
                    depth[i] = 0;
                }
            }
            let inherited = slots[i].parent.and_then(|parent| slots[parent.index()].per);
            slots[i].per = inherited.or(slots[i].per);
            state[i] = 2;
        }
    }
}

fn position(i: usize) -> SlotIx {
    SlotIx(u32::try_from(i).expect("a document holds fewer than 2³² entries"))
}
