//! What minutes of floats and moves count.

use crate::calendar::WorkCalendar;
use crate::projection::{CalendarIx, Mode, NodeIx, Projection, TimeNode};
use crate::time::Minute;

/// What the minutes of a float count: those that are worked, or all of them.
///
/// What runs by the clock can be late by the clock, in the night and over a weekend too; so its floats count by the clock. All
/// else counts working time of its calendar: work, points in time, summaries, levels of effort. A summary of nothing but what runs by
/// the clock counts as its parts do where its calendar never rests, so that it is told in the same days: the minutes are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counts {
    /// Working minutes of the node's calendar.
    #[default]
    WorkingTime,
    /// Civil minutes, whatever the calendar.
    Clock,
}

impl Counts {
    /// The word for it in data: `working-time` or `clock`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::WorkingTime => "working-time",
            Self::Clock => "clock",
        }
    }

    /// Minutes from one instant to another, counted so; negative when the second comes first.
    ///
    /// ```
    /// use framdrift_model::calendar::WorkCalendar;
    /// use framdrift_model::projection::Counts;
    /// use framdrift_model::time::Minute;
    ///
    /// let office = WorkCalendar::standard();
    /// let friday = Minute::of(2026, 3, 6, 17, 0).unwrap();
    /// let saturday = Minute::of(2026, 3, 7, 5, 0).unwrap();
    /// assert_eq!(Counts::WorkingTime.between(&office, friday, saturday), 0);
    /// assert_eq!(Counts::Clock.between(&office, friday, saturday), 12 * 60);
    /// ```
    #[must_use]
    pub fn between(self, calendar: &WorkCalendar, from: Minute, to: Minute) -> i64 {
        match self {
            Self::WorkingTime => calendar.between(from, to),
            Self::Clock => to.since(from),
        }
    }
}

impl TimeNode {
    /// What its floats count, by what it says itself: by the clock where it runs by the clock. [`Projection::counts_of`] knows the
    /// parts of a summary, too.
    #[must_use]
    pub const fn counts(&self) -> Counts {
        match (self.summary, self.mode) {
            (true, _) | (_, Mode::LevelOfEffort) => Counts::WorkingTime,
            _ => self.span.counts(),
        }
    }
}

/// What takes time in some part of a plan.
#[derive(Clone, Copy, Default)]
struct Takes {
    work: bool,
    elapsed: bool,
}

impl Takes {
    fn of(node: &TimeNode) -> Self {
        let elapsed = node.counts() == Counts::Clock;
        let work = !elapsed && node.span.minutes() > 0 && node.mode != Mode::LevelOfEffort;
        Self { work, elapsed }
    }

    const fn and(self, other: Self) -> Self {
        Self {
            work: self.work || other.work,
            elapsed: self.elapsed || other.elapsed,
        }
    }
}

impl Projection {
    /// What the floats and moves of each node count: as [`TimeNode::counts`] says, but by the clock for a summary of nothing but what
    /// runs by the clock on a calendar that never rests.
    ///
    /// Complexity: O(*n*).
    #[must_use]
    pub fn counts(&self) -> Vec<Counts> {
        let (takes, holds, _) = self.takes();
        let nodes = self.nodes.iter().zip(takes).zip(holds);
        let counts = nodes.map(|((node, takes), holds)| match node.summary && holds {
            true => self.of_all(node.calendar, takes),
            false => node.counts(),
        });
        counts.collect()
    }

    /// What the floats and moves of one node count, as [`Projection::counts`] tells.
    ///
    /// Complexity: O(1), but O(*n*) for a summary on a calendar that never rests.
    ///
    /// # Panics
    /// When there is no such node.
    #[must_use]
    pub fn counts_of(&self, node: NodeIx) -> Counts {
        let own = &self.nodes[node.index()];
        match own.summary && self.never_rests(own.calendar) {
            true => self.counts()[node.index()],
            false => own.counts(),
        }
    }

    /// What a move of the programme's finish counts: working time of its own calendar, or as a summary of all there is.
    #[must_use]
    pub fn counts_of_finish(&self) -> Counts {
        match self.never_rests(self.calendar) {
            true => self.of_all(self.calendar, self.takes().2),
            false => Counts::WorkingTime,
        }
    }

    fn never_rests(&self, calendar: CalendarIx) -> bool {
        self.calendars
            .get(calendar.index())
            .is_some_and(WorkCalendar::is_always)
    }

    fn of_all(&self, calendar: CalendarIx, takes: Takes) -> Counts {
        match takes.elapsed && !takes.work && self.never_rests(calendar) {
            true => Counts::Clock,
            false => Counts::WorkingTime,
        }
    }

    /// By node, what takes time in it and whether anything belongs to it; and what takes time in all of the plan.
    fn takes(&self) -> (Vec<Takes>, Vec<bool>, Takes) {
        let (mut takes, mut holds) = (vec![Takes::default(); self.nodes.len()], vec![false; self.nodes.len()]);
        let mut all = Takes::default();
        // From the back, so that a summary is complete before it is added to the one above.
        for (n, node) in self.nodes.iter().enumerate().rev() {
            if !(node.summary && holds[n]) {
                takes[n] = takes[n].and(Takes::of(node));
            }
            match node.parent {
                Some(up) => {
                    takes[up.index()] = takes[up.index()].and(takes[n]);
                    holds[up.index()] = true;
                }
                None => all = all.and(takes[n]),
            }
        }
        (takes, holds, all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::projection::Span;

    /// A summary of parts that take so long, on a calendar that never rests or on the standard one.
    fn of(parts: &[Span], calendar: u32) -> Counts {
        let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
        plan.add_calendar(WorkCalendar::always());
        plan.calendar = CalendarIx(calendar);
        let mut summary = TimeNode::activity("cut-over", Span::Work(0));
        (summary.summary, summary.calendar) = (true, CalendarIx(calendar));
        let summary = plan.add(summary);
        for (n, span) in parts.iter().enumerate() {
            let mut part = TimeNode::activity(format!("part-{n}"), *span);
            part.parent = Some(summary);
            plan.add(part);
        }
        assert_eq!(plan.counts_of_finish(), plan.counts_of(summary));
        assert_eq!(plan.counts()[0], plan.counts_of(summary));
        plan.counts_of(summary)
    }

    #[test]
    fn a_summary_without_rest_counts_as_its_parts_do() {
        let (clock, work, point) = (Span::Elapsed(60), Span::Work(60), Span::Work(0));
        assert_eq!(of(&[clock, point, clock], 1), Counts::Clock);
        assert_eq!(of(&[clock, work], 1), Counts::WorkingTime);
        assert_eq!(of(&[point], 1), Counts::WorkingTime);
        assert_eq!(of(&[clock, clock], 0), Counts::WorkingTime, "the office rests");
    }
}
