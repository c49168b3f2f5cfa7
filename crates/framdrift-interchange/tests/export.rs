//! What is written as MSPDI reads back as the same plan.

use std::collections::BTreeMap;
use std::path::Path;

use framdrift_interchange::limits::Limits;
use framdrift_interchange::loss::LossKind;
use framdrift_interchange::mspdi;
use framdrift_model::CheckedFacts;
use framdrift_model::document::{
    ActivityDoc, AsapDoc, CalendarDoc, ConstraintDoc, DatedDoc, ExceptionDoc, FactDoc, FactsDoc, LinkDoc, ManualDoc,
    ProgrammeDoc, SchedulingDoc, WeekDoc,
};
use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeLink, TimeNode};
use framdrift_model::rules::{Precedence, Profile};
use framdrift_model::time::Minute;
use framdrift_model::{Programme, facts::Facts};
use framdrift_schedule::{Dates, Network, Schedule, compute};
use framdrift_source::document::SourceText;
use framdrift_source::limits::Limits as TextLimits;
use proptest::prelude::*;

/// A plan, as a host has it.
struct Plan {
    programme: Programme,
    network: Network,
    facts: Facts,
    schedule: Schedule,
}

fn plan(document: ProgrammeDoc, facts: &FactsDoc) -> Option<Plan> {
    let programme = document.validate().unwrap_or_else(|r| panic!("{:#?}", r.diagnostics));
    let CheckedFacts { facts, diagnostics, .. } = facts.check(&programme, &programme.projection());
    assert_eq!(diagnostics.errors(), 0, "{diagnostics:#?}");
    let network = Network::new(programme.projection()).ok()?;
    let schedule = compute(&network, &facts).ok()?;
    Some(Plan {
        programme,
        network,
        facts,
        schedule,
    })
}

impl Plan {
    fn write(&self) -> mspdi::Exported {
        mspdi::write(&mspdi::Export {
            programme: &self.programme,
            projection: self.network.projection(),
            schedule: Some(&self.schedule),
            facts: &self.facts,
        })
    }

    fn projection(&self) -> &Projection {
        self.network.projection()
    }
}

fn again(text: &str) -> Plan {
    let read = mspdi::read(text.as_bytes(), &Limits::default()).unwrap_or_else(|e| panic!("{e}\n{text}"));
    let bad = [
        LossKind::Dropped,
        LossKind::Changed,
        LossKind::Unreadable,
        LossKind::Unknown,
    ];
    let lost: Vec<_> = read
        .loss
        .entries()
        .iter()
        .filter(|loss| bad.contains(&loss.kind))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    plan(read.document, &read.facts).expect("no ring has come in")
}

// ---- random plans that the format can say

#[derive(Clone, Debug)]
struct Task {
    /// Tasks before it that stay open around it.
    level: usize,
    tenths: i64,
    elapsed: bool,
    calendar: usize,
    constraint: u8,
    date: i64,
    deadline: Option<i64>,
    mode: u8,
    delay: i64,
    started: Option<(i64, i64, u8)>,
    links: Vec<(usize, usize, i64, u8)>,
}

fn task() -> impl Strategy<Value = Task> {
    let constraint = prop_oneof![4 => Just(0_u8), 2 => 1..=7_u8];
    let link = (0..12_usize, 0..4_usize, -3_000..6_000_i64, 0..5_u8);
    (
        (0..4_usize, 0..40_000_i64, prop::bool::weighted(0.1), 0..4_usize),
        (constraint, 0..60_i64, prop::option::weighted(0.2, 5..90_i64), 0..12_u8),
        prop_oneof![5 => Just(0_i64), 1 => 0..5_000_i64],
        prop::option::weighted(0.25, (0..10_i64, 0..2_000_i64, 0..4_u8)),
        prop::collection::vec(link, 0..3),
    )
        .prop_map(
            |((level, tenths, elapsed, calendar), (constraint, date, deadline, mode), delay, started, links)| Task {
                level,
                tenths,
                elapsed,
                calendar,
                constraint,
                date,
                deadline,
                mode,
                delay,
                started,
                links,
            },
        )
}

fn date(days: i64) -> framdrift_model::date::Date {
    // Hours in and out of working time.
    let at = Minute::of(2026, 3, 2, 0, 0)
        .unwrap()
        .plus(days * 1_440 + days * 37 % 1_440);
    at.to_string().parse().unwrap()
}

fn calendars() -> Vec<CalendarDoc> {
    let hours = |list: &[&str]| Some(list.iter().map(|h| h.parse().unwrap()).collect());
    let mut office = CalendarDoc::new("c1");
    let mut week = WeekDoc::new();
    week.monday = hours(&["08:00-12:00", "13:00-17:00"]);
    week.tuesday = week.monday.clone();
    week.thursday = hours(&["07:30-12:00"]);
    week.friday = week.monday.clone();
    office.week = Some(week);
    office.exceptions.push(ExceptionDoc::new(
        "2026-03-09/2026-03-12"
            .parse::<framdrift_model::date::Window>()
            .unwrap(),
    ));
    let mut child = CalendarDoc::new("c2");
    child.parent = Some("c1".into());
    let mut saturday = ExceptionDoc::new("2026-03-14".parse::<framdrift_model::date::Window>().unwrap());
    saturday.hours = vec!["10:00-11:15".parse().unwrap(), "22:00-24:00".parse().unwrap()];
    child.exceptions.push(saturday);
    let mut night = CalendarDoc::new("c3");
    let mut week = WeekDoc::new();
    week.monday = hours(&["22:00-24:00"]);
    week.tuesday = hours(&["00:00-06:00", "22:00-24:00"]);
    week.wednesday = hours(&["00:00-24:00"]);
    night.week = Some(week);
    vec![office, child, night]
}

fn document(tasks: &[Task], links_give_way: bool) -> (ProgrammeDoc, FactsDoc) {
    let mut document = ProgrammeDoc::new("plan");
    document.start = Some("2026-03-02T08:00".parse().unwrap());
    document.calendars = calendars();
    let mut scheduling = SchedulingDoc::new();
    scheduling.profile = Some(Profile::MsProject);
    if links_give_way {
        scheduling.precedence = Some(Precedence::Links);
    }
    document.scheduling = Some(scheduling);
    let mut facts = FactsDoc::new();
    facts.status_date = Some("2026-03-06T17:00".parse().unwrap());
    // Open summaries: the position and whether it has become one.
    let mut parents: Vec<Option<usize>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        open.truncate(task.level);
        parents.push(open.last().copied());
        open.push(at);
    }
    let summary = |at: usize| parents.contains(&Some(at));
    let holds = |above: usize, at: usize| std::iter::successors(Some(at), |at| parents[*at]).any(|up| up == above);
    for (at, task) in tasks.iter().enumerate() {
        let mut activity = ActivityDoc::new(format!("t{}", at + 1));
        activity.uid = Some(u32::try_from(at + 1).unwrap().into());
        activity.title = Some(format!("<{at}> & \"å\"").into());
        activity.part_of = parents[at].map(|up| format!("t{}", up + 1).into());
        if task.calendar > 0 {
            activity.calendar = Some(format!("c{}", task.calendar).into());
        }
        let manual = task.mode == 1;
        if manual {
            activity.manual = Some(ManualDoc::new(date(task.date), date(task.date + task.tenths % 9)));
        }
        if task.mode == 2 {
            activity.inactive = Some(true);
        }
        if !summary(at) && !manual {
            let unit = if task.elapsed { "em" } else { "m" };
            activity.duration = Some(
                format!("{}.{}{unit}", task.tenths / 10, task.tenths % 10)
                    .parse()
                    .unwrap(),
            );
            if task.delay > 0 {
                activity.delay = Some(format!("{}em", task.delay).parse().unwrap());
            }
        }
        let dated = || DatedDoc::new(date(task.date));
        let constraint = match task.constraint {
            4 => Some(ConstraintDoc::StartNoEarlierThan(dated())),
            7 => Some(ConstraintDoc::FinishNoLaterThan(dated())),
            _ if summary(at) => None,
            1 => Some(ConstraintDoc::AsLateAsPossible(AsapDoc::new())),
            2 => Some(ConstraintDoc::MustStartOn(dated())),
            3 => Some(ConstraintDoc::MustFinishOn(dated())),
            5 => Some(ConstraintDoc::StartNoLaterThan(dated())),
            6 => Some(ConstraintDoc::FinishNoEarlierThan(dated())),
            _ => None,
        };
        activity.constraints.extend(constraint);
        activity.deadline = task.deadline.map(date);
        for (from, kind, lag, unit) in &task.links {
            let from = from % tasks.len();
            // Forward only, so that there are no rings.
            if from >= at || holds(from, at) {
                continue;
            }
            let mut link = LinkDoc::new(format!("t{}", from + 1));
            link.kind = Some(LinkKind::ALL[*kind]);
            link.lag = match unit {
                0 => None,
                1 => Some(format!("{lag}m")),
                2 => Some(format!("{}.{}h", lag / 10, lag.abs() % 10)),
                3 => Some(format!("{lag}em")),
                _ => Some(format!("{}%", lag / 10)),
            }
            .map(|text| text.parse().unwrap());
            activity.after.push(link);
        }
        if let Some((day, left, how)) = task.started
            && !summary(at)
        {
            let mut fact = FactDoc::new(activity.id.as_str());
            fact.started = Some(date(day));
            match how {
                0 => fact.finished = Some(date(day + 2)),
                1 if !task.elapsed || manual => fact.remaining = Some(format!("{left}m").parse().unwrap()),
                2 => {
                    fact.remaining = Some(
                        format!("{left}{}", if task.elapsed && !manual { "em" } else { "m" })
                            .parse()
                            .unwrap(),
                    );
                    fact.suspended = Some(date(day + 1));
                    fact.resumed = Some(date(day + 9));
                }
                _ => {}
            }
            facts.facts.push(fact);
        }
        document.activities.push(activity);
    }
    (document, facts)
}

/// What a node is, but for where in its file it comes from. A calendar is told by its hours.
fn seen(projection: &Projection, node: &TimeNode) -> String {
    let mut bounds: Vec<_> = node.bounds.iter().map(|bound| (bound.kind, bound.at)).collect();
    bounds.sort();
    let calendar = &projection.calendars[node.calendar.index()];
    let from = Minute::of(2026, 3, 2, 0, 0).unwrap().day_and_minute().0;
    let hours: Vec<_> = (from..from + 30).map(|day| calendar.hours_on(day).to_vec()).collect();
    let parent = node.parent.map(|up| &projection.nodes[up.index()].id);
    let span = if node.summary { Span::Work(0) } else { node.span };
    let tenths = if node.summary { 0 } else { node.tenths };
    format!(
        "{} {parent:?} {} {span:?} {tenths} {bounds:?} {} {:?} {} {hours:?}",
        node.id, node.summary, node.as_late_as_possible, node.mode, node.delay
    )
}

fn links(projection: &Projection) -> Vec<String> {
    let id = |ix: framdrift_model::projection::NodeIx| &projection.nodes[ix.index()].id;
    // No lag is no lag, whatever it is counted in.
    let lag = |link: &TimeLink| match link.lag {
        Lag::Work(0) | Lag::Elapsed(0) | Lag::Percent(0) if link.tenths == 0 => Lag::NONE,
        lag => lag,
    };
    let told = |link: &TimeLink| {
        let (from, to) = (id(link.from), id(link.to));
        format!("{from} {to} {:?} {:?} {}", link.kind, lag(link), link.tenths)
    };
    let mut links: Vec<String> = projection.links.iter().map(told).collect();
    links.sort();
    links
}

fn dates(plan: &Plan) -> BTreeMap<String, Dates> {
    let nodes = &plan.projection().nodes;
    plan.schedule
        .iter()
        .map(|(ix, dates)| (nodes[ix.index()].id.to_string(), dates))
        .collect()
}

proptest! {
    #![proptest_config(crate::cases(300))]

    #[test]
    fn a_plan_comes_back_as_it_was(tasks in prop::collection::vec(task(), 1..12), links_give_way in any::<bool>()) {
        let (document, facts) = document(&tasks, links_give_way);
        let Some(before) = plan(document, &facts) else { return Ok(()) };
        let exported = before.write();
        let after = again(&exported.text);
        let (a, b) = (before.projection(), after.projection());
        for (mine, theirs) in a.nodes.iter().zip(&b.nodes) {
            prop_assert_eq!(seen(a, mine), seen(b, theirs));
        }
        prop_assert_eq!(a.nodes.len(), b.nodes.len());
        prop_assert_eq!(links(a), links(b));
        prop_assert_eq!(&a.rules, &b.rules);
        prop_assert_eq!(before.facts.status_date, after.facts.status_date);
        for (ix, fact) in before.facts.iter() {
            let back = after.facts.of(ix).copied().unwrap_or_default();
            prop_assert_eq!(*fact, back);
        }
        prop_assert_eq!(dates(&before), dates(&after), "{}", exported.text);
        // Writing what was read gives the same text, but for the names of calendars, and tenths of minutes that are left.
        let text = after.write().text;
        prop_assert_eq!(lasting(&exported.text).len(), lasting(&text).len());
        for (mine, theirs) in lasting(&exported.text).iter().zip(lasting(&text)) {
            prop_assert_eq!(*mine, theirs);
        }
    }
}

fn lasting(text: &str) -> Vec<&str> {
    let passing = [
        "<LagFormat>",
        "<Name>",
        "<Title>",
        "<PercentComplete>",
        "<ActualDuration>",
        "<RemainingDuration>",
    ];
    let lasts = |line: &&str| !passing.iter().any(|tag| line.contains(tag));
    text.lines().filter(lasts).collect()
}

#[test]
fn what_the_format_cannot_say_is_told() {
    let text = "
framdrift: 1
id: plan
start: 2026-03-02
finish: 2026-12-01
scheduling: {critical-limit: 3h, float: finish, lag-calendar: project}
calendars:
- {id: office, week: {mon: [\"08:00-12:00\"]}, holidays: [SE]}
roles: [{id: lead}]
phases: [{id: design}]
gates: [{id: go, phase: design, after: [sketch], planned: 2026-05-04}]
activities:
- {id: sketch, phase: design, duration: 2d, responsible: lead, window: 2026-03}
- {id: order, duration: 1d, before: [{to: build, lead-time: P3M}]}
- {id: build, duration: 5d, constraints: [{kind: start-no-earlier-than, date: 2026-04-01}, {kind: finish-no-later-than, date: 2026-09-01}, {kind: start-no-later-than, date: 2026-08-01}]}
- {id: watch, level-of-effort: true, after: [sketch]}
- {id: short, duration: 1d, after: [{from: order, lag: 12.345%}], constraints: [{kind: expected-finish, date: 2026-05-01}]}
meetings:
- {id: kick-off, planned: 2026-03-02T09:00, agenda: [{id: one, duration: 30m}]}
";
    let mut source = SourceText::open(text.as_bytes(), None, &TextLimits::default());
    let document: ProgrammeDoc = source.take_document().unwrap();
    assert_eq!(source.errors(), 0, "{:?}", source.diagnostics());
    let plan = plan(document, &FactsDoc::new()).unwrap();
    let exported = plan.write();
    let told = exported.loss.to_string();
    for expected in [
        "lead-time: a lead time by the calendar becomes a lag of the elapsed days that it is now",
        "window: a window becomes a constraint and a deadline",
        "constraint finish-no-later-than: a task has one constraint; this one becomes its deadline",
        "constraint: a task has one constraint; this one is left out",
        "constraint expected-finish: the format has no such constraint",
        "level-of-effort: a level of effort becomes a manual task",
        "lag: shares are whole per cent",
        "scheduling/critical-limit: ",
        "scheduling/float: a rule that the format has no words for",
        "scheduling/lag-calendar: a rule",
        "scheduling/profile: the tool computes dates by rules of its own",
        "finish: that all of it must be finished by a date has no place in the format",
        "calendar/holidays: public holidays are written day by day, from 2025 to ",
        "a gate becomes a milestone",
        "a phase becomes a summary",
        "a meeting becomes a task",
        "roles ×1",
        "responsible ×1",
        "agenda ×1",
    ] {
        assert!(told.contains(expected), "{expected}:\n{told}");
    }
    // Easter Monday is free; the days of Easter on which nobody works anyway need not be said.
    assert!(exported.text.contains("<FromDate>2026-04-06T00:00:00</FromDate>"));
    assert!(!exported.text.contains("<FromDate>2026-04-03T00:00:00</FromDate>"));
    let read = mspdi::read(exported.text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(read.document.activities.len(), plan.projection().nodes.len());
    assert!(read.document.validate().is_ok());
}

#[test]
fn the_examples_can_be_handed_over() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/programmes");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        let mut source = SourceText::open(&bytes, None, &TextLimits::default());
        let document: ProgrammeDoc = source.take_document().unwrap();
        let Some(before) = plan(document, &FactsDoc::new()) else {
            continue;
        };
        let exported = before.write();
        let read = mspdi::read(exported.text.as_bytes(), &Limits::default()).unwrap();
        let after = plan(read.document, &read.facts).unwrap();
        let nodes = before.projection().nodes.len();
        assert_eq!(after.projection().nodes.len(), nodes, "{}", path.display());
        assert_eq!(
            after.projection().links.len(),
            before.projection().links.len(),
            "{}",
            path.display()
        );
        // No lead time is shorter by the calendar of another tool.
        assert!(
            !before
                .projection()
                .links
                .iter()
                .any(|l| matches!(l.lag, Lag::Period(_)))
                || exported.loss.bears_on_dates()
        );
        count += 1;
    }
    assert!(count >= 5, "{count}");
}
