//! Makes a plan that fails as small as it gets while it still fails.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{CalendarIx, Lag, LinkKind, Mode, NodeIx, Projection, Span};
use framdrift_model::rules::Rules;

use crate::verify::generate::Given;

/// The smallest plan found on which `fails` still holds.
pub(crate) fn shrink(given: &Given, fails: impl Fn(&Given) -> bool) -> Given {
    let mut best = given.clone();
    let (mut all, mut next, mut better) = (candidates(&best), 0, false);
    loop {
        let Some(simpler) = all.get(next) else {
            if !better {
                return best;
            }
            (all, next, better) = (candidates(&best), 0, false);
            continue;
        };
        if size(simpler) < size(&best) && is_sound(&simpler.plan) && fails(simpler) {
            best = simpler.clone();
            (all, better) = (candidates(&best), true);
        } else {
            next += 1;
        }
    }
}

fn is_sound(plan: &Projection) -> bool {
    let parents = plan
        .nodes
        .iter()
        .all(|n| n.parent.is_none_or(|p| plan.nodes[p.index()].summary));
    !plan.nodes.is_empty() && parents && framdrift_schedule::rings(plan).is_empty()
}

/// What makes a plan hard to read, the worse the more.
fn size(given: &Given) -> u64 {
    let Given { plan, facts } = given;
    let ugly = |minutes: i64| match minutes {
        0 => 0,
        m if m % 480 == 0 => 1 + (m / 480).unsigned_abs().min(20),
        m if m % 60 == 0 => 30 + (m / 60).unsigned_abs().min(100),
        m => 200 + m.unsigned_abs().min(100_000) / 10,
    };
    let nodes: u64 = plan
        .nodes
        .iter()
        .map(|n| {
            let span = ugly(n.span.minutes()) + u64::from(matches!(n.span, Span::Elapsed(_))) * 100;
            let bounds: u64 = n.bounds.iter().map(|b| 400 + ugly(b.at.get()) / 20).sum();
            let mode = u64::from(n.mode != Mode::Computed) * 500 + u64::from(n.as_late_as_possible) * 400;
            let own = u64::from(n.work_calendar.is_some()) * 300 + ugly(n.delay) + u64::from(n.delay > 0) * 300;
            let more = u64::from(n.tenths != 0) * 200 + u64::from(n.milestone.is_some()) * 100;
            let tree = u64::from(n.parent.is_some()) * 100 + u64::from(n.summary) * 100;
            2_000 + span + bounds + mode + own + more + tree + u64::from(n.calendar.0) * 150
        })
        .sum();
    let links: u64 = plan
        .links
        .iter()
        .map(|l| {
            let lag = match l.lag {
                Lag::Work(m) => ugly(m),
                Lag::Elapsed(m) => 100 + ugly(m),
                Lag::Percent(p) => 300 + (p / 1_000).unsigned_abs(),
                Lag::Period(_) => 350,
            };
            let kind = u64::from(l.kind != LinkKind::FinishToStart) * 50;
            1_000 + lag + kind + u64::from(l.tenths != 0) * 200
        })
        .sum();
    let facts: u64 = facts
        .iter()
        .map(|(_, f)| {
            let all = [
                f.started.is_some(),
                f.finished.is_some(),
                f.remaining.is_some(),
                f.suspended.is_some(),
                f.resumed.is_some(),
            ];
            all.into_iter().filter(|is| *is).count() as u64 * 600 + f.remaining.map_or(0, ugly)
        })
        .sum::<u64>()
        + u64::from(facts.status_date.is_some()) * 600;
    let rules = differing(&plan.rules) * 500;
    let ends = u64::from(plan.finish.is_some()) * 500 + u64::from(plan.calendar.0 > 0) * 100;
    nodes + links + facts + rules + ends + plan.start.map_or(0, |t| ugly(t.get()) / 20)
}

fn differing(rules: &Rules) -> u64 {
    let usual = Rules::of(rules.profile);
    [
        rules.lag_calendar != usual.lag_calendar,
        rules.precedence != usual.precedence,
        rules.float != usual.float,
        rules.critical != usual.critical,
        rules.critical_limit != usual.critical_limit,
        rules.multiple_critical_paths != usual.multiple_critical_paths,
        rules.open_ends_critical != usual.open_ends_critical,
        rules.out_of_sequence != usual.out_of_sequence,
        rules.start_lag != usual.start_lag,
        rules.as_late_as_possible != usual.as_late_as_possible,
        rules.expected_finish != usual.expected_finish,
        rules.external_dates != usual.external_dates,
        rules.elapsed_start != usual.elapsed_start,
        rules.direction != usual.direction,
    ]
    .into_iter()
    .filter(|is| *is)
    .count() as u64
}

/// Every plan that is one step simpler.
fn candidates(given: &Given) -> Vec<Given> {
    let mut all = Vec::new();
    let mut with = |change: &dyn Fn(&mut Given)| {
        let mut simpler = given.clone();
        change(&mut simpler);
        all.push(simpler);
    };
    let plan = &given.plan;
    with(&|g| g.plan.rules = Rules::of(g.plan.rules.profile));
    for n in (0..plan.nodes.len()).rev() {
        with(&|g| remove(g, n));
    }
    for l in (0..plan.links.len()).rev() {
        with(&|g| {
            g.plan.links.remove(l);
        });
    }
    with(&|g| g.facts = Facts::none());
    with(&|g| g.facts.status_date = None);
    with(&|g| g.plan.finish = None);
    with(&|g| g.plan.calendar = CalendarIx(0));
    with(&|g| {
        let start = g.plan.start.unwrap().get();
        g.plan.start = Some(framdrift_model::time::Minute::clamped(
            start - start.rem_euclid(1_440) + 480,
        ));
    });
    rules(given, &mut all);
    for n in 0..plan.nodes.len() {
        node(given, n, &mut all);
    }
    for l in 0..plan.links.len() {
        let mut with = |change: &dyn Fn(&mut framdrift_model::projection::TimeLink)| {
            let mut simpler = given.clone();
            change(&mut simpler.plan.links[l]);
            all.push(simpler);
        };
        with(&|l| l.lag = Lag::NONE);
        with(&|l| l.tenths = 0);
        with(&|l| {
            l.kind = LinkKind::FinishToStart;
        });
        for minutes in [480, 960, 1_440, -480, 60, -60] {
            with(&|l| l.lag = Lag::Work(minutes));
            with(&|l| l.lag = Lag::Elapsed(minutes));
        }
        let lag = plan.links[l].lag;
        if let Lag::Work(m) | Lag::Elapsed(m) = lag {
            for to in [m / 480 * 480, m / 60 * 60, m / 2] {
                with(&|l| {
                    l.lag = match lag {
                        Lag::Work(_) => Lag::Work(to),
                        _ => Lag::Elapsed(to),
                    };
                });
            }
        }
    }
    all
}

fn rules(given: &Given, all: &mut Vec<Given>) {
    let usual = Rules::of(given.plan.rules.profile);
    let mut with = |change: &dyn Fn(&mut Rules)| {
        let mut simpler = given.clone();
        change(&mut simpler.plan.rules);
        all.push(simpler);
    };
    with(&|r| r.lag_calendar = usual.lag_calendar);
    with(&|r| r.precedence = usual.precedence);
    with(&|r| r.float = usual.float);
    with(&|r| r.critical = usual.critical);
    with(&|r| r.critical_limit = usual.critical_limit);
    with(&|r| r.multiple_critical_paths = usual.multiple_critical_paths);
    with(&|r| r.open_ends_critical = usual.open_ends_critical);
    with(&|r| r.out_of_sequence = usual.out_of_sequence);
    with(&|r| r.start_lag = usual.start_lag);
    with(&|r| r.as_late_as_possible = usual.as_late_as_possible);
    with(&|r| r.expected_finish = usual.expected_finish);
    with(&|r| r.external_dates = usual.external_dates);
    with(&|r| r.elapsed_start = usual.elapsed_start);
    with(&|r| r.direction = usual.direction);
}

fn node(given: &Given, n: usize, all: &mut Vec<Given>) {
    use framdrift_model::projection::TimeNode;
    let mut with = |change: &dyn Fn(&mut TimeNode)| {
        let mut simpler = given.clone();
        change(&mut simpler.plan.nodes[n]);
        all.push(simpler);
    };
    let node = &given.plan.nodes[n];
    with(&|n| n.bounds.clear());
    for b in 0..node.bounds.len() {
        with(&|n| {
            n.bounds.remove(b);
        });
        with(&|n| {
            let at = n.bounds[b].at.get();
            n.bounds[b].at = framdrift_model::time::Minute::clamped(at - at.rem_euclid(1_440) + 480);
        });
        with(&|n| {
            let at = n.bounds[b].at.get();
            n.bounds[b].at = framdrift_model::time::Minute::clamped(at - at.rem_euclid(1_440) + 1_020);
        });
    }
    with(&|n| n.mode = Mode::Computed);
    with(&|n| n.as_late_as_possible = false);
    with(&|n| n.delay = 0);
    with(&|n| n.delay = 1_440);
    with(&|n| n.work_calendar = None);
    with(&|n| n.calendar = CalendarIx(0));
    with(&|n| n.tenths = 0);
    with(&|n| n.milestone = None);
    with(&|n| n.parent = None);
    with(&|n| n.summary = false);
    let minutes = node.span.minutes();
    for to in [
        0,
        60,
        480,
        960,
        1_440,
        minutes / 480 * 480,
        minutes / 60 * 60,
        minutes / 2,
    ] {
        with(&|n| n.span = Span::Work(to));
        if matches!(node.span, Span::Elapsed(_)) {
            with(&|n| n.span = Span::Elapsed(to));
        }
    }
    let ix = NodeIx(n as u32);
    if let Some(fact) = given.facts.of(ix) {
        let mut with = |change: &dyn Fn(&mut framdrift_model::facts::Fact)| {
            let mut simpler = given.clone();
            let mut fact = *fact;
            change(&mut fact);
            simpler.facts.set(ix, fact);
            all.push(simpler);
        };
        with(&|f| *f = framdrift_model::facts::Fact::default());
        with(&|f| f.finished = None);
        with(&|f| f.remaining = None);
        with(&|f| f.remaining = Some(480));
        with(&|f| f.suspended = None);
        with(&|f| f.resumed = None);
        with(&|f| f.started = None);
    }
}

/// Takes a node out; what belonged to it belongs to what it belonged to.
fn remove(given: &mut Given, n: usize) {
    let parent = given.plan.nodes[n].parent;
    for node in &mut given.plan.nodes {
        if node.parent == Some(NodeIx(n as u32)) {
            node.parent = parent;
        }
    }
    given.plan.nodes.remove(n);
    let down = |ix: NodeIx| NodeIx(ix.0 - u32::from(ix.index() > n));
    for node in &mut given.plan.nodes {
        node.parent = node.parent.map(down);
    }
    given.plan.links.retain(|l| l.from.index() != n && l.to.index() != n);
    for link in &mut given.plan.links {
        (link.from, link.to) = (down(link.from), down(link.to));
    }
    let mut facts = Facts::none();
    facts.status_date = given.facts.status_date;
    for (ix, fact) in given.facts.iter() {
        if ix.index() != n {
            facts.set(down(ix), *fact);
        }
    }
    given.facts = facts;
}
