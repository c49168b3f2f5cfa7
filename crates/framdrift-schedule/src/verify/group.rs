//! What links of summaries see of those that belong to them: sums over the tree, made once.

use std::collections::HashMap;

use framdrift_model::rules::Profile;

use super::case::{Case, Pair, Round};
use super::clock::{self, EVER, NEVER};
use super::flaw::Reason;
use super::met;
use super::msproject;
use super::p6;
use super::strand::{End, Strand};
use super::tree::{Asked, NONE};

/// The first start and the last finish of what belongs to a summary.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) start: i64,
    /// The node that starts first, the first in document order of several.
    pub(super) first: usize,
    /// The one that shares of a span count from: the shortest of those that start first.
    pub(super) shortest: usize,
    pub(super) finish: i64,
}

/// What is asked of all that belongs to a summary on one calendar: the latest start, and the latest finish.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asks {
    pub(super) start: (i64, Reason),
    pub(super) finish: (i64, Reason),
}

/// Sums that the forward equations use.
pub(super) struct Sums {
    pub(super) round: Round,
    /// By group that links leave.
    pub(super) outs: Vec<Extent>,
    /// By group that links lead to.
    pub(super) ins: Vec<Asks>,
}

impl Sums {
    pub(super) fn new(case: &Case<'_>, round: Round) -> Self {
        let mut sums = Self {
            round,
            outs: extents(case, round),
            ins: Vec::new(),
        };
        sums.ins = asks(case, &sums);
        sums
    }
}

fn extents(case: &Case<'_>, round: Round) -> Vec<Extent> {
    let strands = &case.strands;
    let nothing = Extent {
        start: EVER,
        first: NONE,
        shortest: NONE,
        finish: NEVER,
    };
    let mut found = vec![nothing; strands.outs.len()];
    if found.is_empty() {
        return found;
    }
    let dates = case.group_dates(round);
    let rank = |n: usize| {
        let shortness = match case.rules.profile {
            // MS Project takes the first of them.
            Profile::MsProject => (0, false),
            Profile::Framdrift | Profile::P6 => case.length(n).shortness(),
        };
        (shortness, n)
    };
    let add = |into: &mut Extent, own: Extent| {
        into.finish = into.finish.max(own.finish);
        if own.start < into.start || into.first == NONE {
            (into.start, into.first, into.shortest) = (own.start, own.first, own.shortest);
        } else if own.start == into.start {
            into.first = into.first.min(own.first);
            if rank(own.shortest) < rank(into.shortest) {
                into.shortest = own.shortest;
            }
        }
    };
    for n in case.acting() {
        if let Some(g) = strands.out_of(n) {
            let [start, finish] = dates[n];
            let start = began(case, n).unwrap_or(start);
            let own = Extent {
                start,
                first: n,
                shortest: n,
                finish,
            };
            add(&mut found[g], own);
        }
    }
    for g in (0..found.len()).rev() {
        let (own, outer) = (found[g], strands.outs[g].outer);
        if outer != NONE {
            add(&mut found[outer], own);
        }
    }
    found
}

fn asks(case: &Case<'_>, sums: &Sums) -> Vec<Asks> {
    let nothing = (NEVER, Reason::ProgrammeStart);
    let mut found: Vec<Asks> = Vec::with_capacity(case.strands.ins.len());
    for (g, group) in case.strands.ins.iter().enumerate() {
        let mut asks = match group.outer {
            NONE => Asks {
                start: nothing,
                finish: nothing,
            },
            outer => found[outer],
        };
        for s in case.strands.strands_to_group(g) {
            let strand = &case.strands.all[s];
            let at = case.demanded(sums, strand, asked_from(case, sums, strand));
            let best = if strand.to_start {
                &mut asks.start
            } else {
                &mut asks.finish
            };
            if at > best.0 {
                *best = (at, Reason::Link(strand.link));
            }
        }
        found.push(asks);
    }
    found
}

/// The date at the beginning of a strand that counts for its end.
pub(super) fn asked_from(case: &Case<'_>, sums: &Sums, strand: &Strand) -> i64 {
    let [start, finish] = case.handed(sums, strand);
    match strand.from {
        _ if !strand.from_start => finish,
        End::Node(n) => began(case, n).unwrap_or(start),
        End::Group(_) => start,
    }
}

/// framdrift counts from the recorded start.
fn began(case: &Case<'_>, n: usize) -> Option<i64> {
    let counts = case.rules.profile == Profile::Framdrift && !case.is_typed(n);
    case.started(n).filter(|_| counts).map(clock::inside)
}

/// Dates of all that belongs to a summary on one calendar, the earliest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Least {
    pub(super) dates: Pair,
    /// Whether any of it is unfinished.
    pub(super) open: bool,
}

/// What links from a summary allow what belongs to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caps {
    pub(super) start: (i64, Reason),
    pub(super) finish: (i64, Reason),
    /// Whether anything that binds follows it.
    pub(super) followed: bool,
}

pub(super) const NO_CAPS: Caps = Caps {
    start: (EVER, Reason::ProgrammeFinish),
    finish: (EVER, Reason::ProgrammeFinish),
    followed: false,
};

impl Caps {
    pub(super) fn hear(&mut self, of_start: bool, at: i64, reason: Reason) {
        let cap = if of_start { &mut self.start } else { &mut self.finish };
        if at < cap.0 {
            *cap = (at, reason);
        }
    }
}

/// Sums that equations backward use, over some dates of what follows.
pub(super) struct Behind {
    /// By node: what can be asked of it.
    dates: Vec<Pair>,
    /// By group that links lead to.
    pub(super) ins: Vec<Least>,
    /// By group that links leave.
    pub(super) outs: Vec<Caps>,
    /// By summary with typed dates: what its links allow what belongs to it.
    pub(super) holds: HashMap<usize, Asked>,
}

impl Behind {
    /// Late dates; what no longer binds allows anything.
    pub(super) fn late(case: &Case<'_>, sums: &Sums) -> Self {
        Self::new(case, sums, &case.claims.late, true)
    }

    /// The dates where what follows is put, for how far anything can move.
    pub(super) fn soon(case: &Case<'_>, sums: &Sums, dates: &[Pair]) -> Self {
        Self::new(case, sums, dates, false)
    }

    fn new(case: &Case<'_>, sums: &Sums, dates: &[Pair], binding: bool) -> Self {
        let strands = &case.strands;
        let mut dates = dates.to_vec();
        for n in case.acting() {
            dates[n] = match binding {
                true => met::asked_at_most(case, n, dates[n]),
                false => met::asked_where_it_stands(case, n, dates[n]),
            };
        }
        let nothing = Least {
            dates: [EVER; 2],
            open: case.rules.profile == Profile::P6,
        };
        let mut ins = vec![nothing; strands.ins.len()];
        if !ins.is_empty() {
            for n in case.acting() {
                let Some(g) = strands.in_of(n) else { continue };
                let open = case.finished(n).is_none();
                // By framdrift's own rules what no longer waits allows anything.
                if binding && case.rules.profile == Profile::Framdrift && !case.binds(n) {
                    continue;
                }
                ins[g].open |= open;
                let mut own = dates[n];
                if binding && case.rules.profile == Profile::MsProject {
                    own[0] = msproject::seen_within(case, n, own[0]);
                }
                for (least, own) in ins[g].dates.iter_mut().zip(own) {
                    *least = own.min(*least);
                }
            }
            for g in (0..ins.len()).rev() {
                let (own, outer) = (ins[g], strands.ins[g].outer);
                if outer != NONE {
                    ins[outer].open |= own.open;
                    let both = ins[outer].dates.iter_mut().zip(own.dates);
                    both.for_each(|(least, own)| *least = own.min(*least));
                }
            }
        }
        let mut behind = Self {
            dates,
            ins,
            outs: Vec::with_capacity(strands.outs.len()),
            holds: HashMap::new(),
        };
        for (g, group) in strands.outs.iter().enumerate() {
            let mut caps = NO_CAPS;
            for s in strands.strands_from_group(g) {
                let strand = &strands.all[s];
                let dropped = case.rules.profile == Profile::P6 && p6::is_dropped(case, strand);
                if binding && (dropped || !behind.binds(case, strand)) {
                    continue;
                }
                caps.followed = true;
                if let Some(asked) = behind.asked(strand) {
                    let at = case.allowed(sums, strand, asked);
                    caps.hear(strand.from_start, at, Reason::Link(strand.link));
                }
            }
            if group.outer != NONE && (!binding || behind.outs[group.outer].followed) {
                let outer = behind.outs[group.outer];
                caps.followed |= outer.followed;
                caps.hear(false, outer.finish.0, outer.finish.1);
                if sums.outs[g].start == sums.outs[group.outer].start {
                    caps.hear(true, outer.start.0, outer.start.1);
                }
            }
            behind.outs.push(caps);
        }
        if binding {
            behind.holds = case.holds.caps(case, sums, &behind);
        }
        behind
    }

    /// Whether the end of a strand binds its beginning.
    pub(super) fn binds(&self, case: &Case<'_>, strand: &Strand) -> bool {
        match strand.to {
            End::Node(n) => case.binds(n),
            End::Group(g) => self.ins[g].open,
        }
    }

    /// The latest start and finish that can be asked of the end of a strand; none where nothing bounds the one that it ties.
    pub(super) fn asked(&self, strand: &Strand) -> Option<Pair> {
        self.at(strand).map(|_| self.of(strand.to))
    }

    /// The date at the end of a strand.
    pub(super) fn at(&self, strand: &Strand) -> Option<i64> {
        let [start, finish] = self.of(strand.to);
        Some(if strand.to_start { start } else { finish }).filter(|t| *t != EVER)
    }

    /// The least of what lies between a node and what its strands lead to, each by the date there; none where nothing counts.
    pub(super) fn least_gap(
        &self,
        case: &Case<'_>,
        n: usize,
        gap: impl Fn(&Strand, i64) -> Option<i64>,
    ) -> Option<i64> {
        let strands = case.strands.strands_from(n).map(|s| &case.strands.all[s]);
        strands.filter_map(|strand| gap(strand, self.at(strand)?)).min()
    }

    /// The dates at an end.
    pub(super) fn of(&self, end: End) -> Pair {
        match end {
            End::Node(n) => self.dates[n],
            End::Group(g) => self.ins[g].dates,
        }
    }
}
