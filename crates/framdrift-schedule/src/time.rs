//! Working time at one node: laying a span out from a start or back from a finish, adding a lag and taking it off.
//!
//! Instants are plain minutes here, kept within the span of dates by every function; what is not an instant (no floor, no
//! cap) stays below or above them all.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;
use framdrift_model::time::Minute;

/// No floor: lies before every instant.
pub(crate) const NO_FLOOR: i64 = i64::MIN;
/// No cap: lies after every instant.
pub(crate) const NO_CAP: i64 = i64::MAX;

/// The instant itself.
pub(crate) fn instant(t: i64) -> Minute {
    Minute::clamped(t)
}

fn work_at(calendar: &WorkCalendar, t: i64) -> i64 {
    calendar.work_at(Minute::clamped(t))
}

fn start_of(calendar: &WorkCalendar, work: i64) -> i64 {
    calendar.start_of(work).get()
}

fn finish_of(calendar: &WorkCalendar, work: i64) -> i64 {
    calendar.finish_of(work).get()
}

fn plus(t: i64, minutes: i64) -> i64 {
    Minute::clamped(t).plus(minutes).get()
}

/// The dates of a node that may start at `start` at the earliest.
pub(crate) fn lay_forward(calendar: &WorkCalendar, span: Span, start: i64) -> (i64, i64) {
    match span {
        Span::Work(0) => {
            let work = work_at(calendar, start);
            let next = start_of(calendar, work);
            let stays = next == start || finish_of(calendar, work) == start;
            let at = if stays { start } else { next };
            (at, at)
        }
        Span::Work(minutes) => {
            let work = work_at(calendar, start);
            let finish = finish_of(calendar, work.saturating_add(minutes));
            (start_of(calendar, work), finish)
        }
        Span::Elapsed(minutes) => (start, plus(start, minutes)),
    }
}

/// The dates of a node that may finish at `finish` at the latest.
pub(crate) fn lay_backward(calendar: &WorkCalendar, span: Span, finish: i64) -> (i64, i64) {
    match span {
        Span::Work(0) => {
            let work = work_at(calendar, finish);
            let previous = finish_of(calendar, work);
            let stays = previous == finish || start_of(calendar, work) == finish;
            let at = if stays { finish } else { previous };
            (at, at)
        }
        Span::Work(minutes) => {
            let work = work_at(calendar, finish);
            let start = start_of(calendar, work.saturating_sub(minutes));
            (start, finish_of(calendar, work))
        }
        Span::Elapsed(minutes) => (plus(finish, minutes.saturating_neg()), finish),
    }
}

/// The least start from which a span reaches `finish`, as a date that bounds a node asks for it: in the node's working
/// time, so that a finish at the beginning of a gap reaches all of the gap.
pub(crate) fn start_reaching(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    match span {
        Span::Work(0) => finish,
        Span::Work(minutes) => {
            let work = work_at(calendar, finish);
            finish_of(calendar, work.saturating_sub(minutes))
        }
        Span::Elapsed(minutes) => plus(finish, minutes.saturating_neg()),
    }
}

/// The least start from which a span finishes at `finish` or after, as a link asks for it: where `finish` lies inside a gap,
/// the last minute of work comes after the gap.
pub(crate) fn start_finishing_from(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    match span {
        Span::Work(0) => finish,
        Span::Work(minutes) => {
            let mut work = work_at(calendar, finish);
            if finish_of(calendar, work) < finish {
                work += 1;
            }
            finish_of(calendar, work.saturating_sub(minutes))
        }
        Span::Elapsed(minutes) => plus(finish, minutes.saturating_neg()),
    }
}

/// The latest finish of a span that starts at `start`, as a date that bounds a node allows it: in the node's working time,
/// so that a start anywhere in a gap is one at its end.
pub(crate) fn finish_reached(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(0) => start,
        Span::Work(minutes) => {
            let work = work_at(calendar, start);
            start_of(calendar, work.saturating_add(minutes))
        }
        Span::Elapsed(minutes) => plus(start, minutes),
    }
}

/// The latest finish of a span that starts at `start` or before, as a link allows it: where `start` lies inside a gap, the
/// first minute of work comes before the gap.
pub(crate) fn finish_of_start_by(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    match span {
        Span::Work(0) => start,
        Span::Work(minutes) => {
            let work = last_start(calendar, start);
            start_of(calendar, work.saturating_add(minutes))
        }
        Span::Elapsed(minutes) => plus(start, minutes),
    }
}

/// The working minutes before the last working minute that begins at `start` or before; −1 where the first one begins after.
fn last_start(calendar: &WorkCalendar, start: i64) -> i64 {
    let work = work_at(calendar, start);
    work - i64::from(start_of(calendar, work) > start)
}

/// The last start of a span at `cap` or before.
pub(crate) fn start_by(calendar: &WorkCalendar, span: Span, cap: i64) -> i64 {
    match span {
        Span::Work(0) => lay_backward(calendar, span, cap).0,
        Span::Work(_) => start_of(calendar, last_start(calendar, cap)),
        Span::Elapsed(_) => cap,
    }
}

/// Whether two spans can start at the same instants of one calendar.
pub(crate) fn start_alike(one: Span, other: Span) -> bool {
    match (one, other) {
        (Span::Work(one), Span::Work(other)) => (one == 0) == (other == 0),
        (Span::Elapsed(_), Span::Elapsed(_)) => true,
        _ => false,
    }
}

/// `t` later by working minutes, as an instant where work ends. Nought leaves it where it is.
pub(crate) fn add_work(calendar: &WorkCalendar, t: i64, minutes: i64) -> i64 {
    match minutes {
        0 => t,
        _ => finish_of(calendar, work_at(calendar, t).saturating_add(minutes)),
    }
}

/// `t` earlier by working minutes, as an instant where work begins. Nought leaves it where it is.
pub(crate) fn take_work(calendar: &WorkCalendar, t: i64, minutes: i64) -> i64 {
    match minutes {
        0 => t,
        _ => start_of(calendar, work_at(calendar, t).saturating_sub(minutes)),
    }
}

/// `t` later by civil minutes.
pub(crate) fn add_elapsed(t: i64, minutes: i64) -> i64 {
    plus(t, minutes)
}

/// `t` earlier by civil minutes.
pub(crate) fn take_elapsed(t: i64, minutes: i64) -> i64 {
    plus(t, minutes.saturating_neg())
}

/// Working minutes from one instant to another; negative when the second comes first.
pub(crate) fn between(calendar: &WorkCalendar, from: i64, to: i64) -> i64 {
    work_at(calendar, to) - work_at(calendar, from)
}
