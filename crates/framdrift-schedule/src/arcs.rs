//! Links as arcs between vertices, with a junction at either side of a summary instead of one arc for every pair.
//!
//! A link between two summaries means a link from each leaf of the one to each leaf of the other. Written out, a thousand
//! leaves on both sides make a million arcs. Two kinds of junction carry the same in a sum:
//!
//! - an *exit* gathers a summary's leaves: the latest finish, and the earliest start, which binds all that start then;
//! - an *entry* hands what is demanded of a summary on to its leaves. A lag counts on the successor's calendar, so there
//!   is one entry for each calendar among the leaves.
//!
//! Junctions nest: an entry hands on to the entries of the summaries inside, an exit gathers from the exits inside. Every
//! walk from leaf to leaf through junctions passes exactly one link, so the arcs have a ring where the links have one. A
//! per-cent lag counts from the duration of each leaf, so such a link (FS, FF) leaves every leaf by itself.

use std::collections::HashMap;

use framdrift_model::projection::{CalendarIx, Lag, LinkIx, LinkKind, Mode, NodeIx, Projection, Span, TimeLink};

use crate::hierarchy::Hierarchy;

/// What an arc joins. Vertices below the number of nodes are those nodes; junctions come after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Junction {
    Entry(NodeIx, CalendarIx),
    Exit(NodeIx),
}

/// What an arc carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    FinishToStart,
    StartToStart,
    FinishToFinish,
    StartToFinish,
    /// From an entry, to an entry or leaf inside: whatever is demanded of the summary.
    HandOn,
    /// From a leaf or an exit inside, to an exit: the dates of the leaves.
    Gather,
}

/// A link's lag, as far as it can be worked out before any date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArcLag {
    Work(i64),
    Elapsed(i64),
    /// A share of the shortest span among the leaves that start first.
    Share(i64),
    /// The lead time that the link states.
    Period(LinkIx),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Arc {
    pub(crate) from: u32,
    pub(crate) to: u32,
    pub(crate) tie: Tie,
    pub(crate) lag: ArcLag,
    /// `None` between junctions and what belongs to their summary.
    pub(crate) link: Option<LinkIx>,
}

/// Arcs in document order of their links, after those of the junctions.
#[derive(Debug)]
pub(crate) struct Arcs {
    /// What the vertices after the nodes are.
    pub(crate) junctions: Vec<Junction>,
    pub(crate) arcs: Vec<Arc>,
}

/// Whether a link takes part: both ends exist and are to be computed, and neither is a summary that holds the other.
pub(crate) fn takes_part(projection: &Projection, tree: &Hierarchy, link: &TimeLink) -> bool {
    let inside = |outer, inner| outer != inner && tree.is_summary(outer) && tree.contains(outer, inner);
    let takes_part = |node: NodeIx| projection.nodes.get(node.index()).is_some_and(|n| n.mode.takes_part());
    takes_part(link.from) && takes_part(link.to) && !inside(link.from, link.to) && !inside(link.to, link.from)
}

/// Whether a node is what a link leads to or from: a leaf, or a summary that stands at typed dates.
pub(crate) fn stands_alone(projection: &Projection, tree: &Hierarchy, node: NodeIx) -> bool {
    !tree.is_summary(node) || matches!(projection.nodes[node.index()].mode, Mode::Manual { .. })
}

/// What a link of a summary stands for: its leaves that take part, down to summaries that stand alone.
fn ends(projection: &Projection, tree: &Hierarchy, node: NodeIx) -> Vec<NodeIx> {
    if stands_alone(projection, tree, node) {
        return vec![node];
    }
    let mut found = Vec::new();
    let mut below = None;
    for inner in tree.below(node) {
        if below.is_some_and(|outer| tree.contains(outer, inner)) {
            continue;
        }
        let mode = projection.nodes[inner.index()].mode;
        if stands_alone(projection, tree, inner) {
            if tree.is_summary(inner) {
                below = Some(inner);
            }
            if mode.takes_part() {
                found.push(inner);
            }
        }
    }
    found
}

/// Whether a link must leave each leaf of its summary by itself.
fn leaves_one_by_one(link: &TimeLink) -> bool {
    let from_finish = matches!(link.kind, LinkKind::FinishToStart | LinkKind::FinishToFinish);
    from_finish && matches!(link.lag, Lag::Percent(_))
}

/// Lays the links out as arcs.
///
/// Complexity: O(*n* + *m*) in time and memory, times the number of calendars among the leaves of a summary for links into
/// it, and times the number of its leaves for FS and FF links with a per-cent lag out of it.
pub(crate) fn lay_out(projection: &Projection, tree: &Hierarchy) -> Arcs {
    let mut draft = Draft {
        projection,
        tree,
        next: tree.len() as u32,
        entries: vec![Vec::new(); if tree.summaries() > 0 { tree.len() } else { 0 }],
        exits: HashMap::new(),
        out: Arcs {
            junctions: Vec::new(),
            arcs: Vec::with_capacity(projection.links.len()),
        },
    };
    if tree.summaries() > 0 {
        draft.add_junctions();
    }
    for (n, link) in (0..).zip(&projection.links) {
        if takes_part(projection, tree, link) {
            draft.add_link(LinkIx(n), link);
        }
    }
    draft.out
}

struct Draft<'a> {
    projection: &'a Projection,
    tree: &'a Hierarchy,
    next: u32,
    /// The entries of each summary, in document order of the first leaf behind them.
    entries: Vec<Vec<u32>>,
    exits: HashMap<NodeIx, u32>,
    out: Arcs,
}

impl Draft<'_> {
    /// Makes the junctions that some link needs, and joins them to what belongs to their summaries.
    fn add_junctions(&mut self) {
        let tree = self.tree;
        let mut entered = vec![false; tree.len()];
        let mut exited = vec![false; tree.len()];
        let alone = |node| stands_alone(self.projection, tree, node);
        for link in &self.projection.links {
            if takes_part(self.projection, tree, link) {
                entered[link.to.index()] |= !alone(link.to);
                exited[link.from.index()] |= !alone(link.from) && !leaves_one_by_one(link);
            }
        }
        let entry_above = self.nearest_above(&entered);
        let exit_above = self.nearest_above(&exited);

        for n in (0..tree.len() as u32).map(NodeIx) {
            if exited[n.index()] {
                let exit = self.junction(Junction::Exit(n));
                self.exits.insert(n, exit);
                // INVARIANT: a summary stands before what belongs to it, so the exit above exists already.
                if let Some(above) = exit_above[n.index()] {
                    self.join(exit, self.exits[&above], Tie::Gather);
                }
            } else if self.is_end(n)
                && let Some(above) = exit_above[n.index()]
            {
                self.join(n.0, self.exits[&above], Tie::Gather);
            }
        }

        let mut known: HashMap<(NodeIx, CalendarIx), u32> = HashMap::new();
        for leaf in (0..tree.len() as u32).map(NodeIx) {
            if !self.is_end(leaf) {
                continue;
            }
            let calendar = self.projection.nodes[leaf.index()].calendar;
            let mut below = leaf.0;
            let mut above = entry_above[leaf.index()];
            while let Some(summary) = above {
                let found = known.get(&(summary, calendar)).copied();
                let entry = found.unwrap_or_else(|| {
                    let entry = self.junction(Junction::Entry(summary, calendar));
                    self.entries[summary.index()].push(entry);
                    known.insert((summary, calendar), entry);
                    entry
                });
                self.join(entry, below, Tie::HandOn);
                if found.is_some() {
                    break;
                }
                below = entry;
                above = entry_above[summary.index()];
            }
        }
    }

    fn add_link(&mut self, link_ix: LinkIx, link: &TimeLink) {
        let tree = self.tree;
        let tie = match link.kind {
            LinkKind::FinishToStart => Tie::FinishToStart,
            LinkKind::StartToStart => Tie::StartToStart,
            LinkKind::FinishToFinish => Tie::FinishToFinish,
            LinkKind::StartToFinish => Tie::StartToFinish,
        };
        if !stands_alone(self.projection, tree, link.from) && !leaves_one_by_one(link) {
            let lag = match link.lag {
                Lag::Work(minutes) => ArcLag::Work(minutes),
                Lag::Elapsed(minutes) => ArcLag::Elapsed(minutes),
                Lag::Percent(share) => ArcLag::Share(share),
                Lag::Period(_) => ArcLag::Period(link_ix),
            };
            // A summary of which nothing takes part has no exit.
            if let Some(exit) = self.exits.get(&link.from) {
                self.add_arcs(*exit, link_ix, link, tie, lag);
            }
        } else {
            for leaf in ends(self.projection, tree, link.from) {
                let lag = match link.lag {
                    Lag::Work(minutes) => ArcLag::Work(minutes),
                    Lag::Elapsed(minutes) => ArcLag::Elapsed(minutes),
                    Lag::Percent(share) => share_of(span_of(self.projection, leaf), share),
                    Lag::Period(_) => ArcLag::Period(link_ix),
                };
                self.add_arcs(leaf.0, link_ix, link, tie, lag);
            }
        }
    }

    /// The arcs of a link from one vertex: to a leaf, or to each entry of a summary.
    fn add_arcs(&mut self, from: u32, link_ix: LinkIx, link: &TimeLink, tie: Tie, lag: ArcLag) {
        let arc = Arc {
            from,
            to: link.to.0,
            tie,
            lag,
            link: Some(link_ix),
        };
        if !stands_alone(self.projection, self.tree, link.to) {
            let entries = &self.entries[link.to.index()];
            self.out.arcs.extend(entries.iter().map(|to| Arc { to: *to, ..arc }));
        } else {
            self.out.arcs.push(arc);
        }
    }

    /// Whether a node is an end of arcs and takes part.
    fn is_end(&self, node: NodeIx) -> bool {
        let mode = self.projection.nodes[node.index()].mode;
        mode.takes_part() && stands_alone(self.projection, self.tree, node)
    }

    /// For each node, the nearest marked node strictly above it that no summary standing alone hides.
    fn nearest_above(&self, marked: &[bool]) -> Vec<Option<NodeIx>> {
        let tree = self.tree;
        let mut nearest = vec![None; tree.len()];
        for n in (0..tree.len() as u32).map(NodeIx) {
            if let Some(up) = tree.parent(n) {
                nearest[n.index()] = match (marked[up.index()], stands_alone(self.projection, tree, up)) {
                    (_, true) => None,
                    (true, false) => Some(up),
                    (false, false) => nearest[up.index()],
                };
            }
        }
        nearest
    }

    fn junction(&mut self, junction: Junction) -> u32 {
        let vertex = self.next;
        self.next = vertex.checked_add(1).expect("fewer than 2³² vertices");
        self.out.junctions.push(junction);
        vertex
    }

    fn join(&mut self, from: u32, to: u32, tie: Tie) {
        self.out.arcs.push(Arc {
            from,
            to,
            tie,
            lag: ArcLag::Work(0),
            link: None,
        });
    }
}

/// How long a leaf takes. A summary with nothing below it is an instant; a negative span, which no model makes, is none.
pub(crate) fn span_of(projection: &Projection, leaf: NodeIx) -> Span {
    let node = &projection.nodes[leaf.index()];
    match node.span {
        _ if node.summary => Span::Work(0),
        Span::Work(minutes) => Span::Work(minutes.max(0)),
        Span::Elapsed(minutes) => Span::Elapsed(minutes.max(0)),
    }
}

/// A share of a span in thousandths of a per cent, rounded half away from nought.
pub(crate) fn share_of(span: Span, share: i64) -> ArcLag {
    let exact = i128::from(span.minutes()) * i128::from(share);
    let whole = (exact.abs() + 50_000) / 100_000 * exact.signum();
    let minutes = whole.clamp(i64::MIN.into(), i64::MAX.into()) as i64;
    match span {
        Span::Work(_) => ArcLag::Work(minutes),
        Span::Elapsed(_) => ArcLag::Elapsed(minutes),
    }
}
