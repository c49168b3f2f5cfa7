//! What is as late as possible, moved into its free float: after both passes, and without moving anything else.

use framdrift_model::projection::{Milestone, Span};
use framdrift_model::rules::{ElapsedStart, Profile};

use super::clock::{self, NO_CAP, TICKS};
use super::net::Role;
use super::state::{Given, Heard, Placed, State};
use super::{float, link, own, p6};
use crate::arcs::Tie;

/// Moves what is as late as possible, last ones first, so that of two in a chain each goes as far as the next one lets it.
/// `finish` is the latest early finish, `origin` where late dates count from.
///
/// Complexity: O(*n* + *m*); by the rules of the tools, for each link out of what is moved, times the logarithm of how far that is.
pub(super) fn all(given: &Given<'_>, state: &mut State, finish: i64, origin: i64) {
    let mut soon = vec![(NO_CAP, NO_CAP); given.net.len()];
    for v in (0..given.net.len()).rev() {
        let place = given.place(v);
        if place.role == Role::Leaf && place.late && given.started(v).is_none() && !given.is_typed(v) {
            let pulled = match given.rules.profile {
                Profile::Framdrift => own::pull(given, state, &soon, v, origin),
                Profile::MsProject | Profile::P6 => by_tool(given, state, &soon, v, finish),
            };
            if let Some(placed) = pulled {
                state.scheduled[v] = (placed.start, placed.finish);
            }
        }
        float::settle_soon(given, state, &mut soon, v);
    }
}

/// The latest finish that a leaf may be pulled to, whatever follows it.
pub(crate) fn limit(given: &Given<'_>, state: &State, v: usize, origin: i64) -> i64 {
    match given.rules.profile {
        Profile::Framdrift => own::own_limit(given, state, v, origin),
        Profile::MsProject | Profile::P6 => state.lf[v],
    }
}

/// The latest dates of a leaf that its links forward still keep with the early dates of what follows, in `soon`; past neither
/// its own late dates nor the latest early finish. None where it stays.
fn by_tool(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize, finish: i64) -> Option<Placed> {
    let now = (state.es[v], state.ef[v]);
    let keeps = |(start, finish): (i64, i64)| {
        start <= state.ls[v].max(now.0)
            && finish <= state.lf[v].max(now.1)
            && pushes_nothing(given, state, soon, v, (start, finish))
    };
    // INVARIANT: what stands later pushes no less, so the last finish at which it keeps all can be looked for by halves. It moves
    // by whole minutes, which are what dates are shown in.
    let (mut kept, mut tried) = (0, (state.lf[v].min(finish) - now.1) / TICKS + 1);
    let at = |minutes: i64| stands(given, v, state.span[v], now.1 + minutes * TICKS);
    if tried <= 1 || !keeps(at(0)) {
        return None;
    }
    while tried - kept > 1 {
        let middle = kept + (tried - kept) / 2;
        match keeps(at(middle)) {
            true => kept = middle,
            false => tried = middle,
        }
    }
    let (start, finish) = at(kept);
    let later = start >= now.0 && finish >= now.1 && (start, finish) != now;
    later.then(|| Placed::at(start, finish, state.span[v]).fixed(Heard::Late))
}

/// The least time that dates of a profile can differ by.
fn step(given: &Given<'_>) -> i64 {
    match given.rules.profile {
        Profile::MsProject => 1,
        Profile::Framdrift | Profile::P6 => TICKS,
    }
}

/// Where a leaf stands that may finish at `at` at the latest: it begins where it may begin and ends where work can end.
fn stands(given: &Given<'_>, v: usize, span: Span, at: i64) -> (i64, i64) {
    let hours = given.hours(v);
    match span {
        Span::Elapsed(_) => {
            let start = begun_by(given, v, span, clock::start_of(hours, span, at));
            (start, clock::finish_of(hours, span, start))
        }
        // The start of something may stand at either side of a gap.
        Span::Work(0) if given.place(v).milestone == Some(Milestone::Start) && clock::next_start(hours, at) == at => {
            (at, at)
        }
        Span::Work(0) => {
            let at = clock::last_finish(hours, at);
            (at, at)
        }
        Span::Work(_) => {
            let finish = clock::last_finish(hours, at);
            (p6::begins(given, v, clock::start_of(hours, span, finish)), finish)
        }
    }
}

/// `t`, or where time by the clock has to wait for working time, the last instant before it at which it can begin.
pub(super) fn begun_by(given: &Given<'_>, v: usize, span: Span, t: i64) -> i64 {
    let hours = given.hours(v);
    let waits = matches!(span, Span::Elapsed(_)) && given.rules.elapsed_start == ElapsedStart::WorkingTime;
    match waits && clock::next_start(hours, t) != clock::within(t) {
        true => clock::within(clock::last_finish(hours, t) - step(given)),
        false => clock::within(t),
    }
}

/// Whether no link out of a leaf that stands at these dates asks for more than the early dates of what follows.
fn pushes_nothing(
    given: &Given<'_>,
    state: &State,
    soon: &[(i64, i64)],
    v: usize,
    (start, finish): (i64, i64),
) -> bool {
    let (mut from, mut first) = (Some(v), true);
    // From the leaf outwards, through the exits of the summaries it belongs to: of these the start goes on as long as it is theirs.
    while let Some(u) = from.take() {
        let mut first_outside = first;
        for arc in given.net.out_of(u) {
            let net = given.arc(arc);
            let to = net.to as usize;
            match net.tie {
                Tie::HandOn => {}
                Tie::Gather => {
                    from = Some(to);
                    first_outside &= state.es[u] == state.es[to];
                }
                tie if tie.leaves_start() && !first => {}
                tie => {
                    let t = if tie.leaves_start() { start } else { finish };
                    let (asked, stands) = asked(given, state, soon, arc, t);
                    if stands != NO_CAP && asked > stands {
                        return false;
                    }
                }
            }
        }
        first = first_outside;
    }
    true
}

/// What a link asks for, and the early date of what follows that answers it.
fn asked(given: &Given<'_>, state: &State, soon: &[(i64, i64)], arc: usize, t: i64) -> (i64, i64) {
    let net = given.arc(arc);
    let to = net.to as usize;
    match (given.rules.profile, given.place(to).role) {
        // A finish is stepped back to the start that reaches it, and the lag is added to that.
        (Profile::MsProject, Role::Leaf) if !net.tie.to_start() => {
            let t = clock::start_of(given.hours(to), given.place(to).span, t);
            (link::demanded(given, state, arc, t), soon[to].0)
        }
        _ if net.tie.to_start() => (link::demanded(given, state, arc, t), soon[to].0),
        _ => (link::demanded(given, state, arc, t), soon[to].1),
    }
}
