//! What drives dates that were computed by rules: the same walk as the passes took, listened to again.

use framdrift_model::projection::{LinkIx, Mode, NodeIx};

use framdrift_model::time::Minute;

use super::chain::Chains;
use super::{Cause, Drive, RunnerUp};
use crate::arcs::Tie;
use crate::network::Network;
use crate::ruled;
use crate::ruled::asked;
use crate::ruled::clock;
use crate::ruled::effort;
use crate::ruled::link;
use crate::ruled::met;
use crate::ruled::net::Role;
use crate::ruled::{Demand, Given, Heard, Placed, Ruled, State};
use crate::schedule::{Schedule, Side};

/// Why a node has a date; none for a summary that its leaves stand for.
pub(super) fn drive(network: &Network, schedule: &Schedule, ruled: &Ruled, node: NodeIx, side: Side) -> Option<Drive> {
    let date = schedule.dates(node).on(side);
    let alone = |cause| {
        Some(Drive {
            cause,
            held_back: 0,
            date,
            runner_up: None,
        })
    };
    let Some(v) = network.ruled().place(node) else {
        return match network.node(node).mode {
            Mode::Inactive => alone(Cause::Inactive),
            Mode::LevelOfEffort => alone(spanned(network, schedule, ruled, node, side)),
            _ => None,
        };
    };
    let given = ruled.given(network);
    Some(match side.is_early() {
        true => early(network, ruled, v, side, date),
        false => late(&given, ruled, v, side, date),
    })
}

/// What the place of a leaf follows from, as a step of a chain that leaves it, and by how many minutes that is held back.
pub(super) fn cause(network: &Network, ruled: &Ruled, node: NodeIx, left: End) -> (Cause, i64) {
    let given = ruled.given(network);
    let Some(v) = network.ruled().place(node) else {
        return (Cause::Inactive, 0);
    };
    driving(&given, ruled, v, left)
}

/// Minutes by which the leaf at a place holds back what is asked of it.
fn delay(given: &Given<'_>, v: usize) -> i64 {
    clock::minutes(met::delay(given, v))
}

/// The end of a leaf that a chain leaves it by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum End {
    Start,
    Finish,
    /// The start that is recorded, whatever is left to do.
    Recorded,
    /// Either end where it is put for being as late as possible, having eaten total float.
    Put,
}

impl End {
    /// The end of its predecessor, the leaf at place `u`, that the link of an arc counts from.
    pub(super) fn of(given: &Given<'_>, state: &State, arc: usize, u: usize) -> Self {
        let put = asked::counted(given, state, arc, u) != (state.es[u], state.ef[u]);
        match given.arc(arc).tie.leaves_start() {
            _ if put => Self::Put,
            _ if asked::is_from_actual(given, arc) => Self::Recorded,
            true => Self::Start,
            false => Self::Finish,
        }
    }
}

/// What put the end of a leaf where it is, whatever was demanded.
pub(super) fn fixed_at(placed: &Placed, heard: &[Demand], left: End) -> Option<Heard> {
    match left {
        End::Recorded => return Some(Heard::Actual),
        End::Put => return Some(Heard::Late),
        End::Start | End::Finish => {}
    }
    let fixed = match left {
        End::Finish => placed.fixed[1].or(placed.fixed[0]),
        _ => placed.fixed[0],
    };
    // What is complete may yet pass on what its predecessors ask for.
    fixed.filter(|fixed| !matches!(fixed, Heard::Actual) || heard.is_empty())
}

/// What the place of a leaf follows from, and by how many minutes that is held back.
pub(super) fn driving(given: &Given<'_>, ruled: &Ruled, v: usize, left: End) -> (Cause, i64) {
    let (heard, placed) = ruled.demands(given, v);
    match fixed_at(&placed, &heard, left) {
        Some(fixed) => (said(given, &ruled.state, v, fixed, true, true), 0),
        None => match ranked(given, &ruled.state, v, heard, true).first() {
            Some(first) => (
                said(given, &ruled.state, v, first.cause, first.of_start, true),
                if first.held_back { delay(given, v) } else { 0 },
            ),
            None => (Cause::ProgrammeStart, 0),
        },
    }
}

/// What ends the float of a leaf.
pub(super) enum Late {
    /// A link, carried by the arc, to the leaf at a place.
    Link {
        link: LinkIx,
        arc: usize,
        to: usize,
    },
    Other(Cause),
}

/// What bounds the late dates of a leaf most.
pub(super) fn late_driver(given: &Given<'_>, ruled: &Ruled, v: usize) -> Late {
    let (heard, allowed) = ruled.allowances(given, v);
    let state = &ruled.state;
    let other = |heard, of_start| Late::Other(said(given, state, v, heard, of_start, false));
    if let Some(fixed) = allowed.fixed {
        return other(fixed, true);
    }
    let heard = ranked(given, state, v, heard, false);
    let Some(first) = heard.first() else {
        return Late::Other(Cause::ProgrammeFinish);
    };
    if let Heard::Arc(arc) = first.cause
        && let Some((link, node, arc)) = target_arc(given, state, v, arc, first.of_start)
        && let Some(to) = given.net.place(node)
    {
        return Late::Link { link, arc, to };
    }
    other(first.cause, first.of_start)
}

fn early(network: &Network, ruled: &Ruled, v: usize, side: Side, date: Minute) -> Drive {
    let given = &ruled.given(network);
    let state = &ruled.state;
    let (heard, mut placed) = ruled.demands(given, v);
    if !heard.is_empty() {
        // What is complete may yet pass on what its predecessors ask for.
        let fixed = placed.fixed;
        placed.fixed = fixed.map(|fixed| fixed.filter(|fixed| !matches!(fixed, Heard::Actual)));
    }
    let every = Chains::new(network, ruled).by_links(v, &heard, 2);
    let heard = ranked(given, state, v, heard, true);
    let held_back = |is: bool| if is { delay(given, v) } else { 0 };
    let alone = |cause| (cause, 0);
    let say = |demand: &Demand| {
        let cause = said(given, state, v, demand.cause, demand.of_start, true);
        (cause, held_back(demand.held_back))
    };
    let at = usize::from(!side.is_start());
    let pulled = state.early(given, v) != (state.es[v], state.ef[v]);
    // The driver, and which of all that asks comes next.
    let (driver, next) = if pulled {
        let held_by = held_by(given, ruled, v);
        (alone(Cause::AsLateAsPossible { held_by }), 0)
    } else if let Some(fixed) = placed.fixed[at] {
        (alone(said(given, state, v, fixed, true, true)), 0)
    } else {
        match heard.first() {
            _ if placed.fixed[0].is_some() || placed.fixed[1].is_some() && side.is_start() => {
                let cause = if side.is_start() {
                    heard.first().map_or(alone(Cause::ProgrammeStart), say)
                } else {
                    alone(Cause::OwnSpan)
                };
                (cause, 1)
            }
            Some(first) if first.of_start == side.is_start() => (say(first), 1),
            Some(_) => (alone(Cause::OwnSpan), 1),
            None => (alone(Cause::ProgrammeStart), 1),
        }
    };
    let mut others = every.iter().skip(next).filter(|ask| ask.cause != driver.0);
    Drive {
        cause: driver.0,
        held_back: driver.1,
        date,
        runner_up: others.next().map(|ask| {
            let (start, finish) = asked::stands(given, v, state.span[v], ask.at);
            let other = clock::minute(if side.is_start() { start } else { finish });
            RunnerUp {
                cause: ask.cause,
                held_back: held_back(ask.held_back),
                put_off: ask.put_off,
                date: other,
                margin: state.span[v].counts().between(given.calendar(v), other, date).abs(),
                counts: state.span[v].counts(),
            }
        }),
    }
}

fn late(given: &Given<'_>, ruled: &Ruled, v: usize, side: Side, date: Minute) -> Drive {
    let state = &ruled.state;
    let (heard, allowed) = ruled.allowances(given, v);
    let heard = ranked(given, state, v, heard, false);
    let say = |demand: &Demand| said(given, state, v, demand.cause, demand.of_start, false);
    let started = given.started(v).is_some() && !given.is_typed(v);
    // The driver, and what of all that allows no more does not come next.
    let (cause, ahead) = match (allowed.fixed, heard.first()) {
        (Some(fixed), _) => (said(given, state, v, fixed, true, false), 0),
        (None, _) if started && side.is_start() => (Cause::Actual, heard.len()),
        (None, Some(first)) if first.of_start == side.is_start() => (say(first), 1),
        (None, Some(_)) => (Cause::OwnSpan, 1),
        (None, None) => (Cause::ProgrammeFinish, 0),
    };
    // What follows takes its own delay off.
    let held_back = |cause: &Cause| match cause {
        Cause::Link { node, .. } => given.net.place(*node).map_or(0, |to| delay(given, to)),
        _ => 0,
    };
    let mut others = heard.iter().skip(ahead).filter(|demand| say(demand) != cause);
    Drive {
        cause,
        held_back: held_back(&cause),
        date,
        runner_up: others.next().map(|demand| {
            let (start, finish) = asked::stands_back(given, v, state.span[v], demand.at);
            let other = clock::minute(if side.is_start() { start } else { finish });
            let cause = say(demand);
            RunnerUp {
                cause,
                held_back: held_back(&cause),
                put_off: false,
                date: other,
                margin: state.span[v].counts().between(given.calendar(v), date, other).abs(),
                counts: state.span[v].counts(),
            }
        }),
    }
}

/// Demands by who wins, links first among those for one instant, in document order, then bounds, then the rest.
pub(super) fn ranked(given: &Given<'_>, state: &State, v: usize, mut heard: Vec<Demand>, forward: bool) -> Vec<Demand> {
    let turn = |demand: &Demand| match demand.cause {
        Heard::Arc(arc) => {
            let found = match forward {
                true => link::root(given, state, arc, demand.of_start),
                false => target(given, state, v, arc, demand.of_start),
            };
            found.map_or((3, 0, 0), |(link, node)| (0, link.0, node.0))
        }
        Heard::Bound(bound) => (1, bound.holder.0, bound.index),
        _ => (2, 0, 0),
    };
    let sign = if forward { -1 } else { 1 };
    heard.sort_by_cached_key(|demand| (sign * demand.at, turn(demand)));
    heard
}

/// What was heard, as data.
pub(super) fn said(given: &Given<'_>, state: &State, v: usize, heard: Heard, of_start: bool, forward: bool) -> Cause {
    match heard {
        Heard::Arc(arc) => {
            let found = match forward {
                true => link::root(given, state, arc, of_start),
                false => target(given, state, v, arc, of_start),
            };
            let nothing = if forward {
                Cause::ProgrammeStart
            } else {
                Cause::ProgrammeFinish
            };
            found.map_or(nothing, |(link, node)| Cause::Link { link, node })
        }
        Heard::Bound(bound) => Cause::Bound {
            node: bound.holder,
            index: bound.index,
        },
        Heard::ProgrammeStart => Cause::ProgrammeStart,
        Heard::ProgrammeFinish => Cause::ProgrammeFinish,
        Heard::StatusDate => Cause::StatusDate,
        Heard::Resumed => Cause::Resumed,
        Heard::TypedSummary(summary) => Cause::Typed(summary),
        Heard::Actual => Cause::Actual,
        Heard::Typed => Cause::Typed(given.place(v).node),
        Heard::Late => Cause::AsLateAsPossible { held_by: None },
        Heard::OpenEnd => Cause::OpenEnd,
    }
}

/// The link behind an arc out of a place, and the leaf it leads to: through exits outwards to the strictest link, then through
/// entries inwards to the strictest leaf.
fn target(given: &Given<'_>, state: &State, v: usize, arc: usize, of_start: bool) -> Option<(LinkIx, NodeIx)> {
    target_arc(given, state, v, arc, of_start).map(|(link, node, _)| (link, node))
}

/// As [`target`], with the arc that carries the link.
fn target_arc(
    given: &Given<'_>,
    state: &State,
    v: usize,
    arc: usize,
    of_start: bool,
) -> Option<(LinkIx, NodeIx, usize)> {
    let net = given.arc(arc);
    if net.tie != Tie::Gather {
        return Some((net.link?, inmost(given, state, arc)?, arc));
    }
    let mut best: Option<(i64, LinkIx, NodeIx, usize)> = None;
    let mut exit = Some(net.to as usize);
    // An exit leads to no more than one exit.
    while let Some(at) = exit.take() {
        for arc in given.net.out_of(at) {
            let net = given.arc(arc);
            let to = net.to as usize;
            if net.tie == Tie::Gather {
                exit = Some(to).filter(|outer| !of_start || state.es[at] == state.es[*outer]);
                continue;
            }
            if !state.binds[to] || net.tie.leaves_start() != of_start {
                continue;
            }
            let Some(allowed) = link::cap(given, state, arc, met::late(given, state, to)) else {
                continue;
            };
            if let (Some(link), Some(leaf)) = (net.link, inmost(given, state, arc)) {
                let found = (
                    ruled::finish_allowed(given, state, v, allowed, of_start),
                    link,
                    leaf,
                    arc,
                );
                best = Some(best.map_or(found, |best| best.min(found)));
            }
        }
    }
    best.map(|(_, link, leaf, arc)| (link, leaf, arc))
}

/// The strictest leaf behind the place that an arc leads to.
fn inmost(given: &Given<'_>, state: &State, arc: usize) -> Option<NodeIx> {
    let net = given.arc(arc);
    let mut to = net.to as usize;
    while given.place(to).role == Role::Entry {
        let inner = given.net.out_of(to).map(|arc| given.arc(arc).to as usize);
        to = inner.min_by_key(|w| {
            let (start, finish) = met::late_within(given, state, *w);
            let t = if net.tie.to_start() { start } else { finish };
            (t, given.place(*w).node)
        })?;
    }
    Some(given.place(to).node)
}

/// The link and the leaf that a pulled leaf would push by going on.
fn held_by(given: &Given<'_>, ruled: &Ruled, v: usize) -> Option<(LinkIx, NodeIx)> {
    let state = &ruled.state;
    let (hours, span) = (given.hours(v), state.span[v]);
    let mut held: Option<(i64, LinkIx, NodeIx)> = None;
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        let Some((link, node)) = target(given, state, v, arc, net.tie.leaves_start()) else {
            continue;
        };
        let place = given.net.place(node).unwrap_or(to);
        let put = met::soon(given, state, place);
        if net.tie == Tie::Gather {
            continue;
        }
        let allowed = link::allowed(given, state, arc, put);
        let at = if net.tie.leaves_start() {
            clock::finish_of(hours, span, allowed)
        } else {
            allowed
        };
        if held.is_none_or(|(least, ..)| at < least) {
            held = Some((at, link, node));
        }
    }
    let limit = ruled::pull::limit(given, state, v, ruled.origin);
    held.filter(|(at, ..)| *at <= limit).map(|(_, link, node)| (link, node))
}

/// Which end that a level of effort spans gives it a date.
fn spanned(network: &Network, schedule: &Schedule, ruled: &Ruled, node: NodeIx, side: Side) -> Cause {
    let given = ruled.given(network);
    let links = (0..).zip(&network.projection().links);
    let own = links.filter(|(_, link)| (link.from == node) != (link.to == node));
    let begun = ruled::begun(&given, &network.tree);
    let spanned = |other: NodeIx| {
        let fact = network.ruled().place(other).map(|v| given.fact(v)).unwrap_or_default();
        let known = network.node(other).mode != Mode::Inactive;
        known.then(|| effort::Spanned::new(fact, &schedule.dates(other), begun[other.index()]))
    };
    let ends = effort::ends(&given, &network.tree, node, own.map(|(l, _)| l), spanned);
    match effort::giving(&given, &ends, side) {
        Some((node, at_start)) => Cause::Spanned { node, at_start },
        None if side == Side::LateFinish => Cause::ProgrammeFinish,
        None if given.status.is_some() => Cause::StatusDate,
        None => Cause::ProgrammeStart,
    }
}
