//! When the items of an agenda begin and end.

use crate::document::AgendaItemDoc;
use crate::quantity::Units;

/// Begin and end of each item, in minutes since the midnight before the meeting.
///
/// An item without a `start` follows the one before it; the first then begins at `begins`. An item without a duration lasts
/// until the next one that has a start, or no time.
#[must_use]
pub fn timetable(items: &[AgendaItemDoc], begins: i64, units: Units) -> Vec<(i64, i64)> {
    let mut at = items
        .first()
        .and_then(|i| i.start)
        .map_or(begins, crate::date::TimeOfDay::minute);
    let mut rows = Vec::with_capacity(items.len());
    for (i, item) in items.iter().enumerate() {
        let start = item.start.map_or(at, crate::date::TimeOfDay::minute);
        let next = items
            .get(i + 1)
            .and_then(|n| n.start)
            .map(crate::date::TimeOfDay::minute);
        let end = match item.duration {
            Some(duration) => start.saturating_add(duration.span(units).minutes()),
            None => next.unwrap_or(start).max(start),
        };
        rows.push((start, end));
        at = end;
    }
    rows
}

/// When the first item begins, in minutes since midnight; none where it does not say.
#[must_use]
pub fn first_start(items: &[AgendaItemDoc]) -> Option<i64> {
    items.first().and_then(|i| i.start).map(crate::date::TimeOfDay::minute)
}

/// How long a meeting with this agenda takes by the clock, in minutes, breaks and gaps included: from `begins`, where the meeting
/// says when it begins, else from its first item.
#[must_use]
pub fn length(items: &[AgendaItemDoc], begins: Option<i64>, units: Units) -> i64 {
    let start = begins.or_else(|| first_start(items)).unwrap_or(0);
    let rows = timetable(items, start, units);
    let end = rows.iter().map(|r| r.1).max().unwrap_or(start);
    (end - start).max(0)
}
