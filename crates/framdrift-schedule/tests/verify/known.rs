//! What the passes and the proof do not agree on yet (see `disputed`): random plans have none of it.

use framdrift_model::projection::Projection;
use framdrift_model::rules::{Critical, ElapsedStart, LateKind, Profile};
use framdrift_schedule::verify::{Checked, Flaw};

/// Whether a flaw is one that is known: on the longest path, elapsed time of MS Project that waits for working time is driven
/// by its own dates also where its links put it.
pub(super) fn is_known(plan: &Projection, flaw: &Flaw) -> bool {
    let rules = &plan.rules;
    let waits = rules.profile == Profile::MsProject && rules.elapsed_start == ElapsedStart::WorkingTime;
    flaw.what == Checked::Critical && waits && rules.critical == Critical::LongestPath
}

pub(super) fn tidy(plan: &mut Projection) {
    // What was pulled is found to drive what follows it.
    let pulled = plan.rules.as_late_as_possible == LateKind::FreeFloat;
    if pulled && plan.rules.critical == Critical::LongestPath {
        plan.nodes.iter_mut().for_each(|node| node.as_late_as_possible = false);
    }
}
