//! What a started task asks of what precedes it.

use framdrift_model::projection::Span;

use super::super::clock;
use super::super::net::Role;
use super::super::state::{Given, State};

/// When the rest of a started task goes on, which is what its links ask for; none where nothing is left, or nothing has begun.
pub(super) fn resumes(given: &Given<'_>, v: usize, span: Span, rest: Span) -> Option<i64> {
    let start = given.started(v)?;
    if given.finished(v).is_some() || rest.minutes() == 0 {
        return None;
    }
    let done = (span.minutes() - rest.minutes()).max(0);
    let done = match span {
        Span::Work(_) => Span::Work(done),
        Span::Elapsed(_) => Span::Elapsed(done),
    };
    let goes_on = || clock::finish_of(given.hours(v), done, start);
    Some(given.fact(v).resumed.map_or_else(goes_on, clock::ticks))
}

/// The start that a link into a summary asks for because of one place in it: where it was typed or really started, else its late
/// start.
pub(crate) fn start_within(given: &Given<'_>, state: &State, v: usize) -> i64 {
    match (given.place(v).role, given.typed(v)) {
        // Where nothing bounds it, neither does it bound anything.
        _ if state.ls[v] == clock::NO_CAP => clock::NO_CAP,
        (Role::Leaf, Some((start, _))) if !given.is_typed_summary(v) => start,
        (Role::Leaf, _) => given.started(v).unwrap_or(state.ls[v]),
        _ => state.ls[v],
    }
}
