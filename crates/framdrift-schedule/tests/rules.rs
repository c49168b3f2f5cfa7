//! framdrift's own rules by the walk that knows recorded progress, against the plain passes that do not.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{NodeIx, Projection};
use framdrift_schedule::{Dates, Network, Schedule, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans, schedule};

/// How many plans: `FRAMDRIFT_CASES` says so, too.
fn cases() -> u32 {
    std::env::var("FRAMDRIFT_CASES")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(600)
}

/// With a status date that moves nothing, so that the other walk is taken.
fn by_rules(plan: &Projection) -> Schedule {
    let mut facts = Facts::none();
    facts.status_date = plan.start;
    compute(&Network::new(plan.clone()).unwrap(), &facts).unwrap()
}

/// Everything but the free float of summaries, which is measured a little less finely where rules are chosen.
fn compared(plan: &Projection, schedule: &Schedule) -> Vec<(NodeIx, Dates)> {
    let network = Network::new(plan.clone()).unwrap();
    schedule
        .iter()
        .map(|(node, mut dates)| {
            if network.is_summary(node) {
                dates.free_float = 0;
            }
            (node, dates)
        })
        .collect()
}

fn same(ruled: &[(NodeIx, Dates)], plain: &[(NodeIx, Dates)]) -> Result<(), TestCaseError> {
    for (ruled, plain) in ruled.iter().zip(plain) {
        prop_assert_eq!(ruled, plain);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn own_rules_give_what_the_plain_passes_give(plan in plans(ANYTHING)) {
        same(&compared(&plan, &by_rules(&plan)), &compared(&plan, &schedule(&plan)))?;
    }

    #[test]
    fn own_rules_give_what_the_plain_passes_give_without_summaries(plan in plans(Allow { summaries: false, ..ANYTHING })) {
        same(&compared(&plan, &by_rules(&plan)), &compared(&plan, &schedule(&plan)))?;
    }
}
