//! One structural fault at a time, put into the example programmes: every one is reported, at its place, in one message or a few.
//!
//! A quarter of `FRAMDRIFT_CASES` faults, in turn of every kind; `.ci/long` puts in thousands and prints the table:
//! `FRAMDRIFT_CASES=10000 cargo test -p framdrift --test main mutations -- --nocapture`

#![expect(clippy::print_stderr, reason = "the table is read with `--nocapture`")]

mod kinds;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use framdrift::source::document::Located;
use framdrift::source::limits::Limits;
use framdrift::{Report, open};

use text::{Chance, Text};

/// A text with a fault, and the line that it was put on, counted from 1.
struct Mutated {
    text: String,
    line: usize,
}

/// How many messages a fault of any kind may get, and how far from it the nearest may stand, in lines.
const MOST: usize = 3;
const NEAR: usize = 1;

fn examples() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/programmes");
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the examples are there") {
        let path = entry.expect("a folder can be listed").path();
        if path.extension().is_some_and(|e| e == "yaml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            out.push((name, std::fs::read_to_string(&path).expect("an example can be read")));
        }
    }
    out.sort();
    assert_eq!(out.len(), 5);
    out
}

fn report(name: &str, text: &str) -> Report {
    open(name, text.as_bytes(), None, &Limits::default()).report
}

/// What is said of a text besides what is said of it without the fault.
fn news<'r>(report: &'r Report, known: &BTreeSet<String>) -> Vec<&'r Located> {
    let all = report.diagnostics().iter();
    all.filter(|l| !known.contains(l.diagnostic.message())).collect()
}

/// How far from a line the nearest place of a report stands.
fn distance(news: &[&Located], line: usize) -> usize {
    let places = news.iter().flat_map(|l| {
        let related = l.related.iter().map(|(_, start, _)| start.line);
        std::iter::once(l.start.line).chain(related)
    });
    places
        .map(|at| (at as usize).abs_diff(line))
        .min()
        .unwrap_or(usize::MAX)
}

#[test]
fn every_single_fault_is_reported_once_and_at_its_place() {
    let wanted = std::env::var("FRAMDRIFT_CASES")
        .ok()
        .and_then(|n| n.parse::<usize>().ok());
    let count = wanted.unwrap_or(400).div_ceil(4).max(kinds::ALL.len());
    let examples = examples();
    let known: Vec<BTreeSet<String>> = examples
        .iter()
        .map(|(name, text)| {
            let report = report(name, text);
            assert_eq!(report.errors(), 0, "{report}");
            report
                .diagnostics()
                .iter()
                .map(|l| l.diagnostic.message().to_owned())
                .collect()
        })
        .collect();
    let texts: Vec<Text> = examples.iter().map(|(_, text)| Text::of(text)).collect();
    let mut table: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    let mut wrong = String::new();
    for case in 0..count {
        let (kind, mutate) = kinds::ALL[case % kinds::ALL.len()];
        let mut chance = Chance::new(case as u64);
        // Not every programme has what every kind of fault needs.
        let made = (0..20).find_map(|_| {
            let at = chance.below(texts.len());
            mutate(&texts[at], &mut chance).map(|mutated| (at, mutated))
        });
        let (at, mutated) = made.unwrap_or_else(|| panic!("case {case}: no place for `{kind}`"));
        let report = report(&examples[at].0, &mutated.text);
        let news = news(&report, &known[at]);
        table.entry(kind).or_default().push(news.len());
        let near = distance(&news, mutated.line);
        if news.is_empty() || news.len() > MOST || near > NEAR {
            let line = mutated.text.lines().nth(mutated.line - 1).unwrap_or_default();
            let said = report.for_people(false);
            let said: String = said.chars().take(3_000).collect();
            wrong.push_str(&format!(
                "case {case}, `{kind}` in {}, line {}: {} messages, {near} lines off\n{line}\n{said}\n",
                examples[at].0,
                mutated.line,
                news.len(),
            ));
        }
    }
    let mut all: Vec<usize> = Vec::new();
    for (kind, messages) in &table {
        let most = messages.iter().max().copied().unwrap_or(0);
        let sum: usize = messages.iter().sum();
        eprintln!(
            "{kind:<28} {:>6} faults {:>8.2} messages, at most {most}",
            messages.len(),
            sum as f64 / messages.len() as f64
        );
        all.extend(messages);
    }
    all.sort_unstable();
    let median = all[all.len() / 2];
    let reported = all.iter().filter(|n| **n > 0).count();
    eprintln!(
        "mutated programmes: {} faults of {} kinds, {reported} reported, median {median} message, at most {}",
        all.len(),
        table.len(),
        all.last().copied().unwrap_or(0)
    );
    assert!(wrong.is_empty(), "{wrong}");
    assert_eq!(median, 1);
}
