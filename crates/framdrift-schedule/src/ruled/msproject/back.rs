//! The latest that links of MS Project allow what precedes them: each step forward, the other way round.
//!
//! MPXJ's scheduler, which lets time by the clock wait for working time, takes off what it added instead: see the guide to other
//! tools' rules.

use framdrift_model::projection::Span;
use framdrift_model::rules::ElapsedStart;

use super::super::clock;
use super::super::link::{self, Distance};
use super::super::net::Role;
use super::super::state::{Given, State};
use crate::arcs::Tie;

/// Whether late dates are those that MPXJ's scheduler counts.
pub(crate) fn is_as_mpxj(given: &Given<'_>) -> bool {
    given.rules.elapsed_start == ElapsedStart::WorkingTime
}

/// The latest start or finish of what a link leaves from which it asks for no more than the given start and finish of what it leads
/// to.
pub(crate) fn allowed(given: &Given<'_>, state: &State, arc: usize, lag: Distance, (start, finish): (i64, i64)) -> i64 {
    let net = given.arc(arc);
    let to = net.to as usize;
    if net.tie.to_start() {
        return without(given, arc, lag, start);
    }
    match given.place(to).role {
        // Forward a finish is stepped back to the start that reaches it, and the lag is added to that.
        Role::Leaf if is_pushed(given, to) && !is_as_mpxj(given) => {
            finish_asked(given, state, to, without(given, arc, lag, start))
        }
        _ => without(given, arc, lag, finish),
    }
}

/// `t` without a lag.
fn without(given: &Given<'_>, arc: usize, lag: Distance, t: i64) -> i64 {
    match lag {
        Distance::Work(lead @ ..0) if !is_as_mpxj(given) => {
            clock::before_lead(link::calendar(given, arc), t, lead.saturating_neg())
        }
        _ => link::take(given, arc, lag, t),
    }
}

/// The latest finish of a leaf, of which `span` is left, that a link out of it allows, given the latest start and finish that can be
/// asked of what it leads to.
pub(super) fn finish_by(given: &Given<'_>, state: &State, v: usize, arc: usize, span: Span, late: (i64, i64)) -> i64 {
    match given.arc(arc).tie {
        Tie::StartToFinish if is_as_mpxj(given) => {
            // The duration first, then the lag.
            let finish = clock::finish_of(given.hours(v), span, late.1);
            link::allowed(given, state, arc, (finish, finish))
        }
        tie if tie.leaves_start() => finish_of_start(given, v, span, link::allowed(given, state, arc, late)),
        _ => link::allowed(given, state, arc, late),
    }
}

/// The finish of a leaf that starts at `start` at the latest.
pub(crate) fn finish_of_start(given: &Given<'_>, v: usize, span: Span, start: i64) -> i64 {
    match is_as_mpxj(given) {
        true => clock::finish_of(given.hours(v), span, start),
        false => clock::finish_of_start_by(given.hours(v), span, start),
    }
}

/// The latest finish that can be asked of a leaf which is not to start after `start`.
pub(crate) fn finish_asked(given: &Given<'_>, state: &State, v: usize, start: i64) -> i64 {
    match is_as_mpxj(given) {
        true => clock::finish_of(given.hours(v), state.span[v], start),
        false => clock::finish_stepped_by(given.hours(v), state.span[v], start),
    }
}

/// Where a milestone stands at the latest that is not to be after `latest`, where work ends at `closing`: MS Project shows it there,
/// and it may as well stand where work begins next. One that is as late as possible is put where it is shown, if it can be there so
/// early.
pub(super) fn milestone_by(given: &Given<'_>, state: &State, v: usize, latest: i64, closing: i64) -> i64 {
    let opens = clock::next_start(given.hours(v), latest) == clock::within(latest);
    let stays = given.place(v).late && state.es[v] <= closing;
    match opens && !stays && !is_as_mpxj(given) {
        true => clock::within(latest),
        false => closing,
    }
}

/// Whether links ask a leaf for a start: what has started asks for dates of its own, and so does a summary where it was typed.
pub(crate) fn is_pushed(given: &Given<'_>, v: usize) -> bool {
    given.started(v).is_none() && !given.is_typed_summary(v)
}
