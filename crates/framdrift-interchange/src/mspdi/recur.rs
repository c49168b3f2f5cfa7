//! Exceptions that come again, laid out day by day; and which of several counts on a day.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::raw::{RawException, RawRecurrence};
use crate::calendar::{Special, Stretch};

/// The most days that one exception is laid out to.
const MOST: usize = 40_000;

/// Why an exception could not be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It has no dates, or they are the wrong way round.
    NoDates,
    /// Its kind of recurrence is not known, or its numbers say nothing.
    Unknown,
}

/// Which exception counts on a day that several name: the least. The order of the file decides between equals alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// The older form repeats what the newer one says, but has lost what comes again and how.
    among_days: bool,
    kind: Kind,
}

/// What an exception is to those who plan by it, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    SingleDay,
    Daily,
    Yearly,
    Monthly,
    Weekly,
}

/// The rank of an exception that is laid out as `days`.
pub(super) fn rank(raw: &RawException, days: &[Special]) -> Rank {
    let kind = match raw.recurrence.kind {
        Some(2 | 3) => Kind::Yearly,
        Some(4 | 5) => Kind::Monthly,
        Some(6) => Kind::Weekly,
        _ if matches!(days, [day] if day.first == day.last) => Kind::SingleDay,
        _ => Kind::Daily,
    };
    Rank {
        among_days: raw.among_days,
        kind,
    }
}

/// The days of an exception. `hours` are those worked on them.
pub(super) fn days(raw: &RawException, hours: &[Stretch]) -> Result<Vec<Special>, Trouble> {
    let (Some(from), Some(to)) = (raw.from, raw.to) else {
        return Err(Trouble::NoDates);
    };
    let (first, last) = (from.date.day(), to.date.day());
    let rule = raw.recurrence;
    let special = |first, last| Special {
        first,
        last,
        hours: hours.to_vec(),
        name: raw.name.clone(),
    };
    let step = rule.period.unwrap_or(1).max(1).unsigned_abs();
    match rule.kind {
        // No recurrence, or every day.
        None | Some(1 | 7 | 9) if step == 1 => {
            if last < first {
                return Err(Trouble::NoDates);
            }
            Ok(vec![special(first, last)])
        }
        _ => {
            if last < first {
                return Err(Trouble::NoDates);
            }
            let found = dates(rule, step, first, last)?;
            Ok(found.into_iter().map(|day| special(day, day)).collect())
        }
    }
}

/// The days on which it holds, in order. A rule that is bounded by occurrences ends with them, and with its last date too,
/// where that lies behind them.
fn dates(rule: RawRecurrence, step: u64, first: NaiveDate, last: NaiveDate) -> Result<Vec<NaiveDate>, Trouble> {
    let occurrences = rule
        .occurrences
        .filter(|_| rule.by_occurrences)
        .map_or(MOST, |n| usize::try_from(n).unwrap_or(0));
    let most = occurrences.min(MOST);
    // By occurrences, the last date is a result; it may be that of the first occurrence.
    let last = if rule.by_occurrences {
        first.checked_add_days(Days::new(36_600)).unwrap_or(NaiveDate::MAX)
    } else {
        last
    };
    let mut found = Vec::new();
    let mut push = |day: NaiveDate| {
        if day >= first && day <= last && found.len() < most {
            found.push(day);
        }
        day <= last && found.len() < most
    };
    match rule.kind.ok_or(Trouble::Unknown)? {
        1 | 7 | 9 => {
            let mut day = first;
            while push(day) {
                day = day.checked_add_days(Days::new(step)).ok_or(Trouble::Unknown)?;
            }
        }
        6 => {
            let mask = rule
                .days_of_week
                .filter(|mask| mask & 0x7F != 0)
                .ok_or(Trouble::Unknown)?;
            // Weeks begin on Sunday, as the mask does.
            let into = u64::from(first.weekday().num_days_from_sunday());
            let mut week = first.checked_sub_days(Days::new(into)).ok_or(Trouble::Unknown)?;
            'weeks: loop {
                for bit in 0..7 {
                    let day = week.checked_add_days(Days::new(bit)).ok_or(Trouble::Unknown)?;
                    if (mask & (1 << bit) != 0 && !push(day)) || day > last {
                        break 'weeks;
                    }
                }
                week = week
                    .checked_add_days(Days::new(7 * step.min(5_000)))
                    .ok_or(Trouble::Unknown)?;
            }
        }
        kind @ (2..=5) => {
            let monthly = kind >= 4;
            let months = if monthly { step.min(12_000) } else { 12 };
            let month = if monthly {
                i64::from(first.month0())
            } else {
                rule.month.filter(|m| (0..12).contains(m)).ok_or(Trouble::Unknown)?
            };
            let mut count = i64::from(first.year()) * 12 + month;
            let end = i64::from(last.year()) * 12 + i64::from(last.month0());
            while count <= end {
                let (year, month) = (count.div_euclid(12), count.rem_euclid(12));
                let day = of_month(rule, kind, year, month)?;
                if day.is_some_and(|day| !push(day)) {
                    break;
                }
                count += i64::try_from(months).map_err(|_| Trouble::Unknown)?;
            }
        }
        _ => return Err(Trouble::Unknown),
    }
    Ok(found)
}

/// The day of a month that the rule means. A number beyond a shorter month means its last day; a fifth Monday that is not there
/// means none.
fn of_month(rule: RawRecurrence, kind: i64, year: i64, month0: i64) -> Result<Option<NaiveDate>, Trouble> {
    let (Ok(year), Ok(month)) = (i32::try_from(year), u32::try_from(month0 + 1)) else {
        return Err(Trouble::Unknown);
    };
    let day_of = |day| NaiveDate::from_ymd_opt(year, month, day);
    if kind == 2 || kind == 4 {
        let day = rule
            .month_day
            .filter(|d| (1..=31).contains(d))
            .ok_or(Trouble::Unknown)?;
        let day = u32::try_from(day).map_err(|_| Trouble::Unknown)?;
        return Ok((1..=day).rev().find_map(day_of));
    }
    let item = rule.month_item.ok_or(Trouble::Unknown)?;
    let fits = |day: NaiveDate| match item {
        0 => true,
        1 => !matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        2 => matches!(day.weekday(), Weekday::Sat | Weekday::Sun),
        3..=9 => i64::from(day.weekday().num_days_from_sunday()) == item - 3,
        _ => false,
    };
    if !(0..=9).contains(&item) {
        return Err(Trouble::Unknown);
    }
    let all: Vec<NaiveDate> = (1..=31).filter_map(day_of).filter(|day| fits(*day)).collect();
    match rule.month_position.ok_or(Trouble::Unknown)? {
        4 => Ok(all.last().copied()),
        nth @ 0..=3 => Ok(all.get(nth.unsigned_abs() as usize).copied()),
        _ => Err(Trouble::Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mspdi::value::stamp;

    fn laid(from: &str, to: &str, recurrence: RawRecurrence) -> Vec<String> {
        let raw = RawException {
            from: stamp(from),
            to: stamp(to),
            recurrence,
            ..RawException::default()
        };
        let name = |s: Special| {
            if s.first == s.last {
                s.first.to_string()
            } else {
                format!("{}/{}", s.first, s.last)
            }
        };
        days(&raw, &[]).unwrap().into_iter().map(name).collect()
    }

    fn rule(kind: i64) -> RawRecurrence {
        RawRecurrence {
            kind: Some(kind),
            ..RawRecurrence::default()
        }
    }

    #[test]
    fn every_kind_of_recurrence() {
        assert_eq!(
            laid("2026-01-05T00:00:00", "2026-01-07T23:59:00", rule(1)),
            ["2026-01-05/2026-01-07"]
        );
        assert_eq!(
            laid("2026-01-05T00:00:00", "2026-01-05T23:59:59", rule(1)),
            ["2026-01-05"]
        );
        let every_third = RawRecurrence {
            period: Some(3),
            ..rule(7)
        };
        assert_eq!(
            laid("2026-01-05T00:00:00", "2026-01-12T23:59:00", every_third),
            ["2026-01-05", "2026-01-08", "2026-01-11"]
        );
        let yearly = RawRecurrence {
            month: Some(1),
            month_day: Some(29),
            by_occurrences: true,
            occurrences: Some(2),
            ..rule(2)
        };
        assert_eq!(
            laid("2026-01-01T00:00:00", "2026-01-01T23:59:00", yearly),
            ["2026-02-28", "2027-02-28"]
        );
        // The last Monday of October.
        let bank = RawRecurrence {
            month: Some(9),
            month_item: Some(4),
            month_position: Some(4),
            ..rule(3)
        };
        assert_eq!(
            laid("2025-01-01T00:00:00", "2026-12-31T23:59:00", bank),
            ["2025-10-27", "2026-10-26"]
        );
        let monthly = RawRecurrence {
            month_day: Some(31),
            period: Some(1),
            ..rule(4)
        };
        assert_eq!(
            laid("2026-01-01T00:00:00", "2026-04-30T23:59:00", monthly),
            ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
        );
        // The second weekday of every other month.
        let by_position = RawRecurrence {
            month_item: Some(1),
            month_position: Some(1),
            period: Some(2),
            ..rule(5)
        };
        assert_eq!(
            laid("2026-01-01T00:00:00", "2026-03-31T23:59:00", by_position),
            ["2026-01-02", "2026-03-03"]
        );
        // Sundays and Wednesdays, every other week.
        let weekly = RawRecurrence {
            days_of_week: Some(1 + 8),
            period: Some(2),
            ..rule(6)
        };
        assert_eq!(
            laid("2026-01-05T00:00:00", "2026-01-31T23:59:00", weekly),
            ["2026-01-07", "2026-01-18", "2026-01-21"]
        );
    }

    #[test]
    fn numbers_without_sense_are_told() {
        let raw = |recurrence| RawException {
            from: stamp("2026-01-01T00:00:00"),
            to: stamp("9999-12-31T00:00:00"),
            recurrence,
            ..RawException::default()
        };
        for recurrence in [
            rule(0),
            rule(8),
            rule(2),
            rule(6),
            RawRecurrence {
                month: Some(12),
                month_day: Some(1),
                ..rule(2)
            },
            RawRecurrence {
                month_item: Some(10),
                month_position: Some(0),
                ..rule(5)
            },
            RawRecurrence {
                month_day: Some(32),
                ..rule(4)
            },
        ] {
            assert_eq!(
                days(&raw(recurrence), &[]).unwrap_err(),
                Trouble::Unknown,
                "{recurrence:?}"
            );
        }
        let endless = RawRecurrence {
            period: Some(i64::MAX),
            days_of_week: Some(127),
            ..rule(6)
        };
        assert!(days(&raw(endless), &[]).is_ok());
        let many = RawRecurrence {
            period: Some(2),
            ..rule(7)
        };
        assert_eq!(days(&raw(many), &[]).unwrap().len(), MOST);
        assert_eq!(days(&RawException::default(), &[]).unwrap_err(), Trouble::NoDates);
    }
}
