//! What computing dates finds out about a document: rings, and dates that cannot be kept.

use std::collections::{BTreeMap, HashSet};

use framdrift_model::diagnostic::{Code, Diagnostic, Diagnostics};
use framdrift_model::lookup::Lookup;
use framdrift_model::place::Place;
use framdrift_model::projection::{BoundOrigin, Counts, LinkIx, NodeIx, Projection};
use framdrift_model::quantity::counted;
use framdrift_model::rules::Direction;
use framdrift_schedule::{Network, Ring, Schedule};

use crate::codes;
use crate::misses::misses;

/// How many members of a ring a message names, and how many of its links are pointed at.
const NAMED: usize = 20;

/// A diagnostic for each ring, naming all its members (the first ones of a very large ring). It stands at the link that closes the
/// ring and points at the others. A ring of the same links for each
/// of several subjects is told once.
#[must_use]
pub fn rings(lookup: Lookup<'_>, projection: &Projection, rings: &[Ring]) -> Diagnostics {
    // By where their links are written: the rings of several subjects are one in the document.
    let mut written: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    let mut told: Vec<(&Ring, usize)> = Vec::new();
    for ring in rings {
        let links = ring.links.iter().map(|link| &projection.links[link.index()]);
        let mut places: Vec<String> = links
            .filter_map(|link| Some(lookup.link_place(projection, link)?.pointer))
            .collect();
        places.sort_unstable();
        match written.get(&places).filter(|_| !places.is_empty()) {
            Some(at) => told[*at].1 += 1,
            None => {
                written.insert(places, told.len());
                told.push((ring, 0));
            }
        }
    }
    let mut out = Diagnostics::default();
    for (ring, more) in told {
        out.push(one_ring(lookup, projection, ring, more));
    }
    out.sort();
    out
}

/// The diagnostic of a ring, which `more` subjects have as well.
fn one_ring(lookup: Lookup<'_>, projection: &Projection, ring: &Ring, more: usize) -> Diagnostic {
    let id = |ix: &NodeIx| format!("`{}`", projection.nodes[ix.index()].id);
    let walk = |nodes: &[NodeIx]| nodes.iter().take(NAMED).map(id).collect::<Vec<_>>();
    let mut names = walk(&ring.nodes);
    if ring.nodes.len() > NAMED {
        names.push(format!("… ({} more)", ring.nodes.len() - NAMED));
    }
    names.extend(ring.nodes.first().map(id));
    let mut message = format!("these wait for each other: {}", names.join(" → "));
    let on_walk: HashSet<&NodeIx> = ring.nodes.iter().collect();
    let others: Vec<&NodeIx> = ring
        .members
        .iter()
        .filter(|m| !on_walk.contains(m))
        .take(NAMED)
        .collect();
    let left = ring.members.len() - ring.nodes.len();
    if left > 0 {
        let shown: Vec<String> = others.iter().map(|ix| id(ix)).collect();
        message.push_str(&format!("; in the same knot: {}", shown.join(", ")));
        if left > shown.len() {
            message.push_str(&format!(" and {} more", left - shown.len()));
        }
    }
    match more {
        0 => {}
        1 => message.push_str("; and so for one more subject"),
        _ => message.push_str(&format!("; and so for {more} more subjects")),
    }
    let place = |link: &LinkIx| {
        let link = &projection.links[link.index()];
        let (from, to) = (
            &projection.nodes[link.from.index()].id,
            &projection.nodes[link.to.index()].id,
        );
        let place = lookup.link_place(projection, link)?;
        Some((place, format!("`{to}` waits for `{from}`")))
    };
    // Where nesting implies the link that closes it, the last one that is written down does.
    let written = |at: &usize| place(&ring.links[*at]).is_some();
    let at = Some(ring.closing).filter(written);
    let at = at.or_else(|| (0..ring.links.len()).rev().find(written));
    // A ring of implied links alone cannot be: versions and parts are listed in one order.
    let closing = at.and_then(|at| place(&ring.links[at])).map(|(place, _)| place);
    let closing = closing.unwrap_or_else(|| lookup.place(&projection.nodes[ring.nodes[0].index()]));
    let mut out = Diagnostic::new(codes::DEPENDENCY_CYCLE, closing, message)
        .with_help("nothing in a ring can ever start; take one of these links away");
    let others = ring.links.iter().enumerate().filter(|(i, _)| Some(*i) != at);
    for (place, message) in others.filter_map(|(_, link)| place(link)).take(NAMED) {
        out = out.with_related(place, message);
    }
    out
}

/// A warning for each date that cannot be kept.
#[must_use]
pub fn missed(lookup: Lookup<'_>, network: &Network, schedule: &Schedule) -> Diagnostics {
    let mut out = Diagnostics::default();
    let nodes = &network.projection().nodes;
    let projection = network.projection();
    if let Some(finish) = projection.finish.filter(|finish| schedule.finish() > *finish) {
        let message = format!("the programme finishes {}, after {finish}", schedule.finish());
        out.push(
            Diagnostic::new(codes::MISSED_FINISH, Place::programme().field("finish"), message)
                .with_help("`framdrift schedule` marks what is critical: it has least float"),
        );
    }
    if let Some(found) = direction(network, schedule) {
        out.push(found);
    }
    for miss in misses(network, schedule) {
        let Some((ix, bound)) = miss.bound else { continue };
        let (node, origin) = (&nodes[ix.index()], bound.origin);
        let message = format!("`{}` {} {}, after {}", node.id, miss.verb(), miss.date, miss.rule());
        let help = format!(
            "it is {} late {}; `framdrift explain` says what drives the date",
            counted(miss.by, miss.counts, lookup.document().units()),
            match miss.counts {
                Counts::WorkingTime => "on its calendar",
                Counts::Clock => "by the clock",
            },
        );
        out.push(Diagnostic::new(code(origin), lookup.bound_place(node, origin), message).with_help(help));
    }
    for ix in schedule.beyond_horizon() {
        let node = &nodes[ix.index()];
        let message = format!(
            "a date of `{}` lies outside the years 1900 to 9999 and was cut off there",
            node.id
        );
        out.push(
            Diagnostic::new(codes::BEYOND_HORIZON, lookup.place(node).field("id"), message)
                .with_help("look for a duration, lag or date with a digit too many on the way to it"),
        );
    }
    out.sort();
    out
}

/// What counting back from the finish cannot keep, or why it is not done.
fn direction(network: &Network, schedule: &Schedule) -> Option<Diagnostic> {
    let projection = network.projection();
    if projection.rules.direction != Direction::FromFinish {
        return None;
    }
    if !network.counts_back() {
        let place = Place::programme().field("scheduling").field("direction");
        let message = "dates are counted from the start, although `direction` is `from-finish`";
        let help = match projection.finish {
            None => "give the programme a `finish` to count back from",
            Some(_) => "by these rules dates are counted back only where something is `as-late-as-possible`",
        };
        return Some(Diagnostic::new(codes::COUNTED_FROM_START, place, message).with_help(help));
    }
    let start = projection.start.filter(|start| schedule.start() < *start)?;
    let message = format!("the programme starts {}, before {start}", schedule.start());
    let help = "it is counted back from `finish`; what has least float decides when it starts";
    Some(Diagnostic::new(codes::MISSED_START, Place::programme().field("start"), message).with_help(help))
}

const fn code(origin: BoundOrigin) -> Code {
    match origin {
        BoundOrigin::Deadline => codes::MISSED_DEADLINE,
        BoundOrigin::Window => codes::MISSED_WINDOW,
        BoundOrigin::Planned => codes::MISSED_PLANNED_DATE,
        _ => codes::MISSED_CONSTRAINT,
    }
}
