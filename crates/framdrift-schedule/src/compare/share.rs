//! How much of each move is due to which change.

use std::collections::BTreeSet;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{Counts, NodeIx};
use framdrift_model::time::Minute;

use super::changes::Found;
use super::matching::Pairs;
use super::mix::{EARLIER, LATER, Mixed, Mixer};
use super::walk::{Walk, chain_of, is_of_all};
use super::{Change, Comparison, Computed, End, MOST_STEPS, Moved, Reach, Share, Shift, Unit};
use crate::time;

/// Of how many moves the chains are counted to choose the changes that are tried.
const MOST_CHAINS: usize = 10_000;
/// How many changes on one of them count.
const MOST_ON_CHAIN: usize = 64;

/// A date that moved: an end of one of the nodes that moved, by its position among them, or the finish of the programme.
#[derive(Clone, Copy, Debug)]
enum Row {
    Node(usize, End),
    Finish,
}

/// What a change does to one date: made alone, and on top of the others; none where that is not known.
#[derive(Clone, Copy, Debug, Default)]
struct Doing {
    alone: Option<i64>,
    on_top: Option<i64>,
}

/// How minutes of a row are counted.
struct Measure<'a> {
    unit: Unit,
    /// None where the plan has no calendar; then minutes are counted by the clock.
    calendar: Option<&'a WorkCalendar>,
}

impl Measure<'_> {
    fn between(&self, from: Minute, to: Minute) -> i64 {
        match (self.unit, self.calendar) {
            (Unit::Work, Some(calendar)) => time::between(calendar, time::offset(from), time::offset(to)),
            _ => to.since(from),
        }
    }
}

/// Tells each date that moved what moved it, and each change whether it moves anything.
pub(super) fn attribute(
    earlier: &Computed<'_>,
    later: &Computed<'_>,
    pairs: &Pairs,
    found: &Found,
    comparison: &mut Comparison,
) {
    let count = found.list.len();
    let mut walk = Walk::new(earlier, later, pairs, found);
    let rows = rows(comparison);
    let plan = later.network.projection();
    let counts = (plan.counts(), plan.counts_of_finish());
    let mut shifts: Vec<Shift> = Vec::with_capacity(rows.len());
    for row in &rows {
        shifts.push(shift(later, &counts, comparison, &mut walk, *row));
    }

    let mut reach = vec![Reach::Unknown; count];
    if let [_] = found.list.as_slice() {
        // With it the earlier plan is the later one.
        reach[0] = if rows.is_empty() {
            Reach::Nothing
        } else {
            Reach::Covered
        };
        for shift in &mut shifts {
            let by = shift.by;
            shift.causes.push(Share { change: 0, by });
        }
    } else if count > 1 {
        let mixer = Mixer::new(earlier, later, pairs, found);
        let tried = tried(earlier, later, &mut walk, comparison, found, &rows);
        let mut doings: Vec<Vec<(usize, Doing)>> = vec![Vec::new(); rows.len()];
        // What was computed otherwise than can be done again is not taken apart.
        let sound = mixer.without(&|_| true).is_some_and(|m| m.is_like(EARLIER, earlier))
            && mixer.without(&|_| false).is_some_and(|m| m.is_like(LATER, later));
        for at in tried.into_iter().filter(|_| sound) {
            let alone = mixer.without(&|other| other != at);
            let on_top = mixer.without(&|other| other == at);
            let moves = [
                alone.as_ref().map(|mixed| !mixed.is_like(EARLIER, earlier)),
                on_top.as_ref().map(|mixed| !mixed.is_like(LATER, later)),
            ];
            reach[at] = match moves {
                [Some(true), _] | [_, Some(true)] => Reach::Covered,
                [Some(false), Some(false)] => Reach::Nothing,
                _ => Reach::Unknown,
            };
            if reach[at] != Reach::Covered {
                continue;
            }
            for ((row, shift), doings) in rows.iter().zip(&shifts).zip(&mut doings) {
                let doing = doing(later, comparison, *row, shift.unit, [alone.as_ref(), on_top.as_ref()]);
                if doing.alone.unwrap_or(0) != 0 || doing.on_top.unwrap_or(0) != 0 {
                    doings.push((at, doing));
                }
            }
        }
        for ((row, shift), doings) in rows.iter().zip(&mut shifts).zip(doings) {
            let (which, from) = start_of(comparison, &walk, *row, shift.by);
            let chain = from.map_or_else(Vec::new, |(node, end)| walk.chain(which, node, end));
            let on_chain = |change: usize| chain.contains(&change) || is_of_all(&found.list[change]);
            shares(shift, &doings, &on_chain);
        }
    }

    for (row, mut shift) in rows.into_iter().zip(shifts) {
        shift.together = shift.by - shift.causes.iter().map(|cause| cause.by).sum::<i64>();
        for cause in &shift.causes {
            reach[cause.change] = Reach::Moves;
        }
        match row {
            Row::Finish => comparison.shift = Some(shift),
            Row::Node(at, End::Start) => comparison.moves[at].start = Some(shift),
            Row::Node(at, End::Finish) => comparison.moves[at].finish = Some(shift),
        }
    }
    let changes = found.list.iter().zip(&found.also).zip(reach);
    comparison.changes = changes
        .map(|((what, also), reach)| Change {
            what: *what,
            also: also.clone(),
            reach,
            moved: Vec::new(),
        })
        .collect();
}

/// The dates that moved.
fn rows(comparison: &Comparison) -> Vec<Row> {
    let mut rows = Vec::new();
    for (at, moved) in comparison.moves.iter().enumerate() {
        for end in End::BOTH {
            let (before, after) = moved.on(end);
            if before != after {
                rows.push(Row::Node(at, end));
            }
        }
    }
    if comparison.finish.0 != comparison.finish.1 {
        rows.push(Row::Finish);
    }
    rows
}

/// How far a date moved, for reasons not known yet.
fn shift(
    later: &Computed<'_>,
    counts: &(Vec<Counts>, Counts),
    comparison: &Comparison,
    walk: &mut Walk<'_>,
    row: Row,
) -> Shift {
    let (before, after) = match row {
        Row::Node(at, end) => comparison.moves[at].on(end),
        Row::Finish => comparison.finish,
    };
    let counts = match row {
        Row::Node(at, _) => counts.0[comparison.moves[at].node.index()],
        Row::Finish => counts.1,
    };
    let mut measure = Measure {
        unit: match counts {
            Counts::Clock => Unit::Clock,
            Counts::WorkingTime => Unit::Work,
        },
        calendar: calendar(later, comparison, row),
    };
    if measure.calendar.is_none() || measure.between(before, after) == 0 {
        measure.unit = Unit::Clock;
    }
    let by = measure.between(before, after);
    let follows = match row {
        Row::Finish => {
            let which = chain_of(by);
            let last = walk.last(which).and_then(|last| walk.in_later(which, last));
            last.map(|last| (last, End::Finish))
        }
        Row::Node(at, end) => {
            let which = chain_of(by);
            walk.follows(which, node_of(&comparison.moves[at], which), end)
        }
    };
    Shift {
        unit: measure.unit,
        by,
        causes: Vec::new(),
        together: 0,
        follows,
    }
}

/// Where the chain of drivers of a row begins: in which plan, and at which date.
fn start_of(comparison: &Comparison, walk: &Walk<'_>, row: Row, by: i64) -> (usize, Option<(NodeIx, End)>) {
    let which = chain_of(by);
    let from = match row {
        Row::Node(at, end) => Some((node_of(&comparison.moves[at], which), end)),
        Row::Finish => walk.last(which).map(|last| (last, End::Finish)),
    };
    (which, from)
}

const fn node_of(moved: &Moved, which: usize) -> NodeIx {
    if which == LATER { moved.node } else { moved.earlier }
}

fn calendar<'a>(later: &Computed<'a>, comparison: &Comparison, row: Row) -> Option<&'a WorkCalendar> {
    match row {
        Row::Node(at, _) => Some(later.network.calendar(comparison.moves[at].node)),
        Row::Finish => {
            let plan = later.network.projection();
            plan.calendars.get(plan.calendar.index())
        }
    }
}

/// What a change does to one date, by the schedules with it alone and with all but it.
fn doing(later: &Computed<'_>, comparison: &Comparison, row: Row, unit: Unit, mixed: [Option<&Mixed>; 2]) -> Doing {
    let calendar = calendar(later, comparison, row);
    let measure = Measure { unit, calendar };
    let at = |mixed: &Mixed| match row {
        Row::Finish => Some(mixed.finish()),
        Row::Node(at, end) => {
            let dates = mixed.dates(LATER, comparison.moves[at].node)?;
            Some(if end == End::Start { dates.start } else { dates.finish })
        }
    };
    let (before, after) = match row {
        Row::Node(at, end) => comparison.moves[at].on(end),
        Row::Finish => comparison.finish,
    };
    let [alone, without] = mixed.map(|mixed| mixed.and_then(at));
    Doing {
        alone: alone.map(|alone| measure.between(before, alone)),
        on_top: without.map(|without| measure.between(without, after)),
    }
}

/// The changes that are tried one by one: all where that is not too much, else those on the chains of most dates.
fn tried(
    earlier: &Computed<'_>,
    later: &Computed<'_>,
    walk: &mut Walk<'_>,
    comparison: &Comparison,
    found: &Found,
    rows: &[Row],
) -> Vec<usize> {
    let size = |computed: &Computed<'_>| {
        let plan = computed.network.projection();
        (plan.nodes.len() + plan.links.len()) as u64
    };
    let size = size(earlier).max(size(later)).max(1);
    let most = usize::try_from(MOST_STEPS / (2 * size)).unwrap_or(usize::MAX).max(2);
    let mut order: Vec<usize> = (0..found.list.len()).collect();
    if order.len() <= most {
        return order;
    }
    let mut count = vec![0_usize; order.len()];
    for row in rows.iter().rev().step_by(rows.len() / MOST_CHAINS + 1) {
        let by = match *row {
            Row::Finish => comparison.finish.1.since(comparison.finish.0),
            Row::Node(at, end) => {
                let (before, after) = comparison.moves[at].on(end);
                after.since(before)
            }
        };
        let (which, from) = start_of(comparison, walk, *row, by);
        if let Some((node, end)) = from {
            // An edit of a template may be met several times.
            let chain: BTreeSet<usize> = walk.chain(which, node, end).into_iter().take(MOST_ON_CHAIN).collect();
            chain.into_iter().for_each(|change| count[change] += 1);
        }
    }
    order.sort_by_key(|at| {
        let of_all = is_of_all(&found.list[*at]);
        (!of_all, std::cmp::Reverse(count[*at]), *at)
    });
    order.truncate(most);
    order
}

/// Deals a move out to the changes that move the date, each between what it does alone and what it does on top of the others.
fn shares(shift: &mut Shift, doings: &[(usize, Doing)], on_chain: &dyn Fn(usize) -> bool) {
    let range = |doing: &Doing| {
        let one = doing.alone.or(doing.on_top).unwrap_or(0);
        let other = doing.on_top.or(doing.alone).unwrap_or(0);
        (one.min(other), one.max(other))
    };
    // What is off the chain counts with the less that it does: with nothing, where it does something only one way.
    let least = |(low, high): (i64, i64)| {
        if low > 0 {
            low
        } else if high < 0 {
            high
        } else {
            0
        }
    };
    let mut causes: Vec<(usize, (i64, i64), i64)> = Vec::with_capacity(doings.len());
    for (change, doing) in doings {
        let range = range(doing);
        causes.push((*change, range, least(range)));
    }
    let (mut on, mut off): (Vec<_>, Vec<_>) = causes.into_iter().partition(|(change, ..)| on_chain(*change));
    for cause in &mut on {
        cause.2 = cause.1.0;
    }
    let sum = |list: &[(usize, (i64, i64), i64)]| list.iter().map(|cause| cause.2).sum::<i64>();
    let rest = shift.by - sum(&off) - sum(&on);
    let rest = deal(&mut on, rest);
    if rest > 0 {
        deal(&mut off, rest);
    } else if rest < 0 {
        // The same downwards.
        for cause in &mut off {
            *cause = (cause.0, (-cause.1.1, -cause.1.0), -cause.2);
        }
        deal(&mut off, -rest);
        for cause in &mut off {
            *cause = (cause.0, (-cause.1.1, -cause.1.0), -cause.2);
        }
    }
    let all = on.into_iter().chain(off).filter(|cause| cause.2 != 0);
    shift.causes.extend(all.map(|(change, _, by)| Share { change, by }));
}

/// Raises shares towards the upper ends of their ranges, each by the same fraction of the way, until they have come by `rest`
/// more. Gives what is left of that; all of it where there is nothing to raise by.
fn deal(causes: &mut [(usize, (i64, i64), i64)], rest: i64) -> i64 {
    let room = |cause: &(usize, (i64, i64), i64)| i128::from(cause.1.1 - cause.2);
    let all: i128 = causes.iter().map(room).sum();
    let part = i128::from(rest).min(all);
    if part <= 0 {
        return rest;
    }
    // Whole minutes: each ends where the sum so far would, so that the last one makes it right.
    let (mut so_far, mut dealt) = (0_i128, 0_i128);
    for cause in causes {
        so_far += room(cause);
        let up_to = part * so_far / all;
        // INVARIANT: no more than the room of the cause, which is a difference of minutes.
        cause.2 += (up_to - dealt) as i64;
        dealt = up_to;
    }
    rest - part as i64
}
