//! How much sooner a chain alone would be at its target: comparing paths where they meet.

use framdrift_model::projection::Span;

use super::chain::{Ask, Chains};
use crate::arcs::ArcLag;
use crate::ruled::asked;
use crate::ruled::clock;
use crate::ruled::net::Role;

/// Where paths meet, and what the time to there counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrival {
    /// When the target is there.
    pub(super) at: i64,
    /// Whether that is the start of the last leaf; else its finish.
    pub(super) of_start: bool,
    /// The place whose time counts, as its float does.
    pub(super) counted_on: usize,
}

impl Arrival {
    /// The start of a leaf.
    pub(super) fn of_start(chains: &Chains<'_>, v: usize) -> Self {
        Self {
            at: chains.ruled.state.es[v],
            of_start: true,
            counted_on: v,
        }
    }

    /// Minutes from an instant to the target; none where the instant comes after it.
    pub(super) fn missing(&self, chains: &Chains<'_>, at: i64) -> i64 {
        let (given, v) = (&chains.given, self.counted_on);
        clock::minutes(clock::gap(given.calendar(v), chains.ruled.state.span[v], at, self.at)).max(0)
    }
}

/// The leaves of a path from its target back, as far as they are known.
pub(super) struct Tail {
    arrival: Arrival,
    /// By leaf, from the target back: the float of the path up to it.
    floats: Vec<i64>,
    /// How many of the first leaves work on the calendar that counts, with working lags between them: there, a gap is as long
    /// as the time by which the target is reached sooner.
    alike: usize,
}

impl Tail {
    pub(super) const fn new(arrival: Arrival) -> Self {
        Self {
            arrival,
            floats: Vec::new(),
            alike: 0,
        }
    }

    /// Goes one leaf further back, to the one that asks.
    pub(super) fn push(&mut self, chains: &Chains<'_>, ask: &Ask) {
        let Some((arc, v, _)) = ask.from else { return };
        if self.alike == self.floats.len() && self.is_alike(chains, arc, v) {
            self.alike += 1;
        }
        let float = self.floats.last().copied().unwrap_or(0);
        self.floats.push(float + ask.gap);
    }

    /// Whether a leaf, and the link from it to the leaf before, count nothing but working time of the calendar that counts.
    fn is_alike(&self, chains: &Chains<'_>, arc: usize, v: usize) -> bool {
        let (given, ruled) = (&chains.given, chains.ruled);
        let (counted, place) = (given.place(self.arrival.counted_on), given.place(v));
        let works = |v: usize| matches!(ruled.state.span[v], Span::Work(_));
        let same = place.calendar == counted.calendar && place.hours == place.calendar && place.delay == 0;
        // What the target counts on has no arc from it.
        same && works(v) && works(self.arrival.counted_on) && (self.floats.is_empty() || is_working(chains, arc))
    }

    /// The float of the path that goes on with one more ask of its last leaf. `asks` are those of the path.
    pub(super) fn float_with(&self, chains: &Chains<'_>, asks: &[Ask], other: &Ask, spent: &mut usize) -> i64 {
        let (given, state) = (&chains.given, &chains.ruled.state);
        let places = |n: usize| asks[n].from.map_or(usize::MAX, |(_, v, _)| v);
        let mut n = self.floats.len() - 1;
        let mut v = places(n);
        let mut dates = asked::stands(given, v, state.span[v], other.at);
        loop {
            *spent += 1;
            if n < self.alike {
                let gap = clock::between(given.calendar(v), dates.0, state.es[v]);
                return self.floats[n] + clock::minutes(gap).max(0);
            }
            if n == 0 {
                let at = if self.arrival.of_start { dates.0 } else { dates.1 };
                return self.arrival.missing(chains, at);
            }
            let Some((arc, ..)) = asks[n].from else {
                return self.floats[n];
            };
            (n, v) = (n - 1, places(n - 1));
            let (span, before) = (state.span[v], dates);
            let start = asked::asked(given, state, v, arc, span, before).0;
            let start = asked::delayed(given, v, start);
            dates = asked::stands(given, v, span, start);
            if let Some(kept) = asked::kept_finish(given, state, v, arc, before) {
                dates.1 = dates.1.max(kept);
            }
        }
    }
}

/// Whether the lag of a link, and where it counts, is working time of the leaves at its ends.
fn is_working(chains: &Chains<'_>, arc: usize) -> bool {
    use framdrift_model::rules::LagCalendar::{Predecessor, Successor};
    let net = chains.given.arc(arc);
    let on_ends = matches!(chains.given.rules.lag_calendar, Predecessor | Successor);
    let leaf = chains.given.place(net.from as usize).role == Role::Leaf;
    match net.lag {
        // A finish that is asked for in free time is met by the work after it.
        ArcLag::Work(0) => net.tie.to_start(),
        ArcLag::Work(_) => on_ends,
        // A share of what works.
        ArcLag::Share(_) => on_ends && leaf,
        ArcLag::Elapsed(_) | ArcLag::Period(_) => false,
    }
}
