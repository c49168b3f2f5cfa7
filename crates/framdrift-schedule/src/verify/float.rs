//! Floats of one node, as the gaps they are defined by.

use framdrift_model::rules::{FloatKind, Profile};

use super::case::{Allowed, Case, Pair, Placed};
use super::clock::{self, NEVER};
use super::group::{Behind, Sums};
use super::typed::Hours;
use super::{msproject, own, p6};

/// The float that the rules call total.
pub(super) fn of_kind(case: &Case<'_>, at_start: i64, at_finish: i64) -> i64 {
    match case.rules.float {
        FloatKind::Start => at_start,
        FloatKind::Finish => at_finish,
        FloatKind::Smaller => at_start.min(at_finish),
    }
}

/// Whether a node stands at its late dates, because it is as late as possible and eats total float.
pub(super) fn is_at_latest(case: &Case<'_>, n: usize) -> bool {
    case.eats_total_float() && case.is_late(n) && case.started(n).is_none() && !case.is_typed(n)
}

/// Total float in tenths of a minute. `early` are the early dates that are shown.
pub(super) fn total(case: &Case<'_>, n: usize, placed: &Placed, allowed: &Allowed, early: Pair) -> i64 {
    let typed = case.is_typed(n);
    let finished = case.finished(n).is_some() && !(typed && case.rules.profile == Profile::Framdrift);
    // Counted back from the finish it could start earlier.
    if finished || (is_at_latest(case, n) && !case.counts_back()) {
        return 0;
    }
    let (calendar, hours, length) = (case.calendar(n), case.hours(n), placed.length);
    let [mut start, mut finish] = early;
    // Where a date that must be kept moved it, float is measured from where its links would have put it.
    if placed.logic != NEVER && case.rules.profile != Profile::P6 {
        start = start.max(placed.logic);
        let from = match case.rules.profile {
            Profile::MsProject => start,
            Profile::Framdrift | Profile::P6 => placed.logic,
        };
        finish = finish.max(clock::over(hours, length, from));
    }
    let gap = |from: i64, to: i64| Hours::of(case, n, calendar).passed(length, from, to);
    let at_finish = gap(finish, allowed.float_finish);
    let at_start = gap(start, allowed.shown[0]);
    let started = case.started(n).is_some();
    let finish_only = match case.rules.profile {
        Profile::P6 => started && case.rules.float == FloatKind::Smaller,
        Profile::Framdrift | Profile::MsProject => started && !typed,
    };
    if finish_only {
        at_finish
    } else {
        of_kind(case, at_start, at_finish)
    }
}

/// Free float in tenths of a minute.
pub(super) fn free(
    case: &Case<'_>,
    sums: &Sums,
    soon: &Behind,
    n: usize,
    placed: &Placed,
    early: Pair,
    total: i64,
) -> i64 {
    if case.finished(n).is_some() || is_at_latest(case, n) {
        return 0;
    }
    match case.rules.profile {
        Profile::Framdrift => own::free_float(case, sums, soon, n, placed.length, early),
        Profile::MsProject => {
            let free = msproject::free_float(case, sums, soon, n, placed.length, early);
            free.unwrap_or(total).min(total).max(0)
        }
        Profile::P6 => p6::free_float(case, sums, soon, n, placed.length, early)
            .unwrap_or_else(|| clock::passed(case.calendar(n), placed.length, early[1], case.finish))
            .max(0),
    }
}
