//! What is checked: the plan, what is recorded, and the dates that a schedule claims.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::{Fact, Facts};
use framdrift_model::projection::{CalendarIx, Mode, NodeIx, Projection, TimeNode};
use framdrift_model::rules::{
    Direction, ElapsedStart, LagCalendar, LateKind, OutOfSequence, Precedence, Profile, Rules,
};
use framdrift_model::time::Minute;

use super::clock::{self, Length, MINUTE};
use super::flaw::Reason;
use super::group::Sums;
use super::hold::Holds;
use super::last;
use super::p6;
use super::strand::{self, Distance, End, Strand, Strands};
use super::tree::{Tree, says};
use crate::schedule::{Dates, Schedule};

/// The dates that a node hands on, in tenths of a minute: start and finish.
pub(super) type Pair = [i64; 2];

/// By node, what a schedule claims.
pub(super) struct Claims {
    /// The early dates before anything as late as possible moved another node.
    pub(super) soonest: Vec<Pair>,
    pub(super) early: Vec<Pair>,
    pub(super) late: Vec<Pair>,
    /// Where it is put: the early dates, unless it is as late as possible.
    pub(super) put: Vec<Pair>,
}

impl Claims {
    /// Takes dates as they are shown, and what the schedule remembers besides.
    pub(super) fn new(schedule: &Schedule, dates: impl Fn(NodeIx) -> Dates) -> Self {
        let pair = |a: Minute, b: Minute| [clock::tenths(a), clock::tenths(b)];
        let all = || (0..schedule.len() as u32).map(|n| dates(NodeIx(n)));
        let early: Vec<Pair> = all().map(|d| pair(d.early_start, d.early_finish)).collect();
        let late = all().map(|d| pair(d.late_start, d.late_finish)).collect();
        let mut claims = Self {
            soonest: early.clone(),
            put: early.clone(),
            early,
            late,
        };
        for (node, (start, finish)) in &schedule.pulled {
            let unpulled = [*start, *finish].map(|t| clock::tenths(Minute::MIN.plus(t.into())));
            claims.soonest[node.index()] = unpulled;
            claims.early[node.index()] = unpulled;
        }
        for exact in schedule.exact() {
            let n = exact.node.index();
            claims.soonest[n] = exact.soonest;
            claims.early[n] = exact.early;
            claims.late[n] = exact.late;
            claims.put[n] = exact.put;
        }
        claims
    }
}

/// Which dates drive others: those before anything as late as possible moved another node, or those after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Round {
    Soonest,
    Final,
}

pub(super) struct Case<'a> {
    pub(super) projection: &'a Projection,
    pub(super) rules: &'a Rules,
    /// By node; empty where nothing is recorded.
    facts: Vec<Fact>,
    pub(super) tree: Tree,
    pub(super) strands: Strands,
    pub(super) holds: Holds,
    pub(super) claims: Claims,
    /// The start of the programme, and its latest early finish.
    pub(super) start: i64,
    pub(super) finish: i64,
    pub(super) status: Option<i64>,
    /// Where late dates count from.
    pub(super) origin: i64,
    counts_back: bool,
}

impl<'a> Case<'a> {
    pub(super) fn new(projection: &'a Projection, facts: &Facts, schedule: &Schedule, claims: Claims) -> Self {
        let tree = Tree::new(projection);
        let strands = Strands::new(projection, &tree);
        let mut by_node = Vec::new();
        for (node, fact) in facts.iter().filter(|(node, _)| node.index() < tree.len()) {
            if by_node.is_empty() {
                by_node = vec![Fact::default(); tree.len()];
            }
            by_node[node.index()] = *fact;
        }
        let mut case = Self {
            projection,
            rules: &projection.rules,
            facts: by_node,
            holds: Holds::new(projection, &tree, &strands),
            tree,
            strands,
            claims,
            start: schedule.exact_start(),
            finish: 0,
            status: facts.status_date.map(clock::tenths),
            origin: 0,
            counts_back: false,
        };
        let late = |n: usize| case.node(n).as_late_as_possible && !case.node(n).summary;
        let any = case.rules.profile == Profile::Framdrift || case.acting().any(late);
        case.counts_back = any && case.rules.direction == Direction::FromFinish && projection.finish.is_some();
        let soonest = case.dated().map(|n| case.claims.soonest[n][1]).max();
        case.finish = soonest.unwrap_or(case.start);
        case.origin = projection.finish.map_or(case.finish, clock::tenths);
        case
    }

    /// The nodes whose finishes make that of the programme: all that act but summaries at typed dates, which count to MS Project.
    fn dated(&self) -> impl Iterator<Item = usize> + '_ {
        let all = self.rules.profile == Profile::MsProject;
        self.acting()
            .filter(move |n| all || !(self.is_typed(*n) && self.node(*n).summary))
    }

    /// When the last of all is over, where each is put.
    pub(super) fn last_finish(&self) -> i64 {
        self.dated().map(|n| self.claims.put[n][1]).max().unwrap_or(self.start)
    }

    /// The nodes that have dates of their own and that links can tie.
    pub(super) fn acting(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.tree.len()).filter(|n| self.tree.acts(*n))
    }

    pub(super) fn node(&self, n: usize) -> &'a TimeNode {
        &self.projection.nodes[n]
    }

    fn compiled(&self, calendar: CalendarIx) -> &'a WorkCalendar {
        &self.projection.calendars[calendar.index()]
    }

    /// The calendar that lags to it and its float count on.
    pub(super) fn calendar(&self, n: usize) -> &'a WorkCalendar {
        self.compiled(self.node(n).calendar)
    }

    /// The calendar that its work is laid out on.
    pub(super) fn hours(&self, n: usize) -> &'a WorkCalendar {
        let node = self.node(n);
        self.compiled(node.work_calendar.unwrap_or(node.calendar))
    }

    /// How long it takes in all.
    pub(super) fn length(&self, n: usize) -> Length {
        let node = self.node(n);
        // Only MS Project counts parts of minutes.
        let tenths = if self.rules.profile == Profile::MsProject {
            node.tenths.into()
        } else {
            0
        };
        match node.summary {
            true => Length::of(framdrift_model::projection::Span::Work(0), tenths),
            false => Length::of(node.span, tenths),
        }
    }

    pub(super) fn fact(&self, n: usize) -> Fact {
        self.facts.get(n).copied().unwrap_or_default()
    }

    pub(super) fn started(&self, n: usize) -> Option<i64> {
        let fact = self.fact(n);
        fact.started.or(fact.finished).map(clock::tenths)
    }

    pub(super) fn finished(&self, n: usize) -> Option<i64> {
        self.fact(n).finished.map(clock::tenths)
    }

    /// What is recorded to be left of it.
    pub(super) fn recorded_rest(&self, n: usize) -> Option<Length> {
        let rest = self.fact(n).remaining?.max(0).saturating_mul(MINUTE);
        Some(self.length(n).with(rest))
    }

    pub(super) fn typed(&self, n: usize) -> Option<Pair> {
        match self.node(n).mode {
            Mode::Manual { start, finish } => Some([clock::tenths(start), clock::tenths(finish.max(start))]),
            _ => None,
        }
    }

    pub(super) fn is_typed(&self, n: usize) -> bool {
        self.typed(n).is_some()
    }

    /// Whether it is a level of effort. What spans others is none, whatever it says.
    pub(super) fn is_effort(&self, n: usize) -> bool {
        self.node(n).mode == Mode::LevelOfEffort && !self.tree.spans(n)
    }

    /// Whether it is to be as late as possible.
    pub(super) fn is_late(&self, n: usize) -> bool {
        let node = self.node(n);
        let by_direction = self.rules.profile == Profile::Framdrift && self.counts_back();
        !node.summary && (node.as_late_as_possible || by_direction)
    }

    /// Whether a date that must be kept breaks links.
    pub(super) fn dates_win(&self) -> bool {
        self.rules.precedence == Precedence::Constraints
    }

    /// Whether time by the clock starts when work can begin, and not at any time.
    pub(super) fn civil_waits(&self) -> bool {
        self.rules.elapsed_start == ElapsedStart::WorkingTime
    }

    /// Whether dates count back from a finish: by the rules of the tools only where something is as late as possible.
    pub(super) fn counts_back(&self) -> bool {
        self.counts_back
    }

    /// Whether what is as late as possible eats total float, and so drives others from its late dates.
    pub(super) fn eats_total_float(&self) -> bool {
        self.counts_back || self.rules.as_late_as_possible == LateKind::TotalFloat
    }

    /// Whether anything drives others from its late dates.
    pub(super) fn is_driven_late(&self) -> bool {
        let late = || self.acting().any(|n| self.is_late(n));
        self.eats_total_float() && late()
    }

    /// Where everything is put; but what is finished moves no more, and holds nothing.
    pub(super) fn standing(&self) -> Vec<Pair> {
        let holds = |n: usize| self.rules.profile == Profile::P6 || self.finished(n).is_none();
        let put = self.claims.put.iter().enumerate();
        put.map(|(n, put)| if holds(n) { *put } else { [clock::EVER; 2] })
            .collect()
    }

    /// Its own bounds that say anything, with their reasons.
    pub(super) fn bounds(&self, n: usize) -> impl Iterator<Item = (&'a framdrift_model::projection::Bound, Reason)> {
        let node = self.node(n);
        let here = NodeIx(n as u32);
        (0..)
            .zip(&node.bounds)
            .filter(move |(_, bound)| says(node, bound.kind))
            .map(move |(index, bound)| (bound, Reason::Bound { node: here, index }))
    }

    /// The dates that the beginning of a strand hands to its end. What is as late as possible drives others from where it is
    /// put, but not others of its kind.
    pub(super) fn handed(&self, sums: &Sums, strand: &Strand) -> Pair {
        let to_late = matches!(strand.to, End::Node(n) if self.is_late(n));
        match (strand.from, sums.round) {
            (End::Node(n), Round::Soonest) => self.claims.soonest[n],
            (End::Node(n), Round::Final) if to_late => self.claims.early[n],
            (End::Node(n), Round::Final) => self.claims.put[n],
            (End::Group(g), _) => [sums.outs[g].start, sums.outs[g].finish],
        }
    }

    /// The dates that count for those who belong to a summary.
    pub(super) fn group_dates(&self, round: Round) -> &[Pair] {
        match round {
            Round::Soonest => &self.claims.soonest,
            Round::Final => &self.claims.put,
        }
    }

    pub(super) fn lag_calendar(&self, strand: &Strand) -> &'a WorkCalendar {
        let ix = match (self.rules.lag_calendar, strand.from, strand.to) {
            (LagCalendar::Project, ..) => self.projection.calendar,
            (LagCalendar::Predecessor, End::Node(n), _) => self.node(n).calendar,
            (LagCalendar::Predecessor, End::Group(g), _) => self.node(self.strands.outs[g].summary).calendar,
            (LagCalendar::Successor | LagCalendar::AllDay, _, End::Node(n)) => self.node(n).calendar,
            (LagCalendar::Successor | LagCalendar::AllDay, _, End::Group(g)) => self.strands.ins[g].calendar,
        };
        self.compiled(ix)
    }

    /// The lag of a strand in full.
    pub(super) fn lag(&self, sums: &Sums, strand: &Strand) -> Distance {
        let (Distance::Share(percent), End::Group(g)) = (strand.lag, strand.from) else {
            return strand.lag;
        };
        let length = self.length(sums.outs[g].shortest);
        let tenths = match self.rules.profile {
            Profile::MsProject => strand::share(length.tenths, percent),
            // A share is one of whole minutes.
            Profile::Framdrift | Profile::P6 => strand::share(length.tenths / MINUTE, percent).saturating_mul(MINUTE),
        };
        match length.civil || self.rules.lag_calendar == LagCalendar::AllDay {
            true => Distance::Civil(tenths),
            false => Distance::Work(tenths),
        }
    }

    /// `t` with a lag of a strand.
    pub(super) fn with(&self, strand: &Strand, lag: Distance, t: i64) -> i64 {
        match lag {
            // framdrift's links hold as instants: also a lead ends where work ends.
            Distance::Work(0) | Distance::Share(_) => clock::inside(t),
            Distance::Work(work) if self.rules.profile == Profile::Framdrift => {
                let calendar = self.lag_calendar(strand);
                clock::closes(calendar, clock::done(calendar, t).saturating_add(work))
            }
            Distance::Work(work) => clock::moved(self.lag_calendar(strand), t, work),
            Distance::Civil(time) => clock::civil(t, time),
            Distance::Period(period) => {
                let up = -((-t).div_euclid(MINUTE));
                clock::tenths(period.earliest_anchor(Minute::clamped(up)))
            }
        }
    }

    /// `t` without a lag of a strand.
    pub(super) fn without(&self, strand: &Strand, lag: Distance, t: i64) -> i64 {
        match lag {
            Distance::Work(0) | Distance::Share(_) => clock::inside(t),
            Distance::Work(work) if self.rules.profile == Profile::Framdrift => {
                let calendar = self.lag_calendar(strand);
                clock::opens(calendar, clock::done(calendar, t).saturating_sub(work))
            }
            Distance::Work(work) => clock::moved(self.lag_calendar(strand), t, work.saturating_neg()),
            Distance::Civil(time) => clock::civil(t, time.saturating_neg()),
            Distance::Period(period) => clock::tenths(period.before(Minute::clamped(t.div_euclid(MINUTE)))),
        }
    }

    /// Working time on a strand's calendar of lags.
    pub(super) fn worked_on_lags(&self, strand: &Strand, from: i64, to: i64) -> i64 {
        clock::worked(self.lag_calendar(strand), from, to)
    }

    /// `t`, or where work opens next on a strand's calendar of lags.
    pub(super) fn opening_on_lags(&self, strand: &Strand, t: i64) -> i64 {
        clock::at_opening(self.lag_calendar(strand), t)
    }

    /// What a strand demands of its end, given the date at its beginning.
    pub(super) fn demanded(&self, sums: &Sums, strand: &Strand, t: i64) -> i64 {
        let lag = self.lag(sums, strand);
        match self.rules.profile {
            Profile::P6 => p6::demanded(self, strand, lag, t),
            Profile::Framdrift | Profile::MsProject => self.with(strand, lag, t),
        }
    }

    /// What a strand allows its beginning, given the latest start and finish that can be asked of its end.
    pub(super) fn allowed(&self, sums: &Sums, strand: &Strand, asked: Pair) -> i64 {
        let lag = self.lag(sums, strand);
        let t = asked[usize::from(!strand.to_start)];
        match self.rules.profile {
            Profile::P6 => p6::allowed(self, strand, lag, t),
            Profile::MsProject => last::asking(self, strand, lag, asked),
            Profile::Framdrift => self.without(strand, lag, t),
        }
    }

    /// Whether a strand to a node bounds what precedes it.
    pub(super) fn binds(&self, n: usize) -> bool {
        match self.rules.profile {
            Profile::P6 => true,
            Profile::MsProject => self.finished(n).is_none(),
            Profile::Framdrift => {
                let goes_on = self.rules.out_of_sequence == OutOfSequence::ProgressOverride;
                self.finished(n).is_none() && !(goes_on && self.started(n).is_some())
            }
        }
    }
}

/// Something asks for a date: forward of the start, backward of the finish.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    /// The start that follows, or backward the finish.
    pub(super) at: i64,
    /// Whether it was asked of the start; else of the finish.
    pub(super) of_start: bool,
    pub(super) reason: Reason,
    pub(super) source: Source,
}

/// Where a demand comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Strand(usize),
    /// A group that hands it down.
    Group(usize),
    Other,
}

impl Demand {
    pub(super) fn new(at: i64, of_start: bool, reason: Reason) -> Self {
        Self {
            at,
            of_start,
            reason,
            source: Source::Other,
        }
    }
}

/// Where a node is put at the earliest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub(super) dates: Pair,
    /// The start that it would have if a date that must be kept gave way; else nothing.
    pub(super) logic: i64,
    /// How long it takes from there on.
    pub(super) length: Length,
    /// What put it there whatever else was demanded: of the start, and of the finish.
    pub(super) fixed: [Option<Reason>; 2],
}

impl Placed {
    pub(super) fn at(dates: Pair, length: Length) -> Self {
        Self {
            dates: dates.map(clock::inside),
            logic: clock::NEVER,
            length,
            fixed: [None; 2],
        }
    }

    pub(super) fn because(self, reason: Reason) -> Self {
        Self {
            fixed: [Some(reason); 2],
            ..self
        }
    }
}

/// How late a node may be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    /// The dates that links to it are measured by.
    pub(super) dates: Pair,
    /// The finish that float is measured to.
    pub(super) float_finish: i64,
    /// The dates that are shown.
    pub(super) shown: Pair,
    pub(super) fixed: Option<Reason>,
}
