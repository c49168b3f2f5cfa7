//! Why a date is what it is, found again on demand.
//!
//! Computing keeps no reasons, because few are ever asked for. What drives a date is the demand that is not outbid: the
//! latest one for early dates, the earliest for late ones. Asking goes through the demands on one node again and keeps the
//! first two, the driver and the runner-up. Links of summaries are looked through: the answer names the leaf on the other
//! side, as if every pair of leaves were linked. Among demands for one instant, links come first, in document order, then
//! bounds, then the programme's start or finish. Of the leaves of one summary it is the one that finishes last or starts
//! first; among equals, the first in document order.
//!
//! What is not asked of one date is answered here, too: why something is not critical ([`waits`]), its float towards each
//! deadline and gate ([`floats`]), the chains with least float ([`paths`]), and what cannot be kept ([`clashes`]).

mod alone;
mod by_rules;
mod chain;
mod clash;
mod contest;
mod decides;
mod early;
mod late;
mod path;
mod paths;
mod strain;
mod tell;
mod towards;
mod waits;
mod words;

use std::sync::Arc;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Counts, LinkIx, Mode, NodeIx};
use framdrift_model::time::Minute;

use crate::network::Network;
use crate::ruled::Ruled;
use crate::schedule::{Schedule, Side};
use crate::time;

pub use clash::{Cap, Clash, ClashStep, Clashes, clashes};
pub use decides::decides;
pub use path::Step;
pub use paths::{MOST_PATHS, Path, PathStep, Paths, paths};
pub use tell::{Speech, Told};
pub use towards::{Floats, Target, Towards, floats, floats_towards};
pub use waits::{Ends, Wait, Waits, waits};
pub use words::Words;
pub(crate) use words::{rule, signed_lag};

/// What a date follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Cause {
    /// The programme starts then.
    ProgrammeStart,
    /// The programme finishes then: nothing that follows bounds the date any closer.
    ProgrammeFinish,
    /// A link: from a predecessor for an early date, to a successor for a late one.
    Link {
        /// The link.
        link: LinkIx,
        /// The leaf on the other side. The link may name a summary that it belongs to.
        node: NodeIx,
    },
    /// A bound.
    Bound {
        /// The node that states it: this one, or a summary it belongs to.
        node: NodeIx,
        /// Its position in the bounds of that node.
        index: u32,
    },
    /// The node's other date, early or late alike, and its span.
    OwnSpan,
    /// The node was pulled later, as late as possible.
    AsLateAsPossible {
        /// The link and the leaf that it would push by going on; `None` where a date that caps it or the finish of the programme
        /// ends it.
        held_by: Option<(LinkIx, NodeIx)>,
    },
    /// For a summary: the date of this leaf.
    Leaf(NodeIx),
    /// For a level of effort: an end of something that it starts or finishes with.
    Spanned {
        /// What has that end.
        node: NodeIx,
        /// Whether it is the start of it; else its finish.
        at_start: bool,
    },
    /// It is recorded.
    Actual,
    /// The status date: what is left to do is not placed before it.
    StatusDate,
    /// Work on it went on then.
    Resumed,
    /// Somebody typed the dates in: of the node itself, or of a summary it belongs to.
    Typed(NodeIx),
    /// Nothing follows it, so its late dates are its early ones.
    OpenEnd,
    /// It is not to be done.
    Inactive,
}

/// Why one date of a node is what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Drive {
    /// What the date follows from.
    pub cause: Cause,
    /// Minutes of the clock by which what is asked is held back: by the node's own delay, or for a late date by that of the node
    /// that follows.
    pub held_back: i64,
    /// The date.
    pub date: Minute,
    /// What would take over if the driver gave way.
    pub runner_up: Option<RunnerUp>,
}

/// What comes closest to driving a date after its driver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunnerUp {
    /// What it is, and never the driver. On a date that follows from the node's own span it competes with the driver of the other
    /// date.
    pub cause: Cause,
    /// Minutes of the clock by which what it asks is held back, as in [`Drive::held_back`].
    pub held_back: i64,
    /// Whether it asks as of where its leaf stood before that was put off, as late as possible. The leaf would stand there again if
    /// the driver gave way.
    pub put_off: bool,
    /// What the date would be.
    pub date: Minute,
    /// Minutes, counted as the node's floats are, by which the date can give way, earlier for an early date and later for a late
    /// one, before this takes over. Never negative.
    pub margin: i64,
    /// What the margin counts: working minutes of the node's calendar, or civil minutes where it runs by the clock.
    pub counts: Counts,
}

/// Finds what one date of a node follows from.
///
/// # Panics
/// When the node is not in the network, or the schedule is of another one.
///
/// # Complexity
/// Early dates: as many steps as links lead to the node and to the summaries it belongs to. Late dates: links that lead from
/// them, those to a summary counted once for each leaf. Summaries: their leaves.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::{Cause, driver};
/// use framdrift_schedule::{Network, Side, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let walls = plan.add(TimeNode::activity("walls", Span::Work(3 * 480)));
/// let order = plan.add(TimeNode::activity("order", Span::Work(480)));
/// let roof = plan.add(TimeNode::activity("roof", Span::Work(2 * 480)));
/// let on_walls = plan.link(walls, roof, LinkKind::FinishToStart, Lag::NONE);
/// let on_order = plan.link(order, roof, LinkKind::FinishToStart, Lag::NONE);
///
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// let why = driver(&network, &schedule, roof, Side::EarlyStart);
/// assert_eq!(why.cause, Cause::Link { link: on_walls, node: walls });
/// let next = why.runner_up.unwrap();
/// assert_eq!(next.cause, Cause::Link { link: on_order, node: order });
/// assert_eq!(next.margin, 2 * 480);
/// ```
#[must_use]
pub fn driver(network: &Network, schedule: &Schedule, node: NodeIx, side: Side) -> Drive {
    if let Some(ruled) = &schedule.ruled
        && let Some(drive) = by_rules::drive(network, schedule, ruled, node, side)
    {
        return drive;
    }
    if network.is_summary(node) {
        driving_leaf(network, schedule, node, side)
    } else if !side.is_early() {
        late::drive(network, schedule, node, side)
    } else if schedule.is_pulled(node) {
        late::pull(network, schedule, node, side)
    } else {
        early::drive(network, schedule, node, side)
    }
}

/// Whether a node was put off, as late as possible: it could stand at an earlier date than it does.
///
/// # Panics
/// When the node is not in the network, or the schedule is of another one.
#[must_use]
pub fn is_put_off(network: &Network, schedule: &Schedule, node: NodeIx) -> bool {
    match &schedule.ruled {
        Some(ruled) => network.ruled().place(node).is_some_and(|v| ruled.state.is_put_off(v)),
        None => schedule.is_pulled(node),
    }
}

/// The leaf that gives a summary its date, and the next one.
fn driving_leaf(network: &Network, schedule: &Schedule, node: NodeIx, side: Side) -> Drive {
    // The extreme date first: least for starts, greatest for finishes; then document order.
    let key = |leaf: NodeIx| {
        let date = schedule.dates(leaf).on(side).get();
        (if side.is_start() { date } else { -date }, leaf)
    };
    let mut best: [Option<NodeIx>; 2] = [None; 2];
    let counted = |leaf: &NodeIx| network.node(*leaf).mode != Mode::Inactive;
    for leaf in network.tree.leaves(node).filter(counted) {
        if best[0].is_none_or(|b| key(leaf) < key(b)) {
            best = [Some(leaf), best[0]];
        } else if best[1].is_none_or(|b| key(leaf) < key(b)) {
            best[1] = Some(leaf);
        }
    }
    let Some(first) = best[0] else {
        // Nothing of it is to be done.
        return Drive {
            cause: Cause::Inactive,
            held_back: 0,
            date: schedule.dates(node).on(side),
            runner_up: None,
        };
    };
    let date = schedule.dates(first).on(side);
    Drive {
        cause: Cause::Leaf(first),
        held_back: 0,
        date,
        runner_up: best[1].map(|leaf| {
            let other = schedule.dates(leaf).on(side);
            let margin = time::between(network.calendar(node), time::offset(date), time::offset(other));
            RunnerUp {
                cause: Cause::Leaf(leaf),
                held_back: 0,
                put_off: false,
                date: other,
                margin: margin.abs(),
                counts: Counts::WorkingTime,
            }
        }),
    }
}

/// The walk by rules over a schedule: what it holds, or the same dates computed again where it was computed without.
fn by_rules(network: &Network, schedule: &Schedule) -> Arc<Ruled> {
    let again = || crate::ruled::compute(network, &Facts::none()).ok()?.ruled;
    let ruled = schedule.ruled.clone().or_else(again);
    // INVARIANT: the network has a start, as it has a schedule.
    ruled.expect("a schedule has a start")
}
