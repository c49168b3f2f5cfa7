//! Activities whose dates are not simply computed: typed dates, level of effort, delays; and the numbers that other tools know
//! them by.

use std::collections::HashMap;

use super::Report;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::id::Uid;
use crate::instants::{reversed, stretch};
use crate::place::Place;
use crate::projection::{NodeKind, Span};
use crate::quantity::LONGEST;
use crate::resolved::Resolved;
use crate::slot::{Slot, SlotIx};

pub(super) fn check(report: &mut Report<'_>, resolved: &Resolved) {
    uids(report);
    whole(report);
    for (ix, slot) in resolved.slots.iter().filter(|(_, s)| s.kind == NodeKind::Activity) {
        of_activity(report, resolved, ix, slot);
    }
}

/// What one activity is besides computed.
pub(super) fn of_activity(report: &mut Report<'_>, resolved: &Resolved, ix: SlotIx, slot: &Slot) {
    let timed = slot.timed(report.doc);
    let place = || slot.place(report.doc);
    if let Some(manual) = timed.manual {
        let at = || place().field("manual");
        if reversed(manual.start, manual.finish) {
            report.push(
                Diagnostic::new(
                    codes::REVERSED_DATES,
                    at().field("finish"),
                    format!(
                        "`{}` finishes {}, before it starts {}",
                        slot.id, manual.finish, manual.start
                    ),
                )
                .with_help("swap the two dates, or take `manual` away and let the dates be computed"),
            );
        } else {
            let (from, to) = stretch(resolved.calendar(ix), manual.start, manual.finish);
            if to.since(from) > LONGEST {
                report.push(super::times::too_long(at().field("finish"), "stretch"));
            }
        }
    }
    // What says of itself that it stands still, or that it goes where its links lead, can be no other thing at once.
    let conflict = match (timed.manual.is_some(), timed.level_of_effort, timed.delay.is_some()) {
        (true, true, _) => Some((
            "level-of-effort",
            "stands at typed dates and spans nothing that its links lead to",
        )),
        (_, true, _) if slot.summary => Some((
            "level-of-effort",
            "spans the activities that are part of it and nothing else",
        )),
        (true, false, true) => Some(("delay", "stands at typed dates and is not held back")),
        (false, true, true) => Some(("delay", "spans what its links lead to and is not held back")),
        (false, false, true) if slot.summary => Some((
            "delay",
            "spans the activities that are part of it and is not held back itself",
        )),
        _ => None,
    };
    if let Some((key, why)) = conflict {
        report.push(
            Diagnostic::new(
                codes::CONFLICTING_MODES,
                place().field(key),
                format!("`{}` {why}", slot.id),
            )
            .with_help(format!("take this `{key}` away")),
        );
    }
    let Some(delay) = timed.delay else { return };
    match delay.span(report.doc.units()) {
        Span::Elapsed(minutes) if minutes > LONGEST => {
            report.push(super::times::too_long(place().field("delay"), "delay"));
        }
        Span::Work(minutes) if minutes > 0 => report.push(
            Diagnostic::new(
                codes::WORKING_DELAY,
                place().field("delay"),
                format!("`{delay}` is working time, and a delay is elapsed time"),
            )
            .with_help("write `em`, `eh`, `ed`, `ew` or `emo`: three days by the clock are `3ed`"),
        ),
        _ => {}
    }
}

/// The dates of the programme itself.
fn whole(report: &mut Report<'_>) {
    let doc = report.doc;
    if let (Some(start), Some(finish)) = (doc.start, doc.finish)
        && reversed(start, finish)
    {
        report.push(
            Diagnostic::new(
                codes::REVERSED_DATES,
                Place::programme().field("finish"),
                format!("the programme must be finished by {finish}, before it starts on {start}"),
            )
            .with_help("nothing can be finished before anything starts"),
        );
    }
}

/// Numbers that are given twice. The first activity with a number keeps it.
fn uids(report: &mut Report<'_>) {
    let doc = report.doc;
    let mut seen: HashMap<Uid, usize> = HashMap::new();
    for (i, activity) in doc.activities.iter().enumerate() {
        let Some(uid) = activity.uid else { continue };
        let place = |i: usize| {
            let id = &doc.activities[i].id;
            Place::programme().entry("activities", i, "activity", id).field("uid")
        };
        let first = *seen.entry(uid).or_insert(i);
        if first != i {
            report.push(
                Diagnostic::new(
                    codes::DUPLICATE_UID,
                    place(i),
                    format!("the number {uid} is already taken"),
                )
                .with_related(place(first), "first used here")
                .with_help("another tool knows one activity by one number; give each its own"),
            );
        }
    }
}
