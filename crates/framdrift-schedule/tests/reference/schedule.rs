//! The reference: dates and floats by their definitions, on small networks, written to be read.
//!
//! Links of summaries are written out leaf by leaf. Each pass states what a node's dates are, given those of its
//! neighbours, and says it again for all nodes until nothing changes. There is no order of visits, no junction, no table.

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
struct When {
    start: Minute,
    finish: Minute,
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
    let early = reference.pulled(&arrows, &forward, &late);
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

/// A link written out: into one leaf, out of one leaf — or out of whichever of several starts first.
struct Tie {
    from: Vec<usize>,
    to: usize,
    kind: LinkKind,
    lag: Lag,
}

/// A tie once it is known which leaf starts first.
struct Arrow {
    from: usize,
    to: usize,
    kind: LinkKind,
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
        as_late_as_possible: nodes[node].as_late_as_possible,
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

    /// The least start from which it reaches `f`: no working time of its own lies between its finish and `f`.
    fn start_that_reaches(&self, f: Minute) -> Minute {
        match self.span {
            Span::Work(0) => f,
            Span::Work(work) => self.calendar.earliest(f, -work),
            Span::Elapsed(minutes) => f.plus(-minutes),
        }
    }

    /// The latest finish of a start at `s`: no working time of its own lies between `s` and that start.
    fn finish_that_reaches(&self, s: Minute) -> Minute {
        match self.span {
            Span::Work(0) => s,
            Span::Work(work) => self.calendar.latest(s, work),
            Span::Elapsed(minutes) => s.plus(minutes),
        }
    }
}

/// A share of so many minutes, in thousandths of a per cent, to the nearest minute, halves away from zero.
fn share(minutes: i64, thousandths: i64) -> i64 {
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

    /// A lag in working or civil minutes: a share becomes minutes of the kind that the predecessor counts in.
    fn lag(&self, lag: Lag, from: usize) -> Lag {
        match (lag, self.leaf(from).span) {
            (Lag::Percent(thousandths), Span::Work(minutes)) => Lag::Work(share(minutes, thousandths)),
            (Lag::Percent(thousandths), Span::Elapsed(minutes)) => Lag::Elapsed(share(minutes, thousandths)),
            (lag, _) => lag,
        }
    }

    /// The least start of the successor when the predecessor stands at `from`.
    fn asks(&self, arrow: &Arrow, from: When) -> Minute {
        let p = match arrow.kind {
            LinkKind::FinishToStart | LinkKind::FinishToFinish => from.finish,
            LinkKind::StartToStart | LinkKind::StartToFinish => from.start,
        };
        let successor = self.leaf(arrow.to);
        let p = match self.lag(arrow.lag, arrow.from) {
            Lag::Work(0) => p,
            Lag::Work(minutes) => successor.calendar.earliest(p, minutes),
            Lag::Elapsed(minutes) => p.plus(minutes),
            Lag::Period(period) => period.earliest_anchor(p),
            Lag::Percent(_) => unreachable!("a share has become minutes"),
        };
        match arrow.kind {
            LinkKind::FinishToStart | LinkKind::StartToStart => p,
            LinkKind::FinishToFinish | LinkKind::StartToFinish => successor.start_that_reaches(p),
        }
    }

    /// The latest date of the predecessor's end that the link ties, when the successor stands at `to`.
    fn allows(&self, arrow: &Arrow, to: When) -> Minute {
        let p = match arrow.kind {
            LinkKind::FinishToStart | LinkKind::StartToStart => to.start,
            LinkKind::FinishToFinish | LinkKind::StartToFinish => to.finish,
        };
        match self.lag(arrow.lag, arrow.from) {
            Lag::Work(0) => p,
            Lag::Work(minutes) => self.leaf(arrow.to).calendar.latest(p, -minutes),
            Lag::Elapsed(minutes) => p.plus(-minutes),
            Lag::Period(period) => period.before(p),
            Lag::Percent(_) => unreachable!("a share has become minutes"),
        }
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

    /// The tie, seen from the leaf that starts first, by these dates.
    fn arrow(&self, tie: &Tie, known: &[Option<When>]) -> Arrow {
        let starts = |leaf: &usize| known[*leaf].expect("ties join leaves").start;
        Arrow {
            from: *tie
                .from
                .iter()
                .min_by_key(|leaf| (starts(leaf), **leaf))
                .expect("a node has a leaf"),
            to: tie.to,
            kind: tie.kind,
            lag: tie.lag,
        }
    }

    fn arrows(&self, forward: &[Option<When>]) -> Vec<Arrow> {
        self.ties.iter().map(|tie| self.arrow(tie, forward)).collect()
    }

    /// Early dates, before anything is pulled: as soon as the start, the bounds and the links let it.
    fn forward(&self) -> Vec<Option<When>> {
        self.until_nothing_changes(self.everywhere(self.start), |node, leaf, known| {
            let floors = leaf.bounds.iter().filter_map(|(kind, at)| match kind {
                BoundKind::StartNotBefore | BoundKind::MustStart => Some(*at),
                BoundKind::FinishNotBefore | BoundKind::MustFinish => Some(leaf.start_that_reaches(*at)),
                _ => None,
            });
            let links = self.ties.iter().filter(|tie| tie.to == node).map(|tie| {
                let arrow = self.arrow(tie, known);
                self.asks(&arrow, known[arrow.from].expect("ties join leaves"))
            });
            leaf.starting_from(floors.chain(links).fold(self.start, Minute::max))
        })
    }

    /// Late dates: as late as the project's finish, the bounds and the links let it.
    fn backward(&self, arrows: &[Arrow], end: Minute) -> Vec<Option<When>> {
        self.until_nothing_changes(self.everywhere(end), |node, leaf, known| {
            let caps = leaf.bounds.iter().filter_map(|(kind, at)| match kind {
                BoundKind::FinishNotAfter | BoundKind::MustFinish => Some(*at),
                BoundKind::StartNotAfter | BoundKind::MustStart => Some(leaf.finish_that_reaches(*at)),
                _ => None,
            });
            let links = arrows.iter().filter(|arrow| arrow.from == node).map(|arrow| {
                let allowed = self.allows(arrow, known[arrow.to].expect("ties join leaves"));
                match arrow.kind {
                    LinkKind::FinishToStart | LinkKind::FinishToFinish => allowed,
                    LinkKind::StartToStart | LinkKind::StartToFinish => leaf.finish_that_reaches(allowed),
                }
            });
            leaf.finishing_by(caps.chain(links).fold(end, Minute::min))
        })
    }

    /// Early dates: those that are to be as late as possible moved up to where they would push a successor, but not past
    /// their own late dates.
    fn pulled(&self, arrows: &[Arrow], forward: &[Option<When>], late: &[Option<When>]) -> Vec<Option<When>> {
        self.until_nothing_changes(forward.to_vec(), |node, leaf, known| {
            let (soonest, latest) = (forward[node].unwrap(), late[node].unwrap());
            if !leaf.as_late_as_possible {
                return soonest;
            }
            let harmless = |when: When| {
                arrows.iter().filter(|arrow| arrow.from == node).all(|arrow| {
                    let successor = known[arrow.to].unwrap();
                    let asked = self.leaf(arrow.to).starting_from(self.asks(arrow, when));
                    // A period is counted back from the successor's own start. Where a month is too short for its
                    // day, that gives an earlier instant than some earlier start would have given.
                    let in_time = match arrow.lag {
                        Lag::Period(period) => when.finish <= period.before(successor.start),
                        _ => true,
                    };
                    asked.start <= successor.start && in_time
                })
            };
            // A later finish never pushes less, so halving finds the last one that pushes nothing.
            let (mut good, mut bad) = (soonest.finish.get(), soonest.finish.max(latest.finish).get() + 1);
            while bad - good > 1 {
                let middle = good + (bad - good) / 2;
                let pushes_nothing = harmless(leaf.finishing_by(Minute::clamped(middle)));
                (good, bad) = if pushes_nothing { (middle, bad) } else { (good, middle) };
            }
            let pulled = leaf.finishing_by(Minute::clamped(good));
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

        let total_float = Ord::min(
            calendar.between(early_when.start, late_when.start),
            calendar.between(early_when.finish, late_when.finish),
        );
        let free_float = arrows
            .iter()
            .filter(|arrow| leaves.contains(&arrow.from) && !leaves.contains(&arrow.to))
            .map(|arrow| {
                let now = match arrow.kind {
                    LinkKind::FinishToStart | LinkKind::FinishToFinish => early[arrow.from].unwrap().finish,
                    LinkKind::StartToStart | LinkKind::StartToFinish => early[arrow.from].unwrap().start,
                };
                calendar.between(now, self.allows(arrow, early[arrow.to].unwrap()))
            })
            .min()
            .unwrap_or_else(|| calendar.between(early_when.finish, end))
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
            critical: total_float <= 0 || spans_others && leaves.iter().any(leaf_is_critical),
            beyond_horizon: [early_when, late_when]
                .iter()
                .flat_map(|when| [when.start, when.finish])
                .any(|date| date == Minute::MIN || date == Minute::MAX),
        }
    }
}
