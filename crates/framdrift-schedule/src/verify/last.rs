//! The last instants from which links of MS Project ask for no more than given dates: its forward equations, solved for what asks.
//!
//! Where time by the clock waits for working time, late dates are those of MPXJ's scheduler, which takes off what it added.

use super::case::{Case, Pair};
use super::clock::{self, Length, MINUTE};
use super::own;
use super::strand::{Distance, End, Strand};

/// The last date at the beginning of a strand with which it asks for no more than some dates of its end.
pub(super) fn asking(case: &Case<'_>, strand: &Strand, lag: Distance, asked: Pair) -> i64 {
    let t = asked[usize::from(!strand.to_start)];
    if case.civil_waits() {
        return case.without(strand, lag, t);
    }
    let before = |t: i64| match lag {
        Distance::Work(work @ ..0) => led(case.lag_calendar(strand), work, t),
        _ => case.without(strand, lag, t),
    };
    match strand.to {
        // Its finish is stepped back before the lag is added.
        End::Node(n) if !strand.to_start && has_start(case, n) => finish(case, n, before(asked[0])),
        _ => before(t),
    }
}

/// The last finish that can be asked of a node which is not to start after `start`.
pub(super) fn finish(case: &Case<'_>, n: usize, start: i64) -> i64 {
    let (hours, length) = (case.hours(n), lasts(case, n));
    match length.civil || case.civil_waits() {
        true => clock::over(hours, length, start),
        false => led(hours, -length.tenths, start),
    }
}

/// The finish of a node that starts by `start`.
pub(super) fn finish_of_start(case: &Case<'_>, n: usize, length: Length, start: i64) -> i64 {
    let begins = match length.civil || length.tenths == 0 || case.civil_waits() {
        true => start,
        false => clock::at_last_opening(case.hours(n), start),
    };
    clock::over(case.hours(n), length, begins)
}

/// Whether a node has a start that links ask for: what has started stays, and so does a summary where it was typed.
pub(super) fn has_start(case: &Case<'_>, n: usize) -> bool {
    let typed_summary = case.node(n).summary && case.is_typed(n);
    !typed_summary && case.started(n).is_none()
}

/// Where what takes no time stands at the latest: where work opens, or else where it closed. What is as late as possible stands
/// where it closed, unless it cannot be there so early.
pub(super) fn point(case: &Case<'_>, n: usize, soonest: i64, latest: i64, closing: i64) -> i64 {
    let opens = clock::at_opening(case.hours(n), latest) == clock::inside(latest);
    let stays = case.is_late(n) && soonest <= closing;
    if opens && !stays && !case.civil_waits() {
        clock::inside(latest)
    } else {
        closing
    }
}

fn lasts(case: &Case<'_>, n: usize) -> Length {
    match case.typed(n) {
        Some(dates) => own::typed(case, n, dates).length,
        None => case.length(n),
    }
}

/// The last instant from which work that is negative leads to `t` or before it.
fn led(calendar: &framdrift_model::calendar::WorkCalendar, work: i64, t: i64) -> i64 {
    if work == 0 {
        return clock::inside(t);
    }
    // Inside free time and where it begins, what is led there opens after it, but for what has some work left before it.
    let some = if work % MINUTE == 0 { MINUTE } else { 1 };
    let opens = clock::at_opening(calendar, t) == clock::inside(t);
    let done = clock::done(calendar, t) - if opens { 0 } else { some };
    clock::opens(calendar, done - work)
}
