//! Why something is not critical: where what follows it waits for something else.

use framdrift_model::projection::{LinkIx, NodeIx};

use super::by_rules::{self, End, Late};
use super::towards::Measure;
use super::{Cause, Target};
use crate::network::Network;
use crate::ruled::asked;
use crate::ruled::clock;
use crate::ruled::{Given, Heard, Ruled};
use crate::schedule::Schedule;

/// The total float of something that is not critical, taken apart. All of it is counted as the float of that leaf is: the
/// margins, the float at the end and the rest add up to the total float.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waits {
    /// The leaf: the node itself, or the one with least float in a summary.
    pub leaf: NodeIx,
    /// Its total float.
    pub total_float: i64,
    /// Where what follows it waits longer for something else, in order along the chain that bounds its late dates.
    pub waits: Vec<Wait>,
    /// How the chain ends.
    pub ends: Ends,
    /// What is left of the total float once the margins and the float at the end are taken from it: free time that work on the
    /// chain leaves between one calendar and another, or behind what runs by the clock. Never negative; none where one calendar and
    /// working time count all the way.
    pub rest: i64,
    /// How many waits are not told, because there are so many; what they come to is in the rest.
    pub left_out: usize,
}

/// A place where a chain waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Wait {
    /// The leaf on the chain that is waited for less long.
    pub from: NodeIx,
    /// The link from it.
    pub link: LinkIx,
    /// The leaf that waits.
    pub node: NodeIx,
    /// By how much more the first leaf of the chain can slip because this one waits. Positive.
    pub margin: i64,
    /// What is ahead: what drives the leaf.
    pub ahead: Cause,
}

/// How the chain that bounds a late date ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ends {
    /// In something critical: there the chain would join it.
    Joins {
        /// The first critical leaf on the chain.
        node: NodeIx,
        /// What its own total float leaves the first leaf of the chain; negative where it is late.
        float: i64,
    },
    /// Before anything critical: something else bounds the last leaf.
    Stops {
        /// The last leaf on the chain.
        node: NodeIx,
        /// What bounds its late dates: the finish of the programme, a bound, a typed date.
        by: Cause,
        /// What is left until then, for the first leaf of the chain.
        float: i64,
    },
}

/// The most waits that are told of one chain.
const MOST_WAITS: usize = 50;

/// Takes the total float of a node apart along the chain of drivers of its late dates: at each leaf on the way that waits longer
/// for something else, by how much and for what; and where the chain joins what is critical, or what else ends it.
///
/// The leaf can slip by so much before the chain would push the first thing on it, by more before it would push the next, and so
/// on; each step of that at a leaf that waits is a margin. So all of them count the time of one leaf, whatever calendars the
/// chain leads through, and with the float at the end and [`Waits::rest`] they come to the total float.
/// Dates are taken where they are shown, so what is as late as possible has used its free float up. `None` for what is critical,
/// for what has no float left, and for what has no place of its own: what is not to be done, a level of effort.
///
/// # Panics
/// When the node is not in the network, or the schedule is of another one.
///
/// # Complexity
/// O(*n* + *m*) once where the schedule was computed without rules; then as many steps as links lead to and from the leaves of
/// the chain, links of summaries counted once for each leaf, and for each of at most 50 waits the steps of the chain up to it.
/// Summaries: their leaves.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::{Cause, Ends, waits};
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let walls = plan.add(TimeNode::activity("walls", Span::Work(3 * 480)));
/// let order = plan.add(TimeNode::activity("order", Span::Work(480)));
/// let roof = plan.add(TimeNode::activity("roof", Span::Work(2 * 480)));
/// let on_walls = plan.link(walls, roof, LinkKind::FinishToStart, Lag::NONE);
/// plan.link(order, roof, LinkKind::FinishToStart, Lag::NONE);
///
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// assert!(waits(&network, &schedule, walls).is_none());
/// let found = waits(&network, &schedule, order).unwrap();
/// assert_eq!(found.waits[0].margin, 2 * 480);
/// assert_eq!(found.waits[0].ahead, Cause::Link { link: on_walls, node: walls });
/// assert_eq!(found.ends, Ends::Joins { node: roof, float: 0 });
/// ```
#[must_use]
pub fn waits(network: &Network, schedule: &Schedule, node: NodeIx) -> Option<Waits> {
    let ruled = super::by_rules(network, schedule);
    let leaf = leaf_of(network, schedule, node)?;
    let dates = schedule.dates(leaf);
    if dates.critical || dates.total_float <= 0 {
        return None;
    }
    let given = ruled.given(network);
    let start = network.ruled().place(leaf)?;
    let mut chain = vec![start];
    // Where the chain may wait, with how far it had come before.
    let mut found: Vec<(usize, Wait)> = Vec::new();
    let (at_end, by) = loop {
        let v = chain[chain.len() - 1];
        let there = schedule.dates(given.place(v).node);
        if v != start && there.critical {
            break (there, None);
        }
        match by_rules::late_driver(&given, &ruled, v) {
            Late::Link { link, arc, to } => {
                found.extend(wait(&given, &ruled, (v, arc, to), link).map(|wait| (chain.len(), wait)));
                chain.push(to);
            }
            Late::Other(by) => break (there, Some(by)),
        }
    };
    let slips = Slips::new(network, &ruled, &chain);
    Some(slips.shared(dates.total_float, found, (at_end.total_float, by)))
}

/// How far the first leaf of a chain can slip before the chain pushes what stands further on.
struct Slips<'a> {
    given: Given<'a>,
    measure: Measure<'a>,
    chain: &'a [usize],
}

impl<'a> Slips<'a> {
    fn new(network: &'a Network, ruled: &'a Ruled, chain: &'a [usize]) -> Self {
        Self {
            given: ruled.given(network),
            measure: Measure::new(network, ruled),
            chain,
        }
    }

    /// Minutes of the first leaf's float by which it can slip before the chain pushes the leaf at a position.
    fn up_to(&mut self, position: usize) -> i64 {
        if position == 0 {
            return 0;
        }
        let last = self.chain[position];
        let finish = self.measure.stands(last);
        let places = self.measure.between(&self.chain[..=position]);
        self.measure.walk(
            &places,
            Target::Node(self.given.place(last).node),
            Some(finish),
            &[last],
        );
        let slip = self.measure.float(self.chain[0]);
        self.measure.forget(&places);
        slip.unwrap_or(0)
    }

    /// Shares the total float out among the waits, the end of the chain, and the rest.
    fn shared(mut self, total: i64, found: Vec<(usize, Wait)>, (end, by): (i64, Option<Cause>)) -> Waits {
        let node = |v: usize| self.given.place(v).node;
        let (leaf, last) = (node(self.chain[0]), node(self.chain[self.chain.len() - 1]));
        // What the last one can still slip, it leaves the first.
        let left = total - self.up_to(self.chain.len() - 1);
        let most = total.max(total - left);
        let left_out = found.len().saturating_sub(MOST_WAITS);
        let (mut waits, mut shared, mut reached) = (Vec::new(), 0, 0);
        for (position, wait) in found.into_iter().take(MOST_WAITS) {
            let before = self.up_to(position - 1).max(reached);
            reached = self.up_to(position).max(before);
            let margin = (reached - before).min(most - shared);
            if margin > 0 {
                shared += margin;
                waits.push(Wait { margin, ..wait });
            }
        }
        let float = match end {
            ..=0 => left.min(0),
            _ => left.clamp(0, total - shared),
        };
        Waits {
            leaf,
            total_float: total,
            rest: total - shared - float,
            waits,
            ends: match by {
                Some(by) => Ends::Stops { node: last, by, float },
                None => Ends::Joins { node: last, float },
            },
            left_out,
        }
    }
}

/// The node itself where it has a place of its own; of a summary, the leaf with least float, the first in document order.
fn leaf_of(network: &Network, schedule: &Schedule, node: NodeIx) -> Option<NodeIx> {
    let placed = |node: &NodeIx| network.ruled().place(*node).is_some();
    if placed(&node) {
        return Some(node);
    }
    if !network.is_summary(node) {
        return None;
    }
    let leaves = network.tree.leaves(node).filter(placed);
    leaves.min_by_key(|leaf| (schedule.dates(*leaf).total_float, *leaf))
}

/// Whether a leaf waits longer than for one link, and for what.
fn wait(given: &Given<'_>, ruled: &Ruled, (v, arc, to): (usize, usize, usize), link: LinkIx) -> Option<Wait> {
    let state = &ruled.state;
    let shown = state.early(given, v);
    let (at, _) = asked::asked(given, state, to, arc, state.span[to], shown);
    let (at, _) = asked::stands(given, to, state.span[to], asked::delayed(given, to, at));
    let start = state.early(given, to).0;
    let margin = clock::minutes(clock::gap(given.calendar(to), state.span[to], at, start));
    let ahead = || {
        if start != state.es[to] {
            return by_rules::said(given, state, to, Heard::Late, true, true);
        }
        by_rules::driving(given, ruled, to, End::Start).0
    };
    (margin > 0).then(|| Wait {
        from: given.place(v).node,
        link,
        node: given.place(to).node,
        margin,
        ahead: ahead(),
    })
}
