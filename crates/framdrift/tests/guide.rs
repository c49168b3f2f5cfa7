//! The file-format guide: its examples check, what it says comes out does, and it leaves no key, word, code or limit out.

use std::collections::{BTreeMap, BTreeSet};

use framdrift::model::document::{FactsDoc, ProgrammeDoc, SchedulingDoc};
use framdrift::model::limits::{
    HOLIDAY_YEARS, LONGEST_DURATION, LONGEST_ID, MOST_EXCEPTIONS, MOST_LINKS, MOST_NODES, MOST_SPECIAL_DAYS,
};
use framdrift::model::quantity::{Units, in_words};
use framdrift::model::rules::{Profile, Rules};
use framdrift::model::shape::{FieldShape, ObjectShaped, Shape};
use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::{Opened, Opening, Plan};

const GUIDE: &str = include_str!("../docs/file-format.md");

/// An example, and the code that it is there to show.
struct Example {
    line: usize,
    text: String,
    fails: Option<&'static str>,
    /// The recorded progress that stands behind it.
    facts: Option<String>,
}

/// The fenced blocks of the guide.
fn examples() -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<Example> = None;
    let mut progress = false;
    for (number, line) in (1..).zip(GUIDE.lines()) {
        match (line.strip_prefix("```"), &mut open) {
            (Some(""), Some(_)) if progress => {
                progress = false;
                let programme: &mut Example = found.last_mut().expect("progress of a programme before it");
                programme.facts = open.take().map(|example| example.text);
            }
            (Some(""), Some(_)) => found.extend(open.take()),
            (Some(info), None) => {
                let fails = info.strip_prefix("yaml,fails:");
                progress = info == "yaml,facts";
                assert!(
                    info == "yaml" || progress || fails.is_some(),
                    "line {number}: an example is YAML"
                );
                let text = String::new();
                open = Some(Example {
                    line: number,
                    text,
                    fails,
                    facts: None,
                });
            }
            (None, Some(example)) => {
                example.text.push_str(line);
                example.text.push('\n');
            }
            (None, None) => {}
            (Some(_), Some(_)) => panic!("line {number}: the example before this is never closed"),
        }
    }
    assert!(open.is_none(), "the last example is never closed");
    found
}

impl Example {
    /// The example as a whole file.
    fn file(&self) -> String {
        let lacks = |key: &str| !self.text.lines().any(|line| line.starts_with(key));
        let head = [("framdrift:", "1"), ("id:", "example"), ("start:", "2026-03-02")];
        let head = head.iter().filter(|(key, _)| lacks(key));
        let mut file: String = head.map(|(key, value)| format!("{key} {value}\n")).collect();
        file.push_str(&self.text);
        file
    }

    fn open(&self) -> Opened {
        let facts = self.facts.as_deref().map(str::as_bytes);
        let opening = facts.map_or_else(Opening::new, |facts| Opening::new().facts("guide.yaml", facts));
        opening.format(Format::Yaml).open("guide", self.file().as_bytes())
    }
}

#[test]
fn every_example_checks() {
    for example in examples() {
        let opened = example.open();
        let report = &opened.report;
        if let Some(report) = &opened.facts_report {
            assert!(report.diagnostics().is_empty(), "{report}");
        }
        let codes: Vec<&str> = report
            .diagnostics()
            .iter()
            .map(|d| d.diagnostic.code().name())
            .collect();
        let wanted: Vec<&str> = example.fails.into_iter().collect();
        assert_eq!(codes, wanted, "line {}:\n{}", example.line, report.for_people(false));
    }
}

#[test]
fn what_is_said_to_come_out_does() {
    let mut told = 0;
    for example in examples() {
        for line in example
            .text
            .lines()
            .chain(example.facts.iter().flat_map(|facts| facts.lines()))
        {
            let Some(said) = line.strip_prefix("# → ") else {
                continue;
            };
            let opened = example.open();
            let plan = opened.plan.expect("an example that tells dates has dates");
            let id = said.split(' ').next().unwrap();
            assert_eq!(comes_out(&plan, id), said, "line {}", example.line);
            told += 1;
        }
    }
    assert!(told > 35, "{told} dates told");
}

fn comes_out(plan: &Plan, id: &str) -> String {
    let dates = plan.dates(plan.find(id).expect(id)).expect(id);
    if dates.start == dates.finish {
        format!("{id} {}", dates.start)
    } else {
        format!("{id} {} – {}", dates.start, dates.finish)
    }
}

/// The rows of every table by the heading of its first column, cells trimmed.
fn tables() -> BTreeMap<&'static str, Vec<Vec<&'static str>>> {
    let mut tables: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    let mut heading = None;
    for line in GUIDE.lines() {
        let Some(row) = line.strip_prefix("| ") else {
            heading = None;
            continue;
        };
        let cells: Vec<&str> = row.trim_end_matches('|').split(" | ").map(str::trim).collect();
        match heading {
            None => heading = Some(cells[0]),
            Some(_) if cells[0].starts_with("---") => {}
            Some(heading) => tables.entry(heading).or_default().push(cells),
        }
    }
    tables
}

/// A document's keys by its noun: each with whether it is required.
type Keys = BTreeMap<&'static str, Vec<(&'static str, bool)>>;

/// The keys of every object that a programme is made of, and the words of every list of words.
fn gather(shape: &Shape, keys: &mut Keys, words: &mut BTreeSet<&'static str>) {
    let mut fields = |noun: &'static str, fields: &'static [FieldShape], keys: &mut Keys| {
        let known = keys.entry(noun).or_default();
        let new: Vec<&FieldShape> = fields.iter().filter(|f| !known.iter().any(|k| k.0 == f.key)).collect();
        known.extend(new.iter().map(|f| (f.key, f.required)));
        for field in new {
            gather(&(field.shape)(), keys, words);
        }
    };
    match shape {
        Shape::Object(object) => fields(object.noun, object.fields, keys),
        Shape::Union(union) => {
            keys.entry(union.noun).or_insert_with(|| vec![(union.tag, true)]);
            for branch in union.branches {
                fields(union.noun, (branch.object)().fields, keys);
            }
            words.extend(union.branches.iter().map(|b| b.word));
        }
        Shape::Words(list) => words.extend(list.words.iter().map(|w| w.0)),
        Shape::List(entry) => gather(&entry(), keys, words),
        _ => {}
    }
}

fn documents() -> (Keys, BTreeSet<&'static str>) {
    let (mut keys, mut words) = (Keys::new(), BTreeSet::new());
    gather(&Shape::Object(ProgrammeDoc::object_shape()), &mut keys, &mut words);
    gather(&Shape::Object(FactsDoc::object_shape()), &mut keys, &mut words);
    assert!(keys.len() > 20 && words.len() > 30, "{keys:?} {words:?}");
    (keys, words)
}

#[test]
fn every_object_has_a_table_of_its_keys() {
    let tables = tables();
    for (noun, keys) in documents().0 {
        let rows = tables
            .get(noun)
            .unwrap_or_else(|| panic!("no table of the keys of `{noun}`"));
        let listed: Vec<(String, bool)> = rows
            .iter()
            .map(|row| (row[0].replace('`', ""), row[1].starts_with("Required")))
            .collect();
        let wanted: Vec<(String, bool)> = keys
            .iter()
            .map(|(key, required)| ((*key).to_owned(), *required))
            .collect();
        assert_eq!(listed, wanted, "the keys of `{noun}`, in the order of the format");
    }
}

#[test]
fn every_word_is_mentioned() {
    for word in documents().1 {
        assert!(GUIDE.contains(&format!("`{word}`")), "`{word}` is missing");
    }
}

#[test]
fn every_code_stands_in_a_table_and_warnings_apart() {
    let warnings_begin = GUIDE.find("\nWarnings:\n").unwrap();
    let mut listed: BTreeSet<&str> = tables()["code"].iter().map(|row| row[0].trim_matches('`')).collect();
    for code in framdrift::codes::all() {
        assert!(listed.remove(code.name()), "`{code}` is missing");
        let at = GUIDE.find(&format!("\n| `{code}` |")).unwrap();
        let warning = code.severity() == framdrift::model::diagnostic::Severity::Warning;
        assert_eq!(at > warnings_begin, warning, "{code}");
    }
    assert!(listed.is_empty(), "no longer there: {listed:?}");
}

/// What a rule is, as a file writes it.
fn rule(rules: &Rules, key: &str) -> String {
    match key {
        "lag-calendar" => rules.lag_calendar.to_string(),
        "precedence" => rules.precedence.to_string(),
        "float" => rules.float.to_string(),
        "critical" => rules.critical.to_string(),
        "critical-limit" => in_words(rules.critical_limit, Units::default()),
        "multiple-critical-paths" => rules.multiple_critical_paths.to_string(),
        "open-ends-critical" => rules.open_ends_critical.to_string(),
        "out-of-sequence" => rules.out_of_sequence.to_string(),
        "start-lag" => rules.start_lag.to_string(),
        "as-late-as-possible" => rules.as_late_as_possible.to_string(),
        "expected-finish" => rules.expected_finish.to_string(),
        "external-dates" => rules.external_dates.to_string(),
        "elapsed-start" => rules.elapsed_start.to_string(),
        "direction" => rules.direction.to_string(),
        other => panic!("no rule `{other}`"),
    }
}

#[test]
fn profiles_say_what_the_guide_says() {
    let listed: Vec<String> = tables()["rule"]
        .iter()
        .map(|row| row.join(" ").replace('`', ""))
        .collect();
    let keys = SchedulingDoc::object_shape().fields.iter().map(|field| field.key);
    let wanted: Vec<String> = keys
        .filter(|key| *key != "profile")
        .map(|key| {
            let values = Profile::ALL.iter().map(|profile| rule(&Rules::of(*profile), key));
            format!("{key} {}", values.collect::<Vec<_>>().join(" "))
        })
        .collect();
    assert_eq!(listed, wanted);
}

#[test]
fn limits_are_those_of_the_code() {
    let limits = Limits::default();
    let row = |what: &str| {
        let rows = &tables()["what"];
        let found = rows.iter().find(|row| row[0].starts_with(what));
        found.unwrap_or_else(|| panic!("no limit: {what}"))[1]
    };
    let number = |n: i64| {
        let digits = n.to_string();
        let groups: Vec<&str> = digits
            .as_bytes()
            .rchunks(3)
            .rev()
            .map(|g| std::str::from_utf8(g).unwrap())
            .collect();
        groups.join(" ")
    };
    let size = |n: usize| i64::try_from(n).unwrap();
    assert_eq!(row("size"), format!("{} MiB", limits.bytes >> 20));
    assert_eq!(row("lists and tables"), number(size(limits.depth)));
    assert_eq!(row("values"), number(size(limits.nodes)));
    assert_eq!(row("faults"), number(size(limits.diagnostics)));
    assert_eq!(row("marks"), number(size(limits.lookahead)));
    assert_eq!(row("characters of an id"), number(size(LONGEST_ID)));
    assert_eq!(
        row("a duration"),
        format!("{} minutes, a hundred years", number(LONGEST_DURATION))
    );
    assert_eq!(row("days that the exceptions"), number(MOST_EXCEPTIONS));
    assert_eq!(row("days of exceptions"), number(MOST_SPECIAL_DAYS));
    assert_eq!(row("things with a date"), number(i64::try_from(MOST_NODES).unwrap()));
    assert_eq!(row("links"), number(i64::try_from(MOST_LINKS).unwrap()));
    assert!(calendars_in_a_line(100) && !calendars_in_a_line(101));
    assert_eq!(row("calendars that build"), "100");
    let years = format!("the years {} to {}", HOLIDAY_YEARS.start(), HOLIDAY_YEARS.end());
    assert!(GUIDE.contains(&years), "{years}");
}

/// Whether so many calendars may build on each other.
fn calendars_in_a_line(count: usize) -> bool {
    let mut file = String::from("framdrift: 1\nid: line\ncalendars:\n- {id: c0, week: {mon: [08:00-12:00]}}\n");
    for n in 1..count {
        file.push_str(&format!("- {{id: c{n}, parent: c{}}}\n", n - 1));
    }
    framdrift::load(file).is_ok()
}
