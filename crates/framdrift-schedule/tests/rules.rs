//! framdrift's own rules by the walk that knows recorded progress, against the plain passes that do not.

use std::mem::discriminant;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{NodeIx, Projection};
use framdrift_schedule::explain::driver;
use framdrift_schedule::{Dates, Network, Schedule, Side, compute};
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

fn for_every_date(
    plan: &Projection,
    mut check: impl FnMut(NodeIx, Side) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    for node in (0..plan.nodes.len() as u32).map(NodeIx) {
        for side in Side::ALL {
            check(node, side)?;
        }
    }
    Ok(())
}

fn same(ruled: &[(NodeIx, Dates)], plain: &[(NodeIx, Dates)]) -> Result<(), TestCaseError> {
    for (ruled, plain) in ruled.iter().zip(plain) {
        prop_assert_eq!(ruled, plain);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn own_rules_give_what_the_plain_passes_give(plan in plans(ANYTHING)) {
        same(&compared(&plan, &by_rules(&plan)), &compared(&plan, &schedule(&plan)))?;
    }

    /// Several links can be equal reasons, and which one is named may differ.
    #[test]
    fn what_drives_a_date_is_of_the_same_kind_by_rules(plan in plans(Allow { pulled: false, ..ANYTHING })) {
        let network = Network::new(plan.clone()).unwrap();
        let (ruled, plain) = (by_rules(&plan), schedule(&plan));
        for_every_date(&plan, |node, side| {
            let drives = [&ruled, &plain].map(|schedule| driver(&network, schedule, node, side));
            let kinds = drives.map(|drive| discriminant(&drive.cause));
            prop_assert_eq!(kinds[0], kinds[1], "{:?} {:?} {:?}", node, side, drives);
            prop_assert_eq!(drives[0].date, drives[1].date);
            Ok(())
        })?;
    }

    #[test]
    fn own_rules_give_what_the_plain_passes_give_without_summaries(plan in plans(Allow { summaries: false, ..ANYTHING })) {
        same(&compared(&plan, &by_rules(&plan)), &compared(&plan, &schedule(&plan)))?;
    }
}
