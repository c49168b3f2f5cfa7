//! What a link asks of the dates at its ends.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{Lag, LinkIx, NodeIx};
use framdrift_model::rules::{LagCalendar, Profile};
use framdrift_model::time::Minute;

use super::clock::{self, NO_CAP, NO_FLOOR, TICKS};
use super::net::Role;
use super::state::{Given, NO_VIA, State};
use super::{msproject, p6};
use crate::arcs::{self, ArcLag, Tie};
use crate::passes;

/// A lag that is worked out, in ticks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Distance {
    Work(i64),
    Elapsed(i64),
    Period(framdrift_model::period::Period),
}

impl Distance {
    pub(crate) fn is_lead(self) -> bool {
        matches!(self, Self::Work(..0) | Self::Elapsed(..0))
    }
}

/// The lag of an arc in full.
pub(crate) fn lag(given: &Given<'_>, state: &State, arc: usize) -> Distance {
    let net = given.arc(arc);
    let settled = match net.lag {
        ArcLag::Share(share) => match state.shortest[net.from as usize] {
            NO_VIA => ArcLag::Work(0),
            first => return share_of(given, first as usize, share),
        },
        lag => lag,
    };
    let all_day = given.rules.lag_calendar == LagCalendar::AllDay;
    let ticks = |minutes: i64| minutes.saturating_mul(TICKS).saturating_add(tenths(given, arc));
    match settled {
        ArcLag::Work(minutes) if all_day => Distance::Elapsed(ticks(minutes)),
        ArcLag::Work(minutes) => Distance::Work(ticks(minutes)),
        ArcLag::Elapsed(minutes) => Distance::Elapsed(ticks(minutes)),
        ArcLag::Period(link) => match given.projection.links[link.index()].lag {
            Lag::Period(period) => Distance::Period(period),
            _ => Distance::Work(0),
        },
        ArcLag::Share(_) => Distance::Work(0),
    }
}

/// A share of the span at a place, in thousandths of a per cent.
fn share_of(given: &Given<'_>, place: usize, share: i64) -> Distance {
    let span = given.place(place).span;
    let settled = match given.rules.profile {
        Profile::MsProject => arcs::share_of(span, share),
        // Whole minutes, as in the plain passes.
        Profile::Framdrift | Profile::P6 => match arcs::share_of(clock::whole(span), share) {
            ArcLag::Elapsed(minutes) => ArcLag::Elapsed(minutes.saturating_mul(TICKS)),
            ArcLag::Work(minutes) => ArcLag::Work(minutes.saturating_mul(TICKS)),
            other => other,
        },
    };
    match settled {
        ArcLag::Elapsed(ticks) => Distance::Elapsed(ticks),
        ArcLag::Work(ticks) if given.rules.lag_calendar == LagCalendar::AllDay => Distance::Elapsed(ticks),
        ArcLag::Work(ticks) => Distance::Work(ticks),
        ArcLag::Share(_) | ArcLag::Period(_) => Distance::Work(0),
    }
}

/// What a link's lag is more than its whole minutes; only MS Project counts it.
fn tenths(given: &Given<'_>, arc: usize) -> i64 {
    match (given.rules.profile, given.arc(arc).link) {
        (Profile::MsProject, Some(link)) => given.projection.links[link.index()].tenths.into(),
        _ => 0,
    }
}

/// The calendar that an arc's working lag is counted on.
pub(crate) fn calendar<'a>(given: &Given<'a>, arc: usize) -> &'a WorkCalendar {
    let net = given.arc(arc);
    match given.rules.lag_calendar {
        LagCalendar::Successor | LagCalendar::AllDay => given.calendar(net.to as usize),
        LagCalendar::Predecessor => given.calendar(net.from as usize),
        LagCalendar::Project => &given.projection.calendars[given.projection.calendar.index()],
    }
}

/// The instant that a link demands of its successor's start or finish, given its predecessor's.
pub(crate) fn demanded(given: &Given<'_>, state: &State, arc: usize, t: i64) -> i64 {
    let lag = lag(given, state, arc);
    match given.rules.profile {
        Profile::P6 => p6::demanded(given, arc, lag, t),
        Profile::Framdrift | Profile::MsProject => add(given, arc, lag, t),
    }
}

/// The instant that a link allows its predecessor's start or finish, given the latest start and the latest finish that can be
/// asked of its successor.
pub(crate) fn allowed(given: &Given<'_>, state: &State, arc: usize, (start, finish): (i64, i64)) -> i64 {
    let lag = lag(given, state, arc);
    let t = given.arc(arc).tie.head((start, finish));
    match given.rules.profile {
        Profile::P6 => p6::allowed(given, arc, lag, t),
        Profile::MsProject => msproject::allowed(given, state, arc, lag, (start, finish)),
        Profile::Framdrift => take(given, arc, lag, t),
    }
}

/// The same; none where nothing bounds the end of the successor that the link ties.
pub(crate) fn cap(given: &Given<'_>, state: &State, arc: usize, asked: (i64, i64)) -> Option<i64> {
    (given.arc(arc).tie.head(asked) != NO_CAP).then(|| allowed(given, state, arc, asked))
}

/// Whether links hold as instants, as in the plain passes: a lag added ends where work ends, also where it is a lead.
fn is_own(given: &Given<'_>) -> bool {
    given.rules.profile == Profile::Framdrift
}

/// `t` with the lag.
pub(crate) fn add(given: &Given<'_>, arc: usize, lag: Distance, t: i64) -> i64 {
    match lag {
        Distance::Work(ticks) if is_own(given) => clock::ending(calendar(given, arc), t, ticks),
        Distance::Work(ticks) => clock::plus(calendar(given, arc), t, ticks),
        Distance::Elapsed(ticks) => clock::later(t, ticks),
        Distance::Period(period) => clock::ticks(period.earliest_anchor(Minute::clamped(-(-t).div_euclid(TICKS)))),
    }
}

/// `t` without the lag.
pub(crate) fn take(given: &Given<'_>, arc: usize, lag: Distance, t: i64) -> i64 {
    match lag {
        Distance::Work(ticks) if is_own(given) => clock::beginning(calendar(given, arc), t, ticks.saturating_neg()),
        Distance::Work(ticks) => clock::plus(calendar(given, arc), t, ticks.saturating_neg()),
        Distance::Elapsed(ticks) => clock::later(t, ticks.saturating_neg()),
        Distance::Period(period) => clock::ticks(period.before(Minute::clamped(t.div_euclid(TICKS)))),
    }
}

impl Tie {
    /// Whether it ties the predecessor's start.
    pub(crate) fn leaves_start(self) -> bool {
        matches!(self, Self::StartToStart | Self::StartToFinish)
    }

    /// Whether it ties the successor's start.
    pub(crate) fn to_start(self) -> bool {
        matches!(self, Self::FinishToStart | Self::StartToStart)
    }

    /// Of a start and a finish of the successor, the one that it ties.
    pub(crate) fn head(self, (start, finish): (i64, i64)) -> i64 {
        if self.to_start() { start } else { finish }
    }
}

/// Gathers the leaves of a summary at its exit.
pub(crate) fn gather(given: &Given<'_>, state: &mut State, v: usize) {
    let (mut first, mut last, mut shortest) = (NO_VIA, NO_VIA, NO_VIA);
    let node = |place: u32| given.place(place as usize).node;
    // A share counts from the shortest of those that start first; MS Project takes the first of them.
    let length = |place: u32| match given.rules.profile {
        Profile::MsProject => (0, false),
        Profile::Framdrift | Profile::P6 => passes::length(given.place(place as usize).span),
    };
    // By framdrift's own rules links count from where something really started.
    let began = |place: usize| given.started(place).filter(|_| is_own(given) && !given.is_typed(place));
    let start = |place: u32| began(place as usize).map_or(state.put(place as usize).0, clock::within);
    let finish = |place: u32| state.put(place as usize).1;
    for arc in given.net.into(v) {
        let u = given.arc(arc).from;
        let (one, other, short) = match given.place(u as usize).role {
            Role::Exit => (
                state.via[u as usize].0,
                state.via[u as usize].1,
                state.shortest[u as usize],
            ),
            Role::Leaf | Role::Entry | Role::Hold => (u, u, u),
        };
        if one == NO_VIA {
            continue;
        }
        if first == NO_VIA || (start(one), node(one)) < (start(first), node(first)) {
            first = one;
        }
        if last == NO_VIA || (-finish(other), node(other)) < (-finish(last), node(last)) {
            last = other;
        }
        let turn = |place: u32| (start(place), length(place), node(place));
        if shortest == NO_VIA || turn(short) < turn(shortest) {
            shortest = short;
        }
    }
    if first != NO_VIA {
        (state.es[v], state.ef[v]) = (start(first), finish(last));
    }
    state.via[v] = (first, last);
    state.shortest[v] = shortest;
}

/// Whether an exit has nothing to gather, so that links from it ask for nothing.
pub(crate) fn is_void(given: &Given<'_>, state: &State, v: usize) -> bool {
    given.place(v).role == Role::Exit && state.via[v].0 == NO_VIA
}

/// The leaf that an arc's predecessor side means: for an exit, the one that finishes last or starts first.
pub(crate) fn source(given: &Given<'_>, state: &State, arc: usize) -> NodeIx {
    let net = given.arc(arc);
    let u = net.from as usize;
    let place = match (given.place(u).role, net.tie.leaves_start()) {
        (Role::Exit, true) if state.via[u].0 != NO_VIA => state.via[u].0 as usize,
        (Role::Exit, false) if state.via[u].1 != NO_VIA => state.via[u].1 as usize,
        _ => u,
    };
    given.place(place).node
}

/// The link behind an arc into a place, and the leaf it comes from: through entries outwards to the one that won.
pub(crate) fn root(given: &Given<'_>, state: &State, arc: usize, of_start: bool) -> Option<(LinkIx, NodeIx)> {
    let mut arc = arc;
    loop {
        let net = given.arc(arc);
        if let Some(link) = net.link {
            return Some((link, source(given, state, arc)));
        }
        let (start, finish) = state.via[net.from as usize];
        arc = match if of_start { start } else { finish } {
            NO_VIA => return None,
            via => via as usize,
        };
    }
}

/// What an entry is asked for by its links: the latest start and the latest finish, with the arcs that say so.
pub(crate) fn enter(given: &Given<'_>, state: &mut State, v: usize) {
    let (mut start, mut finish) = ((NO_FLOOR, NO_VIA), (NO_FLOOR, NO_VIA));
    for arc in given.net.into(v) {
        let net = given.arc(arc);
        let u = net.from as usize;
        let mut keep = |of_start: bool, at: i64| {
            let best = if of_start { &mut start } else { &mut finish };
            let turn = |arc: usize| root(given, state, arc, of_start);
            // Among demands for one instant the first link in document order counts as the one that won.
            if at > best.0 || (at == best.0 && best.1 != NO_VIA && turn(arc) < turn(best.1 as usize)) {
                *best = (at, arc as u32);
            }
        };
        if net.tie == Tie::HandOn {
            debug_assert_eq!(given.place(u).role, Role::Entry, "entries nest");
            keep(true, state.es[u]);
            keep(false, state.ef[u]);
        } else if !is_void(given, state, u) {
            let (start, finish) = state.handed(given, u, v);
            let t = if net.tie.leaves_start() { start } else { finish };
            keep(net.tie.to_start(), demanded(given, state, arc, t));
        }
    }
    (state.es[v], state.ef[v]) = (start.0, finish.0);
    state.via[v] = (start.1, finish.1);
}
