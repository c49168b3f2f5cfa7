//! Which nodes are leaves, and which leaves a summary spans.
//!
//! Every subtree is one interval of the *preorder*: a parent, then all that belongs to it. So "is it part of" is two
//! comparisons, and the leaves of a summary are a slice. Nothing here recurses, because a parent stands before its
//! children: sizes are summed from the back, places are dealt out from the front.

use framdrift_model::projection::{NodeIx, TimeNode};

/// No parent.
const NONE: u32 = u32::MAX;

#[derive(Clone, Debug)]
pub(crate) struct Hierarchy {
    nodes: usize,
    // The lists below are empty where nothing belongs to anything.
    /// The nearest summary above each node.
    parent: Vec<u32>,
    /// Whether a node stands for the leaves below it.
    summary: Vec<bool>,
    /// Each node's interval in `order`.
    first: Vec<u32>,
    end: Vec<u32>,
    /// The nodes in preorder.
    order: Vec<u32>,
    summaries: usize,
}

impl Hierarchy {
    pub(crate) fn new(nodes: &[TimeNode]) -> Self {
        if nodes.iter().all(|node| node.parent.is_none()) {
            return Self {
                nodes: nodes.len(),
                parent: Vec::new(),
                summary: Vec::new(),
                first: Vec::new(),
                end: Vec::new(),
                order: Vec::new(),
                summaries: 0,
            };
        }
        let parent: Vec<u32> = (0u32..)
            .zip(nodes)
            .map(|(n, node)| match node.parent {
                Some(parent) if parent.0 < n => parent.0,
                _ => NONE,
            })
            .collect();

        let mut size = vec![1_u32; nodes.len()];
        for (n, &up) in parent.iter().enumerate().rev() {
            if up != NONE {
                size[up as usize] += size[n];
            }
        }
        let summary: Vec<bool> = nodes
            .iter()
            .zip(&size)
            .map(|(node, &size)| node.summary && size > 1)
            .collect();

        let mut next_root = 0;
        let mut next = vec![0_u32; nodes.len()];
        let mut first = vec![0_u32; nodes.len()];
        let mut order = vec![0_u32; nodes.len()];
        for (n, &up) in parent.iter().enumerate() {
            let cursor = match up {
                NONE => &mut next_root,
                up => &mut next[up as usize],
            };
            first[n] = *cursor;
            *cursor += size[n];
            next[n] = first[n] + 1;
            order[first[n] as usize] = n as u32;
        }
        let mut above = vec![NONE; nodes.len()];
        for (n, &up) in parent.iter().enumerate() {
            if up != NONE {
                let holds = summary[up as usize];
                above[n] = if holds { up } else { above[up as usize] };
            }
        }
        let end = first.iter().zip(&size).map(|(f, s)| f + s).collect();
        let summaries = summary.iter().filter(|s| **s).count();
        Self {
            nodes: nodes.len(),
            parent: above,
            summary,
            first,
            end,
            order,
            summaries,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.nodes
    }

    /// How many nodes stand for the leaves below them.
    pub(crate) fn summaries(&self) -> usize {
        self.summaries
    }

    /// Whether a node stands for the leaves below it. One marked as a summary with nothing below it does not.
    pub(crate) fn is_summary(&self, node: NodeIx) -> bool {
        assert!(node.index() < self.nodes, "the network has such a node");
        !self.summary.is_empty() && self.summary[node.index()]
    }

    /// The nearest summary that a node belongs to.
    pub(crate) fn parent(&self, node: NodeIx) -> Option<NodeIx> {
        let up = self.parent.get(node.index()).copied().unwrap_or(NONE);
        (up != NONE).then_some(NodeIx(up))
    }

    /// The summaries that a node belongs to, from the nearest outwards.
    pub(crate) fn above(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        std::iter::successors(self.parent(node), |up| self.parent(*up))
    }

    /// Whether `inner` is `outer` or belongs to it, however deep.
    pub(crate) fn contains(&self, outer: NodeIx, inner: NodeIx) -> bool {
        if self.first.is_empty() {
            return outer == inner;
        }
        let at = self.first[inner.index()];
        (self.first[outer.index()]..self.end[outer.index()]).contains(&at)
    }

    /// All that belongs to a node, however deep, in preorder; not itself.
    pub(crate) fn below(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        let (from, to) = (self.first[node.index()] + 1, self.end[node.index()]);
        self.order[from as usize..to as usize].iter().map(|n| NodeIx(*n))
    }

    /// The leaves of a summary, however deep, in preorder; a leaf's only leaf is itself.
    pub(crate) fn leaves(&self, node: NodeIx) -> impl Iterator<Item = NodeIx> + '_ {
        let spanned = match self.is_summary(node) {
            true => &self.order[self.first[node.index()] as usize..self.end[node.index()] as usize],
            false => &[],
        };
        let below = spanned
            .iter()
            .filter(|n| !self.summary[**n as usize])
            .map(|n| NodeIx(*n));
        below.chain((!self.is_summary(node)).then_some(node))
    }
}
