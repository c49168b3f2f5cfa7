//! Links of summaries with typed dates as MS Project counts them back: one out of such a summary bounds what belongs to it, and
//! one into it asks for the least late start of that. Forward the summary stands alone, so nothing of this is among the arcs;
//! but going back, what belongs to it has to come after what follows it, and before what precedes it.

use framdrift_model::projection::{BoundKind, BoundOrigin, Mode, NodeIx, Projection};
use framdrift_model::rules::Profile;

use crate::arcs::{self, Arc, ArcLag, Arcs, Tie};
use crate::flat::counts_on;
use crate::hierarchy::Hierarchy;

const NONE: u32 = u32::MAX;

/// The summaries with typed dates whose links are counted back so.
#[derive(Debug, Default)]
pub(crate) struct Holds {
    /// In document order.
    summaries: Vec<NodeIx>,
    /// By node: the position of a summary among them, else none.
    position: Vec<u32>,
    /// By node: the nearest summary with typed dates above it.
    typed_above: Vec<u32>,
    /// By node: whether a link asks for its start.
    asked: Vec<bool>,
}

impl Holds {
    /// All summaries with typed dates; none by other rules than MS Project's, or where no link leads to or from one.
    pub(crate) fn new(projection: &Projection, tree: &Hierarchy, laid: &Arcs) -> Self {
        if projection.rules.profile != Profile::MsProject {
            return Self::default();
        }
        let typed = |n: NodeIx| {
            let is = matches!(projection.nodes[n.index()].mode, Mode::Manual { .. });
            is && tree.is_summary(n)
        };
        let linked = |n: u32| (n as usize) < tree.len() && typed(NodeIx(n));
        if !laid.arcs.iter().any(|arc| linked(arc.from) || linked(arc.to)) {
            return Self::default();
        }
        let mut holds = Self {
            summaries: (0..tree.len() as u32).map(NodeIx).filter(|n| typed(*n)).collect(),
            position: Vec::new(),
            asked: vec![false; tree.len()],
            typed_above: typed_above(projection, tree),
        };
        holds.number(tree.len());
        for arc in laid
            .arcs
            .iter()
            .filter(|arc| arc.tie.to_start() || arc.tie == Tie::HandOn)
        {
            if let Some(asked) = holds.asked.get_mut(arc.to as usize) {
                *asked = true;
            }
        }
        holds
    }

    fn number(&mut self, nodes: usize) {
        self.position = vec![NONE; nodes];
        for (at, summary) in (0..).zip(&self.summaries) {
            self.position[summary.index()] = at;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.summaries.is_empty()
    }

    /// In document order.
    pub(crate) fn summaries(&self) -> &[NodeIx] {
        &self.summaries
    }

    /// The position of the nearest summary whose links hold a node that links can tie.
    pub(crate) fn holding(&self, projection: &Projection, node: NodeIx) -> Option<usize> {
        holding(projection, &self.typed_above, node).find_map(|summary| self.at(summary))
    }

    /// The position of the summary with typed dates that a node belongs to, if that is one of these and a link asks for its start.
    pub(crate) fn whole(&self, node: NodeIx) -> Option<usize> {
        self.at(nearest(&self.typed_above, node).filter(|above| self.asked[above.index()])?)
    }

    fn at(&self, summary: NodeIx) -> Option<usize> {
        let at = self.position[summary.index()];
        (at != NONE).then_some(at as usize)
    }

    /// The arcs of a network with those that order it for going back as well: one more vertex for each summary stands for what
    /// its links allow. With each of these arcs, the position of the summary it is of.
    pub(crate) fn arcs(&self, projection: &Projection, tree: &Hierarchy, laid: &Arcs) -> (Vec<Arc>, Vec<usize>) {
        let vertices = (tree.len() + laid.junctions.len()) as u32;
        let (mut all, mut of) = (laid.arcs.clone(), Vec::new());
        let mut add = |at: usize, from: u32, to: u32| {
            all.push(Arc {
                from,
                to,
                tie: Tie::HandOn,
                lag: ArcLag::Work(0),
                link: None,
            });
            of.push(at);
        };
        let position = |n: u32| self.position.get(n as usize).filter(|at| **at != NONE);
        for arc in &laid.arcs {
            if let Some(&at) = position(arc.from).filter(|_| !arc.tie.leaves_start()) {
                add(at as usize, vertices + at, arc.to);
            }
        }
        for node in (0..tree.len() as u32).map(NodeIx) {
            if !projection.nodes[node.index()].mode.takes_part() || !arcs::stands_alone(projection, tree, node) {
                continue;
            }
            if let Some(at) = self.holding(projection, node) {
                add(at, node.0, vertices + at as u32);
                if let Some(own) = self.at(node) {
                    add(own, vertices + own as u32, vertices + at as u32);
                }
            }
            if let Some(at) = self.whole(node) {
                add(at, self.summaries[at].0, node.0);
            }
        }
        (all, of)
    }

    /// Leaves out those that would have to come both before and after something: their links lead round to what belongs to them.
    /// `components` are the vertices that lead to each other.
    pub(crate) fn without_rings(&mut self, arcs: &[Arc], of: &[usize], components: &[Vec<u32>]) {
        let last = components.iter().flatten().max().map_or(0, |v| *v as usize + 1);
        let mut component = vec![NONE; last];
        for (at, list) in (0..).zip(components) {
            list.iter().for_each(|v| component[*v as usize] = at);
        }
        let of_vertex = |v: u32| component.get(v as usize).copied().unwrap_or(NONE);
        let mut rings = vec![false; self.summaries.len()];
        let added = &arcs[arcs.len() - of.len()..];
        for (arc, at) in added.iter().zip(of) {
            rings[*at] |= of_vertex(arc.from) != NONE && of_vertex(arc.from) == of_vertex(arc.to);
        }
        let mut at = 0;
        self.summaries.retain(|_| {
            at += 1;
            !rings[at - 1]
        });
        self.number(self.position.len());
    }
}

/// The summaries with typed dates that hold a node, from the nearest outwards: all that it belongs to. MS Project does not hold a
/// child that has a no-earlier-than date of its own. `above` is [`typed_above`].
pub(crate) fn holding(projection: &Projection, above: &[u32], node: NodeIx) -> impl Iterator<Item = NodeIx> {
    let free = projection.nodes[node.index()]
        .parent
        .filter(|_| projection.rules.profile == Profile::MsProject && has_floor_of_its_own(projection, node));
    std::iter::successors(nearest(above, node), |n| nearest(above, *n)).filter(move |summary| Some(*summary) != free)
}

fn nearest(above: &[u32], node: NodeIx) -> Option<NodeIx> {
    let up = *above.get(node.index())?;
    (up != NONE).then_some(NodeIx(up))
}

/// Whether a node has a no-earlier-than date that was written as a constraint.
fn has_floor_of_its_own(projection: &Projection, node: NodeIx) -> bool {
    let node = &projection.nodes[node.index()];
    node.bounds.iter().any(|bound| {
        let floor = matches!(bound.kind, BoundKind::StartNotBefore | BoundKind::FinishNotBefore);
        floor && counts_on(node, bound.kind) && matches!(bound.origin, BoundOrigin::Constraint(_))
    })
}

/// By node, the innermost summary with typed dates above it.
pub(crate) fn typed_above(projection: &Projection, tree: &Hierarchy) -> Vec<u32> {
    let mut above = vec![NONE; tree.len()];
    for n in (0..tree.len() as u32).map(NodeIx) {
        if let Some(up) = tree.parent(n) {
            above[n.index()] = match projection.nodes[up.index()].mode {
                Mode::Manual { .. } => up.0,
                _ => above[up.index()],
            };
        }
    }
    above
}
