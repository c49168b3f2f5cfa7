//! Weeks laid out for counting: how much work lies before a minute, and which minute a piece of work falls on.
//!
//! The span of dates begins on a Monday, so an instant is a week number and a minute in that week. Weeks that look alike
//! share one [`Row`]; without exceptions there is a single row and working time is one multiplication. Weeks with
//! exceptions are kept in order, each with the work before it, and found by binary search.
//!
//! Two tables make that search unnecessary where exceptions are as regular as public holidays: one names the row of every
//! week from the first exceptional one on, the other leads from an amount of work to its week. They are no longer than a
//! multiple of the number of exceptional weeks, so memory grows with the exceptions given and not with the years between
//! them. They only save time: without them the answers are the same.

use std::collections::BTreeMap;

use super::hours::Hours;
use crate::time::DAY;

pub(super) const DAY_MINUTES: u32 = DAY as u32;
pub(super) const WEEK_MINUTES: u32 = 7 * DAY_MINUTES;

/// Days whose hours differ from the weekly ones, by day since the first of the span, with the position of their hours.
pub(super) type Exceptions = [(u32, u32)];

#[derive(PartialEq, Eq)]
pub(super) struct Weeks {
    /// Every kind of day there is; the first seven are the weekly hours, Monday first.
    kinds: Vec<Hours>,
    /// Every kind of week there is; the first is the ordinary one.
    rows: Vec<Row>,
    /// The weeks with exceptions, in order.
    exceptional: Vec<Exceptional>,
    /// The first week of `table`.
    first: u32,
    table: Vec<Week>,
    /// For every 2^`shift` minutes of work after the first week of `table` begins, the week of the table that they fall in.
    shift: u32,
    by_work: Vec<u32>,
}

/// One kind of week.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    /// Working minutes in the week before each day; the last is the whole week.
    before: [u16; 8],
    /// The position of each day's hours in `kinds`.
    kinds: [u32; 7],
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Week {
    /// Working minutes before the week.
    before: u32,
    row: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Exceptional {
    week: u32,
    before: u32,
    /// Working minutes before the week after it.
    after: u32,
    row: u32,
}

impl Weeks {
    /// `kinds` begins with the weekly hours; exceptions are in order.
    pub(super) fn new(kinds: Vec<Hours>, exceptions: &Exceptions) -> Self {
        let ordinary = Row::new(&kinds, std::array::from_fn(|day| day as u32));
        let mut weeks = Self {
            kinds,
            rows: vec![ordinary],
            exceptional: Vec::new(),
            first: 0,
            table: Vec::new(),
            shift: 0,
            by_work: Vec::new(),
        };
        let mut known = BTreeMap::new();
        for group in exceptions.chunk_by(|a, b| a.0 / 7 == b.0 / 7) {
            let week = group[0].0 / 7;
            let mut kinds = ordinary.kinds;
            for (day, hours) in group {
                kinds[(day % 7) as usize] = *hours;
            }
            let row = *known.entry(kinds).or_insert_with(|| {
                weeks.rows.push(Row::new(&weeks.kinds, kinds));
                weeks.rows.len() as u32 - 1
            });
            let before = weeks.search(week).before;
            let after = before + weeks.rows[row as usize].minutes();
            weeks.exceptional.push(Exceptional {
                week,
                before,
                after,
                row,
            });
        }
        weeks.fill_table();
        weeks
    }

    fn fill_table(&mut self) {
        let (Some(first), Some(last)) = (self.exceptional.first(), self.exceptional.last()) else {
            return;
        };
        // Holidays fall into about ten weeks a year, so six weeks for each cover them; eight leave room for sparser ones.
        let most = 64 + 8 * self.exceptional.len() as u32;
        let (first, count) = (first.week, (last.week - first.week + 1).min(most));
        self.table = (first..first + count).map(|week| self.search(week)).collect();
        self.first = first;
        let origin = self.table[0].before;
        let work = self.table[count as usize - 1].before - origin;
        self.shift = (work / count).max(2).ilog2();
        let mut at = 0;
        let buckets = (0..=work >> self.shift).map(|bucket| {
            while self
                .table
                .get(at + 1)
                .is_some_and(|next| next.before - origin <= bucket << self.shift)
            {
                at += 1;
            }
            at as u32
        });
        self.by_work = buckets.collect();
    }

    /// Working minutes of an ordinary week.
    fn weekly(&self) -> u32 {
        self.rows[0].minutes()
    }

    pub(super) fn every_minute(&self) -> bool {
        self.exceptional.is_empty() && self.weekly() == WEEK_MINUTES
    }

    pub(super) fn kinds(&self) -> &[Hours] {
        &self.kinds
    }

    #[inline]
    fn week(&self, week: u32) -> Week {
        match self.table.get(week.wrapping_sub(self.first) as usize) {
            Some(found) => *found,
            None if self.exceptional.is_empty() => self.ordinary(week),
            None => self.search(week),
        }
    }

    fn ordinary(&self, week: u32) -> Week {
        Week {
            before: week * self.weekly(),
            row: 0,
        }
    }

    /// A week without the table.
    fn search(&self, week: u32) -> Week {
        let to = match self.exceptional.last() {
            Some(last) if week < last.week => self.exceptional.partition_point(|e| e.week <= week),
            _ => self.exceptional.len(),
        };
        let Some(found) = to.checked_sub(1).map(|at| &self.exceptional[at]) else {
            return self.ordinary(week);
        };
        if found.week == week {
            return Week {
                before: found.before,
                row: found.row,
            };
        }
        Week {
            before: found.after + (week - found.week - 1) * self.weekly(),
            row: 0,
        }
    }

    /// The position of the hours of a day since the first of the span.
    pub(super) fn kind_on(&self, day: u32) -> u32 {
        let row = &self.rows[self.week(day / 7).row as usize];
        row.kinds[(day % 7) as usize]
    }

    /// How many weeks have exceptions.
    pub(super) fn exceptions(&self) -> u32 {
        self.exceptional.len() as u32
    }

    /// The first and the last day of such weeks.
    pub(super) fn exceptional(&self) -> Option<(u32, u32)> {
        let (first, last) = (self.exceptional.first()?, self.exceptional.last()?);
        Some((first.week * 7, last.week * 7 + 6))
    }

    /// Working minutes before an offset from the beginning of the span.
    pub(super) fn work_at(&self, offset: u32) -> u32 {
        let (week, day) = (offset / WEEK_MINUTES, offset / DAY_MINUTES);
        let (weekday, minute) = ((day - week * 7) as usize, offset - day * DAY_MINUTES);
        let week = self.week(week);
        let row = &self.rows[week.row as usize];
        let hours = &self.kinds[row.kinds[weekday] as usize];
        week.before + u32::from(row.before[weekday]) + hours.before(minute)
    }

    /// The offset of working minute number `work`, counted from 0. There must be such a minute.
    pub(super) fn nth(&self, work: u32) -> u32 {
        let (week, found) = self.search_work(work);
        let row = &self.rows[found.row as usize];
        let rest = (work - found.before) as u16;
        // The last day that does not begin after it, which is a working one.
        let weekday: usize = row.before[1..7].iter().map(|before| usize::from(*before <= rest)).sum();
        let hours = &self.kinds[row.kinds[weekday] as usize];
        let minute = hours.nth((rest - row.before[weekday]).into());
        week * WEEK_MINUTES + weekday as u32 * DAY_MINUTES + minute
    }

    /// The week of working minute number `work`.
    fn search_work(&self, work: u32) -> (u32, Week) {
        let past = self.table.first().and_then(|first| work.checked_sub(first.before));
        if let Some(hint) = past.and_then(|past| self.by_work.get((past >> self.shift) as usize)) {
            let mut at = *hint as usize;
            while self.table.get(at + 1).is_some_and(|next| next.before <= work) {
                at += 1;
            }
            // Past the last week there may be more work than it has.
            if at + 1 < self.table.len() {
                return (self.first + at as u32, self.table[at]);
            }
        }
        // INVARIANT: where a minute lies in an ordinary week, ordinary weeks have work.
        let weekly = self.weekly().max(1);
        let at = self.exceptional.partition_point(|e| e.before <= work);
        let week = match at.checked_sub(1).map(|at| &self.exceptional[at]) {
            None => work / weekly,
            Some(found) if work < found.after => found.week,
            Some(found) => found.week + 1 + (work - found.after) / weekly,
        };
        (week, self.search(week))
    }
}

impl Row {
    fn new(all: &[Hours], kinds: [u32; 7]) -> Self {
        let hours = kinds.map(|kind| &all[kind as usize]);
        let mut before = [0; 8];
        for (day, hours) in hours.iter().enumerate() {
            before[day + 1] = before[day] + hours.minutes() as u16;
        }
        Self { before, kinds }
    }

    fn minutes(&self) -> u32 {
        self.before[7].into()
    }
}
