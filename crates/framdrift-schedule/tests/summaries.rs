//! Links into and out of summaries, without writing out their product.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{BoundKind, CalendarIx, Lag, NodeIx, Projection, Span, TimeNode};
use framdrift_schedule::Side;
use framdrift_schedule::explain::{Cause, driver};

use crate::support::{DAY, FF, FS, HOUR, SS, after, bound, child, early, floats, late, plan, solve, summary, work};

#[test]
fn a_summary_spans_its_leaves() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let a = child(&mut plan, phase, "a", DAY);
    let b = child(&mut plan, phase, "b", 3 * DAY);
    let end = work(&mut plan, "end", DAY);
    after(&mut plan, a, b);
    after(&mut plan, phase, end);
    let (network, schedule) = solve(&plan);
    assert!(network.is_summary(phase));
    assert_eq!(early(&schedule, phase), "2026-03-02T08:00 2026-03-05T17:00");
    assert_eq!(early(&schedule, end), "2026-03-06T08:00 2026-03-06T17:00");
    assert!(schedule.dates(phase).critical);
    assert_eq!(floats(&schedule, phase), (0, 0));
}

#[test]
fn links_in_reach_every_leaf_and_links_out_leave_every_leaf() {
    let mut plan = plan();
    let before = work(&mut plan, "before", DAY);
    let phase = summary(&mut plan, "phase", None);
    let inner = summary(&mut plan, "inner", Some(phase));
    let a = child(&mut plan, inner, "a", DAY);
    let b = child(&mut plan, phase, "b", 2 * DAY);
    let end = work(&mut plan, "end", DAY);
    after(&mut plan, before, phase);
    plan.link(phase, end, FS, Lag::Work(DAY));
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, a), "2026-03-03T08:00 2026-03-03T17:00");
    assert_eq!(early(&schedule, b), "2026-03-03T08:00 2026-03-04T17:00");
    assert_eq!(early(&schedule, end), "2026-03-06T08:00 2026-03-06T17:00");
    assert_eq!(floats(&schedule, a), (DAY, DAY));
    assert_eq!(floats(&schedule, b), (0, 0));
    assert_eq!(floats(&schedule, inner), (DAY, DAY));
    assert_eq!(late(&schedule, inner), "2026-03-04T08:00 2026-03-04T17:00");
}

#[test]
fn a_start_leaves_only_the_leaf_that_starts_first() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let first = child(&mut plan, phase, "first", DAY);
    let second = child(&mut plan, phase, "second", DAY);
    after(&mut plan, first, second);
    let follows = work(&mut plan, "follows", 5 * DAY);
    plan.link(phase, follows, SS, Lag::Work(2 * DAY));
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, follows), "2026-03-04T08:00 2026-03-10T17:00");
    assert_eq!(floats(&schedule, first), (0, 0));
    assert_eq!(floats(&schedule, second), (5 * DAY, 5 * DAY));
}

#[test]
fn a_start_leaves_every_leaf_that_starts_first() {
    for minutes in [[DAY, 2 * DAY], [2 * DAY, DAY]] {
        let mut plan = plan();
        let phase = summary(&mut plan, "phase", None);
        let inner = summary(&mut plan, "inner", Some(phase));
        let leaves = minutes.map(|m| child(&mut plan, inner, "leaf", m));
        let rest = summary(&mut plan, "rest", Some(phase));
        let later = child(&mut plan, rest, "later", DAY);
        after(&mut plan, leaves[0], later);
        let follows = work(&mut plan, "follows", 5 * DAY);
        let link = plan.link(phase, follows, SS, Lag::Work(DAY));
        let (network, schedule) = solve(&plan);
        assert_eq!(early(&schedule, follows), "2026-03-03T08:00 2026-03-09T17:00");
        assert_eq!(leaves.map(|leaf| floats(&schedule, leaf).0), [0, 0]);
        assert_eq!(floats(&schedule, inner), (0, 0));
        assert_eq!(schedule.dates(later).late_finish, schedule.finish());
        assert_eq!(floats(&schedule, rest), floats(&schedule, later));
        assert_eq!(floats(&schedule, later).0, schedule.dates(later).free_float);
        for leaf in leaves {
            let cause = driver(&network, &schedule, leaf, Side::LateStart).cause;
            assert_eq!(cause, Cause::Link { link, node: follows });
        }
        let cause = driver(&network, &schedule, follows, Side::EarlyStart).cause;
        assert_eq!(cause, Cause::Link { link, node: leaves[0] });
    }
}

#[test]
fn a_share_of_what_starts_first_is_one_of_the_shortest_span() {
    let solved = |spans: [Span; 3]| {
        let mut plan = plan();
        let phase = summary(&mut plan, "phase", None);
        for span in spans {
            let leaf = child(&mut plan, phase, "leaf", 0);
            plan.nodes[leaf.index()].span = span;
        }
        let follows = work(&mut plan, "follows", DAY);
        let link = plan.link(phase, follows, SS, Lag::Percent(100_000));
        bound(&mut plan, follows, BoundKind::StartNotBefore, "2026-03-03T12:00");
        let (network, schedule) = solve(&plan);
        let why = driver(&network, &schedule, follows, Side::EarlyStart);
        let by_link = why.cause == Cause::Link { link, node: NodeIx(1) };
        (early(&schedule, follows), by_link)
    };
    // 960 minutes of work are two days; by the clock they last until midnight.
    let (work, clock, long) = (Span::Work(960), Span::Elapsed(960), Span::Work(9_600));
    for spans in [[work, clock, long], [clock, long, work], [long, work, clock]] {
        assert_eq!(solved(spans), ("2026-03-04T08:00 2026-03-04T17:00".into(), true));
    }
    let clock = Span::Elapsed(959);
    for spans in [[work, clock, long], [clock, long, work], [long, work, clock]] {
        assert_eq!(solved(spans), ("2026-03-03T13:00 2026-03-04T12:00".into(), false));
    }
}

#[test]
fn a_share_backwards_is_one_of_the_shortest_span_too() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    child(&mut plan, phase, "long", 20 * DAY);
    let short = child(&mut plan, phase, "short", 2 * DAY);
    let follows = work(&mut plan, "follows", DAY);
    let link = plan.link(phase, follows, SS, Lag::Percent(-100_000));
    bound(&mut plan, follows, BoundKind::FinishNotAfter, "2026-03-03T17:00");
    let (network, schedule) = solve(&plan);
    assert_eq!(late(&schedule, short), "2026-03-05T08:00 2026-03-06T17:00");
    let cause = driver(&network, &schedule, short, Side::LateStart).cause;
    assert_eq!(cause, Cause::Link { link, node: follows });
}

/// The summary's cap is met by each leaf that starts first, as far as that one has been pulled.
#[test]
fn free_float_of_a_summary_counts_from_the_leaf_that_was_pulled_furthest() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let stays = child(&mut plan, phase, "stays", DAY);
    let pulled = child(&mut plan, phase, "pulled", DAY);
    plan.nodes[pulled.index()].as_late_as_possible = true;
    let gate = work(&mut plan, "gate", DAY);
    let long = work(&mut plan, "long", 4 * DAY);
    after(&mut plan, long, gate);
    plan.link(phase, gate, SS, Lag::Work(DAY));
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, stays), "2026-03-02T08:00 2026-03-02T17:00");
    assert_eq!(early(&schedule, pulled), "2026-03-05T08:00 2026-03-05T17:00");
    assert_eq!(floats(&schedule, stays), (3 * DAY, 3 * DAY));
    assert_eq!(floats(&schedule, phase), (0, 0));
}

/// One leaf can start on Friday 16:59 at the latest, the other on Saturday 10:00.
#[test]
fn free_float_of_a_summary_counts_to_the_last_start_of_each_leaf() {
    for (calendars, free) in [
        ([0, 0], 5 * DAY - 1),
        ([0, 1], 5 * DAY),
        ([1, 0], 4 * 1_440 + 9 * HOUR - 1),
        ([1, 1], 5 * 1_440 + 2 * HOUR),
    ] {
        let mut plan = plan();
        plan.add_calendar(WorkCalendar::always());
        let phase = summary(&mut plan, "phase", None);
        let inner = summary(&mut plan, "inner", Some(phase));
        let leaf = child(&mut plan, inner, "leaf", HOUR);
        let gate = work(&mut plan, "gate", HOUR);
        plan.nodes[gate.index()].calendar = CalendarIx(1);
        bound(&mut plan, gate, BoundKind::StartNotBefore, "2026-03-07T10:00");
        work(&mut plan, "long", 10 * DAY);
        for node in [phase, inner] {
            plan.nodes[node.index()].calendar = CalendarIx(calendars[0]);
        }
        plan.nodes[leaf.index()].calendar = CalendarIx(calendars[1]);
        for from in [phase, inner, leaf] {
            plan.links.clear();
            plan.link(from, gate, SS, Lag::NONE);
            let (_, schedule) = solve(&plan);
            let found = [phase, inner].map(|node| schedule.dates(node).free_float);
            assert_eq!(found, [free; 2], "{calendars:?}");
        }
    }
}

#[test]
fn each_leaf_counts_lags_on_its_own_calendar_and_shares_of_its_own_duration() {
    let mut plan = plan();
    let clock = plan.add_calendar(WorkCalendar::always());
    let from = summary(&mut plan, "from", None);
    let short = child(&mut plan, from, "short", 4 * DAY);
    child(&mut plan, from, "long", 5 * DAY);
    plan.nodes[short.index()].span = Span::Elapsed(4 * 1_440);
    let to = summary(&mut plan, "to", None);
    let office = child(&mut plan, to, "office", DAY);
    let machine = child(&mut plan, to, "machine", DAY);
    plan.nodes[machine.index()].calendar = clock;
    plan.link(from, to, FS, Lag::Percent(50_000));
    let (_, schedule) = solve(&plan);
    // Friday 08:00 + 2 civil days = Sunday 08:00; Friday 17:00 + 1 200 working minutes on either calendar.
    assert_eq!(early(&schedule, office), "2026-03-11T13:00 2026-03-12T12:00");
    assert_eq!(early(&schedule, machine), "2026-03-08T08:00 2026-03-08T16:00");
}

#[test]
fn links_between_a_summary_and_what_belongs_to_it_are_ignored() {
    let mut plan = plan();
    let phase = summary(&mut plan, "phase", None);
    let a = child(&mut plan, phase, "a", DAY);
    let b = child(&mut plan, phase, "b", DAY);
    after(&mut plan, phase, a);
    after(&mut plan, b, phase);
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, a), early(&schedule, b));
}

#[test]
fn a_summary_that_nothing_belongs_to_is_an_instant() {
    let mut plan = plan();
    let empty = summary(&mut plan, "empty", None);
    plan.nodes[empty.index()].span = Span::Work(99 * DAY);
    plan.nodes[empty.index()].as_late_as_possible = true;
    work(&mut plan, "long", 5 * DAY);
    let (network, schedule) = solve(&plan);
    assert!(!network.is_summary(empty));
    assert_eq!(early(&schedule, empty), "2026-03-02T08:00 2026-03-02T08:00");
}

/// A summary with so many leaves.
fn many(plan: &mut Projection, id: &str, leaves: usize) -> NodeIx {
    let phase = summary(plan, id, None);
    for n in 0..leaves {
        child(plan, phase, id, n as i64 % 7 * 60);
    }
    phase
}

/// Written out, this would be ten thousand million arcs for each link.
#[test]
fn links_between_large_summaries_stay_linear() {
    const LEAVES: usize = 100_000;
    let mut plan = plan();
    let phases = ["a", "b", "c"].map(|id| many(&mut plan, id, LEAVES));
    after(&mut plan, phases[0], phases[1]);
    plan.link(phases[1], phases[2], FF, Lag::Work(DAY));
    plan.link(phases[0], phases[2], SS, Lag::Percent(50_000));
    let (network, schedule) = solve(&plan);
    assert_eq!(early(&schedule, phases[1]), "2026-03-02T15:00 2026-03-03T12:00");
    assert_eq!(schedule.finish().to_string(), "2026-03-04T12:00");
    assert_eq!(schedule.critical_path(&network).len(), 3);
}

#[test]
fn deep_nesting_does_not_recurse() {
    let mut plan = plan();
    let mut above = None;
    for _ in 0..100_000 {
        above = Some(summary(&mut plan, "s", above));
    }
    let leaf = child(&mut plan, above.unwrap(), "leaf", DAY);
    let end = plan.add(TimeNode::milestone("end"));
    for n in (0..100_000).step_by(1_000) {
        after(&mut plan, NodeIx(n), end);
    }
    let (_, schedule) = solve(&plan);
    assert_eq!(early(&schedule, NodeIx(0)), early(&schedule, leaf));
    assert_eq!(floats(&schedule, NodeIx(500)), (0, 0));
}
