//! From the tables of a file to a programme.

use std::collections::HashMap;

use framdrift_model::date::Date;
use framdrift_model::document::{FactsDoc, ProgrammeDoc};

use super::table::{Column, RowRef, Table, Tables};
use super::{ProjectEntry, XerError};
use super::{links, options, tasks, wbs, working};
use crate::imported::slug;
use crate::limits::Limits;
use crate::loss::{LossKind, LossReport, Spot};

/// The tables that are read.
pub(super) const TABLES: [&str; 8] = [
    "PROJECT",
    "SCHEDOPTIONS",
    "CALENDAR",
    "PROJWBS",
    "TASK",
    "TASKPRED",
    "RSRC",
    "TASKRSRC",
];

/// Reads cells, and tells of those that say nothing.
pub(super) struct Cells<'l> {
    pub(super) loss: &'l mut LossReport,
}

impl Cells<'_> {
    fn get<T>(
        &mut self,
        row: RowRef<'_, '_>,
        column: Column,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let cell = row.get(column);
        if cell.is_empty() {
            return None;
        }
        let value = read(cell);
        if value.is_none() {
            let subject = format!("{}.{name}", row.table());
            self.loss
                .add(LossKind::Unreadable, &subject, "its value is not understood", || {
                    Spot::line(row.line()).value(cell)
                });
        }
        value
    }

    /// A whole number.
    pub(super) fn int(&mut self, row: RowRef<'_, '_>, column: Column, name: &str) -> Option<i64> {
        self.get(row, column, name, |text| text.parse().ok())
    }

    /// A date with its time, to the nearest minute.
    pub(super) fn date(&mut self, row: RowRef<'_, '_>, column: Column, name: &str) -> Option<Date> {
        let stamp = self.get(row, column, name, crate::mspdi::stamp)?;
        if stamp.rounded {
            let subject = format!("{}.{name}", row.table());
            let why = "seconds are rounded to the nearest minute";
            self.loss
                .add(LossKind::Changed, &subject, why, || Spot::line(row.line()));
        }
        Some(stamp.date)
    }

    /// A number of hours, in minutes to the nearest.
    pub(super) fn hours(&mut self, row: RowRef<'_, '_>, column: Column, name: &str) -> Option<i64> {
        let minutes = self.get(row, column, name, |text| {
            // Some installations write a decimal comma.
            let hours: f64 = text.replace(',', ".").parse().ok()?;
            // A million years.
            (hours.is_finite() && hours.abs() < 1e10).then_some(hours * 60.0)
        })?;
        let whole = minutes.round();
        if (minutes - whole).abs() > 1e-6 {
            let subject = format!("{}.{name}", row.table());
            let why = "rounded to whole minutes";
            self.loss.add(LossKind::Changed, &subject, why, || {
                Spot::line(row.line()).value(row.get(column))
            });
        }
        Some(whole as i64)
    }
}

/// The projects, in the order of the file.
pub(super) fn entries(projects: &mut Table<'_>, tasks: &mut Table<'_>) -> Vec<ProjectEntry> {
    let (id, name) = (projects.column("proj_id"), projects.column("proj_short_name"));
    let of = tasks.column("proj_id");
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for row in tasks.rows() {
        *counts.entry(row.get(of)).or_default() += 1;
    }
    let entry = |row: RowRef<'_, '_>| ProjectEntry {
        id: row.get(id).to_owned(),
        name: row.get(name).to_owned(),
        activities: counts.get(row.get(id)).copied().unwrap_or(0),
    };
    projects.rows().map(entry).collect()
}

/// The position of the project that is wanted; else of the first with most activities.
fn choose(entries: &[ProjectEntry], wanted: Option<&str>) -> Result<usize, XerError> {
    if entries.is_empty() {
        return Err(XerError::NoProject);
    }
    let Some(wanted) = wanted else {
        let most = entries.iter().map(|entry| entry.activities).max().unwrap_or(0);
        return Ok(entries.iter().position(|entry| entry.activities == most).unwrap_or(0));
    };
    let by_id = || entries.iter().position(|entry| entry.id == wanted);
    let by_name = || entries.iter().position(|entry| entry.name == wanted);
    let by_number = || {
        let number: usize = wanted.parse().ok()?;
        (1..=entries.len()).contains(&number).then(|| number - 1)
    };
    by_id()
        .or_else(by_name)
        .or_else(by_number)
        .ok_or_else(|| XerError::NoSuchProject {
            wanted: wanted.to_owned(),
            there: entries.to_vec(),
        })
}

/// Makes a programme of one project, and its recorded progress.
pub(super) fn programme(
    mut tables: Tables<'_>,
    wanted: Option<&str>,
    limits: &Limits,
    loss: &mut LossReport,
) -> Result<(ProgrammeDoc, FactsDoc), XerError> {
    let mut projects = tables.take("PROJECT");
    let mut task_rows = tables.take("TASK");
    let entries = entries(&mut projects, &mut task_rows);
    let at = choose(&entries, wanted)?;
    for other in entries
        .iter()
        .enumerate()
        .filter(|(n, _)| *n != at)
        .map(|(_, other)| other)
    {
        loss.add(LossKind::NotKept, "PROJECT", "one project is read at a time", || {
            Spot::none().about(format!(
                "project {} “{}”, {} activities",
                other.id, other.name, other.activities
            ))
        });
    }
    let own = &entries[at];
    let mut document = ProgrammeDoc::new(slug(&own.name, "project"));

    let columns = Columns::of(&mut projects);
    // INVARIANT: `entries` has one entry for each row.
    let row = projects.rows().nth(at).expect("the project has a row");
    let mut cells = Cells { loss };
    let data_date = cells.date(row, columns.data_date, "last_recalc_date");
    document.start = cells.date(row, columns.start, "plan_start_date").or(data_date);
    document.finish = cells.date(row, columns.finish, "plan_end_date");
    let default = cells.int(row, columns.calendar, "clndr_id");
    if document.start.is_none() {
        cells.loss.add(
            LossKind::Dropped,
            "PROJECT.plan_start_date",
            "without it nothing can be scheduled",
            || Spot::line(row.line()),
        );
    }
    if let (Some(start), Some(finish)) = (document.start, document.finish)
        && finish.as_finish() < start.as_start()
    {
        let why = "the project must be finished before it starts";
        let spot = || Spot::line(row.line()).value(finish.to_string());
        cells.loss.add(LossKind::Dropped, "PROJECT.plan_end_date", why, spot);
        document.finish = None;
    }
    document.scheduling = Some(options::scheduling(&mut tables, row, &columns, &own.id, loss));

    let mut working = working::Working::new(&mut tables, &own.id, default, limits, loss);
    let breakdown = wbs::Breakdown::of(&mut tables, &own.id, loss);
    if let Some(title) = breakdown.title().or(Some(own.name.as_str())).filter(|t| !t.is_empty()) {
        document.title = Some(title.into());
    }
    let mut found = tasks::Tasks::of(&mut task_rows, &own.id, &mut working, loss);
    links::add(&mut tables, &mut found, &own.id, loss);
    let mut facts = FactsDoc::new();
    facts.programme = Some(document.id.clone());
    facts.status_date = data_date;
    facts.facts = found.facts();
    document.activities = breakdown.activities(found, loss);
    document.calendar = working.default_id().map(Into::into);
    document.calendars = working.finish(&document);
    projects.account(loss, |row| row.get(columns.id) == own.id);
    Ok((document, facts))
}

/// The columns of PROJECT.
pub(super) struct Columns {
    id: Column,
    data_date: Column,
    start: Column,
    finish: Column,
    calendar: Column,
    pub(super) critical_path: Column,
    pub(super) critical_limit: Column,
}

impl Columns {
    fn of(table: &mut Table<'_>) -> Self {
        Self {
            id: table.column("proj_id"),
            data_date: table.column("last_recalc_date"),
            start: table.column("plan_start_date"),
            finish: table.column("plan_end_date"),
            calendar: table.column("clndr_id"),
            critical_path: table.column("critical_path_type"),
            critical_limit: table.column("critical_drtn_hr_cnt"),
        }
    }
}
