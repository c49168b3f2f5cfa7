//! Dates that must be kept whatever links say, where the rules let them win.

use framdrift_model::projection::BoundKind;

use super::case::{Case, Placed};
use super::clock::{self, Length};
use super::tree::is_constraint;

/// Moves a node to its dates and remembers where links alone would have put it.
pub(super) fn dates(case: &Case<'_>, n: usize, placed: &mut Placed) {
    let (hours, length) = (case.hours(n), placed.length);
    for (bound, reason) in case.bounds(n) {
        let at = clock::tenths(bound.at);
        let ([start, finish], stepped) = (placed.dates, clock::back(hours, length, at));
        let (logic, to) = match bound.kind {
            BoundKind::MustStart => (start.max(at), begin(case, n, length, at)),
            BoundKind::MustFinish => (start.max(stepped), stepped),
            BoundKind::StartNotAfter if start > at => (start, begin(case, n, length, at)),
            BoundKind::FinishNotAfter if is_constraint(bound.origin) && finish > at => (start, stepped),
            _ => continue,
        };
        let logic = logic.max(placed.logic);
        *placed = Placed::at([to, clock::over(hours, length, to)], length).because(reason);
        placed.logic = logic;
    }
}

/// `t`, or where a node can begin next. What takes no time can stand wherever work goes on or ends; time by the clock can
/// begin whenever the rules let it.
pub(super) fn begin(case: &Case<'_>, n: usize, length: Length, t: i64) -> i64 {
    let hours = case.hours(n);
    let stays = if length.civil {
        !case.civil_waits()
    } else {
        length.is_point() && clock::at_closing(hours, t) == clock::inside(t)
    };
    if stays {
        clock::inside(t)
    } else {
        clock::at_opening(hours, t)
    }
}
