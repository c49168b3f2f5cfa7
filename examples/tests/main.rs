//! Every example runs, and says what it is there to say.

mod facts;
mod questions;

use std::path::PathBuf;
use std::process::{Command, Output};

/// Where an example is. `cargo test` builds examples beside the tests.
fn built(name: &str) -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own path");
    let program: PathBuf = test
        .ancestors()
        .nth(2)
        .expect("target/debug")
        .join("examples")
        .join(name);
    assert!(
        program.exists(),
        "{} is missing: run all tests, or `cargo build --examples` first",
        program.display()
    );
    program
}

/// Runs an example as a user would.
fn example(name: &str, args: &[&str]) -> Output {
    Command::new(built(name))
        .args(args)
        .output()
        .expect("the example starts")
}

fn stdout(output: &Output) -> String {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

fn programme(name: &str) -> String {
    format!("{}/programmes/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn critical_path_of_the_health_record_programme() {
    let text = stdout(&example("critical_path", &[]));
    assert!(text.contains("because of"), "{text}");
    assert!(text.contains("P3M before"), "{text}");
    assert!(
        text.matches("because of").count() >= 8,
        "a path of several steps:\n{text}"
    );
}

#[cfg(unix)]
#[test]
fn the_readme_shows_what_examples_print() {
    let readme = include_str!("../../README.md");
    let mut seen = 0;
    for block in readme.split("```console\n$ cargo run -q --example ").skip(1) {
        let block = block.split("```").next().expect("a block");
        let (command, shown) = block.split_once('\n').expect("a command and its output");
        let (name, rest) = command.split_once(' ').unwrap_or((command, ""));
        let command = format!("'{}' {rest}", built(name).display());
        let output = Command::new("sh").args(["-c", &command]).output().expect("a shell");
        assert_eq!(stdout(&output), shown, "{name} {rest}");
        seen += 1;
    }
    assert_eq!(
        seen,
        readme.matches("cargo run -q --example").count(),
        "all of them run"
    );
}

#[test]
fn critical_path_of_another_file() {
    let text = stdout(&example(
        "critical_path",
        &[&programme("municipal-reorganisation.yaml")],
    ));
    assert!(text.starts_with("2021-"), "{text}");
}

#[test]
fn critical_path_of_other_tools_files() {
    let fixtures = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../crates/framdrift-interchange/tests/fixtures"
    );
    for name in ["school.xml", "bridge.xer"] {
        let output = example("critical_path", &[&format!("{fixtures}/{name}")]);
        let text = stdout(&output);
        assert!(text.contains("because of"), "{name}: {text}");
        assert!(!output.stderr.is_empty(), "{name}: what is lost is told");
    }
}

#[test]
fn validate_accepts_every_programme() {
    for name in [
        "health-record.yaml",
        "guideline-group.yaml",
        "collaboration-method.yaml",
        "activity-plan-2013.yaml",
    ] {
        let text = stdout(&example("validate", &[&programme(name)]));
        assert!(text.contains("well-formed"), "{text}");
    }
}

#[test]
fn validate_names_code_place_and_help() {
    let file = std::env::temp_dir().join(format!("framdrift-validate-{}.yaml", std::process::id()));
    std::fs::write(&file, "framdrift: 1\nid: x\nactivities:\n- {id: a, duraton: 1d}\n").expect("a temporary file");
    let output = example("validate", &[file.to_str().expect("a path")]);
    std::fs::remove_file(&file).expect("the temporary file is there");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text.contains(":4:11 error [unknown-key] at activity a / duraton"),
        "{text}"
    );
    assert!(text.contains("did you mean `duration`?"), "{text}");
}

#[test]
fn what_if_says_what_moves_and_takes_it_back() {
    let text = stdout(&example("what_if", &[]));
    assert!(
        text.contains("\nbecause `training-material/v3` has a new constraint"),
        "{text}"
    );
    for moved in ["handover", "go-live-1", "training-1@almsta"] {
        assert!(text.contains(moved), "{moved} moves:\n{text}");
    }
    assert!(
        text.contains("more like it"),
        "instances that move alike share a line:\n{text}"
    );
    assert!(
        text.ends_with("Both changes taken back (2), it finishes 2027-06-03T12:00.\n"),
        "{text}"
    );
}

#[test]
fn build_in_code_prints_dates_and_reasons() {
    let text = stdout(&example("build_in_code", &[]));
    assert!(text.contains("training@north"), "{text}");
    // Six weeks from 3 August end on 11 September at 17:00; two months on is 11 November.
    assert!(
        text.contains("gate go-live\n  decided by    steering-group\n  early start   2026-11-11T17:00"),
        "{text}"
    );
}

#[test]
fn cpm_only_prints_the_critical_path() {
    let text = stdout(&example("cpm_only", &[]));
    let path = text.split("critical path:").nth(1).expect("the path is printed");
    for step in ["plan", "permit", "walls", "roof"] {
        assert!(path.contains(step), "{text}");
    }
    assert!(!path.contains("ground"), "{text}");
}

/// The health-record programme stands here in both forms. `FRAMDRIFT_BLESS=1 cargo test -p framdrift-examples` rewrites the JSON.
#[test]
fn the_json_form_of_the_health_record_programme_is_the_yaml_form() {
    let read = |name: &str| std::fs::read(programme(name)).expect("the programme is here");
    let plan = framdrift::load(read("health-record.yaml")).expect("it is well-formed");
    let written = framdrift::source::write::to_json_text(plan.programme().document());
    if std::env::var_os("FRAMDRIFT_BLESS").is_some() {
        std::fs::write(programme("health-record.json"), &written).expect("the folder can be written");
    }
    let json = read("health-record.json");
    assert!(
        json == written.as_bytes(),
        "health-record.json is not what health-record.yaml says; see the command above"
    );
    let again = framdrift::load(json).expect("it is well-formed");
    assert_eq!(again.programme().document(), plan.programme().document());
}
