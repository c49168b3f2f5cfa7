//! Two schedules side by side: which dates moved, and which changes of the plan moved them, each by how much.
//!
//! ```
//! use framdrift_model::facts::Facts;
//! use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
//! use framdrift_model::time::Minute;
//! use framdrift_schedule::compare::{Aspect, What, compare};
//! use framdrift_schedule::{Network, compute};
//!
//! let house = |walls: i64, roof: i64| {
//!     let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
//!     let walls = plan.add(TimeNode::activity("walls", Span::Work(walls * 480)));
//!     let roof = plan.add(TimeNode::activity("roof", Span::Work(roof * 480)));
//!     plan.link(walls, roof, LinkKind::FinishToStart, Lag::NONE);
//!     let network = Network::new(plan).unwrap();
//!     let schedule = compute(&network, &Facts::none()).unwrap();
//!     (network, schedule)
//! };
//! let (before, after) = (house(2, 2), house(20, 5));
//! let comparison = compare((&before.0, &before.1), (&after.0, &after.1));
//!
//! // The roof finishes 21 working days later: 18 for the walls, 3 for itself.
//! let finish = comparison.moves[1].finish.as_ref().unwrap();
//! assert_eq!(finish.by, 21 * 480);
//! let shares: Vec<i64> = finish.causes.iter().map(|cause| cause.by / 480).collect();
//! assert_eq!(shares, [18, 3]);
//! let walls = &comparison.changes[finish.causes[0].change];
//! assert!(matches!(walls.what, What::Node { aspect: Aspect::Span, .. }));
//! ```
//!
//! # How causes are found
//!
//! Nodes are matched by id, links by the nodes they join, bounds by what they bound and where they are written. All that differs
//! is a [`Change`], whether it moved anything or not: with all of them taken back, the later plan is the earlier one.
//!
//! What a change does is not guessed but computed: the plan is scheduled with this change alone made to the earlier plan, and
//! with this change alone taken out of the later one. By so much it moves a date *alone*, and *on top of the others*. Where both
//! are nothing the change is no cause of that date's move, whatever chain it stands on. Otherwise its share lies between the two:
//!
//! - What stands on the chain of drivers of the date goes first: of the later schedule for a date that moved later, of the earlier
//!   one for a date that moved earlier. A date that is the latest of several demands grows with what it follows from *now*, and
//!   shrinks with what it followed from *before*. What is off that chain counts with the less that it does.
//! - Where what the changes do alone is not what they do on top of one another (slack that the first of them uses up, say, or two
//!   chains of which one was enough), each share stands at one and the same fraction of the way between the two, the one that makes
//!   the sum right. For two changes on one chain that is half of the way.
//! - What no choice of shares accounts for, the changes move only [together](Shift::together), and no one of them is named for it.
//!
//! An edit of a template is one change, however many instances it has, and an entry that is new or gone is one with all that it
//! holds: they are [made and taken back together](Change::also), and shares are of the whole edit.
//!
//! So every cause that is named moves the date, alone or on top of the others, and the shares come to the move, to the minute.
//! Likewise a change is said to move [nothing](Reach::Nothing) only where neither of its two schedules has a start or a finish
//! at another time.
//!
//! This costs two schedules for each change. It is done for as many changes as [`MOST_STEPS`] allows, those first which stand on
//! the chains of most dates that moved; of others nothing is claimed ([`Reach::Unknown`]). A single change needs none: it moved
//! what moved.

mod changes;
mod matching;
mod mix;
mod once;
mod share;
mod walk;
mod what;
mod words;

use std::collections::BTreeSet;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Counts, NodeIx};
use framdrift_model::time::Minute;

use crate::network::Network;
use crate::schedule::{Dates, Schedule};

pub use what::{Aspect, What};
pub use words::Words;

/// A schedule with the network and the facts that it was computed from.
#[derive(Clone, Copy, Debug)]
pub struct Computed<'a> {
    pub(crate) network: &'a Network,
    pub(crate) schedule: &'a Schedule,
    pub(crate) facts: Option<&'a Facts>,
}

impl<'a> From<(&'a Network, &'a Schedule)> for Computed<'a> {
    fn from((network, schedule): (&'a Network, &'a Schedule)) -> Self {
        let facts = None;
        Self {
            network,
            schedule,
            facts,
        }
    }
}

impl<'a> From<(&'a Network, &'a Schedule, &'a Facts)> for Computed<'a> {
    fn from((network, schedule, facts): (&'a Network, &'a Schedule, &'a Facts)) -> Self {
        let facts = Some(facts);
        Self {
            network,
            schedule,
            facts,
        }
    }
}

/// What differs between two schedules, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Comparison {
    /// When the programme starts: earlier schedule, later schedule.
    pub start: (Minute, Minute),
    /// The latest finish: earlier schedule, later schedule.
    pub finish: (Minute, Minute),
    /// Why the latest finish moved, in working time of the programme's own calendar; none where it did not.
    pub shift: Option<Shift>,
    /// The nodes of the later network that the earlier one does not have.
    pub added: Vec<NodeIx>,
    /// The nodes of the earlier network that the later one does not have.
    pub removed: Vec<NodeIx>,
    /// The nodes of both whose dates, floats or criticality differ, in the order of the later network.
    pub moves: Vec<Moved>,
    /// All that differs between the plans: what moved most first, then in document order.
    pub changes: Vec<Change>,
}

/// A node with different dates or floats.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moved {
    /// The node in the earlier network.
    pub earlier: NodeIx,
    /// The node in the later network.
    pub node: NodeIx,
    /// Its dates in the earlier schedule.
    pub before: Dates,
    /// Its dates in the later schedule.
    pub after: Dates,
    /// How its start moved; none where it did not.
    pub start: Option<Shift>,
    /// How its finish moved; none where it did not.
    pub finish: Option<Shift>,
}

impl Moved {
    /// Whether it starts or finishes at another moment. Otherwise only late dates and floats differ.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        (self.before.start, self.before.finish) != (self.after.start, self.after.finish)
    }

    /// How one of its ends moved; none where it did not.
    #[must_use]
    pub const fn shift(&self, end: End) -> Option<&Shift> {
        match end {
            End::Start => self.start.as_ref(),
            End::Finish => self.finish.as_ref(),
        }
    }

    /// When one of its ends was before, and is now.
    #[must_use]
    pub const fn on(&self, end: End) -> (Minute, Minute) {
        match end {
            End::Start => (self.before.start, self.after.start),
            End::Finish => (self.before.finish, self.after.finish),
        }
    }
}

/// One of the two dates at which something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// [`Dates::start`].
    Start,
    /// [`Dates::finish`].
    Finish,
}

impl End {
    /// Both, the start first.
    pub const BOTH: [Self; 2] = [Self::Start, Self::Finish];

    /// A word for it: `start` or `finish`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish => "finish",
        }
    }
}

/// What the minutes of a [`Shift`] are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Working minutes of the node's calendar in the later plan.
    Work,
    /// Minutes by the clock: of what runs by the clock, and where no working time lies between the two dates.
    Clock,
}

impl Unit {
    /// What floats of the same kind count.
    #[must_use]
    pub const fn counts(self) -> Counts {
        match self {
            Self::Work => Counts::WorkingTime,
            Self::Clock => Counts::Clock,
        }
    }

    /// A word for it, for programs: `working-time` or `clock`, as for floats.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.counts().word()
    }
}

/// How far a date moved, and for which changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shift {
    /// What all its minutes are.
    pub unit: Unit,
    /// How far the date moved; negative for earlier. The shares of all causes and what several changes did together come to this.
    pub by: i64,
    /// The changes that moved it, the greatest share first, then in the order of [`Comparison::changes`].
    pub causes: Vec<Share>,
    /// What no change by itself accounts for: several moved it together, or were too many to be tried one by one.
    pub together: i64,
    /// The date that this one follows from: in the later schedule where it moved later, in the earlier one where it moved earlier.
    /// None where it follows from no other date, or from one that only one of the plans has.
    pub follows: Option<(NodeIx, End)>,
}

impl Shift {
    /// The share of a change; nothing where it is no cause.
    #[must_use]
    pub fn share(&self, change: usize) -> i64 {
        let mut causes = self.causes.iter();
        causes.find(|cause| cause.change == change).map_or(0, |cause| cause.by)
    }
}

/// What one change contributes to a move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Share {
    /// The change: its position in [`Comparison::changes`].
    pub change: usize,
    /// How much of the move it accounts for, in the [unit](Shift::unit) of the move. Never nothing, and against the move where it
    /// takes back what others do.
    pub by: i64,
}

/// Something that differs between two plans, and what it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What differs.
    pub what: What,
    /// What differs with it because one edit of a document does it all: the same about other instances of a template, or the rest of
    /// an entry that is new or gone. In the order of the list of changes; empty in plans that come from no document.
    pub also: Vec<What>,
    /// Whether it moves anything.
    pub reach: Reach,
    /// The starts and finishes that it has a share in, farthest first by the clock, then in document order.
    pub moved: Vec<Effect>,
}

impl Change {
    /// All that differs by it.
    pub fn whats(&self) -> impl Iterator<Item = &What> {
        std::iter::once(&self.what).chain(&self.also)
    }
}

/// Whether a change moves anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reach {
    /// It has a share in a move.
    Moves,
    /// It has no share in any, but only for the others' sake: made alone, or taken back alone, it does move a start or a finish.
    Covered,
    /// It moves no start and no finish, neither alone nor on top of the others: both schedules were computed.
    Nothing,
    /// It was not tried: there are too many changes for plans of this size, or it is no plan with it alone or without it.
    Unknown,
}

impl Reach {
    /// A word for it, for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Moves => "moves",
            Self::Covered => "covered",
            Self::Nothing => "nothing",
            Self::Unknown => "unknown",
        }
    }
}

/// A date that a change has a share in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// The node, in the later network.
    pub node: NodeIx,
    /// Which of its dates.
    pub end: End,
    /// The share of the change in its move.
    pub by: i64,
    /// What the minutes are.
    pub unit: Unit,
    /// The same part of the move by the clock, in minutes, to compare what is counted in different units.
    pub clock: i64,
}

/// How many nodes and links are gone through, at the most, to try changes one by one: twice for each change, once in each of its
/// two schedules. Two changes are tried however large the plans are.
pub const MOST_STEPS: u64 = 4_000_000;

/// Compares two schedules, and finds what moved each date.
///
/// Facts are part of what is compared where they are given.
///
/// # Panics
/// When a schedule is not that of the network beside it.
///
/// # Complexity
/// O(*n* + *m* log *m*) in nodes and links, plus a driver for each start and finish that moved. Where there is more than one
/// change, two networks and schedules for each, until they come to [`MOST_STEPS`] nodes and links, and two more.
#[must_use]
pub fn compare<'a>(earlier: impl Into<Computed<'a>>, later: impl Into<Computed<'a>>) -> Comparison {
    let (earlier, later) = (earlier.into(), later.into());
    let pairs = matching::Pairs::of(earlier.network.projection(), later.network.projection());
    let found = changes::find(&earlier, &later, &pairs);
    let mut moves = Vec::new();
    for (node, after) in later.schedule.iter() {
        let Some(old) = pairs.earlier(node) else { continue };
        let before = earlier.schedule.dates(old);
        if before != after {
            moves.push(Moved {
                earlier: old,
                node,
                before,
                after,
                start: None,
                finish: None,
            });
        }
    }
    let mut comparison = Comparison {
        start: (earlier.schedule.start(), later.schedule.start()),
        finish: (earlier.schedule.finish(), later.schedule.finish()),
        shift: None,
        added: pairs.added().collect(),
        removed: pairs.removed().collect(),
        moves,
        changes: Vec::new(),
    };
    share::attribute(&earlier, &later, &pairs, &found, &mut comparison);
    comparison.gather();
    comparison
}

impl Comparison {
    /// Whether the plans are the same in all that makes dates.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.moves.is_empty()
    }

    /// The move of a node of the later network; none where nothing about its dates differs.
    #[must_use]
    pub fn of(&self, node: NodeIx) -> Option<&Moved> {
        let found = self.moves.binary_search_by_key(&node, |moved| moved.node);
        found.ok().map(|at| &self.moves[at])
    }

    /// The dates through which a change reached the start or finish of a node: from the first that it has a share in to the date
    /// itself, at most `most` of them, those nearest to the date. Empty where the change is no cause of that move.
    ///
    /// # Complexity
    /// O(`most` · log *n*).
    #[must_use]
    pub fn chain(&self, node: NodeIx, end: End, change: usize, most: usize) -> Vec<(NodeIx, End)> {
        let shift = |(node, end): (NodeIx, End)| {
            let shift = self.of(node)?.shift(end)?;
            (shift.share(change) != 0).then_some(shift)
        };
        let mut chain = Vec::new();
        // A chain through both schedules may come back to itself.
        let mut seen = BTreeSet::new();
        let mut at = Some((node, end));
        while let Some((date, shift)) = at.and_then(|date| Some((date, shift(date)?)))
            && chain.len() < most
            && seen.insert(date)
        {
            chain.push(date);
            at = shift.follows;
        }
        chain.reverse();
        chain
    }

    /// The nodes of whose moves some part is no single change's.
    pub fn together(&self) -> impl Iterator<Item = &Moved> + '_ {
        self.moves.iter().filter(|moved| {
            let shifts = [&moved.start, &moved.finish];
            shifts.into_iter().flatten().any(|shift| shift.together != 0)
        })
    }

    /// Tells each change what it moved, and puts those that moved most first.
    fn gather(&mut self) {
        for moved in &self.moves {
            for end in End::BOTH {
                let Some(shift) = moved.shift(end) else { continue };
                let (before, after) = moved.on(end);
                for share in &shift.causes {
                    let clock = i128::from(after.since(before)) * i128::from(share.by) / i128::from(shift.by);
                    self.changes[share.change].moved.push(Effect {
                        node: moved.node,
                        end,
                        by: share.by,
                        unit: shift.unit,
                        clock: i64::try_from(clock).unwrap_or(i64::MAX),
                    });
                }
            }
        }
        for change in &mut self.changes {
            change
                .moved
                .sort_by_key(|effect| (-effect.clock.abs(), effect.node, effect.end));
        }
        let mut order: Vec<usize> = (0..self.changes.len()).collect();
        let most = |change: &Change| change.moved.first().map_or(0, |effect| effect.clock.abs());
        order.sort_by_key(|at| {
            let change = &self.changes[*at];
            (
                std::cmp::Reverse(most(change)),
                std::cmp::Reverse(change.moved.len()),
                *at,
            )
        });
        let mut place = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            place[*old] = new;
        }
        let mut changes: Vec<Option<Change>> = std::mem::take(&mut self.changes).into_iter().map(Some).collect();
        self.changes = order.iter().filter_map(|old| changes[*old].take()).collect();
        let shifts = self
            .moves
            .iter_mut()
            .flat_map(|moved| [&mut moved.start, &mut moved.finish]);
        for shift in shifts.chain([&mut self.shift]).flatten() {
            for share in &mut shift.causes {
                share.change = place[share.change];
            }
            shift.causes.sort_by_key(|share| (-share.by.abs(), share.change));
        }
    }
}
