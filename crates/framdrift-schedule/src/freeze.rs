//! From nodes and arcs, in an order, to flat arrays.

use framdrift_model::projection::{Lag, LinkIx, LinkKind, NodeIx, Projection, Span, TimeLink, TimeNode};

use crate::arcs::{self, Arc, ArcLag, Junction, Tie};
use crate::flat::{Flat, Limits, NONE, code, mark};
use crate::hierarchy::Hierarchy;
use crate::one_calendar;
use crate::time;

/// The arcs of a network, however they are kept. Arc `a` is `None` where a link does not take part.
pub(crate) trait Source {
    fn len(&self) -> usize;
    fn ends(&self, a: usize) -> Option<(u32, u32)>;
    fn arc(&self, a: usize) -> Arc;
}

impl Source for [Arc] {
    fn len(&self) -> usize {
        self.len()
    }

    #[inline]
    fn ends(&self, a: usize) -> Option<(u32, u32)> {
        Some((self[a].from, self[a].to))
    }

    #[inline]
    fn arc(&self, a: usize) -> Arc {
        self[a]
    }
}

/// The links of a projection without summaries, which are arcs as they stand.
pub(crate) struct Links<'p>(pub(crate) &'p Projection);

impl Source for Links<'_> {
    fn len(&self) -> usize {
        self.0.links.len()
    }

    #[inline]
    fn ends(&self, a: usize) -> Option<(u32, u32)> {
        let link = &self.0.links[a];
        let exists = |node: NodeIx| node.index() < self.0.nodes.len();
        (exists(link.from) && exists(link.to)).then_some((link.from.0, link.to.0))
    }

    #[inline]
    fn arc(&self, a: usize) -> Arc {
        let link = &self.0.links[a];
        let lag = lag_from(self.0, link.from, link, LinkIx(a as u32));
        Arc {
            from: link.from.0,
            to: link.to.0,
            tie: tie_of(link.kind),
            lag,
            link: Some(LinkIx(a as u32)),
        }
    }
}

pub(crate) fn tie_of(kind: LinkKind) -> Tie {
    match kind {
        LinkKind::FinishToStart => Tie::FinishToStart,
        LinkKind::StartToStart => Tie::StartToStart,
        LinkKind::FinishToFinish => Tie::FinishToFinish,
        LinkKind::StartToFinish => Tie::StartToFinish,
    }
}

/// The lag of a link as it leaves one leaf.
pub(crate) fn lag_from(projection: &Projection, leaf: NodeIx, link: &TimeLink, ix: LinkIx) -> ArcLag {
    match link.lag {
        Lag::Work(minutes) => ArcLag::Work(minutes),
        Lag::Elapsed(minutes) => ArcLag::Elapsed(minutes),
        Lag::Percent(share) => arcs::share_of(arcs::span_of(projection, leaf), share),
        Lag::Period(_) => ArcLag::Period(ix),
    }
}

/// Freezes a network. `order` names every vertex once, nodes and then junctions, each after what leads to it; `None` stands
/// for the order in which they are.
///
/// Complexity: O(*n* + *m*).
pub(crate) fn freeze(
    projection: &Projection,
    tree: &Hierarchy,
    junctions: &[Junction],
    order: Option<&[u32]>,
    arcs: &(impl Source + ?Sized),
) -> Flat {
    let vertices = tree.len() + junctions.len();
    let mut flat = Flat::default();
    let leaves_and_junctions = vertices - tree.summaries();
    for column in [&mut flat.node, &mut flat.calendar, &mut flat.minutes] {
        column.reserve_exact(leaves_and_junctions);
    }
    flat.marks.reserve_exact(leaves_and_junctions);
    let mut position = vec![NONE; vertices];
    let inherited = inherited(projection, tree);
    for at in 0..vertices {
        let vertex = order.map_or(at as u32, |order| order[at]);
        let place = flat.marks.len() as u32;
        if (vertex as usize) < tree.len() {
            if tree.is_summary(NodeIx(vertex)) {
                continue;
            }
            push_leaf(&mut flat, projection, NodeIx(vertex), inherited.get(vertex as usize));
        } else {
            push_junction(&mut flat, junctions[vertex as usize - tree.len()]);
        }
        position[vertex as usize] = place;
    }
    flat.limits.shrink_to_fit();
    let in_place = order.is_none() && tree.summaries() == 0;
    lay_arcs(&mut flat, (!in_place).then_some(&position[..]), arcs);

    position.truncate(tree.len());
    let mut next = flat.len() as u32;
    if tree.summaries() > 0 {
        for place in position.iter_mut().filter(|place| **place == NONE) {
            *place = next;
            next += 1;
        }
    }
    flat.place = position.into();
    flat.weight = one_calendar::weigh(&flat);
    flat
}

fn push_leaf(flat: &mut Flat, projection: &Projection, leaf: NodeIx, outer: Option<&Limits>) {
    let node = &projection.nodes[leaf.index()];
    let span = arcs::span_of(projection, leaf);
    let mut marks = marks_of(node, span);
    flat.late += usize::from(marks & mark::LATE != 0);
    let limits = if node.bounds.is_empty() {
        Limits::NONE
    } else {
        Limits::of(node)
    };
    let limits = outer.map_or(limits, |outer| limits.within(outer));
    if limits != Limits::NONE {
        marks |= mark::BOUNDED;
        flat.limited.resize(flat.marks.len(), NONE);
        flat.limited.push(flat.limits.len() as u32);
        flat.limits.push(limits);
    } else if !flat.limited.is_empty() {
        flat.limited.push(NONE);
    }
    flat.marks.push(marks);
    flat.node.push(leaf.0);
    flat.calendar.push(node.calendar.0);
    flat.minutes.push(time::clip(span.minutes()));
}

/// What is marked of a leaf, but for bounds.
pub(crate) fn marks_of(node: &TimeNode, span: Span) -> u8 {
    let late = if node.as_late_as_possible && !node.summary {
        mark::LATE
    } else {
        0
    };
    late | match span {
        Span::Elapsed(_) => mark::ELAPSED,
        Span::Work(0) => 0,
        Span::Work(_) => mark::WORKS,
    }
}

fn push_junction(flat: &mut Flat, junction: Junction) {
    let (marks, node, calendar) = match junction {
        Junction::Entry(node, calendar) => (mark::ENTRY, node, calendar.0),
        Junction::Exit(node) => (mark::EXIT, node, 0),
    };
    flat.has_exits |= marks == mark::EXIT;
    flat.junctions += 1;
    if !flat.limited.is_empty() {
        flat.limited.push(NONE);
    }
    flat.marks.push(marks);
    flat.node.push(node.0);
    flat.calendar.push(calendar);
    flat.minutes.push(0);
}

/// Sorts arcs by the position they lead to. Without `position`, positions are the vertices themselves.
fn lay_arcs(flat: &mut Flat, position: Option<&[u32]>, arcs: &(impl Source + ?Sized)) {
    let places = flat.len();
    let at = |vertex: u32| position.map_or(vertex, |position| position[vertex as usize]);
    // How many arcs lead into a position, and come out of it; counted two places on, so that the second sweep below leaves
    // each list of beginnings in its place.
    let mut into = vec![0_u32; places + 2];
    let mut out_of = vec![0_u32; places + 2];
    let (mut count, mut last, mut in_order) = (0, 0, true);
    for (from, to) in (0..arcs.len()).filter_map(|a| arcs.ends(a)) {
        let to = at(to);
        into[to as usize + 2] += 1;
        out_of[at(from) as usize + 2] += 1;
        in_order &= last <= to;
        last = to;
        count += 1;
    }
    for v in 2..places + 2 {
        into[v] += into[v - 1];
        out_of[v] += out_of[v - 1];
    }
    for column in [&mut flat.from, &mut flat.to, &mut flat.link] {
        column.reserve_exact(count);
    }
    flat.lag.reserve_exact(count);
    flat.code.reserve_exact(count);
    let mut push = |a: usize| {
        let arc = arcs.arc(a);
        let (from, to) = (at(arc.from), at(arc.to));
        let (code, lag) = coded(flat, (from as usize, to as usize), arc.tie, arc.lag, None);
        flat.from.push(from);
        flat.to.push(to);
        flat.link.push(arc.link.map_or(NONE, |link| link.0));
        flat.code.push(code);
        flat.lag.push(lag);
    };
    if in_order && count == arcs.len() {
        // As most documents have them: by the successor.
        (0..count).for_each(push);
        into.remove(0);
    } else {
        // Sorted by position first, so that what is large is read once and written in order.
        let mut sorted = vec![0_u32; count];
        for a in 0..arcs.len() {
            if let Some((_, to)) = arcs.ends(a) {
                let cursor = &mut into[at(to) as usize + 1];
                sorted[*cursor as usize] = a as u32;
                *cursor += 1;
            }
        }
        sorted.into_iter().for_each(|a| push(a as usize));
        into.pop();
    }
    flat.out = vec![0; count];
    for (index, from) in (0..).zip(&flat.from) {
        let cursor = &mut out_of[*from as usize + 1];
        flat.out[*cursor as usize] = index;
        *cursor += 1;
    }
    out_of.pop();
    flat.into = into;
    flat.out_of = out_of;
}

/// How an arc is kept: its code and its lag. An odd lag takes the place of the one before, where there is one.
#[inline]
pub(crate) fn coded(
    flat: &mut Flat,
    (from, to): (usize, usize),
    tie: Tie,
    lag: ArcLag,
    place: Option<i32>,
) -> (u8, i32) {
    let tie = match tie {
        Tie::StartToStart => 0,
        Tie::FinishToStart => code::FROM_FINISH,
        Tie::StartToFinish => code::INTO_FINISH,
        Tie::FinishToFinish => code::FROM_FINISH | code::INTO_FINISH,
        Tie::HandOn => code::HAND_ON,
        Tie::Gather => code::GATHER,
    };
    let fits = |minutes: i64| i32::try_from(minutes).ok();
    let (kind, lag) = match lag {
        ArcLag::Work(minutes) if fits(minutes).is_some() => (code::WORK, minutes as i32),
        ArcLag::Elapsed(minutes) if fits(minutes).is_some() => (code::ELAPSED, minutes as i32),
        odd => {
            let place = place.unwrap_or(flat.odd.len() as i32);
            match flat.odd.get_mut(place as usize) {
                Some(before) => *before = odd,
                None => flat.odd.push(odd),
            }
            (0, place)
        }
    };
    let alike = kind == code::WORK && flat.works(from) && flat.works(to) && flat.calendar[from] == flat.calendar[to];
    let alike = if alike { code::ALIKE } else { 0 };
    let from_work = if flat.works(from) { code::FROM_WORK } else { 0 };
    (tie | kind | alike | from_work, lag)
}

/// What the bounds of summaries ask of everything below them; by node, and nothing where there are no summaries.
fn inherited(projection: &Projection, tree: &Hierarchy) -> Vec<Limits> {
    let mut limits: Vec<Limits> = Vec::new();
    if tree.summaries() == 0 {
        return limits;
    }
    for n in (0..tree.len() as u32).map(NodeIx) {
        let outer = tree.parent(n).map_or(Limits::NONE, |up| limits[up.index()]);
        limits.push(match tree.is_summary(n) {
            true => Limits::of(&projection.nodes[n.index()]).within(&outer),
            false => outer,
        });
    }
    limits
}
