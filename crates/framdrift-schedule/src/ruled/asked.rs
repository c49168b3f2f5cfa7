//! What one link asks of one leaf, junctions looked through: the demands that a pass hears of entries and exits only in sum.

use framdrift_model::projection::Span;
use framdrift_model::rules::{LateKind, OutOfSequence, Profile, StartLag};

use super::clock;
use super::instants;
use super::link;
use super::met;
use super::msproject;
use super::net::Role;
use super::own;
use super::p6;
use super::state::{Given, State};

/// The start that a link asks of a leaf that takes `span`, given the dates of one predecessor, and whether it says so of the
/// start. `arc` carries the link, to the leaf itself or to an entry that it stands behind.
pub(crate) fn asked(
    given: &Given<'_>,
    state: &State,
    v: usize,
    arc: usize,
    span: Span,
    (start, finish): (i64, i64),
) -> (i64, bool) {
    let net = given.arc(arc);
    let (tie, calendar) = (net.tie, given.hours(v));
    let t = match (tie.leaves_start(), given.rules.profile) {
        // framdrift counts from where something really started.
        (true, Profile::Framdrift) => {
            let u = net.from as usize;
            let began = given.started(u).filter(|_| !given.is_typed(u));
            began.map_or(start, clock::within)
        }
        (true, _) => start,
        (false, _) => finish,
    };
    match given.rules.profile {
        Profile::MsProject if net.to as usize == v && !tie.to_start() => {
            // A finish is stepped back to the start that reaches it, and the lag is added to that.
            let stepped = clock::start_of(calendar, span, t);
            (link::add(given, arc, link::lag(given, state, arc), stepped), false)
        }
        profile => {
            let at = link::demanded(given, state, arc, t);
            (comes_to(given, v, span, at, tie.to_start(), profile), tie.to_start())
        }
    }
}

/// The start that an instant asked of a leaf's start or finish comes to.
fn comes_to(given: &Given<'_>, v: usize, span: Span, at: i64, of_start: bool, profile: Profile) -> i64 {
    let calendar = given.hours(v);
    match (profile, of_start) {
        (Profile::Framdrift | Profile::MsProject, true) => at,
        (Profile::Framdrift, false) => instants::start_reaching(calendar, span, at),
        (Profile::MsProject, false) => clock::start_of(calendar, span, at),
        (Profile::P6, _) if given.finished(v).is_some() => match of_start {
            true => at,
            false => clock::start_of(calendar, span, at),
        },
        // A delay counts from what is asked, before that moves to where work can begin.
        (Profile::P6, true) if met::delay(given, v) > 0 => at,
        (Profile::P6, false) if met::delay(given, v) > 0 => clock::start_of(calendar, span, reached(given, v, at)),
        (Profile::P6, true) => p6::begins(given, v, at),
        (Profile::P6, false) => p6::begins(given, v, clock::start_of(calendar, span, reached(given, v, at))),
    }
}

/// The finish that P6 takes a link to ask for.
fn reached(given: &Given<'_>, v: usize, at: i64) -> i64 {
    let calendar = given.hours(v);
    match clock::last_finish(calendar, at) == at || given.finished(v).is_some() {
        true => at,
        false => clock::next_start(calendar, at),
    }
}

/// The dates at which a predecessor counts for a link: the leaf `u`, which stands by itself or behind the exit that the arc
/// comes from.
pub(crate) fn counted(given: &Given<'_>, state: &State, arc: usize, u: usize) -> (i64, i64) {
    let net = given.arc(arc);
    let free = given.late_kind() == LateKind::FreeFloat;
    match given.rules.profile {
        _ if free => (state.es[u], state.ef[u]),
        Profile::P6 => (state.es[u], state.ef[u]),
        _ if given.place(net.from as usize).role == Role::Exit => state.put(u),
        _ => state.handed(given, u, net.to as usize),
    }
}

/// Whether a link counts from when its predecessor really started, whatever is left of it.
pub(crate) fn is_from_actual(given: &Given<'_>, arc: usize) -> bool {
    let net = given.arc(arc);
    let u = net.from as usize;
    match given.rules.profile {
        Profile::Framdrift => net.tie.leaves_start() && given.started(u).is_some() && !given.is_typed(u),
        // What has started stands at its actual start anyway.
        Profile::MsProject => false,
        Profile::P6 => {
            let dates = given.rules.out_of_sequence == OutOfSequence::ActualDates;
            let start = net.tie == crate::arcs::Tie::StartToStart && given.rules.start_lag == StartLag::ActualStart;
            (dates || start) && p6::happened(given, arc).is_some()
        }
    }
}

/// Where a leaf that takes `span` stands when `start` is asked of it.
pub(crate) fn stands(given: &Given<'_>, v: usize, span: Span, start: i64) -> (i64, i64) {
    let calendar = given.hours(v);
    match given.rules.profile {
        Profile::Framdrift => instants::lay_forward(calendar, span, own::begins(given, v, span, start)),
        Profile::MsProject => {
            let start = msproject::begins(given, v, span, start);
            (start, clock::finish_of(calendar, span, start))
        }
        // What is complete passes dates on as they are.
        Profile::P6 if given.finished(v).is_some() => (start, start),
        Profile::P6 => {
            let start = p6::begins(given, v, start);
            (start, clock::finish_of(calendar, span, start))
        }
    }
}

/// Where a leaf that takes `span` stands when it may finish at `finish` at the latest.
pub(crate) fn stands_back(given: &Given<'_>, v: usize, span: Span, finish: i64) -> (i64, i64) {
    let calendar = given.hours(v);
    match given.rules.profile {
        Profile::Framdrift => instants::lay_backward(calendar, span, finish),
        Profile::MsProject | Profile::P6 => {
            let finish = clock::snap_finish(calendar, span, finish);
            (clock::start_of(calendar, span, finish), finish)
        }
    }
}

/// The start that is asked of a leaf, held back by the leaf's own delay.
pub(crate) fn delayed(given: &Given<'_>, v: usize, start: i64) -> i64 {
    match (met::delay(given, v), given.rules.profile) {
        (0, _) => start,
        (delay, Profile::P6) => p6::begins(given, v, clock::later(start, delay)),
        (delay, _) => clock::later(start, delay),
    }
}

/// The finish that a link keeps whatever the work takes, given its predecessor's dates: only P6 does.
pub(crate) fn kept_finish(given: &Given<'_>, state: &State, v: usize, arc: usize, dates: (i64, i64)) -> Option<i64> {
    let tie = given.arc(arc).tie;
    let t = if tie.leaves_start() { dates.0 } else { dates.1 };
    let keeps = given.rules.profile == Profile::P6 && !tie.to_start();
    keeps.then(|| reached(given, v, link::demanded(given, state, arc, t)))
}
