//! Comparisons: what moved, and which change moved it.
//!
//! The oracle takes changes back. With all of them taken back the later plan is the earlier one. Alone, a change moved all that
//! moved. What one of several moves by itself, and no other has to do with, is told of that change in all but one of a hundred
//! cases: those are left where two changes meet at one node and the driver is that of neither.
//!
//! `FRAMDRIFT_CASES=100000 cargo test --release compare` tries more of them.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Lag, LinkIx, LinkKind, NodeIx, Projection, Span, TimeNode,
};
use framdrift_schedule::compare::{Aspect, Comparison, Computed, What, compare};
use framdrift_schedule::{Dates, Network, Schedule, Side, compute};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::properties::{ANYTHING, plans};
use crate::support::{DAY, FF, FS, SS, at, child, plan, summary, work};

fn link(plan: &mut Projection, from: NodeIx, to: NodeIx, kind: LinkKind, lag: Lag) {
    plan.link(from, to, kind, lag);
}

/// How many plans: `FRAMDRIFT_CASES` says so, too.
fn cases() -> u32 {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(100)
}

fn computed(plan: &Projection) -> (Network, Schedule) {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, &Facts::none()).unwrap();
    (network, schedule)
}

fn compared(earlier: &Projection, later: &Projection) -> Comparison {
    let (a, b) = (computed(earlier), computed(later));
    compare((&a.0, &a.1), (&b.0, &b.1))
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
            What::Rules => (plan.rules, plan.calendar) = (earlier.rules.clone(), earlier.calendar),
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
    unexplained: usize,
    decided: usize,
    /// Told of another change than the one that decides.
    wrong: usize,
}

fn check(earlier: &Projection, later: &Projection, count: &mut Count) -> Result<(), TestCaseError> {
    let comparison = compared(earlier, later);
    let nodes = earlier.nodes.len();
    let whats: Vec<What> = comparison.changes.iter().map(|c| c.what).collect();
    let ((_, before), (_, after)) = (computed(earlier), computed(later));
    let dates = |plan: &Projection| start_and_finish(&computed(plan).1, nodes);
    let (was, is) = (start_and_finish(&before, nodes), start_and_finish(&after, nodes));

    // All changes taken back, the later plan is the earlier one.
    prop_assert_eq!(&dates(&without(earlier, later, &whats)), &was, "{:?}", &whats);

    // Every node with other dates is told of, and no other.
    let moved: Vec<usize> = (0..nodes)
        .filter(|n| before.dates(NodeIx(*n as u32)) != after.dates(NodeIx(*n as u32)))
        .collect();
    let told: Vec<usize> = comparison.moves.iter().map(|m| m.node.index()).collect();
    prop_assert_eq!(&moved, &told);
    for moved in &comparison.moves {
        for (side, why) in Side::ALL.iter().zip(&moved.why) {
            let differs = moved.before.on(*side) != moved.after.on(*side);
            prop_assert_eq!(differs, why.is_some());
            if differs {
                let chain = comparison.chain(moved.node, *side);
                prop_assert_eq!(chain.last(), Some(&(moved.node, *side)));
                let first = comparison.of(chain[0].0).and_then(|m| m.why[chain[0].1 as usize]);
                prop_assert!(first.is_some_and(|why| why.through.is_none()), "a chain ends at a root");
            }
        }
    }
    let elsewhere = comparison.moves.iter().filter(|m| m.is_elsewhere());
    count.moved += elsewhere.clone().count();
    count.unexplained += comparison.unexplained().count();

    // Alone, a change moved all that moved.
    if let [change] = comparison.changes.as_slice() {
        let mut effects: Vec<NodeIx> = change.moved.iter().map(|e| e.node).collect();
        effects.sort_unstable();
        prop_assert_eq!(effects, elsewhere.map(|m| m.node).collect::<Vec<_>>());
        return Ok(());
    }
    // Where one change moves a date by itself, and no other has to do with it, it is told of that change.
    let alone = |at: usize| {
        let others: Vec<What> = whats
            .iter()
            .enumerate()
            .filter(|(n, _)| *n != at)
            .map(|(_, w)| *w)
            .collect();
        without(earlier, later, &others)
    };
    if (0..whats.len())
        .any(|at| Network::new(alone(at)).is_err() || Network::new(without(earlier, later, &whats[at..=at])).is_err())
    {
        return Ok(());
    }
    let with_only: Vec<Vec<(i64, i64)>> = (0..whats.len()).map(|at| dates(&alone(at))).collect();
    let with_others: Vec<Vec<(i64, i64)>> = (0..whats.len())
        .map(|at| dates(&without(earlier, later, &whats[at..=at])))
        .collect();
    for moved in comparison.moves.iter().filter(|m| m.is_elsewhere()) {
        let n = moved.node.index();
        let decides = |at: usize| {
            let others = (0..whats.len()).filter(|o| *o != at);
            with_only[at][n] == is[n]
                && with_others[at][n] == was[n]
                && others
                    .clone()
                    .all(|o| with_others[o][n] == is[n] && with_only[o][n] == was[n])
        };
        let Some(decides) = (0..whats.len()).find(|at| decides(*at)) else {
            continue;
        };
        count.decided += 1;
        for (side, date) in [
            (Side::EarlyStart, was[n].0 != is[n].0),
            (Side::EarlyFinish, was[n].1 != is[n].1),
        ] {
            let why = moved.why[side as usize];
            let right = !date || why.is_some_and(|why| why.change == Some(decides));
            count.wrong += usize::from(!right);
        }
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
        unexplained,
        decided,
        wrong,
    } = count;
    assert!(
        wrong * 100 <= decided,
        "{wrong} of {decided} are told of another change"
    );
    assert!(moved > 150 && decided > 50, "{moved} moved, {decided} of them decided");
    assert!(
        unexplained * 50 <= moved,
        "{unexplained} of {moved} moves have no cause"
    );
}

/// What a change is and whom it moved, in words.
fn said(earlier: &Projection, later: &Projection) -> Vec<String> {
    let (a, b) = (computed(earlier), computed(later));
    let sides = [Computed::from((&a.0, &a.1)), Computed::from((&b.0, &b.1))];
    let comparison = compare(sides[0], sides[1]);
    let name = |node: &TimeNode| node.id.to_string();
    let days = |minutes: i64| format!("{}d", minutes / DAY);
    let lines = comparison.changes.iter().map(|change| {
        let moved: Vec<String> = change
            .moved
            .iter()
            .map(|e| format!("{} {:+}h", later.nodes[e.node.index()].id, e.by / 60))
            .collect();
        format!(
            "{}: {}",
            change.what.words(sides[0], sides[1], &name, &days),
            moved.join(", ")
        )
    });
    lines.collect()
}

/// Walls and windows, then the roof, then paint.
fn house() -> Projection {
    let mut house = plan();
    let walls = work(&mut house, "walls", 4 * DAY);
    let windows = work(&mut house, "windows", 2 * DAY);
    let roof = work(&mut house, "roof", DAY);
    let paint = work(&mut house, "paint", DAY);
    link(&mut house, walls, roof, FS, Lag::NONE);
    link(&mut house, windows, roof, FS, Lag::NONE);
    link(&mut house, roof, paint, FS, Lag::Work(DAY));
    house
}

#[test]
fn what_is_longer_moves_what_waits_for_it() {
    let mut later = house();
    later.nodes[0].span = Span::Work(5 * DAY);
    assert_eq!(
        said(&house(), &later),
        // From Friday to Monday, and from Wednesday to Thursday.
        ["`walls` takes 5d instead of 4d: roof +72h, walls +24h, paint +24h"]
    );
}

#[test]
fn what_is_earlier_is_told_of_what_held_it() {
    let mut later = house();
    later.links.remove(0);
    // Now the windows drive the roof, but it was the walls that let go.
    assert_eq!(
        said(&house(), &later),
        ["`roof` no longer waits for `walls`: paint -96h, roof -48h"]
    );

    let mut later = house();
    later.nodes[0].span = Span::Work(DAY);
    assert_eq!(
        said(&house(), &later),
        ["`walls` takes 1d instead of 4d: paint -96h, walls -72h, roof -48h"]
    );
}

#[test]
fn of_two_changes_each_has_its_own() {
    let mut later = house();
    // The windows get longer, too, but the walls still drive.
    later.nodes[0].span = Span::Work(6 * DAY);
    later.nodes[1].span = Span::Work(3 * DAY);
    assert_eq!(
        said(&house(), &later),
        [
            "`walls` takes 6d instead of 4d: walls +96h, roof +96h, paint +48h",
            "`windows` takes 3d instead of 2d: windows +24h",
        ]
    );
}

#[test]
fn a_node_that_is_new_or_gone_moves_others() {
    let mut later = house();
    let frame = work(&mut later, "frame", 2 * DAY);
    link(&mut later, NodeIx(0), frame, FS, Lag::NONE);
    link(&mut later, frame, NodeIx(2), FS, Lag::NONE);
    assert_eq!(said(&house(), &later), ["`frame` is new: roof +96h, paint +48h"]);
    assert_eq!(said(&later, &house()), ["`frame` is gone: roof -96h, paint -48h"]);
    let comparison = compared(&later, &house());
    assert_eq!(
        (comparison.added.len(), comparison.removed.as_slice()),
        (0, [frame].as_slice())
    );
}

#[test]
fn a_summary_moves_with_its_leaf() {
    let made = |minutes| {
        let mut plan = plan();
        let phase = summary(&mut plan, "phase", None);
        child(&mut plan, phase, "a", minutes);
        child(&mut plan, phase, "b", DAY);
        let after = work(&mut plan, "after", DAY);
        link(&mut plan, phase, after, FS, Lag::NONE);
        plan
    };
    assert_eq!(
        said(&made(2 * DAY), &made(3 * DAY)),
        ["`a` takes 3d instead of 2d: phase +24h, a +24h, after +24h"]
    );
    let comparison = compared(&made(2 * DAY), &made(3 * DAY));
    let chain = comparison.chain(NodeIx(3), Side::EarlyFinish);
    let nodes: Vec<u32> = chain.iter().map(|(node, _)| node.0).collect();
    assert_eq!(
        nodes,
        [1, 3, 3],
        "from the finish of `a`, over the start of `after`, to its finish"
    );
}

#[test]
fn words_for_every_kind_of_change() {
    let mut later = house();
    later.start = Some(at("2026-03-03T08:00"));
    later.links[0].lag = Lag::Elapsed(1_440);
    later.links[1].kind = FF;
    later.links[2].lag = Lag::Percent(50_000);
    later.link(NodeIx(0), NodeIx(3), SS, Lag::Work(-DAY));
    later.nodes[3].bounds.push(Bound {
        kind: BoundKind::StartNotBefore,
        at: at("2026-04-01T08:00"),
        origin: BoundOrigin::Constraint(0),
    });
    later.nodes[0].as_late_as_possible = true;
    later.nodes[1].delay = 90;
    let words: Vec<String> = said(&house(), &later)
        .into_iter()
        .map(|line| line.split(": ").next().unwrap().to_owned())
        .collect();
    for expected in [
        "the programme starts 2026-03-03T08:00 instead of 2026-03-02T08:00",
        "`roof` waits for `walls` by +1d by the clock instead of without a lag",
        "`roof` waits for `windows` by FF instead of without a lag",
        "`paint` waits for `roof` by +50 % instead of by +1d",
        "`paint` now waits for `walls` by SS -1d",
        "`paint` has a new constraint “start no earlier than 2026-04-01T08:00”",
        "`walls` is now as late as possible",
        "`windows` is held back by 1h 30m instead of 0m",
    ] {
        assert!(words.iter().any(|w| w == expected), "{expected}: {words:#?}");
    }
    let back = said(&later, &house());
    for expected in [
        "`paint` no longer waits for `walls` by SS -1d",
        "`paint` no longer has its constraint “start no earlier than",
    ] {
        assert!(back.iter().any(|w| w.starts_with(expected)), "{expected}: {back:#?}");
    }
}

#[test]
fn progress_is_a_change_like_others() {
    let plan = house();
    let (network, before) = computed(&plan);
    let mut facts = Facts::none();
    facts.start(NodeIx(0), at("2026-03-04T08:00"));
    facts.status_date = Some(at("2026-03-04T17:00"));
    let after = compute(&network, &facts).unwrap();
    let comparison = compare((&network, &before), (&network, &after, &facts));
    let started = comparison
        .changes
        .iter()
        .find(|c| {
            matches!(
                c.what,
                What::Node {
                    aspect: Aspect::Fact,
                    ..
                }
            )
        })
        .unwrap();
    assert_eq!(started.moved.first().map(|e| e.node.0), Some(0), "{comparison:?}");
    assert!(comparison.unexplained().next().is_none());
    assert!(comparison.changes.iter().any(|c| c.what == What::StatusDate));
}

#[test]
fn a_long_chain_is_followed_without_recursion() {
    let chain = |first: i64| {
        let mut plan = plan();
        let mut last = work(&mut plan, "0", first);
        for n in 1..50_000 {
            let next = work(&mut plan, &n.to_string(), 60);
            link(&mut plan, last, next, FS, Lag::NONE);
            last = next;
        }
        plan
    };
    let comparison = compared(&chain(60), &chain(120));
    assert_eq!(comparison.changes.len(), 1);
    assert_eq!(comparison.changes[0].moved.len(), 50_000);
}
