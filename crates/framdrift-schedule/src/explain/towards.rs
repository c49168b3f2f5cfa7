//! Float towards one thing at a time: a deadline, another cap, a gate, the finish; as if nothing else were promised.

use std::collections::BTreeMap;

use framdrift_model::projection::{BoundKind, Counts, NodeIx, NodeKind};
use framdrift_model::rules::Rules;
use framdrift_model::time::Minute;

use crate::arcs::Tie;
use crate::network::Network;
use crate::ruled::clock::{self, NO_CAP};
use crate::ruled::net::Role;
use crate::ruled::{self, Caps, Given, Ruled, State, float};
use crate::schedule::Schedule;

/// What float is measured towards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The finish of the programme: the date by which all must be finished where there is one, else the latest early finish.
    Finish,
    /// A node, where it stands: float until its early finish moves.
    Node(NodeIx),
    /// A bound that caps late dates: a deadline, the end of a window, a planned date, a constraint.
    Bound {
        /// The node that states it.
        node: NodeIx,
        /// Its position in the bounds of that node.
        index: u32,
    },
}

/// The float of a node towards one target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Towards {
    /// What it leads to.
    pub target: Target,
    /// The date there.
    pub date: Minute,
    /// Minutes, counted as the node's floats are, by which it can move before that date is missed; negative where it is.
    pub float: i64,
}

/// The floats of a node towards everything that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Floats {
    /// The node.
    pub node: NodeIx,
    /// Least float first; among equals the first date.
    pub towards: Vec<Towards>,
    /// How many targets were left out because measuring them all takes too long.
    pub left_out: usize,
}

/// How many places are visited for one question about all targets of a node, at most: the last target begun is finished.
const MOST_VISITS: usize = 50_000_000;

/// Measures the float of a node towards each cap and each gate that it leads to, one at a time: all other caps and the finish of
/// the programme are ignored. The node's own caps count; so does the date by which all must be finished, where there is one, and
/// without one the latest early finish where that is what the node's total float counts to.
///
/// The float is what the rules would give if that target alone were to be kept. For a summary it is the least of its leaves, each
/// counted as the summary's floats are. What is finished has none.
///
/// # Panics
/// When the node is not in the network, or the schedule is of another one.
///
/// # Complexity
/// O(*n* + *m*), and for each target the links between the node and it; after 50 million of them the targets that stand last
/// are left out and counted.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Lag, LinkKind, NodeKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::{Target, floats};
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let dig = plan.add(TimeNode::activity("dig", Span::Work(3 * 480)));
/// let mut pour = TimeNode::activity("pour", Span::Work(480));
/// let at = Minute::of(2026, 3, 4, 17, 0).unwrap();
/// pour.bounds.push(Bound { kind: BoundKind::FinishNotAfter, at, origin: BoundOrigin::Deadline });
/// let pour = plan.add(pour);
/// let wait = plan.add(TimeNode::activity("wait", Span::Work(5 * 480)));
/// let mut go = TimeNode::milestone("go");
/// go.kind = NodeKind::Gate;
/// let go = plan.add(go);
/// plan.link(dig, pour, LinkKind::FinishToStart, Lag::NONE);
/// plan.link(dig, go, LinkKind::FinishToStart, Lag::NONE);
/// plan.link(wait, go, LinkKind::FinishToStart, Lag::NONE);
///
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// let found = floats(&network, &schedule, dig).towards;
/// assert_eq!((found[0].target, found[0].float), (Target::Bound { node: pour, index: 0 }, -480));
/// assert_eq!((found[1].target, found[1].float), (Target::Node(go), 2 * 480));
/// ```
#[must_use]
pub fn floats(network: &Network, schedule: &Schedule, node: NodeIx) -> Floats {
    let ruled = super::by_rules(network, schedule);
    let given = ruled.given(network);
    let from = places(network, node);
    let alone = network.ruled().place(node).is_some();
    let reach = reach(&given, &from);
    let targets = targets(network, &given, &ruled, &reach, node);
    let mut measure = Measure::new(network, &ruled);
    let counts = given.projection.counts_of(node);
    let (mut towards, mut left_out, mut visits) = (Vec::new(), 0, 0);
    for (target, ends) in targets {
        if visits > MOST_VISITS {
            left_out += 1;
            continue;
        }
        let Some((date, asked)) = asked_of(network, &given, &ruled, target) else {
            continue;
        };
        let last = ends.iter().copied().max().unwrap_or(0);
        let walk = &reach[..reach.partition_point(|v| *v <= last)];
        visits += walk.len();
        measure.walk(walk, target, asked, &ends);
        let of = |v: &usize| match alone {
            true => measure.float(*v),
            false => measure.float_of_part(*v, node, counts),
        };
        let least = from.iter().filter_map(of).min();
        // A finish that nobody asks for is named where it is what the float counts to.
        let is_asked = target != Target::Finish || given.projection.finish.is_some();
        let is_end = |v: &usize| {
            let total = schedule.dates(given.place(*v).node).total_float;
            measure.float(*v) == Some(total) && of(v) == least
        };
        let named = least.filter(|_| is_asked || from.iter().any(is_end));
        towards.extend(named.map(|float| Towards { target, date, float }));
        measure.forget(walk);
    }
    towards.sort_by_key(|towards| (towards.float, towards.date, towards.target));
    Floats {
        node,
        towards,
        left_out,
    }
}

/// Measures the float of every leaf that leads to a target towards that alone: all caps but the target are ignored. In document
/// order; what does not lead there, or is finished, is left out. Towards a bound of a summary: of the leaves that it caps and
/// what leads to them.
///
/// # Panics
/// When the target is not in the network, or the schedule is of another one.
///
/// # Complexity
/// O(*n* + *m*).
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::{Target, floats_towards};
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let dig = plan.add(TimeNode::activity("dig", Span::Work(480)));
/// let pour = plan.add(TimeNode::activity("pour", Span::Work(480)));
/// let rest = plan.add(TimeNode::activity("rest", Span::Work(9 * 480)));
/// plan.link(dig, pour, LinkKind::FinishToStart, Lag::NONE);
///
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// assert_eq!(schedule.dates(dig).total_float, 7 * 480);
/// assert_eq!(floats_towards(&network, &schedule, Target::Node(pour)), [(dig, 0), (pour, 0)]);
/// ```
#[must_use]
pub fn floats_towards(network: &Network, schedule: &Schedule, target: Target) -> Vec<(NodeIx, i64)> {
    let ruled = super::by_rules(network, schedule);
    let given = ruled.given(network);
    let ends: Vec<usize> = match target {
        Target::Finish => given.net.leaves().map(|(v, _)| v).collect(),
        Target::Node(node) => places(network, node),
        Target::Bound { node, .. } => places(network, node),
    };
    let Some((_, asked)) = asked_of(network, &given, &ruled, target) else {
        return Vec::new();
    };
    let last = ends.iter().copied().max().map_or(0, |last| last + 1);
    let walk: Vec<usize> = (0..last).collect();
    let mut measure = Measure::new(network, &ruled);
    measure.walk(&walk, target, asked, &ends);
    let leaves = given.net.leaves().take_while(|(v, _)| *v < last);
    let found = leaves.filter_map(|(v, place)| Some((place.node, measure.float(v)?)));
    let mut found: Vec<(NodeIx, i64)> = found.collect();
    found.sort_unstable();
    found
}

/// The place of a node, or those of the leaves of a summary.
fn places(network: &Network, node: NodeIx) -> Vec<usize> {
    let net = network.ruled();
    match net.place(node) {
        Some(place) => vec![place],
        None => network.tree.leaves(node).filter_map(|leaf| net.place(leaf)).collect(),
    }
}

/// The date of a target, and the finish that it asks of its ends; none where a bound asks by itself. `None` where a target is no
/// cap or has no place.
fn asked_of(network: &Network, given: &Given<'_>, ruled: &Ruled, target: Target) -> Option<(Minute, Option<i64>)> {
    Some(match target {
        Target::Finish => (clock::minute(ruled.origin), Some(ruled.origin)),
        Target::Node(node) => {
            let finishes = places(network, node).into_iter().map(|v| ruled.state.early(given, v).1);
            let last = finishes.max()?;
            (clock::minute(last), Some(last))
        }
        Target::Bound { node, index } => {
            let bound = network.node(node).bounds.get(index as usize)?;
            is_cap(given.rules, bound.kind).then_some((bound.at, None))?
        }
    })
}

/// Whether a bound caps late dates.
pub(super) fn is_cap(rules: &Rules, kind: BoundKind) -> bool {
    use BoundKind::{ExternalFinish, FinishNotAfter, MustFinish, MustStart, StartNotAfter};
    match kind {
        StartNotAfter | FinishNotAfter | MustStart | MustFinish => true,
        ExternalFinish => rules.external_dates,
        _ => false,
    }
}

/// Every place that some places lead to, themselves among them, in topological order.
fn reach(given: &Given<'_>, from: &[usize]) -> Vec<usize> {
    let mut reached = vec![false; given.net.len()];
    let first = from.iter().copied().min().unwrap_or(0);
    for v in from {
        reached[*v] = true;
    }
    for v in first..given.net.len() {
        if reached[v] {
            for arc in given.net.out_of(v) {
                reached[given.arc(arc).to as usize] = true;
            }
        }
    }
    (first..given.net.len()).filter(|v| reached[*v]).collect()
}

/// The targets among places, with the places that they bound: those that stand first come first.
fn targets(
    network: &Network,
    given: &Given<'_>,
    ruled: &Ruled,
    reach: &[usize],
    node: NodeIx,
) -> Vec<(Target, Vec<usize>)> {
    let mut found: Vec<(Target, Vec<usize>)> = Vec::new();
    let mut known: BTreeMap<Target, usize> = BTreeMap::new();
    let mut add = |target, v| {
        let at = *known.entry(target).or_insert_with(|| {
            found.push((target, Vec::new()));
            found.len() - 1
        });
        found[at].1.push(v);
    };
    for v in reach.iter().copied().filter(|v| given.place(*v).role == Role::Leaf) {
        let place = given.place(v);
        if network.node(place.node).kind == NodeKind::Gate && place.node != node && given.finished(v).is_none() {
            add(Target::Node(place.node), v);
        }
        for bound in given.net.bounds(v) {
            if is_cap(given.rules, bound.kind) {
                let (node, index) = (bound.holder, bound.index);
                add(Target::Bound { node, index }, v);
            }
        }
        if given
            .projection
            .finish
            .is_none_or(|at| clock::ticks(at) == ruled.origin)
        {
            add(Target::Finish, v);
        }
    }
    found
}

/// Late dates by one target alone.
pub(super) struct Measure<'a> {
    given: Given<'a>,
    rules: Rules,
    state: State,
    /// Whether a place leads to the target.
    leads: Vec<bool>,
    /// The finish that the target asks of a place; else no cap.
    origins: Vec<i64>,
}

impl<'a> Measure<'a> {
    pub(super) fn new(network: &'a Network, ruled: &'a Ruled) -> Self {
        let given = ruled.given(network);
        // Nothing but the target ends any float.
        let mut rules = given.rules.clone();
        rules.multiple_critical_paths = false;
        rules.open_ends_critical = false;
        let mut measure = Self {
            state: ruled.state.clone(),
            leads: vec![false; given.net.len()],
            origins: vec![NO_CAP; given.net.len()],
            rules,
            given,
        };
        let all: Vec<usize> = (0..measure.leads.len()).collect();
        measure.forget(&all);
        measure
    }

    /// Goes back over places in topological order. `asked` is the finish that the target asks of its ends, where it is no bound.
    pub(super) fn walk(&mut self, places: &[usize], target: Target, asked: Option<i64>, ends: &[usize]) {
        let caps = match target {
            Target::Bound { node, index } => Caps::One(node, index),
            Target::Finish | Target::Node(_) => Caps::None,
        };
        for end in ends {
            self.origins[*end] = asked.unwrap_or(NO_CAP);
        }
        let given = self.given.with(&self.rules, caps);
        for &v in places.iter().rev() {
            let mut bounded = false;
            ruled::step_back(&given, &mut self.state, v, self.origins[v], &mut |demand| {
                bounded |= demand.at != NO_CAP;
            });
            self.leads[v] = match given.place(v).role {
                Role::Leaf => bounded,
                Role::Entry | Role::Exit | Role::Hold => self.state.ls[v] != NO_CAP || self.state.lf[v] != NO_CAP,
            };
            if !self.leads[v] {
                clear(&mut self.state, v);
            }
        }
        for end in ends {
            self.origins[*end] = NO_CAP;
        }
    }

    pub(super) fn forget(&mut self, places: &[usize]) {
        for v in places {
            clear(&mut self.state, *v);
            self.leads[*v] = false;
        }
    }

    /// Where a leaf finishes, as float towards it is measured.
    pub(super) fn stands(&self, v: usize) -> i64 {
        self.state.early(&self.given, v).1
    }

    /// The places of a chain of leaves, each linked to the next, with the entries and exits that its links lead through, in
    /// topological order.
    pub(super) fn between(&self, chain: &[usize]) -> Vec<usize> {
        let net = self.given.net;
        let mut places = chain.to_vec();
        for v in chain {
            // An exit leads to no more than one exit, an entry comes from no more than one.
            let mut out = *v;
            while let Some(arc) = net.out_of(out).find(|arc| self.given.arc(*arc).tie == Tie::Gather) {
                out = self.given.arc(arc).to as usize;
                places.push(out);
            }
            let mut into = *v;
            while let Some(arc) = net.into(into).find(|arc| self.given.arc(*arc).tie == Tie::HandOn) {
                into = self.given.arc(arc).from as usize;
                places.push(into);
            }
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The float of a leaf that leads to the target and is not finished.
    pub(super) fn float(&self, v: usize) -> Option<i64> {
        let given = self.open(v)?;
        Some(clock::minutes(float::total(&given, &self.state, v)))
    }

    /// The same for a leaf that belongs to a summary, counted as the floats of the summary are.
    fn float_of_part(&self, v: usize, summary: NodeIx, counts: Counts) -> Option<i64> {
        let given = self.open(v)?;
        let projection = given.projection;
        let calendar = &projection.calendars[projection.nodes[summary.index()].calendar.index()];
        let gap = |from: i64, to: i64| match counts {
            Counts::WorkingTime => clock::between(calendar, from, to),
            Counts::Clock => to - from,
        };
        let (start, finish) = self.state.early(&given, v);
        let late_start = self.state.shown[v].map_or(self.state.ls[v], |(start, _)| start);
        let at_finish = gap(finish, self.state.float_finish[v]);
        let ticks = match given.started(v).is_some() && !given.is_typed(v) {
            // A start that has happened does not slip.
            true => at_finish,
            false => float::of_kind(&given, gap(start, late_start), at_finish),
        };
        Some(clock::minutes(ticks))
    }

    /// What the float of a leaf is measured by; none where it does not lead to the target, or is finished.
    fn open(&self, v: usize) -> Option<Given<'_>> {
        let given = self.given.with(&self.rules, Caps::None);
        (self.leads[v] && given.finished(v).is_none()).then_some(given)
    }
}

/// Makes a place bound nothing.
fn clear(state: &mut State, v: usize) {
    (state.ls[v], state.lf[v]) = (NO_CAP, NO_CAP);
    state.binds[v] = false;
}
