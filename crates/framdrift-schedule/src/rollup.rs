//! Summaries: the dates of their leaves rolled up, and the float towards what lies outside.
//!
//! Floats of a summary are counted on its own calendar. What ends its free float is found on the calendars of its leaves:
//! the summary cannot slip further than each of them.

use std::cmp::Ordering;

use framdrift_model::projection::{CalendarIx, NodeIx, Span};
use framdrift_model::time::Minute;

use crate::arcs::{self, Tie};
use crate::flat::Role;
use crate::network::Network;
use crate::passes::{self, Early};
use crate::schedule::{Dates, Schedule};
use crate::settle::Slack;
use crate::time::{self, NO_CAP};

/// What is known of the leaves of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rolled {
    pub(crate) summary: NodeIx,
    /// The leaf that the forward pass starts first, first in document order among equals.
    pub(crate) first: NodeIx,
    /// Of those that start first, the one with the shortest span: what a share counts from.
    pub(crate) shortest: NodeIx,
    /// Those that start first; empty in a network without exits.
    starters: Vec<Starters>,
    /// The two leaves that the forward pass finishes last, the later one first.
    pub(crate) last: [Option<NodeIx>; 2],
}

/// Leaves that can start at the same instants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Starters {
    calendar: CalendarIx,
    /// Of one of them.
    span: Span,
    /// The latest start among them, after pulling.
    by: u32,
}

impl Starters {
    /// That start, and the last one at `cap` or before.
    fn slip(&self, network: &Network, cap: u32) -> (u32, u32) {
        let calendar = &network.projection().calendars[self.calendar.index()];
        (self.by, time::start_by(calendar, self.span, cap))
    }
}

/// What has been gathered of a summary so far.
#[derive(Clone)]
struct Gathered {
    dates: Dates,
    /// Earliest start in the forward pass, and the leaf.
    first: (u32, NodeIx),
    /// The shortest span among those that start then, and the leaf.
    shortest: ((i64, bool), NodeIx),
    /// Those that start then.
    starters: Vec<Starters>,
    /// Latest finishes in the forward pass, and the leaves.
    last: [Option<(u32, NodeIx)>; 2],
}

impl Gathered {
    fn leaf(network: &Network, schedule: &Schedule, leaf: NodeIx) -> Self {
        let (start, finish) = schedule.unpulled(leaf);
        let (flat, dates) = (&network.flat, schedule.dates(leaf));
        let span = flat.span(flat.position(leaf));
        let starters = Starters {
            calendar: network.node(leaf).calendar,
            span,
            by: time::offset(dates.early_start),
        };
        Self {
            dates,
            first: (start, leaf),
            shortest: (passes::length(arcs::span_of(network.projection(), leaf)), leaf),
            starters: if flat.has_exits { vec![starters] } else { Vec::new() },
            last: [Some((finish, leaf)), None],
        }
    }

    fn add(&mut self, other: &Self) {
        self.dates.span_also(&other.dates);
        match self.first.0.cmp(&other.first.0) {
            Ordering::Less => {}
            Ordering::Equal => {
                self.shortest = self.shortest.min(other.shortest);
                for more in &other.starters {
                    let same = |s: &&mut Starters| s.calendar == more.calendar && time::start_alike(s.span, more.span);
                    match self.starters.iter_mut().find(same) {
                        Some(starters) => starters.by = starters.by.max(more.by),
                        None => self.starters.push(*more),
                    }
                }
            }
            Ordering::Greater => {
                self.shortest = other.shortest;
                self.starters.clone_from(&other.starters);
            }
        }
        self.first = self.first.min(other.first);
        for (finish, leaf) in other.last.into_iter().flatten() {
            let later = |than: Option<(u32, NodeIx)>| than.is_none_or(|(f, l)| finish > f || (finish == f && leaf < l));
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
            None => Box::new(Gathered::leaf(network, schedule, n)),
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
    let float = |from: Minute, to: Minute| time::between(calendar, time::offset(from), time::offset(to));
    dates.total_float = float(dates.early_start, dates.late_start).min(float(dates.early_finish, dates.late_finish));
    schedule.set(n, &dates);
    schedule.rolled.push(Rolled {
        summary: n,
        first: gathered.first.1,
        shortest: gathered.shortest.1,
        starters: gathered.starters.clone(),
        last: gathered.last.map(|l| l.map(|(_, leaf)| leaf)),
    });
}

/// Measures for each summary the least gap over links out of it, and out of its leaves, to nodes outside it: on the summary's
/// calendar, from the early date of each leaf that the link leaves, to the last one of that leaf that the link allows.
///
/// Complexity: O(*n* + *m* · *d*) for summaries nested *d* deep, times the number of calendars among leaves that start first.
pub(crate) fn measure_free_float(network: &Network, around: Option<(&Early, &Slack)>, schedule: &mut Schedule) {
    let (flat, tree, projection) = (&network.flat, &network.tree, network.projection());
    let mut gap = vec![None; tree.len()];
    let mut note = |summary: NodeIx, (from, to): (u32, u32)| {
        let found = time::between(network.calendar(summary), from, to);
        let least = &mut gap[summary.index()];
        *least = Some(least.map_or(found, |least: i64| least.min(found)));
    };

    // Where junctions stand is known apart; leaves stand at their early dates.
    let stands = |schedule: &Schedule, v: usize| match around {
        Some((_, slack)) => (slack.dates.start[v], slack.dates.finish[v]),
        None => schedule.rows.early[v].into(),
    };
    let shortest = |v: usize| around.map_or(0, |(early, _)| early.shortest(v));

    // Links that leave the summary from inside it, or from itself.
    let mut slips = Vec::new();
    for arc in 0..flat.from.len() {
        let Some(link) = flat.link(arc) else { continue };
        let (u, v) = (flat.from[arc] as usize, flat.to[arc] as usize);
        let node = NodeIx(flat.node[u]);
        let (start, finish) = stands(schedule, v);
        let finish = match flat.role(v) {
            Role::Leaf => time::finish_met(flat.calendar(projection, v), flat.span(v), finish),
            Role::Entry | Role::Exit => finish,
        };
        let (at_start, bound) = match flat.tie(arc) {
            Tie::FinishToStart => (false, start),
            Tie::StartToStart => (true, start),
            Tie::FinishToFinish => (false, finish),
            Tie::StartToFinish => (true, finish),
            Tie::HandOn | Tie::Gather => continue,
        };
        let cap = flat.allowed(projection, arc, bound, shortest(u));
        slips.clear();
        match (at_start, flat.role(u)) {
            (true, Role::Exit) => slips.extend(schedule.rolled(node).starters.iter().map(|s| s.slip(network, cap))),
            (true, _) => {
                let last = time::start_by(flat.calendar(projection, u), flat.span(u), cap);
                slips.push((time::offset(schedule.dates(node).early_start), last));
            }
            (false, _) => slips.push((time::offset(schedule.dates(node).early_finish), cap)),
        }
        let to = projection.links[link.index()].to;
        let own = tree.is_summary(node).then_some(node);
        for summary in own.into_iter().chain(tree.above(node)) {
            if tree.contains(summary, to) {
                break;
            }
            slips.iter().for_each(|slip| note(summary, *slip));
        }
    }

    // Links out of the summaries above it, which are links out of its leaves.
    let mut exit_of = vec![None; tree.len()];
    for v in (0..flat.len()).filter(|v| flat.has_exits && flat.role(*v) == Role::Exit) {
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
        // INVARIANT: where there are exits, what stands around them is known.
        let Some((early, slack)) = around else { continue };
        if slack.dates.finish[exit] != NO_CAP {
            note(
                n,
                (time::offset(schedule.dates(n).early_finish), slack.dates.finish[exit]),
            );
        }
        let rolled = schedule.rolled(n);
        let starts_first = schedule.unpulled(rolled.first).0 == early.dates.start[exit];
        if slack.dates.start[exit] != NO_CAP && starts_first {
            let slips = rolled.starters.iter().map(|s| s.slip(network, slack.dates.start[exit]));
            slips.for_each(|slip| note(n, slip));
        }
    }

    let finish = schedule.finish;
    for n in (0..tree.len() as u32).map(NodeIx).filter(|n| tree.is_summary(*n)) {
        let open = || {
            let from = time::offset(schedule.dates(n).early_finish);
            time::between(network.calendar(n), from, finish)
        };
        let free = gap[n.index()].unwrap_or_else(open);
        let place = schedule.rows.place[n.index()] as usize;
        schedule.rows.free[place] = time::clip(free);
    }
}
