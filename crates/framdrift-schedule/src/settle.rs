//! What follows from early and late dates: pulling nodes that are as late as possible, and measuring free float.

use crate::network::Network;
use crate::passes::{self, Early, Pass};
use crate::time::{self, NO_CAP};

/// Pulls nodes that are as late as possible to the latest dates that leave the early dates of their successors as they
/// are, pass no cap of their own that was kept before, and are not after `finish`, that of the programme. Caps of others do
/// not count: what follows and misses its own is no less late for it. The result is every early date as it stands; where
/// nothing is to be pulled, none.
///
/// Complexity: O(*n* + *m*), and nothing when no node asks for it.
pub(crate) fn pull(network: &Network, early: &Early, finish: u32) -> Option<Pass> {
    let flat = &network.flat;
    if flat.late == 0 {
        return None;
    }
    let mut pulled = early.dates.clone();
    let mut kept = no_caps(network);
    passes::sweep_back(network, early, &mut kept, |v, (start_cap, finish_cap)| {
        let calendar = flat.calendar(network.projection(), v);
        let span = flat.span(v);
        if flat.is_late(v) {
            let mut latest = own_limit(network, v, finish).max(pulled.finish[v]).min(finish_cap);
            if start_cap != NO_CAP {
                latest = latest.min(time::finish_of_start_by(calendar, span, start_cap));
            }
            let (start, finish) = time::lay_backward(calendar, span, latest);
            // What links allow is never earlier than where the node stands, except where an end of the span cut it off.
            if start >= pulled.start[v] && finish >= pulled.finish[v] {
                (pulled.start[v], pulled.finish[v]) = (start, finish);
            }
        }
        (pulled.start[v], pulled.finish[v])
    });
    Some(pulled)
}

/// The latest finish that a leaf's own caps and the finish of the programme allow it, whatever follows.
pub(crate) fn own_limit(network: &Network, v: usize, finish: u32) -> u32 {
    let flat = &network.flat;
    let limits = flat.limits(v);
    let by_start = match limits.cap_start {
        NO_CAP => NO_CAP,
        cap => time::finish_reached(flat.calendar(network.projection(), v), flat.span(v), cap),
    };
    finish.min(limits.cap_finish).min(by_start)
}

/// What is left of the time between nodes.
pub(crate) struct Slack {
    /// Free float of each leaf.
    pub(crate) free: Vec<u32>,
    /// At a leaf its early dates, at an entry the earliest of its leaves; at an exit what its links allow without moving
    /// an early date: the latest finish, and the latest start of those that start first.
    pub(crate) dates: Pass,
}

/// Measures how far each leaf can move without moving an early date of a successor.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn measure(network: &Network, early: &Early, pulled: &Pass, programme_finish: u32) -> Slack {
    let flat = &network.flat;
    let mut free = vec![0_u32; flat.len()];
    let mut dates = no_caps(network);
    passes::sweep_back(network, early, &mut dates, |v, (start_cap, finish_cap)| {
        let calendar = flat.calendar(network.projection(), v);
        let span = flat.span(v);
        let (start, finish) = (pulled.start[v], pulled.finish[v]);
        let at_start = match start_cap {
            NO_CAP => i64::MAX,
            cap => time::gap(calendar, span, start, time::start_by(calendar, span, cap)),
        };
        let at_finish = match finish_cap {
            NO_CAP if start_cap == NO_CAP => time::gap(calendar, span, finish, programme_finish),
            NO_CAP => i64::MAX,
            cap => time::gap(calendar, span, finish, cap),
        };
        free[v] = time::clip(at_start.min(at_finish));
        (start, finish)
    });
    Slack { free, dates }
}

fn no_caps(network: &Network) -> Pass {
    Pass {
        start: vec![NO_CAP; network.flat.len()],
        finish: vec![NO_CAP; network.flat.len()],
    }
}
