//! Working time at one activity, in tenths of minutes, as the tools count it: no work leaves an instant where it is, work added ends at the end of a
//! working period, and work taken off begins at the beginning of one.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;
use framdrift_model::time::Minute;

/// No floor: lies before every instant.
pub(crate) const NO_FLOOR: i64 = i64::MIN;
/// No cap: lies after every instant.
pub(crate) const NO_CAP: i64 = i64::MAX;

/// Ticks in a minute: MS Project counts tenths of minutes, and a chain of them would drift if each were rounded.
pub(crate) const TICKS: i64 = 10;

/// An instant in ticks.
pub(crate) fn ticks(at: Minute) -> i64 {
    at.get() * TICKS
}

/// A span in whole minutes.
pub(crate) fn whole(span: Span) -> Span {
    match span {
        Span::Work(ticks) => Span::Work(ticks / TICKS),
        Span::Elapsed(ticks) => Span::Elapsed(ticks / TICKS),
    }
}

/// The nearest whole minute, the later of two.
pub(crate) fn minute(t: i64) -> Minute {
    Minute::clamped(t.saturating_add(TICKS / 2).div_euclid(TICKS))
}

/// Whole minutes of a number of ticks, rounded half away from nought.
pub(crate) fn minutes(ticks: i64) -> i64 {
    (ticks + ticks.signum() * TICKS / 2) / TICKS
}

pub(crate) fn within(t: i64) -> i64 {
    t.clamp(ticks(Minute::MIN), ticks(Minute::MAX))
}

/// Working ticks before `t`.
pub(crate) fn worked(calendar: &WorkCalendar, t: i64) -> i64 {
    let t = within(t);
    let (whole, rest) = (Minute::clamped(t.div_euclid(TICKS)), t.rem_euclid(TICKS));
    let work = calendar.work_at(whole) * TICKS;
    match rest {
        0 => work,
        rest if calendar.is_working(whole) => work + rest,
        _ => work,
    }
}

/// The last instant with so much work before it: where more can begin.
fn start_with(calendar: &WorkCalendar, work: i64) -> i64 {
    ticks(calendar.start_of(work.div_euclid(TICKS))) + work.rem_euclid(TICKS)
}

/// The first instant with so much work before it: where it is done.
fn finish_with(calendar: &WorkCalendar, work: i64) -> i64 {
    match work.rem_euclid(TICKS) {
        0 => ticks(calendar.finish_of(work.div_euclid(TICKS))),
        _ => start_with(calendar, work),
    }
}

/// `t` later by working ticks, earlier by negative ones.
pub(crate) fn plus(calendar: &WorkCalendar, t: i64, work: i64) -> i64 {
    let sum = || worked(calendar, t).saturating_add(work);
    match work {
        0 => within(t),
        1.. => within(finish_with(calendar, sum())),
        _ => within(start_with(calendar, sum())),
    }
}

/// `t` later by working ticks, as an instant where work ends; nought leaves it where it is.
pub(crate) fn ending(calendar: &WorkCalendar, t: i64, work: i64) -> i64 {
    match work {
        0 => within(t),
        _ => within(finish_with(calendar, worked(calendar, t).saturating_add(work))),
    }
}

/// `t` later by working ticks, as an instant where work begins; nought leaves it where it is.
pub(crate) fn beginning(calendar: &WorkCalendar, t: i64, work: i64) -> i64 {
    match work {
        0 => within(t),
        _ => within(start_with(calendar, worked(calendar, t).saturating_add(work))),
    }
}

/// `t` later by civil ticks.
pub(crate) fn later(t: i64, ticks: i64) -> i64 {
    within(t.saturating_add(ticks))
}

/// `t` where work can begin then, else the next instant where it can.
pub(crate) fn next_start(calendar: &WorkCalendar, t: i64) -> i64 {
    within(start_with(calendar, worked(calendar, t)))
}

/// `t` where work can end then, else the last instant before it where it can.
pub(crate) fn last_finish(calendar: &WorkCalendar, t: i64) -> i64 {
    within(finish_with(calendar, worked(calendar, t)))
}

/// `t` where work can begin then, else the last minute before it that is worked from its beginning.
pub(crate) fn last_start(calendar: &WorkCalendar, t: i64) -> i64 {
    match next_start(calendar, t) == t {
        true => t,
        false => within(last_finish(calendar, t).saturating_sub(TICKS)),
    }
}

/// The last instant from which so many working ticks back do not lead past `t`: [`plus`] with a lead, the other way round.
pub(crate) fn before_lead(calendar: &WorkCalendar, t: i64, work: i64) -> i64 {
    // Parts of a minute may reach from one side of a gap to the other, where the last minute before it does not.
    let least = if work % TICKS == 0 { TICKS } else { 1 };
    let last = match next_start(calendar, t) == within(t) {
        true => worked(calendar, t),
        false => worked(calendar, t).saturating_sub(least),
    };
    match work {
        0 => within(t),
        _ => within(start_with(calendar, last.saturating_add(work))),
    }
}

/// Working ticks from one instant to another; negative when the second comes first.
pub(crate) fn between(calendar: &WorkCalendar, from: i64, to: i64) -> i64 {
    worked(calendar, to) - worked(calendar, from)
}

/// When a span that starts at `start` is over.
pub(crate) fn finish_of(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(work) => plus(calendar, start, work),
        Span::Elapsed(ticks) => later(start, ticks),
    }
}

/// When a span that is over at `finish` starts.
pub(crate) fn start_of(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    match span {
        Span::Work(work) => plus(calendar, finish, work.saturating_neg()),
        Span::Elapsed(ticks) => later(finish, ticks.saturating_neg()),
    }
}

/// When a span is over that starts at `start` at the latest.
pub(crate) fn finish_of_start_by(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(1..) => finish_of(calendar, span, last_start(calendar, start)),
        _ => finish_of(calendar, span, start),
    }
}

/// The last instant from which a span back does not lead past `start`: [`start_of`], the other way round.
pub(crate) fn finish_stepped_by(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(work) => before_lead(calendar, start, work),
        Span::Elapsed(ticks) => later(start, ticks),
    }
}

/// `finish` where work can be over then, else the last instant before it where it can. What counts by the clock can be over at
/// any.
pub(crate) fn snap_finish(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    match span {
        Span::Elapsed(_) => within(finish),
        Span::Work(_) => last_finish(calendar, finish),
    }
}

/// Ticks from one instant to another, of the kind that a span has.
pub(crate) fn gap(calendar: &WorkCalendar, span: Span, from: i64, to: i64) -> i64 {
    match span {
        Span::Work(_) => between(calendar, from, to),
        Span::Elapsed(_) => to - from,
    }
}
