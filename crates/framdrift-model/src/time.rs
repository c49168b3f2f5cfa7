//! Instants: whole civil minutes, with one closed span that every date of a programme lies in.
//!
//! framdrift knows no zones and no clock. A date in a programme file is local civil time, and an instant is the number
//! of civil minutes since 1970-01-01T00:00. Every day has 1 440 of them.

use std::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike};

/// Minutes in a civil day.
pub const DAY: i64 = 24 * 60;

/// An instant in whole civil minutes since 1970-01-01T00:00, within [`Minute::MIN`] and [`Minute::MAX`].
///
/// ```
/// use framdrift_model::time::Minute;
///
/// let start = Minute::of(2026, 3, 2, 8, 0).unwrap();
/// assert_eq!(start.to_string(), "2026-03-02T08:00");
/// assert_eq!(start.plus(90).to_string(), "2026-03-02T09:30");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minute(i64);

impl Minute {
    /// 1900-01-01T00:00, the first instant a programme may name.
    pub const MIN: Self = Self(-25_567 * DAY);
    /// 9999-12-31T23:59, the last instant a programme may name.
    pub const MAX: Self = Self(2_932_896 * DAY + DAY - 1);

    /// The instant `minutes` after 1970-01-01T00:00, moved to the nearest end of the span when it lies outside.
    #[must_use]
    #[inline]
    pub const fn clamped(minutes: i64) -> Self {
        if minutes < Self::MIN.0 {
            Self::MIN
        } else if minutes > Self::MAX.0 {
            Self::MAX
        } else {
            Self(minutes)
        }
    }

    /// The instant of a civil date and time of day; `None` where there is no such date or it lies outside the span.
    #[must_use]
    pub fn of(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Option<Self> {
        let date = NaiveDate::from_ymd_opt(year, month, day)?;
        Self::from_datetime(date.and_hms_opt(hour, minute, 0)?)
    }

    /// The instant of a chrono date-time; seconds are cut off. `None` outside the span.
    #[must_use]
    pub fn from_datetime(value: NaiveDateTime) -> Option<Self> {
        let minutes = value.and_utc().timestamp().div_euclid(60);
        (Self::MIN.0..=Self::MAX.0).contains(&minutes).then_some(Self(minutes))
    }

    /// The first instant of a civil day; `None` outside the span.
    #[must_use]
    pub fn from_date(value: NaiveDate) -> Option<Self> {
        Self::from_datetime(value.and_hms_opt(0, 0, 0)?)
    }

    /// The same instant as a chrono date-time.
    #[must_use]
    pub fn to_datetime(self) -> NaiveDateTime {
        // INVARIANT: every value lies within 1900..=9999, far inside chrono's range.
        DateTime::from_timestamp(self.0 * 60, 0)
            .expect("an instant lies within chrono's range")
            .naive_utc()
    }

    /// The civil date this instant lies in.
    #[must_use]
    pub fn date(self) -> NaiveDate {
        self.to_datetime().date()
    }

    /// Minutes since 1970-01-01T00:00.
    #[must_use]
    #[inline]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Days since 1970-01-01, and the minute of that day (0 to 1 439).
    #[must_use]
    pub const fn day_and_minute(self) -> (i64, i64) {
        (self.0.div_euclid(DAY), self.0.rem_euclid(DAY))
    }

    /// This instant moved by civil minutes, kept within the span.
    #[must_use]
    #[inline]
    pub const fn plus(self, minutes: i64) -> Self {
        Self::clamped(self.0.saturating_add(minutes))
    }

    /// Civil minutes from `earlier` to `self`; negative when `self` comes first.
    #[must_use]
    #[inline]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }
}

impl fmt::Display for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let t = self.to_datetime();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}",
            t.year(),
            t.month(),
            t.day(),
            t.hour(),
            t.minute()
        )
    }
}

impl fmt::Debug for Minute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_span_are_the_dates_they_claim() {
        assert_eq!(Minute::MIN.to_string(), "1900-01-01T00:00");
        assert_eq!(Minute::MAX.to_string(), "9999-12-31T23:59");
        assert_eq!(Minute::of(1900, 1, 1, 0, 0), Some(Minute::MIN));
        assert_eq!(Minute::of(9999, 12, 31, 23, 59), Some(Minute::MAX));
        assert_eq!(Minute::of(1899, 12, 31, 23, 59), None);
    }

    #[test]
    fn moving_past_an_end_stops_there() {
        assert_eq!(Minute::MAX.plus(i64::MAX), Minute::MAX);
        assert_eq!(Minute::MIN.plus(i64::MIN), Minute::MIN);
    }
}
