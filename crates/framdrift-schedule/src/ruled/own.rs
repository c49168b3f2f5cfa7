//! framdrift's own rules where something is recorded, typed in or chosen: links hold as in the plain passes.

use framdrift_model::projection::{BoundKind, Span};
use framdrift_model::rules::{ElapsedStart, OutOfSequence};

use super::clock::{self, NO_CAP, NO_FLOOR};
use super::instants;
use super::link;
use super::met;
use super::msproject;
use super::pull;
use super::state::{Allowed, Demand, Given, Heard, Placed, State};
use crate::arcs::Tie;

/// How much of a leaf is left to do: what is recorded; else what was not worked between its start and the status date.
pub(crate) fn left(given: &Given<'_>, v: usize) -> Span {
    let (span, fact) = (given.place(v).span, given.fact(v));
    let of_kind = |ticks: i64| match span {
        Span::Work(_) => Span::Work(ticks.max(0)),
        Span::Elapsed(_) => Span::Elapsed(ticks.max(0)),
    };
    if fact.finished.is_some() {
        return of_kind(0);
    }
    if let Some(left) = given.left(v) {
        return left;
    }
    match (given.started(v), given.status) {
        (Some(started), Some(now)) if started < now => {
            let done = clock::gap(given.hours(v), span, started, now);
            of_kind(span.minutes() - done)
        }
        _ => span,
    }
}

/// Where what is left of a leaf starts and finishes at the earliest.
pub(crate) fn place(given: &Given<'_>, state: &State, v: usize, hear: &mut impl FnMut(Demand)) -> Placed {
    let calendar = given.hours(v);
    if let Some(placed) = Placed::typed(given, v) {
        return placed;
    }
    let span = left(given, v);
    let started = given.started(v);
    if let (Some(start), Some(finish)) = (started, given.finished(v)) {
        return Placed::at(start, finish.max(start), span).fixed(Heard::Actual);
    }
    let (mut start, delay) = (NO_FLOOR, met::delay(given, v));
    let mut ask = |start: &mut i64, at: i64, of_start: bool, cause: Heard| {
        let demand = Demand::new(at, of_start, cause).held_back(delay);
        hear(demand);
        *start = (*start).max(demand.at);
    };
    let mut finish_asked = false;
    let goes_on = started.is_some() && given.rules.out_of_sequence == OutOfSequence::ProgressOverride;
    for arc in given.net.into(v) {
        let u = given.arc(arc).from as usize;
        if goes_on || link::is_void(given, state, u) {
            continue;
        }
        let cause = Heard::Arc(arc);
        let tie = given.arc(arc).tie;
        let finish = match tie {
            Tie::HandOn => {
                if state.es[u] != NO_FLOOR {
                    ask(&mut start, state.es[u], true, cause);
                }
                state.ef[u]
            }
            Tie::Gather => continue,
            _ => {
                let (from, until) = state.handed(given, u, v);
                let t = if tie.leaves_start() { from } else { until };
                let at = link::demanded(given, state, arc, t);
                if tie.to_start() {
                    ask(&mut start, at, true, cause);
                    NO_FLOOR
                } else {
                    at
                }
            }
        };
        if finish != NO_FLOOR {
            finish_asked = true;
            ask(
                &mut start,
                instants::start_reaching(calendar, span, finish),
                false,
                cause,
            );
        }
    }
    ask(&mut start, given.start, true, Heard::ProgrammeStart);
    if let Some(now) = given.status {
        ask(&mut start, now, true, Heard::StatusDate);
    }
    if let Some(at) = started {
        ask(&mut start, at, true, Heard::Actual);
    }
    if let Some(at) = given.fact(v).resumed {
        ask(&mut start, clock::ticks(at), true, Heard::Resumed);
    }
    for summary in given.typed_above(v) {
        ask(
            &mut start,
            given.typed_dates(summary).0,
            true,
            Heard::TypedSummary(summary),
        );
    }
    for bound in given.net.bounds(v) {
        let cause = Heard::Bound(*bound);
        let reaching = || instants::start_reaching(calendar, span, bound.at);
        match bound.kind {
            BoundKind::StartNotBefore | BoundKind::MustStart if started.is_none() => {
                ask(&mut start, bound.at, true, cause)
            }
            BoundKind::ExternalStart if given.rules.external_dates => ask(&mut start, bound.at, true, cause),
            BoundKind::FinishNotBefore | BoundKind::MustFinish => {
                finish_asked = true;
                ask(&mut start, reaching(), false, cause);
            }
            _ => {}
        }
    }
    start = begins(given, v, span, start);
    let (early, finish) = instants::lay_forward(calendar, span, start);
    let mut placed = Placed::at(early, finish, span);
    // What links or floors ask of its finish is not to be undone by another length.
    if given.rules.expected_finish
        && !finish_asked
        && let Some(bound) = given.net.bounds(v).iter().find(|b| b.kind == BoundKind::ExpectedFinish)
        && bound.at > early
        && span.minutes() > 0
    {
        let lasts = clock::gap(calendar, span, early, bound.at);
        let span = match span {
            Span::Work(_) => Span::Work(lasts),
            Span::Elapsed(_) => Span::Elapsed(lasts),
        };
        placed = Placed::at(early, clock::finish_of(calendar, span, early), span);
        placed.fixed[1] = Some(Heard::Bound(*bound));
    }
    if given.dates_win() && started.is_none() {
        msproject::keep_dates(given, v, &mut placed);
    }
    placed
}

/// When a leaf that takes `span` begins where `start` is asked of it: what runs by the clock begins at once, unless the rules let
/// it wait for work.
pub(crate) fn begins(given: &Given<'_>, v: usize, span: Span, start: i64) -> i64 {
    match (span, given.rules.elapsed_start) {
        (Span::Elapsed(_), ElapsedStart::WorkingTime) => clock::next_start(given.hours(v), start),
        _ => start,
    }
}

/// How late what is left of a leaf may be.
pub(crate) fn allow(given: &Given<'_>, state: &State, v: usize, origin: i64, hear: &mut impl FnMut(Demand)) -> Allowed {
    let calendar = given.hours(v);
    let (span, started) = (state.span[v], given.started(v).filter(|_| !given.is_typed(v)));
    if given.finished(v).is_some() && !given.is_typed(v) {
        return Allowed {
            start: state.es[v],
            finish: state.ef[v],
            float_finish: state.ef[v],
            shown: None,
            fixed: Some(Heard::Actual),
        };
    }
    let mut latest = NO_CAP;
    let mut ask = |at: i64, of_start: bool, cause: Heard| {
        hear(Demand::new(at, of_start, cause));
        latest = latest.min(at);
    };
    let mut followed = false;
    each_cap(given, state, v, |arc, at, of_start| {
        followed = true;
        let at = if of_start {
            instants::finish_of_start_by(calendar, span, at)
        } else {
            at
        };
        ask(at, of_start, Heard::Arc(arc));
    });
    ask(origin, false, Heard::ProgrammeFinish);
    if given.rules.multiple_critical_paths && !followed {
        ask(state.ef[v], false, Heard::OpenEnd);
    }
    let mut fixed = None;
    own_caps(given, span, v, |cause, at, of_start| {
        ask(at, of_start, cause);
        if let Heard::Bound(bound) = cause
            && matches!(bound.kind, BoundKind::MustStart | BoundKind::MustFinish)
            && given.dates_win()
            && started.is_none()
            && msproject::is_constraint(given, &bound)
        {
            fixed = Some((at, cause));
        }
    });
    if let Some((at, _)) = fixed {
        latest = at;
    }
    let (mut start, mut finish) = instants::lay_backward(calendar, span, latest);
    if let (Span::Elapsed(ticks), ElapsedStart::WorkingTime) = (span, given.rules.elapsed_start) {
        start = clock::last_start(calendar, start);
        finish = clock::later(start, ticks);
    }
    let (start, finish) = (clock::within(start), clock::within(finish));
    if given.is_typed_summary(v) {
        return Allowed {
            start: state.es[v],
            finish: state.ef[v],
            float_finish: finish,
            shown: Some((start, finish)),
            fixed: None,
        };
    }
    Allowed {
        start,
        finish,
        float_finish: finish,
        shown: started.map(|at| (at, finish)),
        fixed: fixed.map(|f| f.1),
    }
}

/// What caps a leaf that takes `span` by itself: its own bounds, those of its summaries, and the typed dates of these. Gives the
/// finish that each comes to, and whether it says so of the start.
fn own_caps(given: &Given<'_>, span: Span, v: usize, mut hear: impl FnMut(Heard, i64, bool)) {
    let calendar = given.hours(v);
    let started = given.started(v).filter(|_| !given.is_typed(v)).is_some();
    for summary in given.typed_caps(v) {
        hear(Heard::TypedSummary(summary), given.typed_dates(summary).1, false);
    }
    for bound in given.caps(v) {
        let cause = Heard::Bound(*bound);
        match bound.kind {
            BoundKind::FinishNotAfter | BoundKind::MustFinish => hear(cause, bound.at, false),
            BoundKind::ExternalFinish if given.rules.external_dates => hear(cause, bound.at, false),
            BoundKind::StartNotAfter | BoundKind::MustStart if !started => {
                hear(cause, instants::finish_reached(calendar, span, bound.at), true);
            }
            _ => {}
        }
    }
}

/// Whether anything that binds follows a leaf.
fn is_followed(given: &Given<'_>, state: &State, v: usize) -> bool {
    let mut followed = false;
    each_cap(given, state, v, |_, _, _| followed = true);
    followed
}

/// What arcs out of a leaf allow it, by the dates in `state.ls` and `state.lf`: of its start or of its finish.
fn each_cap(given: &Given<'_>, state: &State, v: usize, mut hear: impl FnMut(usize, i64, bool)) {
    let pinned = given.is_typed(v) || given.started(v).is_some();
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        if !state.binds[to] {
            continue;
        }
        match net.tie {
            Tie::HandOn => {}
            Tie::Gather => {
                if state.lf[to] != NO_CAP {
                    hear(arc, state.lf[to], false);
                }
                if state.ls[to] != NO_CAP && state.es[v] == state.es[to] && !pinned {
                    hear(arc, state.ls[to], true);
                }
            }
            tie => {
                if tie.leaves_start() && pinned {
                    continue;
                }
                if let Some(at) = link::cap(given, state, arc, met::late(given, state, to)) {
                    hear(arc, at, tie.leaves_start());
                }
            }
        }
    }
}

/// Whether a link to a leaf bounds what precedes it.
pub(crate) fn binds(given: &Given<'_>, v: usize) -> bool {
    let goes_on = given.rules.out_of_sequence == OutOfSequence::ProgressOverride && given.started(v).is_some();
    given.finished(v).is_none() && !goes_on
}

/// The latest finish that a leaf's own caps and the finish of the programme allow it, whatever follows.
pub(crate) fn own_limit(given: &Given<'_>, state: &State, v: usize, origin: i64) -> i64 {
    let mut latest = origin;
    own_caps(given, state.span[v], v, |_, at, _| latest = latest.min(at));
    if given.rules.multiple_critical_paths && !is_followed(given, state, v) {
        latest = latest.min(state.ef[v]);
    }
    latest
}

/// Pulls a leaf that is as late as possible to the latest dates that move nothing that follows, pass no cap of its own that
/// was kept before, and are not after the finish of the programme, `origin`. `soon` holds the early dates of what follows.
pub(crate) fn pull(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize, origin: i64) -> Option<Placed> {
    if given.started(v).is_some() || given.is_typed(v) {
        return None;
    }
    let (calendar, span) = (given.hours(v), state.span[v]);
    let (start_cap, finish_cap) = caps(given, state, soon, v);
    let mut latest = own_limit(given, state, v, origin).max(state.ef[v]).min(finish_cap);
    if start_cap != NO_CAP {
        latest = latest.min(instants::finish_of_start_by(calendar, span, start_cap));
    }
    let (mut start, mut finish) = instants::lay_backward(calendar, span, latest);
    if matches!(span, Span::Elapsed(_)) {
        start = pull::begun_by(given, v, span, start);
        finish = clock::finish_of(calendar, span, start);
    }
    let later = start >= state.es[v] && finish >= state.ef[v] && (start, finish) != (state.es[v], state.ef[v]);
    later.then(|| Placed::at(start, finish, span).fixed(Heard::Late))
}

/// What the early dates of what follows allow a leaf or an exit: its start, and its finish.
pub(crate) fn caps(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize) -> (i64, i64) {
    let (mut start, mut finish) = (NO_CAP, NO_CAP);
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        let (s, f) = soon[to];
        match net.tie {
            Tie::HandOn => {}
            Tie::Gather => {
                finish = finish.min(f);
                if state.es[v] == state.es[to] {
                    start = start.min(s);
                }
            }
            tie => {
                if let Some(at) = link::cap(given, state, arc, (s, f)) {
                    let cap = if tie.leaves_start() { &mut start } else { &mut finish };
                    *cap = (*cap).min(at);
                }
            }
        }
    }
    (start, finish)
}

/// Total float of a leaf.
pub(crate) fn total_float(given: &Given<'_>, state: &State, v: usize) -> i64 {
    let gap = |from, to| clock::gap(given.calendar(v), state.span[v], from, to);
    if state.has_used_float(given, v) || (given.finished(v).is_some() && !given.is_typed(v)) {
        return 0;
    }
    let (start, finish) = state.early(given, v);
    let (es, ef) = match state.logic[v] {
        NO_FLOOR => (start, finish),
        logic => (
            start.max(logic),
            finish.max(clock::finish_of(given.hours(v), state.span[v], logic)),
        ),
    };
    let at_finish = gap(ef, state.float_finish[v]);
    if given.started(v).is_some() && !given.is_typed(v) {
        return at_finish;
    }
    let late_start = state.shown[v].map_or(state.ls[v], |(start, _)| start);
    let at_start = gap(es, late_start);
    super::float::of_kind(given, at_start, at_finish)
}

/// Free float of a leaf: how far it can move without moving an early date of what follows.
pub(crate) fn free_float(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize, finish: i64) -> i64 {
    let (calendar, span) = (given.hours(v), state.span[v]);
    let (start_cap, finish_cap) = caps(given, state, soon, v);
    let (start, early_finish) = state.early(given, v);
    let gap = |from, to| clock::gap(given.calendar(v), span, from, to);
    let at_start = match start_cap {
        NO_CAP => i64::MAX,
        cap => gap(start, instants::start_by(calendar, span, cap)),
    };
    let at_finish = match finish_cap {
        NO_CAP if start_cap == NO_CAP => gap(early_finish, finish),
        NO_CAP => i64::MAX,
        cap => gap(early_finish, cap),
    };
    at_start.min(at_finish).max(0)
}
