//! What bounds late dates: the earliest allowance. And what holds a node that is pulled as late as possible.

use framdrift_model::projection::{LinkIx, NodeIx};
use framdrift_model::time::Minute;

use super::contest::{Contest, Demand, Wins};
use super::{Cause, Drive, RunnerUp, early};
use crate::arcs::Tie;
use crate::flat::{self, Role};
use crate::network::Network;
use crate::schedule::{Schedule, Side};
use crate::settle;
use crate::time;

/// Why a leaf has a late date.
pub(super) fn drive(network: &Network, schedule: &Schedule, leaf: NodeIx, side: Side) -> Drive {
    let contest = contest(network, schedule, leaf);
    let winner = contest.winner();
    let date = schedule.dates(leaf).on(side);
    let calendar = network.calendar(leaf);
    let span = network.flat.span(network.flat.position(leaf));
    Drive {
        cause: match winner.of_start == side.is_start() {
            true => winner.cause,
            false => Cause::OwnSpan,
        },
        held_back: 0,
        date,
        runner_up: contest.best[1].map(|demand| {
            let (start, finish) = time::lay_backward(calendar, span, demand.at);
            let other = time::date(if side.is_start() { start } else { finish });
            RunnerUp {
                cause: demand.cause,
                held_back: 0,
                put_off: false,
                date: other,
                margin: network.node(leaf).counts().between(calendar, date, other),
                counts: network.node(leaf).counts(),
            }
        }),
    }
}

/// Everything that the backward pass heard of a leaf, as caps on its finish; `of_start` still says which end was meant.
fn contest(network: &Network, schedule: &Schedule, leaf: NodeIx) -> Contest {
    let flat = &network.flat;
    let v = flat.position(leaf);
    let (calendar, span) = (network.calendar(leaf), flat.span(v));
    let mut contest = Contest::new(Wins::Earliest);
    let mut enter = |demand: Demand| {
        let at = match (demand.of_start, demand.cause) {
            (false, _) => demand.at,
            (true, Cause::Link { .. }) => time::finish_of_start_by(calendar, span, demand.at),
            (true, _) => time::finish_reached(calendar, span, demand.at),
        };
        contest.enter(Demand { at, ..demand });
    };
    each_successor(network, schedule, leaf, |next| {
        let dates = schedule.dates(next.leaf);
        let t = next.met(network, dates.late_start, dates.late_finish);
        let at = flat.allowed(network.projection(), next.arc, t, next.shortest.0);
        enter(Demand::of_link(at, next.of_start(), next.link, next.leaf, next.leaf.0));
    });
    for holder in std::iter::once(leaf).chain(network.tree.above(leaf)) {
        let node = network.node(holder);
        for (index, bound) in (0..).zip(&node.bounds) {
            let of_start = flat::is_start_cap(bound.kind);
            let caps = of_start || flat::is_finish_cap(bound.kind);
            if caps && flat::counts_on(node, bound.kind) {
                let cause = Cause::Bound { node: holder, index };
                enter(Demand::new(time::offset(bound.at), of_start, cause));
            }
        }
    }
    enter(Demand::new(schedule.finish, false, Cause::ProgrammeFinish));
    contest
}

/// Why a leaf that was pulled stands where it does.
pub(super) fn pull(network: &Network, schedule: &Schedule, leaf: NodeIx, side: Side) -> Drive {
    let flat = &network.flat;
    let v = flat.position(leaf);
    let (calendar, span) = (network.calendar(leaf), flat.span(v));
    let mut contest = Contest::new(Wins::Earliest);
    each_successor(network, schedule, leaf, |next| {
        let dates = schedule.dates(next.leaf);
        let t = next.met(network, dates.early_start, dates.early_finish);
        let at = flat.allowed(network.projection(), next.arc, t, next.shortest.0);
        let at = match next.of_start() {
            true => time::finish_of_start_by(calendar, span, at),
            false => at,
        };
        contest.enter(Demand::of_link(at, next.of_start(), next.link, next.leaf, next.leaf.0));
    });
    let limit = settle::own_limit(network, v, schedule.finish);
    let held_by = contest.best[0]
        .filter(|held| time::lay_backward(calendar, span, held.at).1 <= limit)
        .and_then(|held| match held.cause {
            Cause::Link { link, node } => Some((link, node)),
            _ => None,
        });

    let date = schedule.dates(leaf).on(side);
    let (start, finish) = schedule.unpulled(leaf);
    let unpulled = time::date(if side.is_start() { start } else { finish });
    let soonest = early::contest(network, schedule, leaf, &mut early::Known::default());
    Drive {
        cause: Cause::AsLateAsPossible { held_by },
        held_back: 0,
        date,
        runner_up: Some(RunnerUp {
            cause: soonest.winner().cause,
            held_back: 0,
            put_off: matches!(soonest.winner().cause, Cause::Link { node, .. } if schedule.is_pulled(node)),
            date: unpulled,
            margin: network.node(leaf).counts().between(calendar, unpulled, date),
            counts: network.node(leaf).counts(),
        }),
    }
}

/// A link out of a leaf or its summaries, to one leaf.
struct Next {
    arc: usize,
    tie: Tie,
    link: LinkIx,
    leaf: NodeIx,
    /// The leaf that a share counts from.
    shortest: NodeIx,
}

impl Next {
    /// The latest instant that can be asked of the successor's end, where it stands at these dates.
    fn met(&self, network: &Network, start: Minute, finish: Minute) -> u32 {
        match self.tie {
            Tie::FinishToStart | Tie::StartToStart => time::offset(start),
            _ => {
                let span = network.flat.span(network.flat.position(self.leaf));
                time::finish_met(network.calendar(self.leaf), span, time::offset(finish))
            }
        }
    }

    /// Whether it ties the leaf's own start.
    fn of_start(&self) -> bool {
        matches!(self.tie, Tie::StartToStart | Tie::StartToFinish)
    }
}

/// Every link that binds a leaf backwards, written out to the leaves it leads to.
fn each_successor(network: &Network, schedule: &Schedule, leaf: NodeIx, mut visit: impl FnMut(Next)) {
    let flat = &network.flat;
    let mut from = Some(flat.position(leaf));
    while let Some(v) = from {
        from = None;
        // An exit's start is that of the leaves that start first, and binds no other.
        let (starts_first, shortest) = match flat.role(v) {
            Role::Exit => {
                let rolled = schedule.rolled(NodeIx(flat.node[v]));
                let start = |leaf| schedule.unpulled(leaf).0;
                (start(rolled.first) == start(leaf), rolled.shortest)
            }
            Role::Leaf | Role::Entry => (true, leaf),
        };
        for arc in flat.arcs_out_of(v) {
            let to = flat.to[arc] as usize;
            let Some(link) = flat.link(arc) else {
                // A leaf or an exit leads to no more than one exit.
                from = Some(to);
                continue;
            };
            let tie = flat.tie(arc);
            if matches!(tie, Tie::StartToStart | Tie::StartToFinish) && !starts_first {
                continue;
            }
            let mut behind = vec![to];
            while let Some(w) = behind.pop() {
                match flat.role(w) {
                    Role::Entry => behind.extend(flat.arcs_out_of(w).map(|a| flat.to[a] as usize)),
                    Role::Leaf | Role::Exit => visit(Next {
                        arc,
                        tie,
                        link,
                        leaf: NodeIx(flat.node[w]),
                        shortest,
                    }),
                }
            }
        }
    }
}
