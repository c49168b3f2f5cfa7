//! Working time at one node: laying a span out from a start or back from a finish, adding a lag and taking it off.
//!
//! Instants are minutes since the first one there is, [`Minute::MIN`], which fit a `u32`. Every function keeps them within the
//! span of dates; what is no cap stays above them all. What is no floor is the first instant, which asks for nothing.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;
use framdrift_model::time::Minute;

/// No floor: the first instant, at which or after which everything lies.
pub(crate) const NO_FLOOR: u32 = 0;
/// No cap: lies after every instant.
pub(crate) const NO_CAP: u32 = u32::MAX;
/// The last instant.
pub(crate) const LAST: u32 = Minute::MAX.since(Minute::MIN) as u32;

const _: () = assert!(Minute::MAX.since(Minute::MIN) < NO_CAP as i64);

/// A date as an instant.
#[inline]
pub(crate) fn offset(t: Minute) -> u32 {
    t.since(Minute::MIN) as u32
}

/// An instant as a date.
pub(crate) fn date(t: u32) -> Minute {
    Minute::MIN.plus(t.into())
}

/// A number of minutes, none where it is negative. More than there are count as all that there are.
#[inline]
pub(crate) fn clip(minutes: i64) -> u32 {
    minutes.clamp(0, u32::MAX.into()) as u32
}

/// `t` moved by civil minutes.
pub(crate) fn plus(t: u32, minutes: i64) -> u32 {
    i64::from(t).saturating_add(minutes).clamp(0, LAST.into()) as u32
}

/// Where work begins after some less than `work` minutes; the first instant, where there are not so many.
#[inline]
pub(crate) fn start_before(calendar: &WorkCalendar, work: u32, less: u32) -> u32 {
    match work.checked_sub(less) {
        Some(work) => calendar.start_after(work),
        None => 0,
    }
}

/// The dates of a node that may start at `start` at the earliest.
pub(crate) fn lay_forward(calendar: &WorkCalendar, span: Span, start: u32) -> (u32, u32) {
    match span {
        Span::Work(0) => {
            let work = calendar.work_before(start);
            let next = calendar.start_after(work);
            let stays = next == start || calendar.finish_after(work) == start;
            let at = if stays { start } else { next };
            (at, at)
        }
        Span::Work(minutes) => {
            let work = calendar.work_before(start);
            let finish = calendar.finish_after(work.saturating_add(clip(minutes)));
            (calendar.start_after(work), finish)
        }
        Span::Elapsed(minutes) => (start, plus(start, minutes)),
    }
}

/// The dates of a node that may finish at `finish` at the latest.
pub(crate) fn lay_backward(calendar: &WorkCalendar, span: Span, finish: u32) -> (u32, u32) {
    match span {
        Span::Work(0) => {
            let work = calendar.work_before(finish);
            let previous = calendar.finish_after(work);
            let stays = previous == finish || calendar.start_after(work) == finish;
            let at = if stays { finish } else { previous };
            (at, at)
        }
        Span::Work(minutes) => {
            let work = calendar.work_before(finish);
            let start = start_before(calendar, work, clip(minutes));
            (start, calendar.finish_after(work))
        }
        Span::Elapsed(minutes) => (plus(finish, minutes.saturating_neg()), finish),
    }
}

/// The least start from which a span reaches `finish`, as a link or a date asks for it: in the node's working time, so that
/// a finish at the beginning of a gap reaches all of the gap.
pub(crate) fn start_reaching(calendar: &WorkCalendar, span: Span, finish: u32) -> u32 {
    match span {
        Span::Work(0) => finish,
        Span::Work(minutes) => calendar.finish_after(work_reaching(calendar, finish).saturating_sub(clip(minutes))),
        Span::Elapsed(minutes) => plus(finish, minutes.saturating_neg()),
    }
}

/// The working minutes up to a finish that is asked for; more than there are where it may have been cut off at the last
/// instant.
#[inline]
pub(crate) fn work_reaching(calendar: &WorkCalendar, finish: u32) -> u32 {
    calendar.work_before(finish) + u32::from(finish >= LAST)
}

/// The latest instant that can be asked of the finish of a span which is over at `finish` without moving it: the other way
/// round of [`start_reaching`]. A finish in working time meets all of the gap that follows it.
#[inline]
pub(crate) fn finish_met(calendar: &WorkCalendar, span: Span, finish: u32) -> u32 {
    match span {
        // What was cut off at the last instant meets all that is asked.
        Span::Work(1..) if finish >= LAST => LAST,
        Span::Work(minutes @ 1..) => finish_met_by(calendar, minutes, calendar.work_before(finish)),
        // The first instant, where its start was cut off there, as in working time.
        Span::Elapsed(minutes) if i64::from(finish) < minutes => 0,
        _ => finish,
    }
}

/// The same of a span of working minutes, given the work before its finish; the first instant, where its start was cut off
/// there.
#[inline]
pub(crate) fn finish_met_by(calendar: &WorkCalendar, minutes: i64, work: u32) -> u32 {
    match i64::from(work) < minutes {
        true => 0,
        // What is asked at the last instant may lie beyond it; see `work_reaching`.
        false => calendar.start_after(work).min(LAST - 1),
    }
}

/// The latest finish of a span that starts at `start`, as a date that bounds a node allows it: in the node's working time,
/// so that a start anywhere in a gap is one at its end.
pub(crate) fn finish_reached(calendar: &WorkCalendar, span: Span, start: u32) -> u32 {
    match span {
        Span::Work(0) => start,
        Span::Work(minutes) => {
            let work = calendar.work_before(start);
            calendar.start_after(work.saturating_add(clip(minutes)))
        }
        Span::Elapsed(minutes) => plus(start, minutes),
    }
}

/// The latest finish of a span that starts at `start` or before, as a link allows it: where `start` lies inside a gap, the
/// first minute of work comes before the gap.
pub(crate) fn finish_of_start_by(calendar: &WorkCalendar, span: Span, start: u32) -> u32 {
    match span {
        Span::Work(0) => start,
        Span::Work(minutes) => {
            let work = last_start(calendar, start) + i64::from(clip(minutes));
            calendar.start_after(clip(work))
        }
        Span::Elapsed(minutes) => plus(start, minutes),
    }
}

/// The working minutes before the last working minute that begins at `start` or before; −1 where the first one begins after.
#[inline]
pub(crate) fn last_start(calendar: &WorkCalendar, start: u32) -> i64 {
    // One less than up to the minute after, whether the minute between is worked or lies in a gap.
    match start {
        LAST.. => calendar.total().into(),
        _ => i64::from(calendar.work_before(start + 1)) - 1,
    }
}

/// The last start of a span at `cap` or before.
pub(crate) fn start_by(calendar: &WorkCalendar, span: Span, cap: u32) -> u32 {
    match span {
        Span::Work(0) => lay_backward(calendar, span, cap).0,
        Span::Work(_) => match u32::try_from(last_start(calendar, cap)) {
            Ok(work) => calendar.start_after(work),
            Err(_) => 0,
        },
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
pub(crate) fn add_work(calendar: &WorkCalendar, t: u32, minutes: i64) -> u32 {
    match minutes {
        0 => t,
        _ => calendar.finish_after(clip(i64::from(calendar.work_before(t)).saturating_add(minutes))),
    }
}

/// `t` earlier by working minutes, as an instant where work begins. Nought leaves it where it is.
pub(crate) fn take_work(calendar: &WorkCalendar, t: u32, minutes: i64) -> u32 {
    match minutes {
        0 => t,
        _ => match i64::from(calendar.work_before(t)).saturating_sub(minutes) {
            before if before < 0 => 0,
            work => calendar.start_after(clip(work)),
        },
    }
}

/// Minutes from one instant to another, of the kind that a span has; negative when the second comes first.
pub(crate) fn gap(calendar: &WorkCalendar, span: Span, from: u32, to: u32) -> i64 {
    match span {
        Span::Work(_) => between(calendar, from, to),
        Span::Elapsed(_) => i64::from(to) - i64::from(from),
    }
}

/// Working minutes from one instant to another; negative when the second comes first.
pub(crate) fn between(calendar: &WorkCalendar, from: u32, to: u32) -> i64 {
    i64::from(calendar.work_before(to)) - i64::from(calendar.work_before(from))
}
