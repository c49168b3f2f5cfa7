//! How many nodes and links a programme comes to.

use super::{Report, spaced};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::project::{MOST_LINKS, MOST_NODES, endpoints};
use crate::resolved::{Gap, Resolved};
use crate::slot::SlotIx;

/// Reports a programme whose instances or links are more than can be held.
pub(super) fn check(report: &mut Report<'_>, resolved: &mut Resolved) {
    if resolved.overflow {
        return;
    }
    let mut nodes = 0_u64;
    for (ix, slot) in resolved.slots.iter() {
        let instances = resolved.subjects(ix).map_or(0, |s| s.len() as u64);
        nodes += 1 + instances;
        if nodes > MOST_NODES {
            let place = slot.place(report.doc);
            too_many(
                report,
                place,
                format!(
                    "with `{}` the programme has more than {} dates",
                    slot.id,
                    spaced(MOST_NODES)
                ),
            );
            resolved.overflow = true;
            return;
        }
    }
    let leaves = leaves(resolved);
    let calendars = resolved.calendars.len() as u64;
    let mut links = 0_u64;
    for link in &resolved.links {
        let (from, to, laid) = endpoints(resolved, link);
        // A share out of a summary is one of each leaf's own duration; a lag into one counts on each leaf's own calendar.
        let below = |slot: SlotIx, nodes: u64| (leaves[slot.index()] / nodes.max(1)).max(1);
        let share = matches!(link.gap, Gap::Lag(lag) if lag.is_share());
        let shares = if share { below(link.from.slot, from) } else { 1 };
        let lags = below(link.to.slot, to).min(calendars.max(1));
        links = links.saturating_add(laid.saturating_mul(shares).saturating_mul(lags));
        if links > MOST_LINKS {
            let place = crate::lookup::link_place(report.doc, &resolved.slots, link).unwrap_or_default();
            too_many(
                report,
                place,
                format!(
                    "with this link the programme has more than {} dependencies between instances",
                    spaced(MOST_LINKS)
                ),
            );
            resolved.overflow = true;
            return;
        }
    }
}

fn too_many(report: &mut Report<'_>, place: Place, message: String) {
    report.push(
        Diagnostic::new(codes::TOO_MANY_INSTANCES, place, message)
            .with_help("put a gate or a milestone between them, or use smaller groups"),
    );
}

/// How many nodes below each slot take time of their own: those of a summary's parts, and the instances of what is done per
/// subject.
fn leaves(resolved: &Resolved) -> Vec<u64> {
    let slots = &resolved.slots;
    let mut leaves = vec![0_u64; slots.list.len()];
    for (ix, _) in slots.iter().filter(|(_, slot)| !slot.summary) {
        let own = resolved.subjects(ix).map_or(1, |s| s.len() as u64);
        // INVARIANT: rings of parts were cut and their depth is bounded, so this is short.
        let above = std::iter::successors(Some(ix), |ix| slots.get(*ix).parent);
        for ix in above.chain(slot_phase(resolved, ix)) {
            leaves[ix.index()] = leaves[ix.index()].saturating_add(own);
        }
    }
    leaves
}

/// The phase that a slot or the summary above it belongs to.
fn slot_phase(resolved: &Resolved, ix: SlotIx) -> Option<SlotIx> {
    let top = std::iter::successors(Some(ix), |ix| resolved.slots.get(*ix).parent).last()?;
    resolved.slots.get(top).phase
}
