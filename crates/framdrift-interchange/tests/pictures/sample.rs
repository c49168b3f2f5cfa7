//! Charts to draw: a small building site that shows every sign, and generated ones that nobody should have to draw.

use framdrift_interchange::Chart;
use framdrift_interchange::chart::{Link, Row, Shape};
use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::period::Period;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, Lag, LinkKind, Mode, NodeIx, NodeKind, Projection, Span, TimeNode,
};
use framdrift_model::quantity::Units;
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, compute};
use proptest::prelude::*;

const DAY: i64 = 480;

pub(crate) fn at(month: u32, day: u32, hour: u32) -> Minute {
    Minute::of(2026, month, day, hour, 0).expect("a date")
}

/// The standard week, with Good Friday and Easter Monday 2026 off.
fn calendar() -> WorkCalendar {
    let day = vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)];
    let week = [day.clone(), day.clone(), day.clone(), day.clone(), day, vec![], vec![]];
    let off = [at(4, 3, 0), at(4, 6, 0)].map(|d| (d.day_and_minute().0, vec![]));
    WorkCalendar::new(week, off)
}

/// A summer house in two phases: fourteen things to do, with every kind of row and link, progress, and a deadline that is missed.
pub(crate) fn house() -> Chart {
    let mut plan = Projection::new(at(3, 2, 8));
    plan.calendars = vec![calendar()];
    let mut titles: Vec<&str> = Vec::new();
    let mut add = |title, parent: Option<NodeIx>, node: TimeNode| {
        titles.push(title);
        plan.add(TimeNode { parent, ..node })
    };
    let phase = |id: &str| TimeNode {
        kind: NodeKind::Phase,
        summary: true,
        ..TimeNode::milestone(id)
    };
    let work = |id: &str, days: i64| TimeNode::activity(id, Span::Work(days * DAY));
    let meeting = |id: &str| TimeNode {
        kind: NodeKind::Meeting,
        ..TimeNode::activity(id, Span::Work(120))
    };
    let gate = |id: &str| TimeNode {
        kind: NodeKind::Gate,
        ..TimeNode::milestone(id)
    };
    let by = |node: TimeNode, at| {
        let bound = Bound {
            kind: BoundKind::FinishNotAfter,
            at,
            origin: BoundOrigin::Deadline,
        };
        TimeNode {
            bounds: vec![bound],
            ..node
        }
    };
    let prepare = add("Förberedelser på Öland", None, phase("prepare"));
    let drawings = add("Rita och räkna", Some(prepare), work("drawings", 5));
    let permit = add(
        "Kommunens bygglov",
        Some(prepare),
        TimeNode::activity("permit", Span::Elapsed(10 * 1_440)),
    );
    let timber = add("Beställa virke & <skruv>", Some(prepare), work("timber", 2));
    let start_meeting = add("Startmöte", Some(prepare), meeting("start-meeting"));
    let go = add("Får vi börja?", Some(prepare), gate("go"));
    let build = add("Bygga", None, phase("build"));
    let ground = add(
        "Grund",
        Some(build),
        TimeNode {
            summary: true,
            ..TimeNode::milestone("ground")
        },
    );
    let dig = add("Gräva", Some(ground), work("dig", 3));
    let pour = add("Gjuta", Some(ground), work("pour", 2));
    let frame = add(
        "Resa stommen, med hjälp av grannarna och deras släktingar från Trøndelag",
        Some(build),
        work("frame", 6),
    );
    let roof = add("Tak", Some(build), by(work("roof", 4), at(4, 7, 17)));
    let paint = add("Måla", Some(build), work("paint", 3));
    let done = add("Klart", Some(build), TimeNode::milestone("done"));
    add(
        "Simbassäng",
        Some(build),
        TimeNode {
            mode: Mode::Inactive,
            ..work("pool", 9)
        },
    );
    let shed = add("Tömma boden", Some(build), work("shed", 2));
    let feast = add("Inflyttningsfest", None, work("feast", 1));

    use LinkKind::{FinishToFinish, FinishToStart, StartToFinish, StartToStart};
    for (from, to, kind, lag) in [
        (drawings, permit, FinishToStart, Lag::NONE),
        (drawings, timber, FinishToStart, Lag::Elapsed(2 * 1_440)),
        (permit, start_meeting, FinishToStart, Lag::NONE),
        (start_meeting, go, FinishToStart, Lag::NONE),
        (go, build, FinishToStart, Lag::NONE),
        (dig, pour, StartToStart, Lag::Work(DAY)),
        (ground, frame, FinishToStart, Lag::Work(2 * DAY)),
        (frame, roof, FinishToStart, Lag::Work(-DAY)),
        (roof, paint, FinishToFinish, Lag::Percent(50_000)),
        (paint, done, FinishToStart, Lag::NONE),
        (roof, done, FinishToStart, Lag::NONE),
        (timber, frame, FinishToStart, Lag::NONE),
        (done, feast, FinishToStart, Lag::Period(Period::days(7))),
        (roof, shed, StartToFinish, Lag::NONE),
    ] {
        plan.link(from, to, kind, lag);
    }
    let mut facts = Facts::none();
    facts.status_date = Some(at(3, 18, 17));
    facts.finish(drawings, at(3, 6, 17));
    facts.start(permit, at(3, 6, 17));
    facts.left(permit, 2 * 1_440);
    let network = Network::new(plan).expect("no ring");
    let schedule = compute(&network, &Facts::none()).expect("it has a start");
    Chart::new(&network, &schedule, Units::default(), |ix| {
        Some(titles[ix.index()].to_owned())
    })
    .titled("Sommarhuset på Öland")
    .with_facts(network.projection(), &facts)
}

/// Names that mean something to XML, Mermaid or Graphviz, that turn the direction of text, or that are no text at all.
pub(crate) const HOSTILE: [&str; 24] = [
    "",
    "   ",
    "<script>alert(1)</script>",
    "]]>&amp;&#0;<!--",
    "\"'`\\",
    "back\\slash\\",
    "\\n\\N\\G\\l",
    "two\nlines\r\nand\ttabs",
    "\u{0}\u{1}\u{7}\u{1b}[31m\u{7f}\u{85}",
    "\u{202e}drabkcab\u{2066}\u{feff}",
    "\u{fffe}\u{ffff}\u{1fffe}",
    "title of: it; all, #now",
    "Gantt",
    "section x",
    "click me call y()",
    "50% %% comment %%{init: {}}%%",
    "2026-03-02",
    "accTitle: x",
    "end",
    "é\u{301}\u{301}\u{301} åäö æøå ÅÄÖ ÆØÅ ß þ",
    "会議 Ωμέγα Привет 👩‍👩‍👧",
    "a very long name that goes on and on, far beyond any column, until nobody remembers how it began or what it was about",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftsvorstand",
    "{}[]|<>",
];

pub(crate) fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(&HOSTILE[..]).prop_map(str::to_owned),
        prop::collection::vec(any::<char>(), 0..40).prop_map(|c| c.into_iter().collect()),
        "[a-zåäö]{1,12}",
    ]
}

/// Instants near each other, or anywhere.
fn instants(far: bool) -> BoxedStrategy<Minute> {
    let from = at(3, 2, 8);
    if far {
        (Minute::MIN.get()..=Minute::MAX.get())
            .prop_map(Minute::clamped)
            .boxed()
    } else {
        (0..400 * 1_440_i64).prop_map(move |m| from.plus(m)).boxed()
    }
}

fn rows(far: bool) -> impl Strategy<Value = Row> {
    let shapes = prop::sample::select(vec![
        Shape::Work,
        Shape::Meeting,
        Shape::Milestone,
        Shape::Gate,
        Shape::Summary,
        Shape::Phase,
    ]);
    let dates = (
        instants(far),
        instants(far),
        instants(far),
        prop::option::of(instants(far)),
    );
    let flags = (any::<bool>(), any::<bool>(), prop::option::of(0..=1_200_u16));
    (
        names(),
        prop::option::of(names()),
        shapes,
        dates,
        flags,
        prop::option::of(0..60_usize),
        any::<i64>(),
    )
        .prop_map(
            |(id, title, shape, (start, finish, late, deadline), (critical, inactive, done), parent, float)| Row {
                title,
                shape,
                parent,
                late_finish: late,
                total_float: float,
                free_float: float / 2,
                deadline,
                critical,
                inactive,
                done,
                ..Row::new(id, start, finish)
            },
        )
}

pub(crate) fn lags() -> impl Strategy<Value = Lag> {
    prop_oneof![
        Just(Lag::NONE),
        any::<i64>().prop_map(Lag::Work),
        any::<i64>().prop_map(Lag::Elapsed),
        any::<i64>().prop_map(Lag::Percent),
        (0..100_000_u32).prop_map(|m| Lag::Period(Period::months(m))),
    ]
}

pub(crate) fn kinds() -> impl Strategy<Value = LinkKind> {
    prop::sample::select(vec![
        LinkKind::FinishToStart,
        LinkKind::StartToStart,
        LinkKind::FinishToFinish,
        LinkKind::StartToFinish,
    ])
}

fn links() -> impl Strategy<Value = Link> {
    (0..60_usize, 0..60_usize, kinds(), lags(), any::<bool>(), any::<bool>()).prop_map(
        |(from, to, kind, lag, driving, critical)| Link {
            from,
            to,
            kind,
            lag,
            driving,
            critical,
        },
    )
}

/// Charts made by hand by somebody who means no good: any dates, parents, links and names.
pub(crate) fn charts() -> impl Strategy<Value = Chart> {
    let of = |far: bool| {
        let parts = (
            names(),
            prop::collection::vec(rows(far), 0..40),
            prop::collection::vec(links(), 0..60),
            prop::option::of(instants(far)),
        );
        parts.prop_map(|(title, mut rows, links, status_date)| {
            let start = rows.iter().map(|r| r.start).min().unwrap_or(at(3, 2, 8));
            let finish = rows.iter().map(|r| r.finish).max().unwrap_or(start);
            for (n, row) in rows.iter_mut().enumerate() {
                // So that a test can tell rows apart.
                row.id = format!("r{n}x{}", row.id);
            }
            Chart {
                title,
                status_date,
                rows,
                links,
                ..Chart::empty(start, finish)
            }
        })
    };
    any::<bool>().prop_flat_map(of)
}

/// Charts of schedules that were really computed.
pub(crate) fn scheduled() -> impl Strategy<Value = Chart> {
    let nodes = prop::collection::vec((0..20_i64, 0..4_u8, prop::option::of(0..30_usize), names()), 1..30);
    let links = prop::collection::vec((0..30_usize, 0..30_usize, kinds(), -5..6_i64), 0..40);
    (nodes, links).prop_filter_map("links form a ring", |(nodes, links)| {
        let mut plan = Projection::new(at(3, 2, 8));
        let mut titles = Vec::new();
        for (n, (days, kind, parent, title)) in nodes.into_iter().enumerate() {
            let mut node = TimeNode::activity(format!("n{n}"), Span::Work(days * DAY));
            node.kind = [NodeKind::Activity, NodeKind::Gate, NodeKind::Meeting, NodeKind::Phase][usize::from(kind)];
            node.parent = parent.filter(|p| *p < n).map(|p| NodeIx(p as u32));
            if days == 7 {
                let bound = Bound {
                    kind: BoundKind::FinishNotAfter,
                    at: at(3, 10, 17),
                    origin: BoundOrigin::Deadline,
                };
                node.bounds.push(bound);
            }
            titles.push(title);
            plan.add(node);
        }
        for n in 0..plan.nodes.len() {
            plan.nodes[n].summary = plan.nodes.iter().any(|c| c.parent == Some(NodeIx(n as u32)));
        }
        for (from, to, kind, days) in links {
            if from.max(to) < plan.nodes.len() {
                plan.link(NodeIx(from as u32), NodeIx(to as u32), kind, Lag::Work(days * DAY));
            }
        }
        let network = Network::new(plan).ok()?;
        let schedule = compute(&network, &Facts::none()).ok()?;
        Some(Chart::new(&network, &schedule, Units::default(), |ix| {
            Some(titles[ix.index()].clone())
        }))
    })
}
