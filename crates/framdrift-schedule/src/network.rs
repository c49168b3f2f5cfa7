//! The network: a projection whose links form no ring, frozen in an order in which it can be computed.

use std::sync::OnceLock;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{CalendarIx, NodeIx, Projection, TimeNode};
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::arcs;
use crate::flat::Flat;
use crate::freeze::{Links, Source, freeze};
use crate::hierarchy::Hierarchy;
use crate::ring::{self, Cycles, Ring};
use crate::ruled::{self, Holds, Net};

/// Nodes and links without a ring, in flat arrays and in topological order.
///
/// A network owns the projection it is made from. Once it exists, computing it cannot fail for its shape.
#[derive(Clone, Debug)]
pub struct Network {
    pub(crate) projection: Projection,
    pub(crate) tree: Hierarchy,
    pub(crate) flat: Flat,
    /// The vertices as rules look at them; made when first asked for.
    ruled: OnceLock<Box<Net>>,
    /// Whether the projection asks for more than the plain passes know. Their arrays are then left empty.
    pub(crate) asks_for_rules: bool,
}

impl Network {
    /// Orders a projection, or says where its links form rings.
    ///
    /// A link takes part when both its ends exist and neither is a summary that the other belongs to; other links are
    /// ignored, as is a parent that does not stand before its child. A negative span counts as none. Nothing recurses, so the
    /// depth of a network is no limit.
    ///
    /// # Errors
    /// [`Cycles`] when some node would have to wait for itself. It holds every ring and the projection.
    ///
    /// # Panics
    /// When a node names a calendar that the projection does not have.
    ///
    /// # Complexity
    /// O(*n* + *m*) in time and memory for *n* nodes and *m* links, with two factors where links meet summaries: a link
    /// into a summary is kept once for each calendar among its leaves, and an FS or FF link with a per-cent lag out of a
    /// summary once for each leaf.
    ///
    /// # Example
    /// ```
    /// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::Network;
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// let write = plan.add(TimeNode::activity("write", Span::Work(480)));
    /// let read = plan.add(TimeNode::activity("read", Span::Work(480)));
    /// plan.link(write, read, LinkKind::FinishToStart, Lag::NONE);
    /// plan.link(read, write, LinkKind::FinishToStart, Lag::NONE);
    ///
    /// let cycles = Network::new(plan).unwrap_err();
    /// assert_eq!(cycles.to_string(), "links form a ring: `write` → `read` → `write`");
    /// ```
    pub fn new(projection: Projection) -> Result<Self, Cycles> {
        for node in &projection.nodes {
            assert!(
                node.calendar
                    .index()
                    .max(node.work_calendar.map_or(0, CalendarIx::index))
                    < projection.calendars.len(),
                "`{}` counts on a calendar that the projection has",
                node.id
            );
        }
        let tree = Hierarchy::new(&projection.nodes);
        if ruled::is_asked(&projection) {
            return match lay_out_for_rules(&projection, &tree) {
                Ok(net) => Ok(Self {
                    flat: Flat::default(),
                    ruled: OnceLock::from(Box::new(net)),
                    asks_for_rules: true,
                    tree,
                    projection,
                }),
                Err(rings) => Err(Cycles::new(projection, rings)),
            };
        }
        match freeze_in_order(&projection, &tree) {
            Ok(flat) => Ok(Self {
                projection,
                tree,
                flat,
                ruled: OnceLock::new(),
                asks_for_rules: false,
            }),
            Err(rings) => Err(Cycles::new(projection, rings)),
        }
    }

    /// Whether dates are counted back from the finish of the programme: the rules ask for it
    /// ([`Direction::FromFinish`](framdrift_model::rules::Direction::FromFinish)) and there is a finish. By the rules of the
    /// tools something has to be as late as possible besides; else dates are counted from the start.
    #[must_use]
    pub fn counts_back(&self) -> bool {
        self.asks_for_rules && self.ruled().counts_back
    }

    /// What the network is made from.
    #[must_use]
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// The projection, to be changed and made into a network again.
    #[must_use]
    pub fn into_projection(self) -> Projection {
        self.projection
    }

    /// Whether a node spans others and has no time of its own. A summary that nothing belongs to is an instant instead.
    ///
    /// # Panics
    /// When there is no such node.
    #[must_use]
    pub fn is_summary(&self, node: NodeIx) -> bool {
        self.tree.is_summary(node)
    }

    /// Forgets the vertices as rules look at them: they no longer are what they were.
    pub(crate) fn forget_rules(&mut self) {
        self.ruled = OnceLock::new();
    }

    /// Makes the arrays again after a change of the projection. Where links form rings, everything stays.
    pub(crate) fn lay_out_again(&mut self) -> Result<(), Vec<Ring>> {
        let asks_for_rules = ruled::is_asked(&self.projection);
        if asks_for_rules {
            let net = lay_out_for_rules(&self.projection, &self.tree)?;
            (self.flat, self.ruled) = (Flat::default(), OnceLock::from(Box::new(net)));
        } else {
            (self.flat, self.ruled) = (freeze_in_order(&self.projection, &self.tree)?, OnceLock::new());
        }
        self.asks_for_rules = asks_for_rules;
        Ok(())
    }

    /// The vertices as rules look at them.
    pub(crate) fn ruled(&self) -> &Net {
        self.ruled.get_or_init(|| {
            // INVARIANT: the network exists, so its links have an order.
            let net = lay_out_for_rules(&self.projection, &self.tree).expect("a network has no rings");
            Box::new(net)
        })
    }

    pub(crate) fn node(&self, node: NodeIx) -> &TimeNode {
        &self.projection.nodes[node.index()]
    }

    /// The calendar of a node.
    pub(crate) fn calendar(&self, node: NodeIx) -> &WorkCalendar {
        &self.projection.calendars[self.node(node).calendar.index()]
    }
}

/// Every ring that the links of a projection form, by its first node in document order; none when it has an order.
///
/// Works on any projection, also a partial one: it reads nodes, parents and links, never a calendar or a bound, and ignores
/// the same links as [`Network::new`].
///
/// # Complexity
/// O(*n* + *m*), as for [`Network::new`].
///
/// # Example
/// ```
/// use framdrift_model::projection::{Lag, LinkKind, NodeIx, Projection, TimeNode};
/// use framdrift_schedule::rings;
///
/// let mut plan = Projection::default();
/// let a = plan.add(TimeNode::milestone("a"));
/// let b = plan.add(TimeNode::milestone("b"));
/// plan.link(a, b, LinkKind::FinishToStart, Lag::NONE);
/// assert!(rings(&plan).is_empty());
///
/// plan.link(b, b, LinkKind::StartToStart, Lag::NONE);
/// assert_eq!(rings(&plan)[0].nodes, [b]);
/// ```
#[must_use]
pub fn rings(projection: &Projection) -> Vec<Ring> {
    let tree = Hierarchy::new(&projection.nodes);
    let every_link = projection.nodes.iter().all(|node| node.mode.takes_part());
    if tree.summaries() == 0 && every_link {
        return match order(tree.len(), &Links(projection)) {
            Ok(_) => Vec::new(),
            Err(components) => ring::find(&tree, &arcs::lay_out(projection, &tree), components),
        };
    }
    let arcs = arcs::lay_out(projection, &tree);
    match order(tree.len() + arcs.junctions.len(), &arcs.arcs[..]) {
        Ok(_) => Vec::new(),
        Err(components) => ring::find(&tree, &arcs, components),
    }
}

/// Orders a projection for the walks that rules steer, or finds its rings.
fn lay_out_for_rules(projection: &Projection, tree: &Hierarchy) -> Result<Net, Vec<Ring>> {
    let arcs = arcs::lay_out(projection, tree);
    let vertices = tree.len() + arcs.junctions.len();
    match order(vertices, &arcs.arcs[..]) {
        Ok(order) => {
            let (holds, back) = order_back(projection, tree, &arcs);
            let order = back.or(order).unwrap_or_else(|| (0..vertices as u32).collect());
            Ok(ruled::net(projection, tree, &arcs, &holds, &order))
        }
        Err(components) => Err(ring::find(tree, &arcs, components)),
    }
}

/// An order in which links of summaries with typed dates can be counted back, too, and of which summaries they can.
fn order_back(projection: &Projection, tree: &Hierarchy, laid: &arcs::Arcs) -> (Holds, Option<Vec<u32>>) {
    let mut holds = Holds::new(projection, tree, laid);
    // What is left once every ring has been taken out has none; should it have one, all stand alone.
    for _ in 0..2 {
        if holds.is_empty() {
            break;
        }
        let (arcs, of) = holds.arcs(projection, tree, laid);
        let vertices = tree.len() + laid.junctions.len() + holds.summaries().len();
        match order(vertices, &arcs[..]) {
            Ok(order) => return (holds, Some(order.unwrap_or_else(|| (0..vertices as u32).collect()))),
            Err(components) => holds.without_rings(&arcs, &of, &components),
        }
    }
    (Holds::default(), None)
}

/// Orders and freezes a projection, or finds its rings. Without summaries links are arcs as they stand.
pub(crate) fn freeze_in_order(projection: &Projection, tree: &Hierarchy) -> Result<Flat, Vec<Ring>> {
    if tree.summaries() == 0 {
        let links = Links(projection);
        return match order(tree.len(), &links) {
            Ok(order) => Ok(freeze(projection, tree, &[], order.as_deref(), &links)),
            Err(components) => Err(ring::find(tree, &arcs::lay_out(projection, tree), components)),
        };
    }
    let arcs = arcs::lay_out(projection, tree);
    match order(tree.len() + arcs.junctions.len(), &arcs.arcs[..]) {
        Ok(order) => Ok(freeze(
            projection,
            tree,
            &arcs.junctions,
            order.as_deref(),
            &arcs.arcs[..],
        )),
        Err(components) => Err(ring::find(tree, &arcs, components)),
    }
}

/// The vertices in an order in which every arc points forward, `None` where they are in one already; else the components
/// in which that cannot be.
///
/// Orders by taking away what nothing leads to (Kahn, *Topological sorting of large networks*, 1962), on flat arrays: that
/// takes a fraction of a search in a graph of linked lists. Where something is left, a graph says what.
fn order(vertices: usize, arcs: &(impl Source + ?Sized)) -> Result<Option<Vec<u32>>, Vec<Vec<u32>>> {
    let ends = || (0..arcs.len()).filter_map(|a| arcs.ends(a));
    if ends().all(|(from, to)| from < to) {
        return Ok(None);
    }
    // Counted a place on, so that each list of successors ends where the next begins once it is filled.
    let mut out_of = vec![0_u32; vertices + 2];
    let mut waits = vec![0_u32; vertices];
    for (from, to) in ends() {
        out_of[from as usize + 2] += 1;
        waits[to as usize] += 1;
    }
    for v in 2..vertices + 2 {
        out_of[v] += out_of[v - 1];
    }
    let mut successors = vec![0_u32; out_of[vertices + 1] as usize];
    for (from, to) in ends() {
        let cursor = &mut out_of[from as usize + 1];
        successors[*cursor as usize] = to;
        *cursor += 1;
    }
    let mut order = Vec::with_capacity(vertices);
    order.extend((0..vertices as u32).filter(|v| waits[*v as usize] == 0));
    let mut done = 0;
    while let Some(&v) = order.get(done) {
        done += 1;
        for &to in &successors[out_of[v as usize] as usize..out_of[v as usize + 1] as usize] {
            let waits = &mut waits[to as usize];
            *waits -= 1;
            if *waits == 0 {
                order.push(to);
            }
        }
    }
    if order.len() == vertices {
        Ok(Some(order))
    } else {
        Err(components(vertices, arcs))
    }
}

/// The components of vertices that lead to each other or to themselves.
fn components(vertices: usize, arcs: &(impl Source + ?Sized)) -> Vec<Vec<u32>> {
    let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(vertices, arcs.len());
    for n in 0..vertices {
        // INVARIANT: vertex n is graph node n: they are added in order and never removed.
        let added = graph.add_node(());
        debug_assert_eq!(added, NodeIndex::new(n));
    }
    for (from, to) in (0..arcs.len()).filter_map(|a| arcs.ends(a)) {
        graph.add_edge(vertex(from), vertex(to), ());
    }
    // Kosaraju's algorithm, because petgraph's Tarjan recurses and a long ring would overflow the stack.
    kosaraju_scc(&graph)
        .into_iter()
        .filter(|list| list.len() > 1 || graph.contains_edge(list[0], list[0]))
        .map(|list| list.into_iter().map(|v| v.index() as u32).collect())
        .collect()
}

fn vertex(v: u32) -> NodeIndex {
    NodeIndex::new(v as usize)
}
