//! Files with a bit of everything, each with what is read of it beside it.
//!
//! To refresh what is expected: `FRAMDRIFT_REFRESH=1 cargo test -p framdrift-interchange fixtures`, and look at the difference.

use std::path::Path;

use framdrift_interchange::{Format, Imported, xer};
use framdrift_source::write::to_yaml_text;

/// What was read, as a reader of a programme file sees it, and what was lost.
fn told(imported: &Imported) -> String {
    format!(
        "# The programme\n{}\n# Progress\n{}\n# Loss ({})\n{}",
        to_yaml_text(&imported.document),
        to_yaml_text(&imported.facts),
        imported.encoding,
        imported.loss
    )
}

fn check(name: &str) {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let bytes = std::fs::read(at.join(name)).unwrap();
    let format = Format::of(&bytes).expect("the content tells the format");
    let imported = format.read(&bytes, &xer::Options::new()).unwrap();
    let told = told(&imported);
    let expected = at.join(format!("{name}.expected"));
    if std::env::var_os("FRAMDRIFT_REFRESH").is_some() {
        std::fs::write(&expected, &told).unwrap();
    }
    let expected = std::fs::read_to_string(expected).unwrap_or_default();
    assert!(expected == told, "{name} reads differently:\n{told}");
    let programme = imported
        .document
        .clone()
        .validate()
        .unwrap_or_else(|r| panic!("{:?}", r.diagnostics));
    let checked = imported.facts.check(&programme, &programme.projection());
    assert_eq!(checked.diagnostics.errors(), 0, "{:?}", checked.diagnostics);
    // Reading is a function of the bytes.
    assert_eq!(imported.loss, format.read(&bytes, &xer::Options::new()).unwrap().loss);
}

#[test]
fn a_school_in_mspdi() {
    check("school.xml");
}

#[test]
fn a_bridge_in_xer() {
    check("bridge.xer");
}
