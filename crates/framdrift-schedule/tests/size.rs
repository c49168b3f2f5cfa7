//! Large networks on a test thread's stack, and dates beyond the span.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, Lag, NodeIx, Projection, Span, TimeNode};
use framdrift_model::time::Minute;
use framdrift_schedule::explain::driver;
use framdrift_schedule::{Network, Side, compute};

use crate::support::{DAY, FF, FS, SF, SS, after, at, early, elapsed, plan, solve, work};

#[test]
fn a_chain_of_a_million() {
    let mut plan = plan();
    plan.calendars = vec![WorkCalendar::always()];
    let nodes: Vec<_> = (0..1_000_000).map(|_| work(&mut plan, "n", 3)).collect();
    // From the last to the first, so that document order is of no help.
    for pair in nodes.windows(2) {
        after(&mut plan, pair[1], pair[0]);
    }
    let network = Network::new(plan).unwrap();
    let schedule = compute(&network, &Facts::none()).unwrap();
    assert_eq!(schedule.finish().since(schedule.start()), 3_000_000);
    assert_eq!(schedule.critical_path(&network).len(), 1_000_000);
}

#[test]
fn a_hundred_thousand_links_into_one_node() {
    let mut plan = plan();
    let gate = plan.add(TimeNode::milestone("gate"));
    let nodes: Vec<_> = (0..100_000).map(|n| work(&mut plan, "n", n % 1_000)).collect();
    for node in &nodes {
        after(&mut plan, *node, gate);
    }
    let (network, schedule) = solve(&plan);
    assert_eq!(early(&schedule, gate), "2026-03-04T08:39 2026-03-04T08:39");
    let path = schedule.critical_path(&network);
    assert_eq!(path.iter().map(|s| s.node).collect::<Vec<_>>(), [nodes[999], gate]);
}

#[test]
fn what_leaves_the_span_of_dates_stops_at_its_end() {
    let mut plan = plan();
    let huge = work(&mut plan, "huge", 1_000_000_000 * DAY);
    let next = work(&mut plan, "next", i64::MAX);
    let more = elapsed(&mut plan, "more", i64::MAX);
    let small = work(&mut plan, "small", DAY);
    for (from, to, kind) in [(huge, next, FS), (next, more, FF), (huge, more, SS), (small, more, SF)] {
        for lag in [
            Lag::Work(i64::MAX),
            Lag::Work(i64::MIN),
            Lag::Elapsed(i64::MAX),
            Lag::Elapsed(i64::MIN),
            Lag::Percent(i64::MAX),
            Lag::Percent(i64::MIN),
        ] {
            plan.link(from, to, kind, lag);
        }
    }
    plan.nodes[small.index()].as_late_as_possible = true;
    let (network, schedule) = solve(&plan);
    assert_eq!(schedule.finish(), Minute::MAX);
    assert_eq!(schedule.beyond_horizon(), [huge, next, more, small]);
    for node in [huge, next, more, small] {
        for side in Side::ALL {
            let why = driver(&network, &schedule, node, side);
            assert_eq!(why.date, schedule.dates(node).on(side));
        }
    }
}

#[test]
fn only_what_reaches_an_end_is_beyond_it() {
    let mut plan = plan();
    let near = work(&mut plan, "near", DAY);
    let (_, schedule) = solve(&plan);
    assert!(schedule.beyond_horizon().is_empty());
    crate::support::bound(&mut plan, near, BoundKind::FinishNotAfter, "1900-01-01T00:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(schedule.beyond_horizon(), [near]);
}

/// On a calendar whose first and last working minutes are hours away from the ends of the span.
#[test]
fn what_a_link_asks_for_beyond_an_end_is_not_snapped_away_from_it() {
    for (kind, span) in [(SS, DAY), (SF, DAY), (SS, 0)] {
        let mut plan = plan();
        let a = work(&mut plan, "a", span);
        let b = work(&mut plan, "b", DAY);
        let other = work(&mut plan, "other", DAY);
        plan.link(a, b, kind, Lag::Elapsed(i64::MIN / 4));
        plan.link(a, b, kind, Lag::Elapsed(80 * 366 * 1_440));
        crate::support::bound(&mut plan, b, BoundKind::FinishNotAfter, "1950-01-02T08:00");
        let (_, schedule) = solve(&plan);
        assert_eq!(schedule.dates(a).late_start, Minute::MIN);
        assert_eq!(schedule.beyond_horizon(), [a], "{}", schedule.dates(other).late_start);
    }
    for (kind, span) in [(FF, DAY), (SF, DAY), (FF, 0)] {
        let mut plan = plan();
        let a = work(&mut plan, "a", DAY);
        let b = work(&mut plan, "b", span);
        plan.link(a, b, kind, Lag::Elapsed(i64::MAX));
        let (_, schedule) = solve(&plan);
        assert_eq!(schedule.dates(b).early_finish, Minute::MAX);
        assert!(schedule.beyond_horizon().contains(&b));
    }
}

#[test]
fn a_calendar_without_work_never_gets_done() {
    let mut plan = Projection::new(at("2026-03-02T08:00"));
    let idle = plan.add_calendar(WorkCalendar::new(Default::default(), []));
    let never = plan.add(TimeNode::activity("never", Span::Work(1)));
    let point = plan.add(TimeNode::milestone("point"));
    for node in [never, point] {
        plan.nodes[node.index()].calendar = idle;
    }
    let (_, schedule) = solve(&plan);
    assert_eq!(schedule.beyond_horizon(), [NodeIx(0), NodeIx(1)]);
}
