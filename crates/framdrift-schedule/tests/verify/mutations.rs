//! What is changed by a minute is found out, and so is a link too many or too few.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Mode, NodeIx, TimeNode};
use framdrift_model::rules::{Direction, Profile};
use framdrift_model::time::Minute;
use framdrift_schedule::{Dates, Network, Schedule};
use proptest::prelude::*;

use super::generate::{Given, given};
use super::{cases, computed};
use crate::properties::{ANYTHING, plans};

type Change = Box<dyn Fn(&mut Dates)>;

/// Everything that can be changed in the dates of a node: each date by a minute either way, each float, the flag.
fn changes() -> Vec<(&'static str, Change)> {
    type Date = fn(&mut Dates) -> &mut Minute;
    let dates: [(&str, Date); 6] = [
        ("start", |d| &mut d.start),
        ("finish", |d| &mut d.finish),
        ("early start", |d| &mut d.early_start),
        ("early finish", |d| &mut d.early_finish),
        ("late start", |d| &mut d.late_start),
        ("late finish", |d| &mut d.late_finish),
    ];
    let mut changes: Vec<(&str, Change)> = Vec::new();
    for by in [-1, 1] {
        for (name, date) in dates {
            changes.push((name, Box::new(move |d| *date(d) = date(d).plus(by))));
        }
        changes.push(("total float", Box::new(move |d| d.total_float += by)));
        changes.push(("free float", Box::new(move |d| d.free_float += by)));
    }
    changes.push(("flag", Box::new(|d| d.critical = !d.critical)));
    changes
}

/// Changes every value of every node, one at a time: none may pass.
fn every_change_is_found(network: &Network, facts: &Facts, schedule: &Schedule) -> Result<(), TestCaseError> {
    // What passes and proof do not agree on is left alone.
    prop_assume!(schedule.verify(network, facts).is_ok());
    for (node, dates) in schedule.iter() {
        for (name, change) in changes() {
            let mut changed = dates;
            change(&mut changed);
            if changed == dates {
                // An end of the span of dates: there is no minute beyond.
                continue;
            }
            let claimed = |n: NodeIx| if n == node { changed } else { schedule.dates(n) };
            let found = schedule.verify_dates(network, facts, claimed).is_err();
            prop_assert!(found, "{} of node {} of {:#?}", name, node.0, network.projection());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: cases(60), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_value_is_found(plan in plans(ANYTHING)) {
        let (network, schedule) = computed(&plan, &Facts::none());
        every_change_is_found(&network, &Facts::none(), &schedule)?;
    }

    #[test]
    fn a_changed_value_is_found_by_own_rules(Given { plan, facts } in given(Profile::Framdrift, ANYTHING)) {
        let (network, schedule) = computed(&plan, &facts);
        every_change_is_found(&network, &facts, &schedule)?;
    }

    #[test]
    fn a_changed_value_is_found_by_the_rules_of_ms_project(Given { plan, facts } in given(Profile::MsProject, ANYTHING)) {
        let (network, schedule) = computed(&plan, &facts);
        every_change_is_found(&network, &facts, &schedule)?;
    }

    #[test]
    fn a_changed_value_is_found_by_the_rules_of_p6(Given { plan, facts } in given(Profile::P6, ANYTHING)) {
        let (network, schedule) = computed(&plan, &facts);
        every_change_is_found(&network, &facts, &schedule)?;
    }

    /// With a link less, the old dates pass exactly where they are still the dates that are computed; and so the other way
    /// round, with a link more.
    #[test]
    fn another_network_has_other_dates(plan in plans(ANYTHING), gone in any::<prop::sample::Index>()) {
        if plan.links.is_empty() {
            return Ok(());
        }
        let mut fewer = plan.clone();
        fewer.links.remove(gone.index(plan.links.len()));
        swapped((&plan, &Facts::none()), (&fewer, &Facts::none()))?;
    }

    #[test]
    fn another_network_has_other_dates_by_other_rules(
        one in prop_oneof![
            given(Profile::Framdrift, ANYTHING),
            given(Profile::MsProject, ANYTHING),
            given(Profile::P6, ANYTHING),
        ],
        gone in any::<prop::sample::Index>(),
    ) {
        if one.plan.links.is_empty() {
            return Ok(());
        }
        let mut fewer = one.plan.clone();
        fewer.links.remove(gone.index(fewer.links.len()));
        swapped((&one.plan, &one.facts), (&fewer, &one.facts))?;
    }

    #[test]
    fn other_progress_gives_other_dates(one in given(Profile::P6, ANYTHING), at in 0..20_000_i64) {
        let mut later = one.facts.clone();
        let status = later.status_date.or(one.plan.start).unwrap();
        later.status_date = Some(status.plus(at));
        swapped((&one.plan, &one.facts), (&one.plan, &later))?;
    }
}

type Asked<'a> = (&'a framdrift_model::projection::Projection, &'a Facts);

fn swapped(one: Asked<'_>, other: Asked<'_>) -> Result<(), TestCaseError> {
    let (network, schedule) = computed(one.0, one.1);
    let (changed, other_schedule) = computed(other.0, other.1);
    for (schedule, fitting, network, facts) in [
        (&schedule, &other_schedule, &changed, other.1),
        (&other_schedule, &schedule, &network, one.1),
    ] {
        let differs = schedule.iter().ne(fitting.iter());
        let passes = schedule.verify(network, facts).is_ok();
        let fits = fitting.verify(network, facts).is_ok();
        let plan = network.projection();
        // Counted back from a finish, a start that late dates depend on is taken as it is; and what the passes and the proof do
        // not agree on can have no dates that fit.
        let counts_back = plan.rules.direction == Direction::FromFinish && plan.finish.is_some();
        prop_assert!(!(differs && passes && fits) || counts_back, "passes for {plan:#?}");
        // What is remembered besides the dates can differ where they are the same, by either plan: tenths of minutes, where something
        // stood before it was put off, and the late start that a summary with typed dates hands on, which is not the one it shows.
        let remembers = [one.0, other.0].iter().any(|plan| {
            let tenths = plan.links.iter().any(|l| l.tenths != 0) || plan.nodes.iter().any(|n| n.tenths != 0);
            let typed = |n: &TimeNode| n.summary && matches!(n.mode, Mode::Manual { .. });
            let hands_on = plan.rules.profile == Profile::MsProject && plan.nodes.iter().any(typed);
            tenths || hands_on || plan.nodes.iter().any(|n| n.as_late_as_possible)
        });
        prop_assert!(schedule != fitting || remembers || passes == fits);
    }
    Ok(())
}
