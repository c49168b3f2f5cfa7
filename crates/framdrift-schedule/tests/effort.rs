//! Levels of effort span what they are tied to: where nothing of that is late, they are not.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Lag, Mode, NodeIx, Span};
use framdrift_model::rules::{Direction, Profile};
use framdrift_schedule::{Dates, Network, compute};
use proptest::prelude::*;

use crate::properties::ANYTHING;
use crate::support::seed;
use crate::verify::generate::{Given, given};

/// Whether late dates lie before early ones, by working time; of what has begun, the late finish.
fn is_late(network: &Network, node: NodeIx, dates: &Dates, began: bool) -> bool {
    let projection = network.projection();
    let calendar = &projection.calendars[projection.nodes[node.index()].calendar.index()];
    let at_start = !began && calendar.between(dates.early_start, dates.late_start) < 0;
    at_start || calendar.between(dates.early_finish, dates.late_finish) < 0
}

fn on_time_with_all_else(given: &Given) -> Result<(), TestCaseError> {
    let Given { plan, facts } = given;
    let mut plan = plan.clone();
    // Without caps nothing is late, but for what progress and typed dates make so.
    plan.finish = None;
    plan.rules.direction = Direction::FromStart;
    plan.rules.multiple_critical_paths = false;
    plan.rules.open_ends_critical = false;
    plan.nodes.iter_mut().for_each(|node| node.bounds.clear());
    plan.nodes.iter_mut().for_each(|node| node.tenths = 0);
    plan.links.iter_mut().for_each(|link| link.tenths = 0);
    if plan.rules.profile != Profile::Framdrift {
        // A milestone of the tools is late at the end of a gap and early at the beginning of the next work, which is the same on its
        // own calendar and no other; and P6 counts a lag from what has begun otherwise backward than forward.
        for node in &mut plan.nodes {
            (node.calendar, node.work_calendar) = (plan.calendar, None);
            node.delay = 0;
            if let Span::Elapsed(minutes) = node.span {
                node.span = Span::Work(minutes);
            }
        }
        plan.links.iter_mut().for_each(|link| link.lag = Lag::NONE);
    }
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, facts).unwrap();
    let began = |n: NodeIx| facts.of(n).is_some_and(|fact| fact.started.or(fact.finished).is_some());
    let efforts: Vec<NodeIx> = (0..plan.nodes.len() as u32)
        .map(NodeIx)
        .filter(|n| plan.nodes[n.index()].mode == Mode::LevelOfEffort && !plan.nodes[n.index()].summary)
        .collect();
    let others = schedule.iter().filter(|(n, _)| !efforts.contains(n));
    let late = |(n, dates): (NodeIx, Dates)| is_late(&network, n, &dates, began(n));
    prop_assume!(!others.into_iter().any(late));
    for n in efforts {
        let dates = schedule.dates(n);
        prop_assume!(!began(n));
        prop_assert!(dates.total_float >= 0, "{:?} {dates:?}\n{plan:#?}\n{facts:?}", n);
        prop_assert!(
            !is_late(&network, n, &dates, false),
            "{:?} {dates:?}\n{plan:#?}\n{facts:?}",
            n
        );
    }
    Ok(())
}

fn cases(usual: u32) -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(usual)
}

/// Plans in which much is a level of effort and little is late.
fn efforts(profile: Profile) -> impl Strategy<Value = Given> {
    given(profile, ANYTHING).prop_map(|mut given| {
        for (n, node) in given.plan.nodes.iter_mut().enumerate() {
            node.mode = match node.mode {
                _ if n % 4 == 3 && !node.summary => Mode::LevelOfEffort,
                Mode::Inactive => Mode::Inactive,
                // What stands at typed dates can be late by itself.
                _ => Mode::Computed,
            };
            if node.mode == Mode::LevelOfEffort {
                given.facts.set(NodeIx(n as u32), Default::default());
            }
        }
        given
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        rng_seed: seed(),
        cases: cases(200),
        max_global_rejects: 100_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn own_levels_of_effort_are_not_late_by_themselves(given in efforts(Profile::Framdrift)) {
        on_time_with_all_else(&given)?;
    }

    #[test]
    fn levels_of_effort_of_ms_project_are_not_late_by_themselves(given in efforts(Profile::MsProject)) {
        on_time_with_all_else(&given)?;
    }

    #[test]
    fn levels_of_effort_of_p6_are_not_late_by_themselves(given in efforts(Profile::P6)) {
        on_time_with_all_else(&given)?;
    }
}

#[test]
fn without_any_progress_there_is_none_to_hold_it() {
    let mut plan = crate::support::plan();
    let dig = crate::support::work(&mut plan, "dig", crate::support::DAY);
    let lead = crate::support::work(&mut plan, "lead", 0);
    plan.nodes[lead.index()].mode = Mode::LevelOfEffort;
    let network = Network::new(plan).unwrap();
    let schedule = compute(&network, &Facts::none()).unwrap();
    let (lead, dig) = (schedule.dates(lead), schedule.dates(dig));
    assert_eq!((lead.start, lead.finish, lead.total_float), (dig.start, dig.finish, 0));
}
