//! What is said of the project as a whole.

use framdrift_model::rules::{Direction, Precedence, Profile, Rules};

use super::Export;
use super::calendars::Calendars;
use super::xml::Writer;
use crate::loss::{LossKind, LossReport, Spot};

/// Writes the project's properties, in the order that the format asks for.
pub(super) fn properties(out: &mut Writer, export: &Export<'_>, calendars: &Calendars, loss: &mut LossReport) {
    let document = export.programme.document();
    let projection = export.projection;
    let units = document.units();
    let rules = &projection.rules;
    let title = title(export);
    out.value("SaveVersion", 14);
    out.text("Name", &format!("{}.xml", document.id));
    out.text("Title", &title);
    let from_start = rules.direction == Direction::FromStart;
    out.flag("ScheduleFromStart", from_start);
    let start = projection.start.or(export.schedule.map(|schedule| schedule.start()));
    if let Some(start) = start {
        out.instant("StartDate", start);
    }
    let finish = export.schedule.map(|schedule| schedule.finish());
    if let Some(finish) = if from_start {
        finish
    } else {
        projection.finish.or(finish)
    } {
        out.instant("FinishDate", finish);
    }
    if from_start && projection.finish.is_some() {
        let why = "that all of it must be finished by a date has no place in the format";
        loss.add(LossKind::Dropped, "finish", why, Spot::none);
    }
    out.value("CriticalSlackLimit", limit(rules, units.day, loss));
    out.value("CalendarUID", calendars.default_uid());
    out.value("DefaultStartTime", "08:00:00");
    out.value("DefaultFinishTime", "17:00:00");
    out.value("MinutesPerDay", units.day);
    out.value("MinutesPerWeek", units.week);
    let days = units.month / units.day.max(1);
    if days * units.day != units.month {
        let why = "a month has whole days; what is written in months is written in hours";
        loss.add(LossKind::Changed, "minutes/month", why, Spot::none);
    }
    out.value("DaysPerMonth", days);
    out.value("DurationFormat", 7);
    out.value("WorkFormat", 2);
    out.flag("HonorConstraints", rules.precedence == Precedence::Constraints);
    out.flag("MultipleCriticalPaths", rules.multiple_critical_paths);
    out.flag("NewTasksEstimated", false);
    out.flag("NewTasksAreManual", false);
    if let Some(status) = export.facts.status_date {
        out.instant("StatusDate", status);
    }
    self::rules(rules, loss);
}

/// What the programme is called.
pub(super) fn title(export: &Export<'_>) -> String {
    let document = export.programme.document();
    match &document.title {
        Some(title) => export.programme.lookup().text(title).to_owned(),
        None => document.id.to_string(),
    }
}

fn limit(rules: &Rules, day: i64, loss: &mut LossReport) -> i64 {
    let days = rules.critical_limit.div_euclid(day.max(1));
    if days * day != rules.critical_limit {
        let why = "the float that is critical is a number of whole days; rounded down";
        loss.add(LossKind::Changed, "scheduling/critical-limit", why, Spot::none);
    }
    days
}

/// Rules that the tool does not follow.
fn rules(rules: &Rules, loss: &mut LossReport) {
    if rules.profile != Profile::MsProject {
        let why = "the tool computes dates by rules of its own, which differ where dates and links ask for different things, in \
                   late dates, and in floats";
        loss.add(LossKind::Changed, "scheduling/profile", why, || {
            Spot::none().value(rules.profile.word())
        });
    }
    let own = Rules::of(rules.profile);
    let tool = Rules::of(Profile::MsProject);
    for (name, differs) in [
        ("lag-calendar", rules.lag_calendar != tool.lag_calendar),
        ("float", rules.float != tool.float),
        ("critical", rules.critical != tool.critical),
        (
            "open-ends-critical",
            rules.open_ends_critical != tool.open_ends_critical,
        ),
        ("out-of-sequence", rules.out_of_sequence != tool.out_of_sequence),
        (
            "as-late-as-possible",
            rules.as_late_as_possible != tool.as_late_as_possible
                && rules.as_late_as_possible != own.as_late_as_possible,
        ),
        (
            "start-lag",
            rules.start_lag != tool.start_lag && rules.start_lag != own.start_lag,
        ),
    ] {
        if differs {
            let why = "a rule that the format has no words for";
            loss.add(LossKind::Dropped, &format!("scheduling/{name}"), why, Spot::none);
        }
    }
}

/// Who takes part, and what else is not time.
pub(super) fn people(export: &Export<'_>, loss: &mut LossReport) {
    let document = export.programme.document();
    let mut lose = |name: &str, count: usize| {
        let why = "a schedule in this format has no place for it";
        loss.add_many(LossKind::NotKept, name, why, count as u64, Spot::none);
    };
    lose("people", document.people.len());
    lose("roles", document.roles.len());
    lose("bodies", document.bodies.len());
    let responsible = document
        .activities
        .iter()
        .filter(|activity| activity.responsible.is_some());
    lose("responsible", responsible.count());
    let agendas = document
        .meetings
        .iter()
        .flat_map(|meeting| std::iter::once(&meeting.agenda).chain(meeting.parts.iter().map(|part| &part.agenda)));
    lose("agenda", agendas.filter(|agenda| !agenda.is_empty()).count());
    let extensions = document
        .activities
        .iter()
        .map(|activity| activity.extensions.len())
        .sum::<usize>();
    lose("x- keys", document.extensions.len() + extensions);
}
