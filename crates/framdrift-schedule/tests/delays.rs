//! Late dates are the latest that move nothing, by the rules of each tool: each step back is a step forward the other way round.

use framdrift_model::projection::{BoundKind, Lag, NodeIx, Projection};
use framdrift_model::rules::{Profile, Rules};

use crate::support::{DAY, FF, FS, HOUR, SF, SS, at, bound, early, floats, late, plan, solve, work};

const PROFILES: [Profile; 3] = [Profile::Framdrift, Profile::MsProject, Profile::P6];

fn by(profile: Profile) -> Projection {
    let mut plan = plan();
    plan.rules = Rules::of(profile);
    plan
}

fn held_back(plan: &mut Projection, id: &str, minutes: i64, delay: i64) -> NodeIx {
    let node = work(plan, id, minutes);
    plan.nodes[node.index()].delay = delay;
    node
}

#[test]
fn what_a_delay_waits_for_has_no_float() {
    for profile in PROFILES {
        let mut plan = by(profile);
        let a = work(&mut plan, "a", 2 * DAY);
        let b = held_back(&mut plan, "b", 2 * DAY, 2 * 1_440);
        let c = work(&mut plan, "c", DAY);
        plan.link(a, b, FS, Lag::NONE);
        plan.link(b, c, FS, Lag::NONE);
        let (_, schedule) = solve(&plan);
        // Tuesday 17:00 and two days is Thursday 17:00.
        assert_eq!(early(&schedule, b), "2026-03-06T08:00 2026-03-09T17:00");
        for node in [a, b, c] {
            assert_eq!(floats(&schedule, node), (0, 0), "{profile:?} {node:?}");
            assert!(schedule.dates(node).critical);
        }
    }
}

#[test]
fn what_is_as_late_as_possible_does_not_eat_into_a_delay() {
    for profile in PROFILES {
        let mut plan = by(profile);
        let a = work(&mut plan, "a", 2 * DAY);
        plan.nodes[a.index()].as_late_as_possible = true;
        let b = held_back(&mut plan, "b", 2 * DAY, 2 * 1_440);
        let c = work(&mut plan, "c", DAY);
        plan.link(a, b, FS, Lag::NONE);
        plan.link(b, c, FS, Lag::NONE);
        let (_, schedule) = solve(&plan);
        assert_eq!(schedule.dates(a).finish, at("2026-03-03T17:00"), "{profile:?}");
        assert_eq!(early(&schedule, b), "2026-03-06T08:00 2026-03-09T17:00");
        assert_eq!(schedule.finish(), schedule.dates(c).finish);
        assert_eq!(schedule.finish(), at("2026-03-10T17:00"));
    }
}

/// MS Project's levelling delay, as its saved files show it backwards.
#[test]
fn a_delay_is_taken_off_by_the_clock() {
    for profile in PROFILES {
        let mut plan = by(profile);
        plan.start = Some(at("2024-01-01T08:00"));
        let a = work(&mut plan, "A", 2 * DAY);
        let b = held_back(&mut plan, "B", DAY, 4 * 1_440);
        work(&mut plan, "C", 8 * DAY);
        plan.link(a, b, FS, Lag::NONE);
        let (_, schedule) = solve(&plan);
        assert_eq!(late(&schedule, a), "2024-01-04T08:00 2024-01-05T17:00", "{profile:?}");
        assert_eq!(floats(&schedule, a), (3 * DAY, DAY));
        assert_eq!(early(&schedule, b), "2024-01-08T08:00 2024-01-08T17:00");
        assert_eq!(late(&schedule, b), "2024-01-10T08:00 2024-01-10T17:00");
        assert_eq!(floats(&schedule, b).0, 2 * DAY);
    }
}

/// Every kind of link asks something of a start in the end, and the delay comes after that.
#[test]
fn a_delay_counts_from_every_kind_of_link() {
    for profile in PROFILES {
        for (kind, lag) in [(FS, 0), (SS, DAY), (FF, DAY), (SF, 3 * DAY)] {
            let mut plan = by(profile);
            let a = work(&mut plan, "a", 2 * DAY);
            let b = held_back(&mut plan, "b", DAY, 5 * HOUR);
            plan.link(a, b, kind, Lag::Work(lag));
            let (_, schedule) = solve(&plan);
            assert_eq!(floats(&schedule, a), (0, 0), "{profile:?} {kind:?}");
            assert_eq!(schedule.finish(), schedule.dates(b).finish);
        }
    }
}

#[test]
fn what_is_late_for_a_deadline_is_so_before_a_delay_too() {
    for profile in PROFILES {
        let mut plan = by(profile);
        let a = work(&mut plan, "a", 2 * DAY);
        let b = held_back(&mut plan, "b", 2 * DAY, 2 * 1_440);
        plan.link(a, b, FS, Lag::NONE);
        bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-06T17:00");
        let (_, schedule) = solve(&plan);
        // From Thursday 08:00 at the latest; two days before that is Tuesday 08:00.
        assert_eq!(floats(&schedule, b).0, -DAY, "{profile:?}");
        assert_eq!(late(&schedule, a), "2026-02-27T08:00 2026-03-02T17:00");
        assert_eq!(floats(&schedule, a).0, -DAY);
    }
}
