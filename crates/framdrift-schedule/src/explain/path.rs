//! The critical path, as a walk back along drivers.

use std::collections::HashMap;

use framdrift_model::projection::{LinkIx, LinkKind, NodeIx};

use super::Cause;
use super::by_rules::{self, End};
use super::early::{self, Known};
use crate::network::Network;
use crate::schedule::Schedule;
use crate::time;

/// A leaf on the critical path, and what its early dates follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// The leaf.
    pub node: NodeIx,
    /// What drives it: the link from the step before; for the first step, the programme's start or a bound.
    pub why: Cause,
    /// Minutes of the clock by which its own delay holds back what that asks.
    pub held_back: i64,
}

impl Schedule {
    /// The chain of leaves that the finish follows from, from the first to the last.
    ///
    /// Walks back along drivers to one that no link drives, from the leaf that finishes last: the first in document order among
    /// equals, or the milestone that it leads to at the same moment. Nodes that are as late as possible are taken where they would stand otherwise, as nothing waits for
    /// what merely could wait. Empty when there are no nodes.
    ///
    /// # Panics
    /// When the schedule is of another network.
    ///
    /// # Complexity
    /// O(*n* + *m*), plus the bounds of the summaries above each step.
    ///
    /// # Example
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::{Network, compute};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// let dig = plan.add(TimeNode::activity("dig", Span::Work(480)));
    /// let rest = plan.add(TimeNode::activity("rest", Span::Work(60)));
    /// let pour = plan.add(TimeNode::activity("pour", Span::Work(480)));
    /// plan.link(dig, pour, LinkKind::FinishToStart, Lag::NONE);
    /// plan.link(rest, pour, LinkKind::FinishToStart, Lag::NONE);
    ///
    /// let network = Network::new(plan).unwrap();
    /// let path = compute(&network, &Facts::none()).unwrap().critical_path(&network);
    /// assert_eq!(path.iter().map(|step| step.node).collect::<Vec<_>>(), [dig, pour]);
    /// ```
    #[must_use]
    pub fn critical_path(&self, network: &Network) -> Vec<Step> {
        let leaves = (0..self.len() as u32)
            .map(NodeIx)
            .filter(|leaf| self.is_step(network, *leaf));
        let finish = |leaf: NodeIx| match &self.ruled {
            Some(_) => time::offset(self.dates(leaf).early_finish),
            None => self.unpulled(leaf).1,
        };
        let Some(latest) = leaves.clone().map(finish).max() else {
            return Vec::new();
        };
        let tied: Vec<NodeIx> = leaves.filter(|leaf| finish(*leaf) == latest).collect();
        // A milestone may follow another leaf at the very end: the path ends with what none of the others drives.
        let mut known = Known::default();
        let mut drives: HashMap<NodeIx, NodeIx> = HashMap::new();
        for leaf in &tied {
            if let (Cause::Link { node, .. }, _) = self.why(network, *leaf, End::Finish, &mut known) {
                drives.entry(node).or_insert(*leaf);
            }
        }
        let mut last = tied[0];
        while let Some(next) = drives.get(&last) {
            last = *next;
        }
        self.walk_back(network, Some(last), End::Finish)
    }

    /// The chain of leaves that the early start of a node follows from, from the first to the node itself. For a summary: to
    /// its leaf that starts first.
    ///
    /// # Panics
    /// When the node is not in the network, or the schedule is of another one.
    ///
    /// # Complexity
    /// As [`critical_path`](Self::critical_path).
    #[must_use]
    pub fn path_to(&self, network: &Network, node: NodeIx) -> Vec<Step> {
        let mut leaf = node;
        if !self.is_step(network, node) {
            match super::driver(network, self, node, crate::schedule::Side::EarlyStart).cause {
                Cause::Leaf(first) => leaf = first,
                Cause::Spanned { node: first, .. } if self.is_step(network, first) => leaf = first,
                // A summary without leaves stands at the programme's start.
                why => {
                    return vec![Step {
                        node,
                        why,
                        held_back: 0,
                    }];
                }
            }
        }
        self.walk_back(network, Some(leaf), End::Start)
    }

    /// Whether a node can be a step of a path: a leaf, and by rules whatever has a place of its own.
    fn is_step(&self, network: &Network, node: NodeIx) -> bool {
        match &self.ruled {
            Some(_) => network.ruled().place(node).is_some(),
            None => !network.is_summary(node),
        }
    }

    /// What the early start of a leaf follows from, and by how much that is held back.
    fn why(&self, network: &Network, leaf: NodeIx, left: End, known: &mut Known) -> (Cause, i64) {
        match &self.ruled {
            Some(ruled) => by_rules::cause(network, ruled, leaf, left),
            None => (early::contest(network, self, leaf, known).winner().cause, 0),
        }
    }

    /// The end of its predecessor that a link counts from.
    fn left_by(&self, network: &Network, link: LinkIx, node: NodeIx) -> End {
        let by_rules = self.ruled.as_ref().and_then(|ruled| {
            let (net, given) = (network.ruled(), ruled.given(network));
            let place = net.place(node)?;
            let arc = net.out_of(place).find(|arc| net.arcs[*arc].link == Some(link))?;
            Some(End::of(&given, &ruled.state, arc, place))
        });
        match (by_rules, network.projection().links[link.index()].kind) {
            (Some(end), _) => end,
            (None, LinkKind::FinishToStart | LinkKind::FinishToFinish) => End::Finish,
            (None, _) => End::Start,
        }
    }

    fn walk_back(&self, network: &Network, last: Option<NodeIx>, end: End) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut known = Known::default();
        let mut next = last.map(|node| (node, end));
        while let Some((node, end)) = next {
            let (why, held_back) = self.why(network, node, end, &mut known);
            steps.push(Step { node, why, held_back });
            next = match why {
                Cause::Link { node, link } => Some((node, self.left_by(network, link, node))),
                _ => None,
            };
        }
        steps.reverse();
        steps
    }
}
