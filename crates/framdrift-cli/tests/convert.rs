//! Other tools' files on the command line.

use std::path::Path;

use crate::{Folder, code, errors, framdrift, out};

const PLAN: &str = "framdrift: 1\nid: flytt\nstart: 2026-03-02\nactivities:\n- {id: packa, duration: 3d}\n- {id: flytta, duration: 1d, after: [packa], constraints: [{kind: finish-no-earlier-than, date: 2026-03-09}]}\n";

fn fixture(folder: &Folder, name: &str) {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("../framdrift-interchange/tests/fixtures");
    folder.file(name, std::fs::read(at.join(name)).expect("a fixture"));
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).expect("a file that was written")
}

#[test]
fn a_file_and_what_it_is_converted_to_have_the_same_dates() {
    let folder = Folder::new("same-dates");
    for name in ["school.xml", "bridge.xer"] {
        fixture(&folder, name);
        let direct = framdrift(folder.path(), &["schedule", name, "--format", "csv"]);
        assert_eq!(code(&direct), 0, "{}", errors(&direct));
        for plan in ["plan.yaml", "plan.json"] {
            let converted = framdrift(folder.path(), &["convert", name, plan]);
            assert_eq!(code(&converted), 0, "{}", errors(&converted));
            assert_eq!(errors(&converted), format!("wrote {plan}\nwrote plan.facts.yaml\n"));
            let check = framdrift(folder.path(), &["check", plan, "--facts", "plan.facts.yaml"]);
            assert_eq!(code(&check), 0, "{}", out(&check));
            let again = framdrift(
                folder.path(),
                &["schedule", plan, "--facts", "plan.facts.yaml", "--format", "csv"],
            );
            assert_eq!(out(&again), out(&direct), "{name} by way of {plan}");
        }
    }
}

#[test]
fn what_is_lost_is_told() {
    let folder = Folder::new("loss");
    fixture(&folder, "school.xml");
    let scheduled = framdrift(folder.path(), &["schedule", "school.xml"]);
    let short = errors(&scheduled);
    assert!(short.starts_with("left out, and may move dates:\n"), "{short}");
    assert!(
        short.contains("without a place on the other side: Project/SaveVersion ×1"),
        "{short}"
    );
    assert!(!out(&scheduled).contains("left out"));
    let converted = framdrift(folder.path(), &["convert", "school.xml", "plan.yaml"]);
    let long = out(&converted);
    assert!(
        long.starts_with("school.xml (UTF-8):\nleft out, and may move dates:\n"),
        "{long}"
    );
    assert!(
        long.contains("costs have no place in a programme:\n    Task/Cost ×1\n"),
        "{long}"
    );
}

#[test]
fn programmes_become_project_files_and_come_back() {
    let folder = Folder::new("back");
    folder.file("plan.yaml", PLAN);
    folder.file(
        "now.yaml",
        "framdrift-facts: 1\nstatus-date: 2026-03-03\nfacts:\n- {of: packa, started: 2026-03-03, remaining: 2d}\n",
    );
    let written = framdrift(
        folder.path(),
        &["convert", "plan.yaml", "plan.xml", "--facts", "now.yaml"],
    );
    assert_eq!(code(&written), 0, "{}", errors(&written));
    assert!(
        out(&written).starts_with("plan.xml:\nchanged on the way:\n  scheduling/profile:"),
        "{}",
        out(&written)
    );
    let xml = read(&folder, "plan.xml");
    assert!(xml.contains("<ActualStart>2026-03-03T08:00:00</ActualStart>"), "{xml}");
    assert!(xml.contains("<ConstraintType>6</ConstraintType>"), "{xml}");
    let back = framdrift(folder.path(), &["convert", "plan.xml", "back.yaml"]);
    assert_eq!(code(&back), 0, "{}", errors(&back));
    assert!(read(&folder, "back.yaml").contains("title: flytta"));
    assert!(read(&folder, "back.facts.yaml").contains("remaining: 2d"));
}

#[test]
fn the_exit_status_tells() {
    let folder = Folder::new("convert-status");
    for name in ["school.xml", "bridge.xer"] {
        fixture(&folder, name);
    }
    folder.file("plan.yaml", PLAN);
    folder.file("cut.xml", "<Project><Tasks>");
    folder.file("bad.yaml", PLAN.replace("[packa]", "[pakka]"));
    folder.file(
        "ring.xml",
        "<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks><Task><UID>1</UID><Duration>PT8H</Duration><PredecessorLink>\
         <PredecessorUID>2</PredecessorUID></PredecessorLink></Task><Task><UID>2</UID><Duration>PT8H</Duration><PredecessorLink>\
         <PredecessorUID>1</PredecessorUID></PredecessorLink></Task></Tasks></Project>",
    );
    folder.file(
        "timeless.xml",
        "<Project><Tasks><Task><UID>1</UID><Duration>PT8H</Duration></Task></Tasks></Project>",
    );
    for (arguments, expected) in [
        (&["schedule", "bridge.xer", "--project", "SMALL"][..], 0),
        (&["schedule", "bridge.xer", "--project", "9"], 2),
        (&["schedule", "school.xml", "--project", "1"], 2),
        (&["schedule", "plan.yaml", "--project", "1"], 2),
        (&["schedule", "cut.xml"], 2),
        (&["schedule", "ring.xml"], 1),
        (&["schedule", "timeless.xml"], 2),
        (&["explain", "school.xml", "activity t5", "--profile", "framdrift"], 0),
        (&["check", "school.xml"], 2),
        (&["convert", "bridge.xer", "out.json", "--project", "1"], 0),
        (&["convert", "bridge.xer", "out.json", "--project", "7"], 2),
        (&["convert", "plan.yaml", "out.json", "--project", "1"], 2),
        (&["convert", "plan.yaml", "out.json"], 0),
        (&["convert", "plan.yaml", "out.xml"], 0),
        (&["convert", "plan.yaml", "out.mpp"], 2),
        (&["convert", "plan.yaml", "no-such-folder/out.yaml"], 2),
        (&["convert", "missing.xml", "out.yaml"], 2),
        (&["convert", "cut.xml", "out.yaml"], 2),
        (&["convert", "bad.yaml", "out.json"], 1),
        (&["convert", "ring.xml", "ring.yaml"], 1),
        (&["convert", "ring.xml", "ring-again.xml"], 1),
        (&["convert", "timeless.xml", "timeless.yaml"], 0),
    ] {
        let output = framdrift(folder.path(), arguments);
        let (text, told) = (out(&output), errors(&output));
        assert_eq!(code(&output), expected, "{arguments:?}\n{text}{told}");
        assert!(expected == 0 || !told.is_empty(), "{arguments:?} says nothing");
    }
    // A ring is written as it is, for somebody to mend, but not for another tool.
    assert!(read(&folder, "ring.yaml").contains("after: [t2]"));
    assert!(!folder.path().join("ring-again.xml").exists());
    let cut = framdrift(folder.path(), &["schedule", "cut.xml"]);
    assert_eq!(
        errors(&cut),
        "error: cannot read `cut.xml`: line 1: the file ends in the middle\n"
    );
}

#[test]
fn files_of_others_are_told_by_their_name() {
    let folder = Folder::new("strangers");
    folder.file("plan.xlsx", b"PK\x03\x04\x14\x00xl/workbook.xml\x00\x00");
    folder.file("plan.mpp", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00\x00");
    folder.file("plan.pdf", b"%PDF-1.7\n");
    for (name, what, help) in [
        (
            "plan.xlsx",
            "a Microsoft Excel workbook (.xlsx)",
            "export the plan itself from the tool that has it",
        ),
        (
            "plan.mpp",
            "a Microsoft Project file (.mpp)",
            "in Microsoft Project, save it as XML: File, Save As, XML Format",
        ),
        ("plan.pdf", "a PDF document", "export the plan itself"),
    ] {
        for arguments in [
            &["check", name][..],
            &["schedule", name],
            &["explain", name, "x"],
            &["gantt", name],
            &["convert", name, "out.yaml"],
            &["compare", name, name],
        ] {
            let output = framdrift(folder.path(), arguments);
            assert_eq!((code(&output), out(&output)), (2, ""), "{arguments:?}");
            let expected = format!("error: cannot read `{name}`: it is {what}\n  = help: {help}");
            assert!(errors(&output).starts_with(&expected), "{}", errors(&output));
        }
    }
}
