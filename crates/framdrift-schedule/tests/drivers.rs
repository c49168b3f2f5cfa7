//! What is on the critical path has its driver on it, and what has no float because of a successor on it that has none is on it,
//! also before a delay.
//!
//! `FRAMDRIFT_CASES=20000 cargo test --release -p framdrift-schedule --test main drivers` tries more plans.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Lag, Projection};
use framdrift_model::rules::{Profile, Rules};
use framdrift_schedule::explain::{Cause, decides, driver};
use framdrift_schedule::{Network, Side, compute};
use proptest::prelude::*;

use crate::support::{DAY, FS, plan, solve, work};
use crate::verify::generate::{Given, given_flat};

const PROFILES: [Profile; 3] = [Profile::Framdrift, Profile::MsProject, Profile::P6];

fn cases(usual: u32) -> u32 {
    let set = std::env::var("FRAMDRIFT_CASES").ok();
    set.and_then(|n| n.parse().ok()).unwrap_or(usual)
}

/// Every leaf that decides the finish follows from another that does, or from no link at all.
fn followed(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let network = Network::new(plan.clone()).expect("no rings");
    let schedule = compute(&network, facts).expect("a start");
    let decides = decides(&network, &schedule);
    let happened = |node| {
        let fact = facts.of(node);
        fact.is_some_and(|fact| fact.started.or(fact.finished).is_some())
    };
    for (node, _) in schedule
        .iter()
        .filter(|(node, _)| decides[node.index()] && !network.is_summary(*node))
    {
        let start = driver(&network, &schedule, node, Side::EarlyStart);
        let drive = match start.cause {
            Cause::OwnSpan => driver(&network, &schedule, node, Side::EarlyFinish),
            _ => start,
        };
        if let Cause::Link { node: before, .. } = drive.cause {
            prop_assert!(
                decides[before.index()] || happened(before),
                "{} decides, and {} drives it",
                plan.nodes[node.index()].id,
                plan.nodes[before.index()].id
            );
        }
        let delay = plan.nodes[node.index()].delay;
        prop_assert!(drive.held_back == 0 || drive.held_back == delay);
    }
    let path = schedule.critical_path(&network);
    for (before, step) in path.iter().zip(path.iter().skip(1)) {
        let linked = matches!(step.why, Cause::Link { node, .. } if node == before.node);
        prop_assert!(linked, "{:?}", step);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: cases(120), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_decides_follows_from_what_decides_by_own_rules(Given { plan, facts } in given_flat(Profile::Framdrift)) {
        followed(&plan, &facts)?;
    }

    #[test]
    fn what_decides_follows_from_what_decides_by_the_rules_of_ms_project(Given { plan, facts } in given_flat(Profile::MsProject)) {
        followed(&plan, &facts)?;
    }

    #[test]
    fn what_decides_follows_from_what_decides_by_the_rules_of_p6(Given { plan, facts } in given_flat(Profile::P6)) {
        followed(&plan, &facts)?;
    }

    /// On one calendar, without lags or dates, what has no float because of what decides the finish and has none decides it, too.
    /// The step past free time that a minute more takes can be long: through a delay it may use up float that a successor has.
    #[test]
    fn without_float_is_on_the_path_past_delays(
        nodes in prop::collection::vec((1_i64..30, 0_i64..4, 0_i64..40, any::<u16>()), 2..9)
    ) {
        for profile in PROFILES {
            let mut plan = plan();
            plan.rules = Rules::of(profile);
            for (n, (length, held, delay, links)) in nodes.iter().enumerate() {
                let node = work(&mut plan, &format!("n{n}"), length * 120);
                plan.nodes[node.index()].delay = if *held == 0 { delay * 180 } else { 0 };
                for before in 0..n {
                    if links >> before & 1 == 1 {
                        let before = framdrift_model::projection::NodeIx(before as u32);
                        plan.link(before, node, FS, Lag::NONE);
                    }
                }
            }
            let (network, schedule) = solve(&plan);
            let decides = decides(&network, &schedule);
            for (node, dates) in schedule.iter() {
                let ends = driver(&network, &schedule, node, Side::LateFinish).cause;
                let leads = match ends {
                    Cause::Link { node, .. } => decides[node.index()] && schedule.dates(node).total_float <= 0,
                    _ => true,
                };
                let id = &plan.nodes[node.index()].id;
                prop_assert!(!leads || dates.total_float > 0 || decides[node.index()], "{:?} {}", profile, id);
            }
            followed(&plan, &Facts::none())?;
        }
    }
}

/// What a delay counts from moves to where work can begin only once the delay is over.
#[test]
fn by_the_rules_of_p6_the_runner_up_is_held_back_from_what_it_asks() {
    let mut plan = plan();
    plan.rules = Rules::of(Profile::P6);
    let long = work(&mut plan, "long", 3 * DAY);
    let short = work(&mut plan, "short", DAY);
    let held = work(&mut plan, "held", DAY);
    plan.nodes[held.index()].delay = 60;
    plan.link(long, held, FS, Lag::NONE);
    plan.link(short, held, FS, Lag::NONE);
    let (network, schedule) = solve(&plan);
    let drive = driver(&network, &schedule, held, Side::EarlyStart);
    assert!(matches!(drive.cause, Cause::Link { node, .. } if node == long));
    let next = drive.runner_up.unwrap();
    assert_eq!((drive.held_back, next.held_back), (60, 60));
    // Monday 17:00 and an hour is Tuesday 08:00, two days before Thursday 08:00.
    assert_eq!(
        (next.date.to_string().as_str(), next.margin),
        ("2026-03-03T08:00", 2 * DAY)
    );
}
