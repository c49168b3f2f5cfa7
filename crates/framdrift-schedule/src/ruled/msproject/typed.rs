//! The hours of a task with typed dates: where it was typed into free time, it works there, and nobody else does.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;

use super::super::clock::{self, TICKS};
use super::super::state::Given;

/// A day in ticks.
const DAY: i64 = 1_440 * TICKS;

/// Free time that a task works in.
#[derive(Clone, Copy, Debug)]
enum Extra {
    /// A free day, worked like another one; both from their beginnings.
    Day {
        day: i64,
        like: i64,
    },
    Stretch {
        from: i64,
        to: i64,
    },
}

/// A calendar with the free time that one task works in.
pub(crate) struct Hours<'a> {
    calendar: &'a WorkCalendar,
    /// Empty for nearly all, and then nothing is allocated.
    extra: Vec<Extra>,
}

/// The hours that a leaf is laid out on.
pub(crate) fn hours<'a>(given: &Given<'a>, v: usize) -> Hours<'a> {
    Hours::of(given, v, given.hours(v))
}

/// The hours that its total float counts on.
pub(crate) fn float_hours<'a>(given: &Given<'a>, v: usize) -> Hours<'a> {
    Hours::of(given, v, given.calendar(v))
}

impl<'a> Hours<'a> {
    fn of(given: &Given<'_>, v: usize, calendar: &'a WorkCalendar) -> Self {
        match given.typed(v) {
            Some((start, finish)) if !given.is_typed_summary(v) => Self::typed(calendar, start, finish),
            _ => Self {
                calendar,
                extra: Vec::new(),
            },
        }
    }

    /// With the day of a typed start or finish that is free, and with the time between one of them and the work of its day.
    fn typed(calendar: &'a WorkCalendar, start: i64, finish: i64) -> Self {
        let mut hours = Self {
            calendar,
            extra: Vec::new(),
        };
        if start >= finish {
            return hours;
        }
        let (first, last) = (day_of(start), day_of(finish - 1));
        hours.work_on(first);
        if last != first {
            hours.work_on(last);
        }
        if hours.is_free(start) {
            let opens = hours.next_start(start, first + DAY);
            if opens < first + DAY {
                hours.extra.push(Extra::Stretch { from: start, to: opens });
            }
        }
        if hours.is_free(finish) {
            let closed = hours.last_finish(finish);
            if closed > last {
                hours.extra.push(Extra::Stretch {
                    from: closed,
                    to: finish,
                });
            }
        }
        hours
    }

    /// Works on a day, if that is free, like on the last one before it that is not.
    fn work_on(&mut self, day: i64) {
        let worked = clock::worked(self.calendar, day);
        if clock::worked(self.calendar, day + DAY) == worked && worked > 0 {
            let like = day_of(clock::last_finish(self.calendar, day) - 1);
            self.extra.push(Extra::Day { day, like });
        }
    }

    /// Whether an instant lies inside free time.
    fn is_free(&self, t: i64) -> bool {
        self.worked(t - 1) == self.worked(t + 1)
    }

    fn worked(&self, t: i64) -> i64 {
        let extra = self.extra.iter().map(|extra| match *extra {
            Extra::Day { day, like } => {
                let into = (t - day).clamp(0, DAY);
                clock::between(self.calendar, like, like + into)
            }
            Extra::Stretch { from, to } => (t - from).clamp(0, to - from),
        });
        clock::worked(self.calendar, t) + extra.sum::<i64>()
    }

    pub(crate) fn between(&self, from: i64, to: i64) -> i64 {
        self.worked(clock::within(to)) - self.worked(clock::within(from))
    }

    /// Ticks between two instants, of the kind that a span has.
    pub(crate) fn gap(&self, span: Span, from: i64, to: i64) -> i64 {
        match span {
            Span::Work(_) => self.between(from, to),
            Span::Elapsed(_) => to - from,
        }
    }

    /// The last instant from `t` up to `end` with as much work before it as `t` has.
    fn next_start(&self, t: i64, end: i64) -> i64 {
        let work = self.worked(t);
        last(t, end + 1, |at| self.worked(at) <= work)
    }

    /// [`clock::last_finish`].
    pub(crate) fn last_finish(&self, t: i64) -> i64 {
        let base = clock::last_finish(self.calendar, t);
        if self.extra.is_empty() {
            return base;
        }
        let (t, work) = (clock::within(t), self.worked(clock::within(t)));
        if self.worked(base) == work {
            return base;
        }
        last(base, t, |at| self.worked(at) < work) + 1
    }

    /// [`clock::snap_finish`].
    pub(crate) fn snap_finish(&self, span: Span, finish: i64) -> i64 {
        match span {
            Span::Elapsed(_) => clock::within(finish),
            Span::Work(_) => self.last_finish(finish),
        }
    }

    /// [`clock::start_of`].
    pub(crate) fn start_of(&self, span: Span, finish: i64) -> i64 {
        let base = clock::start_of(self.calendar, span, finish);
        match span {
            Span::Work(1..) if !self.extra.is_empty() => {
                let left = self.worked(finish) - span.minutes();
                last(base, clock::within(finish), |at| self.worked(at) <= left)
            }
            _ => base,
        }
    }
}

fn day_of(t: i64) -> i64 {
    t.div_euclid(DAY) * DAY
}

/// The last instant from `from` and before `end` for which something holds that holds for `from` and for a while from there.
fn last(from: i64, end: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let (mut yes, mut no) = (from, end.max(from + 1));
    while no - yes > 1 {
        let middle = yes + (no - yes) / 2;
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}
