//! `framdrift compare`.

use serde_json::{Value, json};

use crate::{BAD, Folder, GOOD, code, errors, framdrift, out};

const SLOWER: &str = "framdrift: 1\nid: flytt\nstart: 2026-03-02\nactivities:\n- {id: packa, duration: 5d}\n- {id: flytta, title: \"Flytta, med kran\", duration: 1d, after: [packa]}\n- {id: fika, duration: 1h}\n";

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("a.yaml", GOOD);
    folder.file("b.yaml", SLOWER);
    folder.file("bad.yaml", BAD);
    folder.file(
        "b.facts.yaml",
        "framdrift-facts: 1\nfacts: [{of: packa, started: 2026-03-04}]\n",
    );
    folder
}

#[test]
fn it_says_what_moved_and_why() {
    let folder = folder("compare");
    let output = framdrift(folder.path(), &["compare", "a.yaml", "b.yaml"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let expected = "\
the programme finishes 2026-03-09T17:00 instead of 2026-03-05T17:00: 2d later
2 start or finish at another time
new: fika

because `packa` takes 5d instead of 3d:
       +2d  finish         2026-03-05T17:00 → 2026-03-09T17:00  the programme
       +2d  start, finish  2026-03-05T17:00 → 2026-03-09T17:00  flytta “Flytta, med kran”
       +2d  finish         2026-03-04T17:00 → 2026-03-06T17:00  packa

without moving a start or finish, alone or with the others:
  `fika` is new
";
    assert_eq!(out(&output), expected);

    let output = framdrift(folder.path(), &["compare", "b.yaml", "a.yaml"]);
    assert!(
        out(&output).starts_with("the programme finishes 2026-03-05T17:00 instead of 2026-03-09T17:00: 2d earlier\n")
    );
    let output = framdrift(folder.path(), &["compare", "a.yaml", "a.yaml"]);
    assert_eq!(
        out(&output),
        "the programme finishes 2026-03-05T17:00, as before\nnothing starts or finishes at another time\n"
    );
}

#[test]
fn programs_get_the_same() {
    let folder = folder("compare-json");
    let output = framdrift(folder.path(), &["compare", "a.yaml", "b.yaml", "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let value: Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!(value["format"], 1);
    assert_eq!(
        value["finish"],
        json!({"before": "2026-03-05T17:00", "after": "2026-03-09T17:00", "moved": {
            "by": 2 * 480, "unit": "working-time", "clock": 4 * 1_440, "together": 0,
            "causes": [{"change": 0, "share": 2 * 480, "through": ["packa", "flytta"]}],
        }})
    );
    assert_eq!(value["added"], json!(["fika"]));
    assert_eq!(value["removed"], json!([]));
    let change = &value["changes"][0];
    assert_eq!(change["kind"], "span");
    assert_eq!(change["nodes"], json!(["packa"]));
    assert_eq!(change["words"], "`packa` takes 5d instead of 3d");
    assert_eq!((&change["before"], &change["after"]), (&json!("3d"), &json!("5d")));
    assert_eq!(change["reach"], "moves");
    assert_eq!(value["changes"][1]["reach"], "nothing");
    let effect = |id, date| json!({"id": id, "date": date, "share": 960, "unit": "working-time"});
    assert_eq!(
        change["moved"],
        json!([
            effect("flytta", "start"),
            effect("flytta", "finish"),
            effect("packa", "finish")
        ])
    );
    let moved = &value["moves"][1];
    assert_eq!(moved["id"], "flytta");
    assert_eq!(moved["title"], "Flytta, med kran");
    assert_eq!(moved["before"]["start"], "2026-03-05T08:00");
    let shift = json!({
        "by": 960, "unit": "working-time", "clock": 5_760, "together": 0,
        "causes": [{"change": 0, "share": 960, "through": ["packa"]}],
    });
    assert_eq!((&moved["start"], &moved["finish"]), (&shift, &shift));
    assert_eq!(value["moves"][0]["start"], Value::Null);
}

#[test]
fn progress_and_profiles_count() {
    let folder = folder("compare-facts");
    let arguments = [
        "compare",
        "b.yaml",
        "b.yaml",
        "--facts-b",
        "b.facts.yaml",
        "--profile",
        "p6",
    ];
    let output = framdrift(folder.path(), &arguments);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    let started = "because `packa` started 2026-03-04T08:00; before, it had not started:";
    assert!(out(&output).contains(started), "{}", out(&output));
}

#[test]
fn faults_are_told_as_by_other_commands() {
    let folder = folder("compare-faults");
    folder.file(
        "no-start.yaml",
        "framdrift: 1\nid: x\nactivities:\n- {id: a, duration: 1d}\n",
    );
    for (arguments, expected, message) in [
        (&["compare", "a.yaml", "bad.yaml"][..], 1, "malformed-value"),
        (&["compare", "bad.yaml", "a.yaml"], 1, "malformed-value"),
        (&["compare", "a.yaml", "missing.yaml"], 2, "cannot open `missing.yaml`"),
        (&["compare", "a.yaml"], 2, "<B>"),
        (&["compare", "-", "-"], 2, "only one of the files can be standard input"),
        (
            &["compare", "a.yaml", "no-start.yaml"],
            2,
            "`no-start.yaml` has no start",
        ),
    ] {
        let output = framdrift(folder.path(), arguments);
        assert_eq!(code(&output), expected, "{arguments:?}: {}", errors(&output));
        assert!(errors(&output).contains(message), "{arguments:?}: {}", errors(&output));
        assert_eq!(out(&output), "");
    }
}

#[test]
fn every_change_on_the_chain_has_its_share() {
    let folder = Folder::new("compare-shares");
    let plan = |a: &str, b: &str| {
        format!(
            "framdrift: 1\nid: x\nstart: 2026-03-02\nactivities:\n- {{id: a, duration: {a}}}\n- {{id: b, duration: {b}, after: [a]}}\n"
        )
    };
    folder.file("a.yaml", plan("2d", "2d"));
    folder.file("b.yaml", plan("20d", "5d"));
    let output = framdrift(folder.path(), &["compare", "a.yaml", "b.yaml"]);
    let expected = "\
the programme finishes 2026-04-03T17:00 instead of 2026-03-05T17:00: 21d later
2 start or finish at another time

because `a` takes 20d instead of 2d:
      +18d  finish         2026-03-05T17:00 → 2026-04-03T17:00  the programme (+21d in all)
      +18d  start          2026-03-04T08:00 → 2026-03-30T08:00  b
      +18d  finish         2026-03-05T17:00 → 2026-04-03T17:00  b (+21d in all)
      +18d  finish         2026-03-03T17:00 → 2026-03-27T17:00  a

because `b` takes 5d instead of 2d:
       +3d  finish         2026-03-05T17:00 → 2026-04-03T17:00  the programme (+21d in all)
       +3d  finish         2026-03-05T17:00 → 2026-04-03T17:00  b (+21d in all)
";
    assert_eq!(out(&output), expected);
}

#[test]
fn other_hours_are_no_other_rules() {
    let folder = Folder::new("compare-hours");
    for (profile, calendar) in [
        ("framdrift", ""),
        ("p6", ""),
        ("msproject", ""),
        ("framdrift", "calendar: short\n"),
    ] {
        let plan = |hours: &str| {
            format!(
                "framdrift: 1\nid: x\nstart: 2026-03-02\n{calendar}calendars:\n- {{id: short, week: {{mon: [{hours}], tue: [{hours}], wed: [{hours}]}}}}\nactivities:\n- {{id: a, duration: 5d, calendar: short}}\n- {{id: b, duration: 2d, after: [a]}}\n"
            )
        };
        folder.file("a.yaml", plan("\"08:00-12:00\""));
        folder.file("b.yaml", plan("\"08:00-14:00\""));
        let arguments = ["compare", "a.yaml", "b.yaml", "--profile", profile];
        let output = framdrift(folder.path(), &arguments);
        assert_eq!(code(&output), 0, "{}", errors(&output));
        assert!(
            out(&output).contains("because the hours of the calendar `short` changed"),
            "{}",
            out(&output)
        );
        assert!(!out(&output).contains("rules"), "{}", out(&output));
    }
}

#[test]
fn what_is_left_of_elapsed_time_is_elapsed_time() {
    let folder = Folder::new("compare-left");
    folder.file(
        "a.yaml",
        "framdrift: 1\nid: x\nstart: 2026-03-02\nactivities:\n- {id: migrate, duration: 7ed}\n",
    );
    folder.file(
        "a.facts.yaml",
        "framdrift-facts: 1\nstatus-date: 2026-03-04\nfacts: [{of: migrate, started: 2026-03-02, remaining: 5ed}]\n",
    );
    let arguments = ["compare", "a.yaml", "a.yaml", "--facts-b", "a.facts.yaml"];
    let output = framdrift(folder.path(), &arguments);
    assert!(!out(&output).contains("15d"), "{}", out(&output));
    assert!(out(&output).contains("has 5ed left"), "{}", out(&output));
}

/// Two plans of one head, their output for people and for programs.
fn both(name: &str, head: &str, [a, b]: [&str; 2]) -> (String, Value) {
    let folder = Folder::new(name);
    let head = format!("framdrift: 1\nid: x\nstart: 2026-03-02\n{head}");
    folder.file("a.yaml", format!("{head}{a}"));
    folder.file("b.yaml", format!("{head}{b}"));
    let text = framdrift(folder.path(), &["compare", "a.yaml", "b.yaml"]);
    assert_eq!(code(&text), 0, "{}", errors(&text));
    let value = framdrift(folder.path(), &["compare", "a.yaml", "b.yaml", "--format", "json"]);
    (out(&text).to_owned(), serde_json::from_str(out(&value)).unwrap())
}

/// What is printed can be typed back, before and after alike.
#[test]
fn elapsed_time_is_written_as_everywhere_else() {
    let plan = |fields: &str| format!("activities:\n- {{id: p, duration: 2d}}\n- {{id: q, duration: 1d, {fields}}}\n");
    for (name, [a, b], words, values) in [
        (
            "delay",
            ["delay: 1ed", "delay: 2ed"],
            "`q` is held back by 2ed instead of 1ed",
            json!(["1ed", "2ed"]),
        ),
        (
            "delay-new",
            ["title: Q", "title: Q, delay: 40eh"],
            "`q` is now held back by 1ed 16eh",
            json!([null, "1ed 16eh"]),
        ),
        (
            "delay-gone",
            ["delay: 90em", "title: Q"],
            "`q` is no longer held back by 1eh 30em",
            json!(["1eh 30em", null]),
        ),
        (
            "lag",
            ["after: [{from: p}]", "after: [{from: p, lag: 1ed}]"],
            "`q` waits for `p` by +1ed instead of without a lag",
            json!(["FS", "FS +1ed"]),
        ),
        (
            "lag-back",
            ["after: [{from: p, lag: -40eh}]", "after: [{from: p, lag: 12.5%}]"],
            "`q` waits for `p` by +12.5% instead of by -1ed 16eh",
            json!(["FS -1ed 16eh", "FS +12.5%"]),
        ),
    ] {
        let (text, value) = both(&format!("compare-elapsed-{name}"), "", [&plan(a), &plan(b)]);
        assert!(text.contains(words), "{text}");
        let change = &value["changes"][0];
        assert_eq!(change["words"], words);
        assert_eq!(json!([change["before"], change["after"]]), values);
    }
    let takes = |duration: &str| format!("activities:\n- {{id: export, duration: {duration}}}\n");
    let (text, value) = both("compare-elapsed-span", "", [&takes("10eh"), &takes("40eh")]);
    assert!(
        text.contains("because `export` takes 1ed 16eh instead of 10eh:"),
        "{text}"
    );
    let change = &value["changes"][0];
    assert_eq!([&change["before"], &change["after"]], ["10eh", "1ed 16eh"]);
    assert_eq!(value["finish"]["moved"]["unit"], "working-time");
    assert_eq!(value["moves"][0]["finish"]["unit"], "clock");
}

/// What stands between the counts and the causes.
fn lateness(text: &str) -> &str {
    let (head, _) = text.split_once("\n\n").unwrap_or((text, ""));
    head.split_once("\nlate")
        .map_or("", |(counts, _)| &head[counts.len() + 1..])
}

#[test]
fn what_is_late_now_or_no_longer_is_said() {
    let plan = |deadline: &str, gate: &str, copied: &str, window: &str| {
        format!(
            "activities:\n- {{id: pack, duration: 3d{deadline}}}\n- {{id: move, duration: 2d, after: [pack], window: {window}}}\n\
             - {{id: copy, duration: 40eh, deadline: {copied}}}\ngates:\n- {{id: go, after: [pack], planned: {gate}}}\n"
        )
    };
    let first = plan("", "2026-03-05T08:00", "2026-03-03T12:00", "2026-03-01/2026-03-05");
    let second = plan(
        ", deadline: 2026-03-03",
        "2026-03-03T17:00",
        "2026-03-03T08:00",
        "2026-03-01/2026-03-06",
    );
    let (text, value) = both("compare-late", "", [&first, &second]);
    assert_eq!(
        lateness(&text),
        "\
late now:
  `go` starts 2026-03-04T17:00, 1d after the date it is planned for, 2026-03-03T17:00
  `pack` finishes 2026-03-04T17:00, 1d after its deadline 2026-03-03T17:00
late no longer:
  `move` no longer finishes 1d after the end of its window, 2026-03-05 (its end); that is 2026-03-06 (its end) now
late by another amount:
  `copy` finishes 2026-03-03T16:00, 8eh after its deadline 2026-03-03T08:00; before, it was 4eh late"
    );
    assert_eq!(
        value["late"],
        json!([
            {"kind": "planned", "id": "go", "of_start": true, "before": null,
             "after": {"cap": "2026-03-03T17:00", "date": "2026-03-04T17:00", "late": 480, "late_counts": "working-time"}},
            {"kind": "deadline", "id": "pack", "of_start": false, "before": null,
             "after": {"cap": "2026-03-03T17:00", "date": "2026-03-04T17:00", "late": 480, "late_counts": "working-time"}},
            {"kind": "deadline", "id": "copy", "of_start": false,
             "before": {"cap": "2026-03-03T12:00", "date": "2026-03-03T16:00", "late": 240, "late_counts": "clock"},
             "after": {"cap": "2026-03-03T08:00", "date": "2026-03-03T16:00", "late": 480, "late_counts": "clock"}},
            {"kind": "window", "id": "move", "of_start": false,
             "before": {"cap": "2026-03-06T00:00", "date": "2026-03-06T17:00", "late": 480, "late_counts": "working-time"},
             "after": null},
        ])
    );
    // Nothing of it where both are late alike.
    let (text, value) = both("compare-late-alike", "", [&second, &second]);
    assert_eq!((lateness(&text), &value["late"]), ("", &json!([])));
}

#[test]
fn what_is_late_no_longer_says_what_became_of_it() {
    let head = "finish: 2026-03-03\n";
    let first = "activities:\n- {id: a, duration: 3d, deadline: 2026-03-03}\n- {id: b, duration: 3d, deadline: 2026-03-03}\n- {id: c, duration: 3d, deadline: 2026-03-03}\n";
    let second = "activities:\n- {id: a, duration: 2d, deadline: 2026-03-03}\n- {id: b, duration: 2d}\n";
    let (text, _) = both("compare-late-gone", head, [first, second]);
    assert_eq!(
        lateness(&text),
        "\
late no longer:
  the programme no longer finishes 1d after 2026-03-03T17:00, which it keeps
  `a` no longer finishes 1d after its deadline 2026-03-03T17:00, which it keeps
  `b` no longer finishes 1d after its deadline 2026-03-03T17:00, which it no longer has
  `c` no longer finishes 1d after its deadline 2026-03-03T17:00; it is gone"
    );
    let (text, value) = both("compare-late-back", head, [second, first]);
    assert_eq!(
        lateness(&text),
        "\
late now:
  the programme finishes 2026-03-04T17:00, 1d after 2026-03-03T17:00
  `a` finishes 2026-03-04T17:00, 1d after its deadline 2026-03-03T17:00
  `b` finishes 2026-03-04T17:00, 1d after its deadline 2026-03-03T17:00
  `c` finishes 2026-03-04T17:00, 1d after its deadline 2026-03-03T17:00"
    );
    assert_eq!(
        [&value["late"][0]["kind"], &value["late"][0]["id"]],
        [&json!("finish"), &Value::Null]
    );
}

#[test]
fn a_calendar_is_named() {
    let calendars = |hours: &str| {
        format!(
            "calendars:\n- {{id: weekend, week: {{sat: [\"{hours}\"]}}}}\n- {{id: office, week: {{mon: [\"08:00-16:00\"]}}}}\n\
             activities:\n- {{id: train, duration: 1d, calendar: weekend}}\n"
        )
    };
    let (text, _) = both(
        "compare-calendar",
        "",
        [&calendars("08:00-12:00"), &calendars("08:00-16:00")],
    );
    assert!(
        text.contains("because the hours of the calendar `weekend` changed:"),
        "{text}"
    );
    let later = calendars("08:00-12:00").replace("calendar: weekend", "calendar: office");
    let (text, value) = both("compare-other-calendar", "", [&calendars("08:00-12:00"), &later]);
    let words = "`train` has the calendar `office` instead of `weekend`";
    assert!(text.contains(words), "{text}");
    let change = &value["changes"][0];
    assert_eq!([&change["before"], &change["after"]], ["weekend", "office"]);
}
