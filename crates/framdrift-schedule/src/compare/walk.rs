//! From a date that moved along its drivers: what it follows from, and which changes stand on the way.

use std::collections::HashMap;

use framdrift_model::projection::{LinkIx, LinkKind, Mode, NodeIx};

use super::changes::{Found, Key};
use super::matching::Pairs;
use super::mix::{EARLIER, LATER, Which};
use super::{Computed, End, What};
use crate::explain::{Cause, driver};
use crate::schedule::Side;

/// How many leaves links to summaries may stand for, for drivers to be asked.
const MOST_LEAVES: u64 = 20_000_000;

/// A date of one of the plans, by the node of that plan.
type State = (Which, NodeIx, End);

/// A place on a chain where something changed: the changes there, and the next such place.
#[derive(Debug)]
struct Place {
    changes: Vec<usize>,
    next: Option<usize>,
}

#[derive(Debug)]
pub(super) struct Walk<'a> {
    two: [&'a Computed<'a>; 2],
    pairs: &'a Pairs,
    found: &'a Found,
    /// Whether drivers can be asked for at all.
    asks: bool,
    places: Vec<Place>,
    /// The date that each date follows from.
    follows: HashMap<State, Option<State>>,
    /// The first place on the chain of each date.
    first: HashMap<State, Option<usize>>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(earlier: &'a Computed<'a>, later: &'a Computed<'a>, pairs: &'a Pairs, found: &'a Found) -> Self {
        let two = [earlier, later];
        Self {
            two,
            pairs,
            found,
            asks: two.iter().all(|computed| leaves_linked_to(computed) <= MOST_LEAVES),
            places: Vec::new(),
            follows: HashMap::new(),
            first: HashMap::new(),
        }
    }

    /// What a date of one of the plans follows from, by the node of the later plan.
    pub(super) fn follows(&mut self, which: Which, node: NodeIx, end: End) -> Option<(NodeIx, End)> {
        let state = (which, node, end);
        self.first(state);
        let (which, node, end) = self.follows.get(&state).copied().flatten()?;
        let node = if which == LATER {
            Some(node)
        } else {
            self.pairs.later(node)
        };
        Some((node?, end))
    }

    /// The changes on the chain of drivers of a date of one of the plans, nearest first.
    pub(super) fn chain(&mut self, which: Which, node: NodeIx, end: End) -> Vec<usize> {
        let mut at = self.first((which, node, end));
        let mut chain = Vec::new();
        while let Some(place) = at {
            let place = &self.places[place];
            chain.extend(&place.changes);
            at = place.next;
        }
        chain
    }

    /// Follows a date to the end of its chain, or to where that is known, without recursion.
    fn first(&mut self, state: State) -> Option<usize> {
        let mut way: Vec<(State, Vec<usize>)> = Vec::new();
        let mut at = Some(state);
        let mut next = None;
        while let Some(state) = at {
            if let Some(known) = self.first.get(&state) {
                next = *known;
                break;
            }
            // A chain that comes back to itself ends there.
            self.first.insert(state, None);
            let (changes, follows) = self.step(state);
            self.follows.insert(state, follows);
            way.push((state, changes));
            at = follows;
        }
        for (state, changes) in way.into_iter().rev() {
            if !changes.is_empty() {
                self.places.push(Place { changes, next });
                next = Some(self.places.len() - 1);
            }
            self.first.insert(state, next);
        }
        next
    }

    /// What changed about a date, and the date that it follows from.
    fn step(&self, (which, node, end): State) -> (Vec<usize>, Option<State>) {
        let computed = self.two[which];
        let is_later = which == LATER;
        let mut here: Vec<usize> = self.found.at(Key::Only(is_later, node)).to_vec();
        if let Some(node) = self.in_later(which, node) {
            here.extend(self.found.at(Key::Node(node)));
        }
        // What a level of effort spans is found by looking through all links.
        if !self.asks || computed.network.node(node).mode == Mode::LevelOfEffort {
            return (here, None);
        }
        let side = match end {
            End::Start => Side::EarlyStart,
            End::Finish => Side::EarlyFinish,
        };
        let drive = driver(computed.network, computed.schedule, node, side);
        let cause = match (drive.cause, drive.runner_up) {
            (Cause::AsLateAsPossible { held_by: None }, Some(soonest)) => soonest.cause,
            (cause, _) => cause,
        };
        let next = match cause {
            Cause::Link { link, node: other } => {
                here.extend(self.found.at(Key::Link(is_later, link)));
                Some((other, self.tied(which, link, true)))
            }
            Cause::AsLateAsPossible {
                held_by: Some((link, other)),
            } => {
                here.extend(self.found.at(Key::Link(is_later, link)));
                Some((other, self.tied(which, link, false)))
            }
            Cause::Bound { node: holder, index } => {
                here.extend(self.found.at(Key::Bound(is_later, holder, index)));
                None
            }
            Cause::OwnSpan => {
                // What changed about the node itself is met once, at its other end.
                here.clear();
                Some((node, if end == End::Start { End::Finish } else { End::Start }))
            }
            Cause::Leaf(leaf) => Some((leaf, end)),
            Cause::Spanned { node, at_start } => Some((node, if at_start { End::Start } else { End::Finish })),
            Cause::Typed(holder) => {
                here.extend(self.found.at(Key::Only(is_later, holder)));
                let holder = self.in_later(which, holder);
                here.extend(holder.into_iter().flat_map(|holder| self.found.at(Key::Node(holder))));
                None
            }
            Cause::ProgrammeStart
            | Cause::ProgrammeFinish
            | Cause::StatusDate
            | Cause::Actual
            | Cause::Resumed
            | Cause::OpenEnd
            | Cause::Inactive
            | Cause::AsLateAsPossible { held_by: None } => None,
        };
        (here, next.map(|(node, end)| (which, node, end)))
    }

    /// Which end of its predecessor, or of its successor, a link ties.
    fn tied(&self, which: Which, link: LinkIx, predecessor: bool) -> End {
        let at_start = match self.two[which].network.projection().links[link.index()].kind {
            LinkKind::FinishToStart => !predecessor,
            LinkKind::StartToStart => true,
            LinkKind::FinishToFinish => false,
            LinkKind::StartToFinish => predecessor,
        };
        if at_start { End::Start } else { End::Finish }
    }

    /// A node of one of the plans, by the later plan.
    pub(super) fn in_later(&self, which: Which, node: NodeIx) -> Option<NodeIx> {
        if which == LATER {
            Some(node)
        } else {
            self.pairs.later(node)
        }
    }

    /// The leaf of one of the plans that finishes last, the first of several.
    pub(super) fn last(&self, which: Which) -> Option<NodeIx> {
        let Computed { network, schedule, .. } = self.two[which];
        let leaves = schedule.iter().filter(|(node, _)| !network.is_summary(*node));
        let last = leaves.min_by_key(|(node, dates)| (std::cmp::Reverse(dates.finish), *node));
        last.map(|(node, _)| node)
    }
}

/// Whether a change is of the whole plan, and so on every chain.
pub(super) const fn is_of_all(what: &What) -> bool {
    matches!(
        what,
        What::Start | What::Finish | What::Rules | What::Calendar | What::StatusDate | What::Hours(..)
    )
}

/// How many leaves are looked at where the driver of every early date is asked for.
fn leaves_linked_to(computed: &Computed<'_>) -> u64 {
    let network = computed.network;
    let mut leaves: HashMap<NodeIx, u64> = HashMap::new();
    let links = network
        .projection()
        .links
        .iter()
        .filter(|link| network.is_summary(link.to));
    links.fold(0_u64, |sum, link| {
        let count = leaves
            .entry(link.to)
            .or_insert_with(|| network.tree.below(link.to).count() as u64);
        sum.saturating_add(*count)
    })
}

/// The plan whose chain of drivers counts: the later one for what moved later, the earlier one for what moved earlier.
pub(super) const fn chain_of(by: i64) -> Which {
    if by > 0 { LATER } else { EARLIER }
}
