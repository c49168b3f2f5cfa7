//! An oracle written to be read: the engine's dates against the definitions, on random plans.
//!
//! The oracle is tried by itself as well: `by_hand` on plans that one can do in the head, `promises` on random ones.
//!
//! `FRAMDRIFT_CASES=100000 cargo test reference` compares that many plans, `FRAMDRIFT_SEED=7` other ones.

mod by_hand;
mod calendar;
pub(crate) mod generate;
mod promises;
mod schedule;

use std::env;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Lag, LinkKind, NodeIx, Span, TimeNode};
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, compute};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use calendar::Hours;
use generate::{Plan, plans, plans_at_the_ends_of_time};
use schedule::Dates;

#[test]
fn dates_and_floats_are_as_defined() {
    on_random(plans(), 2_000, compare);
}

#[test]
fn dates_and_floats_are_as_defined_at_the_ends_of_time() {
    on_random(plans_at_the_ends_of_time(), 300, |mut plan| {
        answers(&plan)?;
        // How far a node may be pulled is not defined where its successor's bound lies beyond the last instant: whatever
        // that bound asks for, the successor stays where it is. So that is only seen to do no harm.
        for node in &mut plan.projection.nodes {
            node.as_late_as_possible = false;
        }
        compare(plan)
    });
}

/// 1900-01-01 is a Monday, and nothing is before it.
#[test]
fn what_would_lie_before_the_first_instant_lies_there() {
    let day = |n: i64| Minute::MIN.plus(n * 1_440);
    let eight = 8 * 60;
    for (span, kind, late) in [
        // Five days end on Friday at eight: four of them can be worked before, or run by the clock, so the fifth began in 1899.
        (
            Span::Work(5 * 480),
            LinkKind::StartToFinish,
            (day(0), day(0).plus(11 * 60 + 59)),
        ),
        (Span::Work(5 * 480), LinkKind::FinishToFinish, (day(0), day(0))),
        (Span::Elapsed(5 * 1_440), LinkKind::FinishToFinish, (day(0), day(0))),
        (
            Span::Elapsed(5 * 1_440),
            LinkKind::StartToFinish,
            (day(0), day(0).plus(11 * 60 + 59)),
        ),
        // Four days by the clock begin on Monday at eight.
        (
            Span::Elapsed(4 * 1_440),
            LinkKind::FinishToFinish,
            (day(3).plus(13 * 60), day(3).plus(17 * 60)),
        ),
    ] {
        let mut plan = Plan::new(day(7).plus(eight), Hours::standard());
        let one = plan.projection.add(TimeNode::activity("one", Span::Work(240)));
        let other = plan.projection.add(TimeNode::activity("other", span));
        plan.projection.link(one, other, kind, Lag::NONE);
        plan.projection.nodes[other.index()].bounds.push(Bound {
            kind: BoundKind::FinishNotAfter,
            at: day(4).plus(eight),
            origin: BoundOrigin::Constraint(0),
        });
        let network = Network::new(plan.projection.clone()).unwrap();
        let schedule = compute(&network, &Facts::none()).unwrap();
        let dates = schedule.dates(one);
        assert_eq!((dates.late_start, dates.late_finish), late, "{span:?} {kind:?}");
        schedule.verify(&network, &Facts::none()).unwrap();
        compare(plan).unwrap();
    }
}

#[test]
fn the_calendars_count_alike() {
    let questions = (plans(), -40_000..40_000_i64, -3_000..3_000_i64);
    on_random(questions, 500, |(plan, offset, work)| {
        let origin = plan.projection.start.expect("a plan has a start");
        let t = origin.plus(offset);
        for (naive, compiled) in plan.calendars.iter().zip(&plan.projection.calendars) {
            let index = compiled.work_at(t);
            prop_assert_eq!(naive.between(origin, t), index - compiled.work_at(origin));
            prop_assert_eq!(
                naive.earliest(t, work),
                compiled.finish_of(index + work),
                "finish_of {} {}",
                t,
                work
            );
            prop_assert_eq!(
                naive.latest(t, work),
                compiled.start_of(index + work),
                "start_of {} {}",
                t,
                work
            );
        }
        Ok(())
    });
}

#[test]
fn the_calendars_end_alike() {
    let questions = (plans_at_the_ends_of_time(), -3_000..3_000_i64);
    on_random(questions, 100, |(plan, work)| {
        for (naive, compiled) in plan.calendars.iter().zip(&plan.projection.calendars) {
            for t in [Minute::MIN, Minute::MIN.plus(999), Minute::MAX.plus(-999), Minute::MAX] {
                let index = compiled.work_at(t);
                prop_assert_eq!(
                    naive.earliest(t, work),
                    compiled.finish_of(index + work),
                    "finish_of {} {}",
                    t,
                    work
                );
                prop_assert_eq!(
                    naive.latest(t, work),
                    compiled.start_of(index + work),
                    "start_of {} {}",
                    t,
                    work
                );
            }
        }
        Ok(())
    });
}

/// Runs a test on as many random inputs as the environment asks for, the same ones every time unless it gives a seed.
pub(crate) fn on_random<S: Strategy>(inputs: S, cases: u32, test: impl Fn(S::Value) -> TestCaseResult) {
    let number = |name: &str| {
        env::var(name)
            .ok()
            .map(|text| text.parse::<u32>().expect("a whole number"))
    };
    let config = Config {
        cases: number("FRAMDRIFT_CASES").unwrap_or(cases),
        failure_persistence: None,
        ..Config::default()
    };
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number("FRAMDRIFT_SEED").unwrap_or(0).to_le_bytes());
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &seed);
    if let Err(failure) = TestRunner::new_with_rng(config, random).run(&inputs, test) {
        panic!("{failure}");
    }
}

/// The two answers must be the same, line by line.
fn compare(plan: Plan) -> TestCaseResult {
    let expected: Vec<String> = schedule::schedule(&plan).into_iter().map(line).collect();
    let answered = answers(&plan)?;
    let mut report = String::from("the engine's dates are not the reference's\n");
    for (node, (expected, answered)) in expected.iter().zip(&answered).enumerate() {
        let mark = if expected == answered { ' ' } else { '!' };
        report += &format!("{mark} {node:>2} reference {expected}\n{mark}    engine    {answered}\n");
    }
    prop_assert!(expected == answered, "{report}");
    Ok(())
}

/// The engine's answer, a line for each node.
fn answers(plan: &Plan) -> Result<Vec<String>, TestCaseError> {
    let network = Network::new(plan.projection.clone()).map_err(|fault| TestCaseError::fail(format!("{fault:?}")))?;
    let schedule = compute(&network, &Facts::none()).map_err(|fault| TestCaseError::fail(format!("{fault:?}")))?;
    let answer = |node: usize| {
        let node = NodeIx(u32::try_from(node).expect("a plan is small"));
        let dates = schedule.dates(node);
        let mut answer = line(Dates {
            early_start: dates.early_start,
            early_finish: dates.early_finish,
            late_start: dates.late_start,
            late_finish: dates.late_finish,
            total_float: dates.total_float,
            free_float: dates.free_float,
            critical: dates.critical,
            beyond_horizon: schedule.beyond_horizon().contains(&node),
        });
        if (dates.start, dates.finish) != (dates.early_start, dates.early_finish) {
            answer += &format!(" but stands {}–{}", dates.start, dates.finish);
        }
        answer
    };
    Ok((0..plan.projection.nodes.len()).map(answer).collect())
}

fn line(dates: Dates) -> String {
    format!(
        "early {}–{} late {}–{} total {} free {}{}{}",
        dates.early_start,
        dates.early_finish,
        dates.late_start,
        dates.late_finish,
        dates.total_float,
        dates.free_float,
        if dates.critical { " critical" } else { "" },
        if dates.beyond_horizon {
            " beyond the horizon"
        } else {
            ""
        },
    )
}
