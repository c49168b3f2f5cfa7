//! The floats of MS Project.

use super::super::clock::{self, NO_CAP, NO_FLOOR};
use super::super::link;
use super::super::state::{Given, State};
use super::typed;

/// Total float of a leaf.
pub(crate) fn total_float(given: &Given<'_>, state: &State, v: usize) -> i64 {
    let (hours, span) = (typed::float_hours(given, v), state.span[v]);
    if given.finished(v).is_some() || state.has_used_float(given, v) {
        return 0;
    }
    let (mut es, mut ef) = state.early(given, v);
    if state.logic[v] != NO_FLOOR {
        es = es.max(state.logic[v]);
        ef = ef.max(clock::finish_of(given.hours(v), span, es));
    }
    let at_finish = hours.gap(span, ef, state.float_finish[v]);
    if given.started(v).is_some() && !given.is_typed(v) {
        return at_finish;
    }
    let late_start = state.shown[v].map_or(state.ls[v], |(start, _)| start);
    let at_start = hours.gap(span, es, late_start);
    super::super::float::of_kind(given, at_start, at_finish)
}

/// The least gap over a leaf's own links to the early dates of what follows; none where nothing does.
pub(crate) fn free_float(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize) -> Option<i64> {
    let (hours, span) = (typed::hours(given, v), state.span[v]);
    let node = given.place(v).node;
    let mut least = None;
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        let Some(link) = net.link else { continue };
        let own = given.projection.links[link.index()].from == node;
        if !own || soon[to] == (NO_CAP, NO_CAP) {
            continue;
        }
        let allowed = link::allowed(given, state, arc, soon[to]);
        let (start, finish) = state.early(given, v);
        let from = if net.tie.leaves_start() { start } else { finish };
        let gap = hours.gap(span, from, allowed);
        least = Some(least.map_or(gap, |l: i64| l.min(gap)));
    }
    least
}
