//! The schedule: dates, floats and what is critical.

use framdrift_model::projection::NodeIx;
use framdrift_model::time::Minute;

use crate::rollup::Rolled;

/// The dates and floats of one node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dates {
    /// When it starts: the early start.
    pub start: Minute,
    /// When it finishes: the early finish.
    pub finish: Minute,
    /// The earliest start; where the node is as late as possible, the start it is pulled to.
    pub early_start: Minute,
    /// The earliest finish; where the node is as late as possible, the finish it is pulled to.
    pub early_finish: Minute,
    /// The latest start that neither moves the finish of the programme nor passes a bound.
    pub late_start: Minute,
    /// The latest finish that neither moves the finish of the programme nor passes a bound.
    pub late_finish: Minute,
    /// Working minutes of the node's calendar from early to late dates, the smaller of those between the starts and between
    /// the finishes. Negative where a bound cannot be met.
    pub total_float: i64,
    /// Working minutes of the node's calendar that it can move without moving an early date of another, counted to its last
    /// start or finish that does not; for a summary, the least between the early date of one of its leaves and what a link
    /// out of the summary allows it. Never negative.
    pub free_float: i64,
    /// Whether there is no total float, or for a summary, none in one of its leaves.
    pub critical: bool,
}

impl Dates {
    const UNSET: Self = Self {
        start: Minute::MIN,
        finish: Minute::MIN,
        early_start: Minute::MIN,
        early_finish: Minute::MIN,
        late_start: Minute::MIN,
        late_finish: Minute::MIN,
        total_float: 0,
        free_float: 0,
        critical: false,
    };

    /// Nothing but a moment.
    pub(crate) const fn instant(at: Minute) -> Self {
        Self {
            start: at,
            finish: at,
            early_start: at,
            early_finish: at,
            late_start: at,
            late_finish: at,
            ..Self::UNSET
        }
    }

    /// The date on one side.
    #[must_use]
    pub fn on(&self, side: Side) -> Minute {
        match side {
            Side::EarlyStart => self.early_start,
            Side::EarlyFinish => self.early_finish,
            Side::LateStart => self.late_start,
            Side::LateFinish => self.late_finish,
        }
    }
}

/// One of a node's four dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// [`Dates::early_start`].
    EarlyStart,
    /// [`Dates::early_finish`].
    EarlyFinish,
    /// [`Dates::late_start`].
    LateStart,
    /// [`Dates::late_finish`].
    LateFinish,
}

impl Side {
    /// All four, in the order of [`Dates`].
    pub const ALL: [Self; 4] = [Self::EarlyStart, Self::EarlyFinish, Self::LateStart, Self::LateFinish];

    pub(crate) fn is_start(self) -> bool {
        matches!(self, Self::EarlyStart | Self::LateStart)
    }

    pub(crate) fn is_early(self) -> bool {
        matches!(self, Self::EarlyStart | Self::EarlyFinish)
    }
}

/// When everything can happen: the dates and floats of every node of a [`Network`](crate::Network).
///
/// A schedule holds numbers by position and nothing of the network, so both can be kept, sent and dropped apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    start: Minute,
    finish: Minute,
    /// By node.
    pub(crate) dates: Vec<Dates>,
    /// Nodes moved for being as late as possible, with the dates that the forward pass gave them. By node.
    pub(crate) pulled: Vec<(NodeIx, (i64, i64))>,
    /// What is known of the leaves of each summary. By node.
    pub(crate) rolled: Vec<Rolled>,
    /// What the dates do not show of what the computation worked with, where it is anything else. By node.
    pub(crate) exact: Vec<Exact>,
    /// The start in tenths of a minute.
    pub(crate) exact_start: i64,
    beyond: Vec<NodeIx>,
}

/// The dates that a node handed on over its links, in tenths of a minute: start and finish.
///
/// They are remembered for the proof of a schedule, because they cannot be found again from the dates alone: by the rules of
/// MS Project dates have tenths of a minute, and what is as late as possible hides where it stood before it was moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exact {
    pub(crate) node: NodeIx,
    /// Early dates before what is as late as possible drove others.
    pub(crate) soonest: [i64; 2],
    pub(crate) early: [i64; 2],
    pub(crate) late: [i64; 2],
    /// Where it is put.
    pub(crate) put: [i64; 2],
}

impl Schedule {
    pub(crate) fn empty(nodes: usize, start: Minute, finish: Minute) -> Self {
        Self {
            start,
            finish,
            dates: vec![Dates::UNSET; nodes],
            pulled: Vec::new(),
            rolled: Vec::new(),
            exact: Vec::new(),
            exact_start: start.get() * 10,
            beyond: Vec::new(),
        }
    }

    /// Notes which nodes have a date at an end of the span.
    pub(crate) fn remember_horizon(&mut self) {
        let ends = [Minute::MIN, Minute::MAX];
        self.beyond = self
            .iter()
            .filter(|(_, dates)| Side::ALL.iter().any(|side| ends.contains(&dates.on(*side))))
            .map(|(node, _)| node)
            .collect();
    }

    /// The instant before which nothing starts.
    #[must_use]
    pub fn start(&self) -> Minute {
        self.start
    }

    /// The latest early finish; the start, when there are no nodes.
    #[must_use]
    pub fn finish(&self) -> Minute {
        self.finish
    }

    /// The dates and floats of a node.
    ///
    /// # Panics
    /// When the schedule is of a network without such a node.
    #[must_use]
    pub fn dates(&self, node: NodeIx) -> Dates {
        self.dates[node.index()]
    }

    /// Every node with its dates, in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (NodeIx, Dates)> + '_ {
        self.dates
            .iter()
            .enumerate()
            .map(|(n, dates)| (NodeIx(n as u32), *dates))
    }

    /// The nodes with a date at an end of the span of dates, in document order.
    ///
    /// Whatever is cut off while a node is placed, its span or what a link asks of it, leaves one of its own dates at that
    /// end, so every node that was cut off is named. One that reaches an end exactly is named too. What follows from a date
    /// that was cut off is no better than it, and is named only where it reaches an end itself.
    #[must_use]
    pub fn beyond_horizon(&self) -> &[NodeIx] {
        &self.beyond
    }

    /// The dates that the forward pass gave a leaf, before anything was pulled later.
    pub(crate) fn unpulled(&self, leaf: NodeIx) -> (i64, i64) {
        match self.pulled.binary_search_by_key(&leaf, |(node, _)| *node) {
            Ok(found) => self.pulled[found].1,
            Err(_) => {
                let dates = self.dates(leaf);
                (dates.early_start.get(), dates.early_finish.get())
            }
        }
    }

    /// Whether a leaf was moved for being as late as possible.
    pub(crate) fn is_pulled(&self, leaf: NodeIx) -> bool {
        self.pulled.binary_search_by_key(&leaf, |(node, _)| *node).is_ok()
    }

    /// What is known of the leaves of a summary.
    pub(crate) fn rolled(&self, summary: NodeIx) -> &Rolled {
        let found = self.rolled.binary_search_by_key(&summary, |r| r.summary);
        // INVARIANT: every summary of the network has been rolled up.
        &self.rolled[found.expect("the schedule is of this network")]
    }
}
