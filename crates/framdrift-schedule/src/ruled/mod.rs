//! Dates by chosen rules: those of MS Project, those of P6, and framdrift's own where progress is recorded, dates are typed in
//! or a rule is changed.
//!
//! The plain passes (`passes`) compute what has nothing of all that. Here one walk forward and one back go over the same
//! vertices and arcs, and ask the profile at each leaf where it stands (`place`) and how late it may be (`allow`). Both report
//! every demand that they hear to a listener, so a pass and an explanation are the same code with different listeners.

pub(crate) mod asked;
pub(crate) mod clock;
pub(crate) mod effort;
pub(crate) mod float;
pub(crate) mod holds;
pub(crate) mod instants;
pub(crate) mod link;
pub(crate) mod met;
mod msproject;
pub(crate) mod net;
mod own;
mod p6;
pub(crate) mod pull;
mod state;
mod summary;

use std::sync::Arc;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Bound, BoundKind, Mode, NodeIx, Projection};
use framdrift_model::rules::{LateKind, Profile, Rules};
use framdrift_model::time::Minute;

use crate::arcs::Arcs;
use crate::compute::NoStart;
use crate::hierarchy::Hierarchy;
use crate::network::Network;
use crate::schedule::{Dates, Exact, Schedule, Side};
use crate::time;

pub(crate) use holds::Holds;
pub(crate) use net::Net;
use net::Role;
use state::{Allowed, Recorded};
pub(crate) use state::{Caps, Demand, Given, Heard, NO_VIA, Placed, State};
pub(crate) use summary::begun;

/// Whether a projection asks for anything that the plain passes do not know.
pub(crate) fn is_asked(projection: &Projection) -> bool {
    projection.rules != Rules::default()
        || projection.finish.is_some()
        || projection.nodes.iter().any(|node| {
            node.mode != Mode::Computed || node.delay > 0 || node.work_calendar.is_some() || bounds_ask(&node.bounds)
        })
}

/// Whether bounds are of kinds that the plain passes do not know.
pub(crate) fn bounds_ask(bounds: &[Bound]) -> bool {
    let other = |bound: &Bound| {
        matches!(
            bound.kind,
            BoundKind::ExpectedFinish | BoundKind::ExternalFinish | BoundKind::ExternalStart
        )
    };
    bounds.iter().any(other)
}

/// Lays out the vertices for the rules.
pub(crate) fn net(projection: &Projection, tree: &Hierarchy, arcs: &Arcs, holds: &Holds, order: &[u32]) -> Net {
    Net::new(projection, tree, arcs, holds, order)
}

/// A schedule computed by rules, with all that explaining it takes.
#[derive(Debug)]
pub(crate) struct Ruled {
    /// By node.
    pub(crate) dates: Vec<Dates>,
    pub(crate) state: State,
    recorded: Recorded,
    /// The place of each leaf.
    leaves: Vec<(u32, NodeIx)>,
    start: i64,
    /// Where late dates count from.
    pub(crate) origin: i64,
}

impl Ruled {
    /// What it was computed from, with the network that it was computed of.
    pub(crate) fn given<'a>(&'a self, network: &'a Network) -> Given<'a> {
        Given::new(network.projection(), network.ruled(), &self.recorded, self.start)
    }

    /// The dates that leaves handed on over their links.
    pub(crate) fn exact(&self) -> impl Iterator<Item = Exact> + '_ {
        let state = &self.state;
        let pair = |(start, finish): (i64, i64)| [start, finish];
        self.leaves.iter().map(move |&(v, node)| {
            let v = v as usize;
            let early = (state.es[v], state.ef[v]);
            Exact {
                node,
                soonest: pair(state.soonest.get(v).copied().unwrap_or(early)),
                early: pair(early),
                late: [state.ls[v], state.lf[v]],
                put: pair(state.put(v)),
            }
        })
    }

    /// The start in tenths of a minute.
    pub(crate) fn exact_start(&self) -> i64 {
        self.start
    }

    /// Where a leaf was put, with every demand that was heard on the way.
    pub(crate) fn demands(&self, given: &Given<'_>, v: usize) -> (Vec<Demand>, Placed) {
        let mut heard = Vec::new();
        let placed = place(given, &self.state, v, &mut |demand| heard.push(demand));
        (heard, placed)
    }

    /// How late a leaf may be, with every allowance that was heard on the way.
    pub(crate) fn allowances(&self, given: &Given<'_>, v: usize) -> (Vec<Demand>, Allowed) {
        let mut heard = Vec::new();
        let allowed = allow(given, &self.state, v, self.origin, &mut |demand| heard.push(demand));
        (heard, allowed)
    }
}

/// Computes every date and float by the rules of the projection.
///
/// Complexity: O(*n* + *m*), plus O(*m* · *d*) for the free float of summaries nested *d* deep.
pub(crate) fn compute(network: &Network, facts: &Facts) -> Result<Schedule, NoStart> {
    let (projection, net) = (network.projection(), network.ruled());
    let recorded = Recorded::new(net, facts);
    // Where it starts, and from where early dates count.
    let (first, start) = match projection.start.map(clock::ticks) {
        start if net.counts_back => {
            let first = first_start(projection, net, &recorded);
            // By framdrift's own rules nothing could start before the date that is asked for, wherever it stands.
            let asked = start.filter(|_| projection.rules.profile == Profile::Framdrift);
            (first, asked.map_or(first, |start| start.max(first)))
        }
        Some(start) => (start, start),
        None => return Err(NoStart),
    };
    let given = Given::new(projection, net, &recorded, start);
    let (state, finish) = passes(&given);
    let dates = assemble(&given, &network.tree, facts, &state, [first, finish]);
    let origin = origin(&given, &state);
    let ends = [Minute::MIN, Minute::MAX];
    let beyond = (0..).map(NodeIx).zip(&dates);
    let beyond = beyond.filter(|(_, dates)| Side::ALL.iter().any(|side| ends.contains(&dates.on(*side))));
    Ok(Schedule {
        start: time::offset(clock::minute(first)),
        finish: time::offset(clock::minute(last_finish(&given, &state))),
        beyond: beyond.map(|(node, _)| node).collect(),
        ruled: Some(Arc::new(Ruled {
            origin,
            dates,
            state,
            recorded,
            leaves: net.leaves().map(|(v, place)| (v as u32, place.node)).collect(),
            start,
        })),
        ..Schedule::default()
    })
}

/// The start of a programme that is counted back from its finish: the first late start.
fn first_start(projection: &Projection, net: &Net, recorded: &Recorded) -> i64 {
    let mut rules = projection.rules.clone();
    // An open end would be held to its own finish, which is not known yet.
    (rules.multiple_critical_paths, rules.open_ends_critical) = (false, false);
    let mut given = Given::new(projection, net, recorded, clock::ticks(Minute::MIN));
    given.rules = &rules;
    let mut state = State::new(net);
    forward(&given, &mut state, false);
    let origin = origin(&given, &state);
    backward(&given, &mut state, origin);
    let first = net.leaves().map(|(v, _)| state.ls[v]).min();
    first.unwrap_or(origin)
}

/// Both passes, and what is as late as possible. Gives the latest early finish, too.
fn passes(given: &Given<'_>) -> (State, i64) {
    let mut state = State::new(given.net);
    forward(given, &mut state, false);
    let finish = latest_finish(given, &state);
    let origin = origin(given, &state);
    backward(given, &mut state, origin);
    if given.net.places.iter().any(|place| place.late) {
        match given.late_kind() {
            LateKind::TotalFloat => {
                state.soonest = state.es.iter().copied().zip(state.ef.iter().copied()).collect();
                forward(given, &mut state, true);
            }
            LateKind::FreeFloat => pull::all(given, &mut state, finish, origin),
        }
    }
    (state, finish)
}

/// Whether the finish of a leaf can be that of the programme: to MS Project, the typed finish of a summary can be, too.
fn ends(given: &Given<'_>, v: usize) -> bool {
    given.rules.profile == Profile::MsProject || !given.is_typed_summary(v)
}

fn latest_finish(given: &Given<'_>, state: &State) -> i64 {
    let leaves = given.net.leaves().filter(|(v, _)| ends(given, *v));
    leaves.map(|(v, _)| state.ef[v]).max().unwrap_or(given.start)
}

/// When the last of all is over, where each is put: what is as late as possible may have moved beyond the latest early finish.
fn last_finish(given: &Given<'_>, state: &State) -> i64 {
    let leaves = given.net.leaves().filter(|(v, _)| ends(given, *v));
    leaves.map(|(v, _)| state.put(v).1).max().unwrap_or(given.start)
}

/// Where late dates count from: the date by which all must be finished, else the latest early finish.
fn origin(given: &Given<'_>, state: &State) -> i64 {
    let finish = given.projection.finish;
    finish.map_or_else(|| latest_finish(given, state), clock::ticks)
}

/// Asks the profile where a leaf stands.
fn place(given: &Given<'_>, state: &State, v: usize, hear: &mut impl FnMut(Demand)) -> Placed {
    match given.rules.profile {
        Profile::Framdrift => own::place(given, state, v, hear),
        Profile::MsProject => msproject::place(given, state, v, hear),
        Profile::P6 => p6::place(given, state, v, hear),
    }
}

/// Asks the profile how late a leaf may be.
fn allow(given: &Given<'_>, state: &State, v: usize, origin: i64, hear: &mut impl FnMut(Demand)) -> Allowed {
    match given.rules.profile {
        Profile::Framdrift => own::allow(given, state, v, origin, hear),
        Profile::MsProject => msproject::allow(given, state, v, origin, hear),
        Profile::P6 => p6::allow(given, state, v, origin, hear),
    }
}

/// The late start of a place in a summary that links into the summary ask for.
pub(crate) fn start_within(given: &Given<'_>, state: &State, v: usize) -> i64 {
    match given.rules.profile {
        Profile::MsProject => msproject::start_within(given, state, v),
        Profile::Framdrift | Profile::P6 => state.ls[v],
    }
}

/// The finish of a leaf that what links allow comes to: of its finish, or of its start.
pub(crate) fn finish_allowed(given: &Given<'_>, state: &State, v: usize, at: i64, of_start: bool) -> i64 {
    let (hours, span) = (given.hours(v), state.span[v]);
    match (of_start, given.rules.profile) {
        (false, _) => at,
        (true, Profile::Framdrift) => instants::finish_of_start_by(hours, span, at),
        (true, Profile::MsProject) => msproject::finish_of_start(given, v, span, at),
        (true, Profile::P6) => clock::finish_of(hours, span, at),
    }
}

/// Early dates. `late` tells that late dates are known, for what is as late as possible.
fn forward(given: &Given<'_>, state: &mut State, late: bool) {
    for v in 0..given.net.len() {
        match given.place(v).role {
            Role::Leaf => {
                let placed = place(given, state, v, &mut |_| {});
                (state.es[v], state.ef[v]) = (placed.start, placed.finish);
                state.logic[v] = placed.logic;
                state.span[v] = placed.span;
                if late && given.place(v).late && given.started(v).is_none() && !given.is_typed(v) {
                    state.scheduled[v] = (state.ls[v], state.lf[v]);
                }
            }
            Role::Entry => link::enter(given, state, v),
            Role::Exit => link::gather(given, state, v),
            Role::Hold => {}
        }
    }
}

/// Late dates, counted back from `origin`.
fn backward(given: &Given<'_>, state: &mut State, origin: i64) {
    for v in (0..given.net.len()).rev() {
        step_back(given, state, v, origin, &mut |_| {});
    }
}

/// The late dates of one place, once those that follow it are known.
pub(crate) fn step_back(given: &Given<'_>, state: &mut State, v: usize, origin: i64, hear: &mut impl FnMut(Demand)) {
    match given.place(v).role {
        Role::Leaf => {
            let allowed = allow(given, state, v, origin, hear);
            (state.ls[v], state.lf[v]) = (allowed.start, allowed.finish);
            state.float_finish[v] = allowed.float_finish;
            state.shown[v] = allowed.shown;
            state.binds[v] = match given.rules.profile {
                Profile::Framdrift => own::binds(given, v),
                Profile::MsProject => msproject::binds(given, v),
                Profile::P6 => true,
            };
        }
        // An entry allows what the strictest of its leaves does; it binds while one of them is unfinished.
        Role::Entry => {
            let (mut start, mut finish, mut open) = (clock::NO_CAP, clock::NO_CAP, false);
            for arc in given.net.out_of(v) {
                let to = given.arc(arc).to as usize;
                let leaf = given.place(to).role == Role::Leaf;
                // By framdrift's own rules what no longer waits allows anything, in a summary as by itself.
                if given.rules.profile == Profile::Framdrift && !state.binds[to] {
                    continue;
                }
                open |= if leaf {
                    given.finished(to).is_none()
                } else {
                    state.binds[to]
                };
                let (of_start, of_finish) = met::late_within(given, state, to);
                start = start.min(of_start);
                finish = finish.min(of_finish);
            }
            (state.ls[v], state.lf[v]) = (start, finish);
            state.binds[v] = open || given.rules.profile == Profile::P6;
        }
        Role::Hold => msproject::hold(given, state, v),
        // An exit is allowed what the links from it allow.
        Role::Exit => {
            let (mut start, mut finish, mut followed) = (clock::NO_CAP, clock::NO_CAP, false);
            for arc in given.net.out_of(v) {
                let net = given.arc(arc);
                let to = net.to as usize;
                if !state.binds[to] || (given.rules.profile == Profile::P6 && p6::is_dropped(given, arc)) {
                    continue;
                }
                followed = true;
                if net.link.is_none() {
                    finish = finish.min(state.lf[to]);
                    if state.es[v] == state.es[to] {
                        start = start.min(state.ls[to]);
                    }
                    continue;
                }
                let allowed = link::cap(given, state, arc, met::late(given, state, to));
                let Some(at) = allowed.filter(|_| state.via[v].0 != NO_VIA) else {
                    continue;
                };
                let cap = if net.tie.leaves_start() {
                    &mut start
                } else {
                    &mut finish
                };
                *cap = (*cap).min(at);
            }
            (state.ls[v], state.lf[v]) = (start, finish);
            state.binds[v] = followed;
        }
    }
}

/// Puts dates and floats together, leaves first, then what spans them.
///
/// What is not to be done stands at `first`, the start of the programme.
fn assemble(
    given: &Given<'_>,
    tree: &Hierarchy,
    facts: &Facts,
    state: &State,
    [first, finish]: [i64; 2],
) -> Vec<Dates> {
    let mut dates = vec![Dates::instant(clock::minute(first)); tree.len()];
    let mut known = vec![false; tree.len()];
    let floats = float::measure(given, state, finish);
    for (v, place) in given.net.leaves() {
        let (total, free, critical) = floats[v];
        let (es, ef) = state.early(given, v);
        let (es, ef) = (clock::minute(es), clock::minute(ef));
        let (ls, lf) = state.shown[v].unwrap_or((state.ls[v], state.lf[v]));
        let (put, until) = state.put(v);
        let (put, until) = (clock::minute(put), clock::minute(until));
        let actual = |t: Option<i64>, or: Minute| t.filter(|_| !given.is_typed(v)).map_or(or, clock::minute);
        dates[place.node.index()] = Dates {
            start: actual(given.started(v), put),
            finish: actual(given.finished(v), until),
            early_start: es,
            early_finish: ef,
            late_start: clock::minute(ls),
            late_finish: clock::minute(lf),
            total_float: clock::minutes(total),
            free_float: clock::minutes(free),
            critical,
        };
        known[place.node.index()] = true;
    }
    // Levels of effort may span summaries, and belong to some.
    summary::roll_up(given, tree, &mut dates, &mut known);
    effort::place(given, tree, facts, finish, &mut dates, &mut known);
    summary::roll_up(given, tree, &mut dates, &mut known);
    summary::free_floats(given, tree, state, finish, &mut dates, &known);
    dates
}
