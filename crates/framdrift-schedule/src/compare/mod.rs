//! Two schedules side by side: which dates moved, and which change of the plan moved them.
//!
//! ```
//! use framdrift_model::facts::Facts;
//! use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
//! use framdrift_model::time::Minute;
//! use framdrift_schedule::compare::{Aspect, What, compare};
//! use framdrift_schedule::{Network, compute};
//!
//! let house = |walls: i64| {
//!     let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
//!     let walls = plan.add(TimeNode::activity("walls", Span::Work(walls * 480)));
//!     let roof = plan.add(TimeNode::activity("roof", Span::Work(480)));
//!     plan.link(walls, roof, LinkKind::FinishToStart, Lag::NONE);
//!     let network = Network::new(plan).unwrap();
//!     let schedule = compute(&network, &Facts::none()).unwrap();
//!     (network, schedule)
//! };
//! let (before, after) = (house(3), house(4));
//! let comparison = compare((&before.0, &before.1), (&after.0, &after.1));
//!
//! // One change, and it moved both: the walls' finish and all of the roof.
//! assert_eq!(comparison.changes.len(), 1);
//! let change = &comparison.changes[0];
//! assert!(matches!(change.what, What::Node { aspect: Aspect::Span, .. }));
//! assert_eq!(change.moved.len(), 2);
//! assert_eq!(change.moved[0].by, 1_440);
//! ```
//!
//! # How causes are found
//!
//! Nodes are matched by id, links by the nodes they join, bounds by what they bound and where they are written. All that differs
//! is a [`Change`], whether it moved anything or not: with all of them taken back, the later plan is the earlier one.
//!
//! A date that follows from the latest of several demands moves later because of the demand that it follows from *now*, and
//! earlier because of the one that it followed from *before*. So the cause of a later start is looked for at its driver in the
//! later schedule, that of an earlier one at its former driver; for late dates, which follow from the earliest allowance, it is the
//! other way round. Where that driver is itself something that changed, it is the root; where it is a date that moved the
//! same way, the search goes on there. Where both a link and the date behind it changed, the one that accounts for more of
//! the move counts.

mod cause;
mod changes;
mod matching;
mod near;
mod words;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{CalendarIx, LinkIx, NodeIx};
use framdrift_model::time::Minute;

use crate::network::Network;
use crate::schedule::{Dates, Schedule, Side};

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
    /// Why each of its dates moved, in the order of [`Side::ALL`]; none for a date that did not.
    pub why: [Option<Why>; 4],
    /// The change of what is recorded of it: its position in [`Comparison::changes`].
    pub recorded: Option<usize>,
}

impl Moved {
    /// Whether it starts or finishes at another moment. Otherwise only late dates and floats differ.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        (self.before.start, self.before.finish) != (self.after.start, self.after.finish)
    }

    /// The most that its start or finish moved, in civil minutes; negative for earlier.
    #[must_use]
    pub fn by(&self) -> i64 {
        let start = self.after.start.since(self.before.start);
        let finish = self.after.finish.since(self.before.finish);
        if start.abs() > finish.abs() { start } else { finish }
    }

    /// The change that moved its start, or where that stands, its finish; where neither moved, the one that its late dates follow
    /// from.
    #[must_use]
    pub fn root(&self) -> Option<usize> {
        let elsewhere = self
            .start_and_finish()
            .into_iter()
            .find_map(|(by, change)| change.filter(|_| by != 0));
        elsewhere.or_else(|| self.why.iter().flatten().find_map(|why| why.change))
    }

    /// By how much its start and its finish moved, and for which change.
    fn start_and_finish(&self) -> [(i64, Option<usize>); 2] {
        let Self { before, after, .. } = self;
        let early = [
            before.start == before.early_start && after.start == after.early_start,
            before.finish == before.early_finish && after.finish == after.early_finish,
        ];
        let by = [after.start.since(before.start), after.finish.since(before.finish)];
        [0, 1].map(|at| {
            let [soon, late] = [self.why[at], self.why[at + 2]].map(|why| why.and_then(|why| why.change));
            // What stands elsewhere than at its early date happened, or is put off until its late date.
            let change = if early[at] {
                soon.or(late)
            } else {
                self.recorded.or(late).or(soon)
            };
            (by[at], change)
        })
    }
}

/// Why a date moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Why {
    /// The change that moved it: its position in [`Comparison::changes`]. None where several changes did so together and no one of
    /// them by itself.
    pub change: Option<usize>,
    /// What stands between: the node whose date moved and moved this one, which its own [`Why`] explains. None where the change
    /// moved this date itself.
    pub through: Option<(NodeIx, Side)>,
}

/// Something that differs between two plans, and what it moved.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What differs.
    pub what: What,
    /// The nodes whose start or finish it moved, farthest first, then in document order.
    pub moved: Vec<Effect>,
}

/// A node whose start or finish a change moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// The node, in the later network.
    pub node: NodeIx,
    /// The most that its start or finish moved for that reason, in civil minutes; negative for earlier.
    pub by: i64,
}

/// What can differ between two plans. Where there are two positions, the first is in the earlier network, the second in the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum What {
    /// The date before which nothing starts.
    Start,
    /// The date by which all of it must be finished.
    Finish,
    /// The rules that dates are computed by, or the programme's own calendar.
    Rules,
    /// The date up to which progress is recorded.
    StatusDate,
    /// The hours of a calendar.
    Hours(CalendarIx, CalendarIx),
    /// A node that was not there, with its links.
    Added(NodeIx),
    /// A node that is gone, with its links.
    Removed(NodeIx),
    /// Something about a node.
    Node {
        /// The node in the earlier network.
        earlier: NodeIx,
        /// The node in the later network.
        node: NodeIx,
        /// What about it.
        aspect: Aspect,
    },
    /// A bound of a node that was not there: its position in the later network.
    BoundAdded {
        /// The node in the later network.
        node: NodeIx,
        /// The position among its bounds.
        index: u32,
    },
    /// A bound of a node that is gone.
    BoundRemoved {
        /// The node in the earlier network.
        earlier: NodeIx,
        /// The position among its bounds.
        index: u32,
    },
    /// A bound with another date or of another kind.
    BoundChanged {
        /// The node in the earlier network, and the position among its bounds.
        earlier: (NodeIx, u32),
        /// The node in the later network, and the position among its bounds.
        node: (NodeIx, u32),
    },
    /// A link between two nodes of both plans that was not there.
    LinkAdded(LinkIx),
    /// A link between two nodes of both plans that is gone: its position in the earlier network.
    LinkRemoved(LinkIx),
    /// A link with another lag or of another kind.
    LinkChanged(LinkIx, LinkIx),
}

/// What can differ about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Aspect {
    /// What is recorded of it.
    Fact,
    /// Whether its dates are computed, typed in, spanned or not to be.
    Mode,
    /// How long it takes.
    Span,
    /// Its calendar.
    Calendar,
    /// The calendar that its work is laid out on.
    WorkCalendar,
    /// How long it is held back.
    Delay,
    /// Whether it is as late as possible.
    AsLateAsPossible,
    /// Which end of something it marks.
    Milestone,
    /// The summary it belongs to.
    Parent,
    /// Whether it spans others.
    Summary,
}

/// Compares two schedules, and finds what moved each date.
///
/// Facts are part of what is compared where they are given.
///
/// # Panics
/// When a schedule is not that of the network beside it.
///
/// # Complexity
/// O(*n* + *m* log *m*) in nodes and links, plus an explanation for each date that moved. Late dates are explained where links between
/// summaries stand for at most twenty million pairs of leaves, early dates always.
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
                why: [None; 4],
                recorded: None,
            });
        }
    }
    cause::attribute(&earlier, &later, &pairs, &found, &mut moves);
    let mut comparison = Comparison {
        start: (earlier.schedule.start(), later.schedule.start()),
        finish: (earlier.schedule.finish(), later.schedule.finish()),
        added: pairs.added().collect(),
        removed: pairs.removed().collect(),
        moves,
        changes: found.into_changes(),
    };
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

    /// The dates through which a change reached one date of a node: from the first that it moved to the date itself.
    #[must_use]
    pub fn chain(&self, node: NodeIx, side: Side) -> Vec<(NodeIx, Side)> {
        let mut chain = vec![(node, side)];
        let mut at = (node, side);
        while let Some(next) = self
            .of(at.0)
            .and_then(|moved| moved.why[at.1 as usize])
            .and_then(|why| why.through)
            // A chain that came back to itself would never end.
            .filter(|next| chain.len() <= 4 * self.moves.len() && *next != at)
        {
            chain.push(next);
            at = next;
        }
        chain.reverse();
        chain
    }

    /// The nodes that moved though no change by itself moved them.
    pub fn unexplained(&self) -> impl Iterator<Item = &Moved> + '_ {
        self.moves
            .iter()
            .filter(|moved| moved.is_elsewhere() && moved.root().is_none())
    }

    /// Tells each change what it moved, and puts those that moved most first.
    fn gather(&mut self) {
        for moved in &self.moves {
            let mut told: [Option<usize>; 2] = [None; 2];
            for (at, (by, change)) in moved
                .start_and_finish()
                .into_iter()
                .enumerate()
                .filter(|(_, (by, _))| *by != 0)
            {
                told[at] = change;
                let Some(change) = told[at] else { continue };
                let effects = &mut self.changes[change].moved;
                match effects
                    .last_mut()
                    .filter(|e| at == 1 && told[0] == told[1] && e.node == moved.node)
                {
                    Some(effect) if by.abs() >= effect.by.abs() => effect.by = by,
                    Some(_) => {}
                    None => effects.push(Effect { node: moved.node, by }),
                }
            }
        }
        for change in &mut self.changes {
            change.moved.sort_by_key(|effect| (-effect.by.abs(), effect.node));
        }
        let mut order: Vec<usize> = (0..self.changes.len()).collect();
        let most = |change: &Change| change.moved.first().map_or(0, |effect| effect.by.abs());
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
        for moved in &mut self.moves {
            moved.recorded = moved.recorded.map(|change| place[change]);
        }
        for why in self.moves.iter_mut().flat_map(|moved| moved.why.iter_mut().flatten()) {
            why.change = why.change.map(|change| place[change]);
        }
    }
}
