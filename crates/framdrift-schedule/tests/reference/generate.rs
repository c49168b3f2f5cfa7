//! Random plans: everything a projection can say, on few nodes.
//!
//! Strategies draw raw material, and [`Draft::build`] makes a well-formed plan of it: parents before children, links that
//! form no ring. A draft names nodes and calendars by number, and one that is missing is passed over: so a failing plan
//! shrinks node by node without the others changing places.

use std::fmt;

use framdrift_model::period::Period;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Lag, LinkKind, NodeIx, Projection, Span, TimeNode,
};
use framdrift_model::time::{DAY, Minute};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::calendar::{Hours, Naive, Stretch};
use super::schedule::{leaves_of, upwards};

/// A projection, with its calendars told twice: compiled in the projection, naive beside it.
pub(crate) struct Plan {
    pub(crate) projection: Projection,
    pub(crate) hours: Vec<Hours>,
    pub(crate) calendars: Vec<Naive>,
}

impl Plan {
    /// A plan of one calendar, without nodes.
    pub(crate) fn new(start: Minute, hours: Hours) -> Self {
        let mut plan = Self {
            projection: Projection::new(start),
            hours: Vec::new(),
            calendars: Vec::new(),
        };
        plan.projection.calendars.clear();
        plan.add_calendar(hours);
        plan
    }

    pub(crate) fn add_calendar(&mut self, hours: Hours) -> CalendarIx {
        self.calendars.push(Naive::new(&hours));
        let ix = self.projection.add_calendar(hours.compiled());
        self.hours.push(hours);
        ix
    }
}

/// Plans around an ordinary date.
pub(crate) fn plans() -> impl Strategy<Value = Plan> {
    // 2026-01-26 and the five weeks after it: a month's end, weekends, any minute.
    let first = 20_479 * DAY;
    plans_from(prop_oneof![
        4 => (0..35_i64, 0..48_i64).prop_map(move |(day, half_hour)| first + day * DAY + half_hour * 30),
        1 => (0..35 * DAY).prop_map(move |minutes| first + minutes),
    ])
}

/// Plans so close to an end of the span of dates that some of their dates lie beyond it.
pub(crate) fn plans_at_the_ends_of_time() -> impl Strategy<Value = Plan> {
    let (first, last) = (Minute::MIN.get(), Minute::MAX.get());
    plans_from(prop_oneof![
        1 => first..first + 8 * DAY,
        2 => last - 20 * DAY..=last,
    ])
}

const MOST_NODES: usize = 14;

fn plans_from(start: impl Strategy<Value = i64>) -> impl Strategy<Value = Plan> {
    let draft = (
        start,
        vec(hours(), 1..=4),
        vec(prop::option::weighted(0.8, node()), 1..=MOST_NODES),
        vec(link(), 0..=40),
        prop_oneof![Just(Order::AsDrawn), any::<u64>().prop_map(Order::Shuffled)],
    );
    draft.prop_map(|(start, hours, nodes, links, order)| {
        Draft {
            start,
            hours,
            nodes,
            links,
            order,
        }
        .build()
    })
}

// ---------------------------------------------------------------------------------------------------------------------
// Calendars.

fn hours() -> impl Strategy<Value = Hours> {
    let week = prop_oneof![
        4 => Just(Hours::standard()),
        2 => Just(Hours::always()),
        // Nights; a lunch of one minute; work that goes on past midnight into the weekend; one short shift a week.
        1 => Just(Hours::weekdays(&[(0, 6 * 60), (22 * 60, 1440)])),
        1 => Just(Hours::weekdays(&[(8 * 60, 12 * 60), (12 * 60 + 1, 17 * 60 + 13)])),
        1 => Just(Hours::daily(&[(0, 1), (1439, 1440)])),
        1 => Just(Hours {
            week: std::array::from_fn(|day| if day == 2 { vec![(9 * 60, 13 * 60)] } else { Vec::new() }),
            exceptions: Vec::new(),
        }),
        3 => (day(30), any::<[bool; 7]>()).prop_map(|(day, on)| Hours {
            week: std::array::from_fn(|weekday| if on[weekday] { day.clone() } else { Vec::new() }),
            exceptions: Vec::new(),
        }),
        1 => prop::array::uniform7(day(1)).prop_map(|week| Hours { week, exceptions: Vec::new() }),
    ];
    // Days are counted from the start when the plan is built.
    let exceptions = prop_oneof![
        2 => Just(Vec::new()),
        2 => vec((-3..20_i64, Just(Vec::new())), 1..4),
        2 => vec((-3..20_i64, day(30)), 1..5),
        1 => vec((-20..60_i64, prop_oneof![Just(vec![(0, 1440)]), day(1)]), 1..4),
    ];
    (week, exceptions).prop_map(|(mut hours, exceptions)| {
        if hours.week.iter().all(Vec::is_empty) {
            hours.week[0].push((8 * 60, 16 * 60));
        }
        hours.exceptions = exceptions;
        hours
    })
}

/// The stretches of a day, in order and apart, on minutes that `grain` divides; they may touch midnight.
fn day(grain: u16) -> impl Strategy<Value = Vec<Stretch>> {
    vec(0..=1440 / grain, 0..=6).prop_map(move |mut marks| {
        marks.sort_unstable();
        marks.dedup();
        marks
            .chunks_exact(2)
            .map(|pair| (pair[0] * grain, pair[1] * grain))
            .collect()
    })
}

// ---------------------------------------------------------------------------------------------------------------------
// Nodes and links.

#[derive(Clone, Debug)]
struct NodeDraft {
    summary: bool,
    /// The number of a summary that was drawn before it; of any other node, it has no parent.
    parent: Option<usize>,
    span: Span,
    calendar: usize,
    bounds: Vec<(BoundKind, i64)>,
    as_late_as_possible: bool,
    /// Leaves are ordered by this, then by where they stand in the tree; links follow the order.
    rank: u8,
}

fn node() -> impl Strategy<Value = NodeDraft> {
    let span = prop_oneof![
        4 => (1..=6_i64).prop_map(|n| Span::Work(n * 240)),
        3 => (1..=20_i64).prop_map(|n| Span::Work(n * 30)),
        2 => select(&[1, 7, 59, 61, 239, 241, 481][..]).prop_map(Span::Work),
        3 => Just(Span::Work(0)),
        2 => select(&[0, 1, 60, 90, 960, 1440, 4 * 1440][..]).prop_map(Span::Elapsed),
        1 => (0..5000_i64).prop_map(Span::Elapsed),
    ];
    let kind = select(
        &[
            BoundKind::StartNotBefore,
            BoundKind::FinishNotBefore,
            BoundKind::StartNotAfter,
            BoundKind::FinishNotAfter,
            BoundKind::MustStart,
            BoundKind::MustFinish,
        ][..],
    );
    let at = prop_oneof![
        3 => (-6..20_i64).prop_map(|half_days| half_days * 720),
        3 => (-100..480_i64).prop_map(|half_hours| half_hours * 30),
        1 => -3 * DAY..10 * DAY,
    ];
    (
        prop::bool::weighted(0.3),
        prop::option::weighted(0.8, 0..MOST_NODES / 2),
        span,
        0..4_usize,
        prop_oneof![3 => Just(Vec::new()), 1 => vec((kind, at), 1..=2)],
        prop::bool::weighted(0.2),
        prop_oneof![3 => Just(0), 1 => 0..4_u8],
    )
        .prop_map(
            |(summary, parent, span, calendar, bounds, as_late_as_possible, rank)| NodeDraft {
                summary,
                parent,
                span,
                calendar,
                bounds,
                as_late_as_possible,
                rank,
            },
        )
}

#[derive(Clone, Debug)]
struct LinkDraft {
    one: usize,
    other: usize,
    kind: LinkKind,
    lag: Lag,
}

fn link() -> impl Strategy<Value = LinkDraft> {
    let kind = prop_oneof![
        3 => Just(LinkKind::FinishToStart),
        2 => Just(LinkKind::StartToStart),
        2 => Just(LinkKind::FinishToFinish),
        2 => Just(LinkKind::StartToFinish),
    ];
    let minutes = || {
        prop_oneof![
            2 => (-40..=40_i64).prop_map(|n| n * 30),
            2 => (-4..=4_i64).prop_map(|n| n * 480),
            1 => -2000..=2000_i64,
            1 => -1..=1_i64,
        ]
    };
    let period = select(&["P1M", "P1D", "P14D", "P1W", "P1M1D", "P2M"][..]);
    let lag = prop_oneof![
        5 => Just(Lag::NONE),
        3 => minutes().prop_map(Lag::Work),
        2 => minutes().prop_map(Lag::Elapsed),
        2 => select(&[50_000, -50_000, 100_000, -100_000, 33_333, 150_000, 1, 0][..]).prop_map(Lag::Percent),
        1 => (-200_000..200_000_i64).prop_map(Lag::Percent),
        1 => period.prop_map(|text| Lag::Period(text.parse::<Period>().unwrap())),
    ];
    (0..MOST_NODES, 0..MOST_NODES, kind, lag).prop_map(|(one, other, kind, lag)| LinkDraft {
        one,
        other,
        // A period is only kept from a finish to a start.
        kind: if matches!(lag, Lag::Period(_)) {
            LinkKind::FinishToStart
        } else {
            kind
        },
        lag,
    })
}

// ---------------------------------------------------------------------------------------------------------------------
// From raw material to a plan.

/// The order that nodes and links stand in.
#[derive(Clone, Copy, Debug)]
enum Order {
    AsDrawn,
    Shuffled(u64),
}

struct Draft {
    start: i64,
    hours: Vec<Hours>,
    nodes: Vec<Option<NodeDraft>>,
    links: Vec<LinkDraft>,
    order: Order,
}

impl Draft {
    fn build(self) -> Plan {
        let start = Minute::clamped(self.start);
        let mut hours = self.hours.into_iter().map(|mut hours| {
            let (today, _) = start.day_and_minute();
            for (day, _) in &mut hours.exceptions {
                *day = Minute::clamped((today + *day) * DAY).day_and_minute().0;
            }
            // A day that was drawn twice has the hours that were drawn first.
            hours.exceptions.sort_by_key(|(day, _)| *day);
            hours.exceptions.dedup_by_key(|(day, _)| *day);
            hours
        });
        let mut plan = Plan::new(start, hours.next().expect("a draft has a calendar"));
        hours.for_each(|hours| {
            plan.add_calendar(hours);
        });

        // Where each node that was drawn comes to stand, and the rank of each node that stands.
        let parents = parents(&self.nodes);
        let mut place: Vec<Option<NodeIx>> = vec![None; self.nodes.len()];
        let mut ranks = Vec::new();
        for drawn in order_of_nodes(&self.nodes, &parents, self.order) {
            let draft = self.nodes[drawn].as_ref().expect("only what was drawn is placed");
            let mut node = TimeNode::activity(format!("n{drawn}"), draft.span);
            node.summary = draft.summary;
            node.parent = parents[drawn].and_then(|parent| place[parent]);
            node.calendar = CalendarIx(u32::try_from(draft.calendar % plan.calendars.len()).unwrap());
            node.as_late_as_possible = draft.as_late_as_possible;
            node.bounds = (0..)
                .zip(&draft.bounds)
                .map(|(entry, (kind, offset))| Bound {
                    kind: *kind,
                    at: start.plus(*offset),
                    origin: BoundOrigin::Constraint(entry),
                })
                .collect();
            place[drawn] = Some(plan.projection.add(node));
            ranks.push((draft.rank, path(&parents, drawn)));
        }

        let placed = |drawn: usize| place.get(drawn).copied().flatten();
        let mut links: Vec<(NodeIx, NodeIx, &LinkDraft)> = self
            .links
            .iter()
            .filter_map(|link| {
                let ends = (placed(link.one)?, placed(link.other)?);
                let (from, to) = oriented(&plan.projection.nodes, &ranks, ends)?;
                Some((from, to, link))
            })
            .collect();
        if let Order::Shuffled(seed) = self.order {
            let mut dice = Dice(seed);
            links.sort_by_cached_key(|_| dice.roll());
        }
        for (from, to, link) in links {
            plan.projection.link(from, to, link.kind, link.lag);
        }
        plan
    }
}

/// The parent of each node.
fn parents(nodes: &[Option<NodeDraft>]) -> Vec<Option<usize>> {
    let is_summary = |drawn: usize| nodes[drawn].as_ref().is_some_and(|node| node.summary);
    let parent = |(drawn, node): (usize, &Option<NodeDraft>)| {
        node.as_ref()?
            .parent
            .filter(|parent| *parent < drawn && is_summary(*parent))
    };
    nodes.iter().enumerate().map(parent).collect()
}

/// From the root down to the node: sorting by it walks the tree.
fn path(parents: &[Option<usize>], node: usize) -> Vec<usize> {
    let mut path: Vec<usize> = std::iter::successors(Some(node), |at| parents[*at]).collect();
    path.reverse();
    path
}

/// Any order in which parents stand before their children.
fn order_of_nodes(nodes: &[Option<NodeDraft>], parents: &[Option<usize>], order: Order) -> Vec<usize> {
    let mut waiting: Vec<usize> = (0..nodes.len()).filter(|drawn| nodes[*drawn].is_some()).collect();
    let Order::Shuffled(seed) = order else {
        return waiting;
    };
    let mut dice = Dice(seed);
    let mut placed = Vec::new();
    while !waiting.is_empty() {
        let ready: Vec<usize> = (0..waiting.len())
            .filter(|at| parents[waiting[*at]].is_none_or(|parent| placed.contains(&parent)))
            .collect();
        let chosen = ready[usize::try_from(dice.roll() % ready.len() as u64).unwrap()];
        placed.push(waiting.remove(chosen));
    }
    placed
}

/// The way round in which a link leads from lower ranks to higher ones, if either does. A link between a summary and what
/// belongs to it is kept as it is: it is to be ignored.
fn oriented(
    nodes: &[TimeNode],
    ranks: &[(u8, Vec<usize>)],
    (one, other): (NodeIx, NodeIx),
) -> Option<(NodeIx, NodeIx)> {
    let is_within = |a: NodeIx, b: NodeIx| upwards(nodes, a.index()).contains(&b.index());
    let ranks_of = |node: NodeIx| leaves_of(nodes, node.index()).into_iter().map(|leaf| &ranks[leaf]);
    let all_before = |a, b| ranks_of(a).max() < ranks_of(b).min();
    if one == other {
        None
    } else if is_within(one, other) || is_within(other, one) || all_before(one, other) {
        Some((one, other))
    } else if all_before(other, one) {
        Some((other, one))
    } else {
        None
    }
}

/// Numbers that follow from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// A plan, written out for a reader.

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Projection {
            start, nodes, links, ..
        } = &self.projection;
        writeln!(f, "start {}", start.expect("a plan has a start"))?;
        for (ix, hours) in self.hours.iter().enumerate() {
            writeln!(f, "  calendar {ix}: {hours:?}")?;
        }
        for (ix, node) in nodes.iter().enumerate() {
            write!(f, "  {ix:>2}: ")?;
            if node.summary {
                write!(f, "summary")?;
            } else {
                write!(f, "{:?}", node.span)?;
            }
            write!(f, " on calendar {}", node.calendar.0)?;
            if let Some(parent) = node.parent {
                write!(f, ", part of {}", parent.0)?;
            }
            for bound in &node.bounds {
                write!(f, ", {:?} {}", bound.kind, bound.at)?;
            }
            if node.as_late_as_possible {
                write!(f, ", as late as possible")?;
            }
            writeln!(f)?;
        }
        for link in links {
            writeln!(f, "  {} -> {} {:?} {:?}", link.from.0, link.to.0, link.kind, link.lag)?;
        }
        Ok(())
    }
}
