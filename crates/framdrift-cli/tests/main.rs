//! Tests of the program as a user runs it.

mod compare;
mod convert;
mod delivery;
mod pictures;
mod readme;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// A folder of its own for a test, removed when the test ends.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("framdrift-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    pub(crate) fn file(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.0.join(name), text).expect("a file in the temporary folder");
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn framdrift(folder: &Path, arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_framdrift");
    Command::new(program)
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts")
}

pub(crate) fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("UTF-8")
}

pub(crate) fn errors(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("UTF-8")
}

pub(crate) fn code(output: &Output) -> i32 {
    output.status.code().expect("it exits by itself")
}

const GOOD: &str = "framdrift: 1\nid: flytt\nstart: 2026-03-02\nactivities:\n- {id: packa, duration: 3d}\n- {id: flytta, title: \"Flytta, med kran\", duration: 1d, after: [packa]}\n";
const LATE: &str =
    "framdrift: 1\nid: flytt\nstart: 2026-03-02\nactivities:\n- {id: packa, duration: 3d, deadline: 2026-03-03}\n";
const BAD: &str = "framdrift: 1\nid: flytt\nstart: 2026-03-02\nactivities:\n- {id: packa, duration: 3 dagar}\n";

#[test]
fn check_tells_by_its_exit_status() {
    let folder = Folder::new("status");
    folder.file("good.yaml", GOOD);
    folder.file("late.yaml", LATE);
    folder.file("bad.yaml", BAD);
    folder.file("latin1.yaml", b"framdrift: 1\nid: f\xf6rs\xf6k\n");
    for (arguments, expected) in [
        (&["check", "good.yaml"][..], 0),
        (&["check", "late.yaml"], 0),
        (&["check", "bad.yaml"], 1),
        (&["check", "good.yaml", "bad.yaml"], 1),
        (&["check", "missing.yaml"], 2),
        (&["check", "latin1.yaml"], 2),
        (&["check", "bad.yaml", "missing.yaml"], 2),
        (&["check"], 2),
        (&["chek", "good.yaml"], 2),
        (&["schedule", "good.yaml"], 0),
        (&["schedule", "bad.yaml"], 1),
        (&["schedule", "missing.yaml"], 2),
        (&["explain", "good.yaml", "flytta"], 0),
        (&["explain", "good.yaml", "activity flytta"], 0),
        (&["explain", "good.yaml", "gate flytta"], 2),
        (&["explain", "good.yaml", "flyta"], 2),
    ] {
        let output = framdrift(folder.path(), arguments);
        assert_eq!(
            code(&output),
            expected,
            "{arguments:?}\n{}{}",
            out(&output),
            errors(&output)
        );
    }
}

#[test]
fn check_says_what_is_wrong_and_what_is_not() {
    let folder = Folder::new("says");
    folder.file("good.yaml", GOOD);
    folder.file("bad.yaml", BAD);
    assert_eq!(
        out(&framdrift(folder.path(), &["check", "good.yaml"])),
        "good.yaml: no faults, no warnings\n"
    );
    let output = framdrift(folder.path(), &["check", "bad.yaml"]);
    let text = out(&output);
    assert!(
        text.contains("error[malformed-value]: `3 dagar` is not a duration"),
        "{text}"
    );
    assert!(text.contains("bad.yaml:5:25"), "{text}");
    assert!(text.contains("at activity packa / duration"), "{text}");
    assert!(text.ends_with("bad.yaml: 1 error, 0 warnings\n"), "{text}");
}

#[test]
fn check_reads_standard_input() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_framdrift"))
        .args(["check", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child
        .stdin
        .take()
        .expect("its standard input")
        .write_all(BAD.as_bytes())
        .expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["files"][0]["path"], "<stdin>");
    assert_eq!(json["errors"], 1);
}

#[test]
fn check_as_json_has_every_field() {
    let folder = Folder::new("json");
    folder.file("late.yaml", LATE);
    folder.file("bad.yaml", BAD.replace("3 dagar", "3d, after: [paka]"));
    let output = framdrift(folder.path(), &["check", "late.yaml", "bad.yaml", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&json["format"], &json["errors"], &json["warnings"]),
        (&1.into(), &1.into(), &1.into())
    );
    let late = &json["files"][0]["diagnostics"][0];
    assert_eq!(late["code"], "missed-deadline");
    assert_eq!(late["severity"], "warning");
    assert_eq!(late["pointer"], "/activities/0/deadline");
    assert_eq!(late["address"], "activity packa / deadline");
    assert_eq!((late["line"].as_u64(), late["column"].as_u64()), (Some(5), Some(39)));
    assert_eq!(
        (late["end_line"].as_u64(), late["end_column"].as_u64()),
        (Some(5), Some(49))
    );
    assert_eq!(late["related"], Value::Array(Vec::new()));
    let bad = &json["files"][1]["diagnostics"][0];
    assert_eq!(bad["fix"], "packa");
    assert_eq!(bad["help"], "did you mean `packa`?");
}

#[test]
fn schedule_as_json_has_every_field() {
    let folder = Folder::new("schedule");
    folder.file("good.yaml", GOOD);
    let output = framdrift(folder.path(), &["schedule", "good.yaml", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["format"], 1);
    assert_eq!(json["start"], "2026-03-02T00:00");
    assert_eq!(json["finish"], "2026-03-05T17:00");
    assert_eq!(json["critical_path"], serde_json::json!(["packa", "flytta"]));
    let expected = serde_json::json!({
        "id": "flytta", "kind": "activity", "address": "activity flytta", "uid": null, "title": "Flytta, med kran",
        "start": "2026-03-05T08:00", "finish": "2026-03-05T17:00",
        "early_start": "2026-03-05T08:00", "early_finish": "2026-03-05T17:00",
        "late_start": "2026-03-05T08:00", "late_finish": "2026-03-05T17:00",
        "total_float": 0, "free_float": 0, "float_counts": "working-time", "critical": true, "on_critical_path": true, "pinned": false,
    });
    assert_eq!(json["activities"][1], expected);
}

#[test]
fn schedule_as_csv_quotes_what_must_be_quoted() {
    let folder = Folder::new("csv");
    folder.file(
        "good.yaml",
        GOOD.replace("title: \"Flytta, med kran\"", "title: \"=cmd(), \\\"flytta\\\"\""),
    );
    let output = framdrift(folder.path(), &["schedule", "good.yaml", "--format", "csv"]);
    let text = out(&output);
    assert!(text.starts_with("id,kind,address,uid,title,start,finish,"), "{text}");
    assert!(
        text.contains("\r\nflytta,activity,activity flytta,,\"'=cmd(), \"\"flytta\"\"\",2026-03-05T08:00,"),
        "{text}"
    );
}

#[test]
fn a_programme_without_a_start_has_no_dates_and_says_so() {
    let folder = Folder::new("start");
    folder.file("open.yaml", GOOD.replace("start: 2026-03-02\n", ""));
    assert_eq!(code(&framdrift(folder.path(), &["check", "open.yaml"])), 0);
    for arguments in [&["schedule", "open.yaml"][..], &["explain", "open.yaml", "packa"]] {
        let output = framdrift(folder.path(), arguments);
        assert_eq!(code(&output), 2);
        assert_eq!(out(&output), "");
        assert!(errors(&output).contains("has no start"), "{}", errors(&output));
    }
}

#[test]
fn warnings_do_not_mix_with_the_schedule() {
    let folder = Folder::new("warnings");
    folder.file("late.yaml", LATE);
    let output = framdrift(folder.path(), &["schedule", "late.yaml", "--format", "json"]);
    assert_eq!(code(&output), 0);
    serde_json::from_slice::<Value>(&output.stdout).expect("nothing but JSON on standard output");
    assert!(errors(&output).contains("missed-deadline"), "{}", errors(&output));
}

#[test]
fn what_is_not_there_gets_a_suggestion() {
    let folder = Folder::new("suggestion");
    folder.file("good.yaml", GOOD);
    let output = framdrift(folder.path(), &["explain", "good.yaml", "activity flyta"]);
    assert!(
        errors(&output).contains("did you mean `flytta`?"),
        "{}",
        errors(&output)
    );
    folder.file(
        "plan.yaml",
        "framdrift: 1\nid: x\nstart: 2026-03-02\nactivities: [{id: pack, duration: 1d}, {id: unload-boxes, duration: 1d}]\n",
    );
    for (asked, near) in [
        ("packing", "`pack`"),
        ("task packing", "`pack`"),
        ("boxes", "`unload-boxes`"),
        ("unload", "`unload-boxes`"),
        ("thing pack", "`pack`"),
    ] {
        let output = framdrift(folder.path(), &["explain", "plan.yaml", asked]);
        let expected = format!("error: nothing with a date is called `{asked}`; did you mean {near}?\n");
        assert_eq!((code(&output), errors(&output)), (2, expected.as_str()));
    }
}

#[test]
fn explain_without_a_question_says_what_can_be_asked() {
    let folder = Folder::new("no-question");
    folder.file("good.yaml", GOOD);
    let output = framdrift(folder.path(), &["explain", "good.yaml"]);
    assert_eq!(
        (code(&output), errors(&output)),
        (
            2,
            "error: say what to explain: an address such as `activity training` or a reference such as `guideline/v2`, `--paths 3` \
             for the paths with least float to the finish of the programme, or `--clashes` for what cannot be kept\n"
        )
    );
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let folder = Folder::new("pipe");
    let many: String = (0..20_000).map(|i| format!("- {{id: a{i}, duration: 1d}}\n")).collect();
    folder.file(
        "many.yaml",
        format!("framdrift: 1\nid: many\nstart: 2026-03-02\nactivities:\n{many}"),
    );
    let mut child = Command::new(env!("CARGO_BIN_EXE_framdrift"))
        .current_dir(folder.path())
        .args(["schedule", "many.yaml"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((code(&output), errors(&output)), (0, ""));
}

const FACTS: &str = "framdrift-facts: 1\nprogramme: flytt\nstatus-date: 2026-03-03\nfacts:\n- {of: packa, started: 2026-03-02, remaining: 2d}\n";

#[test]
fn recorded_progress_is_read_beside_its_programme() {
    let folder = Folder::new("facts");
    folder.file("good.yaml", GOOD);
    folder.file("late.yaml", LATE);
    folder.file("bad.yaml", BAD);
    folder.file("facts.yaml", FACTS);
    folder.file("other.yaml", FACTS.replace("of: packa", "of: paka"));
    folder.file("latin1.yaml", b"framdrift-facts: 1\nprogramme: f\xf6rs\xf6k\n");
    for (arguments, expected) in [
        (&["check", "good.yaml", "--facts", "facts.yaml"][..], 0),
        (&["check", "late.yaml", "--facts", "facts.yaml"], 0),
        (&["check", "good.yaml", "--facts", "other.yaml"], 1),
        (&["check", "bad.yaml", "--facts", "facts.yaml"], 1),
        (&["check", "good.yaml", "--facts", "missing.yaml"], 2),
        (&["check", "good.yaml", "--facts", "latin1.yaml"], 2),
        (&["check", "good.yaml", "late.yaml", "--facts", "facts.yaml"], 2),
        (&["check", "-", "--facts", "-"], 2),
        (&["check", "facts.yaml"], 1),
        (&["schedule", "good.yaml", "--facts", "facts.yaml"], 0),
        (&["schedule", "good.yaml", "--facts", "other.yaml"], 1),
        (&["schedule", "good.yaml", "--facts", "latin1.yaml"], 2),
        (&["explain", "good.yaml", "packa", "--facts", "facts.yaml"], 0),
        (&["explain", "good.yaml", "--facts", "other.yaml", "packa"], 1),
    ] {
        let output = framdrift(folder.path(), arguments);
        assert_eq!(
            code(&output),
            expected,
            "{arguments:?}\n{}{}",
            out(&output),
            errors(&output)
        );
    }
    let output = framdrift(folder.path(), &["check", "good.yaml", "--facts", "other.yaml"]);
    let text = out(&output);
    assert!(text.starts_with("good.yaml: no faults, no warnings\n"), "{text}");
    assert!(text.contains("other.yaml:5:8"), "{text}");
    assert!(text.contains("did you mean `packa`?"), "{text}");
    let output = framdrift(
        folder.path(),
        &["check", "late.yaml", "--facts", "other.yaml", "--format", "json"],
    );
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        (&json["errors"], &json["warnings"], &json["files"][1]["path"]),
        (&1.into(), &0.into(), &"other.yaml".into())
    );
    assert_eq!(json["files"][1]["diagnostics"][0]["pointer"], "/facts/0/of");
    let output = framdrift(folder.path(), &["schedule", "good.yaml", "--facts", "other.yaml"]);
    assert_eq!(out(&output), "");
    assert!(errors(&output).contains("did you mean `packa`?"), "{}", errors(&output));
}

#[test]
fn a_profile_is_one_of_three() {
    let folder = Folder::new("profile");
    folder.file("good.yaml", GOOD);
    for profile in ["framdrift", "msproject", "p6"] {
        for arguments in [&["schedule", "good.yaml"][..], &["explain", "good.yaml", "packa"]] {
            let arguments = [arguments, &["--profile", profile]].concat();
            let output = framdrift(folder.path(), &arguments);
            assert_eq!(code(&output), 0, "{profile}: {}", errors(&output));
        }
    }
    let output = framdrift(folder.path(), &["schedule", "good.yaml", "--profile", "primavera"]);
    assert_eq!(code(&output), 2);
    assert!(
        errors(&output).contains("framdrift, msproject, p6"),
        "{}",
        errors(&output)
    );
}

#[test]
fn numbers_of_other_tools_are_printed() {
    let folder = Folder::new("uid");
    folder.file("good.yaml", GOOD.replace("id: flytta,", "id: flytta, uid: 42,"));
    let output = framdrift(folder.path(), &["schedule", "good.yaml", "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["activities"][0]["uid"], Value::Null);
    assert_eq!(json["activities"][1]["uid"], 42);
    let output = framdrift(folder.path(), &["schedule", "good.yaml", "--format", "csv"]);
    assert!(
        out(&output).contains("\r\nflytta,activity,activity flytta,42,"),
        "{}",
        out(&output)
    );
}

const CHAIN: &str = "framdrift: 1
id: flytt
start: 2026-03-02
activities:
- {id: packa, duration: 3d}
- {id: städa, duration: 1h, after: [packa]}
- {id: måla, duration: 1d}
- {id: flytta, duration: 1d, after: [städa, måla], deadline: 2026-03-04}
gates:
- {id: klart, after: [flytta]}
";

#[test]
fn explain_tells_why_not_critical_and_what_is_left_until_when() {
    let folder = Folder::new("waits");
    folder.file("plan.yaml", CHAIN.replace("städa", "stada").replace("måla", "mala"));
    let output = framdrift(folder.path(), &["explain", "plan.yaml", "mala"]);
    let text = out(&output);
    let expected = "  why not critical:
    `flytta`, which is critical, waits 2d 1h longer for the finish of `stada`
  float towards:
";
    assert!(text.contains(expected), "{text}");
    assert!(text.contains("the deadline of `flytta`, 2026-03-04T17:00"), "{text}");
    assert!(text.contains("gate `klart` as it stands, 2026-03-06T09:00"), "{text}");
    let output = framdrift(folder.path(), &["explain", "plan.yaml", "mala", "--format", "json"]);
    let value: Value = serde_json::from_str(out(&output)).expect("JSON");
    assert_eq!(value["id"], "mala");
    assert_eq!(value["waits"]["waits"][0]["margin"], 1_020);
    assert_eq!(value["waits"]["waits"][0]["ahead"]["link"]["kind"], "FS");
    assert_eq!(value["floats"]["towards"][0]["target"], "deadline");
}

#[test]
fn explain_tells_paths_and_clashes() {
    let folder = Folder::new("paths");
    folder.file("plan.yaml", CHAIN.replace("städa", "stada").replace("måla", "mala"));
    folder.file("good.yaml", GOOD);
    let ask = |arguments: &[&str]| {
        let output = framdrift(folder.path(), &[&["explain"], arguments].concat());
        (code(&output), out(&output).to_owned())
    };
    let paths = "1. the longest: packa → stada → flytta → klart\n2. 2d 1h shorter: mala → flytta (waits 2d 1h longer) → klart\n";
    assert_eq!(ask(&["plan.yaml", "--paths", "5"]), (0, paths.to_owned()));
    assert_eq!(ask(&["plan.yaml", "klart", "--paths", "5"]), (0, paths.to_owned()));
    let clashes = "`flytta` finishes 2026-03-06T09:00, 1d 1h after its deadline, 2026-03-04T17:00:
  packa from the start of the programme, takes 3d
  stada after the finish of `packa`
  flytta after the finish of `stada`, takes 1d\n";
    assert_eq!(ask(&["plan.yaml", "--clashes"]), (0, clashes.to_owned()));
    assert_eq!(
        ask(&["good.yaml", "--clashes"]),
        (0, "every date can be kept\n".to_owned())
    );
    let (_, json) = ask(&["plan.yaml", "--clashes", "--format", "json"]);
    let value: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["clashes"][0]["late"], 540);
    assert_eq!(value["clashes"][0]["chain"][1]["duration"], false);
    let (_, json) = ask(&["plan.yaml", "--paths", "5", "--format", "json"]);
    let value: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(value["paths"][1]["steps"][1]["gap"], 1_020);
    assert_eq!(value["more"], false);
    for wrong in [
        &["plan.yaml"][..],
        &["plan.yaml", "mala", "--clashes"],
        &["plan.yaml", "--paths", "0"],
        &["plan.yaml", "--paths", "1001"],
    ] {
        assert_eq!(ask(wrong).0, 2, "{wrong:?}");
    }
}
