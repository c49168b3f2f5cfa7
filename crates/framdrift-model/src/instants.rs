//! The instants that dates without a time of day mean on a calendar.

use crate::calendar::WorkCalendar;
use crate::date::Date;
use crate::projection::Span;
use crate::time::Minute;

/// The instant that a date means for a start: its time, else the beginning of that day's work, else of the day.
pub(crate) fn start_on(calendar: &WorkCalendar, date: Date) -> Minute {
    let at = date.as_start();
    let work = calendar.start_of(calendar.work_at(at));
    if date.time().is_none() && work < date.as_finish() {
        work
    } else {
        at
    }
}

/// The instant that a date means for a finish: its time, else the end of that day's work, else of the day.
pub(crate) fn finish_on(calendar: &WorkCalendar, date: Date) -> Minute {
    let at = date.as_finish();
    let work = calendar.finish_of(calendar.work_at(at));
    if date.time().is_none() && work > date.as_start() {
        work
    } else {
        at
    }
}

/// As [`finish_on`]; what takes elapsed time goes by the clock, to the end of the day.
pub(crate) fn finish_of(calendar: &WorkCalendar, span: Span, date: Date) -> Minute {
    match span {
        Span::Elapsed(_) => date.as_finish(),
        Span::Work(_) => finish_on(calendar, date),
    }
}

/// Whether the second date lies before the first, whatever the times of day that are left out.
pub(crate) fn reversed(first: Date, last: Date) -> bool {
    last.as_finish() < first.as_start() || (last.time().is_none() && last.day() < first.day())
}

/// The instants of a start and a finish. In order wherever the dates are not [`reversed`], also where one has a time of day
/// outside that day's work.
pub(crate) fn stretch(calendar: &WorkCalendar, start: Date, finish: Date) -> (Minute, Minute) {
    let (from, to) = (start_on(calendar, start), finish_on(calendar, finish));
    if from <= to {
        (from, to)
    } else {
        (start.as_start(), finish.as_finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_is_in_order() {
        let calendar = WorkCalendar::standard();
        let of = |start: &str, finish: &str| {
            let (start, finish) = (start.parse().unwrap(), finish.parse().unwrap());
            assert!(!reversed(start, finish));
            let (from, to) = stretch(&calendar, start, finish);
            format!("{from} {to}")
        };
        assert_eq!(of("2026-03-02", "2026-03-02"), "2026-03-02T08:00 2026-03-02T17:00");
        assert_eq!(
            of("2026-03-02", "2026-03-02T07:00"),
            "2026-03-02T00:00 2026-03-02T07:00"
        );
        assert_eq!(
            of("2026-03-02T19:00", "2026-03-02"),
            "2026-03-02T19:00 2026-03-03T00:00"
        );
        assert_eq!(of("2026-03-07", "2026-03-08"), "2026-03-07T00:00 2026-03-09T00:00");
        assert!(reversed("2026-03-02".parse().unwrap(), "2026-03-01".parse().unwrap()));
    }
}
