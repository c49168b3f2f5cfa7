//! From the calendars of a document to compiled ones.

use std::collections::BTreeMap;

use crate::calendar::WorkCalendar;
use crate::calendar::holidays::{self, Kind};
use crate::date::Hours;
use crate::document::CalendarDoc;
use crate::time::Minute;

/// The years whose public holidays a calendar knows.
pub const HOLIDAY_YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// The most days with hours of their own, holidays not counted, that one calendar may list, parents included.
pub const MOST_EXCEPTIONS: i64 = 100_000;

/// The most public holidays and exceptional days of all calendars together, parents counted once for each child.
pub const MOST_SPECIAL_DAYS: i64 = 4_000_000;

type Spans = Vec<(u16, u16)>;

/// Compiles calendars in the order of the document. `parents` holds no rings.
///
/// A day's hours come from the exceptions and public holidays, a calendar's own before its parent's and an exception before
/// a holiday; then from the week, its own before its parent's; a day that nobody mentions is free.
pub(crate) fn compile(calendars: &[CalendarDoc], parents: &[Option<u32>]) -> Vec<WorkCalendar> {
    (0..calendars.len())
        .map(|at| WorkCalendar::new(week(calendars, parents, at), special(calendars, parents, at)))
        .collect()
}

/// The calendar and those it builds on, itself first.
pub(crate) fn line(parents: &[Option<u32>], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(at), move |at| parents[*at].map(|p| p as usize))
}

/// Hours per weekday, Monday first.
pub(crate) fn week(calendars: &[CalendarDoc], parents: &[Option<u32>], at: usize) -> [Spans; 7] {
    let mut week: [Option<Spans>; 7] = [const { None }; 7];
    for level in line(parents, at) {
        let Some(own) = &calendars[level].week else {
            continue;
        };
        for (slot, (_, hours)) in week.iter_mut().zip(own.days()) {
            if slot.is_none() {
                *slot = hours.map(|h| spans(h));
            }
        }
    }
    week.map(Option::unwrap_or_default)
}

/// How many special days compiling a calendar takes, before equal days fall together.
pub(crate) fn cost(calendars: &[CalendarDoc], parents: &[Option<u32>], at: usize) -> (i64, i64) {
    let mut holidays = 0;
    let mut exceptions = 0;
    for level in line(parents, at) {
        let calendar = &calendars[level];
        holidays += i64::try_from(calendar.holidays.len())
            .unwrap_or(i64::MAX)
            .saturating_mul(5_000);
        for exception in &calendar.exceptions {
            exceptions += (exception.on.last_day() - exception.on.first_day()).num_days().max(-1) + 1;
        }
    }
    (holidays, exceptions)
}

fn special(calendars: &[CalendarDoc], parents: &[Option<u32>], at: usize) -> BTreeMap<i64, Spans> {
    let weekly = week(calendars, parents, at);
    let mut found = BTreeMap::new();
    let levels: Vec<usize> = line(parents, at).collect();
    for level in levels.into_iter().rev() {
        for set in &calendars[level].holidays {
            let eves = set.eves.unwrap_or(false);
            for year in HOLIDAY_YEARS {
                for holiday in holidays::holidays(set.country, year) {
                    if holiday.rule.kind == Kind::Public || eves {
                        let day = day_number(holiday.date);
                        // 1970-01-01 was a Thursday.
                        let usual = &weekly[usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)];
                        found.insert(day, until(usual, holiday.rule.off_from));
                    }
                }
            }
        }
        for exception in &calendars[level].exceptions {
            let (first, last) = (
                day_number(exception.on.first_day()),
                day_number(exception.on.last_day()),
            );
            for day in first..=last {
                found.insert(day, spans(&exception.hours));
            }
        }
    }
    found
}

/// What is left of `usual` when work rests from a minute of the day on.
fn until(usual: &Spans, off_from: u16) -> Spans {
    usual
        .iter()
        .filter(|(from, _)| *from < off_from)
        .map(|(from, to)| (*from, (*to).min(off_from)))
        .collect()
}

fn day_number(date: chrono::NaiveDate) -> i64 {
    Minute::from_date(date).unwrap_or(Minute::MIN).day_and_minute().0
}

fn spans(hours: &[Hours]) -> Spans {
    let minute = |t: crate::date::TimeOfDay| u16::try_from(t.minute()).unwrap_or(0);
    hours.iter().map(|h| (minute(h.from), minute(h.to))).collect()
}
