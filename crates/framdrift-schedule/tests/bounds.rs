//! Floors, caps, must-dates, and as late as possible.

use framdrift_model::projection::{BoundKind, Lag, TimeNode};

use crate::support::{DAY, FF, SS, after, bound, child, early, floats, late, plan, solve, summary, work};

#[test]
fn a_must_start_that_is_pushed_shows_as_negative_float() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    after(&mut plan, a, b);
    bound(&mut plan, b, BoundKind::MustStart, "2026-03-05T08:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, b), "2026-03-09T08:00 2026-03-09T17:00");
    assert_eq!(late(&schedule, b), "2026-03-05T08:00 2026-03-05T17:00");
    assert_eq!(floats(&schedule, b), (-2 * DAY, 0));
    assert_eq!(schedule.dates(a).total_float, -2 * DAY);
    assert!(schedule.dates(a).critical && schedule.dates(b).critical);
}

#[test]
fn a_must_start_that_is_met_floors_and_caps() {
    let mut plan = plan();
    let a = work(&mut plan, "a", DAY);
    let long = work(&mut plan, "long", 10 * DAY);
    bound(&mut plan, a, BoundKind::MustStart, "2026-03-05T08:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, a), "2026-03-05T08:00 2026-03-05T17:00");
    assert_eq!(late(&schedule, a), early(&schedule, a));
    // Free float is what others leave, so a bound does not shorten it.
    assert_eq!(floats(&schedule, a), (0, 6 * DAY));
    assert!(schedule.dates(long).critical);
}

#[test]
fn must_finish_and_finish_not_before() {
    for kind in [BoundKind::MustFinish, BoundKind::FinishNotBefore] {
        let mut plan = plan();
        let a = work(&mut plan, "a", 2 * DAY);
        let long = work(&mut plan, "long", 10 * DAY);
        bound(&mut plan, a, kind, "2026-03-09T17:00");
        let (_, schedule) = solve(&plan);
        assert_eq!(early(&schedule, a), "2026-03-06T08:00 2026-03-09T17:00");
        let room = if kind == BoundKind::MustFinish { 0 } else { 4 * DAY };
        assert_eq!(schedule.dates(a).total_float, room);
        assert_eq!(schedule.dates(long).total_float, 0);
    }
}

#[test]
fn a_window_floors_the_start_and_caps_the_late_finish() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 2 * DAY);
    work(&mut plan, "long", 20 * DAY);
    bound(&mut plan, a, BoundKind::StartNotBefore, "2026-03-07T00:00");
    bound(&mut plan, a, BoundKind::FinishNotAfter, "2026-03-12T00:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, a), "2026-03-09T08:00 2026-03-10T17:00");
    assert_eq!(late(&schedule, a), "2026-03-10T08:00 2026-03-11T17:00");
    assert_eq!(schedule.dates(a).total_float, DAY);
}

#[test]
fn a_missed_deadline_moves_nothing() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 3 * DAY);
    let b = work(&mut plan, "b", DAY);
    after(&mut plan, a, b);
    bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-03T17:00");
    bound(&mut plan, a, BoundKind::StartNotAfter, "2026-03-20T08:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, b), "2026-03-05T08:00 2026-03-05T17:00");
    assert_eq!(late(&schedule, b), "2026-03-03T08:00 2026-03-03T17:00");
    assert_eq!(schedule.dates(a).total_float, -2 * DAY);
}

#[test]
fn start_not_after_caps_the_late_start() {
    let mut plan = plan();
    let a = work(&mut plan, "a", DAY);
    work(&mut plan, "long", 10 * DAY);
    bound(&mut plan, a, BoundKind::StartNotAfter, "2026-03-04T08:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(late(&schedule, a), "2026-03-04T08:00 2026-03-04T17:00");
}

#[test]
fn as_late_as_possible_eats_free_float_only() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let order = work(&mut plan, "order", DAY);
    let unpack = work(&mut plan, "unpack", DAY);
    let b = work(&mut plan, "b", DAY);
    let rest = work(&mut plan, "rest", 10 * DAY);
    for (from, to) in [(a, b), (order, unpack), (unpack, b)] {
        after(&mut plan, from, to);
    }
    for node in [order, unpack] {
        plan.nodes[node.index()].as_late_as_possible = true;
    }
    let (_, schedule) = solve(&plan);
    // Pulled to where `b` starts, one before the other; `b` itself has more float, and that is left.
    assert_eq!(early(&schedule, unpack), "2026-03-06T08:00 2026-03-06T17:00");
    assert_eq!(early(&schedule, order), "2026-03-05T08:00 2026-03-05T17:00");
    assert_eq!(early(&schedule, b), "2026-03-09T08:00 2026-03-09T17:00");
    assert_eq!(floats(&schedule, order), (4 * DAY, 0));
    assert_eq!(schedule.dates(order).start, schedule.dates(order).early_start);
    assert!(schedule.dates(rest).critical);
}

#[test]
fn as_late_as_possible_at_the_end_and_under_caps() {
    let mut plan = plan();
    let last = work(&mut plan, "last", DAY);
    let capped = work(&mut plan, "capped", DAY);
    let milestone = plan.add(TimeNode::milestone("milestone"));
    let long = work(&mut plan, "long", 5 * DAY);
    for node in [last, capped, milestone] {
        plan.nodes[node.index()].as_late_as_possible = true;
    }
    bound(&mut plan, capped, BoundKind::FinishNotAfter, "2026-03-04T17:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, last), "2026-03-06T08:00 2026-03-06T17:00");
    assert_eq!(early(&schedule, capped), "2026-03-04T08:00 2026-03-04T17:00");
    assert_eq!(early(&schedule, milestone), "2026-03-06T17:00 2026-03-06T17:00");
    assert_eq!(schedule.finish(), schedule.dates(long).early_finish);
}

#[test]
fn as_late_as_possible_against_other_kinds_of_link() {
    let mut plan = plan();
    let long = work(&mut plan, "long", 5 * DAY);
    let checks = work(&mut plan, "checks", DAY);
    let report = work(&mut plan, "report", DAY);
    after(&mut plan, long, report);
    plan.link(checks, report, FF, Lag::NONE);
    plan.nodes[checks.index()].as_late_as_possible = true;
    let starts = work(&mut plan, "starts", DAY);
    plan.link(starts, report, SS, Lag::Work(DAY));
    plan.nodes[starts.index()].as_late_as_possible = true;
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, report), "2026-03-09T08:00 2026-03-09T17:00");
    assert_eq!(early(&schedule, checks), "2026-03-09T08:00 2026-03-09T17:00");
    assert_eq!(early(&schedule, starts), "2026-03-06T08:00 2026-03-06T17:00");
}

#[test]
fn bounds_of_a_summary_reach_its_leaves() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let inner = summary(&mut plan, "inner", Some(phase));
    let a = child(&mut plan, inner, "a", DAY);
    work(&mut plan, "long", 20 * DAY);
    bound(&mut plan, phase, BoundKind::StartNotBefore, "2026-03-04T08:00");
    bound(&mut plan, inner, BoundKind::FinishNotAfter, "2026-03-06T17:00");
    bound(&mut plan, inner, BoundKind::MustStart, "2026-03-20T08:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, a), "2026-03-04T08:00 2026-03-04T17:00");
    assert_eq!(late(&schedule, a), "2026-03-06T08:00 2026-03-06T17:00");
}
