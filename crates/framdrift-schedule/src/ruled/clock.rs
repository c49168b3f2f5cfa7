//! Working time at one activity, as the tools count it: no work leaves an instant where it is, work added ends at the end of a
//! working period, and work taken off begins at the beginning of one.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;
use framdrift_model::time::Minute;

/// No floor: lies before every instant.
pub(crate) const NO_FLOOR: i64 = i64::MIN;
/// No cap: lies after every instant.
pub(crate) const NO_CAP: i64 = i64::MAX;

pub(crate) fn within(t: i64) -> i64 {
    Minute::clamped(t).get()
}

pub(crate) fn worked(calendar: &WorkCalendar, t: i64) -> i64 {
    calendar.work_at(Minute::clamped(t))
}

/// `t` later by working minutes, earlier by negative ones.
pub(crate) fn plus(calendar: &WorkCalendar, t: i64, minutes: i64) -> i64 {
    let work = || worked(calendar, t).saturating_add(minutes);
    match minutes {
        0 => within(t),
        1.. => calendar.finish_of(work()).get(),
        _ => calendar.start_of(work()).get(),
    }
}

/// `t` later by civil minutes.
pub(crate) fn later(t: i64, minutes: i64) -> i64 {
    Minute::clamped(t).plus(minutes).get()
}

/// `t` where work can begin then, else the next instant where it can.
pub(crate) fn next_start(calendar: &WorkCalendar, t: i64) -> i64 {
    calendar.start_of(worked(calendar, t)).get()
}

/// `t` where work can end then, else the last instant before it where it can.
pub(crate) fn last_finish(calendar: &WorkCalendar, t: i64) -> i64 {
    calendar.finish_of(worked(calendar, t)).get()
}

/// Working minutes from one instant to another; negative when the second comes first.
pub(crate) fn between(calendar: &WorkCalendar, from: i64, to: i64) -> i64 {
    worked(calendar, to) - worked(calendar, from)
}

/// When a span that starts at `start` is over.
pub(crate) fn finish_of(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(minutes) => plus(calendar, start, minutes),
        Span::Elapsed(minutes) => later(start, minutes),
    }
}

/// When a span that is over at `finish` starts.
pub(crate) fn start_of(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    match span {
        Span::Work(minutes) => plus(calendar, finish, minutes.saturating_neg()),
        Span::Elapsed(minutes) => later(finish, minutes.saturating_neg()),
    }
}

/// `start` where a span can begin then, else the next instant where it can. What takes no time, and what counts by the clock,
/// can begin at any.
pub(crate) fn snap_start(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(0) | Span::Elapsed(_) => within(start),
        Span::Work(_) => next_start(calendar, start),
    }
}

/// `finish` where a span can be over then, else the last instant before it where it can.
pub(crate) fn snap_finish(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    match span {
        Span::Work(0) | Span::Elapsed(_) => within(finish),
        Span::Work(_) => last_finish(calendar, finish),
    }
}

/// Minutes from one instant to another, of the kind that a span has.
pub(crate) fn gap(calendar: &WorkCalendar, span: Span, from: i64, to: i64) -> i64 {
    match span {
        Span::Work(_) => between(calendar, from, to),
        Span::Elapsed(_) => to - from,
    }
}
