//! Days laid out one by one, for the years in which plans are made.
//!
//! Where a calendar has exceptions, the days of some decades are kept in a table, each with the work before it, and another
//! table leads from an amount of work to its day. Then both ways are two look-ups and a handful of sums, without a search.
//! Before and after, [`Weeks`](super::weeks) has the same answers, a little later.

use super::weeks::{DAY_MINUTES, Weeks};
use crate::time::Minute;

/// The first day that a window may begin with: a Monday, 2000-01-03.
const FIRST_DAY: u32 = (10_959 - Minute::MIN.day_and_minute().0) as u32;
/// The most days in a window, so that positions fit a `u16`: 64 years.
const MOST_DAYS: u32 = 64 * 366;

/// The last day of the span, which is cut short by a minute and so is in no window.
const LAST_DAY: u32 = (Minute::MAX.day_and_minute().0 - Minute::MIN.day_and_minute().0) as u32;

const _: () = assert!(MOST_DAYS < u16::MAX as u32 && FIRST_DAY.is_multiple_of(7));

#[derive(Default, PartialEq, Eq)]
pub(super) struct Window {
    /// The first day, counted from the first of the span.
    first: u32,
    /// Each day, and one more.
    days: Vec<Day>,
    /// The work before the first day; for every 2^`shift` minutes of work after it, the day that they begin on.
    work: u32,
    shift: u32,
    by_work: Vec<u16>,
    /// Hours as lengths, by kind of day.
    lengths: Vec<Lengths>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Day {
    /// Working minutes before the day.
    before: u32,
    /// The position of its hours.
    kind: u16,
    /// How many days to go on for one with work; none where it has some itself.
    rest: u16,
}

/// The hours of a day with at most two spans.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Lengths {
    from: u16,
    first: u16,
    pause: u16,
    second: u16,
}

impl Window {
    /// The days from the first exception on, as many as the number of weeks with exceptions is worth; none where some day
    /// has more than two spans of work, or there are no exceptions.
    pub(super) fn new(weeks: &Weeks) -> Self {
        let Some((first, last)) = weeks.exceptional() else {
            return Self::default();
        };
        let first = first.max(FIRST_DAY);
        // Holidays fall into about ten weeks a year.
        let most = MOST_DAYS.min(50 * weeks.exceptions());
        let count = (last + 1).min(LAST_DAY).saturating_sub(first).min(most);
        let lengths: Option<Vec<Lengths>> = weeks.kinds().iter().map(|h| Lengths::of(h.spans())).collect();
        let Some(lengths) = lengths.filter(|l| count > 0 && l.len() < usize::from(u16::MAX)) else {
            return Self::default();
        };
        let mut days: Vec<Day> = (first..=first + count)
            .map(|day| Day {
                before: weeks.work_at(day * DAY_MINUTES),
                kind: weeks.kind_on(day) as u16,
                rest: 0,
            })
            .collect();
        for at in (0..count as usize).rev() {
            if days[at].before == days[at + 1].before {
                days[at].rest = days[at + 1].rest + 1;
            }
        }
        let work = days[0].before;
        let all = days[count as usize].before - work;
        let shift = (all / count).max(2).ilog2();
        let mut at = 0;
        let by_work = (0..all >> shift).map(|bucket| {
            while days[at + 1].before - work <= bucket << shift {
                at += 1;
            }
            at as u16
        });
        Self {
            first,
            work,
            shift,
            by_work: by_work.collect(),
            days,
            lengths,
        }
    }

    /// Working minutes before an offset from the beginning of the span.
    #[inline]
    pub(super) fn work_at(&self, offset: u32) -> Option<u32> {
        let day = offset / DAY_MINUTES;
        let found = self.days.get(day.wrapping_sub(self.first) as usize)?;
        let hours = self.lengths.get(found.kind as usize)?;
        Some(found.before + hours.before(offset - day * DAY_MINUTES))
    }

    /// The offset of working minute number `work`, counted from 0.
    #[inline]
    pub(super) fn nth(&self, work: u32) -> Option<u32> {
        let past = work.wrapping_sub(self.work);
        let hint = *self.by_work.get((past >> self.shift) as usize)?;
        let mut at = usize::from(hint);
        // Without a branch: on which side of a day's end it is cannot be foreseen. Seldom do hints lie further apart.
        let next = self.days.get(at + 1)?;
        at += usize::from(next.before <= work) * (1 + usize::from(next.rest));
        while self.days.get(at + 1)?.before <= work {
            at += 1;
        }
        let found = self.days.get(at)?;
        let hours = self.lengths.get(found.kind as usize)?;
        Some((self.first + at as u32) * DAY_MINUTES + hours.nth(work - found.before))
    }
}

impl Lengths {
    fn of(spans: &[(u16, u16)]) -> Option<Self> {
        match *spans {
            [] => Some(Self::default()),
            [(from, to)] => Some(Self {
                from,
                first: to - from,
                ..Self::default()
            }),
            [(from, to), (again, end)] => Some(Self {
                from,
                first: to - from,
                pause: again - to,
                second: end - again,
            }),
            _ => None,
        }
    }

    #[inline]
    fn before(&self, minute: u32) -> u32 {
        let since = minute.saturating_sub(self.from.into());
        let (first, second) = (u32::from(self.first), u32::from(self.second));
        let after = since.saturating_sub(first + u32::from(self.pause));
        since.min(first) + after.min(second)
    }

    #[inline]
    fn nth(&self, work: u32) -> u32 {
        // Without a branch: which of the spans it is cannot be foreseen.
        let second = u32::from(work >= self.first.into());
        u32::from(self.from) + work + u32::from(self.pause) * second
    }
}
