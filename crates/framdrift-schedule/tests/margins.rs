//! Drivers, runners-up and margins from first principles: a link that is made a margin longer leaves a date where it is, and one
//! made a minute longer than that moves it. On parallel links between one pair, several calendars, recorded progress, and by the
//! rules of each profile.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Lag, LinkIx, LinkKind, NodeIx, Projection};
use framdrift_model::rules::{LagCalendar, Precedence, Profile, Rules};
use framdrift_schedule::explain::{Cause, driver, paths};
use framdrift_schedule::{Network, Schedule, Side, compute};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans};
use crate::support::{DAY, FF, FS, HOUR, SS, at, plan, work};

/// The rules of a profile, with lags where margins are counted: on the successor's calendar.
fn rules(profile: Profile) -> Rules {
    let mut rules = Rules::of(profile);
    rules.lag_calendar = LagCalendar::Successor;
    rules
}

fn computed(plan: &Projection, facts: &Facts) -> (Network, Schedule) {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, facts).unwrap();
    (network, schedule)
}

/// The plan with one lag longer by working minutes; none where the lag is no working time.
fn longer(plan: &Projection, link: LinkIx, minutes: i64) -> Option<Projection> {
    let mut plan = plan.clone();
    match &mut plan.links[link.index()].lag {
        Lag::Work(lag) => *lag += minutes,
        _ => return None,
    }
    Some(plan)
}

/// Progress that some nodes have made, from the first on: what is finished follows nothing unfinished.
pub(crate) fn progress(plan: &Projection, marks: &[u8]) -> Facts {
    let mut facts = Facts::none();
    let planned = computed(plan, &Facts::none()).1;
    let now = planned.start().plus(5 * 1_440 + 600);
    facts.status_date = Some(now);
    for (node, mark) in (0..plan.nodes.len() as u32).map(NodeIx).zip(marks) {
        let dates = planned.dates(node);
        if plan.nodes[node.index()].summary || dates.early_start >= now {
            continue;
        }
        match mark % 4 {
            0 if dates.early_finish < now => facts.finish(node, dates.early_finish),
            0 => facts.start(node, dates.early_start),
            1 => {
                facts.start(node, dates.early_start);
                facts.left(node, i64::from(*mark) * 7);
            }
            2 => facts.start(node, dates.early_start.plus(-i64::from(*mark))),
            _ => {}
        }
    }
    facts
}

/// Whether a date that must be kept moves a node whatever its links ask for.
fn is_held(plan: &Projection, node: NodeIx) -> bool {
    plan.rules.precedence == Precedence::Constraints && !plan.nodes[node.index()].bounds.is_empty()
}

/// Whether a link waits for just its lag. P6 takes from it what was waited already, and keeps a lead after the status date.
fn counts(plan: &Projection, facts: &Facts, link: LinkIx) -> bool {
    let link = &plan.links[link.index()];
    let lead = matches!(link.lag, Lag::Work(..0));
    plan.rules.profile != Profile::P6 || !lead && facts.of(link.from).is_none()
}

/// Makes the runner-up of every early date longer, and its driver shorter, where both are links.
fn check(plan: &Projection, facts: &Facts) -> Result<(), TestCaseError> {
    let (network, schedule) = computed(plan, facts);
    for node in (0..plan.nodes.len() as u32).map(NodeIx).filter(|n| !is_held(plan, *n)) {
        for side in [Side::EarlyStart, Side::EarlyFinish] {
            let why = driver(&network, &schedule, node, side);
            let Some(next) = why.runner_up else { continue };
            prop_assert!(next.margin >= 0);
            let calendar = &plan.calendars[plan.nodes[node.index()].calendar.index()];
            let said = || format!("{node:?} {side:?} {why:?}");
            if let Cause::Link { link, .. } = next.cause
                && counts(plan, facts, link)
                && let Some(just) = longer(plan, link, next.margin)
            {
                let dates = computed(&just, facts).1.dates(node);
                // What is made just as long may be named by another instant of the same working time.
                // No lag at all leaves a finish in free time, and the last minute of work comes after it.
                let none = just.links[link.index()].lag == Lag::NONE;
                prop_assert!(none || calendar.between(why.date, dates.on(side)) == 0, "{}", said());
                // A finish asked for in free time comes a minute after it.
                let more = longer(plan, link, next.margin + 2).expect("it has a working lag");
                let dates = computed(&more, facts).1.dates(node);
                prop_assert!(dates.on(side) > why.date, "{} stays at {}", said(), dates.on(side));
            }
            if let Cause::Link { link, .. } = why.cause
                && counts(plan, facts, link)
                && let Some(less) = longer(plan, link, -next.margin - 2)
            {
                let dates = computed(&less, facts).1.dates(node);
                prop_assert_eq!(
                    calendar.between(next.date, dates.on(side)),
                    0,
                    "{} {}",
                    said(),
                    dates.on(side)
                );
            }
        }
    }
    Ok(())
}

#[test]
fn three_links_between_one_pair_each_have_their_margin() {
    for profile in Profile::ALL {
        let mut plan = plan();
        plan.rules = rules(*profile);
        let a = work(&mut plan, "a", 5 * DAY);
        let b = work(&mut plan, "b", 3 * DAY);
        let ss = plan.link(a, b, SS, Lag::Work(DAY));
        let ff = plan.link(a, b, FF, Lag::Work(2 * HOUR));
        let fs = plan.link(a, b, FS, Lag::Work(-3 * DAY));
        let (network, schedule) = computed(&plan, &Facts::none());
        // By their finishes b would start on day 2 and two hours, by the lead on day 2, by the starts on day 1.
        let why = driver(&network, &schedule, b, Side::EarlyFinish);
        assert_eq!(why.cause, Cause::Link { link: ff, node: a }, "{profile:?}");
        assert_eq!(why.date, at("2026-03-09T10:00"), "{profile:?}");
        let next = why.runner_up.unwrap();
        assert_eq!(next.cause, Cause::Link { link: fs, node: a }, "{profile:?}");
        assert_eq!(next.margin, 2 * HOUR, "{profile:?}");
        let found = paths(&network, &schedule, Some(b), 9).paths;
        let floats: Vec<(Cause, i64)> = found.iter().map(|p| (p.steps[1].why, p.float)).collect();
        let link = |link| Cause::Link { link, node: a };
        assert_eq!(
            floats,
            [(link(ff), 0), (link(fs), 2 * HOUR), (link(ss), DAY + 2 * HOUR)],
            "{profile:?}"
        );
    }
}

/// Plans whose neighbours are joined by several links of different kinds.
fn parallel(allow: Allow) -> impl Strategy<Value = Projection> {
    (plans(allow), vec((0..3_usize, -900..900_i64), 0..24)).prop_map(|(mut plan, extra)| {
        let links = plan.links.clone();
        for (link, (kind, lag)) in links.iter().zip(extra) {
            let kind = [LinkKind::FinishToStart, SS, FF][kind];
            plan.link(link.from, link.to, kind, Lag::Work(lag));
        }
        plan
    })
}

const LEAVES: Allow = Allow {
    summaries: false,
    pulled: false,
    civil: false,
    ..ANYTHING
};

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn own_rules(plan in parallel(LEAVES)) {
        check(&plan, &Facts::none())?;
    }

    #[test]
    fn own_rules_with_progress(plan in parallel(LEAVES), marks in vec(any::<u8>(), 12)) {
        check(&plan, &progress(&plan, &marks))?;
    }

    #[test]
    fn project(plan in parallel(LEAVES), marks in vec(any::<u8>(), 12)) {
        let mut plan = plan;
        plan.rules = rules(Profile::MsProject);
        check(&plan, &Facts::none())?;
        check(&plan, &progress(&plan, &marks))?;
    }

    #[test]
    fn p6(plan in parallel(LEAVES), marks in vec(any::<u8>(), 12)) {
        let mut plan = plan;
        plan.rules = rules(Profile::P6);
        check(&plan, &Facts::none())?;
        check(&plan, &progress(&plan, &marks))?;
    }
}
