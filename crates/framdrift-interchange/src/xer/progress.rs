//! From the status of an activity to facts.

use framdrift_model::document::FactDoc;
use framdrift_model::quantity::Units;

use super::project::Cells;
use super::table::RowRef;
use super::tasks::Columns;
use crate::amount::{self, TENTHS};
use crate::loss::{LossKind, LossReport, Spot};

/// What has happened to an activity; none where nothing has. Its status decides, and the dates follow.
pub(super) fn fact(
    row: RowRef<'_, '_>,
    of: &str,
    columns: &Columns,
    spot: &dyn Fn() -> Spot,
    loss: &mut LossReport,
) -> Option<FactDoc> {
    let mut cells = Cells { loss };
    let started = cells.date(row, columns.started, "act_start_date");
    let finished = cells.date(row, columns.finished, "act_end_date");
    let suspended = cells.date(row, columns.suspended, "suspend_date");
    let resumed = cells.date(row, columns.resumed, "resume_date");
    let mut fact = FactDoc::new(of);
    match row.get(columns.status) {
        "TK_Complete" => {
            // A milestone may have but one of the two.
            fact.finished = finished.or(started);
            fact.started = started.or(finished);
            if fact.finished.is_none() {
                let why = "it is complete, and nothing says when; it is taken not to have begun";
                loss.add(LossKind::Dropped, "TASK.status_code", why, spot);
                return None;
            }
        }
        "TK_Active" => {
            let remaining = cells.hours(row, columns.remaining, "remain_drtn_hr_cnt");
            fact.started = started.or_else(|| {
                let why = "it is under way, and nothing says since when; the stored early start is taken";
                cells.loss.add(LossKind::Changed, "TASK.status_code", why, spot);
                cells.date(row, columns.early_start, "early_start_date")
            });
            fact.started?;
            fact.remaining =
                remaining.map(|minutes| amount::duration(minutes.saturating_mul(TENTHS), "h", Units::default()));
            fact.suspended = suspended;
            fact.resumed = resumed;
        }
        status => {
            if !matches!(status, "" | "TK_NotStart") {
                let why = "no such status is known here; it is taken not to have begun";
                loss.add(LossKind::Unreadable, "TASK.status_code", why, || spot().value(status));
            }
            if started.is_some() || finished.is_some() {
                let why = "an activity that has not begun has an actual date; its status counts";
                loss.add(LossKind::Dropped, "TASK.act_start_date", why, spot);
            }
            return None;
        }
    }
    crate::facts::in_order(&mut fact, "TASK.act_start_date", spot, loss);
    Some(fact)
}
