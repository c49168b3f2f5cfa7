//! What is not delivered is not done: a text that cannot be written makes the status 2, and a reader that goes away changes nothing.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::{BAD, Folder, GOOD, LATE, code, errors, framdrift, out};

/// Calls of every subcommand, with the status that each has where its output is taken. All print something.
const CALLS: &[(&[&str], i32)] = &[
    (&["check", "good.yaml"], 0),
    (&["check", "bad.yaml"], 1),
    (&["check", "bad.yaml", "missing.yaml"], 2),
    (&["check", "bad.yaml", "--format", "json"], 1),
    (&["schedule", "good.yaml"], 0),
    (&["schedule", "good.yaml", "--format", "json"], 0),
    (&["schedule", "late.yaml", "--format", "csv"], 0),
    (&["schedule", "bad.yaml"], 1),
    (&["convert", "good.yaml", "out.xml"], 0),
    (&["convert", "plan.xml", "out.yaml"], 0),
    (&["convert", "bad.yaml", "out.xml"], 1),
    (&["explain", "good.yaml", "packa"], 0),
    (&["explain", "good.yaml", "packa", "--format", "json"], 0),
    (&["explain", "good.yaml", "--paths", "2"], 0),
    (&["explain", "late.yaml", "--clashes"], 0),
    (&["explain", "bad.yaml", "packa"], 1),
    (&["compare", "good.yaml", "late.yaml"], 0),
    (&["compare", "good.yaml", "bad.yaml"], 1),
    (&["gantt", "good.yaml"], 0),
    (&["gantt", "good.yaml", "--format", "dot"], 0),
    (&["gantt", "bad.yaml"], 1),
    (&["help"], 0),
    (&["help", "explain"], 0),
    (&["--help"], 0),
    (&["--version"], 0),
    (&["schedule"], 2),
];

fn folder(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.file("good.yaml", GOOD);
    folder.file("late.yaml", LATE);
    folder.file("bad.yaml", BAD);
    let written = framdrift(folder.path(), &["convert", "good.yaml", "plan.xml"]);
    assert_eq!(code(&written), 0, "{}", errors(&written));
    folder
}

fn run(folder: &Path, arguments: &[&str], output: Stdio, complaints: Stdio) -> Output {
    Command::new(env!("CARGO_BIN_EXE_framdrift"))
        .current_dir(folder)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(complaints)
        .output()
        .expect("the program starts")
}

/// A pipe that nobody reads.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

#[test]
fn every_subcommand_is_called_here() {
    let folder = folder("delivery-all");
    let help = framdrift(folder.path(), &["--help"]);
    let commands = out(&help)
        .split_once("Commands:\n")
        .and_then(|(_, rest)| rest.split_once("\n\n"))
        .expect("a list of commands")
        .0;
    let names: Vec<&str> = commands
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() > 5, "{names:?}");
    for name in names {
        assert!(
            CALLS.iter().any(|(arguments, _)| arguments[0] == name),
            "`{name}` is not called"
        );
    }
    for (arguments, expected) in CALLS {
        let output = framdrift(folder.path(), arguments);
        assert_eq!(code(&output), *expected, "{arguments:?}: {}", errors(&output));
        assert!(!output.stdout.is_empty() || !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn a_closed_pipe_keeps_the_status() {
    let folder = folder("delivery-closed");
    for (arguments, expected) in CALLS {
        let usual = framdrift(folder.path(), arguments);
        let output = run(folder.path(), arguments, closed(), Stdio::piped());
        assert_eq!(code(&output), *expected, "{arguments:?} > closed pipe");
        assert_eq!(errors(&output), errors(&usual), "{arguments:?} > closed pipe");
        let output = run(folder.path(), arguments, Stdio::piped(), closed());
        assert_eq!(code(&output), *expected, "{arguments:?} 2> closed pipe");
        assert_eq!(out(&output), out(&usual), "{arguments:?} 2> closed pipe");
    }
    // A conversion writes its file, whoever reads what was lost.
    std::fs::remove_file(folder.path().join("out.xml")).expect("it was written");
    run(folder.path(), &["convert", "good.yaml", "out.xml"], closed(), closed());
    assert!(folder.path().join("out.xml").exists());
}

/// A device that is always full, as Linux has it.
#[cfg(target_os = "linux")]
fn full() -> File {
    File::options().write(true).open("/dev/full").expect("a full device")
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_is_said_and_fails() {
    let folder = folder("delivery-full");
    for (arguments, _) in CALLS {
        let usual = framdrift(folder.path(), arguments);
        if !usual.stdout.is_empty() {
            let output = run(folder.path(), arguments, full().into(), Stdio::piped());
            assert_eq!(code(&output), 2, "{arguments:?} > /dev/full");
            assert!(
                errors(&output)
                    .ends_with("error: cannot write to standard output: No space left on device (os error 28)\n"),
                "{arguments:?}: {}",
                errors(&output)
            );
        }
        if !usual.stderr.is_empty() {
            let output = run(folder.path(), arguments, Stdio::piped(), full().into());
            assert_eq!(code(&output), 2, "{arguments:?} 2> /dev/full");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_cannot_be_written_is_said_and_fails() {
    let folder = folder("delivery-file");
    for ending in ["yaml", "json", "xml", "svg", "mmd", "dot"] {
        let name = format!("out.{ending}");
        std::os::unix::fs::symlink("/dev/full", folder.path().join(&name)).expect("a link");
    }
    for (arguments, file) in [
        (&["convert", "good.yaml", "out.xml"][..], "out.xml"),
        (&["convert", "good.yaml", "out.json"], "out.json"),
        (&["convert", "plan.xml", "out.yaml"], "out.yaml"),
        (&["gantt", "good.yaml", "-o", "out.svg"], "out.svg"),
        (&["gantt", "good.yaml", "-o", "out.mmd"], "out.mmd"),
        (&["gantt", "good.yaml", "--output", "out.dot"], "out.dot"),
        (
            &["gantt", "good.yaml", "-o", "no-such-folder/out.svg"],
            "no-such-folder/out.svg",
        ),
    ] {
        let output = framdrift(folder.path(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        let told = errors(&output);
        assert!(
            told.contains(&format!("error: cannot write `{file}`: ")),
            "{arguments:?}: {told}"
        );
        assert!(!told.contains("wrote"), "{arguments:?}: {told}");
    }
    // What is no file has nothing to hand to a disk, and takes the text all the same.
    let output = framdrift(
        folder.path(),
        &["gantt", "good.yaml", "--format", "dot", "-o", "/dev/stdout"],
    );
    assert_eq!(code(&output), 0, "{}", errors(&output));
    assert!(out(&output).starts_with("digraph "));
}
