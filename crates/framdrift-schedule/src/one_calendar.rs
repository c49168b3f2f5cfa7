//! Both passes where all work is counted on one calendar, without looking at it until the end.
//!
//! Every date of such a network is a point of its work: where a number of working minutes has been done, or where the next
//! one begins. These are the two ends of a gap, and the same instant where there is none. So a date is one number, twice the
//! minutes done, and one more where the next one begins. Counted from the programme's start these fit a `u32`.
//!
//! A leaf that takes time starts where its first minute begins. A link between two such leaves, whatever its kind, asks for
//! a distance between their starts, which is known beforehand; the pass is then one list of links from front to back, and
//! again from back to front (Kelley & Walker 1959, with the weights of activity-on-node networks). The links of milestones,
//! which stand at either end of a gap, are worked out one by one. Only then is the calendar asked.

use framdrift_model::calendar::WorkCalendar;

use crate::flat::{Flat, code, mark};
use crate::network::Network;
use crate::schedule::Schedule;
use crate::time;

/// A link without a weight.
pub(crate) const UNWEIGHED: i32 = i32::MIN;

/// No free float has been measured yet.
const OPEN: u32 = u32::MAX;

/// The weights of all arcs, where these passes apply.
pub(crate) fn weigh(flat: &Flat) -> Option<Vec<i32>> {
    let on_one = flat.calendar.windows(2).all(|pair| pair[0] == pair[1]);
    // Nothing else is marked of what takes working time, if any.
    let plain = on_one && flat.marks.iter().all(|marks| marks & !mark::WORKS == 0);
    if !plain || flat.code.iter().any(|c| c & code::WORK == 0) {
        return None;
    }
    Some((0..flat.from.len()).map(|arc| weight(flat, arc)).collect())
}

/// How much later the successor starts than its predecessor at the least, doubled.
pub(crate) fn weight(flat: &Flat, arc: usize) -> i32 {
    let (code, lag) = (flat.code[arc], flat.lag[arc]);
    if code & code::ALIKE == 0 {
        return UNWEIGHED;
    }
    let mut minutes = i64::from(lag);
    if code & code::FROM_FINISH != 0 {
        minutes += i64::from(flat.minutes[flat.from[arc] as usize]);
    }
    if code & code::INTO_FINISH != 0 {
        minutes -= i64::from(flat.minutes[flat.to[arc] as usize]);
    }
    i32::try_from(minutes * 2).unwrap_or(UNWEIGHED)
}

/// Computes every leaf; `false` when the network is not of this kind, or a date may leave the span.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn compute(network: &Network, schedule: &mut Schedule) -> bool {
    let flat = &network.flat;
    let Some(weight) = flat.weight.as_deref().filter(|_| flat.len() > 0) else {
        return false;
    };
    let clock = Clock::new(network, weight, schedule.start);
    let (places, rows) = (flat.len(), &mut schedule.rows);
    let (early, late, free) = (
        &mut rows.early_work[..places],
        &mut rows.late_work[..places],
        &mut rows.free[..places],
    );
    let Some(finish) = clock.forward(early) else {
        return false;
    };
    clock.backward(early, late, free, finish);
    schedule.finish = clock.instant(finish);
    clock.place(schedule, finish)
}

struct Clock<'n> {
    flat: &'n Flat,
    weight: &'n [i32],
    calendar: &'n WorkCalendar,
    /// The work before the programme's start, and the first point at or after it.
    origin: u32,
    first: u32,
}

impl<'n> Clock<'n> {
    fn new(network: &'n Network, weight: &'n [i32], start: u32) -> Self {
        let flat = &network.flat;
        let calendar = flat.calendar(network.projection(), 0);
        let origin = calendar.work_before(start);
        Self {
            flat,
            weight,
            calendar,
            origin,
            first: u32::from(calendar.finish_after(origin) != start),
        }
    }

    /// Early starts, as points; and the latest finish, unless it leaves the calendar.
    fn forward(&self, early: &mut [u32]) -> Option<u32> {
        let flat = self.flat;
        // A leaf that takes time starts where a minute begins, so a first point on its near side does not matter to it.
        for (point, minutes) in early.iter_mut().zip(&flat.minutes) {
            *point = if *minutes == 0 { self.first } else { 1 };
        }
        let arcs = flat.from.iter().zip(&flat.to).zip(self.weight);
        let mut beyond = 0;
        for (arc, ((from, to), weight)) in arcs.enumerate() {
            let point = if *weight == UNWEIGHED {
                self.demanded(early, arc)
            } else {
                i64::from(early[*from as usize]) + i64::from(*weight)
            };
            let place = &mut early[*to as usize];
            let point = point.max((*place).into());
            beyond |= point >> 32;
            *place = point as u32;
        }
        let finishes = early.iter().zip(&flat.minutes).map(|(point, minutes)| match minutes {
            0 => u64::from(*point),
            minutes => (u64::from(*point) & !1) + 2 * u64::from(*minutes),
        });
        let finish = finishes.max().unwrap_or(0);
        let most = 2 * u64::from(self.calendar.total() - self.origin);
        (beyond == 0 && finish < most && finish < u32::MAX.into()).then_some(finish as u32)
    }

    /// Late starts and free floats.
    fn backward(&self, early: &[u32], late: &mut [u32], free: &mut [u32], finish: u32) {
        let flat = self.flat;
        for (point, minutes) in late.iter_mut().zip(&flat.minutes) {
            *point = match minutes {
                0 => finish,
                // No leaf finishes later.
                minutes => ((finish >> 1) - minutes) * 2 + 1,
            };
        }
        free.fill(OPEN);
        let arcs = flat.from.iter().zip(&flat.to).zip(self.weight);
        for (arc, ((from, to), weight)) in arcs.enumerate().rev() {
            let (u, v) = (*from as usize, *to as usize);
            if *weight == UNWEIGHED {
                let (allowed, gap) = self.allowed(early, late[v], arc);
                late[u] = late[u].min(allowed);
                free[u] = free[u].min(gap);
            } else {
                let weight = i64::from(*weight);
                // INVARIANT: without caps nothing is late before it is early.
                let allowed = i64::from(late[v]) - weight;
                late[u] = late[u].min(allowed as u32);
                let gap = i64::from(early[v]) - i64::from(early[u]) - weight;
                free[u] = free[u].min((gap >> 1) as u32);
            }
        }
    }

    /// Whether there is a gap after so much work.
    fn rests(&self, work: i64) -> bool {
        let work = time::clip(work + i64::from(self.origin));
        self.calendar.finish_after(work) != self.calendar.start_after(work)
    }

    /// The point where a link ties a leaf that starts at a point.
    fn tied(&self, v: usize, point: u32, finish: bool) -> i64 {
        let point = i64::from(point);
        match (flat_minutes(self.flat, v), finish) {
            (0, _) | (_, false) => point,
            (minutes, true) => ((point >> 1) + minutes) * 2,
        }
    }

    /// The start that a link demands at the least.
    #[cold]
    fn demanded(&self, early: &[u32], arc: usize) -> i64 {
        let flat = self.flat;
        let (code, lag) = (flat.code[arc], i64::from(flat.lag[arc]));
        let (u, v) = (flat.from[arc] as usize, flat.to[arc] as usize);
        let mut point = self.tied(u, early[u], code & code::FROM_FINISH != 0);
        if lag != 0 {
            point = ((point >> 1) + lag) * 2;
        }
        let minutes = flat_minutes(flat, v);
        if minutes == 0 {
            return point;
        }
        let mut work = point >> 1;
        if code & code::INTO_FINISH != 0 {
            work -= minutes;
        }
        work * 2 + 1
    }

    /// The latest start that a link allows, and the minutes until the last one that moves nothing.
    #[cold]
    fn allowed(&self, early: &[u32], late: u32, arc: usize) -> (u32, u32) {
        let flat = self.flat;
        let (code, lag) = (flat.code[arc], i64::from(flat.lag[arc]));
        let (u, v) = (flat.from[arc] as usize, flat.to[arc] as usize);
        let from_finish = code & code::FROM_FINISH != 0;
        let minutes = flat_minutes(flat, u);
        let last = |start: u32| {
            let into_finish = code & code::INTO_FINISH != 0;
            let mut point = self.tied(v, start, into_finish);
            // The end of work meets all of the gap that follows.
            point |= i64::from(into_finish && flat_minutes(flat, v) > 0);
            if lag != 0 {
                point = ((point >> 1) - lag) * 2 + 1;
            }
            if minutes == 0 {
                return point;
            }
            let work = point >> 1;
            if from_finish {
                (work - minutes) * 2 + 1
            } else {
                (work - i64::from(point & 1 == 0 && self.rests(work))) * 2 + 1
            }
        };
        let gap = (last(early[v]) >> 1) - i64::from(early[u] >> 1);
        (time::clip(last(late)), time::clip(gap))
    }

    /// The instant of a point.
    fn instant(&self, point: u32) -> u32 {
        let work = self.origin + (point >> 1);
        match point & 1 {
            0 => self.calendar.finish_after(work),
            _ => self.calendar.start_after(work),
        }
    }

    /// Turns points into dates; `false` where a leaf might move beyond the end of the span, which points do not know.
    fn place(&self, schedule: &mut Schedule, finish: u32) -> bool {
        let rows = &mut schedule.rows;
        let calendar = self.calendar;
        let left = calendar.total() - self.origin;
        let mut within = true;
        for (v, &minutes) in self.flat.minutes.iter().enumerate() {
            let (early, late) = (rows.early_work[v], rows.late_work[v]);
            let done = self.origin + (early >> 1);
            if minutes == 0 {
                let (early, late) = (self.instant(early), self.instant(late));
                (rows.early[v], rows.late[v]) = ([early; 2], [late; 2]);
                (rows.early_work[v], rows.late_work[v]) = (0, 0);
            } else {
                let last = self.origin + (late >> 1);
                let dates = |work| [calendar.start_after(work), calendar.finish_after(work + minutes)];
                (rows.early[v], rows.late[v]) = (dates(done), dates(last));
                (rows.early_work[v], rows.late_work[v]) = (done, last + minutes);
            }
            if rows.free[v] == OPEN {
                rows.free[v] = (finish >> 1) - (early >> 1) - minutes;
            }
            within &= rows.free[v] <= left - (early >> 1) - minutes;
            let total = i64::from(late >> 1) - i64::from(early >> 1);
            rows.set_total(v, total, total <= 0);
        }
        within
    }
}

fn flat_minutes(flat: &Flat, v: usize) -> i64 {
    flat.minutes[v].into()
}
