//! Single questions about reading XER.

use framdrift_interchange::loss::LossKind;
use framdrift_interchange::xer::{self, Options, XerError};
use framdrift_interchange::{Format, ImportError, Imported};

const BRIDGE: &[u8] = include_bytes!("fixtures/bridge.xer");

fn read(text: &str) -> Imported {
    let imported = xer::read(text.as_bytes(), &Options::new()).unwrap();
    assert!(imported.document.clone().validate().is_ok());
    imported
}

/// A project with these further tables.
fn project(tables: &str) -> Imported {
    read(&format!(
        "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tclndr_id\tplan_start_date\n%R\t1\t1\t2026-03-02 08:00\n{tables}%E\n"
    ))
}

#[test]
fn a_project_is_chosen_by_id_name_or_number() {
    let with = |wanted: &str| xer::read(BRIDGE, &Options::new().project(wanted)).map(|i| i.document.id.to_string());
    assert_eq!(xer::read(BRIDGE, &Options::new()).unwrap().document.id, "bridge");
    for (wanted, id) in [
        ("100", "small"),
        ("200", "bridge"),
        ("SMALL", "small"),
        ("1", "small"),
        ("2", "bridge"),
    ] {
        assert_eq!(with(wanted).unwrap(), id, "{wanted}");
    }
    for wanted in ["3", "0", "small", ""] {
        assert!(matches!(with(wanted), Err(XerError::NoSuchProject { .. })), "{wanted}");
    }
    assert_eq!(
        with("x").unwrap_err().to_string(),
        "there is no project `x` in the file; there are `100` (`SMALL`, 1 activities), `200` (`BRIDGE`, 9 activities)"
    );
    let projects = xer::projects(BRIDGE, &Options::new()).unwrap();
    assert_eq!(projects.iter().map(|p| p.activities).collect::<Vec<_>>(), [1, 9]);
    let one = Format::Mspdi.read(b"<Project/>", &Options::new().project("x"));
    assert_eq!(one.unwrap_err(), ImportError::OneProject);
}

#[test]
fn encodings_are_told_apart_or_given() {
    let text = "ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\n%R\t1\tГород ó\n%E\n";
    assert_eq!(read(text).encoding, "UTF-8");
    assert_eq!(read(text).document.title.unwrap().to_string(), "Город ó");
    let cyrillic = windows_1251("ERMHDR\t8\n%T\tPROJECT\n%F\tproj_id\tproj_short_name\n%R\t1\tГород\n%E\n");
    let guessed = xer::read(&cyrillic, &Options::new()).unwrap();
    assert_eq!(guessed.encoding, "windows-1252");
    let given = xer::read(&cyrillic, &Options::new().encoding("windows-1251")).unwrap();
    assert_eq!(given.document.title.unwrap().to_string(), "Город");
}

/// Capitals and small letters of Russian, as windows-1251 has them.
fn windows_1251(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        'А'..='я' => u8::try_from(u32::from(c) - u32::from('А') + 0xC0).unwrap(),
        c => u8::try_from(u32::from(c)).unwrap(),
    };
    text.chars().map(byte).collect()
}

#[test]
fn columns_may_be_missing_and_stand_anywhere() {
    let imported = project(
        "%T\tTASK\n%F\ttask_name\tproj_id\ttask_id\tfancy\n%R\tDig\t1\t7\t\n%R\tBuild\t1\t8\tx\n%T\tTASKPRED\n%F\tpred_task_id\ttask_id\tproj_id\n%R\t7\t8\t1\n",
    );
    assert_eq!(imported.document.activities[1].after[0].from, "t7");
    let unknown: Vec<&str> = imported.loss.of(LossKind::Unknown).map(|loss| &*loss.subject).collect();
    assert_eq!(unknown, ["TASK.fancy"]);
}

#[test]
fn a_resource_dependent_activity_follows_its_resource() {
    let calendar = |id: u8, day: u8| {
        format!("%R\t{id}\tCA_Rsrc\t(0||CalendarData()((0||DaysOfWeek()((0||{day}()((0||0(s|08:00|f|16:00)())))))))\n")
    };
    let calendars = format!(
        "%T\tCALENDAR\n%F\tclndr_id\tclndr_type\tclndr_data\n{}{}{}",
        calendar(1, 2),
        calendar(2, 3),
        calendar(3, 4)
    );
    let tables = "%T\tTASK\n%F\ttask_id\tproj_id\tclndr_id\ttask_type\tremain_drtn_hr_cnt\n%R\t1\t1\t1\tTT_Rsrc\t8\n%R\t2\t1\t1\tTT_Rsrc\t8\n%R\t3\t1\t1\tTT_Rsrc\t8\n\
        %R\t4\t1\t1\tTT_Task\t8\n%T\tRSRC\n%F\trsrc_id\tclndr_id\trsrc_type\n%R\t1\t2\tRT_Labor\n%R\t2\t3\tRT_Equip\n%R\t3\t3\tRT_Mat\n\
        %T\tTASKRSRC\n%F\ttask_id\tproj_id\trsrc_id\tremain_qty\tremain_qty_per_hr\n%R\t1\t1\t1\t8\t1\n%R\t2\t1\t1\t8\t1\n%R\t2\t1\t2\t90\t2\n%R\t3\t1\t3\t1\t1\n%R\t4\t1\t1\t8\t1\n";
    let imported = project(&format!("{calendars}{tables}"));
    let ids: Vec<&str> = imported
        .document
        .activities
        .iter()
        .map(|a| a.calendar.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(ids, ["c2", "c3", "c1", "c1"]);
    assert_eq!(imported.loss.count(LossKind::Changed), 1);
}

#[test]
fn deep_breakdowns_stand_on_their_own() {
    let mut tables = "%T\tPROJWBS\n%F\twbs_id\tproj_id\tparent_wbs_id\n".to_owned();
    for n in 1..=300 {
        tables += &format!("%R\t{n}\t1\t{}\n", n - 1);
    }
    tables += "%T\tTASK\n%F\ttask_id\tproj_id\twbs_id\tremain_drtn_hr_cnt\n%R\t1\t1\t300\t8\n";
    let imported = project(&tables);
    assert!((2..100).contains(&imported.document.activities.len()));
    assert!(
        imported
            .loss
            .of(LossKind::Changed)
            .any(|loss| &*loss.subject == "PROJWBS.parent_wbs_id")
    );
}
