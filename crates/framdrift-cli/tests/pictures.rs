//! `framdrift gantt`: formats, where they go, and what is refused.

use std::path::Path;

use crate::readme::SMALLEST;
use crate::{FACTS, Folder, GOOD, code, errors, framdrift, out};

#[test]
fn the_ending_says_the_format() {
    let folder = Folder::new("endings");
    folder.file("good.yaml", GOOD);
    for (name, start) in [
        ("a.svg", "<svg "),
        ("a.SVG", "<svg "),
        ("a.mmd", "gantt\n"),
        ("a.mermaid", "gantt\n"),
        ("a.dot", "digraph "),
        ("a.gv", "digraph "),
    ] {
        let output = framdrift(folder.path(), &["gantt", "good.yaml", "-o", name]);
        assert_eq!((code(&output), out(&output), errors(&output)), (0, "", ""), "{name}");
        let text = std::fs::read_to_string(folder.path().join(name)).expect("it is written");
        assert!(text.starts_with(start), "{name}: {text}");
        assert!(
            text.contains("Flytta, med kran") || text.contains("Flytta#44; med kran"),
            "{name}: {text}"
        );
    }
}

#[test]
fn the_option_says_it_before_the_ending() {
    let folder = Folder::new("option");
    folder.file("good.yaml", GOOD);
    let printed = |arguments: &[&str]| {
        let output = framdrift(folder.path(), &[&["gantt", "good.yaml"], arguments].concat());
        assert_eq!(code(&output), 0, "{}", errors(&output));
        out(&output).to_owned()
    };
    assert!(printed(&[]).starts_with("<svg "));
    assert!(printed(&["-o", "-"]).starts_with("<svg "));
    assert!(printed(&["--format", "mermaid"]).starts_with("gantt\n"));
    assert!(printed(&["--format", "dot", "--output", "-"]).starts_with("digraph "));
    assert!(printed(&["--width", "900"]).contains("width=\"900\""));
    assert_eq!(printed(&["--format", "dot", "-o", "network.txt"]), "");
    let text = std::fs::read_to_string(folder.path().join("network.txt")).expect("it is written");
    assert!(text.starts_with("digraph "));
}

#[test]
fn what_cannot_be_drawn_is_refused_with_advice() {
    let folder = Folder::new("refused");
    folder.file("good.yaml", GOOD);
    folder.file("bad.yaml", GOOD.replace("3d", "3 dagar"));
    folder.file("timeless.yaml", GOOD.replace("start: 2026-03-02\n", ""));
    for (arguments, expected, message) in [
        (
            &["good.yaml", "-o", "a.png"][..],
            2,
            "`a.png` ends in `.png`, which is no kind of picture known here; end it in `.svg`, `.mmd` or `.dot`, or say",
        ),
        (&["good.yaml", "-o", "picture"], 2, "`picture` has no ending"),
        (
            &["good.yaml", "-o", "no/such/folder.svg"],
            2,
            "cannot write `no/such/folder.svg`",
        ),
        (&["good.yaml", "--format", "pdf"], 2, "svg, mermaid, dot"),
        (&["bad.yaml"], 1, "malformed-value"),
        (&["timeless.yaml"], 2, "has no start"),
        (&["missing.yaml"], 2, "missing.yaml"),
    ] {
        let output = framdrift(folder.path(), &[&["gantt"], arguments].concat());
        assert_eq!(code(&output), expected, "{arguments:?}");
        assert!(errors(&output).contains(message), "{arguments:?}: {}", errors(&output));
    }
    assert!(!folder.path().join("a.png").exists());
}

#[test]
fn recorded_progress_is_drawn() {
    let folder = Folder::new("progress");
    folder.file("good.yaml", GOOD);
    folder.file("facts.yaml", FACTS);
    let output = framdrift(folder.path(), &["gantt", "good.yaml", "--facts", "facts.yaml"]);
    assert_eq!(code(&output), 0, "{}", errors(&output));
    for expected in [">status date 2026-03-03<", "\n33 % done\n", "class=\"fd-done\""] {
        assert!(out(&output).contains(expected), "{expected}: {}", out(&output));
    }
}

#[test]
fn the_programmes_are_drawn() {
    let programmes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/programmes");
    for (name, rows) in [
        ("activity-plan-2013.yaml", 57),
        ("collaboration-method.yaml", 46),
        ("guideline-group.yaml", 102),
        ("health-record.yaml", 500),
        ("municipal-reorganisation.yaml", 81),
    ] {
        for (format, row) in [("svg", "<g><title>"), ("mermaid", " :"), ("dot", "label=")] {
            let output = framdrift(&programmes, &["gantt", name, "--format", format]);
            assert_eq!(code(&output), 0, "{name}: {}", errors(&output));
            assert!(out(&output).matches(row).count() >= 30, "{name} as {format}");
            if format == "svg" {
                let drawn = out(&output)
                    .lines()
                    .filter(|l| l.starts_with("<g><title>") && !l.contains(" → "))
                    .count();
                assert!(drawn <= rows && drawn * 10 >= rows * 9, "{name}: {drawn} rows");
            }
        }
    }
}

/// To draw it anew: `FRAMDRIFT_BLESS=1 cargo test -p framdrift-cli --test main pictures`
#[test]
fn the_readme_shows_what_is_drawn() {
    let folder = Folder::new("readme-picture");
    folder.file("office-move.yaml", SMALLEST);
    let output = framdrift(folder.path(), &["gantt", "office-move.yaml"]);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../framdrift/docs/office-move.svg");
    if std::env::var_os("FRAMDRIFT_BLESS").is_some() {
        std::fs::write(&path, out(&output)).expect("the folder is there");
    }
    let shown = std::fs::read_to_string(&path).expect("the README's picture is there");
    assert!(shown == out(&output), "the README's picture is not what is drawn");
}
