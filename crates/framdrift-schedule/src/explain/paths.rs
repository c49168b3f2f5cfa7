//! The chains of links with least float to a target.

use framdrift_model::projection::NodeIx;

use super::Cause;
use super::alone::{Arrival, Tail};
use super::chain::{Ask, Chains, is_followed};
use crate::network::Network;
use crate::schedule::Schedule;

/// The most paths that are looked for at once.
pub const MOST_PATHS: usize = 1_000;

/// The most steps that the paths of one answer have together, the first path apart; and that are taken to compare them.
const MOST_STEPS: usize = 4_000_000;

/// Chains of links to a target, least float first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Paths {
    /// The paths. Of equal floats, that comes first which, seen from the target backwards, takes the link that drives or stands
    /// first in the document.
    pub paths: Vec<Path>,
    /// Whether there are more, with no less float.
    pub more: bool,
    /// The node whose time all floats and gaps of the answer count, as its own float does: the target, or the leaf that a
    /// summary or the programme ends with. None where there is no path.
    pub counted_on: Option<NodeIx>,
}

/// A chain of links from a first leaf to a target.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Path {
    /// By how much sooner the target would be reached if there were nothing but this chain, and so how much longer it can take
    /// before it drives the target: the gaps of its steps and the last one. Minutes of the time of [`Paths::counted_on`].
    pub float: i64,
    /// Its leaves, from the first to the last.
    pub steps: Vec<PathStep>,
    /// Minutes from the finish of its last leaf to that of the target, where that is a summary or the whole programme; else
    /// none.
    pub after: i64,
}

/// A leaf on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PathStep {
    /// The leaf.
    pub node: NodeIx,
    /// What asks for its start: the link from the step before; for the first step, what the chain hangs on.
    pub why: Cause,
    /// By how much sooner the chain would reach the target if this leaf waited for nothing else: what of the path's float is lost
    /// here. Never negative.
    pub gap: i64,
    /// Whether the path counts from where the leaf stood before it was put off, as late as possible.
    pub put_off: bool,
}

/// Finds the `most` chains of links with least float that lead to a target: to the start of a leaf, to the finish of a summary,
/// or without a target to the finish of the programme.
///
/// A path runs back from its target, link by link, to a leaf that hangs on something else: the programme's start, a bound, the
/// status date, a recorded or typed date; on the one that asks for most. Parallel links between one pair make different paths, a
/// link of a summary one for each leaf; what has started hangs on its recorded start.
///
/// Paths are compared where they meet, at the target: the float of a path is the time from when it alone would bring the target
/// there to when the target is there, all of it counted as the target's own float is, whatever calendars the path leads
/// through. It is lost on the way wherever a leaf waits for something else, and these gaps add up to it.
/// On one calendar with working lags the least float of the paths from a leaf is the total float that the target leaves it.
///
/// No more than [`MOST_PATHS`] are found, and fewer where they are so long that all of them have millions of steps.
///
/// # Panics
/// When the target is not in the network, or the schedule is of another one.
///
/// # Complexity
/// O(*n* + *m*) once where the schedule was computed without rules; then for each path as many steps as links lead to its leaves
/// and to the summaries they belong to, those from summaries counted once for each leaf, at most `most` of them. Every leaf has
/// a link or bound without a gap, so no chain is followed in vain (after E. L. Lawler, *A Procedure for Computing the K Best
/// Solutions to Discrete Optimization Problems*, Management Science 18, 1972). Where a path leads through several calendars or
/// through time by the clock, each link that leaves it costs the steps from there to the last leaf on another calendar.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::paths;
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let walls = plan.add(TimeNode::activity("walls", Span::Work(3 * 480)));
/// let order = plan.add(TimeNode::activity("order", Span::Work(480)));
/// let roof = plan.add(TimeNode::activity("roof", Span::Work(2 * 480)));
/// plan.link(walls, roof, LinkKind::FinishToStart, Lag::NONE);
/// plan.link(order, roof, LinkKind::FinishToStart, Lag::NONE);
///
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// let found = paths(&network, &schedule, None, 5).paths;
/// let nodes = |n: usize| found[n].steps.iter().map(|step| step.node).collect::<Vec<_>>();
/// assert_eq!((nodes(0), found[0].float), (vec![walls, roof], 0));
/// assert_eq!((nodes(1), found[1].float), (vec![order, roof], 2 * 480));
/// assert_eq!(found.len(), 2);
/// ```
#[must_use]
pub fn paths(network: &Network, schedule: &Schedule, target: Option<NodeIx>, most: usize) -> Paths {
    let ruled = super::by_rules(network, schedule);
    let chains = Chains::new(network, &ruled);
    let first = match target.map(|node| (node, network.ruled().place(node))) {
        Some((_, Some(place))) => Some((vec![Ask::end(&chains, 0, place)], Arrival::of_start(&chains, place))),
        Some((node, None)) => ends(network, &chains, Some(node), None),
        None => {
            let last = schedule.critical_path(network).last().map(|step| step.node);
            ends(network, &chains, None, last)
        }
    };
    let Some((first, arrival)) = first else {
        return Paths {
            paths: Vec::new(),
            more: false,
            counted_on: None,
        };
    };
    let counted_on = Some(chains.given.place(arrival.counted_on).node);
    let mut search = Search {
        chains,
        arrival,
        first,
        spent: 0,
        found: Vec::new(),
        live: Vec::new(),
    };
    // One more is looked for, to know whether there are more.
    search.run(most.min(MOST_PATHS) + 1);
    let more = search.found.len() > most.min(MOST_PATHS) || !search.live.is_empty();
    search.found.truncate(most.min(MOST_PATHS));
    let paths = search.found.iter().map(|found| found.told(&search.chains)).collect();
    Paths {
        paths,
        more,
        counted_on,
    }
}

/// The leaves that a summary or the programme ends with, by how much before its finish: those whose finish nothing waits for in
/// it, `first` before the others. And how far from there is measured.
fn ends(
    network: &Network,
    chains: &Chains<'_>,
    within: Option<NodeIx>,
    first: Option<NodeIx>,
) -> Option<(Vec<Ask>, Arrival)> {
    let (given, state) = (&chains.given, &chains.ruled.state);
    let inside = |node: NodeIx| within.is_none_or(|summary| network.tree.contains(summary, node));
    let leaves = given.net.leaves().filter(|(v, place)| {
        let spans = given.is_typed_summary(*v);
        inside(place.node) && !spans
    });
    let leaves: Vec<usize> = leaves.map(|(v, _)| v).collect();
    let last = leaves.iter().map(|v| state.ef[*v]).max()?;
    // The leaf that it all ends with says what is counted.
    let node = |v: &usize| given.place(*v).node;
    let at_last = leaves.iter().copied().filter(|v| state.ef[*v] == last);
    let arrival = Arrival {
        at: last,
        of_start: false,
        counted_on: at_last.min_by_key(|v| (Some(node(v)) != first, node(v)))?,
    };
    let mut ends: Vec<Ask> = Vec::new();
    for v in leaves {
        let at = state.ef[v];
        if !is_followed(network, chains, v, within, at == last) {
            ends.push(Ask::end(chains, arrival.missing(chains, at), v));
        }
    }
    ends.sort_by_key(|ask| match ask.cause {
        Cause::Leaf(node) => (ask.gap, Some(node) != first, node),
        _ => (ask.gap, true, NodeIx(0)),
    });
    Some((ends, arrival))
}

/// A path seen from its target backwards: what was asked of nothing in particular first, then of each leaf.
struct Found {
    float: i64,
    asks: Vec<Ask>,
}

impl Found {
    fn told(&self, chains: &Chains<'_>) -> Path {
        let place = |ask: &Ask| ask.from.map(|(_, v, _)| chains.given.place(v).node);
        let pairs = self.asks.iter().zip(&self.asks[1..]);
        let steps = pairs.filter_map(|(to, ask)| {
            Some(PathStep {
                node: place(to)?,
                why: ask.cause,
                gap: ask.gap,
                put_off: to.put_off,
            })
        });
        let mut steps: Vec<PathStep> = steps.collect();
        steps.reverse();
        Path {
            float: self.float,
            steps,
            after: self.asks[0].gap,
        }
    }
}

/// A path that leaves one that was found at a leaf, to go back along drivers from there.
struct Live {
    float: i64,
    /// The path that it leaves.
    of: usize,
    /// How many steps it has in common with that.
    common: usize,
    ask: Ask,
}

struct Search<'a> {
    chains: Chains<'a>,
    arrival: Arrival,
    /// How many leaves were looked at to see how much sooner chains come.
    spent: usize,
    /// Where paths can end.
    first: Vec<Ask>,
    found: Vec<Found>,
    /// What may come next, in the order in which it comes where floats are equal.
    live: Vec<Live>,
}

impl Search<'_> {
    fn run(&mut self, most: usize) {
        let mut steps = 0;
        let Some(first) = self.first.first().copied() else {
            return;
        };
        let whole = Live {
            float: first.gap,
            of: 0,
            common: 0,
            ask: first,
        };
        self.live.push(whole);
        while self.found.len() < most
            && !self.live.is_empty()
            && (self.found.is_empty() || steps.max(self.spent) <= MOST_STEPS)
        {
            let turn = |n: &usize| (self.live[*n].float, *n);
            // INVARIANT: something is alive.
            let next = (0..self.live.len()).min_by_key(turn).expect("something is alive");
            let wanted = most - self.found.len() - 1;
            let live = self.live.remove(next);
            let branches = self.follow(&live, wanted);
            steps += self.found.last().map_or(0, |found| found.asks.len());
            // What leaves a path comes right after it, and before all that comes after it.
            self.live.splice(next..next, branches);
            keep(&mut self.live, wanted);
        }
    }

    /// Follows a path back to its first leaf, and gives what leaves it on the way.
    fn follow(&mut self, live: &Live, wanted: usize) -> Vec<Live> {
        let mut asks = match live.common {
            0 => Vec::new(),
            common => self.found[live.of].asks[..common].to_vec(),
        };
        let of = self.found.len();
        let mut branches: Vec<Live> = Vec::new();
        if of == 0 {
            branches.extend(self.first[1..].iter().map(|ask| Live {
                float: ask.gap,
                of,
                common: 0,
                ask: *ask,
            }));
        }
        let mut tail = Tail::new(self.arrival);
        for ask in &asks {
            tail.push(&self.chains, ask);
        }
        let mut ask = live.ask;
        loop {
            asks.push(ask);
            tail.push(&self.chains, &ask);
            let Some((_, v, left)) = ask.from else { break };
            let found = self.chains.asks(v, left, wanted + 1);
            for other in &found[1..] {
                if self.spent > MOST_STEPS {
                    break;
                }
                let float = tail
                    .float_with(&self.chains, &asks, other, &mut self.spent)
                    .max(live.float);
                let gap = float - live.float;
                branches.push(Live {
                    float,
                    of,
                    common: asks.len(),
                    ask: Ask { gap, ..*other },
                });
            }
            if branches.len() > 4 * wanted + 64 {
                keep_siblings(&mut branches, wanted);
            }
            ask = found[0];
        }
        self.found.push(Found {
            float: live.float,
            asks,
        });
        keep_siblings(&mut branches, wanted);
        branches
    }
}

/// Keeps what comes first, in the order in which siblings come: those that leave a path furthest from the target first.
fn keep_siblings(branches: &mut Vec<Live>, wanted: usize) {
    // Stable: those that leave at one leaf stand in their order already.
    branches.sort_by_key(|live| std::cmp::Reverse(live.common));
    keep(branches, wanted);
}

/// Keeps the `wanted` that have least float and come first, where they stand.
fn keep(live: &mut Vec<Live>, wanted: usize) {
    if live.len() <= wanted {
        return;
    }
    let mut turns: Vec<(i64, usize)> = live.iter().enumerate().map(|(n, l)| (l.float, n)).collect();
    turns.sort_unstable();
    let mut kept = vec![false; live.len()];
    for (_, n) in &turns[..wanted] {
        kept[*n] = true;
    }
    let mut kept = kept.into_iter();
    live.retain(|_| kept.next() == Some(true));
}
