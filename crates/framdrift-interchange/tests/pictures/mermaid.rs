//! Mermaid's Gantt charts, read back by the rules of its lexer.

use framdrift_interchange::Chart;
use framdrift_interchange::chart::{Link, Row, Shape};
use framdrift_interchange::mermaid::{Options, gantt};
use framdrift_model::projection::{Lag, LinkKind};
use proptest::prelude::*;

use super::sample::{HOSTILE, at, charts, house, scheduled};

/// A task as Mermaid takes it: section, name, data.
#[derive(Debug, PartialEq)]
struct Task {
    section: Option<String>,
    name: String,
    data: Vec<String>,
}

/// Reads a chart as Mermaid's lexer does: a name ends at a colon, a comment begins at `#` or `%`, a statement ends at `;` or at
/// the end of a line. Entity codes are taken for letters first, as Mermaid does.
fn read(text: &str) -> Vec<Task> {
    const STATEMENTS: [&str; 4] = ["title ", "dateFormat ", "todayMarker ", "section "];
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("gantt"));
    let (mut section, mut tasks) = (None, Vec::new());
    for line in lines {
        let line = line.strip_prefix("    ").expect("statements are indented");
        if line.starts_with("axisFormat %") {
            continue;
        }
        let coded = without_entities(line);
        assert!(!coded.contains(['#', ';', '%', '"', '\\', '<', '>', '\t']), "{line}");
        if let Some(statement) = STATEMENTS.iter().find(|s| line.starts_with(**s)) {
            if *statement == "section " {
                assert!(!coded.contains(':') && coded.trim() != "section", "{line}");
                section = Some(line[8..].to_owned());
            }
            continue;
        }
        let (name, data) = line.split_once(':').unwrap_or_else(|| panic!("no task: {line}"));
        assert!(!name.trim().is_empty(), "{line}");
        let lower = name.to_lowercase();
        for keyword in [
            "gantt",
            "title",
            "section",
            "click",
            "call",
            "href",
            "acc",
            "excludes",
            "includes",
            "inclusive",
            "topaxis",
            "weekday",
            "end",
        ] {
            assert!(!lower.starts_with(keyword), "{line}");
        }
        tasks.push(Task {
            section: section.clone(),
            name: name.trim().to_owned(),
            data: data.split(", ").map(str::to_owned).collect(),
        });
    }
    tasks
}

/// Entity codes such as `#58;` become a letter.
fn without_entities(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('#') {
        out.push_str(before);
        let (code, behind) = after.split_once(';').expect("an entity ends");
        assert!(!code.is_empty() && code.bytes().all(|b| b.is_ascii_digit()), "{line}");
        out.push('x');
        rest = behind;
    }
    out + rest
}

fn check(chart: &Chart) -> Vec<Task> {
    let text = gantt(chart, &Options::new());
    let tasks = read(&text);
    for task in &tasks {
        let (tags, dates) = task.data.split_at(task.data.len() - 2);
        let known = ["crit", "done", "active", "milestone"];
        assert!(tags.iter().all(|t| known.contains(&t.as_str())), "{task:?}");
        assert!(
            dates.iter().all(|d| d.len() == 16 && d.as_bytes()[10] == b'T'),
            "{task:?}"
        );
    }
    tasks
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_chart_can_be_read_back(chart in charts()) {
        check(&chart);
    }

    #[test]
    fn every_leaf_of_a_schedule_has_its_dates(chart in scheduled()) {
        let tasks = check(&chart);
        let leaves: Vec<&Row> = chart.rows.iter().filter(|r| !r.shape.is_summary()).collect();
        prop_assert_eq!(tasks.len(), leaves.len());
        for row in leaves {
            let dates = [row.start.to_string(), row.finish.to_string()];
            prop_assert!(tasks.iter().any(|t| t.data.ends_with(&dates)), "{}", row.id);
        }
    }
}

#[test]
fn every_hostile_name_survives() {
    for name in HOSTILE {
        let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17)).titled(name);
        chart.rows.push(Row {
            shape: Shape::Phase,
            title: Some(name.to_owned()),
            ..Row::new("p", at(3, 2, 8), at(3, 6, 17))
        });
        chart.rows.push(Row {
            parent: Some(0),
            title: Some(name.to_owned()),
            ..Row::new("r", at(3, 2, 8), at(3, 6, 17))
        });
        assert_eq!(check(&chart).len(), 1, "{name}");
    }
    let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17));
    chart.rows.push(Row {
        title: Some("a: b; c, #d\n5%".to_owned()),
        ..Row::new("r", at(3, 2, 8), at(3, 6, 17))
    });
    assert_eq!(check(&chart)[0].name, "a#58; b#59; c#44; #35;d 5#37;");
}

#[test]
fn predecessors_stand_first_within_a_section() {
    // All at one instant, in the wrong order: only the links say what comes first.
    let mut chart = Chart::empty(at(3, 2, 8), at(3, 2, 8));
    for id in ["third", "second", "first"] {
        chart.rows.push(Row {
            shape: Shape::Milestone,
            ..Row::new(id, at(3, 2, 8), at(3, 2, 8))
        });
    }
    let link = |from, to| Link {
        from,
        to,
        kind: LinkKind::FinishToStart,
        lag: Lag::NONE,
        driving: true,
        critical: false,
    };
    chart.links = vec![link(2, 1), link(1, 0)];
    let names = |chart: &Chart| check(chart).into_iter().map(|t| t.name).collect::<Vec<_>>();
    assert_eq!(names(&chart), ["first", "second", "third"]);
    // A ring, which a schedule cannot have, still lists all.
    chart.links.push(link(0, 2));
    assert_eq!(names(&chart).len(), 3);
}

#[test]
fn sections_are_outermost_summaries() {
    let tasks = check(&house());
    let of = |name: &str| {
        tasks
            .iter()
            .find(|t| t.name == name)
            .unwrap_or_else(|| panic!("{name}: {tasks:?}"))
    };
    assert_eq!(of("Gräva").section.as_deref(), Some("Bygga"));
    assert_eq!(of("Inflyttningsfest").section, None);
    assert_eq!(
        of("status date").data,
        ["milestone", "2026-03-18T17:00", "2026-03-18T17:00"]
    );
    assert_eq!(of("Rita och räkna").data[..2], ["crit", "done"]);
    assert_eq!(of("Kommunens bygglov").data[..2], ["crit", "active"]);
    assert_eq!(of("Får vi börja?").data[..2], ["crit", "milestone"]);
}
