//! Calendar periods: months and days counted on the civil calendar, as ISO 8601 writes them.

use std::fmt;

use chrono::{Datelike, Days, Months};

use crate::malformed::Wrong;
use crate::time::Minute;

/// A calendar period such as `P3M`, `P1Y` or `P14D` (ISO 8601, date part only, never negative, never empty).
///
/// Years count as 12 months and weeks as 7 days. Counting goes from the anchor, months first, and a day that the target
/// month does not have becomes that month's end.
///
/// ```
/// use framdrift_model::period::Period;
/// use framdrift_model::time::Minute;
///
/// let lead: Period = "P3M".parse().unwrap();
/// let go_live = Minute::of(2026, 5, 31, 8, 0).unwrap();
/// assert_eq!(lead.before(go_live).to_string(), "2026-02-28T23:59", "the end of the shorter month");
///
/// // Finished on 30 November: the first instant that lies three months after it is 1 March.
/// let finished = Minute::of(2025, 11, 30, 17, 0).unwrap();
/// assert_eq!(lead.earliest_anchor(finished).to_string(), "2026-03-01T00:00");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    months: u32,
    days: u32,
    written: Written,
}

/// How the author wrote it, so that writing gives it back.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Written {
    years: u32,
    months: u32,
    weeks: u32,
    days: u32,
}

/// The largest number a part of a period may have.
const MOST: u32 = 99_999;

impl Period {
    /// A period of whole months.
    #[must_use]
    pub const fn months(months: u32) -> Self {
        Self::parts(0, months, 0, 0)
    }

    /// A period of days.
    #[must_use]
    pub const fn days(days: u32) -> Self {
        Self::parts(0, 0, 0, days)
    }

    const fn parts(years: u32, months: u32, weeks: u32, days: u32) -> Self {
        Self {
            months: years * 12 + months,
            days: weeks * 7 + days,
            written: Written {
                years,
                months,
                weeks,
                days,
            },
        }
    }

    /// The instant this period before `anchor`, kept within the span of dates. Where the target month lacks the anchor's day, it
    /// is the month's last minute, so that a later anchor never gives an earlier instant.
    #[must_use]
    pub fn before(self, anchor: Minute) -> Minute {
        let anchor = anchor.to_datetime();
        anchor
            .checked_sub_months(Months::new(self.months))
            .and_then(|t| {
                if t.day() == anchor.day() {
                    Some(t)
                } else {
                    t.date().and_hms_opt(23, 59, 0)
                }
            })
            .and_then(|t| t.checked_sub_days(Days::new(self.days.into())))
            .and_then(Minute::from_datetime)
            .unwrap_or(Minute::MIN)
    }

    /// The least instant `a` with `self.before(a) >= finish`; [`Minute::MAX`] where none lies within the span.
    #[must_use]
    pub fn earliest_anchor(self, finish: Minute) -> Minute {
        // Days first, then months: the inverse of `before`. `before` never decreases with its anchor, and the months it
        // clamps leave gaps; where the naive inverse falls short of `finish`, the least anchor is the start of the next day.
        let naive = finish
            .to_datetime()
            .checked_add_days(Days::new(self.days.into()))
            .and_then(|t| t.checked_add_months(Months::new(self.months)))
            .and_then(Minute::from_datetime);
        let Some(naive) = naive else {
            return Minute::MAX;
        };
        if self.before(naive) >= finish {
            return naive;
        }
        let (day, _) = naive.day_and_minute();
        Minute::clamped((day + 1) * crate::time::DAY)
    }
}

impl Period {
    pub(crate) fn read(text: &str) -> Result<Self, Wrong> {
        let rest = text.strip_prefix('P').ok_or(None)?;
        let mut parts = [None; 4];
        let mut next = 0;
        let mut digits = String::new();
        for c in rest.chars() {
            if c.is_ascii_digit() {
                digits.push(c);
                continue;
            }
            let place = "YMWD".find(c).ok_or(None)?;
            if place < next || digits.is_empty() {
                return Err(None);
            }
            let number: u32 = digits
                .parse()
                .ok()
                .filter(|n| *n <= MOST)
                .ok_or_else(|| Some(format!("a part of a period is at most {MOST}")))?;
            parts[place] = Some(number);
            next = place + 1;
            digits.clear();
        }
        if !digits.is_empty() || parts.iter().all(Option::is_none) {
            return Err(None);
        }
        let [years, months, weeks, days] = parts.map(|p| p.unwrap_or(0));
        if years + months + weeks + days == 0 {
            return Err(Some("a period of nothing says nothing".to_owned()));
        }
        Ok(Self::parts(years, months, weeks, days))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let w = self.written;
        for (number, letter) in [(w.years, 'Y'), (w.months, 'M'), (w.weeks, 'W'), (w.days, 'D')] {
            if number > 0 {
                write!(f, "{number}{letter}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_anchor_is_the_least_one() {
        let mut day = Minute::of(2023, 11, 1, 0, 0).unwrap();
        let end = Minute::of(2024, 4, 1, 0, 0).unwrap();
        while day < end {
            for minute in [0, 17 * 60, 23 * 60 + 59] {
                let finish = day.plus(minute);
                for text in ["P1M", "P3M", "P1Y", "P1M1D", "P14D", "P1Y2M3W4D"] {
                    let period: Period = text.parse().unwrap();
                    let anchor = period.earliest_anchor(finish);
                    assert!(period.before(anchor) >= finish, "{text} {finish}");
                    assert!(period.before(anchor.plus(-1)) < finish, "{text} {finish}");
                }
            }
            day = day.plus(crate::time::DAY);
        }
    }

    #[test]
    fn a_later_anchor_never_gives_an_earlier_instant() {
        for text in ["P1M", "P3M", "P1M1D", "P1Y"] {
            let period: Period = text.parse().unwrap();
            let mut anchor = Minute::of(2023, 12, 30, 0, 0).unwrap();
            let end = Minute::of(2024, 6, 2, 0, 0).unwrap();
            while anchor < end {
                let next = anchor.plus(7);
                assert!(period.before(next) >= period.before(anchor), "{text} {anchor}");
                anchor = next;
            }
        }
    }

    #[test]
    fn written_forms() {
        for good in ["P3M", "P1Y", "P14D", "P1Y6M", "P2W"] {
            assert_eq!(good.parse::<Period>().unwrap().to_string(), good);
        }
        for bad in [
            "", "P", "3M", "P3", "PM", "P1M1Y", "PT3H", "P-1M", "P0D", "P3M ", "P100000D", "P1M1M",
        ] {
            assert!(bad.parse::<Period>().is_err(), "{bad}");
        }
    }
}
