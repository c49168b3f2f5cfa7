//! The frozen network: flat arrays in topological order.
//!
//! Positions run in topological order over leaves and junctions; the dates of summaries, which are rolled up from their
//! leaves, have places after them. Arcs stand in columns, grouped by the position they lead to and in document order within
//! a group, so that a pass forward reads them from front to back and a pass backward from back to front. A second index
//! groups them by where they start. What few nodes or arcs have is kept aside.

use std::ops::Range;
use std::sync::Arc;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::projection::{BoundKind, Lag, LinkIx, NodeIx, Projection, Span, TimeNode};

use crate::arcs::{self, ArcLag, Tie};
use crate::time::{self, NO_CAP, NO_FLOOR};

/// What stands at a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Leaf,
    Entry,
    Exit,
}

/// Marks an arc without a link and a leaf without bounds.
pub(crate) const NONE: u32 = u32::MAX;

/// What is marked of a position.
pub(crate) mod mark {
    pub(crate) const ENTRY: u8 = 1;
    pub(crate) const EXIT: u8 = 2;
    pub(crate) const JUNCTION: u8 = ENTRY | EXIT;
    pub(crate) const ELAPSED: u8 = 4;
    pub(crate) const LATE: u8 = 8;
    pub(crate) const BOUNDED: u8 = 16;
    /// A leaf that takes working time, more than none.
    pub(crate) const WORKS: u8 = 32;
}

/// What is marked of an arc: the tie in the lowest bits, and how its lag is to be read.
pub(crate) mod code {
    /// It leaves the finish of its predecessor.
    pub(crate) const FROM_FINISH: u8 = 1;
    /// It leads to the finish of its successor.
    pub(crate) const INTO_FINISH: u8 = 2;
    pub(crate) const HAND_ON: u8 = 4;
    pub(crate) const GATHER: u8 = 5;
    pub(crate) const TIE: u8 = 7;
    /// The lag is working time, and fits the column.
    pub(crate) const WORK: u8 = 8;
    /// The lag is civil time, and fits the column.
    pub(crate) const ELAPSED: u8 = 16;
    /// Both ends take working time, more than none, on one calendar, and the lag is working time too.
    pub(crate) const ALIKE: u8 = 32;
    /// The predecessor takes working time, more than none.
    pub(crate) const FROM_WORK: u8 = 64;
}

/// What bounds demand of a leaf, its own and those of its summaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    pub(crate) floor_start: u32,
    pub(crate) floor_finish: u32,
    pub(crate) cap_start: u32,
    pub(crate) cap_finish: u32,
}

impl Limits {
    pub(crate) const NONE: Self = Self {
        floor_start: NO_FLOOR,
        floor_finish: NO_FLOOR,
        cap_start: NO_CAP,
        cap_finish: NO_CAP,
    };

    /// Those of a leaf's own bounds.
    pub(crate) fn of(node: &TimeNode) -> Self {
        let mut limits = Self::NONE;
        for bound in node.bounds.iter().filter(|b| counts_on(node, b.kind)) {
            let at = time::offset(bound.at);
            if is_start_floor(bound.kind) {
                limits.floor_start = limits.floor_start.max(at);
            }
            if is_finish_floor(bound.kind) {
                limits.floor_finish = limits.floor_finish.max(at);
            }
            if is_start_cap(bound.kind) {
                limits.cap_start = limits.cap_start.min(at);
            }
            if is_finish_cap(bound.kind) {
                limits.cap_finish = limits.cap_finish.min(at);
            }
        }
        limits
    }

    /// With those that a summary hands down.
    pub(crate) fn within(mut self, outer: &Self) -> Self {
        self.floor_start = self.floor_start.max(outer.floor_start);
        self.cap_finish = self.cap_finish.min(outer.cap_finish);
        self
    }
}

/// An arc: its position, where it comes from, its code and its lag.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tied {
    pub(crate) at: usize,
    pub(crate) from: usize,
    pub(crate) code: u8,
    pub(crate) lag: i32,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Flat {
    /// By position.
    pub(crate) marks: Vec<u8>,
    /// The leaf at a position, or the summary whose junction it is.
    pub(crate) node: Vec<u32>,
    pub(crate) calendar: Vec<u32>,
    /// How long a leaf takes.
    pub(crate) minutes: Vec<u32>,
    /// Where in `limits` those of a position are; empty when there are none.
    pub(crate) limited: Vec<u32>,
    pub(crate) limits: Vec<Limits>,
    /// The position of each leaf; the place of each summary, after all positions.
    pub(crate) place: Arc<[u32]>,
    /// How many junctions there are, and how many leaves that are as late as possible.
    pub(crate) junctions: usize,
    pub(crate) late: usize,
    /// Whether there is an exit, so that a pass must remember which leaf a share counts from.
    pub(crate) has_exits: bool,

    /// The arcs into position v: `into[v]..into[v + 1]`.
    pub(crate) into: Vec<u32>,
    pub(crate) from: Vec<u32>,
    pub(crate) to: Vec<u32>,
    pub(crate) code: Vec<u8>,
    /// Minutes, or a position in `odd`.
    pub(crate) lag: Vec<i32>,
    pub(crate) odd: Vec<ArcLag>,
    /// From start to start, where all is counted on one calendar.
    pub(crate) weight: Option<Vec<i32>>,
    pub(crate) link: Vec<u32>,
    /// The arcs out of position v: `out[out_of[v]..out_of[v + 1]]`.
    pub(crate) out_of: Vec<u32>,
    pub(crate) out: Vec<u32>,
}

impl Flat {
    /// How many leaves and junctions there are.
    pub(crate) fn len(&self) -> usize {
        self.marks.len()
    }

    /// Where a leaf stands.
    pub(crate) fn position(&self, leaf: NodeIx) -> usize {
        let at = self.place[leaf.index()] as usize;
        debug_assert!(at < self.len(), "a summary has no position");
        at
    }

    pub(crate) fn role(&self, v: usize) -> Role {
        match self.marks[v] & mark::JUNCTION {
            0 => Role::Leaf,
            mark::ENTRY => Role::Entry,
            _ => Role::Exit,
        }
    }

    pub(crate) fn is_leaf(&self, v: usize) -> bool {
        self.marks[v] & mark::JUNCTION == 0
    }

    pub(crate) fn span(&self, v: usize) -> Span {
        let minutes = self.minutes[v].into();
        match self.marks[v] & mark::ELAPSED {
            0 => Span::Work(minutes),
            _ => Span::Elapsed(minutes),
        }
    }

    #[inline]
    pub(crate) fn works(&self, v: usize) -> bool {
        self.marks[v] & mark::WORKS != 0
    }

    pub(crate) fn is_late(&self, v: usize) -> bool {
        self.marks[v] & mark::LATE != 0
    }

    pub(crate) fn limits(&self, v: usize) -> Limits {
        match self.marks[v] & mark::BOUNDED {
            0 => Limits::NONE,
            _ => self.limits[self.limited[v] as usize],
        }
    }

    pub(crate) fn arcs_into(&self, v: usize) -> Range<usize> {
        self.into[v] as usize..self.into[v + 1] as usize
    }

    /// The arcs into a position, with what they carry; from either end.
    #[inline]
    pub(crate) fn ties_into(&self, v: usize) -> impl Iterator<Item = Tied> + '_ {
        let range = self.arcs_into(v);
        let (from, code, lag) = (
            &self.from[range.clone()],
            &self.code[range.clone()],
            &self.lag[range.clone()],
        );
        let columns = from.iter().zip(code).zip(lag).zip(range.start..);
        columns.map(|(((from, code), lag), at)| Tied {
            at,
            from: *from as usize,
            code: *code,
            lag: *lag,
        })
    }

    pub(crate) fn tied(&self, arc: usize) -> Tied {
        Tied {
            at: arc,
            from: self.from[arc] as usize,
            code: self.code[arc],
            lag: self.lag[arc],
        }
    }

    pub(crate) fn arcs_out_of(&self, v: usize) -> impl Iterator<Item = usize> + '_ {
        let range = self.out_of[v] as usize..self.out_of[v + 1] as usize;
        self.out[range].iter().map(|a| *a as usize)
    }

    pub(crate) fn tie(&self, arc: usize) -> Tie {
        match self.code[arc] & code::TIE {
            0 => Tie::StartToStart,
            code::FROM_FINISH => Tie::FinishToStart,
            code::INTO_FINISH => Tie::StartToFinish,
            3 => Tie::FinishToFinish,
            code::HAND_ON => Tie::HandOn,
            _ => Tie::Gather,
        }
    }

    fn arc_lag(&self, arc: usize) -> ArcLag {
        let lag = self.lag[arc];
        match self.code[arc] & (code::WORK | code::ELAPSED) {
            code::WORK => ArcLag::Work(lag.into()),
            code::ELAPSED => ArcLag::Elapsed(lag.into()),
            _ => self.odd[lag as usize],
        }
    }

    pub(crate) fn link(&self, arc: usize) -> Option<LinkIx> {
        let link = self.link[arc];
        (link != NONE).then_some(LinkIx(link))
    }

    pub(crate) fn calendar<'p>(&self, projection: &'p Projection, v: usize) -> &'p WorkCalendar {
        &projection.calendars[self.calendar[v] as usize]
    }

    /// The instant that a link demands of its successor's start or finish, given its predecessor's. `shortest` is the leaf
    /// that a share counts from, where the predecessor is the exit of a summary.
    pub(crate) fn demanded(&self, projection: &Projection, arc: usize, t: u32, shortest: u32) -> u32 {
        let calendar = || self.calendar(projection, self.to[arc] as usize);
        match self.settled_lag(projection, arc, shortest) {
            ArcLag::Work(minutes) => time::add_work(calendar(), t, minutes),
            ArcLag::Elapsed(minutes) => time::plus(t, minutes),
            ArcLag::Period(link) => match period(projection, link) {
                Some(period) => time::offset(period.earliest_anchor(time::date(t))),
                None => t,
            },
            ArcLag::Share(_) => t,
        }
    }

    /// The instant that a link allows its predecessor's start or finish, given its successor's.
    pub(crate) fn allowed(&self, projection: &Projection, arc: usize, t: u32, shortest: u32) -> u32 {
        let calendar = || self.calendar(projection, self.to[arc] as usize);
        match self.settled_lag(projection, arc, shortest) {
            ArcLag::Work(minutes) => time::take_work(calendar(), t, minutes),
            ArcLag::Elapsed(minutes) => time::plus(t, minutes.saturating_neg()),
            ArcLag::Period(link) => match period(projection, link) {
                Some(period) => time::offset(period.before(time::date(t))),
                None => t,
            },
            ArcLag::Share(_) => t,
        }
    }

    /// The lag of an arc, with a share of a leaf's span worked out.
    fn settled_lag(&self, projection: &Projection, arc: usize, shortest: u32) -> ArcLag {
        match self.arc_lag(arc) {
            ArcLag::Share(share) => arcs::share_of(arcs::span_of(projection, NodeIx(shortest)), share),
            lag => lag,
        }
    }
}

fn period(projection: &Projection, link: LinkIx) -> Option<framdrift_model::period::Period> {
    match projection.links[link.index()].lag {
        Lag::Period(period) => Some(period),
        _ => None,
    }
}

/// Whether a bound of this kind counts: on a summary only a floor on starts and a cap on finishes do.
pub(crate) fn counts_on(node: &TimeNode, kind: BoundKind) -> bool {
    let of_summary = matches!(kind, BoundKind::StartNotBefore | BoundKind::FinishNotAfter);
    !node.summary || of_summary
}

pub(crate) fn is_start_floor(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::StartNotBefore | BoundKind::MustStart)
}

pub(crate) fn is_finish_floor(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::FinishNotBefore | BoundKind::MustFinish)
}

pub(crate) fn is_start_cap(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::StartNotAfter | BoundKind::MustStart)
}

pub(crate) fn is_finish_cap(kind: BoundKind) -> bool {
    matches!(kind, BoundKind::FinishNotAfter | BoundKind::MustFinish)
}

/// Groups items by key, in their own order within a group: where each group begins, and the items.
pub(crate) fn group(groups: usize, keys: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0_u32; groups + 1];
    let mut count = 0;
    for key in keys.clone() {
        first[key as usize + 1] += 1;
        count += 1;
    }
    for g in 0..groups {
        first[g + 1] += first[g];
    }
    let mut next = first.clone();
    let mut items = vec![0_u32; count];
    for (item, key) in (0..).zip(keys) {
        let place = &mut next[key as usize];
        items[*place as usize] = item;
        *place += 1;
    }
    (first, items)
}
