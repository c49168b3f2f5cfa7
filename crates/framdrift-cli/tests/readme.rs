//! The README shows what the program really prints, and all that it needs is in the repository.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{Folder, code, errors, framdrift};

const README: &str = include_str!("../../../README.md");

/// The README's first programme.
pub(crate) const SMALLEST: &str = include_str!("../../../examples/first/office-move.yaml");

/// The fenced blocks of one language.
fn blocks(language: &str) -> Vec<&'static str> {
    let fence = format!("```{language}\n");
    README
        .split(fence.as_str())
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect()
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The commands of all console blocks in order, each with what is shown of it.
fn console() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    for block in blocks("console") {
        let block = block.strip_prefix("$ ").expect("a console block begins with a command");
        for command in block.split("\n$ ") {
            let (command, shown) = command.split_once('\n').unwrap_or((command, ""));
            found.push((command, shown.trim_end_matches('\n')));
        }
    }
    found
}

/// The examples as a clone has them, for commands to run in and write to.
fn clone(to: &Path) {
    for folder in ["examples/first", "examples/programmes"] {
        std::fs::create_dir_all(to.join(folder)).expect("a temporary folder");
        for file in std::fs::read_dir(root().join(folder)).expect("a folder of examples") {
            let file = file.expect("a file").path();
            let name = file.file_name().expect("its name");
            std::fs::copy(&file, to.join(folder).join(name)).expect("a copy");
        }
    }
}

#[test]
fn the_smallest_file_is_small_and_the_one_that_is_shown() {
    assert!(SMALLEST.lines().count() <= 12, "{SMALLEST}");
    assert_eq!(blocks("yaml"), [SMALLEST]);
}

/// Runs the commands one after another, as somebody who reads on does. Both streams are what a terminal shows.
///
/// To write anew what is shown: `FRAMDRIFT_BLESS=1 cargo test -p framdrift-cli --test main readme`, and look at the difference.
#[test]
fn every_command_prints_what_is_shown() {
    let folder = Folder::new("readme");
    clone(folder.path());
    let mut at = folder.path().to_owned();
    let mut ran = 0;
    let mut anew = README.to_owned();
    for (command, shown) in console() {
        if let Some(to) = command.strip_prefix("cd ") {
            at = at.join(to);
            assert!(at.is_dir(), "$ {command}: there is no such folder");
            continue;
        }
        // Examples run with the other tests of the examples.
        if command.starts_with("cargo run -q --example ") {
            continue;
        }
        let arguments = command
            .strip_prefix("framdrift ")
            .expect("a command that can be run here");
        let output = Command::new(env!("CARGO_BIN_EXE_framdrift"))
            .current_dir(&at)
            .args(arguments.split(' '))
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let printed = [output.stderr, output.stdout].concat();
        let printed = String::from_utf8(printed).expect("UTF-8");
        let printed = printed.trim_end_matches('\n');
        if std::env::var_os("FRAMDRIFT_BLESS").is_some() {
            let said = |text: &str| format!("$ {command}\n{text}").trim_end().to_owned();
            anew = anew.replacen(&said(shown), &said(printed), 1);
            std::fs::write(root().join("README.md"), &anew).expect("the README is written");
        }
        assert!(
            printed == shown,
            "$ {command}\nprints\n{printed}\nand the README says\n{shown}"
        );
        ran += 1;
    }
    assert!(ran >= 6, "the README shows check, schedule, gantt and explain");
    let drawn = std::fs::read(at.join("office-move.svg")).expect("the picture that the README draws");
    let shown = std::fs::read(root().join("crates/framdrift/docs/office-move.svg")).expect("the picture that it shows");
    assert!(drawn == shown, "the README's picture is not what is drawn");
}

/// The guide to other tools' rules shows how the program is called. Its files are made up here.
#[test]
fn every_command_of_the_guide_can_be_called() {
    const GUIDE: &str = include_str!("../../framdrift/docs/other-tools.md");
    let folder = Folder::new("guide");
    let plan = |hours| {
        format!(
            "<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks><Task><UID>42</UID><Duration>PT{hours}H</Duration></Task></Tasks></Project>"
        )
    };
    folder.file("plan.xml", plan(8));
    folder.file("before.xml", plan(8));
    folder.file("after.xml", plan(16));
    let two = std::fs::read(root().join("crates/framdrift-interchange/tests/fixtures/bridge.xer"));
    folder.file("plan.xer", two.expect("a file with two projects"));
    let block = GUIDE.split("```sh\n").nth(1).and_then(|rest| rest.split("```").next());
    let mut ran = 0;
    for line in block.expect("a block of commands").lines() {
        let command = line.split('#').next().expect("a command").trim();
        let arguments = command.strip_prefix("framdrift ").expect("a command of this program");
        // A quoted argument is the only one with a space.
        let arguments: Vec<&str> = arguments
            .split('\'')
            .enumerate()
            .flat_map(|(at, part)| {
                if at % 2 == 1 {
                    vec![part]
                } else {
                    part.split_whitespace().collect()
                }
            })
            .collect();
        let output = framdrift(folder.path(), &arguments);
        assert_eq!(code(&output), 0, "$ {command}\n{}", errors(&output));
        ran += 1;
    }
    assert!(ran >= 8, "{ran} commands");
}

#[test]
fn what_is_built_and_linked_is_there() {
    let version = concat!(
        "framdrift = \"",
        env!("CARGO_PKG_VERSION_MAJOR"),
        ".",
        env!("CARGO_PKG_VERSION_MINOR")
    );
    assert!(
        blocks("toml")[0].contains(version),
        "the version that the README depends on"
    );
    let words = blocks("sh")
        .into_iter()
        .flat_map(str::split_whitespace)
        .collect::<Vec<_>>();
    for pair in words.windows(2) {
        if pair[0] == "--path" {
            assert!(
                root().join(pair[1]).join("Cargo.toml").is_file(),
                "{} is not there",
                pair[1]
            );
        }
    }
    let links = README
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', '#']).next());
    for link in links.filter(|link| !link.starts_with("http") && !link.is_empty()) {
        assert!(root().join(link).exists(), "{link} is not there");
    }
}
