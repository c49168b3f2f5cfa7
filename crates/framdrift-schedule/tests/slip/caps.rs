//! What a plan may not pass: its caps, and its finish.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, BoundOrigin, LinkKind, Mode, NodeIx, Projection, Span, TimeLink};
use framdrift_model::rules::{LateKind, OutOfSequence, Profile};
use framdrift_model::time::Minute;
use framdrift_schedule::{Dates, Schedule};

use super::network::{
    Standing, above, ends, hours, is_late, is_leaf, is_typed, late_kind, leaves_start, links, span, stands_alone,
    takes_no_time,
};
use crate::verify::generate::Given;

/// A date that the start or the finish of a leaf may not pass.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cap {
    pub(super) leaf: usize,
    of_start: bool,
    at: Minute,
}

/// What may not be passed.
pub(super) struct Caps {
    pub(super) caps: Vec<Cap>,
    /// The date by which all must be finished, else the latest finish.
    finish: Minute,
    /// Leaves that are late at their own finish, with that finish.
    open: Vec<(usize, Minute)>,
    /// The leaves that it holds of: all that this programme waits for.
    ended: Vec<usize>,
}

/// Where a leaf stands, as far as it drives others: what is left of it where it has started.
pub(super) fn standing(plan: &Projection, facts: &Facts, schedule: &Schedule, n: usize) -> Standing {
    let ix = NodeIx(n as u32);
    let dates: Dates = schedule.dates(ix);
    let started = facts.of(ix).is_some_and(|f| f.started.or(f.finished).is_some());
    let eats_total = late_kind(plan) == LateKind::TotalFloat;
    match is_late(plan, n) && eats_total && !started && !is_typed(plan, n) {
        true => (dates.start, dates.finish),
        false => (dates.early_start, dates.early_finish),
    }
}

impl Caps {
    pub(super) fn of(given: &Given, schedule: &Schedule) -> Self {
        let Given { plan, facts } = given;
        let mut caps = Vec::new();
        let leaves: Vec<usize> = (0..plan.nodes.len()).filter(|n| is_leaf(plan, *n)).collect();
        for &leaf in &leaves {
            // What another programme waits for counts in P6 also once it is finished, where nothing follows it.
            let awaited = || plan.rules.profile == Profile::P6 && is_open(given, leaf);
            if !is_done(facts, leaf) || awaited() {
                collect(given, leaf, &mut caps);
            }
        }
        let finish = plan.finish.unwrap_or(schedule.finish());
        let rules = &plan.rules;
        let open_ends = rules.multiple_critical_paths || (rules.profile == Profile::P6 && rules.open_ends_critical);
        let open = leaves
            .iter()
            .filter(|n| open_ends && !is_done(facts, **n) && is_open(given, **n));
        let open = open.map(|n| (*n, standing(plan, facts, schedule, *n).1)).collect();
        let external = |n: usize| {
            let mut bounds = plan.nodes[n].bounds.iter();
            rules.external_dates && !plan.nodes[n].summary && bounds.any(|b| b.kind == BoundKind::ExternalFinish)
        };
        // On an open end of P6 it stands for what another programme waits for.
        let awaited = |n: usize| rules.profile == Profile::P6 && is_open(given, n) && external(n);
        Self {
            caps,
            finish,
            open,
            ended: leaves.into_iter().filter(|n| !awaited(*n)).collect(),
        }
    }

    /// By how much each cap is passed, and the finish; nought where it is not.
    pub(super) fn passed(&self, given: &Given, schedule: &Schedule) -> Vec<i64> {
        let Given { plan, facts } = given;
        let stands = |n: usize| standing(plan, facts, schedule, n);
        let by_cap = self.caps.iter().map(|cap| {
            let (start, finish) = stands(cap.leaf);
            by_how_much(plan, cap.leaf, cap.at, if cap.of_start { start } else { finish })
        });
        let p6 = plan.rules.profile == Profile::P6;
        let last = self.ended.iter().map(|n| match p6 {
            true => by_how_much(plan, *n, self.finish, stands(*n).1),
            false => stands(*n).1.since(self.finish),
        });
        let open = self.open.iter().map(|(n, finish)| match p6 {
            true => by_how_much(plan, *n, *finish, stands(*n).1),
            false => stands(*n).1.since(*finish),
        });
        by_cap.chain(last).chain(open).map(|by| by.max(0)).collect()
    }

    /// Who is late for a cap or the finish by the clock, however little of it is working time.
    pub(super) fn late_by_the_clock(&self, given: &Given, schedule: &Schedule) -> Vec<usize> {
        let Given { plan, facts } = given;
        let stands = |n: usize| standing(plan, facts, schedule, n);
        let late = |cap: &&Cap| {
            let (start, finish) = stands(cap.leaf);
            cap.at < if cap.of_start { start } else { finish }
        };
        let by_cap = self.caps.iter().filter(late).map(|cap| cap.leaf);
        let last = self.ended.iter().copied().filter(|n| stands(*n).1 > self.finish);
        by_cap.chain(last).collect()
    }

    /// Whose cap stands at each position of [`Self::passed`].
    pub(super) fn holders(&self) -> Vec<usize> {
        let by_cap = self.caps.iter().map(|cap| cap.leaf);
        let open = self.open.iter().map(|(n, _)| *n);
        let last = self.ended.iter().copied();
        by_cap.chain(last).chain(open).collect()
    }
}

/// How far an instant lies after a cap of a leaf: by the clock for what counts by it, else in working time, in which the end
/// of a working period stands for all of the gap that follows.
fn by_how_much(plan: &Projection, leaf: usize, cap: Minute, at: Minute) -> i64 {
    match span(plan, leaf) {
        Span::Elapsed(_) => at.since(cap),
        // What takes no time is held to its dates as they are; only P6 moves it from the end of work to the next start.
        _ if takes_no_time(plan, leaf) && plan.rules.profile != Profile::P6 => at.since(cap),
        Span::Work(_) => hours(plan, leaf).between(cap, at),
    }
}

pub(super) fn is_done(facts: &Facts, n: usize) -> bool {
    facts.of(NodeIx(n as u32)).is_some_and(|f| f.finished.is_some())
}

pub(super) fn is_started(facts: &Facts, n: usize) -> bool {
    let fact = facts.of(NodeIx(n as u32));
    fact.is_some_and(|f| f.started.or(f.finished).is_some())
}

/// Whether nothing that is still to be done follows a leaf.
fn is_open(given: &Given, leaf: usize) -> bool {
    let plan = &given.plan;
    let rules = &plan.rules;
    let goes_on = rules.out_of_sequence == OutOfSequence::ProgressOverride;
    let facts = &given.facts;
    let binds = |link: &TimeLink, n: usize| match rules.profile {
        Profile::Framdrift => !(is_done(facts, n) || goes_on && is_started(facts, n)),
        Profile::MsProject => !is_done(facts, n),
        Profile::P6 => !(goes_on && is_out_of_sequence(given, link)),
    };
    // By framdrift's rules nothing follows the start of what has started: it was.
    let own_start = rules.profile == Profile::Framdrift && (is_started(&given.facts, leaf) || is_typed(plan, leaf));
    let mut from = links(plan)
        .filter(|link| ends(plan, link.from.index()).contains(&leaf))
        .filter(|link| !(own_start && leaves_start(link)));
    let followed = from.any(|link| ends(plan, link.to.index()).into_iter().any(|n| binds(link, n)));
    !followed && !follows_above(given, leaf)
}

/// Whether the end that a link of P6 makes wait has happened, and the one that it waits for has not.
fn is_out_of_sequence(given: &Given, link: &TimeLink) -> bool {
    let Given { plan, facts } = given;
    let (from, to) = (link.from.index(), link.to.index());
    let start_waits = matches!(link.kind, LinkKind::FinishToStart | LinkKind::StartToStart);
    let happened = |n: usize, start: bool| match start {
        true => is_started(facts, n),
        false => is_done(facts, n),
    };
    let alone = stands_alone(plan, from) && stands_alone(plan, to);
    alone && happened(to, start_waits) && !happened(from, leaves_start(link))
}

/// Whether something follows the finish of a summary at typed dates that a leaf belongs to, which by the rules of MS Project bounds
/// the leaf.
fn follows_above(given: &Given, leaf: usize) -> bool {
    let Given { plan, facts } = given;
    let holds = |link: &&TimeLink| {
        let from = link.from.index();
        let out = is_typed(plan, from) && above(plan, leaf).any(|up| up == from) && !leaves_start(link);
        out && !has_own_date(plan, leaf, from)
    };
    let open = |link: &TimeLink| ends(plan, link.to.index()).into_iter().any(|n| !is_done(facts, n));
    plan.rules.profile == Profile::MsProject && links(plan).filter(holds).any(open)
}

fn collect(given: &Given, leaf: usize, caps: &mut Vec<Cap>) {
    let Given { plan, facts } = given;
    let rules = &plan.rules;
    let started = is_started(facts, leaf) && !is_typed(plan, leaf);
    let mut add = |of_start, at| caps.push(Cap { leaf, of_start, at });
    for holder in std::iter::once(leaf).chain(above(plan, leaf)) {
        for bound in &plan.nodes[holder].bounds {
            let constraint = matches!(bound.origin, BoundOrigin::Constraint(_));
            let void = rules.profile == Profile::MsProject && is_typed(plan, leaf) && constraint;
            match bound.kind {
                _ if void => {}
                BoundKind::ExternalFinish if rules.external_dates && !plan.nodes[holder].summary && holder == leaf => {
                    add(false, bound.at);
                }
                _ if is_done(facts, leaf) => {}
                BoundKind::FinishNotAfter => add(false, bound.at),
                _ if holder != leaf || plan.nodes[holder].summary => {}
                BoundKind::MustFinish => add(false, bound.at),
                BoundKind::StartNotAfter | BoundKind::MustStart if !started => add(true, bound.at),
                _ => {}
            }
        }
        if let Mode::Manual { start, finish } = plan.nodes[holder].mode
            && holder != leaf
            && rules.profile != Profile::P6
            && !(rules.profile == Profile::MsProject && has_own_date(plan, leaf, holder))
        {
            add(false, finish.max(start));
        }
    }
}

/// Whether a direct part of a typed summary has a no-earlier-than date of its own, so that MS Project does not hold it to the
/// summary's dates.
fn has_own_date(plan: &Projection, leaf: usize, summary: usize) -> bool {
    let node = &plan.nodes[leaf];
    let own = node.bounds.iter().any(|bound| {
        let floor = matches!(bound.kind, BoundKind::StartNotBefore | BoundKind::FinishNotBefore);
        floor && matches!(bound.origin, BoundOrigin::Constraint(_))
    });
    own && node.parent.is_some_and(|parent| parent.index() == summary)
}
