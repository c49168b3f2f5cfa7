//! The same dates whichever passes compute them: those of one calendar, of own calendars, and the general ones.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, CalendarIx, NodeIx, Projection, Span, TimeNode};
use framdrift_model::time::Minute;
use framdrift_schedule::{Dates, Network, compute, recompute, rings};
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans, schedule};
use crate::reference::generate::{self, Plan};
use crate::reference::on_random;

/// A bound that asks for nothing, so that more than one calendar's work has to be looked at.
fn with_a_bound(mut plan: Projection) -> Projection {
    if let Some(node) = plan.nodes.first_mut() {
        node.bounds.push(Bound {
            kind: BoundKind::FinishNotAfter,
            at: Minute::MAX,
            origin: BoundOrigin::Deadline,
        });
    }
    plan
}

/// Something without a length that nothing waits for and that is as late as possible, so that the general passes are needed.
fn with_a_late_node(mut plan: Projection) -> Projection {
    let mut node = TimeNode::activity("late", Span::Elapsed(0));
    node.as_late_as_possible = true;
    plan.add(node);
    plan
}

fn dates(plan: &Projection, nodes: usize) -> (Minute, Vec<Dates>, Vec<NodeIx>) {
    let schedule = schedule(plan);
    let dates = schedule.iter().take(nodes).map(|(_, dates)| dates).collect();
    let beyond = schedule.beyond_horizon().iter().copied();
    (schedule.finish(), dates, beyond.filter(|n| n.index() < nodes).collect())
}

fn all_roads_agree(plan: &Projection) -> Result<(), TestCaseError> {
    // Without their summaries the links of a plan may form a ring.
    if !rings(plan).is_empty() {
        return Ok(());
    }
    let nodes = plan.nodes.len();
    let general = dates(&with_a_late_node(plan.clone()), nodes);
    prop_assert_eq!(&dates(plan, nodes), &general, "as it is");
    prop_assert_eq!(&dates(&with_a_bound(plan.clone()), nodes), &general, "with a bound");
    Ok(())
}

/// Leaves alone, none of them as late as possible.
fn plain(mut plan: Plan, one_calendar: bool) -> Projection {
    for node in &mut plan.projection.nodes {
        node.as_late_as_possible = false;
        node.summary = false;
        node.parent = None;
        if one_calendar {
            node.calendar = CalendarIx(0);
            node.bounds.clear();
        }
    }
    plan.projection
}

const LEAVES: Allow = Allow {
    summaries: false,
    pulled: false,
    bounds: false,
    civil: true,
    calendars: 1,
};

#[test]
fn on_one_calendar() {
    on_random(plans(Allow { civil: false, ..LEAVES }), 1_000, |plan| {
        all_roads_agree(&plan)
    });
    on_random(plans(LEAVES), 1_000, |plan| all_roads_agree(&plan));
    let with_milestones = plans(Allow { civil: false, ..LEAVES }).prop_map(|mut plan| {
        for node in plan.nodes.iter_mut().step_by(3) {
            node.span = Span::Work(0);
        }
        plan
    });
    on_random(with_milestones, 2_000, |plan| all_roads_agree(&plan));
}

#[test]
fn on_own_calendars() {
    let allow = Allow {
        bounds: true,
        calendars: 3,
        ..LEAVES
    };
    on_random(plans(allow), 2_000, |plan| all_roads_agree(&plan));
    on_random(plans(Allow { civil: false, ..allow }), 1_000, |plan| {
        all_roads_agree(&plan)
    });
}

#[test]
fn anywhere_in_time() {
    for one_calendar in [false, true] {
        on_random(generate::plans(), 1_000, |plan| {
            all_roads_agree(&plain(plan, one_calendar))
        });
        let at_the_ends = generate::plans_at_the_ends_of_time();
        on_random(at_the_ends, 1_000, |plan| all_roads_agree(&plain(plan, one_calendar)));
    }
}

#[test]
fn a_schedule_computed_again_is_like_a_new_one() {
    on_random((plans(ANYTHING), plans(ANYTHING)), 500, |(one, other)| {
        let mut kept = schedule(&one);
        let network = Network::new(other).unwrap();
        recompute(&network, &Facts::none(), &mut kept).unwrap();
        prop_assert_eq!(kept, compute(&network, &Facts::none()).unwrap());
        Ok(())
    });
}
