//! Random plans with random changes, against an oracle that takes changes back with code of its own.
//!
//! With all of them taken back the later plan is the earlier one. Every cause moves the date that it is named for, made alone or
//! taken back alone; shares come to the move; and what moves nothing moves nothing either way.
//!
//! `FRAMDRIFT_CASES=100000 cargo test --release compare` tries more of them.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Lag, LinkIx, LinkKind, NodeIx, Projection, Span, TimeNode,
};
use framdrift_model::time::Minute;
use framdrift_schedule::compare::{Aspect, End, Reach, Shift, Unit, What};
use framdrift_schedule::{Dates, Network, Schedule, compute};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use super::{compared, computed};
use crate::properties::{ANYTHING, plans};
use crate::support::FS;

/// How many plans: `FRAMDRIFT_CASES` says so, too.
fn cases() -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(100)
}

/// Changes a plan somehow; `false` where that would form a ring, and then nothing changed.
fn change(plan: &mut Projection, [kind, one, other, number]: [u16; 4]) -> bool {
    let nodes = plan.nodes.len();
    let pick = |n: u16, of: usize| usize::from(n) % of.max(1);
    let n = pick(one, nodes);
    let minutes = i64::from(number) % 3_000;
    let mut changed = plan.clone();
    let node = &mut changed.nodes[n];
    let start = plan.start.unwrap();
    let some_bound = Bound {
        kind: [
            BoundKind::StartNotBefore,
            BoundKind::FinishNotBefore,
            BoundKind::MustStart,
            BoundKind::FinishNotAfter,
        ][pick(other, 4)],
        at: start.plus(minutes * 7),
        origin: BoundOrigin::Constraint(u32::from(other)),
    };
    match kind % 12 {
        0..=2 => {
            node.span = match node.span {
                Span::Work(_) => Span::Work(minutes),
                Span::Elapsed(_) => Span::Elapsed(minutes),
            }
        }
        3 => node.bounds.push(some_bound),
        4 => {
            node.bounds.pop();
        }
        5 => {
            let bounds = node.bounds.len();
            if let Some(bound) = node.bounds.get_mut(pick(other, bounds)) {
                bound.at = some_bound.at;
            }
        }
        6 => node.calendar = CalendarIx(u32::from(other) % 3),
        7 => {
            let links = changed.links.len();
            if links > 0 {
                let link = &mut changed.links[pick(one, links)];
                link.lag = Lag::Work(minutes - 500);
            }
        }
        8 => {
            let links = changed.links.len();
            if links > 0 {
                changed.links.remove(pick(one, links));
            }
        }
        9 => {
            let kind = LinkKind::ALL[pick(number, 4)];
            changed.link(NodeIx(n as u32), NodeIx(pick(other, nodes) as u32), kind, Lag::NONE);
        }
        10 => {
            let new = changed.add(TimeNode::activity("new", Span::Work(minutes)));
            changed.link(NodeIx(n as u32), new, FS, Lag::NONE);
            let to = NodeIx(pick(other, nodes) as u32);
            changed.link(new, to, FS, Lag::NONE);
        }
        _ => changed.start = Some(start.plus(minutes - 1_000)),
    }
    let possible = Network::new(changed.clone()).is_ok();
    if possible {
        *plan = changed;
    }
    possible
}

/// The later plan with some of its changes taken back.
fn without(earlier: &Projection, later: &Projection, changes: &[What]) -> Projection {
    let mut plan = later.clone();
    let mut gone = Vec::new();
    let mut shorter = false;
    let mut bounds_gone: Vec<(NodeIx, u32)> = Vec::new();
    let later_of = |node: NodeIx| {
        let id = &earlier.nodes[node.index()].id;
        NodeIx(later.nodes.iter().position(|n| n.id == *id).unwrap() as u32)
    };
    for what in changes {
        match *what {
            What::Start => plan.start = earlier.start,
            What::Finish => plan.finish = earlier.finish,
            What::Rules => plan.rules = earlier.rules.clone(),
            What::Calendar => plan.calendar = earlier.calendar,
            What::Hours(a, b) => plan.calendars[b.index()] = earlier.calendars[a.index()].clone(),
            What::Node {
                earlier: from,
                node,
                aspect,
            } => {
                let (from, to) = (&earlier.nodes[from.index()], &mut plan.nodes[node.index()]);
                match aspect {
                    Aspect::Span => (to.span, to.tenths) = (from.span, from.tenths),
                    Aspect::Calendar => to.calendar = from.calendar,
                    other => panic!("no {other:?} was changed"),
                }
            }
            What::BoundAdded { node, index } => bounds_gone.push((node, index)),
            What::BoundRemoved { earlier: node, index } => {
                let bound = earlier.nodes[node.index()].bounds[index as usize];
                plan.nodes[later_of(node).index()].bounds.push(bound);
            }
            What::BoundChanged {
                earlier: (from, a),
                node: (to, b),
            } => {
                plan.nodes[to.index()].bounds[b as usize] = earlier.nodes[from.index()].bounds[a as usize];
            }
            What::LinkAdded(link) => gone.push(link),
            What::LinkRemoved(link) => {
                let mut link = earlier.links[link.index()];
                (link.from, link.to) = (later_of(link.from), later_of(link.to));
                plan.links.push(link);
            }
            What::LinkChanged(a, b) => {
                let (from, to) = (earlier.links[a.index()], &mut plan.links[b.index()]);
                (to.kind, to.lag, to.tenths) = (from.kind, from.lag, from.tenths);
            }
            What::Added(node) => {
                let with = |l: &(LinkIx, &framdrift_model::projection::TimeLink)| l.1.from == node || l.1.to == node;
                gone.extend((0..).map(LinkIx).zip(&later.links).filter(with).map(|(l, _)| l));
                // What is new stands last.
                shorter = true;
            }
            other => panic!("no {other:?} was made"),
        }
    }
    bounds_gone.sort_unstable();
    for (node, index) in bounds_gone.into_iter().rev() {
        plan.nodes[node.index()].bounds.remove(index as usize);
    }
    gone.sort_unstable();
    gone.dedup();
    for link in gone.into_iter().rev() {
        plan.links.remove(link.index());
    }
    if shorter {
        plan.nodes.truncate(earlier.nodes.len());
    }
    plan
}

fn start_and_finish(schedule: &Schedule, nodes: usize) -> Vec<(i64, i64)> {
    let dates = |d: Dates| (d.start.get(), d.finish.get());
    (0..nodes as u32).map(|n| dates(schedule.dates(NodeIx(n)))).collect()
}

/// What was counted over many comparisons.
#[derive(Default)]
struct Count {
    moved: usize,
    /// Moves with two causes or more.
    shared: usize,
    /// Moves of which a part is no single change's.
    together: usize,
    /// Changes that moved nothing, and those that others cover.
    nothing: usize,
    covered: usize,
}

/// Minutes from one date to the other, as a shift counts them.
fn counted(plan: &Projection, node: Option<NodeIx>, unit: Unit, from: Minute, to: Minute) -> i64 {
    let calendar = node.map_or(plan.calendar, |node| plan.nodes[node.index()].calendar);
    let work = |at: Minute| {
        let at = u32::try_from(at.since(Minute::MIN)).unwrap();
        i64::from(plan.calendars[calendar.index()].work_before(at))
    };
    match unit {
        Unit::Work => work(to) - work(from),
        Unit::Clock => to.since(from),
    }
}

/// A schedule of a plan in between, if it has one.
fn between(plan: &Projection) -> Option<Schedule> {
    let network = Network::new(plan.clone()).ok()?;
    compute(&network, &Facts::none()).ok()
}

/// A date that may have moved (none for the finish of the plan), from when to when, and what is told of it.
type Row<'a> = (Option<(NodeIx, End)>, (Minute, Minute), Option<&'a Shift>);

fn check(earlier: &Projection, later: &Projection, count: &mut Count) -> Result<(), TestCaseError> {
    let comparison = compared(earlier, later);
    let nodes = earlier.nodes.len();
    let whats: Vec<What> = comparison.changes.iter().map(|c| c.what).collect();
    let ((_, before), (_, after)) = (computed(earlier), computed(later));
    let dates = |plan: &Projection| start_and_finish(&computed(plan).1, nodes);

    // All changes taken back, the later plan is the earlier one.
    let was = start_and_finish(&before, nodes);
    prop_assert_eq!(&dates(&without(earlier, later, &whats)), &was, "{:?}", &whats);

    // Every node with other dates is told of, and no other.
    let moved: Vec<usize> = (0..nodes)
        .filter(|n| before.dates(NodeIx(*n as u32)) != after.dates(NodeIx(*n as u32)))
        .collect();
    let told: Vec<usize> = comparison.moves.iter().map(|m| m.node.index()).collect();
    prop_assert_eq!(&moved, &told);

    // Each change alone, and all but it.
    let tried: Vec<[Option<Schedule>; 2]> = (0..whats.len())
        .map(|at| {
            let others: Vec<What> = (0..whats.len()).filter(|n| *n != at).map(|n| whats[n]).collect();
            [&others[..], &whats[at..=at]].map(|back| between(&without(earlier, later, back)))
        })
        .collect();
    let moves = |at: usize, date: &dyn Fn(&Schedule) -> Minute| {
        let [alone, on_top] = &tried[at];
        let alone = alone.as_ref().is_some_and(|alone| date(alone) != date(&before));
        alone || on_top.as_ref().is_some_and(|without| date(without) != date(&after))
    };

    let mut rows: Vec<Row<'_>> = Vec::new();
    for moved in &comparison.moves {
        for end in End::BOTH {
            rows.push((Some((moved.node, end)), moved.on(end), moved.shift(end)));
        }
    }
    rows.push((None, comparison.finish, comparison.shift.as_ref()));
    for (row, (from, to), shift) in rows {
        prop_assert_eq!(from != to, shift.is_some());
        let Some(shift) = shift else { continue };
        let date = |schedule: &Schedule| match row {
            None => schedule.finish(),
            Some((node, End::Start)) => schedule.dates(node).start,
            Some((node, End::Finish)) => schedule.dates(node).finish,
        };
        prop_assert_ne!(shift.by, 0);
        let by = counted(later, row.map(|(node, _)| node), shift.unit, from, to);
        prop_assert_eq!(shift.by, by);
        let shares: i64 = shift.causes.iter().map(|cause| cause.by).sum();
        prop_assert_eq!(shares + shift.together, shift.by);
        for cause in &shift.causes {
            prop_assert_ne!(cause.by, 0);
            prop_assert!(moves(cause.change, &date), "{:?} for {:?}", row, whats[cause.change]);
            if let Some((node, end)) = row {
                let chain = comparison.chain(node, end, cause.change, usize::MAX);
                prop_assert_eq!(chain.last(), Some(&(node, end)));
            }
        }
        // Two changes account for all of a move, where the plan is one with either of them.
        if whats.len() <= 2 && tried.iter().flatten().all(Option::is_some) {
            prop_assert_eq!(shift.together, 0, "{:?}", row);
        }
        count.moved += 1;
        count.shared += usize::from(shift.causes.len() > 1);
        count.together += usize::from(shift.together != 0);
    }

    for (at, change) in comparison.changes.iter().enumerate() {
        let any = (0..nodes as u32).map(NodeIx).any(|node| {
            moves(at, &|schedule| schedule.dates(node).start) || moves(at, &|schedule| schedule.dates(node).finish)
        });
        let any = any || moves(at, &Schedule::finish);
        match change.reach {
            Reach::Nothing => prop_assert!(!any, "{:?}", change.what),
            Reach::Covered => prop_assert!(any, "{:?}", change.what),
            Reach::Moves => {
                let finish = comparison.shift.as_ref().is_some_and(|shift| shift.share(at) != 0);
                prop_assert!(finish || !change.moved.is_empty());
            }
            _ => prop_assert!(tried[at].iter().any(Option::is_none), "{:?}", change.what),
        }
        prop_assert!(change.reach == Reach::Moves || change.moved.is_empty());
        count.nothing += usize::from(change.reach == Reach::Nothing);
        count.covered += usize::from(change.reach == Reach::Covered);
    }
    Ok(())
}

/// A plan and what became of it.
#[derive(Clone)]
struct Pair(Projection, Projection);

impl std::fmt::Debug for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for plan in [&self.0, &self.1] {
            writeln!(f, "from {:?}", plan.start)?;
            for n in &plan.nodes {
                let parent = n.parent.map(|p| p.0);
                let (late, calendar) = (n.as_late_as_possible, n.calendar.0);
                writeln!(
                    f,
                    "  {} in {parent:?}, {:?} on {calendar}, late {late}, {:?}",
                    n.id, n.span, n.bounds
                )?;
            }
            for l in &plan.links {
                writeln!(f, "  {} → {} {:?} {:?}", l.from.0, l.to.0, l.kind, l.lag)?;
            }
        }
        Ok(())
    }
}

fn changed_plans(most: usize) -> impl Strategy<Value = Pair> {
    (plans(ANYTHING), vec(any::<[u16; 4]>(), 1..=most)).prop_map(|(mut earlier, changes)| {
        for (n, node) in earlier.nodes.iter_mut().enumerate() {
            node.id = format!("n{n}").into();
        }
        let mut later = earlier.clone();
        for (at, raw) in changes.into_iter().enumerate() {
            // One node more is enough.
            if raw[0] % 12 != 10 || at == 0 {
                change(&mut later, raw);
            }
        }
        Pair(earlier, later)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), failure_persistence: None, max_shrink_iters: 500, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn one_change_moved_all_that_moved(Pair(earlier, later) in changed_plans(1)) {
        check(&earlier, &later, &mut Count::default())?;
    }

    #[test]
    fn several_changes_taken_back_give_the_earlier_plan(Pair(earlier, later) in changed_plans(3)) {
        check(&earlier, &later, &mut Count::default())?;
    }

    #[test]
    fn a_plan_is_as_it_is(plan in plans(ANYTHING)) {
        let comparison = compared(&plan, &plan);
        prop_assert!(comparison.changes.iter().all(|c| c.moved.is_empty()));
        prop_assert!(comparison.moves.is_empty());
    }
}

#[test]
fn nearly_every_move_has_a_cause() {
    let mut runner = TestRunner::deterministic();
    let inputs = changed_plans(3);
    let mut count = Count::default();
    for _ in 0..cases().max(300) {
        let Pair(earlier, later) = inputs.new_tree(&mut runner).unwrap().current();
        check(&earlier, &later, &mut count).unwrap();
    }
    let Count {
        moved,
        shared,
        together,
        nothing,
        covered,
    } = count;
    assert!(
        moved > 300 && shared > 30 && nothing > 30 && covered > 0,
        "{moved} moved, {shared} of them for several changes; {nothing} moved nothing, {covered} for others only"
    );
    assert!(
        together * 50 <= moved,
        "{together} of {moved} moves have a part that is no single change's"
    );
}
