//! Where Primavera P6 puts an activity. Each rule is listed with its evidence in the guide to other tools' rules.

use framdrift_model::projection::{BoundKind, Mode, Span};
use framdrift_model::rules::{FloatKind, OutOfSequence, StartLag};

use super::clock::{self, NO_CAP, NO_FLOOR};
use super::link::{self, Distance};
use super::state::{Allowed, Demand, Given, Heard, Placed, State};
use crate::arcs::Tie;

/// The status date, or the start where there is none.
pub(crate) fn data_date(given: &Given<'_>) -> i64 {
    given.status.unwrap_or(given.start)
}

/// How much of a leaf is left to do.
pub(crate) fn left(given: &Given<'_>, v: usize) -> Span {
    let (span, fact) = (given.place(v).span, given.fact(v));
    let minutes = match (fact.finished, fact.remaining) {
        (Some(_), _) => 0,
        (None, Some(minutes)) => minutes.max(0),
        (None, None) => return span,
    };
    match span {
        Span::Work(0) => span,
        Span::Work(_) => Span::Work(minutes),
        Span::Elapsed(_) => Span::Elapsed(minutes),
    }
}

/// What is left to wait for of a lag: time that passed since the predecessor started or finished has been waited already.
pub(crate) fn left_of_lag(given: &Given<'_>, arc: usize, lag: Distance) -> Distance {
    let net = given.arc(arc);
    let u = net.from as usize;
    if lag.is_lead() {
        return match given.finished(u) {
            Some(_) => Distance::Work(0),
            None => lag,
        };
    }
    let since = match net.tie.from_start() {
        true if given.rules.start_lag == StartLag::EarlyStart || given.started(u).is_some() => given.started(u),
        true => None,
        false => given.finished(u),
    };
    let now = data_date(given);
    match (since.filter(|since| *since < now), lag) {
        (Some(since), Distance::Work(minutes)) => {
            let used = clock::between(link::calendar(given, arc), since, now);
            Distance::Work((minutes - used).max(0))
        }
        (Some(since), Distance::Elapsed(minutes)) => Distance::Elapsed((minutes - (now - since)).max(0)),
        _ => lag,
    }
}

/// What a link demands, given its predecessor's date. A lead never reaches back before the status date.
pub(crate) fn demanded(given: &Given<'_>, arc: usize, lag: Distance, t: i64) -> i64 {
    let left = left_of_lag(given, arc, lag);
    let at = link::add(given, arc, left, t);
    if left.is_lead() { at.max(data_date(given)) } else { at }
}

/// Whether a link is passed over: what has started goes on, whatever precedes it.
fn is_overridden(given: &Given<'_>, successor: usize) -> bool {
    given.rules.out_of_sequence == OutOfSequence::ProgressOverride && given.started(successor).is_some()
}

/// Where what is left of a leaf starts and finishes at the earliest.
pub(crate) fn place(given: &Given<'_>, state: &State, v: usize, hear: &mut impl FnMut(Demand)) -> Placed {
    let (calendar, place) = (given.calendar(v), given.place(v));
    if let Mode::Manual { start, finish } = place.mode {
        let (start, finish) = (start.get(), finish.get().max(start.get()));
        let lasts = Span::Work(clock::between(calendar, start, finish));
        return Placed::at(start, finish, lasts).fixed(Heard::Typed);
    }
    let (done, started) = (given.finished(v).is_some(), given.started(v).is_some());
    let mut span = left(given, v);
    let (mut start, mut reached) = (NO_FLOOR, NO_FLOOR);
    let mut ask = |start: &mut i64, at: i64, of_start: bool, cause: Heard| {
        hear(Demand { at, of_start, cause });
        *start = (*start).max(at);
    };
    for arc in given.net.into(v) {
        let u = given.arc(arc).from as usize;
        let tie = given.arc(arc).tie;
        if is_overridden(given, v) || link::is_void(given, state, u) {
            continue;
        }
        let cause = Heard::Arc(arc);
        let finish = match tie {
            Tie::HandOn => {
                if state.es[u] != NO_FLOOR {
                    ask(&mut start, state.es[u], true, cause);
                }
                Some(state.ef[u]).filter(|t| *t != NO_FLOOR)
            }
            Tie::FinishToStart => {
                ask(&mut start, link::demanded(given, state, arc, state.ef[u]), true, cause);
                None
            }
            Tie::StartToStart => {
                ask(&mut start, link::demanded(given, state, arc, state.es[u]), true, cause);
                None
            }
            Tie::FinishToFinish => Some(link::demanded(given, state, arc, state.ef[u])),
            Tie::StartToFinish => Some(link::demanded(given, state, arc, state.es[u])),
            Tie::Gather => None,
        };
        let Some(mut finish) = finish else { continue };
        if !done && clock::last_finish(calendar, finish) != finish {
            finish = clock::next_start(calendar, finish);
        }
        reached = reached.max(finish);
        ask(&mut start, clock::start_of(calendar, span, finish), false, cause);
    }
    let now = data_date(given);
    match given.status {
        Some(_) => ask(&mut start, now, true, Heard::StatusDate),
        None => ask(&mut start, given.start, true, Heard::ProgrammeStart),
    }
    if !started {
        ask(&mut start, given.start, true, Heard::ProgrammeStart);
    }
    if done {
        // It passes on what its own unfinished predecessors ask for.
        return Placed::at(start, start, span).fixed(Heard::Actual);
    }
    if let Some(actual) = given.started(v) {
        ask(&mut start, actual, true, Heard::Actual);
    }
    if let Some(resumed) = given.fact(v).resumed {
        ask(&mut start, resumed.get(), true, Heard::Resumed);
    }
    let mut fixed = None;
    for bound in given.net.bounds(v) {
        let cause = Heard::Bound(*bound);
        let stepped = clock::start_of(calendar, span, bound.at);
        match bound.kind {
            BoundKind::ExternalStart if given.rules.external_dates => ask(&mut start, bound.at, true, cause),
            BoundKind::StartNotBefore if !started => ask(&mut start, bound.at, true, cause),
            BoundKind::FinishNotBefore => ask(&mut start, stepped, false, cause),
            BoundKind::MustStart if !started && given.dates_win() => fixed = Some((bound.at, None, cause)),
            BoundKind::MustFinish if !started && given.dates_win() => fixed = Some((stepped, Some(bound.at), cause)),
            BoundKind::MustStart if !started => ask(&mut start, bound.at, true, cause),
            BoundKind::MustFinish => ask(&mut start, stepped, false, cause),
            _ => {}
        }
    }
    if let Some((at, finish, cause)) = fixed {
        let start = clock::snap_start(calendar, span, at);
        let finish = finish.unwrap_or_else(|| clock::finish_of(calendar, span, start));
        return Placed::at(start, finish, span).fixed(cause);
    }
    start = clock::snap_start(calendar, span, start);
    if given.rules.expected_finish
        && let Some(bound) = given.net.bounds(v).iter().find(|b| b.kind == BoundKind::ExpectedFinish)
        && bound.at > start
        && !matches!(span, Span::Work(0))
    {
        span = match span {
            Span::Work(_) => Span::Work(clock::between(calendar, start, bound.at)),
            Span::Elapsed(_) => Span::Elapsed(bound.at - start),
        };
        let mut placed = Placed::at(start, bound.at, span);
        placed.fixed[1] = Some(Heard::Bound(*bound));
        return placed;
    }
    // What a link asks of the finish stays, also where the work is done before.
    let finish = clock::finish_of(calendar, span, start).max(reached);
    Placed::at(start, finish, span)
}

/// How late what is left of a leaf may be.
pub(crate) fn allow(given: &Given<'_>, state: &State, v: usize, origin: i64, hear: &mut impl FnMut(Demand)) -> Allowed {
    let (calendar, place) = (given.calendar(v), given.place(v));
    let span = state.span[v];
    let (done, started) = (given.finished(v).is_some(), given.started(v).is_some());
    let (mut latest, mut by) = (NO_CAP, NO_CAP);
    let mut ask = |latest: &mut i64, at: i64, of_start: bool, cause: Heard| {
        hear(Demand { at, of_start, cause });
        *latest = (*latest).min(at);
    };
    ask(&mut latest, origin, false, Heard::ProgrammeFinish);
    for arc in given.net.out_of(v) {
        let to = given.arc(arc).to as usize;
        let tie = given.arc(arc).tie;
        if is_overridden(given, to) {
            continue;
        }
        let cause = Heard::Arc(arc);
        let (mut at_start, at_finish) = match tie {
            Tie::Gather => {
                let first = state.via[to].0 == v as u32;
                (Some(state.ls[to]).filter(|_| first), Some(state.lf[to]))
            }
            Tie::HandOn => (None, None),
            _ => {
                let t = if tie.to_start() { state.ls[to] } else { state.lf[to] };
                let allowed = Some(t).filter(|t| *t != NO_CAP).map(|t| link::allowed(given, state, arc, t));
                match tie.from_start() {
                    true => (allowed, None),
                    false => (None, allowed),
                }
            }
        };
        if let Some(at) = at_finish.filter(|t| *t != NO_CAP) {
            ask(&mut latest, at, false, cause);
        }
        if let Some(start) = at_start.as_mut().filter(|t| **t != NO_CAP) {
            if !done && clock::next_start(calendar, *start) != *start {
                *start = clock::last_finish(calendar, *start);
            }
            by = by.min(*start);
            ask(&mut latest, clock::finish_of(calendar, span, *start), true, cause);
        }
    }
    let mut fixed = None;
    for bound in given.net.bounds(v).iter().filter(|_| !done) {
        let cause = Heard::Bound(*bound);
        let on_start = || clock::finish_of(calendar, span, bound.at);
        match bound.kind {
            BoundKind::ExternalFinish if given.rules.external_dates => ask(&mut latest, bound.at, false, cause),
            BoundKind::FinishNotAfter => ask(&mut latest, bound.at, false, cause),
            BoundKind::StartNotAfter if !started => ask(&mut latest, on_start(), true, cause),
            BoundKind::MustFinish if given.dates_win() => fixed = Some((bound.at, cause)),
            BoundKind::MustStart if given.dates_win() && !started => fixed = Some((on_start(), cause)),
            BoundKind::MustFinish => ask(&mut latest, bound.at, false, cause),
            BoundKind::MustStart if !started => ask(&mut latest, on_start(), true, cause),
            _ => {}
        }
    }
    if let Some((at, _)) = fixed {
        latest = at;
    }
    let mut finish = latest;
    if !done {
        finish = clock::last_finish(calendar, latest);
        if matches!(place.span, Span::Elapsed(_)) {
            finish = latest;
        }
    }
    let mut start = clock::start_of(calendar, span, finish);
    if !done && span.minutes() > 0 {
        start = clock::snap_start(calendar, span, start).min(by);
    }
    Allowed {
        start,
        finish,
        float_finish: finish,
        shown: None,
        fixed: fixed.map(|f| f.1),
    }
}

/// Pulls a leaf that is as late as possible to the latest dates that move nothing that follows.
pub(crate) fn pull(given: &Given<'_>, state: &State, v: usize, finish: i64, hear: &mut impl FnMut(Demand)) -> Option<Placed> {
    let (calendar, span) = (given.calendar(v), state.span[v]);
    let mut latest = NO_CAP;
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        let t = match net.tie {
            Tie::HandOn | Tie::Gather => continue,
            tie if tie.to_start() => state.es[to],
            _ => state.ef[to],
        };
        if t == NO_FLOOR {
            continue;
        }
        let allowed = link::allowed(given, state, arc, t);
        let at = match net.tie.from_start() {
            true => allowed,
            false => clock::start_of(calendar, span, allowed),
        };
        hear(Demand {
            at: clock::finish_of(calendar, span, at),
            of_start: net.tie.from_start(),
            cause: Heard::Arc(arc),
        });
        latest = latest.min(at);
    }
    if latest == NO_CAP {
        latest = clock::start_of(calendar, span, finish);
    }
    if latest <= state.es[v] {
        return None;
    }
    let start = clock::snap_start(calendar, span, latest);
    Some(Placed::at(start, clock::finish_of(calendar, span, start), span).fixed(Heard::Late))
}

/// Total float of a leaf.
pub(crate) fn total_float(given: &Given<'_>, state: &State, v: usize) -> i64 {
    if given.finished(v).is_some() {
        return 0;
    }
    let (calendar, span) = (given.calendar(v), state.span[v]);
    let at_start = clock::gap(calendar, span, state.es[v], state.ls[v]);
    let at_finish = clock::gap(calendar, span, state.ef[v], state.lf[v]);
    match given.rules.float {
        FloatKind::Smaller if given.started(v).is_some() => at_finish,
        _ => super::float::of_kind(given, at_start, at_finish),
    }
}

/// The least gap over a leaf's links, on its own calendar; none where nothing follows.
pub(crate) fn free_float(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize) -> Option<i64> {
    let calendar = given.calendar(v);
    let mut least = None;
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        if net.link.is_none() || soon[to] == (NO_CAP, NO_CAP) {
            continue;
        }
        let from = if net.tie.from_start() { state.es[v] } else { state.ef[v] };
        let asked = link::demanded(given, state, arc, from);
        let t = if net.tie.to_start() { soon[to].0 } else { soon[to].1 };
        let gap = clock::between(calendar, asked, t);
        least = Some(least.map_or(gap, |l: i64| l.min(gap)));
    }
    least
}
