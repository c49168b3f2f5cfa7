//! Summaries: the dates of what belongs to them rolled up, and the float towards what lies outside.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{Mode, NodeIx};
use framdrift_model::rules::Profile;
use framdrift_model::time::Minute;

use super::clock;
use super::float;
use super::link;
use super::state::{Given, State};
use crate::hierarchy::Hierarchy;
use crate::schedule::Dates;

/// By node, whether work on it has begun: on it or, of a summary, on something that belongs to it. Only framdrift's own rules
/// ask, which show the recorded start as the late one and what is left as the early one.
///
/// Complexity: O(*n*).
pub(crate) fn begun(given: &Given<'_>, tree: &Hierarchy) -> Vec<bool> {
    let mut begun = vec![false; tree.len()];
    if given.rules.profile != Profile::Framdrift {
        return begun;
    }
    for (v, place) in given.net.leaves() {
        begun[place.node.index()] = given.started(v).is_some() && !given.is_typed(v);
    }
    for n in (0..tree.len() as u32).rev().map(NodeIx) {
        // What stands at typed dates is where it was typed, whatever has begun in it.
        begun[n.index()] &= !matches!(given.projection.nodes[n.index()].mode, Mode::Manual { .. });
        if let Some(up) = tree.parent(n) {
            begun[up.index()] |= begun[n.index()];
        }
    }
    begun
}

/// Gives every summary that does not stand at typed dates the dates of what belongs to it. `known` tells which nodes have
/// dates, and a summary of none of them keeps what it has. What is critical is what something critical belongs to.
///
/// Complexity: O(*n*).
pub(crate) fn roll_up(given: &Given<'_>, tree: &Hierarchy, dates: &mut [Dates], known: &mut [bool]) {
    let mut gathered: Vec<Option<Dates>> = vec![None; tree.len()];
    let begun = begun(given, tree);
    let typed = |n: NodeIx| matches!(given.projection.nodes[n.index()].mode, Mode::Manual { .. });
    for n in (0..tree.len() as u32).rev().map(NodeIx) {
        let typed = typed(n);
        let rolled = gathered[n.index()].take();
        match rolled {
            Some(rolled) if typed => dates[n.index()].critical |= rolled.critical,
            Some(rolled) => {
                let calendar = calendar(given, n);
                let own = &mut dates[n.index()];
                *own = rolled;
                let float = |from: Minute, to: Minute| calendar.between(from, to);
                let at_start = float(own.early_start, own.late_start);
                let at_finish = float(own.early_finish, own.late_finish);
                // A start that has happened does not slip: its late date is the recorded one.
                own.total_float = match begun[n.index()] {
                    true => at_finish,
                    false => at_start.min(at_finish),
                };
                known[n.index()] = true;
            }
            None => {}
        }
        if !known[n.index()] {
            continue;
        }
        if let Some(up) = tree.parent(n) {
            let own = rolled
                .filter(|_| !typed)
                .unwrap_or_else(|| within(given, n, dates[n.index()]));
            match &mut gathered[up.index()] {
                Some(above) => above.span_also(&own),
                none => *none = Some(own),
            }
        }
    }
}

/// The dates of a leaf as its summary counts them: MS Project takes a task to be late where it was typed.
fn within(given: &Given<'_>, n: NodeIx, own: Dates) -> Dates {
    let node = &given.projection.nodes[n.index()];
    match node.mode {
        Mode::Manual { start, finish } if given.rules.profile == Profile::MsProject && !node.summary => Dates {
            late_start: start,
            late_finish: finish.max(start),
            ..own
        },
        _ => own,
    }
}

fn calendar<'a>(given: &Given<'a>, node: NodeIx) -> &'a WorkCalendar {
    &given.projection.calendars[given.projection.nodes[node.index()].calendar.index()]
}

/// Measures for each summary the least gap over links out of it, and out of what belongs to it, to nodes outside: on the
/// summary's calendar, from an early date to what the link allows it without moving an early date. Without such links, to the
/// finish of the programme.
///
/// Complexity: O(*n* + *m* · *d*) for summaries nested *d* deep.
pub(crate) fn free_floats(
    given: &Given<'_>,
    tree: &Hierarchy,
    state: &State,
    finish: i64,
    dates: &mut [Dates],
    known: &[bool],
) {
    if tree.summaries() == 0 {
        return;
    }
    let soon = float::soon(given, state);
    let mut least: Vec<Option<i64>> = vec![None; tree.len()];
    for (arc, net) in given.net.arcs.iter().enumerate() {
        let Some(link) = net.link else { continue };
        let (u, to) = (net.from as usize, net.to as usize);
        if link::is_void(given, state, u) {
            continue;
        }
        let Some(allowed) = link::cap(given, state, arc, soon[to]) else {
            continue;
        };
        let from = if net.tie.leaves_start() {
            state.es[u]
        } else {
            state.ef[u]
        };
        let node = given.place(u).node;
        let to = given.projection.links[link.index()].to;
        let own = tree.is_summary(node).then_some(node);
        for summary in own.into_iter().chain(tree.above(node)) {
            if tree.contains(summary, to) {
                break;
            }
            let gap = clock::between(calendar(given, summary), from, allowed);
            let least = &mut least[summary.index()];
            *least = Some(least.map_or(gap, |l| l.min(gap)));
        }
    }
    for n in (0..tree.len() as u32)
        .map(NodeIx)
        .filter(|n| tree.is_summary(*n) && known[n.index()])
    {
        let own = &mut dates[n.index()];
        let open = || clock::between(calendar(given, n), clock::ticks(own.early_finish), finish);
        own.free_float = clock::minutes(least[n.index()].unwrap_or_else(open).max(0));
    }
}
