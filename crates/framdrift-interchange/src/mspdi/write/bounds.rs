//! Dates that bound a node, as the one constraint and the deadline that a task has.

use framdrift_model::projection::{BoundKind, BoundOrigin, TimeNode};
use framdrift_model::time::Minute;

use crate::loss::{LossKind, LossReport, Spot};

/// What a task is bound by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The number of the constraint's type; 0 for none.
    pub(super) constraint: u8,
    pub(super) date: Option<Minute>,
    pub(super) deadline: Option<Minute>,
}

/// Types of constraints, by how much they matter where there are several. A cap that has to give way becomes a deadline.
const MUST_START: u8 = 2;
const MUST_FINISH: u8 = 3;
const START_NO_EARLIER: u8 = 4;
const START_NO_LATER: u8 = 5;
const FINISH_NO_EARLIER: u8 = 6;
const FINISH_NO_LATER: u8 = 7;
const AS_LATE_AS_POSSIBLE: u8 = 1;
const BY_WEIGHT: [u8; 7] = [
    MUST_START,
    MUST_FINISH,
    START_NO_EARLIER,
    FINISH_NO_EARLIER,
    START_NO_LATER,
    AS_LATE_AS_POSSIBLE,
    FINISH_NO_LATER,
];

/// Chooses for a node.
pub(super) fn of(node: &TimeNode, counts_back: bool, loss: &mut LossReport) -> Bounds {
    let mut found: [Option<Option<Minute>>; 8] = [None; 8];
    let mut deadline: Option<Minute> = None;
    let earlier = |known: Option<Minute>, at: Minute| Some(known.map_or(at, |known| known.min(at)));
    let spot = || Spot::none().about(&*node.id);
    for bound in &node.bounds {
        let of_kind = match bound.kind {
            BoundKind::FinishNotAfter if matches!(bound.origin, BoundOrigin::Constraint(_)) => FINISH_NO_LATER,
            BoundKind::FinishNotAfter => {
                deadline = earlier(deadline, bound.at);
                continue;
            }
            BoundKind::ExternalFinish => {
                let why = "what another programme asks for becomes a deadline";
                loss.add(LossKind::Changed, "constraint external-late-finish", why, spot);
                deadline = earlier(deadline, bound.at);
                continue;
            }
            BoundKind::ExternalStart => {
                let why = "what another programme asks for becomes a constraint";
                loss.add(LossKind::Changed, "constraint external-early-start", why, spot);
                START_NO_EARLIER
            }
            BoundKind::StartNotBefore => START_NO_EARLIER,
            BoundKind::FinishNotBefore => FINISH_NO_EARLIER,
            BoundKind::StartNotAfter => START_NO_LATER,
            BoundKind::MustStart => MUST_START,
            BoundKind::MustFinish => MUST_FINISH,
            _ => {
                let why = "the format has no such constraint";
                loss.add(LossKind::Dropped, "constraint expected-finish", why, spot);
                continue;
            }
        };
        if matches!(bound.origin, BoundOrigin::Window) {
            let why = "a window becomes a constraint and a deadline";
            loss.add(LossKind::Changed, "window", why, spot);
        }
        let slot = &mut found[usize::from(of_kind)];
        let known = slot.flatten();
        *slot = Some(match of_kind {
            START_NO_EARLIER | FINISH_NO_EARLIER => Some(known.map_or(bound.at, |known| known.max(bound.at))),
            _ => earlier(known, bound.at),
        });
    }
    // Counted back from the finish, all is as late as possible by framdrift's own rules.
    if node.as_late_as_possible || (counts_back && !node.summary) {
        found[usize::from(AS_LATE_AS_POSSIBLE)] = Some(None);
    }
    let mut bounds = Bounds {
        deadline,
        ..Bounds::default()
    };
    for kind in BY_WEIGHT {
        let Some(date) = found[usize::from(kind)] else {
            continue;
        };
        if bounds.constraint == 0 {
            bounds.constraint = kind;
            bounds.date = date;
        } else if kind == FINISH_NO_LATER {
            let why = "a task has one constraint; this one becomes its deadline";
            loss.add(LossKind::Changed, "constraint finish-no-later-than", why, spot);
            bounds.deadline = date.map_or(bounds.deadline, |at| earlier(bounds.deadline, at));
        } else {
            let why = "a task has one constraint; this one is left out";
            loss.add(LossKind::Dropped, "constraint", why, spot);
        }
    }
    bounds
}
