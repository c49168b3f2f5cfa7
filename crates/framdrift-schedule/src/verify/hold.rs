//! Links of summaries with typed dates, counted back as MS Project does: what belongs to such a summary is bound by what follows
//! the summary, and what precedes it is bound by what belongs to it.

use std::collections::HashMap;

use framdrift_model::projection::{BoundKind, Projection};
use framdrift_model::rules::Profile;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::DiGraph;

use super::case::Case;
use super::clock::EVER;
use super::flaw::Reason;
use super::group::{Behind, Sums};
use super::msproject;
use super::strand::{End, Strands};
use super::tree::{Asked, NONE, Tree, is_constraint, says};

/// The summaries with typed dates that do not stand alone going back.
#[derive(Default)]
pub(super) struct Holds {
    /// What belongs to each whose start a link asks for, in document order.
    parts: HashMap<usize, Vec<usize>>,
    /// By node, the nearest of them that binds it.
    over: HashMap<usize, usize>,
    /// In document order: an outer one before those inside.
    summaries: Vec<usize>,
}

/// The numbers of what has to be known in an order: nodes, then groups that links lead to, those that links leave, and what follows
/// each summary.
struct Points {
    nodes: usize,
    ins: usize,
    outs: usize,
}

impl Points {
    fn at_head(&self, end: End) -> u32 {
        match end {
            End::Node(n) => n as u32,
            End::Group(g) => (self.nodes + g) as u32,
        }
    }

    fn at_tail(&self, end: End) -> u32 {
        match end {
            End::Node(n) => n as u32,
            End::Group(g) => (self.nodes + self.ins + g) as u32,
        }
    }

    fn after(&self, summary: usize) -> u32 {
        (self.nodes + self.ins + self.outs + summary) as u32
    }
}

impl Holds {
    pub(super) fn new(projection: &Projection, tree: &Tree, strands: &Strands) -> Self {
        if projection.rules.profile != Profile::MsProject {
            return Self::default();
        }
        let typed = |n: &usize| tree.spans(*n) && tree.alone(*n);
        let mut summaries: Vec<usize> = (0..tree.len()).filter(typed).collect();
        let of_groups = |n: usize| strands.in_of(n).is_some() || strands.out_of(n).is_some();
        let own = |n: usize| strands.strands_from(n).next().is_some() || strands.strands_to(n).next().is_some();
        let linked = |n: usize| own(n) || of_groups(n);
        if !summaries.iter().any(|n| linked(*n)) {
            return Self::default();
        }
        // Where it would go round in a ring, a summary stands alone going back as it does going forward.
        loop {
            let holds = Self::among(projection, tree, strands, summaries);
            let in_rings = holds.in_rings(tree, strands);
            if !in_rings.contains(&true) {
                return holds;
            }
            let mut rings = in_rings.into_iter();
            summaries = holds.summaries;
            summaries.retain(|_| rings.next() == Some(false));
        }
    }

    fn among(projection: &Projection, tree: &Tree, strands: &Strands, summaries: Vec<usize>) -> Self {
        let mut holds = Self {
            summaries,
            ..Self::default()
        };
        let mut typed_above = vec![NONE; tree.len()];
        for n in 0..tree.len() {
            if let Some(up) = tree.up(n) {
                typed_above[n] = if tree.alone(up) { up } else { typed_above[up] };
            }
        }
        for n in (0..tree.len()).filter(|n| tree.acts(*n)) {
            let up = |n: usize| Some(typed_above[n]).filter(|up| *up != NONE);
            let mut above = std::iter::successors(up(n), |n| up(*n)).peekable();
            let is_one = |up: &usize| holds.summaries.binary_search(up).is_ok();
            let asked = |up: &usize| {
                let mut strands_to = strands.strands_to(*up);
                strands.in_of(*up).is_some() || strands_to.any(|s| strands.all[s].to_start)
            };
            if let Some(whole) = above.peek().copied().filter(is_one).filter(asked) {
                holds.parts.entry(whole).or_default().push(n);
            }
            let free = tree.parent(n).filter(|_| has_its_own_floor(projection, n));
            let over = above.find(|up| Some(*up) != free && is_one(up));
            holds.over.extend(over.map(|over| (n, over)));
        }
        holds
    }

    /// Which of them would have to be known before themselves.
    fn in_rings(&self, tree: &Tree, strands: &Strands) -> Vec<bool> {
        let points = Points {
            nodes: tree.len(),
            ins: strands.ins.len(),
            outs: strands.outs.len(),
        };
        let mut all: Vec<(u32, u32)> = Vec::new();
        for strand in &strands.all {
            all.push((points.at_tail(strand.from), points.at_head(strand.to)));
        }
        for (g, group) in strands.ins.iter().enumerate().filter(|(_, g)| g.outer != NONE) {
            all.push((points.at_head(End::Group(group.outer)), points.at_head(End::Group(g))));
        }
        for (g, group) in strands.outs.iter().enumerate().filter(|(_, g)| g.outer != NONE) {
            all.push((points.at_tail(End::Group(g)), points.at_tail(End::Group(group.outer))));
        }
        for n in (0..tree.len()).filter(|n| tree.acts(*n)) {
            let node = n as u32;
            all.extend(strands.in_of(n).map(|g| (points.at_head(End::Group(g)), node)));
            all.extend(strands.out_of(n).map(|g| (node, points.at_tail(End::Group(g)))));
        }
        let own = self.own(&points, strands);
        all.extend(own.iter().map(|(_, from, to)| (*from, *to)));
        let graph: DiGraph<(), ()> = DiGraph::from_edges(&all);
        let mut ring = vec![NONE; graph.node_count()];
        for (at, list) in kosaraju_scc(&graph)
            .into_iter()
            .enumerate()
            .filter(|(_, list)| list.len() > 1)
        {
            list.into_iter().for_each(|point| ring[point.index()] = at);
        }
        let mut found = vec![false; self.summaries.len()];
        for (summary, from, to) in own {
            let (from, to) = (ring[from as usize], ring[to as usize]);
            if from != NONE && from == to {
                let at = self.summaries.partition_point(|s| *s < summary);
                found[at] = true;
            }
        }
        found
    }

    /// What has to come before what because of each summary.
    fn own(&self, points: &Points, strands: &Strands) -> Vec<(usize, u32, u32)> {
        let mut own = Vec::new();
        for (&n, &over) in &self.over {
            own.push((over, n as u32, points.after(over)));
            if self.summaries.binary_search(&n).is_ok() {
                own.push((n, points.after(n), points.after(over)));
            }
        }
        for &summary in &self.summaries {
            let parts = self.parts.get(&summary).into_iter().flatten();
            own.extend(parts.map(|n| (summary, summary as u32, *n as u32)));
            for s in strands.strands_from(summary).filter(|s| !strands.all[*s].from_start) {
                own.push((summary, points.after(summary), points.at_head(strands.all[s].to)));
            }
        }
        own
    }

    /// The summary that binds a node.
    pub(super) fn over(&self, n: usize) -> Option<usize> {
        self.over.get(&n).copied()
    }

    /// The least late start of what belongs to a summary.
    pub(super) fn least_start(&self, case: &Case<'_>, summary: usize) -> Option<i64> {
        let late = |n: usize| msproject::seen_within(case, n, case.claims.late[n][0]);
        self.parts.get(&summary)?.iter().map(|n| late(*n)).min()
    }

    /// What the links out of each summary and of those around it allow; none where nothing that binds follows.
    pub(super) fn caps(&self, case: &Case<'_>, sums: &Sums, behind: &Behind) -> HashMap<usize, Asked> {
        let mut caps: HashMap<usize, Asked> = HashMap::new();
        for &summary in &self.summaries {
            let mut least = self.over(summary).and_then(|outer| caps.get(&outer)).copied();
            for s in case.strands.strands_from(summary) {
                let strand = &case.strands.all[s];
                if strand.from_start || !behind.binds(case, strand) {
                    continue;
                }
                let allowed = |asked| case.allowed(sums, strand, asked);
                let at = behind.asked(strand).map_or(EVER, allowed);
                if least.is_none_or(|least| at < least.0) {
                    least = Some((at, Reason::Link(strand.link)));
                }
            }
            caps.extend(least.map(|least| (summary, least)));
        }
        caps
    }
}

/// Whether a no-earlier-than date was written on a node as a constraint.
pub(super) fn has_its_own_floor(projection: &Projection, n: usize) -> bool {
    let node = &projection.nodes[n];
    node.bounds.iter().any(|bound| {
        let floor = matches!(bound.kind, BoundKind::StartNotBefore | BoundKind::FinishNotBefore);
        floor && says(node, bound.kind) && is_constraint(bound.origin)
    })
}
