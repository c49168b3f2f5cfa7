//! What one edit of a document changes in several places: in each instance of a template, or in all that an entry holds.

use std::collections::{HashMap, HashSet};

use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, Lag, LinkIx, LinkKind, LinkOrigin, Mode, NodeIx, NodeKind, Origin, Projection, Span,
    TimeLink, TimeNode,
};
use framdrift_model::time::Minute;

use super::matching::Pairs;
use super::{Aspect, Computed, What};

/// Where something stands in a document: what its entry is, its positions, and whose instance it is left out.
type Written = (NodeKind, [u32; 3]);

/// What is written about a node in some respect; what it does not concern is left as it is by default.
type Said = (Option<(Span, i8)>, Mode, i64);

/// What is written of a bound: what it is, and when.
type SaidOfBound = (BoundKind, Minute, BoundOrigin);

/// What is written of a link.
type SaidOfLink = (LinkOrigin, LinkKind, Lag, i8);

/// Changes with one key are one edit of the document.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    /// Something is new, or gone: as much of an entry as is.
    Whole(bool, Written),
    Node(Written, Aspect, Said, Said),
    Bound(Written, Option<SaidOfBound>, Option<SaidOfBound>),
    Link([Written; 2], Option<SaidOfLink>, Option<SaidOfLink>),
}

/// For each change, the first that belongs to the same edit.
pub(super) fn firsts(earlier: &Computed<'_>, later: &Computed<'_>, pairs: &Pairs, list: &[What]) -> Vec<usize> {
    let plans = [earlier, later].map(|computed| computed.network.projection());
    let entries = Entries::new(plans, pairs);
    let mut first: HashMap<Key, usize> = HashMap::new();
    let firsts = list.iter().enumerate().map(|(at, what)| match entries.key(what) {
        Some(key) => *first.entry(key).or_insert(at),
        None => at,
    });
    firsts.collect()
}

/// Where a node stands; none in a plan made in code.
fn written(node: &TimeNode) -> Option<Written> {
    match node.origin {
        Origin::Document {
            entry, nested, inner, ..
        } => Some((node.kind, [entry, nested, inner])),
        _ => None,
    }
}

/// The same to three depths: the entry, the part or version of it, the review of that.
fn depths((kind, [entry, nested, inner]): Written) -> [Written; 3] {
    let (list, part) = match kind {
        NodeKind::Part => (NodeKind::Meeting, NodeKind::Part),
        NodeKind::Version | NodeKind::Review => (NodeKind::Version, NodeKind::Version),
        kind => (kind, kind),
    };
    const ALL: u32 = u32::MAX;
    [
        (list, [entry, ALL, ALL]),
        (part, [entry, nested, ALL]),
        (kind, [entry, nested, inner]),
    ]
}

struct Entries<'a> {
    plans: [&'a Projection; 2],
    /// What has a node in both plans, by plan.
    stays: [HashSet<Written>; 2],
}

impl<'a> Entries<'a> {
    fn new(plans: [&'a Projection; 2], pairs: &Pairs) -> Self {
        let stays = |which: usize| {
            let nodes = (0..).map(NodeIx).zip(&plans[which].nodes);
            let both = nodes.filter(|(n, _)| if which == 0 { pairs.later(*n) } else { pairs.earlier(*n) }.is_some());
            both.filter_map(|(_, node)| written(node)).flat_map(depths).collect()
        };
        // Only where something is new or gone does it matter.
        let differ = [pairs.removed().next().is_some(), pairs.added().next().is_some()];
        Self {
            plans,
            stays: [0, 1].map(|which| if differ[which] { stays(which) } else { HashSet::new() }),
        }
    }

    fn node(&self, which: usize, node: NodeIx) -> &'a TimeNode {
        &self.plans[which].nodes[node.index()]
    }

    fn key(&self, what: &What) -> Option<Key> {
        match *what {
            What::Start | What::Finish | What::Rules | What::Calendar | What::StatusDate | What::Hours(..) => None,
            What::Added(node) => self.whole(1, node),
            What::Removed(node) => self.whole(0, node),
            // What is recorded is recorded of each by itself.
            What::Node {
                aspect: Aspect::Fact, ..
            } => None,
            What::Node { earlier, node, aspect } => {
                let (was, is) = (self.node(0, earlier), self.node(1, node));
                Some(Key::Node(written(is)?, aspect, said(was, aspect), said(is, aspect)))
            }
            What::BoundAdded { node, index } => {
                let node = self.node(1, node);
                Some(Key::Bound(
                    written(node)?,
                    None,
                    Some(said_of_bound(&node.bounds[index as usize])),
                ))
            }
            What::BoundRemoved { earlier, index } => {
                let node = self.node(0, earlier);
                Some(Key::Bound(
                    written(node)?,
                    Some(said_of_bound(&node.bounds[index as usize])),
                    None,
                ))
            }
            What::BoundChanged { earlier, node } => {
                let (was, is) = (self.node(0, earlier.0), self.node(1, node.0));
                let [before, after] = [(was, earlier.1), (is, node.1)].map(|(node, index)| {
                    let bound = &node.bounds[index as usize];
                    Some(said_of_bound(bound))
                });
                Some(Key::Bound(written(is)?, before, after))
            }
            What::LinkAdded(link) => self.link(1, link, None, Some(link)),
            What::LinkRemoved(link) => self.link(0, link, Some(link), None),
            What::LinkChanged(was, is) => self.link(1, is, Some(was), Some(is)),
        }
    }

    /// As much of an entry as is new, or gone, with this node.
    fn whole(&self, which: usize, node: NodeIx) -> Option<Key> {
        let own = written(self.node(which, node))?;
        let mut depths = depths(own).into_iter();
        let all = depths.find(|depth| !self.stays[which].contains(depth));
        Some(Key::Whole(which == 1, all.unwrap_or(own)))
    }

    fn link(&self, which: usize, link: LinkIx, was: Option<LinkIx>, is: Option<LinkIx>) -> Option<Key> {
        let ends = &self.plans[which].links[link.index()];
        let ends = [
            written(self.node(which, ends.from))?,
            written(self.node(which, ends.to))?,
        ];
        let said = |which: usize, link: LinkIx| said_of_link(&self.plans[which].links[link.index()]);
        Some(Key::Link(
            ends,
            was.map(|link| said(0, link)),
            is.map(|link| said(1, link)),
        ))
    }
}

fn said(node: &TimeNode, aspect: Aspect) -> Said {
    match aspect {
        Aspect::Span => (Some((node.span, node.tenths)), Mode::default(), 0),
        Aspect::Mode => (None, node.mode, 0),
        Aspect::Delay => (None, Mode::default(), node.delay),
        _ => (None, Mode::default(), 0),
    }
}

const fn said_of_bound(bound: &Bound) -> SaidOfBound {
    (bound.kind, bound.at, bound.origin)
}

const fn said_of_link(link: &TimeLink) -> SaidOfLink {
    (link.origin, link.kind, link.lag, link.tenths)
}
