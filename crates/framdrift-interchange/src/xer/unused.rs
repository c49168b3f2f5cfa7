//! Tables and columns of XER that are known and not taken, and why.

use crate::loss::LossKind::{self, NotKept, Recomputed, Unknown};

const RESOURCES: &str = "resources have no place in a programme";
const COSTS: &str = "costs have no place in a programme";
const FIELDS: &str = "custom fields and codes have no place in a programme";
const META: &str = "it is about the file, not the plan";
const STORED: &str = "a stored result";
const LEVELLING: &str = "levelling is not done here";
const NOTES: &str = "notes and documents have no place in a programme";
const EDITING: &str = "a setting for editing; it moves nothing that is there";
const WORK: &str = "amounts of work have no place in a programme; durations count";

/// Why nobody reads a table; `None` where it is not known.
pub(super) fn table(name: &str) -> Option<&'static str> {
    Some(match name {
        "CURRTYPE" | "ACCOUNT" | "TASKFIN" | "TRSRCFIN" | "PROJCOST" | "COSTTYPE" | "PROJFUND" | "FUNDSRC"
        | "FINTMPL" | "FINDATES" | "PROJPROP" | "PROJTHRS" => COSTS,
        "RSRCRATE" | "RSRCROLE" | "ROLES" | "ROLERATE" | "ROLELIMIT" | "RSRCCURVDATA" | "RSRCLEVELLIST"
        | "RSRCANDASH" | "SHIFT" | "SHIFTPER" | "UMEASURE" | "RSRCSEC" | "TASKUSER" => RESOURCES,
        "ACTVTYPE" | "ACTVCODE" | "TASKACTV" | "UDFTYPE" | "UDFVALUE" | "UDFCODE" | "PCATTYPE" | "PCATVAL"
        | "PROJPCAT" | "RCATTYPE" | "RCATVAL" | "RSRCRCAT" | "ASGNMNTACAT" | "ASGNMNTCATVAL" | "ASGNMNTCATTYPE"
        | "ROLECATTYPE" | "ROLECATVAL" | "ROLERCAT" => FIELDS,
        "MEMOTYPE" | "TASKMEMO" | "WBSMEMO" | "PROJMEMO" | "TASKDOC" | "DOCUMENT" | "DOCCATG" | "DOCSTAT"
        | "TASKNOTE" => NOTES,
        "TASKPROC" => "steps of an activity have no place in a programme",
        "TASKRISK" | "RISKTYPE" | "PROJRISK" | "RISK" | "RISKRESP" | "PROJISSU" | "ISSUHIST" => {
            "risks and issues have no place in a programme"
        }
        "OBS" | "LOCATION" | "POBS" => "the organisation behind the plan has no place in a programme",
        "NONWORK" | "PREFER" | "ADMIN_CONFIG" | "SETTINGS" | "USERS" | "APPLYACTOPTIONS" => META,
        _ => return None,
    })
}

/// What becomes of a column, why, and the values by which nothing is lost.
pub(super) fn column(table: &str, name: &str) -> (LossKind, &'static str, &'static [&'static str]) {
    let no: &'static [&'static str] = &["N", "0"];
    match (table, name) {
        (
            "TASK",
            "total_float_hr_cnt" | "free_float_hr_cnt" | "driving_path_flag" | "float_path" | "float_path_order",
        ) => (Recomputed, STORED, &[]),
        (
            "TASK",
            "early_start_date"
            | "early_end_date"
            | "late_start_date"
            | "late_end_date"
            | "restart_date"
            | "reend_date"
            | "rem_late_start_date"
            | "rem_late_end_date"
            | "target_start_date"
            | "target_end_date",
        ) => (Recomputed, STORED, &[]),
        ("TASKPRED", "aref" | "arls" | "float_path") => (Recomputed, STORED, &[]),
        (
            "PROJECT",
            "scd_end_date" | "fcst_start_date" | "last_tasksum_date" | "sum_refresh_date" | "last_schedule_date",
        ) => (Recomputed, STORED, &[]),
        ("PROJWBS", "anticip_start_date" | "anticip_end_date") => {
            (NotKept, "dates that are only expected move nothing", &[])
        }
        ("SCHEDOPTIONS", name) if name.starts_with("level") || name == "LevelPriorityList" => (NotKept, LEVELLING, &[]),
        ("SCHEDOPTIONS", name) if name.contains("multiple_longest") => {
            (NotKept, "float paths are not numbered here", no)
        }
        ("SCHEDOPTIONS", "sched_setplantoforecast") => (NotKept, EDITING, no),
        (_, name) if name.contains("cost") || name.contains("crv") || name.contains("ev_") => (NotKept, COSTS, no),
        ("TASK", name) if name.contains("_work_qty") || name.contains("equip_qty") => (NotKept, WORK, no),
        ("TASK", "phys_complete_pct" | "complete_pct_type") => {
            (NotKept, "per cent done move nothing; what is left does", no)
        }
        ("TASK" | "PROJECT" | "PROJWBS" | "TASKPRED" | "RSRC" | "TASKRSRC", name)
            if name.ends_with("guid")
                || name.starts_with("create_")
                || name.starts_with("update_")
                || name.ends_with("_flag") =>
        {
            (NotKept, META, no)
        }
        (
            "TASK",
            "rsrc_id" | "location_id" | "task_code_base" | "priority_type" | "duration_type" | "review_type"
            | "review_end_date",
        ) => (NotKept, RESOURCES, &["PT_Normal"]),
        ("TASK" | "PROJWBS", "est_wt") => (NotKept, "weights for estimating have no place in a programme", &["1"]),
        ("TASK", "comments" | "task_notes" | "tmpl_guid") => (NotKept, NOTES, &[]),
        ("RSRC" | "TASKRSRC", _) => (NotKept, RESOURCES, &[]),
        ("CALENDAR", "last_chng_date" | "rsrc_private" | "guid") => (NotKept, META, no),
        ("CALENDAR", "week_hr_cnt" | "month_hr_cnt" | "year_hr_cnt" | "day_hr_cnt") => {
            (NotKept, "hours per day and week only say how durations are shown", &[])
        }
        ("PROJECT" | "PROJWBS", _) => (NotKept, META, no),
        _ => (Unknown, "no such column is known here", &[]),
    }
}
