//! What holds for every plan, whatever its dates.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::period::Period;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Lag, LinkKind, NodeIx, Projection, Span, TimeNode,
};
use framdrift_model::time::{DAY as CIVIL_DAY, Minute};
use framdrift_schedule::{Dates, Network, Schedule, compute};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::support::{FF, FS, SF, SS, at};

/// What a random plan may hold.
#[derive(Clone, Copy, PartialEq)]
pub(crate) struct Allow {
    pub(crate) summaries: bool,
    pub(crate) pulled: bool,
    pub(crate) bounds: bool,
    /// Elapsed time, shares and lead times; else working time alone, and no milestones.
    pub(crate) civil: bool,
    pub(crate) calendars: usize,
}

pub(crate) const ANYTHING: Allow = Allow {
    summaries: true,
    pulled: true,
    bounds: true,
    civil: true,
    calendars: 3,
};

fn calendars() -> [WorkCalendar; 3] {
    let shift = || vec![(6 * 60, 14 * 60)];
    let weekend = [vec![], vec![], shift(), shift(), shift(), shift(), shift()];
    let holidays = [(20_516, vec![]), (20_519, vec![(600, 660)])];
    [
        WorkCalendar::standard(),
        WorkCalendar::new(weekend, holidays),
        WorkCalendar::always(),
    ]
}

/// Numbers that a node or a link is made of.
type Raw = (u16, u16, u16, i64);

/// Plans of a dozen nodes whose links form no ring.
pub(crate) fn plans(allow: Allow) -> impl Strategy<Value = Projection> {
    let raw = || (any::<u16>(), any::<u16>(), any::<u16>(), -2_000..4_000_i64);
    let parts = (0..7 * CIVIL_DAY, vec(raw(), 1..12), vec(raw(), 0..24));
    parts.prop_map(move |(start, nodes, links)| build(allow, start, &nodes, &links))
}

fn build(allow: Allow, start: i64, nodes: &[Raw], links: &[Raw]) -> Projection {
    let mut plan = Projection::new(at("2026-03-02T00:00").plus(start));
    plan.calendars = calendars()[..allow.calendars].to_vec();
    for (n, &(a, b, c, minutes)) in nodes.iter().enumerate() {
        let minutes = minutes.max(0);
        let span = match a % 4 {
            _ if !allow.civil => Span::Work(minutes.max(1)),
            0 => Span::Elapsed(minutes),
            1 => Span::Work(0),
            _ => Span::Work(minutes),
        };
        let mut node = TimeNode::activity(n.to_string(), span);
        node.calendar = CalendarIx(u32::from(b) % allow.calendars as u32);
        if allow.summaries {
            node.summary = c % 4 == 0;
            let up = (0..n).rev().find(|up| plan.nodes[*up].summary);
            node.parent = up.filter(|_| c % 3 != 0).map(|up| NodeIx(up as u32));
        }
        node.as_late_as_possible = allow.pulled && b % 5 == 0;
        if allow.bounds && a % 3 == 0 {
            let kinds = [
                BoundKind::StartNotBefore,
                BoundKind::FinishNotBefore,
                BoundKind::StartNotAfter,
                BoundKind::FinishNotAfter,
                BoundKind::MustStart,
                BoundKind::MustFinish,
            ];
            node.bounds.push(Bound {
                kind: kinds[usize::from(b / 7) % kinds.len()],
                at: at("2026-03-02T00:00").plus(i64::from(c) % 20_160),
                origin: BoundOrigin::Deadline,
            });
        }
        plan.add(node);
    }
    for &(a, b, c, minutes) in links {
        let count = plan.nodes.len() as u32;
        let (from, to) = (u32::from(a) % count, u32::from(b) % count);
        if from == to {
            continue;
        }
        let kind = [FS, SS, FF, SF][usize::from(c) % 4];
        let lag = match c / 4 % 7 {
            0 | 1 => Lag::NONE,
            2 if allow.civil => Lag::Elapsed(minutes),
            3 if allow.civil => Lag::Percent(minutes * 50),
            4 if allow.civil && kind == FS => Lag::Period(lead_time(minutes)),
            _ => Lag::Work(minutes / 2),
        };
        let link = plan.link(NodeIx(from.min(to)), NodeIx(from.max(to)), kind, lag);
        // Below a summary even links that point forward may form a ring: leave out those that do.
        if !framdrift_schedule::rings(&plan).is_empty() {
            plan.links.truncate(link.index());
        }
    }
    plan
}

/// Up to 40 days, or one month.
fn lead_time(minutes: i64) -> Period {
    match minutes.rem_euclid(41) as u32 {
        0 => Period::months(1),
        days => Period::days(days),
    }
}

pub(crate) fn schedule(plan: &Projection) -> Schedule {
    compute(&Network::new(plan.clone()).unwrap(), &Facts::none()).unwrap()
}

/// The positions of `keys` by rising key, but a parent before its children.
fn shuffled(plan: &Projection, keys: &[u16]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    while order.len() < plan.nodes.len() {
        let ready = (0..plan.nodes.len()).filter(|n| {
            let parent = plan.nodes[*n].parent;
            !order.contains(n) && parent.is_none_or(|p| order.contains(&p.index()))
        });
        order.extend(ready.min_by_key(|n| keys[*n]));
    }
    order
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_in_the_document_changes_nothing(
        plan in plans(ANYTHING),
        keys in vec(any::<u16>(), 12),
        turn in any::<usize>(),
    ) {
        let order = shuffled(&plan, &keys);
        let place = |n: NodeIx| NodeIx(order.iter().position(|o| *o == n.index()).unwrap() as u32);
        let mut other = plan.clone();
        other.nodes = order.iter().map(|n| plan.nodes[*n].clone()).collect();
        for node in &mut other.nodes {
            node.parent = node.parent.map(place);
        }
        for link in &mut other.links {
            (link.from, link.to) = (place(link.from), place(link.to));
        }
        other.links.reverse();
        let by = turn % other.links.len().max(1);
        other.links.rotate_left(by);

        let (one, two) = (schedule(&plan), schedule(&other));
        prop_assert_eq!((one.start(), one.finish()), (two.start(), two.finish()));
        for (node, dates) in one.iter() {
            prop_assert_eq!(dates, two.dates(place(node)), "node {:?} of {:?}", node, &plan);
        }
    }

    /// Save where SS and SF leave a summary with a share: it may then be one of another leaf, which takes less time.
    #[test]
    fn one_more_link_makes_nothing_earlier(
        mut plan in plans(Allow { pulled: false, ..ANYTHING }),
        gone in any::<prop::sample::Index>(),
    ) {
        let summary: Vec<bool> = plan.nodes.iter().map(|n| n.summary).collect();
        plan.links.retain(|l| {
            let share = matches!(l.lag, Lag::Percent(_));
            !(share && matches!(l.kind, SS | SF) && summary[l.from.index()])
        });
        if plan.links.is_empty() {
            return Ok(());
        }
        let mut fewer = plan.clone();
        fewer.links.remove(gone.index(plan.links.len()));
        let (with, without) = (schedule(&plan), schedule(&fewer));
        for (node, dates) in without.iter() {
            prop_assert!(with.dates(node).early_start >= dates.early_start);
            prop_assert!(with.dates(node).early_finish >= dates.early_finish);
        }
    }

    #[test]
    fn what_is_as_late_as_possible_moves_only_itself(plan in plans(ANYTHING)) {
        let mut soon = plan.clone();
        soon.nodes.iter_mut().for_each(|n| n.as_late_as_possible = false);
        let (late, soon) = (schedule(&plan), schedule(&soon));
        prop_assert_eq!(late.finish(), soon.finish());
        for (node, dates) in late.iter() {
            let asap = soon.dates(node);
            prop_assert_eq!((dates.late_start, dates.late_finish), (asap.late_start, asap.late_finish));
            prop_assert!(dates.early_start >= asap.early_start && dates.early_finish >= asap.early_finish);
            let is = &plan.nodes[node.index()];
            if !is.summary && !is.as_late_as_possible {
                prop_assert_eq!((dates.start, dates.finish), (asap.start, asap.finish));
            }
        }
    }

    /// On one calendar, with lags that do not look at one end of the link: for links from finish to start, whatever takes time
    /// and however their lags count; for links of every kind where all is working time, and nothing stands in a gap.
    ///
    /// Elsewhere it does not hold: a finish that is asked for in a gap is met by the work before it, while a start that is
    /// allowed in a gap comes before the gap.
    #[test]
    fn reversing_time_swaps_early_and_late(
        plan in plans(Allow { summaries: false, pulled: false, bounds: false, ..ANYTHING }),
        which in 0_usize..3,
        by_the_clock in any::<bool>(),
        from_finish_to_start in any::<bool>(),
    ) {
        let mut plan = plan;
        plan.calendars = vec![calendars()[which].clone()];
        plan.nodes.iter_mut().for_each(|n| n.calendar = CalendarIx(0));
        plan.links.retain(|l| matches!(l.lag, Lag::Work(_) | Lag::Elapsed(_)));
        for link in &mut plan.links {
            match link.lag {
                Lag::Work(minutes) if by_the_clock && from_finish_to_start => link.lag = Lag::Elapsed(minutes),
                Lag::Elapsed(minutes) if !from_finish_to_start => link.lag = Lag::Work(minutes),
                _ => {}
            }
            if from_finish_to_start {
                link.kind = FS;
            }
        }
        if !from_finish_to_start {
            for node in &mut plan.nodes {
                node.span = Span::Work(node.span.minutes().max(1));
            }
        }
        let straight = schedule(&plan);
        let mirror = |t: Minute| Minute::clamped(MIRROR_DAYS * CIVIL_DAY - t.get());

        let mut reversed = plan.clone();
        reversed.calendars = vec![mirrored(&plan.calendars[0])];
        reversed.start = Some(mirror(straight.finish()));
        for link in &mut reversed.links {
            (link.from, link.to) = (link.to, link.from);
            link.kind = match link.kind {
                LinkKind::StartToStart => FF,
                LinkKind::FinishToFinish => SS,
                kind => kind,
            };
        }
        let reversed = schedule(&reversed);
        let exact = mirror(reversed.finish()) == straight.start();
        for (node, there) in straight.iter() {
            let back: Dates = reversed.dates(node);
            prop_assert_eq!(mirror(back.early_finish), there.late_start);
            prop_assert_eq!(mirror(back.early_start), there.late_finish);
            if exact {
                prop_assert_eq!(mirror(back.late_finish), there.early_start);
                prop_assert_eq!(mirror(back.late_start), there.early_finish);
                prop_assert_eq!(back.total_float, there.total_float);
            }
        }
    }

    /// In working minutes alone, each date is the largest or smallest of plain sums; one minute less where another calendar's
    /// instant lies in a gap and a start must come before it.
    #[test]
    fn every_date_is_feasible_and_tight(
        plan in plans(Allow { summaries: false, pulled: false, bounds: false, civil: false, calendars: 3 }),
    ) {
        let schedule = schedule(&plan);
        let calendar = |n: NodeIx| &plan.calendars[plan.nodes[n.index()].calendar.index()];
        let lag = |l| match l { Lag::Work(minutes) => minutes, _ => unreachable!() };
        for (node, dates) in schedule.iter() {
            let count = |t| calendar(node).work_at(t);
            let span = plan.nodes[node.index()].span.minutes();
            let asked = plan.links.iter().filter(|l| l.to == node).map(|l| {
                let from = schedule.dates(l.from);
                let end = if matches!(l.kind, FS | FF) { from.early_finish } else { from.early_start };
                let work = count(end) + lag(l.lag);
                if matches!(l.kind, FF | SF) { work - span } else { work }
            });
            let start = asked.fold(count(schedule.start()), i64::max);
            prop_assert_eq!(count(dates.early_start), start);
            prop_assert_eq!(count(dates.early_finish), start + span);
            prop_assert!(calendar(node).is_working(dates.early_start));

            let allowed = plan.links.iter().filter(|l| l.from == node).map(|l| {
                let to = schedule.dates(l.to);
                let met = |finish| calendar(l.to).start_of(calendar(l.to).work_at(finish));
                let end = if matches!(l.kind, FS | SS) { to.late_start } else { met(to.late_finish) };
                let back = match lag(l.lag) {
                    0 => end,
                    minutes => calendar(l.to).start_of(calendar(l.to).work_at(end) - minutes),
                };
                let work = count(back);
                let in_gap = calendar(node).start_of(work) > back;
                if matches!(l.kind, SS | SF) { work - i64::from(in_gap) + span } else { work }
            });
            let finish = allowed.fold(count(schedule.finish()), i64::min);
            prop_assert_eq!(count(dates.late_finish), finish);
            prop_assert_eq!(count(dates.late_start), finish - span);
            prop_assert_eq!(dates.total_float, finish - span - start);
            prop_assert_eq!(dates.critical, dates.total_float <= 0);
        }
    }
}

/// Time is mirrored about the middle of so many days after 1970-01-01.
const MIRROR_DAYS: i64 = 2 * 20_520;

/// The same hours with time running backwards.
fn mirrored(calendar: &WorkCalendar) -> WorkCalendar {
    let hours = |day: i64| {
        let end = CIVIL_DAY as u16;
        let there = calendar.hours_on(MIRROR_DAYS - 1 - day);
        there
            .iter()
            .rev()
            .map(|(from, to)| (end - to, end - from))
            .collect::<Vec<_>>()
    };
    // 1900-01-01 was a Monday; weeks so far from any holiday are ordinary ones on both sides.
    let far = 20_520 + 7 * 500;
    let monday = far - (far + 3) % 7;
    let week = std::array::from_fn(|weekday| hours(monday + weekday as i64));
    WorkCalendar::new(week, (20_520 - 700..20_520 + 700).map(|day| (day, hours(day))))
}
