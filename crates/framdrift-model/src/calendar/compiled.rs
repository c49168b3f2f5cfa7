//! Compiled working time: how many working minutes lie before an instant, and the two ways back.
//!
//! # How it works
//!
//! The span of dates begins on a Monday, so an instant is a week number and a minute in that week, and without exceptions
//! working time is one multiplication. Exceptions cut the weeks into *stretches*: a week that contains exceptional days,
//! then any number of ordinary weeks. Each stretch remembers the working minutes before it, so both directions are: find
//! the stretch, then count within it.
//!
//! Stretches are found by binary search. Two tables narrow that search to a handful of neighbours, one by week and one by
//! working minutes; they begin at the first exception and are no longer than a multiple of the number of exceptional
//! weeks, so memory grows with the exceptions given and not with the years between them. Public holidays always lie close
//! enough for the tables to cover them whole. The tables are only hints: without them the answers are the same.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

use super::hints::Hints;
use super::hours::Hours;
use crate::time::{DAY, Minute};

const DAY_MINUTES: u32 = DAY as u32;
const WEEK_MINUTES: u32 = 7 * DAY_MINUTES;

/// Days since 1970-01-01 of the first day of the span, a Monday.
const FIRST_DAY: i64 = Minute::MIN.day_and_minute().0;
/// Days in the span.
const DAYS: i64 = Minute::MAX.day_and_minute().0 - FIRST_DAY + 1;

// INVARIANT: instants and working minutes counted from `Minute::MIN` fit a `u32`, also at the end of the last, cut week.
const _: () = assert!((DAYS + 7) * DAY <= u32::MAX as i64);
// INVARIANT: 1970-01-01 was a Thursday, so the first day of the span is a Monday.
const _: () = assert!((FIRST_DAY + 3).rem_euclid(7) == 0);

/// Working time: weekly hours and exceptional days, compiled for conversion between instants and working minutes.
///
/// Working minutes are counted from [`Minute::MIN`]. The count stands still outside working hours, so one count belongs
/// to a whole range of instants, and the way back has two answers: [`start_of`](Self::start_of) is the last instant of
/// that range, where the next working minute begins, and [`finish_of`](Self::finish_of) is the first, where the previous
/// one ended.
///
/// ```
/// use framdrift_model::calendar::WorkCalendar;
/// use framdrift_model::time::Minute;
///
/// let calendar = WorkCalendar::standard();
/// let friday = Minute::of(2026, 3, 6, 16, 0).unwrap();
///
/// // Two hours of work from Friday 16:00 are done on Monday 09:00.
/// let done = calendar.work_at(friday) + 120;
/// assert_eq!(calendar.finish_of(done).to_string(), "2026-03-09T09:00");
///
/// // After one hour, work has finished on Friday 17:00, and more work starts on Monday 08:00.
/// let done = calendar.work_at(friday) + 60;
/// assert_eq!(calendar.finish_of(done).to_string(), "2026-03-06T17:00");
/// assert_eq!(calendar.start_of(done).to_string(), "2026-03-09T08:00");
/// ```
///
/// Cloning is cheap: clones share the compiled tables. Two calendars are equal when they have the same weekly hours and
/// differ from them on the same days in the same way. Conversion costs O(log *n*) at worst, for *n* exceptional days, and a
/// few table look-ups where exceptions come as regularly as public holidays do.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkCalendar {
    compiled: Arc<Compiled>,
}

#[derive(PartialEq, Eq)]
struct Compiled {
    /// Every kind of day there is; the first seven are the weekly hours, Monday first.
    hours: Vec<Hours>,
    /// Ordinary working minutes in a week before each weekday; the last is the whole week.
    before_weekday: [u32; 8],
    /// Days that differ from the weekly hours, in order.
    exceptions: Vec<Exception>,
    /// In order; the first begins with week 0, with or without exceptions.
    stretches: Vec<Stretch>,
    by_week: Hints,
    by_work: Hints,
    /// Working minutes before `Minute::MAX`.
    total: u32,
    every_minute: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Exception {
    /// Days since the first day of the span.
    day: u32,
    /// Position in `hours`.
    hours: u32,
}

/// A week with exceptions and the ordinary weeks that follow it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stretch {
    week: u32,
    /// Working minutes before the week.
    before: u32,
    /// Working minutes before the week after it.
    after: u32,
    /// The exceptions of the week.
    exceptions: (u32, u32),
}

impl WorkCalendar {
    /// Compiles weekly hours, Monday first, and exceptional days, counted from 1970-01-01.
    ///
    /// Hours are half-open spans in minutes of the day, `(480, 720)` for 08:00–12:00; 1440 is the midnight that ends it.
    /// Spans may come in any order. Those that overlap or touch are joined, empty or backward ones are dropped, and what
    /// lies beyond midnight is cut off. An exception replaces the whole day's hours: an empty list is a day off, and hours
    /// on a Sunday make it a working day. When a day is named more than once, the last one counts. Days outside the span
    /// of dates are ignored.
    ///
    /// ```
    /// use framdrift_model::calendar::WorkCalendar;
    ///
    /// let day = vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)];
    /// let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]];
    /// let new_year = 20_454; // 2026-01-01, a Thursday
    /// let calendar = WorkCalendar::new(week, [(new_year, vec![])]);
    /// assert!(calendar.hours_on(new_year).is_empty());
    /// assert_eq!(calendar.hours_on(new_year + 1), [(480, 720), (780, 1020)]);
    /// ```
    #[must_use]
    pub fn new(week: [Vec<(u16, u16)>; 7], exceptions: impl IntoIterator<Item = (i64, Vec<(u16, u16)>)>) -> Self {
        let mut named = BTreeMap::new();
        for (day, spans) in exceptions {
            let day = day.saturating_sub(FIRST_DAY);
            if (0..DAYS).contains(&day) {
                named.insert(day as u32, spans);
            }
        }
        Self {
            compiled: Arc::new(Compiled::new(week.map(Hours::new), named)),
        }
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00.
    #[must_use]
    pub fn standard() -> Self {
        let day = || vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)];
        Self::new([day(), day(), day(), day(), day(), vec![], vec![]], [])
    }

    /// Every minute of every day.
    #[must_use]
    pub fn always() -> Self {
        Self::new([(); 7].map(|()| vec![(0, DAY as u16)]), [])
    }

    /// Working minutes before `t`, counted from [`Minute::MIN`].
    ///
    /// Never decreases, and grows by at most one from one minute to the next.
    #[must_use]
    pub fn work_at(&self, t: Minute) -> i64 {
        self.compiled.work_at(offset(t)).into()
    }

    /// The latest instant with `work` working minutes before it: where the next working minute begins.
    ///
    /// [`Minute::MIN`] when `work` is negative. [`Minute::MAX`] when no working minute follows within the span, so also
    /// for everything from nought up in a calendar without work.
    #[must_use]
    pub fn start_of(&self, work: i64) -> Minute {
        let calendar = &*self.compiled;
        if work < 0 {
            Minute::MIN
        } else if work >= calendar.total.into() {
            Minute::MAX
        } else {
            instant(calendar.nth(work as u32))
        }
    }

    /// The earliest instant with `work` working minutes before it: where the last of them ended.
    ///
    /// [`Minute::MIN`] when `work` is nought or negative. [`Minute::MAX`] when the span has not so many.
    #[must_use]
    pub fn finish_of(&self, work: i64) -> Minute {
        let calendar = &*self.compiled;
        if work <= 0 {
            Minute::MIN
        } else if work > calendar.total.into() {
            Minute::MAX
        } else {
            instant(calendar.nth(work as u32 - 1) + 1)
        }
    }

    /// Whether the minute that begins at `t` is a working one.
    #[must_use]
    pub fn is_working(&self, t: Minute) -> bool {
        let offset = offset(t);
        self.compiled
            .hours_on(offset / DAY_MINUTES)
            .contains(offset % DAY_MINUTES)
    }

    /// Working minutes from `from` to `to`; negative when `to` comes first.
    #[must_use]
    pub fn between(&self, from: Minute, to: Minute) -> i64 {
        self.work_at(to) - self.work_at(from)
    }

    /// Whether there is any working minute before [`Minute::MAX`].
    #[must_use]
    pub fn has_work(&self) -> bool {
        self.compiled.total > 0
    }

    /// The working hours of a day, counted from 1970-01-01: half-open spans in minutes of the day, in order and apart from
    /// each other. A day outside the span of dates has its weekday's hours.
    #[must_use]
    pub fn hours_on(&self, day: i64) -> &[(u16, u16)] {
        let offset = day.saturating_sub(FIRST_DAY);
        let hours = if (0..DAYS).contains(&offset) {
            self.compiled.hours_on(offset as u32)
        } else {
            // Not by `offset`, which may have been cut off: 1970-01-01 was a Thursday.
            &self.compiled.hours[((day.rem_euclid(7) + 3) % 7) as usize]
        };
        hours.spans()
    }
}

impl fmt::Debug for WorkCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The tables would run to thousands of lines and say nothing that the hours do not.
        let week: Vec<_> = self.compiled.hours[..7].iter().map(Hours::spans).collect();
        f.debug_struct("WorkCalendar")
            .field("week", &week)
            .field("exceptions", &self.compiled.exceptions.len())
            .finish_non_exhaustive()
    }
}

/// Minutes since the beginning of the span.
fn offset(t: Minute) -> u32 {
    t.since(Minute::MIN) as u32
}

fn instant(offset: u32) -> Minute {
    Minute::MIN.plus(offset.into())
}

impl Compiled {
    /// Compiles the weekly hours and the days named as exceptions, counted from the first day of the span.
    fn new(week: [Hours; 7], named: BTreeMap<u32, Vec<(u16, u16)>>) -> Self {
        let mut before_weekday = [0; 8];
        for (weekday, hours) in week.iter().enumerate() {
            before_weekday[weekday + 1] = before_weekday[weekday] + hours.minutes();
        }
        let mut hours = Vec::from(week);
        let exceptions = exceptions(&mut hours, named);
        let every_minute = exceptions.is_empty() && before_weekday[7] == WEEK_MINUTES;
        let mut compiled = Self {
            hours,
            before_weekday,
            exceptions,
            stretches: Vec::new(),
            by_week: Hints::default(),
            by_work: Hints::default(),
            total: 0,
            every_minute,
        };
        compiled.stretches = compiled.cut_into_stretches();
        (compiled.by_week, compiled.by_work) = compiled.hints();
        compiled.total = compiled.work_at(offset(Minute::MAX));
        compiled
    }

    fn cut_into_stretches(&self) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut from = 0;
        let groups = self.exceptions.chunk_by(|a, b| a.day / 7 == b.day / 7);
        let starts_at_once = self.exceptions.first().is_some_and(|e| e.day < 7);
        let ordinary: Option<&[Exception]> = (!starts_at_once).then_some(&[]);
        for group in ordinary.into_iter().chain(groups) {
            let week = group.first().map_or(0, |e| e.day / 7);
            let before = stretches.last().map_or(0, |s| self.before_week(s, week));
            let to = from + group.len() as u32;
            let mut stretch = Stretch {
                week,
                before,
                after: before,
                exceptions: (from, to),
            };
            stretch.after += (0..7).map(|d| self.hours_in(&stretch, d).minutes()).sum::<u32>();
            stretches.push(stretch);
            from = to;
        }
        stretches
    }

    /// Hints by week and by work, from the first week of exceptions on.
    fn hints(&self) -> (Hints, Hints) {
        let (Some(first), Some(last)) = (self.stretches.get(1), self.stretches.last()) else {
            return <_>::default();
        };
        // Holidays fall into about ten weeks a year, so five hints a stretch cover them; 16 leave room for sparser ones.
        let most = 64 + 16 * self.stretches.len() as u32;
        let weeks = (last.week - first.week + 1).min(most);
        let end = first.week + weeks;
        let in_last = self.stretches.partition_point(|s| s.week < end) - 1;
        let work = self.before_week(&self.stretches[in_last], end) - first.before;
        let shift = (work / weeks).max(1).ilog2();
        let buckets = (work >> shift) + 1;
        (
            Hints::new(first.week, 0, weeks, &self.stretches, |s| s.week),
            Hints::new(first.before, shift, buckets, &self.stretches, |s| s.before),
        )
    }

    /// Working minutes before a week, found from the last stretch that does not begin after it.
    fn before_week(&self, stretch: &Stretch, week: u32) -> u32 {
        if week == stretch.week {
            stretch.before
        } else {
            stretch.after + (week - stretch.week - 1) * self.before_weekday[7]
        }
    }

    /// The hours of a weekday in the first week of a stretch.
    fn hours_in(&self, stretch: &Stretch, weekday: u32) -> &Hours {
        let (from, to) = stretch.exceptions;
        let day = stretch.week * 7 + weekday;
        let exception = self.exceptions[from as usize..to as usize]
            .iter()
            .find(|e| e.day == day);
        &self.hours[exception.map_or(weekday, |e| e.hours) as usize]
    }

    fn stretch_of_week(&self, week: u32) -> &Stretch {
        &self.stretches[self.by_week.find(&self.stretches, week, |s| s.week)]
    }

    fn stretch_of_work(&self, work: u32) -> &Stretch {
        &self.stretches[self.by_work.find(&self.stretches, work, |s| s.before)]
    }

    fn hours_on(&self, day: u32) -> &Hours {
        let (week, weekday) = (day / 7, day % 7);
        let stretch = self.stretch_of_week(week);
        if week == stretch.week {
            self.hours_in(stretch, weekday)
        } else {
            &self.hours[weekday as usize]
        }
    }

    /// Working minutes before an offset from the beginning of the span.
    fn work_at(&self, offset: u32) -> u32 {
        if self.every_minute {
            return offset;
        }
        let (week, in_week) = (offset / WEEK_MINUTES, offset % WEEK_MINUTES);
        let (weekday, minute) = (in_week / DAY_MINUTES, in_week % DAY_MINUTES);
        let stretch = self.stretch_of_week(week);
        if week == stretch.week {
            let days: u32 = (0..weekday).map(|d| self.hours_in(stretch, d).minutes()).sum();
            stretch.before + days + self.hours_in(stretch, weekday).before(minute)
        } else {
            self.before_week(stretch, week)
                + self.before_weekday[weekday as usize]
                + self.hours[weekday as usize].before(minute)
        }
    }

    /// The offset of working minute number `work`, counted from 0. There must be such a minute.
    fn nth(&self, work: u32) -> u32 {
        if self.every_minute {
            return work;
        }
        let stretch = self.stretch_of_work(work);
        if work < stretch.after {
            let mut rest = work - stretch.before;
            let mut weekday = 0;
            let mut hours = self.hours_in(stretch, weekday);
            while weekday < 6 && rest >= hours.minutes() {
                rest -= hours.minutes();
                weekday += 1;
                hours = self.hours_in(stretch, weekday);
            }
            return stretch.week * WEEK_MINUTES + weekday * DAY_MINUTES + hours.nth(rest);
        }
        // INVARIANT: the minute lies in an ordinary week after the stretch's first, so ordinary weeks have work.
        let weekly = self.before_weekday[7].max(1);
        let rest = work - stretch.after;
        let (week, rest) = (stretch.week + 1 + rest / weekly, rest % weekly);
        let mut weekday = 0;
        while weekday < 6 && rest >= self.before_weekday[weekday + 1] {
            weekday += 1;
        }
        let minute = self.hours[weekday].nth(rest - self.before_weekday[weekday]);
        week * WEEK_MINUTES + weekday as u32 * DAY_MINUTES + minute
    }
}

/// Turns named days into exceptions: days whose hours do not differ from the weekly ones are dropped, and equal hours are
/// kept once.
fn exceptions(hours: &mut Vec<Hours>, named: BTreeMap<u32, Vec<(u16, u16)>>) -> Vec<Exception> {
    let mut known: BTreeMap<Vec<(u16, u16)>, u32> = BTreeMap::new();
    let mut exceptions = Vec::new();
    for (day, spans) in named {
        let new = Hours::new(spans);
        if new == hours[(day % 7) as usize] {
            continue;
        }
        let position = match known.entry(new.spans().to_vec()) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                hours.push(new);
                *entry.insert(hours.len() as u32 - 1)
            }
        };
        exceptions.push(Exception { day, hours: position });
    }
    exceptions
}
