//! From rows of TASK to activities.

use std::collections::HashMap;

use framdrift_model::document::{ActivityDoc, AsapDoc, ConstraintDoc, DatedDoc, FactDoc};
use framdrift_model::projection::Milestone;
use framdrift_model::quantity::Units;
use framdrift_model::value::Value;

use super::progress;
use super::project::Cells;
use super::table::{Column, RowRef, Table};
use super::working::Working;
use crate::amount::{self, TENTHS};
use crate::loss::{LossKind, LossReport, Spot};

/// The activities of a project.
pub(super) struct Tasks {
    /// In the order of the file.
    pub(super) list: Vec<Task>,
    by_id: HashMap<i64, usize>,
}

/// An activity, and where it belongs.
pub(super) struct Task {
    pub(super) activity: ActivityDoc,
    pub(super) fact: Option<FactDoc>,
    /// The number of its place in the work breakdown.
    pub(super) wbs: Option<i64>,
}

/// The columns of TASK.
pub(super) struct Columns {
    id: Column,
    project: Column,
    wbs: Column,
    calendar: Column,
    kind: Column,
    code: Column,
    name: Column,
    target: Column,
    expected: Column,
    constraints: [(Column, Column, &'static str, &'static str); 2],
    external: [(Column, &'static str); 2],
    pub(super) status: Column,
    pub(super) remaining: Column,
    pub(super) started: Column,
    pub(super) finished: Column,
    pub(super) suspended: Column,
    pub(super) resumed: Column,
    /// Where the tool stood it, for progress without dates.
    pub(super) early_start: Column,
}

impl Columns {
    fn of(table: &mut Table<'_>) -> Self {
        Self {
            id: table.column("task_id"),
            project: table.column("proj_id"),
            wbs: table.column("wbs_id"),
            calendar: table.column("clndr_id"),
            kind: table.column("task_type"),
            code: table.column("task_code"),
            name: table.column("task_name"),
            target: table.column("target_drtn_hr_cnt"),
            expected: table.column("expect_end_date"),
            constraints: [
                (
                    table.column("cstr_type"),
                    table.column("cstr_date"),
                    "cstr_type",
                    "cstr_date",
                ),
                (
                    table.column("cstr_type2"),
                    table.column("cstr_date2"),
                    "cstr_type2",
                    "cstr_date2",
                ),
            ],
            external: [
                (table.column("external_early_start_date"), "external_early_start_date"),
                (table.column("external_late_end_date"), "external_late_end_date"),
            ],
            status: table.column("status_code"),
            remaining: table.column("remain_drtn_hr_cnt"),
            started: table.column("act_start_date"),
            finished: table.column("act_end_date"),
            suspended: table.column("suspend_date"),
            resumed: table.column("resume_date"),
            early_start: table.peek("early_start_date"),
        }
    }
}

impl Tasks {
    /// Reads the activities of a project.
    pub(super) fn of(table: &mut Table<'_>, project: &str, working: &mut Working, loss: &mut LossReport) -> Self {
        let columns = Columns::of(table);
        let own = |row: RowRef<'_, '_>| row.get(columns.project) == project;
        let mut tasks = Self {
            list: Vec::new(),
            by_id: HashMap::new(),
        };
        for row in table.rows().filter(|row| own(*row)) {
            let id = row.get(columns.id).parse::<i64>().ok().filter(|id| *id >= 0);
            let Some(id) = id.filter(|id| !tasks.by_id.contains_key(id)) else {
                let why = "an activity without a number of its own cannot be referred to, and is left out";
                loss.add(LossKind::Dropped, "TASK.task_id", why, || {
                    Spot::line(row.line()).value(row.get(columns.id))
                });
                continue;
            };
            tasks.by_id.insert(id, tasks.list.len());
            tasks.list.push(task(row, id, &columns, working, loss));
        }
        table.account(loss, own);
        tasks
    }

    /// The position of an activity.
    pub(super) fn find(&self, id: i64) -> Option<usize> {
        self.by_id.get(&id).copied()
    }

    /// What has happened, in the order of the file.
    pub(super) fn facts(&self) -> Vec<FactDoc> {
        self.list.iter().filter_map(|task| task.fact.clone()).collect()
    }
}

fn task(row: RowRef<'_, '_>, id: i64, columns: &Columns, working: &mut Working, loss: &mut LossReport) -> Task {
    let (code, name) = (row.get(columns.code), row.get(columns.name));
    let spot = || Spot::line(row.line()).about(format!("activity {code} “{name}”"));
    let mut activity = ActivityDoc::new(format!("t{id}"));
    activity.uid = id.try_into().ok();
    activity.title = (!name.is_empty()).then(|| name.into());
    if !code.is_empty() {
        activity.extensions.set("x-code", Value::from(code));
    }
    let calendar = Cells { loss }.int(row, columns.calendar, "clndr_id");
    activity.calendar = working.named(calendar, &spot, loss).map(Into::into);
    let mut timeless = false;
    match row.get(columns.kind) {
        "" | "TT_Task" => {}
        "TT_Rsrc" => {
            if let Some(calendar) = working.resource(id, &spot, loss) {
                activity.calendar = Some(calendar.into());
            }
        }
        "TT_Mile" => {
            timeless = true;
            activity.milestone = Some(Milestone::Start);
        }
        "TT_FinMile" => {
            timeless = true;
            activity.milestone = Some(Milestone::Finish);
        }
        "TT_LOE" => activity.level_of_effort = Some(true),
        "TT_WBS" => {
            activity.level_of_effort = Some(true);
            let why = "a WBS summary activity spans what stands beside it";
            loss.add(LossKind::Changed, "TASK.task_type", why, spot);
        }
        other => loss.add(
            LossKind::Unreadable,
            "TASK.task_type",
            "no such type is known here; an ordinary activity is taken",
            || spot().value(other),
        ),
    }
    let mut fact = progress::fact(row, activity.id.as_str(), columns, &spot, loss);
    if activity.level_of_effort.is_none() {
        let minutes = if timeless {
            0
        } else {
            duration(row, columns, fact.is_some(), &spot, loss)
        };
        let unit = if minutes == 0 { "d" } else { "h" };
        let tenths = minutes.saturating_mul(TENTHS);
        activity.duration = Some(amount::duration(tenths, unit, Units::default()));
    }
    if let Some(fact) = &mut fact
        && (timeless || activity.level_of_effort.is_some())
    {
        fact.remaining = None;
    }
    constraints(row, columns, fact.as_ref(), &mut activity, &spot, loss);
    let wbs = Cells { loss }.int(row, columns.wbs, "wbs_id");
    Task { activity, fact, wbs }
}

/// How long it takes, in minutes: before work begins what is left, from then on what was planned.
fn duration(
    row: RowRef<'_, '_>,
    columns: &Columns,
    begun: bool,
    spot: &dyn Fn() -> Spot,
    loss: &mut LossReport,
) -> i64 {
    let mut cells = Cells { loss };
    let target = cells.hours(row, columns.target, "target_drtn_hr_cnt");
    let remaining = cells.hours(row, columns.remaining, "remain_drtn_hr_cnt");
    let minutes = if begun {
        target.or(remaining)
    } else {
        remaining.or(target)
    };
    if !begun && target.is_some() && remaining.is_some() && target != remaining {
        let why = "what is planned differs from what is left; what is left counts";
        loss.add(LossKind::Changed, "TASK.target_drtn_hr_cnt", why, spot);
    }
    let minutes = minutes.unwrap_or_else(|| {
        let why = "an activity that does not say how long it takes is taken to take no time";
        loss.add(LossKind::Changed, "TASK.remain_drtn_hr_cnt", why, spot);
        0
    });
    if minutes < 0 || !amount::is_bounded(minutes.saturating_mul(TENTHS)) {
        let why = "a duration below nought or longer than a hundred years; the nearest that can be held is taken";
        loss.add(LossKind::Changed, "TASK.remain_drtn_hr_cnt", why, spot);
    }
    minutes
}

fn constraints(
    row: RowRef<'_, '_>,
    columns: &Columns,
    fact: Option<&FactDoc>,
    activity: &mut ActivityDoc,
    spot: &dyn Fn() -> Spot,
    loss: &mut LossReport,
) {
    use ConstraintDoc as C;
    for (kind, date, kind_name, date_name) in columns.constraints {
        let kind = row.get(kind);
        let date = Cells { loss }.date(row, date, date_name);
        let subject = || format!("TASK.{kind_name}");
        if kind.is_empty() {
            continue;
        }
        if kind == "CS_ALAP" {
            activity.constraints.push(C::AsLateAsPossible(AsapDoc::new()));
            continue;
        }
        let made: &[fn(DatedDoc) -> C] = match kind {
            "CS_MSOA" => &[C::StartNoEarlierThan],
            "CS_MSOB" => &[C::StartNoLaterThan],
            "CS_MEOA" => &[C::FinishNoEarlierThan],
            "CS_MEOB" => &[C::FinishNoLaterThan],
            // Not mandatory: a floor and a cap that links may break.
            "CS_MSO" => &[C::StartNoEarlierThan, C::StartNoLaterThan],
            "CS_MEO" => &[C::FinishNoEarlierThan, C::FinishNoLaterThan],
            "CS_MANDSTART" => &[C::MustStartOn],
            "CS_MANDFIN" => &[C::MustFinishOn],
            other => {
                loss.add(
                    LossKind::Unreadable,
                    &subject(),
                    "no such constraint is known here",
                    || spot().value(other),
                );
                continue;
            }
        };
        match date {
            Some(date) => activity
                .constraints
                .extend(made.iter().map(|make| make(DatedDoc::new(date)))),
            None => loss.add(
                LossKind::Dropped,
                &subject(),
                "a constraint without a date bounds nothing",
                spot,
            ),
        }
    }
    // What is finished is neither expected nor waited for.
    let finished = fact.is_some_and(|fact| fact.finished.is_some());
    let mut cells = Cells { loss };
    let expected = cells.date(row, columns.expected, "expect_end_date");
    let [start, finish] = columns.external.map(|(column, name)| cells.date(row, column, name));
    if finished {
        return;
    }
    let dates = [
        expected.map(|date| C::ExpectedFinish(DatedDoc::new(date))),
        start.map(|date| C::ExternalEarlyStart(DatedDoc::new(date))),
        finish.map(|date| C::ExternalLateFinish(DatedDoc::new(date))),
    ];
    activity.constraints.extend(dates.into_iter().flatten());
}
