//! Each kind of link and lag, over the weekend of 7 and 8 March 2026.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{CalendarIx, Lag, LinkKind, NodeIx, Projection, Span, TimeNode};
use framdrift_schedule::Schedule;

use crate::support::{DAY, FF, FS, HOUR, SF, SS, after, at, early, elapsed, floats, late, plan, solve, work};

/// A five-day predecessor, Monday to Friday, and a two-day successor.
fn pair(kind: LinkKind, lag: Lag) -> (Schedule, NodeIx, NodeIx) {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", 2 * DAY);
    plan.link(a, b, kind, lag);
    let (_, schedule) = solve(&plan);
    (schedule, a, b)
}

#[test]
fn finish_to_start() {
    let (schedule, a, b) = pair(FS, Lag::NONE);
    assert_eq!(early(&schedule, a), "2026-03-02T08:00 2026-03-06T17:00");
    assert_eq!(early(&schedule, b), "2026-03-09T08:00 2026-03-10T17:00");
    assert_eq!(floats(&schedule, a), (0, 0));

    let (schedule, _, b) = pair(FS, Lag::Work(DAY));
    assert_eq!(early(&schedule, b), "2026-03-10T08:00 2026-03-11T17:00");
    let (schedule, _, b) = pair(FS, Lag::Work(-DAY));
    assert_eq!(early(&schedule, b), "2026-03-06T08:00 2026-03-09T17:00");
    // Two civil days after Friday 17:00 is Sunday 17:00; three is Monday 17:00, the end of that day's work.
    let (schedule, _, b) = pair(FS, Lag::Elapsed(2 * 1_440));
    assert_eq!(early(&schedule, b), "2026-03-09T08:00 2026-03-10T17:00");
    let (schedule, _, b) = pair(FS, Lag::Elapsed(3 * 1_440));
    assert_eq!(early(&schedule, b), "2026-03-10T08:00 2026-03-11T17:00");
}

#[test]
fn start_to_start() {
    let (schedule, a, b) = pair(SS, Lag::Work(4 * DAY));
    assert_eq!(early(&schedule, b), "2026-03-06T08:00 2026-03-09T17:00");
    assert_eq!(late(&schedule, a), "2026-03-02T08:00 2026-03-06T17:00");
    assert_eq!(floats(&schedule, a), (0, 0));
}

#[test]
fn finish_to_finish() {
    let (schedule, _, b) = pair(FF, Lag::Work(DAY));
    assert_eq!(early(&schedule, b), "2026-03-06T08:00 2026-03-09T17:00");
    let (schedule, _, b) = pair(FF, Lag::NONE);
    assert_eq!(early(&schedule, b), "2026-03-05T08:00 2026-03-06T17:00");
}

#[test]
fn start_to_finish() {
    let (schedule, _, b) = pair(SF, Lag::Work(4 * DAY));
    assert_eq!(early(&schedule, b), "2026-03-04T08:00 2026-03-05T17:00");
    // A lead as long as this asks for a finish before the start, and gets none.
    let (schedule, _, b) = pair(SF, Lag::Work(-4 * DAY));
    assert_eq!(early(&schedule, b), "2026-03-02T08:00 2026-03-03T17:00");
}

#[test]
fn a_share_of_the_predecessor() {
    let (schedule, _, b) = pair(FS, Lag::Percent(-50_000));
    assert_eq!(early(&schedule, b), "2026-03-04T13:00 2026-03-06T12:00");
    let (schedule, _, b) = pair(SS, Lag::Percent(100_000));
    assert_eq!(early(&schedule, b), "2026-03-09T08:00 2026-03-10T17:00");

    // A third of elapsed time is elapsed time: 10 hours after Monday 08:00 + 30 h.
    let mut plan = plan();
    let dry = elapsed(&mut plan, "dry", 30 * HOUR);
    let sand = work(&mut plan, "sand", HOUR);
    plan.link(dry, sand, FS, Lag::Percent(33_333));
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, sand), "2026-03-04T08:00 2026-03-04T09:00");
}

#[test]
fn a_lead_time_floors_the_anchor() {
    let mut plan = Projection::new(at("2025-11-03T08:00"));
    let approve = plan.add(TimeNode::milestone("approve"));
    let go_live = plan.add(TimeNode::milestone("go-live"));
    let wait = work(&mut plan, "wait", 20 * DAY);
    after(&mut plan, wait, approve);
    plan.link(approve, go_live, FS, Lag::Period("P3M".parse().unwrap()));
    let (_, schedule) = solve(&plan);
    // Finished on Friday 28 November 17:00; three months before Saturday 28 February 17:00.
    assert_eq!(schedule.dates(approve).early_finish, at("2025-11-28T17:00"));
    assert_eq!(schedule.dates(go_live).early_start, at("2026-03-02T08:00"));
    assert_eq!(schedule.dates(approve).late_finish, at("2025-12-02T08:00"));
}

#[test]
fn elapsed_time_knows_no_weekend_but_what_follows_does() {
    let mut plan = plan();
    let cast = work(&mut plan, "cast", 5 * DAY);
    let cure = elapsed(&mut plan, "cure", 24 * HOUR);
    let strip = work(&mut plan, "strip", DAY);
    after(&mut plan, cast, cure);
    after(&mut plan, cure, strip);
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, cure), "2026-03-06T17:00 2026-03-07T17:00");
    assert_eq!(early(&schedule, strip), "2026-03-09T08:00 2026-03-09T17:00");
    assert_eq!(late(&schedule, cure), "2026-03-08T08:00 2026-03-09T08:00");
    // By the clock it has the rest of the weekend.
    assert_eq!(floats(&schedule, cure), (39 * HOUR, 39 * HOUR));
    assert!(!schedule.dates(cure).critical && schedule.dates(cast).critical);
}

#[test]
fn a_milestone_stays_at_the_end_of_the_week() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let done = plan.add(TimeNode::milestone("done"));
    let b = work(&mut plan, "b", DAY);
    after(&mut plan, a, done);
    after(&mut plan, done, b);
    let saturday = elapsed(&mut plan, "saturday", 5 * 24 * HOUR);
    let moved = plan.add(TimeNode::milestone("moved"));
    after(&mut plan, saturday, moved);
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, done), "2026-03-06T17:00 2026-03-06T17:00");
    assert_eq!(late(&schedule, done), "2026-03-09T08:00 2026-03-09T08:00");
    assert_eq!(floats(&schedule, done), (0, 0));
    // Saturday 08:00 is neither working time nor the end of any.
    assert_eq!(early(&schedule, moved), "2026-03-09T08:00 2026-03-09T08:00");
}

#[test]
fn lags_count_on_the_successors_calendar() {
    let mut plan = plan();
    let clock = plan.add_calendar(WorkCalendar::always());
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    plan.nodes[b.index()].calendar = clock;
    plan.link(a, b, FS, Lag::Work(60));
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, b), "2026-03-06T18:00 2026-03-07T02:00");
}

#[test]
fn links_that_lead_nowhere_and_parents_that_stand_later_are_ignored() {
    let mut plan = plan();
    let mut early_child = TimeNode::activity("a", Span::Work(-5));
    early_child.parent = Some(NodeIx(1));
    early_child.calendar = CalendarIx(0);
    let a = plan.add(early_child);
    let b = work(&mut plan, "b", DAY);
    plan.link(a, NodeIx(77), FS, Lag::NONE);
    plan.link(NodeIx(u32::MAX), b, FS, Lag::NONE);
    let (network, schedule) = solve(&plan);
    assert!(!network.is_summary(b));
    assert_eq!(early(&schedule, a), "2026-03-02T08:00 2026-03-02T08:00");
}
