//! What a computation knows and what it has found so far.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::{Fact, Facts};
use framdrift_model::projection::{Mode, NodeIx, Projection, Span};
use framdrift_model::rules::{LateKind, Precedence, Profile, Rules};

use super::clock::{self, NO_CAP, NO_FLOOR};
use super::holds;
use super::msproject;
use super::net::{Bounding, Net, NetArc, Place, Role};

/// What is recorded, by place.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// Empty where nothing is.
    by_place: Vec<Fact>,
    status: Option<i64>,
}

impl Recorded {
    pub(crate) fn new(net: &Net, facts: &Facts) -> Self {
        let mut by_place = Vec::new();
        for (node, fact) in facts.iter() {
            if let Some(place) = net.place(node) {
                if by_place.is_empty() {
                    by_place = vec![Fact::default(); net.len()];
                }
                by_place[place] = *fact;
            }
        }
        Self {
            by_place,
            status: facts.status_date.map(clock::ticks),
        }
    }
}

/// What a computation reads.
pub(crate) struct Given<'a> {
    pub(crate) projection: &'a Projection,
    pub(crate) net: &'a Net,
    pub(crate) rules: &'a Rules,
    /// By place; empty where nothing is recorded.
    facts: &'a [Fact],
    pub(crate) start: i64,
    /// The status date.
    pub(crate) status: Option<i64>,
    /// Which caps count backward.
    caps: Caps,
}

/// Which caps on late dates count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Caps {
    All,
    /// None but what is asked of the finish.
    None,
    /// A single bound: the node that states it, and its position there.
    One(NodeIx, u32),
}

impl<'a> Given<'a> {
    pub(crate) fn new(projection: &'a Projection, net: &'a Net, recorded: &'a Recorded, start: i64) -> Self {
        Self {
            projection,
            net,
            rules: &projection.rules,
            facts: &recorded.by_place,
            start,
            status: recorded.status,
            caps: Caps::All,
        }
    }

    /// The same by other rules and with other caps.
    pub(crate) fn with<'b>(&self, rules: &'b Rules, caps: Caps) -> Given<'b>
    where
        'a: 'b,
    {
        Given {
            projection: self.projection,
            net: self.net,
            rules,
            facts: self.facts,
            start: self.start,
            status: self.status,
            caps,
        }
    }

    /// Which float is eaten by what is as late as possible. Counted back from the finish it stands at its late dates, and what
    /// follows it starts from them.
    pub(crate) fn late_kind(&self) -> LateKind {
        match self.net.counts_back {
            true => LateKind::TotalFloat,
            false => self.rules.as_late_as_possible,
        }
    }

    /// The bounds of a place that count backward.
    pub(crate) fn caps(&self, v: usize) -> impl Iterator<Item = &'a Bounding> + use<'a> {
        let caps = self.caps;
        self.net.bounds(v).iter().filter(move |bound| match caps {
            Caps::All => true,
            Caps::None => false,
            Caps::One(holder, index) => (bound.holder, bound.index) == (holder, index),
        })
    }

    /// The summaries with typed dates that hold a leaf: all that it belongs to. MS Project does not hold a child that has a
    /// no-earlier-than date of its own.
    pub(crate) fn typed_above(&self, v: usize) -> impl Iterator<Item = NodeIx> + use<'a> {
        holds::holding(self.projection, &self.net.typed_above, self.place(v).node)
    }

    /// What the links of summaries with typed dates allow a place.
    pub(crate) fn hold(&self, v: usize) -> Option<usize> {
        self.net.hold_of(v).filter(|_| self.caps == Caps::All)
    }

    /// The places that a summary with typed dates asks for the start of.
    pub(crate) fn parts(&self, v: usize) -> impl Iterator<Item = usize> + use<'a> {
        let all = self.caps == Caps::All;
        self.net.parts(v).filter(move |_| all)
    }

    /// The summaries with typed dates above a leaf whose finish counts backward.
    pub(crate) fn typed_caps(&self, v: usize) -> impl Iterator<Item = NodeIx> + use<'a> {
        let all = self.caps == Caps::All;
        self.typed_above(v).filter(move |_| all)
    }

    pub(crate) fn place(&self, v: usize) -> &'a Place {
        &self.net.places[v]
    }

    pub(crate) fn arc(&self, arc: usize) -> &'a NetArc {
        &self.net.arcs[arc]
    }

    pub(crate) fn calendar(&self, v: usize) -> &'a WorkCalendar {
        self.net.calendar(self.projection, v)
    }

    /// The calendar that the work at a place is laid out on.
    pub(crate) fn hours(&self, v: usize) -> &'a WorkCalendar {
        self.net.hours(self.projection, v)
    }

    /// A fact's remaining time in ticks, of the kind that the place's span has; never negative.
    pub(crate) fn left(&self, v: usize) -> Option<Span> {
        let ticks = self.fact(v).remaining?.max(0).saturating_mul(clock::TICKS);
        Some(match self.place(v).span {
            Span::Work(_) => Span::Work(ticks),
            Span::Elapsed(_) => Span::Elapsed(ticks),
        })
    }

    /// The typed dates of a place.
    pub(crate) fn typed(&self, v: usize) -> Option<(i64, i64)> {
        match self.place(v).mode {
            Mode::Manual { start, finish } => Some((clock::ticks(start), clock::ticks(finish.max(start)))),
            _ => None,
        }
    }

    /// The typed dates of a summary.
    pub(crate) fn typed_dates(&self, summary: NodeIx) -> (i64, i64) {
        match self.projection.nodes[summary.index()].mode {
            Mode::Manual { start, finish } => (clock::ticks(start), clock::ticks(finish.max(start))),
            _ => (NO_FLOOR, NO_CAP),
        }
    }

    pub(crate) fn fact(&self, v: usize) -> Fact {
        self.facts.get(v).copied().unwrap_or_default()
    }

    pub(crate) fn started(&self, v: usize) -> Option<i64> {
        let fact = self.fact(v);
        fact.started.or(fact.finished).map(clock::ticks)
    }

    pub(crate) fn finished(&self, v: usize) -> Option<i64> {
        self.fact(v).finished.map(clock::ticks)
    }

    /// Whether it stands at typed dates.
    pub(crate) fn is_typed(&self, v: usize) -> bool {
        matches!(self.place(v).mode, Mode::Manual { .. })
    }

    /// Whether a place is a summary with typed dates.
    pub(crate) fn is_typed_summary(&self, v: usize) -> bool {
        self.is_typed(v) && self.projection.nodes[self.place(v).node.index()].summary
    }

    /// Whether dates that must be kept break links.
    pub(crate) fn dates_win(&self) -> bool {
        self.rules.precedence == Precedence::Constraints
    }
}

/// What is found, by place.
///
/// Of a leaf: the early and late dates that it hands on over its links. Of an exit: the least start and the latest finish of
/// its leaves, and what it is allowed. Of an entry: what is demanded, and what its leaves allow.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) es: Vec<i64>,
    pub(crate) ef: Vec<i64>,
    pub(crate) ls: Vec<i64>,
    pub(crate) lf: Vec<i64>,
    /// The late dates of a leaf that is put there because it is as late as possible; else no floor.
    pub(crate) scheduled: Vec<(i64, i64)>,
    /// The start that links alone ask for, where a date that must be kept moved the leaf from it; else no floor.
    pub(crate) logic: Vec<i64>,
    /// How long the leaf takes from `es` on.
    pub(crate) span: Vec<Span>,
    /// Of an exit: the place that starts first and the one that finishes last. Of an entry: the arc whose demand on starts
    /// and the one whose demand on finishes won.
    pub(crate) via: Vec<(u32, u32)>,
    /// Of an exit: the place that a share counts from.
    pub(crate) shortest: Vec<u32>,
    /// Whether a link to it bounds its predecessor.
    pub(crate) binds: Vec<bool>,
    /// The late finish that float is measured to.
    pub(crate) float_finish: Vec<i64>,
    /// The late dates that are shown, where they are not those handed on.
    pub(crate) shown: Vec<Option<(i64, i64)>>,
    /// The early dates before what is as late as possible drove others from its late dates; empty where it does not.
    pub(crate) soonest: Vec<(i64, i64)>,
}

pub(crate) const NO_VIA: u32 = u32::MAX;

/// No dates other than the early ones.
pub(crate) const NOT_MOVED: (i64, i64) = (NO_FLOOR, NO_FLOOR);

impl State {
    pub(crate) fn new(net: &Net) -> Self {
        let n = net.len();
        Self {
            es: vec![NO_FLOOR; n],
            ef: vec![NO_FLOOR; n],
            ls: vec![NO_CAP; n],
            lf: vec![NO_CAP; n],
            scheduled: vec![NOT_MOVED; n],
            logic: vec![NO_FLOOR; n],
            span: net.places.iter().map(|place| place.span).collect(),
            via: vec![(NO_VIA, NO_VIA); n],
            shortest: vec![NO_VIA; n],
            binds: vec![true; n],
            float_finish: vec![NO_CAP; n],
            shown: vec![None; n],
            soonest: Vec::new(),
        }
    }
}

impl State {
    /// The dates at which a leaf is put: the late ones where it is as late as possible and eats total float.
    pub(crate) fn put(&self, v: usize) -> (i64, i64) {
        match self.scheduled[v] {
            NOT_MOVED => (self.es[v], self.ef[v]),
            moved => moved,
        }
    }

    /// Whether a leaf was put off, as late as possible.
    pub(crate) fn is_put_off(&self, v: usize) -> bool {
        self.put(v) != (self.es[v], self.ef[v])
    }

    /// The early dates that are shown and that floats are measured from: what eats free float is pulled there, what eats total
    /// float keeps them.
    pub(crate) fn early(&self, given: &Given<'_>, v: usize) -> (i64, i64) {
        match given.late_kind() {
            LateKind::FreeFloat => self.put(v),
            LateKind::TotalFloat => (self.es[v], self.ef[v]),
        }
    }

    /// Whether a leaf that stands at its late dates has used its total float up. Counted back from the finish it has not: it could
    /// start earlier.
    pub(crate) fn has_used_float(&self, given: &Given<'_>, v: usize) -> bool {
        self.is_at_latest(given, v) && !given.net.counts_back
    }

    /// Whether a leaf stands at its late dates, beyond which it cannot go.
    pub(crate) fn is_at_latest(&self, given: &Given<'_>, v: usize) -> bool {
        given.late_kind() == LateKind::TotalFloat && self.scheduled[v] != NOT_MOVED
    }

    /// The dates that a place hands to one that follows. What is as late as possible and eats total float drives others from
    /// where it is put, but not others of its kind; what eats free float drives nothing from there.
    pub(crate) fn handed(&self, given: &Given<'_>, u: usize, to: usize) -> (i64, i64) {
        let place = given.place(to);
        // What was pulled into free float was pulled after all links had been heard.
        let free = given.late_kind() == LateKind::FreeFloat;
        let (start, finish) = match free || (place.role == Role::Leaf && place.late) {
            true => (self.es[u], self.ef[u]),
            false => self.put(u),
        };
        // By framdrift's own rules links count from where something really started.
        let own = given.rules.profile == Profile::Framdrift;
        let began = given.started(u).filter(|_| own && !given.is_typed(u));
        (began.map_or(start, clock::within), finish)
    }
}

/// What asks for a date.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Heard {
    /// An arc: a link, or an entry or exit that leads on to one.
    Arc(usize),
    Bound(Bounding),
    ProgrammeStart,
    ProgrammeFinish,
    StatusDate,
    /// Work went on then.
    Resumed,
    /// The typed dates of a summary it belongs to.
    TypedSummary(NodeIx),
    /// It happened.
    Actual,
    /// Its own typed dates.
    Typed,
    /// It is as late as possible.
    Late,
    /// Nothing follows it, so it is measured against itself.
    OpenEnd,
}

/// A demand on a leaf: forward on its start, backward on its finish.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Demand {
    /// The start that follows forward; the finish that follows backward.
    pub(crate) at: i64,
    /// Whether it was made of the start; else of the finish.
    pub(crate) of_start: bool,
    pub(crate) cause: Heard,
    /// Whether the leaf's own delay is in it already: it comes after whatever asks of the start.
    pub(crate) held_back: bool,
}

impl Demand {
    pub(crate) const fn new(at: i64, of_start: bool, cause: Heard) -> Self {
        Self {
            at,
            of_start,
            cause,
            held_back: false,
        }
    }

    /// The same, asked for so much later by the clock.
    pub(crate) fn held_back(self, delay: i64) -> Self {
        match delay {
            1.. if self.at != NO_FLOOR => Self {
                at: clock::later(self.at, delay),
                held_back: true,
                ..self
            },
            _ => self,
        }
    }
}

/// Where a leaf is put by the forward pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed {
    pub(crate) start: i64,
    pub(crate) finish: i64,
    pub(crate) logic: i64,
    pub(crate) span: Span,
    /// What put it there whatever else was demanded: of the start, and of the finish.
    pub(crate) fixed: [Option<Heard>; 2],
}

impl Placed {
    pub(crate) fn at(start: i64, finish: i64, span: Span) -> Self {
        Self {
            start: clock::within(start),
            finish: clock::within(finish),
            logic: NO_FLOOR,
            span,
            fixed: [None; 2],
        }
    }

    /// At its own typed dates, where it has some; what lies between them is how long it lasts.
    pub(crate) fn typed(given: &Given<'_>, v: usize) -> Option<Self> {
        let (start, finish) = given.typed(v)?;
        let lasts = match given.place(v).span {
            Span::Work(_) if given.rules.profile == Profile::MsProject => {
                Span::Work(msproject::typed::hours(given, v).between(start, finish))
            }
            Span::Work(_) => Span::Work(clock::between(given.hours(v), start, finish)),
            Span::Elapsed(_) => Span::Elapsed(finish - start),
        };
        Some(Self::at(start, finish, lasts).fixed(Heard::Typed))
    }

    pub(crate) fn fixed(self, cause: Heard) -> Self {
        Self {
            fixed: [Some(cause); 2],
            ..self
        }
    }
}

/// How late a leaf may be by the backward pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowed {
    /// The dates that links to it are measured by.
    pub(crate) start: i64,
    pub(crate) finish: i64,
    pub(crate) float_finish: i64,
    pub(crate) shown: Option<(i64, i64)>,
    pub(crate) fixed: Option<Heard>,
}
