//! Random plans of which most can be kept.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, CalendarIx, Lag, LinkKind, Milestone, Mode, NodeIx, Projection, Span};
use framdrift_model::rules::{Profile, Rules};
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, Schedule, compute};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::network::{hours, is_leaf, is_summary, is_typed, stands_alone};
use crate::properties::{ANYTHING, plans};
use crate::verify::generate::{Dice, Given, enrich};

/// The schedule of a plan.
pub(super) fn schedule(given: &Given) -> Schedule {
    let network = Network::new(given.plan.clone()).expect("a plan has no ring");
    compute(&network, &given.facts).expect("a plan has a start")
}

/// Draws plans: every one is another.
pub(super) struct Plans {
    profile: Profile,
    runner: TestRunner,
    dice: Dice,
    drawn: usize,
}

impl Plans {
    pub(super) fn new(profile: Profile) -> Self {
        let config = ProptestConfig {
            rng_seed: crate::support::seed(),
            failure_persistence: None,
            ..ProptestConfig::default()
        };
        Self {
            profile,
            runner: TestRunner::new(config),
            dice: Dice(profile as u64),
            drawn: 0,
        }
    }

    pub(super) fn next(&mut self) -> Given {
        self.drawn += 1;
        let drawn = |tree: Result<_, _>| -> Projection {
            let tree: Box<dyn ValueTree<Value = Projection>> = tree.expect("a strategy yields plans");
            tree.current()
        };
        let mut plain = match self.drawn % 3 {
            0 => drawn(
                crate::reference::generate::plans()
                    .prop_map(|plan| plan.projection)
                    .boxed()
                    .new_tree(&mut self.runner),
            ),
            _ => drawn(plans(ANYTHING).boxed().new_tree(&mut self.runner)),
        };
        // A share of what a summary starts with is one of another leaf once the first has moved.
        let summary: Vec<bool> = plain.nodes.iter().map(|n| n.summary).collect();
        plain.links.retain(|l| {
            let share = matches!(l.lag, Lag::Percent(_));
            let of_start = matches!(l.kind, LinkKind::StartToStart | LinkKind::StartToFinish);
            !(share && of_start && summary[l.from.index()])
        });
        let own = self.profile == Profile::Framdrift;
        if own && self.drawn.is_multiple_of(5) {
            // By the plain passes.
            let given = Given {
                plan: plain,
                facts: Facts::none(),
            };
            return keepable(given, &mut self.dice);
        }
        let mut given = enrich(plain, self.profile, &mut self.dice);
        if !self.dice.one_in(3) {
            given.plan.rules = Rules::of(self.profile);
        }
        if self.dice.one_in(2) {
            given.plan.finish = None;
        }
        calm(&mut given, &mut self.dice);
        if self.dice.one_in(6) {
            return given;
        }
        keepable(given, &mut self.dice)
    }
}

/// Less of what rarely meets: typed dates, progress against its links, parts of minutes.
fn calm(given: &mut Given, dice: &mut Dice) {
    let plain_rules = dice.one_in(2);
    let p6 = given.plan.rules.profile == Profile::P6;
    let tool = given.plan.rules.profile != Profile::Framdrift;
    if tool && !dice.one_in(3) {
        // Nor much that is as late as possible.
        if !dice.one_in(3) {
            given
                .plan
                .nodes
                .iter_mut()
                .for_each(|node| node.as_late_as_possible = false);
        }
        // On one calendar.
        given.plan.calendar = CalendarIx(0);
        for node in &mut given.plan.nodes {
            (node.calendar, node.work_calendar) = (CalendarIx(0), None);
            node.span = Span::Work(node.span.minutes());
        }
        for link in &mut given.plan.links {
            link.lag = match link.lag {
                Lag::Elapsed(minutes) => Lag::Work(minutes / 3),
                Lag::Period(_) => Lag::Work(480),
                other => other,
            };
        }
    }
    for node in &mut given.plan.nodes {
        if plain_rules || dice.one_in(2) {
            node.tenths = 0;
        }
        // There, what takes no time is the start or the end of something.
        if p6 && node.milestone.is_none() && node.span == Span::Work(0) {
            node.milestone = Some(dice.of(&[Milestone::Start, Milestone::Finish]));
        }
        if matches!(node.mode, Mode::Manual { .. }) && dice.one_in(2) {
            node.mode = Mode::Computed;
        }
        if dice.one_in(2) {
            node.work_calendar = None;
        }
        node.bounds
            .retain(|b| b.kind != BoundKind::ExpectedFinish || dice.one_in(3));
    }
    for link in &mut given.plan.links {
        if plain_rules || dice.one_in(2) {
            link.tenths = 0;
        }
    }
    if dice.one_in(2) {
        sequence(given, dice);
    }
    // What takes no time has nothing left of it.
    for n in 0..given.plan.nodes.len() {
        if given.plan.nodes[n].span == Span::Work(0) {
            let n = NodeIx(n as u32);
            let mut fact = given.facts.of(n).copied().unwrap_or_default();
            fact.remaining = None;
            given.facts.set(n, fact);
        }
    }
}

/// Progress as it happens: what has started had its predecessors finished, and what is to come is not recorded.
fn sequence(given: &mut Given, dice: &mut Dice) {
    let without = Given {
        plan: given.plan.clone(),
        facts: Facts::none(),
    };
    let dates = schedule(&without);
    let Some(now) = given.facts.status_date else { return };
    let mut facts = Facts::none();
    facts.status_date = Some(now);
    for (n, dates) in dates.iter().filter(|(n, _)| is_leaf(&given.plan, n.index())) {
        if dates.early_finish <= now {
            facts.start(n, dates.early_start);
            facts.finish(n, dates.early_finish);
        } else if dates.early_start < now {
            facts.start(n, dates.early_start);
            if dice.one_in(2) {
                facts.left(n, given.plan.nodes[n.index()].span.minutes() / 2);
            }
        }
    }
    given.facts = facts;
}

/// Moves dates that cannot be kept to where they can.
fn keepable(mut given: Given, dice: &mut Dice) -> Given {
    for _ in 0..6 {
        let found = schedule(&given);
        let mut moved = false;
        let plan = &given.plan;
        let mut changed = plan.clone();
        let last = (0..plan.nodes.len()).filter(|n| is_leaf(plan, *n));
        let last = last.map(|n| found.dates(NodeIx(n as u32)).early_finish).max();
        if let (Some(finish), Some(last)) = (plan.finish, last)
            && finish < last
        {
            changed.finish = Some(last.plus(dice.below(6) * 720));
            moved = true;
        }
        for n in 0..plan.nodes.len() {
            let dates = found.dates(NodeIx(n as u32));
            if dates.total_float >= 0 || !stands_alone(plan, n) {
                continue;
            }
            let holders = std::iter::once(n).chain(super::network::above(plan, n));
            for holder in holders {
                for bound in &mut changed.nodes[holder].bounds {
                    let pins = matches!(bound.kind, BoundKind::MustStart | BoundKind::MustFinish);
                    let caps = matches!(
                        bound.kind,
                        BoundKind::StartNotAfter | BoundKind::FinishNotAfter | BoundKind::ExternalFinish
                    );
                    if pins || (caps && bound.at < dates.early_finish) {
                        bound.at = dates.early_finish.plus(dice.below(6) * 720 - dates.total_float * 3);
                        bound.kind = match bound.kind {
                            BoundKind::MustStart => BoundKind::StartNotAfter,
                            BoundKind::MustFinish => BoundKind::FinishNotAfter,
                            other => other,
                        };
                        moved = true;
                    }
                }
                if holder != n
                    && let Mode::Manual { start, finish } = changed.nodes[holder].mode
                    && finish < dates.early_finish
                {
                    changed.nodes[holder].mode = Mode::Manual {
                        start,
                        finish: dates.early_finish.plus(dice.below(6) * 720),
                    };
                    moved = true;
                }
            }
        }
        moved |= place_typed(&given, &mut changed);
        given.plan = changed;
        if !moved {
            break;
        }
    }
    given
}

/// Types the dates of leaves where their links would put them, or later.
fn place_typed(given: &Given, changed: &mut Projection) -> bool {
    let plan = &given.plan;
    let mut free = given.clone();
    let typed: Vec<usize> = (0..plan.nodes.len())
        .filter(|n| !is_summary(plan, *n) && is_typed(plan, *n))
        .collect();
    for n in &typed {
        free.plan.nodes[*n].mode = Mode::Computed;
    }
    let dates = schedule(&free);
    let mut moved = false;
    for n in typed {
        let Mode::Manual { start, .. } = plan.nodes[n].mode else {
            continue;
        };
        let at = dates.dates(NodeIx(n as u32)).early_start.max(start);
        let hours = hours(plan, n);
        let at = hours.start_of(hours.work_at(at));
        let finish = match plan.nodes[n].span {
            Span::Work(0) => at,
            Span::Work(span) => hours.finish_of(hours.work_at(at) + span),
            Span::Elapsed(span) => at.plus(span),
        };
        let mode = Mode::Manual { start: at, finish };
        moved |= changed.nodes[n].mode != mode;
        changed.nodes[n].mode = mode;
    }
    moved
}

/// The same plan with what stands whatever precedes it made to give way: typed dates, dates that win over links, and what
/// is as late as possible.
pub(super) fn giving_way(given: &Given, found: &Schedule) -> Given {
    use framdrift_model::projection::{Bound, BoundOrigin};
    use framdrift_model::rules::{Direction, LateKind, Precedence};
    let mut other = given.clone();
    let Given { plan, facts } = given;
    other.plan.rules.precedence = Precedence::Links;
    // What is counted back from the finish stays where that put it.
    if super::network::counts_back(plan) {
        other.plan.rules.direction = Direction::FromStart;
        other.plan.start = Some(found.start());
    }
    let mut added: Vec<framdrift_model::projection::TimeNode> = Vec::new();
    for n in 0..plan.nodes.len() {
        let ix = NodeIx(n as u32);
        let holds_others = plan.nodes[n].summary;
        let node = &mut other.plan.nodes[n];
        let floor = |at: Minute| Bound {
            kind: BoundKind::StartNotBefore,
            at,
            origin: BoundOrigin::Constraint(99),
        };
        let started = facts.of(ix).is_some_and(|f| f.started.or(f.finished).is_some());
        if super::network::is_late(plan, n) && !started && !is_typed(plan, n) {
            node.as_late_as_possible = false;
            if super::network::late_kind(plan) == LateKind::TotalFloat {
                // By framdrift's own rules its own date is held back, too.
                let own = plan.rules.profile == Profile::Framdrift;
                let back = if own { -node.delay } else { 0 };
                node.bounds.push(floor(found.dates(ix).start.plus(back)));
            }
        }
        if holds_others || started {
            continue;
        }
        let expected = node.bounds.iter().any(|b| b.kind == BoundKind::ExpectedFinish) && plan.rules.expected_finish;
        if expected && node.mode == Mode::Computed && node.delay == 0 {
            let dates = found.dates(ix);
            node.span = match node.span {
                Span::Work(_) => Span::Work(hours(plan, n).between(dates.early_start, dates.early_finish)),
                Span::Elapsed(_) => Span::Elapsed(dates.early_finish.since(dates.early_start)),
            };
            node.bounds.retain(|b| b.kind != BoundKind::ExpectedFinish);
            other.facts.entry(ix).remaining = None;
            for link in other.plan.links.iter_mut().filter(|link| link.from == ix) {
                link.lag = super::network::settled(plan.nodes[n].span, link.lag);
            }
        }
        let node = &mut other.plan.nodes[n];
        if let Mode::Manual { start, finish } = node.mode {
            let finish = finish.max(start);
            let hours = hours(plan, n);
            let stays = NodeIx(plan.nodes.len() as u32 + added.len() as u32);
            for link in other.plan.links.iter_mut().filter(|link| link.from == ix) {
                link.lag = super::network::settled(plan.nodes[n].span, link.lag);
                // What follows its start follows the typed one, wherever its finish is pushed.
                if super::network::leaves_start(link) && plan.rules.profile != Profile::P6 {
                    link.from = stays;
                }
            }
            other.facts.entry(ix).remaining = None;
            let mut typed = node.clone();
            typed.parent = None;
            typed.bounds.clear();
            added.push(typed);
            node.span = match node.span {
                Span::Work(_) => Span::Work(hours.between(start, finish)),
                Span::Elapsed(_) => Span::Elapsed(finish.since(start)),
            };
            node.tenths = 0;
            node.mode = Mode::Computed;
            node.delay = 0;
            node.as_late_as_possible = false;
            let ms_project = plan.rules.profile == Profile::MsProject;
            node.bounds
                .retain(|b| !ms_project || !matches!(b.origin, BoundOrigin::Constraint(_)));
            node.bounds
                .retain(|b| !matches!(b.kind, BoundKind::StartNotBefore | BoundKind::FinishNotBefore));
            node.bounds
                .retain(|b| !matches!(b.kind, BoundKind::ExternalStart | BoundKind::ExpectedFinish));
            for bound in &mut node.bounds {
                bound.kind = match bound.kind {
                    BoundKind::MustStart => BoundKind::StartNotAfter,
                    BoundKind::MustFinish => BoundKind::FinishNotAfter,
                    other => other,
                };
            }
            node.bounds.push(floor(start));
        }
    }
    other.plan.nodes.extend(added);
    other
}
