//! Summaries: the dates of what belongs to them, and their free float towards what lies outside.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{CalendarIx, Mode, NodeIx};
use framdrift_model::rules::Profile;

use super::case::Case;
use super::clock::{self, EVER, instant};
use super::group::{Behind, Sums};
use super::strand::{End, Strand};
use super::tree::NONE;
use crate::schedule::Dates;

/// The dates of what belongs to a summary, put together.
#[derive(Clone, Copy)]
pub(super) struct Rolled {
    pub(super) dates: Dates,
    /// Whether work on any of it is recorded, where framdrift's own rules hold.
    pub(super) begun: bool,
}

impl Rolled {
    fn add(&mut self, other: &Self) {
        let (own, more) = (&mut self.dates, &other.dates);
        own.start = own.start.min(more.start);
        own.finish = own.finish.max(more.finish);
        own.early_start = own.early_start.min(more.early_start);
        own.early_finish = own.early_finish.max(more.early_finish);
        own.late_start = own.late_start.min(more.late_start);
        own.late_finish = own.late_finish.max(more.late_finish);
        own.critical |= more.critical;
        self.begun |= other.begun;
    }
}

pub(super) fn calendar<'a>(case: &Case<'a>, n: usize) -> &'a WorkCalendar {
    case.calendar(n)
}

/// By node, what its leaves give a summary, with levels of effort or without them; of a summary at typed dates only the flag
/// counts. None where nothing does.
pub(super) fn roll_up(case: &Case<'_>, dates: impl Fn(NodeIx) -> Dates, efforts: bool) -> Vec<Option<Rolled>> {
    let tree = &case.tree;
    let mut found: Vec<Option<Rolled>> = vec![None; if tree.is_deep() { tree.len() } else { 0 }];
    for n in (0..found.len()).rev() {
        let node = case.node(n);
        let typed = matches!(node.mode, Mode::Manual { .. });
        let own = match found[n] {
            Some(rolled) if !typed => rolled,
            _ if tree.acts(n) || (efforts && case.is_effort(n)) => Rolled {
                dates: within(case, n, dates(NodeIx(n as u32))),
                begun: case.rules.profile == Profile::Framdrift
                    && tree.acts(n)
                    && case.started(n).is_some()
                    && !case.is_typed(n),
            },
            _ => continue,
        };
        let Some(up) = tree.up(n) else { continue };
        match &mut found[up] {
            Some(above) => above.add(&own),
            none => *none = Some(own),
        }
    }
    found
}

/// The dates of a node as summaries count them: to MS Project a task is late where it was typed.
fn within(case: &Case<'_>, n: usize, own: Dates) -> Dates {
    match case.typed(n) {
        Some([start, finish]) if case.rules.profile == Profile::MsProject && !case.node(n).summary => Dates {
            late_start: clock::minute(start),
            late_finish: clock::minute(finish),
            ..own
        },
        _ => own,
    }
}

/// The total float of a summary from its dates. It is critical where something is that belongs to it, whatever its float.
pub(super) fn float(case: &Case<'_>, n: usize, rolled: &Rolled) -> i64 {
    let (calendar, dates) = (calendar(case, n), &rolled.dates);
    let at_start = calendar.between(dates.early_start, dates.late_start);
    let at_finish = calendar.between(dates.early_finish, dates.late_finish);
    // By framdrift's rules the late start of what has begun is the recorded one, which does not slip.
    match rolled.begun {
        true => at_finish,
        false => at_start.min(at_finish),
    }
}

/// How far each summary can move before something outside does, by node, in tenths; none where no link says.
pub(super) fn free_floats(case: &Case<'_>, sums: &Sums, soon: &Behind, fine: bool) -> Vec<Option<i64>> {
    let tree = &case.tree;
    let mut least: Vec<Option<i64>> = vec![None; if tree.is_deep() { tree.len() } else { 0 }];
    if least.is_empty() {
        return least;
    }
    let mut note = |summary: usize, (from, to): (i64, i64)| {
        let gap = clock::worked(calendar(case, summary), from, to);
        least[summary] = Some(least[summary].map_or(gap, |l| l.min(gap)));
    };
    let firsts = if fine { firsts(case) } else { Vec::new() };
    for strand in &case.strands.all {
        let Some(asked) = soon.asked(strand) else { continue };
        let cap = case.allowed(sums, strand, asked);
        let (node, moves) = match fine {
            true => finely(case, &firsts, strand, cap),
            false => coarsely(case, sums, strand, cap),
        };
        let to = case.projection.links[strand.link.index()].to.index();
        let own = tree.spans(node).then_some(node);
        for summary in own.into_iter().chain(tree.above(node)) {
            if tree.contains(summary, to) {
                break;
            }
            moves.iter().for_each(|slip| note(summary, *slip));
        }
    }
    if fine {
        from_above(case, sums, soon, &firsts, &mut note);
    }
    least
}

/// From an early date to what a link allows it, where rules are chosen.
fn coarsely(case: &Case<'_>, sums: &Sums, strand: &Strand, cap: i64) -> (usize, Vec<(i64, i64)>) {
    let (node, dates) = match strand.from {
        End::Node(n) => (n, case.claims.early[n]),
        End::Group(g) => (case.strands.outs[g].summary, [sums.outs[g].start, sums.outs[g].finish]),
    };
    (node, vec![(dates[usize::from(!strand.from_start)], cap)])
}

/// From the early date of each node that the link leaves, to the last one of that node that it allows.
fn finely(case: &Case<'_>, firsts: &[First], strand: &Strand, cap: i64) -> (usize, Vec<(i64, i64)>) {
    let (n, group) = match strand.from {
        End::Node(n) => (n, None),
        End::Group(g) => (
            case.strands.outs[g].summary,
            Some(n_firsts(firsts, case.strands.outs[g].summary)),
        ),
    };
    let moves = match (strand.from_start, group) {
        (true, Some(first)) => first.moves(case, cap),
        (true, None) => {
            let last = instant::last_start(case.calendar(n), case.length(n), cap);
            vec![(case.claims.put[n][0], last)]
        }
        (false, None) => vec![(case.claims.put[n][1], cap)],
        (false, Some(first)) => vec![(first.finish, cap)],
    };
    (n, moves)
}

fn n_firsts(firsts: &[First], summary: usize) -> &First {
    &firsts[summary]
}

/// Links of the summaries above are links of what belongs to a summary, too.
fn from_above(case: &Case<'_>, sums: &Sums, soon: &Behind, firsts: &[First], note: &mut impl FnMut(usize, (i64, i64))) {
    let tree = &case.tree;
    let mut by = vec![NONE; tree.len()];
    for (g, group) in case.strands.outs.iter().enumerate() {
        by[group.summary] = g;
    }
    let mut above = vec![NONE; tree.len()];
    for n in 0..tree.len() {
        let Some(up) = tree.up(n) else { continue };
        above[n] = if by[up] == NONE { above[up] } else { by[up] };
        if !tree.spans(n) || above[n] == NONE {
            continue;
        }
        let caps = soon.outs[above[n]];
        if caps.finish.0 != EVER {
            note(n, (firsts[n].finish, caps.finish.0));
        }
        if caps.start.0 != EVER && firsts[n].soonest == sums.outs[above[n]].start {
            firsts[n]
                .moves(case, caps.start.0)
                .into_iter()
                .for_each(|slip| note(n, slip));
        }
    }
}

/// Of a summary: those that start first before anything is pulled, and its early finish.
#[derive(Clone)]
struct First {
    soonest: i64,
    /// One of each kind that can start at the same instants of one calendar, with the latest start among them.
    kinds: Vec<(CalendarIx, usize, i64)>,
    finish: i64,
}

impl First {
    fn moves(&self, case: &Case<'_>, cap: i64) -> Vec<(i64, i64)> {
        let last = |n| instant::last_start(case.calendar(n), case.length(n), cap);
        self.kinds.iter().map(|(_, n, start)| (*start, last(*n))).collect()
    }
}

fn firsts(case: &Case<'_>) -> Vec<First> {
    let tree = &case.tree;
    let nothing = First {
        soonest: EVER,
        kinds: Vec::new(),
        finish: i64::MIN,
    };
    let kind = |n: usize| (case.length(n).is_point(), case.length(n).civil);
    let mut found = vec![nothing; tree.len()];
    for n in (0..tree.len()).rev() {
        if !tree.spans(n) {
            let [start, finish] = case.claims.put[n];
            found[n] = First {
                soonest: case.claims.soonest[n][0],
                kinds: vec![(case.node(n).calendar, n, start)],
                finish,
            };
        }
        let Some(up) = tree.up(n) else { continue };
        let own = found[n].clone();
        let above = &mut found[up];
        above.finish = above.finish.max(own.finish);
        if own.soonest < above.soonest {
            (above.soonest, above.kinds) = (own.soonest, own.kinds);
        } else if own.soonest == above.soonest {
            for more in own.kinds {
                let alike = |k: &&mut (CalendarIx, usize, i64)| k.0 == more.0 && kind(k.1) == kind(more.1);
                match above.kinds.iter_mut().find(alike) {
                    Some(known) => known.2 = known.2.max(more.2),
                    None => above.kinds.push(more),
                }
            }
        }
    }
    found
}
