//! Rings: nodes that would have to wait for themselves.

use std::collections::VecDeque;
use std::fmt;

use framdrift_model::projection::{LinkIx, NodeIx, Projection};

use crate::arcs::Arcs;
use crate::hierarchy::Hierarchy;

/// Nodes of which each waits for every other, and one shortest way around.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ring {
    /// Every node that cannot be ordered among the others, in document order. Summaries are left out; the leaves through
    /// which a ring runs stand here instead.
    pub members: Vec<NodeIx>,
    /// A walk through the first member that no other such walk undercuts in links. The last is followed by the first.
    pub nodes: Vec<NodeIx>,
    /// The links of the walk: `links[i]` leads from `nodes[i]`, or from a summary it belongs to, to the next node, or to
    /// a summary that one belongs to.
    pub links: Vec<LinkIx>,
}

/// Links that form rings, so that there is no order in which to compute dates.
#[derive(Clone, Debug, thiserror::Error)]
pub struct Cycles {
    projection: Box<Projection>,
    /// Every ring, by its first member in document order. Never empty.
    pub rings: Vec<Ring>,
}

impl Cycles {
    pub(crate) fn new(projection: Projection, rings: Vec<Ring>) -> Self {
        Self {
            projection: Box::new(projection),
            rings,
        }
    }

    /// The projection that could not be ordered.
    #[must_use]
    pub fn projection(&self) -> &Projection {
        &self.projection
    }

    /// Gives the projection back to be mended.
    #[must_use]
    pub fn into_projection(self) -> Projection {
        *self.projection
    }
}

/// How many rings, and how many nodes of each, a message names.
const NAMED: usize = 10;

impl fmt::Display for Cycles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_rings(&self.projection, &self.rings, f)
    }
}

/// Rings in words. There is one.
pub(crate) fn words(projection: &Projection, rings: &[Ring]) -> String {
    let mut words = String::new();
    // Writing to a `String` never fails.
    let _ = write_rings(projection, rings, &mut words);
    words
}

fn write_rings(projection: &Projection, rings: &[Ring], f: &mut impl fmt::Write) -> fmt::Result {
    let id = |n: &NodeIx| &projection.nodes[n.index()].id;
    match rings.len() {
        1 => f.write_str("links form a ring: ")?,
        n => write!(f, "links form {n} rings: ")?,
    }
    for (n, ring) in rings.iter().take(NAMED).enumerate() {
        if n > 0 {
            f.write_str("; ")?;
        }
        for node in ring.nodes.iter().take(NAMED) {
            write!(f, "`{}` → ", id(node))?;
        }
        if ring.nodes.len() > NAMED {
            write!(f, "{} more → ", ring.nodes.len() - NAMED)?;
        }
        write!(f, "`{}`", id(&ring.nodes[0]))?;
        if ring.members.len() > ring.nodes.len() {
            write!(f, " (with {} more)", ring.members.len() - ring.nodes.len())?;
        }
    }
    if rings.len() > NAMED {
        write!(f, "; {} more rings", rings.len() - NAMED)?;
    }
    Ok(())
}

/// Describes each component, given as vertices.
///
/// Complexity: O(*n* + *m*), and sorting the members.
pub(crate) fn find(tree: &Hierarchy, arcs: &Arcs, components: Vec<Vec<u32>>) -> Vec<Ring> {
    let mut walk = Walk::new(tree.len() + arcs.junctions.len(), arcs, &components);
    let mut rings: Vec<Ring> = components
        .into_iter()
        .map(|mut component| {
            component.retain(|v| (*v as usize) < tree.len());
            component.sort_unstable();
            // INVARIANT: an entry leads inwards to leaves and an exit comes from them, so every ring passes a leaf.
            let (nodes, links) = walk.shortest_from(component[0], tree.len());
            Ring {
                members: component.into_iter().map(NodeIx).collect(),
                nodes,
                links,
            }
        })
        .collect();
    rings.sort_unstable_by_key(|ring| ring.members[0]);
    rings
}

const NOWHERE: u32 = u32::MAX;

/// Breadth-first search within components, where only links have a length.
struct Walk<'a> {
    arcs: &'a Arcs,
    component: Vec<u32>,
    /// The arcs out of vertex v: `out[first[v]..first[v + 1]]`.
    first: Vec<u32>,
    out: Vec<u32>,
    /// Links from the starting vertex; `NOWHERE` when not yet reached.
    length: Vec<u32>,
    /// The arc by which a vertex was reached.
    by: Vec<u32>,
}

impl<'a> Walk<'a> {
    fn new(vertices: usize, arcs: &'a Arcs, components: &[Vec<u32>]) -> Self {
        let mut component = vec![NOWHERE; vertices];
        for (c, members) in (0..).zip(components) {
            for &v in members {
                component[v as usize] = c;
            }
        }
        let (first, out) = crate::flat::group(vertices, arcs.arcs.iter().map(|arc| arc.from));
        Self {
            arcs,
            component,
            first,
            out,
            length: vec![NOWHERE; vertices],
            by: vec![NOWHERE; vertices],
        }
    }

    /// The shortest walk from a leaf back to itself: the leaves on it and the links between them.
    fn shortest_from(&mut self, start: u32, leaves: usize) -> (Vec<NodeIx>, Vec<LinkIx>) {
        let mut closing = None;
        let mut least = NOWHERE;
        let mut queue = VecDeque::from([(start, 0)]);
        self.length[start as usize] = 0;
        while let Some((v, length)) = queue.pop_front() {
            if length > self.length[v as usize] {
                continue;
            }
            let (from, to) = (self.first[v as usize], self.first[v as usize + 1]);
            for &a in &self.out[from as usize..to as usize] {
                let arc = &self.arcs.arcs[a as usize];
                if self.component[arc.to as usize] != self.component[start as usize] {
                    continue;
                }
                let longer = length + u32::from(arc.link.is_some());
                if arc.to == start {
                    if longer < least {
                        (closing, least) = (Some(a), longer);
                    }
                } else if longer < self.length[arc.to as usize] {
                    self.length[arc.to as usize] = longer;
                    self.by[arc.to as usize] = a;
                    match arc.link {
                        Some(_) => queue.push_back((arc.to, longer)),
                        None => queue.push_front((arc.to, longer)),
                    }
                }
            }
        }

        let mut nodes = Vec::new();
        let mut links = Vec::new();
        // INVARIANT: the start lies in a component with a ring, so some arc leads back to it.
        let mut at = closing.expect("a component leads back to each of its members");
        loop {
            let arc = &self.arcs.arcs[at as usize];
            links.extend(arc.link);
            if (arc.from as usize) < leaves {
                nodes.push(NodeIx(arc.from));
            }
            if arc.from == start {
                break;
            }
            at = self.by[arc.from as usize];
        }
        nodes.reverse();
        links.reverse();
        (nodes, links)
    }
}
