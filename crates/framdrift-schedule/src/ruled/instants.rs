//! The arithmetic of the plain passes, for links that hold as instants, in the ticks that rules count in.
//!
//! framdrift's own rules know whole minutes only, so nothing is lost on the way.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;

use super::clock::{TICKS, whole};
use crate::time;

fn both((start, finish): (i64, i64)) -> (i64, i64) {
    (start * TICKS, finish * TICKS)
}

/// [`time::lay_forward`].
pub(crate) fn lay_forward(calendar: &WorkCalendar, span: Span, start: i64) -> (i64, i64) {
    both(time::lay_forward(calendar, whole(span), start.div_euclid(TICKS)))
}

/// [`time::lay_backward`].
pub(crate) fn lay_backward(calendar: &WorkCalendar, span: Span, finish: i64) -> (i64, i64) {
    both(time::lay_backward(calendar, whole(span), finish.div_euclid(TICKS)))
}

/// [`time::start_reaching`].
pub(crate) fn start_reaching(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    time::start_reaching(calendar, whole(span), finish.div_euclid(TICKS)) * TICKS
}

/// [`time::start_finishing_from`].
pub(crate) fn start_finishing_from(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    time::start_finishing_from(calendar, whole(span), finish.div_euclid(TICKS)) * TICKS
}

/// [`time::finish_reached`].
pub(crate) fn finish_reached(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    time::finish_reached(calendar, whole(span), start.div_euclid(TICKS)) * TICKS
}

/// [`time::finish_of_start_by`].
pub(crate) fn finish_of_start_by(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    time::finish_of_start_by(calendar, whole(span), start.div_euclid(TICKS)) * TICKS
}

/// [`time::start_by`].
pub(crate) fn start_by(calendar: &WorkCalendar, span: Span, cap: i64) -> i64 {
    time::start_by(calendar, whole(span), cap.div_euclid(TICKS)) * TICKS
}
