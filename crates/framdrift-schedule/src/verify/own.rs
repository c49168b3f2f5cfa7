//! framdrift's own rules as equations on one node: a start is asked as an instant, a finish in working time.

use framdrift_model::projection::BoundKind;
use framdrift_model::rules::OutOfSequence;

use super::case::{Allowed, Case, Demand, Pair, Placed, Source};
use super::clock::{self, EVER, Length, NEVER, instant};
use super::flaw::Reason;
use super::group::{Behind, Caps, NO_CAPS, Sums, asked_from};
use super::keep;
use super::met;
use super::pull;
use super::tree::is_constraint;
use super::typed::Hours;

/// How much of a node is left: what is recorded; else what was not worked between its start and the status date.
pub(super) fn rest(case: &Case<'_>, n: usize) -> Length {
    let length = case.length(n);
    if case.finished(n).is_some() {
        return length.with(0);
    }
    if let Some(rest) = case.recorded_rest(n) {
        return rest;
    }
    match (case.started(n), case.status) {
        (Some(started), Some(now)) if started < now => {
            let passed = clock::passed(case.hours(n), length, started, now);
            length.with((length.tenths - passed).max(0))
        }
        _ => length,
    }
}

/// A node at typed dates.
pub(super) fn typed(case: &Case<'_>, n: usize, dates: Pair) -> Placed {
    let length = case.length(n);
    let lasts = Hours::of(case, n, case.hours(n)).passed(length, dates[0], dates[1]);
    Placed::at(dates, length.with(lasts)).because(Reason::Typed)
}

/// Where what is left of a node must be, by the dates of what precedes it.
pub(super) fn place(case: &Case<'_>, sums: &Sums, n: usize, heard: &mut Vec<Demand>) -> Placed {
    if let Some(dates) = case.typed(n) {
        return typed(case, n, dates);
    }
    let (hours, length, started) = (case.hours(n), rest(case, n), case.started(n));
    if let (Some(start), Some(finish)) = (started, case.finished(n)) {
        return Placed::at([start, finish.max(start)], length).because(Reason::Recorded);
    }
    let goes_on = started.is_some() && case.rules.out_of_sequence == OutOfSequence::ProgressOverride;
    if !goes_on {
        hear_links(case, sums, n, length, heard);
    }
    hear_floors(case, n, length, heard);
    let finish_asked = heard.iter().any(|d| !d.of_start);
    let delay = met::delay(case, n);
    if delay > 0 {
        // Whatever is asked comes so much later.
        heard.iter_mut().for_each(|d| d.at = clock::civil(d.at, delay));
    }
    let mut start = heard.iter().map(|d| d.at).max().unwrap_or(NEVER);
    if length.civil && case.civil_waits() {
        start = clock::at_opening(hours, start);
    }
    let dates = instant::from(hours, length, start);
    let mut placed = Placed::at(dates, length);
    let mut bounds = case.bounds(n);
    let expected = bounds.find(|(bound, _)| bound.kind == BoundKind::ExpectedFinish);
    // A finish that something asks for stands, whatever is expected.
    let counts = case.rules.expected_finish && !finish_asked && length.tenths > 0;
    if let Some((bound, reason)) = expected.filter(|_| counts) {
        let at = clock::tenths(bound.at);
        if at > dates[0] {
            let length = length.with(clock::passed(hours, length, dates[0], at));
            placed = Placed::at([dates[0], clock::over(hours, length, dates[0])], length);
            placed.fixed[1] = Some(reason);
        }
    }
    if case.dates_win() && started.is_none() {
        keep::dates(case, n, &mut placed);
    }
    placed
}

fn hear_links(case: &Case<'_>, sums: &Sums, n: usize, length: Length, heard: &mut Vec<Demand>) {
    let mut hear = |to_start: bool, at: i64, reason: Reason, source: Source| {
        let at = if to_start {
            at
        } else {
            instant::reaching(case.hours(n), length, at)
        };
        heard.push(Demand {
            at,
            of_start: to_start,
            reason,
            source,
        });
    };
    for s in case.strands.strands_to(n) {
        let strand = &case.strands.all[s];
        let at = case.demanded(sums, strand, asked_from(case, sums, strand));
        hear(strand.to_start, at, Reason::Link(strand.link), Source::Strand(s));
    }
    if let Some(g) = case.strands.in_of(n) {
        for (to_start, (at, reason)) in [(true, sums.ins[g].start), (false, sums.ins[g].finish)] {
            if at != NEVER {
                hear(to_start, at, reason, Source::Group(g));
            }
        }
    }
}

fn hear_floors(case: &Case<'_>, n: usize, length: Length, heard: &mut Vec<Demand>) {
    let started = case.started(n);
    let mut ask = |at: i64, of_start: bool, reason| heard.push(Demand::new(at, of_start, reason));
    ask(case.start, true, Reason::ProgrammeStart);
    if let Some(now) = case.status {
        ask(now, true, Reason::StatusDate);
    }
    if let Some(at) = started {
        ask(at, true, Reason::Recorded);
    }
    if let Some(at) = case.fact(n).resumed {
        ask(clock::tenths(at), true, Reason::Resumed);
    }
    let inherited = case.tree.inherited(n);
    ask(inherited.typed[0].0, true, inherited.typed[0].1);
    if started.is_none() {
        ask(inherited.floor.0, true, inherited.floor.1);
    }
    for (bound, reason) in case.bounds(n) {
        let at = clock::tenths(bound.at);
        match bound.kind {
            BoundKind::StartNotBefore | BoundKind::MustStart if started.is_none() => ask(at, true, reason),
            BoundKind::ExternalStart if case.rules.external_dates => ask(at, true, reason),
            BoundKind::FinishNotBefore | BoundKind::MustFinish => {
                ask(instant::reaching(case.hours(n), length, at), false, reason);
            }
            _ => {}
        }
    }
}

/// How late what is left of a node may be, by the late dates of what follows.
pub(super) fn allow(
    case: &Case<'_>,
    sums: &Sums,
    behind: &Behind,
    n: usize,
    placed: &Placed,
    heard: &mut Vec<Demand>,
) -> Allowed {
    let (hours, length) = (case.hours(n), placed.length);
    let started = case.started(n).filter(|_| !case.is_typed(n));
    let soonest = placed.dates;
    if case.finished(n).is_some() && !case.is_typed(n) {
        return Allowed {
            dates: soonest,
            float_finish: soonest[1],
            shown: soonest,
            fixed: Some(Reason::Recorded),
        };
    }
    let pinned = case.is_typed(n) || started.is_some();
    let caps = caps(case, sums, behind, n, true, pinned);
    if caps.start.0 != EVER {
        let at = instant::not_begun_after(hours, length, caps.start.0);
        heard.push(Demand::new(at, true, caps.start.1));
    }
    heard.push(Demand::new(caps.finish.0, false, caps.finish.1));
    heard.push(Demand::new(case.origin, false, Reason::ProgrammeFinish));
    if case.rules.multiple_critical_paths && !caps.followed {
        heard.push(Demand::new(soonest[1], false, Reason::OpenEnd));
    }
    let mut fixed = None;
    own_caps(case, n, length, |at, of_start, reason, must| {
        heard.push(Demand::new(at, of_start, reason));
        if must && case.dates_win() && started.is_none() {
            fixed = Some((at, reason));
        }
    });
    let least = heard.iter().map(|d| d.at).min().unwrap_or(case.origin);
    let latest = fixed.map_or(least, |(at, _)| at);
    let mut dates = instant::until(hours, length, latest).map(clock::inside);
    if length.civil && case.civil_waits() {
        // It must start in working time.
        dates[0] = clock::at_last_opening(hours, dates[0]);
        dates[1] = clock::civil(dates[0], length.tenths);
    }
    if case.is_typed(n) && case.node(n).summary {
        // What precedes it sees it where it was typed.
        return Allowed {
            dates: soonest,
            float_finish: dates[1],
            shown: dates,
            fixed: fixed.map(|f| f.1),
        };
    }
    Allowed {
        dates,
        float_finish: dates[1],
        shown: [started.unwrap_or(dates[0]), dates[1]],
        fixed: fixed.map(|f| f.1),
    }
}

/// What caps a node by itself: its own bounds and what the summaries above it say. Gives the finish that follows, whether it
/// was said of the start, why, and whether a constraint says that it must stand there.
fn own_caps(case: &Case<'_>, n: usize, length: Length, mut hear: impl FnMut(i64, bool, Reason, bool)) {
    let started = case.started(n).filter(|_| !case.is_typed(n));
    let inherited = case.tree.inherited(n);
    for (at, reason) in inherited.caps.into_iter().chain([inherited.typed[1]]) {
        hear(at, false, reason, false);
    }
    for (bound, reason) in case.bounds(n) {
        let at = clock::tenths(bound.at);
        let must = matches!(bound.kind, BoundKind::MustStart | BoundKind::MustFinish) && is_constraint(bound.origin);
        match bound.kind {
            BoundKind::FinishNotAfter | BoundKind::MustFinish => hear(at, false, reason, must),
            BoundKind::ExternalFinish if case.rules.external_dates => hear(at, false, reason, false),
            BoundKind::StartNotAfter | BoundKind::MustStart if started.is_none() => {
                hear(instant::reached(case.hours(n), length, at), true, reason, must);
            }
            _ => {}
        }
    }
}

/// What links allow a node: its start, and its finish. `binding` passes over what no longer binds; what is `pinned` cannot
/// start any earlier.
pub(super) fn caps(case: &Case<'_>, sums: &Sums, behind: &Behind, n: usize, binding: bool, pinned: bool) -> Caps {
    let mut caps = NO_CAPS;
    for s in case.strands.strands_from(n) {
        let strand = &case.strands.all[s];
        if (binding && !behind.binds(case, strand)) || (pinned && strand.from_start) {
            continue;
        }
        if let Some(asked) = behind.asked(strand) {
            caps.followed = true;
            let at = case.allowed(sums, strand, asked);
            caps.hear(strand.from_start, at, Reason::Link(strand.link));
        }
    }
    if let Some(g) = case.strands.out_of(n) {
        let group = behind.outs[g];
        if !binding || group.followed {
            caps.followed |= group.finish.0 != EVER;
            caps.hear(false, group.finish.0, group.finish.1);
            // Links from the start of a summary hold those that start first.
            if group.start.0 != EVER && !pinned && starts_first(case, sums, n, g) {
                caps.followed = true;
                caps.hear(true, group.start.0, group.start.1);
            }
        }
    }
    caps
}

/// Whether a node is one of those in a group that start first.
pub(super) fn starts_first(case: &Case<'_>, sums: &Sums, n: usize, g: usize) -> bool {
    case.group_dates(sums.round)[n][0] == sums.outs[g].start
}

/// Where a node that is as late as possible is pulled to: as far as nothing that follows moves. It passes no cap of its own that
/// it kept before, nor the finish of the programme; what follows and misses a cap does not hold it back.
pub(super) fn pulled(
    case: &Case<'_>,
    sums: &Sums,
    (soon, late): (&Behind, &Behind),
    n: usize,
    placed: &Placed,
) -> Option<Pair> {
    let (hours, length, now) = (case.hours(n), placed.length, placed.dates);
    let mut most = case.origin;
    own_caps(case, n, length, |at, _, _, _| most = most.min(at));
    if case.rules.multiple_critical_paths && !caps(case, sums, late, n, true, false).followed {
        most = most.min(now[1]);
    }
    let caps = caps(case, sums, soon, n, false, false);
    let mut latest = most.max(now[1]).min(caps.finish.0);
    if caps.start.0 != EVER {
        latest = latest.min(instant::not_begun_after(hours, length, caps.start.0));
    }
    let mut to = instant::until(hours, length, latest).map(clock::inside);
    if length.civil {
        to[0] = pull::begun_by(case, n, length, to[0]);
        to[1] = clock::over(hours, length, to[0]);
    }
    (to[0] >= now[0] && to[1] >= now[1]).then_some(to)
}

/// How far a node can move without moving the dates of what follows.
pub(super) fn free_float(case: &Case<'_>, sums: &Sums, soon: &Behind, n: usize, length: Length, dates: Pair) -> i64 {
    let caps = caps(case, sums, soon, n, false, false);
    let float = |from, to| clock::passed(case.calendar(n), length, from, to);
    let at_start = match caps.start.0 {
        EVER => i64::MAX,
        cap => float(dates[0], instant::last_start(case.hours(n), length, cap)),
    };
    let at_finish = match caps.finish.0 {
        EVER if caps.start.0 == EVER => float(dates[1], case.finish),
        EVER => i64::MAX,
        cap => float(dates[1], cap),
    };
    at_start.min(at_finish).max(0)
}
