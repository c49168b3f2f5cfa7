//! All that differs between two plans.

use std::collections::HashMap;

use framdrift_model::projection::{Bound, BoundOrigin, CalendarIx, LinkIx, NodeIx, Projection, TimeLink, TimeNode};

use super::matching::Pairs;
use super::{Aspect, Change, Computed, What};

/// The changes, and where each is found again.
#[derive(Debug, Default)]
pub(super) struct Found {
    list: Vec<What>,
    at: HashMap<Key, Vec<usize>>,
}

/// Where a change is looked for. `true` is the later plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Start,
    Finish,
    Rules,
    StatusDate,
    /// Hours, by the calendar of the earlier plan.
    Hours(CalendarIx),
    /// What differs about a node, by the later plan.
    Node(NodeIx),
    /// A node that only one of the plans has.
    Only(bool, NodeIx),
    Bound(bool, NodeIx, u32),
    /// All that differs about the bounds of a node, by the later plan.
    Bounds(NodeIx),
    Link(bool, LinkIx),
    /// All that differs about the links of a node, by the later plan.
    Links(NodeIx),
}

impl Found {
    fn add(&mut self, what: What, keys: &[Key]) {
        for key in keys {
            self.at.entry(*key).or_default().push(self.list.len());
        }
        self.list.push(what);
    }

    /// The changes at a key, in the order of aspects.
    pub(super) fn at(&self, key: Key) -> &[usize] {
        self.at.get(&key).map_or(&[], Vec::as_slice)
    }

    /// The first change at a key.
    pub(super) fn first(&self, key: Key) -> Option<usize> {
        self.at(key).first().copied()
    }

    /// What differs about a node in some respect.
    pub(super) fn aspect(&self, node: NodeIx, wanted: Aspect) -> Option<usize> {
        let mut list = self.at(Key::Node(node)).iter().copied();
        list.find(|at| matches!(self.list[*at], What::Node { aspect, .. } if aspect == wanted))
    }

    /// The change, where there is only one.
    pub(super) fn only(&self) -> Option<usize> {
        (self.list.len() == 1).then_some(0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(super) fn into_changes(self) -> Vec<Change> {
        let moved = Vec::new;
        self.list
            .into_iter()
            .map(|what| Change { what, moved: moved() })
            .collect()
    }
}

pub(super) fn find(earlier: &Computed<'_>, later: &Computed<'_>, pairs: &Pairs) -> Found {
    let (old, new) = (earlier.network.projection(), later.network.projection());
    let mut found = Found::default();
    let mut calendars = Calendars::new(old, new);
    whole(earlier, later, &mut calendars, &mut found);
    hours(pairs, &mut calendars, &mut found);
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
    found
}

/// The programme itself.
fn whole(earlier: &Computed<'_>, later: &Computed<'_>, calendars: &mut Calendars<'_>, found: &mut Found) {
    let (old, new) = (earlier.network.projection(), later.network.projection());
    if old.start != new.start {
        found.add(What::Start, &[Key::Start]);
    }
    if old.finish != new.finish {
        found.add(What::Finish, &[Key::Finish]);
    }
    let own = |plan: &Projection| (!plan.calendars.is_empty()).then_some(plan.calendar);
    let same_calendar = match (own(old), own(new)) {
        (Some(a), Some(b)) => calendars.same(a, b),
        (a, b) => a == b,
    };
    if old.rules != new.rules || !same_calendar {
        found.add(What::Rules, &[Key::Rules]);
    }
    let status = |computed: &Computed<'_>| computed.facts.and_then(|facts| facts.status_date);
    if status(earlier) != status(later) {
        found.add(What::StatusDate, &[Key::StatusDate]);
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

/// Calendars that everything on them kept, with other hours: one change, not one for each node.
fn hours(pairs: &Pairs, calendars: &mut Calendars<'_>, found: &mut Found) {
    let (old, new) = (calendars.old, calendars.new);
    let mut went: HashMap<CalendarIx, Option<CalendarIx>> = HashMap::new();
    for (node, now) in (0..).map(NodeIx).zip(&new.nodes) {
        let Some(before) = pairs.earlier(node) else { continue };
        let entry = went
            .entry(old.nodes[before.index()].calendar)
            .or_insert(Some(now.calendar));
        if *entry != Some(now.calendar) {
            *entry = None;
        }
    }
    let mut list: Vec<(CalendarIx, CalendarIx)> = went.into_iter().filter_map(|(a, b)| Some((a, b?))).collect();
    list.sort_unstable();
    for (a, b) in list {
        if calendars.same(a, b) || (0..new.calendars.len() as u32).any(|c| calendars.same(a, CalendarIx(c))) {
            continue;
        }
        calendars.changed.insert(a, b);
        found.add(What::Hours(a, b), &[Key::Hours(a)]);
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
    let differs = [
        (Aspect::Fact, known),
        (Aspect::Mode, old.mode != *mode),
        (Aspect::Span, !summary && (old.span, old.tenths) != (*span, *tenths)),
        (Aspect::Calendar, !calendars.kept(old.calendar, *calendar)),
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
        let keys = [
            Key::Bound(false, before, a),
            Key::Bound(true, node, b),
            Key::Bounds(node),
        ];
        found.add(what, &keys);
    }
    for index in open {
        let keys = [Key::Bound(true, node, index), Key::Bounds(node)];
        found.add(What::BoundAdded { node, index }, &keys);
    }
    for index in left {
        let keys = [Key::Bound(false, before, index), Key::Bounds(node)];
        let earlier = before;
        found.add(What::BoundRemoved { earlier, index }, &keys);
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
    for (what, (_, to)) in differing {
        let mut keys = vec![Key::Links(to)];
        match what {
            What::LinkAdded(n) => keys.push(Key::Link(true, n)),
            What::LinkRemoved(n) => keys.push(Key::Link(false, n)),
            What::LinkChanged(a, b) => keys.extend([Key::Link(false, a), Key::Link(true, b)]),
            _ => {}
        }
        found.add(what, &keys);
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
