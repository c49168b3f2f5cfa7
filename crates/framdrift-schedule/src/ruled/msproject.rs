//! Where Microsoft Project puts an activity. Each rule is listed with its evidence in the guide to other tools' rules.

mod back;
mod float;
mod resume;
pub(crate) mod typed;

use framdrift_model::projection::{BoundKind, Span};

use framdrift_model::rules::ElapsedStart;

use super::clock::{self, NO_CAP, NO_FLOOR};
use super::link;
use super::met;
use super::net::Bounding;
use super::state::{Allowed, Demand, Given, Heard, NO_VIA, Placed, State};
use crate::arcs::Tie;

pub(crate) use back::{allowed, finish_asked, finish_of_start, is_as_mpxj, is_pushed};
pub(crate) use float::{free_float, total_float};
pub(crate) use resume::start_within;

/// Where a leaf starts and finishes at the earliest.
pub(crate) fn place(given: &Given<'_>, state: &State, v: usize, hear: &mut impl FnMut(Demand)) -> Placed {
    let (calendar, place) = (given.hours(v), given.place(v));
    let span = place.span;
    if let Some(placed) = Placed::typed(given, v) {
        return placed;
    }
    if let (Some(start), Some(finish)) = (given.started(v), given.finished(v)) {
        return Placed::at(start, finish.max(start), span).fixed(Heard::Actual);
    }
    if let Some(start) = given.started(v) {
        return underway(given, v, start);
    }

    let mut start = match (span, given.rules.elapsed_start) {
        (Span::Elapsed(_), ElapsedStart::WorkingTime) => {
            let asked = others(given, state, v, &mut |_| {});
            let begins = begins(given, v, span, asked);
            // Its own dates may start it at any hour. What waits for work because of others is asked by them.
            others(given, state, v, &mut |demand| {
                let at = if demand.at == asked { begins } else { demand.at };
                hear(Demand { at, ..demand });
            });
            begins
        }
        _ => begins(given, v, span, others(given, state, v, hear)),
    };
    let mut ask = |start: &mut i64, at: i64, of_start: bool, cause: Heard| {
        hear(Demand::new(at, of_start, cause));
        *start = (*start).max(at);
    };
    for bound in given.net.bounds(v) {
        if let Some((at, of_start)) = floor(given, v, bound) {
            ask(&mut start, at, of_start, Heard::Bound(*bound));
        }
    }
    if matches!(span, Span::Work(_)) {
        start = begins(given, v, span, start);
    }
    let mut placed = Placed::at(start, clock::finish_of(calendar, span, start), span);
    if given.dates_win() {
        keep_dates(given, v, &mut placed);
    }
    placed
}

/// What everything but its own dates asks of the start of a leaf, held back by its delay.
fn others(given: &Given<'_>, state: &State, v: usize, hear: &mut impl FnMut(Demand)) -> i64 {
    let (mut start, delay) = (NO_FLOOR, met::delay(given, v));
    let mut ask = |start: &mut i64, demand: Demand| {
        let demand = demand.held_back(delay);
        hear(demand);
        *start = (*start).max(demand.at);
    };
    each_link(given, state, v, |demand| ask(&mut start, demand));
    if start == NO_FLOOR {
        let (at, cause) = unlinked(given, v);
        ask(&mut start, Demand::new(at, true, cause));
    }
    for summary in given.typed_above(v) {
        let at = given.typed_dates(summary).0;
        ask(&mut start, Demand::new(at, true, Heard::TypedSummary(summary)));
    }
    start
}

/// `start` where a leaf can begin then, else the next instant where it can.
pub(super) fn begins(given: &Given<'_>, v: usize, span: Span, start: i64) -> i64 {
    let hours = given.hours(v);
    match (span, given.rules.elapsed_start) {
        // A milestone may stand where work ends, too.
        (Span::Work(0), _) if clock::last_finish(hours, start) == clock::within(start) => clock::within(start),
        (Span::Elapsed(_), ElapsedStart::AnyTime) => clock::within(start),
        _ => clock::next_start(hours, start),
    }
}

/// What links ask of the start.
fn each_link(given: &Given<'_>, state: &State, v: usize, mut hear: impl FnMut(Demand)) {
    let (calendar, span) = (given.hours(v), given.place(v).span);
    for arc in given.net.into(v) {
        let u = given.arc(arc).from as usize;
        let (start, finish) = state.handed(given, u, v);
        let lag = || link::lag(given, state, arc);
        let with_lag = |t| link::add(given, arc, lag(), t);
        let mut of_start = |at| {
            hear(Demand::new(at, true, Heard::Arc(arc)));
        };
        if given.arc(arc).tie == Tie::HandOn {
            if start != NO_FLOOR {
                of_start(start);
            }
            if finish != NO_FLOOR {
                let at = clock::start_of(calendar, span, finish);
                hear(Demand::new(at, false, Heard::Arc(arc)));
            }
            continue;
        }
        if link::is_void(given, state, u) {
            continue;
        }
        // A finish is stepped back to the start that reaches it, and the lag is added to that.
        let stepped = |t| with_lag(clock::start_of(calendar, span, t));
        match given.arc(arc).tie {
            Tie::FinishToStart => of_start(with_lag(finish)),
            Tie::StartToStart => of_start(with_lag(start)),
            Tie::FinishToFinish => {
                hear(Demand::new(stepped(finish), false, Heard::Arc(arc)));
                // What would have to start before the programme starts with it.
                hear(Demand::new(given.start, true, Heard::ProgrammeStart));
            }
            Tie::StartToFinish => hear(Demand::new(stepped(start), false, Heard::Arc(arc))),
            Tie::HandOn | Tie::Gather => {}
        }
    }
}

/// Where what no link leads to starts: at the start of the programme, or at its own date even where that is earlier.
fn unlinked(given: &Given<'_>, v: usize) -> (i64, Heard) {
    let own = given.net.bounds(v).iter().filter(|b| b.holder == given.place(v).node);
    for bound in own {
        match bound.kind {
            BoundKind::StartNotBefore => return (bound.at, Heard::Bound(*bound)),
            BoundKind::FinishNotBefore => {
                let at = clock::start_of(given.hours(v), given.place(v).span, bound.at);
                if at < given.start {
                    return (at, Heard::Bound(*bound));
                }
            }
            _ => {}
        }
    }
    (clock::next_start(given.calendar(v), given.start), Heard::ProgrammeStart)
}

/// What a bound asks of the start, and whether it says so of the start.
fn floor(given: &Given<'_>, v: usize, bound: &Bounding) -> Option<(i64, bool)> {
    let stepped = || clock::start_of(given.hours(v), given.place(v).span, bound.at);
    match bound.kind {
        BoundKind::StartNotBefore => Some((bound.at, true)),
        BoundKind::FinishNotBefore => Some((stepped(), false)),
        BoundKind::ExternalStart if given.rules.external_dates => Some((bound.at, true)),
        // Where dates win, these are kept whatever links say.
        BoundKind::MustStart if !given.dates_win() => Some((bound.at, true)),
        BoundKind::MustFinish if !given.dates_win() => Some((stepped(), false)),
        _ => None,
    }
}

/// Moves a leaf to the dates that must be kept, and remembers where its links alone would have put it.
pub(crate) fn keep_dates(given: &Given<'_>, v: usize, placed: &mut Placed) {
    let (calendar, span) = (given.hours(v), placed.span);
    let own = given.net.bounds(v).iter().filter(|b| b.holder == given.place(v).node);
    for bound in own {
        let stepped = clock::start_of(calendar, span, bound.at);
        let moves = match bound.kind {
            BoundKind::MustStart => Some((placed.start.max(bound.at), begins(given, v, span, bound.at))),
            BoundKind::MustFinish => Some((placed.start.max(stepped), stepped)),
            BoundKind::StartNotAfter if placed.start > bound.at => {
                Some((placed.start, begins(given, v, span, bound.at)))
            }
            // A deadline or a window only shows.
            BoundKind::FinishNotAfter if is_constraint(given, bound) && placed.finish > bound.at => {
                Some((placed.start, stepped))
            }
            _ => None,
        };
        if let Some((logic, start)) = moves {
            *placed = Placed {
                logic: logic.max(placed.logic),
                ..Placed::at(start, clock::finish_of(calendar, span, start), span).fixed(Heard::Bound(*bound))
            };
        }
    }
}

/// Whether a bound was written as a constraint; else it is a deadline, a window or a plan, which move nothing back.
pub(crate) fn is_constraint(given: &Given<'_>, bound: &Bounding) -> bool {
    use framdrift_model::projection::BoundOrigin;
    let origin = given.projection.nodes[bound.holder.index()].bounds[bound.index as usize].origin;
    matches!(origin, BoundOrigin::Constraint(_))
}

/// What has started stays where it did; its links push it no longer.
fn underway(given: &Given<'_>, v: usize, start: i64) -> Placed {
    let (calendar, span, fact) = (given.hours(v), given.place(v).span, given.fact(v));
    let mut placed = Placed::at(start, clock::finish_of(calendar, span, start), span).fixed(Heard::Actual);
    placed.fixed[1] = None;
    if let (Some(resumed), Some(rest)) = (fact.resumed, given.left(v)) {
        let finish = clock::finish_of(calendar, rest, clock::ticks(resumed));
        if finish > placed.finish {
            placed.finish = finish;
            placed.fixed[1] = Some(Heard::Resumed);
        }
    }
    let own = given.net.bounds(v).iter().filter(|b| b.holder == given.place(v).node);
    for bound in own.filter(|b| b.kind == BoundKind::FinishNotBefore) {
        if bound.at > placed.finish {
            placed.finish = bound.at;
            placed.fixed[1] = Some(Heard::Bound(*bound));
        }
    }
    placed
}

/// How much of a leaf is left to do.
fn left(given: &Given<'_>, state: &State, v: usize) -> Span {
    match given.left(v) {
        Some(left) if given.started(v).is_some() => left,
        _ => state.span[v],
    }
}

/// How late a leaf may be.
pub(crate) fn allow(given: &Given<'_>, state: &State, v: usize, origin: i64, hear: &mut impl FnMut(Demand)) -> Allowed {
    let (calendar, place) = (given.hours(v), given.place(v));
    let (es, ef) = (state.es[v], state.ef[v]);
    if let (Some(start), Some(finish)) = (given.started(v), given.finished(v))
        && !given.is_typed_summary(v)
    {
        let (start, finish) = (clock::within(start), clock::within(finish.max(start)));
        return Allowed {
            start,
            finish,
            float_finish: finish,
            shown: None,
            fixed: Some(Heard::Actual),
        };
    }
    let started = given.started(v).filter(|_| !given.is_typed(v));
    let span = left(given, state, v);
    let mut latest = NO_CAP;
    let mut ask = |at: i64, of_start: bool, cause: Heard| {
        hear(Demand::new(at, of_start, cause));
        latest = latest.min(at);
    };
    ask(origin, false, Heard::ProgrammeFinish);
    for summary in given.typed_caps(v) {
        ask(given.typed_dates(summary).1, false, Heard::TypedSummary(summary));
    }
    let mut followed = false;
    // What takes no time and only starts others keeps its late dates.
    let mut ties = given.net.out_of(v).map(|arc| given.arc(arc).tie);
    let starts_others = span.minutes() == 0 && ties.all(|tie| tie == Tie::StartToStart);
    for arc in given.net.out_of(v) {
        let to = given.arc(arc).to as usize;
        if !state.binds[to] {
            continue;
        }
        followed = true;
        let tie = given.arc(arc).tie;
        let pinned = started.is_some() || given.is_typed(v);
        if tie == Tie::Gather {
            if state.lf[to] != NO_CAP {
                ask(state.lf[to], false, Heard::Arc(arc));
            }
            // Links from the start of a summary hold forward only.
            continue;
        }
        if tie.leaves_start() && (pinned || starts_others) {
            continue;
        }
        let late = met::late(given, state, to);
        if tie.head(late) == NO_CAP {
            continue;
        }
        let at = back::finish_by(given, state, v, arc, span, late);
        ask(at, tie.leaves_start(), Heard::Arc(arc));
    }
    if let Some(hold) = given.hold(v).filter(|hold| state.binds[*hold]) {
        followed = true;
        if state.lf[hold] != NO_CAP {
            ask(state.lf[hold], false, Heard::Arc(state.via[hold].0 as usize));
        }
    }
    let open_end = given.rules.multiple_critical_paths && !followed;
    if open_end {
        ask(ef, false, Heard::OpenEnd);
    }
    let mut fixed = None;
    for bound in given.caps(v) {
        let own = bound.holder == place.node;
        let constraint = is_constraint(given, bound);
        if given.is_typed(v) && constraint {
            continue;
        }
        let on_start = clock::finish_of(calendar, span, bound.at);
        match bound.kind {
            BoundKind::FinishNotAfter if constraint || !open_end => ask(bound.at, false, Heard::Bound(*bound)),
            BoundKind::ExternalFinish if given.rules.external_dates => ask(bound.at, false, Heard::Bound(*bound)),
            // A date for its start says nothing of what has started, and what has started is not moved to a date.
            BoundKind::StartNotAfter | BoundKind::MustStart if started.is_some() => {}
            BoundKind::StartNotAfter => ask(on_start, true, Heard::Bound(*bound)),
            BoundKind::MustStart | BoundKind::MustFinish => {
                let at = if bound.kind == BoundKind::MustStart {
                    on_start
                } else {
                    bound.at
                };
                ask(at, bound.kind == BoundKind::MustStart, Heard::Bound(*bound));
                if given.dates_win() && own && started.is_none() {
                    fixed = Some((at, Heard::Bound(*bound)));
                }
            }
            _ => {}
        }
    }
    if let Some((at, _)) = fixed {
        latest = at;
    }
    let hours = typed::hours(given, v);
    let finish = match (span, given.rules.elapsed_start) {
        (Span::Elapsed(_), ElapsedStart::WorkingTime) => clock::last_finish(calendar, latest),
        _ => hours.snap_finish(span, latest),
    };
    let start = hours.start_of(span, finish);
    if given.is_typed_summary(v) {
        // What precedes it sees the late start of what belongs to it, and its finish where it was typed.
        let least = given.parts(v).map(|part| start_within(given, state, part)).min();
        return Allowed {
            start: least.unwrap_or(es),
            finish: ef,
            float_finish: finish,
            shown: Some((start, finish)),
            fixed: None,
        };
    }
    let resumes = resume::resumes(given, v, state.span[v], span);
    if let Some(actual) = started {
        let shown = finish.max(ef);
        return Allowed {
            start: clock::within(resumes.unwrap_or(start)),
            finish: shown,
            float_finish: finish,
            shown: Some((actual, shown)),
            fixed: fixed.map(|f| f.1),
        };
    }
    if let (Span::Work(0), None) = (span, started) {
        let stands = back::milestone_by(given, state, v, latest, finish);
        return Allowed {
            start: stands,
            finish: stands,
            float_finish: finish,
            shown: Some((finish, finish)).filter(|_| finish != stands),
            fixed: fixed.map(|f| f.1),
        };
    }
    Allowed {
        start: clock::within(resumes.unwrap_or(start)),
        finish,
        float_finish: finish,
        shown: resumes.map(|_| (start, finish)),
        fixed: fixed.map(|f| f.1),
    }
}

/// What links out of a summary with typed dates allow the finish of what belongs to it, and the arc that allows the least; those of
/// the summaries around it, too.
pub(crate) fn hold(given: &Given<'_>, state: &mut State, v: usize) {
    let outer = given.net.hold_of(v).filter(|outer| state.binds[*outer]);
    let (mut latest, mut followed) = outer.map_or(((NO_CAP, NO_VIA), false), |outer| {
        ((state.lf[outer], state.via[outer].0), true)
    });
    let summary = given.net.place(given.place(v).node);
    for arc in summary.into_iter().flat_map(|summary| given.net.out_of(summary)) {
        let net = given.arc(arc);
        let to = net.to as usize;
        if net.tie.leaves_start() || net.tie == Tie::Gather || !state.binds[to] {
            continue;
        }
        followed = true;
        let allowed = link::cap(given, state, arc, met::late(given, state, to));
        if let Some(at) = allowed.filter(|at| *at < latest.0) {
            latest = (at, arc as u32);
        }
    }
    state.lf[v] = latest.0;
    state.via[v].0 = latest.1;
    state.binds[v] = followed;
}

/// Whether a link to a leaf bounds what precedes it: not once it is finished.
pub(crate) fn binds(given: &Given<'_>, v: usize) -> bool {
    given.finished(v).is_none()
}
