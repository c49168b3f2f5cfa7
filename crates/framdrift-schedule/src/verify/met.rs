//! What can be asked of a node that is not to pass given dates: its forward equation, solved for what is asked.

use framdrift_model::rules::Profile;
use framdrift_model::time::Minute;

use super::case::{Case, Pair};
use super::clock::{self, EVER, Length, instant};
use super::{last, own, p6};

/// How long a node is held back after everything that asks of its start.
pub(super) fn delay(case: &Case<'_>, n: usize) -> i64 {
    let at_its_own = case.is_typed(n)
        || match case.rules.profile {
            Profile::Framdrift => case.finished(n).is_some(),
            Profile::MsProject | Profile::P6 => case.started(n).is_some(),
        };
    if at_its_own {
        0
    } else {
        case.node(n).delay.max(0).saturating_mul(clock::MINUTE)
    }
}

/// The latest start and the latest finish that links can ask of a node which is not to pass some dates.
pub(super) fn asked_at_most(case: &Case<'_>, n: usize, dates: Pair) -> Pair {
    if dates == [EVER; 2] {
        return dates;
    }
    let [start, finish] = before_delay(case, n, dates);
    [start, stays_by(case, n, finish)]
}

/// The same of a node that stands at its dates: what may stand in free time by dates of its own, and by links only where work
/// opens or goes on, is not to be asked for that time.
pub(super) fn asked_where_it_stands(case: &Case<'_>, n: usize, dates: Pair) -> Pair {
    let [start, finish] = asked_at_most(case, n, dates);
    let length = case.length(n);
    let stands = case.is_typed(n) || case.started(n).is_some() || dates == [EVER; 2];
    if case.rules.profile != Profile::MsProject || stands || !length.civil || !case.civil_waits() {
        return [start, finish];
    }
    let (hours, start_now) = (case.hours(n), clock::inside(start));
    if clock::at_opening(hours, start_now) == start_now {
        return [start, finish];
    }
    let last = clock::inside(clock::at_closing(hours, start_now) - 1);
    [last, finish.min(clock::over(hours, length, last))]
}

/// The latest finish that P6 lets links ask of a node which is over at `finish`: what they ask for in free time is kept at the
/// next opening.
fn stays_by(case: &Case<'_>, n: usize, finish: i64) -> i64 {
    let civil = case.rules.profile == Profile::P6 && case.length(n).civil;
    let pinned = case.is_typed(n) || case.finished(n).is_some();
    if !civil || pinned || clock::at_opening(case.hours(n), finish) == finish {
        finish
    } else {
        clock::at_closing(case.hours(n), finish)
    }
}

/// The same finish, or the first instant where a start so long before it is cut off there.
fn civil_reaches(length: Length, finish: i64) -> i64 {
    let first = clock::tenths(Minute::MIN);
    if finish - first < length.tenths { first } else { finish }
}

fn before_delay(case: &Case<'_>, n: usize, dates: Pair) -> Pair {
    let (hours, delay) = (case.hours(n), delay(case, n));
    let length = match case.rules.profile {
        Profile::Framdrift if case.is_typed(n) => own::typed(case, n, case.typed(n).unwrap_or(dates)).length,
        Profile::Framdrift => own::rest(case, n),
        Profile::MsProject if last::has_start(case, n) && !(delay == 0 && case.civil_waits()) => {
            let start = clock::civil(dates[0], -delay);
            return [start, last::finish(case, n, start)];
        }
        Profile::MsProject => case.length(n),
        Profile::P6 => p6::rest(case, n),
    };
    if delay == 0 {
        let reaches_over_gaps = case.rules.profile == Profile::Framdrift && !length.civil && length.tenths > 0;
        let finish = match reaches_over_gaps {
            // The ends of the span of dates cut its finish off, or its start.
            true if dates[1] >= clock::tenths(Minute::MAX) => dates[1],
            true if clock::done(hours, dates[1]) < length.tenths => clock::tenths(Minute::MIN),
            // What is asked at the last instant may lie beyond it.
            true => clock::at_opening(hours, dates[1]).min(clock::tenths(Minute::MAX) - clock::MINUTE),
            false if case.rules.profile == Profile::Framdrift => civil_reaches(length, dates[1]),
            false => dates[1],
        };
        return [dates[0], finish];
    }
    let start = clock::civil(dates[0], -delay);
    let finish = match case.rules.profile {
        Profile::Framdrift => instant::reached(hours, length, start),
        Profile::MsProject | Profile::P6 => clock::over(hours, length, start),
    };
    [start, finish]
}
