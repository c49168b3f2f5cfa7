//! What a holiday rule says.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::easter;

/// When a holiday falls, in which years it is one, and by which law or custom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its name in the country's language, as it is written in running text.
    pub name: &'static str,
    /// Its name in English.
    pub english: &'static str,
    /// The day of the year.
    pub when: When,
    /// The first year; `None` for a rule older than 1900.
    pub from: Option<i32>,
    /// The last year; `None` for a rule in force.
    pub until: Option<i32>,
    /// The law or custom that it rests on.
    pub source: &'static str,
    /// Whether it is a public holiday.
    pub kind: Kind,
    /// The minute of the day from which work rests: 0 for the whole day, 780 when work ends at 13:00.
    pub off_from: u16,
}

/// Whether a day off is a public holiday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A public holiday by law.
    Public,
    /// A day, or the end of one, that people have off by custom, by agreements, or by a law that does not make it a
    /// public holiday. Most such days are eves.
    Eve,
}

/// The day of the year a holiday falls on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum When {
    /// The same date each year.
    Fixed {
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
    /// So many days after Easter Sunday; negative for days before it.
    Easter(i32),
    /// The first such weekday on or after a date.
    WeekdayFrom {
        /// The weekday.
        weekday: Weekday,
        /// 1 to 12.
        month: u32,
        /// 1 to 31.
        day: u32,
    },
}

impl When {
    /// The day in a year; `None` where the year has no such day.
    #[must_use]
    pub fn date_in(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed { month, day } => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(days) => easter(year)?.checked_add_signed(TimeDelta::try_days(days.into())?),
            Self::WeekdayFrom { weekday, month, day } => {
                let first = NaiveDate::from_ymd_opt(year, month, day)?;
                let wait = weekday.days_since(first.weekday());
                first.checked_add_days(Days::new(wait.into()))
            }
        }
    }
}

impl Rule {
    /// The day of the holiday in a year; `None` in a year when it is not one.
    #[must_use]
    pub fn date_in(&self, year: i32) -> Option<NaiveDate> {
        let begun = self.from.is_none_or(|from| from <= year);
        let ended = self.until.is_some_and(|until| until < year);
        if begun && !ended { self.when.date_in(year) } else { None }
    }

    /// A public holiday of every year.
    pub(super) const fn public(name: &'static str, english: &'static str, when: When, source: &'static str) -> Self {
        Self {
            name,
            english,
            when,
            from: None,
            until: None,
            source,
            kind: Kind::Public,
            off_from: 0,
        }
    }

    /// A day off of every year that is not a public holiday.
    pub(super) const fn eve(name: &'static str, english: &'static str, when: When, source: &'static str) -> Self {
        let mut rule = Self::public(name, english, when, source);
        rule.kind = Kind::Eve;
        rule
    }

    /// The same with a first year.
    pub(super) const fn from(mut self, year: i32) -> Self {
        self.from = Some(year);
        self
    }

    /// The same with a last year.
    pub(super) const fn until(mut self, year: i32) -> Self {
        self.until = Some(year);
        self
    }

    /// The same, but work goes on until an hour of the day.
    pub(super) const fn off_from_hour(mut self, hour: u16) -> Self {
        self.off_from = hour * 60;
        self
    }
}

/// The same date each year.
pub(super) const fn on(month: u32, day: u32) -> When {
    When::Fixed { month, day }
}

/// The first such weekday on or after a date.
pub(super) const fn first(weekday: Weekday, month: u32, day: u32) -> When {
    When::WeekdayFrom { weekday, month, day }
}
