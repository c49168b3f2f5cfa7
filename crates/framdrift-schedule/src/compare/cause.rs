//! From a date that moved to the change that moved it.

use std::collections::{HashMap, HashSet};

use framdrift_model::projection::{Lag, LinkIx, LinkKind, Mode, NodeIx};

use super::changes::{Found, Key};
use super::matching::Pairs;
use super::{Aspect, Computed, Moved, Why};
use crate::explain::{Cause, Drive, driver};
use crate::schedule::Side;

/// How many pairs of leaves links between summaries may stand for, for drivers to be asked.
const MOST_PAIRS: u64 = 20_000_000;
/// Tells each date that moved what moved it.
pub(super) fn attribute(
    earlier: &Computed<'_>,
    later: &Computed<'_>,
    pairs: &Pairs,
    found: &Found,
    moves: &mut [Moved],
) {
    if found.is_empty() {
        return;
    }
    let mut search = Search::new(earlier, later, pairs, found);
    for moved in moves {
        for side in Side::ALL {
            if moved.before.on(side) != moved.after.on(side) {
                moved.why[side as usize] = Some(search.why(State::Date(moved.node, side, false)));
            }
        }
        moved.recorded = found.aspect(moved.node, Aspect::Fact);
    }
}

/// A date: of a node of the later network, or the programme's finish. Where a leaf is put off as late as possible, `true` means the
/// date it could have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum State {
    Date(NodeIx, Side, bool),
    Finish,
}

/// What a date that moved follows from.
#[derive(Clone, Copy, Debug)]
pub(super) enum Next {
    Change(usize),
    Date(State),
}

/// What stands behind a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behind {
    /// The early date of a predecessor, before it is put off.
    Predecessor,
    /// The early date of a successor, which holds what is as late as possible.
    Holder,
    /// The late date of a successor.
    Successor,
}

/// Which of the two plans: the earlier or the later.
pub(super) type Which = usize;
pub(super) const EARLIER: Which = 0;
pub(super) const LATER: Which = 1;

pub(super) struct Search<'a> {
    pub(super) two: [&'a Computed<'a>; 2],
    pub(super) pairs: &'a Pairs,
    pub(super) found: &'a Found,
    known: HashMap<State, Why>,
    /// Whether drivers can be asked for: of early dates, of late dates.
    asks: [bool; 2],
    /// Links by the node they lead to and by the node they come from, of each plan; made when first needed.
    pub(super) links: [Option<[Vec<Vec<LinkIx>>; 2]>; 2],
}

impl<'a> Search<'a> {
    fn new(earlier: &'a Computed<'a>, later: &'a Computed<'a>, pairs: &'a Pairs, found: &'a Found) -> Self {
        let two = [earlier, later];
        let cost = two.map(pairs_of_leaves);
        let cheap = |late: usize| cost.iter().all(|c| c[late] <= MOST_PAIRS);
        Self {
            two,
            pairs,
            found,
            known: HashMap::new(),
            asks: [cheap(0), cheap(1)],
            links: [None, None],
        }
    }

    /// Follows a date to its root, without recursion.
    fn why(&mut self, state: State) -> Why {
        let mut path = vec![(state, None)];
        let mut on_path = HashSet::from([state]);
        while let Some((state, followed)) = path.last().copied() {
            if let Some(why) = self.known.get(&state) {
                let why = *why;
                path.pop();
                on_path.remove(&state);
                let Some((below, followed)) = path.last().copied() else {
                    return why;
                };
                if followed != Some(state) {
                    continue;
                }
                let through = match state {
                    State::Date(node, side, soon) if !(soon && self.may_be_put_off(node)) => Some((node, side)),
                    // Nobody sees these: what they follow from stands in their place.
                    State::Date(..) | State::Finish => why.through,
                };
                let change = why.change.or_else(|| self.own(below));
                self.known.insert(below, Why { change, through });
                continue;
            }
            match self.next(state).filter(|_| followed.is_none()) {
                Some(Next::Date(next)) if !on_path.contains(&next) => {
                    if let Some(last) = path.last_mut() {
                        last.1 = Some(next);
                    }
                    path.push((next, None));
                    on_path.insert(next);
                }
                Some(Next::Change(change)) => {
                    let change = Some(change);
                    self.known.insert(state, Why { change, through: None });
                }
                _ => {
                    let change = self.own(state);
                    self.known.insert(state, Why { change, through: None });
                }
            }
        }
        // INVARIANT: the path ends when what it began with is known.
        self.known[&state]
    }

    fn next(&mut self, state: State) -> Option<Next> {
        let by = self.by(state);
        match state {
            _ if by == 0 => None,
            State::Finish => self.last_leaf(by),
            State::Date(node, side, soon) => self.next_of(node, side, soon, by),
        }
    }

    /// What one date of a node follows from: by the driver where it holds, and where it held before.
    fn next_of(&mut self, node: NodeIx, side: Side, soon: bool, by: i64) -> Option<Next> {
        // INVARIANT: only dates of nodes that both plans have are asked about.
        let nodes = [self.pairs.earlier(node)?, node];
        let summary = [EARLIER, LATER].map(|w| self.two[w].network.is_summary(nodes[w]));
        if summary[EARLIER] != summary[LATER] {
            return self.found.aspect(node, Aspect::Summary).map(Next::Change);
        }
        let summary = summary[LATER];
        let put_off = [EARLIER, LATER].map(|w| side.is_early() && self.is_put_off(w, nodes[w]));
        if !soon && (put_off[EARLIER] || put_off[LATER]) {
            return self.put_off(nodes, put_off, side, by);
        }
        // A date that is the latest of several grows with what it follows from now, and shrinks with what it followed from.
        let latest = if summary { !side.is_start() } else { side.is_early() };
        let which = if (by > 0) == latest { LATER } else { EARLIER };
        let computed = self.two[which];
        let asks = self.asks[usize::from(!side.is_early())];
        // What a level of effort spans is found by looking through all links.
        let effort = computed.network.node(nodes[which]).mode == Mode::LevelOfEffort;
        if effort || !asks && !summary {
            let own = self.first_aspect(node).map(Next::Change);
            return own.or_else(|| self.neighbour(which, node, behind(side.is_early()), by));
        }
        let drive = driver(computed.network, computed.schedule, nodes[which], side);
        // Of several that held it at once, the one that holds it now let go last.
        if which == EARLIER && drive.runner_up.is_some_and(|next| next.date == drive.date) {
            let later = self.two[LATER];
            let now = driver(later.network, later.schedule, node, side);
            let next = self.by_cause(LATER, now, node, side, soon, by);
            if matches!(next, Some(Next::Date(_))) || now.cause == Cause::ProgrammeStart && next.is_some() {
                return next;
            }
        }
        self.by_cause(which, drive, node, side, soon, by)
    }

    /// What a date follows from, as its driver in one of the plans says.
    fn by_cause(&mut self, which: Which, drive: Drive, node: NodeIx, side: Side, soon: bool, by: i64) -> Option<Next> {
        let cause = match (drive.cause, drive.runner_up) {
            (Cause::AsLateAsPossible { .. }, Some(soonest)) => soonest.cause,
            (cause, _) => cause,
        };
        match cause {
            Cause::Link { link, node: other } => self.by_link(which, link, other, node, side, by),
            Cause::Bound { node: holder, index } => self
                .found
                .first(Key::Bound(which == LATER, holder, index))
                .map(Next::Change),
            Cause::ProgrammeStart => self.found.first(Key::Start).map(Next::Change),
            Cause::ProgrammeFinish => {
                let finish = self.found.first(Key::Finish).map(Next::Change);
                finish.or_else(|| self.moved(State::Finish, by).map(|_| Next::Date(State::Finish)))
            }
            Cause::OwnSpan => self.other_end(node, side, soon, by),
            Cause::Leaf(leaf) => self.by_leaf(which, leaf, side, by),
            // What a level of effort spans is looked for before.
            Cause::Spanned { .. } => None,
            Cause::Typed(holder) => self.by_holder(which, holder),
            Cause::StatusDate => self.found.first(Key::StatusDate).map(Next::Change),
            Cause::OpenEnd => self.other_side(node, side, by),
            Cause::Actual | Cause::Resumed | Cause::Delay | Cause::Inactive | Cause::AsLateAsPossible { .. } => None,
        }
    }

    /// A date that somebody typed in for a node or a summary above it.
    fn by_holder(&self, which: Which, holder: NodeIx) -> Option<Next> {
        let is_later = which == LATER;
        if let Some(only) = self.found.first(Key::Only(is_later, holder)) {
            return Some(Next::Change(only));
        }
        let holder = if is_later { holder } else { self.pairs.later(holder)? };
        self.found.aspect(holder, Aspect::Mode).map(Next::Change)
    }

    /// A late date that is measured against the early one.
    fn other_side(&self, node: NodeIx, side: Side, by: i64) -> Option<Next> {
        let early = if side.is_start() {
            Side::EarlyStart
        } else {
            Side::EarlyFinish
        };
        let state = State::Date(node, early, false);
        self.moved(state, by).map(|_| Next::Date(state))
    }

    /// What holds a leaf that is put off as late as possible.
    fn put_off(&mut self, nodes: [NodeIx; 2], pulled: [bool; 2], side: Side, by: i64) -> Option<Next> {
        let node = nodes[LATER];
        // What follows allows it: the earliest allowance counts.
        let wanted = if by < 0 { LATER } else { EARLIER };
        if let Some(change) = self.found.aspect(node, Aspect::AsLateAsPossible) {
            return Some(Next::Change(change));
        }
        let late = State::Date(node, Side::LateFinish, false);
        let computed = self.two[wanted];
        let held = match driver(computed.network, computed.schedule, nodes[wanted], side).cause {
            // What leaves it no room at all is not its driver.
            _ if !pulled[wanted] => self.neighbour(wanted, node, Behind::Holder, by),
            Cause::AsLateAsPossible {
                held_by: Some((link, other)),
            } => self.link_to(wanted, link, other, Behind::Holder, by),
            _ => self.moved(late, by).map(|_| Next::Date(late)),
        };
        let own = self.first_aspect(node).or_else(|| self.own_hours(node));
        match (held, own) {
            (Some(Next::Date(state)), Some(own)) if 2 * self.by(state).abs() < by.abs() => Some(Next::Change(own)),
            (Some(held), _) => Some(held),
            (None, Some(own)) => Some(Next::Change(own)),
            (None, None) => {
                let others = [late, State::Date(node, side, true)];
                let other = others.into_iter().find(|state| self.moved(*state, by).is_some());
                other.map(Next::Date)
            }
        }
    }

    /// A date that follows from a link.
    fn by_link(&self, which: Which, link: LinkIx, other: NodeIx, node: NodeIx, side: Side, by: i64) -> Option<Next> {
        let behind = behind(side.is_early());
        let next = self.link_to(which, link, other, behind, by);
        // Where the node's own calendar changed too, what accounts for more of the move counts.
        if let (Some(Next::Date(state)), Some(own)) = (next, self.own_hours(node))
            && 2 * self.by(state).abs() < by.abs()
        {
            return Some(Next::Change(own));
        }
        next
    }

    /// The change of a link, or the date behind it.
    pub(super) fn link_to(&self, which: Which, link: LinkIx, other: NodeIx, behind: Behind, by: i64) -> Option<Next> {
        let back = behind == Behind::Predecessor;
        let is_later = which == LATER;
        let written = self.two[which].network.projection().links[link.index()];
        for end in [other, written.from, written.to] {
            if let Some(only) = self.found.first(Key::Only(is_later, end)) {
                return Some(Next::Change(only));
            }
        }
        let other = if is_later { other } else { self.pairs.later(other)? };
        let at_start = match written.kind {
            LinkKind::FinishToStart => !back,
            LinkKind::StartToStart => true,
            LinkKind::FinishToFinish => false,
            LinkKind::StartToFinish => back,
        };
        let (start, finish) = match behind {
            Behind::Successor => (Side::LateStart, Side::LateFinish),
            Behind::Predecessor | Behind::Holder => (Side::EarlyStart, Side::EarlyFinish),
        };
        let state = State::Date(other, if at_start { start } else { finish }, back);
        // A share of a duration is another lag where the duration is another one.
        let share = matches!(written.lag, Lag::Percent(_)) && behind == Behind::Predecessor;
        let span = self.found.aspect(other, Aspect::Span).filter(|_| share);
        let change = self.found.first(Key::Link(is_later, link)).or(span);
        match (change, self.moved(state, by)) {
            (Some(_), Some(moved)) if 2 * moved.abs() >= by.abs() => Some(Next::Date(state)),
            (Some(change), _) => Some(Next::Change(change)),
            (None, Some(_)) => Some(Next::Date(state)),
            (None, None) => {
                // Of a summary, another leaf may have taken the place of the one that was first.
                let end = if back { written.from } else { written.to };
                let end = if is_later { Some(end) } else { self.pairs.later(end) };
                let whole = end.filter(|end| *end != other && self.pairs.earlier(*end).is_some());
                let whole = whole.map(|end| State::Date(end, if at_start { start } else { finish }, false));
                if let Some(whole) = whole.filter(|whole| self.moved(*whole, by).is_some()) {
                    return Some(Next::Date(whole));
                }
                let joined = [Aspect::Parent, Aspect::Mode, Aspect::Fact];
                let joined = joined.iter().find_map(|aspect| self.found.aspect(other, *aspect));
                joined.map(Next::Change)
            }
        }
    }

    /// A summary's date that follows from one of its leaves.
    fn by_leaf(&self, which: Which, leaf: NodeIx, side: Side, by: i64) -> Option<Next> {
        let is_later = which == LATER;
        if let Some(only) = self.found.first(Key::Only(is_later, leaf)) {
            return Some(Next::Change(only));
        }
        let leaf = if is_later { leaf } else { self.pairs.later(leaf)? };
        let state = State::Date(leaf, side, false);
        if self.moved(state, by).is_some() {
            return Some(Next::Date(state));
        }
        self.found
            .aspect(leaf, Aspect::Parent)
            .or_else(|| self.first_aspect(leaf))
            .map(Next::Change)
    }

    /// A date that follows from the other date of its node and how long it takes.
    fn other_end(&self, node: NodeIx, side: Side, soon: bool, by: i64) -> Option<Next> {
        let other = match side {
            Side::EarlyStart => Side::EarlyFinish,
            Side::EarlyFinish => Side::EarlyStart,
            Side::LateStart => Side::LateFinish,
            Side::LateFinish => Side::LateStart,
        };
        let state = State::Date(node, other, soon);
        match (
            self.moved(state, by),
            self.first_aspect(node).or_else(|| self.own_hours(node)),
        ) {
            (Some(moved), Some(_)) if 2 * moved.abs() >= by.abs() => Some(Next::Date(state)),
            (_, Some(change)) => Some(Next::Change(change)),
            (Some(_), None) => Some(Next::Date(state)),
            (None, None) => None,
        }
    }

    /// The leaf that finishes last, now where the programme finishes later, else before.
    fn last_leaf(&self, by: i64) -> Option<Next> {
        let which = if by > 0 { LATER } else { EARLIER };
        let computed = self.two[which];
        let leaves = computed
            .schedule
            .iter()
            .filter(|(node, _)| !computed.network.is_summary(*node));
        // Of the leaves that finish last, the first that is new or moved that way.
        let mut last: Option<(i64, Next)> = None;
        for (leaf, _) in leaves {
            let soonest = self.soonest(which, leaf, Side::EarlyFinish);
            let finish = soonest.unwrap_or_else(|| computed.schedule.dates(leaf).early_finish.get());
            if last.is_some_and(|(most, _)| finish <= most) {
                continue;
            }
            let only = self.found.first(Key::Only(which == LATER, leaf)).map(Next::Change);
            let next = only.or_else(|| {
                let node = if which == LATER { leaf } else { self.pairs.later(leaf)? };
                let state = State::Date(node, Side::EarlyFinish, true);
                self.moved(state, by).map(|_| Next::Date(state))
            });
            if let Some(next) = next {
                last = Some((finish, next));
            }
        }
        last.map(|(_, next)| next)
    }

    /// Whether a node stands later than it could, for being as late as possible.
    fn is_put_off(&self, which: Which, node: NodeIx) -> bool {
        self.soonest(which, node, Side::EarlyStart).is_some()
    }

    /// The date that a node could have, where it is put off as late as possible.
    fn soonest(&self, which: Which, node: NodeIx, side: Side) -> Option<i64> {
        let computed = self.two[which];
        if !computed.network.node(node).as_late_as_possible || computed.network.is_summary(node) || !self.asks[0] {
            return None;
        }
        let drive = driver(computed.network, computed.schedule, node, side);
        match (drive.cause, drive.runner_up) {
            (Cause::AsLateAsPossible { .. }, Some(soonest)) => Some(soonest.date.get()),
            _ => None,
        }
    }

    /// Whether a node is to be as late as possible, in either plan.
    fn may_be_put_off(&self, node: NodeIx) -> bool {
        let late = |which: Which, node: NodeIx| self.two[which].network.node(node).as_late_as_possible;
        late(LATER, node) || self.pairs.earlier(node).is_some_and(|before| late(EARLIER, before))
    }

    /// By how much a date moved.
    pub(super) fn by(&self, state: State) -> i64 {
        let [before, after] = [EARLIER, LATER].map(|w| self.date(w, state));
        after.zip(before).map_or(0, |(after, before)| after - before)
    }

    /// By how much a date moved, where that is the same way as another.
    fn moved(&self, state: State, like: i64) -> Option<i64> {
        let by = self.by(state);
        (by.signum() == like.signum() && by != 0).then_some(by)
    }

    fn date(&self, which: Which, state: State) -> Option<i64> {
        let schedule = self.two[which].schedule;
        let State::Date(node, side, soon) = state else {
            return Some(schedule.finish().get());
        };
        let node = if which == LATER {
            node
        } else {
            self.pairs.earlier(node)?
        };
        let soonest = if soon { self.soonest(which, node, side) } else { None };
        Some(soonest.unwrap_or_else(|| schedule.dates(node).on(side).get()))
    }
}

const fn behind(early: bool) -> Behind {
    if early { Behind::Predecessor } else { Behind::Successor }
}

/// How many leaves are looked at where the driver of every early date, and of every late date, is asked for.
fn pairs_of_leaves(computed: &Computed<'_>) -> [u64; 2] {
    let network = computed.network;
    let count = |node: NodeIx| match network.is_summary(node) {
        true => network.tree.below(node).count() as u64,
        false => 1,
    };
    let mut leaves: HashMap<NodeIx, u64> = HashMap::new();
    let mut pairs = [0_u64; 2];
    for link in &network.projection().links {
        let [from, to] = [link.from, link.to].map(|node| *leaves.entry(node).or_insert_with(|| count(node)));
        pairs[0] = pairs[0].saturating_add(to);
        pairs[1] = pairs[1].saturating_add(from.saturating_mul(to));
    }
    pairs
}
