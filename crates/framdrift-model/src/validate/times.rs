//! Durations, windows and planned dates.

use super::Report;
use crate::codes;
use crate::date::Window;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::projection::{Lag, Span};
use crate::quantity::LONGEST;
use crate::resolved::Resolved;
use crate::slot::{Slot, SlotIx};

pub(super) fn check(report: &mut Report<'_>, resolved: &Resolved) {
    let doc = report.doc;
    if let Some(minutes) = &doc.minutes {
        let at = |key: &str| Place::programme().field("minutes").field(key);
        for (key, value, most) in [
            ("day", minutes.day, 1_440),
            ("week", minutes.week, 10_080),
            ("month", minutes.month, 44_640),
        ] {
            if value.is_some_and(|v| v == 0 || v > most) {
                report.push(
                    Diagnostic::new(
                        codes::BAD_MINUTES,
                        at(key),
                        format!("a {key} of work has 1 to {most} minutes"),
                    )
                    .with_help("the number is in minutes: 480 for a working day of 8 hours"),
                );
            }
        }
    }
    let units = doc.units();
    let limit = doc.scheduling.as_ref().and_then(|s| s.critical_limit);
    if limit.is_some_and(|limit| limit.minutes(units).abs() > LONGEST) {
        let place = Place::programme().field("scheduling").field("critical-limit");
        report.push(too_long(place, "limit"));
    }
    for (_, slot) in resolved.slots.iter() {
        of_slot(report, slot);
    }
}

/// The lengths and the window of one slot.
pub(super) fn of_slot(report: &mut Report<'_>, slot: &Slot) {
    let doc = report.doc;
    let units = doc.units();
    let timed = slot.timed(doc);
    let place = || slot.place(doc);
    if timed.duration.is_some_and(|d| d.span(units).minutes() > LONGEST) {
        report.push(too_long(place().field("duration"), "duration"));
    }
    for (i, link) in timed.after.iter().enumerate() {
        let minutes = match link.lag.map(|lag| lag.lag(units)) {
            Some(Lag::Work(m) | Lag::Elapsed(m)) => m,
            _ => 0,
        };
        if minutes.abs() > LONGEST {
            report.push(too_long(
                place().entry("after", i, "after", &link.from).field("lag"),
                "lag",
            ));
        }
    }
    if let Some(window) = timed.window {
        reversed(report, window, || place().field("window"));
    }
}

pub(super) fn too_long(place: Place, noun: &str) -> Diagnostic {
    Diagnostic::new(
        codes::TOO_LONG,
        place,
        format!("this {noun} is longer than a hundred years"),
    )
    .with_help("programmes end sooner than that; is the unit right?")
}

pub(super) fn reversed(report: &mut Report<'_>, window: Window, place: impl FnOnce() -> Place) {
    if window.is_reversed() {
        let (first, last) = (window.first_day(), window.last_day());
        report.push(
            Diagnostic::new(
                codes::REVERSED_WINDOW,
                place(),
                format!("this window ends on {last}, before it begins on {first}"),
            )
            .with_help("the first day stands before the slash")
            .with_fix(Some(format!("{last}/{first}"))),
        );
    }
}

/// Meetings and gates that are planned for a time when nobody works. Runs once calendars are compiled.
pub(super) fn check_planned(report: &mut Report<'_>, resolved: &Resolved) {
    for (ix, slot) in resolved.slots.iter() {
        planned_of(report, resolved, ix, slot);
    }
}

/// Whether one slot is planned for a time when somebody works.
pub(super) fn planned_of(report: &mut Report<'_>, resolved: &Resolved, ix: SlotIx, slot: &Slot) {
    let doc = report.doc;
    let Some(planned) = slot.timed(doc).planned else {
        return;
    };
    // What takes elapsed time goes by the clock and not by the calendar.
    if slot.summary || matches!(crate::project::span(doc, slot, resolved.calendar(ix)), Span::Elapsed(_)) {
        return;
    }
    let calendar = resolved.calendar(ix);
    if !calendar.has_work() {
        return;
    }
    let works = match planned.time() {
        None => calendar.between(planned.as_start(), planned.as_finish()) > 0,
        Some(_) => {
            let at = planned.as_start();
            let work = calendar.work_at(at);
            calendar.start_of(work) == at || calendar.finish_of(work) == at
        }
    };
    if !works {
        let at = calendar.start_of(calendar.work_at(planned.as_start()));
        report.push(
            Diagnostic::new(
                codes::PLANNED_OUTSIDE_WORKING_TIME,
                slot.place(doc).field("planned"),
                format!("{planned} is outside the working time of its calendar"),
            )
            .with_help(format!(
                "the next working time begins {at}; plan it then, or give it a calendar that works on {planned}"
            )),
        );
    }
}
