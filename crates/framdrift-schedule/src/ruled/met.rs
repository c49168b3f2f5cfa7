//! What can be asked of something without its moving past given dates: each rule for where a leaf stands, the other way round.
//!
//! Late dates are the latest that move nothing, and free float goes as far as nothing moves. So what a leaf lets its links ask
//! is not its dates but the latest instants that, forward, still put it there.

use framdrift_model::rules::Profile;

use super::clock;
use super::instants;
use super::msproject;
use super::net::Role;
use super::own;
use super::p6;
use super::pull;
use super::state::{Given, State};

/// The latest start and the latest finish that links can ask of a place that is not to pass `dates`. Of an entry and an exit
/// they are kept already.
pub(crate) fn met(given: &Given<'_>, state: &State, v: usize, (start, finish): (i64, i64)) -> (i64, i64) {
    if given.place(v).role != Role::Leaf || (start, finish) == (clock::NO_CAP, clock::NO_CAP) {
        return (start, finish);
    }
    let (hours, delay) = (given.hours(v), delay(given, v));
    // The delay comes after everything that asks of the start.
    let start = match delay {
        0 => start,
        _ => clock::later(start, delay.saturating_neg()),
    };
    let finish = match (given.rules.profile, delay) {
        (Profile::Framdrift, 0) => instants::finish_met(hours, state.span[v], finish),
        (Profile::MsProject, 0) if !msproject::is_pushed(given, v) || msproject::is_as_mpxj(given) => finish,
        (Profile::MsProject, _) => msproject::finish_asked(given, state, v, start),
        (Profile::P6, 0) => finish,
        (Profile::Framdrift, _) => instants::finish_reached(hours, own::left(given, v), start),
        (Profile::P6, _) => clock::finish_of(hours, p6::left(given, v), start),
    };
    match given.rules.profile {
        Profile::P6 => (start, p6::finish_met(given, v, finish)),
        Profile::Framdrift | Profile::MsProject => (start, finish),
    }
}

/// The dates at which a leaf is put, as those that can be asked of it.
pub(crate) fn soon(given: &Given<'_>, state: &State, v: usize) -> (i64, i64) {
    let (start, finish) = met(given, state, v, state.put(v));
    match given.rules.profile {
        // Its own dates may start it at any hour, but what links ask waits for work.
        Profile::MsProject if given.started(v).is_none() && !given.is_typed(v) => {
            let (span, least) = (state.span[v], pull::begun_by(given, v, state.span[v], start));
            match least < start {
                true => (least, finish.min(clock::finish_of(given.hours(v), span, least))),
                false => (start, finish),
            }
        }
        _ => (start, finish),
    }
}

/// The late dates of a place as those that can be asked of it.
pub(crate) fn late(given: &Given<'_>, state: &State, v: usize) -> (i64, i64) {
    met(given, state, v, (state.ls[v], state.lf[v]))
}

/// The same, for what links into a summary of it ask.
pub(crate) fn late_within(given: &Given<'_>, state: &State, v: usize) -> (i64, i64) {
    let (seen, late) = (super::start_within(given, state, v), late(given, state, v));
    match seen == state.ls[v] {
        true => late,
        false => (met(given, state, v, (seen, state.lf[v])).0, late.1),
    }
}

/// How long a place is held back after what asks of its start; what stands at dates of its own is not.
pub(crate) fn delay(given: &Given<'_>, v: usize) -> i64 {
    let stands = match given.rules.profile {
        Profile::Framdrift => given.finished(v).is_some(),
        Profile::MsProject | Profile::P6 => given.started(v).is_some(),
    };
    match stands || given.is_typed(v) {
        true => 0,
        false => given.place(v).delay.max(0),
    }
}
