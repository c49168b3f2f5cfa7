//! What cannot be kept: a plan of just what is named clashes, and one without any of it does not.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Lag, Mode, NodeIx, Projection, Span};
use framdrift_model::rules::{Precedence, Profile, Rules};
use framdrift_schedule::explain::{Cap, Cause, Clash, clashes};
use framdrift_schedule::{Network, Schedule, Side, compute};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans};
use crate::support::{DAY, FF, SF, SS, after, at, bound, child, plan, solve, summary, work};

/// What is taken away of a set.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gone {
    Nothing,
    Floor,
    Link(usize),
    Duration(usize),
    Delay(usize),
}

const LONG_AGO: &str = "1950-01-01T00:00";

fn is_of_start(kind: BoundKind) -> bool {
    use BoundKind::{ExternalStart, MustStart, StartNotAfter, StartNotBefore};
    matches!(kind, StartNotBefore | MustStart | StartNotAfter | ExternalStart)
}

/// A plan of nothing but a set, less what is gone: whether it runs past its cap.
fn still_clashes(plan: &Projection, facts: &Facts, clash: &Clash, gone: Gone) -> bool {
    let mut built = plan.clone();
    let mut told = Facts::none();
    built.links.clear();
    built.finish = None;
    built.rules.precedence = Precedence::Links;
    for node in &mut built.nodes {
        node.mode = Mode::Inactive;
        node.bounds.clear();
        node.parent = None;
        node.summary = false;
        node.as_late_as_possible = false;
    }
    built.start = Some(at(LONG_AGO));
    let floor = clash.chain[0].why;
    for (n, step) in clash.chain.iter().enumerate() {
        let node = &mut built.nodes[step.node.index()];
        node.mode = Mode::Computed;
        if plan.nodes[step.node.index()].summary {
            // One that nothing belongs to is an instant.
            node.span = Span::Work(0);
        }
        let enters_by_finish = match (n, step.why) {
            (0, Cause::Bound { node, index }) => !is_of_start(plan.nodes[node.index()].bounds[index as usize].kind),
            (0, _) => false,
            (_, Cause::Link { link, .. }) => matches!(plan.links[link.index()].kind, FF | SF),
            other => panic!("{other:?} within a chain"),
        };
        let leaves_by_start = match clash.chain.get(n + 1).map(|next| next.why) {
            Some(Cause::Link { link, .. }) => matches!(plan.links[link.index()].kind, SS | SF),
            Some(other) => panic!("{other:?} within a chain"),
            None => clash.of_start,
        };
        let stays = step.duration && gone != Gone::Duration(n);
        let unbounded = step.duration && enters_by_finish && leaves_by_start;
        node.span = match (node.span, stays, unbounded) {
            (span, true, _) => span,
            // It is needed not to take longer.
            (Span::Work(_), false, true) => Span::Work(480 * 250 * 30),
            (Span::Elapsed(_), false, true) => Span::Elapsed(1_440 * 365 * 30),
            (Span::Work(_), false, false) => Span::Work(0),
            (Span::Elapsed(_), false, false) => Span::Elapsed(0),
        };
        if !step.delay || gone == Gone::Delay(n) {
            node.delay = 0;
        }
        if let Cause::Bound { node: holder, index } = floor
            && gone != Gone::Floor
        {
            let mut bound = plan.nodes[holder.index()].bounds[index as usize];
            let above = std::iter::successors(Some(step.node), |n| plan.nodes[n.index()].parent);
            bound.kind = match is_of_start(bound.kind) {
                true => BoundKind::StartNotBefore,
                false => BoundKind::FinishNotBefore,
            };
            if above.into_iter().any(|above| above == holder) {
                built.nodes[step.node.index()].bounds.push(bound);
            }
        }
        if let (1.., Cause::Link { link, node }) = (n, step.why) {
            assert_eq!(node, clash.chain[n - 1].node);
            if gone != Gone::Link(n) {
                let mut link = plan.links[link.index()];
                (link.from, link.to) = (node, step.node);
                built.links.push(link);
            }
        }
    }
    if gone != Gone::Floor {
        match floor {
            Cause::ProgrammeStart => built.start = plan.start,
            Cause::StatusDate => told.status_date = facts.status_date,
            Cause::Actual => {
                told.set(clash.chain[0].node, *facts.of(clash.chain[0].node).unwrap());
            }
            _ => {}
        }
    }
    let last = clash.chain.last().unwrap().node;
    let (kind, side) = match clash.of_start {
        true => (BoundKind::StartNotAfter, Side::EarlyStart),
        false => (BoundKind::FinishNotAfter, Side::EarlyFinish),
    };
    built.nodes[last.index()].bounds.push(Bound {
        kind,
        at: clash.at,
        origin: BoundOrigin::Deadline,
    });
    let network = Network::new(built).unwrap();
    let schedule = compute(&network, &told).unwrap();
    let calendar = &plan.calendars[plan.nodes[last.index()].calendar.index()];
    let dates = schedule.dates(last);
    let date = match (told.of(last).is_some(), clash.of_start) {
        (true, true) => dates.start,
        (true, false) => dates.finish,
        _ => dates.on(side),
    };
    date > clash.at && plan.nodes[last.index()].counts().between(calendar, clash.at, date) > 0
}

fn check(plan: &Projection, facts: &Facts, clash: &Clash) -> Result<(), TestCaseError> {
    prop_assert!(clash.minimal && clash.late > 0, "{:?}", clash);
    let still = |gone| still_clashes(plan, facts, clash, gone);
    prop_assert!(still(Gone::Nothing), "{:?} is no clash by itself", clash);
    if !matches!(clash.chain[0].why, Cause::Actual | Cause::Typed(_)) {
        prop_assert!(!still(Gone::Floor), "{:?} clashes without its floor", clash);
    }
    for (n, step) in clash.chain.iter().enumerate() {
        if n > 0 {
            prop_assert!(!still(Gone::Link(n)), "{:?} clashes without link {}", clash, n);
        }
        if step.duration {
            prop_assert!(!still(Gone::Duration(n)), "{:?} clashes without duration {}", clash, n);
        }
        if step.delay {
            prop_assert!(!still(Gone::Delay(n)), "{:?} clashes without delay {}", clash, n);
        }
    }
    Ok(())
}

/// Shares as what they come to, so that a lag stays when a duration goes.
fn with_lags_worked_out(mut plan: Projection) -> Projection {
    let spans: Vec<Span> = plan.nodes.iter().map(|node| node.span).collect();
    for link in &mut plan.links {
        if let Lag::Percent(share) = link.lag {
            let part = |minutes: i64| minutes * share / 100_000;
            link.lag = match spans[link.from.index()] {
                Span::Work(minutes) => Lag::Work(part(minutes)),
                Span::Elapsed(minutes) => Lag::Elapsed(part(minutes)),
            };
        }
    }
    plan
}

/// The nodes with caps that cannot be kept, in working minutes by which they are missed.
fn missed(plan: &Projection, schedule: &Schedule) -> Vec<(NodeIx, i64)> {
    let mut found = Vec::new();
    for (node, dates) in schedule.iter() {
        let calendar = &plan.calendars[plan.nodes[node.index()].calendar.index()];
        for bound in &plan.nodes[node.index()].bounds {
            let date = match bound.kind {
                BoundKind::StartNotAfter | BoundKind::MustStart => dates.start,
                BoundKind::FinishNotAfter | BoundKind::MustFinish => dates.finish,
                _ => continue,
            };
            let late = plan.nodes[node.index()].counts().between(calendar, bound.at, date);
            if date > bound.at && late > 0 {
                found.push((node, late));
            }
        }
    }
    found
}

#[test]
fn only_what_is_needed_is_named() {
    let mut plan = plan();
    let early = work(&mut plan, "early", DAY);
    let long = work(&mut plan, "long", 8 * DAY);
    let short = work(&mut plan, "short", DAY);
    let last = work(&mut plan, "last", 2 * DAY);
    after(&mut plan, early, long);
    let one = after(&mut plan, long, short);
    let two = after(&mut plan, short, last);
    bound(&mut plan, long, BoundKind::StartNotBefore, "2026-03-09T08:00");
    bound(&mut plan, last, BoundKind::FinishNotAfter, "2026-03-18T17:00");
    bound(&mut plan, short, BoundKind::FinishNotAfter, "2026-03-31T17:00");
    let (network, schedule) = solve(&plan);
    let found = clashes(&network, &schedule, 10);
    assert_eq!((found.clashes.len(), found.left_out), (1, 0));
    let clash = &found.clashes[0];
    assert_eq!(clash.cap, Cap::Bound { node: last, index: 0 });
    assert_eq!((clash.node, clash.late, clash.of_start), (last, 3 * DAY, false));
    assert_eq!(clash.date, at("2026-03-23T17:00"));
    let chain: Vec<_> = clash.chain.iter().map(|s| (s.node, s.why, s.duration)).collect();
    let expected = [
        (long, Cause::Bound { node: long, index: 0 }, true),
        (short, Cause::Link { link: one, node: long }, false),
        (last, Cause::Link { link: two, node: short }, true),
    ];
    assert_eq!(chain, expected);
    check(&plan, &Facts::none(), clash).unwrap();
    assert_eq!(clashes(&network, &schedule, 0).left_out, 1);
}

#[test]
fn a_deadline_before_the_start_needs_no_links() {
    let mut plan = plan();
    let a = work(&mut plan, "a", DAY);
    let b = work(&mut plan, "b", DAY);
    after(&mut plan, a, b);
    bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-02-27T16:00");
    let (network, schedule) = solve(&plan);
    let clash = &clashes(&network, &schedule, 1).clashes[0];
    let chain: Vec<_> = clash.chain.iter().map(|s| (s.node, s.why, s.duration)).collect();
    assert_eq!(chain, [(b, Cause::ProgrammeStart, false)]);
    assert_eq!((clash.spared, clash.late), (1, 2 * DAY + 60));
}

#[test]
fn of_a_summary_the_worst_leaf_counts_and_the_finish_of_all_is_a_cap() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    child(&mut plan, phase, "short", DAY);
    let long = child(&mut plan, phase, "long", 9 * DAY);
    bound(&mut plan, phase, BoundKind::FinishNotAfter, "2026-03-05T17:00");
    plan.finish = Some(at("2026-03-10T17:00"));
    let (network, schedule) = solve(&plan);
    let found = clashes(&network, &schedule, 9).clashes;
    let told: Vec<_> = found.iter().map(|c| (c.cap, c.node, c.late)).collect();
    let cap = Cap::Bound { node: phase, index: 0 };
    assert_eq!(told, [(cap, long, 5 * DAY), (Cap::Finish, long, 2 * DAY)]);
}

#[test]
fn links_that_dates_break_are_named() {
    for profile in [Profile::MsProject, Profile::P6] {
        let mut plan = plan();
        plan.rules = Rules::of(profile);
        let a = work(&mut plan, "a", 5 * DAY);
        let side = work(&mut plan, "side", 4 * DAY);
        let quick = work(&mut plan, "quick", 60);
        let b = work(&mut plan, "b", DAY);
        let broken = after(&mut plan, a, b);
        let other = after(&mut plan, side, b);
        after(&mut plan, quick, b);
        bound(&mut plan, b, BoundKind::MustStart, "2026-03-04T08:00");
        let (network, schedule) = solve(&plan);
        assert_eq!(schedule.dates(b).early_start, at("2026-03-04T08:00"));
        let found = clashes(&network, &schedule, 9).clashes;
        assert_eq!(found.len(), 1, "{profile:?}");
        assert_eq!(found[0].broken, [broken, other]);
        assert_eq!((found[0].late, found[0].date), (3 * DAY, at("2026-03-09T08:00")));
        let chain: Vec<_> = found[0].chain.iter().map(|s| (s.node, s.why, s.duration)).collect();
        let expected = [
            (a, Cause::ProgrammeStart, true),
            (b, Cause::Link { link: broken, node: a }, false),
        ];
        assert_eq!(chain, expected);
        check(&plan, &Facts::none(), &found[0]).unwrap();
    }
}

#[test]
fn typed_dates_clash_with_what_they_follow() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    plan.nodes[b.index()].mode = Mode::Manual {
        start: at("2026-03-04T08:00"),
        finish: at("2026-03-04T17:00"),
    };
    let link = after(&mut plan, a, b);
    let (network, schedule) = solve(&plan);
    let found = clashes(&network, &schedule, 9).clashes;
    assert_eq!((found[0].cap, found[0].late), (Cap::Typed(b), 3 * DAY));
    assert_eq!(found[0].broken, [link]);
    assert_eq!(found[0].chain.len(), 2);
}

#[test]
fn a_chain_of_thousands_is_no_trouble() {
    let mut plan = plan();
    let nodes: Vec<NodeIx> = (0..5_000).map(|n| work(&mut plan, &n.to_string(), 1 + n % 7)).collect();
    for pair in nodes.windows(2) {
        after(&mut plan, pair[0], pair[1]);
    }
    bound(&mut plan, nodes[4_999], BoundKind::FinishNotAfter, "2026-03-13T17:00");
    let (network, schedule) = solve(&plan);
    let found = clashes(&network, &schedule, 9);
    assert_eq!(found.clashes.len(), 1);
    assert_eq!(found.clashes[0].spared + found.clashes[0].chain.len(), 5_000);
    assert!(found.clashes[0].spared > 1_000);
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sets_are_minimal(plan in plans(Allow { pulled: false, ..ANYTHING })) {
        let plan = with_lags_worked_out(plan);
        let (network, schedule) = solve(&plan);
        for clash in clashes(&network, &schedule, 99).clashes {
            check(&plan, &Facts::none(), &clash)?;
        }
    }

    #[test]
    fn every_cap_that_is_missed_is_named(plan in plans(Allow { summaries: false, pulled: false, ..ANYTHING })) {
        let (network, schedule) = solve(&plan);
        let mut told: Vec<(NodeIx, i64)> = clashes(&network, &schedule, 99)
            .clashes
            .iter()
            .map(|clash| (clash.node, clash.late))
            .collect();
        told.sort_unstable();
        prop_assert_eq!(told, missed(&plan, &schedule));
    }

    #[test]
    fn sets_are_minimal_by_the_rules_of_other_tools(
        plan in plans(Allow { summaries: false, pulled: false, ..ANYTHING }),
        p6 in any::<bool>(),
        constraints in any::<bool>(),
        delays in vec(0..3_000_i64, 12),
    ) {
        let mut plan = with_lags_worked_out(plan);
        plan.rules = Rules::of(if p6 { Profile::P6 } else { Profile::MsProject });
        // Lead times are framdrift's own. A lead never takes P6 back before the start of the programme.
        plan.links.retain(|link| match link.lag {
            Lag::Work(lag) | Lag::Elapsed(lag) => !p6 || lag >= 0,
            _ => false,
        });
        for (node, delay) in plan.nodes.iter_mut().zip(delays) {
            node.delay = if p6 { 0 } else { (delay - 2_000).max(0) };
            // Microsoft Project lets what must finish in free time stand there; a floor would not.
            for bound in node.bounds.iter_mut().filter(|b| !p6 && b.kind == BoundKind::MustFinish) {
                bound.kind = BoundKind::MustStart;
            }
            if constraints {
                node.bounds.iter_mut().for_each(|b| b.origin = BoundOrigin::Constraint(0));
            }
        }
        let network = Network::new(plan.clone()).unwrap();
        let schedule = compute(&network, &Facts::none()).unwrap();
        for clash in clashes(&network, &schedule, 99).clashes {
            check(&plan, &Facts::none(), &clash)?;
        }
    }
}

#[test]
fn what_is_recorded_clashes_too() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", 3 * DAY);
    after(&mut plan, a, b);
    bound(&mut plan, a, BoundKind::FinishNotAfter, "2026-03-05T17:00");
    bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-11T17:00");
    let mut facts = Facts::none();
    facts.status_date = Some(at("2026-03-10T08:00"));
    facts.finish(a, at("2026-03-09T17:00"));
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, &facts).unwrap();
    let found = clashes(&network, &schedule, 9).clashes;
    let told: Vec<_> = found.iter().map(|c| (c.node, c.late, c.chain[0].why)).collect();
    assert_eq!(told, [(a, 2 * DAY, Cause::Actual), (b, DAY, Cause::StatusDate)]);
    assert_eq!(found[1].chain.len(), 1);
}
