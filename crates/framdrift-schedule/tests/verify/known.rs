//! What the passes and the proof do not agree on yet (see `disputed`): random plans have none of it.

use framdrift_model::projection::{Mode, NodeIx, Projection};
use framdrift_model::rules::{Critical, ElapsedStart, LateKind, Profile};
use framdrift_schedule::verify::{Checked, Flaw};

/// Whether a node belongs to a summary, however deep.
fn is_below(plan: &Projection, n: usize, summary: usize) -> bool {
    let up = |n: usize| plan.nodes[n].parent.map(NodeIx::index);
    std::iter::successors(up(n), |n| up(*n)).any(|above| above == summary)
}

/// Whether a flaw is one that is known: on the longest path, elapsed time of MS Project that waits for working time is driven
/// by its own dates also where its links put it; and a summary at typed dates is found to be finished by what belongs to it.
pub(super) fn is_known(plan: &Projection, flaw: &Flaw) -> bool {
    let rules = &plan.rules;
    let Some(n) = flaw.node.filter(|_| flaw.what == Checked::Critical) else {
        return false;
    };
    let waits = rules.profile == Profile::MsProject && rules.elapsed_start == ElapsedStart::WorkingTime;
    let typed = |n: usize| plan.nodes[n].summary && matches!(plan.nodes[n].mode, Mode::Manual { .. });
    let stands = (0..plan.nodes.len()).any(|inner| typed(inner) && is_below(plan, inner, n.index()));
    stands || (waits && rules.critical == Critical::LongestPath)
}

pub(super) fn tidy(plan: &mut Projection) {
    // What was pulled is found to drive what follows it.
    let pulled = plan.rules.as_late_as_possible == LateKind::FreeFloat;
    if pulled && plan.rules.critical == Critical::LongestPath {
        plan.nodes.iter_mut().for_each(|node| node.as_late_as_possible = false);
    }
}
