//! Which calendar a task works on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::document::{CalendarDoc, ProgrammeDoc};
use framdrift_model::quantity::Units;

use super::raw::{RawAssignment, RawCalendar, RawHours, RawProject, RawTask, RawWeek};
use super::recur;
use crate::calendar::{self, Made, Source, Special, Stretch};
use crate::effective::Effective;
use crate::limits::Limits;
use crate::loss::{LossKind, LossReport, Spot};

/// The calendars of a project, and those that come of tasks meeting people.
pub(super) struct Working {
    made: Made,
    /// Base calendars, which are kept whether anybody uses them or not.
    bases: BTreeSet<String>,
    /// The project's own; `None` where the file has none.
    default: Option<String>,
    /// The calendars of the people who work on each task, by the task's UID; 0 stands for the project's.
    people: HashMap<i64, BTreeSet<i64>>,
    effective: BTreeMap<String, Effective>,
    compiled: BTreeMap<String, WorkCalendar>,
    /// What a task's calendar and people's calendars come to: an id, or the task's own.
    met: BTreeMap<(Option<i64>, BTreeSet<i64>), Option<String>>,
}

impl Working {
    pub(super) fn new(raw: &RawProject, limits: &Limits, loss: &mut LossReport) -> Self {
        let sources = raw.calendars.iter().map(|calendar| source(calendar, loss)).collect();
        let made = calendar::make(sources, limits.special_days, "Calendar", loss);
        let bases = raw
            .calendars
            .iter()
            .filter(|calendar| calendar.is_base)
            .filter_map(|calendar| made.ids.get(&calendar.uid).cloned())
            .collect();
        let named = raw.calendar.filter(|uid| *uid > 0);
        let default = named.and_then(|uid| made.ids.get(&uid).cloned());
        if named.is_some() && default.is_none() {
            let why =
                "the project's calendar is not in the file; Monday to Friday, 08:00–12:00 and 13:00–17:00 is taken";
            loss.add(LossKind::Dropped, "Project/CalendarUID", why, Spot::none);
        }
        let people = people(raw, &made, loss);
        Self {
            made,
            bases,
            default,
            people,
            effective: BTreeMap::new(),
            compiled: BTreeMap::new(),
            met: BTreeMap::new(),
        }
    }

    /// The id of the project's calendar.
    pub(super) fn default_id(&self) -> Option<&str> {
        self.default.as_deref()
    }

    /// The id of a task's own calendar; `None` for the project's.
    pub(super) fn named(&self, task: &RawTask, spot: &dyn Fn() -> Spot, loss: &mut LossReport) -> Option<String> {
        let found = self.made.ids.get(&task.calendar?);
        if found.is_none() {
            let why = "its calendar is not in the file; the project's is taken";
            loss.add(LossKind::Dropped, "Task/CalendarUID", why, spot);
        }
        found.cloned()
    }

    /// The id of the calendar that the people on a task work on, where that is another than the task's own. Their hours count
    /// together with the task's own, but for tasks of fixed duration and for those that say they do not.
    pub(super) fn of_people(&mut self, task: &RawTask) -> Option<String> {
        const FIXED_DURATION: i64 = 1;
        let named = task.calendar.filter(|uid| self.made.ids.contains_key(uid));
        if task.manual
            || task.external
            || task.kind == Some(FIXED_DURATION)
            || (task.ignore_resource_calendar && named.is_some())
        {
            return None;
        }
        let key = (named, self.people.get(&task.uid)?.clone());
        if let Some(known) = self.met.get(&key) {
            return known.clone();
        }
        let own = named.and_then(|uid| self.made.ids.get(&uid).cloned());
        let met = self.meet(own.as_deref(), &key.1);
        self.met.insert(key, met.clone());
        met
    }

    /// A calendar of the hours in which a task's calendar and any of its people work; none where that is the task's own.
    fn meet(&mut self, own: Option<&str>, people: &BTreeSet<i64>) -> Option<String> {
        let mut union: Option<Effective> = None;
        for uid in people {
            let id = self.made.ids.get(uid).cloned();
            let one = self.effective(id.as_deref());
            union = Some(match union {
                Some(union) => union.or(&one),
                None => one,
            });
        }
        let union = union?;
        let task = self.effective(own);
        let met = if own.is_some() { union.and(&task) } else { union };
        if met == task || !met.works() {
            return None;
        }
        // One calendar for all that come to the same.
        let known = self.effective.iter().find(|(_, effective)| **effective == met);
        if let Some((id, _)) = known.filter(|(id, _)| !id.is_empty()) {
            return Some(id.clone());
        }
        let id = format!("met-{}", self.met.values().flatten().count() + 1);
        self.made.calendars.push(met.document(&id));
        self.effective.insert(id.clone(), met);
        Some(id)
    }

    /// The hours of a calendar; of the project's where none is named.
    fn effective(&mut self, id: Option<&str>) -> Effective {
        let id = id.or(self.default.as_deref()).unwrap_or_default().to_owned();
        let calendars = &self.made.calendars;
        let found = self.effective.entry(id).or_insert_with_key(|id| match id.as_str() {
            "" => Effective::standard(),
            id => Effective::of(calendars, id),
        });
        found.clone()
    }

    /// A calendar to compute with; the project's where none is named.
    pub(super) fn compiled(&mut self, id: Option<&str>) -> WorkCalendar {
        let key = id.or(self.default.as_deref()).unwrap_or_default().to_owned();
        if let Some(known) = self.compiled.get(&key) {
            return known.clone();
        }
        let compiled = self.effective(id).compiled();
        self.compiled.insert(key, compiled.clone());
        compiled
    }

    /// The calendars for a document: base calendars, those that are used, and those that they build on.
    pub(super) fn finish(mut self, document: &ProgrammeDoc) -> Vec<CalendarDoc> {
        let used: BTreeSet<&str> = document
            .activities
            .iter()
            .flat_map(|activity| [&activity.calendar, &activity.work_calendar])
            .filter_map(|id| id.as_ref().map(|id| id.as_str()))
            .chain(self.default.as_deref())
            .collect();
        let bases = std::mem::take(&mut self.bases);
        self.made.keep(|id| used.contains(id) || bases.contains(id));
        self.made.calendars
    }
}

/// Whose calendars bear on which tasks: those of people with work to do on them.
fn people(raw: &RawProject, made: &Made, loss: &mut LossReport) -> HashMap<i64, BTreeSet<i64>> {
    const WORK: i64 = 1;
    let resources: HashMap<i64, Option<i64>> = raw
        .resources
        .iter()
        .filter(|resource| resource.kind.is_none_or(|kind| kind == WORK))
        .map(|resource| (resource.uid, resource.calendar))
        .collect();
    let mut people: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    for assignment in &raw.assignments {
        let Some(calendar) = resources.get(&assignment.resource) else {
            continue;
        };
        uneven(assignment, loss);
        if assignment
            .work
            .is_some_and(|work| work.seconds(false, Units::default()) > 0)
        {
            let calendar = calendar.filter(|uid| made.ids.contains_key(uid)).or(raw.calendar);
            people.entry(assignment.task).or_default().insert(calendar.unwrap_or(0));
        }
    }
    people
}

/// What an assignment says beyond whose hours count.
fn uneven(assignment: &RawAssignment, loss: &mut LossReport) {
    let spot = || Spot::line(assignment.line).about(format!("task {}", assignment.task));
    if assignment.contour != 0 {
        let why = "work that is spread unevenly is not; the task's duration counts";
        loss.add(LossKind::Changed, "Assignment/WorkContour", why, spot);
    }
    if assignment.delay != 0 {
        let why = "somebody who comes later is there from the beginning; the task's duration counts";
        loss.add(LossKind::Changed, "Assignment/Delay", why, spot);
    }
    if assignment.units.is_some_and(|units| units != 1_000) {
        let why = "how much of somebody's time it takes has no place in a programme; the task's duration counts";
        loss.add(LossKind::NotKept, "Assignment/Units", why, spot);
    }
}

fn source(raw: &RawCalendar, loss: &mut LossReport) -> Source {
    let spot = |line| move || Spot::line(line).about(format!("calendar {}", raw.uid));
    let mut ranked = Vec::new();
    for exception in &raw.exceptions {
        match recur::days(exception, &stretches(&exception.hours)) {
            Ok(days) => ranked.push((recur::rank(exception, &days), days)),
            Err(trouble) => {
                let why = match trouble {
                    recur::Trouble::NoDates => "an exception without dates, or with its last day before its first",
                    recur::Trouble::Unknown => "how this exception comes again is not understood",
                };
                loss.add(LossKind::Dropped, "Calendar/Exception", why, spot(exception.line));
            }
        }
    }
    // Of those that name one day, the one of the higher rank counts, and of equals the first in the file.
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut special: Vec<Special> = ranked.into_iter().flat_map(|(_, days)| days).collect();
    // Exceptions come before weeks that hold for a time.
    for week in &raw.work_weeks {
        match (week.from, week.to) {
            (Some(from), Some(to)) if from.date.day() <= to.date.day() => {
                special.extend(of_week(&week.week, from.date.day(), to.date.day()));
            }
            _ => loss.add(
                LossKind::Dropped,
                "Calendar/WorkWeek",
                "a week without dates, or with its last day before its first",
                spot(week.line),
            ),
        }
    }
    Source {
        uid: raw.uid,
        name: raw.name.clone(),
        base: raw.base,
        week: monday_first(&raw.week),
        special,
        line: raw.line,
    }
}

fn stretches(hours: &[RawHours]) -> Vec<Stretch> {
    hours.iter().map(|hours| (hours.from, hours.to)).collect()
}

fn monday_first(week: &RawWeek) -> [Option<Vec<Stretch>>; 7] {
    std::array::from_fn(|day| week[(day + 1) % 7].as_ref().map(|hours| stretches(hours)))
}

/// A week that holds for a time, day by day.
fn of_week(week: &RawWeek, first: chrono::NaiveDate, last: chrono::NaiveDate) -> Vec<Special> {
    use chrono::Datelike;
    const MOST: usize = 40_000;
    first
        .iter_days()
        .take_while(|day| *day <= last)
        .take(MOST)
        .filter_map(|day| {
            let hours = week[day.weekday().num_days_from_sunday() as usize].as_ref()?;
            Some(Special {
                first: day,
                last: day,
                hours: stretches(hours),
                name: None,
            })
        })
        .collect()
}
