//! A start that a link asks for or allows holds as an instant, whatever gaps the calendars have; a finish that anything asks
//! for, and dates that bound, hold in working time.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{BoundKind, Lag, LinkKind, NodeIx, Projection, Span, TimeLink};
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, Schedule};
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans, schedule};
use crate::support::{DAY, FF, HOUR, SF, SS, bound, early, floats, late, plan, solve, work};

/// A plan whose second calendar works round the clock.
fn plan_with_clock() -> Projection {
    let mut plan = plan();
    plan.add_calendar(WorkCalendar::always());
    plan
}

fn by_the_clock(plan: &mut Projection, node: NodeIx) {
    plan.nodes[node.index()].calendar = framdrift_model::projection::CalendarIx(1);
}

#[test]
fn a_finish_asked_for_in_a_gap_is_met_by_the_work_before_it() {
    for kind in [FF, SF] {
        let mut plan = plan_with_clock();
        let a = work(&mut plan, "a", HOUR);
        by_the_clock(&mut plan, a);
        let from = if kind == FF {
            "2026-03-07T11:00"
        } else {
            "2026-03-07T12:00"
        };
        bound(&mut plan, a, BoundKind::StartNotBefore, from);
        let b = work(&mut plan, "b", HOUR);
        plan.link(a, b, kind, Lag::NONE);
        let (_, schedule) = solve(&plan);
        // Saturday noon.
        assert_eq!(early(&schedule, b), "2026-03-06T16:00 2026-03-06T17:00");
        // The other way round: `a` may end, or start, until work goes on.
        work(&mut plan, "long", 10 * DAY);
        bound(&mut plan, b, BoundKind::FinishNotAfter, "2026-03-06T17:00");
        let (_, schedule) = solve(&plan);
        let last = if kind == FF {
            "2026-03-09T07:00 2026-03-09T08:00"
        } else {
            "2026-03-09T08:00 2026-03-09T09:00"
        };
        assert_eq!(late(&schedule, a), last);
    }
    let mut plan = plan();
    let dated = work(&mut plan, "dated", HOUR);
    bound(&mut plan, dated, BoundKind::FinishNotBefore, "2026-03-07T12:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, dated), "2026-03-06T16:00 2026-03-06T17:00");
}

#[test]
fn a_finish_asked_for_where_work_ends_or_begins() {
    for (from, found) in [
        // Friday 17:00, Monday 08:00, Monday 08:01.
        ("2026-03-06T16:00", "2026-03-06T16:00 2026-03-06T17:00"),
        ("2026-03-09T07:00", "2026-03-06T16:00 2026-03-06T17:00"),
        ("2026-03-09T07:01", "2026-03-06T16:01 2026-03-09T08:01"),
    ] {
        let mut plan = plan_with_clock();
        let a = work(&mut plan, "a", HOUR);
        by_the_clock(&mut plan, a);
        bound(&mut plan, a, BoundKind::StartNotBefore, from);
        let b = work(&mut plan, "b", HOUR);
        plan.link(a, b, FF, Lag::NONE);
        let (_, schedule) = solve(&plan);
        assert_eq!(early(&schedule, b), found);
    }
}

#[test]
fn a_late_start_allowed_in_a_gap_comes_one_minute_before_it() {
    for kind in [SS, SF] {
        let mut plan = plan_with_clock();
        let a = work(&mut plan, "a", HOUR);
        let b = work(&mut plan, "b", HOUR);
        by_the_clock(&mut plan, b);
        let from = if kind == SS {
            "2026-03-07T10:00"
        } else {
            "2026-03-07T09:00"
        };
        bound(&mut plan, b, BoundKind::MustStart, from);
        work(&mut plan, "long", 10 * DAY);
        plan.link(a, b, kind, Lag::NONE);
        let (_, schedule) = solve(&plan);
        // Saturday 10:00. Free float counts to the same start.
        assert_eq!(late(&schedule, a), "2026-03-06T16:59 2026-03-09T08:59");
        assert_eq!(floats(&schedule, a), (5 * DAY - 1, 5 * DAY - 1));

        plan.nodes[a.index()].as_late_as_possible = true;
        let (_, schedule) = solve(&plan);
        assert_eq!(early(&schedule, a), "2026-03-06T16:59 2026-03-09T08:59");
        assert_eq!(floats(&schedule, a), (0, 0));
    }
    let mut plan = plan();
    let dated = work(&mut plan, "dated", HOUR);
    work(&mut plan, "long", 10 * DAY);
    bound(&mut plan, dated, BoundKind::StartNotAfter, "2026-03-07T10:00");
    let (_, schedule) = solve(&plan);
    assert_eq!(late(&schedule, dated), "2026-03-09T08:00 2026-03-09T09:00");
}

#[test]
fn a_lag_by_the_clock_into_the_evening_leaves_no_negative_float() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 4 * HOUR);
    let b = work(&mut plan, "b", 4 * HOUR);
    plan.link(a, b, FF, Lag::Elapsed(8 * HOUR));
    let (_, schedule) = solve(&plan);
    // Noon and eight hours is 20:00.
    assert_eq!(early(&schedule, b), "2026-03-02T13:00 2026-03-02T17:00");
    // `a` may end at the finish of the programme. Its free float goes to the last hour from which 20:00 is not the next morning.
    assert_eq!(floats(&schedule, a), (4 * HOUR, 4 * HOUR));
    assert_eq!(floats(&schedule, b), (0, 0));
}

#[test]
fn what_is_pulled_against_a_finish_goes_as_far_as_its_free_float() {
    let mut plan = plan_with_clock();
    let a = work(&mut plan, "a", HOUR);
    by_the_clock(&mut plan, a);
    let b = work(&mut plan, "b", DAY);
    bound(&mut plan, b, BoundKind::StartNotBefore, "2026-03-06T08:00");
    work(&mut plan, "long", 10 * DAY);
    plan.link(a, b, FF, Lag::NONE);
    let (_, schedule) = solve(&plan);
    // Monday 09:00 to the next Monday 08:00, by the clock: Friday 17:00 meets all that comes before work goes on.
    assert_eq!(floats(&schedule, a).1, (7 * 24 - 1) * HOUR);
    plan.nodes[a.index()].as_late_as_possible = true;
    let (_, schedule) = solve(&plan);
    // Its late finish is a week later.
    assert_eq!(early(&schedule, a), "2026-03-09T07:00 2026-03-09T08:00");
}

/// The leaves that a node stands for.
fn leaves(plan: &Projection, network: &Network, node: NodeIx) -> Vec<NodeIx> {
    let all = (0..plan.nodes.len() as u32).map(NodeIx);
    let within = |leaf: NodeIx| std::iter::successors(Some(leaf), |n| plan.nodes[n.index()].parent).any(|n| n == node);
    all.filter(|leaf| *leaf == node || network.is_summary(node) && within(*leaf))
        .filter(|leaf| !network.is_summary(*leaf))
        .collect()
}

fn takes_part(plan: &Projection, network: &Network, link: &TimeLink) -> bool {
    let inside = |outer, inner| {
        let mut up = plan.nodes[NodeIx::index(inner)].parent;
        std::iter::from_fn(|| {
            let here = up?;
            up = plan.nodes[here.index()].parent;
            Some(here)
        })
        .any(|n| n == outer)
            && network.is_summary(outer)
    };
    !inside(link.from, link.to) && !inside(link.to, link.from)
}

fn span(plan: &Projection, leaf: NodeIx) -> Span {
    let node = &plan.nodes[leaf.index()];
    if node.summary { Span::Work(0) } else { node.span }
}

/// `t` with a lag, on the successor's calendar.
fn with_lag(plan: &Projection, t: Minute, lag: Lag, share_of: Span, to: NodeIx) -> Minute {
    let calendar = &plan.calendars[plan.nodes[to.index()].calendar.index()];
    let work = |minutes| match minutes {
        0 => t,
        _ => calendar.finish_of(calendar.work_at(t) + minutes),
    };
    match (lag, share_of) {
        (Lag::Work(minutes), _) => work(minutes),
        (Lag::Elapsed(minutes), _) => t.plus(minutes),
        (Lag::Period(period), _) => period.earliest_anchor(t),
        (Lag::Percent(share), span) => {
            let exact = span.minutes() * share;
            let minutes = (exact.abs() + 50_000) / 100_000 * exact.signum();
            match span {
                Span::Work(_) => work(minutes),
                Span::Elapsed(_) => t.plus(minutes),
            }
        }
    }
}

/// Every link written out: the link, the leaves at its ends, and the span that a share counts from. Out of a summary, starts
/// leave the leaves that start first in `soonest`.
fn pairs(plan: &Projection, network: &Network, soonest: &Schedule) -> Vec<(TimeLink, NodeIx, NodeIx, Span)> {
    let mut out = Vec::new();
    for link in plan.links.iter().filter(|l| takes_part(plan, network, l)) {
        let mut from = leaves(plan, network, link.from);
        let starts = matches!(link.kind, SS | SF);
        let start = |leaf: &NodeIx| soonest.dates(*leaf).early_start;
        let first = from.iter().map(start).min().unwrap();
        from.retain(|leaf| !starts || start(leaf) == first);
        let spans = from.iter().map(|leaf| span(plan, *leaf));
        let shortest = spans
            .min_by_key(|s| (s.minutes(), matches!(s, Span::Elapsed(_))))
            .unwrap();
        for to in leaves(plan, network, link.to) {
            let each = |leaf: &NodeIx| (*link, *leaf, to, if starts { shortest } else { span(plan, *leaf) });
            out.extend(from.iter().map(each));
        }
    }
    out
}

fn without_caps(mut plan: Projection) -> Projection {
    for node in &mut plan.nodes {
        node.bounds
            .retain(|b| matches!(b.kind, BoundKind::StartNotBefore | BoundKind::FinishNotBefore));
    }
    plan
}

fn all_soon(plan: &Projection) -> Projection {
    let mut plan = plan.clone();
    plan.nodes.iter_mut().for_each(|n| n.as_late_as_possible = false);
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_link_holds_between_early_dates_and_between_late_dates(plan in plans(ANYTHING)) {
        let (network, schedule) = solve(&plan);
        let soonest = crate::properties::schedule(&all_soon(&plan));
        for (link, from, to, share_of) in pairs(&plan, &network, &soonest) {
            let (a, b) = (schedule.dates(from), schedule.dates(to));
            let ends = match link.kind {
                LinkKind::FinishToStart => [(a.early_finish, b.early_start), (a.late_finish, b.late_start)],
                LinkKind::StartToStart => [(a.early_start, b.early_start), (a.late_start, b.late_start)],
                LinkKind::FinishToFinish => [(a.early_finish, b.early_finish), (a.late_finish, b.late_finish)],
                LinkKind::StartToFinish => [(a.early_start, b.early_finish), (a.late_start, b.late_finish)],
            };
            for (p, t) in ends {
                let demanded = with_lag(&plan, p, link.lag, share_of, to);
                let by_work = matches!(link.kind, FF | SF) && matches!(span(&plan, to), Span::Work(1..));
                let calendar = &plan.calendars[plan.nodes[to.index()].calendar.index()];
                let meets = demanded <= t || by_work && calendar.between(demanded, t) >= 0;
                prop_assert!(meets, "{link:?} {from:?} {p} {to:?} {t}");
            }
        }
    }

    #[test]
    fn without_caps_no_total_float_is_negative(plan in plans(ANYTHING)) {
        let plan = without_caps(plan);
        for (node, dates) in schedule(&plan).iter() {
            prop_assert!(dates.total_float >= 0, "{node:?} of {plan:?}");
            prop_assert!(dates.early_start <= dates.late_start && dates.early_finish <= dates.late_finish);
        }
    }

    /// Each node by itself, so that none of its successors is pulled. Only the finish of the programme ends it before, where
    /// links tie the node's start alone or have a lead.
    #[test]
    fn as_late_as_possible_eats_all_of_the_free_float(
        plan in plans(Allow { pulled: false, ..ANYTHING }),
    ) {
        let plan = without_caps(plan);
        let (network, soon) = solve(&plan);
        for (node, before) in soon.iter().filter(|(n, _)| !network.is_summary(*n) && !plan.nodes[n.index()].summary) {
            let mut pulled = plan.clone();
            pulled.nodes[node.index()].as_late_as_possible = true;
            let after = schedule(&pulled).dates(node);
            let calendar = &plan.calendars[plan.nodes[node.index()].calendar.index()];
            let gap = |from, to| plan.nodes[node.index()].counts().between(calendar, from, to);
            let moved = [gap(before.start, after.start), gap(before.finish, after.finish)];
            prop_assert!(after.early_finish <= after.late_finish);
            let at_the_end = gap(after.finish, soon.finish()) == 0;
            let free = |by: i64| by == before.free_float || at_the_end && by < before.free_float;
            prop_assert_eq!(moved, [before.free_float.min(before.total_float); 2]);
            prop_assert!(free(moved[0]));
        }
    }
}
