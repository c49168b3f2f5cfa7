//! What is written is read back.

use framdrift_model::value::Value;
use framdrift_source::limits::Limits;
use framdrift_source::read::{Format, read};
use framdrift_source::write::{to_json, to_yaml};
use proptest::prelude::*;

fn back(text: &str, format: Option<Format>) -> Value {
    let reading = read(text.as_bytes(), format, &Limits::default());
    assert!(reading.faults.is_empty(), "{text}\n{:?}", reading.faults);
    reading
        .tree
        .expect("there is a tree")
        .root
        .to_value()
        .expect("all is readable")
}

fn words() -> impl Strategy<Value = String> {
    let hard = prop_oneof![
        Just("NO"),
        Just("y"),
        Just("off"),
        Just("~"),
        Just("null"),
        Just("0123"),
        Just("1_000"),
        Just("12:30"),
        Just("2026-03-01"),
        Just("0x1F"),
        Just("0o7"),
        Just("1e3"),
        Just(".5"),
        Just("."),
        Just(".inf"),
        Just("-"),
        Just("- a"),
        Just("---"),
        Just("..."),
        Just("a: b"),
        Just("a:"),
        Just("a #b"),
        Just("#a"),
        Just("<<"),
        Just("="),
        Just(" a"),
        Just("a "),
        Just("a\n"),
        Just("a\nb\n\n"),
        Just("\n"),
        Just("\na\n  b"),
        Just("\ta\nb"),
        Just("a\n\tb"),
        Just("a \nb"),
        Just("\r\n"),
        Just("a\r"),
        Just("\u{85}"),
        Just("\u{2028}x"),
        Just("\u{FEFF}"),
        Just("😀"),
        Just("\u{0}"),
        Just("'"),
        Just("\""),
        Just("\\"),
        Just("@a"),
        Just("[a"),
        Just("a, b"),
        Just("?"),
        Just("-1"),
        Just("+1"),
        Just("%a"),
        Just("a\u{0}b"),
        Just("|"),
        Just("*a"),
        Just("&a"),
        Just("!a"),
        Just("\u{10FFFF}"),
        Just("\u{a0}"),
        Just(" \n "),
        Just("\n\n"),
        Just("a\n---\nb"),
        Just("a\n# b"),
        Just("TRUE"),
        Just("4t -"),
    ];
    prop_oneof![
        3 => hard.prop_map(str::to_owned),
        3 => "[a-zåæø0-9 :#,\\-\n'\"\\[\\]{}]{0,12}",
        2 => any::<String>(),
        1 => "[a-z]{900,1100}",
        1 => "[a-z ]{0,5}(\n[a-z \t]{0,5}){1,4}",
    ]
}

fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => any::<i64>().prop_map(Value::Integer),
        1 => proptest::num::f64::NORMAL.prop_map(Value::Float),
        1 => proptest::num::f64::SUBNORMAL.prop_map(Value::Float),
        1 => (-1000_i32..1000).prop_map(|n| Value::Float(f64::from(n) / 4.0)),
        6 => words().prop_map(Value::Text),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
            proptest::collection::vec((words(), inner), 0..6).prop_map(Value::Table),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn yaml_comes_back(value in values()) {
        let text = to_yaml(&value);
        prop_assert_eq!(back(&text, Some(Format::Yaml)), value, "{}", text);
    }

    #[test]
    fn yaml_with_windows_line_ends_comes_back(value in values()) {
        let text = to_yaml(&value).replace('\n', "\r\n");
        prop_assert_eq!(back(&text, Some(Format::Yaml)), value, "{}", text);
    }

    #[test]
    fn json_comes_back_and_is_yaml_too(value in values()) {
        let text = to_json(&value);
        prop_assert_eq!(&back(&text, Some(Format::Json)), &value, "{}", text);
        prop_assert_eq!(&back(&text, Some(Format::Yaml)), &value, "{}", text);
    }
}

#[test]
fn looks_as_people_write_it() {
    let text = |s: &str| Value::Text(s.to_owned());
    let table =
        |pairs: &[(&str, Value)]| Value::Table(pairs.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect());
    let value = table(&[
        ("framdrift", Value::Integer(1)),
        (
            "text",
            table(&[("sv", text("Införande")), ("nb", text("Innføring")), ("no", text("NO"))]),
        ),
        ("purpose", text("First line.\n\n  - second\n")),
        (
            "activities",
            Value::List(vec![
                table(&[
                    ("id", text("kick-off")),
                    ("lasts", text("2d")),
                    ("after", Value::List(vec![text("a.b"), text("12:30")])),
                ]),
                table(&[
                    ("id", text("0123")),
                    ("start", text("2026-03-01")),
                    ("lag", text("-2d")),
                    ("note", text("a: b")),
                ]),
            ]),
        ),
        ("empty", Value::List(vec![])),
        (
            "deep",
            Value::List(vec![Value::List(vec![table(&[("a", Value::Null)])])]),
        ),
        ("number", Value::Float(1e300)),
    ]);
    assert_eq!(
        to_yaml(&value),
        "framdrift: 1
text:
  sv: Införande
  nb: Innføring
  \"no\": \"NO\"
purpose: |
  First line.

    - second
activities:
  - id: kick-off
    lasts: 2d
    after: [a.b, \"12:30\"]
  - id: \"0123\"
    start: 2026-03-01
    lag: -2d
    note: \"a: b\"
empty: []
deep:
  - - a: null
number: 1.0e+300
"
    );
}
