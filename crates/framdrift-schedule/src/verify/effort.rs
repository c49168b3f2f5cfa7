//! Levels of effort: they span what their links name, or what stands beside them, and move nothing.

use framdrift_model::projection::{Lag, LinkKind, NodeIx};
use framdrift_model::rules::{Critical, LagCalendar, Profile};
use framdrift_model::time::Minute;

use super::case::Case;
use super::clock::{self, MINUTE};
use super::{float, p6, summary};
use crate::schedule::Dates;

/// One date that a level of effort starts or finishes with: early, late, and whether it is recorded.
#[derive(Clone, Copy, PartialEq)]
struct Named {
    start: bool,
    early: i64,
    late: i64,
    recorded: bool,
}

/// What counts of all that is named: for the start what is first, for the finish what is last, early and late apart.
#[derive(Clone, Copy, Default)]
struct Extent {
    /// The earliest of the starts, wherever the status date lies, and whether it is no record: one that is comes first.
    first: Option<(i64, bool)>,
    early: [Option<i64>; 2],
    late: [Option<i64>; 2],
}

impl Extent {
    /// Takes a date in; what lies before `held` counts as lying there.
    fn add(&mut self, named: Named, held: i64) {
        let Named {
            start,
            early,
            late,
            recorded,
        } = named;
        if start && self.first.is_none_or(|first| (early, !recorded) < first) {
            self.first = Some((early, !recorded));
        }
        // What is recorded or lies in the past is not late.
        let past = recorded || early < held;
        let early = early.max(held);
        let late = if past { late.max(early) } else { late };
        for (known, at) in [(&mut self.early, early), (&mut self.late, late)] {
            let side = &mut known[usize::from(!start)];
            let outermost = |t: i64| if start { t.min(at) } else { t.max(at) };
            *side = Some(side.map_or(at, outermost));
        }
    }

    fn join(&mut self, other: &Self) {
        if let Some(first) = other.first
            && self.first.is_none_or(|known| first < known)
        {
            self.first = Some(first);
        }
        for (mine, theirs) in [(&mut self.early, other.early), (&mut self.late, other.late)] {
            for (side, at) in theirs.into_iter().enumerate() {
                let Some(at) = at else { continue };
                let outermost = |t: i64| if side == 0 { t.min(at) } else { t.max(at) };
                mine[side] = Some(mine[side].map_or(at, outermost));
            }
        }
    }
}

/// Nothing of a level of effort that is left lies before this: the status date, where the rules hold anything to it.
fn held_from(case: &Case<'_>) -> i64 {
    match case.rules.profile {
        Profile::MsProject => clock::NEVER,
        Profile::Framdrift | Profile::P6 => p6::now(case),
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
        let holds = |outer: usize, inner: usize| case.tree.spans(outer) && case.tree.contains(outer, inner);
        if from < count && to < count && from != to && !holds(from, to) && !holds(to, from) {
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
            let (on, begun) = match rolled.get(o).copied().flatten() {
                _ if case.tree.acts(o) => (dates(other), false),
                Some(rolled) => (rolled.dates, rolled.begun),
                None if is_effort(o) && turn[o] < turn[n] => (dates(other), false),
                None => continue,
            };
            let named = named(case, l, link.to.index() == n, on, begun);
            extent.add(named, held_from(case));
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
            let ends = [
                (true, on.early_start, on.late_start),
                (false, on.early_finish, on.late_finish),
            ];
            let began = case.started(n).filter(|_| case.rules.profile == Profile::Framdrift);
            for (start, early, late) in ends {
                let began = began.filter(|_| start);
                let named = Named {
                    start,
                    early: began.unwrap_or(clock::tenths(early)),
                    late: began.unwrap_or(clock::tenths(late)),
                    recorded: began.is_some(),
                };
                own.add(named, held_from(case));
            }
        }
        match case.tree.parent(n) {
            Some(up) => below[up].join(&own),
            None => all.join(&own),
        }
    }
    (below, all)
}

/// What a link names.
fn named(case: &Case<'_>, l: usize, incoming: bool, on: Dates, begun: bool) -> Named {
    let link = case.projection.links[l];
    let of_predecessor = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
    let of_successor = matches!(link.kind, LinkKind::FinishToStart | LinkKind::StartToStart);
    let (other, theirs, mine) = match incoming {
        true => (link.from, of_predecessor, of_successor),
        false => (link.to, of_successor, of_predecessor),
    };
    let fact = case.fact(other.index());
    let happened = if theirs {
        fact.started.or(fact.finished).or(begun.then_some(on.start))
    } else {
        fact.finished
    };
    let (early, late) = match theirs {
        true => (on.early_start, on.late_start),
        false => (on.early_finish, on.late_finish),
    };
    let always_late = incoming && link.kind == LinkKind::StartToStart && case.rules.profile == Profile::P6;
    let late = happened.filter(|_| !always_late).unwrap_or(late);
    let shift = |t: Minute| shifted(case, l, clock::tenths(t), incoming);
    Named {
        start: mine,
        early: shift(happened.unwrap_or(early)),
        late: shift(late),
        recorded: happened.is_some(),
    }
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
    let (calendar, fact) = (case.calendar(n), case.fact(n));
    let (own, p6) = (
        case.rules.profile == Profile::Framdrift,
        case.rules.profile == Profile::P6,
    );
    let begun = fact.started.or(fact.finished).map(clock::tenths);
    let minute = clock::minute;
    let now = match held_from(case) {
        clock::NEVER => case.start,
        held => held,
    };
    let open = extent.early[1].map_or(now, |to| to.min(now));
    let from = extent.early[0].unwrap_or(open);
    let to = extent.early[1].unwrap_or(from);
    let early_start = clock::at_opening(calendar, from);
    let early_finish = clock::at_closing(calendar, to).max(early_start);
    // It begins when what it starts with is recorded to have.
    let with_first = extent.first.filter(|(_, open)| own && !open);
    let with_first = with_first.map(|(at, _)| clock::at_opening(calendar, at).min(early_start));
    let start = begun.or(with_first).unwrap_or(early_start);
    if let Some(finish) = fact.finished.filter(|_| !p6) {
        let (start, finish) = (minute(start), finish.max(minute(start)));
        return Dates {
            finish,
            early_finish: finish,
            late_finish: finish,
            ..Dates::instant(start)
        };
    }
    let last = clock::at_closing(calendar, extent.late[1].unwrap_or(case.finish.max(to)));
    let late_start = clock::at_opening(calendar, extent.late[0].unwrap_or(last));
    let late_finish = last.max(late_start);
    let early_finish = fact.finished.map_or(early_finish, clock::tenths);
    let at_start = clock::worked(calendar, early_start, late_start);
    let at_finish = clock::worked(calendar, early_finish, late_finish);
    let happened = begun.is_some() || extent.first.is_some_and(|(_, open)| !open);
    let total = match fact.finished {
        Some(_) => 0,
        None if happened && !p6 => clock::whole(at_finish),
        None => clock::whole(float::of_kind(case, at_start, at_finish)),
    };
    let counts = p6 && case.rules.critical == Critical::Float && fact.finished.is_none();
    Dates {
        start: minute(start),
        finish: minute(early_finish),
        early_start: minute(early_start.min(early_finish)),
        early_finish: minute(early_finish),
        late_start: minute(late_start),
        late_finish: minute(late_finish),
        total_float: total,
        free_float: 0,
        critical: counts && total <= case.rules.critical_limit,
    }
}
