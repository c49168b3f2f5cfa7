//! Calendars: hours, rings of parents, and whether anybody ever works. Compiles them on the way.

use super::{Report, spaced};
use crate::calendar::WorkCalendar;
use crate::codes;
use crate::date::Hours;
use crate::diagnostic::Diagnostic;
use crate::place::Place;
use crate::resolved::Resolved;
use crate::working;

pub(super) fn check(report: &mut Report<'_>, resolved: &mut Resolved) {
    let doc = report.doc;
    rings(report, resolved);
    for (i, calendar) in doc.calendars.iter().enumerate() {
        let place = || Place::programme().entry("calendars", i, "calendar", &calendar.id);
        if let Some(week) = &calendar.week {
            for (key, hours) in week.days() {
                check_hours(report, hours.map_or(&[], Vec::as_slice), key, &|| place().field("week"));
            }
        }
        for (j, exception) in calendar.exceptions.iter().enumerate() {
            let at = || place().entry("exceptions", j, "exception", exception.on.to_string());
            super::times::reversed(report, exception.on, || at().field("on"));
            check_hours(report, &exception.hours, "hours", &at);
        }
    }
    let affordable = within_limits(report, resolved);
    resolved.calendars = if affordable {
        working::compile(&doc.calendars, &resolved.calendar_parents)
    } else {
        vec![WorkCalendar::standard(); doc.calendars.len()]
    };
    if resolved.calendars.is_empty() {
        resolved.calendars.push(WorkCalendar::standard());
    }
    let works = works(report, resolved);
    for (i, calendar) in doc.calendars.iter().enumerate().filter(|_| affordable) {
        // A child without hours of its own shares its parent's fault.
        let to_blame = resolved.calendar_parents[i].is_none_or(|p| works[p as usize]);
        if to_blame && !works[i] && !damaged(report, resolved, i) {
            let place = Place::programme().entry("calendars", i, "calendar", &calendar.id);
            report.push(
                Diagnostic::new(
                    codes::CALENDAR_WITHOUT_WORKING_TIME,
                    place.field("id"),
                    format!("the calendar `{}` has no working time in any week", calendar.id),
                )
                .with_help("give at least one day of the week hours, such as `mon: [\"08:00-12:00\", \"13:00-17:00\"]`, or name a `parent`"),
            );
        }
    }
}

/// Whether the special days of all calendars are few enough to be laid out; reports the first that goes too far.
fn within_limits(report: &mut Report<'_>, resolved: &Resolved) -> bool {
    let doc = report.doc;
    let parents = &resolved.calendar_parents;
    let alone = vec![None; parents.len()];
    // Calendars in the line up from each, itself included, and their days: a calendar's own added to its parent's.
    let sums = downwards(parents, |at, above: Option<(i64, i64, i64)>| {
        let (holidays, exceptions) = working::cost(&doc.calendars, &alone, at);
        let (levels, h, e) = above.unwrap_or_default();
        (levels + 1, h.saturating_add(holidays), e.saturating_add(exceptions))
    });
    let mut total = 0_i64;
    for (i, (calendar, (levels, holidays, exceptions))) in doc.calendars.iter().zip(sums).enumerate() {
        total = total
            .saturating_add(levels)
            .saturating_add(holidays)
            .saturating_add(exceptions);
        if levels > LONGEST_LINE {
            let place = Place::programme().entry("calendars", i, "calendar", &calendar.id);
            report.push(
                Diagnostic::new(
                    codes::TOO_MANY_EXCEPTIONS,
                    place.field("parent"),
                    format!("the calendar `{}` builds on more calendars than can be held", calendar.id),
                )
                .with_help(format!(
                    "a line of calendars that build on each other has at most {LONGEST_LINE}; let them share one `parent`"
                )),
            );
            return false;
        }
        if exceptions > working::MOST_EXCEPTIONS || total > working::MOST_SPECIAL_DAYS {
            let place = Place::programme().entry("calendars", i, "calendar", &calendar.id);
            report.push(
                Diagnostic::new(
                    codes::TOO_MANY_EXCEPTIONS,
                    place.field("exceptions"),
                    format!("the calendar `{}` takes the exceptional days past what can be held", calendar.id),
                )
                .with_help(format!(
                    "a calendar has at most {} exceptional days, its parents' included, and all calendars together {} with their holidays",
                    spaced(working::MOST_EXCEPTIONS.unsigned_abs()),
                    spaced(working::MOST_SPECIAL_DAYS.unsigned_abs())
                )),
            );
            return false;
        }
    }
    true
}

/// The most calendars that may build on each other in one line.
const LONGEST_LINE: i64 = 100;

/// Computes something for each calendar from what it is for its parent, parents first. `parents` holds no rings.
fn downwards<T: Copy>(parents: &[Option<u32>], mut of: impl FnMut(usize, Option<T>) -> T) -> Vec<T> {
    let mut found: Vec<Option<T>> = vec![None; parents.len()];
    for start in 0..parents.len() {
        let open: Vec<usize> = working::line(parents, start)
            .take_while(|at| found[*at].is_none())
            .collect();
        for at in open.into_iter().rev() {
            found[at] = Some(of(at, parents[at].and_then(|p| found[p as usize])));
        }
    }
    found.into_iter().flatten().collect()
}

/// Whether somebody works in the week of each calendar, hours of its parents included.
fn works(report: &Report<'_>, resolved: &Resolved) -> Vec<bool> {
    let days = downwards(&resolved.calendar_parents, |at, above: Option<[bool; 7]>| {
        let mut days = above.unwrap_or_default();
        if let Some(week) = &report.doc.calendars[at].week {
            for (day, (_, hours)) in days.iter_mut().zip(week.days()) {
                *day = hours.map_or(*day, |hours| hours.iter().any(|h| h.from < h.to));
            }
        }
        days
    });
    days.iter().map(|days| days.contains(&true)).collect()
}

/// Whether the calendar, or one it builds on, lost something in reading.
fn damaged(report: &Report<'_>, resolved: &Resolved, at: usize) -> bool {
    let mut next = Some(at);
    let mut steps = 0;
    while let Some(i) = next {
        let calendar = &report.doc.calendars[i];
        let place = Place::programme().entry("calendars", i, "calendar", &calendar.id);
        if report.damage.within(&place) || (calendar.parent.is_some() && resolved.calendar_parents[i].is_none()) {
            return true;
        }
        steps += 1;
        next = resolved.calendar_parents[i]
            .map(|p| p as usize)
            .filter(|_| steps <= resolved.calendar_parents.len());
    }
    false
}

/// Finds rings of parents, reports each once, and cuts them.
fn rings(report: &mut Report<'_>, resolved: &mut Resolved) {
    let doc = report.doc;
    let parents = &mut resolved.calendar_parents;
    let mut state = vec![0_u8; parents.len()];
    for start in 0..parents.len() {
        let mut chain: Vec<usize> = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            chain.push(at);
            let Some(parent) = parents[at].map(|p| p as usize) else {
                break;
            };
            if state[parent] == 1 {
                let from = chain.iter().position(|c| *c == parent).unwrap_or(0);
                let name = |c: &usize| format!("`{}`", doc.calendars[*c].id);
                let mut names: Vec<String> = chain[from..].iter().take(10).map(name).collect();
                if chain.len() - from > names.len() {
                    names.push(format!("… ({} more)", chain.len() - from - names.len()));
                }
                names.push(name(&parent));
                let place = Place::programme()
                    .entry("calendars", at, "calendar", &doc.calendars[at].id)
                    .field("parent");
                report.push(
                    Diagnostic::new(
                        codes::CIRCULAR_CALENDARS,
                        place,
                        format!("these calendars build on each other: {}", names.join(" → ")),
                    )
                    .with_help("take one `parent` away"),
                );
                parents[at] = None;
                break;
            }
            at = parent;
        }
        for c in chain {
            state[c] = 2;
        }
    }
}

fn check_hours(report: &mut Report<'_>, hours: &[Hours], key: &str, place: &dyn Fn() -> Place) {
    let mut latest = None;
    for (i, stretch) in hours.iter().enumerate() {
        if stretch.to <= stretch.from {
            report.push(
                Diagnostic::new(
                    codes::BAD_HOURS,
                    place().item(key, i),
                    format!(
                        "these hours end at {}, not after they begin at {}",
                        stretch.to, stretch.from
                    ),
                )
                .with_help("work past midnight takes two entries: `22:00-24:00`, and `00:00-06:00` on the next day"),
            );
        } else if latest.is_some_and(|end| stretch.from < end) {
            report.push(
                Diagnostic::new(
                    codes::BAD_HOURS,
                    place().item(key, i),
                    format!("the hours {stretch} overlap the ones before them"),
                )
                .with_help("list a day's hours in order, without overlap"),
            );
        }
        latest = latest.max(Some(stretch.to));
    }
}
