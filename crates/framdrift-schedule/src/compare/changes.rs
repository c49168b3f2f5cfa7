//! All that differs between two plans.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use framdrift_model::projection::{Bound, BoundOrigin, CalendarIx, LinkIx, NodeIx, Projection, TimeLink, TimeNode};

use super::matching::Pairs;
use super::{Aspect, Computed, What, once};

/// The changes, and where each is found again.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) list: Vec<What>,
    /// What differs with each of them by the same edit.
    pub(super) also: Vec<Vec<What>>,
    /// Calendars of the earlier plan whose hours are others in the later one, and which they are there.
    pub(super) hours: BTreeMap<CalendarIx, CalendarIx>,
    /// Whether the programme has another calendar of its own: what inherits it goes with it.
    pub(super) swapped: bool,
    at: HashMap<Key, Vec<usize>>,
}

/// Where a change is looked for by who walks along drivers. `true` is the later plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// What differs about a node, by the later plan.
    Node(NodeIx),
    /// A node that only one of the plans has.
    Only(bool, NodeIx),
    Bound(bool, NodeIx, u32),
    Link(bool, LinkIx),
}

impl Found {
    fn add(&mut self, what: What, keys: &[Key]) {
        for key in keys {
            self.at.entry(*key).or_default().push(self.list.len());
        }
        self.list.push(what);
    }

    /// Makes one change of all that one edit of a document does: of those with the same first one.
    fn gather(&mut self, firsts: &[usize]) {
        let mut place = vec![0; firsts.len()];
        for (at, what) in std::mem::take(&mut self.list).into_iter().enumerate() {
            if firsts[at] == at {
                place[at] = self.list.len();
                self.list.push(what);
                self.also.push(Vec::new());
            } else {
                place[at] = place[firsts[at]];
                self.also[place[at]].push(what);
            }
        }
        for changes in self.at.values_mut() {
            changes.iter_mut().for_each(|at| *at = place[*at]);
            changes.dedup();
        }
    }

    /// All that a change is, its first and what belongs to the same edit.
    pub(super) fn whats(&self, change: usize) -> impl Iterator<Item = &What> {
        std::iter::once(&self.list[change]).chain(&self.also[change])
    }

    /// The changes at a key, in the order of aspects.
    pub(super) fn at(&self, key: Key) -> &[usize] {
        self.at.get(&key).map_or(&[], Vec::as_slice)
    }
}

pub(super) fn find(earlier: &Computed<'_>, later: &Computed<'_>, pairs: &Pairs) -> Found {
    let (old, new) = (earlier.network.projection(), later.network.projection());
    let mut found = Found::default();
    let mut calendars = Calendars::new(old, new);
    hours(pairs, &mut calendars, &mut found);
    whole(earlier, later, &mut calendars, &mut found);
    for node in (0..new.nodes.len() as u32).map(NodeIx) {
        match pairs.earlier(node) {
            None => found.add(What::Added(node), &[Key::Only(true, node)]),
            Some(before) => {
                about(earlier, later, pairs, &mut calendars, (before, node), &mut found);
                bounds(old, new, (before, node), &mut found);
            }
        }
    }
    for node in pairs.removed() {
        found.add(What::Removed(node), &[Key::Only(false, node)]);
    }
    links(old, new, pairs, &mut found);
    let firsts = once::firsts(earlier, later, pairs, &found.list);
    found.gather(&firsts);
    found
}

/// The programme itself.
fn whole(earlier: &Computed<'_>, later: &Computed<'_>, calendars: &mut Calendars<'_>, found: &mut Found) {
    let (old, new) = (earlier.network.projection(), later.network.projection());
    if old.start != new.start {
        found.add(What::Start, &[]);
    }
    if old.finish != new.finish {
        found.add(What::Finish, &[]);
    }
    let own = |plan: &Projection| (!plan.calendars.is_empty()).then_some(plan.calendar);
    let same_calendar = match (own(old), own(new)) {
        (Some(a), Some(b)) => calendars.kept(a, b),
        (a, b) => a == b,
    };
    if old.rules != new.rules {
        found.add(What::Rules, &[]);
    }
    if !same_calendar {
        found.swapped = own(old).is_some() && own(new).is_some();
        found.add(What::Calendar, &[]);
    }
    let status = |computed: &Computed<'_>| computed.facts.and_then(|facts| facts.status_date);
    if status(earlier) != status(later) {
        found.add(What::StatusDate, &[]);
    }
}

/// Calendars by content.
struct Calendars<'a> {
    old: &'a Projection,
    new: &'a Projection,
    same: HashMap<(CalendarIx, CalendarIx), bool>,
    /// Calendars whose hours differ as a whole.
    changed: HashMap<CalendarIx, CalendarIx>,
}

impl<'a> Calendars<'a> {
    fn new(old: &'a Projection, new: &'a Projection) -> Self {
        let (same, changed) = (HashMap::new(), HashMap::new());
        Self {
            old,
            new,
            same,
            changed,
        }
    }

    fn same(&mut self, a: CalendarIx, b: CalendarIx) -> bool {
        let (old, new) = (&self.old.calendars, &self.new.calendars);
        *self
            .same
            .entry((a, b))
            .or_insert_with(|| match (old.get(a.index()), new.get(b.index())) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            })
    }

    /// Whether a node counts on the same calendar, whatever its hours are now.
    fn kept(&mut self, a: CalendarIx, b: CalendarIx) -> bool {
        self.changed.get(&a) == Some(&b) || self.same(a, b)
    }
}

/// Calendars that are where they were, with other hours: one change, not one for each node.
///
/// Calendars have no names here. One is the other where most of what was on it is on the other now, and neither has hours that
/// the other plan knows.
fn hours(pairs: &Pairs, calendars: &mut Calendars<'_>, found: &mut Found) {
    let (old, new) = (calendars.old, calendars.new);
    let mut went: BTreeMap<(CalendarIx, CalendarIx), usize> = BTreeMap::new();
    for (node, now) in (0..).map(NodeIx).zip(&new.nodes) {
        let Some(before) = pairs.earlier(node) else { continue };
        let was = &old.nodes[before.index()];
        *went.entry((was.calendar, now.calendar)).or_default() += 1;
        if let Some(work) = was.work_calendar.zip(now.work_calendar) {
            *went.entry(work).or_default() += 1;
        }
    }
    // The programme's own calendar says so where nothing else is on it.
    if !old.calendars.is_empty() && !new.calendars.is_empty() {
        went.entry((old.calendar, new.calendar)).or_default();
    }
    let mut list: Vec<((CalendarIx, CalendarIx), usize)> = went.into_iter().collect();
    list.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    let all = |plan: &Projection| (0..plan.calendars.len() as u32).map(CalendarIx);
    let mut taken = BTreeSet::new();
    for ((a, b), _) in list {
        let known = all(new).any(|c| calendars.same(a, c)) || all(old).any(|c| calendars.same(c, b));
        if !known && !found.hours.contains_key(&a) && taken.insert(b) {
            found.hours.insert(a, b);
        }
    }
    for (a, b) in found.hours.clone() {
        calendars.changed.insert(a, b);
        found.add(What::Hours(a, b), &[]);
    }
}

/// What a node says of itself.
fn about(
    earlier: &Computed<'_>,
    later: &Computed<'_>,
    pairs: &Pairs,
    calendars: &mut Calendars<'_>,
    (before, node): (NodeIx, NodeIx),
    found: &mut Found,
) {
    // Taken apart without `..`, so that a new field cannot be overlooked here.
    let TimeNode {
        id: _,
        kind: _,
        origin: _,
        parent: _,
        summary: _,
        span,
        tenths,
        calendar,
        inherits_calendar,
        work_calendar,
        bounds: _,
        as_late_as_possible,
        mode,
        milestone,
        delay,
    } = &later.network.projection().nodes[node.index()];
    let old = &earlier.network.projection().nodes[before.index()];
    let (was_summary, summary) = (earlier.network.is_summary(before), later.network.is_summary(node));
    let fact = |computed: &Computed<'_>, node| computed.facts.and_then(|facts| facts.of(node)).copied();
    let known = fact(earlier, before).unwrap_or_default() != fact(later, node).unwrap_or_default();
    let above = |computed: &Computed<'_>, node| computed.network.tree.parent(node);
    let moved = above(earlier, before).map(|p| pairs.later(p)) != above(later, node).map(Some);
    let other_work = match (old.work_calendar, *work_calendar) {
        (Some(a), Some(b)) => !calendars.kept(a, b),
        (a, b) => a.is_some() != b.is_some(),
    };
    // What goes with the programme's calendar is no change by itself; what no longer does is one, even where its hours are the same.
    let other_calendar = match (old.inherits_calendar, *inherits_calendar) {
        (true, true) if found.swapped => false,
        (was, is) => !calendars.kept(old.calendar, *calendar) || (found.swapped && was != is),
    };
    let differs = [
        (Aspect::Fact, known),
        (Aspect::Mode, old.mode != *mode),
        (Aspect::Span, !summary && (old.span, old.tenths) != (*span, *tenths)),
        (Aspect::Calendar, other_calendar),
        (Aspect::WorkCalendar, other_work),
        (Aspect::Delay, old.delay != *delay),
        (
            Aspect::AsLateAsPossible,
            old.as_late_as_possible != *as_late_as_possible,
        ),
        (Aspect::Milestone, old.milestone != *milestone),
        (Aspect::Parent, moved),
        (Aspect::Summary, was_summary != summary),
    ];
    for (aspect, differs) in differs {
        if differs {
            let earlier = before;
            found.add(What::Node { earlier, node, aspect }, &[Key::Node(node)]);
        }
    }
}

/// The dates that bound a node.
fn bounds(old: &Projection, new: &Projection, (before, node): (NodeIx, NodeIx), found: &mut Found) {
    let (was, is) = (&old.nodes[before.index()].bounds, &new.nodes[node.index()].bounds);
    if was == is {
        return;
    }
    let mut left: Vec<u32> = (0..was.len() as u32).collect();
    let mut open: Vec<u32> = (0..is.len() as u32).collect();
    let place = |bound: &Bound| std::mem::discriminant::<BoundOrigin>(&bound.origin);
    let content = |bound: &Bound| (bound.kind, bound.at, place(bound));
    // The same first, then what is written at the same place, then constraint for constraint.
    cancel(
        &mut left,
        &mut open,
        |a, b| content(&was[a]) == content(&is[b]),
        |_, _| {},
    );
    let mut changed = Vec::new();
    cancel(
        &mut left,
        &mut open,
        |a, b| (was[a].kind, place(&was[a])) == (is[b].kind, place(&is[b])),
        |a, b| changed.push((a, b)),
    );
    cancel(
        &mut left,
        &mut open,
        |a, b| was[a].origin == is[b].origin,
        |a, b| changed.push((a, b)),
    );
    changed.sort_by_key(|(_, b)| *b);
    for (a, b) in changed {
        let what = What::BoundChanged {
            earlier: (before, a),
            node: (node, b),
        };
        let keys = [Key::Bound(false, before, a), Key::Bound(true, node, b)];
        found.add(what, &keys);
    }
    for index in open {
        found.add(What::BoundAdded { node, index }, &[Key::Bound(true, node, index)]);
    }
    for index in left {
        let earlier = before;
        found.add(
            What::BoundRemoved { earlier, index },
            &[Key::Bound(false, before, index)],
        );
    }
}

/// Links between nodes that both plans have.
fn links(old: &Projection, new: &Projection, pairs: &Pairs, found: &mut Found) {
    let ends = |link: &TimeLink| Some((pairs.later(link.from)?, pairs.later(link.to)?));
    let content = |link: &TimeLink| (link.kind, link.lag, link.tenths);
    let same = |a: &TimeLink, b: &TimeLink| ends(a) == Some((b.from, b.to)) && content(a) == content(b);
    // Most links are where they were.
    let head = old.links.iter().zip(&new.links).take_while(|(a, b)| same(a, b)).count();
    let rest = old.links.len().min(new.links.len()) - head;
    let backwards = old.links.iter().rev().zip(new.links.iter().rev()).take(rest);
    let tail = backwards.take_while(|(a, b)| same(a, b)).count();
    let was = (head..old.links.len() - tail).filter_map(|n| Some((ends(&old.links[n])?, false, n as u32)));
    let is = (head..new.links.len() - tail).filter_map(|n| {
        let link = &new.links[n];
        pairs.earlier(link.from)?;
        pairs.earlier(link.to)?;
        Some(((link.from, link.to), true, n as u32))
    });
    let mut all: Vec<((NodeIx, NodeIx), bool, u32)> = was.chain(is).collect();
    all.sort_unstable();
    let mut differing = Vec::new();
    for group in all.chunk_by(|a, b| a.0 == b.0) {
        let split = group.partition_point(|(_, later, _)| !later);
        let positions = |part: &[((NodeIx, NodeIx), bool, u32)]| part.iter().map(|(_, _, n)| *n).collect::<Vec<u32>>();
        let (mut left, mut open) = (positions(&group[..split]), positions(&group[split..]));
        let (of_old, of_new) = (|n: usize| content(&old.links[n]), |n: usize| content(&new.links[n]));
        cancel(&mut left, &mut open, |a, b| of_old(a) == of_new(b), |_, _| {});
        let mut changed = |a: u32, b: u32| differing.push((What::LinkChanged(LinkIx(a), LinkIx(b)), group[0].0));
        cancel(&mut left, &mut open, |a, b| of_old(a).0 == of_new(b).0, &mut changed);
        cancel(&mut left, &mut open, |_, _| true, &mut changed);
        differing.extend(open.iter().map(|n| (What::LinkAdded(LinkIx(*n)), group[0].0)));
        differing.extend(left.iter().map(|n| (What::LinkRemoved(LinkIx(*n)), group[0].0)));
    }
    differing.sort_by_key(|(what, ends)| match what {
        What::LinkAdded(n) | What::LinkChanged(_, n) => (0, *n, *ends),
        What::LinkRemoved(n) => (1, *n, *ends),
        _ => (2, LinkIx(0), *ends),
    });
    for (what, _) in differing {
        match what {
            What::LinkAdded(n) => found.add(what, &[Key::Link(true, n)]),
            What::LinkRemoved(n) => found.add(what, &[Key::Link(false, n)]),
            What::LinkChanged(a, b) => found.add(what, &[Key::Link(false, a), Key::Link(true, b)]),
            _ => {}
        }
    }
}

/// Takes out of two ascending lists what is alike, in their order. It looks no further than a few entries ahead, so that long lists
/// with nothing alike stay cheap.
fn cancel(
    left: &mut Vec<u32>,
    open: &mut Vec<u32>,
    alike: impl Fn(usize, usize) -> bool,
    mut pair: impl FnMut(u32, u32),
) {
    const AHEAD: usize = 64;
    let mut waiting = std::collections::VecDeque::new();
    let mut rest = open.iter().copied();
    let mut kept = Vec::new();
    left.retain(|a| {
        while waiting.len() < AHEAD {
            let Some(next) = rest.next() else { break };
            waiting.push_back(next);
        }
        let found = waiting.iter().position(|b| alike(*a as usize, *b as usize));
        match found.and_then(|at| waiting.remove(at)) {
            Some(b) => pair(*a, b),
            None if waiting.len() == AHEAD => kept.extend(waiting.pop_front()),
            None => {}
        }
        found.is_none()
    });
    kept.extend(waiting);
    kept.extend(rest);
    kept.sort_unstable();
    *open = kept;
}
