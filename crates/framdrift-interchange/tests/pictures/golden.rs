//! The pictures of one building site, byte for byte.
//!
//! To write them anew, and then look at them: `FRAMDRIFT_BLESS=1 cargo test -p framdrift-interchange --test main golden`

use std::path::Path;

use framdrift_interchange::{dot, mermaid, svg};

use super::sample::house;

fn compare(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/pictures/golden")
        .join(name);
    if std::env::var_os("FRAMDRIFT_BLESS").is_some() {
        std::fs::write(&path, text).expect("the folder is there");
    }
    let expected = std::fs::read_to_string(&path).expect("the picture is there");
    assert!(
        expected == text,
        "{name} is drawn differently; see above the test how to write it anew"
    );
}

#[test]
fn the_gantt_chart_as_svg() {
    compare("house.svg", &svg::gantt(&house(), &svg::Options::new()));
}

#[test]
fn the_gantt_chart_for_mermaid() {
    compare("house.mmd", &mermaid::gantt(&house(), &mermaid::Options::new()));
}

#[test]
fn the_network_for_graphviz() {
    compare("house.dot", &dot::network(&house(), &dot::Options::new()));
}
