//! From rows of TASKPRED to dependencies.

use framdrift_model::document::LinkDoc;
use framdrift_model::projection::LinkKind;
use framdrift_model::quantity::Units;

use super::project::Cells;
use super::table::Tables;
use super::tasks::Tasks;
use crate::amount::{self, TENTHS};
use crate::loss::{LossKind, LossReport, Spot};

/// Adds to each activity what it depends on.
pub(super) fn add(tables: &mut Tables<'_>, tasks: &mut Tasks, project: &str, loss: &mut LossReport) {
    let mut table = tables.take("TASKPRED");
    let successor = table.column("task_id");
    let predecessor = table.column("pred_task_id");
    let (to, from) = (table.column("proj_id"), table.column("pred_proj_id"));
    let kind = table.column("pred_type");
    let lag = table.column("lag_hr_cnt");
    let _ = table.column("task_pred_id");
    for row in table.rows() {
        let spot = || Spot::line(row.line()).about(format!("{} after {}", row.get(successor), row.get(predecessor)));
        let find = |column| row.get(column).parse().ok().and_then(|id| tasks.find(id));
        let (before, after) = match (find(predecessor), find(successor)) {
            (Some(before), Some(after)) => (before, after),
            // Between activities of other projects.
            (None, None) if row.get(to) != project && row.get(from) != project => continue,
            (None, Some(_)) => {
                let why = "its predecessor is in another project; what that asks for is the external early start";
                loss.add(LossKind::Dropped, "TASKPRED", why, spot);
                continue;
            }
            (Some(_), None) => {
                let why = "its successor is in another project; what that asks for is the external late finish";
                loss.add(LossKind::Dropped, "TASKPRED", why, spot);
                continue;
            }
            (None, None) => {
                loss.add(
                    LossKind::Dropped,
                    "TASKPRED",
                    "neither of its activities is there",
                    spot,
                );
                continue;
            }
        };
        if before == after {
            loss.add(LossKind::Dropped, "TASKPRED", "it joins an activity with itself", spot);
            continue;
        }
        let mut link = LinkDoc::new(tasks.list[before].activity.id.as_str());
        link.kind = match row.get(kind) {
            "" | "PR_FS" => None,
            "PR_SS" => Some(LinkKind::StartToStart),
            "PR_FF" => Some(LinkKind::FinishToFinish),
            "PR_SF" => Some(LinkKind::StartToFinish),
            other => {
                let why = "no such type is known here; finish to start is taken";
                loss.add(LossKind::Unreadable, "TASKPRED.pred_type", why, || spot().value(other));
                None
            }
        };
        let minutes = Cells { loss }.hours(row, lag, "lag_hr_cnt").unwrap_or(0);
        if !amount::is_bounded(minutes.saturating_mul(TENTHS)) {
            let why = "longer than a hundred years; that is taken";
            loss.add(LossKind::Changed, "TASKPRED.lag_hr_cnt", why, spot);
        }
        if minutes != 0 {
            link.lag = Some(amount::distance(minutes.saturating_mul(TENTHS), "h", Units::default()));
        }
        tasks.list[after].activity.after.push(link);
    }
    table.account(loss, |row| row.get(to) == project || row.get(from) == project);
}
