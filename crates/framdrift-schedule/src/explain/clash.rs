//! What cannot be kept, and what makes it impossible: for each cap that is missed, a smallest set of a floor, links and durations.

use std::collections::BTreeMap;

use framdrift_model::projection::{LinkIx, NodeIx, Span};
use framdrift_model::time::Minute;

use super::Cause;
use super::by_rules::End;
use super::chain::{Ask, Chains};
use super::strain::{self, Knot, Strain};
use super::towards::is_cap;
use crate::network::Network;
use crate::ruled::clock;
use crate::ruled::net::Bounding;
use crate::ruled::{Heard, asked};
use crate::schedule::Schedule;

/// A cap that is missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cap {
    /// The date by which all must be finished.
    Finish,
    /// A deadline, the end of a window, a planned date, a constraint.
    Bound {
        /// The node that states it.
        node: NodeIx,
        /// Its position in the bounds of that node.
        index: u32,
    },
    /// The dates that were typed in for a node: what it follows is not over by then, or what belongs to it is not.
    Typed(NodeIx),
}

/// Something that cannot be kept, with what makes it impossible.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clash {
    /// What cannot be kept.
    pub cap: Cap,
    /// Its date.
    pub at: Minute,
    /// Whether it bounds a start; else a finish.
    pub of_start: bool,
    /// The leaf that misses it last.
    pub node: NodeIx,
    /// When that would start or finish by what it waits for.
    pub date: Minute,
    /// Minutes by which it is missed, counted as the leaf's floats are: by the clock where it runs by the clock. Positive.
    pub late: i64,
    /// The chain that makes it impossible, from the first leaf to the one that misses the cap.
    pub chain: Vec<ClashStep>,
    /// How many leaves stand before the chain on the way to its floor, and are not needed for the clash.
    pub spared: usize,
    /// The links that are broken because the cap is kept in spite of them; none where the links are kept.
    pub broken: Vec<LinkIx>,
    /// Whether nothing of the set can be left out: it is as small as can be. Only chains of many thousand leaves are not always
    /// made so.
    pub minimal: bool,
}

/// A leaf of a clash, with what of it belongs to the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClashStep {
    /// The leaf.
    pub node: NodeIx,
    /// What it hangs on: for the first one the floor, the start of the programme, a bound, a recorded date; then the link from
    /// the leaf before.
    pub why: Cause,
    /// Whether the set needs its duration. Else it would clash even if this took no time.
    pub duration: bool,
    /// How long it takes from where it is put: of what has started, what is left.
    pub takes: Span,
    /// Whether the set needs its delay.
    pub delay: bool,
}

/// What cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clashes {
    /// The clashes: what is missed by the longest time first, nights and weekends included, then in document order.
    pub clashes: Vec<Clash>,
    /// How many there are besides, for which no set was made.
    pub left_out: usize,
}

/// How many leaves are looked at for all the sets of one answer, at most: the last one begun is finished.
pub(super) const MOST_VISITS: usize = 20_000_000;

/// Finds every cap that cannot be kept, and for each a smallest set of what makes it impossible: a floor, a chain of links, and
/// the durations along it that it takes.
///
/// A cap is a deadline, the end of a window, a planned date or another bound on late dates, the date by which the programme must
/// be finished, or dates that were typed in; of a summary's cap the leaf counts that misses it last. The set is found on the
/// chain of drivers: the part of it nearest to the cap that the floor alone makes clash, then without durations that are not
/// needed, the shortest left out first. A plan of nothing but the set still clashes, and no longer does once anything of it is
/// gone: a minimal unsatisfiable subset (the deletion filter of J. Chinneck and E. Dravnieks, *Locating Minimal Infeasible
/// Constraint Sets in Linear Programs*, ORSA Journal on Computing 3, 1991). Lags belong to their links, levelling delays are
/// told by themselves.
///
/// Where dates that must be kept break links, the links that were broken are named.
///
/// At most `most` sets are made, of what is missed by most.
///
/// # Panics
/// When the schedule is of another network.
///
/// # Complexity
/// O(*n* + *m*) to find what is missed. Each set: the links to its chain, and for a chain of *l* leaves of which *k* durations
/// are needed O(*k* · *l* log *l*) steps, but no more than 20 million for all sets together.
///
/// # Example
/// ```
/// use framdrift_model::facts::Facts;
/// use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Lag, LinkKind, Projection, Span, TimeNode};
/// use framdrift_model::time::Minute;
/// use framdrift_schedule::explain::{Cap, Cause, clashes};
/// use framdrift_schedule::{Network, compute};
///
/// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
/// let walls = plan.add(TimeNode::activity("walls", Span::Work(5 * 480)));
/// let sweep = plan.add(TimeNode::activity("sweep", Span::Work(60)));
/// let mut roof = TimeNode::activity("roof", Span::Work(2 * 480));
/// let at = Minute::of(2026, 3, 6, 17, 0).unwrap();
/// roof.bounds.push(Bound { kind: BoundKind::FinishNotAfter, at, origin: BoundOrigin::Deadline });
/// let roof = plan.add(roof);
/// plan.link(walls, sweep, LinkKind::FinishToStart, Lag::NONE);
/// plan.link(sweep, roof, LinkKind::FinishToStart, Lag::NONE);
///
/// let network = Network::new(plan).unwrap();
/// let schedule = compute(&network, &Facts::none()).unwrap();
/// let found = clashes(&network, &schedule, 10).clashes;
/// assert_eq!((found[0].cap, found[0].late), (Cap::Bound { node: roof, index: 0 }, 2 * 480 + 60));
/// let needed: Vec<_> = found[0].chain.iter().map(|step| (step.node, step.duration)).collect();
/// assert_eq!(needed, [(walls, true), (sweep, false), (roof, true)]);
/// assert_eq!(found[0].chain[0].why, Cause::ProgrammeStart);
/// ```
#[must_use]
pub fn clashes(network: &Network, schedule: &Schedule, most: usize) -> Clashes {
    let ruled = super::by_rules(network, schedule);
    let mut chains = Chains::new(network, &ruled);
    let mut missed = missed(&mut chains);
    missed.sort_by_key(|miss| (miss.at - miss.date, miss.cap));
    let (mut clashes, mut visits) = (Vec::new(), 0);
    let mut left_out = missed.len().saturating_sub(most);
    for miss in missed.into_iter().take(most) {
        if visits > MOST_VISITS {
            left_out += 1;
            continue;
        }
        clashes.push(explain(&mut chains, miss, &mut visits));
    }
    Clashes { clashes, left_out }
}

/// A cap that a leaf misses.
#[derive(Clone, Debug)]
pub(super) struct Miss {
    pub(super) cap: Cap,
    /// The place of the leaf.
    pub(super) v: usize,
    pub(super) at: i64,
    pub(super) of_start: bool,
    pub(super) date: i64,
    pub(super) late: i64,
    /// The demand that the chain ends with, where a leaf stands elsewhere.
    pub(super) asked: Option<Ask>,
    pub(super) broken: Vec<LinkIx>,
}

/// Every cap that is missed, with the leaf that misses it last: what several miss is counted in the units of each.
fn missed(chains: &mut Chains<'_>) -> Vec<Miss> {
    let mut worst: BTreeMap<Cap, Miss> = BTreeMap::new();
    let leaves: Vec<usize> = chains.given.net.leaves().map(|(v, _)| v).collect();
    for v in leaves {
        for miss in missed_by(chains, v) {
            let known = worst.get(&miss.cap);
            let node = |miss: &Miss| chains.given.place(miss.v).node;
            let turn = |miss: &Miss| (-miss.date, -miss.late, node(miss));
            if known.is_none_or(|known| turn(&miss) < turn(known)) {
                worst.insert(miss.cap, miss);
            }
        }
    }
    worst.into_values().collect()
}

/// What one leaf misses.
fn missed_by(chains: &mut Chains<'_>, v: usize) -> Vec<Miss> {
    let mut found = Vec::new();
    let (state, node) = (&chains.ruled.state, chains.given.place(v).node);
    if chains.given.is_typed(v) {
        let at = state.es[v];
        let asks = chains.links_into(v);
        found.extend(pinned(chains, v, &asks, Cap::Typed(node), (at, true)));
        return found;
    }
    let (heard, placed) = chains.ruled.demands(&chains.given, v);
    // Where its links alone would put it, if a date that is kept holds it.
    let held = match placed.fixed[0] {
        Some(Heard::Bound(bound)) if !heard.is_empty() => Some(bound),
        _ => None,
    };
    let given = &chains.given;
    let (start, finish) = match (given.started(v), given.finished(v)) {
        (started, Some(finished)) => (started.unwrap_or(finished), finished),
        (started, None) => (started.unwrap_or(state.es[v]), state.ef[v]),
    };
    let late = |at: i64, date: i64| match date > at {
        true => clock::minutes(clock::gap(given.calendar(v), state.span[v], at, date)),
        false => 0,
    };
    let mut miss = |cap: Cap, at: i64, of_start: bool| {
        let date = if of_start { start } else { finish };
        let late = late(at, date);
        found.extend((late > 0).then(|| Miss {
            cap,
            v,
            at,
            of_start,
            date,
            late,
            asked: None,
            broken: Vec::new(),
        }));
    };
    let cap = |bound: &Bounding| Cap::Bound {
        node: bound.holder,
        index: bound.index,
    };
    for bound in given.net.bounds(v).iter().filter(|b| is_cap(given.rules, b.kind)) {
        let kept = held.is_some_and(|held| (held.holder, held.index) == (bound.holder, bound.index));
        if !kept {
            miss(cap(bound), bound.at, strain::is_of_start(bound.kind));
        }
    }
    if let Some(at) = given.projection.finish {
        miss(Cap::Finish, clock::ticks(at), false);
    }
    for summary in given.typed_above(v) {
        miss(Cap::Typed(summary), given.typed_dates(summary).1, false);
    }
    if let Some(bound) = held {
        let asks = chains.by_links(v, &heard, 2);
        let at = (bound.at, strain::is_of_start(bound.kind));
        found.extend(pinned(chains, v, &asks, cap(&bound), at));
    }
    found
}

/// What a leaf misses that stands where it must, whatever asks for more.
fn pinned(chains: &Chains<'_>, v: usize, asks: &[Ask], cap: Cap, (at, of_start): (i64, bool)) -> Option<Miss> {
    let (given, state) = (&chains.given, &chains.ruled.state);
    let gap = |from, to| clock::gap(given.calendar(v), state.span[v], from, to);
    let over = |ask: &&Ask| ask.at > state.es[v] && gap(state.es[v], ask.at) > 0;
    let asks: Vec<&Ask> = asks.iter().filter(over).collect();
    let first = **asks.iter().min_by_key(|ask| ask.order())?;
    let (start, finish) = asked::stands(given, v, state.span[v], first.at);
    let date = if of_start { start } else { finish };
    let late = clock::minutes(gap(at, date));
    let links = asks.iter().filter_map(|ask| match ask.cause {
        Cause::Link { link, .. } => Some(link),
        _ => None,
    });
    let mut broken: Vec<LinkIx> = links.collect();
    broken.sort_unstable();
    broken.dedup();
    (late > 0).then_some(Miss {
        cap,
        v,
        at,
        of_start,
        date,
        late,
        asked: Some(first),
        broken,
    })
}

/// The chain of drivers back from a miss, and the smallest set on it.
fn explain(chains: &mut Chains<'_>, miss: Miss, visits: &mut usize) -> Clash {
    let mut knots = Vec::new();
    let mut left = if miss.of_start { End::Start } else { End::Finish };
    let mut v = miss.v;
    let mut next = miss.asked;
    if chains.given.finished(v).is_some() || miss.of_start && chains.given.started(v).is_some() {
        left = End::Recorded;
    }
    loop {
        let ask = match next.take() {
            Some(ask) => ask,
            None => chains.asks(v, left, 1)[0],
        };
        knots.push(Knot { v, ask, left });
        *visits += 1;
        let Some((_, from, end)) = ask.from else { break };
        (v, left) = (from, end);
    }
    knots.reverse();
    let strain = Strain {
        given: &chains.given,
        state: &chains.ruled.state,
        cap: (miss.at, miss.of_start),
        knots: &knots,
    };
    let set = strain.smallest(visits);
    let given = &chains.given;
    let node = |v: usize| given.place(v).node;
    let steps = knots[set.first..].iter().enumerate().map(|(n, knot)| ClashStep {
        node: node(knot.v),
        why: match n {
            // The floor of the whole chain is what its last part hangs on, too.
            0 => knots[0].ask.cause,
            _ => knot.ask.cause,
        },
        duration: set.durations[set.first + n],
        takes: clock::whole(chains.ruled.state.span[knot.v]),
        delay: set.delays[set.first + n],
    });
    Clash {
        cap: miss.cap,
        at: clock::minute(miss.at),
        of_start: miss.of_start,
        node: node(miss.v),
        date: clock::minute(miss.date),
        late: miss.late,
        chain: steps.collect(),
        spared: set.first,
        broken: miss.broken,
        minimal: set.minimal,
    }
}
