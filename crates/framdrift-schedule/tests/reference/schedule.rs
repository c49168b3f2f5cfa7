//! The reference: dates and floats by their definitions, on small networks, written to be read.
//!
//! Links of summaries are written out leaf by leaf. Each pass states what a node's dates are, given those of its
//! neighbours, and says it again for all nodes until nothing changes. There is no order of visits, no junction, no table.
//!
//! What a link asks of a start is kept as an instant, what it asks of a finish in the working time of the leaf, as dates
//! are. Late dates are said by the early ones: the last dates of a leaf from which no link asks its successor to pass its own
//! late dates. They are searched for: that something of a bound lies in a weekend is nobody's special case. Nor is an end of the
//! span of dates: what would lie beyond it lies there, each instant by itself.

use std::collections::BTreeSet;

use framdrift_model::projection::{BoundKind, Lag, LinkKind, Span, TimeLink, TimeNode};
use framdrift_model::time::Minute;

use super::calendar::Naive;
use super::generate::Plan;

/// What the reference says about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dates {
    pub(crate) early_start: Minute,
    pub(crate) early_finish: Minute,
    pub(crate) late_start: Minute,
    pub(crate) late_finish: Minute,
    pub(crate) total_float: i64,
    pub(crate) free_float: i64,
    pub(crate) critical: bool,
    /// Whether one of its dates is an end of the span of dates, and so perhaps not the true one.
    pub(crate) beyond_horizon: bool,
}

/// A start and a finish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct When {
    pub(crate) start: Minute,
    pub(crate) finish: Minute,
}

/// The dates of every node of a plan, by position.
pub(crate) fn schedule(plan: &Plan) -> Vec<Dates> {
    let reference = Reference::new(plan);
    let forward = reference.forward();
    let end = forward
        .iter()
        .flatten()
        .map(|when| when.finish)
        .max()
        .unwrap_or(Minute::MIN);
    let arrows = reference.arrows(&forward);
    let late = reference.backward(&arrows, end);
    let early = reference.pulled(&arrows, &forward, end);
    (0..plan.projection.nodes.len())
        .map(|node| reference.dates(node, &arrows, &early, &late, end))
        .collect()
}

/// A leaf: what takes time.
struct Leaf<'p> {
    span: Span,
    calendar: &'p Naive,
    as_late_as_possible: bool,
    /// Its own bounds, and those of the summaries above that reach down to it.
    bounds: Vec<(BoundKind, Minute)>,
}

/// A link written out: into one leaf, out of one leaf — or out of whichever of several start first.
struct Tie {
    from: Vec<usize>,
    to: usize,
    kind: LinkKind,
    lag: Lag,
}

/// A tie, from one of the leaves that start first, once it is known which ones do.
struct Arrow {
    from: usize,
    to: usize,
    kind: LinkKind,
    /// In working or civil minutes, or a period: a share has become minutes.
    lag: Lag,
}

struct Reference<'p> {
    plan: &'p Plan,
    start: Minute,
    /// By position: the leaf itself, or `None` for a summary that spans others.
    leaves: Vec<Option<Leaf<'p>>>,
    ties: Vec<Tie>,
}

// ---------------------------------------------------------------------------------------------------------------------
// What a plan says, leaf by leaf.

/// The leaves that belong to a node: itself when nothing belongs to it.
pub(crate) fn leaves_of(nodes: &[TimeNode], node: usize) -> BTreeSet<usize> {
    let children: Vec<usize> = (0..nodes.len())
        .filter(|child| nodes[*child].parent.is_some_and(|parent| parent.index() == node))
        .collect();
    if children.is_empty() {
        return BTreeSet::from([node]);
    }
    children.into_iter().flat_map(|child| leaves_of(nodes, child)).collect()
}

/// The node and the summaries above it.
pub(crate) fn upwards(nodes: &[TimeNode], node: usize) -> Vec<usize> {
    let next = |at: &usize| nodes[*at].parent.map(|parent| parent.index());
    std::iter::successors(Some(node), next).collect()
}

fn leaf(plan: &Plan, node: usize) -> Leaf<'_> {
    let nodes = &plan.projection.nodes;
    let mut bounds = Vec::new();
    for holder in upwards(nodes, node) {
        for bound in &nodes[holder].bounds {
            let reaches_down = matches!(bound.kind, BoundKind::StartNotBefore | BoundKind::FinishNotAfter);
            if !nodes[holder].summary || reaches_down {
                bounds.push((bound.kind, bound.at));
            }
        }
    }
    Leaf {
        // A summary that nothing belongs to is an instant.
        span: if nodes[node].summary {
            Span::Work(0)
        } else {
            nodes[node].span
        },
        calendar: &plan.calendars[nodes[node].calendar.index()],
        as_late_as_possible: nodes[node].as_late_as_possible && !nodes[node].summary,
        bounds,
    }
}

fn ties(nodes: &[TimeNode], link: &TimeLink) -> Vec<Tie> {
    let (from, to) = (link.from.index(), link.to.index());
    if upwards(nodes, from).contains(&to) || upwards(nodes, to).contains(&from) {
        return Vec::new();
    }
    let out = leaves_of(nodes, from);
    let out: Vec<Vec<usize>> = match link.kind {
        LinkKind::FinishToStart | LinkKind::FinishToFinish => out.into_iter().map(|leaf| vec![leaf]).collect(),
        LinkKind::StartToStart | LinkKind::StartToFinish => vec![out.into_iter().collect()],
    };
    let into = leaves_of(nodes, to);
    out.iter()
        .flat_map(|from| {
            into.iter().map(|to| Tie {
                from: from.clone(),
                to: *to,
                kind: link.kind,
                lag: link.lag,
            })
        })
        .collect()
}

// ---------------------------------------------------------------------------------------------------------------------
// What a leaf does with an instant.

impl Leaf<'_> {
    /// Its dates when it may start at `s` and not before.
    fn starting_from(&self, s: Minute) -> When {
        match self.span {
            Span::Work(0) if self.calendar.touches(s) => When { start: s, finish: s },
            Span::Work(0) => {
                let next = self.calendar.latest(s, 0);
                When {
                    start: next,
                    finish: next,
                }
            }
            Span::Work(work) => When {
                start: self.calendar.latest(s, 0),
                finish: self.calendar.earliest(s, work),
            },
            Span::Elapsed(minutes) => When {
                start: s,
                finish: s.plus(minutes),
            },
        }
    }

    /// Its dates when it must finish at `f` or before.
    fn finishing_by(&self, f: Minute) -> When {
        match self.span {
            Span::Work(0) if self.calendar.touches(f) => When { start: f, finish: f },
            Span::Work(0) => {
                let last = self.calendar.earliest(f, 0);
                When {
                    start: last,
                    finish: last,
                }
            }
            Span::Work(work) => When {
                start: self.calendar.latest(f, -work),
                finish: self.calendar.earliest(f, 0),
            },
            Span::Elapsed(minutes) => When {
                start: f.plus(-minutes),
                finish: f,
            },
        }
    }

    /// The floor on its start from an instant `f` that it is not to finish before: no working time of its own lies between
    /// its finish and `f`.
    fn start_that_reaches(&self, f: Minute) -> Minute {
        match self.span {
            Span::Work(0) => f,
            // It may lie further on, beyond the last instant.
            Span::Work(work) if f == Minute::MAX => self.calendar.earliest(f, 1 - work),
            Span::Work(work) => self.calendar.earliest(f, -work),
            Span::Elapsed(minutes) => f.plus(-minutes),
        }
    }

    /// The cap on its finish from a date `s` that it is not to start after: no working time of its own lies between `s`
    /// and its start.
    fn finish_that_reaches(&self, s: Minute) -> Minute {
        match self.span {
            Span::Work(0) => s,
            Span::Work(work) => self.calendar.latest(s, work),
            Span::Elapsed(minutes) => s.plus(minutes),
        }
    }

    /// The latest finish that its bounds and the project's finish allow, whatever links say.
    fn cap(&self, end: Minute) -> Minute {
        let caps = self.bounds.iter().filter_map(|(kind, at)| match kind {
            BoundKind::FinishNotAfter | BoundKind::MustFinish => Some(*at),
            BoundKind::StartNotAfter | BoundKind::MustStart => Some(self.finish_that_reaches(*at)),
            _ => None,
        });
        caps.fold(end, Minute::min)
    }

    /// The last of the starts it may have that is not after `cap`.
    fn last_start(&self, cap: Minute) -> Minute {
        let placed = |s: Minute| self.starting_from(s).start;
        placed(last(Minute::MIN, cap, |s| placed(s) <= cap))
    }
}

/// The last instant from `from` to `to` with which something holds that holds with every earlier one, and with `from`.
fn last(from: Minute, to: Minute, holds: impl Fn(Minute) -> bool) -> Minute {
    let (mut low, mut high) = (from.get(), to.get());
    while low < high {
        let middle = high - (high - low) / 2;
        if holds(Minute::clamped(middle)) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Minute::clamped(low)
}

/// A share of so many minutes, in thousandths of a per cent, to the nearest minute, halves away from zero.
pub(crate) fn share(minutes: i64, thousandths: i64) -> i64 {
    let exact = minutes * thousandths;
    let rounded = (exact.abs() + 50_000) / 100_000;
    rounded * exact.signum()
}

// ---------------------------------------------------------------------------------------------------------------------
// What a link asks for, and what it allows.

impl Reference<'_> {
    fn leaf(&self, node: usize) -> &Leaf<'_> {
        self.leaves[node].as_ref().expect("ties join leaves")
    }

    /// A lag in working or civil minutes: a share becomes minutes of the kind that the predecessor counts in. Of several
    /// predecessors that start together, the shortest gives its share; one that works goes before one that waits.
    fn lag(&self, lag: Lag, from: &[usize]) -> Lag {
        let Lag::Percent(thousandths) = lag else {
            return lag;
        };
        let spans = from.iter().map(|leaf| self.leaf(*leaf).span);
        match spans.min_by_key(|span| (span.minutes(), matches!(span, Span::Elapsed(_)))) {
            Some(Span::Work(minutes)) => Lag::Work(share(minutes, thousandths)),
            Some(Span::Elapsed(minutes)) => Lag::Elapsed(share(minutes, thousandths)),
            None => unreachable!("a node has a leaf"),
        }
    }

    /// The instant that is asked of the successor's end, when that of the predecessor is at `p`.
    fn asks(&self, arrow: &Arrow, p: Minute) -> Minute {
        match arrow.lag {
            Lag::Work(0) => p,
            Lag::Work(minutes) => self.leaf(arrow.to).calendar.earliest(p, minutes),
            Lag::Elapsed(minutes) => p.plus(minutes),
            Lag::Period(period) => period.earliest_anchor(p),
            Lag::Percent(_) => unreachable!("a share has become minutes"),
        }
    }

    /// The start that the successor may not come before, when an instant is asked of that end of it.
    fn floor(&self, arrow: &Arrow, asked: Minute) -> Minute {
        match arrow.kind {
            LinkKind::FinishToStart | LinkKind::StartToStart => asked,
            LinkKind::FinishToFinish | LinkKind::StartToFinish => self.leaf(arrow.to).start_that_reaches(asked),
        }
    }

    /// Whether what is asked does not lie beyond the last instant, where it would push something that cannot move.
    fn asks_within_time(&self, arrow: &Arrow, p: Minute) -> bool {
        match arrow.lag {
            _ if self.asks(arrow, p) < Minute::MAX => true,
            Lag::Work(0) => true,
            Lag::Work(minutes) => self.leaf(arrow.to).calendar.between(p, Minute::MAX) >= minutes,
            Lag::Elapsed(minutes) => Minute::MAX.since(p) >= minutes,
            Lag::Period(period) => p <= period.before(Minute::MAX),
            Lag::Percent(_) => unreachable!("a share has become minutes"),
        }
    }

    /// The last instant that can be asked of that end of the successor without its passing `to`.
    fn asked_at_most(&self, arrow: &Arrow, to: When) -> Minute {
        last(Minute::MIN, Minute::MAX, |asked| {
            let pushed = self.leaf(arrow.to).starting_from(self.floor(arrow, asked));
            incoming(arrow.kind, pushed) <= incoming(arrow.kind, to)
        })
    }

    /// The last instant for that end of the predecessor from which the successor need not pass `to`. What would lie before the
    /// first instant lies there, each instant by itself: what can be asked at the most, and what asks it.
    fn allows(&self, arrow: &Arrow, to: When) -> Minute {
        let most = self.asked_at_most(arrow, to);
        last(Minute::MIN, Minute::MAX, |p| {
            self.asks(arrow, p) <= most && self.asks_within_time(arrow, p)
        })
    }
}

/// The end of the predecessor that a link ties.
pub(crate) fn outgoing(kind: LinkKind, from: When) -> Minute {
    match kind {
        LinkKind::FinishToStart | LinkKind::FinishToFinish => from.finish,
        LinkKind::StartToStart | LinkKind::StartToFinish => from.start,
    }
}

/// The end of the successor that a link ties.
pub(crate) fn incoming(kind: LinkKind, to: When) -> Minute {
    match kind {
        LinkKind::FinishToStart | LinkKind::StartToStart => to.start,
        LinkKind::FinishToFinish | LinkKind::StartToFinish => to.finish,
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The passes.

impl<'p> Reference<'p> {
    fn new(plan: &'p Plan) -> Self {
        let nodes = &plan.projection.nodes;
        let is_leaf = |node: &usize| leaves_of(nodes, *node).contains(node);
        Self {
            plan,
            start: plan.projection.start.expect("a plan has a start"),
            leaves: (0..nodes.len())
                .map(|node| is_leaf(&node).then(|| leaf(plan, node)))
                .collect(),
            ties: plan
                .projection
                .links
                .iter()
                .flat_map(|link| ties(nodes, link))
                .collect(),
        }
    }

    /// Says `dates` of every leaf until it changes nothing.
    fn until_nothing_changes(
        &self,
        mut known: Vec<Option<When>>,
        dates: impl Fn(usize, &Leaf<'_>, &[Option<When>]) -> When,
    ) -> Vec<Option<When>> {
        for _ in 0..known.len() + 2 {
            let before = known.clone();
            for (node, leaf) in self.leaves.iter().enumerate() {
                if let Some(leaf) = leaf {
                    known[node] = Some(dates(node, leaf, &known));
                }
            }
            if known == before {
                return known;
            }
        }
        panic!("the links form a ring");
    }

    /// The same dates for every leaf, to begin with.
    fn everywhere(&self, at: Minute) -> Vec<Option<When>> {
        let when = When { start: at, finish: at };
        self.leaves.iter().map(|leaf| leaf.as_ref().map(|_| when)).collect()
    }

    /// The tie, seen from each leaf that starts first, by these dates.
    fn arrows_of(&self, tie: &Tie, known: &[Option<When>]) -> Vec<Arrow> {
        let start = |leaf: &usize| known[*leaf].expect("ties join leaves").start;
        let first = tie.from.iter().map(start).min();
        let mut from = tie.from.clone();
        from.retain(|leaf| Some(start(leaf)) == first);
        let lag = self.lag(tie.lag, &from);
        let arrow = |from| Arrow {
            from,
            to: tie.to,
            kind: tie.kind,
            lag,
        };
        from.into_iter().map(arrow).collect()
    }

    fn arrows(&self, forward: &[Option<When>]) -> Vec<Arrow> {
        self.ties.iter().flat_map(|tie| self.arrows_of(tie, forward)).collect()
    }

    /// Early dates, before anything is pulled: as soon as the start, the bounds and the links let it.
    fn forward(&self) -> Vec<Option<When>> {
        self.until_nothing_changes(self.everywhere(self.start), |node, leaf, known| {
            let floors = leaf.bounds.iter().filter_map(|(kind, at)| match kind {
                BoundKind::StartNotBefore | BoundKind::MustStart => Some(*at),
                BoundKind::FinishNotBefore | BoundKind::MustFinish => Some(leaf.start_that_reaches(*at)),
                _ => None,
            });
            let floor = floors.fold(self.start, Minute::max);
            let ties = self.ties.iter().filter(|tie| tie.to == node);
            let asked = ties.flat_map(|tie| self.arrows_of(tie, known)).map(|arrow| {
                let p = outgoing(arrow.kind, known[arrow.from].unwrap());
                self.floor(&arrow, self.asks(&arrow, p))
            });
            leaf.starting_from(asked.fold(floor, Minute::max))
        })
    }

    /// The last finish from `from` to `to` with which no link out of a leaf makes what follows it pass its dates.
    fn last_that_moves_nothing(
        &self,
        arrows: &[Arrow],
        node: usize,
        (from, to): (Minute, Minute),
        known: &[Option<When>],
    ) -> Minute {
        let out = arrows.iter().filter(|arrow| arrow.from == node);
        let allowed: Vec<(LinkKind, Minute)> = out
            .map(|arrow| (arrow.kind, self.allows(arrow, known[arrow.to].unwrap())))
            .collect();
        last(from, to, |f| {
            let when = self.leaf(node).finishing_by(f);
            allowed.iter().all(|(kind, most)| outgoing(*kind, when) <= *most)
        })
    }

    /// Late dates: the latest that move neither the project's finish nor what follows past its late dates, and pass no bound.
    fn backward(&self, arrows: &[Arrow], end: Minute) -> Vec<Option<When>> {
        self.until_nothing_changes(self.everywhere(end), |node, leaf, known| {
            leaf.finishing_by(self.last_that_moves_nothing(arrows, node, (Minute::MIN, leaf.cap(end)), known))
        })
    }

    /// Early dates: those that are to be as late as possible moved up to where they would push a successor, but past no cap of
    /// their own that they kept before, and not past the project's finish.
    fn pulled(&self, arrows: &[Arrow], forward: &[Option<When>], end: Minute) -> Vec<Option<When>> {
        self.until_nothing_changes(forward.to_vec(), |node, leaf, known| {
            let soonest = forward[node].unwrap();
            if !leaf.as_late_as_possible {
                return soonest;
            }
            let most = soonest.finish.max(leaf.cap(end));
            let last = self.last_that_moves_nothing(arrows, node, (soonest.finish, most), known);
            let pulled = leaf.finishing_by(last);
            When {
                start: pulled.start.max(soonest.start),
                finish: pulled.finish.max(soonest.finish),
            }
        })
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// What is read off in the end.

impl Reference<'_> {
    fn dates(
        &self,
        node: usize,
        arrows: &[Arrow],
        early: &[Option<When>],
        late: &[Option<When>],
        end: Minute,
    ) -> Dates {
        let nodes = &self.plan.projection.nodes;
        let calendar = &self.plan.calendars[nodes[node].calendar.index()];
        // A leaf spans itself.
        let leaves = leaves_of(nodes, node);
        let over = |known: &[Option<When>]| When {
            start: leaves.iter().map(|leaf| known[*leaf].unwrap().start).min().unwrap(),
            finish: leaves.iter().map(|leaf| known[*leaf].unwrap().finish).max().unwrap(),
        };
        let (early_when, late_when) = (over(early), over(late));

        // What runs by the clock is early and late by the clock.
        let by_the_clock = !nodes[node].summary && matches!(nodes[node].span, Span::Elapsed(_));
        let between = |from: Minute, to: Minute| match by_the_clock {
            true => to.since(from),
            false => calendar.between(from, to),
        };
        let total_float = Ord::min(
            between(early_when.start, late_when.start),
            between(early_when.finish, late_when.finish),
        );
        // A summary slips when its leaves do, each from where it stands.
        let free_float = arrows
            .iter()
            .filter(|arrow| leaves.contains(&arrow.from) && !leaves.contains(&arrow.to))
            .map(|arrow| {
                let allowed = self.allows(arrow, early[arrow.to].unwrap());
                let latest = match arrow.kind {
                    LinkKind::FinishToStart | LinkKind::FinishToFinish => allowed,
                    LinkKind::StartToStart | LinkKind::StartToFinish => self.leaf(arrow.from).last_start(allowed),
                };
                between(outgoing(arrow.kind, early[arrow.from].unwrap()), latest)
            })
            .min()
            .unwrap_or_else(|| between(early_when.finish, end))
            .max(0);
        let leaf_is_critical = |leaf: &usize| self.dates(*leaf, arrows, early, late, end).critical;
        let spans_others = !leaves.contains(&node);
        Dates {
            early_start: early_when.start,
            early_finish: early_when.finish,
            late_start: late_when.start,
            late_finish: late_when.finish,
            total_float,
            free_float,
            critical: match spans_others {
                true => leaves.iter().any(leaf_is_critical),
                false => total_float <= 0,
            },
            beyond_horizon: [early_when, late_when]
                .iter()
                .flat_map(|when| [when.start, when.finish])
                .any(|date| date == Minute::MIN || date == Minute::MAX),
        }
    }
}
