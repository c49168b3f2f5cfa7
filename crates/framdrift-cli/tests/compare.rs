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
the programme finishes 2026-03-09T17:00 instead of 2026-03-05T17:00: 4d later by the clock
2 start or finish at another time
new: fika

because `packa` takes 5d instead of 3d:
       +4d  2026-03-05T17:00 → 2026-03-09T17:00  flytta “Flytta, med kran”
       +2d  2026-03-04T17:00 → 2026-03-06T17:00  packa

without moving a start or finish:
  `fika` is new
";
    assert_eq!(out(&output), expected);

    let output = framdrift(folder.path(), &["compare", "b.yaml", "a.yaml"]);
    assert!(
        out(&output).starts_with(
            "the programme finishes 2026-03-05T17:00 instead of 2026-03-09T17:00: 4d earlier by the clock\n"
        )
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
        json!({"before": "2026-03-05T17:00", "after": "2026-03-09T17:00", "by": 4 * 1_440})
    );
    assert_eq!(value["added"], json!(["fika"]));
    assert_eq!(value["removed"], json!([]));
    let change = &value["changes"][0];
    assert_eq!(change["kind"], "span");
    assert_eq!(change["nodes"], json!(["packa"]));
    assert_eq!(change["words"], "`packa` takes 5d instead of 3d");
    assert_eq!(
        change["moved"],
        json!([{"id": "flytta", "by": 5_760}, {"id": "packa", "by": 2_880}])
    );
    let moved = &value["moves"][1];
    assert_eq!(moved["id"], "flytta");
    assert_eq!(moved["title"], "Flytta, med kran");
    assert_eq!(moved["before"]["start"], "2026-03-05T08:00");
    assert_eq!(moved["because"], 0);
    assert_eq!(moved["through"], json!(["packa"]));
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
