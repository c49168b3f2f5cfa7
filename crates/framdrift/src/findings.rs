//! What computing dates finds out about a document: rings, and dates that cannot be kept.

use std::collections::HashSet;

use framdrift_model::diagnostic::{Code, Diagnostic, Diagnostics};
use framdrift_model::lookup::Lookup;
use framdrift_model::place::Place;
use framdrift_model::projection::{BoundKind, BoundOrigin, Counts, Mode, NodeIx, Projection};
use framdrift_model::quantity::counted;
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, Ring, Schedule};

use crate::codes;

/// How many members of a ring a message names, and how many of its links are pointed at.
const NAMED: usize = 20;

/// A diagnostic for each ring, naming all its members (the first ones of a very large ring) and pointing at its links.
#[must_use]
pub fn rings(lookup: Lookup<'_>, projection: &Projection, rings: &[Ring]) -> Diagnostics {
    let mut out = Diagnostics::default();
    for ring in rings {
        out.push(one_ring(lookup, projection, ring));
    }
    out.sort();
    out
}

fn one_ring(lookup: Lookup<'_>, projection: &Projection, ring: &Ring) -> Diagnostic {
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
    let mut places = ring.links.iter().take(NAMED).filter_map(|link| {
        let link = &projection.links[link.index()];
        let (from, to) = (
            &projection.nodes[link.from.index()].id,
            &projection.nodes[link.to.index()].id,
        );
        Some((
            lookup.link_place(projection, link)?,
            format!("`{to}` waits for `{from}`"),
        ))
    });
    // A ring of implied links alone cannot be: versions and parts are listed in one order.
    let first = places.next().map(|(place, _)| place);
    let place = first.unwrap_or_else(|| lookup.place(&projection.nodes[ring.nodes[0].index()]));
    let mut out = Diagnostic::new(codes::DEPENDENCY_CYCLE, place, message)
        .with_help("nothing in a ring can ever start; take one of these links away");
    for (place, message) in places {
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
    for (ix, dates) in schedule.iter() {
        let node = &nodes[ix.index()];
        if node.mode == Mode::Inactive {
            continue;
        }
        for bound in &node.bounds {
            let (what, date) = match bound.kind {
                BoundKind::StartNotAfter | BoundKind::MustStart => ("starts", dates.start),
                BoundKind::FinishNotAfter | BoundKind::MustFinish => ("finishes", dates.finish),
                BoundKind::ExternalFinish if projection.rules.external_dates => ("finishes", dates.finish),
                _ => continue,
            };
            let Some((minutes, counts)) = late(network, schedule, ix, bound.at, date) else {
                continue;
            };
            let (code, rule) = miss(bound.origin);
            let message = format!(
                "`{}` {what} {date}, after {rule} {}",
                node.id,
                shown(bound.kind, bound.at)
            );
            let help = format!(
                "it is {} late {}; `framdrift explain` says what drives the date",
                counted(minutes, counts, lookup.document().units()),
                match counts {
                    Counts::WorkingTime => "on its calendar",
                    Counts::Clock => "by the clock",
                },
            );
            out.push(Diagnostic::new(code, lookup.bound_place(node, bound.origin), message).with_help(help));
        }
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

/// By how much a date comes after a cap, and what that counts; none where the cap is kept.
///
/// By working time: Friday 17:00 keeps «Monday 08:00», and «by Friday» lasts until its end. What runs by the clock is late by the
/// clock, and so is a summary of which a part that runs by the clock is.
fn late(network: &Network, schedule: &Schedule, ix: NodeIx, at: Minute, date: Minute) -> Option<(i64, Counts)> {
    if date <= at {
        return None;
    }
    let nodes = &network.projection().nodes;
    let node = &nodes[ix.index()];
    let calendar = &network.projection().calendars[node.calendar.index()];
    let counts = node.counts();
    let own = counts.between(calendar, at, date);
    if own > 0 || !network.is_summary(ix) {
        return (own > 0).then_some((own, counts));
    }
    let parent = |at: NodeIx| nodes[at.index()].parent;
    let belongs = |part: NodeIx| std::iter::successors(parent(part), |up| parent(*up)).any(|up| up == ix);
    let parts = schedule.iter().filter(|(part, _)| {
        let node = &nodes[part.index()];
        node.counts() == Counts::Clock && node.mode.takes_part() && belongs(*part)
    });
    let most = parts.map(|(_, dates)| dates.finish.since(at)).max()?;
    (most > 0).then_some((most, Counts::Clock))
}

fn miss(origin: BoundOrigin) -> (Code, &'static str) {
    match origin {
        BoundOrigin::Deadline => (codes::MISSED_DEADLINE, "its deadline"),
        BoundOrigin::Window => (codes::MISSED_WINDOW, "the end of its window,"),
        BoundOrigin::Planned => (codes::MISSED_PLANNED_DATE, "the date it is planned for,"),
        _ => (codes::MISSED_CONSTRAINT, "the last moment its constraint allows,"),
    }
}

/// A bound on a finish that says midnight means the end of the day before.
fn shown(kind: BoundKind, at: Minute) -> String {
    let ends = matches!(
        kind,
        BoundKind::FinishNotAfter | BoundKind::MustFinish | BoundKind::ExternalFinish
    );
    if ends && at.day_and_minute().1 == 0 {
        format!("{} (its end)", at.plus(-1).date())
    } else {
        at.to_string()
    }
}
