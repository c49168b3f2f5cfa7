//! Why dates are what they are.

use framdrift_model::projection::{BoundKind, Lag, NodeIx};
use framdrift_schedule::Side::{self, EarlyFinish, EarlyStart, LateFinish, LateStart};
use framdrift_schedule::explain::{Cause, driver};
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans, schedule};
use crate::support::{DAY, FF, FS, SS, after, at, bound, child, plan, solve, summary, work};

#[test]
fn a_driver_its_runner_up_and_the_margin() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", 3 * DAY);
    let c = work(&mut plan, "c", DAY);
    let on_b = after(&mut plan, b, c);
    let on_a = after(&mut plan, a, c);
    let (network, schedule) = solve(&plan);

    let why = driver(&network, &schedule, c, EarlyStart);
    assert_eq!(why.cause, Cause::Link { link: on_a, node: a });
    assert_eq!(why.date, at("2026-03-09T08:00"));
    let next = why.runner_up.unwrap();
    assert_eq!(next.cause, Cause::Link { link: on_b, node: b });
    assert_eq!((next.date, next.margin), (at("2026-03-05T08:00"), 2 * DAY));

    assert_eq!(driver(&network, &schedule, c, EarlyFinish).cause, Cause::OwnSpan);
    assert_eq!(driver(&network, &schedule, a, EarlyStart).cause, Cause::ProgrammeStart);
    assert!(driver(&network, &schedule, a, EarlyStart).runner_up.is_none());
    assert_eq!(driver(&network, &schedule, c, LateFinish).cause, Cause::ProgrammeFinish);
    assert_eq!(driver(&network, &schedule, c, LateStart).cause, Cause::OwnSpan);
    let why = driver(&network, &schedule, b, LateFinish);
    assert_eq!(why.cause, Cause::Link { link: on_b, node: c });
    assert_eq!(why.runner_up.unwrap().margin, DAY);
}

#[test]
fn ties_go_to_document_order_and_links_come_first() {
    let mut plan = plan();
    let a = work(&mut plan, "a", DAY);
    let b = work(&mut plan, "b", DAY);
    let c = work(&mut plan, "c", DAY);
    bound(&mut plan, c, BoundKind::StartNotBefore, "2026-03-02T17:00");
    let first = after(&mut plan, b, c);
    after(&mut plan, a, c);
    let (network, schedule) = solve(&plan);
    let why = driver(&network, &schedule, c, EarlyStart);
    assert_eq!(why.cause, Cause::Link { link: first, node: b });
    assert_eq!(why.runner_up.unwrap().margin, 0);
}

#[test]
fn a_finish_can_drive_a_start_and_a_bound_either() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    let link = plan.link(a, b, FF, Lag::NONE);
    let c = work(&mut plan, "c", DAY);
    bound(&mut plan, c, BoundKind::FinishNotAfter, "2026-03-04T17:00");
    bound(&mut plan, c, BoundKind::StartNotBefore, "2026-03-03T08:00");
    let (network, schedule) = solve(&plan);
    assert_eq!(driver(&network, &schedule, b, EarlyStart).cause, Cause::OwnSpan);
    let why = driver(&network, &schedule, b, EarlyFinish);
    assert_eq!(why.cause, Cause::Link { link, node: a });
    let why = driver(&network, &schedule, c, EarlyStart);
    assert_eq!(why.cause, Cause::Bound { node: c, index: 1 });
    let why = driver(&network, &schedule, c, LateFinish);
    assert_eq!(why.cause, Cause::Bound { node: c, index: 0 });
    assert_eq!(why.runner_up.unwrap().cause, Cause::ProgrammeFinish);
}

#[test]
fn links_of_summaries_are_looked_through() {
    let mut plan = plan();
    let from = summary(&mut plan, "from", None);
    let short = child(&mut plan, from, "short", DAY);
    let long = child(&mut plan, from, "long", 3 * DAY);
    let to = summary(&mut plan, "to", None);
    let inner = summary(&mut plan, "inner", Some(to));
    let leaf = child(&mut plan, inner, "leaf", 2 * DAY);
    let quick = child(&mut plan, to, "quick", DAY);
    let link = after(&mut plan, from, to);
    bound(&mut plan, to, BoundKind::StartNotBefore, "2026-03-04T08:00");
    let (network, schedule) = solve(&plan);

    let why = driver(&network, &schedule, leaf, EarlyStart);
    assert_eq!(why.cause, Cause::Link { link, node: long });
    assert_eq!(why.runner_up.unwrap().cause, Cause::Bound { node: to, index: 0 });
    let why = driver(&network, &schedule, short, LateFinish);
    assert_eq!(why.cause, Cause::Link { link, node: leaf });
    assert_eq!(why.runner_up.unwrap().cause, Cause::Link { link, node: quick });
    let why = driver(&network, &schedule, to, EarlyFinish);
    assert_eq!(why.cause, Cause::Leaf(leaf));
    let next = why.runner_up.unwrap();
    assert_eq!((next.cause, next.margin), (Cause::Leaf(quick), DAY));
    let path: Vec<_> = schedule.critical_path(&network).iter().map(|s| s.node).collect();
    assert_eq!(path, [long, leaf]);
}

#[test]
fn what_is_as_late_as_possible_says_what_holds_it() {
    let mut plan = plan();
    let long = work(&mut plan, "long", 5 * DAY);
    let order = work(&mut plan, "order", DAY);
    let build = work(&mut plan, "build", DAY);
    let alone = work(&mut plan, "alone", DAY);
    let held = after(&mut plan, order, build);
    let driving = after(&mut plan, long, build);
    for node in [order, alone] {
        plan.nodes[node.index()].as_late_as_possible = true;
    }
    let (network, schedule) = solve(&plan);
    let why = driver(&network, &schedule, order, EarlyFinish);
    let cause = Cause::AsLateAsPossible {
        held_by: Some((held, build)),
    };
    assert_eq!((why.cause, why.date), (cause, at("2026-03-06T17:00")));
    let next = why.runner_up.unwrap();
    assert_eq!((next.cause, next.margin), (Cause::ProgrammeStart, 4 * DAY));
    let why = driver(&network, &schedule, alone, EarlyStart);
    assert_eq!(why.cause, Cause::AsLateAsPossible { held_by: None });
    // What was pulled to `build` does not drive it, and the path goes where it would go without.
    let why = driver(&network, &schedule, build, EarlyStart);
    assert_eq!(
        why.cause,
        Cause::Link {
            link: driving,
            node: long
        }
    );
    let path = schedule.critical_path(&network);
    assert_eq!(path.iter().map(|s| s.node).collect::<Vec<_>>(), [long, build]);
    assert_eq!(path[0].why, Cause::ProgrammeStart);
}

#[test]
fn in_words() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let a = child(&mut plan, phase, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    plan.link(phase, b, FS, Lag::Percent(-50_000));
    plan.link(a, b, SS, Lag::Work(60));
    bound(&mut plan, phase, BoundKind::FinishNotAfter, "2026-03-04T17:00");
    let (network, schedule) = solve(&plan);
    let name = |node: NodeIx| network.projection().nodes[node.index()].id.to_string();
    let said = |node, side| {
        driver(&network, &schedule, node, side)
            .words(&network, &name)
            .to_string()
    };
    assert_eq!(
        said(b, EarlyStart),
        "2026-03-04T13:00: the finish of `a`, -50% of the predecessor's duration, as `b` waits for `phase`; \
         next comes the start of `a`, +1h of work, at 2026-03-02T09:00, 19h of work away"
    );
    assert_eq!(said(phase, EarlyStart), "2026-03-02T08:00: `a`, which belongs to it");
    assert_eq!(
        said(b, EarlyFinish).split(';').next().unwrap(),
        "2026-03-05T12:00: its other end and how long it takes"
    );
    assert!(said(a, LateFinish).starts_with("2026-03-04T17:00: “finish no later than 2026-03-04T17:00” on `phase`; next comes the finish of the programme, at 2026-03-06T17:00, 16h of work away"));
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_date_has_a_driver_and_a_margin(plan in plans(ANYTHING)) {
        let (network, schedule) = solve(&plan);
        for (node, dates) in schedule.iter() {
            for side in Side::ALL {
                let why = driver(&network, &schedule, node, side);
                prop_assert_eq!(why.date, dates.on(side));
                if let Some(next) = why.runner_up {
                    prop_assert!(next.margin >= 0);
                    let early = matches!(side, EarlyStart | EarlyFinish);
                    if !network.is_summary(node) {
                        let (first, second) = if early { (next.date, why.date) } else { (why.date, next.date) };
                        prop_assert!(first <= second);
                    }
                }
            }
        }
    }

    #[test]
    fn without_its_driver_a_date_gives_way_to_the_runner_up(
        plan in plans(Allow { summaries: false, pulled: false, ..ANYTHING }),
    ) {
        let (network, with) = solve(&plan);
        for (node, _) in with.iter() {
            for side in Side::ALL {
                let why = driver(&network, &with, node, side);
                let (Cause::Link { link, .. }, Some(next)) = (why.cause, why.runner_up) else { continue };
                let mut fewer = plan.clone();
                fewer.links.remove(link.index());
                let without = schedule(&fewer);
                if matches!(side, EarlyStart | EarlyFinish) || without.finish() == with.finish() {
                    prop_assert_eq!(without.dates(node).on(side), next.date);
                }
            }
        }
    }

    #[test]
    fn the_critical_path_is_a_chain_of_drivers(plan in plans(ANYTHING)) {
        let (network, schedule) = solve(&plan);
        let path = schedule.critical_path(&network);
        prop_assert_eq!(schedule.dates(path.last().unwrap().node).early_finish, schedule.finish());
        for (n, step) in path.iter().enumerate() {
            match step.why {
                Cause::Link { node, .. } => prop_assert_eq!(node, path[n - 1].node),
                Cause::ProgrammeStart | Cause::Bound { .. } => prop_assert_eq!(n, 0),
                other => prop_assert!(false, "{:?}", other),
            }
        }
    }
}
