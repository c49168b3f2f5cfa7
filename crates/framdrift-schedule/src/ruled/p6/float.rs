//! The free float of Primavera P6.

use framdrift_model::projection::BoundKind;

use super::super::asked::is_from_actual;
use super::super::clock::{self, NO_CAP};
use super::super::link::{self, Distance};
use super::super::net::Bounding;
use super::super::state::{Given, State};
use super::{data_date, expected, is_overridden, left_of_lag};

/// The least gap over a leaf's links, on its own calendar; none where nothing follows.
pub(crate) fn free_float(given: &Given<'_>, state: &State, soon: &[(i64, i64)], v: usize) -> Option<i64> {
    let must_finish = |b: &Bounding| b.kind == BoundKind::MustFinish && given.dates_win();
    let own = given.net.bounds(v);
    if own.iter().any(must_finish) || (given.rules.expected_finish && expected(given, v).is_some()) {
        return Some(0);
    }
    let mut least = own
        .iter()
        .any(|b| b.kind == BoundKind::MustStart && given.dates_win())
        .then_some(i64::MAX);
    for arc in given.net.out_of(v) {
        let net = given.arc(arc);
        let to = net.to as usize;
        if net.link.is_none() || soon[to] == (NO_CAP, NO_CAP) || is_overridden(given, arc) {
            continue;
        }
        let (start, finish) = state.early(given, v);
        let from = if net.tie.leaves_start() { start } else { finish };
        let t = if net.tie.to_start() { soon[to].0 } else { soon[to].1 };
        let gap = gap(given, state, arc, from, t);
        least = Some(least.map_or(gap, |l: i64| l.min(gap)));
    }
    least.map(|l| if l == i64::MAX { 0 } else { l })
}

/// How far the end of a link's predecessor that stands at `from` may move before it pushes the successor from `t`: the lag is
/// taken off that date, and the rest counts on the predecessor's calendar.
fn gap(given: &Given<'_>, state: &State, arc: usize, from: i64, t: i64) -> i64 {
    let u = given.arc(arc).from as usize;
    let (calendar, span) = (given.calendar(u), state.span[u]);
    let left = left_of_lag(given, arc, link::lag(given, state, arc), true);
    let asked = link::demanded(given, state, arc, from);
    // A lead that would reach back before the data date counts from there, and so does what counts from a recorded date.
    let held = left.is_lead() && asked <= data_date(given);
    match left {
        Distance::Work(0) | Distance::Elapsed(0) => clock::gap(calendar, span, asked, t),
        _ if held || is_from_actual(given, arc) => clock::gap(calendar, span, asked, t),
        left => clock::gap(calendar, span, from, link::take(given, arc, left, t)),
    }
}
