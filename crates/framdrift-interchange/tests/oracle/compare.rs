//! What differs between what was read and the neutral form of the same file.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use framdrift_interchange::Imported;
use framdrift_model::document::{ActivityDoc, ConstraintDoc, FactDoc};
use framdrift_model::projection::{Lag, Span};
use framdrift_model::quantity::Units;
use framdrift_model::time::Minute;
use serde_json::Value;

const DAYS: [&str; 7] = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

pub(super) fn all(imported: &Imported, neutral: &Value) -> Vec<String> {
    let mut found = Vec::new();
    calendars(imported, neutral, &mut found);
    tasks(imported, neutral, &mut found);
    links(imported, neutral, &mut found);
    project(imported, neutral, &mut found);
    found
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

// ---- calendars

/// A calendar of the neutral form: hours per weekday, Monday first, and days that differ; `None` for the parent's.
struct Neutral {
    parent: Option<i64>,
    week: Vec<Option<Vec<(i64, i64)>>>,
    special: BTreeMap<NaiveDate, Vec<(i64, i64)>>,
}

impl Neutral {
    fn of(calendar: &Value) -> Self {
        let hours = |value: &Value| {
            let spans = |list: &Vec<Value>| list.iter().map(|h| (clock(&h[0], 0), clock(&h[1], 1_440))).collect();
            value.as_array().map(|list| joined(spans(list)))
        };
        let mut special = BTreeMap::new();
        for exception in list(calendar, "exceptions") {
            let day = |key: &str| -> NaiveDate { exception[key].as_str().unwrap().parse().unwrap() };
            for day in day("from").iter_days().take_while(|at| *at <= day("to")) {
                special
                    .entry(day)
                    .or_insert_with(|| hours(&exception["hours"]).unwrap());
            }
        }
        Self {
            parent: calendar["parent"].as_i64(),
            week: DAYS.iter().map(|day| hours(&calendar["week"][day])).collect(),
            special,
        }
    }
}

/// Hours of a day by the neutral form.
fn hours(neutral: &BTreeMap<i64, Neutral>, uid: i64, default: i64, day: NaiveDate, depth: u32) -> Vec<(i64, i64)> {
    let Some(calendar) = neutral.get(&uid) else {
        return Vec::new();
    };
    let weekday = chrono::Datelike::weekday(&day).num_days_from_monday() as usize;
    match calendar.special.get(&day).or(calendar.week[weekday].as_ref()) {
        Some(hours) => hours.clone(),
        None if depth == 0 => Vec::new(),
        None => self::hours(neutral, calendar.parent.unwrap_or(default), default, day, depth - 1),
    }
}

fn joined(mut spans: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    spans.sort_unstable();
    spans.dedup_by(|next, kept| {
        let touch = next.0 <= kept.1;
        if touch {
            kept.1 = kept.1.max(next.1);
        }
        touch
    });
    spans
}

fn clock(text: &Value, midnight: i64) -> i64 {
    let (hour, minute) = text.as_str().unwrap().split_once(':').unwrap();
    match hour.parse::<i64>().unwrap() * 60 + minute[..2].parse::<i64>().unwrap() {
        0 => midnight,
        minutes => minutes,
    }
}

fn calendars(imported: &Imported, neutral: &Value, found: &mut Vec<String>) {
    let by_uid: BTreeMap<i64, Neutral> = list(neutral, "calendars")
        .iter()
        .map(|c| (c["uid"].as_i64().unwrap(), Neutral::of(c)))
        .collect();
    let default = neutral["project"]["default_calendar"].as_i64().unwrap_or(-1);
    // Compiled calendars, by way of one activity on each.
    let mut probe = framdrift_model::document::ProgrammeDoc::new("probe");
    probe.calendars = imported.document.calendars.clone();
    for calendar in &imported.document.calendars {
        let mut activity = ActivityDoc::new(format!("on-{}", calendar.id));
        activity.calendar = Some(calendar.id.clone());
        activity.duration = Some("1d".parse().unwrap());
        probe.activities.push(activity);
    }
    let Ok(programme) = probe.validate() else {
        found.push("the calendars do not validate".into());
        return;
    };
    let projection = programme.projection();
    let first = NaiveDate::from_ymd_opt(1995, 1, 1).unwrap();
    for (calendar, node) in imported.document.calendars.iter().zip(&projection.nodes) {
        let Some(uid) = calendar.id.as_str().strip_prefix('c').and_then(|uid| uid.parse().ok()) else {
            continue;
        };
        if !by_uid.contains_key(&uid) {
            found.push(format!("calendar {uid} is not in the neutral form"));
            continue;
        }
        let compiled = &projection.calendars[node.calendar.index()];
        let mut wrong = Vec::new();
        for n in 0..16_000 {
            let day = first.checked_add_days(Days::new(n)).unwrap();
            let number = Minute::from_date(day).unwrap().day_and_minute().0;
            let ours: Vec<(i64, i64)> = compiled
                .hours_on(number)
                .iter()
                .map(|(from, to)| (i64::from(*from), i64::from(*to)))
                .collect();
            let theirs = hours(&by_uid, uid, default, day, 9);
            if ours != theirs {
                wrong.push(format!("{day} {ours:?} not {theirs:?}"));
            }
        }
        if !wrong.is_empty() {
            let first: Vec<&str> = wrong.iter().take(3).map(String::as_str).collect();
            found.push(format!("calendar {uid}: {} days, {}", wrong.len(), first.join("; ")));
        }
    }
}

// ---- tasks

fn tasks(imported: &Imported, neutral: &Value, found: &mut Vec<String>) {
    let document = &imported.document;
    let by_uid: BTreeMap<i64, &ActivityDoc> = document
        .activities
        .iter()
        .filter_map(|a| Some((a.uid?.get(), a)))
        .collect();
    let facts: BTreeMap<&str, &FactDoc> = imported.facts.facts.iter().map(|f| (f.of.as_str(), f)).collect();
    let summaries: BTreeSet<&str> = document
        .activities
        .iter()
        .filter_map(|a| a.part_of.as_ref().map(|id| id.as_str()))
        .collect();
    let p6 = list(neutral, "tasks").iter().any(|t| !t["activity_type"].is_null());
    for task in list(neutral, "tasks") {
        let uid = task["uid"].as_i64().unwrap();
        let summary = task["summary"].as_bool().unwrap_or(false);
        // Work breakdowns have ids of their own in P6; blank rows are nothing.
        if uid == 0 || (p6 && summary) || task["blank"].as_bool() == Some(true) {
            continue;
        }
        let Some(activity) = by_uid.get(&uid) else {
            found.push(format!("task {uid} is missing"));
            continue;
        };
        let mut say = |what: &str, ours: &dyn std::fmt::Debug, theirs: &dyn std::fmt::Debug| {
            let (ours, theirs) = (format!("{ours:?}"), format!("{theirs:?}"));
            if ours != theirs {
                found.push(format!("task {uid} {what}: {ours} not {theirs}"));
            }
        };
        say("summary", &summaries.contains(activity.id.as_str()), &summary);
        if !p6 {
            let parent = task["parent"].as_i64().filter(|uid| *uid != 0);
            let ours = activity
                .part_of
                .as_ref()
                .map(|id| id.as_str()[1..].parse::<i64>().unwrap());
            say("parent", &ours, &parent);
        }
        let manual = task["mode"].as_str() == Some("MANUAL");
        say("manual", &activity.manual.is_some(), &manual);
        say(
            "inactive",
            &(activity.inactive == Some(true)),
            &(task["active"].as_bool() == Some(false)),
        );
        let own = activity.calendar.as_ref().map(|id| id.as_str());
        if !summary {
            let default = neutral["project"]["default_calendar"].as_i64();
            let ours = own.map(|id| id[1..].parse::<i64>().unwrap());
            say("calendar", &ours.or(default), &task["calendar"].as_i64().or(default));
        }
        // Of P6 activities that have begun, the neutral form has what they came to, and what was planned moves nothing.
        let begun = p6 && !task["actual_start"].is_null();
        let loe = activity.level_of_effort == Some(true);
        if !summary && !manual && !begun && !loe {
            say("duration", &span(activity, document.units()), &neutral_span(task, p6));
        }
        // Several constraints of one task, in an order of their own.
        let ours: BTreeSet<(String, String)> = activity.constraints.iter().map(constraint).collect();
        let mut theirs: BTreeSet<(String, String)> = BTreeSet::new();
        for (kind, date) in [("constraint", "constraint_date"), ("constraint2", "constraint_date2")] {
            neutral_constraint(&task[kind], &task[date], &mut theirs);
        }
        if p6 && task["expected_finish"].is_string() && task["actual_finish"].is_null() {
            theirs.insert(("expected-finish".into(), minute(&task["expected_finish"]).unwrap()));
        }
        say("constraints", &ours, &theirs);
        say(
            "deadline",
            &activity.deadline.map(|d| d.to_string()),
            &minute(&task["deadline"]),
        );
        if !summary {
            let fact = facts.get(activity.id.as_str());
            let date = |of: fn(&FactDoc) -> Option<framdrift_model::date::Date>| {
                fact.and_then(|fact| of(fact)).map(|date| date.to_string())
            };
            say("started", &date(|f| f.started), &minute(&task["actual_start"]));
            say("finished", &date(|f| f.finished), &minute(&task["actual_finish"]));
            let open = task["actual_start"].is_string() && task["actual_finish"].is_null();
            if open {
                let units = document.units();
                let ours = fact.and_then(|f| f.remaining).map(|d| d.span(units).minutes());
                let theirs = task.get("remaining_duration").unwrap_or(&task["duration"]);
                say("remaining", &ours, &rounded(theirs));
            }
        }
    }
}

fn tenths(duration: &Value) -> Option<i64> {
    // The neutral form has hundredths where days were made of tenths of minutes.
    duration["min"]
        .as_f64()
        .map(|minutes| (minutes * 10.0 + 1e-9).round() as i64)
}

fn rounded(duration: &Value) -> Option<i64> {
    duration["min"].as_f64().map(|minutes| (minutes + 1e-9).round() as i64)
}

/// In tenths of minutes.
fn span(activity: &ActivityDoc, units: Units) -> Option<Span> {
    activity.duration.map(|d| match d.span(units) {
        Span::Work(minutes) => Span::Work(minutes * 10 + i64::from(d.tenths(units))),
        Span::Elapsed(minutes) => Span::Elapsed(minutes * 10 + i64::from(d.tenths(units))),
    })
}

fn neutral_span(task: &Value, p6: bool) -> Option<Span> {
    // What is left is what counts in P6, until work has begun.
    let open = p6 && task["actual_start"].is_null();
    let duration = if open { task.get("remaining_duration") } else { None }.unwrap_or(&task["duration"]);
    let unit = duration["u"].as_str().unwrap_or("d");
    let amount = duration["v"].as_f64().unwrap_or(0.0);
    Some(match unit {
        "em" | "eh" | "ed" | "ew" | "emo" => {
            let size = match unit {
                "em" => 1.0,
                "eh" => 60.0,
                "ed" => 1_440.0,
                "ew" => 10_080.0,
                _ => 43_200.0,
            };
            Span::Elapsed((amount * size * 10.0).round() as i64)
        }
        _ => Span::Work(tenths(duration).unwrap_or(0)),
    })
}

fn minute(value: &Value) -> Option<String> {
    // Seconds are rounded: 08:00:30 and later is the next minute.
    let text = value.as_str()?;
    let at = chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S").ok()?;
    let at = at.checked_add_signed(chrono::TimeDelta::seconds(30))?;
    Some(at.format("%Y-%m-%dT%H:%M").to_string())
}

fn constraint(constraint: &ConstraintDoc) -> (String, String) {
    let date = match constraint {
        ConstraintDoc::StartNoEarlierThan(d)
        | ConstraintDoc::StartNoLaterThan(d)
        | ConstraintDoc::FinishNoEarlierThan(d)
        | ConstraintDoc::FinishNoLaterThan(d)
        | ConstraintDoc::MustStartOn(d)
        | ConstraintDoc::MustFinishOn(d)
        | ConstraintDoc::ExpectedFinish(d) => d.date.to_string(),
        _ => String::new(),
    };
    (constraint.word().to_owned(), date)
}

fn neutral_constraint(kind: &Value, date: &Value, into: &mut BTreeSet<(String, String)>) {
    let words: &[&str] = match kind.as_str() {
        None | Some("AS_SOON_AS_POSSIBLE") => &[],
        Some("AS_LATE_AS_POSSIBLE") => &["as-late-as-possible"],
        Some("MUST_START_ON" | "MANDATORY_START") => &["must-start-on"],
        Some("MUST_FINISH_ON" | "MANDATORY_FINISH") => &["must-finish-on"],
        Some("START_NO_EARLIER_THAN") => &["start-no-earlier-than"],
        Some("START_NO_LATER_THAN") => &["start-no-later-than"],
        Some("FINISH_NO_EARLIER_THAN") => &["finish-no-earlier-than"],
        Some("FINISH_NO_LATER_THAN") => &["finish-no-later-than"],
        Some("START_ON") => &["start-no-earlier-than", "start-no-later-than"],
        Some("FINISH_ON") => &["finish-no-earlier-than", "finish-no-later-than"],
        Some(other) => panic!("a new constraint: {other}"),
    };
    for word in words {
        let date = if *word == "as-late-as-possible" {
            None
        } else {
            minute(date)
        };
        into.insert(((*word).to_owned(), date.unwrap_or_default()));
    }
}

// ---- links

fn links(imported: &Imported, neutral: &Value, found: &mut Vec<String>) {
    let uids: BTreeMap<&str, i64> = imported
        .document
        .activities
        .iter()
        .filter_map(|a| Some((a.id.as_str(), a.uid?.get())))
        .collect();
    let units = imported.document.units();
    let mut ours: Vec<(i64, i64, String, Lag)> = Vec::new();
    for activity in &imported.document.activities {
        for link in &activity.after {
            let lag = link.lag.map_or(Lag::NONE, |lag| lag.lag(units));
            let kind = link.kind.unwrap_or_default().to_string();
            ours.push((uids[link.from.as_str()], uids[activity.id.as_str()], kind, lag));
        }
    }
    let mut theirs: Vec<(i64, i64, String, Lag)> = Vec::new();
    for link in list(neutral, "relations") {
        let lag = &link["lag"];
        let amount = lag["v"].as_f64().unwrap_or(0.0);
        let elapsed = |size: f64| Lag::Elapsed((amount * size).round() as i64);
        let lag = match lag["u"].as_str().unwrap_or("d") {
            _ if amount == 0.0 => Lag::NONE,
            "%" => Lag::Percent((amount * 1_000.0).round() as i64),
            "em" => elapsed(1.0),
            "eh" => elapsed(60.0),
            "ed" => elapsed(1_440.0),
            "ew" => elapsed(10_080.0),
            _ => Lag::Work(rounded(lag).unwrap_or(0)),
        };
        let kind = link["type"].as_str().unwrap().to_owned();
        theirs.push((
            link["pred"].as_i64().unwrap(),
            link["succ"].as_i64().unwrap(),
            kind,
            lag,
        ));
    }
    let key = |link: &(i64, i64, String, Lag)| format!("{link:?}");
    ours.sort_by_key(key);
    theirs.sort_by_key(key);
    for link in &ours {
        if !theirs.contains(link) {
            found.push(format!("link {link:?} is not in the neutral form"));
        }
    }
    for link in &theirs {
        if !ours.contains(link) {
            found.push(format!("link {link:?} is missing"));
        }
    }
    if ours.len() != theirs.len() {
        found.push(format!("{} links, not {}", ours.len(), theirs.len()));
    }
}

// ---- the project

fn project(imported: &Imported, neutral: &Value, found: &mut Vec<String>) {
    let project = &neutral["project"];
    let document = &imported.document;
    let p6 = project["planned_start"].is_string();
    let start = if p6 {
        &project["planned_start"]
    } else {
        &project["start_date"]
    };
    let ours = document.start.map(|d| d.to_string());
    if ours != minute(start) {
        found.push(format!("start {ours:?} not {start}"));
    }
    let status = imported.facts.status_date.map(|d| d.to_string());
    if status != minute(&project["status_date"]) {
        found.push(format!("status date {status:?} not {}", project["status_date"]));
    }
    let units = document.units();
    if !p6 && Some(units.day) != project["minutes_per_day"].as_i64() {
        found.push(format!("a day of {} minutes", units.day));
    }
}
