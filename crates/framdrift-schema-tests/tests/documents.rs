//! What the schemas accept and refuse.

use std::fs;

use serde_json::{Value, json};

use crate::support::{FACTS_VALIDATORS, VALIDATORS, as_json, document, facts, faults, root};

#[test]
fn every_example_validates() {
    let folder = root().join("examples/programmes");
    let mut seen = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "yaml") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        // As another program's YAML reader gives it, and as this library writes it.
        let document = document(&text).unwrap_or_else(|| panic!("{} cannot be read", path.display()));
        for value in [as_json(&text), serde_json::to_value(&document).unwrap()] {
            accepted(&path.display().to_string(), &value);
        }
        seen += 1;
    }
    assert!(seen >= 5, "{seen} examples");
}

#[test]
fn every_way_to_write_a_thing_validates() {
    let text = r#"
framdrift: 1
id: every-way
title: {sv: Alla sätt, nb-NO: Alle måter}
languages: [sv, nb-NO]
start: 2026-03-02T08:00
finish: 2028-12-01
scheduling:
  profile: p6
  lag-calendar: all-day
  precedence: links
  float: finish
  critical: longest-path
  critical-limit: -95.5h
  multiple-critical-paths: true
  open-ends-critical: false
  out-of-sequence: actual-dates
  start-lag: actual-start
  as-late-as-possible: total-float
  expected-finish: false
  external-dates: true
  direction: from-finish
calendar: office
minutes: {day: 450, week: 2250, month: 9000}
calendars:
- {id: base, week: {mon: ["08:00-12:00", "13:00-17:00"], tue: ["00:00-24:00"], sun: []}}
- {id: office, parent: base, holidays: [SE, {country: FI, eves: true}], exceptions: [2026-12-24, 2026-07, {on: 2026-12-28/2026-12-30, hours: ["08:00-12:00"]}]}
subjects: [{id: lund, kind: unit}]
groups: [{id: units, members: [lund], all: unit}]
activities:
- {id: a, duration: 1.5d}
- {id: b, duration: 2ew, after: [a, {from: a, type: SS, lag: +50%}, {from: a, type: FF, lag: -2ed}], before: [m, {to: m, lead-time: P1Y2M3W4D}]}
- id: c
  duration: 0d
  window: 2026-Q4
  constraints: [{kind: as-late-as-possible}, {kind: must-start-on, date: 2026-10-01}, {kind: finish-no-later-than, date: 2026-10-01T12:00}]
- {id: d, uid: 9223372036854775807, manual: {start: 2026-03-02, finish: 2026-03-03T12:00}, inactive: true}
- {id: e, uid: 0, level-of-effort: true}
- {id: g, duration: 0d, work-calendar: base, milestone: start}
- id: f
  duration: 1d
  delay: 36eh
  constraints: [{kind: expected-finish, date: 2026-10-01}, {kind: external-early-start, date: 2026-10-01}, {kind: external-late-finish, date: 2026-10-01}]
meetings:
- {id: m, planned: 2028-03-02T09:00, pre-reads: [guide/v1, {version: guide/v1, ahead: P14D}], agenda: [{id: talk, kind: group-work, start: "09:00", duration: 30m}]}
deliverables:
- {id: guide, versions: [{id: v1, reviews: [{id: round, duration: 5d}]}]}
"#;
    assert!(document(text).is_some());
    accepted("every way", &as_json(text));
}

/// Wrong documents: what is wrong, and where the value stands that makes it so. The reader refuses them, too.
#[test]
fn what_the_reader_refuses_for_its_shape_does_not_validate() {
    let cases: &[(&str, &str, Value)] = &[
        ("another format", "/framdrift", json!(2)),
        ("a format in quotes", "/framdrift", json!("1")),
        ("a key of its own at the top", "/owner", json!("me")),
        ("a misspelt key", "/activities/0/duraton", json!("3d")),
        ("no id", "/activities/0", json!({ "duration": "3d" })),
        ("a list by id", "/activities", json!({ "pack": { "duration": "3d" } })),
        ("an activity that is only an id", "/activities/0", json!("pack")),
        ("nothing in a list", "/activities/0", json!(null)),
        ("a number for a duration", "/activities/0/duration", json!(3)),
        ("a duration without a unit", "/activities/0/duration", json!("3")),
        ("a negative duration", "/activities/0/duration", json!("-3d")),
        ("a date of another kind", "/start", json!("2 March 2026")),
        ("seconds", "/start", json!("2026-03-02T08:00:00")),
        ("a fifth quarter", "/activities/0/window", json!("2026-Q5")),
        (
            "an unknown link type",
            "/activities/0/after",
            json!([{ "from": "x", "type": "fs" }]),
        ),
        (
            "a lag that is no time",
            "/activities/0/after",
            json!([{ "from": "x", "lag": "soon" }]),
        ),
        (
            "a lead time in working days",
            "/activities/0/before",
            json!([{ "to": "x", "lead-time": "20d" }]),
        ),
        (
            "a link without its end",
            "/activities/0/after",
            json!([{ "lag": "2d" }]),
        ),
        (
            "half of a task in between",
            "/activities/0/between",
            json!({ "after": "x" }),
        ),
        (
            "a constraint without its date",
            "/activities/0/constraints",
            json!([{ "kind": "must-start-on" }]),
        ),
        (
            "a date that its constraint does not take",
            "/activities/0/constraints",
            json!([{ "kind": "as-late-as-possible", "date": "2026-03-02" }]),
        ),
        (
            "an unknown constraint",
            "/activities/0/constraints",
            json!([{ "kind": "asap" }]),
        ),
        (
            "a country that is not known",
            "/calendars",
            json!([{ "id": "c", "holidays": ["DE"] }]),
        ),
        (
            "a day by its full name",
            "/calendars",
            json!([{ "id": "c", "week": { "monday": [] } }]),
        ),
        (
            "hours of another kind",
            "/calendars",
            json!([{ "id": "c", "week": { "mon": ["8-17"] } }]),
        ),
        ("a title in no language", "/title", json!({})),
        ("a title in what is no language", "/title", json!({ "s": "Flytt" })),
        ("a list for a title", "/title", json!(["Flytt"])),
        ("a number below nothing", "/activities/0/uid", json!(-1)),
        ("a number in quotes", "/activities/0/uid", json!("7")),
        (
            "half of typed dates",
            "/activities/0/manual",
            json!({ "start": "2026-03-02" }),
        ),
        ("a word for yes", "/activities/0/inactive", json!("yes")),
        ("an unknown profile", "/scheduling", json!({ "profile": "primavera" })),
        ("an elapsed limit", "/scheduling", json!({ "critical-limit": "2ed" })),
        ("minutes below nothing", "/minutes", json!({ "day": -480 })),
    ];
    for (what, pointer, value) in cases {
        let mut programme =
            json!({ "framdrift": 1, "id": "flytt", "activities": [{ "id": "pack", "duration": "3d" }] });
        accepted("what the cases are made of", &programme);
        let (table, key) = pointer.rsplit_once('/').unwrap();
        match programme.pointer_mut(table).unwrap() {
            Value::Array(list) => list[key.parse::<usize>().unwrap()] = value.clone(),
            table => table[key] = value.clone(),
        }
        refused(what, &programme);
    }
    refused("nothing", &json!({}));
    refused("no format", &json!({ "id": "flytt" }));
    refused("no id", &json!({ "framdrift": 1 }));
    refused("a list", &json!([]));
}

#[test]
fn only_keys_that_begin_with_x_and_a_hyphen_are_free() {
    let places = [
        "",
        "/minutes",
        "/scheduling",
        "/calendars/0",
        "/calendars/0/week",
        "/calendars/0/holidays/0",
        "/calendars/0/exceptions/0",
        "/subjects/0",
        "/groups/0",
        "/roles/0",
        "/bodies/0",
        "/people/0",
        "/phases/0",
        "/gates/0",
        "/activities/0",
        "/activities/0/after/0",
        "/activities/0/before/0",
        "/activities/0/between",
        "/activities/0/manual",
        "/activities/0/constraints/0",
        "/activities/0/constraints/1",
        "/meetings/0",
        "/meetings/0/agenda/0",
        "/meetings/0/pre-reads/0",
        "/meetings/0/parts/0",
        "/deliverables/0",
        "/deliverables/0/versions/0",
        "/deliverables/0/versions/0/reviews/0",
    ];
    let whole = json!({
        "framdrift": 1,
        "id": "x",
        "minutes": {},
        "scheduling": {},
        "calendars": [{ "id": "c", "week": {}, "holidays": [{ "country": "SE" }], "exceptions": [{ "on": "2026" }] }],
        "subjects": [{ "id": "s" }],
        "groups": [{ "id": "g" }],
        "roles": [{ "id": "r" }],
        "bodies": [{ "id": "b" }],
        "people": [{ "id": "p" }],
        "phases": [{ "id": "f" }],
        "gates": [{ "id": "t" }],
        "activities": [{
            "id": "a",
            "after": [{ "from": "t" }],
            "before": [{ "to": "m" }],
            "between": { "after": "t", "before": "m" },
            "manual": { "start": "2026-03-02", "finish": "2026-03-02" },
            "constraints": [{ "kind": "as-soon-as-possible" }, { "kind": "must-start-on", "date": "2026-03-02" }],
        }],
        "meetings": [{
            "id": "m",
            "agenda": [{ "id": "i" }],
            "pre-reads": [{ "version": "d/v" }],
            "parts": [{ "id": "p" }],
        }],
        "deliverables": [{ "id": "d", "versions": [{ "id": "v", "reviews": [{ "id": "r" }] }] }],
    });
    accepted("every object", &whole);
    for place in places {
        let with = |key: &str| {
            let mut document = whole.clone();
            document.pointer_mut(place).unwrap()[key] = json!({ "any": [1, null, true, "thing"] });
            document
        };
        for free in ["x-", "x-cost-centre", "x-a b"] {
            accepted(&format!("`{free}` in `{place}`"), &with(free));
        }
        for taken in ["x", "X-cost-centre", "xcost", "-x-", "note"] {
            refused(&format!("`{taken}` in `{place}`"), &with(taken));
        }
    }
}

#[test]
fn recorded_progress_is_accepted_and_refused_as_the_reader_does() {
    let entry = |entry: Value| json!({ "framdrift-facts": 1, "facts": [entry] });
    let good = [
        json!({ "framdrift-facts": 1 }),
        json!({ "framdrift-facts": 1, "programme": "flytt", "status-date": "2026-03-04T17:00", "x-by": [1], "facts": [] }),
        entry(json!({ "of": "guideline/v2@lund" })),
        entry(
            json!({ "of": "pack", "started": "2026-03-02", "remaining": "1.5d", "suspended": "2026-03-03", "resumed": "2026-03-04", "x-a": null }),
        ),
        entry(json!({ "of": "pack", "finished": "2026-03-02T24:00" })),
        entry(json!({ "of": "go", "decided": "2026-03-02" })),
    ];
    let bad = [
        json!({}),
        json!({ "facts": [] }),
        json!({ "framdrift": 1, "id": "flytt" }),
        json!({ "framdrift-facts": 2 }),
        json!({ "framdrift-facts": 1, "status_date": "2026-03-04" }),
        json!({ "framdrift-facts": 1, "facts": { "pack": {} } }),
        entry(json!("pack")),
        entry(json!({ "started": "2026-03-02" })),
        entry(json!({ "of": "pack", "started": "yesterday" })),
        entry(json!({ "of": "pack", "remaining": "-1d" })),
        entry(json!({ "of": "pack", "percent": 50 })),
    ];
    for (values, wanted) in [(&good[..], true), (&bad, false)] {
        for value in values {
            for (name, validator) in &*FACTS_VALIDATORS {
                let faults = faults(validator, value);
                assert_eq!(faults.is_empty(), wanted, "{name}: {value}: {faults:#?}");
            }
            let read = facts(&value.to_string());
            assert_eq!(read.is_some(), wanted, "the reader: {value}");
            if let Some(read) = read {
                assert_eq!(serde_json::to_value(read).unwrap(), without_empty_lists(value));
            }
        }
    }
}

/// An empty list that may be left out is not written.
fn without_empty_lists(value: &Value) -> Value {
    let mut value = value.clone();
    if value["facts"] == json!([]) {
        value.as_object_mut().unwrap().remove("facts");
    }
    value
}

/// Both schemas accept it, and so does the reader.
fn accepted(what: &str, value: &Value) {
    for (name, validator) in &*VALIDATORS {
        let faults = faults(validator, value);
        assert!(faults.is_empty(), "{what} is refused by {name}: {faults:#?}");
    }
    assert!(
        document(&value.to_string()).is_some() || what.ends_with(".yaml"),
        "{what} is refused by the reader"
    );
}

/// Both schemas refuse it, and so does the reader.
fn refused(what: &str, value: &Value) {
    for (name, validator) in &*VALIDATORS {
        assert!(!validator.is_valid(value), "{what} is accepted by {name}");
    }
    assert!(
        document(&value.to_string()).is_none(),
        "{what} is accepted by the reader"
    );
}
