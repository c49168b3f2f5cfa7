//! Both passes for networks of leaves alone, in counts of work on each leaf's own calendar.
//!
//! A leaf that takes working time is placed by one number: the work before its start, or for late dates before its finish.
//! A link between two leaves of one calendar is then a sum. One between calendars costs a conversion on the way: an instant
//! of the one, counted on the other. What is no working time (milestones, which may stand anywhere in a gap; elapsed
//! spans; lags of other kinds) goes the way of the general passes, by instants.
//!
//! The general passes say what the dates mean; this gives the same, faster, where no summary's links are laid out by junctions
//! and no leaf is as late as possible. Counts differ from instants in three places: where a date falls into a gap, where it
//! was cut off at an end of the span, and where a sum leaves the calendar's work. There instants are asked.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Projection;

use crate::flat::{Flat, code, mark};
use crate::network::Network;
use crate::schedule::{Rows, Schedule};
use crate::time::{self, LAST, NO_CAP, NO_FLOOR};

/// No free float has been measured yet.
const OPEN: u32 = u32::MAX;

/// Computes every leaf.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn compute(network: &Network, schedule: &mut Schedule) {
    let kernel = Kernel::new(network);
    let (start, rows) = (schedule.start, &mut schedule.rows);
    rows.work_at_start.clear();
    let calendars = kernel.projection.calendars.iter();
    rows.work_at_start.extend(calendars.map(|c| c.work_before(start)));
    let mut finish = start;
    for v in 0..kernel.flat.len() {
        kernel.place_early(rows, v, start);
        finish = finish.max(rows.early_finish[v]);
    }
    schedule.finish = finish;
    kernel.sweep_back(rows, finish);
}

/// What both passes read.
pub(crate) struct Kernel<'n> {
    flat: &'n Flat,
    projection: &'n Projection,
}

/// Where a leaf stands on the side that a link ties: the instant, and the work before it where that is counted.
#[derive(Clone, Copy)]
struct Stand {
    t: u32,
    work: u32,
}

/// A leaf as an arc leads to it, early and late.
struct Successor {
    works: bool,
    start: [Stand; 2],
    finish: [Stand; 2],
}

const EARLY: usize = 0;
const LATE: usize = 1;

impl<'n> Kernel<'n> {
    pub(crate) fn new(network: &'n Network) -> Self {
        Self {
            flat: &network.flat,
            projection: network.projection(),
        }
    }

    fn calendar(&self, v: usize) -> &'n WorkCalendar {
        self.flat.calendar(self.projection, v)
    }

    /// The early dates of a leaf, from those of its predecessors.
    pub(crate) fn place_early(&self, rows: &mut Rows, v: usize, programme_start: u32) {
        let flat = self.flat;
        if !flat.works(v) {
            return self.place_instants(rows, v, programme_start);
        }
        let (calendar, minutes) = (self.calendar(v), flat.minutes[v]);
        let total = calendar.total();
        let mut work = rows.work_at_start[flat.calendar[v] as usize];
        for arc in flat.arcs_into(v) {
            work = work.max(self.demanded_work(rows, arc, calendar, minutes));
        }
        if flat.marks[v] & mark::BOUNDED != 0 {
            let limits = flat.limits(v);
            work = work.max(calendar.work_before(limits.floor_start));
            work = work.max(calendar.work_before(limits.floor_finish).saturating_sub(minutes));
        }
        let work = work.min(total);
        rows.early_work[v] = work;
        rows.early_start[v] = calendar.start_after(work);
        rows.early_finish[v] = calendar.finish_after(work.saturating_add(minutes));
    }

    /// The work before a start that a link demands at the least, where the successor takes `minutes` of working time.
    #[inline]
    fn demanded_work(&self, rows: &Rows, arc: usize, calendar: &WorkCalendar, minutes: u32) -> u32 {
        let flat = self.flat;
        let (code, u, lag) = (flat.code[arc], flat.from[arc] as usize, flat.lag[arc]);
        let into_finish = code & code::INTO_FINISH != 0;
        let work = if code & code::ALIKE != 0 {
            let own = if code & code::FROM_FINISH == 0 {
                0
            } else {
                flat.minutes[u]
            };
            let work = i64::from(rows.early_work[u]) + i64::from(own);
            if work > calendar.total().into() || (lag == 0 && code & code::TIE == code::INTO_FINISH) {
                return self.demanded_by_instant(rows, arc, calendar, minutes);
            }
            work
        } else if code & code::WORK != 0 {
            let t = if code & code::FROM_FINISH == 0 {
                rows.early_start[u]
            } else {
                rows.early_finish[u]
            };
            if lag == 0 && into_finish {
                time::work_finishing(calendar, t).into()
            } else {
                calendar.work_before(t).into()
            }
        } else {
            return self.demanded_by_instant(rows, arc, calendar, minutes);
        };
        let work = work + i64::from(lag);
        if work > calendar.total().into() && into_finish && lag != 0 {
            return self.demanded_by_instant(rows, arc, calendar, minutes);
        }
        time::clip(work - if into_finish { i64::from(minutes) } else { 0 })
    }

    #[cold]
    fn demanded_by_instant(&self, rows: &Rows, arc: usize, calendar: &WorkCalendar, minutes: u32) -> u32 {
        let t = self.demanded(rows, arc);
        match self.flat.code[arc] & code::INTO_FINISH {
            0 => calendar.work_before(t),
            _ => time::work_finishing(calendar, t).saturating_sub(minutes),
        }
    }

    fn demanded(&self, rows: &Rows, arc: usize) -> u32 {
        let u = self.flat.from[arc] as usize;
        let t = match self.flat.code[arc] & code::FROM_FINISH {
            0 => rows.early_start[u],
            _ => rows.early_finish[u],
        };
        self.flat.demanded(self.projection, arc, t, 0)
    }

    /// The early dates of a leaf that takes no working time.
    fn place_instants(&self, rows: &mut Rows, v: usize, programme_start: u32) {
        let (flat, calendar, span) = (self.flat, self.calendar(v), self.flat.span(v));
        let limits = flat.limits(v);
        let (mut start, mut finish) = (limits.floor_start.max(programme_start), NO_FLOOR);
        for arc in flat.arcs_into(v) {
            let demanded = self.demanded(rows, arc);
            match flat.code[arc] & code::INTO_FINISH {
                0 => start = start.max(demanded),
                _ => finish = finish.max(demanded),
            }
        }
        start = start.max(time::start_finishing_from(calendar, span, finish));
        start = start.max(time::start_reaching(calendar, span, limits.floor_finish));
        (rows.early_start[v], rows.early_finish[v]) = time::lay_forward(calendar, span, start);
        rows.early_work[v] = 0;
    }

    /// Late dates and floats of all leaves, each before what leads to it: a leaf hands on what it allows.
    fn sweep_back(&self, rows: &mut Rows, programme_finish: u32) {
        let flat = self.flat;
        let places = flat.len();
        rows.work_at_finish.clear();
        let calendars = self.projection.calendars.iter();
        rows.work_at_finish
            .extend(calendars.map(|c| c.work_before(programme_finish)));
        for column in [
            &mut rows.late_work,
            &mut rows.late_start,
            &mut rows.late_finish,
            &mut rows.free,
        ] {
            column[..places].fill(NO_CAP);
        }
        for v in (0..places).rev() {
            let caps = Caps {
                work: rows.late_work[v],
                start: rows.late_start[v],
                finish: rows.late_finish[v],
                free: rows.free[v],
            };
            self.place_late(rows, v, &caps, programme_finish);
            let successor = self.successor(rows, v);
            for arc in flat.arcs_into(v) {
                let u = flat.from[arc] as usize;
                let mut caps = Caps {
                    work: rows.late_work[u],
                    start: rows.late_start[u],
                    finish: rows.late_finish[u],
                    free: rows.free[u],
                };
                self.hand_back(rows, arc, u, &successor, &mut caps);
                if flat.works(u) {
                    rows.late_work[u] = caps.work;
                } else {
                    (rows.late_start[u], rows.late_finish[u]) = (caps.start, caps.finish);
                }
                rows.free[u] = caps.free;
            }
        }
    }

    /// The late dates and floats of a leaf, from those of its successors. The work at the programme's finish must be known.
    pub(crate) fn gather_late(&self, rows: &mut Rows, u: usize, programme_finish: u32) {
        let mut caps = Caps::NONE;
        for arc in self.flat.arcs_out_of(u) {
            let successor = self.successor(rows, self.flat.to[arc] as usize);
            self.hand_back(rows, arc, u, &successor, &mut caps);
        }
        self.place_late(rows, u, &caps, programme_finish);
    }

    fn place_late(&self, rows: &mut Rows, v: usize, caps: &Caps, programme_finish: u32) {
        let (flat, calendar) = (self.flat, self.calendar(v));
        let limits = flat.limits(v);
        let (total, at_end) = if flat.works(v) {
            let (minutes, all) = (flat.minutes[v], calendar.total());
            let at_end = rows.work_at_finish[flat.calendar[v] as usize];
            let mut work = caps.work.min(at_end).min(all);
            if flat.marks[v] & mark::BOUNDED != 0 {
                if limits.cap_finish != NO_CAP {
                    work = work.min(calendar.work_before(limits.cap_finish));
                }
                if limits.cap_start != NO_CAP {
                    work = work.min(calendar.work_before(limits.cap_start).saturating_add(minutes));
                }
            }
            rows.late_work[v] = work;
            rows.late_start[v] = time::start_before(calendar, work, minutes);
            rows.late_finish[v] = calendar.finish_after(work);
            let early = rows.early_work[v];
            let early_finish = early.saturating_add(minutes).min(all);
            let at_start = i64::from(work.saturating_sub(minutes)) - i64::from(early);
            let at_finish = i64::from(work) - i64::from(early_finish);
            (at_start.min(at_finish), at_end.saturating_sub(early_finish))
        } else {
            let span = flat.span(v);
            let mut latest = caps.finish.min(limits.cap_finish).min(programme_finish);
            if caps.start != NO_CAP {
                latest = latest.min(time::finish_of_start_by(calendar, span, caps.start));
            }
            if limits.cap_start != NO_CAP {
                latest = latest.min(time::finish_reached(calendar, span, limits.cap_start));
            }
            let (late_start, late_finish) = time::lay_backward(calendar, span, latest);
            (rows.late_start[v], rows.late_finish[v]) = (late_start, late_finish);
            rows.late_work[v] = 0;
            let at_start = time::between(calendar, rows.early_start[v], late_start);
            let at_finish = time::between(calendar, rows.early_finish[v], late_finish);
            let at_end = time::between(calendar, rows.early_finish[v], programme_finish);
            (at_start.min(at_finish), time::clip(at_end))
        };
        rows.free[v] = if caps.free == OPEN { at_end } else { caps.free };
        rows.set_total(v, total, total <= 0);
    }

    #[inline]
    fn successor(&self, rows: &Rows, v: usize) -> Successor {
        let (works, minutes) = (self.flat.works(v), self.flat.minutes[v]);
        let (early, late) = (rows.early_work[v], rows.late_work[v]);
        let early_finish = early.saturating_add(minutes);
        Successor {
            works,
            start: [
                Stand {
                    t: rows.early_start[v],
                    work: early,
                },
                Stand {
                    t: rows.late_start[v],
                    work: late.saturating_sub(minutes),
                },
            ],
            finish: [
                Stand {
                    t: rows.early_finish[v],
                    work: early_finish,
                },
                Stand {
                    t: rows.late_finish[v],
                    work: late,
                },
            ],
        }
    }

    /// What an arc allows its predecessor, for its late dates and without moving the successor's early ones.
    #[inline]
    fn hand_back(&self, rows: &Rows, arc: usize, u: usize, successor: &Successor, caps: &mut Caps) {
        let code = self.flat.code[arc];
        let sides = match code & code::INTO_FINISH {
            0 => &successor.start,
            _ => &successor.finish,
        };
        let from_finish = code & code::FROM_FINISH != 0;
        if !self.flat.works(u) {
            let calendar = self.calendar(u);
            let late = self.flat.allowed(self.projection, arc, sides[LATE].t, 0);
            let cap = if from_finish { &mut caps.finish } else { &mut caps.start };
            *cap = (*cap).min(late);
            let stays = self.flat.allowed(self.projection, arc, sides[EARLY].t, 0);
            let t = if from_finish {
                rows.early_finish[u]
            } else {
                rows.early_start[u]
            };
            caps.free = caps.free.min(time::clip(time::between(calendar, t, stays)));
            return;
        }
        let minutes = self.flat.minutes[u];
        let early = rows.early_work[u];
        let [stays, late] = [EARLY, LATE].map(|side| self.allowed_work(arc, u, sides[side], successor.works));
        let (late, gap) = if from_finish {
            let finish = early.saturating_add(minutes).min(self.calendar(u).total());
            (late, stays - i64::from(finish))
        } else {
            (late + i64::from(minutes), stays - i64::from(early))
        };
        caps.work = caps.work.min(time::clip(late));
        caps.free = caps.free.min(time::clip(gap));
    }

    /// The work before the finish that a link allows a predecessor which takes working time; where it ties its start, the
    /// work before the last start allowed, −1 where there is none.
    #[inline]
    fn allowed_work(&self, arc: usize, u: usize, stand: Stand, works: bool) -> i64 {
        let flat = self.flat;
        let (code, lag) = (flat.code[arc], flat.lag[arc]);
        let from_finish = code & code::FROM_FINISH != 0;
        let work = i64::from(stand.work) - i64::from(lag);
        if code & code::ALIKE != 0 {
            let total = i64::from(self.calendar(u).total());
            // A finish may lie in a gap, and an end of the span may have cut a date off: then counts do not tell.
            let in_gap = lag == 0 && (code & code::INTO_FINISH != 0 || stand.t == 0);
            if i64::from(stand.work) > total || (!from_finish && (work < 0 || in_gap)) {
                return self.allowed_by_instant(arc, u, stand.t);
            }
            return work.clamp(0, total);
        }
        if code & code::WORK == 0 || (lag != 0 && !works) {
            return self.allowed_by_instant(arc, u, stand.t);
        }
        let t = if lag == 0 {
            stand.t
        } else {
            let calendar = self.calendar(flat.to[arc] as usize);
            if stand.work > calendar.total() {
                return self.allowed_by_instant(arc, u, stand.t);
            }
            match work {
                ..0 => 0,
                work => calendar.start_after(time::clip(work)),
            }
        };
        match from_finish {
            true => self.calendar(u).work_before(t).into(),
            false => time::last_start(self.calendar(u), t),
        }
    }

    #[cold]
    fn allowed_by_instant(&self, arc: usize, u: usize, t: u32) -> i64 {
        let t = self.flat.allowed(self.projection, arc, t, 0);
        match self.flat.code[arc] & code::FROM_FINISH {
            0 => time::last_start(self.calendar(u), t),
            _ => self.calendar(u).work_before(t).into(),
        }
    }
}

/// What successors allow a leaf: counted where it takes working time, else as instants.
struct Caps {
    work: u32,
    start: u32,
    finish: u32,
    free: u32,
}

impl Caps {
    const NONE: Self = Self {
        work: NO_CAP,
        start: NO_CAP,
        finish: NO_CAP,
        free: OPEN,
    };
}

const _: () = assert!(OPEN == NO_CAP && LAST < NO_CAP);
