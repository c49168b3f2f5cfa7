//! Late dates are the latest that move nothing: what moves by its total float moves no cap and no finish, and what moves by
//! one minute more does.

mod caps;
mod exempt;
mod generate;
mod network;
pub(crate) mod shrink;

use std::collections::BTreeMap;

use framdrift_model::facts::Fact;
use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, NodeIx};
use framdrift_model::rules::{Direction, FloatKind, LateKind, Profile};
use framdrift_model::time::Minute;
use framdrift_schedule::Schedule;

use crate::verify::generate::Given;
use caps::{Caps, is_started, standing};
use generate::{Plans, giving_way, schedule};
use network::{distance, is_leaf, later};

/// What was done with activities, and how often.
#[derive(Default)]
struct Counts {
    /// Every activity once: what kept it from being moved, or that it was.
    fates: BTreeMap<&'static str, usize>,
    /// Of those that were moved by their float, what kept them from being moved by a minute more, or that they were.
    more: BTreeMap<&'static str, usize>,
}

const MOVED: &str = "moved, and nothing else is";
const MOVED_MORE: &str = "moved by a minute more, and something is";
const NEGATIVE: &str = "negative float: what cannot be kept is already passed";

/// What is wrong with an activity.
#[derive(Clone, Debug)]
#[expect(dead_code, reason = "printed where the test fails")]
struct Fault {
    node: usize,
    kind: &'static str,
    by: i64,
    says: String,
}

/// The time by which an activity can be moved, counted from its dates.
fn room(given: &Given, found: &Schedule, n: usize) -> i64 {
    let Given { plan, facts } = given;
    let dates = found.dates(NodeIx(n as u32));
    let (start, finish) = standing(plan, facts, found, n);
    let at_finish = distance(plan, n, finish, dates.late_finish);
    match plan.rules.profile {
        Profile::Framdrift if is_started(facts, n) => at_finish,
        // A late finish is not shown before the early one.
        Profile::MsProject if is_started(facts, n) => dates.total_float,
        _ => at_finish.min(distance(plan, n, start, dates.late_start)),
    }
}

/// The plan with an activity moved later by some time.
fn moved(given: &Given, (start, finish): network::Standing, n: usize, by: i64, programme: Minute) -> Given {
    let mut other = given.clone();
    let Given { plan, facts } = given;
    let ix = NodeIx(n as u32);
    let from = |at: Minute| later(plan, n, at, by);
    let floor = |kind, at| Bound {
        kind,
        at,
        origin: BoundOrigin::Constraint(98),
    };
    // What is counted back from the finish stays where that put its start.
    other.plan.rules.direction = Direction::FromStart;
    other.plan.start = Some(programme);
    let node = &mut other.plan.nodes[n];
    node.delay = 0;
    if is_started(facts, n) {
        let fact: &mut Fact = other.facts.entry(ix);
        match plan.rules.profile {
            Profile::Framdrift => fact.resumed = Some(from(start)),
            // It lasts from its actual start on; only its finish moves.
            Profile::MsProject => node.bounds.push(floor(BoundKind::FinishNotBefore, from(finish))),
            Profile::P6 => {
                fact.suspended = fact.started;
                fact.resumed = Some(from(start));
            }
        }
        return other;
    }
    node.as_late_as_possible = false;
    node.bounds.push(floor(BoundKind::StartNotBefore, from(start)));
    other
}

/// What is wrong with the floats of a plan. Counts what was looked at, and what was not.
fn faults(given: &Given, counts: &mut Counts) -> Vec<Fault> {
    let Given { plan, facts } = given;
    let found = schedule(given);
    let caps = Caps::of(given, &found);
    let before = caps.passed(given, &found);
    let yielding = giving_way(given, &found);
    let found_yielding = schedule(&yielding);
    let before_yielding = caps.passed(&yielding, &found_yielding);
    let leaves: Vec<usize> = (0..plan.nodes.len()).filter(|n| is_leaf(plan, *n)).collect();
    let same = |n: usize| {
        let free = network::is_late(plan, n) && network::late_kind(plan) == LateKind::FreeFloat;
        free || standing(plan, facts, &found, n) == standing(&yielding.plan, facts, &found_yielding, n)
    };
    let now = caps
        .holders()
        .into_iter()
        .zip(&before_yielding)
        .filter(|(_, by)| **by > 0);
    let passed: Vec<usize> = now.map(|(holder, _)| holder).collect();
    let gives_way = leaves.iter().all(|n| same(*n));
    let grain = i64::from(has_tenths(given));
    let mut list = Vec::new();
    if let Some(why) = exempt::of_late(given, &found) {
        *counts.fates.entry(why).or_default() += leaves.len();
        return list;
    }
    let Counts { fates, more } = counts;
    let mut count = |what| *fates.entry(what).or_default() += 1;
    let mut count_more = |what| *more.entry(what).or_default() += 1;
    for n in leaves {
        if let Some(why) = exempt::of_all(given, n) {
            count(why);
            continue;
        }
        let dates = found.dates(NodeIx(n as u32));
        let mut fault = |kind, by, says: String| {
            list.push(Fault {
                node: n,
                kind,
                by,
                says,
            });
        };
        let room = room(given, &found, n);
        let stands = standing(plan, facts, &found, n);
        let late_already = dates.early_start > stands.0 || dates.early_finish > stands.1;
        if dates.total_float < 0 || room < 0 || late_already {
            let reached = network::reached(plan, n);
            let late = caps.late_by_the_clock(given, &found);
            let passed = late.iter().any(|holder| reached[*holder]) || passed.iter().any(|holder| reached[*holder]);
            // A cap that is passed by parts of a minute shows no miss.
            let known = !gives_way
                || grain != 0
                || late_already
                || exempt::differs(plan, n)
                || exempt::actual_dates_follow(given, &reached)
                || exempt::of_tools(given, &reached).is_some()
                || exempt::started_follows(given, &reached)
                || exempt::typed_holds(plan, &reached)
                || exempt::typed_follows(&yielding.plan, &reached);
            if !known && !passed {
                fault("negative", dates.total_float, "no cap is passed".into());
            }
            count(NEGATIVE);
            continue;
        }
        if gives_way && !is_started(facts, n) && grain == 0 {
            // Counted back, what stands at its late dates has the float by which it could start earlier.
            let (start, finish) = match network::counts_back(plan) {
                true => (dates.early_start, dates.early_finish),
                false => stands,
            };
            let at_start = distance(plan, n, start, dates.late_start);
            let at_finish = distance(plan, n, finish, dates.late_finish);
            let float = match plan.rules.float {
                FloatKind::Start => at_start,
                FloatKind::Finish => at_finish,
                FloatKind::Smaller => at_start.min(at_finish),
            };
            if dates.total_float != float {
                fault(
                    "distance",
                    0,
                    format!("float {} but {float} between dates", dates.total_float),
                );
            }
        }
        let reached = network::reached(plan, n);
        if let Some(why) = exempt::of_ms_project(given, n).or_else(|| exempt::of_tools(given, &reached)) {
            count(why);
            continue;
        }
        if exempt::interrupted_follows(given, &reached) {
            count("p6: interrupted work is in two pieces");
            continue;
        }
        if room < grain {
            count("ms project: less room than dates are rounded by");
            continue;
        }
        let room = room - grain;
        let mut plans = Vec::new();
        if !exempt::expected_follows(plan, &reached) && !exempt::pulled_by_p6(plan) {
            plans.push((given, &caps, &before));
        }
        if gives_way && !exempt::expected_follows(&yielding.plan, &reached) && !exempt::typed_leads(plan, &reached) {
            plans.push((&yielding, &caps, &before_yielding));
        }
        for (plan, caps, before) in plans {
            let now = moved(plan, stands, n, room, found.start());
            let after = caps.passed(&now, &schedule(&now));
            if let Some(at) = (0..after.len()).find(|at| after[*at] > before[*at] + grain) {
                let holder = caps.holders()[at];
                fault("moves", room, format!("{} passed by {} ({holder:?})", at, after[at]));
                break;
            }
        }
        count(MOVED);
        if exempt::is_held(plan, &found, n) {
            count_more("p6: a link holds the finish");
            continue;
        }
        if let Some(why) = exempt::of_more(given, &yielding.plan, &found, &passed, n, gives_way) {
            count_more(why);
            continue;
        }
        let by = room + 1 + 2 * grain;
        let moves = |by: i64| {
            let now = moved(&yielding, stands, n, by, found.start());
            let after = caps.passed(&now, &schedule(&now));
            (0..after.len()).any(|at| after[at] > before_yielding[at])
        };
        // Where dates hide parts of minutes, they may hide on which side of a gap something stands.
        if !moves(by) && (grain == 0 || !moves(by + 4 * 1_440)) {
            fault("stays", by, "nothing moves".into());
        }
        count_more(MOVED_MORE);
    }
    list
}

/// Whether there are parts of minutes, which dates do not show.
fn has_tenths(given: &Given) -> bool {
    let Given { plan, .. } = given;
    plan.rules.profile == Profile::MsProject
        && (plan.nodes.iter().any(|n| n.tenths != 0) || plan.links.iter().any(|l| l.tenths != 0))
}

fn cases(usual: usize) -> usize {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    wanted.unwrap_or(usual)
}

fn told(given: &Given) -> String {
    use std::fmt::Write;
    let Given { plan, facts } = given;
    let found = schedule(given);
    let mut out = String::new();
    let usual = framdrift_model::rules::Rules::of(plan.rules.profile);
    let _ = writeln!(
        out,
        "start {} finish {:?} → {}",
        plan.start.unwrap(),
        plan.finish.map(|f| f.to_string()),
        found.finish()
    );
    if plan.rules != usual {
        let _ = writeln!(out, "{:?}", plan.rules);
    } else {
        let _ = writeln!(out, "{:?}", plan.rules.profile);
    }
    for (n, node) in plan.nodes.iter().enumerate() {
        let _ = write!(out, "  {n}: {:?} cal {}", node.span, node.calendar.0);
        if node.summary {
            let _ = write!(out, " SUMMARY");
        }
        if let Some(p) = node.parent {
            let _ = write!(out, " in {}", p.0);
        }
        if let Some(w) = node.work_calendar {
            let _ = write!(out, " hours {}", w.0);
        }
        if node.delay != 0 {
            let _ = write!(out, " delay {}", node.delay);
        }
        if node.as_late_as_possible {
            let _ = write!(out, " ALAP");
        }
        if node.mode != framdrift_model::projection::Mode::Computed {
            let _ = write!(out, " {:?}", node.mode);
        }
        if let Some(m) = node.milestone {
            let _ = write!(out, " {m:?}");
        }
        if node.tenths != 0 {
            let _ = write!(out, " tenths {}", node.tenths);
        }
        for b in &node.bounds {
            let _ = write!(out, " {:?} {} {:?}", b.kind, b.at, b.origin);
        }
        if let Some(f) = facts.of(NodeIx(n as u32)) {
            let _ = write!(out, " {f:?}");
        }
        let d = found.dates(NodeIx(n as u32));
        let _ = writeln!(
            out,
            "\n      E {} {}  L {} {}  tf {} ff {} @ {} {}",
            d.early_start, d.early_finish, d.late_start, d.late_finish, d.total_float, d.free_float, d.start, d.finish
        );
    }
    for l in &plan.links {
        let _ = writeln!(
            out,
            "  {} -> {} {:?} {:?} {}",
            l.from.0, l.to.0, l.kind, l.lag, l.tenths
        );
    }
    if let Some(s) = facts.status_date {
        let _ = writeln!(out, "  status {s}");
    }
    for (c, cal) in plan.calendars.iter().enumerate() {
        let day = plan.start.unwrap().day_and_minute().0;
        let hours: Vec<_> = (0..8).map(|d| cal.hours_on(day + d).to_vec()).collect();
        let _ = writeln!(out, "  cal {c}: {hours:?}");
    }
    out
}

/// Counts how many activities were moved; at least a third of all that there were must have been.
#[expect(
    clippy::print_stdout,
    reason = "the long run shows how many were moved, and what was not"
)]
fn holds(profile: Profile) {
    let mut plans = Plans::new(profile);
    let mut counts = Counts::default();
    let drawn = cases(150);
    for _ in 0..drawn {
        let given = plans.next();
        if faults(&given, &mut counts).is_empty() {
            continue;
        }
        let small = shrink::shrink(&given, |given| !faults(given, &mut Counts::default()).is_empty());
        let list = faults(&small, &mut Counts::default());
        panic!("{list:#?}\n{}", told(&small));
    }
    let Counts { fates, more } = counts;
    let all: usize = fates.values().sum();
    println!("{profile:?}: {drawn} plans, {all} activities");
    fates.iter().for_each(|(what, often)| println!("  {often:>7} {what}"));
    println!("  and of those moved");
    more.iter().for_each(|(what, often)| println!("  {often:>7} {what}"));
    let of = |list: &BTreeMap<&str, usize>, what| list.get(what).copied().unwrap_or_default();
    let (moved, more) = (of(&fates, MOVED), of(&more, MOVED_MORE));
    assert!(
        moved * 4 >= all && more * 8 >= all,
        "too few are moved: {moved} and {more} of {all}"
    );
}

#[test]
fn float_is_the_latest_that_moves_nothing_by_own_rules() {
    holds(Profile::Framdrift);
}

#[test]
fn float_is_the_latest_that_moves_nothing_by_the_rules_of_ms_project() {
    holds(Profile::MsProject);
}

#[test]
fn float_is_the_latest_that_moves_nothing_by_the_rules_of_p6() {
    holds(Profile::P6);
}
