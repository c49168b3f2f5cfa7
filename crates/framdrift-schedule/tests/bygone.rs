//! What has started or finished, as those see it that precede it.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Lag, Projection};
use framdrift_model::rules::{OutOfSequence, Profile, Rules};
use framdrift_schedule::{Network, Schedule, compute};

use crate::support::{DAY, HOUR, SS, after, at, child, elapsed, floats, late, plan, summary, work};

fn by(profile: Profile) -> Projection {
    let mut plan = plan();
    plan.rules = Rules::of(profile);
    plan
}

/// Computed and proved.
fn solve(plan: &Projection, facts: &Facts) -> Schedule {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, facts).unwrap();
    assert_eq!(schedule.verify(&network, facts), Ok(()));
    schedule
}

fn constraint(kind: BoundKind, date: &str) -> Bound {
    Bound {
        kind,
        at: at(date),
        origin: BoundOrigin::Constraint(0),
    }
}

/// It was finished before its turn, and made `dig` a day late for something that had happened.
#[test]
fn a_finished_part_of_a_summary_asks_nothing_of_what_precedes_the_summary() {
    let mut plan = plan();
    let dig = work(&mut plan, "dig", DAY);
    let house = summary(&mut plan, "house", None);
    let crane = child(&mut plan, house, "crane", DAY);
    child(&mut plan, house, "roof", DAY);
    after(&mut plan, dig, house);
    let mut facts = Facts::none();
    facts.start(crane, at("2026-02-26T08:00"));
    facts.finish(crane, at("2026-02-26T17:00"));
    let schedule = solve(&plan, &facts);
    assert_eq!(late(&schedule, dig), "2026-03-02T08:00 2026-03-02T17:00");
    assert_eq!(floats(&schedule, dig), (0, 0));
}

/// Its late start was Friday 17:00, which is as good as Monday for work, but not by the clock.
#[test]
fn what_runs_by_the_clock_starts_in_free_time_also_as_late_as_it_may() {
    let mut plan = by(Profile::P6);
    plan.start = Some(at("2026-03-05T08:00"));
    let pump = elapsed(&mut plan, "pump", HOUR);
    let paint = work(&mut plan, "paint", DAY);
    plan.link(pump, paint, SS, Lag::Elapsed(40 * HOUR));
    plan.nodes[paint.index()]
        .bounds
        .push(constraint(BoundKind::StartNotBefore, "2026-03-09T08:00"));
    let schedule = solve(&plan, &Facts::none());
    assert_eq!(late(&schedule, pump), "2026-03-07T16:00 2026-03-07T17:00");
}

/// What has started started when it did: a date for its start says nothing any more.
#[test]
fn dates_that_must_be_kept_do_not_pin_what_has_started() {
    for (profile, kind) in [
        (Profile::MsProject, BoundKind::MustStart),
        (Profile::MsProject, BoundKind::StartNotAfter),
        (Profile::MsProject, BoundKind::MustFinish),
        (Profile::P6, BoundKind::MustFinish),
    ] {
        let mut plan = by(profile);
        let dig = work(&mut plan, "dig", DAY);
        let date = match kind {
            BoundKind::MustFinish => "2026-03-20T17:00",
            _ => "2026-03-02T08:00",
        };
        plan.nodes[dig.index()].bounds.push(constraint(kind, date));
        work(&mut plan, "pour", 5 * DAY);
        let mut facts = Facts::none();
        facts.start(dig, at("2026-03-02T08:00"));
        let schedule = solve(&plan, &facts);
        assert_eq!(
            schedule.dates(dig).late_finish,
            at("2026-03-06T17:00"),
            "{profile:?} {kind:?}"
        );
        assert_eq!(schedule.dates(dig).total_float, 4 * DAY, "{profile:?} {kind:?}");
    }
}

/// `pour` goes on whatever precedes it, also where that is a summary.
#[test]
fn a_link_that_is_passed_over_bounds_nothing_in_a_summary_either() {
    let mut plan = by(Profile::P6);
    plan.rules.out_of_sequence = OutOfSequence::ProgressOverride;
    let all = summary(&mut plan, "all", None);
    let dig = child(&mut plan, all, "dig", 3 * DAY);
    let pour = work(&mut plan, "pour", DAY);
    after(&mut plan, all, pour);
    let mut facts = Facts::none();
    facts.start(pour, at("2026-03-02T08:00"));
    let schedule = solve(&plan, &facts);
    assert_eq!(late(&schedule, dig), "2026-03-02T08:00 2026-03-04T17:00");
    assert_eq!(floats(&schedule, dig).0, 0);
}
