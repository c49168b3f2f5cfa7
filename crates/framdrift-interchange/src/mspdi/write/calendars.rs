//! Calendars, flat: the hours that each comes to, with those that it builds on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use framdrift_model::calendar::WorkCalendar;
use framdrift_model::document::CalendarDoc;
use framdrift_model::projection::CalendarIx;
use framdrift_model::time::Minute;

use super::Export;
use super::numbers::assigned;
use super::xml::Writer;
use crate::loss::{LossKind, LossReport, Spot};

/// The most stretches that a day has in the format.
const MOST_STRETCHES: usize = 5;

type Day = Vec<(u16, u16)>;

/// The calendars of a plan.
pub(super) struct Calendars {
    list: Vec<Flat>,
    default: usize,
}

/// A calendar that builds on none.
struct Flat {
    uid: i64,
    name: String,
    /// Monday first.
    week: [Day; 7],
    exceptions: Vec<(NaiveDate, NaiveDate, Day)>,
}

impl Calendars {
    pub(super) fn of(export: &Export<'_>, loss: &mut LossReport) -> Self {
        let documents = &export.programme.document().calendars;
        let compiled = &export.projection.calendars;
        let number = |at: usize| documents.get(at)?.id.as_str().strip_prefix('c')?.parse().ok();
        let wishes: Vec<Option<i64>> = (0..compiled.len()).map(number).collect();
        let (uids, _) = assigned(&wishes);
        let years = years(export);
        let lookup = export.programme.lookup();
        let mut names = BTreeSet::new();
        let list = compiled.iter().zip(uids).enumerate().map(|(at, (calendar, uid))| {
            let document = documents.get(at);
            let mut name = match document {
                Some(document) => match &document.title {
                    Some(title) => lookup.text(title).to_owned(),
                    None => document.id.to_string(),
                },
                None => "Standard".to_owned(),
            };
            // The tool tells base calendars apart by their names.
            if !names.insert(name.clone()) {
                name = format!("{name} ({uid})");
                names.insert(name.clone());
            }
            flat(uid, name, calendar, document, documents, years, loss)
        });
        Self {
            list: list.collect(),
            default: export.projection.calendar.index(),
        }
    }

    /// The number of the programme's own.
    pub(super) fn default_uid(&self) -> i64 {
        self.list.get(self.default).map_or(-1, |calendar| calendar.uid)
    }

    /// The number of a calendar; -1 for the programme's own, as the tool writes it.
    pub(super) fn uid(&self, calendar: CalendarIx) -> i64 {
        match self.list.get(calendar.index()) {
            Some(found) if calendar.index() != self.default => found.uid,
            _ => -1,
        }
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.open("Calendars");
        for calendar in &self.list {
            out.open("Calendar");
            out.value("UID", calendar.uid);
            out.text("Name", &calendar.name);
            out.flag("IsBaseCalendar", true);
            out.value("BaseCalendarUID", -1);
            out.open("WeekDays");
            // Sunday is 1.
            for (number, day) in (1..=7).zip([6, 0, 1, 2, 3, 4, 5]) {
                out.open("WeekDay");
                out.value("DayType", number);
                hours(out, &calendar.week[day]);
                out.close("WeekDay");
            }
            for (first, last, day) in &calendar.exceptions {
                out.open("WeekDay");
                out.value("DayType", 0);
                out.flag("DayWorking", !day.is_empty());
                period(out, *first, *last);
                working_times(out, day);
                out.close("WeekDay");
            }
            out.close("WeekDays");
            if !calendar.exceptions.is_empty() {
                out.open("Exceptions");
                for (first, last, day) in &calendar.exceptions {
                    out.open("Exception");
                    out.flag("EnteredByOccurrences", false);
                    period(out, *first, *last);
                    out.value("Occurrences", (*last - *first).num_days() + 1);
                    out.value("Type", 1);
                    hours(out, day);
                    out.close("Exception");
                }
                out.close("Exceptions");
            }
            out.close("Calendar");
        }
        out.close("Calendars");
    }
}

fn hours(out: &mut Writer, day: &Day) {
    out.flag("DayWorking", !day.is_empty());
    working_times(out, day);
}

fn working_times(out: &mut Writer, day: &Day) {
    if day.is_empty() {
        return;
    }
    out.open("WorkingTimes");
    for (from, to) in day {
        // Midnight at the end of a day is written as at its beginning.
        let time = |minute: u16| format!("{:02}:{:02}:00", minute / 60 % 24, minute % 60);
        out.open("WorkingTime");
        out.value("FromTime", time(*from));
        out.value("ToTime", time(*to));
        out.close("WorkingTime");
    }
    out.close("WorkingTimes");
}

fn period(out: &mut Writer, first: NaiveDate, last: NaiveDate) {
    out.open("TimePeriod");
    out.value("FromDate", format_args!("{first}T00:00:00"));
    out.value("ToDate", format_args!("{last}T23:59:00"));
    out.close("TimePeriod");
}

/// The years for which public holidays are written: those of the plan, one before and five after.
fn years(export: &Export<'_>) -> (i32, i32) {
    let start = export.projection.start.unwrap_or(Minute::MIN);
    let from = export
        .schedule
        .map_or(start, |schedule| schedule.start().min(start))
        .date()
        .year();
    let to = export
        .schedule
        .map_or(from + 15, |schedule| schedule.finish().date().year());
    ((from - 1).max(1900), (to.max(from) + 5).min(9_999))
}

fn flat(
    uid: i64,
    name: String,
    calendar: &WorkCalendar,
    document: Option<&CalendarDoc>,
    documents: &[CalendarDoc],
    (from, to): (i32, i32),
    loss: &mut LossReport,
) -> Flat {
    let line = line(document, documents);
    let mut named: BTreeSet<NaiveDate> = BTreeSet::new();
    for exception in line.iter().flat_map(|calendar| &calendar.exceptions) {
        let last = exception.on.last_day();
        named.extend(exception.on.first_day().iter_days().take_while(|day| *day <= last));
    }
    if line.iter().any(|calendar| !calendar.holidays.is_empty()) {
        let why = format!("public holidays are written day by day, from {from} to {to}");
        loss.add(LossKind::Changed, "calendar/holidays", &why, || {
            Spot::none().about(&name)
        });
        if let Some(first) = NaiveDate::from_ymd_opt(from, 1, 1) {
            named.extend(first.iter_days().take_while(|day| day.year() <= to));
        }
    }
    // Beyond the span of dates, days have the hours of their weekday. 1970-01-01 was a Thursday.
    const FAR: i64 = 7 * 1_000_000;
    let mut cut = 0;
    let mut bounded = |spans: &[(u16, u16)]| {
        cut += spans.len().saturating_sub(MOST_STRETCHES) as u64;
        spans.iter().take(MOST_STRETCHES).copied().collect::<Day>()
    };
    let week: [Day; 7] = std::array::from_fn(|day| bounded(calendar.hours_on(FAR + (day as i64 + 4) % 7)));
    let number = |day: NaiveDate| Minute::from_date(day).unwrap_or(Minute::MIN).day_and_minute().0;
    let special: BTreeMap<NaiveDate, Day> = named
        .into_iter()
        .filter(|day| {
            let weekday = i64::from(day.weekday().num_days_from_monday());
            calendar.hours_on(number(*day)) != calendar.hours_on(FAR + (weekday + 4) % 7)
        })
        .map(|day| (day, bounded(calendar.hours_on(number(day)))))
        .collect();
    let why = "a day has at most five stretches of working time; later ones are left out";
    loss.add_many(LossKind::Dropped, "calendar/week", why, cut, || {
        Spot::none().about(&name)
    });
    let mut exceptions: Vec<(NaiveDate, NaiveDate, Day)> = Vec::new();
    for (day, hours) in special {
        match exceptions.last_mut() {
            Some((_, last, known)) if last.succ_opt() == Some(day) && *known == hours => *last = day,
            _ => exceptions.push((day, day, hours)),
        }
    }
    Flat {
        uid,
        name,
        week,
        exceptions,
    }
}

/// A calendar and those it builds on.
fn line<'d>(document: Option<&'d CalendarDoc>, documents: &'d [CalendarDoc]) -> Vec<&'d CalendarDoc> {
    let parent = |calendar: &&'d CalendarDoc| {
        let parent = calendar.parent.as_ref()?;
        documents.iter().find(|other| other.id == *parent)
    };
    // INVARIANT: in a checked programme calendars form no rings.
    std::iter::successors(document, parent).collect()
}
