//! What a project was scheduled with.

use framdrift_model::document::SchedulingDoc;
use framdrift_model::quantity::{LONGEST, Margin};
use framdrift_model::rules::{Critical, FloatKind, LagCalendar, OutOfSequence, Profile, StartLag};

use super::project::{Cells, Columns};
use super::table::{RowRef, Table, Tables};
use crate::loss::{LossKind, LossReport, Spot};

/// The rules of the project: those of the profile, and what its row of SCHEDOPTIONS says.
pub(super) fn scheduling(
    tables: &mut Tables<'_>,
    project: RowRef<'_, '_>,
    columns: &Columns,
    id: &str,
    loss: &mut LossReport,
) -> SchedulingDoc {
    let mut scheduling = SchedulingDoc::new();
    scheduling.profile = Some(Profile::P6);
    // What P6 does where nothing is said.
    scheduling.float = Some(FloatKind::Finish);
    critical(project, columns, &mut scheduling, loss);
    let mut table = tables.take("SCHEDOPTIONS");
    options(&mut table, id, &mut scheduling, loss);
    scheduling
}

fn critical(project: RowRef<'_, '_>, columns: &Columns, scheduling: &mut SchedulingDoc, loss: &mut LossReport) {
    match project.get(columns.critical_path) {
        "" | "CT_TotFloat" => {}
        "CT_DrivPath" => scheduling.critical = Some(Critical::LongestPath),
        other => unknown("PROJECT.critical_path_type", project, other, loss),
    }
    let mut cells = Cells { loss };
    let limit = cells.hours(project, columns.critical_limit, "critical_drtn_hr_cnt");
    if let Some(limit) = limit.filter(|limit| *limit != 0) {
        scheduling.critical_limit = Some(Margin::of_minutes(limit.clamp(-LONGEST, LONGEST)));
    }
}

fn options(table: &mut Table<'_>, id: &str, scheduling: &mut SchedulingDoc, loss: &mut LossReport) {
    let of = table.column("proj_id");
    let retained = table.column("sched_retained_logic");
    let overridden = table.column("sched_progress_override");
    let lag = table.column("sched_calendar_on_relationship_lag");
    let float = table.column("sched_float_type");
    let start_lag = table.column("sched_lag_early_start_flag");
    let open_ends = table.column("sched_open_critical_flag");
    let expected = table.column("sched_use_expect_end_flag");
    let outside = table.column("sched_outer_depend_type");
    // It says how several projects are scheduled together; one is read.
    let _ = table.column("sched_use_project_end_date_for_float");
    let _ = table.column("schedoptions_id");
    let Some(row) = table.rows().find(|row| row.get(of) == id) else {
        return;
    };
    let yes = |column, otherwise: bool| match row.get(column) {
        "Y" => true,
        "N" => false,
        _ => otherwise,
    };
    scheduling.out_of_sequence = match (yes(retained, true), yes(overridden, false)) {
        (_, true) => Some(OutOfSequence::ProgressOverride),
        (true, false) => None,
        (false, false) => Some(OutOfSequence::ActualDates),
    };
    scheduling.lag_calendar = match row.get(lag).to_ascii_lowercase().as_str() {
        "" | "rcal_predecessor" => None,
        "rcal_successor" => Some(LagCalendar::Successor),
        "rcal_projdefault" => Some(LagCalendar::Project),
        "rcal_24hour" => Some(LagCalendar::AllDay),
        _ => {
            unknown(
                "SCHEDOPTIONS.sched_calendar_on_relationship_lag",
                row,
                row.get(lag),
                loss,
            );
            None
        }
    };
    match row.get(float).to_ascii_lowercase().as_str() {
        "" | "ft_ff" => {}
        "ft_ss" => scheduling.float = Some(FloatKind::Start),
        "ft_min" => scheduling.float = Some(FloatKind::Smaller),
        _ => unknown("SCHEDOPTIONS.sched_float_type", row, row.get(float), loss),
    }
    if !yes(start_lag, true) {
        scheduling.start_lag = Some(StartLag::ActualStart);
    }
    if yes(open_ends, false) {
        scheduling.open_ends_critical = Some(true);
    }
    if !yes(expected, true) {
        scheduling.expected_finish = Some(false);
    }
    if row.get(outside) == "SD_None" {
        scheduling.external_dates = Some(false);
    }
    table.account(loss, |row| row.get(of) == id);
}

fn unknown(subject: &str, row: RowRef<'_, '_>, value: &str, loss: &mut LossReport) {
    let why = "no such option is known here; what is usual is taken";
    loss.add(LossKind::Unreadable, subject, why, || {
        Spot::line(row.line()).value(value)
    });
}
