//! Working time as equations need it, in tenths of a minute: MS Project counts those, and everything else counts whole ones.
//!
//! Written from what [`WorkCalendar`] promises, apart from the arithmetic of the passes.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::Span;
use framdrift_model::time::Minute;

/// Tenths in a minute.
pub(super) const MINUTE: i64 = 10;
/// Nothing is demanded: lies before every instant.
pub(super) const NEVER: i64 = i64::MIN;
/// Nothing is bounded: lies after every instant.
pub(super) const EVER: i64 = i64::MAX;

/// How long something takes, in tenths of working minutes, or of civil ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) tenths: i64,
    pub(super) civil: bool,
}

impl Length {
    pub(super) fn of(span: Span, tenths: i64) -> Self {
        Self {
            tenths: span
                .minutes()
                .max(0)
                .saturating_mul(MINUTE)
                .saturating_add(tenths)
                .max(0),
            civil: matches!(span, Span::Elapsed(_)),
        }
    }

    pub(super) fn with(self, tenths: i64) -> Self {
        Self { tenths, ..self }
    }

    /// Whether it takes no working time, and so stands at either side of a gap.
    pub(super) fn is_point(self) -> bool {
        self.tenths == 0 && !self.civil
    }

    /// What orders spans by how short they are: working time comes first among equals.
    pub(super) fn shortness(self) -> (i64, bool) {
        (self.tenths, self.civil)
    }
}

pub(super) fn tenths(at: Minute) -> i64 {
    at.get() * MINUTE
}

/// The nearest whole minute, the later one of two.
pub(super) fn minute(t: i64) -> Minute {
    Minute::clamped(t.saturating_add(MINUTE / 2).div_euclid(MINUTE))
}

/// Whole minutes, half of one away from nought.
pub(super) fn whole(tenths: i64) -> i64 {
    let half = MINUTE / 2 * tenths.signum();
    tenths.saturating_add(half) / MINUTE
}

pub(super) fn inside(t: i64) -> i64 {
    t.clamp(tenths(Minute::MIN), tenths(Minute::MAX))
}

/// Work done before an instant.
pub(super) fn done(calendar: &WorkCalendar, t: i64) -> i64 {
    let t = inside(t);
    let whole = Minute::clamped(t.div_euclid(MINUTE));
    let begun = if calendar.is_working(whole) {
        t.rem_euclid(MINUTE)
    } else {
        0
    };
    calendar.work_at(whole) * MINUTE + begun
}

/// The last instant with so much work before it: the next work opens there.
pub(super) fn opens(calendar: &WorkCalendar, work: i64) -> i64 {
    let whole = calendar.start_of(work.div_euclid(MINUTE));
    inside(tenths(whole) + work.rem_euclid(MINUTE))
}

/// The first instant with so much work before it: the last work closes there.
pub(super) fn closes(calendar: &WorkCalendar, work: i64) -> i64 {
    if work.rem_euclid(MINUTE) == 0 {
        tenths(calendar.finish_of(work.div_euclid(MINUTE)))
    } else {
        opens(calendar, work)
    }
}

pub(super) fn worked(calendar: &WorkCalendar, from: i64, to: i64) -> i64 {
    done(calendar, to) - done(calendar, from)
}

/// Time between two instants, counted as a length is.
pub(super) fn passed(calendar: &WorkCalendar, length: Length, from: i64, to: i64) -> i64 {
    if length.civil {
        to - from
    } else {
        worked(calendar, from, to)
    }
}

/// `t`, or where work opens next.
pub(super) fn at_opening(calendar: &WorkCalendar, t: i64) -> i64 {
    opens(calendar, done(calendar, t))
}

/// `t`, or where work closed last.
pub(super) fn at_closing(calendar: &WorkCalendar, t: i64) -> i64 {
    closes(calendar, done(calendar, t))
}

pub(super) fn civil(t: i64, tenths: i64) -> i64 {
    inside(t.saturating_add(tenths))
}

/// `t` and working time as the tools add it: more closes work, less opens it, none changes nothing.
pub(super) fn moved(calendar: &WorkCalendar, t: i64, work: i64) -> i64 {
    let sum = done(calendar, t).saturating_add(work);
    match work.signum() {
        1 => closes(calendar, sum),
        0 => inside(t),
        _ => opens(calendar, sum),
    }
}

/// `t` and a length.
pub(super) fn over(calendar: &WorkCalendar, length: Length, start: i64) -> i64 {
    if length.civil {
        civil(start, length.tenths)
    } else {
        moved(calendar, start, length.tenths)
    }
}

/// `t` less a length.
pub(super) fn back(calendar: &WorkCalendar, length: Length, finish: i64) -> i64 {
    if length.civil {
        civil(finish, -length.tenths)
    } else {
        moved(calendar, finish, -length.tenths)
    }
}

/// framdrift's own links hold in whole minutes. Of something that takes no time, a start and a finish are one.
pub(super) mod instant {
    use super::{Length, MINUTE, WorkCalendar, at_closing, at_opening, civil, closes, done, opens};

    /// The dates of what can start at `start` and no earlier.
    pub(in super::super) fn from(calendar: &WorkCalendar, length: Length, start: i64) -> [i64; 2] {
        if length.civil {
            return [start, civil(start, length.tenths)];
        }
        let opening = at_opening(calendar, start);
        if length.tenths > 0 {
            let finish = closes(calendar, done(calendar, start).saturating_add(length.tenths));
            return [opening, finish];
        }
        let stays = opening == start || at_closing(calendar, start) == start;
        [if stays { start } else { opening }; 2]
    }

    /// The dates of what can finish at `finish` and no later.
    pub(in super::super) fn until(calendar: &WorkCalendar, length: Length, finish: i64) -> [i64; 2] {
        if length.civil {
            return [civil(finish, -length.tenths), finish];
        }
        let closing = at_closing(calendar, finish);
        if length.tenths > 0 {
            let start = opens(calendar, done(calendar, finish).saturating_sub(length.tenths));
            return [start, closing];
        }
        let stays = closing == finish || at_opening(calendar, finish) == finish;
        [if stays { finish } else { closing }; 2]
    }

    /// The start from which it reaches `finish` in working time.
    pub(in super::super) fn reaching(calendar: &WorkCalendar, length: Length, finish: i64) -> i64 {
        if length.is_point() {
            return finish;
        }
        if length.civil {
            return civil(finish, -length.tenths);
        }
        // It may have been cut off at the last instant.
        let beyond = if finish >= super::inside(i64::MAX) { MINUTE } else { 0 };
        closes(
            calendar,
            (done(calendar, finish) + beyond).saturating_sub(length.tenths),
        )
    }

    /// The finish up to which it has not begun after `start`: inside a gap, the first minute comes before it.
    pub(in super::super) fn not_begun_after(calendar: &WorkCalendar, length: Length, start: i64) -> i64 {
        if length.is_point() {
            return start;
        }
        if length.civil {
            return civil(start, length.tenths);
        }
        opens(calendar, begun_by(calendar, start).saturating_add(length.tenths))
    }

    /// The finish of what starts at `start` in working time.
    pub(in super::super) fn reached(calendar: &WorkCalendar, length: Length, start: i64) -> i64 {
        if length.is_point() {
            return start;
        }
        if length.civil {
            return civil(start, length.tenths);
        }
        opens(calendar, done(calendar, start).saturating_add(length.tenths))
    }

    /// The last start at `cap` or before it.
    pub(in super::super) fn last_start(calendar: &WorkCalendar, length: Length, cap: i64) -> i64 {
        if length.civil {
            cap
        } else if length.tenths == 0 {
            until(calendar, length, cap)[0]
        } else {
            opens(calendar, begun_by(calendar, cap))
        }
    }

    /// Work before the last minute that begins at `start` or before it.
    fn begun_by(calendar: &WorkCalendar, start: i64) -> i64 {
        let before = done(calendar, start);
        if opens(calendar, before) > start {
            before - MINUTE
        } else {
            before
        }
    }
}
