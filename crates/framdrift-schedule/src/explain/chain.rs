//! One step of a chain back from a leaf: everything that asks for its start, and by how much each is outbid. Links of summaries
//! are written out, leaf by leaf.

use std::collections::HashMap;

use framdrift_model::projection::{LinkIx, NodeIx};

use super::Cause;
use super::by_rules::{self, End};
use crate::arcs::Tie;
use crate::network::Network;
use crate::ruled::clock::{self, NO_FLOOR};
use crate::ruled::link;
use crate::ruled::net::Role;
use crate::ruled::{Demand, Given, Heard, Ruled, asked};

/// Something that asks for the start of a leaf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask {
    /// Working minutes of the leaf's calendar by which it is outbid; none for the first.
    pub(super) gap: i64,
    pub(super) cause: Cause,
    /// The arc of a link, the place of the leaf that it comes from, and the end that it counts from.
    pub(super) from: Option<(usize, usize, End)>,
    /// The start that it asks for.
    pub(super) at: i64,
}

impl Ask {
    /// The end of a path: a leaf that the target ends with, so long before it.
    pub(super) fn end(gap: i64, v: usize, node: NodeIx) -> Self {
        Self {
            gap,
            cause: Cause::Leaf(node),
            from: Some((usize::MAX, v, End::Finish)),
            at: NO_FLOOR,
        }
    }

    /// Who comes first: who asks for the latest, and then whose turn it is.
    pub(super) fn order(&self) -> (i64, (u8, u32, u32)) {
        (-self.at, self.turn())
    }

    /// Whose turn it is among those that ask for one instant: links in document order, then bounds, then the rest.
    fn turn(&self) -> (u8, u32, u32) {
        match self.cause {
            Cause::Link { link, node } => (0, link.0, node.0),
            Cause::Bound { node, index } => (1, node.0, index),
            _ => (2, 0, 0),
        }
    }
}

/// The walk by rules, with what was found on the way.
pub(super) struct Chains<'a> {
    pub(super) given: Given<'a>,
    pub(super) ruled: &'a Ruled,
    /// The leaves behind each exit that was met, from the one that finishes last.
    exits: HashMap<usize, Vec<u32>>,
}

impl<'a> Chains<'a> {
    pub(super) fn new(network: &'a Network, ruled: &'a Ruled) -> Self {
        Self {
            given: ruled.given(network),
            ruled,
            exits: HashMap::new(),
        }
    }

    /// What asks for the place of a leaf that a chain leaves by `left`, at most `most` of it: what drives it first, then by
    /// rising gap. Besides links only what asks for most; a start of the programme or a status date that does not drive asks for
    /// nothing. Never empty.
    ///
    /// Complexity: as many steps as links lead to the leaf and to the summaries it belongs to, those from a summary counted
    /// once for each of its leaves, at most `most`.
    pub(super) fn asks(&mut self, v: usize, left: End, most: usize) -> Vec<Ask> {
        let (heard, placed) = self.ruled.demands(&self.given, v);
        if let Some(fixed) = by_rules::fixed_at(&placed, &heard, left) {
            return vec![self.root(v, fixed)];
        }
        let found = self.by_links(v, &heard, most);
        self.rank(v, found, most)
    }

    /// What asks for the place of a leaf, wherever it stands, in the order in which it wins. What came before the leaf's own delay
    /// is held back with it.
    pub(super) fn by_links(&mut self, v: usize, heard: &[Demand], most: usize) -> Vec<Ask> {
        let (mut found, delayed) = self.heard(v, heard, most);
        for ask in &mut found[..delayed] {
            ask.at = asked::delayed(&self.given, v, ask.at);
        }
        found.retain(|ask| ask.cause != Cause::Delay);
        found.sort_by_key(Ask::order);
        found
    }

    /// Everything that asks for the place of a leaf, whoever wins: the one that does first, and of the rest at least the second.
    pub(super) fn every(&mut self, v: usize, heard: &[Demand]) -> Vec<Ask> {
        let (mut found, _) = self.heard(v, heard, 2);
        found.sort_by_key(Ask::order);
        found
    }

    /// Every link to a leaf, also where it stands at dates of its own.
    pub(super) fn links_into(&mut self, v: usize) -> Vec<Ask> {
        let mut found = Vec::new();
        for arc in self.given.net.into(v) {
            self.links(v, arc, 2, &mut found);
        }
        found
    }

    /// What was heard with every link written out; and how much of it is held back by the leaf's own delay.
    fn heard(&mut self, v: usize, heard: &[Demand], most: usize) -> (Vec<Ask>, usize) {
        let mut found: Vec<Ask> = Vec::new();
        let mut delayed = 0;
        let mut last = None;
        for demand in heard.iter().filter(|demand| demand.at != NO_FLOOR) {
            let cause = demand.cause;
            if let Heard::Arc(arc) = cause {
                // An entry reports what it asks of the start and of the finish; both are looked through at once.
                if last.replace(arc) != Some(arc) {
                    self.links(v, arc, most, &mut found);
                }
                continue;
            }
            if matches!(cause, Heard::Delay) {
                delayed = found.len();
            }
            let at = demand.at;
            let ask = Ask {
                at,
                ..self.root(v, cause)
            };
            // The programme's start may be asked for twice.
            if !found
                .iter()
                .any(|other| other.cause == ask.cause && other.from.is_none())
            {
                found.push(ask);
            }
        }
        (found, delayed)
    }

    fn root(&self, v: usize, cause: Heard) -> Ask {
        Ask {
            gap: 0,
            cause: by_rules::said(&self.given, &self.ruled.state, v, cause, true, true),
            from: None,
            at: NO_FLOOR,
        }
    }

    fn rank(&self, v: usize, mut found: Vec<Ask>, most: usize) -> Vec<Ask> {
        for ask in &mut found {
            ask.gap = self.gap(v, ask.at);
        }
        if found.is_empty() {
            return vec![self.root(v, Heard::ProgrammeStart)];
        }
        found[0].gap = 0;
        let first = found[0].cause;
        let weak = |cause| !matches!(cause, Cause::Link { .. } | Cause::Bound { .. } | Cause::Typed(_));
        found.retain(|ask| ask.cause == first || !weak(ask.cause));
        found[1..].sort_by_key(|ask| (ask.gap, -ask.at, ask.turn()));
        // A chain is told by its links: it hangs on one thing, the one that asks for most.
        let mut hangs = false;
        found.retain(|ask| ask.from.is_some() || !std::mem::replace(&mut hangs, true));
        found.truncate(most.max(1));
        found
    }

    /// Working minutes of a leaf's calendar from where it would stand by a demand to where it stands; none where it stands no
    /// later.
    pub(super) fn gap(&self, v: usize, at: i64) -> i64 {
        let (given, state) = (&self.given, &self.ruled.state);
        let (start, _) = asked::stands(given, v, state.span[v], at);
        clock::minutes(clock::gap(given.calendar(v), state.span[v], start, state.es[v])).max(0)
    }

    /// Every link behind an arc into a leaf.
    fn links(&mut self, v: usize, arc: usize, most: usize, found: &mut Vec<Ask>) {
        let mut open = vec![arc];
        while let Some(arc) = open.pop() {
            let net = *self.given.arc(arc);
            match (net.tie, net.link) {
                (Tie::HandOn, _) => open.extend(self.given.net.into(net.from as usize)),
                (_, Some(link)) => self.link(v, arc, link, most, found),
                (_, None) => {}
            }
        }
    }

    /// A link to a leaf, from the leaf it names or from each that it stands for.
    fn link(&mut self, v: usize, arc: usize, link: LinkIx, most: usize, found: &mut Vec<Ask>) {
        let net = *self.given.arc(arc);
        let u = net.from as usize;
        let leaves = match self.given.place(u).role {
            Role::Exit => self.behind(u, net.tie.leaves_start(), most),
            _ => vec![net.from],
        };
        let (given, state) = (&self.given, &self.ruled.state);
        for from in leaves.into_iter().map(|leaf| leaf as usize) {
            let dates = asked::counted(given, state, arc, from);
            let (at, _) = asked::asked(given, state, v, arc, state.span[v], dates);
            let node = given.place(from).node;
            found.push(Ask {
                gap: 0,
                cause: Cause::Link { link, node },
                from: Some((arc, from, End::of(given, state, arc, from))),
                at,
            });
        }
    }

    /// The leaves behind an exit: those that start first, or from the one that finishes last.
    fn behind(&mut self, exit: usize, starts: bool, most: usize) -> Vec<u32> {
        let (given, state) = (&self.given, &self.ruled.state);
        let leaves = self.exits.entry(exit).or_insert_with(|| {
            let mut leaves = leaves_behind(given, exit);
            leaves.sort_by_key(|leaf| (-state.put(*leaf as usize).1, given.place(*leaf as usize).node));
            leaves
        });
        if !starts {
            return leaves[..leaves.len().min(most)].to_vec();
        }
        let first = leaves.iter().map(|leaf| state.put(*leaf as usize).0).min();
        let starting = leaves.iter().filter(|leaf| Some(state.put(**leaf as usize).0) == first);
        let mut starting: Vec<u32> = starting.copied().collect();
        starting.sort_by_key(|leaf| given.place(*leaf as usize).node);
        starting.truncate(most);
        starting
    }
}

/// The leaves that an exit gathers.
fn leaves_behind(given: &Given<'_>, exit: usize) -> Vec<u32> {
    let mut leaves = Vec::new();
    let mut open = vec![exit];
    while let Some(at) = open.pop() {
        for arc in given.net.into(at) {
            let net = given.arc(arc);
            let from = net.from as usize;
            match (net.tie, given.place(from).role) {
                (Tie::Gather, Role::Exit) => open.push(from),
                (Tie::Gather, _) => leaves.push(net.from),
                _ => {}
            }
        }
    }
    leaves
}

/// The leaves behind a place that an arc leads to.
fn leaves_entered(given: &Given<'_>, place: usize) -> Vec<usize> {
    let mut leaves = Vec::new();
    let mut open = vec![place];
    while let Some(at) = open.pop() {
        match given.place(at).role {
            Role::Entry => open.extend(given.net.out_of(at).map(|arc| given.arc(arc).to as usize)),
            Role::Leaf => leaves.push(at),
            Role::Exit | Role::Hold => {}
        }
    }
    leaves
}

/// Whether something waits for the finish of a leaf, within a summary where one is given, and finishes no earlier.
pub(super) fn is_followed(
    network: &Network,
    chains: &Chains<'_>,
    v: usize,
    within: Option<NodeIx>,
    last: bool,
) -> bool {
    let (given, state) = (&chains.given, &chains.ruled.state);
    let inside = |to: usize| within.is_none_or(|summary| network.tree.contains(summary, given.place(to).node));
    let later = |to: usize| match given.place(to).role {
        // What follows a summary's leaves is seldom over before them; only where all may end here is it worth a look.
        Role::Entry if !last => true,
        Role::Entry => leaves_entered(given, to)
            .iter()
            .any(|leaf| state.ef[*leaf] >= state.ef[v]),
        _ => state.ef[to] >= state.ef[v],
    };
    let mut at = Some(v);
    while let Some(u) = at.take() {
        for arc in given.net.out_of(u) {
            let net = given.arc(arc);
            let to = net.to as usize;
            match net.tie {
                Tie::Gather => at = Some(to),
                // Behind a lead the finish may yet be what counts.
                Tie::FinishToStart | Tie::FinishToFinish
                    if inside(to) && later(to) && link::demanded(given, state, arc, state.ef[v]) >= state.ef[v] =>
                {
                    return true;
                }
                _ => {}
            }
        }
    }
    false
}
