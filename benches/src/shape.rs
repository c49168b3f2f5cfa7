//! Networks of known shape: the same numbers for the same seed, on every machine.

use framdrift::model::calendar::WorkCalendar;
use framdrift::model::projection::{CalendarIx, Lag, LinkKind, NodeIx, Projection, Span, TimeNode};
use framdrift::model::time::{DAY, Minute};

/// Numbers that look random: Knuth's linear congruential generator (MMIX), of which the upper half is used.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The same seed throws the same numbers.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed);
        dice.below(1);
        dice
    }

    /// A number from nought up to but not including `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 32) * end as u64) >> 32) as usize
    }

    /// True this many times out of a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }
}

/// A link between two activities.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The predecessor.
    pub from: u32,
    /// The successor.
    pub to: u32,
    /// Which ends it ties.
    pub kind: LinkKind,
    /// The distance, in units.
    pub lag: i32,
}

/// Activities and links. Times are in units, which become minutes in a projection.
#[derive(Clone, Debug)]
pub struct Shape {
    /// How long each activity takes, 1 to 40 units.
    pub durations: Vec<i32>,
    /// The calendar of each activity, of four.
    pub calendars: Vec<u8>,
    /// The links, by the activity they lead to.
    pub links: Vec<Link>,
}

/// How the links of a shape tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ties {
    /// Finish to start, without lags.
    Plain,
    /// Finish to start, with lags from −5 to +10 units.
    Lagged,
    /// 70 % FS, 15 % SS, 10 % FF and 5 % SF, with lags from −5 to +10 units.
    Mixed,
}

/// A way to make a shape of so many activities.
pub type Make = fn(usize, Ties) -> Shape;

/// Every shape by name.
pub const SHAPES: [(&str, Make); 3] = [("layered", layered), ("chain", chain), ("wide", wide)];

const SEED: u64 = 7;

struct Draft {
    dice: Dice,
    ties: Ties,
    shape: Shape,
}

impl Draft {
    fn new(n: usize, ties: Ties) -> Self {
        let mut dice = Dice::new(SEED);
        let durations = (0..n).map(|_| 1 + dice.below(40) as i32).collect();
        let calendars = (0..n).map(|_| dice.below(4) as u8).collect();
        Self {
            dice,
            ties,
            shape: Shape {
                durations,
                calendars,
                links: Vec::with_capacity(2 * n),
            },
        }
    }

    fn link(&mut self, from: usize, to: usize) {
        let (kind, lag) = match self.ties {
            Ties::Plain => (LinkKind::FinishToStart, 0),
            Ties::Lagged => (LinkKind::FinishToStart, self.dice.below(16) as i32 - 5),
            Ties::Mixed => {
                let kind = match self.dice.below(100) {
                    0..70 => LinkKind::FinishToStart,
                    70..85 => LinkKind::StartToStart,
                    85..95 => LinkKind::FinishToFinish,
                    _ => LinkKind::StartToFinish,
                };
                (kind, self.dice.below(16) as i32 - 5)
            }
        };
        let (from, to) = (from as u32, to as u32);
        self.shape.links.push(Link { from, to, kind, lag });
    }
}

/// Layers √n wide, each activity with 1 to 4 predecessors (1.94 on average): 80 % from the layer before, near the same
/// place, the rest from any of the ten layers before. Also called a ladder.
#[must_use]
pub fn layered(n: usize, ties: Ties) -> Shape {
    let mut draft = Draft::new(n, ties);
    let width = (n as f64).sqrt().round().max(1.0) as usize;
    for to in width..n {
        let count = match draft.dice.below(100) {
            0..40 => 1,
            40..75 => 2,
            75..91 => 3,
            _ => 4,
        };
        let (layer, place) = (to / width, to % width);
        for _ in 0..count {
            let (layer, place) = if draft.dice.percent(80) {
                let near = (place + width + draft.dice.below(7)).saturating_sub(3) % width;
                (layer - 1, near)
            } else {
                (layer - 1 - draft.dice.below(layer.min(10)), draft.dice.below(width))
            };
            draft.link(layer * width + place, to);
        }
    }
    draft.shape
}

/// A spine of n/2 activities, each with one beside it that leads back, and links that skip some of the spine: 2 links an
/// activity.
#[must_use]
pub fn chain(n: usize, ties: Ties) -> Shape {
    let mut draft = Draft::new(n, ties);
    for to in 1..n {
        if to % 2 == 1 {
            draft.link(to - 1, to);
            continue;
        }
        draft.link(to - 2, to);
        let side = draft.dice.below(3);
        draft.link((to - 1).saturating_sub(2 * side) | 1, to);
        let skip = 2 * (2 + draft.dice.below(4));
        draft.link(to.saturating_sub(skip), to);
    }
    draft.shape
}

/// n/52 streams side by side that wait for each other at a common gate after every ten steps: 1.86 links an activity.
#[must_use]
pub fn wide(n: usize, ties: Ties) -> Shape {
    let mut draft = Draft::new(n, ties);
    let streams = (n / 52).max(1);
    let stage = 10 * streams + 1;
    for to in 0..n {
        let (gates, at) = (to / stage, to % stage);
        let (step, stream) = (at / streams, at % streams);
        if step == 10 {
            for stream in 0..streams {
                draft.link(to - streams + stream, to);
            }
        } else if step == 0 {
            if gates > 0 {
                draft.link(gates * stage - 1, to);
            }
        } else {
            draft.link(to - streams, to);
            if draft.dice.percent(84) {
                let other = (stream + 1 + draft.dice.below(3)) % streams;
                draft.link(to - streams - stream + other, to);
            }
        }
    }
    draft.shape
}

impl Shape {
    /// How many activities there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.durations.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.durations.is_empty()
    }

    /// The same network with activities and links in random order.
    #[must_use]
    pub fn shuffled(&self) -> Self {
        let mut dice = Dice::new(SEED + 1);
        let mut new: Vec<u32> = (0..self.len() as u32).collect();
        shuffle(&mut new, &mut dice);
        let mut shape = self.clone();
        for (old, new) in new.iter().enumerate() {
            shape.durations[*new as usize] = self.durations[old];
            shape.calendars[*new as usize] = self.calendars[old];
        }
        for link in &mut shape.links {
            (link.from, link.to) = (new[link.from as usize], new[link.to as usize]);
        }
        shuffle(&mut shape.links, &mut dice);
        shape
    }

    /// The network as the engine takes it, a unit being so many minutes.
    #[must_use]
    pub fn projection(&self, unit: i64, calendars: &[WorkCalendar]) -> Projection {
        let mut plan = Projection::new(start());
        plan.calendars = calendars.to_vec();
        for (n, duration) in self.durations.iter().enumerate() {
            let mut node = TimeNode::activity(format!("a{n}"), Span::Work(i64::from(*duration) * unit));
            node.calendar = CalendarIx(u32::from(self.calendars[n]) % calendars.len() as u32);
            plan.add(node);
        }
        for link in &self.links {
            let lag = Lag::Work(i64::from(link.lag) * unit);
            plan.link(NodeIx(link.from), NodeIx(link.to), link.kind, lag);
        }
        plan
    }
}

fn shuffle<T>(list: &mut [T], dice: &mut Dice) {
    for last in (1..list.len()).rev() {
        list.swap(last, dice.below(last + 1));
    }
}

/// When every generated programme starts: Monday 5 January 2026.
///
/// # Panics
/// Never: there is such a date.
#[must_use]
pub fn start() -> Minute {
    Minute::of(2026, 1, 5, 0, 0).expect("a date")
}

/// One clock that never stops.
#[must_use]
pub fn no_calendar() -> Vec<WorkCalendar> {
    vec![WorkCalendar::always()]
}

/// Days off in the calendar of this number (0 to 3), as bits from Monday on: two of five days, one of six, one of four.
const WEEKENDS: [u8; 4] = [0b110_0000, 0b110_0000, 0b100_0000, 0b111_0000];

/// Whether a calendar works on a day, counted from 1970-01-01. Eleven holidays a year, the second calendar three weeks more.
#[must_use]
pub fn works(calendar: usize, day: i64) -> bool {
    let weekday = (day + 3).rem_euclid(7);
    let of_year = day.rem_euclid(365);
    let holiday = of_year % 33 == 5 && of_year < 363;
    let vacation = calendar == 1 && (185..206).contains(&of_year);
    WEEKENDS[calendar] >> weekday & 1 == 0 && !holiday && !vacation
}

/// The days for which [`works`] knows holidays in a compiled calendar: from 1970 until 2600.
pub const HOLIDAYS_UNTIL: i64 = 630 * 365;

/// Four calendars with holidays: five days, five with a long vacation, six, and four. A working day is the whole day, so
/// that a day is a unit and a floor can count in days; or it is office hours with a break, for dates of ordinary size.
#[must_use]
pub fn four_calendars(whole_days: bool) -> Vec<WorkCalendar> {
    let hours = || match whole_days {
        true => vec![(0, DAY as u16)],
        false => vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)],
    };
    let calendar = |which: usize| {
        let day = |weekday: usize| {
            if WEEKENDS[which] >> weekday & 1 == 0 {
                hours()
            } else {
                Vec::new()
            }
        };
        let off = (0..HOLIDAYS_UNTIL)
            .filter(|day| !works(which, *day))
            .map(|day| (day, Vec::new()));
        WorkCalendar::new(std::array::from_fn(day), off)
    };
    (0..4).map(calendar).collect()
}
