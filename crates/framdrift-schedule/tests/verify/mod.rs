//! The proof of a schedule accepts what is computed and nothing else.

mod disputed;
pub(crate) mod generate;
mod known;
mod mutations;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Lag, NodeIx, Projection};
use framdrift_model::rules::Profile;
use framdrift_schedule::verify::{Checked, Flaws, Reason, Value};
use framdrift_schedule::{Network, Schedule, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, plans};
use crate::support::{DAY, FS, after, at, child, plan, summary, work};
use generate::{Given, given, given_flat};

fn cases(usual: u32) -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(usual)
}

fn computed(plan: &Projection, facts: &Facts) -> (Network, Schedule) {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, facts).unwrap();
    (network, schedule)
}

fn accepted(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let (network, schedule) = computed(plan, facts);
    if let Err(flaws) = schedule.verify(&network, facts) {
        if flaws.list().iter().all(|flaw| known::is_known(plan, flaw)) {
            return Ok(());
        }
        let dates: Vec<_> = schedule
            .iter()
            .map(|(node, dates)| format!("{} {dates:?}", node.0))
            .collect();
        let dates = dates.join("\n");
        return Err(TestCaseError::fail(format!("{flaws}\n{dates}\n{:#?}\n{facts:?}", plan)));
    }
    Ok(())
}

#[test]
fn a_flaw_says_what_follows_and_why() {
    let mut plan = plan();
    let dig = work(&mut plan, "dig", DAY);
    let pour = work(&mut plan, "pour", DAY);
    let link = after(&mut plan, dig, pour);
    let (network, schedule) = computed(&plan, &Facts::none());
    let moved = |n: NodeIx| {
        let mut dates = schedule.dates(n);
        if n == pour {
            dates.early_start = dates.early_start.plus(-60);
        }
        dates
    };
    let flaws = schedule.verify_dates(&network, &Facts::none(), moved).unwrap_err();
    let flaw = &flaws.list()[0];
    assert_eq!((flaw.node, flaw.what), (Some(pour), Checked::EarlyStart));
    assert_eq!(flaw.found, Value::Date(at("2026-03-03T07:00"), 0));
    assert_eq!(flaw.follows, Value::Date(at("2026-03-03T08:00"), 0));
    assert_eq!(flaw.reason, Reason::Link(link));
    assert_eq!(
        flaw.to_string(),
        "the early start of `pour` is 2026-03-03T07:00, but 2026-03-03T08:00 follows from link 0"
    );
    assert_eq!(flaws.count(), flaws.list().len());
}

#[test]
fn flaws_beyond_the_first_thousand_are_counted() {
    let mut plan = plan();
    for n in 0..1_500 {
        work(&mut plan, &n.to_string(), DAY);
    }
    let (network, schedule) = computed(&plan, &Facts::none());
    let without = |n: NodeIx| {
        let mut dates = schedule.dates(n);
        dates.critical = false;
        dates
    };
    let flaws = schedule.verify_dates(&network, &Facts::none(), without).unwrap_err();
    assert_eq!((flaws.list().len(), flaws.count()), (Flaws::MOST, 1_500));
    assert!(flaws.to_string().ends_with("\nand 500 more"));
}

#[test]
fn nothing_recurses_and_nothing_multiplies() {
    let mut plan = plan();
    let first = work(&mut plan, "first", DAY);
    let mut up = None;
    for n in 0..3_000 {
        let inner = summary(&mut plan, &n.to_string(), up);
        child(&mut plan, inner, "leaf", DAY);
        plan.link(first, inner, FS, Lag::NONE);
        up = Some(inner);
    }
    let mut before: Option<NodeIx> = None;
    for n in 0..20 {
        let wide = summary(&mut plan, &n.to_string(), None);
        (0..1_000).for_each(|_| {
            child(&mut plan, wide, "leaf", DAY);
        });
        if let Some(before) = before {
            after(&mut plan, before, wide);
        }
        before = Some(wide);
    }
    let (network, schedule) = computed(&plan, &Facts::none());
    assert_eq!(schedule.verify(&network, &Facts::none()), Ok(()));
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: cases(120), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_schedules_are_accepted(plan in plans(ANYTHING)) {
        accepted(&plan, &Facts::none())?;
    }

    /// Odd calendars, lags of a minute and summaries of every shape.
    #[test]
    fn intricate_schedules_are_accepted(plan in crate::reference::generate::plans()) {
        accepted(&plan.projection, &Facts::none())?;
    }

    #[test]
    fn schedules_at_the_ends_of_time_are_accepted(plan in crate::reference::generate::plans_at_the_ends_of_time()) {
        accepted(&plan.projection, &Facts::none())?;
    }

    #[test]
    fn own_rules_are_accepted(Given { plan, facts } in given_flat(Profile::Framdrift)) {
        accepted(&plan, &facts)?;
    }

    #[test]
    fn own_rules_with_summaries_are_accepted(Given { plan, facts } in given(Profile::Framdrift, ANYTHING)) {
        accepted(&plan, &facts)?;
    }

    #[test]
    fn rules_of_ms_project_are_accepted(Given { plan, facts } in given_flat(Profile::MsProject)) {
        accepted(&plan, &facts)?;
    }

    #[test]
    fn rules_of_ms_project_with_summaries_are_accepted(Given { plan, facts } in given(Profile::MsProject, ANYTHING)) {
        accepted(&plan, &facts)?;
    }

    #[test]
    fn rules_of_p6_are_accepted(Given { plan, facts } in given_flat(Profile::P6)) {
        accepted(&plan, &facts)?;
    }

    #[test]
    fn rules_of_p6_with_summaries_are_accepted(Given { plan, facts } in given(Profile::P6, ANYTHING)) {
        accepted(&plan, &facts)?;
    }
}
