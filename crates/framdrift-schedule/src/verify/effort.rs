//! Levels of effort: they span what their links name, or what stands beside them, and move nothing.

use framdrift_model::projection::{Lag, LinkKind, NodeIx};
use framdrift_model::rules::{Critical, LagCalendar};
use framdrift_model::time::Minute;

use super::case::Case;
use super::clock::{self, MINUTE};
use super::{float, p6, summary};
use crate::schedule::Dates;

/// First and last, of early dates and of late ones.
#[derive(Clone, Copy, Default)]
struct Extent {
    early: [Option<i64>; 2],
    late: [Option<i64>; 2],
}

impl Extent {
    fn add(&mut self, start: bool, early: i64, late: i64) {
        for (known, at) in [(&mut self.early, early), (&mut self.late, late)] {
            let side = &mut known[usize::from(!start)];
            *side = Some(match *side {
                Some(t) if start => t.min(at),
                Some(t) => t.max(at),
                None => at,
            });
        }
    }

    fn join(&mut self, other: &Self) {
        for (start, side) in [(true, 0), (false, 1)] {
            if let (Some(early), Some(late)) = (other.early[side], other.late[side]) {
                self.add(start, early, late);
            }
        }
    }
}

/// The dates that follow for every level of effort, in document order.
pub(super) fn follow(case: &Case<'_>, dates: impl Fn(NodeIx) -> Dates) -> Vec<(usize, Dates)> {
    let count = case.tree.len();
    let is_effort = |n: usize| case.is_effort(n);
    let efforts: Vec<usize> = (0..count).filter(|n| is_effort(*n)).collect();
    if efforts.is_empty() {
        return Vec::new();
    }
    let mut links = vec![Vec::new(); count];
    for (l, link) in case.projection.links.iter().enumerate() {
        let (from, to) = (link.from.index(), link.to.index());
        if from < count && to < count && from != to {
            for end in [from, to].into_iter().filter(|end| is_effort(*end)) {
                links[end].push(l);
            }
        }
    }
    let turn = turns(case, &efforts, &links);
    let beside = beside(case, &dates);
    // A summary counts without the levels of effort that belong to it.
    let rolled = summary::roll_up(case, &dates, false);
    let mut found = Vec::with_capacity(efforts.len());
    for &n in &efforts {
        let mut extent = Extent::default();
        if links[n].is_empty() {
            extent = case.tree.up(n).map_or(beside.1, |up| beside.0[up]);
        }
        for &l in &links[n] {
            let link = case.projection.links[l];
            let other = if link.to.index() == n { link.from } else { link.to };
            // Only what had dates when its turn came.
            let o = other.index();
            let on = match rolled.get(o).copied().flatten() {
                _ if case.tree.acts(o) => dates(other),
                Some(rolled) => rolled.dates,
                None if is_effort(o) && turn[o] < turn[n] => dates(other),
                None => continue,
            };
            let (start, early, late) = named(case, l, link.to.index() == n, on);
            extent.add(start, early, late);
        }
        found.push((n, lay(case, n, extent)));
    }
    found
}

/// By node, which turn a level of effort has: after those it follows. Of those that follow each other, the first in document
/// order has its turn first.
fn turns(case: &Case<'_>, efforts: &[usize], links: &[Vec<usize>]) -> Vec<usize> {
    let count = case.tree.len();
    let is_effort = |n: usize| case.is_effort(n);
    let ends = |l: usize| {
        (
            case.projection.links[l].from.index(),
            case.projection.links[l].to.index(),
        )
    };
    let mut waits = vec![0_usize; count];
    for &n in efforts {
        waits[n] = links[n]
            .iter()
            .filter(|l| ends(**l).1 == n && is_effort(ends(**l).0))
            .count();
    }
    let mut turn = vec![usize::MAX; count];
    let mut ready: Vec<usize> = efforts.iter().copied().filter(|n| waits[*n] == 0).collect();
    let mut stuck = efforts.iter().copied();
    let mut next = 0;
    loop {
        let chosen = ready.pop().or_else(|| stuck.find(|n| turn[*n] == usize::MAX));
        let Some(n) = chosen else { break };
        if turn[n] != usize::MAX {
            continue;
        }
        turn[n] = next;
        next += 1;
        for &l in &links[n] {
            let (from, to) = ends(l);
            if from == n && is_effort(to) {
                waits[to] -= 1;
                if waits[to] == 0 {
                    ready.push(to);
                }
            }
        }
    }
    turn
}

/// What stands below each summary, and everything.
fn beside(case: &Case<'_>, dates: impl Fn(NodeIx) -> Dates) -> (Vec<Extent>, Extent) {
    let mut below = vec![Extent::default(); case.tree.len()];
    let mut all = Extent::default();
    for n in (0..below.len()).rev() {
        let mut own = below[n];
        if case.tree.acts(n) {
            let on = dates(NodeIx(n as u32));
            own.add(true, clock::tenths(on.early_start), clock::tenths(on.late_start));
            own.add(false, clock::tenths(on.early_finish), clock::tenths(on.late_finish));
        }
        match case.tree.parent(n) {
            Some(up) => below[up].join(&own),
            None => all.join(&own),
        }
    }
    (below, all)
}

/// What a link names: whether it is a start, its early date and its late one.
fn named(case: &Case<'_>, l: usize, incoming: bool, on: Dates) -> (bool, i64, i64) {
    let link = case.projection.links[l];
    let of_predecessor = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
    let of_successor = matches!(link.kind, LinkKind::FinishToStart | LinkKind::StartToStart);
    let (other, theirs, mine) = match incoming {
        true => (link.from, of_predecessor, of_successor),
        false => (link.to, of_successor, of_predecessor),
    };
    let fact = case.fact(other.index());
    let happened = if theirs {
        fact.started.or(fact.finished)
    } else {
        fact.finished
    };
    let (early, late) = match theirs {
        true => (on.early_start, on.late_start),
        false => (on.early_finish, on.late_finish),
    };
    let always_late = incoming && link.kind == LinkKind::StartToStart;
    let late = happened.filter(|_| !always_late).unwrap_or(late);
    let shift = |t: Minute| shifted(case, l, clock::tenths(t), incoming);
    (mine, shift(happened.unwrap_or(early)), shift(late))
}

fn shifted(case: &Case<'_>, l: usize, t: i64, forward: bool) -> i64 {
    let link = case.projection.links[l];
    let calendar = match case.rules.lag_calendar {
        LagCalendar::Predecessor => case.node(link.from.index()).calendar,
        LagCalendar::Successor | LagCalendar::AllDay => case.node(link.to.index()).calendar,
        LagCalendar::Project => case.projection.calendar,
    };
    let by = |minutes: i64| {
        let tenths = minutes.saturating_mul(MINUTE);
        if forward { tenths } else { -tenths }
    };
    match link.lag {
        Lag::Work(minutes) if case.rules.lag_calendar != LagCalendar::AllDay => {
            clock::moved(&case.projection.calendars[calendar.index()], t, by(minutes))
        }
        Lag::Work(minutes) | Lag::Elapsed(minutes) => clock::civil(t, by(minutes)),
        Lag::Percent(_) | Lag::Period(_) => t,
    }
}

/// Lays a level of effort over what it spans, its own progress first.
fn lay(case: &Case<'_>, n: usize, extent: Extent) -> Dates {
    let (calendar, fact, now) = (case.calendar(n), case.fact(n), p6::now(case));
    let [from, to] = extent.early;
    let from = from.unwrap_or(now);
    let to = clock::at_closing(calendar, to.unwrap_or(from.max(now)));
    let late_finish = clock::at_closing(calendar, extent.late[1].unwrap_or(case.finish));
    let late_start = extent.late[0].unwrap_or(late_finish).min(late_finish);
    let late_start = clock::at_opening(calendar, late_start).min(late_finish);
    let early_start = clock::at_opening(calendar, from.max(now));
    let early_finish = fact.finished.map_or(to.max(early_start), clock::tenths);
    let opening = clock::at_opening(calendar, from);
    let start = match fact.started.or(fact.finished) {
        Some(at) => clock::tenths(at),
        None if opening < now => early_start,
        None => opening,
    };
    let at_start = clock::worked(calendar, early_start, late_start);
    let at_finish = clock::worked(calendar, early_finish, late_finish);
    let open = fact.finished.is_none();
    let total = if open {
        clock::whole(float::of_kind(case, at_start, at_finish))
    } else {
        0
    };
    let minute = clock::minute;
    Dates {
        start: minute(start),
        finish: minute(early_finish),
        early_start: minute(early_start.min(early_finish)),
        early_finish: minute(early_finish),
        late_start: minute(late_start),
        late_finish: minute(late_finish),
        total_float: total,
        free_float: 0,
        critical: open && case.rules.critical == Critical::Float && total <= case.rules.critical_limit,
    }
}
