//! What the reference promises, seen from outside: on random plans, and from its answers alone.

use framdrift_model::projection::{BoundKind, Lag, LinkKind, Span, TimeLink};
use framdrift_model::time::Minute;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::generate::{Plan, plans};
use super::on_random;
use super::schedule::{Dates, When, incoming, leaves_of, outgoing, schedule, share, upwards};

#[test]
fn every_link_holds_at_both_ends() {
    on_random(plans(), 2_000, |plan| {
        let dates = schedule(&plan);
        for link in &plan.projection.links {
            holds(&plan, link, &dates)?;
        }
        Ok(())
    });
}

#[test]
fn without_caps_no_float_is_negative() {
    on_random(plans(), 2_000, |mut plan| {
        lift_caps(&mut plan);
        for (node, dates) in schedule(&plan).iter().enumerate() {
            prop_assert!(dates.total_float >= 0, "{node} has {}", dates.total_float);
        }
        Ok(())
    });
}

#[test]
fn a_pulled_activity_moves_by_its_free_float() {
    on_random(plans(), 300, |mut plan| {
        lift_caps(&mut plan);
        for node in &mut plan.projection.nodes {
            node.as_late_as_possible = false;
        }
        let before = schedule(&plan);
        for (node, was) in before.iter().enumerate() {
            // Elapsed time may slip into a weekend and come out of it: its two ends then move by different amounts of work.
            let works = matches!(plan.projection.nodes[node].span, Span::Work(_));
            if plan.projection.nodes[node].summary || !works || was.free_float == 0 {
                continue;
            }
            plan.projection.nodes[node].as_late_as_possible = true;
            let after = &schedule(&plan)[node];
            plan.projection.nodes[node].as_late_as_possible = false;
            let calendar = &plan.calendars[plan.projection.nodes[node].calendar.index()];
            let moved = calendar.between(was.early_finish, after.early_finish);
            // A link that leaves from its start says nothing about its finish, which stays within the project.
            let Dates {
                free_float,
                total_float,
                ..
            } = *was;
            prop_assert_eq!(moved, free_float.min(total_float), "{}", node);
            prop_assert_eq!(after.free_float, free_float - moved, "{}", node);
        }
        Ok(())
    });
}

/// Takes the caps away and leaves the floors.
fn lift_caps(plan: &mut Plan) {
    for node in &mut plan.projection.nodes {
        node.bounds
            .retain(|bound| !matches!(bound.kind, BoundKind::StartNotAfter | BoundKind::FinishNotAfter));
        for bound in &mut node.bounds {
            bound.kind = match bound.kind {
                BoundKind::MustStart => BoundKind::StartNotBefore,
                BoundKind::MustFinish => BoundKind::FinishNotBefore,
                kind => kind,
            };
        }
    }
}

/// Whether a link holds between early dates and between late dates, counted from each end to the other.
fn holds(plan: &Plan, link: &TimeLink, dates: &[Dates]) -> TestCaseResult {
    let nodes = &plan.projection.nodes;
    let (from, to) = (link.from.index(), link.to.index());
    if upwards(nodes, from).contains(&to) || upwards(nodes, to).contains(&from) {
        return Ok(());
    }
    let early = |node: usize| When {
        start: dates[node].early_start,
        finish: dates[node].early_finish,
    };
    let late = |node: usize| When {
        start: dates[node].late_start,
        finish: dates[node].late_finish,
    };
    for successor in leaves_of(nodes, to) {
        let calendar = &plan.calendars[nodes[successor].calendar.index()];
        // Work reaches a finish in working time; a start and what takes none stand no earlier than the instant.
        let works = matches!(nodes[successor].span, Span::Work(1..)) && !nodes[successor].summary;
        let by_work = works && matches!(link.kind, LinkKind::FinishToFinish | LinkKind::StartToFinish);
        let reaches = |asked: Minute, q: Minute| asked <= q || by_work && calendar.between(asked, q) >= 0;
        let lag_holds = |lag: Lag, p: Minute, q: Minute| match lag {
            Lag::Work(0) => reaches(p, q),
            Lag::Work(minutes) => calendar.between(p, q) >= minutes,
            Lag::Elapsed(minutes) => reaches(p.plus(minutes), q),
            Lag::Period(period) => reaches(period.earliest_anchor(p), q),
            Lag::Percent(_) => unreachable!("a share has become minutes"),
        };
        // A link out of a summary's start leaves from the summary; which leaf's share it takes is settled before any is
        // pulled, and then not to be seen from here.
        let of_a_start = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
        let predecessors = if of_a_start {
            [from].into()
        } else {
            leaves_of(nodes, from)
        };
        for predecessor in predecessors {
            let lag = match (link.lag, nodes[predecessor].span) {
                (Lag::Percent(_), _) if !leaves_of(nodes, predecessor).contains(&predecessor) => continue,
                (Lag::Percent(_), _) if nodes[predecessor].summary => Lag::NONE,
                (Lag::Percent(thousandths), Span::Work(minutes)) => Lag::Work(share(minutes, thousandths)),
                (Lag::Percent(thousandths), Span::Elapsed(minutes)) => Lag::Elapsed(share(minutes, thousandths)),
                (lag, _) => lag,
            };
            for (from, to) in [
                (early(predecessor), early(successor)),
                (late(predecessor), late(successor)),
            ] {
                let (p, q) = (outgoing(link.kind, from), incoming(link.kind, to));
                prop_assert!(lag_holds(lag, p, q), "{predecessor} {p} -> {successor} {q} {lag:?}");
            }
        }
    }
    Ok(())
}
