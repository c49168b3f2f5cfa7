//! Checking again what a few things say of themselves, after an edit that concerns nothing else.

use super::{Damage, Report, agenda, modes, structure, times};
use crate::codes;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::ProgrammeDoc;
use crate::place::Place;
use crate::projection::NodeKind;
use crate::resolved::Resolved;
use crate::slot::SlotIx;

/// Every fault and warning that a whole check would find in what these slots say of how long they take, when, and how their dates
/// come about. `resolved` is what a whole check learnt before, when nothing else was different.
pub(crate) fn again(doc: &ProgrammeDoc, resolved: &Resolved, slots: &[SlotIx]) -> Diagnostics {
    let damage = Damage::none();
    let mut report = Report::new(doc, &damage);
    for ix in slots {
        let slot = resolved.slots.get(*ix);
        times::of_slot(&mut report, slot);
        if slot.kind == NodeKind::Activity {
            structure::activity(&mut report, resolved, slot, false);
            modes::of_activity(&mut report, resolved, *ix, slot);
        }
        if slot.summary {
            structure::summary(&mut report, slot);
        }
        agenda::of_slot(&mut report, slot);
        times::planned_of(&mut report, resolved, *ix, slot);
    }
    report.diagnostics
}

/// Whether a warning is one that [`again`] gives for a slot that stands at `place`.
pub(crate) fn is_of(place: &Place, warning: &Diagnostic) -> bool {
    let field = match warning.code() {
        codes::ACTIVITY_WITHOUT_DURATION => "/id",
        codes::PLANNED_OUTSIDE_WORKING_TIME => "/planned",
        _ => return false,
    };
    let pointer = warning.place().pointer.strip_prefix(place.pointer.as_str());
    pointer == Some(field)
}
