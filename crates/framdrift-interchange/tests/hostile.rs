//! Files that are damaged, absurd or malicious: an error with its line or an entry in the loss report, never a panic, and what
//! is read is always a sound programme.

use framdrift_interchange::limits::Limits;
use framdrift_interchange::loss::LossKind;
use framdrift_interchange::{Format, Imported, mspdi, xer};
use framdrift_schedule::{Network, compute};
use proptest::prelude::*;

const SCHOOL: &[u8] = include_bytes!("fixtures/school.xml");
const BRIDGE: &[u8] = include_bytes!("fixtures/bridge.xer");

/// What was read has no fault, nor has its progress, and where its links form no ring it has dates.
fn sound(imported: &Imported) {
    let programme = match imported.document.clone().validate() {
        Ok(programme) => programme,
        Err(rejected) => panic!("{:#?}", rejected.diagnostics.iter().take(3).collect::<Vec<_>>()),
    };
    let projection = programme.projection();
    let checked = imported.facts.check(&programme, &projection);
    assert_eq!(checked.diagnostics.errors(), 0, "{:#?}", checked.diagnostics);
    if let Ok(network) = Network::new(projection) {
        let _ = compute(&network, &checked.facts);
    }
}

fn read(bytes: &[u8]) -> Option<Imported> {
    let format = Format::of(bytes)?;
    let imported = format.read(bytes, &xer::Options::new()).ok()?;
    sound(&imported);
    Some(imported)
}

/// A project with these tasks, inside which texts may stand.
fn tasks(inside: &str) -> Imported {
    let text = format!("<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks>{inside}</Tasks></Project>");
    let imported = mspdi::read(text.as_bytes(), &Limits::default()).unwrap();
    sound(&imported);
    imported
}

fn refused(text: &str) -> String {
    mspdi::read(text.as_bytes(), &Limits::default())
        .unwrap_err()
        .to_string()
}

#[test]
fn cut_off_anywhere_it_is_told() {
    let small = "<Project><StartDate>2026-03-02T08:00:00</StartDate><Calendars><Calendar><UID>1</UID><WeekDays><WeekDay>\
        <DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>\
        <ToTime>12:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays></Calendar></Calendars><Tasks><Task>\
        <UID>1</UID><Name>&quot;D&#252;g&quot; <![CDATA[<it>]]></Name><Duration>PT8H0M0S</Duration></Task></Tasks></Project>";
    assert!(read(small.as_bytes()).is_some());
    for at in 0..small.len() {
        assert!(
            mspdi::read(&small.as_bytes()[..at], &Limits::default()).is_err(),
            "cut at {at}"
        );
    }
    for at in (0..SCHOOL.len() - 11).step_by(37) {
        assert!(mspdi::read(&SCHOOL[..at], &Limits::default()).is_err(), "cut at {at}");
    }
    let mut readable = 0;
    for at in 0..BRIDGE.len() - 3 {
        if let Ok(imported) = xer::read(&BRIDGE[..at], &xer::Options::new()) {
            assert!(
                imported.loss.of(LossKind::Dropped).any(|loss| &*loss.subject == "%E"),
                "cut at {at}"
            );
            if at % 7 == 0 {
                sound(&imported);
            }
            readable += 1;
        }
    }
    assert!(readable > 1_000);
}

#[test]
fn xml_that_is_refused_says_where() {
    assert_eq!(
        refused("<!DOCTYPE x [<!ENTITY a \"b\">]>\n<Project/>"),
        "line 1: a document type is not read here"
    );
    assert_eq!(
        refused("<Project>\n<Name>\n&a;</Name></Project>"),
        "line 3: `&a;` is not an entity that is expanded here"
    );
    for reference in ["&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&#;", "&lt", "&;"] {
        refused(&format!("<Project><Name>{reference}</Name></Project>"));
    }
    assert_eq!(
        refused("\n\n<Plan/>"),
        "line 3: the root element is `Plan`, not `Project`"
    );
    assert_eq!(refused(""), "line 1: there is no element `Project`");
    refused("framdrift: 1");
    refused("<Project><Name>a</Title></Project>");
    refused("<Project><Tasks><Task><UID>1</Tasks></Project>");
    let deep = format!("<Project>{}", "<a>".repeat(1_000_000));
    assert_eq!(refused(&deep), "line 1: elements lie more than 64 levels deep");
    let mut few = Limits::default();
    few.records = 3;
    let many = format!("<Project>{}</Project>", "<Name/>\n".repeat(4));
    assert_eq!(
        mspdi::read(many.as_bytes(), &few).unwrap_err().to_string(),
        "line 4: there are more elements than can be read"
    );
    few.bytes = 8;
    assert_eq!(mspdi::read(b"<Project/>", &few).unwrap_err().line(), 1);
    assert!(xer::read(b"ERMHDR\t5.0\n%E\n", &xer::Options::new().limits(few)).is_err());
}

#[test]
fn absurd_tasks_become_sound_ones() {
    let year = "262000-01-01T08:00:00";
    let imported = tasks(&format!(
        "<Task><UID>1</UID><Duration>PT24000000000H0M0S</Duration><ConstraintType>4</ConstraintType><ConstraintDate>{year}</ConstraintDate></Task>\
         <Task><UID>2</UID><Duration>-PT8H0M0S</Duration><PredecessorLink><PredecessorUID>1</PredecessorUID><LinkLag>-14400000000</LinkLag>\
         <LagFormat>7</LagFormat></PredecessorLink></Task>\
         <Task><UID>3</UID><Duration>PT99999999999999999999H</Duration><LevelingDelay>9223372036854775807</LevelingDelay>\
         <PredecessorLink><PredecessorUID>2</PredecessorUID><LinkLag>-9223372036854775808</LinkLag><LagFormat>8</LagFormat></PredecessorLink>\
         <PredecessorLink><PredecessorUID>2</PredecessorUID><LinkLag>9223372036854775807</LinkLag><LagFormat>19</LagFormat></PredecessorLink>\
         <PredecessorLink><PredecessorUID>1</PredecessorUID><LinkLag>9223372036854775807</LinkLag><LagFormat>20</LagFormat></PredecessorLink></Task>\
         <Task><UID>99999999999999999999</UID></Task><Task><UID>3</UID></Task><Task><UID>3</UID></Task><Task><UID>-9223372036854775808</UID></Task>\
         <Task/><Task><UID>7</UID><OutlineLevel>9223372036854775807</OutlineLevel></Task><Task><UID>8</UID><OutlineLevel>-9223372036854775808</OutlineLevel></Task>\
         <Task><UID>9</UID><Manual>1</Manual><Start>9999-12-31T23:59:59</Start><Finish>1900-01-01T00:00:00</Finish></Task>\
         <Task><UID>10</UID><Manual>1</Manual><Start>1900-01-01T00:00:00</Start><Finish>9999-12-31T00:00:00</Finish></Task>\
         <Task><UID>11</UID><ActualStart>2026-05-01T08:00:00</ActualStart><ActualFinish>2026-04-01T08:00:00</ActualFinish></Task>\
         <Task><UID>12</UID><ActualStart>2026-05-01T08:00:00</ActualStart><RemainingDuration>-PT9999999999H</RemainingDuration>\
         <Stop>2026-04-01T08:00:00</Stop><Resume>2026-06-01T08:00:00</Resume></Task>\
         <Task><UID>13</UID><PercentComplete>-9223372036854775808</PercentComplete><ConstraintType>99</ConstraintType></Task>"
    ));
    let why: Vec<&str> = imported.loss.entries().iter().map(|loss| &*loss.why).collect();
    for expected in [
        "longer than a hundred years; that is taken",
        "a negative duration is none",
        "a share of more than 1000 %; that is taken",
        "its value is not understood",
        "it stands longer than a hundred years; it is taken to take no time",
        "it finished before it started; it is taken to have finished then",
        "per cent are 0 to 100",
        "constraints are 0 to 7",
    ] {
        assert!(why.contains(&expected), "{expected}: {why:#?}");
    }
}

#[test]
fn absurd_settings_and_calendars_become_sound_ones() {
    let week = |hours: &str| {
        format!(
            "<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes>{hours}</WorkingTimes></WeekDay></WeekDays>"
        )
    };
    let stretch =
        |from: &str, to: &str| format!("<WorkingTime><FromTime>{from}</FromTime><ToTime>{to}</ToTime></WorkingTime>");
    let overlapping = [
        stretch("08:00:00", "12:00:00"),
        stretch("10:00:00", "16:00:00"),
        stretch("22:00:00", "21:00:00"),
    ]
    .concat();
    let forever = "<Exceptions><Exception><TimePeriod><FromDate>1984-01-01T00:00:00</FromDate><ToDate>9999-12-31T23:59:00</ToDate></TimePeriod>\
        <Type>1</Type><DayWorking>0</DayWorking></Exception><Exception><EnteredByOccurrences>1</EnteredByOccurrences><TimePeriod>\
        <FromDate>2026-01-01T00:00:00</FromDate><ToDate>2026-01-01T00:00:00</ToDate></TimePeriod><Occurrences>9223372036854775807</Occurrences>\
        <Type>6</Type><Period>-9223372036854775808</Period><DaysOfWeek>-1</DaysOfWeek></Exception></Exceptions>";
    let mut calendars = String::new();
    for uid in 1..=60 {
        let base = uid + 1;
        calendars += &format!(
            "<Calendar><UID>{uid}</UID><IsBaseCalendar>1</IsBaseCalendar><BaseCalendarUID>{base}</BaseCalendarUID>{}{forever}</Calendar>",
            week(&overlapping)
        );
    }
    calendars += &format!(
        "<Calendar><UID>61</UID><BaseCalendarUID>1</BaseCalendarUID>{}</Calendar><Calendar/><Calendar><UID>61</UID></Calendar>",
        week("")
    );
    let text = format!(
        "<Project><StartDate>2026-03-02T08:00:00</StartDate><FinishDate>1999-01-01T00:00:00</FinishDate><ScheduleFromStart>0</ScheduleFromStart>\
         <CalendarUID>1</CalendarUID><MinutesPerDay>0</MinutesPerDay><MinutesPerWeek>99999999</MinutesPerWeek><DaysPerMonth>9223372036854775807</DaysPerMonth>\
         <CriticalSlackLimit>-9223372036854775808</CriticalSlackLimit><Calendars>{calendars}</Calendars>\
         <Tasks><Task><UID>1</UID><Duration>PT8H</Duration><ConstraintType>1</ConstraintType></Task></Tasks></Project>"
    );
    let imported = mspdi::read(text.as_bytes(), &Limits::default()).unwrap();
    sound(&imported);
    let told = imported.loss.to_string();
    for expected in [
        "in a ring or in too long a line",
        "more exceptional days than can be held",
        "an impossible number of minutes",
        "finishes before it starts",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn deep_outlines_are_flattened() {
    let text: String = (1..=300)
        .map(|n| format!("<Task><UID>{n}</UID><OutlineLevel>{n}</OutlineLevel><Duration>PT8H</Duration></Task>"))
        .collect();
    let imported = tasks(&text);
    assert_eq!(imported.document.activities.len(), 300);
    assert!(
        imported
            .loss
            .of(LossKind::Changed)
            .any(|loss| &*loss.subject == "Task/OutlineLevel")
    );
}

#[test]
fn equal_losses_are_one_entry() {
    let text: String = (1..=10_000)
        .map(|n| format!("<Task><UID>{n}</UID><Duration>PT8H</Duration><Cost>5</Cost><Odd{n}>1</Odd{n}></Task>"))
        .collect();
    let imported = tasks(&text);
    let costs: Vec<_> = imported
        .loss
        .entries()
        .iter()
        .filter(|loss| &*loss.subject == "Task/Cost")
        .collect();
    assert_eq!((costs.len(), costs[0].count, costs[0].spots.len()), (1, 10_000, 5));
    // Names that a file makes up do not fill the report either.
    assert_eq!(imported.loss.count(LossKind::Unknown), 10_000);
    assert!(imported.loss.entries().len() <= framdrift_interchange::loss::MOST_ENTRIES + 6);
}

#[test]
fn absurd_xer_becomes_sound() {
    let deep = format!("(0||CalendarData()({}", "(0||x()(".repeat(100_000));
    let text = format!(
        "ERMHDR\t5\n%T\tPROJECT\n%F\tproj_id\tclndr_id\tplan_start_date\tplan_end_date\tcritical_drtn_hr_cnt\n%R\t1\t1\t2026-03-02 08:00\t1990-01-01 00:00\t1e300\n\
         %T\tCALENDAR\n%F\tclndr_id\tbase_clndr_id\tclndr_data\n%R\t1\t1\t{deep}\n%R\tx\n%R\t2\t\t(0||CalendarData()((0||Exceptions()((0||0(d|99999999999999999999)())(0||1(d|9999999)())))))\n\
         %T\tPROJWBS\n%F\twbs_id\tproj_id\tparent_wbs_id\n%R\t1\t1\t2\n%R\t2\t1\t1\n%R\t3\t1\t3\n\
         %T\tTASK\n%F\ttask_id\tproj_id\twbs_id\ttask_type\tstatus_code\tremain_drtn_hr_cnt\tact_start_date\tact_end_date\tsuspend_date\tresume_date\tcstr_type\tcstr_date\n\
         %R\t1\t1\t1\tTT_Task\tTK_Active\t-1e9\t2026-03-02 08:00\t\t2026-01-01 08:00\t2025-01-01 08:00\n\
         %R\t1\t1\t2\n%R\t-2\t1\t2\n%R\t3\t1\t3\tTT_LOE\tTK_Active\t24e9\t262000-01-01 00:00\n\
         %R\t4\t1\t3\tTT_Task\tTK_Complete\tNaN\t2026-03-03 08:00\t2026-03-02 08:00\n%R\t5\t1\t2\tTT_Task\tTK_Complete\tinf\n%R\t6\t1\t\t\t\t2400000000\t\t\t\t\tCS_MSO\t2026-04-01 08:00\ttoo\tmany\n\
         %T\tTASKPRED\n%F\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tlag_hr_cnt\n%R\t6\t1\t1\t1\t-24000000\n%R\t6\t4\t1\t1\t1e9\n%R\t6\t77\t1\t1\t0\n\
         stray line\n%E\n%R\tafter\n"
    );
    let imported = xer::read(text.as_bytes(), &xer::Options::new()).unwrap();
    sound(&imported);
    let told = imported.loss.to_string();
    for expected in [
        "its parentheses do not match",
        "hours or a date that are not understood",
        "must be finished before it starts",
        "or is part of itself",
        "without a number of its own",
        "the row has fewer cells",
        "the row has more cells",
        "longer than a hundred years",
        "the line begins with neither",
        "goes on after its end",
        "it is complete, and nothing says when",
        "work went on before it stopped",
    ] {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn xer_that_is_refused_says_where() {
    let refused = |text: &str| {
        xer::read(text.as_bytes(), &xer::Options::new())
            .unwrap_err()
            .to_string()
    };
    assert_eq!(refused(""), "line 1: this is no XER file: it is empty");
    assert_eq!(
        refused("\nhello"),
        "line 2: this is no XER file: it does not begin with `ERMHDR`"
    );
    assert_eq!(refused("ERMHDR\t5\n%E\n"), "there is no project in the file");
    assert_eq!(
        refused("ERMHDR\t5\n%R\t1\n"),
        "line 2: there is a row before the first table"
    );
    assert_eq!(
        refused("ERMHDR\t5\n%T\tTASK\n%R\t1\n"),
        "line 3: a row of `TASK` comes before its columns are named"
    );
    assert_eq!(
        refused("ERMHDR\t5\n%T\tTASK\n%F\ta\n%T\tTASK\n"),
        "line 4: the table `TASK` comes twice"
    );
    assert_eq!(
        refused("ERMHDR\t5\n%T\tTASK\n%F\ta\n%F\ta\n"),
        "line 4: the table `TASK` names its columns twice"
    );
}

/// A place in a fixture, and what is put there instead of how many bytes.
fn damage() -> impl Strategy<Value = (prop::sample::Index, usize, Vec<u8>)> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        prop::sample::select(vec![
            "9223372036854775807",
            "-9223372036854775808",
            "-1",
            "0",
            "1e400",
            "<Task>",
            "</Task>",
            "<UID>1</UID>",
            "\t",
            "\n%R\t",
            "\n%T\tTASK\n",
            "(",
            ")",
            "&amp;",
            "PT1H",
            "1900-01-01T00:00:00",
            "9999-12-31T23:59:59",
            "åß",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    (any::<prop::sample::Index>(), 0..24_usize, piece)
}

proptest! {
    #![proptest_config(crate::cases(400))]

    #[test]
    fn damaged_files_are_read_soundly_or_refused(damages in prop::collection::vec(damage(), 1..6), xml in any::<bool>()) {
        let mut bytes = if xml { SCHOOL } else { BRIDGE }.to_vec();
        for (at, removed, piece) in damages {
            let at = at.index(bytes.len());
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, piece);
        }
        read(&bytes);
    }
}
