//! The chains with least float, why something is not critical, and float towards one thing at a time.

use std::collections::BTreeMap;

use framdrift_model::facts::Facts;
use framdrift_model::projection::{BoundKind, LinkIx, Mode, NodeIx, NodeKind, Projection};
use framdrift_model::time::Minute;
use framdrift_schedule::explain::{Cause, Ends, Path, Target, driver, floats, floats_towards, paths, waits};
use framdrift_schedule::{Network, Schedule, Side, compute};
use proptest::prelude::*;

use crate::properties::{ANYTHING, Allow, plans, schedule};
use crate::support::{DAY, FF, FS, SS, after, at, bound, child, plan, solve, summary, work};
use framdrift_model::projection::Lag;

/// A chain: its first leaf, and its links.
type Chain = (NodeIx, Vec<LinkIx>);

fn chain(path: &Path) -> Chain {
    let links = path.steps[1..].iter().map(|step| match step.why {
        Cause::Link { link, .. } => link,
        other => panic!("{other:?} within a path"),
    });
    (path.steps[0].node, links.collect())
}

/// Plans of one chain alone, with all else out of the way: what starts it, its links, its leaves.
struct Alone<'a> {
    plan: &'a Projection,
    schedule: &'a Schedule,
}

impl Alone<'_> {
    fn nothing(&self) -> Projection {
        let mut alone = self.plan.clone();
        alone.start = Some(Minute::MIN);
        alone.links.clear();
        alone.nodes.iter_mut().for_each(|node| node.bounds.clear());
        alone
    }

    /// Minutes, as the last node's float counts them, from when a chain alone brings it to its start to when it starts. The first
    /// leaf stands where it does, or where one of its bounds alone puts it.
    fn sooner(&self, (first, links): (NodeIx, &[LinkIx]), by_bound: Option<usize>, to: NodeIx) -> i64 {
        let mut alone = self.nothing();
        let node = &mut alone.nodes[first.index()];
        match by_bound {
            Some(index) => node.bounds.push(self.plan.nodes[first.index()].bounds[index]),
            None => {
                let dates = self.schedule.dates(first);
                node.mode = Mode::Manual {
                    start: dates.early_start,
                    finish: dates.early_finish,
                };
            }
        }
        alone
            .links
            .extend(links.iter().map(|link| self.plan.links[link.index()]));
        let (node, start) = (&self.plan.nodes[to.index()], schedule(&alone).dates(to).early_start);
        let calendar = &self.plan.calendars[node.calendar.index()];
        let actual = self.schedule.dates(to).early_start;
        node.counts().between(calendar, start, actual).max(0)
    }
}

/// Every chain to a node by its float, all of them tried; none where there are very many.
fn every_chain(plan: &Projection, network: &Network, schedule: &Schedule, to: NodeIx) -> Option<BTreeMap<String, i64>> {
    let alone = Alone { plan, schedule };
    let mut found = BTreeMap::new();
    let mut open = vec![(to, Vec::new())];
    while let Some((node, backwards)) = open.pop() {
        let mut links: Vec<LinkIx> = backwards.clone();
        links.reverse();
        let mut floats: Vec<i64> = Vec::new();
        for (index, bound) in plan.nodes[node.index()].bounds.iter().enumerate() {
            use BoundKind::{FinishNotBefore, MustFinish, MustStart, StartNotBefore};
            if matches!(bound.kind, FinishNotBefore | MustFinish | MustStart | StartNotBefore) {
                floats.push(alone.sooner((node, &links), Some(index), to));
            }
        }
        let start = driver(network, schedule, node, Side::EarlyStart).cause;
        let drives = match start {
            Cause::OwnSpan => driver(network, schedule, node, Side::EarlyFinish).cause,
            other => other,
        };
        if drives == Cause::ProgrammeStart {
            floats.push(alone.sooner((node, &links), None, to));
        }
        if let Some(float) = floats.into_iter().min() {
            found.insert(format!("{:?}", (node, links)), float);
        }
        for (l, link) in plan.links.iter().enumerate().filter(|(_, link)| link.to == node) {
            let mut backwards = backwards.clone();
            backwards.push(LinkIx(l as u32));
            open.push((link.from, backwards));
        }
        if found.len() + open.len() > 300 {
            return None;
        }
    }
    Some(found)
}

#[test]
fn parallel_links_make_different_paths_and_ties_go_to_document_order() {
    let mut plan = plan();
    let a = work(&mut plan, "a", 3 * DAY);
    let b = work(&mut plan, "b", 2 * DAY);
    let ff = plan.link(a, b, FF, Lag::NONE);
    let ss = plan.link(a, b, SS, Lag::Work(DAY));
    let fs = plan.link(a, b, FS, Lag::Work(-2 * DAY));
    let (network, schedule) = solve(&plan);
    let found = paths(&network, &schedule, Some(b), 10);
    let links: Vec<Vec<LinkIx>> = found.paths.iter().map(|path| chain(path).1).collect();
    assert_eq!(links, [[ff], [ss], [fs]]);
    assert!(found.paths.iter().all(|path| path.float == 0));
    assert!(!found.more);
    let found = paths(&network, &schedule, Some(b), 2);
    assert_eq!(found.paths.len(), 2);
    assert!(found.more);
}

#[test]
fn a_ladder_of_ties_is_no_trouble() {
    // 2^200 chains of no float.
    let mut plan = plan();
    let mut last = work(&mut plan, "0", 60);
    for n in 0..200 {
        let (left, right) = (
            work(&mut plan, &format!("l{n}"), 60),
            work(&mut plan, &format!("r{n}"), 60),
        );
        let next = work(&mut plan, &format!("{n}"), 60);
        for side in [left, right] {
            after(&mut plan, last, side);
            after(&mut plan, side, next);
        }
        last = next;
    }
    let (network, schedule) = solve(&plan);
    let found = paths(&network, &schedule, None, usize::MAX);
    assert_eq!(found.paths.len(), 1_000);
    assert!(
        found.more
            && found
                .paths
                .iter()
                .all(|path| path.float == 0 && path.steps.len() == 401)
    );
    let chains: Vec<Vec<LinkIx>> = found.paths.iter().map(|path| chain(path).1).collect();
    let backwards = |links: &Vec<LinkIx>| links.iter().rev().copied().collect::<Vec<_>>();
    assert!(chains.windows(2).all(|pair| backwards(&pair[0]) < backwards(&pair[1])));
}

#[test]
fn paths_lead_through_summaries_leaf_by_leaf() {
    let mut plan = plan();
    let build = summary(&mut plan, "build", None);
    let walls = child(&mut plan, build, "walls", 3 * DAY);
    let roof = child(&mut plan, build, "roof", DAY);
    let fit = summary(&mut plan, "fit", None);
    let paint = child(&mut plan, fit, "paint", DAY);
    let wire = child(&mut plan, fit, "wire", 2 * DAY);
    let link = after(&mut plan, build, fit);
    let (network, schedule) = solve(&plan);
    let found = paths(&network, &schedule, Some(fit), 9).paths;
    let told: Vec<(Vec<NodeIx>, i64, i64)> = found
        .iter()
        .map(|path| (path.steps.iter().map(|s| s.node).collect(), path.float, path.after))
        .collect();
    let expected = [
        (vec![walls, wire], 0, 0),
        (vec![walls, paint], DAY, DAY),
        (vec![roof, wire], 2 * DAY, 0),
        (vec![roof, paint], 3 * DAY, DAY),
    ];
    assert_eq!(told, expected);
    assert_eq!(found[2].steps[1].why, Cause::Link { link, node: roof });
    assert_eq!(found[2].steps[1].gap, 2 * DAY);
}

#[test]
fn a_path_from_what_has_started_hangs_on_what_is_recorded() {
    let mut plan = plan();
    let first = work(&mut plan, "first", 5 * DAY);
    let a = work(&mut plan, "a", 5 * DAY);
    let b = work(&mut plan, "b", DAY);
    after(&mut plan, first, a);
    plan.link(a, b, SS, Lag::Work(6 * DAY));
    let mut facts = Facts::none();
    facts.status_date = Some(at("2026-03-04T17:00"));
    facts.start(a, at("2026-03-03T08:00"));
    let network = Network::new(plan).unwrap();
    let schedule = compute(&network, &facts).unwrap();
    assert_eq!(schedule.dates(b).early_start, at("2026-03-10T17:00").plus(15 * 60));
    let found = paths(&network, &schedule, Some(b), 3);
    assert_eq!(found.paths.len(), 1);
    assert_eq!(found.paths[0].steps[0].why, Cause::Actual);
    let steps: Vec<Cause> = schedule.path_to(&network, b).iter().map(|step| step.why).collect();
    assert_eq!(steps[0], Cause::Actual);
}

#[test]
fn what_is_not_critical_waits_for_something() {
    let mut plan = plan();
    let long = work(&mut plan, "long", 10 * DAY);
    let walls = work(&mut plan, "walls", 3 * DAY);
    let order = work(&mut plan, "order", DAY);
    let roof = work(&mut plan, "roof", 2 * DAY);
    let end = work(&mut plan, "end", DAY);
    let on_walls = after(&mut plan, walls, roof);
    let on_order = after(&mut plan, order, roof);
    let on_roof = after(&mut plan, roof, end);
    let on_long = after(&mut plan, long, end);
    let free = work(&mut plan, "free", DAY);
    let (network, schedule) = solve(&plan);
    let found = waits(&network, &schedule, order).unwrap();
    assert_eq!((found.leaf, found.total_float, found.rest), (order, 7 * DAY, 0));
    let told: Vec<_> = found
        .waits
        .iter()
        .map(|w| (w.from, w.link, w.node, w.margin, w.ahead))
        .collect();
    let expected = [
        (
            order,
            on_order,
            roof,
            2 * DAY,
            Cause::Link {
                link: on_walls,
                node: walls,
            },
        ),
        (
            roof,
            on_roof,
            end,
            5 * DAY,
            Cause::Link {
                link: on_long,
                node: long,
            },
        ),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.ends, Ends::Joins { node: end, float: 0 });
    let found = waits(&network, &schedule, free).unwrap();
    assert!(found.waits.is_empty());
    let by = Cause::ProgrammeFinish;
    assert_eq!(
        found.ends,
        Ends::Stops {
            node: free,
            by,
            float: 10 * DAY
        }
    );
    assert!(waits(&network, &schedule, long).is_none());
}

#[test]
fn each_cap_and_each_gate_leaves_its_own_float() {
    let mut plan = plan();
    let dig = work(&mut plan, "dig", 3 * DAY);
    let pour = work(&mut plan, "pour", DAY);
    let phase = summary(&mut plan, "phase", None);
    let inner = child(&mut plan, phase, "inner", DAY);
    let gate = child(&mut plan, phase, "gate", 0);
    let other = work(&mut plan, "other", 20 * DAY);
    plan.nodes[gate.index()].kind = NodeKind::Gate;
    after(&mut plan, dig, pour);
    after(&mut plan, pour, inner);
    after(&mut plan, inner, gate);
    bound(&mut plan, pour, BoundKind::FinishNotAfter, "2026-03-04T17:00");
    bound(&mut plan, phase, BoundKind::FinishNotAfter, "2026-03-10T17:00");
    bound(&mut plan, other, BoundKind::FinishNotAfter, "2026-03-10T17:00");
    plan.finish = Some(at("2026-03-20T17:00"));
    let (network, schedule) = solve(&plan);
    let found = floats(&network, &schedule, dig);
    let told: Vec<(Target, i64)> = found.towards.iter().map(|t| (t.target, t.float / DAY)).collect();
    let expected = [
        (Target::Bound { node: pour, index: 0 }, -1),
        (Target::Node(gate), 0),
        (Target::Bound { node: phase, index: 0 }, 2),
        (Target::Finish, 10),
    ];
    assert_eq!(told, expected);
    assert_eq!(found.towards[1].date, at("2026-03-06T17:00"));
    assert_eq!(found.left_out, 0);
    let towards = floats_towards(&network, &schedule, Target::Bound { node: pour, index: 0 });
    assert_eq!(towards, [(dig, -DAY), (pour, -DAY)]);
    let towards = floats_towards(&network, &schedule, Target::Node(gate));
    assert_eq!(towards, [(dig, 0), (pour, 0), (inner, 0), (gate, 0)]);
}

/// Everything that leads to a node, itself among it.
fn leading(plan: &Projection, to: NodeIx) -> Vec<bool> {
    let mut leads = vec![false; plan.nodes.len()];
    leads[to.index()] = true;
    for _ in &plan.nodes {
        for link in &plan.links {
            leads[link.from.index()] |= leads[link.to.index()];
        }
    }
    leads
}

/// A plan without caps.
fn without_caps(plan: &Projection) -> Projection {
    let mut plan = plan.clone();
    for node in &mut plan.nodes {
        for bound in &mut node.bounds {
            bound.kind = match bound.kind {
                BoundKind::MustStart => BoundKind::StartNotBefore,
                BoundKind::MustFinish => BoundKind::FinishNotBefore,
                kind => kind,
            };
        }
        node.bounds
            .retain(|b| !matches!(b.kind, BoundKind::StartNotAfter | BoundKind::FinishNotAfter));
    }
    plan
}

const LEAVES: Allow = Allow {
    summaries: false,
    pulled: false,
    ..ANYTHING
};

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: crate::support::seed(), cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn paths_are_all_chains_in_order_of_float(plan in plans(LEAVES)) {
        let (network, schedule) = solve(&plan);
        for to in (0..plan.nodes.len() as u32).map(NodeIx) {
            let all = every_chain(&plan, &network, &schedule, to);
            let found = paths(&network, &schedule, Some(to), 1_000);
            prop_assert!(found.paths.windows(2).all(|pair| pair[0].float <= pair[1].float));
            prop_assert_eq!(found.counted_on, Some(to));
            let told: BTreeMap<String, i64> =
                found.paths.iter().map(|path| (format!("{:?}", chain(path)), path.float)).collect();
            prop_assert_eq!(told.len(), found.paths.len(), "paths are distinct");
            if let Some(all) = &all {
                prop_assert_eq!(&told, all);
            }
            let few = paths(&network, &schedule, Some(to), 3);
            prop_assert_eq!(&few.paths[..], &found.paths[..found.paths.len().min(3)]);
            prop_assert_eq!(few.more, found.paths.len() > 3);
        }
    }

    #[test]
    fn the_first_path_is_the_critical_one(plan in plans(ANYTHING)) {
        let (network, schedule) = solve(&plan);
        let critical: Vec<NodeIx> = schedule.critical_path(&network).iter().map(|s| s.node).collect();
        let found = paths(&network, &schedule, None, 40);
        let first: Vec<NodeIx> = found.paths[0].steps.iter().map(|s| s.node).collect();
        if plan.nodes.iter().all(|node| !node.summary) {
            prop_assert_eq!(&first, &critical);
        }
        for path in &found.paths {
            let gaps: i64 = path.steps.iter().map(|s| s.gap).sum();
            prop_assert_eq!(path.float, gaps + path.after);
            prop_assert!(path.steps.iter().all(|s| s.gap >= 0));
            for pair in path.steps.windows(2) {
                let Cause::Link { node, .. } = pair[1].why else { panic!("{path:?}") };
                prop_assert_eq!(node, pair[0].node);
            }
        }
    }

    /// In working time on one calendar, the least float of the chains through a node to the finish is its total float. A finish
    /// that is asked for in free time is another matter: it comes a minute after.
    #[test]
    fn the_least_path_through_a_node_has_its_total_float(
        plan in plans(Allow { calendars: 1, civil: false, bounds: false, ..LEAVES }),
    ) {
        let mut plan = plan;
        plan.links.retain(|link| matches!(link.kind, FS | SS));
        let (network, schedule) = solve(&plan);
        let found = paths(&network, &schedule, None, 1_000);
        for (node, dates) in schedule.iter() {
            let through = found.paths.iter().filter(|path| path.steps.iter().any(|s| s.node == node));
            match through.map(|path| path.float).min() {
                Some(least) => prop_assert_eq!(least, dates.total_float),
                None => prop_assert!(found.more),
            }
        }
    }

    #[test]
    fn margins_add_up_to_total_float(
        plan in plans(Allow { calendars: 1, civil: false, summaries: false, ..ANYTHING }),
    ) {
        let mut plan = plan;
        plan.links.retain(|link| matches!(link.kind, FS | SS));
        let (network, schedule) = solve(&plan);
        for (node, dates) in schedule.iter() {
            let found = waits(&network, &schedule, node);
            prop_assert_eq!(found.is_some(), !dates.critical);
            let Some(found) = found else { continue };
            prop_assert_eq!(found.rest, 0, "{:?}", found);
            prop_assert!(found.waits.iter().all(|wait| wait.margin > 0));
            if let Ends::Joins { node, float } = found.ends {
                prop_assert_eq!((schedule.dates(node).critical, schedule.dates(node).total_float), (true, float));
            }
        }
    }

    /// The float towards a node is total float in the part of the network that leads to it.
    #[test]
    fn float_towards_one_node_is_total_float_in_what_leads_to_it(
        plan in plans(LEAVES),
        which in any::<prop::sample::Index>(),
    ) {
        let to = NodeIx(which.index(plan.nodes.len()) as u32);
        let (network, whole) = solve(&plan);
        let leads = leading(&plan, to);
        let mut part = without_caps(&plan);
        for (node, leads) in part.nodes.iter_mut().zip(&leads) {
            if !leads {
                node.mode = Mode::Inactive;
            }
        }
        // Only the node itself is bound by its finish.
        let at = whole.dates(to).early_finish;
        part.finish = Some(Minute::MAX.plus(-1_440 * 400));
        part.nodes[to.index()].bounds.push(framdrift_model::projection::Bound {
            kind: BoundKind::FinishNotAfter,
            at,
            origin: framdrift_model::projection::BoundOrigin::Deadline,
        });
        let part = schedule(&part);
        let expected: Vec<(NodeIx, i64)> = part
            .iter()
            .filter(|(node, _)| leads[node.index()])
            .map(|(node, dates)| (node, dates.total_float))
            .collect();
        prop_assert_eq!(floats_towards(&network, &whole, Target::Node(to)), expected);
    }

    #[test]
    fn one_node_and_one_target_agree(plan in plans(ANYTHING), gates in any::<u16>()) {
        let mut plan = plan;
        for (n, node) in plan.nodes.iter_mut().enumerate() {
            if gates >> n & 1 == 1 {
                node.kind = NodeKind::Gate;
            }
        }
        let (network, schedule) = solve(&plan);
        for node in (0..plan.nodes.len() as u32).map(NodeIx).filter(|n| !network.is_summary(*n)) {
            for towards in floats(&network, &schedule, node).towards {
                let all = floats_towards(&network, &schedule, towards.target);
                let same = all.iter().find(|(n, _)| *n == node);
                prop_assert_eq!(same, Some(&(node, towards.float)), "{:?}", towards);
            }
        }
    }

    #[test]
    fn float_towards_the_finish_is_total_float_where_nothing_else_is_promised(plan in plans(ANYTHING)) {
        let plan = without_caps(&plan);
        let (network, schedule) = solve(&plan);
        for (node, float) in floats_towards(&network, &schedule, Target::Finish) {
            prop_assert_eq!(float, schedule.dates(node).total_float);
        }
    }
}
