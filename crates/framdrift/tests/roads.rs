//! The fast road and the thorough one: the same document, the same judgement, whatever happened to the text.
//!
//! `FRAMDRIFT_CASES=10000 cargo test -p framdrift --test main roads` tries more of them.

use framdrift::open;
use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::source::write::{to_json_text, to_yaml_text};
use proptest::prelude::*;

use crate::documents::{config, document};

/// A small accident that a text can have.
#[derive(Clone, Debug)]
enum Accident {
    DeleteByte(usize),
    InsertByte(usize, u8),
    ReplaceByte(usize, u8),
    DeleteLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
    /// A letter of a word between quotes or before a colon is doubled.
    Misspell(usize),
    /// What follows a colon becomes something else.
    OtherValue(usize, &'static str),
    OtherKey(usize, &'static str),
    Cut(usize),
}

const VALUES: &[&str] = &[
    "null",
    "true",
    "1",
    "0",
    "-0",
    "-1",
    "1.5",
    "1e2",
    "1e400",
    "\"\"",
    "\"å\"",
    "[]",
    "{}",
    "[[]]",
    "[{}]",
    "[null]",
    "{\"sv\": 1}",
    "{\"sv\": \"x\", \"sv\": \"y\"}",
    "{\"svenska\": \"x\"}",
    "\"2026-02-30\"",
    "\"2026-03-01\"",
    "\"3d\"",
    "{\"x-a\": 1, \"x-a\": 2}",
    "[1, 2",
    "18446744073709551616",
    "99999999999",
    "{\"id\": \"å\"}",
    "[\"å\", \"ä\"]",
    "\"\\ud800\"",
    "\"\\u00e5\"",
    "[{\"kind\": \"must-start-on\", \"kind\": \"must-start-on\", \"date\": \"2026-03-01\"}]",
    "[{\"kind\": \"as-soon-as-possible\", \"date\": \"2026-03-01\"}]",
    "[{\"from\": \"å\", \"from\": \"å\"}]",
    "-1e-400",
];

const KEYS: &[&str] = &[
    "id",
    "x-å",
    "kind",
    "after",
    "framdrift",
    "title",
    "sv",
    "x-",
    "",
    "date",
    "per",
    "extensions",
];

fn accident() -> impl Strategy<Value = Accident> {
    let at = || any::<usize>();
    prop_oneof![
        2 => at().prop_map(Accident::DeleteByte),
        2 => (at(), any::<u8>()).prop_map(|(at, byte)| Accident::InsertByte(at, byte)),
        1 => (at(), prop::sample::select(b"{}[],:\"\\ \n\t0-#'&*!".to_vec())).prop_map(|(at, byte)| Accident::InsertByte(at, byte)),
        2 => (at(), 0x20_u8..0x7F).prop_map(|(at, byte)| Accident::ReplaceByte(at, byte)),
        2 => at().prop_map(Accident::DeleteLine),
        2 => at().prop_map(Accident::DoubleLine),
        1 => (at(), at()).prop_map(|(a, b)| Accident::SwapLines(a, b)),
        3 => at().prop_map(Accident::Misspell),
        6 => (at(), prop::sample::select(VALUES)).prop_map(|(at, value)| Accident::OtherValue(at, value)),
        4 => (at(), prop::sample::select(KEYS)).prop_map(|(at, key)| Accident::OtherKey(at, key)),
        1 => at().prop_map(Accident::Cut),
    ]
}

fn happen(text: &mut Vec<u8>, accident: &Accident) {
    let lines = |text: &[u8]| -> Vec<Vec<u8>> { text.split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect() };
    let length = text.len().max(1);
    let colons = |text: &[u8]| -> Vec<usize> { (0..text.len()).filter(|at| text[*at..].starts_with(b": ")).collect() };
    match *accident {
        Accident::DeleteByte(at) if !text.is_empty() => _ = text.remove(at % length),
        Accident::InsertByte(at, byte) => text.insert(at % (text.len() + 1), byte),
        Accident::ReplaceByte(at, byte) if !text.is_empty() => text[at % length] = byte,
        Accident::DeleteLine(at) | Accident::DoubleLine(at) => {
            let mut lines = lines(text);
            if lines.is_empty() {
                return;
            }
            let at = at % lines.len();
            if matches!(accident, Accident::DeleteLine(_)) {
                lines.remove(at);
            } else {
                lines.insert(at, lines[at].clone());
            }
            *text = lines.concat();
        }
        Accident::SwapLines(a, b) => {
            let mut lines = lines(text);
            let count = lines.len().max(1);
            if count > 1 {
                lines.swap(a % count, b % count);
            }
            *text = lines.concat();
        }
        Accident::Misspell(at) => {
            let letters: Vec<usize> = (0..text.len()).filter(|at| text[*at].is_ascii_lowercase()).collect();
            if !letters.is_empty() {
                let at = letters[at % letters.len()];
                text.insert(at, text[at]);
            }
        }
        Accident::OtherValue(at, value) => {
            let colons = colons(text);
            if colons.is_empty() {
                return;
            }
            let from = colons[at % colons.len()] + 2;
            let line = text[from..]
                .iter()
                .position(|b| *b == b'\n')
                .map_or(text.len(), |n| from + n);
            let to = if text[from..line].ends_with(b",") {
                line - 1
            } else {
                line
            };
            text.splice(from..to, value.bytes());
        }
        Accident::OtherKey(at, key) => {
            let colons = colons(text);
            if colons.is_empty() {
                return;
            }
            let to = colons[at % colons.len()];
            let from = text[..to].iter().rposition(|b| *b == b' ').map_or(0, |n| n + 1);
            let quoted = if text[from..to].starts_with(b"\"") {
                format!("\"{key}\"")
            } else {
                key.to_owned()
            };
            text.splice(from..to, quoted.bytes());
        }
        Accident::Cut(at) => text.truncate(at % length),
        Accident::DeleteByte(_) | Accident::ReplaceByte(..) => {}
    }
}

/// A text that shows itself as one where a property fails.
#[derive(Clone)]
struct Text(Vec<u8>);

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.0))
    }
}

fn mutated(write: fn(&framdrift::ProgrammeDoc) -> String) -> impl Strategy<Value = Text> {
    (document(), prop::collection::vec(accident(), 1..4)).prop_map(move |(document, accidents)| {
        let mut text = write(&document).into_bytes();
        for accident in &accidents {
            happen(&mut text, accident);
        }
        Text(text)
    })
}

/// The document, whether something is missing from it, and each diagnostic with its pointer and its stretch of text.
type Judged = (Option<framdrift::ProgrammeDoc>, bool, Vec<(String, String, u32, u32)>);

/// Everything found on a road: in the text, and in as much of the document as there is.
fn judged(mut source: SourceText<'_>) -> Judged {
    let document = source.take_document();
    let damaged = !source.damage().is_none();
    if let Some(document) = &document {
        let checked = document.check(source.damage());
        source.locate(checked.into_diagnostics());
    }
    let rows = source.diagnostics().iter().map(|l| {
        (
            l.diagnostic.to_string(),
            l.diagnostic.place().pointer.clone(),
            l.span.start,
            l.span.end,
        )
    });
    let rows = rows.collect();
    (document, damaged, rows)
}

fn shown(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn both_roads_read_the_same(document in document()) {
        let text = to_json_text(&document);
        let fast = SourceText::open(text.as_bytes(), Some(Format::Json), &Limits::default());
        let thorough = SourceText::open_thorough(text.as_bytes(), Some(Format::Json), &Limits::default());
        prop_assert_eq!(judged(fast), judged(thorough), "{}", text);
    }
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn both_roads_judge_the_same_after_an_accident(Text(text) in mutated(to_json_text)) {
        for format in [Some(Format::Json), None] {
            let fast = SourceText::open(&text, format, &Limits::default());
            let thorough = SourceText::open_thorough(&text, format, &Limits::default());
            prop_assert_eq!(fast.errors(), thorough.errors(), "{}", shown(&text));
            prop_assert_eq!(judged(fast), judged(thorough), "{}", shown(&text));
        }
    }

    #[test]
    fn no_accident_to_json_panics(Text(text) in mutated(to_json_text)) {
        survives(&text);
    }

    #[test]
    fn no_accident_to_yaml_panics(Text(text) in mutated(to_yaml_text)) {
        survives(&text);
    }
}

/// Opens a text and writes the report in every form. Either there is a plan, or a reason why there is none.
fn survives(text: &[u8]) {
    for format in [None, Some(Format::Json), Some(Format::Yaml)] {
        let opened = open("<text>", text, format, &Limits::default());
        assert_eq!(opened.plan.is_none(), opened.report.errors() > 0, "{}", shown(text));
        let people = opened.report.for_people(true).len() + opened.report.for_people(false).len();
        assert_eq!(people == 0, opened.report.diagnostics().is_empty());
        let _ = opened.report.for_programs();
    }
}

/// Texts on which the roads could part: what one parser takes for a number or a key, and what limits count.
#[test]
fn the_roads_do_not_part() {
    let hard = [
        "-0",
        "-0.0",
        "31.245270191439438",
        "1e23",
        "9007199254740993",
        "-9223372036854775808",
        "9223372036854775808",
        "18446744073709551616",
        "123456789012345678901234567890",
        "2.2250738585072011e-308",
        "0.1e1",
        "1E-5",
    ];
    for number in hard {
        let text = format!("{{\"framdrift\": 1, \"id\": \"å\", \"x-tal\": {number}}}");
        let fast = SourceText::open(text.as_bytes(), Some(Format::Json), &Limits::default());
        let thorough = SourceText::open_thorough(text.as_bytes(), Some(Format::Json), &Limits::default());
        assert_eq!(judged(fast), judged(thorough), "{number}");
    }
    let constraint = "{\"kind\": \"must-start-on\", \"kind\": \"must-start-on\", \"date\": \"2026-03-02\"}";
    for (entry, code) in [
        (format!("\"constraints\": [{constraint}]"), "duplicate-key"),
        ("\"title\": {\"sv\": \"x\", \"sv\": \"x\"}".to_owned(), "duplicate-key"),
        ("\"x-a\": {\"å\": 1, \"å\": 1}".to_owned(), "duplicate-key"),
        ("\"x-a\": 1, \"x-a\": 1".to_owned(), "duplicate-key"),
        (
            "\"after\": [{\"from\": \"b\", \"from\": \"b\"}]".to_owned(),
            "duplicate-key",
        ),
    ] {
        let text = format!(
            "{{\"framdrift\": 1, \"id\": \"å\", \"activities\": [{{\"id\": \"a\", \"duration\": \"1d\", {entry}}}, {{\"id\": \"b\", \"duration\": \"1d\"}}]}}"
        );
        for format in [Format::Json, Format::Yaml] {
            let opened = open("<text>", text.as_bytes(), Some(format), &Limits::default());
            let codes: Vec<_> = opened
                .report
                .diagnostics()
                .iter()
                .map(|l| l.diagnostic.code().name())
                .collect();
            assert_eq!(codes, [code], "{entry}");
        }
    }
}

/// What a limit counts does not depend on the road.
#[test]
fn limits_hold_on_both_roads() {
    let text = b"{\"framdrift\": 1, \"id\": \"\\\"[a,{\", \"x-a\": [[], {}, [ ], [1, [2]], {\"b\": {}}], \"languages\": [\"sv\"]}";
    for nodes in 0..20 {
        for depth in 0..6 {
            let limits = Limits::default().nodes(nodes).depth(depth);
            let fast = SourceText::open(text, Some(Format::Json), &limits);
            let thorough = SourceText::open_thorough(text, Some(Format::Json), &limits);
            assert_eq!(judged(fast), judged(thorough), "{nodes} {depth}");
        }
    }
    let too_many = |nodes: usize| {
        let report = open("<text>", text, None, &Limits::default().nodes(nodes)).report;
        report
            .diagnostics()
            .iter()
            .any(|l| l.diagnostic.code().name() == "too-many-values")
    };
    assert!(too_many(14) && !too_many(15), "fifteen values, keys not counted");
}
