//! The JSON reader against `serde_json`, and its way past damage.

use framdrift_source::limits::Limits;
use framdrift_source::read::{Format, Reading, read};
use framdrift_source::tree::Kind;
use proptest::prelude::*;

fn json(text: &str) -> Reading<'_> {
    read(text.as_bytes(), Some(Format::Json), &Limits::default())
}

fn codes(text: &str) -> Vec<&'static str> {
    json(text).faults.iter().map(|fault| fault.code).collect()
}

fn agrees(text: &str) -> Result<(), TestCaseError> {
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    let ours = json(text);
    prop_assert_eq!(
        ours.faults.is_empty(),
        theirs.is_ok(),
        "{:?}: {:?} {:?}",
        text,
        ours.faults,
        theirs
    );
    if let Ok(theirs) = theirs {
        let tree = ours.tree.expect("a text without faults has a tree");
        let value = tree.root.to_value().expect("all is readable");
        // Ours keeps duplicate keys; written out and read by serde_json the last one wins on both sides.
        let again = framdrift_source::write::to_json(&value);
        let again: serde_json::Value = serde_json::from_str(&again).expect("our JSON is JSON");
        prop_assert!(same(&again, &theirs), "{:?}: {} {}", text, again, theirs);
    }
    Ok(())
}

/// Equal, but for the last bits of a float: serde_json reads floats to within one unit only.
fn same(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    use serde_json::Value::{Array, Number, Object};
    match (a, b) {
        (Number(a), Number(b)) if a.is_i64() && b.is_i64() => a == b,
        (Number(a), Number(b)) => {
            let (a, b) = (a.as_f64().expect("finite"), b.as_f64().expect("finite"));
            a == b || (a - b).abs() <= 4.0 * f64::EPSILON * a.abs().max(b.abs())
        }
        (Array(a), Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Object(a), Object(b)) => a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b))),
        _ => a == b,
    }
}

#[test]
fn validity_is_serde_jsons() {
    let cases = [
        "",
        " ",
        "null",
        "nul",
        "nulll",
        "true false",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud83d\\ude00\"",
        "\"\\ud83d\\n\"",
        "\"\\ud83dx\"",
        "\"\\ud83d\\u0041\"",
        "\"\\u12g4\"",
        "\"\\u123",
        "\"\\x\"",
        "\"a\tb\"",
        "\"a\nb\"",
        "\"\u{7f}\"",
        "\"\u{1}\"",
        "\"",
        "\"\\",
        "\"\\\"",
        "01",
        "-01",
        "-",
        "-0",
        "0.",
        ".5",
        "1.e3",
        "1e",
        "1e+",
        "1E-3",
        "1e400",
        "-1e400",
        "1e-400",
        "123456789012345678901234567890",
        "+1",
        "0x10",
        "1_000",
        "[",
        "]",
        "[]",
        "[,]",
        "[1,]",
        "[1,,2]",
        "[1 2]",
        "{",
        "}",
        "{}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\" 1}",
        "{1:2}",
        "// x\n1",
        "/* x */ 1",
        "/* x",
        "# x\n1",
        "[1]]",
        "[1}",
        "{\"a\":1]",
        "NaN",
        "-Infinity",
        "[1]x",
        "\u{a0}1",
        "1\u{0}",
        "{\"a\":1,\"a\":2}",
        "\u{c}1",
        "[\"a\"\"b\"]",
        "tru",
        "[nul]",
        "1 ",
        "\r\n\t 1",
        "\u{FEFF}\u{FEFF}1",
        "[1,2",
        "{\"a\":",
        "{\"a\"",
    ];
    for case in cases {
        agrees(case).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn very_long_numbers_are_judged_like_serde_json() {
    for digits in [300, 308, 309, 310, 400] {
        let text = "9".repeat(digits);
        agrees(&text).unwrap_or_else(|error| panic!("{error}"));
        agrees(&format!("{text}.5")).unwrap_or_else(|error| panic!("{error}"));
        agrees(&format!("0.{text}")).unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn goes_on_past_simple_damage() {
    let text =
        "{\n  // plan\n  name: 'Åsa',\n  \"a\": 01\n  \"b\": [1 2,, 3,],\n  \"c\": True, \"d\" 4, \"e\":, \"f\",\n}";
    let reading = json(text);
    assert!(reading.tree.as_ref().is_some_and(|tree| tree.cut.is_none()));
    assert_eq!(
        codes(text),
        [
            "json-comment",
            "json-unquoted-key",
            "json-single-quotes",
            "json-number",
            "json-missing-comma",
            "json-missing-comma",
            "json-extra-comma",
            "json-extra-comma",
            "json-bare-word",
            "json-missing-colon",
            "json-missing-value",
            "json-missing-value",
            "json-extra-comma",
        ]
    );
    let tree = reading.tree.expect("there is a tree");
    let Kind::Table(members) = &tree.root.value else {
        panic!("a table")
    };
    assert_eq!(
        members.iter().map(|member| &*member.key).collect::<Vec<_>>(),
        ["name", "a", "b", "c", "d", "e", "f"]
    );
    for member in members {
        assert!(matches!(
            &text[member.key_span.range()],
            "name" | "\"a\"" | "\"b\"" | "\"c\"" | "\"d\"" | "\"e\"" | "\"f\""
        ));
    }
}

#[test]
fn stops_where_nothing_makes_sense() {
    for (text, code, at) in [
        ("{\"å\": [1, 2}", "json-syntax", "}"),
        ("{\"å\": [1, 2", "json-unclosed", "["),
        ("{\"å\": \"x\n}", "json-unclosed", "\"x"),
        ("{\"å\": 1} 2", "json-trailing", "2"),
        ("[prose is no json]", "json-bare-word", "prose"),
        ("{\"a\" = 1}", "json-syntax", "="),
        ("[1] /* x", "json-unclosed", "/*"),
    ] {
        let reading = json(text);
        let fault = &reading.faults[0];
        assert_eq!(fault.code, code, "{text}");
        assert!(text[fault.span.start as usize..].starts_with(at), "{text}: {fault:?}");
    }
    assert!(codes("[prose is no json]").len() <= 2);
}

#[test]
fn duplicate_keys_are_kept_and_marks_are_passed() {
    let reading = json("\u{FEFF}{\"a\": 1, \"a\": 2}");
    assert!(reading.faults.is_empty());
    let tree = reading.tree.expect("there is a tree");
    let Kind::Table(members) = &tree.root.value else {
        panic!("a table")
    };
    assert_eq!(members.len(), 2);
    assert_eq!(&reading.text[members[1].value.span.range()], "2");
}

/// Pieces of JSON, whole and broken, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(","),
        Just(":"),
        Just("\"a\""),
        Just("\"å\\n\""),
        Just("1"),
        Just("-0.5e3"),
        Just("true"),
        Just("null"),
        Just(" "),
        Just("\n"),
        Just("\""),
        Just("\\"),
        Just("'"),
        Just("/"),
        Just("*"),
        Just("#"),
        Just("\\ud83d"),
        Just("0"),
        Just("x"),
        Just("-"),
        Just("."),
        Just("e"),
        Just("\u{1}"),
    ];
    proptest::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn valid() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        "\\PC{0,8}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(serde_json::Value::from),
            proptest::collection::vec(("[a-zå\"\n]{0,4}", inner), 0..6)
                .prop_map(|pairs| serde_json::Value::Object(pairs.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn agrees_with_serde_json_on_soup(text in soup()) {
        agrees(&text)?;
    }

    #[test]
    fn agrees_with_serde_json_on_json_with_one_wound(value in valid(), at in any::<prop::sample::Index>(), wound in soup()) {
        let mut text = value.to_string();
        agrees(&text)?;
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        text.insert_str(places[at.index(places.len())], &wound);
        agrees(&text)?;
    }
}
