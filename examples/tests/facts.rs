//! `facts.csv` says where each fact about the five programmes is written and what reads it. Every row must resolve.

use std::collections::BTreeSet;

use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;

struct Fact {
    id: String,
    file: String,
    address: String,
    reader: String,
}

fn root() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/..")
}

/// The rows of a CSV file with a header: quoted fields, doubled quotes, no line breaks inside fields.
fn csv(text: &str) -> Vec<Vec<String>> {
    let fields = |line: &str| {
        let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => field.extend(chars.next()),
                '"' => quoted = !quoted,
                ',' if !quoted => fields.push(std::mem::take(&mut field)),
                _ => field.push(c),
            }
        }
        fields.push(field);
        fields
    };
    text.lines().skip(1).map(fields).collect()
}

fn facts() -> Vec<Fact> {
    let rows = csv(include_str!("../facts.csv"));
    let fact = |row: Vec<String>| {
        let [id, file, address, reader] = <[String; 4]>::try_from(row).expect("four columns");
        Fact {
            id,
            file,
            address,
            reader,
        }
    };
    rows.into_iter().map(fact).collect()
}

#[test]
fn every_fact_is_where_the_table_says() {
    let facts = facts();
    assert!(facts.len() > 100, "the table is read");
    let files: BTreeSet<&str> = facts.iter().map(|f| f.file.as_str()).collect();
    let mut lost: Vec<String> = Vec::new();
    for file in files {
        let bytes = std::fs::read(format!("{}/{file}", root())).expect(file);
        let mut source = SourceText::open(&bytes, None, &Limits::default());
        for fact in facts.iter().filter(|f| f.file == file) {
            let address = fact.address.parse().unwrap_or_else(|e| panic!("{}: {e}", fact.id));
            if source.find(&address).is_err() {
                lost.push(format!("{}: {file} has no {}", fact.id, fact.address));
            }
            assert!(!fact.reader.trim().is_empty(), "{}: nobody reads it", fact.id);
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The list of facts is not part of this repository. Where it lies beside it, the table must cover what is readable so far.
#[test]
fn every_readable_fact_is_covered() {
    let Ok(list) = std::fs::read_to_string(format!("{}/../shared/FACTS.csv", root())) else {
        println!("SKIPPED: the list of facts is not here");
        return;
    };
    let covered: BTreeSet<String> = facts().into_iter().map(|f| f.id).collect();
    let later = ["S1-63", "S4-050"];
    let missing: Vec<String> = csv(&list)
        .into_iter()
        .filter(|row| ["schedule", "calendar", "meeting", "deliverable"].contains(&row[3].as_str()))
        .map(|row| row[0].clone())
        .filter(|id| !covered.contains(id) && !later.contains(&id.as_str()))
        .collect();
    assert!(missing.is_empty(), "no row for {missing:?}");
}
