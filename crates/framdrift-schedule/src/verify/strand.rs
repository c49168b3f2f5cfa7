//! Links as what they tie: a node at either end, or all that belongs to a summary as one.
//!
//! A link from a summary is one *strand* from its group, because only its first start and last finish ask for anything. A link
//! to a summary is one strand for each calendar below it, because lags count there. Nothing is ordered.

use std::collections::{HashMap, HashSet};

use framdrift_model::period::Period;
use framdrift_model::projection::{CalendarIx, Lag, LinkIx, LinkKind, Projection, TimeLink};
use framdrift_model::rules::{LagCalendar, Profile};

use super::clock::{Length, MINUTE};
use super::tree::{NONE, Tree};

/// An end of a strand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Node(usize),
    /// A group: of [`Strands::outs`] where the strand begins, of [`Strands::ins`] where it ends.
    Group(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Distance {
    /// Tenths of working minutes.
    Work(i64),
    /// Tenths of civil minutes.
    Civil(i64),
    /// Thousandths of a per cent of the shortest span among those that start first.
    Share(i64),
    Period(Period),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Strand {
    pub(super) link: LinkIx,
    pub(super) from_start: bool,
    pub(super) to_start: bool,
    pub(super) from: End,
    pub(super) to: End,
    pub(super) lag: Distance,
}

/// What belongs to a summary, as links from it or to it see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) summary: usize,
    /// The calendar below it; of no meaning for links from it.
    pub(super) calendar: CalendarIx,
    /// The group of the next summary above that links tie.
    pub(super) outer: usize,
}

/// Which strands touch what, in the order of strands.
struct Index {
    first: Vec<u32>,
    strands: Vec<u32>,
}

impl Index {
    fn new(count: usize, keys: impl Iterator<Item = Option<usize>> + Clone) -> Self {
        let mut first = vec![0; count + 1];
        for key in keys.clone().flatten() {
            first[key + 1] += 1;
        }
        for key in 0..count {
            first[key + 1] += first[key];
        }
        let mut next = first.clone();
        let mut strands = vec![0; first[count] as usize];
        for (strand, key) in (0..).zip(keys) {
            if let Some(key) = key {
                strands[next[key] as usize] = strand;
                next[key] += 1;
            }
        }
        Self { first, strands }
    }

    fn of(&self, key: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.first[key] as usize..self.first[key + 1] as usize;
        self.strands[range].iter().map(|s| *s as usize)
    }
}

pub(super) struct Strands {
    pub(super) all: Vec<Strand>,
    /// Groups that links leave; an outer one before those inside.
    pub(super) outs: Vec<Group>,
    /// Groups that links lead to; an outer one before those inside.
    pub(super) ins: Vec<Group>,
    /// The nearest group that holds each node that links tie; empty where there is none at all.
    out_of: Vec<usize>,
    in_of: Vec<usize>,
    into_node: Index,
    from_node: Index,
    into_group: Index,
    from_group: Index,
}

impl Strands {
    pub(super) fn new(projection: &Projection, tree: &Tree) -> Self {
        let mut draft = Draft::new(projection, tree);
        let links = (0..).map(LinkIx).zip(&projection.links);
        for (ix, link) in links.filter(|(_, link)| ties(projection, tree, link)) {
            draft.add(ix, link);
        }
        let Draft {
            all,
            outs,
            ins,
            out_of,
            in_of,
            ..
        } = draft;
        let node = |end| match end {
            End::Node(n) => Some(n),
            End::Group(_) => None,
        };
        let group = |end| match end {
            End::Group(g) => Some(g),
            End::Node(_) => None,
        };
        Self {
            into_node: Index::new(tree.len(), all.iter().map(|s| node(s.to))),
            from_node: Index::new(tree.len(), all.iter().map(|s| node(s.from))),
            into_group: Index::new(ins.len(), all.iter().map(|s| group(s.to))),
            from_group: Index::new(outs.len(), all.iter().map(|s| group(s.from))),
            all,
            outs,
            ins,
            out_of,
            in_of,
        }
    }

    pub(super) fn strands_to(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        self.into_node.of(n)
    }

    pub(super) fn strands_from(&self, n: usize) -> impl Iterator<Item = usize> + '_ {
        self.from_node.of(n)
    }

    pub(super) fn strands_to_group(&self, g: usize) -> impl Iterator<Item = usize> + '_ {
        self.into_group.of(g)
    }

    pub(super) fn strands_from_group(&self, g: usize) -> impl Iterator<Item = usize> + '_ {
        self.from_group.of(g)
    }

    /// The nearest group that a node belongs to and links leave.
    pub(super) fn out_of(&self, n: usize) -> Option<usize> {
        self.out_of.get(n).copied().filter(|g| *g != NONE)
    }

    /// The nearest group that a node belongs to and links lead to.
    pub(super) fn in_of(&self, n: usize) -> Option<usize> {
        self.in_of.get(n).copied().filter(|g| *g != NONE)
    }

    /// Whether a node has neither a predecessor or no successor.
    pub(super) fn is_open_ended(&self, n: usize) -> bool {
        let follows = self.strands_to(n).next().is_some() || self.in_of(n).is_some();
        let precedes = self.strands_from(n).next().is_some() || self.out_of(n).is_some();
        !follows || !precedes
    }
}

/// Whether a link ties anything: both ends can be tied, and neither belongs to the other.
fn ties(projection: &Projection, tree: &Tree, link: &TimeLink) -> bool {
    let can = |n: usize| projection.nodes.get(n).is_some_and(|node| node.mode.takes_part());
    let (from, to) = (link.from.index(), link.to.index());
    let holds = |outer, inner| outer != inner && tree.spans(outer) && tree.contains(outer, inner);
    can(from) && can(to) && !holds(from, to) && !holds(to, from)
}

/// Whether a link leaves each node of a summary by itself: a share of its own span follows its finish.
fn is_share_of_each(link: &TimeLink) -> bool {
    !from_start(link.kind) && matches!(link.lag, Lag::Percent(_))
}

fn from_start(kind: LinkKind) -> bool {
    matches!(kind, LinkKind::StartToStart | LinkKind::StartToFinish)
}

/// A share in thousandths of a per cent, half a unit away from nought.
pub(super) fn share(length: i64, share: i64) -> i64 {
    let product = i128::from(length) * i128::from(share);
    let rounded = (product.abs() + 50_000) / 100_000 * product.signum();
    i64::try_from(rounded).unwrap_or(if rounded > 0 { i64::MAX } else { i64::MIN })
}

struct Draft<'a> {
    projection: &'a Projection,
    tree: &'a Tree,
    all: Vec<Strand>,
    outs: Vec<Group>,
    ins: Vec<Group>,
    out_of: Vec<usize>,
    in_of: Vec<usize>,
    /// By summary.
    out_by: Vec<usize>,
    in_by: HashMap<usize, Vec<usize>>,
}

impl<'a> Draft<'a> {
    fn new(projection: &'a Projection, tree: &'a Tree) -> Self {
        let mut draft = Self {
            projection,
            tree,
            all: Vec::with_capacity(projection.links.len()),
            outs: Vec::new(),
            ins: Vec::new(),
            out_of: Vec::new(),
            in_of: Vec::new(),
            out_by: Vec::new(),
            in_by: HashMap::new(),
        };
        if tree.is_deep() {
            let (mut leaves, mut enters) = (vec![false; tree.len()], vec![false; tree.len()]);
            for link in projection.links.iter().filter(|link| ties(projection, tree, link)) {
                let (from, to) = (link.from.index(), link.to.index());
                leaves[from] |= !tree.alone(from) && !is_share_of_each(link);
                enters[to] |= !tree.alone(to);
            }
            draft.group_outs(&leaves);
            draft.group_ins(&enters);
        }
        draft
    }

    /// The nearest summary above each node that is marked and that nothing typed hides.
    fn nearest(&self, marked: &[bool]) -> Vec<usize> {
        let mut nearest = vec![NONE; marked.len()];
        for n in 0..marked.len() {
            if let Some(up) = self.tree.up(n).filter(|up| !self.tree.alone(*up)) {
                nearest[n] = if marked[up] { up } else { nearest[up] };
            }
        }
        nearest
    }

    fn group_outs(&mut self, marked: &[bool]) {
        let nearest = self.nearest(marked);
        // Only where something belongs to it that links can tie.
        let mut filled = vec![false; marked.len()];
        for n in (0..marked.len()).rev() {
            if (self.tree.acts(n) || filled[n]) && nearest[n] != NONE {
                filled[nearest[n]] = true;
            }
        }
        self.out_by = vec![NONE; marked.len()];
        self.out_of = vec![NONE; marked.len()];
        let calendar = CalendarIx(0);
        for (n, &summary) in nearest.iter().enumerate() {
            let outer = match summary {
                NONE => NONE,
                summary => self.out_by[summary],
            };
            if filled[n] {
                self.out_by[n] = self.outs.len();
                self.outs.push(Group {
                    summary: n,
                    calendar,
                    outer,
                });
            } else if self.tree.acts(n) {
                self.out_of[n] = outer;
            }
        }
    }

    fn group_ins(&mut self, marked: &[bool]) {
        let nearest = self.nearest(marked);
        // The calendars below each summary, in the order in which their first node stands.
        let mut below: HashMap<usize, Vec<CalendarIx>> = HashMap::new();
        let mut seen = HashSet::new();
        for n in (0..marked.len()).filter(|n| self.tree.acts(*n)) {
            let calendar = self.projection.nodes[n].calendar;
            let mut summary = nearest[n];
            while summary != NONE {
                if !seen.insert((summary, calendar)) {
                    break;
                }
                below.entry(summary).or_default().push(calendar);
                summary = nearest[summary];
            }
        }
        let mut by: HashMap<(usize, CalendarIx), usize> = HashMap::new();
        for (n, &up) in nearest.iter().enumerate() {
            for &calendar in below.get(&n).into_iter().flatten() {
                let outer = by.get(&(up, calendar)).copied().unwrap_or(NONE);
                by.insert((n, calendar), self.ins.len());
                self.in_by.entry(n).or_default().push(self.ins.len());
                self.ins.push(Group {
                    summary: n,
                    calendar,
                    outer,
                });
            }
        }
        let group = |n: usize| by.get(&(nearest[n], self.projection.nodes[n].calendar)).copied();
        self.in_of = (0..marked.len())
            .map(|n| group(n).filter(|_| self.tree.acts(n)).unwrap_or(NONE))
            .collect();
    }

    fn add(&mut self, ix: LinkIx, link: &TimeLink) {
        let from = link.from.index();
        if self.tree.alone(from) || is_share_of_each(link) {
            for node in self.tree.ends(from) {
                self.add_from(ix, link, End::Node(node));
            }
        } else if self.out_by[from] != NONE {
            self.add_from(ix, link, End::Group(self.out_by[from]));
        }
    }

    fn add_from(&mut self, link: LinkIx, of: &TimeLink, from: End) {
        let mut strand = Strand {
            link,
            from_start: from_start(of.kind),
            to_start: matches!(of.kind, LinkKind::FinishToStart | LinkKind::StartToStart),
            from,
            to: End::Node(of.to.index()),
            lag: self.distance(of, from),
        };
        if self.tree.alone(of.to.index()) {
            self.all.push(strand);
            return;
        }
        for &group in self.in_by.get(&of.to.index()).into_iter().flatten() {
            strand.to = End::Group(group);
            self.all.push(strand);
        }
    }

    fn distance(&self, link: &TimeLink, from: End) -> Distance {
        let rules = &self.projection.rules;
        let extra = if rules.profile == Profile::MsProject {
            link.tenths
        } else {
            0
        };
        let tenths = |minutes: i64| minutes.saturating_mul(MINUTE).saturating_add(extra.into());
        let all_day = rules.lag_calendar == LagCalendar::AllDay;
        let of = |civil: bool, minutes| match civil || all_day {
            true => Distance::Civil(tenths(minutes)),
            false => Distance::Work(tenths(minutes)),
        };
        match (link.lag, from) {
            (Lag::Work(minutes), _) => of(false, minutes),
            (Lag::Elapsed(minutes), _) => of(true, minutes),
            (Lag::Period(period), _) => Distance::Period(period),
            (Lag::Percent(percent), End::Group(_)) => Distance::Share(percent),
            (Lag::Percent(percent), End::Node(n)) => {
                // The share of a node is one of whole minutes.
                let node = &self.projection.nodes[n];
                let length = if node.summary {
                    Length {
                        tenths: 0,
                        civil: false,
                    }
                } else {
                    Length::of(node.span, 0)
                };
                of(length.civil, share(length.tenths / MINUTE, percent))
            }
        }
    }
}
