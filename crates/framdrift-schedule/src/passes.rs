//! The forward pass and the backward pass.
//!
//! Forward, every leaf starts at the latest instant that anything demands of it. Backward, every leaf finishes at the
//! earliest instant that anything allows it (Kelley & Walker, *Critical-Path Planning and Scheduling*, 1959).
//! Dates are kept by position; a junction's two dates are those of the leaves it stands for.

use crate::arcs::Tie;
use crate::flat::Role;
use crate::network::Network;
use crate::time::{self, NO_CAP};

/// Two dates for every position.
#[derive(Clone)]
pub(crate) struct Pass {
    pub(crate) start: Vec<i64>,
    pub(crate) finish: Vec<i64>,
}

/// What the forward pass finds.
pub(crate) struct Early {
    pub(crate) dates: Pass,
    /// For each leaf itself and for each exit the leaf that starts first, first in document order among equals. Empty in a
    /// network without exits.
    pub(crate) first: Vec<u32>,
}

impl Early {
    /// The leaf that starts first at a position; of no meaning where there is no exit.
    pub(crate) fn first(&self, v: usize) -> u32 {
        self.first.get(v).copied().unwrap_or(0)
    }
}

/// Early dates, counted from the start of the programme.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn forward(network: &Network, programme_start: i64) -> Early {
    let flat = &network.flat;
    let projection = network.projection();
    let mut start = flat.floor_start.clone();
    let mut finish = flat.floor_finish.clone();
    let mut first = if flat.has_exits { flat.node.clone() } else { Vec::new() };

    for v in 0..flat.len() {
        let (mut s, mut f) = (start[v], finish[v]);
        for arc in flat.arcs_into(v) {
            let u = flat.from[arc] as usize;
            let demanded = |t| {
                let first = first.get(u).copied().unwrap_or(0);
                flat.demanded(projection, arc, t, first)
            };
            match flat.tie[arc] {
                Tie::FinishToStart => s = s.max(demanded(finish[u])),
                Tie::StartToStart => s = s.max(demanded(start[u])),
                Tie::FinishToFinish => f = f.max(demanded(finish[u])),
                Tie::StartToFinish => f = f.max(demanded(start[u])),
                Tie::HandOn => {
                    s = s.max(start[u]);
                    f = f.max(finish[u]);
                }
                Tie::Gather => {
                    let earlier = start[u] < s || (start[u] == s && first[u] < first[v]);
                    if earlier {
                        first[v] = first[u];
                    }
                    s = s.min(start[u]);
                    f = f.max(finish[u]);
                }
            }
        }
        (start[v], finish[v]) = match flat.role[v] {
            Role::Leaf => {
                let calendar = flat.calendar(projection, v);
                let span = flat.span[v];
                let mut candidate = s.max(programme_start);
                if f != time::NO_FLOOR {
                    candidate = candidate.max(time::start_reaching(calendar, span, f));
                }
                time::lay_forward(calendar, span, candidate)
            }
            Role::Entry | Role::Exit => (s, f),
        };
    }
    Early {
        dates: Pass { start, finish },
        first,
    }
}

/// Late dates, counted back from the finish of the programme.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn backward(network: &Network, early: &Early, programme_finish: i64) -> Pass {
    let flat = &network.flat;
    let mut late = Pass {
        start: flat.cap_start.clone(),
        finish: flat.cap_finish.clone(),
    };
    sweep_back(network, early, &mut late, |v, caps| {
        let calendar = flat.calendar(network.projection(), v);
        let latest = latest_finish(network, v, caps).min(programme_finish);
        time::lay_backward(calendar, flat.span[v], latest)
    });
    late
}

/// The latest finish of a leaf under a cap on its start and one on its finish.
fn latest_finish(network: &Network, v: usize, (start, finish): (i64, i64)) -> i64 {
    let flat = &network.flat;
    if start == NO_CAP {
        return finish;
    }
    let calendar = flat.calendar(network.projection(), v);
    finish.min(time::finish_reached(calendar, flat.span[v], start))
}

/// Goes through positions from the last to the first. `dates` holds caps to begin with; `lay` turns those of a leaf into
/// its dates, and the links into the leaf turn these into caps of its predecessors.
pub(crate) fn sweep_back(
    network: &Network,
    early: &Early,
    dates: &mut Pass,
    mut lay: impl FnMut(usize, (i64, i64)) -> (i64, i64),
) {
    let flat = &network.flat;
    let projection = network.projection();
    let (start, finish) = (&mut dates.start, &mut dates.finish);
    for v in (0..flat.len()).rev() {
        if flat.role[v] == Role::Leaf {
            (start[v], finish[v]) = lay(v, (start[v], finish[v]));
        }
        let (s, f) = (start[v], finish[v]);
        for arc in flat.arcs_into(v) {
            let u = flat.from[arc] as usize;
            let allowed = |t| flat.allowed(projection, arc, t, early.first(u));
            match flat.tie[arc] {
                Tie::FinishToStart => finish[u] = finish[u].min(allowed(s)),
                Tie::StartToStart => start[u] = start[u].min(allowed(s)),
                Tie::FinishToFinish => finish[u] = finish[u].min(allowed(f)),
                Tie::StartToFinish => start[u] = start[u].min(allowed(f)),
                Tie::HandOn => {
                    start[u] = start[u].min(s);
                    finish[u] = finish[u].min(f);
                }
                Tie::Gather => {
                    finish[u] = finish[u].min(f);
                    if early.first(u) == early.first(v) {
                        start[u] = start[u].min(s);
                    }
                }
            }
        }
    }
}
