//! Summaries: the dates of their leaves rolled up, and the float towards what lies outside.

use framdrift_model::projection::NodeIx;
use framdrift_model::time::Minute;

use crate::arcs::Tie;
use crate::flat::Role;
use crate::network::Network;
use crate::passes::Early;
use crate::schedule::{Dates, Schedule};
use crate::settle::Slack;
use crate::time::{self, NO_CAP};

/// What is known of the leaves of a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rolled {
    pub(crate) summary: NodeIx,
    /// The leaf that the forward pass starts first.
    pub(crate) first: NodeIx,
    /// The two leaves that the forward pass finishes last, the later one first.
    pub(crate) last: [Option<NodeIx>; 2],
}

/// What has been gathered of a summary so far.
#[derive(Clone, Copy)]
struct Gathered {
    dates: Dates,
    /// Earliest start in the forward pass, and the leaf.
    first: (i64, NodeIx),
    /// Latest finishes in the forward pass, and the leaves.
    last: [Option<(i64, NodeIx)>; 2],
}

impl Gathered {
    fn leaf(schedule: &Schedule, leaf: NodeIx) -> Self {
        let (start, finish) = schedule.unpulled(leaf);
        Self {
            dates: schedule.dates(leaf),
            first: (start, leaf),
            last: [Some((finish, leaf)), None],
        }
    }

    fn add(&mut self, other: &Self) {
        let (dates, more) = (&mut self.dates, &other.dates);
        dates.start = dates.start.min(more.start);
        dates.finish = dates.finish.max(more.finish);
        dates.early_start = dates.early_start.min(more.early_start);
        dates.early_finish = dates.early_finish.max(more.early_finish);
        dates.late_start = dates.late_start.min(more.late_start);
        dates.late_finish = dates.late_finish.max(more.late_finish);
        dates.critical |= more.critical;
        self.first = self.first.min(other.first);
        for (finish, leaf) in other.last.into_iter().flatten() {
            let later = |than: Option<(i64, NodeIx)>| than.is_none_or(|(f, l)| finish > f || (finish == f && leaf < l));
            if later(self.last[0]) {
                self.last = [Some((finish, leaf)), self.last[0]];
            } else if later(self.last[1]) {
                self.last[1] = Some((finish, leaf));
            }
        }
    }
}

/// Gives every summary the dates of its leaves: earliest starts, latest finishes, early with early and late with late.
///
/// Complexity: O(*n*).
pub(crate) fn place_summaries(network: &Network, schedule: &mut Schedule) {
    let tree = &network.tree;
    let mut gathered: Vec<Option<Box<Gathered>>> = vec![None; tree.len()];
    // From the back, so that a summary is complete before it is added to the one above.
    for n in (0..tree.len() as u32).rev().map(NodeIx) {
        let own = match gathered[n.index()].take() {
            Some(summary) => {
                finish_summary(network, schedule, n, &summary);
                summary
            }
            None => Box::new(Gathered::leaf(schedule, n)),
        };
        if let Some(up) = tree.parent(n) {
            match &mut gathered[up.index()] {
                Some(above) => above.add(&own),
                none => *none = Some(own),
            }
        }
    }
    schedule.rolled.reverse();
}

fn finish_summary(network: &Network, schedule: &mut Schedule, n: NodeIx, gathered: &Gathered) {
    let calendar = network.calendar(n);
    let mut dates = gathered.dates;
    let float = |from: Minute, to: Minute| time::between(calendar, from.get(), to.get());
    dates.total_float = float(dates.early_start, dates.late_start).min(float(dates.early_finish, dates.late_finish));
    dates.critical |= dates.total_float <= 0;
    schedule.dates[n.index()] = dates;
    schedule.rolled.push(Rolled {
        summary: n,
        first: gathered.first.1,
        last: gathered.last.map(|l| l.map(|(_, leaf)| leaf)),
    });
}

/// Measures for each summary the least gap over links out of it, and out of its leaves, to nodes outside it.
///
/// Complexity: O(*n* + *m* · *d*) for summaries nested *d* deep.
pub(crate) fn measure_free_float(network: &Network, early: &Early, slack: &Slack, schedule: &mut Schedule) {
    let (flat, tree, projection) = (&network.flat, &network.tree, network.projection());
    let mut gap = vec![None; tree.len()];
    let mut note = |summary: NodeIx, from: Minute, cap: i64| {
        let found = time::between(network.calendar(summary), from.get(), cap);
        let least = &mut gap[summary.index()];
        *least = Some(least.map_or(found, |least: i64| least.min(found)));
    };

    // Links that leave the summary from inside it, or from itself.
    for arc in 0..flat.tie.len() {
        let Some(link) = flat.link(arc) else { continue };
        let (u, v) = (flat.from[arc] as usize, flat.to[arc] as usize);
        let node = NodeIx(flat.node[u]);
        let (at_start, bound) = match flat.tie[arc] {
            Tie::FinishToStart => (false, slack.dates.start[v]),
            Tie::StartToStart => (true, slack.dates.start[v]),
            Tie::FinishToFinish => (false, slack.dates.finish[v]),
            Tie::StartToFinish => (true, slack.dates.finish[v]),
            Tie::HandOn | Tie::Gather => continue,
        };
        let first = early.first.get(u).copied().unwrap_or(0);
        let from = match (at_start, flat.role[u]) {
            (true, Role::Exit) => schedule.dates(NodeIx(first)).early_start,
            (true, _) => schedule.dates(node).early_start,
            (false, _) => schedule.dates(node).early_finish,
        };
        let cap = flat.allowed(projection, arc, bound, first);
        let to = projection.links[link.index()].to;
        let own = tree.is_summary(node).then_some(node);
        for summary in own.into_iter().chain(tree.above(node)) {
            if tree.contains(summary, to) {
                break;
            }
            note(summary, from, cap);
        }
    }

    // Links out of the summaries above it, which are links out of its leaves.
    let mut exit_of = vec![None; tree.len()];
    for v in (0..flat.len()).filter(|v| flat.role[*v] == Role::Exit) {
        exit_of[flat.node[v] as usize] = Some(v);
    }
    let mut exit_above: Vec<Option<usize>> = vec![None; tree.len()];
    for n in (0..tree.len() as u32).map(NodeIx) {
        if let Some(up) = tree.parent(n) {
            exit_above[n.index()] = exit_of[up.index()].or(exit_above[up.index()]);
        }
        let Some(exit) = exit_above[n.index()].filter(|_| tree.is_summary(n)) else {
            continue;
        };
        if slack.dates.finish[exit] != NO_CAP {
            note(n, schedule.dates(n).early_finish, slack.dates.finish[exit]);
        }
        let first = NodeIx(early.first[exit]);
        if slack.dates.start[exit] != NO_CAP && tree.contains(n, first) {
            note(n, schedule.dates(first).early_start, slack.dates.start[exit]);
        }
    }

    let finish = schedule.finish().get();
    for n in (0..tree.len() as u32).map(NodeIx).filter(|n| tree.is_summary(*n)) {
        let open = || {
            let from = schedule.dates(n).early_finish.get();
            time::between(network.calendar(n), from, finish)
        };
        let free = gap[n.index()].unwrap_or_else(open).max(0);
        schedule.dates[n.index()].free_float = free;
    }
}
