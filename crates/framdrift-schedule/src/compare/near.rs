//! Where no driver says what a date follows from: what lies on the other side of its links, and what is its own.

use framdrift_model::projection::{LinkIx, NodeIx};

use super::Aspect;
use super::cause::{Behind, EARLIER, LATER, Next, Search, State, Which};
use super::changes::Key;
use crate::schedule::Side;

/// How many links of a node and of the summaries above it are looked at where no driver is known.
const MOST_LOOKED_AT: usize = 256;

impl Search<'_> {
    /// Where no driver is known: a date on the other side of a link that moved the same way, the farthest.
    pub(super) fn neighbour(&mut self, which: Which, node: NodeIx, behind: Behind, by: i64) -> Option<Next> {
        let early = behind == Behind::Predecessor;
        let mut looked = 0;
        let mut best: Option<(i64, Next)> = None;
        let mut at = if which == LATER {
            Some(node)
        } else {
            self.pairs.earlier(node)
        };
        while let Some(holder) = at {
            for link in self.links_at(which, holder, early).to_vec() {
                looked += 1;
                if looked > MOST_LOOKED_AT {
                    return best.map(|(_, next)| next);
                }
                let written = self.two[which].network.projection().links[link.index()];
                let other = if early { written.from } else { written.to };
                let Some(next) = self.link_to(which, link, other, behind, by) else {
                    continue;
                };
                let far = match next {
                    Next::Date(state) => self.by(state).abs(),
                    Next::Change(_) => 0,
                };
                if best.is_none_or(|(most, _)| far > most) {
                    best = Some((far, next));
                }
            }
            at = self.two[which].network.tree.parent(holder);
        }
        best.map(|(_, next)| next)
    }

    fn links_at(&mut self, which: Which, node: NodeIx, into: bool) -> &[LinkIx] {
        let projection = self.two[which].network.projection();
        let lists = self.links[which].get_or_insert_with(|| {
            let mut lists = [
                vec![Vec::new(); projection.nodes.len()],
                vec![Vec::new(); projection.nodes.len()],
            ];
            for (ix, link) in (0..).map(LinkIx).zip(&projection.links) {
                lists[0][link.to.index()].push(ix);
                lists[1][link.from.index()].push(ix);
            }
            lists
        });
        &lists[usize::from(!into)][node.index()]
    }

    /// The first thing of its own that a date can have moved for, and what surrounds it.
    pub(super) fn own(&self, state: State) -> Option<usize> {
        let whole = [Key::StatusDate, Key::Rules, Key::Start, Key::Finish];
        let whole = || whole.iter().find_map(|key| self.found.first(*key));
        let only = || self.found.only();
        let State::Date(node, side, _) = state else {
            return whole().or_else(only);
        };
        // How long something takes moves the end that follows from the other.
        let end = matches!(side, Side::EarlyFinish | Side::LateStart);
        let about = |node: NodeIx| {
            let happened = [Aspect::Fact, Aspect::Mode];
            let happened = happened.iter().find_map(|aspect| self.found.aspect(node, *aspect));
            let hours = self.own_hours(node).filter(|_| !end);
            let aspects = happened
                .or(hours)
                .or_else(|| self.first_aspect(node))
                .or_else(|| self.own_hours(node));
            let keys = [Key::Bounds(node), Key::Links(node)];
            aspects.or_else(|| keys.iter().find_map(|key| self.found.first(*key)))
        };
        let above = || self.two[LATER].network.tree.above(node).find_map(about);
        let above_before = || {
            let before = self.pairs.earlier(node)?;
            let mut above = self.two[EARLIER].network.tree.above(before);
            above.find_map(|summary| match self.pairs.later(summary) {
                Some(summary) => about(summary),
                None => self.found.first(Key::Only(false, summary)),
            })
        };
        about(node)
            .or_else(above)
            .or_else(above_before)
            .or_else(whole)
            .or_else(only)
    }

    pub(super) fn first_aspect(&self, node: NodeIx) -> Option<usize> {
        self.found.first(Key::Node(node))
    }

    /// The change of the hours that a node works.
    pub(super) fn own_hours(&self, node: NodeIx) -> Option<usize> {
        let own = [Aspect::Calendar, Aspect::WorkCalendar, Aspect::Delay];
        let own = own.iter().find_map(|aspect| self.found.aspect(node, *aspect));
        own.or_else(|| {
            let before = &self.two[EARLIER].network.projection().nodes[self.pairs.earlier(node)?.index()];
            let hours = |calendar| self.found.first(Key::Hours(calendar));
            hours(before.calendar).or_else(|| before.work_calendar.and_then(hours))
        })
    }
}
