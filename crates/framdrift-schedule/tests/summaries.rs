//! Links into and out of summaries, without writing out their product.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{Lag, NodeIx, Projection, Span, TimeNode};

use crate::support::{DAY, FF, FS, SS, after, child, early, floats, late, plan, solve, summary, work};

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
