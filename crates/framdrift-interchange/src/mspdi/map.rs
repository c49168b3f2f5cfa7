//! From a project to a programme.

use framdrift_model::document::{FactsDoc, MinutesDoc, ProgrammeDoc, SchedulingDoc};
use framdrift_model::quantity::{LONGEST, Margin, Units};
use framdrift_model::rules::{Direction, Precedence, Profile};

use super::raw::RawProject;
use super::tasks::Outline;
use super::working::Working;
use super::{links, progress, tasks};
use crate::imported::slug;
use crate::limits::Limits;
use crate::loss::{LossKind, LossReport, Spot};

/// Makes a programme and its recorded progress.
pub(super) fn programme(raw: &RawProject, limits: &Limits, loss: &mut LossReport) -> (ProgrammeDoc, FactsDoc) {
    // The name is that of a file.
    let file = raw.name.as_deref().unwrap_or_default().trim();
    let file = file.trim_end_matches(".xml").trim_end_matches(".mpp");
    let name = raw.title.as_deref().map_or(file, str::trim);
    let mut document = ProgrammeDoc::new(slug(if file.is_empty() { name } else { file }, "project"));
    document.title = (!name.is_empty()).then(|| name.into());
    document.minutes = minutes(raw, loss);
    let units = document.units();
    if raw.start.is_none() {
        loss.add(
            LossKind::Dropped,
            "Project/StartDate",
            "without it nothing can be scheduled",
            Spot::none,
        );
    }
    document.start = raw
        .start
        .map(|stamp| rounded(stamp, "Project/StartDate", Spot::none, loss));

    let outline = Outline::of(raw, units, loss);
    document.scheduling = Some(scheduling(raw, &outline, units, loss));
    if document.scheduling.as_ref().is_some_and(|s| s.direction.is_some()) {
        document.finish = raw
            .finish
            .map(|stamp| rounded(stamp, "Project/FinishDate", Spot::none, loss));
        if let (Some(start), Some(finish)) = (document.start, document.finish)
            && finish.as_finish() < start.as_start()
        {
            let why = "the project finishes before it starts";
            loss.add(LossKind::Dropped, "Project/FinishDate", why, Spot::none);
            document.finish = None;
        }
    }
    let mut working = Working::new(raw, limits, loss);
    document.activities = tasks::activities(&outline, &mut working, units, loss);
    links::add(&outline, &mut document.activities, units, loss);
    let facts = progress::facts(raw, &outline, &document, &mut working, loss);
    document.calendar = working.default_id().map(Into::into);
    document.calendars = working.finish(&document);
    (document, facts)
}

/// The date of a stamp; seconds that were rounded away are told.
pub(super) fn rounded(
    stamp: super::value::Stamp,
    subject: &str,
    spot: impl FnOnce() -> Spot,
    loss: &mut LossReport,
) -> framdrift_model::date::Date {
    if stamp.rounded {
        let why = "seconds are rounded to the nearest minute";
        loss.add(LossKind::Changed, subject, why, || spot().value(stamp.date.to_string()));
    }
    stamp.date
}

fn minutes(raw: &RawProject, loss: &mut LossReport) -> Option<MinutesDoc> {
    let mut bounded = |value: Option<i64>, most: i64, subject: &str| -> Option<u32> {
        let value = value?;
        if !(1..=most).contains(&value) {
            let why = "an impossible number of minutes; what is usual is taken";
            loss.add(LossKind::Unreadable, subject, why, || {
                Spot::none().value(value.to_string())
            });
            return None;
        }
        u32::try_from(value).ok()
    };
    let day = bounded(raw.minutes_per_day, 1_440, "Project/MinutesPerDay").unwrap_or(480);
    let week = bounded(raw.minutes_per_week, 10_080, "Project/MinutesPerWeek").unwrap_or(2_400);
    let month = raw.days_per_month.and_then(|days| days.checked_mul(i64::from(day)));
    let month = bounded(month, 44_640, "Project/DaysPerMonth").unwrap_or((day * 20).min(44_640));
    let usual = Units::default();
    if (i64::from(day), i64::from(week), i64::from(month)) == (usual.day, usual.week, usual.month) {
        return None;
    }
    let mut minutes = MinutesDoc::new();
    minutes.day = Some(day);
    minutes.week = Some(week);
    minutes.month = Some(month);
    Some(minutes)
}

fn scheduling(raw: &RawProject, outline: &Outline<'_>, units: Units, loss: &mut LossReport) -> SchedulingDoc {
    let mut scheduling = SchedulingDoc::new();
    scheduling.profile = Some(Profile::MsProject);
    if raw.honor_constraints == Some(false) {
        scheduling.precedence = Some(Precedence::Links);
    }
    if raw.critical_slack_limit != 0 {
        let minutes = raw.critical_slack_limit.saturating_mul(units.day);
        if !(-LONGEST..=LONGEST).contains(&minutes) {
            let why = "longer than a hundred years; that is taken";
            loss.add(LossKind::Changed, "Project/CriticalSlackLimit", why, Spot::none);
        }
        scheduling.critical_limit = Some(Margin::of_minutes(minutes.clamp(-LONGEST, LONGEST)));
    }
    if raw.multiple_critical_paths {
        scheduling.multiple_critical_paths = Some(true);
    }
    if raw.from_finish {
        // Where everything is as soon as possible, the tool's dates are those from the start.
        if outline.tasks().any(|task| task.raw.constraint == 1) && raw.finish.is_some() {
            scheduling.direction = Some(Direction::FromFinish);
        } else {
            let why = "nothing in the project is as late as possible, so it is scheduled from its start";
            loss.add(LossKind::Changed, "Project/ScheduleFromStart", why, Spot::none);
        }
    } else if raw.finish.is_some() {
        loss.add(
            LossKind::Recomputed,
            "Project/FinishDate",
            "a stored result",
            Spot::none,
        );
    }
    scheduling
}
