//! Levels of effort: what spans others and moves nothing. They are placed once everything else is.

use framdrift_model::facts::{Fact, Facts};
use framdrift_model::projection::{Lag, LinkKind, Mode, NodeIx, Projection};
use framdrift_model::rules::{Critical, LagCalendar, Profile};
use framdrift_model::time::Minute;

use super::clock::{self, NO_FLOOR, TICKS};
use super::p6;
use super::state::Given;
use super::summary;
use crate::hierarchy::Hierarchy;
use crate::schedule::{Dates, Side};

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
    let begun = summary::begun(given, tree);
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
        let fact = |n: NodeIx| facts.of(n).copied().unwrap_or_default();
        let spanned = |n: NodeIx| known[n.index()].then(|| Spanned::new(fact(n), &dates[n.index()], begun[n.index()]));
        let ends = ends(given, tree, node, links[node.index()].iter().copied(), spanned);
        dates[node.index()] = lay(given, fact(node), node, &ends, finish);
        known[node.index()] = true;
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

/// An end of something that a level of effort starts or finishes with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct End {
    node: NodeIx,
    /// Whether it is the start of the node; else its finish.
    theirs: bool,
    /// Whether the level of effort starts with it; else it finishes with it.
    of_start: bool,
    /// Its early and its late date, with the lag. What happened has one date.
    early: i64,
    late: i64,
    happened: bool,
}

/// What is known of something that a level of effort spans.
pub(crate) struct Spanned {
    dates: Dates,
    /// When it began and when it was over, where that has happened.
    began: Option<Minute>,
    over: Option<Minute>,
}

impl Spanned {
    /// A node with its progress and its dates. `begun` tells that work on something that belongs to it is recorded.
    pub(crate) fn new(fact: Fact, dates: &Dates, begun: bool) -> Self {
        Self {
            dates: *dates,
            began: fact.started.or(fact.finished).or(begun.then_some(dates.start)),
            over: fact.finished,
        }
    }

    /// The early and the late date of its start or its finish.
    fn end(&self, start: bool) -> (Minute, Minute) {
        match start {
            true => (self.dates.early_start, self.dates.late_start),
            false => (self.dates.early_finish, self.dates.late_finish),
        }
    }
}

/// The ends that the level of effort `node` spans: those that its links lead to, else those of what stands beside it. Of what
/// has no dates there is nothing to span.
pub(crate) fn ends(
    given: &Given<'_>,
    tree: &Hierarchy,
    node: NodeIx,
    links: impl IntoIterator<Item = usize>,
    spanned: impl Fn(NodeIx) -> Option<Spanned>,
) -> Vec<End> {
    let projection = given.projection;
    let mut found = Vec::new();
    let mut linked = false;
    for l in links {
        let link = &projection.links[l];
        let incoming = link.to == node;
        let other = if incoming { link.from } else { link.to };
        // A link between a summary and what belongs to it counts as not written.
        if tree.is_summary(other) && tree.contains(other, node) {
            continue;
        }
        linked = true;
        if let Some(on) = spanned(other) {
            found.push(end_of_link(given, l, incoming, &on));
        }
    }
    if linked {
        return found;
    }
    let beside: Vec<NodeIx> = match tree.parent(node) {
        Some(up) => tree.below(up).collect(),
        None => (0..tree.len() as u32).map(NodeIx).collect(),
    };
    // A summary stands for what belongs to it.
    let stands = |n: &NodeIx| *n != node && given.net.place(*n).is_some();
    for other in beside.into_iter().filter(stands) {
        let Some(on) = spanned(other).filter(|_| projection.nodes[other.index()].mode != Mode::LevelOfEffort) else {
            continue;
        };
        // framdrift's own rules show the recorded start as the late one, and what is left as the early one.
        let began = on.began.filter(|_| given.rules.profile == Profile::Framdrift);
        for theirs in [true, false] {
            let happened = began.filter(|_| theirs);
            let (early, late) = on.end(theirs);
            found.push(End {
                node: other,
                theirs,
                of_start: theirs,
                early: clock::ticks(happened.unwrap_or(early)),
                late: clock::ticks(happened.unwrap_or(late)),
                happened: happened.is_some(),
            });
        }
    }
    found
}

/// What a link between a level of effort and something with these dates names.
fn end_of_link(given: &Given<'_>, l: usize, incoming: bool, on: &Spanned) -> End {
    let link = &given.projection.links[l];
    let of_predecessor = matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
    let of_successor = matches!(link.kind, LinkKind::FinishToStart | LinkKind::StartToStart);
    let (node, theirs, of_start) = match incoming {
        true => (link.from, of_predecessor, of_successor),
        false => (link.to, of_successor, of_predecessor),
    };
    let happened = if theirs { on.began } else { on.over };
    let (early, late) = on.end(theirs);
    // P6 goes by the late date where it starts with something.
    let always_late = given.rules.profile == Profile::P6 && incoming && link.kind == LinkKind::StartToStart;
    let shift = |t: Minute| shifted(given.projection, given.rules.lag_calendar, l, clock::ticks(t), incoming);
    End {
        node,
        theirs,
        of_start,
        early: shift(happened.unwrap_or(early)),
        late: shift(happened.filter(|_| !always_late).unwrap_or(late)),
        happened: happened.is_some(),
    }
}

/// Before this nothing of a level of effort that is left is placed. MS Project holds nothing to the status date.
fn held_from(given: &Given<'_>) -> i64 {
    match given.rules.profile {
        Profile::MsProject => NO_FLOOR,
        Profile::Framdrift | Profile::P6 => p6::data_date(given),
    }
}

/// The node whose end gives a level of effort one of its dates, and whether that is its start. None where no end does, or lies
/// before all that is left.
pub(crate) fn giving(given: &Given<'_>, ends: &[End], side: Side) -> Option<(NodeIx, bool)> {
    let held = held_from(given);
    let date = |end: &End| match within(end, held) {
        (early, _) if side.is_early() => early,
        (_, late) => late,
    };
    let key = |end: &&End| (if side.is_start() { date(end) } else { -date(end) }, end.node);
    let found = ends
        .iter()
        .filter(|end| end.of_start == side.is_start())
        .min_by_key(key)?;
    (found.early >= held).then_some((found.node, found.theirs))
}

/// The early and the late date of an end for what is left: what lies in the past is no earlier than now, either way, and what
/// happened is not late.
fn within(end: &End, held: i64) -> (i64, i64) {
    let early = end.early.max(held);
    match end.happened || end.early < held {
        true => (early, end.late.max(early)),
        false => (early, end.late),
    }
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
fn lay(given: &Given<'_>, fact: Fact, node: NodeIx, ends: &[End], finish: i64) -> Dates {
    let projection = given.projection;
    let calendar = &projection.calendars[projection.nodes[node.index()].calendar.index()];
    let held = held_from(given);
    let now = if held == NO_FLOOR { given.start } else { held };
    let starts = || ends.iter().filter(|end| end.of_start);
    let finishes = || ends.iter().filter(|end| !end.of_start).map(|end| within(end, held));
    // Where it takes place; and what is left of it.
    // Of several that start first, one that is recorded counts.
    let first = starts().min_by_key(|end| (end.early, !end.happened));
    let named = finishes().map(|end| end.0).max();
    // Without a start that is named it goes on from now, or stands at what it finishes with.
    let open = named.map_or(now, |to| to.min(now));
    let from = starts().map(|end| within(end, held).0).min().unwrap_or(open);
    let to = named.unwrap_or(from);
    let early_start = clock::next_start(calendar, from);
    let early_finish = clock::last_finish(calendar, to).max(early_start);
    let late_to = clock::last_finish(calendar, finishes().map(|end| end.1).max().unwrap_or(finish.max(to)));
    let late_from = starts().map(|end| within(end, held).1).min().unwrap_or(late_to);
    let late_start = clock::next_start(calendar, late_from);
    let late_finish = late_to.max(late_start);
    let began = fact.started.or(fact.finished).map(clock::ticks);
    let start = match (began, first, given.rules.profile) {
        (Some(at), ..) => at,
        // It began with what is recorded to have begun.
        (None, Some(end), Profile::Framdrift) if end.happened => {
            clock::next_start(calendar, end.early).min(early_start)
        }
        _ => early_start,
    };
    let minute = clock::minute;
    let finished = fact.finished.map(clock::ticks);
    if let (Some(finish), false) = (finished, given.rules.profile == Profile::P6) {
        let (start, finish) = (minute(start), minute(finish.max(start)));
        return Dates {
            finish,
            early_finish: finish,
            late_finish: finish,
            ..Dates::instant(start)
        };
    }
    let early_finish = finished.unwrap_or(early_finish);
    let at_finish = clock::between(calendar, early_finish, late_finish);
    let underway = began.is_some() || first.is_some_and(|end| end.happened);
    let total = match given.rules.profile {
        _ if finished.is_some() => 0,
        // A start that has happened does not slip.
        Profile::Framdrift | Profile::MsProject if underway => at_finish,
        _ => super::float::of_kind(given, clock::between(calendar, early_start, late_start), at_finish),
    };
    // It moves nothing, so nothing is late because of it; only P6 counts it by its float.
    let counts = given.rules.profile == Profile::P6 && given.rules.critical == Critical::Float;
    Dates {
        start: minute(start),
        finish: minute(early_finish),
        early_start: minute(early_start.min(early_finish)),
        early_finish: minute(early_finish),
        late_start: minute(late_start),
        late_finish: minute(late_finish),
        total_float: clock::minutes(total),
        free_float: 0,
        critical: counts && finished.is_none() && clock::minutes(total) <= given.rules.critical_limit,
    }
}
