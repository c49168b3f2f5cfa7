//! The forward pass and the backward pass.
//!
//! Forward, every leaf starts at the latest instant that anything demands of it. Backward, every leaf finishes at the
//! earliest instant that anything allows it (Kelley & Walker, *Critical-Path Planning and Scheduling*, 1959).
//! Dates are kept by position; a junction's two dates are those of the leaves it stands for.
//!
//! A finish that is asked for, by a link or by a date, is reached in the node's working time: the end of a working period
//! stands for all of the gap that follows. A start that a link asks for or allows holds as an instant; one that a date
//! allows holds in working time again. Backward, each step is the other way round of the step forward: what a leaf hands on
//! is the latest that can be asked of it without its passing its late dates.

use framdrift_model::projection::{NodeIx, Span};

use crate::arcs::{self, Tie};
use crate::flat::Role;
use crate::network::Network;
use crate::time::{self, NO_CAP, NO_FLOOR};

/// Two dates for every position.
#[derive(Clone)]
pub(crate) struct Pass {
    pub(crate) start: Vec<u32>,
    pub(crate) finish: Vec<u32>,
}

/// What the forward pass finds.
pub(crate) struct Early {
    pub(crate) dates: Pass,
    /// For each leaf itself, and for each exit the leaf with the shortest span among those that start first: the one that a
    /// share counts from. Empty in a network without exits.
    shortest: Vec<u32>,
}

impl Early {
    /// The leaf that a share counts from at a position; of no meaning where there is no exit.
    pub(crate) fn shortest(&self, v: usize) -> u32 {
        self.shortest.get(v).copied().unwrap_or(0)
    }
}

/// Which of two spans is the shorter one: fewer minutes, and working time among equals.
pub(crate) fn length(span: Span) -> (i64, bool) {
    (span.minutes(), matches!(span, Span::Elapsed(_)))
}

/// Early dates, counted from the start of the programme.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn forward(network: &Network, programme_start: u32) -> Early {
    let flat = &network.flat;
    let projection = network.projection();
    let mut start = vec![NO_FLOOR; flat.len()];
    let mut finish = vec![NO_FLOOR; flat.len()];
    let mut shortest = if flat.has_exits { flat.node.clone() } else { Vec::new() };
    let length_of = |leaf: u32| length(arcs::span_of(projection, NodeIx(leaf)));

    for v in 0..flat.len() {
        let role = flat.role(v);
        let limits = flat.limits(v);
        // An exit takes the least start of its leaves.
        let (mut s, mut f) = match role {
            Role::Leaf | Role::Entry => (limits.floor_start, NO_FLOOR),
            Role::Exit => (NO_CAP, NO_FLOOR),
        };
        for arc in flat.arcs_into(v) {
            let u = flat.from[arc] as usize;
            let demanded = |t| {
                let shortest = shortest.get(u).copied().unwrap_or(0);
                flat.demanded(projection, arc, t, shortest)
            };
            match flat.tie(arc) {
                Tie::FinishToStart => s = s.max(demanded(finish[u])),
                Tie::StartToStart => s = s.max(demanded(start[u])),
                Tie::FinishToFinish => f = f.max(demanded(finish[u])),
                Tie::StartToFinish => f = f.max(demanded(start[u])),
                Tie::HandOn => {
                    s = s.max(start[u]);
                    f = f.max(finish[u]);
                }
                Tie::Gather => {
                    let (one, other) = (shortest[u], shortest[v]);
                    if start[u] < s || (start[u] == s && length_of(one) < length_of(other)) {
                        shortest[v] = one;
                    }
                    s = s.min(start[u]);
                    f = f.max(finish[u]);
                }
            }
        }
        (start[v], finish[v]) = match role {
            Role::Leaf => {
                let calendar = flat.calendar(projection, v);
                let span = flat.span(v);
                let mut candidate = s.max(programme_start);
                let f = f.max(limits.floor_finish);
                if f != NO_FLOOR {
                    candidate = candidate.max(time::start_reaching(calendar, span, f));
                }
                time::lay_forward(calendar, span, candidate)
            }
            Role::Entry | Role::Exit => (s, f),
        };
    }
    Early {
        dates: Pass { start, finish },
        shortest,
    }
}

/// Late dates, counted back from the finish of the programme.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn backward(network: &Network, early: &Early, programme_finish: u32) -> Pass {
    let flat = &network.flat;
    let mut late = Pass {
        start: vec![NO_CAP; flat.len()],
        finish: vec![NO_CAP; flat.len()],
    };
    sweep_back(network, early, &mut late, |v, (start_cap, finish_cap)| {
        let (calendar, span) = (flat.calendar(network.projection(), v), flat.span(v));
        let limits = flat.limits(v);
        let mut latest = finish_cap.min(limits.cap_finish).min(programme_finish);
        if start_cap != NO_CAP {
            latest = latest.min(time::finish_of_start_by(calendar, span, start_cap));
        }
        if limits.cap_start != NO_CAP {
            latest = latest.min(time::finish_reached(calendar, span, limits.cap_start));
        }
        time::lay_backward(calendar, span, latest)
    });
    late
}

/// Goes through positions from the last to the first. `dates` holds caps to begin with; `lay` turns those of a leaf into
/// its dates, and the links into the leaf turn these into caps of its predecessors. What an exit's start is capped to, each
/// of the leaves that start first is.
pub(crate) fn sweep_back(
    network: &Network,
    early: &Early,
    dates: &mut Pass,
    mut lay: impl FnMut(usize, (u32, u32)) -> (u32, u32),
) {
    let flat = &network.flat;
    let projection = network.projection();
    let (start, finish) = (&mut dates.start, &mut dates.finish);
    for v in (0..flat.len()).rev() {
        if flat.is_leaf(v) {
            (start[v], finish[v]) = lay(v, (start[v], finish[v]));
        }
        let (s, f) = (start[v], finish[v]);
        // What may be asked of a leaf's finish. An entry has heard it of its leaves, an exit of what follows.
        let met = || match flat.is_leaf(v) {
            true => time::finish_met(flat.calendar(projection, v), flat.span(v), f),
            false => f,
        };
        for arc in flat.arcs_into(v) {
            let u = flat.from[arc] as usize;
            let allowed = |t| flat.allowed(projection, arc, t, early.shortest(u));
            match flat.tie(arc) {
                Tie::FinishToStart => finish[u] = finish[u].min(allowed(s)),
                Tie::StartToStart => start[u] = start[u].min(allowed(s)),
                Tie::FinishToFinish => finish[u] = finish[u].min(allowed(met())),
                Tie::StartToFinish => start[u] = start[u].min(allowed(met())),
                Tie::HandOn => {
                    start[u] = start[u].min(s);
                    finish[u] = finish[u].min(met());
                }
                Tie::Gather => {
                    finish[u] = finish[u].min(f);
                    if early.dates.start[u] == early.dates.start[v] {
                        start[u] = start[u].min(s);
                    }
                }
            }
        }
    }
}
