//! One small file for every code there is, with what people are told about it.
//!
//! `fixtures/rejected/CODE.yaml` (`.json` where JSON itself is meant) holds a fault, `fixtures/warnings/CODE.yaml` a warning;
//! `CODE.expected` beside it is the whole report. A first line `# limits: bytes=200 depth=5` sets limits. A fixture that holds
//! recorded progress is that of `fixtures/programme.yaml`.
//!
//! To write the expected files anew: `FRAMDRIFT_BLESS=1 cargo test -p framdrift --test main fixtures`

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use framdrift::model::diagnostic::Severity;
use framdrift::source::limits::Limits;
use framdrift::{Opened, Opening, Report};

fn folder(severity: Severity) -> PathBuf {
    let stage = match severity {
        Severity::Error => "rejected",
        Severity::Warning => "warnings",
    };
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(stage)
}

/// A text that a reader can hold in one hand only as a rule: name, and how it is made.
fn generated() -> Vec<(&'static str, String)> {
    let mut text = String::from("framdrift: 1\nid: överallt\nsubjects:\n");
    for n in 0..3_000 {
        let _ = write!(
            text,
            "- {{id: enhet-{n}, kind: unit}}\n- {{id: område-{n}, kind: area}}\n"
        );
    }
    text.push_str(
        "groups:
- {id: enheter, all: unit}
- {id: områden, all: area}
activities:
- {id: införa, title: Införa på Öland, per: enheter}
- {id: utbilda, title: Utbilda på Öland, part-of: införa, duration: 5d}
- {id: följa-upp, title: Följa upp på Öland, per: områden}
- {id: fråga, title: Fråga på Öland, part-of: följa-upp, duration: 5d, after: [utbilda]}
",
    );
    vec![("too-many-instances.yaml", text)]
}

/// Every fixture of a stage: file name and bytes, by name.
fn fixtures(severity: Severity) -> Vec<(String, Vec<u8>)> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder(severity)).expect("the folder is there") {
        let path = entry.expect("a folder can be listed").path();
        if path.extension().is_some_and(|e| e == "yaml" || e == "json") {
            let name = path.file_name().and_then(|n| n.to_str()).expect("names are UTF-8");
            out.push((name.to_owned(), std::fs::read(&path).expect("a fixture can be read")));
        }
    }
    if severity == Severity::Error {
        out.extend(
            generated()
                .into_iter()
                .map(|(name, text)| (name.to_owned(), text.into())),
        );
    }
    out.sort();
    out
}

fn limits(bytes: &[u8]) -> Limits {
    let mut limits = Limits::default();
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let Some(set) = std::str::from_utf8(first)
        .ok()
        .and_then(|l| l.strip_prefix("# limits:"))
    else {
        return limits;
    };
    for word in set.split_whitespace() {
        let (key, number) = word.split_once('=').expect("a limit is written `bytes=200`");
        let number = number.parse().expect("a limit is a number");
        limits = match key {
            "bytes" => limits.bytes(number),
            "depth" => limits.depth(number),
            "nodes" => limits.nodes(number),
            "lookahead" => limits.lookahead(number),
            _ => panic!("there is no limit `{key}`"),
        };
    }
    limits
}

fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn opened(name: &str, bytes: &[u8]) -> Opened {
    const PROGRAMME: &str = include_str!("fixtures/programme.yaml");
    let opening = Opening::new().limits(limits(bytes));
    if bytes.starts_with(b"framdrift-facts:") {
        let opened = opening.facts(name, bytes).open("programme.yaml", PROGRAMME.as_bytes());
        assert!(opened.report.diagnostics().is_empty(), "{}", opened.report);
        opened
    } else {
        opening.open(name, bytes)
    }
}

/// The report on the fixture itself.
fn report(opened: &Opened) -> &Report {
    opened.facts_report.as_ref().unwrap_or(&opened.report)
}

fn codes(severity: Severity) -> BTreeSet<&'static str> {
    let of = framdrift::codes::all().filter(|code| code.severity() == severity);
    of.map(framdrift::model::diagnostic::Code::name).collect()
}

#[test]
fn every_code_has_a_fixture_and_every_fixture_a_code() {
    for severity in [Severity::Error, Severity::Warning] {
        let fixtures = fixtures(severity);
        let stems: BTreeSet<&str> = fixtures.iter().map(|(name, _)| stem(name)).collect();
        assert_eq!(stems, codes(severity), "{severity}");
        let listed = std::fs::read_dir(folder(severity)).expect("the folder is there");
        for entry in listed {
            let path = entry.expect("a folder can be listed").path();
            let stem = path.file_stem().and_then(|s| s.to_str()).expect("names are UTF-8");
            assert!(codes(severity).contains(stem), "{} belongs to no code", path.display());
        }
    }
}

#[test]
fn every_code_is_listed_once() {
    let all: Vec<_> = framdrift::codes::all().map(|code| code.name()).collect();
    let distinct: BTreeSet<_> = all.iter().collect();
    assert_eq!(all.len(), distinct.len());
}

/// One cause, one message: a fixture gets its own code and nothing else.
#[test]
fn every_fixture_has_its_own_fault_alone() {
    for severity in [Severity::Error, Severity::Warning] {
        for (name, bytes) in fixtures(severity) {
            let opened = opened(&name, &bytes);
            let found: Vec<_> = report(&opened)
                .diagnostics()
                .iter()
                .map(|l| l.diagnostic.code().name())
                .collect();
            assert_eq!(found, [stem(&name)], "{name}\n{}", report(&opened).for_people(false));
            assert_eq!(opened.plan.is_some(), severity == Severity::Warning, "{name}");
        }
    }
}

/// To write the expected files anew: `FRAMDRIFT_BLESS=1 cargo test -p framdrift --test main fixtures`
#[test]
fn people_are_told_what_is_expected() {
    let bless = std::env::var_os("FRAMDRIFT_BLESS").is_some();
    let mut wrong = String::new();
    for severity in [Severity::Error, Severity::Warning] {
        for (name, bytes) in fixtures(severity) {
            let said = report(&opened(&name, &bytes)).for_people(false);
            let path = folder(severity).join(stem(&name)).with_extension("expected");
            if bless {
                std::fs::write(&path, said).expect("an expected file can be written");
                continue;
            }
            let expected = std::fs::read_to_string(&path).unwrap_or_default();
            if said != expected {
                let _ = write!(wrong, "— {name}, expected:\n{expected}\n— found:\n{said}\n");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The same fault, wherever the file's lines end.
#[test]
fn line_ends_change_no_place() {
    for severity in [Severity::Error, Severity::Warning] {
        for (name, bytes) in fixtures(severity) {
            let Ok(text) = std::str::from_utf8(&bytes) else {
                continue;
            };
            let other = text.replace('\n', "\r\n");
            if other.len() > limits(other.as_bytes()).bytes {
                continue;
            }
            let place = |bytes: &[u8]| -> Vec<_> {
                let opened = opened(&name, bytes);
                let places = report(&opened).diagnostics().iter().map(|l| {
                    let (start, end) = (l.start, l.end);
                    (
                        l.diagnostic.code().name(),
                        start.line,
                        start.column,
                        end.line,
                        end.column,
                    )
                });
                places.collect()
            };
            assert_eq!(place(&bytes), place(other.as_bytes()), "{name}");
        }
    }
}
