//! The frozen network: flat arrays in topological order.
//!
//! Positions run in topological order over leaves and junctions; summaries have none, they are rolled up from their leaves.
//! Arcs stand in columns, grouped by the position they lead to and in document order within a group, so that a pass forward
//! reads them from front to back and a pass backward from back to front. A second index groups them by where they start.

use std::ops::Range;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{Bound, BoundKind, CalendarIx, Lag, LinkIx, NodeIx, Projection, Span, TimeNode};

use crate::arcs::{self, ArcLag, Arcs, Junction, Tie};
use crate::hierarchy::Hierarchy;
use crate::time::{self, NO_CAP, NO_FLOOR};

/// What stands at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Leaf,
    Entry,
    Exit,
}

/// Marks a summary, which has no position, and an arc without a link.
const NONE: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub(crate) struct Flat {
    pub(crate) role: Vec<Role>,
    /// The leaf at a position, or the summary whose junction it is.
    pub(crate) node: Vec<u32>,
    calendar: Vec<CalendarIx>,
    pub(crate) span: Vec<Span>,
    pub(crate) as_late_as_possible: Vec<bool>,
    /// What bounds demand of a leaf, its own and those of its summaries; of a junction, what nothing has demanded yet.
    pub(crate) floor_start: Vec<i64>,
    pub(crate) floor_finish: Vec<i64>,
    pub(crate) cap_start: Vec<i64>,
    pub(crate) cap_finish: Vec<i64>,
    /// The position of each node.
    position: Vec<u32>,
    /// Whether there is an exit, so that a pass must remember which leaf a share counts from.
    pub(crate) has_exits: bool,

    /// The arcs into position v: `into[v]..into[v + 1]`.
    into: Vec<u32>,
    pub(crate) from: Vec<u32>,
    pub(crate) to: Vec<u32>,
    pub(crate) tie: Vec<Tie>,
    lag: Vec<ArcLag>,
    link: Vec<u32>,
    /// The arcs out of position v: `out[out_of[v]..out_of[v + 1]]`.
    out_of: Vec<u32>,
    out: Vec<u32>,
}

impl Flat {
    pub(crate) fn new(projection: &Projection, tree: &Hierarchy, arcs: &Arcs, order: &[u32]) -> Self {
        let mut flat = Self::empty(order.len(), arcs.arcs.len());
        let mut position = vec![NONE; order.len()];
        let inherited = Inherited::new(projection, tree);
        for &vertex in order {
            let place = flat.role.len() as u32;
            if (vertex as usize) < tree.len() {
                if tree.is_summary(NodeIx(vertex)) {
                    continue;
                }
                flat.push_leaf(projection, NodeIx(vertex), inherited.of(NodeIx(vertex)));
            } else {
                flat.push_junction(arcs.junctions[vertex as usize - tree.len()]);
            }
            position[vertex as usize] = place;
        }

        let places = flat.role.len();
        let targets = arcs.arcs.iter().map(|arc| position[arc.to as usize]);
        let (into, sorted) = group(places, targets);
        for &a in &sorted {
            let arc = &arcs.arcs[a as usize];
            flat.from.push(position[arc.from as usize]);
            flat.to.push(position[arc.to as usize]);
            flat.tie.push(arc.tie);
            flat.lag.push(arc.lag);
            flat.link.push(arc.link.map_or(NONE, |link| link.0));
        }
        (flat.out_of, flat.out) = group(places, flat.from.iter().copied());
        flat.into = into;
        position.truncate(tree.len());
        flat.position = position;
        flat
    }

    /// The arrays of a network that the plain passes do not compute.
    pub(crate) fn nothing() -> Self {
        let mut flat = Self::empty(0, 0);
        (flat.into, flat.out_of) = (vec![0], vec![0]);
        flat
    }

    fn empty(places: usize, arcs: usize) -> Self {
        Self {
            role: Vec::with_capacity(places),
            node: Vec::with_capacity(places),
            calendar: Vec::with_capacity(places),
            span: Vec::with_capacity(places),
            as_late_as_possible: Vec::with_capacity(places),
            floor_start: Vec::with_capacity(places),
            floor_finish: Vec::with_capacity(places),
            cap_start: Vec::with_capacity(places),
            cap_finish: Vec::with_capacity(places),
            position: Vec::new(),
            has_exits: false,
            into: Vec::new(),
            from: Vec::with_capacity(arcs),
            to: Vec::with_capacity(arcs),
            tie: Vec::with_capacity(arcs),
            lag: Vec::with_capacity(arcs),
            link: Vec::with_capacity(arcs),
            out_of: Vec::new(),
            out: Vec::new(),
        }
    }

    fn push_leaf(&mut self, projection: &Projection, leaf: NodeIx, (floor, cap): (i64, i64)) {
        let node = &projection.nodes[leaf.index()];
        let asks = |counts: fn(BoundKind) -> bool| {
            let counted = node.bounds.iter().filter(move |b| counts(b.kind));
            counted.filter(|b| counts_on(node, b.kind)).map(at)
        };
        let floor_of = |counts| asks(counts).max().unwrap_or(NO_FLOOR);
        let cap_of = |counts| asks(counts).min().unwrap_or(NO_CAP);
        self.role.push(Role::Leaf);
        self.node.push(leaf.0);
        self.calendar.push(node.calendar);
        self.span.push(arcs::span_of(projection, leaf));
        self.as_late_as_possible.push(node.as_late_as_possible && !node.summary);
        self.floor_start.push(floor_of(is_start_floor).max(floor));
        self.floor_finish.push(floor_of(is_finish_floor));
        self.cap_start.push(cap_of(is_start_cap));
        self.cap_finish.push(cap_of(is_finish_cap).min(cap));
    }

    fn push_junction(&mut self, junction: Junction) {
        let (role, node, calendar, floor_start) = match junction {
            Junction::Entry(node, calendar) => (Role::Entry, node, calendar, NO_FLOOR),
            // An exit takes the least start of its leaves.
            Junction::Exit(node) => (Role::Exit, node, CalendarIx(0), NO_CAP),
        };
        self.has_exits |= role == Role::Exit;
        self.role.push(role);
        self.node.push(node.0);
        self.calendar.push(calendar);
        self.span.push(Span::Work(0));
        self.as_late_as_possible.push(false);
        self.floor_start.push(floor_start);
        self.floor_finish.push(NO_FLOOR);
        self.cap_start.push(NO_CAP);
        self.cap_finish.push(NO_CAP);
    }

    /// How many leaves and junctions there are.
    pub(crate) fn len(&self) -> usize {
        self.role.len()
    }

    /// Where a leaf stands.
    pub(crate) fn position(&self, leaf: NodeIx) -> usize {
        let at = self.position[leaf.index()];
        debug_assert_ne!(at, NONE, "a summary has no position");
        at as usize
    }

    pub(crate) fn arcs_into(&self, v: usize) -> Range<usize> {
        self.into[v] as usize..self.into[v + 1] as usize
    }

    pub(crate) fn arcs_out_of(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.out_of[v] as usize..self.out_of[v + 1] as usize;
        self.out[range].iter().map(|a| *a as usize)
    }

    pub(crate) fn link(&self, arc: usize) -> Option<LinkIx> {
        let link = self.link[arc];
        (link != NONE).then_some(LinkIx(link))
    }

    pub(crate) fn calendar<'p>(&self, projection: &'p Projection, v: usize) -> &'p WorkCalendar {
        &projection.calendars[self.calendar[v].index()]
    }

    /// The instant that a link demands of its successor's start or finish, given its predecessor's. `shortest` is the leaf
    /// that a share counts from, where the predecessor is the exit of a summary.
    pub(crate) fn demanded(&self, projection: &Projection, arc: usize, t: i64, shortest: u32) -> i64 {
        let calendar = || self.calendar(projection, self.to[arc] as usize);
        match self.settled_lag(arc, shortest) {
            ArcLag::Work(minutes) => time::add_work(calendar(), t, minutes),
            ArcLag::Elapsed(minutes) => time::add_elapsed(t, minutes),
            ArcLag::Period(link) => match period(projection, link) {
                Some(period) => period.earliest_anchor(time::instant(t)).get(),
                None => t,
            },
            ArcLag::Share(_) => t,
        }
    }

    /// The instant that a link allows its predecessor's start or finish, given its successor's.
    pub(crate) fn allowed(&self, projection: &Projection, arc: usize, t: i64, shortest: u32) -> i64 {
        let calendar = || self.calendar(projection, self.to[arc] as usize);
        match self.settled_lag(arc, shortest) {
            ArcLag::Work(minutes) => time::take_work(calendar(), t, minutes),
            ArcLag::Elapsed(minutes) => time::take_elapsed(t, minutes),
            ArcLag::Period(link) => match period(projection, link) {
                Some(period) => period.before(time::instant(t)).get(),
                None => t,
            },
            ArcLag::Share(_) => t,
        }
    }

    /// The lag of an arc, with a share of a leaf's span worked out.
    fn settled_lag(&self, arc: usize, shortest: u32) -> ArcLag {
        match self.lag[arc] {
            ArcLag::Share(share) => {
                let leaf = self.position(NodeIx(shortest));
                arcs::share_of(self.span[leaf], share)
            }
            lag => lag,
        }
    }
}

fn at(bound: &Bound) -> i64 {
    bound.at.get()
}

fn period(projection: &Projection, link: LinkIx) -> Option<framdrift_model::period::Period> {
    match projection.links[link.index()].lag {
        Lag::Period(period) => Some(period),
        _ => None,
    }
}

/// Whether a bound of this kind counts: on a summary only a floor on starts and a cap on finishes do.
pub(crate) fn counts_on(node: &TimeNode, kind: BoundKind) -> bool {
    let of_summary = matches!(kind, BoundKind::StartNotBefore | BoundKind::FinishNotAfter);
    !node.summary || of_summary
}

pub(crate) fn is_start_floor(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::StartNotBefore | BoundKind::MustStart)
}

pub(crate) fn is_finish_floor(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::FinishNotBefore | BoundKind::MustFinish)
}

pub(crate) fn is_start_cap(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::StartNotAfter | BoundKind::MustStart)
}

pub(crate) fn is_finish_cap(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::FinishNotAfter | BoundKind::MustFinish)
}

/// What the bounds of summaries ask of everything below them: the latest floor on starts, the earliest cap on finishes.
struct Inherited {
    bounds: Vec<(i64, i64)>,
}

impl Inherited {
    fn new(projection: &Projection, tree: &Hierarchy) -> Self {
        let mut bounds = Vec::new();
        if tree.summaries() > 0 {
            bounds.resize(tree.len(), (NO_FLOOR, NO_CAP));
        }
        for n in (0..bounds.len() as u32).map(NodeIx) {
            let (mut floor, mut cap) = match tree.parent(n) {
                Some(up) => bounds[up.index()],
                None => (NO_FLOOR, NO_CAP),
            };
            if tree.is_summary(n) {
                let node = &projection.nodes[n.index()];
                for bound in node.bounds.iter().filter(|b| counts_on(node, b.kind)) {
                    if is_start_floor(bound.kind) {
                        floor = floor.max(at(bound));
                    } else {
                        cap = cap.min(at(bound));
                    }
                }
            }
            bounds[n.index()] = (floor, cap);
        }
        Self { bounds }
    }

    fn of(&self, leaf: NodeIx) -> (i64, i64) {
        let found = self.bounds.get(leaf.index());
        found.copied().unwrap_or((NO_FLOOR, NO_CAP))
    }
}

/// Groups items by key, in their own order within a group: where each group begins, and the items.
pub(crate) fn group(groups: usize, keys: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; groups + 1];
    let mut count = 0;
    for key in keys.clone() {
        first[key as usize + 1] += 1;
        count += 1;
    }
    for g in 0..groups {
        first[g + 1] += first[g];
    }
    let mut next = first.clone();
    let mut items = vec![0_u32; count];
    for (item, key) in (0..).zip(keys) {
        let place = &mut next[key as usize];
        items[*place as usize] = item;
        *place += 1;
    }
    (first, items)
}
