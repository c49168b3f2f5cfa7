//! How many nodes and links a programme comes to.

use super::Report;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::project::{MOST_LINKS, MOST_NODES, endpoints};
use crate::resolved::Resolved;

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
                format!("with `{}` the programme has more than {MOST_NODES} dates", slot.id),
            );
            resolved.overflow = true;
            return;
        }
    }
    let mut links = 0_u64;
    for link in &resolved.links {
        let (from, to) = endpoints(resolved, link);
        links += from * to;
        if links > MOST_LINKS {
            let place = crate::lookup::link_place(report.doc, &resolved.slots, link).unwrap_or_default();
            too_many(
                report,
                place,
                format!("with this link the programme has more than {MOST_LINKS} dependencies between instances"),
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
