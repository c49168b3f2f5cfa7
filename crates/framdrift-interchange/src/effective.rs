//! The hours that a calendar comes to, as values that can be joined and compared.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use framdrift_model::calendar::WorkCalendar;
use framdrift_model::date::{Hours, TimeOfDay};
use framdrift_model::document::{CalendarDoc, WeekDoc};
use framdrift_model::time::Minute;

use crate::calendar::{hours, stretches, week_of};

/// Minutes of the day from and to, in order, apart from each other.
type Day = Vec<(u16, u16)>;

/// What a calendar and those it builds on come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Effective {
    /// Monday first.
    week: [Day; 7],
    /// Days that differ from the week.
    special: BTreeMap<NaiveDate, Day>,
}

impl Effective {
    /// What the calendar `id` of a list comes to. Calendars without public holidays only, as other tools have them.
    pub(crate) fn of(calendars: &[CalendarDoc], id: &str) -> Self {
        let mut line = Vec::new();
        let mut next = calendars.iter().find(|calendar| calendar.id == id);
        while let Some(calendar) = next.filter(|_| line.len() <= calendars.len()) {
            line.push(calendar);
            next = calendar
                .parent
                .as_ref()
                .and_then(|parent| calendars.iter().find(|calendar| calendar.id == *parent.as_str()));
        }
        let mut week: [Option<Day>; 7] = [const { None }; 7];
        for calendar in &line {
            for (day, own) in week.iter_mut().zip(days(calendar.week.as_ref())) {
                if day.is_none() {
                    *day = own;
                }
            }
        }
        let mut special = BTreeMap::new();
        for calendar in line.into_iter().rev() {
            for exception in &calendar.exceptions {
                let hours = spans(&exception.hours);
                let (mut day, last) = (exception.on.first_day(), exception.on.last_day());
                while day <= last {
                    special.insert(day, hours.clone());
                    match day.succ_opt() {
                        Some(next) => day = next,
                        None => break,
                    }
                }
            }
        }
        Self {
            week: week.map(Option::unwrap_or_default),
            special,
        }
        .reduced()
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00.
    pub(crate) fn standard() -> Self {
        let day = || vec![(480, 720), (780, 1_020)];
        Self {
            week: [day(), day(), day(), day(), day(), Vec::new(), Vec::new()],
            special: BTreeMap::new(),
        }
    }

    fn reduced(mut self) -> Self {
        let week = &self.week;
        self.special
            .retain(|day, hours| *hours != week[day.weekday().num_days_from_monday() as usize]);
        self
    }

    /// The hours of a day.
    pub(crate) fn on(&self, day: NaiveDate) -> &[(u16, u16)] {
        self.special
            .get(&day)
            .unwrap_or(&self.week[day.weekday().num_days_from_monday() as usize])
    }

    /// Whether anybody works in the week.
    pub(crate) fn works(&self) -> bool {
        self.week.iter().any(|day| !day.is_empty())
    }

    /// The hours of either.
    pub(crate) fn or(&self, other: &Self) -> Self {
        self.with(other, |a, b| joined(a.iter().chain(b).copied().collect()))
    }

    /// The hours of both.
    pub(crate) fn and(&self, other: &Self) -> Self {
        self.with(other, |a, b| {
            let shared = a
                .iter()
                .flat_map(|(from, to)| b.iter().map(move |(f, t)| (*from.max(f), *to.min(t))))
                .filter(|(from, to)| from < to);
            joined(shared.collect())
        })
    }

    fn with(&self, other: &Self, join: impl Fn(&[(u16, u16)], &[(u16, u16)]) -> Day) -> Self {
        let week = std::array::from_fn(|day| join(&self.week[day], &other.week[day]));
        let named = self.special.keys().chain(other.special.keys());
        let special = named.map(|day| (*day, join(self.on(*day), other.on(*day)))).collect();
        Self { week, special }.reduced()
    }

    /// A calendar document that comes to the same.
    pub(crate) fn document(&self, id: &str) -> CalendarDoc {
        let mut document = CalendarDoc::new(id);
        document.week = Some(week_of(std::array::from_fn(|day| Some(hours(&self.week[day])))));
        let special = self.special.iter().map(|(day, spans)| (*day, spans));
        document.exceptions = stretches(special, |spans| (hours(spans), None));
        document
    }

    /// The same, compiled.
    pub(crate) fn compiled(&self) -> WorkCalendar {
        let number = |day: NaiveDate| Some(Minute::from_date(day)?.day_and_minute().0);
        let special = self
            .special
            .iter()
            .filter_map(|(day, hours)| Some((number(*day)?, hours.clone())));
        WorkCalendar::new(self.week.clone(), special)
    }
}

fn days(week: Option<&WeekDoc>) -> [Option<Day>; 7] {
    match week {
        Some(week) => week.days().map(|(_, hours)| hours.map(|hours| spans(hours))),
        None => [const { None }; 7],
    }
}

fn spans(hours: &[Hours]) -> Day {
    let minute = |time: TimeOfDay| u16::try_from(time.minute()).unwrap_or(0);
    joined(hours.iter().map(|h| (minute(h.from), minute(h.to))).collect())
}

fn joined(mut spans: Day) -> Day {
    spans.retain(|(from, to)| from < to);
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let touch = next.0 <= kept.1;
        if touch {
            kept.1 = kept.1.max(next.1);
        }
        touch
    });
    spans
}
