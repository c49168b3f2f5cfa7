//! Why something is not critical: where what follows it waits for something else.

use framdrift_model::projection::{LinkIx, NodeIx};

use super::Cause;
use super::by_rules::{self, End, Late};
use crate::network::Network;
use crate::ruled::asked;
use crate::ruled::clock;
use crate::ruled::{Given, Heard, Ruled};
use crate::schedule::Schedule;

/// The total float of something that is not critical, taken apart.
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
    /// What is left of the total float once the margins and the float at the end are taken from it. None where one calendar and
    /// working time count all the way and no link asks for a finish in free time; else what calendars, and time by the clock,
    /// make of the difference.
    pub rest: i64,
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
    /// Working minutes of that leaf's calendar by which what is ahead would have to come earlier before this chain drives it.
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
        /// Its total float; negative where it is late.
        float: i64,
    },
    /// Before anything critical: something else bounds the last leaf.
    Stops {
        /// The last leaf on the chain.
        node: NodeIx,
        /// What bounds its late dates: the finish of the programme, a bound, a typed date.
        by: Cause,
        /// Its total float: what is left until then.
        float: i64,
    },
}

/// Takes the total float of a node apart along the chain of drivers of its late dates: at each leaf on the way that waits longer
/// for something else, by how much and for what; and where the chain joins what is critical, or what else ends it.
///
/// The margins and the float at the end come to the total float where one calendar and working time count; see [`Waits::rest`].
/// Dates are taken where they are shown, so what is as late as possible has used its free float up. `None` for what is critical,
/// for what has no float left, and for what has no place of its own: what is not to be done, a level of effort.
///
/// # Panics
/// When the node is not in the network, or the schedule is of another one.
///
/// # Complexity
/// O(*n* + *m*) once where the schedule was computed without rules; then as many steps as links lead to and from the leaves of
/// the chain, links of summaries counted once for each leaf. Summaries: their leaves.
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
    let (mut v, mut waits) = (network.ruled().place(leaf)?, Vec::new());
    let ends = loop {
        let at = given.place(v).node;
        let there = schedule.dates(at);
        if v != network.ruled().place(leaf)? && there.critical {
            break Ends::Joins {
                node: at,
                float: there.total_float,
            };
        }
        match by_rules::late_driver(&given, &ruled, v) {
            Late::Link { link, arc, to } => {
                waits.extend(wait(&given, &ruled, (v, arc, to), link));
                v = to;
            }
            Late::Other(by) => {
                break Ends::Stops {
                    node: at,
                    by,
                    float: there.total_float,
                };
            }
        }
    };
    let (Ends::Joins { float, .. } | Ends::Stops { float, .. }) = ends;
    let margins: i64 = waits.iter().map(|wait| wait.margin).sum();
    Some(Waits {
        leaf,
        total_float: dates.total_float,
        rest: dates.total_float - margins - float,
        waits,
        ends,
    })
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
    let (at, _) = asked::stands(given, to, state.span[to], at);
    let start = state.early(given, to).0;
    let margin = clock::minutes(clock::gap(given.calendar(to), state.span[to], at, start));
    let ahead = || {
        if start != state.es[to] {
            return by_rules::said(given, state, to, Heard::Late, true, true);
        }
        by_rules::driving(given, ruled, to, End::Start)
    };
    (margin > 0).then(|| Wait {
        from: given.place(v).node,
        link,
        node: given.place(to).node,
        margin,
        ahead: ahead(),
    })
}
