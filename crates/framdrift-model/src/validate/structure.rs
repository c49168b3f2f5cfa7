//! How things belong together: summaries and their parts, links within them, groups, durations.

use std::collections::{HashMap, HashSet};

use super::{DEEPEST_PARTS, Report};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::ConstraintDoc;
use crate::place::Place;
use crate::projection::NodeKind;
use crate::resolved::Resolved;
use crate::slot::{Slot, SlotIx};

pub(super) fn check(report: &mut Report<'_>, resolved: &mut Resolved) {
    circular_parts(report, resolved);
    deep_parts(report, resolved);
    activities(report, resolved);
    summaries(report, resolved);
    links(report, resolved);
    groups(report, resolved);
    phases(report, resolved);
}

fn circular_parts(report: &mut Report<'_>, resolved: &Resolved) {
    for (part, named) in &resolved.cut {
        let slot = resolved.slots.get(*part);
        let above = ring_above(resolved, *part, *named);
        let all = std::iter::once(part).chain(&above).chain([part]);
        let ring: Vec<String> = all.map(|ix| format!("`{}`", resolved.slots.get(*ix).id)).collect();
        let shown = if ring.len() > 12 {
            format!("{} → … ({} in all)", ring[..10].join(" → "), ring.len() - 1)
        } else {
            ring.join(" → ")
        };
        let mut fault = Diagnostic::new(
            codes::CIRCULAR_PARTS,
            slot.place(report.doc).field("part-of"),
            format!("these are part of each other: {shown}"),
        )
        .with_help("take one `part-of` away: a summary is never part of its own parts");
        for ix in above.iter().take(10) {
            let slot = resolved.slots.get(*ix);
            let place = slot.place(report.doc).field("part-of");
            fault = fault.with_related(place, format!("`{}` is part of this", slot.id));
        }
        report.push(fault);
    }
}

/// The other members of a ring of parts that was cut: from what was named, up by parents, to the part that named it.
fn ring_above(resolved: &Resolved, part: SlotIx, named: SlotIx) -> Vec<SlotIx> {
    let above = std::iter::successors(Some(named), |ix| resolved.slots.get(*ix).parent);
    above.take_while(|ix| *ix != part).collect()
}

/// All members of rings of parts. What else is wrong with them may follow from that.
fn in_rings(resolved: &Resolved) -> HashSet<SlotIx> {
    let rings = resolved.cut.iter().flat_map(|(part, named)| {
        let above = ring_above(resolved, *part, *named);
        above.into_iter().chain([*part])
    });
    rings.collect()
}

/// The first part that nests too deep; those below it follow from it, and so do all in a ring.
fn deep_parts(report: &mut Report<'_>, resolved: &Resolved) {
    let first = resolved.too_deep.iter().min().filter(|_| resolved.cut.is_empty());
    if let Some(part) = first {
        let slot = resolved.slots.get(*part);
        let message = format!("`{}` lies more than {DEEPEST_PARTS} summaries deep", slot.id);
        report.push(
            Diagnostic::new(codes::PARTS_TOO_DEEP, slot.place(report.doc).field("part-of"), message)
                .with_help("a plan that people can read has a handful of levels; name a summary further up"),
        );
    }
}

fn activities(report: &mut Report<'_>, resolved: &Resolved) {
    // What was left out, or names no summary that there is, may be part of an activity, which is then a summary.
    let astray = |slot: &Slot| {
        let is_part = || report.doc.activities[slot.entry as usize].part_of.is_some();
        slot.kind == NodeKind::Activity && slot.parent.is_none() && is_part()
    };
    let parts_lost = report.damage.lost_from("/activities")
        || report.damage.lacks_some("part-of")
        || resolved.slots.iter().any(|(_, slot)| astray(slot));
    let in_rings = in_rings(resolved);
    for (ix, slot) in resolved.slots.iter().filter(|(_, s)| s.kind == NodeKind::Activity) {
        if !in_rings.contains(&ix) {
            activity(report, resolved, slot, parts_lost);
        }
    }
}

/// How long one activity takes, and what the summary above it says in its place.
pub(super) fn activity(report: &mut Report<'_>, resolved: &Resolved, slot: &Slot, parts_lost: bool) {
    let doc = report.doc;
    let activity = &doc.activities[slot.entry as usize];
    let place = || slot.place(doc);
    let timeless = activity.duration.is_none() && activity.manual.is_none() && !slot.timed(doc).level_of_effort;
    if timeless && !slot.summary && !parts_lost && !report.damage.within(&place()) {
        report.push(
            Diagnostic::new(
                codes::ACTIVITY_WITHOUT_DURATION,
                place().field("id"),
                format!("the activity `{}` takes no time", activity.id),
            )
            .with_help("say how long it takes, such as `duration: 5d`; for a milestone write `duration: 0d`"),
        );
    }
    if let Some(summary) = &activity.part_of {
        let done_per = slot
            .parent
            .is_some_and(|parent| resolved.slots.get(parent).per.is_some());
        for (key, given) in [
            ("phase", activity.phase.is_some()),
            ("per", activity.per.is_some() && done_per),
        ] {
            if given && slot.parent.is_some() {
                report.push(
                    Diagnostic::new(
                        codes::SAID_BY_THE_SUMMARY,
                        place().field(key),
                        format!(
                            "`{}` is part of `{summary}` and takes its `{key}` from there",
                            activity.id
                        ),
                    )
                    .with_help(format!("take this `{key}` away, or the `part-of`")),
                );
            }
        }
    }
}

/// Time that a summary cannot have.
fn summaries(report: &mut Report<'_>, resolved: &Resolved) {
    let in_rings = in_rings(resolved);
    for (ix, slot) in resolved.slots.iter().filter(|(_, s)| s.summary) {
        if !in_rings.contains(&ix) {
            summary(report, slot);
        }
    }
}

/// Time that one summary cannot have.
pub(super) fn summary(report: &mut Report<'_>, slot: &Slot) {
    let doc = report.doc;
    let timed = slot.timed(doc);
    let place = || slot.place(doc);
    let spans = match slot.kind {
        NodeKind::Meeting => "its parts",
        NodeKind::Phase => "what belongs to it",
        _ => "the activities that are part of it",
    };
    let mut refuse = |key: &str, given: bool| {
        if given {
            report.push(
                Diagnostic::new(
                    codes::TIME_ON_SUMMARY,
                    place().field(key),
                    format!("`{}` spans {spans} and has no `{key}` of its own", slot.id),
                )
                .with_help(format!("move the `{key}` to {spans}")),
            );
        }
    };
    refuse("duration", timed.duration.is_some());
    refuse("planned", timed.planned.is_some());
    if slot.kind == NodeKind::Meeting {
        refuse("agenda", !doc.meetings[slot.entry as usize].agenda.is_empty());
    }
    for (i, constraint) in timed.constraints.iter().enumerate() {
        let allowed = matches!(
            constraint,
            ConstraintDoc::AsSoonAsPossible(_)
                | ConstraintDoc::StartNoEarlierThan(_)
                | ConstraintDoc::FinishNoLaterThan(_)
        );
        if !allowed {
            report.push(
                Diagnostic::new(
                    codes::TIME_ON_SUMMARY,
                    place().item("constraints", i),
                    format!("`{}` spans {spans} and takes no `{}`", slot.id, constraint.word()),
                )
                .with_help("a summary takes `start-no-earlier-than` and `finish-no-later-than` only"),
            );
        }
    }
}

/// Links that join a thing with itself or with a part of itself. They are taken out of the resolved links.
fn links(report: &mut Report<'_>, resolved: &mut Resolved) {
    let doc = report.doc;
    let links = std::mem::take(&mut resolved.links);
    let in_rings = in_rings(resolved);
    let slots = &resolved.slots;
    let mut kept = Vec::with_capacity(links.len());
    for link in links {
        let (from, to) = (link.from, link.to);
        let same_instances = match (from.subject, to.subject) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        };
        let what = if from.slot == to.slot && same_instances {
            Some("itself")
        } else if within(slots, from.slot, to.slot) {
            Some("something it is part of")
        } else if within(slots, to.slot, from.slot) {
            Some("a part of itself")
        } else {
            None
        };
        let Some(what) = what else {
            kept.push(link);
            continue;
        };
        if in_rings.contains(&from.slot) || in_rings.contains(&to.slot) {
            continue;
        }
        if let Some(place) = crate::lookup::link_place(doc, slots, &link) {
            let own = &slots.get(from.slot).id;
            report.push(
                Diagnostic::new(codes::LINK_TO_ITSELF, place, format!("this links `{own}` with {what}"))
                    .with_help("a thing cannot wait for itself; take the link away or name what was meant"),
            );
        }
    }
    resolved.links = kept;
}

/// Whether `inner` is `outer` or belongs to it.
fn within(slots: &crate::slot::Slots, inner: SlotIx, outer: SlotIx) -> bool {
    let outer_is_phase = slots.get(outer).kind == NodeKind::Phase;
    if !slots.get(outer).summary {
        return false;
    }
    let mut at = Some(inner);
    // INVARIANT: rings of parents were cut when references were resolved, so this ends.
    while let Some(ix) = at {
        if ix == outer {
            return true;
        }
        let slot = slots.get(ix);
        if outer_is_phase && slot.parent.is_none() {
            return slot.phase == Some(outer);
        }
        at = slot.parent;
    }
    false
}

fn groups(report: &mut Report<'_>, resolved: &Resolved) {
    let doc = report.doc;
    if resolved.overflow {
        return;
    }
    for (_, slot) in resolved.slots.iter() {
        let Some(group) = slot.per else { continue };
        let own = slot.timed(doc).per.is_some() && !matches!(slot.kind, NodeKind::Version | NodeKind::Review);
        if own && resolved.groups[group as usize].is_empty() && group_is_whole(report, group) {
            report.push(empty_group(slot.place(doc), slot, &doc.groups[group as usize].id));
        }
    }
    let mut positions = HashMap::new();
    for (i, group) in doc.groups.iter().enumerate() {
        positions.entry(group.id.as_str()).or_insert(i);
    }
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        let Some(id) = &deliverable.per else { continue };
        let Some(&group) = positions.get(id.as_str()) else {
            continue;
        };
        let position = u32::try_from(group).unwrap_or(u32::MAX);
        if resolved.groups[group].is_empty() && group_is_whole(report, position) {
            let place = Place::programme().entry("deliverables", i, "deliverable", &deliverable.id);
            report.push(
                Diagnostic::new(
                    codes::EMPTY_GROUP,
                    place.field("per"),
                    format!("the group `{id}` has no subjects, so there is no `{}`", deliverable.id),
                )
                .with_help("name its members, or take `per` away"),
            );
        }
    }
}

fn group_is_whole(report: &Report<'_>, group: u32) -> bool {
    let doc = report.doc;
    let place = Place::programme().entry("groups", group as usize, "group", &doc.groups[group as usize].id);
    !report.damage.within(&place)
        && !report.damage.lost_from("/subjects")
        && doc.groups[group as usize].members.is_empty()
}

fn empty_group(place: Place, slot: &Slot, group: &crate::id::GroupId) -> Diagnostic {
    Diagnostic::new(
        codes::EMPTY_GROUP,
        place.field("per"),
        format!("the group `{group}` has no subjects, so `{}` is never done", slot.id),
    )
    .with_help("name its members, or take `per` away")
}

/// Phases that nothing belongs to.
fn phases(report: &mut Report<'_>, resolved: &Resolved) {
    if !report.damage.is_none() {
        return;
    }
    let mut used = vec![false; report.doc.phases.len()];
    for (ix, slot) in resolved.slots.iter() {
        // A misspelt name was meant for one of them; and a second phase of one id is at fault for that alone.
        if slot.phase.is_none() && slot.timed(report.doc).phase.is_some() {
            return;
        }
        // Phases are the first slots, in document order.
        if let Some(used) = slot.phase.and_then(|phase| used.get_mut(phase.index())) {
            *used = true;
        }
        if let Some(used) = used.get_mut(ix.index()) {
            *used |= resolved.slots.find(&slot.id) != Some(ix);
        }
    }
    for (_, slot) in resolved
        .slots
        .iter()
        .take(used.len())
        .filter(|(ix, _)| !used[ix.index()])
    {
        let place = slot.place(report.doc).field("id");
        report.push(
            Diagnostic::new(
                codes::EMPTY_PHASE,
                place,
                format!("nothing belongs to the phase `{}`", slot.id),
            )
            .with_help(
                "name it as the `phase` of activities, gates, meetings or deliverables; alone it is a point in time",
            ),
        );
    }
}
