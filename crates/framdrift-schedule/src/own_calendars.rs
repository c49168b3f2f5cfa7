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

use crate::flat::{Flat, Tied, code, mark};
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
    kernel.count_start(rows, start);
    let mut finish = start;
    for v in 0..kernel.flat.len() {
        kernel.place_early(rows, v, start);
        finish = finish.max(rows.early[v][1]);
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

/// A leaf as an arc leads to it: its start and its finish, early and late.
struct Successor<'n> {
    calendar: &'n WorkCalendar,
    works: bool,
    minutes: u32,
    early: [Stand; 2],
    late: [Stand; 2],
}

impl Successor<'_> {
    /// The latest instant that can be asked of it where it stands; see [`time::finish_met`].
    #[inline]
    fn met(&self, at_finish: bool, stand: Stand) -> u32 {
        match at_finish && self.works {
            true if stand.t >= LAST => LAST,
            true => time::finish_met_by(
                self.calendar,
                self.minutes.into(),
                stand.work.min(self.calendar.total()),
            ),
            false if at_finish && stand.t < self.minutes => 0,
            false => stand.t,
        }
    }
}

impl<'n> Kernel<'n> {
    pub(crate) fn new(network: &'n Network) -> Self {
        Self {
            flat: &network.flat,
            projection: network.projection(),
        }
    }

    /// Counts on each calendar the work before the programme's start, which early dates need.
    pub(crate) fn count_start(&self, rows: &mut Rows, start: u32) {
        rows.work_at_start.clear();
        let calendars = self.projection.calendars.iter();
        rows.work_at_start.extend(calendars.map(|c| c.work_before(start)));
    }

    /// Counts on each calendar the work before the programme's finish, which late dates need.
    pub(crate) fn count_finish(&self, rows: &mut Rows, finish: u32) {
        rows.work_at_finish.clear();
        let calendars = self.projection.calendars.iter();
        rows.work_at_finish.extend(calendars.map(|c| c.work_before(finish)));
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
        for arc in flat.ties_into(v) {
            work = work.max(self.demanded_work(rows, arc, calendar, minutes));
        }
        if flat.marks[v] & mark::BOUNDED != 0 {
            let limits = flat.limits(v);
            work = work.max(calendar.work_before(limits.floor_start));
            work = work.max(time::work_reaching(calendar, limits.floor_finish).saturating_sub(minutes));
        }
        let work = work.min(total);
        rows.early_work[v] = work;
        rows.early[v] = [
            calendar.start_after(work),
            calendar.finish_after(work.saturating_add(minutes)),
        ];
    }

    /// The work before a start that a link demands at the least, where the successor takes `minutes` of working time.
    #[inline(always)]
    fn demanded_work(&self, rows: &Rows, arc: Tied, calendar: &WorkCalendar, minutes: u32) -> u32 {
        let flat = self.flat;
        let Tied { at, from: u, code, lag } = arc;
        let (side, into_finish) = (code & code::FROM_FINISH, u32::from(code & code::INTO_FINISH != 0));
        let before = if code & code::ALIKE != 0 {
            i64::from(rows.early_work[u]) + i64::from(flat.minutes[u]) * i64::from(side)
        } else if code & code::WORK != 0 {
            let t = rows.early[u][usize::from(side)];
            match into_finish & u32::from(lag == 0) {
                0 => calendar.work_before(t).into(),
                _ => time::work_reaching(calendar, t).into(),
            }
        } else {
            return self.demanded_by_instant(rows, at, calendar, minutes);
        };
        let work = before + i64::from(lag);
        if work.max(before) >= calendar.total().into() {
            return self.demanded_by_instant(rows, at, calendar, minutes);
        }
        time::clip(work - i64::from(minutes) * i64::from(into_finish))
    }

    #[cold]
    fn demanded_by_instant(&self, rows: &Rows, arc: usize, calendar: &WorkCalendar, minutes: u32) -> u32 {
        let t = self.demanded(rows, arc);
        match self.flat.code[arc] & code::INTO_FINISH {
            0 => calendar.work_before(t),
            _ => time::work_reaching(calendar, t).saturating_sub(minutes),
        }
    }

    fn demanded(&self, rows: &Rows, arc: usize) -> u32 {
        let u = self.flat.from[arc] as usize;
        let t = rows.early[u][usize::from(self.flat.code[arc] & code::FROM_FINISH)];
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
        let finish = finish.max(limits.floor_finish);
        start = start.max(time::start_reaching(calendar, span, finish));
        rows.early[v] = time::lay_forward(calendar, span, start).into();
        rows.early_work[v] = 0;
    }

    /// Late dates and floats of all leaves, each before what leads to it: a leaf hands on what it allows.
    fn sweep_back(&self, rows: &mut Rows, programme_finish: u32) {
        let flat = self.flat;
        let places = flat.len();
        self.count_finish(rows, programme_finish);
        rows.late_work[..places].fill(NO_CAP);
        rows.free[..places].fill(OPEN);
        rows.late[..places].fill([NO_CAP; 2]);
        for v in (0..places).rev() {
            let caps = Caps {
                work: rows.late_work[v],
                instants: rows.late[v],
                free: rows.free[v],
            };
            self.place_late(rows, v, &caps, programme_finish);
            let successor = self.successor(rows, v);
            for arc in flat.ties_into(v) {
                let u = arc.from;
                if arc.code & code::FROM_WORK != 0 {
                    let (work, free) = self.hand_back_work(rows, arc, &successor);
                    rows.late_work[u] = rows.late_work[u].min(work);
                    rows.free[u] = rows.free[u].min(free);
                } else {
                    let (late, free) = self.hand_back_instants(rows, arc, &successor);
                    let cap = &mut rows.late[u][usize::from(arc.code & code::FROM_FINISH)];
                    *cap = late.min(*cap);
                    rows.free[u] = rows.free[u].min(free);
                }
            }
        }
    }

    /// The late dates and floats of a leaf, from those of its successors. The work at the programme's finish must be known.
    pub(crate) fn gather_late(&self, rows: &mut Rows, u: usize, programme_finish: u32) {
        let mut caps = Caps::NONE;
        for arc in self.flat.arcs_out_of(u) {
            let successor = self.successor(rows, self.flat.to[arc] as usize);
            let arc = self.flat.tied(arc);
            if arc.code & code::FROM_WORK != 0 {
                let (work, free) = self.hand_back_work(rows, arc, &successor);
                (caps.work, caps.free) = (caps.work.min(work), caps.free.min(free));
            } else {
                let (late, free) = self.hand_back_instants(rows, arc, &successor);
                let cap = &mut caps.instants[usize::from(arc.code & code::FROM_FINISH)];
                (*cap, caps.free) = (late.min(*cap), caps.free.min(free));
            }
        }
        self.place_late(rows, u, &caps, programme_finish);
    }

    fn place_late(&self, rows: &mut Rows, v: usize, caps: &Caps, programme_finish: u32) {
        let (flat, calendar) = (self.flat, self.calendar(v));
        let (total, at_end) = if flat.works(v) {
            let (minutes, all) = (flat.minutes[v], calendar.total());
            let at_end = rows.work_at_finish[flat.calendar[v] as usize];
            let mut work = caps.work.min(at_end).min(all);
            if flat.marks[v] & mark::BOUNDED != 0 {
                let limits = flat.limits(v);
                if limits.cap_finish != NO_CAP {
                    work = work.min(calendar.work_before(limits.cap_finish));
                }
                if limits.cap_start != NO_CAP {
                    work = work.min(calendar.work_before(limits.cap_start).saturating_add(minutes));
                }
            }
            rows.late_work[v] = work;
            rows.late[v] = [time::start_before(calendar, work, minutes), calendar.finish_after(work)];
            let early = rows.early_work[v];
            let early_finish = early.saturating_add(minutes).min(all);
            let at_start = i64::from(work.saturating_sub(minutes)) - i64::from(early);
            let at_finish = i64::from(work) - i64::from(early_finish);
            (at_start.min(at_finish), at_end.saturating_sub(early_finish))
        } else {
            let (span, limits) = (flat.span(v), flat.limits(v));
            let [start_cap, finish_cap] = caps.instants;
            let mut latest = finish_cap.min(limits.cap_finish).min(programme_finish);
            if start_cap != NO_CAP {
                latest = latest.min(time::finish_of_start_by(calendar, span, start_cap));
            }
            if limits.cap_start != NO_CAP {
                latest = latest.min(time::finish_reached(calendar, span, limits.cap_start));
            }
            let (late_start, late_finish) = time::lay_backward(calendar, span, latest);
            rows.late[v] = [late_start, late_finish];
            rows.late_work[v] = 0;
            let [early_start, early_finish] = rows.early[v];
            let at_start = time::gap(calendar, span, early_start, late_start);
            let at_finish = time::gap(calendar, span, early_finish, late_finish);
            let at_end = time::gap(calendar, span, early_finish, programme_finish);
            (at_start.min(at_finish), time::clip(at_end))
        };
        rows.free[v] = if caps.free == OPEN { at_end } else { caps.free };
        rows.set_total(v, total, total <= 0);
    }

    #[inline(always)]
    fn successor(&self, rows: &Rows, v: usize) -> Successor<'n> {
        let minutes = self.flat.minutes[v];
        let (early, late) = (rows.early_work[v], rows.late_work[v]);
        let stands = |t: [u32; 2], work: [u32; 2]| {
            [0, 1].map(|side| Stand {
                t: t[side],
                work: work[side],
            })
        };
        Successor {
            calendar: self.calendar(v),
            works: self.flat.works(v),
            minutes,
            early: stands(rows.early[v], [early, early.saturating_add(minutes)]),
            late: stands(rows.late[v], [late.saturating_sub(minutes), late]),
        }
    }

    /// What an arc allows a predecessor that takes working time: the work before its late finish, and the minutes that it
    /// can move without moving the successor's early dates.
    #[inline(always)]
    fn hand_back_work(&self, rows: &Rows, arc: Tied, successor: &Successor<'_>) -> (u32, u32) {
        let u = arc.from;
        let (minutes, early, calendar) = (self.flat.minutes[u], rows.early_work[u], self.calendar(u));
        let (side, end) = (
            arc.code & code::FROM_FINISH,
            usize::from(arc.code & code::INTO_FINISH != 0),
        );
        let stays = self.allowed_work(arc, calendar, successor.early[end], successor);
        let late = self.allowed_work(arc, calendar, successor.late[end], successor);
        let finish = early.saturating_add(minutes).min(calendar.total());
        let from = if side != 0 { finish } else { early };
        (
            time::clip(late + i64::from(minutes) * i64::from(1 - side)),
            time::clip(stays - i64::from(from)),
        )
    }

    /// What an arc allows a predecessor that takes none: its late start or finish, whichever the arc leaves, and the minutes.
    fn hand_back_instants(&self, rows: &Rows, arc: Tied, successor: &Successor<'_>) -> (u32, u32) {
        let end = usize::from(arc.code & code::INTO_FINISH != 0);
        let late = successor.met(end != 0, successor.late[end]);
        let late = self.flat.allowed(self.projection, arc.at, late, 0);
        let stays = successor.met(end != 0, successor.early[end]);
        let stays = self.flat.allowed(self.projection, arc.at, stays, 0);
        let t = rows.early[arc.from][usize::from(arc.code & code::FROM_FINISH)];
        let free = time::gap(self.calendar(arc.from), self.flat.span(arc.from), t, stays);
        (late, time::clip(free))
    }

    /// The work before the finish that a link allows a predecessor which takes working time; where it ties its start, the
    /// work before the last start allowed, −1 where there is none.
    #[inline(always)]
    fn allowed_work(&self, arc: Tied, calendar: &WorkCalendar, stand: Stand, successor: &Successor<'_>) -> i64 {
        let Tied { at, code, lag, .. } = arc;
        let of_start = u32::from(code & code::FROM_FINISH == 0);
        let into_finish = code & code::INTO_FINISH != 0;
        let by_instant = || self.allowed_by_instant(at, calendar, successor.met(into_finish, stand));
        let work = i64::from(stand.work) - i64::from(lag);
        // An end of the span may have cut a date off: then counts do not tell. That of a finish is where its start is cut off, too.
        let cut_off = stand.work >= successor.calendar.total() || (into_finish && stand.work < successor.minutes);
        if code & code::ALIKE != 0 {
            // Nor do they where a start was cut off at the first instant.
            let at_first = lag == 0 && !into_finish && stand.t == 0;
            if cut_off | (of_start != 0 && (work < 0 || at_first)) {
                return by_instant();
            }
            return work.clamp(0, calendar.total().into());
        }
        if code & code::WORK == 0 || (lag != 0 && !successor.works) {
            return by_instant();
        }
        let t = if lag == 0 {
            successor.met(into_finish, stand)
        } else if cut_off || work < 0 {
            return by_instant();
        } else {
            successor.calendar.start_after(time::clip(work))
        };
        if t >= LAST {
            return by_instant();
        }
        // The last start at an instant or before comes one less than up to the minute after; see `time::last_start`.
        i64::from(calendar.work_before(t + of_start)) - i64::from(of_start)
    }

    #[cold]
    fn allowed_by_instant(&self, arc: usize, calendar: &WorkCalendar, t: u32) -> i64 {
        let t = self.flat.allowed(self.projection, arc, t, 0);
        match self.flat.code[arc] & code::FROM_FINISH {
            0 => time::last_start(calendar, t),
            _ => calendar.work_before(t).into(),
        }
    }
}

/// What successors allow a leaf: work before its finish where it takes working time, else a start and a finish.
struct Caps {
    work: u32,
    instants: [u32; 2],
    free: u32,
}

impl Caps {
    const NONE: Self = Self {
        work: NO_CAP,
        instants: [NO_CAP; 2],
        free: OPEN,
    };
}
