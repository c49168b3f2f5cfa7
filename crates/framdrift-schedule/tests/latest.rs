//! By the rules of the tools, too, late dates are the latest that move nothing: over time by the clock, over leads, and across
//! calendars.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{BoundKind, Lag, NodeIx, Projection};
use framdrift_model::rules::{ElapsedStart, Profile, Rules};

use crate::support::{DAY, FF, FS, SF, SS, at, bound, early, elapsed, floats, late, plan, solve, work};

const CLOCK_DAY: i64 = 1_440;

/// A plan of MS Project with something long in it, so that little is late for the finish.
fn with_long() -> Projection {
    let mut plan = plan();
    plan.rules = Rules::of(Profile::MsProject);
    work(&mut plan, "long", 20 * DAY);
    plan
}

/// The early start of what follows when `node` starts no earlier than `from`.
fn start_after(plan: &Projection, (node, from): (NodeIx, &str), next: NodeIx) -> String {
    let mut plan = plan.clone();
    bound(&mut plan, node, BoundKind::StartNotBefore, from);
    solve(&plan).1.dates(next).early_start.to_string()
}

#[test]
fn a_milestone_where_work_begins_makes_nothing_late() {
    for profile in [Profile::MsProject, Profile::P6] {
        milestone_after_elapsed_time(profile);
    }
}

fn milestone_after_elapsed_time(profile: Profile) {
    let mut plan = plan();
    plan.rules = Rules::of(profile);
    let wait = elapsed(&mut plan, "wait", 7 * CLOCK_DAY);
    let done = work(&mut plan, "done", 0);
    plan.link(wait, done, FS, Lag::NONE);
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, done), "2026-03-09T08:00 2026-03-09T08:00");
    assert_eq!(late(&schedule, wait), "2026-03-02T08:00 2026-03-09T08:00");
    assert_eq!(floats(&schedule, wait), (0, 0));
    // It is shown where work ends.
    assert_eq!(late(&schedule, done), "2026-03-06T17:00 2026-03-06T17:00");
    assert_eq!(floats(&schedule, done), (0, 0));
}

#[test]
fn a_lead_into_a_milestone_at_the_end_of_a_day_ends_before_it() {
    let mut plan = with_long();
    let a = work(&mut plan, "a", 0);
    let b = work(&mut plan, "b", 0);
    plan.link(a, b, FS, Lag::Work(-DAY));
    bound(&mut plan, b, BoundKind::StartNotAfter, "2026-03-04T17:00");
    let (_, schedule) = solve(&plan);
    // A day before Thursday 17:00 is Wednesday 08:00 and not Tuesday 17:00, so it has to be a minute before that.
    assert_eq!(late(&schedule, a), "2026-03-05T16:59 2026-03-05T16:59");
    plan.nodes[b.index()].bounds.clear();
    assert_eq!(start_after(&plan, (a, "2026-03-05T16:59"), b), "2026-03-04T16:59");
    assert_eq!(start_after(&plan, (a, "2026-03-05T17:00"), b), "2026-03-05T08:00");
}

#[test]
fn a_start_allowed_in_free_time_is_the_last_minute_before_it() {
    let mut plan = with_long();
    let a = work(&mut plan, "a", DAY);
    let b = work(&mut plan, "b", DAY);
    plan.link(a, b, SS, Lag::Elapsed(2 * CLOCK_DAY));
    bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-09T17:00");
    let (_, schedule) = solve(&plan);
    // Monday 08:00 less two days is Saturday 08:00.
    assert_eq!(late(&schedule, a), "2026-03-06T16:59 2026-03-09T16:59");
    plan.nodes[b.index()].bounds.clear();
    assert_eq!(start_after(&plan, (a, "2026-03-06T16:59"), b), "2026-03-09T08:00");
    assert_eq!(start_after(&plan, (a, "2026-03-06T17:00"), b), "2026-03-11T08:00");
}

#[test]
fn a_finish_is_stepped_back_before_a_lag_by_the_clock_both_ways() {
    for (kind, wanted) in [
        (FF, "2026-03-09T16:59 2026-03-10T16:59"),
        (SF, "2026-03-10T16:59 2026-03-11T16:59"),
    ] {
        let mut plan = with_long();
        let a = work(&mut plan, "a", DAY);
        let b = work(&mut plan, "b", 2 * DAY);
        plan.link(a, b, kind, Lag::Elapsed(CLOCK_DAY));
        bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-10T17:00");
        let (_, schedule) = solve(&plan);
        // It may start on Monday 08:00, so two days before the end of `a`, or its start, and a day by the clock must not be later.
        assert_eq!(late(&schedule, a), wanted, "{kind:?}");
        plan.nodes[b.index()].bounds.clear();
        let (last, beyond) = match kind {
            FF => ("2026-03-09T16:59", "2026-03-10T08:00"),
            _ => ("2026-03-10T16:59", "2026-03-11T08:00"),
        };
        assert_eq!(start_after(&plan, (a, last), b), "2026-03-09T08:00", "{kind:?}");
        assert_eq!(start_after(&plan, (a, beyond), b), "2026-03-10T08:00", "{kind:?}");
    }
}

#[test]
fn a_finish_asked_across_calendars_reaches_to_the_next_work() {
    let mut plan = with_long();
    let always = plan.add_calendar(WorkCalendar::always());
    let a = work(&mut plan, "a", DAY);
    plan.nodes[a.index()].calendar = always;
    let b = work(&mut plan, "b", DAY);
    plan.link(a, b, FF, Lag::NONE);
    bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-09T17:00");
    let (_, schedule) = solve(&plan);
    // Until Tuesday 08:00 no more work is done at `b` than until Monday 17:00.
    assert_eq!(late(&schedule, a), "2026-03-10T00:00 2026-03-10T08:00");
}

#[test]
fn time_that_waits_for_work_is_late_where_work_ends_as_mpxj_has_it() {
    let mut plan = plan();
    plan.rules = Rules::of(Profile::MsProject);
    let wait = elapsed(&mut plan, "wait", CLOCK_DAY);
    assert_eq!(floats(&solve(&plan).1, wait).0, 0);
    plan.rules.elapsed_start = ElapsedStart::WorkingTime;
    let (_, schedule) = solve(&plan);
    assert_eq!(schedule.dates(wait).early_finish, at("2026-03-03T08:00"));
    assert_eq!(late(&schedule, wait), "2026-03-01T17:00 2026-03-02T17:00");
    assert_eq!(floats(&schedule, wait).0, -900);
}
