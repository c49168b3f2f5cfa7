//! What drives early dates: the latest demand.

use std::collections::HashMap;

use framdrift_model::projection::{NodeIx, Span};

use super::contest::{Contest, Demand, Wins};
use super::{Cause, Drive, RunnerUp};
use crate::arcs::Tie;
use crate::flat::{self, Role};
use crate::network::Network;
use crate::schedule::{Schedule, Side};
use crate::time;

/// The first two demands that links make, of a leaf or of everything behind an entry.
#[derive(Clone, Copy)]
struct Linked {
    of_start: Contest,
    of_finish: Contest,
}

/// What entries demand, once asked for.
#[derive(Default)]
pub(super) struct Known {
    entries: HashMap<usize, Linked>,
}

/// Why a leaf that was not pulled has an early date.
pub(super) fn drive(network: &Network, schedule: &Schedule, leaf: NodeIx, side: Side) -> Drive {
    let contest = contest(network, schedule, leaf, &mut Known::default());
    let winner = contest.winner();
    let date = schedule.dates(leaf).on(side);
    let calendar = network.calendar(leaf);
    Drive {
        cause: match winner.of_start == side.is_start() {
            true => winner.cause,
            false => Cause::OwnSpan,
        },
        held_back: 0,
        date,
        runner_up: contest.best[1].map(|demand| {
            let (start, finish) = time::lay_forward(calendar, span(network, leaf), demand.at);
            let other = time::date(if side.is_start() { start } else { finish });
            RunnerUp {
                cause: demand.cause,
                held_back: 0,
                put_off: matches!(demand.cause, Cause::Link { node, .. } if schedule.is_pulled(node)),
                date: other,
                margin: network.node(leaf).counts().between(calendar, other, date),
                counts: network.node(leaf).counts(),
            }
        }),
    }
}

fn span(network: &Network, leaf: NodeIx) -> Span {
    network.flat.span(network.flat.position(leaf))
}

/// Everything that the forward pass heard of a leaf, as demands on its start; `of_start` still says which end was meant.
pub(super) fn contest(network: &Network, schedule: &Schedule, leaf: NodeIx, known: &mut Known) -> Contest {
    let v = network.flat.position(leaf);
    let (calendar, span) = (network.calendar(leaf), network.flat.span(v));
    let linked = linked(network, schedule, v, known);

    let mut contest = Contest::new(Wins::Latest);
    let mut enter = |demand: Demand| {
        let at = match demand.of_start {
            true => demand.at,
            false => time::start_reaching(calendar, span, demand.at),
        };
        contest.enter(Demand { at, ..demand });
    };
    linked.of_start.demands().for_each(&mut enter);
    linked.of_finish.demands().for_each(&mut enter);
    for holder in std::iter::once(leaf).chain(network.tree.above(leaf)) {
        let node = network.node(holder);
        for (index, bound) in (0..).zip(&node.bounds) {
            let of_start = flat::is_start_floor(bound.kind);
            let floors = of_start || flat::is_finish_floor(bound.kind);
            if floors && flat::counts_on(node, bound.kind) {
                let cause = Cause::Bound { node: holder, index };
                enter(Demand::new(time::offset(bound.at), of_start, cause));
            }
        }
    }
    enter(Demand::new(schedule.start, true, Cause::ProgrammeStart));
    contest
}

/// What links demand at a position, through all the entries that lead to it.
fn linked(network: &Network, schedule: &Schedule, v: usize, known: &mut Known) -> Linked {
    let flat = &network.flat;
    let mut through = vec![v];
    let mut found = Linked {
        of_start: Contest::new(Wins::Latest),
        of_finish: Contest::new(Wins::Latest),
    };
    // Outwards until an entry is known or there are no more, then inwards again, adding each one's links.
    let mut at = v;
    while let Some(arc) = flat.arcs_into(at).find(|arc| flat.tie(*arc) == Tie::HandOn) {
        at = flat.from[arc] as usize;
        if let Some(entry) = known.entries.get(&at) {
            found = *entry;
            break;
        }
        through.push(at);
    }
    for &at in through.iter().rev() {
        for arc in flat.arcs_into(at) {
            enter_link(network, schedule, arc, &mut found);
        }
        if flat.role(at) == Role::Entry {
            known.entries.insert(at, found);
        }
    }
    found
}

/// Enters what one link demands, named after the leaves it comes from.
fn enter_link(network: &Network, schedule: &Schedule, arc: usize, linked: &mut Linked) {
    let (flat, projection) = (&network.flat, network.projection());
    let Some(link) = flat.link(arc) else { return };
    let u = flat.from[arc] as usize;
    let from = NodeIx(flat.node[u]);
    let (from_finish, of_start) = match flat.tie(arc) {
        Tie::FinishToStart => (true, true),
        Tie::StartToStart => (false, true),
        Tie::FinishToFinish => (true, false),
        Tie::StartToFinish => (false, false),
        Tie::HandOn | Tie::Gather => return,
    };
    let (leaves, shortest) = match flat.role(u) {
        Role::Exit => {
            let rolled = schedule.rolled(from);
            match from_finish {
                true => (rolled.last, rolled.shortest),
                false => ([Some(rolled.first), None], rolled.shortest),
            }
        }
        Role::Leaf | Role::Entry => ([Some(from), None], from),
    };
    let one_of_many = matches!(flat.role(u), Role::Leaf) && {
        let named = projection.links[link.index()].from;
        named != from
    };
    for (turn, leaf) in (0..).zip(leaves.into_iter().flatten()) {
        let (start, finish) = schedule.unpulled(leaf);
        let t = if from_finish { finish } else { start };
        let at = flat.demanded(projection, arc, t, shortest.0);
        let turn = if one_of_many { leaf.0 } else { turn };
        let demand = Demand::of_link(at, of_start, link, leaf, turn);
        match of_start {
            true => linked.of_start.enter(demand),
            false => linked.of_finish.enter(demand),
        }
    }
}
