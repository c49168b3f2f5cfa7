//! Short ways to write plans and dates.

use framdrift_model::facts::Facts;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, Lag, LinkIx, LinkKind, NodeIx, Projection, Span, TimeNode,
};
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, Schedule, compute};

/// A working day.
pub(crate) const DAY: i64 = 480;
pub(crate) const HOUR: i64 = 60;

pub(crate) use LinkKind::{FinishToFinish as FF, FinishToStart as FS, StartToFinish as SF, StartToStart as SS};

/// `"2026-03-02T08:00"`.
pub(crate) fn at(text: &str) -> Minute {
    let number = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap();
    let year = number(0..4).try_into().unwrap();
    Minute::of(year, number(5..7), number(8..10), number(11..13), number(14..16)).unwrap()
}

/// A plan that starts on Monday 2 March 2026, 08:00, on the standard week.
pub(crate) fn plan() -> Projection {
    Projection::new(at("2026-03-02T08:00"))
}

pub(crate) fn work(plan: &mut Projection, id: &str, minutes: i64) -> NodeIx {
    plan.add(TimeNode::activity(id, Span::Work(minutes)))
}

pub(crate) fn elapsed(plan: &mut Projection, id: &str, minutes: i64) -> NodeIx {
    plan.add(TimeNode::activity(id, Span::Elapsed(minutes)))
}

pub(crate) fn summary(plan: &mut Projection, id: &str, parent: Option<NodeIx>) -> NodeIx {
    let mut node = TimeNode::milestone(id);
    node.summary = true;
    node.parent = parent;
    plan.add(node)
}

pub(crate) fn child(plan: &mut Projection, parent: NodeIx, id: &str, minutes: i64) -> NodeIx {
    let node = work(plan, id, minutes);
    plan.nodes[node.index()].parent = Some(parent);
    node
}

pub(crate) fn after(plan: &mut Projection, from: NodeIx, to: NodeIx) -> LinkIx {
    plan.link(from, to, FS, Lag::NONE)
}

pub(crate) fn bound(plan: &mut Projection, node: NodeIx, kind: BoundKind, date: &str) {
    plan.nodes[node.index()].bounds.push(Bound {
        kind,
        at: at(date),
        origin: BoundOrigin::Constraint(0),
    });
}

pub(crate) fn solve(plan: &Projection) -> (Network, Schedule) {
    let network = Network::new(plan.clone()).unwrap();
    let schedule = compute(&network, &Facts::none()).unwrap();
    (network, schedule)
}

/// Early dates as `start finish`.
pub(crate) fn early(schedule: &Schedule, node: NodeIx) -> String {
    let dates = schedule.dates(node);
    format!("{} {}", dates.early_start, dates.early_finish)
}

/// Late dates as `start finish`.
pub(crate) fn late(schedule: &Schedule, node: NodeIx) -> String {
    let dates = schedule.dates(node);
    format!("{} {}", dates.late_start, dates.late_finish)
}

/// Total and free float.
pub(crate) fn floats(schedule: &Schedule, node: NodeIx) -> (i64, i64) {
    let dates = schedule.dates(node);
    (dates.total_float, dates.free_float)
}

/// The seed of random plans: the same ones every time, other ones with `FRAMDRIFT_SEED`.
pub(crate) fn seed() -> proptest::test_runner::RngSeed {
    let asked = std::env::var("FRAMDRIFT_SEED").ok().and_then(|seed| seed.parse().ok());
    proptest::test_runner::RngSeed::Fixed(asked.unwrap_or(0x6672_616d))
}
