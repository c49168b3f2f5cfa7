//! What the passes and the proof do not agree on yet (see `disputed`): random plans have none of it.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, LinkKind, Mode, NodeIx, Projection, Span, TimeLink};
use framdrift_model::rules::{Critical, LateKind, Precedence, Profile};
use framdrift_schedule::verify::{Checked, Flaw};

/// Whether a node belongs to a summary, however deep.
fn is_below(plan: &Projection, n: NodeIx, summary: usize) -> bool {
    let mut up = plan.nodes[n.index()].parent;
    while let Some(p) = up {
        if p.index() == summary {
            return true;
        }
        up = plan.nodes[p.index()].parent;
    }
    false
}

fn below(plan: &Projection, summary: usize) -> Vec<NodeIx> {
    let all = (0..plan.nodes.len() as u32).map(NodeIx);
    all.filter(|n| is_below(plan, *n, summary)).collect()
}

fn spans(plan: &Projection, n: usize) -> bool {
    plan.nodes[n].summary && !below(plan, n).is_empty()
}

/// Whether a flaw is one that is known: a summary is found to be done by its dates, not by what is recorded; and on the
/// longest path a link to a summary is followed also where it does not drive, one from a summary to one leaf of several.
pub(super) fn is_known(plan: &Projection, facts: &Facts, flaw: &Flaw) -> bool {
    let finished = |n: NodeIx| facts.of(n).is_some_and(|f| f.finished.is_some());
    let Some(n) = flaw.node.filter(|_| flaw.what == Checked::Critical) else {
        return false;
    };
    let meets = |link: &TimeLink| spans(plan, link.from.index()) || spans(plan, link.to.index());
    if plan.rules.critical == Critical::LongestPath && plan.links.iter().any(meets) {
        return true;
    }
    let at_latest = plan.rules.as_late_as_possible == LateKind::TotalFloat;
    let late = |n: NodeIx| at_latest && plan.nodes[n.index()].as_late_as_possible;
    spans(plan, n.index()) && below(plan, n.index()).into_iter().any(|n| finished(n) || late(n))
}

pub(super) fn tidy(plan: &mut Projection) {
    let profile = plan.rules.profile;
    // What was pulled is found to drive what follows it.
    let pulled = plan.rules.as_late_as_possible == LateKind::FreeFloat;
    let path = plan.rules.critical == Critical::LongestPath && pulled;
    for n in 0..plan.nodes.len() {
        // A level of effort that leans on one that others belong to sees that without them.
        if spans(plan, n) && plan.nodes[n].mode == Mode::LevelOfEffort {
            plan.nodes[n].mode = Mode::Computed;
        }
    }
    for node in &mut plan.nodes {
        node.as_late_as_possible &= !path;
        let typed = matches!(node.mode, Mode::Manual { .. });
        // What stands at typed dates is pulled from them.
        if typed && profile != Profile::Framdrift {
            node.as_late_as_possible = false;
        }
        // Typed elapsed time is counted in working time.
        if let (true, Profile::P6, Span::Elapsed(minutes)) = (typed, profile, node.span) {
            node.span = Span::Work(minutes);
        }
        // A date that must be kept gives a node its planned span again.
        if profile == Profile::Framdrift && plan.rules.precedence == Precedence::Constraints {
            node.bounds.retain(|b| b.kind != BoundKind::ExpectedFinish);
        }
    }
    // A summary of which nothing is to be done has free float.
    for n in 0..plan.nodes.len() {
        let inner = below(plan, n);
        let is_done = |n: &NodeIx| plan.nodes[n.index()].mode == Mode::Inactive || spans(plan, n.index());
        if spans(plan, n) && inner.iter().all(is_done) {
            let leaf = inner.iter().rfind(|n| !spans(plan, n.index())).copied().unwrap();
            plan.nodes[leaf.index()].mode = Mode::Computed;
        }
    }
}

pub(super) fn tidy_facts(plan: &mut Projection, facts: &mut Facts) {
    let by_tools = plan.rules.profile != Profile::Framdrift;
    let free = plan.rules.as_late_as_possible == LateKind::FreeFloat;
    for n in (0..plan.nodes.len() as u32).map(NodeIx).filter(|_| by_tools) {
        let finished = |n: NodeIx| facts.of(n).is_some_and(|f| f.finished.is_some());
        let mut next = plan.links.iter().filter(|l| l.from == n).map(|l| l.to);
        let deep = (0..plan.nodes.len()).any(|up| plan.nodes[up].summary && is_below(plan, n, up));
        // What is as late as possible passes over links of summaries, and waits for what is finished.
        let touches_summary = deep || next.clone().any(|to| spans(plan, to.index()));
        let before_finished = plan.rules.profile == Profile::MsProject && next.any(finished);
        if (touches_summary && (free || plan.rules.profile == Profile::P6)) || (before_finished && free) {
            plan.nodes[n.index()].as_late_as_possible = false;
        }
    }
    if plan.rules.profile != Profile::Framdrift {
        return;
    }
    if plan.rules.precedence == Precedence::Constraints {
        for n in (0..plan.nodes.len() as u32).map(NodeIx) {
            let fact = facts.of(n).copied().unwrap_or_default();
            if fact.started.is_none() && fact.finished.is_none() && fact.remaining.is_some() {
                facts.entry(n).remaining = None;
                let fact = *facts.entry(n);
                facts.set(n, fact);
            }
        }
    }
    // A link from the start of what has started counts from its early start where it leads to a summary.
    let started = |n: NodeIx| facts.of(n).is_some_and(|f| f.started.is_some() || f.finished.is_some());
    let counts = |link: &TimeLink| {
        let of_start = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
        of_start && started(link.from) && spans(plan, link.to.index())
    };
    let keep: Vec<bool> = plan.links.iter().map(|l| !counts(l)).collect();
    let mut keep = keep.iter();
    plan.links.retain(|_| *keep.next().unwrap());
}
