//! Compiled working time: how many working minutes lie before an instant, and the two ways back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::sync::Arc;

use super::hours::Hours;
use super::weeks::{DAY_MINUTES, Weeks};
use super::window::Window;
use crate::time::{DAY, Minute};

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
    window: Window,
    weeks: Weeks,
    /// How many days differ from the weekly hours.
    exceptions: usize,
    /// Working minutes before `Minute::MAX`.
    total: u32,
    every_minute: bool,
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
    #[inline]
    pub fn work_at(&self, t: Minute) -> i64 {
        self.work_before(offset(t)).into()
    }

    /// The latest instant with `work` working minutes before it: where the next working minute begins.
    ///
    /// [`Minute::MIN`] when `work` is negative. [`Minute::MAX`] when no working minute follows within the span, so also
    /// for everything from nought up in a calendar without work.
    #[must_use]
    #[inline]
    pub fn start_of(&self, work: i64) -> Minute {
        if work < 0 {
            return Minute::MIN;
        }
        instant(self.start_after(u32::try_from(work).unwrap_or(u32::MAX)))
    }

    /// The earliest instant with `work` working minutes before it: where the last of them ended.
    ///
    /// [`Minute::MIN`] when `work` is nought or negative. [`Minute::MAX`] when the span has not so many.
    #[must_use]
    #[inline]
    pub fn finish_of(&self, work: i64) -> Minute {
        if work <= 0 {
            return Minute::MIN;
        }
        instant(self.finish_after(u32::try_from(work).unwrap_or(u32::MAX)))
    }

    /// [`work_at`](Self::work_at) for an instant that is counted from [`Minute::MIN`], as all of this is in the functions
    /// below: instants and working minutes fit a `u32`, and engines that keep many of them keep them so. An instant after
    /// [`Minute::MAX`] counts as that.
    ///
    /// ```
    /// use framdrift_model::calendar::WorkCalendar;
    /// use framdrift_model::time::Minute;
    ///
    /// let calendar = WorkCalendar::standard();
    /// let friday = Minute::of(2026, 3, 6, 17, 0).unwrap().since(Minute::MIN) as u32;
    /// let work = calendar.work_before(friday);
    /// assert_eq!(calendar.finish_after(work), friday);
    /// assert_eq!(calendar.start_after(work), friday + (2 * 24 + 15) * 60);
    /// ```
    #[must_use]
    #[inline]
    pub fn work_before(&self, instant: u32) -> u32 {
        let known = self.compiled.window.work_at(instant);
        known.unwrap_or_else(|| self.compiled.work_before(instant))
    }

    /// [`start_of`](Self::start_of), counted from [`Minute::MIN`].
    #[must_use]
    #[inline]
    pub fn start_after(&self, work: u32) -> u32 {
        let known = self.compiled.window.nth(work);
        known.unwrap_or_else(|| self.compiled.start_after(work))
    }

    /// [`finish_of`](Self::finish_of), counted from [`Minute::MIN`].
    #[must_use]
    #[inline]
    pub fn finish_after(&self, work: u32) -> u32 {
        // Before any work there is none, and this wraps to more than any window holds.
        match self.compiled.window.nth(work.wrapping_sub(1)) {
            Some(last) => last + 1,
            None => self.compiled.finish_after(work),
        }
    }

    /// Working minutes before [`Minute::MAX`].
    #[must_use]
    #[inline]
    pub fn total(&self) -> u32 {
        self.compiled.total
    }

    /// Whether it never rests.
    #[must_use]
    #[inline]
    pub fn is_always(&self) -> bool {
        self.compiled.every_minute
    }

    /// Whether the minute that begins at `t` is a working one.
    #[must_use]
    pub fn is_working(&self, t: Minute) -> bool {
        let offset = offset(t);
        let hours = self.compiled.hours_on(offset / DAY_MINUTES);
        hours.contains(offset % DAY_MINUTES)
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
            &self.compiled.weeks.kinds()[((day.rem_euclid(7) + 3) % 7) as usize]
        };
        hours.spans()
    }
}

impl fmt::Debug for WorkCalendar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The tables would run to thousands of lines and say nothing that the hours do not.
        let week: Vec<_> = self.compiled.weeks.kinds()[..7].iter().map(Hours::spans).collect();
        f.debug_struct("WorkCalendar")
            .field("week", &week)
            .field("exceptions", &self.compiled.exceptions)
            .finish_non_exhaustive()
    }
}

/// The last instant, counted from the first.
const LAST: u32 = Minute::MAX.since(Minute::MIN) as u32;

/// Minutes since the beginning of the span.
#[inline]
fn offset(t: Minute) -> u32 {
    t.since(Minute::MIN) as u32
}

#[inline]
fn instant(offset: u32) -> Minute {
    Minute::MIN.plus(offset.into())
}

impl Compiled {
    /// Compiles the weekly hours and the days named as exceptions, counted from the first day of the span.
    fn new(week: [Hours; 7], named: BTreeMap<u32, Vec<(u16, u16)>>) -> Self {
        let mut kinds = Vec::from(week);
        let exceptions = exceptions(&mut kinds, named);
        let weeks = Weeks::new(kinds, &exceptions);
        Self {
            window: Window::new(&weeks),
            exceptions: exceptions.len(),
            total: weeks.work_at(LAST),
            every_minute: weeks.every_minute(),
            weeks,
        }
    }

    fn work_before(&self, instant: u32) -> u32 {
        match instant.min(LAST) {
            instant if self.every_minute => instant,
            instant => self.weeks.work_at(instant),
        }
    }

    fn start_after(&self, work: u32) -> u32 {
        if work >= self.total {
            LAST
        } else if self.every_minute {
            work
        } else {
            self.weeks.nth(work)
        }
    }

    fn finish_after(&self, work: u32) -> u32 {
        match work.checked_sub(1) {
            None => 0,
            Some(_) if work > self.total => LAST,
            Some(_) if self.every_minute => work,
            Some(last) => self.weeks.nth(last) + 1,
        }
    }

    fn hours_on(&self, day: u32) -> &Hours {
        &self.weeks.kinds()[self.weeks.kind_on(day) as usize]
    }
}

/// Turns named days into exceptions: days whose hours do not differ from the weekly ones are dropped, and equal hours are
/// kept once.
fn exceptions(hours: &mut Vec<Hours>, named: BTreeMap<u32, Vec<(u16, u16)>>) -> Vec<(u32, u32)> {
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
        exceptions.push((day, position));
    }
    exceptions
}
