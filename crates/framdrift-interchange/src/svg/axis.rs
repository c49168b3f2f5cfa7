//! The time axis: which units it counts in, and where they begin.

use chrono::{Datelike, NaiveDate};
use framdrift_model::time::{DAY, Minute};

use crate::text::{Tenths, width};

/// A stretch of time that an axis counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hours(i64),
    Day,
    /// From Monday, numbered by ISO 8601.
    Week,
    Month,
    Quarter,
    Years(i32),
}

/// The units from the finest to the coarsest, with the least width in tenths of a pixel that leaves room for a label.
const UNITS: [(Unit, Tenths); 18] = [
    (Unit::Hours(1), 360),
    (Unit::Hours(2), 360),
    (Unit::Hours(3), 360),
    (Unit::Hours(6), 360),
    (Unit::Day, 170),
    (Unit::Week, 290),
    (Unit::Month, 240),
    (Unit::Quarter, 210),
    (Unit::Years(1), 340),
    (Unit::Years(2), 340),
    (Unit::Years(5), 340),
    (Unit::Years(10), 340),
    (Unit::Years(20), 340),
    (Unit::Years(50), 340),
    (Unit::Years(100), 340),
    (Unit::Years(200), 340),
    (Unit::Years(500), 340),
    (Unit::Years(1_000), 340),
];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

impl Unit {
    /// About how long it is, in minutes.
    const fn minutes(self) -> i64 {
        match self {
            Self::Hours(n) => n * 60,
            Self::Day => DAY,
            Self::Week => 7 * DAY,
            Self::Month => 30 * DAY,
            Self::Quarter => 91 * DAY,
            Self::Years(n) => n as i64 * 365 * DAY,
        }
    }

    /// The unit of the row above.
    const fn above(self) -> Self {
        match self {
            Self::Hours(_) => Self::Day,
            Self::Day => Self::Week,
            Self::Week => Self::Month,
            Self::Month | Self::Quarter => Self::Years(1),
            Self::Years(n) if n < 10 => Self::Years(10),
            Self::Years(n) if n < 100 => Self::Years(100),
            Self::Years(_) => Self::Years(1_000),
        }
    }

    /// When the unit that `at` lies in begins; the first instant there is where that lies before it.
    pub(super) fn floor(self, at: Minute) -> Minute {
        let (day, minute) = at.day_and_minute();
        let date = at.date();
        let first_of = |year: i32, month: u32| NaiveDate::from_ymd_opt(year, month, 1).and_then(Minute::from_date);
        match self {
            Self::Hours(n) => Minute::clamped(day * DAY + minute - minute.rem_euclid(n * 60)),
            Self::Day => Minute::clamped(day * DAY),
            // 1970-01-01 was a Thursday.
            Self::Week => Minute::clamped((day - (day + 3).rem_euclid(7)) * DAY),
            Self::Month => first_of(date.year(), date.month()).unwrap_or(Minute::MIN),
            Self::Quarter => first_of(date.year(), date.month0() / 3 * 3 + 1).unwrap_or(Minute::MIN),
            Self::Years(n) => first_of(date.year() - date.year().rem_euclid(n), 1).unwrap_or(Minute::MIN),
        }
    }

    /// When the next unit begins; the last instant there is where that lies beyond it.
    pub(super) fn next(self, at: Minute) -> Minute {
        let from = self.floor(at);
        let date = from.date();
        let first_of = |year: i32, month0: u32| {
            let (year, month0) = (year + (month0 / 12) as i32, month0 % 12);
            let date = NaiveDate::from_ymd_opt(year, month0 + 1, 1);
            date.and_then(Minute::from_date).unwrap_or(Minute::MAX)
        };
        match self {
            Self::Hours(_) | Self::Day | Self::Week => from.plus(self.minutes()),
            Self::Month => first_of(date.year(), date.month0() + 1),
            Self::Quarter => first_of(date.year(), date.month0() + 3),
            Self::Years(n) => first_of(date.year() - date.year().rem_euclid(n) + n, 0),
        }
    }

    /// What may stand in its cell from `at` until `until`, the longest first.
    fn labels(self, upper: bool, at: Minute, until: Minute) -> Vec<String> {
        let date = at.date();
        let (year, month) = (date.year(), MONTHS[date.month0() as usize]);
        let week = date.iso_week();
        match (self, upper) {
            (Self::Hours(_), _) => vec![format!("{:02}:00", at.day_and_minute().1 / 60)],
            (Self::Day, true) => {
                let weekday = WEEKDAYS[date.weekday().num_days_from_monday() as usize];
                vec![
                    format!("{weekday} {date}"),
                    date.to_string(),
                    date.format("%m-%d").to_string(),
                ]
            }
            (Self::Day, false) => vec![date.day().to_string()],
            (Self::Week, true) => {
                let number = week.week();
                let last = until.plus(-1).max(at).date();
                let last_month = MONTHS[last.month0() as usize];
                let (whole, months) = match (last.year() == year, last_month == month) {
                    (true, true) => (format!("{month} {year}"), month.to_owned()),
                    (true, false) => (format!("{month}–{last_month} {year}"), format!("{month}–{last_month}")),
                    (false, _) => (
                        format!("{month} {year} – {last_month} {}", last.year()),
                        format!("{month}–{last_month}"),
                    ),
                };
                vec![
                    format!("W{number} · {whole}"),
                    format!("W{number} · {months}"),
                    format!("W{number}"),
                ]
            }
            (Self::Week, false) => vec![format!("W{}", week.week())],
            (Self::Month, true) => vec![format!("{month} {year}"), month.to_owned()],
            (Self::Month, false) => vec![month.to_owned()],
            (Self::Quarter, _) => vec![format!("Q{}", date.month0() / 3 + 1)],
            (Self::Years(n), true) if n > 1 => {
                let first = year - year.rem_euclid(n);
                vec![format!("{first}–{}", first + n - 1)]
            }
            (Self::Years(_), _) => vec![year.to_string()],
        }
    }
}

/// A cell of the axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) from: Tenths,
    pub(super) to: Tenths,
    /// What fits into it; may be empty.
    pub(super) label: String,
}

/// A span of time laid over a span of the page.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    pub(super) start: Minute,
    pub(super) finish: Minute,
    left: Tenths,
    length: Tenths,
    pub(super) lower: Unit,
}

impl Axis {
    /// The axis for `start` to `finish`, with a little time on both sides, in the finest unit that can be read.
    pub(super) fn new(start: Minute, finish: Minute, left: Tenths, length: Tenths) -> Self {
        let length = length.max(1);
        let finish = finish.max(start.plus(DAY / 4));
        let margin = finish.since(start) / 60;
        let (start, finish) = (start.plus(-margin), finish.plus(margin));
        let span = finish.since(start).max(1);
        let fits = |(unit, least): &&(Unit, Tenths)| {
            // The whole units at both ends take room as well.
            let whole = span + unit.minutes();
            // Hours are for what is over in a day or two.
            let too_fine = matches!(unit, Unit::Hours(_)) && span > 2 * DAY;
            !too_fine && i128::from(unit.minutes()) * i128::from(length) >= i128::from(*least) * i128::from(whole)
        };
        let lower = UNITS.iter().find(fits).map_or(Unit::Years(1_000), |(unit, _)| *unit);
        Self {
            start: lower.floor(start),
            finish: lower.next(finish.plus(-1)),
            left,
            length,
            lower,
        }
    }

    /// Where an instant lies; at the nearer end when outside.
    pub(super) fn x(&self, at: Minute) -> Tenths {
        let span = self.finish.since(self.start).max(1);
        let after = at.since(self.start).clamp(0, span);
        // INVARIANT: below 2³³ minutes and 2²⁰ tenths, so the product fits.
        self.left + (after * self.length + span / 2) / span
    }

    /// How wide a day is.
    pub(super) fn day(&self) -> Tenths {
        DAY * self.length / self.finish.since(self.start).max(1)
    }

    /// The cells of both rows, the upper first, with labels at a font size.
    pub(super) fn cells(&self, size: Tenths) -> [Vec<Cell>; 2] {
        [(self.lower.above(), true), (self.lower, false)].map(|(unit, upper)| self.row(unit, upper, size))
    }

    fn row(&self, unit: Unit, upper: bool, size: Tenths) -> Vec<Cell> {
        let mut cells = Vec::new();
        let mut at = self.start;
        while at < self.finish {
            let next = unit.next(at).max(at.plus(1)).min(self.finish);
            let (from, to) = (self.x(at), self.x(next));
            let fitting = unit
                .labels(upper, at, next)
                .into_iter()
                .find(|l| width(l, size, upper) + 40 <= to - from);
            cells.push(Cell {
                from,
                to,
                label: fitting.unwrap_or_default(),
            });
            if next <= at {
                break;
            }
            at = next;
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(from: (i32, u32, u32), to: (i32, u32, u32)) -> Axis {
        let day = |(y, m, d)| Minute::of(y, m, d, 0, 0).expect("a date");
        Axis::new(day(from), day(to), 0, 9_000)
    }

    #[test]
    fn the_unit_follows_the_length() {
        let units = [
            (axis((2026, 3, 2), (2026, 3, 3)), Unit::Hours(2)),
            (axis((2026, 3, 2), (2026, 4, 3)), Unit::Day),
            (axis((2026, 3, 2), (2026, 7, 3)), Unit::Week),
            (axis((2026, 3, 2), (2028, 3, 3)), Unit::Month),
            (axis((2026, 3, 2), (2032, 3, 3)), Unit::Quarter),
            (axis((2026, 3, 2), (2042, 3, 3)), Unit::Years(1)),
            (axis((1900, 1, 1), (9999, 12, 31)), Unit::Years(500)),
        ];
        for (axis, unit) in units {
            assert_eq!(axis.lower, unit, "{axis:?}");
        }
    }

    #[test]
    fn cells_cover_the_axis_without_gap() {
        for to in [
            (2026, 3, 3),
            (2026, 5, 1),
            (2027, 1, 1),
            (2029, 1, 1),
            (2100, 1, 1),
            (9999, 12, 31),
        ] {
            let axis = axis((1999, 12, 31), to);
            for cells in axis.cells(100) {
                assert_eq!(cells.first().map(|c| c.from), Some(axis.x(axis.start)));
                assert_eq!(cells.last().map(|c| c.to), Some(axis.x(axis.finish)));
                assert!(cells.windows(2).all(|pair| pair[0].to == pair[1].from), "{cells:?}");
                assert!(cells.len() < 600, "{}", cells.len());
                let fits = |c: &Cell| c.label.is_empty() || width(&c.label, 100, false) <= c.to - c.from;
                assert!(cells.iter().all(fits), "{cells:?}");
            }
        }
    }

    #[test]
    fn weeks_are_those_of_iso_8601() {
        let monday = Minute::of(2026, 12, 28, 0, 0).expect("a date");
        assert_eq!(Unit::Week.floor(monday.plus(3 * DAY + 5)), monday);
        assert_eq!(Unit::Week.labels(false, monday, monday.plus(7 * DAY)), ["W53"]);
    }

    #[test]
    fn a_week_names_the_months_that_it_shows() {
        let label = |from: (i32, u32, u32), days: i64| {
            let from = Minute::of(from.0, from.1, from.2, 0, 0).expect("a date");
            Unit::Week.labels(true, from, from.plus(days * DAY)).swap_remove(0)
        };
        assert_eq!(label((2026, 3, 30), 7), "W14 · Mar–Apr 2026");
        assert_eq!(label((2026, 4, 1), 5), "W14 · Apr 2026");
        assert_eq!(label((2026, 3, 30), 2), "W14 · Mar 2026");
        assert_eq!(label((2026, 12, 28), 7), "W53 · Dec 2026 – Jan 2027");
        // The plan of these five days shows the end of March beside them.
        let labels: Vec<String> = axis((2026, 4, 1), (2026, 4, 5)).cells(100)[0]
            .iter()
            .map(|c| c.label.clone())
            .collect();
        assert_eq!(labels, ["W14 · Mar–Apr 2026"]);
    }
}
