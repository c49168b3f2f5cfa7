//! What belongs to what, what links can tie, and what bounds are inherited.

use framdrift_model::projection::{BoundKind, BoundOrigin, Mode, NodeIx, Projection, TimeNode};

use super::clock::{self, EVER, NEVER};
use super::flaw::Reason;

pub(super) const NONE: usize = usize::MAX;

/// An instant and who asks for it.
pub(super) type Asked = (i64, Reason);

/// What holds for all that belongs to a summary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inherited {
    /// The latest start not before.
    pub(super) floor: Asked,
    /// The earliest finish not after that was written as a constraint, and the earliest other one.
    pub(super) caps: [Asked; 2],
    /// The latest typed start and the earliest typed finish.
    pub(super) typed: [Asked; 2],
}

const FREE: Inherited = Inherited {
    floor: (NEVER, Reason::ProgrammeStart),
    caps: [(EVER, Reason::ProgrammeFinish); 2],
    typed: [(NEVER, Reason::ProgrammeStart), (EVER, Reason::ProgrammeFinish)],
};

pub(super) struct Tree {
    /// The parent, whether or not it spans what belongs to it.
    parent: Vec<usize>,
    /// The nearest node above that spans others.
    up: Vec<usize>,
    spans: Vec<bool>,
    acts: Vec<bool>,
    alone: Vec<bool>,
    /// Each node's place in preorder, and the first place that does not belong to it.
    interval: Vec<(usize, usize)>,
    order: Vec<usize>,
    /// By node; empty where nothing spans others.
    inherited: Vec<Inherited>,
}

impl Tree {
    pub(super) fn new(projection: &Projection) -> Self {
        let nodes = &projection.nodes;
        let count = nodes.len();
        let parent: Vec<usize> = (0..count)
            .map(|n| nodes[n].parent.map_or(NONE, NodeIx::index))
            .enumerate()
            .map(|(n, up)| if up < n { up } else { NONE })
            .collect();
        let mut spans = vec![false; count];
        let mut size = vec![1; count];
        for n in (0..count).rev() {
            if parent[n] != NONE {
                size[parent[n]] += size[n];
                spans[parent[n]] = nodes[parent[n]].summary;
            }
        }
        let mut interval = vec![(0, 0); count];
        let mut order = vec![0; count];
        let mut free = vec![0; count];
        let mut root = 0;
        for n in 0..count {
            let place = if parent[n] == NONE {
                &mut root
            } else {
                &mut free[parent[n]]
            };
            let first = *place;
            *place += size[n];
            free[n] = first + 1;
            interval[n] = (first, first + size[n]);
            order[first] = n;
        }
        let mut up = vec![NONE; count];
        for n in 0..count {
            let p = parent[n];
            if p != NONE {
                up[n] = if spans[p] { p } else { up[p] };
            }
        }
        let typed = |n: usize| matches!(nodes[n].mode, Mode::Manual { .. });
        let alone: Vec<bool> = (0..count).map(|n| !spans[n] || typed(n)).collect();
        let acts = (0..count).map(|n| alone[n] && nodes[n].mode.takes_part()).collect();
        let mut tree = Self {
            parent,
            up,
            spans,
            acts,
            alone,
            interval,
            order,
            inherited: Vec::new(),
        };
        tree.inherit(nodes);
        tree
    }

    fn inherit(&mut self, nodes: &[TimeNode]) {
        if !self.spans.contains(&true) {
            return;
        }
        self.inherited.reserve(nodes.len());
        for n in 0..nodes.len() {
            let inherited = match self.up(n) {
                Some(up) => hand_down(self.inherited[up], up, &nodes[up]),
                None => FREE,
            };
            self.inherited.push(inherited);
        }
    }

    pub(super) fn len(&self) -> usize {
        self.parent.len()
    }

    /// The node right above, whether or not it spans others.
    pub(super) fn parent(&self, n: usize) -> Option<usize> {
        Some(self.parent[n]).filter(|p| *p != NONE)
    }

    pub(super) fn up(&self, n: usize) -> Option<usize> {
        Some(self.up[n]).filter(|p| *p != NONE)
    }

    /// The summaries above, from the nearest outwards.
    pub(super) fn above(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.up(n), |up| self.up(*up))
    }

    /// Whether it spans others.
    pub(super) fn spans(&self, n: usize) -> bool {
        self.spans[n]
    }

    /// Whether anything spans others.
    pub(super) fn is_deep(&self) -> bool {
        !self.inherited.is_empty()
    }

    /// Whether it has dates of its own that links can tie.
    pub(super) fn acts(&self, n: usize) -> bool {
        self.acts[n]
    }

    /// Whether links tie it, and not what belongs to it.
    pub(super) fn alone(&self, n: usize) -> bool {
        self.alone[n]
    }

    pub(super) fn contains(&self, outer: usize, inner: usize) -> bool {
        let (from, to) = self.interval[outer];
        (from..to).contains(&self.interval[inner].0)
    }

    pub(super) fn inherited(&self, n: usize) -> Inherited {
        self.inherited.get(n).copied().unwrap_or(FREE)
    }

    /// What a link of a node ties: itself, or what belongs to it as far down as something stands at typed dates.
    pub(super) fn ends(&self, n: usize) -> Vec<usize> {
        if self.alone[n] {
            return vec![n];
        }
        let (first, end) = self.interval[n];
        let mut found = Vec::new();
        let mut at = first + 1;
        while at < end {
            let inner = self.order[at];
            if self.acts[inner] {
                found.push(inner);
            }
            // What stands at typed dates hides what belongs to it.
            let hides = self.spans[inner] && self.alone[inner];
            at = if hides { self.interval[inner].1 } else { at + 1 };
        }
        found
    }
}

/// What holds below a summary for which `held` holds.
fn hand_down(mut held: Inherited, summary: usize, node: &TimeNode) -> Inherited {
    let here = NodeIx(summary as u32);
    for (index, bound) in (0..).zip(&node.bounds) {
        let asked = (clock::tenths(bound.at), Reason::Bound { node: here, index });
        match bound.kind {
            BoundKind::StartNotBefore if asked.0 > held.floor.0 => held.floor = asked,
            BoundKind::FinishNotAfter => {
                let cap = &mut held.caps[usize::from(!is_constraint(bound.origin))];
                if asked.0 < cap.0 {
                    *cap = asked;
                }
            }
            _ => {}
        }
    }
    if let Mode::Manual { start, finish } = node.mode {
        let [from, until] = &mut held.typed;
        let typed = Reason::TypedSummary(here);
        if clock::tenths(start) > from.0 {
            *from = (clock::tenths(start), typed);
        }
        if clock::tenths(finish.max(start)) < until.0 {
            *until = (clock::tenths(finish.max(start)), typed);
        }
    }
    held
}

/// Whether a bound was written as a constraint; else it is a deadline, a window or a plan.
pub(super) fn is_constraint(origin: BoundOrigin) -> bool {
    matches!(origin, BoundOrigin::Constraint(_))
}

/// Whether a kind of bound says anything on a node: a summary knows two.
pub(super) fn says(node: &TimeNode, kind: BoundKind) -> bool {
    !node.summary || matches!(kind, BoundKind::StartNotBefore | BoundKind::FinishNotAfter)
}
