//! The engine is enough for a host that has a plan of its own.

use std::process::Command;

#[test]
fn a_house_is_planned_with_one_crate() {
    let output = Command::new(env!("CARGO_BIN_EXE_framdrift-engine-example"))
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let expected = "\
permit   2026-03-02T08:00 – 2026-03-16T17:00  0 h to spare
pour     2026-03-18T08:00 – 2026-03-19T17:00  0 h to spare
garden   2026-03-18T08:00 – 2026-03-20T17:00  136 h to spare
walls    2026-03-24T17:00 – 2026-04-14T17:00  0 h to spare

with walls of 20 days: 2026-04-21T17:00
";
    assert_eq!(text, expected);
}

/// The crate stands by itself: what a host names is one thing.
#[test]
fn it_depends_on_one_crate() {
    let manifest = include_str!("../Cargo.toml");
    let dependencies = manifest
        .split("[dependencies]\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    assert_eq!(dependencies, Some("framdrift-schedule.workspace = true"));
}
