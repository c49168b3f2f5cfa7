//! Agendas: items in order, without overlap, within their meeting.

use super::Report;
use super::times::too_long;
use crate::agenda::timetable;
use crate::codes;
use crate::date::Date;
use crate::diagnostic::Diagnostic;
use crate::document::{AgendaItemDoc, AgendaKind};
use crate::place::Place;
use crate::projection::NodeKind;
use crate::quantity::{Duration, LONGEST};
use crate::slot::Slot;

pub(super) fn check(report: &mut Report<'_>) {
    for (i, meeting) in report.doc.meetings.iter().enumerate() {
        let place = || Place::programme().entry("meetings", i, "meeting", &meeting.id);
        one(report, &meeting.agenda, meeting.planned, meeting.duration, &place);
        for (j, part) in meeting.parts.iter().enumerate() {
            let place = || place().entry("parts", j, "part", &part.id);
            one(report, &part.agenda, part.planned, part.duration, &place);
        }
    }
}

/// The agenda of one meeting or of one part.
pub(super) fn of_slot(report: &mut Report<'_>, slot: &Slot) {
    let doc = report.doc;
    let (i, j) = (slot.entry as usize, slot.nested as usize);
    let place = || slot.place(doc);
    match slot.kind {
        NodeKind::Meeting => {
            let meeting = &doc.meetings[i];
            one(report, &meeting.agenda, meeting.planned, meeting.duration, &place);
        }
        NodeKind::Part => {
            let part = &doc.meetings[i].parts[j];
            one(report, &part.agenda, part.planned, part.duration, &place);
        }
        _ => {}
    }
}

fn one(
    report: &mut Report<'_>,
    items: &[AgendaItemDoc],
    planned: Option<Date>,
    duration: Option<Duration>,
    place: &dyn Fn() -> Place,
) {
    let units = report.doc.units();
    let begins = planned.and_then(Date::time).map(crate::date::TimeOfDay::minute);
    let mut end = begins;
    let mut previous: Option<&AgendaItemDoc> = None;
    let mut work = 0;
    let mut endless = false;
    for (i, item) in items.iter().enumerate() {
        let at = || place().entry("agenda", i, "item", &item.id);
        let length = item.duration.map_or(0, |d| d.span(units).minutes());
        if length > LONGEST {
            report.push(too_long(at().field("duration"), "duration"));
            endless = true;
            break;
        }
        if item.kind != Some(AgendaKind::Break) {
            work += length;
        }
        let Some(start) = item.start else {
            end = end.map(|e| e + length);
            previous = Some(item);
            continue;
        };
        match (end, previous) {
            (Some(end), Some(previous)) if start.minute() < end => {
                let clock = |m: i64| format!("{:02}:{:02}", m / 60, m % 60);
                report.push(
                    Diagnostic::new(
                        codes::AGENDA_OVERLAP,
                        at().field("start"),
                        format!(
                            "`{}` starts {start}, before `{}` ends at {}",
                            item.id,
                            previous.id,
                            clock(end)
                        ),
                    )
                    .with_help("items stand in the order in which they are taken and do not overlap"),
                );
            }
            (Some(begins), None) if start.minute() < begins => {
                report.push(
                    Diagnostic::new(
                        codes::AGENDA_OUTSIDE_MEETING,
                        at().field("start"),
                        format!("`{}` starts {start}, before the meeting begins", item.id),
                    )
                    .with_help("start it later, or plan the meeting earlier"),
                );
            }
            _ => {}
        }
        end = Some(start.minute() + length);
        previous = Some(item);
    }
    let longest = duration.map(|d| d.span(units).minutes());
    if longest.is_some_and(|longest| work > longest && !endless) {
        report.push(
            Diagnostic::new(
                codes::AGENDA_OUTSIDE_MEETING,
                place().field("duration"),
                format!(
                    "the items take {work} minutes without breaks, more than the meeting's {} minutes",
                    longest.unwrap_or(0)
                ),
            )
            .with_help("leave the duration out, and the meeting lasts as long as its agenda"),
        );
    }
    debug_assert_eq!(timetable(items, 0, units).len(), items.len());
}
