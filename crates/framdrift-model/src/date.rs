//! Dates, times of day, stretches of a day, and windows, as a file writes them.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::malformed::Wrong;
use crate::time::{DAY, Minute};

/// A civil date, with or without a time of day: `2026-03-01` or `2026-03-01T09:00`, from 1900 to 9999.
///
/// Without a time, a date that bounds a start means the beginning of that day's work on the calendar of what it bounds, and one
/// that bounds a finish the end of it; on a day without work, the day's own beginning and end.
///
/// ```
/// use framdrift_model::date::Date;
///
/// let day: Date = "2026-03-01".parse().unwrap();
/// assert_eq!(day.as_start().to_string(), "2026-03-01T00:00");
/// assert_eq!(day.as_finish().to_string(), "2026-03-02T00:00");
/// assert!("2026-02-30".parse::<Date>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    day: NaiveDate,
    time: Option<TimeOfDay>,
}

impl Date {
    /// A date without a time of day; `None` where there is no such date from 1900 to 9999.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let day = NaiveDate::from_ymd_opt(year, month, day)?;
        (1900..=9999).contains(&year).then_some(Self { day, time: None })
    }

    /// The same date at a time of day.
    #[must_use]
    pub const fn at(self, time: TimeOfDay) -> Self {
        Self {
            day: self.day,
            time: Some(time),
        }
    }

    /// The civil day.
    #[must_use]
    pub const fn day(self) -> NaiveDate {
        self.day
    }

    /// The time of day, where there is one.
    #[must_use]
    pub const fn time(self) -> Option<TimeOfDay> {
        self.time
    }

    /// The instant it means for a start: its time, else the beginning of the day.
    #[must_use]
    pub fn as_start(self) -> Minute {
        let minute = self.time.map_or(0, TimeOfDay::minute);
        self.midnight().plus(minute)
    }

    /// The instant it means for a finish: its time, else the end of the day.
    #[must_use]
    pub fn as_finish(self) -> Minute {
        let minute = self.time.map_or(DAY, TimeOfDay::minute);
        self.midnight().plus(minute)
    }

    fn midnight(self) -> Minute {
        // INVARIANT: a `Date` lies from 1900 to 9999, which is the span of `Minute`.
        Minute::from_date(self.day).expect("a date lies within the span of instants")
    }
}

impl Date {
    fn read(text: &str) -> Result<Self, Wrong> {
        let (day, time) = match text.split_once('T') {
            Some((day, time)) => (day, Some(time)),
            None => (text, None),
        };
        let day = parse_day(day)?;
        match time {
            None => Ok(Self { day, time: None }),
            Some(time) => Ok(Self {
                day,
                time: Some(TimeOfDay::read(time)?),
            }),
        }
    }
}

/// Reads `YYYY-MM-DD` and says what is wrong with it.
fn parse_day(text: &str) -> Result<NaiveDate, Wrong> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| -> Option<u32> {
        let part = parts.next()?;
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse().ok())
            .flatten()
    };
    let (Some(year), Some(month), Some(day)) = (number(4), number(2), number(2)) else {
        return Err(None);
    };
    if parts.next().is_some() {
        return Err(None);
    }
    if !(1900..=9999).contains(&year) {
        return Err(Some("dates lie from 1900 to 9999".to_owned()));
    }
    if !(1..=12).contains(&month) {
        return Err(Some(format!("there is no month {month:02}")));
    }
    NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
        .ok_or_else(|| Some(format!("there is no day {day:02} in {year}-{month:02}")))
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.day.year(),
            self.day.month(),
            self.day.day()
        )?;
        match self.time {
            Some(time) => write!(f, "T{time}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::scalar!(Date, "date", expects "a date such as `2026-03-01`, or with a time `2026-03-01T09:00`", pattern r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?$", mend crate::mend::date);

/// A time of day, `00:00` to `24:00`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Minutes since midnight, 0 to 1 440; `None` above.
    #[must_use]
    pub const fn from_minute(minute: u16) -> Option<Self> {
        if minute <= 1_440 { Some(Self(minute)) } else { None }
    }

    /// Minutes since midnight.
    #[must_use]
    pub const fn minute(self) -> i64 {
        self.0 as i64
    }
}

impl TimeOfDay {
    fn read(text: &str) -> Result<Self, Wrong> {
        let (hour, minute) = text.split_once(':').ok_or(None)?;
        let number = |t: &str| -> Option<u16> {
            (t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit()))
                .then(|| t.parse().ok())
                .flatten()
        };
        let (hour, minute) = number(hour).zip(number(minute)).ok_or(None)?;
        if minute > 59 || hour * 60 + minute > 1_440 {
            return Err(Some("times of day lie from `00:00` to `24:00`".to_owned()));
        }
        Ok(Self(hour * 60 + minute))
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

impl fmt::Debug for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::scalar!(TimeOfDay, "time of day", expects "a time of day such as `09:00`", pattern "^[0-2][0-9]:[0-5][0-9]$", mend crate::mend::time_of_day);

/// A stretch of working time within a day, `08:00-12:00`. Whether it ends after it begins is a rule of validation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hours {
    /// When it begins.
    pub from: TimeOfDay,
    /// When it ends; this minute is no longer part of it.
    pub to: TimeOfDay,
}

impl Hours {
    fn read(text: &str) -> Result<Self, Wrong> {
        let (from, to) = text.split_once('-').ok_or(None)?;
        Ok(Self {
            from: TimeOfDay::read(from)?,
            to: TimeOfDay::read(to)?,
        })
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from, self.to)
    }
}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::scalar!(Hours, "working hours", expects "working hours such as `08:00-12:00`", pattern "^[0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9]$", mend crate::mend::hours);

/// A stretch of whole days: `2026-03-01` (a day), `2026-03` (a month), `2026-Q4` (a quarter), `2026-H1` (a half-year),
/// `2026` (a year), or `2026-03-01/2026-04-15` (from a day to a day, both included).
///
/// Whether it ends after it begins is a rule of validation.
///
/// ```
/// use framdrift_model::date::Window;
///
/// let spring: Window = "2026-H1".parse().unwrap();
/// assert_eq!(spring.start().to_string(), "2026-01-01T00:00");
/// assert_eq!(spring.finish().to_string(), "2026-07-01T00:00");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Window(Written);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Written {
    Day(NaiveDate),
    Month(i32, u32),
    Quarter(i32, u32),
    Half(i32, u32),
    Year(i32),
    Range(NaiveDate, NaiveDate),
}

impl Window {
    /// From a day to a day, both included.
    #[must_use]
    pub const fn between(first: Date, last: Date) -> Self {
        Self(Written::Range(first.day, last.day))
    }

    /// The first day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        match self.0 {
            Written::Day(day) | Written::Range(day, _) => day,
            Written::Month(year, month) => first_of(year, month),
            Written::Quarter(year, quarter) => first_of(year, quarter * 3 - 2),
            Written::Half(year, half) => first_of(year, half * 6 - 5),
            Written::Year(year) => first_of(year, 1),
        }
    }

    /// The last day, included.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        let (year, month) = match self.0 {
            Written::Day(day) | Written::Range(_, day) => return day,
            Written::Month(year, month) => (year, month),
            Written::Quarter(year, quarter) => (year, quarter * 3),
            Written::Half(year, half) => (year, half * 6),
            Written::Year(year) => (year, 12),
        };
        let days = (28..=31)
            .rev()
            .find_map(|day| NaiveDate::from_ymd_opt(year, month, day));
        // INVARIANT: parsing admits months 1 to 12 of the years 1900 to 9999.
        days.expect("every month has a 28th")
    }

    /// The first instant of the first day.
    #[must_use]
    pub fn start(self) -> Minute {
        Minute::from_date(self.first_day()).unwrap_or(Minute::MIN)
    }

    /// The end of the last day; before [`Window::start`] where the window is reversed.
    #[must_use]
    pub fn finish(self) -> Minute {
        Minute::from_date(self.last_day()).unwrap_or(Minute::MAX).plus(DAY)
    }

    /// Whether its last day comes before its first.
    #[must_use]
    pub fn is_reversed(self) -> bool {
        self.last_day() < self.first_day()
    }
}

fn first_of(year: i32, month: u32) -> NaiveDate {
    // INVARIANT: parsing admits months 1 to 12 of the years 1900 to 9999.
    NaiveDate::from_ymd_opt(year, month, 1).expect("a month has a first day")
}

impl Window {
    fn read(text: &str) -> Result<Self, Wrong> {
        if let Some((first, last)) = text.split_once('/') {
            return Ok(Self(Written::Range(parse_day(first)?, parse_day(last)?)));
        }
        if text.len() == 10 {
            return Ok(Self(Written::Day(parse_day(text)?)));
        }
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) || text.ends_with('-') {
            return Err(None);
        }
        let year: i32 = year.parse().map_err(|_| None)?;
        if !(1900..=9999).contains(&year) {
            return Err(Some("dates lie from 1900 to 9999".to_owned()));
        }
        let written = match rest.as_bytes() {
            [] => Written::Year(year),
            [b'Q', digit @ b'1'..=b'4'] => Written::Quarter(year, u32::from(digit - b'0')),
            [b'H', digit @ b'1'..=b'2'] => Written::Half(year, u32::from(digit - b'0')),
            [a, b] if a.is_ascii_digit() && b.is_ascii_digit() => {
                let month = u32::from(a - b'0') * 10 + u32::from(b - b'0');
                if !(1..=12).contains(&month) {
                    return Err(Some(format!("there is no month {month:02}")));
                }
                Written::Month(year, month)
            }
            _ => return Err(None),
        };
        Ok(Self(written))
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Written::Day(day) => write!(f, "{day}"),
            Written::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Written::Quarter(year, quarter) => write!(f, "{year:04}-Q{quarter}"),
            Written::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Written::Year(year) => write!(f, "{year:04}"),
            Written::Range(first, last) => write!(f, "{first}/{last}"),
        }
    }
}

impl fmt::Debug for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::scalar!(Window, "window", expects "a window such as `2026-03`, `2026-Q4`, `2026-H1`, `2026`, or `2026-03-01/2026-04-15`", pattern r"^[0-9]{4}(-(Q[1-4]|H[12]|[0-9]{2}(-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?)?))?$", mend crate::mend::window);

crate::if_arbitrary! {
    impl<'a> crate::Arbitrary<'a> for Date {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let date = Self::new(u.int_in_range(1900..=9999)?, u.int_in_range(1..=12)?, u.int_in_range(1..=28)?);
            let date = date.ok_or(crate::ArbitraryError::IncorrectFormat)?;
            Ok(if u.arbitrary()? { date.at(u.arbitrary()?) } else { date })
        }
    }

    impl<'a> crate::Arbitrary<'a> for TimeOfDay {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            Ok(Self(u.int_in_range(0..=1_440)?))
        }
    }

    impl<'a> crate::Arbitrary<'a> for Hours {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            Ok(Self { from: u.arbitrary()?, to: u.arbitrary()? })
        }
    }

    impl<'a> crate::Arbitrary<'a> for Window {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let year = u.int_in_range(1900..=9999)?;
            Ok(Self(match u.int_in_range(0..=4)? {
                0 => Written::Year(year),
                1 => Written::Month(year, u.int_in_range(1..=12)?),
                2 => Written::Quarter(year, u.int_in_range(1..=4)?),
                3 => Written::Half(year, u.int_in_range(1..=2)?),
                _ => Written::Range(u.arbitrary::<Date>()?.day, u.arbitrary::<Date>()?.day),
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_they_were_read() {
        for good in ["2026-03-01", "2026-03-01T09:00", "9999-12-31T24:00", "1900-01-01"] {
            assert_eq!(good.parse::<Date>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "2026",
            "2026-3-1",
            "2026-02-29",
            "1899-12-31",
            "2026-13-01",
            "2026-03-01T25:00",
            "2026-03-01 09:00",
            "2026-03-01T9:00",
            "262000-01-01",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn windows_cover_whole_days() {
        for (text, first, last) in [
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2026-Q4", "2026-10-01", "2026-12-31"),
            ("2026-H2", "2026-07-01", "2026-12-31"),
            ("2026", "2026-01-01", "2026-12-31"),
            ("2026-03-01/2026-04-15", "2026-03-01", "2026-04-15"),
            ("2026-03-07", "2026-03-07", "2026-03-07"),
        ] {
            let window: Window = text.parse().unwrap();
            assert_eq!(window.to_string(), text);
            assert_eq!(window.first_day().to_string(), first);
            assert_eq!(window.last_day().to_string(), last);
        }
        for bad in [
            "",
            "26",
            "2026-",
            "2026-Q5",
            "2026-H3",
            "2026-13",
            "2026-3",
            "2026-03-01/",
            "1800",
        ] {
            assert!(bad.parse::<Window>().is_err(), "{bad}");
        }
        assert!("2026-03-02/2026-03-01".parse::<Window>().unwrap().is_reversed());
        assert_eq!("9999".parse::<Window>().unwrap().finish(), Minute::MAX);
    }
}
