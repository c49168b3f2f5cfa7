//! Where a task was typed into free time, it works there, to MS Project. The free time is laid out as stretches, and work is
//! counted along them.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::rules::Profile;
use framdrift_model::time::Minute;

use super::case::{Case, Pair};
use super::clock::{self, Length, MINUTE};
use super::hold;
use super::tree::Asked;

const DAY: i64 = 1_440 * MINUTE;

/// The hours of one task.
pub(super) struct Hours<'a> {
    calendar: &'a WorkCalendar,
    /// Stretches of free time in which it works, by when they begin.
    more: Vec<Pair>,
}

impl<'a> Hours<'a> {
    /// Those of a node on one of its calendars.
    pub(super) fn of(case: &Case<'_>, n: usize, calendar: &'a WorkCalendar) -> Self {
        let mut hours = Self {
            calendar,
            more: Vec::new(),
        };
        if case.rules.profile != Profile::MsProject || case.node(n).summary {
            return hours;
        }
        if let Some([from, until]) = case.typed(n).filter(|[from, until]| from < until) {
            let days = [from.div_euclid(DAY), (until - 1).div_euclid(DAY)];
            hours.open(days[0]);
            if days[0] != days[1] {
                hours.open(days[1]);
            }
            hours.more.sort_unstable();
            hours.reach(from, until, days);
        }
        hours
    }

    /// Works on a free day as on the last day with work before it.
    fn open(&mut self, day: i64) {
        let before = clock::done(self.calendar, day * DAY);
        if before == 0 || clock::done(self.calendar, day * DAY + DAY) != before {
            return;
        }
        let like = (clock::closes(self.calendar, before) - 1).div_euclid(DAY);
        let works = |minute: i64| {
            let at = like * 1_440 + minute;
            (0..1_440).contains(&minute) && self.calendar.is_working(Minute::clamped(at))
        };
        let edges = |turn: fn(bool, bool) -> bool| (0..=1_440).filter(move |m| turn(works(m - 1), works(*m)));
        let stretches: Vec<Pair> = edges(|before, now| !before && now)
            .zip(edges(|before, now| before && !now))
            .map(|(from, to)| [day * DAY + from * MINUTE, day * DAY + to * MINUTE])
            .collect();
        self.more.extend(stretches);
    }

    /// Works from a typed start to the work of its day, and from the work of its day to a typed finish.
    fn reach(&mut self, from: i64, until: i64, days: [i64; 2]) {
        let inside = |hours: &Self, t: i64| hours.done(t + 1) == hours.done(t - 1);
        if inside(self, from) {
            let later = self.more.iter().map(|more| more[0]).filter(|t| *t > from);
            let opening = later.fold(clock::at_opening(self.calendar, from), i64::min);
            if opening < (days[0] + 1) * DAY {
                self.more.push([from, opening]);
            }
        }
        if inside(self, until) {
            let closing = self.closing(until);
            if closing > days[1] * DAY {
                self.more.push([closing, until]);
            }
        }
        self.more.sort_unstable();
    }

    fn done(&self, t: i64) -> i64 {
        let more = self.more.iter().map(|[from, to]| (t.min(*to) - from).max(0));
        clock::done(self.calendar, t) + more.sum::<i64>()
    }

    pub(super) fn worked(&self, from: i64, to: i64) -> i64 {
        self.done(clock::inside(to)) - self.done(clock::inside(from))
    }

    pub(super) fn passed(&self, length: Length, from: i64, to: i64) -> i64 {
        if length.civil { to - from } else { self.worked(from, to) }
    }

    /// `t`, or where work closed last.
    pub(super) fn closing(&self, t: i64) -> i64 {
        let before = self.more.iter().filter(|more| more[0] < t).map(|more| more[1].min(t));
        before.fold(clock::at_closing(self.calendar, t), i64::max)
    }

    /// `t` less a length: back from one stretch to the one before.
    pub(super) fn back(&self, length: Length, t: i64) -> i64 {
        let (mut t, mut left) = (t, length.tenths);
        if length.civil || left == 0 {
            return clock::back(self.calendar, length, t);
        }
        let end = t;
        for [from, to] in self.more.iter().rev().filter(|more| more[0] < end) {
            let to = (*to).min(t);
            let after = clock::worked(self.calendar, to, t);
            if left <= after {
                break;
            }
            left -= after;
            if left <= to - from {
                return to - left;
            }
            (t, left) = (*from, left - (to - from));
        }
        clock::back(self.calendar, length.with(left), t)
    }
}

/// The latest typed start and the earliest typed finish of the summaries that hold a node. A child with a no-earlier-than date
/// of its own is not held by the one right above it, to MS Project.
pub(super) fn held(case: &Case<'_>, n: usize) -> [Asked; 2] {
    let above = case.tree.parent(n).filter(|up| case.is_typed(*up));
    match above {
        Some(up) if case.rules.profile == Profile::MsProject && hold::has_its_own_floor(case.projection, n) => {
            case.tree.inherited(up).typed
        }
        _ => case.tree.inherited(n).typed,
    }
}
