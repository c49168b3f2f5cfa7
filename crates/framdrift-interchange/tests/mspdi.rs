//! Single questions about reading MSPDI.

use framdrift_interchange::limits::Limits;
use framdrift_interchange::loss::LossKind;
use framdrift_interchange::{Imported, mspdi};
use framdrift_model::document::ConstraintDoc;
use framdrift_model::rules::{Direction, Precedence};

fn project(inside: &str) -> Imported {
    let text = format!(
        "<Project xmlns=\"http://schemas.microsoft.com/project\"><StartDate>2026-03-02T08:00:00</StartDate>{inside}</Project>"
    );
    mspdi::read(text.as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn encodings_give_the_same_programme() {
    let text = "<?xml version=\"1.0\"?><Project><Title>Skolen på Østerås</Title><Tasks><Task><UID>1</UID><Duration>PT8H</Duration></Task></Tasks></Project>";
    let plain = mspdi::read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(plain.document.title.as_ref().unwrap().to_string(), "Skolen på Østerås");
    assert_eq!(plain.document.id, "skolen-på-østerås");
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let latin = text.replace("version=\"1.0\"", "version=\"1.0\" encoding=\"iso-8859-1\"");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    for (bytes, encoding) in [
        (utf16, "UTF-16LE"),
        (latin, "windows-1252"),
        ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), "UTF-8"),
    ] {
        let read = mspdi::read(&bytes, &Limits::default()).unwrap();
        assert_eq!((&read.document, read.encoding), (&plain.document, encoding));
    }
}

#[test]
fn prefixes_comments_and_sections_do_not_matter() {
    let text = "<p:Project xmlns:p=\"http://schemas.microsoft.com/project\"><!-- a --><p:Tasks><?pi x?><p:Task><p:UID>1</p:UID>\
        <p:Name>a<!-- b -->b<![CDATA[ & c]]> &#x41;</p:Name><p:Duration> PT8H0M0S </p:Duration></p:Task></p:Tasks></p:Project>";
    let read = mspdi::read(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(
        read.document.activities[0].title.as_ref().unwrap().to_string(),
        "ab & c A"
    );
    assert_eq!(read.document.activities[0].duration.unwrap().to_string(), "1d");
}

#[test]
fn options_become_rules() {
    let rules = |inside: &str| project(inside).document.rules();
    assert_eq!(rules("").precedence, Precedence::Constraints);
    assert_eq!(
        rules("<HonorConstraints>0</HonorConstraints>").precedence,
        Precedence::Links
    );
    assert_eq!(
        rules("<CriticalSlackLimit>3</CriticalSlackLimit><MinutesPerDay>450</MinutesPerDay>").critical_limit,
        1_350
    );
    assert!(rules("<MultipleCriticalPaths>1</MultipleCriticalPaths>").multiple_critical_paths);
    let late = "<ScheduleFromStart>0</ScheduleFromStart><FinishDate>2026-06-01T17:00:00</FinishDate><Tasks><Task><UID>1</UID><Duration>PT8H</Duration>\
        <ConstraintType>KIND</ConstraintType></Task></Tasks>";
    let back = project(&late.replace("KIND", "1")).document;
    assert_eq!(
        (back.rules().direction, back.finish),
        (Direction::FromFinish, Some("2026-06-01T17:00".parse().unwrap()))
    );
    let soon = project(&late.replace("KIND", "0"));
    assert_eq!(soon.document.rules().direction, Direction::FromStart);
    assert_eq!(soon.loss.count(LossKind::Changed), 1);
}

#[test]
fn units_of_the_project_leave_amounts_alone() {
    let tasks = "<MinutesPerDay>450</MinutesPerDay><MinutesPerWeek>2250</MinutesPerWeek><DaysPerMonth>21</DaysPerMonth><Tasks>\
        <Task><UID>1</UID><Duration>PT37H30M0S</Duration><DurationFormat>7</DurationFormat></Task>\
        <Task><UID>2</UID><Duration>PT8H0M0S</Duration><DurationFormat>7</DurationFormat></Task>\
        <Task><UID>3</UID><Duration>PT315H0M0S</Duration><DurationFormat>43</DurationFormat></Task>\
        <Task><UID>4</UID><Duration>PT48H0M0S</Duration><DurationFormat>8</DurationFormat></Task></Tasks>";
    let read = project(tasks);
    let written: Vec<String> = read
        .document
        .activities
        .iter()
        .map(|a| a.duration.unwrap().to_string())
        .collect();
    assert_eq!(written, ["5d", "480m", "2mo", "2ed"]);
    assert!(!read.loss.bears_on_dates(), "{}", read.loss);
}

#[test]
fn people_bring_their_hours() {
    let day = |n: u8, from: &str, to: &str| {
        format!(
            "<WeekDay><DayType>{n}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>{from}:00</FromTime><ToTime>{to}:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
        )
    };
    let calendar = |uid: u8, base: u8, days: String| {
        format!(
            "<Calendar><UID>{uid}</UID><IsBaseCalendar>{base}</IsBaseCalendar><WeekDays>{days}</WeekDays></Calendar>"
        )
    };
    let calendars = [
        calendar(1, 1, day(2, "08:00", "16:00") + &day(3, "08:00", "16:00")),
        calendar(2, 0, day(2, "10:00", "18:00")),
        calendar(3, 0, day(3, "06:00", "10:00")),
        calendar(4, 1, day(4, "08:00", "16:00")),
    ]
    .concat();
    let task = |uid: u8, rest: &str| format!("<Task><UID>{uid}</UID><Duration>PT8H0M0S</Duration>{rest}</Task>");
    let tasks = [
        task(1, ""),
        task(2, "<CalendarUID>1</CalendarUID>"),
        task(
            3,
            "<CalendarUID>1</CalendarUID><IgnoreResourceCalendar>1</IgnoreResourceCalendar>",
        ),
        task(4, "<Type>1</Type>"),
        task(5, "<CalendarUID>4</CalendarUID>"),
        task(6, ""),
    ]
    .concat();
    let assigned = |task: u8, resource: u8, hours: u8| {
        format!(
            "<Assignment><TaskUID>{task}</TaskUID><ResourceUID>{resource}</ResourceUID><Units>1</Units><Work>PT{hours}H0M0S</Work></Assignment>"
        )
    };
    let assignments: String = (1..=6)
        .map(|task| assigned(task, 1, 8) + &assigned(task, 2, if task == 6 { 0 } else { 8 }))
        .collect();
    let read = project(&format!(
        "<CalendarUID>1</CalendarUID><Calendars>{calendars}</Calendars><Tasks>{tasks}</Tasks><Resources><Resource><UID>1</UID><Type>1</Type>\
         <CalendarUID>2</CalendarUID></Resource><Resource><UID>2</UID><CalendarUID>3</CalendarUID></Resource></Resources><Assignments>{assignments}</Assignments>"
    ));
    let ids: Vec<Option<&str>> = read
        .document
        .activities
        .iter()
        .map(|a| a.work_calendar.as_ref().map(|id| id.as_str()))
        .collect();
    // Either of two people; both within the task's calendar; not at all; nobody in common; the one who has something to do.
    assert_eq!(ids, [Some("met-1"), Some("met-2"), None, None, None, Some("c2")]);
    let met = |id: &str| {
        let calendar = read.document.calendars.iter().find(|c| c.id == id).unwrap();
        let week = calendar.week.as_ref().unwrap();
        format!(
            "{:?} {:?}",
            week.monday.as_ref().unwrap(),
            week.tuesday.as_ref().unwrap()
        )
    };
    assert_eq!(met("met-1"), "[10:00-18:00] [06:00-10:00]");
    assert_eq!(met("met-2"), "[10:00-16:00] [08:00-10:00]");
    assert!(read.document.validate().is_ok());
}

#[test]
fn work_that_was_interrupted_goes_on_later() {
    let task = |stop: &str, resume: &str| {
        project(&format!(
            "<Tasks><Task><UID>1</UID><Duration>PT40H0M0S</Duration><PercentComplete>20</PercentComplete><ActualStart>2026-03-02T08:00:00</ActualStart>\
             <Stop>{stop}:00</Stop><Resume>{resume}:00</Resume></Task></Tasks>"
        ))
        .facts
        .facts
        .remove(0)
    };
    // Over night is no interruption.
    let on = task("2026-03-02T17:00", "2026-03-03T08:00");
    assert_eq!(
        (on.suspended, on.remaining.unwrap().to_string()),
        (None, "4d".to_owned())
    );
    let off = task("2026-03-02T17:00", "2026-03-04T08:00");
    assert_eq!(off.resumed, Some("2026-03-04T08:00".parse().unwrap()));
}

#[test]
fn a_recurring_manual_summary_is_a_manual_summary() {
    let read = project(
        "<Tasks><Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Manual>1</Manual><Recurring>1</Recurring><ManualStart>2026-04-01T08:00:00</ManualStart>\
         <ManualFinish>2026-04-30T17:00:00</ManualFinish></Task><Task><UID>2</UID><OutlineLevel>2</OutlineLevel><Duration>PT8H</Duration></Task></Tasks>",
    );
    let [recurring, _] = &read.document.activities[..] else {
        panic!("two tasks")
    };
    assert_eq!((recurring.manual.is_some(), recurring.constraints.len()), (true, 0));
    assert!(read.document.validate().is_ok());
}

#[test]
fn dates_that_say_their_zone_keep_their_own_clock() {
    let text = "<Project><StartDate>2026-03-02T08:00:00Z</StartDate><StatusDate>2026-03-02T17:00:00+01:00</StatusDate><Tasks><Task><UID>1</UID>\
        <Duration>PT16H</Duration><ConstraintType>4</ConstraintType><ConstraintDate>2026-03-09T08:00:00-05:00</ConstraintDate>\
        <Deadline>2026-03-11T17:00:00.000Z</Deadline></Task></Tasks></Project>";
    let read = mspdi::read(text.as_bytes(), &Limits::default()).unwrap();
    let activity = &read.document.activities[0];
    assert_eq!(read.document.start.unwrap().to_string(), "2026-03-02T08:00");
    assert_eq!(read.facts.status_date.unwrap().to_string(), "2026-03-02T17:00");
    let ConstraintDoc::StartNoEarlierThan(floor) = &activity.constraints[0] else {
        panic!("{:?}", activity.constraints)
    };
    assert_eq!(floor.date.to_string(), "2026-03-09T08:00");
    assert_eq!(activity.deadline.unwrap().to_string(), "2026-03-11T17:00");
    assert!(!read.loss.bears_on_dates(), "{}", read.loss);
    let told: Vec<&str> = read.loss.of(LossKind::NotKept).map(|loss| &*loss.subject).collect();
    assert_eq!(
        told,
        [
            "Project/StartDate",
            "Project/StatusDate",
            "Task/ConstraintDate",
            "Task/Deadline"
        ]
    );
}

#[test]
fn durations_are_read_in_every_spelling() {
    let read = |duration: &str, format: u8| {
        let read = project(&format!(
            "<MinutesPerDay>450</MinutesPerDay><MinutesPerWeek>2250</MinutesPerWeek><Tasks><Task><UID>1</UID><Duration>{duration}</Duration>\
             <DurationFormat>{format}</DurationFormat></Task></Tasks>"
        ));
        let changed = read.loss.count(LossKind::Changed);
        assert_eq!(read.loss.count(LossKind::Unreadable), 0, "{duration}");
        (read.document.activities[0].duration.unwrap().to_string(), changed)
    };
    assert_eq!(read("PT24.5H", 5), ("24.5h".to_owned(), 0));
    assert_eq!(read("PT0.5H", 5), ("0.5h".to_owned(), 0));
    assert_eq!(read("PT0.5H", 3), ("30m".to_owned(), 0));
    // Days of work are the project's, and that is told, for the text does not say how long they are; those of the clock are not.
    assert_eq!(read("P3D", 7), ("3d".to_owned(), 1));
    assert_eq!(read("P2W", 9), ("2w".to_owned(), 1));
    assert_eq!(read("P3D", 8), ("3ed".to_owned(), 0));
    // Microsoft Project writes the minus of a negative amount before the hours.
    assert_eq!(read("PT-8H0M0S", 7), ("0d".to_owned(), 1));
}
