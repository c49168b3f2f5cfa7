//! What is as late as possible pushes nothing, and summaries are critical only where something of theirs is.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Mode, NodeIx, Projection};
use framdrift_model::rules::{Direction, LateKind, Profile};
use framdrift_schedule::{Network, Schedule, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, plans};
use crate::reference::generate::plans as intricate_plans;
use crate::support::seed;
use crate::verify::generate::{Given, given};

fn computed(plan: &Projection, facts: &Facts) -> Schedule {
    compute(&Network::new(plan.clone()).unwrap(), facts).unwrap()
}

fn leaves(plan: &Projection) -> impl Iterator<Item = NodeIx> + '_ {
    let is_summary = |n: usize| {
        plan.nodes
            .iter()
            .any(|node| node.parent.is_some_and(|up| up.index() == n))
    };
    let all = 0..plan.nodes.len();
    all.filter(move |n| plan.nodes[*n].mode.takes_part() && !is_summary(*n))
        .map(|n| NodeIx(n as u32))
}

/// The plan with all that is put off held where it was put, as if its dates were typed in.
fn pinned(plan: &Projection, facts: &Facts, schedule: &Schedule) -> Projection {
    let mut pinned = plan.clone();
    pinned
        .nodes
        .iter_mut()
        .for_each(|node| node.as_late_as_possible = false);
    let soonest = computed(&pinned, facts);
    for n in leaves(plan).filter(|n| plan.nodes[n.index()].as_late_as_possible) {
        let dates = schedule.dates(n);
        let (start, finish) = (dates.start, dates.finish);
        if (soonest.dates(n).start, soonest.dates(n).finish) != (start, finish) {
            pinned.nodes[n.index()].mode = Mode::Manual { start, finish };
        }
    }
    pinned
}

/// What is put off stays where it was put when typed dates hold it there, and then nothing else stands any later than before.
fn pushes_nothing(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let schedule = computed(plan, facts);
    let held = computed(&pinned(plan, facts, &schedule), facts);
    for n in leaves(plan) {
        let (before, after) = (schedule.dates(n), held.dates(n));
        let id = &plan.nodes[n.index()].id;
        prop_assert!(
            after.start <= before.start,
            "{id} starts {} and then {}\n{plan:#?}\n{facts:?}",
            before.start,
            after.start
        );
        prop_assert!(
            after.finish <= before.finish,
            "{id} finishes {} and then {}\n{plan:#?}\n{facts:?}",
            before.finish,
            after.finish
        );
    }
    prop_assert!(held.finish() <= schedule.finish());
    let last = leaves(plan)
        .filter(|n| !plan.nodes[n.index()].summary)
        .map(|n| schedule.dates(n).finish)
        .max();
    if facts.is_empty() {
        prop_assert_eq!(
            last.unwrap_or(schedule.finish()).max(schedule.finish()),
            schedule.finish()
        );
    }
    Ok(())
}

/// A summary without dates of its own is critical where something that belongs to it is, and only there.
fn critical_by_what_belongs(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let schedule = computed(plan, facts);
    for n in 0..plan.nodes.len() {
        let parts = || {
            plan.nodes
                .iter()
                .enumerate()
                .filter(move |(_, node)| node.parent == Some(NodeIx(n as u32)))
        };
        if parts().next().is_some() && !matches!(plan.nodes[n].mode, Mode::Manual { .. }) {
            let inside = parts().any(|(part, _)| schedule.dates(NodeIx(part as u32)).critical);
            prop_assert_eq!(schedule.dates(NodeIx(n as u32)).critical, inside, "{}\n{:#?}", n, plan);
        }
    }
    Ok(())
}

/// Rules by which what is as late as possible eats free float, counted from the start.
fn pulling(mut given: Given) -> Given {
    given.plan.rules.as_late_as_possible = LateKind::FreeFloat;
    given.plan.rules.direction = Direction::FromStart;
    // Typed dates have whole minutes.
    given
        .plan
        .nodes
        .iter_mut()
        .for_each(|node| (node.tenths, node.delay) = (0, 0));
    given.plan.links.iter_mut().for_each(|link| link.tenths = 0);
    given
}

fn cases(usual: u32) -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(usual)
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: seed(), cases: cases(200), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_pushed_by_plain_rules(plan in plans(ANYTHING)) {
        pushes_nothing(&plan, &Facts::none())?;
    }

    #[test]
    fn nothing_is_pushed_in_intricate_plans(plan in intricate_plans()) {
        pushes_nothing(&plan.projection, &Facts::none())?;
    }

    #[test]
    fn nothing_is_pushed_by_own_rules(given in given(Profile::Framdrift, ANYTHING)) {
        let given = pulling(given);
        pushes_nothing(&given.plan, &given.facts)?;
    }

    #[test]
    fn nothing_is_pushed_by_rules_of_p6(given in given(Profile::P6, ANYTHING)) {
        let given = pulling(given);
        pushes_nothing(&given.plan, &given.facts)?;
    }

    #[test]
    fn nothing_is_pushed_by_rules_of_ms_project(given in given(Profile::MsProject, ANYTHING)) {
        let given = pulling(given);
        pushes_nothing(&given.plan, &given.facts)?;
    }

    #[test]
    fn plain_summaries_are_critical_by_what_belongs_to_them(plan in plans(ANYTHING)) {
        critical_by_what_belongs(&plan, &Facts::none())?;
    }

    #[test]
    fn summaries_are_critical_by_what_belongs_to_them(
        own in given(Profile::Framdrift, ANYTHING),
        msproject in given(Profile::MsProject, ANYTHING),
        p6 in given(Profile::P6, ANYTHING),
    ) {
        for given in [own, msproject, p6] {
            critical_by_what_belongs(&given.plan, &given.facts)?;
        }
    }
}
