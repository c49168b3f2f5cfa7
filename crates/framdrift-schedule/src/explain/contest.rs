//! Demands on a date, and the two that come first.

use framdrift_model::projection::{LinkIx, NodeIx};

use super::Cause;

/// Something that asks for an instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Demand {
    pub(super) at: u32,
    /// Whether it asks it of the start; else of the finish.
    pub(super) of_start: bool,
    pub(super) cause: Cause,
    /// Its turn among leaves of one link.
    pub(super) turn: u32,
}

impl Demand {
    pub(super) fn new(at: u32, of_start: bool, cause: Cause) -> Self {
        Self {
            at,
            of_start,
            cause,
            turn: 0,
        }
    }

    pub(super) fn of_link(at: u32, of_start: bool, link: LinkIx, node: NodeIx, turn: u32) -> Self {
        Self {
            at,
            of_start,
            cause: Cause::Link { link, node },
            turn,
        }
    }

    /// Whose turn it is among demands for one instant.
    fn rank(&self) -> (u8, u32, u32) {
        match self.cause {
            Cause::Link { link, .. } => (0, link.0, self.turn),
            Cause::Bound { node, index } => (1, node.0, index),
            _ => (2, 0, 0),
        }
    }
}

/// Which demand wins.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wins {
    Latest,
    Earliest,
}

/// The two demands that come first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contest {
    wins: Wins,
    pub(super) best: [Option<Demand>; 2],
}

impl Contest {
    pub(super) fn new(wins: Wins) -> Self {
        Self { wins, best: [None; 2] }
    }

    pub(super) fn enter(&mut self, demand: Demand) {
        let key = |d: &Demand| match self.wins {
            Wins::Latest => (-i64::from(d.at), d.rank()),
            Wins::Earliest => (d.at.into(), d.rank()),
        };
        let beats = |other: Option<Demand>| other.is_none_or(|o| key(&demand) < key(&o));
        if beats(self.best[0]) {
            self.best = [Some(demand), self.best[0]];
        } else if beats(self.best[1]) {
            self.best[1] = Some(demand);
        }
    }

    pub(super) fn demands(&self) -> impl Iterator<Item = Demand> {
        self.best.into_iter().flatten()
    }

    /// The winner. There must have been a demand.
    pub(super) fn winner(&self) -> Demand {
        // INVARIANT: the programme's start or finish always takes part.
        self.best[0].expect("something bounds every date")
    }
}
