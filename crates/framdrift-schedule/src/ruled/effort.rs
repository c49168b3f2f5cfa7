//! Levels of effort: what spans others and moves nothing. They are placed once everything else is.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Lag, LinkKind, Mode, NodeIx, Projection};
use framdrift_model::rules::LagCalendar;
use framdrift_model::time::Minute;

use super::clock::{self, TICKS};
use super::p6;
use super::state::Given;
use crate::hierarchy::Hierarchy;
use crate::schedule::Dates;

/// Places every level of effort: with links, from the earliest start to the latest finish that they name; without, over what
/// stands beside it in its summary. One that leans on another comes after it; of those that lean on each other, the first in
/// document order comes first.
///
/// Complexity: O(*n* + *m*), and for those without links what stands beside them.
pub(crate) fn place(
    given: &Given<'_>,
    tree: &Hierarchy,
    facts: &Facts,
    finish: i64,
    dates: &mut [Dates],
    known: &mut [bool],
    open: &mut [bool],
) {
    let projection = given.projection;
    let is_effort = |node: NodeIx| {
        projection
            .nodes
            .get(node.index())
            .is_some_and(|n| n.mode == Mode::LevelOfEffort && !tree.is_summary(node))
    };
    let efforts: Vec<NodeIx> = (0..projection.nodes.len() as u32)
        .map(NodeIx)
        .filter(|n| is_effort(*n))
        .collect();
    if efforts.is_empty() {
        return;
    }
    let mut links: Vec<Vec<usize>> = vec![Vec::new(); projection.nodes.len()];
    let mut waits = vec![0_u32; projection.nodes.len()];
    for (l, link) in projection.links.iter().enumerate() {
        let exists = |n: NodeIx| n.index() < projection.nodes.len();
        if !exists(link.from) || !exists(link.to) || link.from == link.to {
            continue;
        }
        for end in [link.from, link.to] {
            if is_effort(end) {
                links[end.index()].push(l);
            }
        }
        if is_effort(link.from) && is_effort(link.to) {
            waits[link.to.index()] += 1;
        }
    }
    let mut ready: Vec<NodeIx> = efforts
        .iter()
        .copied()
        .filter(|n| waits[n.index()] == 0)
        .rev()
        .collect();
    let mut rest = efforts.iter().copied();
    loop {
        let next = ready.pop().or_else(|| rest.find(|n| !known[n.index()]));
        let Some(node) = next else { break };
        if known[node.index()] {
            continue;
        }
        let spans = spanned(given, tree, facts, &links[node.index()], node, dates, known);
        dates[node.index()] = lay(given, facts, node, spans, finish);
        known[node.index()] = true;
        open[node.index()] = facts.of(node).is_none_or(|fact| fact.finished.is_none());
        for l in &links[node.index()] {
            let to = projection.links[*l].to;
            if to != node && is_effort(to) {
                waits[to.index()] -= 1;
                if waits[to.index()] == 0 {
                    ready.push(to);
                }
            }
        }
    }
}

/// The dates that something spans, where anything says so: early from and to, late from and to.
#[derive(Clone, Copy, Default)]
struct Spanned {
    from: Option<i64>,
    to: Option<i64>,
    late_from: Option<i64>,
    late_to: Option<i64>,
}

impl Spanned {
    fn add(&mut self, start: bool, early: i64, late: i64) {
        if start {
            self.from = Some(self.from.map_or(early, |t| t.min(early)));
            self.late_from = Some(self.late_from.map_or(late, |t| t.min(late)));
        } else {
            self.to = Some(self.to.map_or(early, |t| t.max(early)));
            self.late_to = Some(self.late_to.map_or(late, |t| t.max(late)));
        }
    }
}

fn spanned(
    given: &Given<'_>,
    tree: &Hierarchy,
    facts: &Facts,
    links: &[usize],
    node: NodeIx,
    dates: &[Dates],
    known: &[bool],
) -> Spanned {
    let projection = given.projection;
    let mut spans = Spanned::default();
    for &l in links {
        let link = &projection.links[l];
        let incoming = link.to == node;
        let other = if incoming { link.from } else { link.to };
        if !known[other.index()] {
            continue;
        }
        let (pred_start, succ_start) = (
            matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish),
            matches!(link.kind, LinkKind::FinishToStart | LinkKind::StartToStart),
        );
        let (theirs, mine) = if incoming {
            (pred_start, succ_start)
        } else {
            (succ_start, pred_start)
        };
        let fact = facts.of(other).copied().unwrap_or_default();
        let actual = if theirs {
            fact.started.or(fact.finished)
        } else {
            fact.finished
        };
        let on = dates[other.index()];
        let early = actual.unwrap_or(if theirs { on.early_start } else { on.early_finish });
        let late = if theirs { on.late_start } else { on.late_finish };
        let always_late = incoming && link.kind == LinkKind::StartToStart;
        let shift = |t: Minute| shifted(projection, given.rules.lag_calendar, l, clock::ticks(t), incoming);
        let late = match actual {
            Some(actual) if !always_late => shift(actual),
            _ => shift(late),
        };
        spans.add(mine, shift(early), late);
    }
    if links.is_empty() {
        // What stands beside it.
        let beside: Vec<NodeIx> = match tree.parent(node) {
            Some(up) => tree.below(up).collect(),
            None => (0..tree.len() as u32).map(NodeIx).collect(),
        };
        // A summary stands for what belongs to it.
        let stands = |n: &NodeIx| *n != node && known[n.index()] && given.net.place(*n).is_some();
        for other in beside.into_iter().filter(stands) {
            if projection.nodes[other.index()].mode == Mode::LevelOfEffort {
                continue;
            }
            let on = dates[other.index()];
            spans.add(true, clock::ticks(on.early_start), clock::ticks(on.late_start));
            spans.add(false, clock::ticks(on.early_finish), clock::ticks(on.late_finish));
        }
    }
    spans
}

/// `t` with the lag of a link, or without it where it is looked at from its predecessor.
fn shifted(projection: &Projection, on: LagCalendar, link: usize, t: i64, forward: bool) -> i64 {
    let link = &projection.links[link];
    let of = |node: NodeIx| projection.nodes[node.index()].calendar;
    let calendar = match on {
        LagCalendar::Predecessor => of(link.from),
        LagCalendar::Successor | LagCalendar::AllDay => of(link.to),
        LagCalendar::Project => projection.calendar,
    };
    let sign = if forward { 1 } else { -1 };
    match link.lag {
        Lag::Work(minutes) if on == LagCalendar::AllDay => clock::later(t, sign * minutes * TICKS),
        Lag::Work(minutes) => clock::plus(&projection.calendars[calendar.index()], t, sign * minutes * TICKS),
        Lag::Elapsed(minutes) => clock::later(t, sign * minutes * TICKS),
        Lag::Percent(_) | Lag::Period(_) => t,
    }
}

/// Lays a level of effort over what it spans, its own progress first.
fn lay(given: &Given<'_>, facts: &Facts, node: NodeIx, spans: Spanned, finish: i64) -> Dates {
    let projection = given.projection;
    let calendar = &projection.calendars[projection.nodes[node.index()].calendar.index()];
    let fact = facts.of(node).copied().unwrap_or_default();
    let now = p6::data_date(given);
    let from = spans.from.unwrap_or(now);
    let to = clock::last_finish(calendar, spans.to.unwrap_or(from.max(now)));
    let late_to = clock::last_finish(calendar, spans.late_to.unwrap_or(finish));
    let late_from = clock::next_start(calendar, spans.late_from.unwrap_or(late_to).min(late_to)).min(late_to);
    let early_start = clock::next_start(calendar, from.max(now));
    let early_finish = match fact.finished {
        Some(at) => clock::ticks(at),
        None => to.max(early_start),
    };
    let start = match fact.started.or(fact.finished) {
        Some(at) => clock::ticks(at),
        None => match clock::next_start(calendar, from) {
            start if start < now => early_start,
            start => start,
        },
    };
    let minute = clock::minute;
    let at_start = clock::between(calendar, early_start, late_from);
    let at_finish = clock::between(calendar, early_finish, late_to);
    let total = if fact.finished.is_some() {
        0
    } else {
        super::float::of_kind(given, at_start, at_finish)
    };
    Dates {
        start: minute(start),
        finish: minute(early_finish),
        early_start: minute(early_start.min(early_finish)),
        early_finish: minute(early_finish),
        late_start: minute(late_from),
        late_finish: minute(late_to),
        total_float: clock::minutes(total),
        free_float: 0,
        critical: fact.finished.is_none()
            && given.rules.critical == framdrift_model::rules::Critical::Float
            && clock::minutes(total) <= given.rules.critical_limit,
    }
}
