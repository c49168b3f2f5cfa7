//! Random plans with all that rules ask for: modes, bounds, progress and options on top of plain ones.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Milestone, Mode, NodeIx, Projection, Span, TimeNode,
};
use framdrift_model::rules::{
    Critical, Direction, ElapsedStart, FloatKind, LagCalendar, LateKind, OutOfSequence, Precedence, Profile, Rules,
    StartLag,
};
use framdrift_model::time::Minute;
use proptest::prelude::*;

use super::known;
use crate::properties::{ANYTHING, Allow, plans};

/// A plan and what is recorded of it.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) plan: Projection,
    pub(crate) facts: Facts,
}

/// Plans by the rules of a profile, with everything that it knows.
pub(crate) fn given(profile: Profile, allow: Allow) -> impl Strategy<Value = Given> {
    (plans(allow), any::<u64>()).prop_map(move |(plan, seed)| enrich(plan, profile, &mut Dice(seed)))
}

/// The same without summaries.
pub(crate) fn given_flat(profile: Profile) -> impl Strategy<Value = Given> {
    let flat = Allow {
        summaries: false,
        ..ANYTHING
    };
    given(profile, flat)
}

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, count: i64) -> i64 {
        (self.roll() % count as u64) as i64
    }

    pub(crate) fn one_in(&mut self, count: i64) -> bool {
        self.below(count) == 0
    }

    pub(crate) fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len() as i64) as usize]
    }

    /// Within two weeks of `from`, mostly on the half hour.
    fn near(&mut self, from: Minute) -> Minute {
        let minutes = self.below(14 * 1_440) - 4 * 1_440;
        from.plus(if self.one_in(4) { minutes } else { minutes / 30 * 30 })
    }
}

pub(crate) fn enrich(mut plan: Projection, profile: Profile, dice: &mut Dice) -> Given {
    let start = plan.start.unwrap();
    plan.rules = rules(profile, dice);
    if dice.one_in(5) {
        plan.finish = Some(start.plus(dice.below(40) * 720));
    }
    plan.calendar = CalendarIx(dice.below(plan.calendars.len() as i64) as u32);
    let calendars = plan.calendars.len() as i64;
    for n in 0..plan.nodes.len() {
        let node = &mut plan.nodes[n];
        bounds(node, start, dice);
        if dice.one_in(8) {
            node.delay = dice.below(100) * 30;
        }
        if dice.one_in(6) {
            node.work_calendar = Some(CalendarIx(dice.below(calendars) as u32));
        }
        if dice.one_in(6) {
            node.tenths = (dice.below(11) - 5) as i8;
        }
        if node.span == Span::Work(0) {
            node.milestone = dice.of(&[None, Some(Milestone::Start), Some(Milestone::Finish)]);
        }
        if dice.one_in(6) {
            let from = dice.near(start);
            let typed = Mode::Manual {
                start: from,
                finish: from.plus(dice.below(200) * 30),
            };
            node.mode = dice.of(&[typed, typed, Mode::LevelOfEffort, Mode::Inactive]);
        }
    }
    for link in &mut plan.links {
        if dice.one_in(6) {
            link.tenths = (dice.below(11) - 5) as i8;
        }
    }
    known::tidy(&mut plan);
    // What stands at typed dates is one end where its leaves were many.
    while !framdrift_schedule::rings(&plan).is_empty() {
        plan.links.pop();
    }
    let facts = facts(&plan, start, dice);
    Given { plan, facts }
}

fn rules(profile: Profile, dice: &mut Dice) -> Rules {
    let mut rules = Rules::of(profile);
    let change = |dice: &mut Dice| dice.one_in(4);
    if change(dice) {
        rules.lag_calendar = dice.of(&[
            LagCalendar::Successor,
            LagCalendar::Predecessor,
            LagCalendar::Project,
            LagCalendar::AllDay,
        ]);
    }
    if change(dice) {
        rules.precedence = dice.of(&[Precedence::Links, Precedence::Constraints]);
    }
    if change(dice) {
        rules.float = dice.of(&[FloatKind::Start, FloatKind::Finish, FloatKind::Smaller]);
    }
    if change(dice) {
        rules.critical = Critical::LongestPath;
    }
    if change(dice) {
        rules.critical_limit = dice.below(2_000) - 500;
    }
    rules.multiple_critical_paths = change(dice);
    rules.open_ends_critical = change(dice);
    if change(dice) {
        rules.out_of_sequence = dice.of(&[
            OutOfSequence::RetainedLogic,
            OutOfSequence::ProgressOverride,
            OutOfSequence::ActualDates,
        ]);
    }
    if change(dice) {
        rules.start_lag = dice.of(&[StartLag::EarlyStart, StartLag::ActualStart]);
    }
    if change(dice) {
        rules.as_late_as_possible = dice.of(&[LateKind::FreeFloat, LateKind::TotalFloat]);
    }
    rules.expected_finish = !change(dice);
    rules.external_dates = !change(dice);
    if change(dice) {
        rules.elapsed_start = ElapsedStart::WorkingTime;
    }
    if change(dice) {
        rules.direction = Direction::FromFinish;
    }
    rules
}

fn bounds(node: &mut TimeNode, start: Minute, dice: &mut Dice) {
    let kinds = [
        BoundKind::StartNotBefore,
        BoundKind::FinishNotBefore,
        BoundKind::StartNotAfter,
        BoundKind::FinishNotAfter,
        BoundKind::MustStart,
        BoundKind::MustFinish,
        BoundKind::ExpectedFinish,
        BoundKind::ExternalStart,
        BoundKind::ExternalFinish,
    ];
    while dice.one_in(4) {
        let index = node.bounds.len() as u32;
        node.bounds.push(Bound {
            kind: dice.of(&kinds),
            at: dice.near(start),
            origin: dice.of(&[
                BoundOrigin::Constraint(index),
                BoundOrigin::Constraint(index),
                BoundOrigin::Deadline,
                BoundOrigin::Window,
            ]),
        });
    }
}

fn facts(plan: &Projection, start: Minute, dice: &mut Dice) -> Facts {
    let mut facts = Facts::none();
    if dice.one_in(3) {
        return facts;
    }
    if !dice.one_in(4) {
        facts.status_date = Some(dice.near(start));
    }
    for n in (0..plan.nodes.len() as u32).map(NodeIx) {
        if plan.nodes[n.index()].summary || !dice.one_in(3) {
            continue;
        }
        let fact = facts.entry(n);
        if !dice.one_in(6) {
            fact.started = Some(dice.near(start));
        }
        if dice.one_in(2) {
            fact.finished = Some(dice.near(fact.started.unwrap_or(start)));
        }
        if dice.one_in(2) {
            fact.remaining = Some(dice.below(2_000));
        }
        if dice.one_in(4) {
            fact.suspended = Some(dice.near(start));
        }
        if dice.one_in(4) {
            fact.resumed = Some(dice.near(start));
        }
        let fact = *fact;
        facts.set(n, fact);
    }
    facts
}
