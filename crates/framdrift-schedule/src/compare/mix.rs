//! Plans between two plans: the later one with some of its changes taken back, and its schedule.
//!
//! ```text
//! nothing taken back        all but one taken back        all taken back
//! the later plan            one change made alone         the earlier plan
//! ```

use framdrift_model::facts::Facts;
use framdrift_model::projection::{Bound, CalendarIx, NodeIx, Projection, TimeLink};
use framdrift_model::time::Minute;

use super::changes::Found;
use super::matching::Pairs;
use super::{Aspect, Computed, What};
use crate::compute::compute;
use crate::network::Network;
use crate::schedule::{Dates, Schedule};

/// Not in the mixed plan.
const NONE: u32 = u32::MAX;

pub(super) struct Mixer<'a> {
    earlier: &'a Computed<'a>,
    later: &'a Computed<'a>,
    pairs: &'a Pairs,
    found: &'a Found,
    /// By calendar of the earlier plan: which one it is in the later plan, where that has it.
    calendars: Vec<Option<CalendarIx>>,
    nothing: Facts,
}

/// The schedule of a mixed plan, by nodes of the two plans that it was mixed from.
pub(super) struct Mixed {
    schedule: Schedule,
    /// The position of each node of the later plan, and of each of the earlier.
    position: [Vec<u32>; 2],
}

/// Which of the two plans: the earlier or the later.
pub(super) type Which = usize;
pub(super) const EARLIER: Which = 0;
pub(super) const LATER: Which = 1;

impl Mixed {
    /// The dates of a node of one of the plans; none where it is not in the mixed one.
    pub(super) fn dates(&self, which: Which, node: NodeIx) -> Option<Dates> {
        let at = self.position[which][node.index()];
        (at != NONE).then(|| self.schedule.dates(NodeIx(at)))
    }

    pub(super) fn finish(&self) -> Minute {
        self.schedule.finish()
    }

    /// Whether nothing starts or finishes at another time than in one of the plans, of all that both have.
    pub(super) fn is_like(&self, which: Which, computed: &Computed<'_>) -> bool {
        self.schedule.finish() == computed.schedule.finish()
            && computed.schedule.iter().all(|(node, dates)| {
                self.dates(which, node)
                    .is_none_or(|mixed| (mixed.start, mixed.finish) == (dates.start, dates.finish))
            })
    }
}

/// A node of the mixed plan: which plan it is taken from, and where it stands there.
type Source = (Which, u32);

impl<'a> Mixer<'a> {
    pub(super) fn new(earlier: &'a Computed<'a>, later: &'a Computed<'a>, pairs: &'a Pairs, found: &'a Found) -> Self {
        let (old, new) = (earlier.network.projection(), later.network.projection());
        let in_later = |(n, calendar)| {
            let hours = found.hours.get(&CalendarIx(n)).copied();
            hours.or_else(|| {
                let same = new.calendars.iter().position(|c| c == calendar);
                same.map(|at| CalendarIx(at as u32))
            })
        };
        Self {
            earlier,
            later,
            pairs,
            found,
            calendars: (0..).zip(&old.calendars).map(in_later).collect(),
            nothing: Facts::none(),
        }
    }

    /// The schedule of the later plan without the changes that are to be taken back; none where that is no plan, or not one
    /// that has dates.
    pub(super) fn without(&self, back: &dyn Fn(usize) -> bool) -> Option<Mixed> {
        let (projection, facts, position) = self.projection(back)?;
        let network = Network::new(projection).ok()?;
        let schedule = compute(&network, &facts).ok()?;
        Some(Mixed { schedule, position })
    }

    fn facts(&self, which: Which) -> &Facts {
        [self.earlier, self.later][which].facts.unwrap_or(&self.nothing)
    }

    fn projection(&self, back: &dyn Fn(usize) -> bool) -> Option<(Projection, Facts, [Vec<u32>; 2])> {
        let (old, new) = (self.earlier.network.projection(), self.later.network.projection());
        let undo = Undo::new(self.found, back);
        let (sources, position) = self.sources(&undo)?;

        let mut plan = Projection {
            start: new.start,
            finish: new.finish,
            rules: new.rules.clone(),
            calendar: new.calendar,
            nodes: Vec::with_capacity(sources.len()),
            links: Vec::with_capacity(new.links.len()),
            calendars: new.calendars.clone(),
        };
        let mut facts = Facts::none();
        facts.status_date = self.facts(LATER).status_date;
        let calendars = self.place_calendars(&mut plan);
        let of_earlier = |calendar: CalendarIx| calendars[calendar.index()];
        for what in &undo.whole {
            match *what {
                What::Start => plan.start = old.start,
                What::Finish => plan.finish = old.finish,
                What::Rules => plan.rules = old.rules.clone(),
                What::Calendar => plan.calendar = of_earlier(old.calendar),
                What::StatusDate => facts.status_date = self.facts(EARLIER).status_date,
                What::Hours(a, b) => plan.calendars[b.index()] = old.calendars[a.index()].clone(),
                _ => {}
            }
        }

        for &(which, n) in &sources {
            let network = [self.earlier.network, self.later.network][which];
            let mut node = network.projection().nodes[n as usize].clone();
            node.parent = self
                .parent(&undo, &position, (which, n))
                .map(|(w, p)| NodeIx(position[w][p as usize]));
            if which == EARLIER {
                node.calendar = of_earlier(node.calendar);
                node.work_calendar = node.work_calendar.map(of_earlier);
            }
            if let Some(fact) = self.facts(which).of(NodeIx(n)) {
                facts.set(NodeIx(plan.nodes.len() as u32), *fact);
            }
            plan.nodes.push(node);
        }
        for &(earlier, node, aspect) in &undo.aspects {
            let at = position[LATER][node.index()];
            let (from, to) = (&old.nodes[earlier.index()], &mut plan.nodes[at as usize]);
            match aspect {
                Aspect::Fact => {
                    let fact = self.facts(EARLIER).of(earlier).copied().unwrap_or_default();
                    facts.set(NodeIx(at), fact);
                }
                Aspect::Mode => to.mode = from.mode,
                Aspect::Span => (to.span, to.tenths) = (from.span, from.tenths),
                Aspect::Calendar => {
                    to.calendar = of_earlier(from.calendar);
                    to.inherits_calendar = from.inherits_calendar;
                }
                Aspect::WorkCalendar => to.work_calendar = from.work_calendar.map(of_earlier),
                Aspect::Delay => to.delay = from.delay,
                Aspect::AsLateAsPossible => to.as_late_as_possible = from.as_late_as_possible,
                Aspect::Milestone => to.milestone = from.milestone,
                Aspect::Summary => (to.summary, to.span, to.tenths) = (from.summary, from.span, from.tenths),
                Aspect::Parent => {}
            }
        }
        if self.found.swapped {
            for node in plan.nodes.iter_mut().filter(|node| node.inherits_calendar) {
                node.calendar = plan.calendar;
            }
        }
        self.spanning(&mut plan, &sources);
        self.bounds(&undo, &position, &mut plan);
        self.links(&undo, &position, &mut plan);
        Some((plan, facts, position))
    }

    /// Where each calendar of the earlier plan stands in the mixed one; what the later plan does not have is added.
    fn place_calendars(&self, plan: &mut Projection) -> Vec<CalendarIx> {
        let old = &self.earlier.network.projection().calendars;
        let place = |(known, calendar): (&Option<CalendarIx>, _)| match known {
            Some(known) => *known,
            None => plan.add_calendar(Clone::clone(calendar)),
        };
        self.calendars.iter().zip(old).map(place).collect()
    }

    /// The nodes of the mixed plan in order, parents before what belongs to them, and their positions by node of each plan. None
    /// where something would belong to itself.
    fn sources(&self, undo: &Undo) -> Option<(Vec<Source>, [Vec<u32>; 2])> {
        let (old, new) = (self.earlier.network.projection(), self.later.network.projection());
        // What is in it, before anything has its place.
        let mut position = [vec![NONE; old.nodes.len()], vec![0; new.nodes.len()]];
        for node in &undo.added {
            position[LATER][node.index()] = NONE;
        }
        for node in &undo.removed {
            position[EARLIER][node.index()] = 0;
        }
        let mut order: Vec<Source> = Vec::with_capacity(new.nodes.len() + undo.removed.len());
        order.extend((0..new.nodes.len() as u32).map(|n| (LATER, n)));
        order.extend(undo.removed.iter().map(|node| (EARLIER, node.0)));
        order.retain(|(which, n)| position[*which][*n as usize] != NONE);

        const OPEN: u8 = 1;
        const PLACED: u8 = 2;
        let mut state = [vec![0_u8; old.nodes.len()], vec![0_u8; new.nodes.len()]];
        let mut placed = Vec::with_capacity(order.len());
        let mut waiting = Vec::new();
        for source in order {
            let mut at = Some(source);
            while let Some((which, n)) = at {
                match state[which][n as usize] {
                    PLACED => break,
                    OPEN => return None,
                    _ => {}
                }
                state[which][n as usize] = OPEN;
                waiting.push((which, n));
                at = self.parent(undo, &position, (which, n));
            }
            while let Some((which, n)) = waiting.pop() {
                state[which][n as usize] = PLACED;
                placed.push((which, n));
            }
        }
        for (at, (which, n)) in (0..).zip(&placed) {
            position[*which][*n as usize] = at;
        }
        let [earlier, later] = &mut position;
        for (n, at) in (0..).map(NodeIx).zip(earlier) {
            if let Some(node) = self.pairs.later(n) {
                *at = later[node.index()];
            }
        }
        Some((placed, position))
    }

    /// What a node belongs to in the mixed plan: the nearest above it that is there.
    fn parent(&self, undo: &Undo, position: &[Vec<u32>; 2], (which, n): Source) -> Option<Source> {
        let plans = [self.earlier.network.projection(), self.later.network.projection()];
        let mut at = (which, n);
        if which == LATER && undo.parents.binary_search(&NodeIx(n)).is_ok() {
            at = (EARLIER, self.pairs.earlier(NodeIx(n))?.0);
        }
        loop {
            let up = plans[at.0].nodes[at.1 as usize].parent?;
            // What both plans have is taken from the later one.
            let both = if at.0 == EARLIER { self.pairs.later(up) } else { None };
            let here = both.map_or((at.0, up.0), |later| (LATER, later.0));
            if position[here.0][here.1 as usize] != NONE {
                return Some(here);
            }
            at = (at.0, up.0);
        }
    }

    /// What spans others in one of the plans spans what belongs to it here.
    fn spanning(&self, plan: &mut Projection, sources: &[Source]) {
        let mut holds = vec![false; plan.nodes.len()];
        for parent in plan.nodes.iter().filter_map(|node| node.parent) {
            holds[parent.index()] = true;
        }
        let old = &self.earlier.network.projection().nodes;
        for ((node, holds), (which, n)) in plan.nodes.iter_mut().zip(holds).zip(sources) {
            if holds && *which == LATER && !node.summary {
                let earlier = self.pairs.earlier(NodeIx(*n));
                let later = self.later.network.projection().nodes[*n as usize].summary;
                node.summary = later || earlier.is_some_and(|earlier| old[earlier.index()].summary);
            }
        }
    }

    fn bounds(&self, undo: &Undo, position: &[Vec<u32>; 2], plan: &mut Projection) {
        let old = &self.earlier.network.projection().nodes;
        let mut gone: Vec<(u32, u32)> = Vec::new();
        let mut back: Vec<(u32, Bound)> = Vec::new();
        for what in &undo.bounds {
            match *what {
                What::BoundAdded { node, index } => gone.push((position[LATER][node.index()], index)),
                What::BoundRemoved { earlier, index } => {
                    let bound = old[earlier.index()].bounds[index as usize];
                    back.push((position[EARLIER][earlier.index()], bound));
                }
                What::BoundChanged { earlier, node } => {
                    let at = position[LATER][node.0.index()] as usize;
                    plan.nodes[at].bounds[node.1 as usize] = old[earlier.0.index()].bounds[earlier.1 as usize];
                }
                _ => {}
            }
        }
        gone.sort_unstable();
        for (node, index) in gone.into_iter().rev() {
            plan.nodes[node as usize].bounds.remove(index as usize);
        }
        for (node, bound) in back {
            plan.nodes[node as usize].bounds.push(bound);
        }
    }

    fn links(&self, undo: &Undo, position: &[Vec<u32>; 2], plan: &mut Projection) {
        let (old, new) = (self.earlier.network.projection(), self.later.network.projection());
        let mut changed = undo.links.iter().peekable();
        let place = |which: Which, link: &TimeLink| {
            let ends = [link.from, link.to].map(|end| position[which][end.index()]);
            (!ends.contains(&NONE)).then(|| TimeLink {
                from: NodeIx(ends[0]),
                to: NodeIx(ends[1]),
                ..*link
            })
        };
        for (n, link) in (0_u32..).zip(&new.links) {
            let mut link = *link;
            if let Some((_, instead)) = changed.next_if(|(at, _)| *at == n) {
                let Some(instead) = instead else { continue };
                let was = &old.links[*instead as usize];
                (link.kind, link.lag, link.tenths) = (was.kind, was.lag, was.tenths);
            }
            plan.links.extend(place(LATER, &link));
        }
        for link in &undo.links_back {
            plan.links.extend(place(EARLIER, &old.links[*link as usize]));
        }
        if !undo.removed.is_empty() {
            // The links of what was gone come back with it.
            let is_back = |node: NodeIx| self.pairs.later(node).is_none();
            let theirs = old.links.iter().filter(|link| is_back(link.from) || is_back(link.to));
            plan.links.extend(theirs.filter_map(|link| place(EARLIER, link)));
        }
    }
}

/// The changes that are taken back, by what they are about.
#[derive(Default)]
struct Undo {
    whole: Vec<What>,
    added: Vec<NodeIx>,
    removed: Vec<NodeIx>,
    /// Earlier node, later node, and what about it.
    aspects: Vec<(NodeIx, NodeIx, Aspect)>,
    /// Nodes of the later plan that belong to what they belonged to; ascending.
    parents: Vec<NodeIx>,
    bounds: Vec<What>,
    /// Links of the later plan, ascending: gone, or what another of the earlier plan says.
    links: Vec<(u32, Option<u32>)>,
    /// Links of the earlier plan that come back.
    links_back: Vec<u32>,
}

impl Undo {
    fn new(found: &Found, back: &dyn Fn(usize) -> bool) -> Self {
        let mut undo = Self::default();
        let changes = (0..found.list.len()).filter(|change| back(*change));
        for what in changes.flat_map(|change| found.whats(change)) {
            match *what {
                What::Start | What::Finish | What::Rules | What::Calendar | What::StatusDate | What::Hours(..) => {
                    undo.whole.push(*what);
                }
                What::Added(node) => undo.added.push(node),
                What::Removed(node) => undo.removed.push(node),
                What::Node { earlier, node, aspect } => {
                    undo.aspects.push((earlier, node, aspect));
                    if aspect == Aspect::Parent {
                        undo.parents.push(node);
                    }
                }
                What::BoundAdded { .. } | What::BoundRemoved { .. } | What::BoundChanged { .. } => {
                    undo.bounds.push(*what);
                }
                What::LinkAdded(link) => undo.links.push((link.0, None)),
                What::LinkRemoved(link) => undo.links_back.push(link.0),
                What::LinkChanged(from, to) => undo.links.push((to.0, Some(from.0))),
            }
        }
        // In the order of the document, as they were before edits were gathered.
        undo.added.sort_unstable();
        undo.removed.sort_unstable();
        undo.links_back.sort_unstable();
        undo.parents.sort_unstable();
        undo.links.sort_unstable();
        undo
    }
}
