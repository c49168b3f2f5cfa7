//! From tasks to activities.

use std::collections::{HashMap, HashSet};

use framdrift_model::date::Date;
use framdrift_model::document::{ActivityDoc, ConstraintDoc, DatedDoc, ManualDoc};
use framdrift_model::limits::{DEEPEST_PARTS, LONGEST_DURATION};
use framdrift_model::quantity::Units;

use super::map::rounded;
use super::raw::{RawProject, RawTask};
use super::value::{Amount, Format, Stamp};
use super::working::Working;
use crate::amount::{self, TENTHS};
use crate::loss::{LossKind, LossReport, Spot};

/// The tasks that become activities, and how they nest.
pub(super) struct Outline<'r> {
    tasks: Vec<Task<'r>>,
    by_uid: HashMap<i64, usize>,
}

/// A task that becomes an activity.
pub(super) struct Task<'r> {
    pub(super) raw: &'r RawTask,
    pub(super) id: String,
    /// Whether its UID is its own.
    unique: bool,
    /// The position of the summary it is part of.
    pub(super) parent: Option<usize>,
    pub(super) summary: bool,
    /// What the project's days, weeks and months come to.
    units: Units,
}

impl Task<'_> {
    /// Where it is, for a loss.
    pub(super) fn spot(&self) -> Spot {
        Spot::line(self.raw.line).about(self.name())
    }

    pub(super) fn name(&self) -> String {
        match &self.raw.name {
            Some(name) => format!("task {} “{name}”", self.raw.uid),
            None => format!("task {}", self.raw.uid),
        }
    }

    /// Whether its duration is by the clock.
    pub(super) fn elapsed(&self) -> bool {
        matches!(self.raw.format, Some(Format::Elapsed(_)))
    }

    /// An amount of its time, in seconds of its kind.
    pub(super) fn seconds(&self, amount: Amount) -> i64 {
        amount.seconds(self.elapsed(), self.units)
    }

    /// Its duration in tenths of minutes of its kind.
    pub(super) fn tenths(&self) -> i64 {
        let (tenths, _) = amount::tenths(self.raw.duration.map_or(0, |amount| self.seconds(amount)));
        tenths.clamp(0, LONGEST_DURATION * TENTHS)
    }
}

impl<'r> Outline<'r> {
    /// Leaves out the project's own summary and blank rows, and nests the rest by their levels.
    pub(super) fn of(raw: &'r RawProject, units: Units, loss: &mut LossReport) -> Self {
        let mut tasks: Vec<Task<'r>> = Vec::with_capacity(raw.tasks.len());
        let mut by_uid = HashMap::with_capacity(raw.tasks.len());
        let mut ids: HashSet<String> = HashSet::with_capacity(raw.tasks.len());
        // Summaries that are open, with their levels.
        let mut open: Vec<(i64, usize)> = Vec::new();
        for task in &raw.tasks {
            let project_summary = task.uid == 0 && task.outline_level.is_none_or(|level| level <= 0);
            // A blank row has nothing to lose.
            if task.is_null || project_summary {
                continue;
            }
            let at = tasks.len();
            let level = task.outline_level.unwrap_or(1);
            while open.last().is_some_and(|(above, _)| *above >= level) {
                open.pop();
            }
            let spot = || Spot::line(task.line).about(format!("task {}", task.uid));
            if open.len() >= DEEPEST_PARTS {
                let why = "it lies deeper than can be held, and is part of a summary further up";
                loss.add(LossKind::Changed, "Task/OutlineLevel", why, spot);
                open.truncate(DEEPEST_PARTS - 1);
            }
            let parent = open.last().map(|(_, at)| *at);
            open.push((level, at));
            let unique = task.uid >= 0 && !by_uid.contains_key(&task.uid);
            if unique {
                by_uid.insert(task.uid, at);
            } else {
                let why = "a task without a number of its own cannot be referred to by links";
                loss.add(LossKind::Changed, "Task/UID", why, spot);
            }
            let mut id = format!("t{}", task.uid);
            while !ids.insert(id.clone()) {
                id = format!("t{}-row-{at}", task.uid);
            }
            tasks.push(Task {
                raw: task,
                id,
                unique,
                parent,
                summary: false,
                units,
            });
            if let Some(parent) = parent {
                tasks[parent].summary = true;
            }
        }
        Self { tasks, by_uid }
    }

    pub(super) fn tasks(&self) -> impl Iterator<Item = &Task<'r>> + '_ {
        self.tasks.iter()
    }

    pub(super) fn get(&self, at: usize) -> &Task<'r> {
        &self.tasks[at]
    }

    /// The position of the task with a UID.
    pub(super) fn find(&self, uid: i64) -> Option<usize> {
        self.by_uid.get(&uid).copied()
    }

    /// Whether one is the other, or a summary of it.
    pub(super) fn holds(&self, summary: usize, at: usize) -> bool {
        std::iter::successors(Some(at), |at| self.tasks[*at].parent).any(|up| up == summary)
    }
}

/// Makes an activity of each.
pub(super) fn activities(
    outline: &Outline<'_>,
    working: &mut Working,
    units: Units,
    loss: &mut LossReport,
) -> Vec<ActivityDoc> {
    outline
        .tasks()
        .map(|task| activity(outline, task, working, units, loss))
        .collect()
}

fn activity(
    outline: &Outline<'_>,
    task: &Task<'_>,
    working: &mut Working,
    units: Units,
    loss: &mut LossReport,
) -> ActivityDoc {
    let raw = task.raw;
    let spot = || task.spot();
    let mut activity = ActivityDoc::new(task.id.as_str());
    activity.title = raw.name.as_deref().map(Into::into);
    activity.uid = task.unique.then(|| raw.uid.try_into().ok()).flatten();
    activity.part_of = task.parent.map(|parent| outline.get(parent).id.as_str().into());
    if raw.active == Some(false) {
        activity.inactive = Some(true);
    }
    if raw.subproject {
        let why = "an inserted project is not read; what is in this file of it counts";
        loss.add(LossKind::Dropped, "Task/IsSubproject", why, spot);
    }
    activity.calendar = working.named(raw, &spot, loss).map(Into::into);
    if !task.summary && !task.elapsed() {
        activity.work_calendar = working.of_people(raw).map(Into::into);
    }
    modes(task, &mut activity, loss);
    if !task.summary && activity.manual.is_none() {
        activity.duration = Some(duration(task, units, loss));
    }
    if raw.milestone && !task.summary && task.tenths() > 0 {
        let why = "a milestone that takes time is an activity";
        loss.add(LossKind::NotKept, "Task/Milestone", why, spot);
    }
    if raw.summary && !task.summary {
        let why = "a summary without tasks below it is an activity";
        loss.add(LossKind::Changed, "Task/Summary", why, spot);
    }
    constraints(task, &mut activity, loss);
    activity.deadline = raw
        .deadline
        .map(|deadline| rounded(deadline, "Task/Deadline", spot, loss));
    delay(task, &mut activity, units, loss);
    activity
}

fn duration(task: &Task<'_>, units: Units, loss: &mut LossReport) -> framdrift_model::quantity::Duration {
    let unit = match task.raw.format {
        Some(Format::Work(unit) | Format::Elapsed(unit)) => unit,
        _ => "d",
    };
    let lose = |why: &str, loss: &mut LossReport| loss.add(LossKind::Changed, "Task/Duration", why, || task.spot());
    match task.raw.duration {
        None => lose(
            "a task that does not say how long it takes is taken to take no time",
            loss,
        ),
        Some(amount) => {
            if amount.has_days() && !task.elapsed() {
                lose("days without hours are taken to be the project's own", loss);
            }
            let (tenths, cut) = amount::tenths(task.seconds(amount));
            if cut {
                lose("rounded to tenths of minutes", loss);
            }
            if tenths < 0 {
                lose("a negative duration is none", loss);
            }
            if !amount::is_bounded(tenths) {
                lose("longer than a hundred years; that is taken", loss);
            }
        }
    }
    amount::duration(task.tenths(), unit, units)
}

/// Typed dates: of manual tasks, and of external ones, which stand where their own project has them.
fn modes(task: &Task<'_>, activity: &mut ActivityDoc, loss: &mut LossReport) {
    let raw = task.raw;
    if !(raw.manual || (raw.external && !task.summary)) {
        for (name, stamp) in [("Task/Start", raw.start), ("Task/Finish", raw.finish)] {
            if stamp.is_some() {
                loss.add(LossKind::Recomputed, name, "a stored result", || task.spot());
            }
        }
        return;
    }
    // What is shown of a manual task is where it stands; what was typed may be text or a single date. A summary shows what is
    // below it.
    let (start, finish) = if task.summary {
        (raw.manual_start.or(raw.start), raw.manual_finish.or(raw.finish))
    } else {
        (raw.start.or(raw.manual_start), raw.finish.or(raw.manual_finish))
    };
    let Some(start) = start.or(finish) else {
        let why = "a manual task without dates is scheduled like any other";
        loss.add(LossKind::Changed, "Task/Manual", why, || task.spot());
        return;
    };
    let start_date = rounded(start, "Task/Start", || task.spot(), loss);
    let finish = finish.unwrap_or(start);
    let mut finish_date = rounded(finish, "Task/Finish", || task.spot(), loss);
    if finish_date.as_finish() < start_date.as_start() {
        let why = "it finishes before it starts; it is taken to finish then";
        loss.add(LossKind::Changed, "Task/Finish", why, || task.spot());
        finish_date = start_date;
    }
    let stretch = finish_date.as_finish().get() - start_date.as_start().get();
    if stretch > LONGEST_DURATION {
        let why = "it stands longer than a hundred years; it is taken to take no time";
        loss.add(LossKind::Changed, "Task/Finish", why, || task.spot());
        finish_date = start_date;
    }
    if raw.external {
        let why = "a task of another project stands at the dates that are stored here";
        loss.add(LossKind::Changed, "Task/ExternalTask", why, || task.spot());
    }
    activity.manual = Some(ManualDoc::new(start_date, finish_date));
}

fn constraints(task: &Task<'_>, activity: &mut ActivityDoc, loss: &mut LossReport) {
    let raw = task.raw;
    let lose = |kind, why: &str, loss: &mut LossReport| {
        loss.add(kind, "Task/ConstraintType", why, || {
            task.spot().value(raw.constraint.to_string())
        });
    };
    let dated: fn(DatedDoc) -> ConstraintDoc = match raw.constraint {
        0 => return unused_date(task, loss),
        1 if task.summary => {
            return lose(
                LossKind::Dropped,
                "a summary is not as late as possible; its tasks may be",
                loss,
            );
        }
        1 => {
            let late = framdrift_model::document::AsapDoc::new();
            activity.constraints.push(ConstraintDoc::AsLateAsPossible(late));
            return unused_date(task, loss);
        }
        2 => ConstraintDoc::MustStartOn,
        3 => ConstraintDoc::MustFinishOn,
        4 => ConstraintDoc::StartNoEarlierThan,
        5 => ConstraintDoc::StartNoLaterThan,
        6 => ConstraintDoc::FinishNoEarlierThan,
        7 => ConstraintDoc::FinishNoLaterThan,
        _ => return lose(LossKind::Unreadable, "constraints are 0 to 7", loss),
    };
    if task.summary && !matches!(raw.constraint, 4 | 7) {
        return lose(
            LossKind::Dropped,
            "a summary starts no earlier or finishes no later than a date, and nothing else",
            loss,
        );
    }
    match raw.constraint_date {
        Some(stamp) => {
            let date: Date = rounded(stamp, "Task/ConstraintDate", || task.spot(), loss);
            activity.constraints.push(dated(DatedDoc::new(date)));
        }
        None => lose(LossKind::Dropped, "a constraint without a date bounds nothing", loss),
    }
}

/// A date that no constraint of its kind has any use for.
fn unused_date(task: &Task<'_>, loss: &mut LossReport) {
    if let Some(Stamp { date, .. }) = task.raw.constraint_date {
        let why = "a constraint of this kind has no date";
        loss.add(LossKind::NotKept, "Task/ConstraintDate", why, || {
            task.spot().value(date.to_string())
        });
    }
}

fn delay(task: &Task<'_>, activity: &mut ActivityDoc, units: Units, loss: &mut LossReport) {
    let raw = task.raw;
    let tenths = raw.leveling_delay;
    if tenths == 0 {
        return;
    }
    let mut lose = |kind, why: &str| loss.add(kind, "Task/LevelingDelay", why, || task.spot());
    if task.summary || activity.manual.is_some() {
        return lose(LossKind::Dropped, "what is manual or a summary is not held back");
    }
    if tenths < 0 {
        return lose(LossKind::Dropped, "a negative delay");
    }
    if tenths % TENTHS != 0 {
        lose(LossKind::Changed, "rounded to whole minutes");
    }
    if !amount::is_bounded(tenths) {
        lose(LossKind::Changed, "longer than a hundred years; that is taken");
    }
    let unit = match raw.leveling_format {
        Some(Format::Elapsed(unit)) => unit,
        Some(Format::Work(_)) => {
            lose(LossKind::Changed, "a delay in working time is taken by the clock");
            "em"
        }
        _ => "ed",
    };
    let whole = tenths.saturating_add(TENTHS / 2) / TENTHS * TENTHS;
    activity.delay = Some(amount::duration(whole, unit, units));
}
