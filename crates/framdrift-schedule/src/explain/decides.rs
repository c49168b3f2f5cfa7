//! What decides the finish: every chain of drivers that leads to it, not just the first.

use framdrift_model::projection::NodeIx;

use crate::network::Network;
use crate::ruled::float;
use crate::schedule::Schedule;

/// Whether each node lies on a chain of links that decides when the programme finishes, by position: back from what finishes last,
/// over every link that drives, until something else does. Of a summary: whether something of it that is open does.
///
/// [`Schedule::critical_path`] is one of these chains. Unlike [`Dates::critical`](crate::Dates::critical), which tells what has no
/// float, this leaves out what merely stands at a date of its own, such as a planned meeting that something else waits for no
/// longer. What is finished decides nothing any more.
///
/// # Panics
/// When the schedule is of another network.
///
/// # Complexity
/// O(*n* + *m*), plus computing the schedule once more where it was computed without rules.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::decides;
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let walls = plan.add(TimeNode::activity("walls", Span::Work(960)));
/// let wires = plan.add(TimeNode::activity("wires", Span::Work(960)));
/// let paint = plan.add(TimeNode::activity("paint", Span::Work(60)));
/// let roof = plan.add(TimeNode::activity("roof", Span::Work(480)));
/// for before in [walls, wires, paint] {
///     plan.link(before, roof, LinkKind::FinishToStart, Lag::NONE);
/// }
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// assert_eq!(decides(&network, &schedule), [true, true, false, true]);
/// assert_eq!(schedule.critical_path(&network).len(), 2);
/// ```
#[must_use]
pub fn decides(network: &Network, schedule: &Schedule) -> Vec<bool> {
    let ruled = super::by_rules(network, schedule);
    let given = ruled.given(network);
    let on_a_chain = float::longest_path(&given, &ruled.state);
    let mut decides = vec![false; schedule.len()];
    for (v, place) in given.net.leaves() {
        decides[place.node.index()] = on_a_chain[v] && given.finished(v).is_none() && !given.is_typed_summary(v);
    }
    // From the back, so that a summary is known before the one above.
    for n in (0..network.tree.len() as u32).rev().map(NodeIx) {
        if let Some(up) = network.tree.parent(n) {
            decides[up.index()] |= decides[n.index()];
        }
    }
    decides
}
