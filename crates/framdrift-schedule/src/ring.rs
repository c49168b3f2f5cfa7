//! Rings: nodes that would have to wait for themselves.

use std::collections::{HashMap, VecDeque};
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
    /// Which of these links closes the ring: one without which nothing here would wait for itself, where there is one; and among
    /// several the last that leads from a later node to an earlier one. In a very large knot only the last such links are tried.
    pub closing: usize,
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

/// How many arcs are looked at in all to find out which links close rings.
const TRIED: usize = 4_000_000;

/// Describes each component, given as vertices.
///
/// Complexity: O(*n* + *m*), sorting the members, and at most [`TRIED`] steps for the links that close rings.
pub(crate) fn find(tree: &Hierarchy, arcs: &Arcs, components: Vec<Vec<u32>>) -> Vec<Ring> {
    let mut walk = Walk::new(tree.len() + arcs.junctions.len(), arcs, &components);
    let mut tries = TRIED;
    let mut rings: Vec<Ring> = components
        .into_iter()
        .map(|component| {
            let mut members = component.clone();
            members.retain(|v| (*v as usize) < tree.len());
            members.sort_unstable();
            // INVARIANT: an entry leads inwards to leaves and an exit comes from them, so every ring passes a leaf.
            let (nodes, links) = walk.shortest_from(members[0], tree.len());
            let closing = walk.closing(&component, &nodes, &links, &mut tries);
            Ring {
                members: members.into_iter().map(NodeIx).collect(),
                nodes,
                links,
                closing,
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

    /// The position of the link that closes the ring: see [`Ring::closing`].
    fn closing(&self, component: &[u32], nodes: &[NodeIx], links: &[LinkIx], tries: &mut usize) -> usize {
        let back = |i: usize| nodes[i] >= nodes[(i + 1) % nodes.len()];
        let last_first = || (0..links.len()).rev();
        let order = last_first()
            .filter(|i| back(*i))
            .chain(last_first().filter(|i| !back(*i)));
        let arcs: usize = component.iter().map(|v| self.out_of(*v).len()).sum();
        for i in order {
            if *tries < arcs {
                break;
            }
            *tries -= arcs;
            if self.opens(component, links[i]) {
                return i;
            }
        }
        // INVARIANT: nodes cannot ascend all the way around.
        last_first().find(|i| back(*i)).unwrap_or(0)
    }

    /// Whether nothing in the component waits for itself once a link is taken away.
    fn opens(&self, component: &[u32], link: LinkIx) -> bool {
        let own = self.component[component[0] as usize];
        let next = |v: u32| {
            let arcs = self.out_of(v).iter().map(|a| &self.arcs.arcs[*a as usize]);
            arcs.filter(|arc| arc.link != Some(link) && self.component[arc.to as usize] == own)
                .map(|arc| arc.to)
        };
        let mut waits: HashMap<u32, u32> = component.iter().map(|v| (*v, 0)).collect();
        for to in component.iter().flat_map(|v| next(*v)) {
            *waits.entry(to).or_default() += 1;
        }
        let mut free: Vec<u32> = component.iter().copied().filter(|v| waits[v] == 0).collect();
        let mut passed = 0;
        while let Some(v) = free.pop() {
            passed += 1;
            for to in next(v) {
                let left = waits.entry(to).or_default();
                *left -= 1;
                if *left == 0 {
                    free.push(to);
                }
            }
        }
        passed == component.len()
    }

    /// The arcs out of a vertex.
    fn out_of(&self, v: u32) -> &[u32] {
        let (from, to) = (self.first[v as usize], self.first[v as usize + 1]);
        &self.out[from as usize..to as usize]
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
            for &a in &self.out[self.first[v as usize] as usize..self.first[v as usize + 1] as usize] {
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
