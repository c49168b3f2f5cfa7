//! The schedule: dates, floats and what is critical.

use std::sync::Arc;

use framdrift_model::projection::NodeIx;
use framdrift_model::time::Minute;
use framdrift_model::value::Value;

use crate::network::Network;
use crate::rollup::Rolled;
use crate::ruled::Ruled;
use crate::time::{self, LAST};
use crate::worklist::Worklist;

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
    /// Minutes from early to late dates, the smaller of those between the starts and between the finishes. Negative where a
    /// bound cannot be met. They are working minutes of the node's calendar, and civil ones where it runs by the clock:
    /// [`TimeNode::counts`](framdrift_model::projection::TimeNode::counts) tells.
    pub total_float: i64,
    /// Minutes, counted as those of total float are, that it can move without moving an early date of another, counted to its last
    /// start or finish that does not; for a summary, the least between the early date of one of its leaves and what a link
    /// out of the summary allows it. Never negative.
    pub free_float: i64,
    /// Whether there is no total float, or for a summary, none in one of its leaves.
    pub critical: bool,
}

framdrift_model::serialize_as_value!(Dates);

impl Dates {
    /// For programs: `{"start", "finish", "early_start", "early_finish", "late_start", "late_finish", "total_float", "free_float",
    /// "critical"}`, dates as `YYYY-MM-DDTHH:MM` and floats as minutes. With the feature `serde` dates are serialised so.
    ///
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{NodeIx, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_model::value::Value;
    /// use framdrift_schedule::{Network, compute};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// plan.add(TimeNode::activity("walls", Span::Work(3 * 480)));
    /// let schedule = compute(&Network::new(plan).unwrap(), &Facts::none()).unwrap();
    /// let Value::Table(fields) = schedule.dates(NodeIx(0)).value() else { unreachable!() };
    /// assert_eq!(fields[1], ("finish".to_owned(), Value::text("2026-03-04T17:00")));
    /// ```
    #[must_use]
    pub fn value(&self) -> Value {
        Value::table(self.fields())
    }

    /// The fields of [`Dates::value`], in order, to stand in a table with others.
    #[must_use]
    pub fn fields(&self) -> [(&'static str, Value); 9] {
        [
            ("start", Value::text(self.start)),
            ("finish", Value::text(self.finish)),
            ("early_start", Value::text(self.early_start)),
            ("early_finish", Value::text(self.early_finish)),
            ("late_start", Value::text(self.late_start)),
            ("late_finish", Value::text(self.late_finish)),
            ("total_float", Value::Integer(self.total_float)),
            ("free_float", Value::Integer(self.free_float)),
            ("critical", Value::Bool(self.critical)),
        ]
    }

    /// Nothing but a moment.
    pub(crate) const fn instant(at: Minute) -> Self {
        Self {
            start: at,
            finish: at,
            early_start: at,
            early_finish: at,
            late_start: at,
            late_finish: at,
            total_float: 0,
            free_float: 0,
            critical: false,
        }
    }

    /// Makes these the dates of something that spans `other`, too. Floats stay.
    pub(crate) fn span_also(&mut self, other: &Self) {
        self.start = self.start.min(other.start);
        self.finish = self.finish.max(other.finish);
        self.early_start = self.early_start.min(other.early_start);
        self.early_finish = self.early_finish.max(other.early_finish);
        self.late_start = self.late_start.min(other.late_start);
        self.late_finish = self.late_finish.max(other.late_finish);
        self.critical |= other.critical;
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
/// A schedule holds numbers by position, and which node stands where, so it can be kept, sent and dropped apart from its
/// network. Two schedules are equal when they say the same of every node.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    pub(crate) start: u32,
    pub(crate) finish: u32,
    pub(crate) rows: Rows,
    /// Nodes moved for being as late as possible, with the dates that the forward pass gave them. By node.
    pub(crate) pulled: Vec<(NodeIx, (u32, u32))>,
    /// What is known of the leaves of each summary. By node.
    pub(crate) rolled: Vec<Rolled>,
    pub(crate) beyond: Vec<NodeIx>,
    /// What was computed by rules, instead of all of the above but the ends.
    pub(crate) ruled: Option<Arc<Ruled>>,
}

/// Dates and floats in columns: instants, and minutes of work. By place: positions of the network, then summaries.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rows {
    /// The place of each node.
    pub(crate) place: Arc<[u32]>,
    /// Start and finish.
    pub(crate) early: Vec<[u32; 2]>,
    pub(crate) late: Vec<[u32; 2]>,
    /// Whether the counts of work are those of the dates.
    pub(crate) counted: bool,
    /// Of leaves that take working time: the work before the early start, and before the late finish.
    pub(crate) early_work: Vec<u32>,
    pub(crate) late_work: Vec<u32>,
    /// Without its sign.
    pub(crate) total: Vec<u32>,
    pub(crate) free: Vec<u32>,
    pub(crate) marks: Vec<u8>,
    /// For each calendar, the work before the programme's start and before its finish.
    pub(crate) work_at_start: Vec<u32>,
    pub(crate) work_at_finish: Vec<u32>,
    /// What is left to do in an update; empty otherwise.
    pub(crate) ahead: Worklist,
    pub(crate) behind: Worklist,
}

/// What is marked of a row.
pub(crate) mod mark {
    pub(crate) const CRITICAL: u8 = 1;
    /// Total float is negative.
    pub(crate) const NEGATIVE: u8 = 2;
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

impl Rows {
    /// Makes room for the nodes of a network. What was there is kept or not.
    pub(crate) fn reset(&mut self, place: &Arc<[u32]>, places: usize) {
        if !Arc::ptr_eq(&self.place, place) {
            self.place = Arc::clone(place);
        }
        for column in [
            &mut self.early_work,
            &mut self.late_work,
            &mut self.total,
            &mut self.free,
        ] {
            column.resize(places, 0);
        }
        self.early.resize(places, [0; 2]);
        self.late.resize(places, [0; 2]);
        self.marks.resize(places, 0);
    }

    pub(crate) fn at(&self, v: usize) -> Dates {
        let total = i64::from(self.total[v]);
        let [start, finish] = self.early[v].map(time::date);
        let [late_start, late_finish] = self.late[v].map(time::date);
        Dates {
            start,
            finish,
            early_start: start,
            early_finish: finish,
            late_start,
            late_finish,
            total_float: if self.marks[v] & mark::NEGATIVE == 0 {
                total
            } else {
                -total
            },
            free_float: self.free[v].into(),
            critical: self.marks[v] & mark::CRITICAL != 0,
        }
    }

    pub(crate) fn set(&mut self, v: usize, dates: &Dates) {
        self.early[v] = [dates.early_start, dates.early_finish].map(time::offset);
        self.late[v] = [dates.late_start, dates.late_finish].map(time::offset);
        self.free[v] = time::clip(dates.free_float);
        self.set_total(v, dates.total_float, dates.critical);
    }

    #[inline]
    pub(crate) fn set_total(&mut self, v: usize, total: i64, critical: bool) {
        // INVARIANT: working minutes between two instants fit, without their sign.
        self.total[v] = total.unsigned_abs() as u32;
        self.marks[v] = (u8::from(critical) * mark::CRITICAL) | (u8::from(total < 0) * mark::NEGATIVE);
    }
}

impl PartialEq for Schedule {
    fn eq(&self, other: &Self) -> bool {
        let ends = |s: &Self| (s.start, s.finish);
        ends(self) == ends(other)
            && self.pulled == other.pulled
            && self.rolled == other.rolled
            && self.beyond == other.beyond
            && self.iter().eq(other.iter())
    }
}

impl Eq for Schedule {}

impl Schedule {
    /// Forgets everything, and makes room for the nodes of a network.
    pub(crate) fn reset(&mut self, network: &Network, start: u32) {
        (self.start, self.finish) = (start, start);
        let places = network.flat.len() + network.tree.summaries();
        self.rows.reset(&network.flat.place, places);
        self.pulled.clear();
        self.rolled.clear();
        self.beyond.clear();
        self.ruled = None;
    }

    pub(crate) fn set(&mut self, node: NodeIx, dates: &Dates) {
        let place = self.rows.place[node.index()];
        self.rows.set(place as usize, dates);
    }

    /// Notes which nodes have a date at an end of the span.
    pub(crate) fn remember_horizon(&mut self) {
        let rows = &self.rows;
        let ends = |dates: &[u32; 2]| dates.iter().any(|t| *t == 0 || *t >= LAST);
        self.beyond.clear();
        // A pass over columns finds out that there are none, nearly always. Places of junctions have no dates.
        if rows.early.iter().chain(&rows.late).any(ends) {
            let at_an_end = |place: u32| ends(&rows.early[place as usize]) || ends(&rows.late[place as usize]);
            let nodes = (0..).map(NodeIx).zip(rows.place.iter());
            self.beyond
                .extend(nodes.filter(|(_, place)| at_an_end(**place)).map(|(node, _)| node));
        }
    }

    /// The instant before which nothing starts.
    #[must_use]
    pub fn start(&self) -> Minute {
        time::date(self.start)
    }

    /// The latest early finish; the start, when there are no nodes.
    #[must_use]
    pub fn finish(&self) -> Minute {
        time::date(self.finish)
    }

    /// The dates and floats of a node.
    ///
    /// # Panics
    /// When the schedule is of a network without such a node.
    #[must_use]
    pub fn dates(&self, node: NodeIx) -> Dates {
        if let Some(ruled) = &self.ruled {
            return ruled.dates[node.index()];
        }
        self.rows.at(self.rows.place[node.index()] as usize)
    }

    /// Every node with its dates, in document order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (NodeIx, Dates)> + '_ {
        (0..self.len())
            .map(|n| NodeIx(n as u32))
            .map(|node| (node, self.dates(node)))
    }

    /// How many nodes it has dates of.
    pub(crate) fn len(&self) -> usize {
        match &self.ruled {
            Some(ruled) => ruled.dates.len(),
            None => self.rows.place.len(),
        }
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

    /// The dates that leaves handed on over their links, where the schedule was computed by rules.
    pub(crate) fn exact(&self) -> impl Iterator<Item = Exact> + '_ {
        self.ruled.iter().flat_map(|ruled| ruled.exact())
    }

    /// The start in tenths of a minute.
    pub(crate) fn exact_start(&self) -> i64 {
        match &self.ruled {
            Some(ruled) => ruled.exact_start(),
            None => self.start().get() * 10,
        }
    }

    /// The dates that the forward pass gave a leaf, before anything was pulled later.
    pub(crate) fn unpulled(&self, leaf: NodeIx) -> (u32, u32) {
        if self.ruled.is_some() {
            let dates = self.dates(leaf);
            return (time::offset(dates.early_start), time::offset(dates.early_finish));
        }
        match self.pulled.binary_search_by_key(&leaf, |(node, _)| *node) {
            Ok(found) => self.pulled[found].1,
            Err(_) => {
                let v = self.rows.place[leaf.index()] as usize;
                self.rows.early[v].into()
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
