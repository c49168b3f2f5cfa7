//! From actual dates to facts.

use framdrift_model::date::Date;
use framdrift_model::document::{ActivityDoc, FactDoc, FactsDoc, ProgrammeDoc};
use framdrift_model::quantity::{Duration, Units};

use super::map::rounded;
use super::raw::RawProject;
use super::tasks::{Outline, Task};
use super::value::{Format, Stamp};
use super::working::Working;
use crate::amount;
use crate::loss::{LossKind, LossReport, Spot};

/// What has happened to the tasks that take time of their own.
pub(super) fn facts(
    raw: &RawProject,
    outline: &Outline<'_>,
    document: &ProgrammeDoc,
    working: &mut Working,
    loss: &mut LossReport,
) -> FactsDoc {
    let mut facts = FactsDoc::new();
    facts.programme = Some(document.id.clone());
    facts.status_date = raw
        .status
        .map(|status| rounded(status, "Project/StatusDate", Spot::none, loss));
    for (task, activity) in outline.tasks().zip(&document.activities) {
        if task.summary {
            summary(task, loss);
            continue;
        }
        if let Some(fact) = fact(task, activity, document, working, loss) {
            facts.facts.push(fact);
        }
    }
    facts
}

/// What has happened to a summary is what has happened below it.
fn summary(task: &Task<'_>, loss: &mut LossReport) {
    for (name, given) in [
        ("Task/ActualStart", task.raw.actual_start.is_some()),
        ("Task/ActualFinish", task.raw.actual_finish.is_some()),
        ("Task/PercentComplete", task.raw.percent_complete != 0),
    ] {
        if given {
            loss.add(
                LossKind::Recomputed,
                name,
                "progress of a summary is that of its tasks",
                || task.spot(),
            );
        }
    }
}

fn fact(
    task: &Task<'_>,
    activity: &ActivityDoc,
    document: &ProgrammeDoc,
    working: &mut Working,
    loss: &mut LossReport,
) -> Option<FactDoc> {
    let raw = task.raw;
    let spot = || task.spot();
    let calendar = activity.calendar.as_ref().map(|id| id.as_str());
    let date = |stamp: Option<Stamp>, name, loss: &mut LossReport| stamp.map(|stamp| rounded(stamp, name, spot, loss));
    let mut started: Option<Date> = date(raw.actual_start, "Task/ActualStart", loss);
    let mut finished = date(raw.actual_finish, "Task/ActualFinish", loss);
    if !(0..=100).contains(&raw.percent_complete) {
        loss.add(
            LossKind::Unreadable,
            "Task/PercentComplete",
            "per cent are 0 to 100",
            spot,
        );
    }
    let percent = raw.percent_complete.clamp(0, 100);
    if percent > 0 && started.is_none() && finished.is_none() {
        let why = "work was done, and nothing says when it began; the stored start is taken";
        loss.add(LossKind::Changed, "Task/PercentComplete", why, spot);
        started = date(raw.start, "Task/Start", loss);
        if percent == 100 {
            finished = date(raw.finish, "Task/Finish", loss);
        }
    }
    if started.is_none() && finished.is_some() {
        started = date(raw.start, "Task/Start", loss).filter(|start| Some(*start) <= finished);
    }
    if started.is_none() && finished.is_none() {
        return None;
    }
    let mut fact = FactDoc::new(task.id.as_str());
    fact.started = started;
    fact.finished = finished;
    if finished.is_none() {
        let done = raw.duration.filter(|_| percent > 0);
        let seconds = raw
            .remaining
            .map(|amount| task.seconds(amount))
            .or_else(|| done.map(|duration| task.seconds(duration).max(0).saturating_mul(100 - percent) / 100));
        // Between typed dates lies working time, whatever its duration was.
        let says = !(task.elapsed() && activity.manual.is_some());
        fact.remaining = seconds
            .filter(|_| says)
            .map(|seconds| remaining(task, seconds, document.units(), loss));
        interrupted(task, calendar, working, &mut fact, loss);
    }
    crate::facts::in_order(&mut fact, "Task/ActualStart", &spot, loss);
    Some(fact)
}

/// What is left.
fn remaining(task: &Task<'_>, seconds: i64, units: Units, loss: &mut LossReport) -> Duration {
    let (tenths, cut) = amount::tenths(seconds);
    let mut lose = |why: &str| loss.add(LossKind::Changed, "Task/RemainingDuration", why, || task.spot());
    if cut {
        lose("rounded to tenths of minutes");
    }
    if tenths < 0 || !amount::is_bounded(tenths) {
        lose("what is left is out of bounds, which are taken");
    }
    let unit = match task.raw.format {
        Some(Format::Work(unit) | Format::Elapsed(unit)) => unit,
        _ => "d",
    };
    amount::duration(tenths, unit, units)
}

/// Work that stopped and goes on later, with working time between.
fn interrupted(
    task: &Task<'_>,
    calendar: Option<&str>,
    working: &mut Working,
    fact: &mut FactDoc,
    loss: &mut LossReport,
) {
    let (Some(stop), Some(resume)) = (task.raw.stop, task.raw.resume) else {
        return;
    };
    if stop.date.as_start() >= resume.date.as_start() {
        return;
    }
    let between = working
        .compiled(calendar)
        .between(stop.date.as_start(), resume.date.as_start());
    if between > 0 {
        fact.suspended = Some(rounded(stop, "Task/Stop", || task.spot(), loss));
        fact.resumed = Some(rounded(resume, "Task/Resume", || task.spot(), loss));
    }
}
