//! The reference itself, on plans small enough to do in the head. 2026-03-02 is a Monday.

use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Lag, LinkKind, NodeIx, Span, TimeNode};
use framdrift_model::time::Minute;

use super::calendar::{Hours, Naive};
use super::generate::Plan;
use super::schedule::{Dates, schedule};

const HOUR: i64 = 60;
const DAY: i64 = 8 * HOUR;

fn march(day: u32, hour: u32) -> Minute {
    Minute::of(2026, 3, day, hour, 0).unwrap()
}

fn plan() -> Plan {
    Plan::new(march(2, 8), Hours::standard())
}

fn add(plan: &mut Plan, span: Span) -> NodeIx {
    plan.projection.add(TimeNode::activity("", span))
}

fn summary(plan: &mut Plan) -> NodeIx {
    let ix = add(plan, Span::Work(0));
    plan.projection.nodes[ix.index()].summary = true;
    ix
}

fn part_of(plan: &mut Plan, parent: NodeIx, span: Span) -> NodeIx {
    let ix = add(plan, span);
    plan.projection.nodes[ix.index()].parent = Some(parent);
    ix
}

fn bound(plan: &mut Plan, node: NodeIx, kind: BoundKind, at: Minute) {
    let origin = BoundOrigin::Constraint(0);
    plan.projection.nodes[node.index()]
        .bounds
        .push(Bound { kind, at, origin });
}

fn link(plan: &mut Plan, from: NodeIx, to: NodeIx, kind: LinkKind, lag: Lag) {
    plan.projection.link(from, to, kind, lag);
}

#[track_caller]
fn assert_early(dates: &Dates, start: Minute, finish: Minute) {
    assert_eq!((dates.early_start, dates.early_finish), (start, finish), "early");
}

#[track_caller]
fn assert_late(dates: &Dates, start: Minute, finish: Minute) {
    assert_eq!((dates.late_start, dates.late_finish), (start, finish), "late");
}

#[test]
fn the_naive_calendar_walks_as_one_counts() {
    let calendar = Naive::new(&Hours::standard());
    let (friday_evening, monday_morning) = (march(6, 17), march(9, 8));
    assert_eq!(calendar.between(march(2, 8), march(9, 8)), 5 * DAY);
    assert_eq!(calendar.between(march(9, 8), march(2, 8)), -5 * DAY);
    assert_eq!(calendar.between(march(2, 11).plus(17), march(2, 13).plus(4)), 47);

    assert_eq!(calendar.earliest(march(6, 8), DAY), friday_evening);
    assert_eq!(calendar.latest(march(6, 8), DAY), monday_morning);
    assert_eq!(calendar.earliest(march(7, 10), 0), friday_evening);
    assert_eq!(calendar.latest(march(7, 10), 0), monday_morning);
    assert_eq!(calendar.earliest(march(7, 10), -30), march(6, 16).plus(30));
    assert_eq!(calendar.latest(march(7, 10), -30), march(6, 16).plus(30));
    assert_eq!(calendar.latest(march(9, 9), -HOUR), monday_morning);
    assert_eq!(calendar.earliest(march(9, 9), -HOUR), friday_evening);

    for (instant, touches) in [(friday_evening, true), (march(7, 0), false), (monday_morning, true)] {
        assert_eq!(calendar.touches(instant), touches, "{instant}");
    }
    assert_eq!(calendar.earliest(Minute::MAX, 1), Minute::MAX);
    assert_eq!(calendar.latest(Minute::MIN, -1), Minute::MIN);
}

#[test]
fn a_walk_does_the_same_with_and_without_long_strides() {
    // The strides of an hour and a day only pass what single minutes would have passed.
    let hours = Hours {
        exceptions: vec![(20_517, vec![]), (20_518, vec![(0, 61), (1380, 1440)])],
        ..Hours::weekdays(&[
            (0, 90),
            (8 * 60 + 1, 12 * 60),
            (12 * 60 + 1, 17 * 60 + 13),
            (1439, 1440),
        ])
    };
    let calendar = Naive::new(&hours);
    let origin = march(4, 0);
    let instants: Vec<Minute> = (0..5 * 1440).map(|minutes| origin.plus(minutes)).collect();
    let mut worked = 0;
    let mut index = Vec::new();
    for t in &instants {
        index.push(worked);
        worked += i64::from(calendar.works(*t));
    }
    for from in (0..instants.len()).step_by(701) {
        for to in (0..instants.len()).step_by(97) {
            let work = index[to] - index[from];
            assert_eq!(calendar.between(instants[from], instants[to]), work);
            let first = index.iter().position(|i| *i == index[to]).unwrap();
            let last = index.iter().rposition(|i| *i == index[to]).unwrap();
            if first > 0 {
                assert_eq!(calendar.earliest(instants[from], work), instants[first]);
            }
            if last + 1 < instants.len() {
                assert_eq!(calendar.latest(instants[from], work), instants[last]);
            }
        }
    }
}

#[test]
fn a_chain_goes_over_the_weekend() {
    let mut plan = plan();
    let three = add(&mut plan, Span::Work(3 * DAY));
    let four = add(&mut plan, Span::Work(4 * DAY));
    let one = add(&mut plan, Span::Work(DAY));
    link(&mut plan, three, four, LinkKind::FinishToStart, Lag::NONE);
    let dates = schedule(&plan);
    assert_early(&dates[three.index()], march(2, 8), march(4, 17));
    assert_early(&dates[four.index()], march(5, 8), march(10, 17));
    assert_late(&dates[three.index()], march(2, 8), march(4, 17));
    assert_late(&dates[one.index()], march(10, 8), march(10, 17));
    assert_eq!(
        (dates[one.index()].total_float, dates[one.index()].free_float),
        (6 * DAY, 6 * DAY)
    );
    assert_eq!(
        [three, four, one].map(|ix| dates[ix.index()].critical),
        [true, true, false]
    );
}

#[test]
fn a_milestone_stays_at_the_end_of_the_day_and_leaves_the_night() {
    let mut plan = plan();
    let day = add(&mut plan, Span::Work(DAY));
    let done = add(&mut plan, Span::Work(0));
    let soaked = add(&mut plan, Span::Work(0));
    link(&mut plan, day, done, LinkKind::FinishToStart, Lag::NONE);
    link(&mut plan, day, soaked, LinkKind::FinishToStart, Lag::Elapsed(2 * HOUR));
    let dates = schedule(&plan);
    assert_early(&dates[done.index()], march(2, 17), march(2, 17));
    assert_early(&dates[soaked.index()], march(3, 8), march(3, 8));
    // The project finishes on Tuesday at 08:00, and no working minute lies between.
    assert_late(&dates[done.index()], march(3, 8), march(3, 8));
    assert_eq!(dates[done.index()].total_float, 0);
}

#[test]
fn lags_count_on_the_successors_calendar_or_on_the_clock() {
    let cases = [
        (Lag::Work(HOUR), march(9, 9)),
        (Lag::Work(-HOUR), march(6, 16)),
        (Lag::Elapsed(63 * HOUR), march(9, 8)),
        (Lag::Elapsed(65 * HOUR), march(9, 10)),
        (Lag::Elapsed(-HOUR), march(6, 16)),
        (Lag::Percent(50_000), march(9, 10)),
        (Lag::Percent(-50_000), march(6, 15)),
        (Lag::Period("P1W".parse().unwrap()), march(13, 17)),
    ];
    for (lag, expected) in cases {
        let mut plan = plan();
        let round_the_clock = plan.add_calendar(Hours::always());
        let shift = add(&mut plan, Span::Work(4 * HOUR));
        plan.projection.nodes[shift.index()].calendar = round_the_clock;
        bound(&mut plan, shift, BoundKind::StartNotBefore, march(6, 13));
        let next = add(&mut plan, Span::Work(0));
        link(&mut plan, shift, next, LinkKind::FinishToStart, lag);
        let dates = schedule(&plan);
        assert_early(&dates[next.index()], expected, expected);
    }
}

#[test]
fn a_share_of_elapsed_time_is_elapsed_time() {
    let mut plan = plan();
    let drying = add(&mut plan, Span::Elapsed(48 * HOUR));
    let next = add(&mut plan, Span::Work(DAY));
    link(&mut plan, drying, next, LinkKind::StartToStart, Lag::Percent(50_000));
    assert_early(&schedule(&plan)[next.index()], march(3, 8), march(3, 17));
}

#[test]
fn the_four_kinds_tie_the_ends_they_name() {
    let cases = [
        (LinkKind::FinishToStart, march(4, 8), march(4, 17)),
        (LinkKind::StartToStart, march(3, 8), march(3, 17)),
        (LinkKind::FinishToFinish, march(3, 8), march(3, 17)),
        // Monday's 17:00 meets Tuesday's 08:00: no work lies between.
        (LinkKind::StartToFinish, march(2, 8), march(2, 17)),
    ];
    for (kind, start, finish) in cases {
        let mut plan = plan();
        let first = add(&mut plan, Span::Work(DAY));
        let next = add(&mut plan, Span::Work(DAY));
        bound(&mut plan, first, BoundKind::StartNotBefore, march(3, 0));
        link(&mut plan, first, next, kind, Lag::NONE);
        assert_early(&schedule(&plan)[next.index()], start, finish);
    }
}

#[test]
fn a_broken_deadline_makes_float_negative_and_moves_nothing() {
    let mut plan = plan();
    let first = add(&mut plan, Span::Work(2 * DAY));
    let next = add(&mut plan, Span::Work(DAY));
    link(&mut plan, first, next, LinkKind::FinishToStart, Lag::NONE);
    bound(&mut plan, next, BoundKind::MustFinish, march(3, 17));
    let dates = schedule(&plan);
    assert_early(&dates[next.index()], march(4, 8), march(4, 17));
    assert_late(&dates[next.index()], march(3, 8), march(3, 17));
    assert_eq!(
        (dates[first.index()].total_float, dates[first.index()].free_float),
        (-DAY, 0)
    );
}

#[test]
fn as_late_as_possible_waits_for_what_follows_and_no_longer() {
    let mut plan = plan();
    let week = add(&mut plan, Span::Work(5 * DAY));
    let order = add(&mut plan, Span::Work(DAY));
    let check = add(&mut plan, Span::Work(DAY));
    let close = add(&mut plan, Span::Work(DAY));
    link(&mut plan, order, check, LinkKind::FinishToStart, Lag::NONE);
    link(&mut plan, check, close, LinkKind::FinishToStart, Lag::NONE);
    plan.projection.nodes[order.index()].as_late_as_possible = true;
    bound(&mut plan, check, BoundKind::StartNotBefore, march(4, 8));
    let dates = schedule(&plan);
    assert_early(&dates[week.index()], march(2, 8), march(6, 17));
    assert_early(&dates[order.index()], march(3, 8), march(3, 17));
    assert_late(&dates[order.index()], march(4, 8), march(4, 17));
    assert_eq!(
        (dates[order.index()].total_float, dates[order.index()].free_float),
        (DAY, 0)
    );

    // Two in a row go together, up to the end.
    plan.projection.nodes[check.index()].as_late_as_possible = true;
    plan.projection.nodes[close.index()].as_late_as_possible = true;
    let dates = schedule(&plan);
    assert_early(&dates[order.index()], march(4, 8), march(4, 17));
    assert_early(&dates[close.index()], march(6, 8), march(6, 17));
}

#[test]
fn a_finish_tied_to_saturday_is_met_on_friday() {
    // Friday's 17:00 meets Saturday's noon, asked by a link or by a date: no work lies between.
    let successors = [
        (Span::Work(DAY), march(6, 8), march(6, 17), [0, 44 * HOUR]),
        (Span::Work(1), march(6, 17).plus(-1), march(6, 17), [0, 44 * HOUR]),
        (Span::Work(0), march(9, 8), march(9, 8), [44 * HOUR; 2]),
        (Span::Elapsed(HOUR), march(7, 11), march(7, 12), [0; 2]),
    ];
    for (span, start, finish, slack) in successors {
        let mut plan = plan();
        let round_the_clock = plan.add_calendar(Hours::always());
        let first = add(&mut plan, Span::Work(HOUR));
        plan.projection.nodes[first.index()].calendar = round_the_clock;
        bound(&mut plan, first, BoundKind::StartNotBefore, march(7, 11));
        let next = add(&mut plan, span);
        link(&mut plan, first, next, LinkKind::FinishToFinish, Lag::NONE);
        let dates = schedule(&plan);
        assert_early(&dates[first.index()], march(7, 11), march(7, 12));
        assert_early(&dates[next.index()], start, finish);
        assert_late(&dates[next.index()], start, finish);
        // The predecessor may slip, on its own clock, until work goes on; but where it ends the project, not at all.
        assert_eq!(
            [dates[first.index()].total_float, dates[first.index()].free_float],
            slack
        );
    }

    let mut plan = plan();
    let dated = add(&mut plan, Span::Work(DAY));
    bound(&mut plan, dated, BoundKind::FinishNotBefore, march(7, 12));
    assert_early(&schedule(&plan)[dated.index()], march(6, 8), march(6, 17));
}

#[test]
fn a_start_tied_to_saturday_is_friday_s_last_minute() {
    // The mirror image: Monday's 08:00 stands after Saturday's noon.
    let predecessors = [
        (Span::Work(DAY), march(6, 16).plus(59), 5 * DAY - 1),
        (Span::Work(0), march(6, 17), 5 * DAY),
        (Span::Elapsed(HOUR), march(7, 12), (5 * 24 + 4) * HOUR),
    ];
    for (span, late_start, float) in predecessors {
        let mut plan = plan();
        let round_the_clock = plan.add_calendar(Hours::always());
        let first = add(&mut plan, span);
        let next = add(&mut plan, Span::Work(10 * 24 * HOUR));
        plan.projection.nodes[next.index()].calendar = round_the_clock;
        bound(&mut plan, next, BoundKind::StartNotBefore, march(7, 12));
        link(&mut plan, first, next, LinkKind::StartToStart, Lag::NONE);
        let dates = &schedule(&plan)[first.index()];
        assert_eq!(dates.late_start, late_start, "{span:?}");
        assert_eq!(dates.free_float, float, "{span:?}");
    }

    let mut plan = plan();
    let dated = add(&mut plan, Span::Work(DAY));
    add(&mut plan, Span::Work(10 * DAY));
    bound(&mut plan, dated, BoundKind::StartNotAfter, march(7, 12));
    assert_late(&schedule(&plan)[dated.index()], march(9, 8), march(9, 17));
}

#[test]
fn pulling_a_start_leaves_a_successor_in_the_weekend_alone() {
    // The successor starts on Saturday with its predecessor's start in mind, so Monday is too late for that start.
    let mut plan = plan();
    let round_the_clock = plan.add_calendar(Hours::always());
    let pulled = add(&mut plan, Span::Work(DAY));
    let weekend = add(&mut plan, Span::Work(10 * 24 * HOUR));
    plan.projection.nodes[pulled.index()].as_late_as_possible = true;
    plan.projection.nodes[weekend.index()].calendar = round_the_clock;
    bound(&mut plan, weekend, BoundKind::StartNotBefore, march(7, 10));
    link(&mut plan, pulled, weekend, LinkKind::StartToStart, Lag::NONE);
    let dates = schedule(&plan);
    assert_early(&dates[pulled.index()], march(6, 16).plus(59), march(9, 16).plus(59));
}

#[test]
fn a_summary_spans_its_leaves_and_its_links_reach_them_all() {
    let mut plan = plan();
    let phase = summary(&mut plan);
    let short = part_of(&mut plan, phase, Span::Work(DAY));
    let long = part_of(&mut plan, phase, Span::Work(3 * DAY));
    let before = add(&mut plan, Span::Work(DAY));
    let after = add(&mut plan, Span::Work(DAY));
    let beside = add(&mut plan, Span::Work(DAY));
    link(&mut plan, before, phase, LinkKind::FinishToStart, Lag::NONE);
    link(&mut plan, phase, after, LinkKind::FinishToStart, Lag::NONE);
    link(&mut plan, phase, beside, LinkKind::StartToStart, Lag::Work(DAY));
    let dates = schedule(&plan);
    assert_early(&dates[short.index()], march(3, 8), march(3, 17));
    assert_early(&dates[long.index()], march(3, 8), march(5, 17));
    assert_early(&dates[phase.index()], march(3, 8), march(5, 17));
    assert_early(&dates[after.index()], march(6, 8), march(6, 17));
    assert_early(&dates[beside.index()], march(4, 8), march(4, 17));
    // `short` and `long` start together, so the link from the phase's start binds them both.
    assert_late(&dates[short.index()], march(5, 8), march(5, 17));
    assert_eq!(dates[short.index()].free_float, 0);
    assert_late(&dates[phase.index()], march(3, 8), march(5, 17));
    assert_eq!(
        (dates[phase.index()].total_float, dates[phase.index()].critical),
        (0, true)
    );
}

#[test]
fn every_leaf_that_starts_first_is_bound_in_any_order() {
    for spans in [[DAY, 2 * DAY, DAY], [2 * DAY, DAY, DAY]] {
        let mut plan = plan();
        let phase = summary(&mut plan);
        let first = spans.map(|span| part_of(&mut plan, phase, Span::Work(span)));
        bound(&mut plan, first[2], BoundKind::StartNotBefore, march(3, 8));
        let beside = add(&mut plan, Span::Work(5 * DAY));
        link(&mut plan, phase, beside, LinkKind::StartToStart, Lag::NONE);
        let dates = schedule(&plan);
        let floats = first.map(|ix| (dates[ix.index()].total_float, dates[ix.index()].free_float));
        // The third starts a day later, so it may stay until the end.
        assert_eq!(floats, [(0, 0), (0, 0), (3 * DAY, 3 * DAY)]);
    }
}

#[test]
fn the_shortest_of_the_leaves_that_start_first_gives_its_share() {
    // Half of two working hours, or of two hours by the clock, from Friday 16:30; the longer one has no say.
    let (four_hours, work, clock) = (Span::Work(4 * HOUR), Span::Work(2 * HOUR), Span::Elapsed(2 * HOUR));
    let cases = [
        ([four_hours, work], march(9, 8).plus(30)),
        ([clock, four_hours], march(9, 8)),
        ([clock, work], march(9, 8).plus(30)),
        ([work, clock], march(9, 8).plus(30)),
    ];
    for (spans, expected) in cases {
        let mut plan = plan();
        let phase = summary(&mut plan);
        bound(&mut plan, phase, BoundKind::StartNotBefore, march(6, 16).plus(30));
        for span in spans {
            part_of(&mut plan, phase, span);
        }
        let next = add(&mut plan, Span::Work(0));
        link(&mut plan, phase, next, LinkKind::StartToStart, Lag::Percent(50_000));
        assert_early(&schedule(&plan)[next.index()], expected, expected);
    }
}

#[test]
fn a_summary_slips_as_far_as_its_leaves() {
    let mut plan = plan();
    let round_the_clock = plan.add_calendar(Hours::always());
    let phase = summary(&mut plan);
    let leaf = part_of(&mut plan, phase, Span::Work(DAY));
    let long = part_of(&mut plan, phase, Span::Work(9 * DAY));
    let next = add(&mut plan, Span::Work(10 * 24 * HOUR));
    plan.projection.nodes[next.index()].calendar = round_the_clock;
    bound(&mut plan, next, BoundKind::StartNotBefore, march(7, 12));
    link(&mut plan, leaf, next, LinkKind::StartToStart, Lag::NONE);
    let dates = schedule(&plan);
    assert_early(&dates[long.index()], march(2, 8), march(12, 17));
    assert_eq!(
        [leaf, phase].map(|ix| dates[ix.index()].free_float),
        [5 * DAY - 1, 5 * DAY - 1]
    );
}

#[test]
fn a_summary_that_nothing_belongs_to_is_an_instant_and_is_not_pulled() {
    let mut plan = plan();
    let phase = summary(&mut plan);
    let empty = summary(&mut plan);
    add(&mut plan, Span::Work(2 * DAY));
    plan.projection.nodes[empty.index()].parent = Some(phase);
    plan.projection.nodes[empty.index()].as_late_as_possible = true;
    bound(&mut plan, empty, BoundKind::StartNotBefore, march(2, 12));
    bound(&mut plan, empty, BoundKind::MustStart, march(3, 12));
    let dates = schedule(&plan);
    for ix in [phase, empty] {
        assert_early(&dates[ix.index()], march(2, 12), march(2, 12));
        assert_late(&dates[ix.index()], march(3, 17), march(3, 17));
        assert_eq!(dates[ix.index()].free_float, DAY + 4 * HOUR);
    }
}

#[test]
fn a_lead_time_over_a_short_month_costs_no_float() {
    // A month before 30 March is the end of February, in the last minute of which the predecessor may finish.
    let at = |day, hour| Minute::of(2026, 2, day, hour, 0).unwrap();
    let mut plan = Plan::new(at(28, 8), Hours::always());
    let first = add(&mut plan, Span::Work(DAY));
    let next = add(&mut plan, Span::Work(DAY));
    plan.projection.nodes[first.index()].as_late_as_possible = true;
    bound(&mut plan, next, BoundKind::StartNotBefore, march(30, 8));
    link(
        &mut plan,
        first,
        next,
        LinkKind::FinishToStart,
        Lag::Period("P1M".parse().unwrap()),
    );
    let dates = &schedule(&plan)[first.index()];
    assert_early(dates, at(28, 16).plus(-1), at(28, 23).plus(59));
    assert_late(dates, at(28, 16).plus(-1), at(28, 23).plus(59));
}

#[test]
fn a_summary_s_bounds_reach_its_leaves() {
    let mut plan = plan();
    let phase = summary(&mut plan);
    let leaf = part_of(&mut plan, phase, Span::Work(DAY));
    add(&mut plan, Span::Work(10 * DAY));
    bound(&mut plan, phase, BoundKind::StartNotBefore, march(3, 8));
    bound(&mut plan, phase, BoundKind::FinishNotAfter, march(4, 17));
    bound(&mut plan, phase, BoundKind::MustStart, march(9, 8));
    let dates = schedule(&plan);
    assert_early(&dates[leaf.index()], march(3, 8), march(3, 17));
    assert_late(&dates[leaf.index()], march(4, 8), march(4, 17));
    assert_late(&dates[phase.index()], march(4, 8), march(4, 17));
}

#[test]
fn a_link_between_a_summary_and_what_belongs_to_it_is_ignored() {
    let mut plan = plan();
    let phase = summary(&mut plan);
    let leaf = part_of(&mut plan, phase, Span::Work(DAY));
    link(&mut plan, phase, leaf, LinkKind::FinishToStart, Lag::NONE);
    link(&mut plan, leaf, phase, LinkKind::FinishToStart, Lag::NONE);
    assert_early(&schedule(&plan)[phase.index()], march(2, 8), march(2, 17));
}
