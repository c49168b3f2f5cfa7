//! What waits for what.

use super::Names;
use super::node::node;
use crate::document::{AgendaItemDoc, BetweenDoc, PreReadDoc};
use crate::id::NodeRef;
use crate::place::Place;
use crate::projection::{LinkKind, LinkOrigin, NodeKind};
use crate::resolved::{End, Gap, Resolved, SlotLink};
use crate::slot::{SlotIx, Slots};
use crate::validate::Report;

/// Links: what is written under `after`, `before`, `between` and `pre-reads`, and the order that nesting implies.
pub(super) fn resolve(report: &mut Report<'_>, resolved: &mut Resolved, subjects: &Names<'_>) {
    let doc = report.doc;
    let slots = std::mem::take(&mut resolved.slots);
    let mut found = Vec::new();
    let deliverables = Names::of(doc.deliverables.iter().map(|d| d.id.as_str()));
    let look = |report: &mut Report<'_>, id: &NodeRef, place: &dyn Fn() -> Place| {
        node(report, &slots, &resolved.groups, subjects, &deliverables, id, place)
    };
    for (ix, slot) in slots.iter() {
        let own = End {
            slot: ix,
            subject: None,
        };
        let timed = slot.timed(doc);
        let place = || slot.place(doc);
        for (i, link) in timed.after.iter().enumerate() {
            let at = || place().entry("after", i, "after", &link.from).field("from");
            if let Some(from) = look(report, &link.from, &at) {
                found.push(SlotLink {
                    from,
                    to: own,
                    kind: link.kind.unwrap_or_default(),
                    gap: link.lag.map_or(Gap::None, Gap::Lag),
                    origin: LinkOrigin::After(position(i)),
                });
            }
        }
        for (i, link) in timed.before.iter().enumerate() {
            let at = || place().entry("before", i, "before", &link.to).field("to");
            if let Some(to) = look(report, &link.to, &at) {
                let gap = link.lead_time.map_or(Gap::None, Gap::Lead);
                found.push(finish_to_start(own, to, gap, LinkOrigin::Before(position(i))));
            }
        }
        if let Some(BetweenDoc {
            after,
            before,
            extensions: _,
        }) = timed.between
        {
            if let Some(from) = look(report, after, &|| place().field("between").field("after")) {
                found.push(finish_to_start(from, own, Gap::None, LinkOrigin::BetweenAfter));
            }
            if let Some(to) = look(report, before, &|| place().field("between").field("before")) {
                found.push(finish_to_start(own, to, Gap::None, LinkOrigin::BetweenBefore));
            }
        }
        for (i, read) in timed.pre_reads.iter().enumerate() {
            let at = || {
                place()
                    .entry("pre-reads", i, "pre-read", &read.version)
                    .field("version")
            };
            if let Some(from) = look(report, &read.version, &at) {
                found.push(finish_to_start(
                    from,
                    own,
                    ahead(read),
                    LinkOrigin::PreRead(position(i)),
                ));
            }
        }
        for (i, item) in agenda(doc, slot.kind, slot.entry, slot.nested).iter().enumerate() {
            for (j, read) in item.pre_reads.iter().enumerate() {
                let at = || {
                    place()
                        .entry("agenda", i, "item", &item.id)
                        .entry("pre-reads", j, "pre-read", &read.version)
                        .field("version")
                };
                if let Some(from) = look(report, &read.version, &at) {
                    let origin = LinkOrigin::AgendaPreRead(position(i), position(j));
                    found.push(finish_to_start(from, own, ahead(read), origin));
                }
            }
        }
        found.extend(implied(doc, &slots, ix));
    }
    resolved.slots = slots;
    resolved.links = found;
}

fn position(i: usize) -> u32 {
    u32::try_from(i).expect("a list holds fewer than 2³² entries")
}

const fn finish_to_start(from: End, to: End, gap: Gap, origin: LinkOrigin) -> SlotLink {
    SlotLink {
        from,
        to,
        kind: LinkKind::FinishToStart,
        gap,
        origin,
    }
}

fn ahead(read: &PreReadDoc) -> Gap {
    read.ahead.map_or(Gap::None, Gap::Lead)
}

/// The agenda of a meeting or of a part of one.
fn agenda(doc: &crate::document::ProgrammeDoc, kind: NodeKind, entry: u32, nested: u32) -> &[AgendaItemDoc] {
    match kind {
        NodeKind::Meeting => &doc.meetings[entry as usize].agenda,
        NodeKind::Part => &doc.meetings[entry as usize].parts[nested as usize].agenda,
        _ => &[],
    }
}

/// The order that nesting implies: a part follows the part before it, a review its version, a version the version before it
/// and that one's reviews.
fn implied(doc: &crate::document::ProgrammeDoc, slots: &Slots, ix: SlotIx) -> Vec<SlotLink> {
    let slot = slots.get(ix);
    let own = End {
        slot: ix,
        subject: None,
    };
    let before = |steps: u32| End {
        slot: SlotIx(ix.0 - steps),
        subject: None,
    };
    match slot.kind {
        NodeKind::Part if slot.nested > 0 => {
            vec![finish_to_start(before(1), own, Gap::None, LinkOrigin::PartOrder)]
        }
        NodeKind::Review => {
            vec![finish_to_start(
                before(slot.inner + 1),
                own,
                Gap::None,
                LinkOrigin::ReviewOrder,
            )]
        }
        NodeKind::Version if slot.nested > 0 => {
            // Slots stand in document order: the earlier version, then its reviews, then this one.
            let earlier = &doc.deliverables[slot.entry as usize].versions[slot.nested as usize - 1];
            let reviews = position(earlier.reviews.len());
            let first = finish_to_start(before(reviews + 1), own, Gap::None, LinkOrigin::VersionOrder);
            let after_reviews = (1..=reviews)
                .rev()
                .map(|n| finish_to_start(before(n), own, Gap::None, LinkOrigin::ReviewOrder));
            std::iter::once(first).chain(after_reviews).collect()
        }
        _ => Vec::new(),
    }
}
