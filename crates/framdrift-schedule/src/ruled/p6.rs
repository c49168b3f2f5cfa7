//! Where Primavera P6 puts an activity. Each rule is listed with its evidence in the guide to other tools' rules.

mod float;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{BoundKind, Milestone, Span};
use framdrift_model::rules::{ElapsedStart, FloatKind, OutOfSequence, StartLag};

use super::clock::{self, NO_CAP, NO_FLOOR};
use super::link::{self, Distance};
use super::met;
use super::net::Bounding;
use super::state::{Allowed, Demand, Given, Heard, Placed, State};
use crate::arcs::Tie;

pub(crate) use float::free_float;

/// The status date, or the start where there is none.
pub(crate) fn data_date(given: &Given<'_>) -> i64 {
    given.status.unwrap_or(given.start)
}

/// How much of a leaf is left to do.
pub(crate) fn left(given: &Given<'_>, v: usize) -> Span {
    let span = given.place(v).span;
    match span {
        Span::Work(0) => span,
        Span::Work(_) if given.finished(v).is_some() => Span::Work(0),
        Span::Elapsed(_) if given.finished(v).is_some() => Span::Elapsed(0),
        _ => given.left(v).unwrap_or(span),
    }
}

/// Whether the predecessor's end of a link has happened, and when.
pub(super) fn happened(given: &Given<'_>, arc: usize) -> Option<i64> {
    let net = given.arc(arc);
    let u = net.from as usize;
    if net.tie.leaves_start() {
        given.started(u)
    } else {
        given.finished(u)
    }
}

/// Whether a link is out of sequence: what it makes wait has happened, and what it waits for has not.
fn out_of_sequence(given: &Given<'_>, arc: usize) -> bool {
    let net = given.arc(arc);
    let to = net.to as usize;
    let done = if net.tie.to_start() {
        given.started(to)
    } else {
        given.finished(to)
    };
    net.link.is_some() && done.is_some() && happened(given, arc).is_none()
}

/// What is left to wait for of a lag: time that passed since the predecessor started or finished has been waited already.
/// Forward and backward differ only where both ends are under way.
pub(crate) fn left_of_lag(given: &Given<'_>, arc: usize, lag: Distance, forward: bool) -> Distance {
    let net = given.arc(arc);
    let (u, v) = (net.from as usize, net.to as usize);
    let Some(since) = happened(given, arc) else { return lag };
    let none = Distance::Work(0);
    if lag.is_lead() {
        return none;
    }
    let complete = given.finished(u).is_some();
    if forward && given.started(v).is_some() && complete && net.tie == Tie::FinishToStart {
        return none;
    }
    if given.finished(v).is_some() && net.tie == Tie::StartToStart && (forward || !complete) {
        return none;
    }
    let now = data_date(given);
    if since >= now {
        return lag;
    }
    match lag {
        Distance::Work(minutes) => {
            let used = clock::between(link::calendar(given, arc), since, now);
            Distance::Work((minutes - used).max(0))
        }
        Distance::Elapsed(minutes) => Distance::Elapsed((minutes - (now - since)).max(0)),
        Distance::Period(_) => lag,
    }
}

/// Whether a link has what has not started start together with something else that has not.
fn starts_together(given: &Given<'_>, arc: usize, left: Distance) -> bool {
    let net = given.arc(arc);
    let open = [net.from, net.to].iter().all(|v| given.started(*v as usize).is_none());
    net.tie == Tie::StartToStart && open && left == Distance::Work(0)
}

/// What a link demands, given its predecessor's date. A lead never reaches back before the status date.
pub(crate) fn demanded(given: &Given<'_>, arc: usize, lag: Distance, t: i64) -> i64 {
    let net = given.arc(arc);
    let actual_dates = given.rules.out_of_sequence == OutOfSequence::ActualDates;
    let from_actual = net.tie == Tie::StartToStart && given.rules.start_lag == StartLag::ActualStart;
    if (actual_dates || from_actual)
        && let Some(since) = happened(given, arc)
    {
        return link::add(given, arc, lag, since).max(data_date(given));
    }
    let left = left_of_lag(given, arc, lag, true);
    if starts_together(given, arc, left) {
        // What starts with a finish milestone, at the end of a day, starts on the next.
        return clock::next_start(link::calendar(given, arc), t);
    }
    let at = link::add(given, arc, left, t);
    if left.is_lead() { at.max(data_date(given)) } else { at }
}

/// What a link allows its predecessor, given its successor's date.
pub(crate) fn allowed(given: &Given<'_>, arc: usize, lag: Distance, t: i64) -> i64 {
    let v = given.arc(arc).to as usize;
    let actual = match given.arc(arc).tie.to_start() {
        true => given.started(v),
        false => given.finished(v),
    };
    let t = match given.rules.out_of_sequence {
        // What really happened bounds what should have preceded it.
        OutOfSequence::ActualDates if out_of_sequence(given, arc) => actual.unwrap_or(t),
        _ => t,
    };
    let left = left_of_lag(given, arc, lag, false);
    match given.place(given.arc(arc).from as usize).span {
        // What runs by the clock may start inside free time, but what starts with it starts after that.
        Span::Elapsed(_) if starts_together(given, arc, left) => clock::last_start(link::calendar(given, arc), t),
        _ => link::take(given, arc, left, t),
    }
}

/// Whether a link is passed over forward, because its successor goes on whatever precedes it.
fn is_overridden(given: &Given<'_>, arc: usize) -> bool {
    given.rules.out_of_sequence != OutOfSequence::RetainedLogic && out_of_sequence(given, arc)
}

/// Whether a link is passed over backward too.
pub(super) fn is_dropped(given: &Given<'_>, arc: usize) -> bool {
    given.rules.out_of_sequence == OutOfSequence::ProgressOverride && out_of_sequence(given, arc)
}

/// `t` where a leaf can begin then, else the next instant where it can. The end of something may stand wherever work goes on or
/// ends.
pub(super) fn begins(given: &Given<'_>, v: usize, t: i64) -> i64 {
    let place = given.place(v);
    match (place.milestone, place.span) {
        (Some(Milestone::Finish), Span::Work(0)) if clock::last_finish(given.hours(v), t) == clock::within(t) => {
            clock::within(t)
        }
        (_, Span::Elapsed(_)) if given.rules.elapsed_start == ElapsedStart::AnyTime => clock::within(t),
        _ => clock::next_start(given.hours(v), t),
    }
}

/// The latest finish that links can ask of a leaf which is over at `finish`: inside free time, where only what runs by the clock
/// is over, they would ask for the next start of work.
pub(super) fn finish_met(given: &Given<'_>, v: usize, finish: i64) -> i64 {
    let waits = matches!(given.place(v).span, Span::Elapsed(_)) && given.finished(v).is_none() && !given.is_typed(v);
    match waits && clock::next_start(given.hours(v), finish) != finish {
        true => clock::last_finish(given.hours(v), finish),
        false => finish,
    }
}

/// Where what is left of a leaf starts and finishes at the earliest.
pub(crate) fn place(given: &Given<'_>, state: &State, v: usize, hear: &mut impl FnMut(Demand)) -> Placed {
    let (calendar, place) = (given.hours(v), given.place(v));
    if let Some(placed) = Placed::typed(given, v) {
        return placed;
    }
    let (done, started) = (given.finished(v).is_some(), given.started(v).is_some());
    let mut span = left(given, v);
    let (mut start, mut reached) = (NO_FLOOR, NO_FLOOR);
    let delay = if done { 0 } else { met::delay(given, v) };
    let mut ask = |start: &mut i64, at: i64, of_start: bool, cause: Heard| {
        // A delay counts from what is asked, before that moves to where work can begin.
        let demand = Demand::new(at, of_start, cause).held_back(delay);
        let at = if done { at } else { begins(given, v, demand.at) };
        hear(Demand { at, ..demand });
        *start = (*start).max(at);
    };
    let mut finish_asked = false;
    for arc in given.net.into(v) {
        let u = given.arc(arc).from as usize;
        let tie = given.arc(arc).tie;
        if is_overridden(given, arc) || link::is_void(given, state, u) {
            continue;
        }
        let cause = Heard::Arc(arc);
        let (from, until) = state.handed(given, u, v);
        let finish = match tie {
            Tie::HandOn => {
                if state.es[u] != NO_FLOOR {
                    ask(&mut start, state.es[u], true, cause);
                }
                Some(state.ef[u]).filter(|t| *t != NO_FLOOR)
            }
            Tie::FinishToStart => {
                ask(&mut start, link::demanded(given, state, arc, until), true, cause);
                None
            }
            Tie::StartToStart => {
                ask(&mut start, link::demanded(given, state, arc, from), true, cause);
                None
            }
            Tie::FinishToFinish => Some(link::demanded(given, state, arc, until)),
            Tie::StartToFinish => Some(link::demanded(given, state, arc, from)),
            Tie::Gather => None,
        };
        let Some(mut finish) = finish else { continue };
        finish_asked = true;
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
    let fact = given.fact(v);
    if let (true, Some(resumed), Some(suspended)) = (started, fact.resumed, fact.suspended)
        && clock::ticks(suspended) <= start
    {
        ask(&mut start, clock::ticks(resumed), true, Heard::Resumed);
    }
    let mut fixed = None;
    for bound in given.net.bounds(v) {
        let cause = Heard::Bound(*bound);
        let stepped = clock::start_of(calendar, span, bound.at);
        match bound.kind {
            BoundKind::ExternalStart if given.rules.external_dates => ask(&mut start, bound.at, true, cause),
            BoundKind::StartNotBefore if !started => ask(&mut start, bound.at, true, cause),
            BoundKind::FinishNotBefore if !started => ask(&mut start, stepped, false, cause),
            BoundKind::MustStart if !started && given.dates_win() => fixed = Some((bound.at, None, cause)),
            BoundKind::MustFinish if !started && given.dates_win() => fixed = Some((stepped, Some(bound.at), cause)),
            BoundKind::MustStart if !started => ask(&mut start, bound.at, true, cause),
            BoundKind::MustFinish if !started => ask(&mut start, stepped, false, cause),
            _ => {}
        }
    }
    if let Some((at, finish, cause)) = fixed {
        return mandatory(given, v, span, at, finish, cause);
    }
    start = begins(given, v, start);
    if given.rules.expected_finish
        && let Some(bound) = expected(given, v)
        && bound.at >= start.max(now)
        && !finish_asked
        && !place.late
        && place.milestone.is_none()
    {
        span = match span {
            Span::Work(_) => Span::Work(clock::between(calendar, start, bound.at)),
            Span::Elapsed(_) => Span::Elapsed(bound.at - start),
        };
        // Where the date falls in free time, work is over before it.
        let mut placed = Placed::at(start, clock::finish_of(calendar, span, start), span);
        placed.fixed[1] = Some(Heard::Bound(*bound));
        return placed;
    }
    // What a link asks of the finish stays, also where the work is done before.
    let finish = clock::finish_of(calendar, span, start).max(reached);
    let mut placed = Placed::at(start, finish, span);
    if let (true, Some(suspended), Some(resumed)) = (started, fact.suspended, fact.resumed) {
        let (suspended, resumed) = (clock::ticks(suspended), clock::ticks(resumed));
        if start < suspended && suspended < finish.min(resumed) {
            let rest = span.minutes() - clock::gap(calendar, span, start, suspended);
            let rest = if matches!(span, Span::Work(_)) {
                Span::Work(rest)
            } else {
                Span::Elapsed(rest)
            };
            placed.finish = clock::finish_of(calendar, rest, resumed);
            placed.fixed[1] = Some(Heard::Resumed);
        }
    }
    placed
}

/// At a mandatory date, but not before the data date.
fn mandatory(given: &Given<'_>, v: usize, span: Span, at: i64, finish: Option<i64>, cause: Heard) -> Placed {
    let now = data_date(given);
    let begin = |t: i64| match finish {
        Some(_) if span.minutes() == 0 => t,
        _ => begins(given, v, t),
    };
    let start = begin(at).max(begin(now));
    let held = match finish {
        Some(finish) => finish.max(now),
        None => clock::finish_of(given.hours(v), span, start),
    };
    let mut placed = Placed::at(start, held, span).fixed(cause);
    let by_now = match given.status {
        Some(_) => Heard::StatusDate,
        None => Heard::ProgrammeStart,
    };
    if start > begin(at) {
        placed.fixed[0] = Some(by_now);
    }
    if finish.is_some_and(|finish| now > finish) {
        placed.fixed[1] = Some(by_now);
    }
    placed
}

fn expected<'a>(given: &Given<'a>, v: usize) -> Option<&'a Bounding> {
    given.net.bounds(v).iter().find(|b| b.kind == BoundKind::ExpectedFinish)
}

/// Whether work goes on, ends or begins at an instant.
fn is_next_to_work(calendar: &WorkCalendar, t: i64) -> bool {
    clock::last_finish(calendar, t) == t || clock::next_start(calendar, t) == t
}

/// How late what is left of a leaf may be.
pub(crate) fn allow(given: &Given<'_>, state: &State, v: usize, origin: i64, hear: &mut impl FnMut(Demand)) -> Allowed {
    let (calendar, place) = (given.hours(v), given.place(v));
    let span = state.span[v];
    let (done, started) = (given.finished(v).is_some(), given.started(v).is_some());
    let (mut latest, mut by) = (NO_CAP, NO_CAP);
    let mut followed = false;
    let mut ask = |latest: &mut i64, at: i64, of_start: bool, cause: Heard| {
        hear(Demand::new(at, of_start, cause));
        *latest = (*latest).min(at);
    };
    for arc in given.net.out_of(v) {
        let to = given.arc(arc).to as usize;
        let tie = given.arc(arc).tie;
        if is_dropped(given, arc) {
            continue;
        }
        let cause = Heard::Arc(arc);
        followed |= tie != Tie::HandOn;
        let (mut at_start, at_finish) = match tie {
            Tie::Gather => {
                let first = state.via[to].0 == v as u32;
                (Some(state.ls[to]).filter(|_| first), Some(state.lf[to]))
            }
            Tie::HandOn => (None, None),
            _ => {
                let allowed = link::cap(given, state, arc, met::late(given, state, to));
                match tie.leaves_start() {
                    true => (allowed, None),
                    false => (None, allowed),
                }
            }
        };
        if let Some(at) = at_finish.filter(|t| *t != NO_CAP) {
            ask(&mut latest, at, false, cause);
        }
        if let Some(start) = at_start.as_mut().filter(|t| **t != NO_CAP) {
            let any_time = matches!(span, Span::Elapsed(_)) && given.rules.elapsed_start == ElapsedStart::AnyTime;
            if !done && !any_time && clock::next_start(calendar, *start) != *start {
                *start = clock::last_finish(calendar, *start);
            }
            by = by.min(*start);
            ask(&mut latest, clock::finish_of(calendar, span, *start), true, cause);
        }
    }
    let external = given.caps(v).find(|b| b.kind == BoundKind::ExternalFinish);
    match external.filter(|_| given.rules.external_dates) {
        // On an open end it stands for what another programme waits for.
        Some(bound) if !followed => ask(&mut latest, bound.at, false, Heard::Bound(*bound)),
        _ => ask(&mut latest, origin, false, Heard::ProgrammeFinish),
    }
    if (given.rules.open_ends_critical || given.rules.multiple_critical_paths) && !followed && !done {
        ask(&mut latest, state.ef[v], false, Heard::OpenEnd);
    }
    let mut fixed = None;
    for bound in given.caps(v).filter(|_| !done) {
        let cause = Heard::Bound(*bound);
        let on_start = || clock::finish_of(calendar, span, bound.at);
        match bound.kind {
            BoundKind::ExternalFinish if given.rules.external_dates => ask(&mut latest, bound.at, false, cause),
            BoundKind::FinishNotAfter => ask(&mut latest, bound.at, false, cause),
            BoundKind::StartNotAfter if !started => ask(&mut latest, on_start(), true, cause),
            // What has started is not moved to its date, so it is late by whichever comes first.
            BoundKind::MustFinish if given.dates_win() && !started => fixed = Some((bound.at, cause)),
            BoundKind::MustStart if given.dates_win() && !started => fixed = Some((on_start(), cause)),
            BoundKind::MustFinish => ask(&mut latest, bound.at, false, cause),
            BoundKind::MustStart if !started => ask(&mut latest, on_start(), true, cause),
            _ => {}
        }
    }
    if let Some((at, _)) = fixed {
        latest = at;
    }
    let begins_something = place.milestone == Some(Milestone::Start) && span.minutes() == 0;
    let stays = done || matches!(place.span, Span::Elapsed(_)) || begins_something && is_next_to_work(calendar, latest);
    let finish = if stays {
        latest
    } else {
        clock::last_finish(calendar, latest)
    };
    if !done && !started && span == Span::Work(0) && clock::next_start(calendar, latest) == latest {
        // It is shown where work ended, and what it waits for may go on until it begins, where it may stand as well.
        return Allowed {
            start: latest,
            finish: latest,
            float_finish: finish,
            shown: Some((finish, finish)).filter(|_| finish != latest),
            fixed: fixed.map(|f| f.1),
        };
    }
    let mut start = clock::start_of(calendar, span, finish);
    if !done && span.minutes() > 0 {
        start = begins(given, v, start).min(by);
    }
    Allowed {
        start,
        finish,
        float_finish: finish,
        shown: None,
        fixed: fixed.map(|f| f.1),
    }
}

/// Total float of a leaf.
pub(crate) fn total_float(given: &Given<'_>, state: &State, v: usize) -> i64 {
    if given.finished(v).is_some() {
        return 0;
    }
    let (calendar, span) = (given.calendar(v), state.span[v]);
    if state.has_used_float(given, v) {
        return 0;
    }
    let (es, ef) = state.early(given, v);
    let late_start = state.shown[v].map_or(state.ls[v], |(start, _)| start);
    let at_start = clock::gap(calendar, span, es, late_start);
    let at_finish = clock::gap(calendar, span, ef, state.float_finish[v]);
    match given.rules.float {
        FloatKind::Smaller if given.started(v).is_some() => at_finish,
        _ => super::float::of_kind(given, at_start, at_finish),
    }
}
