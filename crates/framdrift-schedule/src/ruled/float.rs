//! Floats, and what is critical.

use framdrift_model::rules::{Critical, FloatKind, Profile};

use super::clock::NO_CAP;
use super::link;
use super::net::Role;
use super::state::{Demand, Given, Heard, State};
use super::{met, msproject, own, p6};
use crate::arcs::Tie;

/// The float that the rules call total, of those between starts and between finishes.
pub(crate) fn of_kind(given: &Given<'_>, at_start: i64, at_finish: i64) -> i64 {
    match given.rules.float {
        FloatKind::Start => at_start,
        FloatKind::Finish => at_finish,
        FloatKind::Smaller => at_start.min(at_finish),
    }
}

/// The early dates of what stands at a place, for what precedes it: of an entry, the earliest of its leaves; of an exit, what
/// they allow it.
pub(crate) fn soon(given: &Given<'_>, state: &State) -> Vec<(i64, i64)> {
    let mut soon = vec![(NO_CAP, NO_CAP); given.net.len()];
    for v in (0..given.net.len()).rev() {
        settle_soon(given, state, &mut soon, v);
    }
    soon
}

/// Works one place out, once those that follow it are.
pub(crate) fn settle_soon(given: &Given<'_>, state: &State, soon: &mut [(i64, i64)], v: usize) {
    soon[v] = match given.place(v).role {
        Role::Leaf if given.finished(v).is_some() && given.rules.profile != Profile::P6 => (NO_CAP, NO_CAP),
        Role::Leaf => met::soon(given, state, v),
        Role::Entry => {
            let inner = given.net.out_of(v).map(|arc| soon[given.arc(arc).to as usize]);
            inner.fold((NO_CAP, NO_CAP), |a, b| (a.0.min(b.0), a.1.min(b.1)))
        }
        Role::Exit => own::caps(given, state, soon, v),
        Role::Hold => (NO_CAP, NO_CAP),
    };
}

/// The total float of a leaf.
pub(crate) fn total(given: &Given<'_>, state: &State, v: usize) -> i64 {
    match given.rules.profile {
        Profile::Framdrift => own::total_float(given, state, v),
        Profile::MsProject => msproject::total_float(given, state, v),
        Profile::P6 => p6::total_float(given, state, v),
    }
}

/// Total float, free float and whether it is critical, of every leaf by place.
pub(crate) fn measure(given: &Given<'_>, state: &State, finish: i64) -> Vec<(i64, i64, bool)> {
    let soon = soon(given, state);
    let mut found = vec![(0, 0, false); given.net.len()];
    let longest = match given.rules.critical {
        Critical::LongestPath => longest_path(given, state),
        Critical::Float => Vec::new(),
    };
    for (v, _) in given.net.leaves() {
        let done = given.finished(v).is_some();
        let total = total(given, state, v);
        let to_end = || super::clock::gap(given.calendar(v), state.span[v], state.early(given, v).1, finish);
        let free = match given.rules.profile {
            _ if done || state.is_at_latest(given, v) => 0,
            Profile::Framdrift => own::free_float(given, state, &soon, v, finish),
            Profile::MsProject => {
                let free = msproject::free_float(given, state, &soon, v).unwrap_or(total);
                free.min(total).max(0)
            }
            Profile::P6 => p6::free_float(given, state, &soon, v).unwrap_or_else(to_end).max(0),
        };
        let open = given.rules.open_ends_critical && is_open_ended(given, state, v);
        let critical = match given.rules.critical {
            Critical::Float => total <= given.rules.critical_limit.saturating_mul(super::clock::TICKS) || open,
            Critical::LongestPath => longest[v] || open,
        };
        found[v] = (total, free, critical && !done);
    }
    found
}

/// Whether no link leads to a leaf or none from it.
fn is_open_ended(given: &Given<'_>, state: &State, v: usize) -> bool {
    // A link of a summary of which nothing is to be done leads from nothing.
    let void = |arc| link::is_void(given, state, given.arc(arc).from as usize);
    given.net.into(v).all(void) || given.net.out_of(v).next().is_none()
}

/// The leaves on a chain of driving links to the latest finish, by place.
pub(crate) fn longest_path(given: &Given<'_>, state: &State) -> Vec<bool> {
    // Of a leaf: whether it is on a chain. Of an entry or an exit: whether its start is, and whether its finish is.
    let mut on = vec![[false; 2]; given.net.len()];
    let last = given.net.leaves().map(|(v, _)| state.ef[v]).max();
    for v in (0..given.net.len()).rev() {
        match given.place(v).role {
            Role::Leaf => {
                on[v][0] |= Some(state.ef[v]) == last;
                if on[v] != [false; 2] {
                    on[v] = [true; 2];
                    driving(given, state, v, |arc, of_start| mark(given, &mut on, arc, of_start));
                }
            }
            Role::Entry => {
                for (of_start, asked) in [(true, state.es[v]), (false, state.ef[v])] {
                    if on[v][usize::from(!of_start)] {
                        for arc in given
                            .net
                            .into(v)
                            .filter(|arc| asks(given, state, *arc, of_start) == Some(asked))
                        {
                            mark(given, &mut on, arc, of_start);
                        }
                    }
                }
            }
            Role::Exit => {
                for arc in given.net.into(v) {
                    let u = given.arc(arc).from as usize;
                    let (start, finish) = match given.place(u).role {
                        Role::Exit => (state.es[u], state.ef[u]),
                        Role::Leaf | Role::Entry | Role::Hold => state.put(u),
                    };
                    on[u][0] |= on[v][0] && start == state.es[v];
                    on[u][1] |= on[v][1] && finish == state.ef[v];
                }
            }
            Role::Hold => {}
        }
    }
    on.into_iter().map(|on| on[0]).collect()
}

/// What an arc into an entry asks of starts, or of finishes.
fn asks(given: &Given<'_>, state: &State, arc: usize, of_start: bool) -> Option<i64> {
    let net = given.arc(arc);
    let (u, v) = (net.from as usize, net.to as usize);
    match net.tie {
        Tie::HandOn => Some(if of_start { state.es[u] } else { state.ef[u] }),
        tie if tie.to_start() == of_start && !link::is_void(given, state, u) => {
            let (start, finish) = state.handed(given, u, v);
            let t = if tie.leaves_start() { start } else { finish };
            Some(link::demanded(given, state, arc, t))
        }
        _ => None,
    }
}

/// Marks the place that a driving arc comes from: a leaf whole, an entry or exit on the side that the arc takes.
fn mark(given: &Given<'_>, on: &mut [[bool; 2]], arc: usize, of_start: bool) {
    let net = given.arc(arc);
    let u = net.from as usize;
    match given.place(u).role {
        Role::Leaf => on[u] = [true; 2],
        Role::Entry => on[u][usize::from(!of_start)] = true,
        Role::Exit => on[u][usize::from(!net.tie.leaves_start())] = true,
        Role::Hold => {}
    }
}

/// The arcs whose demand put a leaf where it is.
fn driving(given: &Given<'_>, state: &State, v: usize, mut visit: impl FnMut(usize, bool)) {
    let mut heard: Vec<Demand> = Vec::new();
    let placed = super::place(given, state, v, &mut |demand| heard.push(demand));
    if placed.fixed[0].is_some() && given.finished(v).is_none()
        || (placed.start, placed.finish) != (state.es[v], state.ef[v])
    {
        return;
    }
    let most = heard.iter().map(|d| d.at).max();
    for demand in heard.iter().filter(|d| Some(d.at) == most) {
        if let Heard::Arc(arc) = demand.cause
            && given.arc(arc).tie != Tie::Gather
        {
            visit(arc, demand.of_start);
        }
    }
}
