//! Working time, decided minute by minute.
//!
//! [`Hours`] is what a person would write down: the hours of a week, and the days that differ. [`Naive`] answers from it
//! by walking along the minutes and counting those that are worked. A whole hour or day is passed in one step when all
//! of it is to be passed anyway; there is no index, no prefix sum and no closed formula.

use std::collections::BTreeMap;
use std::fmt;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::time::{DAY, Minute};

const HOUR: i64 = 60;

/// A stretch of work within a day: from one minute of the day up to another.
pub(crate) type Stretch = (u16, u16);

/// The hours of a week, Monday first, and the days (since 1970-01-01) that have hours of their own.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hours {
    pub(crate) week: [Vec<Stretch>; 7],
    pub(crate) exceptions: Vec<(i64, Vec<Stretch>)>,
}

impl Hours {
    /// The same hours every day of the week.
    pub(crate) fn daily(day: &[Stretch]) -> Self {
        Self {
            week: std::array::from_fn(|_| day.to_vec()),
            exceptions: Vec::new(),
        }
    }

    /// The same hours Monday to Friday.
    pub(crate) fn weekdays(day: &[Stretch]) -> Self {
        let mut hours = Self::daily(day);
        hours.week[5].clear();
        hours.week[6].clear();
        hours
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00.
    pub(crate) fn standard() -> Self {
        Self::weekdays(&[(8 * 60, 12 * 60), (13 * 60, 17 * 60)])
    }

    /// Day and night.
    pub(crate) fn always() -> Self {
        Self::daily(&[(0, 1440)])
    }

    /// The calendar under test, from the same hours.
    pub(crate) fn compiled(&self) -> WorkCalendar {
        if *self == Self::standard() {
            WorkCalendar::standard()
        } else if *self == Self::always() {
            WorkCalendar::always()
        } else {
            WorkCalendar::new(self.week.clone(), self.exceptions.iter().cloned())
        }
    }
}

impl fmt::Debug for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stretches = |day: &[Stretch]| {
            let each =
                |(from, to): &Stretch| format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
            match day {
                [] => "off".to_owned(),
                day => day.iter().map(each).collect::<Vec<_>>().join("+"),
            }
        };
        for (name, day) in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].iter().zip(&self.week) {
            write!(f, "{name} {} ", stretches(day))?;
        }
        for (day, hours) in &self.exceptions {
            let date = Minute::clamped(day * DAY).date();
            write!(f, "{date} {} ", stretches(hours))?;
        }
        Ok(())
    }
}

/// A calendar that counts.
pub(crate) struct Naive {
    week: [Day; 7],
    exceptions: BTreeMap<i64, Day>,
}

/// Which minutes of a day are worked, and how many they are in each hour and in all.
struct Day {
    worked: Vec<bool>,
    in_hour: Vec<i64>,
    in_all: i64,
}

impl Day {
    fn new(stretches: &[Stretch]) -> Self {
        let worked: Vec<bool> = (0..1440)
            .map(|minute| stretches.iter().any(|&(from, to)| from <= minute && minute < to))
            .collect();
        let count = |minutes: &[bool]| i64::try_from(minutes.iter().filter(|w| **w).count()).unwrap();
        Self {
            in_hour: worked.chunks(60).map(count).collect(),
            in_all: count(&worked),
            worked,
        }
    }
}

/// Where a walk ends once its working minutes are behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// There and then.
    AtOnce,
    /// On the far side of the non-working time that follows, if any does.
    AcrossTheGap,
}

impl Naive {
    pub(crate) fn new(hours: &Hours) -> Self {
        Self {
            week: std::array::from_fn(|weekday| Day::new(&hours.week[weekday])),
            exceptions: hours
                .exceptions
                .iter()
                .map(|(day, hours)| (*day, Day::new(hours)))
                .collect(),
        }
    }

    /// Whether the minute that begins at `t` is worked.
    pub(crate) fn works(&self, t: Minute) -> bool {
        self.work_in(t.get(), 1) == Some(1)
    }

    /// Whether `t` touches working time: a worked minute begins or ends there. At an end of the span of dates there is
    /// nothing more to wait for, so that counts as well.
    pub(crate) fn touches(&self, t: Minute) -> bool {
        t == Minute::MIN || t == Minute::MAX || self.works(t) || self.works(t.plus(-1))
    }

    /// Worked minutes from `a` to `b`, negative when `b` comes first.
    pub(crate) fn between(&self, a: Minute, b: Minute) -> i64 {
        if b < a {
            return -self.between(b, a);
        }
        let (mut t, mut sum) = (a.get(), 0);
        while t < b.get() {
            let (length, work) = [DAY, HOUR, 1]
                .into_iter()
                .filter(|length| t + length <= b.get())
                .find_map(|length| Some((length, self.work_in(t, length)?)))
                .expect("every minute before the last instant is a block of its own");
            t += length;
            sum += work;
        }
        sum
    }

    /// The earliest instant with `work` worked minutes from `from` to it; before `from` when `work` is negative. An end
    /// of the span of dates where there is none.
    pub(crate) fn earliest(&self, from: Minute, work: i64) -> Minute {
        if work > 0 {
            self.walk(from, 1, work, End::AtOnce)
        } else {
            self.walk(from, -1, -work, End::AcrossTheGap)
        }
    }

    /// The latest instant with `work` worked minutes from `from` to it; before `from` when `work` is negative. An end of
    /// the span of dates where there is none.
    pub(crate) fn latest(&self, from: Minute, work: i64) -> Minute {
        if work >= 0 {
            self.walk(from, 1, work, End::AcrossTheGap)
        } else {
            self.walk(from, -1, -work, End::AtOnce)
        }
    }

    /// Goes forward (1) or back (-1) until `left` worked minutes have been passed.
    fn walk(&self, from: Minute, direction: i64, mut left: i64, end: End) -> Minute {
        let mut t = from.get();
        while left > 0 || end == End::AcrossTheGap {
            let next = [DAY, HOUR, 1].into_iter().find_map(|length| {
                let first = if direction > 0 { t } else { t - length };
                let work = self.work_in(first, length)?;
                // A longer block that holds just the rest may end in a gap, and so past the instant we want.
                let passed = work < left || work == left && (length == 1 || end == End::AcrossTheGap);
                passed.then_some((length, work))
            });
            let Some((length, work)) = next else {
                break; // the next minute is one too many, or the span of dates is at its end
            };
            t += direction * length;
            left -= work;
        }
        Minute::clamped(t)
    }

    /// The worked minutes in the whole day, whole hour or one minute that begins at `first`; `None` when no such block
    /// begins there, or when it does not lie within the span of dates.
    fn work_in(&self, first: i64, length: i64) -> Option<i64> {
        let whole = first.rem_euclid(length) == 0;
        if !whole || first < Minute::MIN.get() || first + length > Minute::MAX.get() {
            return None;
        }
        let number = first.div_euclid(DAY);
        // 1970-01-01 was a Thursday.
        let weekday = usize::try_from((number + 3).rem_euclid(7)).unwrap();
        let day = self.exceptions.get(&number).unwrap_or(&self.week[weekday]);
        let minute = usize::try_from(first.rem_euclid(DAY)).unwrap();
        Some(match length {
            DAY => day.in_all,
            HOUR => day.in_hour[minute / 60],
            _ => i64::from(day.worked[minute]),
        })
    }
}
