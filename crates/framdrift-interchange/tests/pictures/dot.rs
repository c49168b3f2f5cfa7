//! The network in Graphviz's language, read back by its rules for strings.

use std::collections::BTreeSet;

use framdrift_interchange::Chart;
use framdrift_interchange::chart::{Row, Shape};
use framdrift_interchange::dot::{Options, network};
use proptest::prelude::*;

use super::sample::{HOSTILE, at, charts, house, scheduled};

/// The text without its strings, and the strings. Fails the test where a string does not end on its line.
fn strings(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut found) = (String::new(), Vec::new());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        if c != '"' {
            outside.push(c);
            continue;
        }
        let mut string = String::new();
        loop {
            match characters.next().expect("a string ends") {
                '"' => break,
                '\\' => match characters.next().expect("something is escaped") {
                    'n' => string.push('\n'),
                    c @ ('"' | '\\') => string.push(c),
                    other => panic!("an escape that means something else: {other}"),
                },
                c => {
                    assert!(!c.is_control(), "{c:?}");
                    string.push(c);
                }
            }
        }
        found.push(string);
    }
    (outside, found)
}

fn check(chart: &Chart) -> Vec<String> {
    let text = network(chart, &Options::new());
    let (outside, strings) = strings(&text);
    let count = |c: char| outside.matches(c).count();
    assert_eq!(count('{'), count('}'), "{text}");
    assert_eq!(count('['), count(']'), "{text}");
    // Every end of an edge is a node that was declared.
    let mut declared = BTreeSet::new();
    for statement in outside.lines().map(str::trim) {
        match statement.split_once(" -> ") {
            Some((from, rest)) => {
                let to = rest.split([' ', ';']).next().unwrap_or("");
                assert!(declared.contains(from) && declared.contains(to), "{statement}");
            }
            None => {
                declared.extend(statement.split(' ').next().filter(|n| n.len() > 1).map(str::to_owned));
            }
        }
    }
    strings
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_chart_can_be_read_back(chart in charts()) {
        check(&chart);
    }

    #[test]
    fn every_node_of_a_schedule_is_there(chart in scheduled()) {
        let strings = check(&chart);
        for row in chart.rows.iter().filter(|r| !r.shape.is_summary()) {
            let start = format!("{}\n", row.id);
            prop_assert!(strings.iter().any(|s| s.starts_with(&start)), "{}", row.id);
        }
    }
}

#[test]
fn every_hostile_name_is_a_string() {
    for name in HOSTILE {
        let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17)).titled(name);
        chart.rows.push(Row {
            shape: Shape::Phase,
            title: Some(name.to_owned()),
            ..Row::new("p", at(3, 2, 8), at(3, 6, 17))
        });
        chart.rows.push(Row {
            parent: Some(0),
            ..Row::new(name, at(3, 2, 8), at(3, 6, 17))
        });
        check(&chart);
    }
    let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17));
    chart.rows.push(Row::new("\"a\\N\" &lt;", at(3, 2, 8), at(3, 6, 17)));
    let strings = check(&chart);
    assert!(
        strings.contains(&"\"a\\N\" &amp;lt;\n2026-03-02 – 2026-03-06\nfloat 0d".to_owned()),
        "{strings:?}"
    );
}

#[test]
fn links_carry_kind_and_lag_and_end_at_frames() {
    let text = network(&house(), &Options::new());
    for expected in [
        "label=\"SS +1d\"",
        "label=\"FS -1d\"",
        "label=\"FF +50%\"",
        "label=\"FS +2ed\"",
        "label=\"FS P7D\"",
        "n5 -> b6 [lhead=cluster_6, penwidth=2.5",
        "e7 -> n10 [ltail=cluster_7, label=\"FS +2d\", penwidth=2.5",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}
