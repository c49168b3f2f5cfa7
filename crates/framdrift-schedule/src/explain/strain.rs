//! A chain that runs past a cap, and how little of it suffices for that.

use framdrift_model::projection::{BoundKind, Span};
use framdrift_model::rules::Profile;

use super::Cause;
use super::by_rules::End;
use super::chain::Ask;
use super::clash::MOST_VISITS;
use crate::ruled::clock;
use crate::ruled::{Given, State, asked, instants};

/// Chains of more leaves are searched by halves for where they begin to clash.
const SHORT: usize = 2_000;

/// A leaf on a chain, what it hangs on, and the end that the chain leaves it by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Knot {
    pub(super) v: usize,
    pub(super) ask: Ask,
    pub(super) left: End,
}

/// A chain and the cap that it misses.
pub(super) struct Strain<'a> {
    pub(super) given: &'a Given<'a>,
    pub(super) state: &'a State,
    /// The date, and whether it bounds a start.
    pub(super) cap: (i64, bool),
    pub(super) knots: &'a [Knot],
}

/// What suffices.
pub(super) struct Set {
    /// Where the chain begins.
    pub(super) first: usize,
    /// Whether the duration of a leaf is needed, by position in the chain.
    pub(super) durations: Vec<bool>,
    /// Whether the delay of a leaf is needed.
    pub(super) delays: Vec<bool>,
    pub(super) minimal: bool,
}

/// What of a leaf may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Delay,
    Duration,
}

/// Whether a bound is one of a start.
pub(super) const fn is_of_start(kind: BoundKind) -> bool {
    matches!(
        kind,
        BoundKind::StartNotBefore | BoundKind::StartNotAfter | BoundKind::MustStart | BoundKind::ExternalStart
    )
}

impl Strain<'_> {
    /// The smallest set: the shortest end of the chain that clashes, then without what it does not need.
    pub(super) fn smallest(&self, visits: &mut usize) -> Set {
        let len = self.knots.len();
        let mut set = Set {
            first: 0,
            durations: vec![true; len],
            delays: vec![true; len],
            minimal: false,
        };
        for (n, knot) in self.knots.iter().enumerate() {
            set.durations[n] = self.state.span[knot.v].minutes() > 0 && !self.is_fixed(n);
            set.delays[n] = self.given.place(knot.v).delay > 0 && !self.is_fixed(n);
        }
        if !self.clashes(&set, visits) {
            return set;
        }
        self.shorten(&mut set, visits);
        set.minimal = len <= SHORT;
        self.lighten(&mut set, visits);
        set
    }

    /// Whether a leaf stands at dates of its own, whatever it takes.
    fn is_fixed(&self, n: usize) -> bool {
        let knot = &self.knots[n];
        let recorded = matches!(knot.ask.cause, Cause::Actual | Cause::Typed(_)) && knot.ask.from.is_none();
        n == 0 && (matches!(knot.left, End::Recorded | End::Put) || recorded && self.floor(0).is_none())
    }

    /// Drops leaves from the front of the chain while its floor holds the next ones, too.
    fn shorten(&self, set: &mut Set, visits: &mut usize) {
        let last = self.knots.len() - 1;
        let mut tried = |first: usize| {
            let set = Set {
                first,
                durations: set.durations.clone(),
                delays: set.delays.clone(),
                minimal: false,
            };
            self.floor(first).is_some() && self.clashes(&set, visits)
        };
        if last <= SHORT {
            set.first = (1..=last).rev().find(|first| tried(*first)).unwrap_or(0);
            return;
        }
        let (mut holds, mut fails) = (0, last + 1);
        while fails - holds > 1 {
            let middle = holds + (fails - holds) / 2;
            if tried(middle) {
                holds = middle;
            } else {
                fails = middle;
            }
        }
        set.first = holds;
    }

    /// Leaves durations and delays out that are not needed, the shortest first.
    fn lighten(&self, set: &mut Set, visits: &mut usize) {
        let mut parts: Vec<(i64, usize, Part)> = Vec::new();
        for n in set.first..self.knots.len() {
            let place = self.given.place(self.knots[n].v);
            if set.delays[n] {
                parts.push((place.delay, n, Part::Delay));
            }
            // Where a chain enters by the finish and leaves by the start, a shorter leaf clashes the more: it is needed not to
            // take longer.
            if set.durations[n] && !(self.enters_by_finish(n, set.first) && self.leaves_by_start(n)) {
                parts.push((self.state.span[self.knots[n].v].minutes(), n, Part::Duration));
            }
        }
        parts.sort_unstable();
        let mut at = 0;
        while at < parts.len() {
            if *visits > MOST_VISITS {
                set.minimal = false;
                return;
            }
            // As many as can go together; the next one is needed then.
            let (mut goes, mut stays) = (at, parts.len() + 1);
            while stays - goes > 1 {
                let middle = goes + (stays - goes) / 2;
                mark(set, &parts[at..middle], false);
                let clashes = self.clashes(set, visits);
                mark(set, &parts[at..middle], true);
                if clashes {
                    goes = middle;
                } else {
                    stays = middle;
                }
            }
            mark(set, &parts[at..goes], false);
            at = goes + 1;
        }
    }

    fn enters_by_finish(&self, n: usize, first: usize) -> bool {
        match self.knots[n].ask.from {
            Some((arc, ..)) if n > first => !self.given.arc(arc).tie.to_start(),
            _ => match self.knots[0].ask.cause {
                Cause::Bound { node, index } => {
                    !is_of_start(self.given.projection.nodes[node.index()].bounds[index as usize].kind)
                }
                _ => false,
            },
        }
    }

    fn leaves_by_start(&self, n: usize) -> bool {
        match n + 1 == self.knots.len() {
            true => self.cap.1,
            false => self.knots[n].left != End::Finish,
        }
    }

    /// What the floor of the chain asks of the start of one of its leaves, where it holds that one, too.
    fn floor(&self, n: usize) -> Option<i64> {
        let v = self.knots[n].v;
        let given = self.given;
        match self.knots[0].ask.cause {
            // MS Project begins what nothing leads to where work can begin.
            Cause::ProgrammeStart if given.rules.profile == Profile::MsProject => {
                Some(clock::next_start(given.calendar(v), given.start))
            }
            Cause::ProgrammeStart => Some(given.start),
            Cause::StatusDate => given.status,
            Cause::Resumed if n == 0 => given.fact(v).resumed.map(clock::ticks),
            Cause::Actual if n == 0 && given.finished(v).is_none() && given.rules.profile != Profile::MsProject => {
                given.started(v)
            }
            Cause::Typed(summary) if given.place(v).node != summary => {
                let held = given.typed_above(v).any(|s| s == summary);
                held.then(|| given.typed_dates(summary).0)
            }
            Cause::Bound { node, index } => {
                let mut bounds = given.net.bounds(v).iter();
                bounds.find(|b| (b.holder, b.index) == (node, index)).map(|b| b.at)
            }
            _ => None,
        }
    }

    /// Where the first leaf stands at dates of its own, whatever it takes.
    fn fixed(&self, n: usize) -> (i64, i64) {
        let v = self.knots[n].v;
        if self.knots[n].left == End::Put {
            return self.state.put(v);
        }
        match (self.given.started(v), self.given.finished(v)) {
            (started, Some(finished)) if !self.given.is_typed(v) => (started.unwrap_or(finished), finished),
            (Some(started), None) if !self.given.is_typed(v) => (started, self.state.ef[v]),
            _ => (self.state.es[v], self.state.ef[v]),
        }
    }

    /// The start that the floor asks of a leaf; none where it stands at dates of its own.
    fn hangs(&self, n: usize, span: Span) -> Option<i64> {
        let v = self.knots[n].v;
        let at = self.floor(n).filter(|_| !self.is_fixed(n))?;
        let calendar = self.given.hours(v);
        Some(match (self.enters_by_finish(n, n), self.given.rules.profile) {
            (false, _) => at,
            (true, Profile::Framdrift) => instants::start_reaching(calendar, span, at),
            (true, _) => clock::start_of(calendar, span, at),
        })
    }

    /// Whether what the floor asks of the start of a leaf stands even where work cannot begin.
    fn stays(&self, n: usize, span: Span) -> bool {
        let (Cause::Bound { node, index }, Profile::MsProject, Span::Elapsed(_)) =
            (self.knots[0].ask.cause, self.given.rules.profile, span)
        else {
            return false;
        };
        let kind = self.given.projection.nodes[node.index()].bounds[index as usize].kind;
        n < self.knots.len() && !matches!(kind, BoundKind::MustStart | BoundKind::StartNotAfter)
    }

    /// Where a leaf stands by the set, given where the one before does.
    fn stands(&self, set: &Set, n: usize, before: (i64, i64)) -> (i64, i64) {
        let (given, knot) = (self.given, &self.knots[n]);
        let v = knot.v;
        let span = match (set.durations[n], self.state.span[v]) {
            (true, whole) => whole,
            (false, Span::Work(_)) => Span::Work(0),
            (false, Span::Elapsed(_)) => Span::Elapsed(0),
        };
        let link = knot.ask.from.filter(|_| n > set.first);
        let start = match link {
            Some((arc, ..)) => Some(asked::asked(given, self.state, v, arc, span, before).0),
            None => self.hangs(n, span),
        };
        let Some(mut start) = start else {
            return self.fixed(n);
        };
        if set.delays[n] {
            start = asked::delayed(given, v, start);
        } else if link.is_none() && self.stays(n, span) {
            return (start, clock::finish_of(given.hours(v), span, start));
        }
        let (start, finish) = asked::stands(given, v, span, start);
        let kept = link.and_then(|(arc, ..)| asked::kept_finish(given, self.state, v, arc, before));
        (start, kept.map_or(finish, |kept| finish.max(kept)))
    }

    /// Whether the set runs past the cap.
    fn clashes(&self, set: &Set, visits: &mut usize) -> bool {
        let mut dates = (0, 0);
        for n in set.first..self.knots.len() {
            *visits += 1;
            dates = self.stands(set, n, dates);
        }
        let (at, of_start) = self.cap;
        let date = if of_start { dates.0 } else { dates.1 };
        let v = self.knots[self.knots.len() - 1].v;
        date > at && clock::minutes(clock::gap(self.given.calendar(v), self.state.span[v], at, date)) > 0
    }
}

fn mark(set: &mut Set, parts: &[(i64, usize, Part)], needed: bool) {
    for (_, n, part) in parts {
        match part {
            Part::Delay => set.delays[*n] = needed,
            Part::Duration => set.durations[*n] = needed,
        }
    }
}
