//! Texts made to eat time, memory or stack.

use std::time::{Duration, Instant};

use framdrift_source::limits::Limits;
use framdrift_source::read::{Format, read};
use proptest::prelude::*;

/// Reads on a small stack, within a time no linear reader needs even in a debug build.
fn first_code(text: String, format: Format) -> Option<&'static str> {
    std::thread::Builder::new()
        .stack_size(256 << 10)
        .spawn(move || {
            let start = Instant::now();
            let reading = read(text.as_bytes(), Some(format), &Limits::default());
            let code = match reading.faults.last() {
                Some(last) if last.code == "too-deep" => Some(last.code),
                _ => reading.faults.first().map(|fault| fault.code),
            };
            drop(reading);
            assert!(start.elapsed() < Duration::from_secs(60), "took {:?}", start.elapsed());
            code
        })
        .expect("threads can be made")
        .join()
        .expect("the reader does not panic")
}

#[test]
fn depth_is_bounded() {
    for deep in ["[", "{\"a\":", "[{\"a\":"] {
        assert_eq!(first_code(deep.repeat(100_000), Format::Json), Some("too-deep"));
    }
    for deep in ["[", "{a: ", "- ", "? ", "[{a: ", "[a: ", "? - "] {
        assert_eq!(
            first_code(deep.repeat(100_000), Format::Yaml),
            Some("too-deep"),
            "{deep}"
        );
    }
    let steps: String = (0..500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(first_code(steps, Format::Yaml), Some("too-deep"));
    let inside_a_key = format!("? {}", "- ".repeat(1000));
    assert_eq!(first_code(inside_a_key, Format::Yaml), Some("too-deep"));
    assert_eq!(
        first_code(format!("{}1{}", "[".repeat(64), "]".repeat(64)), Format::Json),
        None
    );
    assert_eq!(first_code(format!("{}1", "- ".repeat(64)), Format::Yaml), None);
}

#[test]
fn long_lines_and_many_entries_are_linear() {
    let length = 2 << 20;
    for (text, code) in [
        (format!("a: {}", "x".repeat(length)), None),
        (format!("a: {}", "å ".repeat(length / 3)), None),
        (format!("a: '{}'", "x ".repeat(length / 2)), None),
        (format!("a: |\n  {}", "å".repeat(length / 2)), None),
        (format!("a: |\n{}", "  å\n".repeat(length / 5)), None),
        (format!("a: >\n{}", "  å\n\n".repeat(length / 6)), None),
        (format!("a: b{}", "\n\n".repeat(length / 2)), None),
        ("#\n".repeat(length / 2) + "a: b", None),
        ("x".repeat(length), None),
        ("x".repeat(length) + ": 1", Some("yaml-syntax")),
        (" ".repeat(length) + "a: 1", None),
        ("- a\n".repeat(length / 4), None),
        ((0..length / 12).map(|n| format!("k{n}: å\n")).collect(), None),
        ("&a ".repeat(length / 3), Some("yaml-anchor")),
        ("- &a b\n".repeat(length / 7), Some("yaml-anchor")),
        ("- !a b\n".repeat(length / 7), Some("yaml-tag")),
        (format!("- &a b\n{}", "- *a\n".repeat(length / 5)), Some("yaml-anchor")),
        ("- [1, {a: b}]\n".repeat(length / 14), None),
        (format!("- [{}]", "1,".repeat(length / 2)), Some("yaml-long-flow")),
        (format!("[{}]", "a,".repeat(length / 2)), Some("yaml-long-flow")),
        (format!("- '{}'", ",".repeat(length)), Some("yaml-long-flow")),
        (format!("a: [[{}]]", "1,".repeat(length / 2)), Some("yaml-long-flow")),
        (format!("a: [{}]", "1,".repeat(length / 2)), None),
        (format!("- {{{}}}", "a: 1, ".repeat(length / 6)), Some("yaml-long-flow")),
        (format!("a: [{}", "a b ".repeat(length / 4)), Some("yaml-syntax")),
        ("\u{1}a".repeat(length / 2), Some("control-character")),
        ("%A\n".repeat(length / 3), Some("yaml-directive")),
    ] {
        let start: String = text.chars().take(20).collect();
        assert_eq!(first_code(text, Format::Yaml), code, "{start}");
    }
    for (text, code) in [
        (format!("[{}1]", "1,".repeat(length / 2)), None),
        (format!("\"{}\"", "\\n".repeat(length / 2)), None),
        (format!("[{}]", "1 ".repeat(length / 2)), Some("json-missing-comma")),
        ("/**/".repeat(length / 4), Some("json-comment")),
        (format!("\"{}\"", "\\ud800".repeat(length / 6)), Some("json-escape")),
        ("9".repeat(length), Some("json-number-range")),
    ] {
        assert_eq!(first_code(text, Format::Json), code);
    }
}

#[test]
fn values_are_bounded_and_faults_counted() {
    let limits = Limits::default().nodes(100).diagnostics(10);
    let many = read(b"[1,1,1]", Some(Format::Json), &Limits::default().nodes(3));
    assert_eq!(many.faults[0].code, "too-many-values");
    let text = "- 1\n".repeat(200);
    assert_eq!(read(text.as_bytes(), None, &limits).faults[0].code, "too-many-values");
    let text = "- *a\n".replace("*a", "&a b").repeat(50);
    let reading = read(text.as_bytes(), None, &limits);
    assert_eq!((reading.faults.len(), reading.uncounted), (10, 40));
}

/// Pieces of YAML in any order: whatever they make, reading must come back, with every place inside the text.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a"),
        Just(": "),
        Just(":"),
        Just("- "),
        Just("-"),
        Just("\n"),
        Just("\n  "),
        Just("\n    "),
        Just("\r\n"),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just(","),
        Just("? "),
        Just("'"),
        Just("\""),
        Just("|"),
        Just(">"),
        Just("|-"),
        Just(">+2"),
        Just("&x "),
        Just("*x"),
        Just("!t "),
        Just("!<a>"),
        Just("#"),
        Just(" #å"),
        Just("å"),
        Just("😀"),
        Just("\t"),
        Just("---"),
        Just("..."),
        Just("%YAML 1.2"),
        Just("<<"),
        Just("\u{FEFF}"),
        Just("\\"),
        Just("\r"),
        Just("\u{85}"),
        Just(" "),
        Just("1"),
        Just("~"),
        Just("!"),
        Just("@"),
        Just("%"),
        Just("\0"),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn check(text: &str, bytes: &[u8]) {
    use framdrift_source::tree::{Kind, Node};
    fn walk(node: &Node, text: &str, outer: std::ops::Range<usize>) {
        let range = node.span.range();
        assert!(text.get(range.clone()).is_some(), "{text:?} {node:?}");
        assert!(
            outer.start <= range.start && range.end <= outer.end,
            "{text:?} {outer:?} {node:?}"
        );
        match &node.value {
            Kind::List(items) => {
                let mut from = range.start;
                for item in items {
                    walk(item, text, from..range.end);
                    from = item.span.end as usize;
                }
            }
            Kind::Table(members) => {
                let mut from = range.start;
                for member in members {
                    let key = member.key_span.range();
                    assert!(
                        text.get(key.clone()).is_some() && from <= key.start,
                        "{text:?} {node:?}"
                    );
                    walk(&member.value, text, key.end..range.end);
                    from = member.value.span.end as usize;
                }
            }
            Kind::Scalar(_) | Kind::Unreadable => {}
        }
    }
    for format in [None, Some(Format::Json), Some(Format::Yaml)] {
        let reading = read(bytes, format, &Limits::default());
        assert!(reading.tree.is_some() || !reading.faults.is_empty(), "{text:?}");
        for fault in &reading.faults {
            assert!(
                reading.text.len() < bytes.len() || text.get(fault.span.range()).is_some(),
                "{text:?} {fault:?}"
            );
        }
        if let Some(tree) = &reading.tree {
            assert!(tree.cut.is_none() || !reading.faults.is_empty());
            walk(&tree.root, text, 0..text.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn any_soup_is_read_or_refused(text in soup()) {
        check(&text, text.as_bytes());
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}|[ -~\n\t]{0,60}") {
        check(&text, text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let reading = read(&bytes, None, &Limits::default());
        prop_assert!(reading.tree.is_some() || !reading.faults.is_empty());
    }
}
