//! Waits, floats, paths and clashes where progress is recorded, by the rules of every profile: what holds for all of them; and
//! their words.

use std::collections::HashSet;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, Counts, Lag, Mode, NodeIx, NodeKind, Projection};
use framdrift_model::rules::{Profile, Rules};
use framdrift_schedule::explain::{Cause, Ends, Speech, clashes, driver, floats, paths, waits};
use framdrift_schedule::{Network, Schedule, Side, compute};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::margins::progress;
use crate::properties::{ANYTHING, plans};
use crate::support::{DAY, FF, SS, after, bound, child, plan, solve, summary, work};

/// Asks everything, and checks what holds whatever the rules.
fn ask_everything(plan: &Projection, network: &Network, schedule: &Schedule) -> Result<(), TestCaseError> {
    let targets = (0..plan.nodes.len() as u32).map(|n| Some(NodeIx(n))).chain([None]);
    for target in targets {
        let found = paths(network, schedule, target, 25);
        let mut seen = HashSet::new();
        let mut last = 0;
        for path in &found.paths {
            prop_assert!(last <= path.float);
            last = path.float;
            let gaps: i64 = path.steps.iter().map(|step| step.gap).sum();
            prop_assert_eq!(path.float, gaps + path.after);
            prop_assert!(path.after >= 0 && path.steps.iter().all(|step| step.gap >= 0));
            let chain: Vec<_> = path.steps.iter().map(|step| (step.node, step.why)).collect();
            for pair in chain.windows(2) {
                let Cause::Link { node, .. } = pair[1].1 else {
                    panic!("{path:?}")
                };
                prop_assert_eq!(node, pair[0].0);
            }
            let hangs = matches!(chain[0].1, Cause::Link { .. });
            prop_assert!(!hangs);
            prop_assert!(seen.insert(format!("{chain:?}")), "{:?} twice", path);
        }
        if let Some(first) = found.paths.first() {
            prop_assert_eq!(first.float, 0, "something drives {:?}", target);
        }
        let Some(node) = target else { continue };
        for side in Side::ALL {
            let why = driver(network, schedule, node, side);
            prop_assert_eq!(why.date, schedule.dates(node).on(side));
        }
        if let Some(found) = waits(network, schedule, node) {
            prop_assert!(found.waits.iter().all(|wait| wait.margin > 0));
            let (Ends::Joins { float, .. } | Ends::Stops { float, .. }) = found.ends else {
                panic!("{:?}", found.ends)
            };
            let margins: i64 = found.waits.iter().map(|wait| wait.margin).sum();
            prop_assert_eq!(found.total_float, margins + float + found.rest);
            prop_assert!(found.rest >= 0 && found.left_out == 0, "{:?}", found);
        }
        let found = floats(network, schedule, node);
        prop_assert!(found.towards.windows(2).all(|pair| pair[0].float <= pair[1].float));
        prop_assert_eq!(found.left_out, 0);
    }
    for clash in clashes(network, schedule, 99).clashes {
        prop_assert!(clash.late > 0 && clash.minimal, "{:?}", clash);
        prop_assert_eq!(clash.chain.last().map(|step| step.node), Some(clash.node));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn with_progress_by_every_profile(
        plan in plans(ANYTHING),
        marks in vec(any::<u8>(), 12),
        profile in 0..3_usize,
        kinds in any::<u16>(),
    ) {
        let mut plan = plan;
        plan.rules = Rules::of(Profile::ALL[profile]);
        for (n, node) in plan.nodes.iter_mut().enumerate() {
            if kinds >> n & 1 == 1 {
                node.kind = NodeKind::Gate;
            }
            if n % 5 == 4 {
                node.mode = [Mode::LevelOfEffort, Mode::Inactive, Mode::Computed][usize::from(marks[n] % 3)];
            }
        }
        let Ok(network) = Network::new(plan.clone()) else { return Ok(()) };
        let facts = progress(&plan, &marks);
        let schedule = compute(&network, &facts).unwrap();
        ask_everything(&plan, &network, &schedule)?;
        let schedule = compute(&network, &Facts::none()).unwrap();
        ask_everything(&plan, &network, &schedule)?;
    }
}

/// Answers in words, with days.
fn told(plan: &Projection, tell: impl Fn(&Network, &Schedule, Speech<'_>) -> String) -> String {
    let (network, schedule) = solve(plan);
    let name = |node: NodeIx| plan.nodes[node.index()].id.to_string();
    let length = |minutes: i64, counts: Counts| match (counts, minutes % DAY) {
        (Counts::WorkingTime, 0) => format!("{}d", minutes / DAY),
        (Counts::WorkingTime, _) => format!("{minutes}m"),
        (Counts::Clock, _) => format!("{minutes}em"),
    };
    tell(&network, &schedule, Speech::new(&network, &name, &length))
}

#[test]
fn waits_in_words() {
    let mut plan = plan();
    let long = work(&mut plan, "long", 10 * DAY);
    let walls = work(&mut plan, "walls", 3 * DAY);
    let order = work(&mut plan, "order", DAY);
    let roof = work(&mut plan, "roof", 2 * DAY);
    let end = work(&mut plan, "end", DAY);
    let free = work(&mut plan, "free", DAY);
    let tiles = work(&mut plan, "tiles", DAY);
    for (from, to) in [(walls, roof), (order, roof), (roof, end), (long, end), (tiles, walls)] {
        after(&mut plan, from, to);
    }
    bound(&mut plan, walls, BoundKind::StartNotBefore, "2026-03-04T08:00");
    let said = |node| {
        told(&plan, |n, s, speech| {
            waits(n, s, node).unwrap().words(speech).to_string()
        })
    };
    assert_eq!(
        said(tiles),
        "`walls` waits 1d longer for its “start no earlier than 2026-03-04T08:00”\n\
         `end`, which is critical, waits 3d longer for the finish of `long`\n"
    );
    assert_eq!(said(free), "`free` has 10d until the finish of the programme\n");
}

#[test]
fn paths_and_floats_in_words() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let nodes: Vec<NodeIx> = (0..12)
        .map(|n| child(&mut plan, phase, &format!("n{n}"), DAY))
        .collect();
    for pair in nodes.windows(2) {
        after(&mut plan, pair[0], pair[1]);
    }
    let side = work(&mut plan, "side", DAY);
    after(&mut plan, side, nodes[6]);
    plan.link(side, nodes[11], FF, Lag::Work(-60));
    plan.link(side, nodes[11], SS, Lag::Elapsed(1_500));
    plan.nodes[nodes[11].index()].kind = NodeKind::Gate;
    bound(&mut plan, phase, BoundKind::FinishNotAfter, "2026-03-16T17:00");
    let said = told(&plan, |n, s, speech| paths(n, s, None, 4).words(speech).to_string());
    assert_eq!(
        said,
        "1. the longest: n0 → n1 → n2 → … (6 more) → n9 → n10 → n11\n\
         2. 5d shorter: side → n6 (waits 5d longer) → n7 → n8 → n9 → n10 → n11\n\
         3. 4740m shorter: side –SS+1500em→ n11 (waits 4740m longer)\n\
         4. 5340m shorter: side –FF-60m→ n11 (waits 5340m longer)\n"
    );
    let said = told(&plan, |n, s, speech| floats(n, s, side).words(speech).to_string());
    assert_eq!(
        said,
        "      4d  “finish no later than 2026-03-16T17:00” on `phase`\n      5d  gate `n11` as it stands, 2026-03-17T17:00\n"
    );
    let said = told(&plan, |n, s, speech| clashes(n, s, 9).words(speech).to_string());
    assert!(said.starts_with(
        "`n11` finishes 2026-03-17T17:00, 1d after “finish no later than 2026-03-16T17:00” on `phase`:\n  n0 from the start of the programme, takes 1d\n"
    ), "{said}");
}

#[test]
fn broken_links_in_words() {
    let mut plan = plan();
    plan.rules = Rules::of(Profile::P6);
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    after(&mut plan, a, b);
    bound(&mut plan, b, BoundKind::MustStart, "2026-03-04T08:00");
    let said = told(&plan, |n, s, speech| clashes(n, s, 9).words(speech).to_string());
    assert_eq!(
        said,
        "`b` by its links starts 2026-03-09T08:00, 3d after its “start on 2026-03-04T08:00”:\n  \
         a from the start of the programme, takes 5d\n  b after the finish of `a`\n  \
         the date is kept and breaks `a` → `b`\n"
    );
}
