//! What lies on a chain of driving links to the latest finish. A link drives where nothing asks for more than it does.

use super::case::{Case, Demand, Source};
use super::group::{Sums, asked_from};
use super::place;
use super::strand::{End, Strand};
use super::tree::NONE;

/// By node. Found from the last finishes backwards over links, in no other order.
pub(super) fn longest(case: &Case<'_>, sums: &Sums) -> Vec<bool> {
    let mut walk = Walk {
        case,
        sums,
        on: vec![false; case.tree.len()],
        left: vec![[false; 2]; case.strands.outs.len()],
        entered: vec![[false; 2]; case.strands.ins.len()],
        open: Vec::new(),
    };
    let last = case.acting().map(|n| case.claims.early[n][1]).max();
    for n in case.acting().filter(|n| Some(case.claims.early[*n][1]) == last) {
        walk.mark(n);
    }
    let mut heard = Vec::new();
    while let Some(n) = walk.open.pop() {
        heard.clear();
        let placed = place(case, sums, n, &mut heard);
        if placed.fixed[0].is_some() && case.finished(n).is_none() {
            continue;
        }
        let most = heard.iter().map(|d| d.at).max();
        for demand in heard.iter().filter(|d| Some(d.at) == most) {
            walk.follow(demand);
        }
    }
    walk.on
}

struct Walk<'c> {
    case: &'c Case<'c>,
    sums: &'c Sums,
    on: Vec<bool>,
    /// Groups whose first starts and last finishes are on the path already.
    left: Vec<[bool; 2]>,
    /// Groups whose demands on starts and on finishes have been followed.
    entered: Vec<[bool; 2]>,
    open: Vec<usize>,
}

impl Walk<'_> {
    fn mark(&mut self, n: usize) {
        if !self.on[n] {
            self.on[n] = true;
            self.open.push(n);
        }
    }

    fn follow(&mut self, demand: &Demand) {
        match demand.source {
            Source::Strand(s) => self.follow_strand(&self.case.strands.all[s]),
            Source::Group(g) => self.enter(g, demand.of_start),
            Source::Other => {}
        }
    }

    fn follow_strand(&mut self, strand: &Strand) {
        match strand.from {
            End::Node(n) => self.mark(n),
            End::Group(g) => self.leave(g, strand.from_start),
        }
    }

    /// The strands that ask most of a group, or of one around it.
    fn enter(&mut self, group: usize, of_start: bool) {
        let (case, sums) = (self.case, self.sums);
        let most = |g: usize| {
            let asks = sums.ins[g];
            if of_start { asks.start.0 } else { asks.finish.0 }
        };
        let (mut g, wanted) = (group, most(group));
        while g != NONE && most(g) == wanted && !self.entered[g][usize::from(of_start)] {
            self.entered[g][usize::from(of_start)] = true;
            for s in case.strands.strands_to_group(g) {
                let strand = &case.strands.all[s];
                let at = case.demanded(sums, strand, asked_from(case, sums, strand));
                if strand.to_start == of_start && at == wanted {
                    self.follow_strand(strand);
                }
            }
            g = case.strands.ins[g].outer;
        }
    }

    /// Those of a group that start first, or finish last.
    fn leave(&mut self, g: usize, from_start: bool) {
        if std::mem::replace(&mut self.left[g][usize::from(from_start)], true) {
            return;
        }
        let extent = self.sums.outs[g];
        let (side, wanted) = if from_start {
            (0, extent.start)
        } else {
            (1, extent.finish)
        };
        for n in self.case.tree.ends(self.case.strands.outs[g].summary) {
            let dates = self.case.group_dates(self.sums.round);
            if dates[n][side] == wanted {
                self.mark(n);
            }
        }
    }
}
