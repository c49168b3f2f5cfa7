//! The plan as the statement looks at it: what stands by itself, what follows what, and how time counts at each.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{Lag, LinkKind, Mode, NodeIx, Projection, Span, TimeLink, TimeNode};
use framdrift_model::rules::{Direction, LateKind, Profile};
use framdrift_model::time::Minute;

/// The instants at which something starts and finishes.
pub(super) type Standing = (Minute, Minute);

/// The hours that the work of a node is laid out on.
pub(super) fn hours(plan: &Projection, n: usize) -> &WorkCalendar {
    let node = &plan.nodes[n];
    &plan.calendars[node.work_calendar.unwrap_or(node.calendar).index()]
}

/// The hours that its total float is counted on.
pub(super) fn float_hours(plan: &Projection, n: usize) -> &WorkCalendar {
    &plan.calendars[plan.nodes[n].calendar.index()]
}

/// Whether a node counts by the clock.
pub(super) fn is_by_the_clock(plan: &Projection, n: usize) -> bool {
    matches!(span(plan, n), Span::Elapsed(_))
}

/// How long a node takes; a summary that nothing belongs to takes no time.
pub(super) fn span(plan: &Projection, n: usize) -> Span {
    match plan.nodes[n].summary {
        true => Span::Work(0),
        false => plan.nodes[n].span,
    }
}

/// Time from one instant to another in the unit that a node has: by the clock, or in working time.
pub(super) fn distance(plan: &Projection, n: usize, from: Minute, to: Minute) -> i64 {
    match is_by_the_clock(plan, n) {
        true => to.since(from),
        false => float_hours(plan, n).between(from, to),
    }
}

/// The first instant so much later in that unit.
pub(super) fn later(plan: &Projection, n: usize, from: Minute, by: i64) -> Minute {
    if by == 0 {
        return from;
    }
    match is_by_the_clock(plan, n) {
        true => from.plus(by),
        false => {
            let hours = float_hours(plan, n);
            hours.finish_of(hours.work_at(from) + by)
        }
    }
}

/// Whether a node takes no time, not even a part of a minute.
pub(super) fn takes_no_time(plan: &Projection, n: usize) -> bool {
    let parts = plan.rules.profile == Profile::MsProject && plan.nodes[n].tenths > 0;
    span(plan, n) == Span::Work(0) && !parts
}

/// Whether dates of a node are typed in.
pub(super) fn is_typed(plan: &Projection, n: usize) -> bool {
    matches!(plan.nodes[n].mode, Mode::Manual { .. })
}

/// The summaries that a node belongs to, from the nearest outwards.
pub(super) fn above(plan: &Projection, n: usize) -> impl Iterator<Item = usize> + '_ {
    let up = |n: usize| plan.nodes[n].parent.map(NodeIx::index);
    std::iter::successors(up(n), move |n| up(*n))
}

/// Whether anything belongs to a node.
pub(super) fn is_summary(plan: &Projection, n: usize) -> bool {
    plan.nodes.iter().any(|m| m.parent == Some(NodeIx(n as u32)))
}

/// Whether links lead to the node itself: a leaf, or a summary at typed dates.
pub(super) fn stands_alone(plan: &Projection, n: usize) -> bool {
    !is_summary(plan, n) || is_typed(plan, n)
}

/// Whether a node is placed by what is asked of it, or stands where it was typed in.
pub(super) fn takes_part(plan: &Projection, n: usize) -> bool {
    plan.nodes[n].mode.takes_part()
}

/// Whether dates are counted back from the finish: by the rules of the tools only where something is as late as possible.
pub(super) fn counts_back(plan: &Projection) -> bool {
    let late = |node: &TimeNode| node.as_late_as_possible && !node.summary && node.mode.takes_part();
    plan.rules.direction == Direction::FromFinish
        && plan.finish.is_some()
        && (plan.rules.profile == Profile::Framdrift || plan.nodes.iter().any(late))
}

/// Whether a node is as late as possible: counted back, all is by framdrift's own rules.
pub(super) fn is_late(plan: &Projection, n: usize) -> bool {
    let node = &plan.nodes[n];
    let all = plan.rules.profile == Profile::Framdrift && counts_back(plan);
    (node.as_late_as_possible || all) && !node.summary
}

/// Which float what is as late as possible eats: counted back, it stands at its late dates.
pub(super) fn late_kind(plan: &Projection) -> LateKind {
    if counts_back(plan) {
        LateKind::TotalFloat
    } else {
        plan.rules.as_late_as_possible
    }
}

/// A leaf of the network.
pub(super) fn is_leaf(plan: &Projection, n: usize) -> bool {
    !is_summary(plan, n) && takes_part(plan, n)
}

/// What a link of a node ties.
pub(super) fn ends(plan: &Projection, n: usize) -> Vec<usize> {
    if stands_alone(plan, n) {
        return vec![n];
    }
    let hidden = |m: usize| above(plan, m).take_while(|up| *up != n).any(|up| is_typed(plan, up));
    (0..plan.nodes.len())
        .filter(|m| above(plan, *m).any(|up| up == n))
        .filter(|m| stands_alone(plan, *m) && takes_part(plan, *m) && !hidden(*m))
        .collect()
}

/// The links that tie anything.
pub(super) fn links(plan: &Projection) -> impl Iterator<Item = &TimeLink> + '_ {
    let inside = |outer: NodeIx, inner: NodeIx| {
        is_summary(plan, outer.index()) && above(plan, inner.index()).any(|up| up == outer.index())
    };
    plan.links.iter().filter(move |link| {
        takes_part(plan, link.from.index())
            && takes_part(plan, link.to.index())
            && link.from != link.to
            && !inside(link.from, link.to)
            && !inside(link.to, link.from)
    })
}

/// For each node, whether it is the given one or follows it, however far.
pub(super) fn reached(plan: &Projection, from: usize) -> Vec<bool> {
    let pairs: Vec<(Vec<usize>, Vec<usize>)> = links(plan)
        .map(|link| (ends(plan, link.from.index()), ends(plan, link.to.index())))
        .collect();
    let mut found = vec![false; plan.nodes.len()];
    found[from] = true;
    loop {
        let mut more = false;
        for (from, to) in &pairs {
            if from.iter().any(|n| found[*n]) {
                for n in to {
                    more |= !std::mem::replace(&mut found[*n], true);
                }
            }
        }
        if !more {
            return found;
        }
    }
}

/// Whether a link says something of its predecessor's start.
pub(super) fn leaves_start(link: &TimeLink) -> bool {
    matches!(link.kind, LinkKind::StartToStart | LinkKind::StartToFinish)
}

/// A share of a span, as the lag that it comes to.
pub(super) fn settled(span: Span, lag: Lag) -> Lag {
    let Lag::Percent(share) = lag else { return lag };
    let exact = i128::from(span.minutes()) * i128::from(share);
    let minutes = ((exact.abs() + 50_000) / 100_000 * exact.signum()) as i64;
    match span {
        Span::Work(_) => Lag::Work(minutes),
        Span::Elapsed(_) => Lag::Elapsed(minutes),
    }
}
