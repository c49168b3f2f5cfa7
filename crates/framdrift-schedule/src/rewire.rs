//! Changes to the frozen arrays, in place.

use framdrift_model::projection::{LinkIx, NodeIx, Projection};

use crate::arcs::{self, ArcLag};
use crate::flat::{Flat, Limits, NONE, code, mark};
use crate::freeze::{self, Links, Source};
use crate::hierarchy::Hierarchy;
use crate::{one_calendar, time};

/// Reads a leaf again, and the links at it, whose codes and shares follow from it.
pub(crate) fn leaf(flat: &mut Flat, projection: &Projection, tree: &Hierarchy, leaf: NodeIx) {
    let v = flat.position(leaf);
    let node = &projection.nodes[leaf.index()];
    let span = arcs::span_of(projection, leaf);
    let before = (flat.marks[v], flat.calendar[v]);
    let mut marks = freeze::marks_of(node, span);
    let limits = tree.above(leaf).fold(Limits::of(node), |limits, up| {
        limits.within(&Limits::of(&projection.nodes[up.index()]))
    });
    if limits != Limits::NONE {
        marks |= mark::BOUNDED;
    }
    if marks & mark::BOUNDED != 0 || before.0 & mark::BOUNDED != 0 {
        limit(flat, v, limits);
    }
    let late = |marks: u8| usize::from(marks & mark::LATE != 0);
    flat.late = flat.late + late(marks) - late(before.0);
    flat.marks[v] = marks;
    flat.calendar[v] = node.calendar.0;
    flat.minutes[v] = time::clip(span.minutes());
    for arc in flat.arcs_into(v) {
        recode(flat, projection, arc);
    }
    for at in flat.out_of[v] as usize..flat.out_of[v + 1] as usize {
        let arc = flat.out[at] as usize;
        recode(flat, projection, arc);
    }
    let simpler = before != (marks, node.calendar.0);
    weigh_again(flat, simpler, |flat| {
        let into = flat.arcs_into(v);
        into.chain(flat.arcs_out_of(v)).collect()
    });
}

/// Sets the limits of a leaf. A place for them is kept, once there is one.
fn limit(flat: &mut Flat, v: usize, limits: Limits) {
    flat.limited.resize(flat.marks.len(), NONE);
    match flat.limited[v] {
        NONE => {
            flat.limited[v] = flat.limits.len() as u32;
            flat.limits.push(limits);
        }
        at => flat.limits[at as usize] = limits,
    }
}

/// Reads the link of an arc again.
fn recode(flat: &mut Flat, projection: &Projection, arc: usize) {
    let Some(link) = flat.link(arc) else { return };
    let (from, to) = (flat.from[arc] as usize, flat.to[arc] as usize);
    let stated = &projection.links[link.index()];
    let lag = freeze::lag_from(projection, NodeIx(flat.node[from]), stated, link);
    let place = (flat.code[arc] & (code::WORK | code::ELAPSED) == 0).then_some(flat.lag[arc]);
    let (code, kept) = freeze::coded(flat, (from, to), freeze::tie_of(stated.kind), lag, place);
    (flat.code[arc], flat.lag[arc]) = (code, kept);
    if flat.odd.len() > flat.from.len() + 64 {
        gather_odd(flat);
    }
}

/// Drops lags that no arc has any more.
fn gather_odd(flat: &mut Flat) {
    let mut odd = Vec::new();
    for arc in 0..flat.from.len() {
        if flat.code[arc] & (code::WORK | code::ELAPSED) == 0 {
            odd.push(flat.odd[flat.lag[arc] as usize]);
            flat.lag[arc] = (odd.len() - 1) as i32;
        }
    }
    flat.odd = odd;
}

/// Weighs some arcs again; all of them where the network may have become one that is weighed.
fn weigh_again(flat: &mut Flat, simpler: bool, arcs: impl FnOnce(&Flat) -> Vec<usize>) {
    if flat.weight.is_none() || simpler {
        if simpler {
            flat.weight = one_calendar::weigh(flat);
        }
        return;
    }
    for arc in arcs(flat) {
        let weight = one_calendar::weight(flat, arc);
        let counts = flat.code[arc] & code::WORK != 0;
        match flat.weight.as_mut().filter(|_| counts) {
            Some(all) => all[arc] = weight,
            None => {
                flat.weight = None;
                return;
            }
        }
    }
}

/// The arc of a link between leaves.
fn arc_of(flat: &Flat, to: NodeIx, link: LinkIx) -> Option<usize> {
    flat.arcs_into(flat.position(to)).find(|arc| flat.link[*arc] == link.0)
}

/// Reads a link between leaves again.
pub(crate) fn link(flat: &mut Flat, projection: &Projection, link: LinkIx) {
    let Some(arc) = arc_of(flat, projection.links[link.index()].to, link) else {
        return;
    };
    let before = flat.code[arc] & code::WORK;
    recode(flat, projection, arc);
    let simpler = before == 0 && flat.code[arc] & code::WORK != 0;
    weigh_again(flat, simpler, |_| vec![arc]);
}

/// Takes out a link that the projection no longer has; returns its ends. There are no summaries.
pub(crate) fn remove(flat: &mut Flat, link: LinkIx) -> Vec<NodeIx> {
    let arc = flat.link.iter().position(|l| *l == link.0);
    let mut ends = Vec::new();
    if let Some(arc) = arc {
        let (u, v) = (flat.from.remove(arc) as usize, flat.to.remove(arc) as usize);
        ends = vec![NodeIx(flat.node[u]), NodeIx(flat.node[v])];
        let counted = flat.code.remove(arc) & code::WORK != 0;
        flat.lag.remove(arc);
        flat.link.remove(arc);
        if let Some(weight) = &mut flat.weight {
            weight.remove(arc);
        }
        flat.into[v + 1..].iter_mut().for_each(|first| *first -= 1);
        let group = flat.out_of[u] as usize..flat.out_of[u + 1] as usize;
        let at = group.start + flat.out[group].partition_point(|a| (*a as usize) < arc);
        flat.out.remove(at);
        flat.out_of[u + 1..].iter_mut().for_each(|first| *first -= 1);
        flat.out.iter_mut().for_each(|a| *a -= u32::from(*a as usize > arc));
        if !counted {
            gather_odd(flat);
            renumber(flat, link, -1);
            flat.weight = one_calendar::weigh(flat);
            return ends;
        }
    }
    renumber(flat, link, -1);
    ends
}

/// Moves the numbers of links from one on.
fn renumber(flat: &mut Flat, from: LinkIx, by: i32) {
    let moved = |link: u32| {
        if link >= from.0 && link != NONE {
            link.wrapping_add_signed(by)
        } else {
            link
        }
    };
    flat.link.iter_mut().for_each(|link| *link = moved(*link));
    for lag in &mut flat.odd {
        if let ArcLag::Period(link) = lag {
            link.0 = moved(link.0);
        }
    }
}

/// Puts in a link that the projection has and that points forward. There are no summaries.
pub(crate) fn add(flat: &mut Flat, projection: &Projection, link: LinkIx) {
    renumber(flat, link, 1);
    let arc = Links(projection).arc(link.index());
    let (u, v) = (flat.position(NodeIx(arc.from)), flat.position(NodeIx(arc.to)));
    let group = flat.arcs_into(v);
    let at = group.start + flat.link[group].partition_point(|l| *l < link.0);
    let (code, lag) = freeze::coded(flat, (u, v), arc.tie, arc.lag, None);
    flat.from.insert(at, u as u32);
    flat.to.insert(at, v as u32);
    flat.code.insert(at, code);
    flat.lag.insert(at, lag);
    flat.link.insert(at, link.0);
    flat.into[v + 1..].iter_mut().for_each(|first| *first += 1);
    flat.out.iter_mut().for_each(|a| *a += u32::from(*a as usize >= at));
    let group = flat.out_of[u] as usize..flat.out_of[u + 1] as usize;
    let place = group.start + flat.out[group].partition_point(|a| (*a as usize) < at);
    flat.out.insert(place, at as u32);
    flat.out_of[u + 1..].iter_mut().for_each(|first| *first += 1);
    let counts = code & crate::flat::code::WORK != 0;
    let weight = one_calendar::weight(flat, at);
    match flat.weight.as_mut().filter(|_| counts) {
        Some(all) => all.insert(at, weight),
        None => flat.weight = None,
    }
}

/// The vertices in an order in which a link from position `u` back to position `v` points forward too; `None` when `v` leads
/// to `u`. There are no summaries and no junctions.
///
/// Only what lies between the two is looked at (after Pearce and Kelly, *A dynamic topological sort algorithm for directed
/// acyclic graphs*, JEA 2006): what `v` leads to there moves behind the rest.
pub(crate) fn reorder(flat: &Flat, u: usize, v: usize) -> Option<Vec<u32>> {
    let mut reached = vec![false; u + 1 - v];
    let mut open = vec![v];
    reached[0] = true;
    while let Some(at) = open.pop() {
        if at == u {
            return None;
        }
        for arc in flat.arcs_out_of(at) {
            let to = flat.to[arc] as usize;
            if to <= u && !reached[to - v] {
                reached[to - v] = true;
                open.push(to);
            }
        }
    }
    let between = &flat.node[v..=u];
    let of = |wanted: bool| {
        between
            .iter()
            .zip(&reached)
            .filter(move |(_, r)| **r == wanted)
            .map(|(n, _)| *n)
    };
    let (before, after) = (&flat.node[..v], &flat.node[u + 1..]);
    Some(
        before
            .iter()
            .copied()
            .chain(of(false))
            .chain(of(true))
            .chain(after.iter().copied())
            .collect(),
    )
}

/// The arrays made again in an order. There are no summaries.
pub(crate) fn again(projection: &Projection, tree: &Hierarchy, order: &[u32]) -> Flat {
    freeze::freeze(projection, tree, &[], Some(order), &Links(projection))
}
