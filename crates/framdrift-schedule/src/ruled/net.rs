//! The network as rules look at it: what stands at each place in topological order, with its bounds, and the arcs both ways.

use std::ops::Range;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{BoundKind, CalendarIx, LinkIx, Milestone, Mode, NodeIx, Projection, Span, TimeNode};
use framdrift_model::rules::{Direction, Profile};

use super::clock::{self, TICKS};
use super::holds::{self, Holds};
use crate::arcs::{self, ArcLag, Arcs, Junction, Tie};
use crate::flat::{counts_on, group};
use crate::hierarchy::Hierarchy;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A leaf, or a summary that stands at typed dates.
    Leaf,
    /// Hands what is demanded of a summary on.
    Entry,
    /// Gathers the leaves of a summary.
    Exit,
    /// What the links out of a summary with typed dates allow what belongs to it. No arc leads here.
    Hold,
}

/// A bound that counts for a leaf: its own, or one of a summary it belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounding {
    pub(crate) kind: BoundKind,
    pub(crate) at: i64,
    /// The node that states it.
    pub(crate) holder: NodeIx,
    /// Its position there.
    pub(crate) index: u32,
}

#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) role: Role,
    /// The leaf, or the summary whose junction it is.
    pub(crate) node: NodeIx,
    /// The calendar of lags into it and of its total float.
    pub(crate) calendar: CalendarIx,
    /// The calendar that its work is laid out on.
    pub(crate) hours: CalendarIx,
    pub(crate) span: Span,
    pub(crate) mode: Mode,
    pub(crate) milestone: Option<Milestone>,
    pub(crate) late: bool,
    pub(crate) delay: i64,
    bounds: (u32, u32),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct NetArc {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) tie: Tie,
    pub(crate) lag: ArcLag,
    pub(crate) link: Option<LinkIx>,
}

/// No place: a summary that its leaves stand for, or what takes no part.
const NOWHERE: u32 = u32::MAX;

#[derive(Clone, Debug, Default)]
pub(crate) struct Net {
    pub(crate) places: Vec<Place>,
    bounds: Vec<Bounding>,
    place_of: Vec<u32>,
    into: Vec<u32>,
    /// Grouped by the place they lead to.
    pub(crate) arcs: Vec<NetArc>,
    out_of: Vec<u32>,
    out: Vec<u32>,
    /// The innermost summary with typed dates above each node.
    pub(crate) typed_above: Vec<u32>,
    /// By place: the hold that bounds it. Empty where there is none.
    held_by: Vec<u32>,
    /// What belongs to each summary with typed dates that asks for its start, grouped by place. Empty where none does.
    parts_of: Vec<u32>,
    parts: Vec<u32>,
    /// Whether dates are counted back from the finish.
    pub(crate) counts_back: bool,
}

/// Whether dates are counted back from the finish: where the rules say so and there is a finish. The tools do so only where
/// something is as late as possible.
fn counts_back(projection: &Projection) -> bool {
    let rules = &projection.rules;
    let is_late = |node: &TimeNode| node.as_late_as_possible && !node.summary && node.mode.takes_part();
    rules.direction == Direction::FromFinish
        && projection.finish.is_some()
        && (rules.profile == Profile::Framdrift || projection.nodes.iter().any(is_late))
}

impl Net {
    /// Lays the vertices out in the given topological order.
    pub(crate) fn new(projection: &Projection, tree: &Hierarchy, laid: &Arcs, holds: &Holds, order: &[u32]) -> Self {
        let mut net = Self {
            typed_above: holds::typed_above(projection, tree),
            counts_back: counts_back(projection),
            ..Self::default()
        };
        let calendar = |node: NodeIx| projection.nodes[node.index()].calendar;
        let mut place_of = vec![NOWHERE; order.len()];
        for &vertex in order {
            let place = match (vertex as usize).checked_sub(tree.len()) {
                Some(junction) => match laid.junctions.get(junction) {
                    Some(Junction::Entry(node, calendar)) => Place::junction(Role::Entry, *node, *calendar),
                    Some(Junction::Exit(node)) => Place::junction(Role::Exit, *node, calendar(*node)),
                    None => {
                        let summary = holds.summaries()[junction - laid.junctions.len()];
                        Place::junction(Role::Hold, summary, calendar(summary))
                    }
                },
                None => {
                    let node = NodeIx(vertex);
                    let takes_part = projection.nodes[node.index()].mode.takes_part();
                    if !takes_part || !arcs::stands_alone(projection, tree, node) {
                        continue;
                    }
                    net.leaf(projection, tree, node)
                }
            };
            place_of[vertex as usize] = net.places.len() as u32;
            net.places.push(place);
        }

        let arcs: Vec<NetArc> = laid
            .arcs
            .iter()
            .map(|arc| NetArc {
                from: place_of[arc.from as usize],
                to: place_of[arc.to as usize],
                tie: arc.tie,
                lag: arc.lag,
                link: arc.link,
            })
            .collect();
        let places = net.places.len();
        let (into, sorted) = group(places, arcs.iter().map(|arc| arc.to));
        net.arcs = sorted.iter().map(|a| arcs[*a as usize]).collect();
        (net.out_of, net.out) = group(places, net.arcs.iter().map(|arc| arc.from));
        net.into = into;
        let of_holds = place_of.split_off(tree.len() + laid.junctions.len());
        place_of.truncate(tree.len());
        net.place_of = place_of;
        if !holds.is_empty() {
            net.hold(projection, holds, &of_holds);
        }
        net
    }

    /// Notes which places the links of summaries with typed dates bound, and which of these have to ask for what.
    fn hold(&mut self, projection: &Projection, holds: &Holds, places: &[u32]) {
        let mut of_part = vec![NOWHERE; self.len()];
        self.held_by = vec![NOWHERE; self.len()];
        for (v, place) in self.places.iter().enumerate() {
            let is_end = matches!(place.role, Role::Leaf | Role::Hold);
            if let Some(at) = holds.holding(projection, place.node).filter(|_| is_end) {
                self.held_by[v] = places[at];
            }
            if let Some(at) = holds.whole(place.node).filter(|_| place.role == Role::Leaf) {
                of_part[v] = self.place_of[holds.summaries()[at].index()];
            }
        }
        let parts: Vec<u32> = (0..self.len() as u32)
            .filter(|v| of_part[*v as usize] != NOWHERE)
            .collect();
        let (first, sorted) = group(self.len(), parts.iter().map(|v| of_part[*v as usize]));
        self.parts_of = first;
        self.parts = sorted.iter().map(|at| parts[*at as usize]).collect();
    }

    fn leaf(&mut self, projection: &Projection, tree: &Hierarchy, leaf: NodeIx) -> Place {
        let node = &projection.nodes[leaf.index()];
        let first = self.bounds.len() as u32;
        for holder in std::iter::once(leaf).chain(tree.above(leaf)) {
            let held = &projection.nodes[holder.index()];
            for (index, bound) in (0..).zip(&held.bounds) {
                // Of a summary, only a floor on starts and a cap on finishes count.
                if counts_on(held, bound.kind) {
                    self.bounds.push(Bounding {
                        kind: bound.kind,
                        at: clock::ticks(bound.at),
                        holder,
                        index,
                    });
                }
            }
        }
        // Only MS Project counts parts of minutes.
        let tenths = match projection.rules.profile {
            Profile::MsProject => node.tenths.into(),
            Profile::Framdrift | Profile::P6 => 0,
        };
        Place {
            role: Role::Leaf,
            node: leaf,
            calendar: node.calendar,
            hours: node.work_calendar.unwrap_or(node.calendar),
            span: in_ticks(arcs::span_of(projection, leaf), tenths),
            mode: node.mode,
            milestone: node.milestone,
            // Counted back, all is as late as possible by framdrift's own rules.
            late: !node.summary
                && (node.as_late_as_possible || self.counts_back && projection.rules.profile == Profile::Framdrift),
            delay: node.delay.max(0).saturating_mul(TICKS),
            bounds: (first, self.bounds.len() as u32),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Where a node stands; none for what has no place of its own.
    pub(crate) fn place(&self, node: NodeIx) -> Option<usize> {
        let place = *self.place_of.get(node.index())?;
        (place != NOWHERE).then_some(place as usize)
    }

    /// Every leaf with its place, in topological order.
    pub(crate) fn leaves(&self) -> impl DoubleEndedIterator<Item = (usize, &Place)> + '_ {
        self.places
            .iter()
            .enumerate()
            .filter(|(_, place)| place.role == Role::Leaf)
    }

    pub(crate) fn bounds(&self, v: usize) -> &[Bounding] {
        let (from, to) = self.places[v].bounds;
        &self.bounds[from as usize..to as usize]
    }

    pub(crate) fn into(&self, v: usize) -> Range<usize> {
        self.into[v] as usize..self.into[v + 1] as usize
    }

    pub(crate) fn out_of(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.out_of[v] as usize..self.out_of[v + 1] as usize;
        self.out[range].iter().map(|a| *a as usize)
    }

    /// The place of what the links of summaries with typed dates allow a place.
    pub(crate) fn hold_of(&self, v: usize) -> Option<usize> {
        let hold = *self.held_by.get(v)?;
        (hold != NOWHERE).then_some(hold as usize)
    }

    /// The places of what belongs to a summary with typed dates whose links ask for when that starts; else none.
    pub(crate) fn parts(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        let range = match self.parts_of.get(v..=v + 1) {
            Some(ends) => ends[0] as usize..ends[1] as usize,
            None => 0..0,
        };
        self.parts[range].iter().map(|v| *v as usize)
    }

    pub(crate) fn calendar<'p>(&self, projection: &'p Projection, v: usize) -> &'p WorkCalendar {
        &projection.calendars[self.places[v].calendar.index()]
    }

    pub(crate) fn hours<'p>(&self, projection: &'p Projection, v: usize) -> &'p WorkCalendar {
        &projection.calendars[self.places[v].hours.index()]
    }
}

impl Place {
    fn junction(role: Role, node: NodeIx, calendar: CalendarIx) -> Self {
        Self {
            role,
            node,
            calendar,
            hours: calendar,
            span: Span::Work(0),
            mode: Mode::Computed,
            milestone: None,
            late: false,
            delay: 0,
            bounds: (0, 0),
        }
    }
}

fn in_ticks(span: Span, tenths: i64) -> Span {
    let ticks = |minutes: i64| minutes.saturating_mul(TICKS).saturating_add(tenths).max(0);
    match span {
        Span::Work(minutes) => Span::Work(ticks(minutes)),
        Span::Elapsed(minutes) => Span::Elapsed(ticks(minutes)),
    }
}
