//! What each slot says about itself, and what it inherits.

use super::{ACTIVITY, CALENDAR, GROUP, Names, PHASE, one};
use crate::place::Place;
use crate::projection::NodeKind;
use crate::resolved::Resolved;
use crate::slot::SlotIx;
use crate::validate::Report;

/// What each slot says about itself: calendar, group, phase, the activity it is part of.
pub(super) fn resolve(report: &mut Report<'_>, resolved: &mut Resolved, calendars: &Names<'_>, groups: &Names<'_>) {
    let doc = report.doc;
    let phases = Names::of(doc.phases.iter().map(|p| p.id.as_str()));
    for at in 0..resolved.slots.list.len() {
        let slot = resolved.slots.list[at].clone();
        let timed = slot.timed(doc);
        let place = || slot.place(doc);
        // A deliverable speaks for its versions, a meeting for its parts: they are reported once, below and there.
        let speaks = !matches!(slot.kind, NodeKind::Part | NodeKind::Review);
        let inherited = matches!(slot.kind, NodeKind::Version);
        let calendar = timed.calendar.and_then(|id| {
            if speaks && !inherited {
                one(report, calendars, &CALENDAR, id.as_str(), || place().field("calendar"))
            } else {
                calendars.get(id.as_str())
            }
        });
        let per = timed.per.and_then(|id| {
            if speaks && !inherited {
                one(report, groups, &GROUP, id.as_str(), || place().field("per"))
            } else {
                groups.get(id.as_str())
            }
        });
        let own_phase = match slot.kind {
            NodeKind::Version => doc.deliverables[slot.entry as usize].versions[slot.nested as usize]
                .phase
                .is_some(),
            _ => speaks,
        };
        let phase = timed.phase.and_then(|id| {
            if own_phase {
                one(report, &phases, &PHASE, id.as_str(), || place().field("phase"))
            } else {
                phases.get(id.as_str())
            }
        });
        // Phases are the first slots, in document order.
        let slot = &mut resolved.slots.list[at];
        slot.calendar = calendar;
        slot.per = per;
        slot.phase = phase.map(SlotIx);
    }
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

/// Hands the group of a summary or a meeting down to its parts. Rings of parts are cut where they close; a rule reports them.
pub(super) fn inherit(resolved: &mut Resolved) {
    let slots = &mut resolved.slots.list;
    let mut state = vec![0_u8; slots.len()];
    for start in 0..slots.len() {
        let mut chain = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            chain.push(at);
            match slots[at].parent {
                Some(parent) if state[parent.index()] == 1 => {
                    resolved
                        .cut
                        .push((SlotIx(u32::try_from(at).expect("a position")), parent));
                    slots[at].parent = None;
                    break;
                }
                Some(parent) => at = parent.index(),
                None => break,
            }
        }
        for &i in chain.iter().rev() {
            if let Some(parent) = slots[i].parent {
                slots[i].per = slots[parent.index()].per;
            }
            state[i] = 2;
        }
    }
}
