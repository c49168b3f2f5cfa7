//! The proof of a schedule accepts what is computed and nothing else.

use framdrift_model::facts::Facts;
use framdrift_model::projection::Projection;
use framdrift_schedule::{Network, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, plans};

fn cases() -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(300)
}

fn accepted(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, facts).unwrap();
    if let Err(flaws) = schedule.verify(&network, facts) {
        let dates: Vec<_> = schedule.iter().collect();
        return Err(TestCaseError::fail(format!(
            "{flaws}\n{dates:#?}\n{:#?}\n{:#?}\n{:?}\n{facts:?}",
            plan.nodes, plan.links, plan.rules
        )));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plain_schedules_are_accepted(plan in plans(ANYTHING)) {
        accepted(&plan, &Facts::none())?;
    }
}
