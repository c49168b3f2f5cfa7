//! The rules of Primavera P6 as equations on one node: only what is left of it is scheduled.

use framdrift_model::projection::{BoundKind, Milestone};
use framdrift_model::rules::{OutOfSequence, StartLag};

use super::case::{Allowed, Case, Demand, Pair, Placed, Source};
use super::clock::{self, EVER, Length, NEVER};
use super::flaw::Reason;
use super::group::{Behind, Sums};
use super::met;
use super::own;
use super::strand::{Distance, End, Strand};

/// The status date, or the start where there is none.
pub(super) fn now(case: &Case<'_>) -> i64 {
    case.status.unwrap_or(case.start)
}

pub(super) fn rest(case: &Case<'_>, n: usize) -> Length {
    let length = case.length(n);
    if length.is_point() {
        return length;
    }
    match case.finished(n) {
        Some(_) => length.with(0),
        None => case.recorded_rest(n).unwrap_or(length),
    }
}

fn node(end: End) -> Option<usize> {
    match end {
        End::Node(n) => Some(n),
        End::Group(_) => None,
    }
}

/// When what a strand waits for happened.
fn happened(case: &Case<'_>, strand: &Strand) -> Option<i64> {
    let n = node(strand.from)?;
    if strand.from_start {
        case.started(n)
    } else {
        case.finished(n)
    }
}

/// When what a strand makes wait happened.
fn followed(case: &Case<'_>, strand: &Strand) -> Option<i64> {
    let n = node(strand.to)?;
    if strand.to_start {
        case.started(n)
    } else {
        case.finished(n)
    }
}

fn is_out_of_sequence(case: &Case<'_>, strand: &Strand) -> bool {
    followed(case, strand).is_some() && happened(case, strand).is_none()
}

fn is_lead(lag: Distance) -> bool {
    matches!(lag, Distance::Work(..0) | Distance::Civil(..0))
}

/// What is left of a lag: what passed since its beginning has been waited for.
fn rest_of_lag(case: &Case<'_>, strand: &Strand, lag: Distance, forward: bool) -> Distance {
    let Some(since) = happened(case, strand) else {
        return lag;
    };
    let has_started = |end| node(end).and_then(|n| case.started(n)).is_some();
    let has_finished = |end| node(end).and_then(|n| case.finished(n)).is_some();
    let complete = has_finished(strand.from);
    let into_progress = forward && complete && !strand.from_start && strand.to_start && has_started(strand.to);
    let start_to_start = strand.from_start && strand.to_start;
    let into_complete = start_to_start && has_finished(strand.to) && (forward || !complete);
    if is_lead(lag) || into_progress || into_complete {
        return Distance::Work(0);
    }
    let now = now(case);
    match lag {
        _ if since >= now => lag,
        Distance::Work(work) => Distance::Work((work - case.worked_on_lags(strand, since, now)).max(0)),
        Distance::Civil(time) => Distance::Civil((time - (now - since)).max(0)),
        Distance::Share(_) | Distance::Period(_) => lag,
    }
}

/// What a strand demands, given the date at its beginning. A lead reaches no further back than the status date.
pub(super) fn demanded(case: &Case<'_>, strand: &Strand, lag: Distance, t: i64) -> i64 {
    let start_to_start = strand.from_start && strand.to_start;
    let from_actual = case.rules.out_of_sequence == OutOfSequence::ActualDates
        || (start_to_start && case.rules.start_lag == StartLag::ActualStart);
    if let Some(since) = happened(case, strand).filter(|_| from_actual) {
        return case.with(strand, lag, since).max(now(case));
    }
    let rest = rest_of_lag(case, strand, lag, true);
    if is_start_with_start(case, strand, rest) {
        // What starts with something that stands at the end of a day starts on the next one.
        return case.opening_on_lags(strand, t);
    }
    let at = case.with(strand, rest, t);
    if is_lead(rest) { at.max(now(case)) } else { at }
}

/// Whether the end of a strand starts with its beginning, and neither has started.
fn is_start_with_start(case: &Case<'_>, strand: &Strand, rest: Distance) -> bool {
    let untouched = |end| node(end).is_none_or(|n| case.started(n).is_none());
    let starts = strand.from_start && strand.to_start && rest == Distance::Work(0);
    starts && untouched(strand.from) && untouched(strand.to)
}

/// What a strand allows, given the date at its end.
pub(super) fn allowed(case: &Case<'_>, strand: &Strand, lag: Distance, t: i64) -> i64 {
    let t = match case.rules.out_of_sequence {
        // What really happened bounds what should have preceded it.
        OutOfSequence::ActualDates if is_out_of_sequence(case, strand) => followed(case, strand).unwrap_or(t),
        _ => t,
    };
    let rest = rest_of_lag(case, strand, lag, false);
    let by_clock = node(strand.from).is_some_and(|n| case.length(n).civil);
    if by_clock && is_start_with_start(case, strand, rest) {
        // Forward it is asked where work opens.
        return clock::at_last_opening(case.lag_calendar(strand), t);
    }
    case.without(strand, rest, t)
}

/// Whether a strand is passed over forward, because its end goes on whatever precedes it.
fn is_overridden(case: &Case<'_>, strand: &Strand) -> bool {
    case.rules.out_of_sequence != OutOfSequence::RetainedLogic && is_out_of_sequence(case, strand)
}

/// Whether a strand is passed over backward, too.
pub(super) fn is_dropped(case: &Case<'_>, strand: &Strand) -> bool {
    case.rules.out_of_sequence == OutOfSequence::ProgressOverride && is_out_of_sequence(case, strand)
}

/// `t`, or where a node can begin next. The end of something stands wherever work goes on or closes.
pub(super) fn begins(case: &Case<'_>, n: usize, t: i64) -> i64 {
    let length = case.length(n);
    let ends_something = case.node(n).milestone == Some(Milestone::Finish) && length.is_point();
    let closed = clock::at_closing(case.hours(n), t) == clock::inside(t);
    if (ends_something && closed) || (length.civil && !case.civil_waits()) {
        clock::inside(t)
    } else {
        clock::at_opening(case.hours(n), t)
    }
}

/// Where a node can begin that is asked for at `t` and held back by its delay, which counts from there.
fn begins_late(case: &Case<'_>, n: usize, t: i64) -> i64 {
    let held_back = match met::delay(case, n) {
        0 => t,
        delay => clock::civil(t, delay),
    };
    begins(case, n, held_back)
}

/// Where what is left of a node must be, by the dates of what precedes it.
pub(super) fn place(case: &Case<'_>, sums: &Sums, n: usize, heard: &mut Vec<Demand>) -> Placed {
    if let Some(dates) = case.typed(n) {
        return own::typed(case, n, dates);
    }
    let (hours, length) = (case.hours(n), rest(case, n));
    let (done, started) = (case.finished(n).is_some(), case.started(n));
    let reached = hear_links(case, sums, n, length, heard);
    let mut ask = |at: i64, of_start: bool, reason| {
        let at = if done { at } else { begins_late(case, n, at) };
        heard.push(Demand::new(at, of_start, reason));
    };
    if let Some(now) = case.status {
        ask(now, true, Reason::StatusDate);
    }
    if case.status.is_none() || started.is_none() {
        ask(case.start, true, Reason::ProgrammeStart);
    }
    let latest = |heard: &[Demand]| heard.iter().map(|d| d.at).max().unwrap_or(case.start);
    if done {
        // It passes on what its own unfinished predecessors ask for.
        return Placed::at([latest(heard); 2], length).because(Reason::Recorded);
    }
    if let Some(actual) = started {
        ask(actual, true, Reason::Recorded);
    }
    let fact = case.fact(n);
    let pause = fact.suspended.zip(fact.resumed).filter(|_| started.is_some());
    let pause = pause.map(|(from, to)| (clock::tenths(from), clock::tenths(to)));
    if let Some((suspended, resumed)) = pause
        && suspended <= latest(heard)
    {
        let at = begins(case, n, resumed);
        heard.push(Demand::new(at, true, Reason::Resumed));
    }
    if let Some(placed) = hear_bounds(case, n, length, heard) {
        return placed;
    }
    let start = begins(case, n, latest(heard));
    if let Some(placed) = expected(case, n, length, start, reached) {
        return placed;
    }
    // What a link asks of the finish stays, also where the work is done before.
    let finish = clock::over(hours, length, start).max(reached);
    let mut placed = Placed::at([start, finish], length);
    if let Some((suspended, resumed)) = pause
        && start < suspended
        && suspended < finish.min(resumed)
    {
        let rest = length.tenths - clock::passed(hours, length, start, suspended);
        placed.dates[1] = clock::over(hours, length.with(rest), resumed);
        placed.fixed[1] = Some(Reason::Resumed);
    }
    placed
}

/// What links ask of the start. Gives the finish that they ask for.
fn hear_links(case: &Case<'_>, sums: &Sums, n: usize, length: Length, heard: &mut Vec<Demand>) -> i64 {
    let (hours, done) = (case.hours(n), case.finished(n).is_some());
    let mut reached = NEVER;
    let mut hear = |to_start: bool, mut at: i64, reason: Reason, source: Source| {
        if !to_start {
            if !done && clock::at_closing(hours, at) != at {
                at = clock::at_opening(hours, at);
            }
            reached = reached.max(at);
            at = clock::back(hours, length, at);
        }
        heard.push(Demand {
            at: if done { at } else { begins_late(case, n, at) },
            of_start: to_start,
            reason,
            source,
        });
    };
    for s in case.strands.strands_to(n) {
        let strand = &case.strands.all[s];
        if !is_overridden(case, strand) {
            let handed = case.handed(sums, strand);
            let from = handed[usize::from(!strand.from_start)];
            let at = case.demanded(sums, strand, from);
            hear(strand.to_start, at, Reason::Link(strand.link), Source::Strand(s));
        }
    }
    if let Some(g) = case.strands.in_of(n) {
        for (to_start, (at, reason)) in [(true, sums.ins[g].start), (false, sums.ins[g].finish)] {
            if at != NEVER {
                hear(to_start, at, reason, Source::Group(g));
            }
        }
    }
    reached
}

/// What bounds ask of the start; or where one puts the node whatever else is asked.
fn hear_bounds(case: &Case<'_>, n: usize, length: Length, heard: &mut Vec<Demand>) -> Option<Placed> {
    let (hours, waiting) = (case.hours(n), case.started(n).is_none());
    let mut ask = |at: i64, of_start: bool, reason| {
        heard.push(Demand::new(begins_late(case, n, at), of_start, reason));
    };
    let floor = case.tree.inherited(n).floor;
    if waiting && floor.0 != NEVER {
        ask(floor.0, true, floor.1);
    }
    let mut fixed = None;
    for (bound, reason) in case.bounds(n) {
        let at = clock::tenths(bound.at);
        let stepped = clock::back(hours, length, at);
        match bound.kind {
            BoundKind::ExternalStart if case.rules.external_dates => ask(at, true, reason),
            BoundKind::StartNotBefore if waiting => ask(at, true, reason),
            BoundKind::FinishNotBefore if waiting => ask(stepped, false, reason),
            BoundKind::MustStart if waiting && case.dates_win() => fixed = Some((at, None, reason)),
            BoundKind::MustFinish if waiting && case.dates_win() => fixed = Some((stepped, Some(at), reason)),
            BoundKind::MustStart if waiting => ask(at, true, reason),
            BoundKind::MustFinish if waiting => ask(stepped, false, reason),
            _ => {}
        }
    }
    let (at, finish, reason) = fixed?;
    let stays = finish.is_some() && length.tenths == 0;
    let opening = |t: i64| if stays { t } else { begins(case, n, t) };
    // What must be at a date is not before the status date: neither where it starts nor where it finishes.
    let least = case.status.map_or(Reason::ProgrammeStart, |_| Reason::StatusDate);
    let asked = [opening(at), finish.unwrap_or(clock::NEVER)];
    let start = asked[0].max(opening(now(case)));
    let finish = match finish {
        Some(finish) => finish.max(now(case)),
        None => clock::over(hours, length, start),
    };
    let mut placed = Placed::at([start, finish], length).because(reason);
    if start != asked[0] {
        placed.fixed[0] = Some(least);
    }
    if asked[1] != clock::NEVER && finish != asked[1] {
        placed.fixed[1] = Some(least);
    }
    Some(placed)
}

/// Where an expected finish sets how long a node takes.
fn expected(case: &Case<'_>, n: usize, length: Length, start: i64, reached: i64) -> Option<Placed> {
    let mut bounds = case.bounds(n);
    let (bound, reason) = bounds.find(|(b, _)| b.kind == BoundKind::ExpectedFinish)?;
    let at = clock::tenths(bound.at);
    let can = case.rules.expected_finish && reached == NEVER && !case.is_late(n) && case.node(n).milestone.is_none();
    if !can || at < start.max(now(case)) {
        return None;
    }
    let lasts = clock::passed(case.hours(n), length, start, at);
    let length = length.with(lasts);
    // Where the date falls in free time, work is over before it.
    let mut placed = Placed::at([start, clock::over(case.hours(n), length, start)], length);
    placed.fixed[1] = Some(reason);
    Some(placed)
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
    let (done, waiting) = (case.finished(n).is_some(), case.started(n).is_none());
    let (mut followed, mut by) = (false, EVER);
    let mut hear = |from_start: bool, mut at: i64, reason: Reason| {
        if from_start {
            // Time by the clock starts at any instant, if it need not wait for working time.
            if !done && (!length.civil || case.civil_waits()) && clock::at_opening(hours, at) != at {
                at = clock::at_closing(hours, at);
            }
            by = by.min(at);
            at = clock::over(hours, length, at);
        }
        heard.push(Demand::new(at, from_start, reason));
    };
    for s in case.strands.strands_from(n) {
        let strand = &case.strands.all[s];
        if is_dropped(case, strand) {
            continue;
        }
        followed = true;
        if let Some(asked) = behind.asked(strand) {
            let at = case.allowed(sums, strand, asked);
            hear(strand.from_start, at, Reason::Link(strand.link));
        }
    }
    if let Some(g) = case.strands.out_of(n) {
        followed = true;
        let caps = behind.outs[g];
        if caps.finish.0 != EVER {
            hear(false, caps.finish.0, caps.finish.1);
        }
        if caps.start.0 != EVER && sums.outs[g].first == n {
            hear(true, caps.start.0, caps.start.1);
        }
    }
    let mut ask = |at: i64, of_start: bool, reason| heard.push(Demand::new(at, of_start, reason));
    let external = case.bounds(n).find(|(b, _)| b.kind == BoundKind::ExternalFinish);
    match external.filter(|_| case.rules.external_dates && !followed) {
        // On an open end it stands for what another programme waits for.
        Some((bound, reason)) => ask(clock::tenths(bound.at), false, reason),
        None => ask(case.origin, false, Reason::ProgrammeFinish),
    }
    let alone = case.rules.open_ends_critical || case.rules.multiple_critical_paths;
    if alone && !followed && !done {
        ask(placed.dates[1], false, Reason::OpenEnd);
    }
    let mut fixed = None;
    if !done {
        for (at, reason) in case.tree.inherited(n).caps {
            ask(at, false, reason);
        }
        for (bound, reason) in case.bounds(n) {
            let at = clock::tenths(bound.at);
            let on_start = clock::over(hours, length, at);
            match bound.kind {
                BoundKind::ExternalFinish if case.rules.external_dates => ask(at, false, reason),
                BoundKind::FinishNotAfter => ask(at, false, reason),
                BoundKind::StartNotAfter if waiting => ask(on_start, true, reason),
                BoundKind::MustFinish if case.dates_win() && waiting => fixed = Some((at, reason)),
                BoundKind::MustStart if case.dates_win() && waiting => fixed = Some((on_start, reason)),
                BoundKind::MustFinish => ask(at, false, reason),
                BoundKind::MustStart if waiting => ask(on_start, true, reason),
                _ => {}
            }
        }
    }
    let least = heard.iter().map(|d| d.at).min().unwrap_or(case.origin);
    let latest = fixed.map_or(least, |(at, _)| at);
    let begins_something = case.node(n).milestone == Some(Milestone::Start) && length.tenths == 0;
    let closing = clock::at_closing(hours, latest);
    // The start of something is as late as it is asked to be, unless that is inside free time.
    let opens = begins_something && clock::at_opening(hours, latest) == latest;
    let finish = match done || case.length(n).civil || opens {
        true => latest,
        false => closing,
    };
    let start = clock::back(hours, length, finish);
    let dates = match length.tenths > 0 && !done {
        // What a link asks of the late start stays.
        true => [begins(case, n, start).min(by), finish],
        false => [start, finish],
    };
    // What takes no time stands at either side of a gap: it is shown where work closed.
    let either = length.is_point() && waiting && clock::at_opening(hours, latest) == latest;
    Allowed {
        dates: if either && !done { [latest; 2] } else { dates },
        float_finish: dates[1],
        shown: dates,
        fixed: fixed.map(|f| f.1),
    }
}

/// The least gap over a node's strands to the dates of what follows; none where nothing does.
pub(super) fn free_float(
    case: &Case<'_>,
    sums: &Sums,
    soon: &Behind,
    n: usize,
    length: Length,
    dates: Pair,
) -> Option<i64> {
    let has = |kind| case.bounds(n).any(|(b, _)| b.kind == kind);
    let must_finish = case.dates_win() && has(BoundKind::MustFinish);
    if must_finish || (case.rules.expected_finish && has(BoundKind::ExpectedFinish)) {
        return Some(0);
    }
    let least = soon.least_gap(case, n, |strand, t| {
        let from = dates[usize::from(!strand.from_start)];
        let gap = |from, to| clock::passed(case.calendar(n), length, from, to);
        (!is_overridden(case, strand)).then(|| match lag_taken_off(case, sums, strand, from, t) {
            Some(t) => gap(from, t),
            None => gap(case.demanded(sums, strand, from), t),
        })
    });
    // A date that must be kept leaves none where nothing follows.
    let kept = case.dates_win() && has(BoundKind::MustStart);
    least.or(kept.then_some(0))
}

/// The date that a strand's end leaves its beginning once what is left of the lag is taken off; none where there is no lag left,
/// where the strand counts from what is recorded, or where a lead would reach back before the status date.
fn lag_taken_off(case: &Case<'_>, sums: &Sums, strand: &Strand, from: i64, t: i64) -> Option<i64> {
    let lag = rest_of_lag(case, strand, case.lag(sums, strand), true);
    let none = matches!(lag, Distance::Work(0) | Distance::Civil(0));
    let recorded = happened(case, strand).is_some()
        && (case.rules.out_of_sequence == OutOfSequence::ActualDates
            || (strand.from_start && strand.to_start && case.rules.start_lag == StartLag::ActualStart));
    let held = is_lead(lag) && case.demanded(sums, strand, from) <= now(case);
    (!none && !recorded && !held).then(|| case.without(strand, lag, t))
}
