//! The critical path as a host would compute it with petgraph alone: a graph, its topological order, two passes.

use petgraph::Direction::{Incoming, Outgoing};
use petgraph::algo::toposort;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef as _;

use crate::floor::{Dates, weight};
use crate::shape::Shape;

/// From a list of activities and links to every date and float, without calendars; by activity.
///
/// # Panics
/// When the links form a ring.
#[must_use]
pub fn compute(shape: &Shape) -> Dates {
    let mut dates = Dates::default();
    Ordered::new(shape).compute(&mut dates);
    dates
}

/// A graph and its topological order.
#[derive(Clone, Debug)]
pub struct Ordered {
    graph: DiGraph<i32, i32>,
    order: Vec<NodeIndex>,
}

impl Ordered {
    /// From a list of activities and links.
    ///
    /// # Panics
    /// When the links form a ring.
    #[must_use]
    pub fn new(shape: &Shape) -> Self {
        let mut graph: DiGraph<i32, i32> = DiGraph::with_capacity(shape.len(), shape.links.len());
        for duration in &shape.durations {
            graph.add_node(*duration);
        }
        for link in &shape.links {
            let (from, to) = (NodeIndex::new(link.from as usize), NodeIndex::new(link.to as usize));
            graph.add_edge(from, to, weight(link.kind, link.lag, graph[from], graph[to]));
        }
        let order = toposort(&graph, None).expect("a shape has no rings");
        Self { graph, order }
    }

    /// Every date and float, by activity.
    pub fn compute(&self, dates: &mut Dates) {
        let Self { graph, order } = self;
        let n = graph.node_count();
        for column in [&mut dates.early, &mut dates.late, &mut dates.total, &mut dates.free] {
            column.resize(n, 0);
        }
        dates.critical.resize(n, false);
        let mut finish = 0;
        for &v in order {
            let asked = graph
                .edges_directed(v, Incoming)
                .map(|e| dates.early[e.source().index()] + e.weight());
            let early = asked.fold(0, i32::max);
            dates.early[v.index()] = early;
            finish = finish.max(early + graph[v]);
        }
        for &v in order.iter().rev() {
            let (n, early) = (v.index(), dates.early[v.index()]);
            let mut late = finish - graph[v];
            let mut free = late - early;
            for e in graph.edges_directed(v, Outgoing) {
                late = late.min(dates.late[e.target().index()] - e.weight());
                free = free.min(dates.early[e.target().index()] - early - e.weight());
            }
            (dates.late[n], dates.free[n], dates.total[n]) = (late, free, late - early);
            dates.critical[n] = late <= early;
        }
    }
}
