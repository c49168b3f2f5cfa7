//! Texts made to eat time, memory or stack, and texts that other readers take for something else.
//!
//! Every one of them gets a clear report, with a bounded number of diagnostics, in a few seconds of a debug build and on the
//! stack of an ordinary thread.

#![expect(clippy::print_stderr, reason = "times are read with `--nocapture`")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::{Opened, Opening, Report, open};

/// Opens a text within the time that each of these may take, and writes its report too.
fn opened(text: &str, format: Format) -> Opened {
    let start = Instant::now();
    let opened = open("<text>", text.as_bytes(), Some(format), &Limits::default());
    let took = start.elapsed();
    bounded(&opened.report, text, took);
    opened
}

/// Opens recorded progress within that time, along with a programme without fault.
fn with_facts(programme: &str, facts: &str, format: Format) -> Opened {
    let start = Instant::now();
    let name = if format == Format::Json { "f.json" } else { "f.yaml" };
    let opening = Opening::new().facts(name, facts.as_bytes());
    let opened = opening.open("<text>", programme.as_bytes());
    assert_eq!(opened.report.errors(), 0);
    let report = opened.facts_report.as_ref().expect("there is progress");
    bounded(report, facts, start.elapsed());
    opened
}

/// The report is one that people can bear, and came in time.
fn bounded(report: &Report, text: &str, took: Duration) {
    let first = report
        .diagnostics()
        .first()
        .map_or("none", |l| l.diagnostic.code().name());
    eprintln!(
        "{:>9} kB {took:>12.3?}  {first}, {} in all",
        text.len() / 1000,
        report.errors() + report.warnings()
    );
    assert!(took < Duration::from_secs(60), "took {took:?}");
    assert!(report.diagnostics().len() <= 10_000);
    for located in report.diagnostics() {
        let diagnostic = &located.diagnostic;
        assert!(
            diagnostic.message().len() < 4_000,
            "{} is not one line",
            diagnostic.code()
        );
        assert!(
            diagnostic.to_string().len() < 4_000,
            "{} has a long address",
            diagnostic.code()
        );
        assert!(!diagnostic.message().contains('\n'));
    }
}

fn codes(opened: &Opened) -> Vec<&'static str> {
    let mut codes: Vec<_> = opened
        .report
        .diagnostics()
        .iter()
        .map(|l| l.diagnostic.code().name())
        .collect();
    codes.dedup();
    codes
}

const HEAD: &str = "framdrift: 1\nid: stort\n";
const JSON: &str = "{\"framdrift\": 1, \"id\": \"stort\"";

#[test]
fn two_hundred_levels() {
    let mut yaml = format!("{HEAD}x-djup:\n");
    for depth in 1..=200 {
        let _ = writeln!(yaml, "{}nivå:", " ".repeat(depth));
    }
    assert_eq!(codes(&opened(&yaml, Format::Yaml)), ["too-deep"]);
    let json = format!("{JSON}, \"x-djup\": {}{}}}", "[".repeat(200), "]".repeat(200));
    assert_eq!(codes(&opened(&json, Format::Json)), ["too-deep"]);
    let deeper = Limits::default().depth(256);
    let report = open("<text>", json.as_bytes(), Some(Format::Json), &deeper).report;
    assert_eq!(report.errors(), 0, "the limit is what stops it");
}

#[test]
fn one_line_of_64_megabytes_of_yaml() {
    let room = (64 << 20) - 200;
    let yaml = format!("{HEAD}title: {}", "😀".repeat(room / 4));
    assert!(opened(&yaml, Format::Yaml).plan.is_some());
}

#[test]
fn one_line_of_64_megabytes_of_json() {
    let room = (64 << 20) - 200;
    let json = format!("{JSON}, \"title\": \"{}\"}}", "å".repeat(room / 2));
    assert!(opened(&json, Format::Json).plan.is_some());
}

#[test]
fn one_line_of_64_megabytes_with_a_fault_at_its_end() {
    let room = (64 << 20) - 200;
    let json = format!(
        "{JSON}, \"title\": \"{}\", \"strat\": \"2026-01-12\"}}",
        "å".repeat(room / 2)
    );
    let opened = opened(&json, Format::Json);
    assert_eq!(codes(&opened), ["unknown-key"]);
    assert!(opened.report.for_people(false).len() < 2_000, "the line is not shown");
    let column = opened.report.diagnostics()[0].start.column as usize;
    assert_eq!(column, json[..json.find("\"strat\"").unwrap_or(0)].chars().count() + 1);
}

#[test]
fn more_than_64_megabytes() {
    let text = format!("{HEAD}title: {}", "x".repeat(64 << 20));
    assert_eq!(codes(&opened(&text, Format::Yaml)), ["too-large"]);
}

#[test]
fn an_alias_bomb() {
    let mut text = format!("{HEAD}x-a0: &a0 [lol, lol, lol]\n");
    for n in 1..60 {
        let alias = format!("*a{}", n - 1);
        let _ = writeln!(text, "x-a{n}: &a{n} [{}]", [alias.as_str(); 9].join(", "));
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(opened.report.diagnostics()[0].diagnostic.code().name(), "yaml-anchor");
    assert_eq!(opened.report.errors(), 60 + 59 * 9);
}

#[test]
fn a_million_numbers_where_activities_belong() {
    let count = 1_000_000;
    let json = format!("{JSON}, \"activities\": [{}0]}}", "0,".repeat(count - 1));
    let report = opened(&json, Format::Json).report;
    assert_eq!((report.errors(), report.diagnostics().len()), (count, 10_000));
    let yaml = format!("{HEAD}activities:\n{}", "- 0\n".repeat(count));
    let report = opened(&yaml, Format::Yaml).report;
    assert_eq!((report.errors(), report.diagnostics().len()), (count, 10_000));
    assert!(report.for_people(false).contains("… and 990000 more"));
}

#[test]
fn a_hundred_thousand_references_to_nothing() {
    let count = 100_000;
    let mut text = format!("{HEAD}activities:\n");
    for n in 0..count {
        let _ = writeln!(text, "- {{id: å{n}, duration: 1d, after: [ö{n}]}}");
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(opened.report.errors(), count);
    assert_eq!(codes(&opened), ["unknown-reference"]);
}

#[test]
fn references_to_nothing_beside_many_deliverables() {
    let count = 50_000;
    let mut text = format!("{JSON}, \"deliverables\": [");
    for n in 0..count {
        let _ = write!(text, "{{\"id\": \"d{n}\"}},");
    }
    text.push_str("{\"id\": \"d\"}], \"activities\": [{\"id\": \"a\", \"duration\": \"1d\", \"after\": [");
    for n in 0..count {
        let _ = write!(text, "\"ö{n}\",");
    }
    text.push_str("\"ö\"]}]}");
    assert_eq!(opened(&text, Format::Json).report.errors(), count + 1);
}

#[test]
fn a_hundred_thousand_times_the_same_id() {
    let count = 100_000;
    let entry = "{\"id\": \"å\", \"duration\": \"1d\"}";
    let json = format!("{JSON}, \"activities\": [{}]}}", vec![entry; count].join(","));
    let opened = opened(&json, Format::Json);
    assert_eq!(codes(&opened), ["duplicate-id"]);
    assert_eq!(opened.report.errors(), count - 1);
}

#[test]
fn a_hundred_thousand_times_the_same_key() {
    let count = 100_000;
    let json = format!("{JSON}{}}}", ", \"title\": \"å\"".repeat(count));
    let opened = opened(&json, Format::Json);
    assert_eq!(codes(&opened), ["duplicate-key"]);
    assert_eq!(opened.report.errors(), count - 1);
}

#[test]
fn unknown_keys_and_keys_that_stand_twice_in_one_table() {
    let count = 100_000;
    let mut json = JSON.to_owned();
    for n in 0..count {
        let _ = write!(json, ", \"nyckel{n}\": 1, \"title\": \"å\"");
    }
    json.push('}');
    assert_eq!(opened(&json, Format::Json).report.errors(), 2 * count - 1);
}

#[test]
fn a_long_key_of_ones_own_with_many_faults_below_it() {
    let key = "å".repeat(5 << 20);
    let json = format!("{JSON}, \"x-{key}\": {{\"a\": 0{}}}}}", ", \"a\": 1".repeat(20_000));
    assert_eq!(opened(&json, Format::Json).report.errors(), 20_000);
}

#[test]
fn faults_whose_related_places_are_far_off() {
    let mut text = format!("{HEAD}activities:\n");
    for block in 0..6 {
        for _ in 0..2 {
            for n in 0..390 {
                let _ = writeln!(
                    text,
                    "- {{id: b{block}-{n}, title: \"{}\", duration: 1d}}",
                    "Å".repeat(40)
                );
            }
        }
    }
    let report = opened(&text, Format::Yaml).report;
    assert_eq!(report.errors(), 6 * 390);
    let start = Instant::now();
    let people = report.for_people(false);
    eprintln!("{:>9} kB written in {:?}", people.len() / 1000, start.elapsed());
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[test]
fn more_warnings_than_are_kept_are_warnings() {
    let count = 100_000;
    let mut text = format!("{HEAD}activities:\n");
    for n in 0..count {
        let _ = writeln!(text, "- {{id: å{n}}}");
    }
    let opened = opened(&text, Format::Yaml);
    assert!(opened.plan.is_some());
    assert_eq!((opened.report.errors(), opened.report.warnings()), (0, count));
}

#[test]
fn a_calendar_with_every_day_an_exception() {
    let text = format!(
        "{HEAD}calendars:\n- {{id: å, week: {{mon: [\"08:00-16:00\"]}}, exceptions: [1900-01-01/9999-12-31]}}\n"
    );
    assert_eq!(codes(&opened(&text, Format::Yaml)), ["too-many-exceptions"]);
}

#[test]
fn a_hundred_thousand_calendars() {
    let week = "week: {mon: [\"08:00-16:00\"]}";
    let mut text = format!("{HEAD}calendars:\n- {{id: å, {week}, exceptions: [1900-01-01/9999-12-31]}}\n");
    for n in 0..100_000 {
        let _ = writeln!(text, "- {{id: å{n}, parent: å}}");
    }
    assert_eq!(codes(&opened(&text, Format::Yaml)), ["too-many-exceptions"]);
}

#[test]
fn a_chain_of_calendars() {
    let mut text = format!("{HEAD}calendars:\n- {{id: k0, week: {{mon: [\"08:00-16:00\"]}}}}\n");
    for n in 1..20_000 {
        let _ = writeln!(text, "- {{id: k{n}, parent: k{}}}", n - 1);
    }
    opened(&text, Format::Yaml);
}

#[test]
fn a_ring_of_calendars() {
    let mut text = format!("{HEAD}calendars:\n- {{id: k0, parent: k19999, week: {{mon: [\"08:00-16:00\"]}}}}\n");
    for n in 1..20_000 {
        let _ = writeln!(text, "- {{id: k{n}, parent: k{}}}", n - 1);
    }
    assert!(codes(&opened(&text, Format::Yaml)).contains(&"circular-calendars"));
}

#[test]
fn a_hundred_thousand_parts_of_parts() {
    let count = 100_000;
    let mut text = format!("{HEAD}start: 2026-01-12\nactivities:\n- {{id: a0}}\n");
    for n in 1..count - 1 {
        let _ = writeln!(text, "- {{id: a{n}, part-of: a{}}}", n - 1);
    }
    let _ = writeln!(text, "- {{id: sist, part-of: a{}, duration: 1d}}", count - 2);
    let opened = opened(&text, Format::Yaml);
    assert_eq!(codes(&opened), ["parts-too-deep"]);
    assert_eq!(opened.report.errors(), 1);
}

/// A share of each leaf's own duration cannot be joined in one point, so leaves times links are laid out.
#[test]
fn shares_out_of_a_large_summary() {
    let mut text = format!("{HEAD}start: 2026-01-12\nactivities:\n- {{id: allt}}\n");
    for n in 0..4_000 {
        let _ = writeln!(text, "- {{id: del{n}, part-of: allt, duration: {}h}}", n % 40 + 1);
        let _ = writeln!(
            text,
            "- {{id: efter{n}, duration: 1d, after: [{{from: allt, lag: 50%}}]}}"
        );
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(codes(&opened), ["too-many-instances"]);
}

/// A lag into a summary counts on the calendar of each of its parts.
#[test]
fn links_into_a_summary_of_many_calendars() {
    let mut text = format!("{HEAD}start: 2026-01-12\ncalendars:\n");
    for n in 0..4_000 {
        let _ = writeln!(
            text,
            "- {{id: k{n}, week: {{mon: [\"08:00-{:02}:{:02}\"]}}}}",
            9 + n % 14,
            n % 60
        );
    }
    text.push_str("activities:\n- {id: allt}\n");
    for n in 0..4_000 {
        let _ = writeln!(text, "- {{id: del{n}, part-of: allt, duration: 1h, calendar: k{n}}}");
        let _ = writeln!(text, "- {{id: före{n}, duration: 1h, before: [allt]}}");
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(codes(&opened), ["too-many-instances"]);
}

#[test]
fn a_hundred_thousand_parts_in_a_ring() {
    let count = 100_000;
    let mut text = format!("{HEAD}activities:\n- {{id: a0, part-of: a{}}}\n", count - 1);
    for n in 1..count {
        let _ = writeln!(text, "- {{id: a{n}, part-of: a{}}}", n - 1);
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(codes(&opened), ["circular-parts"]);
    assert_eq!(opened.report.errors(), 1);
}

#[test]
fn a_great_ring_of_activities() {
    let count = 100_000;
    let mut text = format!(
        "{HEAD}activities:\n- {{id: a0, duration: 1d, after: [a{}]}}\n",
        count - 1
    );
    for n in 1..count {
        let _ = writeln!(text, "- {{id: a{n}, duration: 1d, after: [a{}]}}", n - 1);
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(codes(&opened), ["dependency-cycle"]);
    assert_eq!(opened.report.errors(), 1);
}

#[test]
fn everything_waits_for_everything_per_subject() {
    let mut text = format!("{HEAD}subjects:\n");
    for n in 0..5_000 {
        let _ = writeln!(text, "- {{id: å{n}, kind: unit}}\n- {{id: ö{n}, kind: area}}");
    }
    text.push_str(
        "groups:\n- {id: enheter, all: unit}\n- {id: områden, all: area}\nactivities:\n- {id: a, per: enheter}\n",
    );
    text.push_str("- {id: b, part-of: a, duration: 1d}\n- {id: c, per: områden}\n- {id: d, part-of: c, duration: 1d, after: [b]}\n");
    assert_eq!(codes(&opened(&text, Format::Yaml)), ["too-many-instances"]);
}

#[test]
fn many_templates_of_a_large_group() {
    let mut text = format!("{HEAD}subjects:\n");
    for n in 0..5_000 {
        let _ = writeln!(text, "- {{id: å{n}, kind: unit}}");
    }
    text.push_str("groups:\n- {id: enheter, all: unit}\nactivities:\n");
    for n in 0..5_000 {
        let _ = writeln!(text, "- {{id: a{n}, per: enheter, duration: 1d}}");
    }
    assert_eq!(codes(&opened(&text, Format::Yaml)), ["too-many-instances"]);
}

#[test]
fn many_groups_of_many_subjects() {
    let mut text = format!("{HEAD}subjects:\n");
    for n in 0..10_000 {
        let _ = writeln!(text, "- {{id: å{n}, kind: unit}}");
    }
    text.push_str("groups:\n");
    for n in 0..10_000 {
        let _ = writeln!(text, "- {{id: g{n}, all: unit}}");
    }
    assert_eq!(codes(&opened(&text, Format::Yaml)), ["too-many-instances"]);
}

#[test]
fn a_million_keys_of_ones_own() {
    let mut json = format!("{JSON}, \"x-register\": {{\"å\": 1");
    for n in 0..1_000_000 {
        let _ = write!(json, ",\"k{n}\":1");
    }
    json.push_str("}}");
    assert!(opened(&json, Format::Json).plan.is_some());
    let mut json = JSON.to_owned();
    for n in 0..1_000_000 {
        let _ = write!(json, ",\"x-k{n}\":1");
    }
    json.push('}');
    assert!(opened(&json, Format::Json).plan.is_some());
}

#[test]
fn an_id_of_ten_megabytes() {
    let id = "å".repeat(5 << 20);
    let text = format!("{HEAD}activities:\n- {{id: {id}, duration: 1d}}\n");
    let opened = opened(&text, Format::Yaml);
    assert_eq!(codes(&opened), ["bad-id"]);
    assert!(opened.report.for_people(false).len() < 2_000);
}

#[test]
fn an_id_of_ten_megabytes_with_many_faults_below_it() {
    let id = "å".repeat(5 << 20);
    let mut json = format!("{JSON}, \"activities\": [{{\"id\": \"{id}\", \"duration\": \"1d\"");
    for n in 0..5_000 {
        let _ = write!(json, ",\"nyckel{n}\": 1");
    }
    json.push_str("}]}");
    assert!(opened(&json, Format::Json).report.errors() >= 5_000);
    let mut json = format!("{JSON}, \"activities\": [{{\"id\": \"{id}\", \"duration\": \"1d\", \"after\": [\"å\"");
    for n in 0..5_000 {
        let _ = write!(json, ",\"ö{n}\"");
    }
    json.push_str("]}]}");
    assert!(codes(&opened(&json, Format::Json)).contains(&"bad-id"));
}

#[test]
fn a_meeting_with_a_long_id_and_many_parts() {
    let id = "å".repeat(5 << 20);
    let mut json = format!("{JSON}, \"meetings\": [{{\"id\": \"{id}\", \"parts\": [{{\"id\": \"å\"}}");
    for n in 0..5_000 {
        let _ = write!(json, ",{{\"id\": \"ö{n}\"}}");
    }
    json.push_str("]}]}");
    assert!(codes(&opened(&json, Format::Json)).contains(&"bad-id"));
}

/// YAML 1.1 takes `NO` and `no` for false.
#[test]
fn norway_stays_norway() {
    let text = "framdrift: 1\nid: NO\ntitle: no\ncalendars:\n- id: on\n  week: {mon: [\"08:00-16:00\"]}\n  holidays: [NO]\n\
                subjects:\n- {id: NO, title: {no: no, sv: Norge}}\ngroups:\n- {id: y, members: [NO]}\n";
    let opened = opened(text, Format::Yaml);
    assert_eq!(opened.report.errors(), 0, "{}", opened.report.for_people(false));
    let document = opened.plan.expect("there is a plan").into_document();
    assert_eq!(document.id.as_str(), "NO");
    assert_eq!(document.title.as_ref().map(|t| t.get(&[])), Some("no"));
    assert_eq!(document.subjects[0].id.as_str(), "NO");
    assert_eq!(document.subjects[0].title.as_ref().map(|t| t.get(&["no"])), Some("no"));
    assert_eq!(document.groups[0].members[0].as_str(), "NO");
    assert_eq!(document.calendars[0].holidays[0].country.word(), "NO");
    let written = framdrift::source::write::to_yaml_text(&document);
    assert!(written.contains("id: \"NO\"\ntitle: \"no\"\n"), "{written}");
}

/// Between the instances of one group a share is of one duration each, however large the group.
#[test]
fn shares_between_the_instances_of_a_large_group() {
    let mut text = format!("{HEAD}start: 2026-01-12\nsubjects:\n");
    for n in 0..3_000 {
        let _ = writeln!(text, "- {{id: å{n}, kind: unit}}");
    }
    text.push_str("groups:\n- {id: enheter, all: unit}\nactivities:\n- {id: a, per: enheter, duration: 2d}\n");
    text.push_str("- {id: b, per: enheter, duration: 1d, after: [{from: a, type: SS, lag: 50%}]}\n");
    assert!(opened(&text, Format::Yaml).plan.is_some());
}

#[test]
fn progress_of_everything_and_of_nothing() {
    let count = 100_000;
    let mut programme = format!("{JSON}, \"activities\": [");
    let (mut known, mut unknown, mut same) = (String::new(), String::new(), String::new());
    for n in 0..count {
        let comma = if n == 0 { "" } else { "," };
        let _ = write!(
            programme,
            "{comma}{{\"id\": \"å{n}\", \"duration\": \"1d\", \"uid\": {n}}}"
        );
        let _ = writeln!(known, "- {{of: å{n}, started: 2026-03-02, remaining: 4h}}");
        let _ = writeln!(unknown, "- {{of: ö{n}, started: 2026-03-02}}");
        let _ = writeln!(same, "- {{of: å7, started: 2026-03-02}}");
    }
    programme.push_str("]}");
    let facts = |entries: &str| {
        let facts = format!("framdrift-facts: 1\nfacts:\n{entries}");
        with_facts(&programme, &facts, Format::Yaml)
    };
    let plan = facts(&known).plan.expect("a plan");
    assert_eq!(plan.facts().iter().count(), count);
    assert_eq!(facts(&unknown).facts_report.unwrap().errors(), count);
    assert_eq!(facts(&same).facts_report.unwrap().errors(), count - 1);
}

#[test]
fn a_reference_of_ten_megabytes_in_progress() {
    let programme = format!("{HEAD}activities: [{{id: a, duration: 1d}}]\n");
    let id = "å".repeat(5_000_000);
    let facts = format!(
        "{{\"framdrift-facts\": 1, \"programme\": \"{id}\", \"facts\": [{{\"of\": \"{id}\", \"started\": \"soon\"}}, {{\"of\": \"a@{id}\"}}]}}"
    );
    let report = with_facts(&programme, &facts, Format::Json).facts_report.unwrap();
    assert!(report.errors() >= 3, "{}", report.errors());
}

#[test]
fn a_hundred_thousand_times_the_same_number() {
    let count = 100_000;
    let mut text = format!("{HEAD}activities:\n");
    for n in 0..count {
        let _ = writeln!(text, "- {{id: å{n}, duration: 1d, uid: 7}}");
    }
    let opened = opened(&text, Format::Yaml);
    assert_eq!(opened.report.errors(), count - 1);
    assert_eq!(codes(&opened), ["duplicate-uid"]);
}
