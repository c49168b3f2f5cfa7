//! Which calendar an activity works on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use framdrift_model::document::{CalendarDoc, ProgrammeDoc};

use super::clndr;
use super::table::Tables;
use crate::calendar::{self, Made, Source, Special};
use crate::limits::Limits;
use crate::loss::{LossKind, LossReport, Spot};

/// The calendars of a project.
pub(super) struct Working {
    made: Made,
    /// Calendars that are kept whether anybody uses them or not: global ones and the project's.
    common: BTreeSet<String>,
    default: Option<String>,
    /// The calendars of the people and machines that work on each activity, with the hours that are left for them.
    people: HashMap<i64, Vec<(i64, f64)>>,
}

impl Working {
    pub(super) fn new(
        tables: &mut Tables<'_>,
        project: &str,
        default: Option<i64>,
        limits: &Limits,
        loss: &mut LossReport,
    ) -> Self {
        let mut table = tables.take("CALENDAR");
        let id = table.column("clndr_id");
        let name = table.column("clndr_name");
        let base = table.column("base_clndr_id");
        let kind = table.column("clndr_type");
        let owner = table.column("proj_id");
        let preset = table.column("default_flag");
        let data = table.column("clndr_data");
        let mut sources = Vec::new();
        let mut common = BTreeSet::new();
        let mut fallback = None;
        for row in table.rows() {
            let Ok(uid) = row.get(id).parse::<i64>() else {
                loss.add(LossKind::Dropped, "CALENDAR", "a calendar without a number", || {
                    Spot::line(row.line())
                });
                continue;
            };
            let own = row.get(owner).is_empty() || row.get(owner) == project;
            if own && row.get(kind) != "CA_Rsrc" {
                common.insert(format!("c{uid}"));
            }
            if row.get(preset) == "Y" {
                fallback = fallback.or(Some(uid));
            }
            let spot = || Spot::line(row.line()).about(format!("calendar {uid}"));
            sources.push(Source {
                uid,
                name: Some(row.get(name)).filter(|name| !name.is_empty()).map(str::to_owned),
                base: row.get(base).parse().ok(),
                line: row.line(),
                ..parsed(row.get(data), uid, limits, &spot, loss)
            });
        }
        table.account(loss, |_| true);
        let made = calendar::make(sources, limits.special_days, "CALENDAR", loss);
        let default = default.filter(|uid| made.ids.contains_key(uid)).or(fallback);
        let default = default.and_then(|uid| made.ids.get(&uid).cloned());
        if default.is_none() {
            let why =
                "the project's calendar is not in the file; Monday to Friday, 08:00–12:00 and 13:00–17:00 is taken";
            loss.add(LossKind::Dropped, "PROJECT.clndr_id", why, Spot::none);
        }
        Self {
            made,
            common,
            default,
            people: people(tables, project, loss),
        }
    }

    /// The id of the project's calendar.
    pub(super) fn default_id(&self) -> Option<&str> {
        self.default.as_deref()
    }

    /// The id of the calendar with a number; `None` for the project's.
    pub(super) fn named(&self, uid: Option<i64>, spot: &dyn Fn() -> Spot, loss: &mut LossReport) -> Option<String> {
        let id = uid.and_then(|uid| self.made.ids.get(&uid));
        if uid.is_some() && id.is_none() {
            let why = "its calendar is not in the file; the project's is taken";
            loss.add(LossKind::Dropped, "TASK.clndr_id", why, spot);
        }
        id.cloned()
    }

    /// The calendar of the resource that an activity depends on; of the one with most to do where they work at different times.
    pub(super) fn resource(&self, task: i64, spot: &dyn Fn() -> Spot, loss: &mut LossReport) -> Option<String> {
        let people = self.people.get(&task)?;
        let mut hours: BTreeMap<&str, f64> = BTreeMap::new();
        for (calendar, left) in people {
            if let Some(id) = self.made.ids.get(calendar) {
                let most = hours.entry(id).or_insert(0.0);
                *most = most.max(*left);
            }
        }
        if hours.len() > 1 {
            let why = "its resources work at different times; it works when the one with most to do does";
            loss.add(LossKind::Changed, "TASK.task_type", why, spot);
        }
        let first = hours.iter().next()?;
        let most = hours
            .iter()
            .fold(first, |most, next| if next.1 > most.1 { next } else { most });
        Some((*most.0).to_owned())
    }

    /// The calendars for a document.
    pub(super) fn finish(mut self, document: &ProgrammeDoc) -> Vec<CalendarDoc> {
        let used: BTreeSet<&str> = document
            .activities
            .iter()
            .filter_map(|activity| activity.calendar.as_ref().map(|id| id.as_str()))
            .chain(self.default.as_deref())
            .collect();
        let common = std::mem::take(&mut self.common);
        self.made.keep(|id| used.contains(id) || common.contains(id));
        self.made.calendars
    }
}

fn parsed(data: &str, uid: i64, limits: &Limits, spot: &dyn Fn() -> Spot, loss: &mut LossReport) -> Source {
    let read = clndr::read(data, limits.depth).unwrap_or_else(|why| {
        loss.add(
            LossKind::Unreadable,
            "CALENDAR.clndr_data",
            "its parentheses do not match; what it says is passed over",
            || spot().value(why),
        );
        clndr::Clndr::default()
    });
    for name in &read.unknown {
        loss.add(
            LossKind::Unknown,
            "CALENDAR.clndr_data",
            "a part that is not known here",
            || spot().value(name),
        );
    }
    let why = "hours or a date that are not understood";
    loss.add_many(LossKind::Unreadable, "CALENDAR.clndr_data", why, read.unreadable, spot);
    let mut week = read.week;
    // Sunday comes first there, last here.
    week.rotate_left(1);
    let special = read.exceptions.into_iter().map(|(date, hours)| Special {
        first: date.day(),
        last: date.day(),
        hours,
        name: None,
    });
    Source {
        uid,
        name: None,
        base: None,
        week,
        special: special.collect(),
        line: 0,
    }
}

/// Who works on what, and how long each still has to.
fn people(tables: &mut Tables<'_>, project: &str, loss: &mut LossReport) -> HashMap<i64, Vec<(i64, f64)>> {
    let mut table = tables.take("RSRC");
    let (id, calendar, kind) = (
        table.column("rsrc_id"),
        table.column("clndr_id"),
        table.column("rsrc_type"),
    );
    let calendars: HashMap<&str, i64> = table
        .rows()
        .filter(|row| row.get(kind) != "RT_Mat")
        .filter_map(|row| Some((row.get(id), row.get(calendar).parse().ok()?)))
        .collect();
    let resources = "resources have no place in a programme; the calendars of those that decide a date do";
    loss.add_many(LossKind::NotKept, "RSRC", resources, table.len() as u64, Spot::none);
    let mut table = tables.take("TASKRSRC");
    let (task, of, resource) = (
        table.column("task_id"),
        table.column("proj_id"),
        table.column("rsrc_id"),
    );
    let (left, rate) = (table.column("remain_qty"), table.column("remain_qty_per_hr"));
    let mut people: HashMap<i64, Vec<(i64, f64)>> = HashMap::new();
    let mut count = 0;
    for row in table
        .rows()
        .filter(|row| row.get(of).is_empty() || row.get(of) == project)
    {
        count += 1;
        let (Ok(task), Some(calendar)) = (row.get(task).parse(), calendars.get(row.get(resource))) else {
            continue;
        };
        let number = |column| {
            row.get(column)
                .replace(',', ".")
                .parse::<f64>()
                .ok()
                .filter(|n| n.is_finite())
        };
        let hours = match (number(left), number(rate)) {
            (Some(left), Some(rate)) if rate > 0.0 => left / rate,
            _ => 0.0,
        };
        people.entry(task).or_default().push((*calendar, hours));
    }
    loss.add_many(LossKind::NotKept, "TASKRSRC", resources, count, Spot::none);
    people
}
