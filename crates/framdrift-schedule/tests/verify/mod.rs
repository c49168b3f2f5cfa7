//! The proof of a schedule accepts what is computed and nothing else.

mod generate;
mod known;
mod mutations;

use framdrift_model::facts::Facts;
use framdrift_model::projection::Projection;
use framdrift_model::rules::Profile;
use framdrift_schedule::{Network, Schedule, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, plans};
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
        if flaws.list().iter().all(|flaw| known::is_known(plan, facts, flaw)) {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(300), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_schedules_are_accepted(plan in plans(ANYTHING)) {
        accepted(&plan, &Facts::none())?;
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
