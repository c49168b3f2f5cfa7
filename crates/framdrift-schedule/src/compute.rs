//! From a network to a schedule.

use framdrift_model::facts::Facts;
use framdrift_model::projection::NodeIx;
use framdrift_model::time::Minute;

use crate::flat::Role;
use crate::network::Network;
use crate::passes::{self, Early, Pass};
use crate::rollup;
use crate::ruled;
use crate::schedule::{Dates, Schedule};
use crate::settle::{self, Slack};
use crate::time;

/// The projection has no start, so no date can be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no date for the programme to start from")]
pub struct NoStart;

/// Computes every date and float by the critical path method.
///
/// The forward pass places each node as early as links, bounds and the start of the programme demand; the backward pass as
/// late as links and bounds allow without moving the latest early finish. A bound never breaks a link: what cannot be met
/// shows as negative float, and without caps there is none. Then nodes marked as late as possible take up their free float, and summaries span their leaves.
///
/// # Errors
/// [`NoStart`] when the projection does not say when the programme starts.
///
/// # Complexity
/// O(*n* + *m*) for *n* nodes and *m* links, plus O(*m* · *d*) for the free float of summaries nested *d* deep. Each step
/// converts between instants and working time, at the price that the calendar states.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 6, 8, 0).unwrap()); // a Friday
/// let paint = plan.add(TimeNode::activity("paint", Span::Work(480)));
/// let hang = plan.add(TimeNode::activity("hang", Span::Work(480)));
/// plan.link(paint, hang, LinkKind::FinishToStart, Lag::Elapsed(1_440));
///
/// let schedule = compute(&Network::new(plan).unwrap(), &Facts::none()).unwrap();
/// assert_eq!(schedule.dates(hang).early_start.to_string(), "2026-03-09T08:00");
/// assert_eq!(schedule.finish().to_string(), "2026-03-09T17:00");
/// ```
///
/// Source: J. E. Kelley and M. R. Walker, *Critical-Path Planning and Scheduling*, Proceedings of the Eastern Joint
/// Computer Conference, 1959.
pub fn compute(network: &Network, facts: &Facts) -> Result<Schedule, NoStart> {
    if network.asks_for_rules || !facts.is_empty() {
        return ruled::compute(network.projection(), &network.tree, network.ruled(), facts);
    }
    let start = network.projection().start.ok_or(NoStart)?;
    let early = passes::forward(network, start.get());
    let finish = latest_finish(network, &early).unwrap_or(start.get());
    let late = passes::backward(network, &early, finish);
    let moved = settle::pull(network, &early, &late);
    let slack = settle::measure(network, &early, moved.as_ref().unwrap_or(&early.dates), finish);

    let mut schedule = Schedule::empty(network.tree.len(), start, Minute::clamped(finish));
    place_leaves(network, &early, &late, &slack, &mut schedule);
    if network.tree.summaries() > 0 {
        rollup::place_summaries(network, &mut schedule);
        rollup::measure_free_float(network, &early, &slack, &mut schedule);
    }
    schedule.remember_horizon();
    Ok(schedule)
}

/// The positions where leaves stand.
fn leaves(network: &Network) -> impl Iterator<Item = (usize, NodeIx)> + '_ {
    let flat = &network.flat;
    (0..flat.len())
        .filter(|v| flat.role[*v] == Role::Leaf)
        .map(|v| (v, NodeIx(flat.node[v])))
}

fn latest_finish(network: &Network, early: &Early) -> Option<i64> {
    leaves(network).map(|(v, _)| early.dates.finish[v]).max()
}

fn place_leaves(network: &Network, early: &Early, late: &Pass, slack: &Slack, schedule: &mut Schedule) {
    for (v, leaf) in leaves(network) {
        let calendar = network.flat.calendar(network.projection(), v);
        let (start, finish) = (slack.dates.start[v], slack.dates.finish[v]);
        let total = time::between(calendar, start, late.start[v]).min(time::between(calendar, finish, late.finish[v]));
        let (stands_from, stands_to) = (Minute::clamped(start), Minute::clamped(finish));
        schedule.dates[leaf.index()] = Dates {
            start: stands_from,
            finish: stands_to,
            early_start: stands_from,
            early_finish: stands_to,
            late_start: Minute::clamped(late.start[v]),
            late_finish: Minute::clamped(late.finish[v]),
            total_float: total,
            free_float: slack.free[v],
            critical: total <= 0,
        };
        let unpulled = (early.dates.start[v], early.dates.finish[v]);
        if unpulled != (start, finish) {
            schedule.pulled.push((leaf, unpulled));
        }
    }
    schedule.pulled.sort_unstable_by_key(|(leaf, _)| *leaf);
}
