//! From records to typed ones. Every element that is not taken is accounted for.

use super::raw::{
    RawAssignment, RawCalendar, RawException, RawHours, RawLink, RawProject, RawRecurrence, RawResource, RawTask,
    RawWeek, RawWorkWeek,
};
use super::unused::{self, Fate};
use super::value::{self, Amount, Stamp};
use super::xml::{Element, Records, Step};
use crate::fault::ReadError;
use crate::limits::Limits;
use crate::loss::{LossKind, LossReport, Spot, shortened};

/// The lists that are streamed. The others of a project's children are small, and read whole.
const LISTS: [&str; 4] = ["Calendars", "Tasks", "Resources", "Assignments"];

/// Reads a whole file.
pub(super) fn project(text: &str, limits: &Limits, loss: &mut LossReport) -> Result<RawProject, ReadError> {
    let mut records = Records::open(text, "Project", &LISTS, limits)?;
    let mut raw = RawProject::default();
    let mut list: Option<Box<str>> = None;
    loop {
        match records.next()? {
            Step::Enter(name) => list = Some(name),
            Step::Leave => list = None,
            Step::End => return Ok(raw),
            Step::Record(element) => match (list.as_deref(), &*element.name) {
                (None, _) => Reader::new("Project", "", loss).property(&mut raw, element),
                (Some("Calendars"), "Calendar") => raw.calendars.push(calendar(element, loss)),
                (Some("Tasks"), "Task") => raw.tasks.push(task(element, loss)),
                (Some("Resources"), "Resource") => raw.resources.push(resource(element, loss)),
                (Some("Assignments"), "Assignment") => raw.assignments.push(assignment(element, loss)),
                (Some(list), _) => Reader::new(list, "", loss).leave(&element),
            },
        }
    }
}

/// Takes the values out of a record's elements and accounts for what is left.
struct Reader<'l> {
    /// What kind of record it is, as losses name it.
    owner: &'l str,
    /// Which one it is, for people.
    about: String,
    loss: &'l mut LossReport,
}

impl<'l> Reader<'l> {
    fn new(owner: &'l str, about: impl Into<String>, loss: &'l mut LossReport) -> Self {
        Self {
            owner,
            about: about.into(),
            loss,
        }
    }

    /// The value of an element by `read`; where there is text that `read` does not know, that is a loss.
    fn get<T>(&mut self, element: &Element, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        if element.text.is_empty() {
            return None;
        }
        let value = read(&element.text);
        if value.is_none() {
            self.unreadable(element, "its value is not understood");
        }
        value
    }

    fn unreadable(&mut self, element: &Element, why: &str) {
        self.add(LossKind::Unreadable, element, why);
    }

    fn add(&mut self, kind: LossKind, element: &Element, why: &str) {
        let subject = format!("{}/{}", self.owner, shortened(&element.name));
        let about = &self.about;
        self.loss.add(kind, &subject, why, || {
            Spot::line(element.line).about(about).value(&element.text)
        });
    }

    fn int(&mut self, element: &Element) -> Option<i64> {
        self.get(element, |text| {
            // Some tools write whole numbers with decimals.
            let whole = text.split_once('.').map_or(
                text,
                |(whole, rest)| {
                    if rest.bytes().all(|b| b == b'0') { whole } else { text }
                },
            );
            whole.parse().ok()
        })
    }

    fn flag(&mut self, element: &Element) -> bool {
        self.get(element, value::flag).unwrap_or_default()
    }

    fn stamp(&mut self, element: &Element) -> Option<Stamp> {
        let stamp = self.get(element, value::stamp);
        if stamp.is_some_and(|stamp| stamp.zoned) {
            let why = "how far it is from UTC has no place in a programme; the time of day stays as it is written";
            self.add(LossKind::NotKept, element, why);
        }
        stamp
    }

    fn amount(&mut self, element: &Element) -> Option<Amount> {
        self.get(element, value::amount)
    }

    fn format(&mut self, element: &Element) -> Option<value::Format> {
        self.get(element, |text| value::format(text.parse().ok()?))
    }

    /// Accounts for an element that nobody takes.
    fn leave(&mut self, element: &Element) {
        if let Some(attribute) = &element.attribute {
            let subject = format!("{}/{}@{attribute}", self.owner, shortened(&element.name));
            self.loss
                .add(LossKind::Unknown, &subject, "attributes are not read", || {
                    Spot::line(element.line)
                });
        }
        if element.text.is_empty() && element.children.is_empty() {
            return;
        }
        match unused::fate(self.owner, &element.name) {
            Fate::Neutral(values) if values.contains(&&*element.text) && element.children.is_empty() => {}
            Fate::Neutral(_) => self.add(LossKind::NotKept, element, "a programme has no place for it"),
            Fate::Is(kind, why) => self.add(kind, element, why),
            Fate::Unknown => self.add(LossKind::Unknown, element, "no such element is known here"),
        }
    }

    fn property(mut self, raw: &mut RawProject, element: Element) {
        match &*element.name {
            "Name" => raw.name = Some(element.text),
            "Title" => raw.title = Some(element.text),
            "StartDate" => raw.start = self.stamp(&element),
            "FinishDate" => raw.finish = self.stamp(&element),
            "StatusDate" => raw.status = self.stamp(&element),
            "ScheduleFromStart" => raw.from_finish = self.get(&element, value::flag) == Some(false),
            "CalendarUID" => raw.calendar = self.int(&element),
            "MinutesPerDay" => raw.minutes_per_day = self.int(&element),
            "MinutesPerWeek" => raw.minutes_per_week = self.int(&element),
            "DaysPerMonth" => raw.days_per_month = self.int(&element),
            "CriticalSlackLimit" => raw.critical_slack_limit = self.int(&element).unwrap_or(0),
            "MultipleCriticalPaths" => raw.multiple_critical_paths = self.flag(&element),
            "HonorConstraints" => raw.honor_constraints = self.get(&element, value::flag),
            _ => self.leave(&element),
        }
    }
}

/// The first child of a name, as text: to say which record it is before it is read.
fn peek<'e>(element: &'e Element, name: &str) -> &'e str {
    let found = element.children.iter().find(|child| &*child.name == name);
    found.map_or("", |child| &child.text)
}

fn about(what: &str, element: &Element) -> String {
    let (uid, name) = (peek(element, "UID"), peek(element, "Name"));
    let uid: String = uid.chars().take(20).collect();
    match name {
        "" => format!("{what} {uid}"),
        name => format!("{what} {uid} “{}”", name.chars().take(40).collect::<String>()),
    }
}

fn calendar(element: Element, loss: &mut LossReport) -> RawCalendar {
    let mut reader = Reader::new("Calendar", about("calendar", &element), loss);
    let mut raw = RawCalendar {
        line: element.line,
        uid: -1,
        ..RawCalendar::default()
    };
    for child in element.children {
        match &*child.name {
            "UID" => raw.uid = reader.int(&child).unwrap_or(-1),
            "Name" => raw.name = Some(child.text),
            "IsBaseCalendar" => raw.is_base = reader.flag(&child),
            // Both mean none; 0 is what Project writes, -1 what others do.
            "BaseCalendarUID" => raw.base = reader.int(&child).filter(|uid| *uid > 0),
            "WeekDays" => {
                for day in child.children {
                    week_day(day, &mut raw, &mut reader);
                }
            }
            "Exceptions" => {
                for exception in child.children {
                    if &*exception.name == "Exception" {
                        let read = self::exception(exception, &mut reader);
                        raw.exceptions.push(read);
                    } else {
                        reader.leave(&exception);
                    }
                }
            }
            "WorkWeeks" => {
                for week in child.children {
                    if &*week.name == "WorkWeek" {
                        let read = work_week(week, &mut reader);
                        raw.work_weeks.push(read);
                    } else {
                        reader.leave(&week);
                    }
                }
            }
            _ => reader.leave(&child),
        }
    }
    raw
}

/// What is said of one day of the week, or, with type 0, of a stretch of dates.
struct Day {
    kind: Option<i64>,
    working: bool,
    hours: Option<Vec<RawHours>>,
    from: Option<Stamp>,
    to: Option<Stamp>,
}

impl Day {
    fn read(element: Element, reader: &mut Reader<'_>) -> Self {
        let mut day = Self {
            kind: None,
            working: false,
            hours: None,
            from: None,
            to: None,
        };
        for child in element.children {
            match &*child.name {
                "DayType" => day.kind = reader.int(&child),
                "DayWorking" => day.working = reader.flag(&child),
                "WorkingTimes" => day.hours = Some(hours(child, reader)),
                "TimePeriod" => (day.from, day.to) = period(child, reader),
                _ => reader.leave(&child),
            }
        }
        day
    }

    /// The hours; none where the day is free, `None` where they are left to the base calendar.
    fn worked(&mut self) -> Option<Vec<RawHours>> {
        if self.working {
            self.hours.take()
        } else {
            Some(Vec::new())
        }
    }
}

fn week_day(element: Element, raw: &mut RawCalendar, reader: &mut Reader<'_>) {
    if &*element.name != "WeekDay" {
        return reader.leave(&element);
    }
    let line = element.line;
    let mut day = Day::read(element, reader);
    match day.kind {
        Some(kind @ 1..=7) => raw.week[(kind - 1) as usize] = day.worked(),
        Some(0) => raw.exceptions.push(RawException {
            line,
            from: day.from,
            to: day.to,
            hours: day.worked().unwrap_or_default(),
            among_days: true,
            ..RawException::default()
        }),
        _ => {
            let about = &reader.about;
            reader
                .loss
                .add(LossKind::Unreadable, "WeekDay/DayType", "a day is 0 to 7", || {
                    Spot::line(line).about(about)
                });
        }
    }
}

fn work_week(element: Element, reader: &mut Reader<'_>) -> RawWorkWeek {
    let mut raw = RawWorkWeek {
        line: element.line,
        ..RawWorkWeek::default()
    };
    for child in element.children {
        match &*child.name {
            "TimePeriod" => (raw.from, raw.to) = period(child, reader),
            "WeekDays" => {
                for day in child.children {
                    if &*day.name != "WeekDay" {
                        reader.leave(&day);
                        continue;
                    }
                    let mut day = Day::read(day, reader);
                    if let Some(kind @ 1..=7) = day.kind {
                        set(&mut raw.week, kind, day.worked());
                    }
                }
            }
            "Name" => {}
            _ => reader.leave(&child),
        }
    }
    raw
}

fn set(week: &mut RawWeek, kind: i64, hours: Option<Vec<RawHours>>) {
    week[(kind - 1) as usize] = hours;
}

fn exception(element: Element, reader: &mut Reader<'_>) -> RawException {
    let mut raw = RawException {
        line: element.line,
        ..RawException::default()
    };
    let mut recurrence = RawRecurrence::default();
    let mut working = false;
    for child in element.children {
        match &*child.name {
            "EnteredByOccurrences" => recurrence.by_occurrences = reader.flag(&child),
            "Occurrences" => recurrence.occurrences = reader.int(&child),
            "Type" => recurrence.kind = reader.int(&child),
            "Period" => recurrence.period = reader.int(&child),
            "DaysOfWeek" => recurrence.days_of_week = reader.int(&child),
            "MonthItem" => recurrence.month_item = reader.int(&child),
            "MonthPosition" => recurrence.month_position = reader.int(&child),
            "Month" => recurrence.month = reader.int(&child),
            "MonthDay" => recurrence.month_day = reader.int(&child),
            "Name" => raw.name = Some(child.text),
            "TimePeriod" => (raw.from, raw.to) = period(child, reader),
            "DayWorking" => working = reader.flag(&child),
            "WorkingTimes" => raw.hours = hours(child, reader),
            _ => reader.leave(&child),
        }
    }
    if !working {
        raw.hours.clear();
    }
    raw.recurrence = recurrence;
    raw
}

fn period(element: Element, reader: &mut Reader<'_>) -> (Option<Stamp>, Option<Stamp>) {
    let mut found = (None, None);
    for child in element.children {
        match &*child.name {
            "FromDate" => found.0 = reader.stamp(&child),
            "ToDate" => found.1 = reader.stamp(&child),
            _ => reader.leave(&child),
        }
    }
    found
}

fn hours(element: Element, reader: &mut Reader<'_>) -> Vec<RawHours> {
    let mut found = Vec::new();
    for stretch in element.children {
        let (mut from, mut to) = (None, None);
        for child in stretch.children {
            match &*child.name {
                "FromTime" => from = reader.get(&child, value::time),
                "ToTime" => to = reader.get(&child, value::time),
                _ => reader.leave(&child),
            }
        }
        // A stretch without times is how an empty row of the dialogue is saved.
        if let (Some(from), Some(to)) = (from, to) {
            let minute = |seconds: u32| u16::try_from((seconds + 30) / 60).unwrap_or(1_440);
            found.push(RawHours {
                from: minute(from),
                to: minute(to),
            });
        }
    }
    found
}

fn task(element: Element, loss: &mut LossReport) -> RawTask {
    let mut reader = Reader::new("Task", about("task", &element), loss);
    let mut raw = RawTask {
        line: element.line,
        uid: -1,
        ..RawTask::default()
    };
    for child in element.children {
        let r = &mut reader;
        match &*child.name {
            "UID" => raw.uid = r.int(&child).unwrap_or(-1),
            "Name" => raw.name = Some(child.text).filter(|name| !name.is_empty()),
            "IsNull" => raw.is_null = r.flag(&child),
            "OutlineLevel" => raw.outline_level = r.int(&child),
            "Type" => raw.kind = r.int(&child),
            "Summary" => raw.summary = r.flag(&child),
            "Milestone" => raw.milestone = r.flag(&child),
            "IsSubproject" => raw.subproject = r.flag(&child),
            "ExternalTask" => raw.external = r.flag(&child),
            "Active" => raw.active = r.get(&child, value::flag),
            "Manual" => raw.manual = r.flag(&child),
            "ManualStart" => raw.manual_start = r.stamp(&child),
            "ManualFinish" => raw.manual_finish = r.stamp(&child),
            "ManualDuration" => raw.manual_duration = r.amount(&child),
            "Start" => raw.start = r.stamp(&child),
            "Finish" => raw.finish = r.stamp(&child),
            "Duration" => raw.duration = r.amount(&child),
            "DurationFormat" => raw.format = r.format(&child),
            "ConstraintType" => raw.constraint = r.int(&child).unwrap_or(0),
            "ConstraintDate" => raw.constraint_date = r.stamp(&child),
            "Deadline" => raw.deadline = r.stamp(&child),
            "CalendarUID" => raw.calendar = r.int(&child).filter(|uid| *uid > 0),
            "IgnoreResourceCalendar" => raw.ignore_resource_calendar = r.flag(&child),
            "LevelingDelay" => raw.leveling_delay = r.int(&child).unwrap_or(0),
            "LevelingDelayFormat" => raw.leveling_format = r.format(&child),
            "PercentComplete" => raw.percent_complete = r.int(&child).unwrap_or(0),
            "ActualStart" => raw.actual_start = r.stamp(&child),
            "ActualFinish" => raw.actual_finish = r.stamp(&child),
            "RemainingDuration" => raw.remaining = r.amount(&child),
            "Stop" => raw.stop = r.stamp(&child),
            "Resume" => raw.resume = r.stamp(&child),
            "PredecessorLink" => {
                let link = link(child, r);
                raw.links.push(link);
            }
            _ => r.leave(&child),
        }
    }
    raw
}

fn link(element: Element, reader: &mut Reader<'_>) -> RawLink {
    let mut raw = RawLink {
        line: element.line,
        predecessor: -1,
        ..RawLink::default()
    };
    for child in element.children {
        match &*child.name {
            "PredecessorUID" => raw.predecessor = reader.int(&child).unwrap_or(-1),
            "Type" => raw.kind = reader.int(&child),
            "CrossProject" => raw.cross_project = reader.flag(&child),
            "LinkLag" => raw.lag = reader.int(&child).unwrap_or(0),
            "LagFormat" => raw.format = reader.format(&child),
            // Where a cross-project link leads is told with the link itself.
            "CrossProjectName" => {}
            _ => reader.leave(&child),
        }
    }
    raw
}

fn resource(element: Element, loss: &mut LossReport) -> RawResource {
    let mut reader = Reader::new("Resource", about("resource", &element), loss);
    let mut raw = RawResource {
        uid: -1,
        ..RawResource::default()
    };
    for child in element.children {
        match &*child.name {
            "UID" => raw.uid = reader.int(&child).unwrap_or(-1),
            "Type" => raw.kind = reader.int(&child),
            "CalendarUID" => raw.calendar = reader.int(&child).filter(|uid| *uid > 0),
            _ => reader.leave(&child),
        }
    }
    raw
}

fn assignment(element: Element, loss: &mut LossReport) -> RawAssignment {
    let about = format!(
        "assignment {}",
        peek(&element, "UID").chars().take(20).collect::<String>()
    );
    let mut reader = Reader::new("Assignment", about, loss);
    let mut raw = RawAssignment {
        line: element.line,
        task: -1,
        resource: -1,
        ..RawAssignment::default()
    };
    for child in element.children {
        match &*child.name {
            "TaskUID" => raw.task = reader.int(&child).unwrap_or(-1),
            "ResourceUID" => raw.resource = reader.int(&child).unwrap_or(-1),
            "Units" => raw.units = reader.get(&child, thousandths),
            "Work" => raw.work = reader.amount(&child),
            "WorkContour" => raw.contour = reader.int(&child).unwrap_or(0),
            "Delay" => raw.delay = reader.int(&child).unwrap_or(0),
            _ => reader.leave(&child),
        }
    }
    raw
}

/// `0.5` in thousandths.
fn thousandths(text: &str) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    (number.is_finite() && (0.0..=1e9).contains(&number)).then(|| (number * 1_000.0).round() as i64)
}
