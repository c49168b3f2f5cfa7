//! The arithmetic of the plain passes, for framdrift's own links, in the ticks that rules count in.
//!
//! framdrift's own rules know whole minutes only, so nothing is lost on the way.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;
use framdrift_model::time::Minute;

use super::clock::{self, TICKS, whole};
use crate::time;

/// Ticks as an instant of the plain passes.
fn instant(t: i64) -> u32 {
    time::offset(Minute::clamped(t.div_euclid(TICKS)))
}

fn ticks(t: u32) -> i64 {
    clock::ticks(time::date(t))
}

fn both((start, finish): (u32, u32)) -> (i64, i64) {
    (ticks(start), ticks(finish))
}

/// [`time::lay_forward`].
pub(crate) fn lay_forward(calendar: &WorkCalendar, span: Span, start: i64) -> (i64, i64) {
    both(time::lay_forward(calendar, whole(span), instant(start)))
}

/// [`time::lay_backward`].
pub(crate) fn lay_backward(calendar: &WorkCalendar, span: Span, finish: i64) -> (i64, i64) {
    both(time::lay_backward(calendar, whole(span), instant(finish)))
}

/// [`time::start_reaching`].
pub(crate) fn start_reaching(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    ticks(time::start_reaching(calendar, whole(span), instant(finish)))
}

/// [`time::finish_met`].
pub(crate) fn finish_met(calendar: &WorkCalendar, span: Span, finish: i64) -> i64 {
    ticks(time::finish_met(calendar, whole(span), instant(finish)))
}

/// [`time::finish_reached`].
pub(crate) fn finish_reached(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    ticks(time::finish_reached(calendar, whole(span), instant(start)))
}

/// [`time::finish_of_start_by`].
pub(crate) fn finish_of_start_by(calendar: &WorkCalendar, span: Span, start: i64) -> i64 {
    ticks(time::finish_of_start_by(calendar, whole(span), instant(start)))
}

/// [`time::start_by`].
pub(crate) fn start_by(calendar: &WorkCalendar, span: Span, cap: i64) -> i64 {
    ticks(time::start_by(calendar, whole(span), instant(cap)))
}
