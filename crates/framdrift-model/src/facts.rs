//! What has happened: recorded progress as plain values, by node.
//!
//! [`Facts`] are what a schedule knows of the world besides the plan: when something started and finished, how much of it is
//! left, and the date up to which all that is recorded. They name nodes of one [`Projection`](crate::projection::Projection).
//!
//! ```
//! use framdrift_model::facts::Facts;
//! use framdrift_model::projection::{Projection, Span, TimeNode};
//! use framdrift_model::time::Minute;
//!
//! let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
//! let dig = plan.add(TimeNode::activity("dig", Span::Work(4 * 480)));
//! let gate = plan.add(TimeNode::milestone("go"));
//!
//! let mut facts = Facts::none();
//! facts.status_date = Minute::of(2026, 3, 4, 17, 0);
//! facts.start(dig, Minute::of(2026, 3, 3, 8, 0).unwrap());
//! facts.left(dig, 3 * 480);
//! facts.decide(gate, Minute::of(2026, 3, 2, 15, 0).unwrap());
//! assert_eq!(facts.of(dig).unwrap().remaining, Some(1_440));
//! ```

use std::collections::BTreeMap;

use crate::projection::NodeIx;
use crate::time::Minute;

/// Recorded progress: the status date, and what is known of each node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Facts {
    /// The date up to which progress is recorded (P6: data date). What is left to do is not placed before it where the rules
    /// say so.
    pub status_date: Option<Minute>,
    nodes: BTreeMap<NodeIx, Fact>,
}

/// What is known of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// When it started.
    pub started: Option<Minute>,
    /// When it finished; of a gate or a milestone, when it was reached or decided.
    pub finished: Option<Minute>,
    /// How much is left, in minutes of the kind that its span has: working ones, or civil ones where that is elapsed time.
    /// Without it, all of the span is left of what has not started; what has started is judged by the rules.
    pub remaining: Option<i64>,
    /// When work on it stopped for a while.
    pub suspended: Option<Minute>,
    /// When work on it goes on, or went on: the earliest date for what is left.
    pub resumed: Option<Minute>,
}

impl Fact {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Facts {
    /// Nothing has happened yet.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether nothing is recorded, not even a status date.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.status_date.is_none() && self.nodes.is_empty()
    }

    /// What is known of a node.
    #[must_use]
    pub fn of(&self, node: NodeIx) -> Option<&Fact> {
        self.nodes.get(&node)
    }

    /// What is known of a node, to be changed.
    pub fn entry(&mut self, node: NodeIx) -> &mut Fact {
        self.nodes.entry(node).or_default()
    }

    /// Replaces what is known of a node and returns what was known before. An empty fact forgets the node.
    pub fn set(&mut self, node: NodeIx, fact: Fact) -> Fact {
        let before = if fact.is_empty() {
            self.nodes.remove(&node)
        } else {
            self.nodes.insert(node, fact)
        };
        before.unwrap_or_default()
    }

    /// Records that a node started.
    pub fn start(&mut self, node: NodeIx, at: Minute) {
        self.entry(node).started = Some(at);
    }

    /// Records that a node finished; one whose start is not recorded is taken to have started then, too.
    pub fn finish(&mut self, node: NodeIx, at: Minute) {
        let fact = self.entry(node);
        fact.started.get_or_insert(at);
        fact.finished = Some(at);
    }

    /// Records how many minutes of a node are left.
    pub fn left(&mut self, node: NodeIx, minutes: i64) {
        self.entry(node).remaining = Some(minutes);
    }

    /// Records that a gate was decided: it happened then, whatever was planned.
    pub fn decide(&mut self, gate: NodeIx, at: Minute) {
        *self.entry(gate) = Fact {
            started: Some(at),
            finished: Some(at),
            ..Fact::default()
        };
    }

    /// Every node with what is known of it, in document order.
    pub fn iter(&self) -> impl Iterator<Item = (NodeIx, &Fact)> + '_ {
        self.nodes.iter().map(|(node, fact)| (*node, fact))
    }
}
