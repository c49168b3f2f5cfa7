//! From a network to a schedule.

use framdrift_model::facts::Facts;
use framdrift_model::projection::NodeIx;

use crate::network::Network;
use crate::passes::{self, Early, Pass};
use crate::rollup;
use crate::ruled;
use crate::schedule::Schedule;
use crate::settle::{self, Slack};
use crate::time;
use crate::{one_calendar, own_calendars};

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
    let mut schedule = Schedule::default();
    recompute(network, facts, &mut schedule)?;
    Ok(schedule)
}

/// Computes a schedule again, in the memory of an earlier one, whatever that was of.
///
/// Where a schedule of a network without summaries and nodes as late as possible is computed again, nothing is allocated.
///
/// # Errors
/// As [`compute`]; the schedule is then as it was.
pub fn recompute(network: &Network, facts: &Facts, schedule: &mut Schedule) -> Result<(), NoStart> {
    if network.asks_for_rules || !facts.is_empty() {
        *schedule = ruled::compute(network, facts)?;
        return Ok(());
    }
    let start = time::offset(network.projection().start.ok_or(NoStart)?);
    schedule.reset(network, start);
    let flat = &network.flat;
    schedule.rows.counted = flat.junctions == 0 && flat.late == 0;
    if !schedule.rows.counted {
        general(network, schedule);
        return Ok(());
    }
    if !one_calendar::compute(network, schedule) {
        own_calendars::compute(network, schedule);
    }
    if network.tree.summaries() > 0 {
        roll_up(network, schedule);
    }
    schedule.remember_horizon();
    Ok(())
}

/// Summaries of leaves that stand where the schedule says. There are no junctions.
pub(crate) fn roll_up(network: &Network, schedule: &mut Schedule) {
    rollup::place_summaries(network, schedule);
    rollup::measure_free_float(network, None, schedule);
}

/// Any network.
fn general(network: &Network, schedule: &mut Schedule) {
    let early = passes::forward(network, schedule.start);
    let finish = latest_finish(network, &early).unwrap_or(schedule.start);
    let late = passes::backward(network, &early, finish);
    let moved = settle::pull(network, &early, finish);
    let slack = settle::measure(network, &early, moved.as_ref().unwrap_or(&early.dates), finish);

    schedule.finish = finish;
    place_leaves(network, &early, &late, &slack, schedule);
    if network.tree.summaries() > 0 {
        rollup::place_summaries(network, schedule);
        rollup::measure_free_float(network, Some((&early, &slack)), schedule);
    }
    schedule.remember_horizon();
}

/// The positions where leaves stand.
fn leaves(network: &Network) -> impl Iterator<Item = usize> + '_ {
    let flat = &network.flat;
    (0..flat.len()).filter(|v| flat.is_leaf(*v))
}

fn latest_finish(network: &Network, early: &Early) -> Option<u32> {
    leaves(network).map(|v| early.dates.finish[v]).max()
}

fn place_leaves(network: &Network, early: &Early, late: &Pass, slack: &Slack, schedule: &mut Schedule) {
    let flat = &network.flat;
    for v in leaves(network) {
        let calendar = flat.calendar(network.projection(), v);
        let (start, finish) = (slack.dates.start[v], slack.dates.finish[v]);
        let gap = |from, to| time::gap(calendar, flat.span(v), from, to);
        let total = gap(start, late.start[v]).min(gap(finish, late.finish[v]));
        let rows = &mut schedule.rows;
        rows.early[v] = [start, finish];
        rows.late[v] = [late.start[v], late.finish[v]];
        rows.free[v] = slack.free[v];
        rows.set_total(v, total, total <= 0);
        let unpulled = (early.dates.start[v], early.dates.finish[v]);
        if unpulled != (start, finish) {
            schedule.pulled.push((NodeIx(flat.node[v]), unpulled));
        }
    }
    schedule.pulled.sort_unstable_by_key(|(leaf, _)| *leaf);
}
