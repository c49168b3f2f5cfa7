//! Which node of one plan is which of the other.

use std::collections::HashMap;

use framdrift_model::projection::{NodeIx, Projection};

const NONE: u32 = u32::MAX;

/// The nodes of two plans, matched by id. Of several with one id, the first is the first, the second the second.
#[derive(Debug)]
pub(super) struct Pairs {
    /// By node of the earlier plan.
    later: Vec<u32>,
    /// By node of the later plan.
    earlier: Vec<u32>,
}

impl Pairs {
    pub(super) fn of(earlier: &Projection, later: &Projection) -> Self {
        let (old, new) = (&earlier.nodes, &later.nodes);
        // Most plans differ in little else than numbers.
        let alike = old.len() == new.len() && old.iter().zip(new).all(|(a, b)| a.id == b.id);
        if alike {
            let same: Vec<u32> = (0..new.len() as u32).collect();
            let later = same.clone();
            return Self { later, earlier: same };
        }
        let mut first: HashMap<&str, u32> = HashMap::with_capacity(old.len());
        let mut next = vec![NONE; old.len()];
        for n in (0..old.len() as u32).rev() {
            let before = first.insert(&old[n as usize].id, n);
            next[n as usize] = before.unwrap_or(NONE);
        }
        let mut pairs = Self {
            later: vec![NONE; old.len()],
            earlier: vec![NONE; new.len()],
        };
        for (n, node) in (0_u32..).zip(new) {
            let Some(at) = first.get_mut(&*node.id).filter(|at| **at != NONE) else {
                continue;
            };
            pairs.earlier[n as usize] = *at;
            pairs.later[*at as usize] = n;
            *at = next[*at as usize];
        }
        pairs
    }

    /// The same node in the earlier plan.
    pub(super) fn earlier(&self, node: NodeIx) -> Option<NodeIx> {
        Some(self.earlier[node.index()]).filter(|n| *n != NONE).map(NodeIx)
    }

    /// The same node in the later plan.
    pub(super) fn later(&self, node: NodeIx) -> Option<NodeIx> {
        Some(self.later[node.index()]).filter(|n| *n != NONE).map(NodeIx)
    }

    pub(super) fn added(&self) -> impl Iterator<Item = NodeIx> + '_ {
        (0..)
            .map(NodeIx)
            .zip(&self.earlier)
            .filter(|(_, e)| **e == NONE)
            .map(|(n, _)| n)
    }

    pub(super) fn removed(&self) -> impl Iterator<Item = NodeIx> + '_ {
        (0..)
            .map(NodeIx)
            .zip(&self.later)
            .filter(|(_, l)| **l == NONE)
            .map(|(n, _)| n)
    }
}
