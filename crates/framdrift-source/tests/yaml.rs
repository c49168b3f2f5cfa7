//! The YAML reader: places to the byte, refusals, and faults people can use.

use framdrift_source::limits::Limits;
use framdrift_source::read::{Format, Reading, read};
use framdrift_source::tree::{Form, Kind, Node};

fn yaml(text: &str) -> Reading<'_> {
    read(text.as_bytes(), Some(Format::Yaml), &Limits::default())
}

/// Every key and value with the text its span covers, one a line.
fn outline(text: &str) -> String {
    fn walk(node: &Node, text: &str, depth: usize, out: &mut String) {
        let pad = "  ".repeat(depth);
        let covers = &text[node.span.range()];
        match &node.value {
            Kind::Scalar(scalar) => *out += &format!("{pad}{:?} <{covers}>\n", scalar.text),
            Kind::Unreadable => *out += &format!("{pad}? <{covers}>\n"),
            Kind::List(items) => {
                *out += &format!("{pad}list <{covers}>\n");
                items.iter().for_each(|item| walk(item, text, depth + 1, out));
            }
            Kind::Table(members) => {
                *out += &format!("{pad}table <{covers}>\n");
                for member in members {
                    *out += &format!("{pad}  {:?} <{}>:\n", member.key, &text[member.key_span.range()]);
                    walk(&member.value, text, depth + 2, out);
                }
            }
        }
    }
    let reading = yaml(text);
    let mut out = String::new();
    if let Some(tree) = &reading.tree {
        walk(&tree.root, text, 0, &mut out);
    }
    for fault in &reading.faults {
        out += &format!("{} <{}>\n", fault.code, &text[fault.span.range()]);
    }
    out.replace('\r', "␍")
        .replace('\n', "⏎")
        .replace(">⏎", ">\n")
        .replace(">:⏎", ">:\n")
}

#[track_caller]
fn spans(text: &str, wanted: &[&str]) {
    let mut all = Vec::new();
    fn walk<'t>(node: &Node, text: &'t str, all: &mut Vec<&'t str>) {
        match &node.value {
            Kind::Scalar(_) | Kind::Unreadable => all.push(&text[node.span.range()]),
            Kind::List(items) => {
                all.push(&text[node.span.range()]);
                items.iter().for_each(|item| walk(item, text, all));
            }
            Kind::Table(members) => {
                all.push(&text[node.span.range()]);
                for member in members {
                    all.push(&text[member.key_span.range()]);
                    walk(&member.value, text, all);
                }
            }
        }
    }
    let reading = yaml(text);
    assert!(reading.faults.is_empty(), "{:?}", reading.faults);
    let tree = reading.tree.expect("there is a tree");
    walk(&tree.root, text, &mut all);
    assert_eq!(all, wanted, "{}", outline(text));
    // The same with Windows line ends.
    if !text.contains('\r') {
        let windows = text.replace('\n', "\r\n");
        let wanted: Vec<String> = wanted.iter().map(|w| w.replace('\n', "\r\n")).collect();
        spans(&windows, &wanted.iter().map(String::as_str).collect::<Vec<_>>());
        // And behind a byte order mark.
        spans_behind_mark(&windows, &wanted);
    }
}

fn spans_behind_mark(text: &str, wanted: &[String]) {
    let marked = format!("\u{FEFF}{text}");
    let reading = yaml(&marked);
    let tree = reading.tree.expect("there is a tree");
    assert_eq!(&marked[tree.root.span.range()], wanted[0]);
}

#[test]
fn spans_of_plain_and_quoted_scalars() {
    spans(
        "åä: öø # æ\n'né''': \"x\\\"😀\"  # c\n\"k\" : 'a\n  b'\nlong: one\n  two\n",
        &[
            "åä: öø # æ\n'né''': \"x\\\"😀\"  # c\n\"k\" : 'a\n  b'\nlong: one\n  two",
            "åä",
            "öø",
            "'né'''",
            "\"x\\\"😀\"",
            "\"k\"",
            "'a\n  b'",
            "long",
            "one\n  two",
        ],
    );
}

#[test]
fn spans_of_block_scalars() {
    spans(
        "å: | # note\n  ä\n\n  ö\n\nb: >-\n  x\n  y\n# end\nc:\n  - |2\n    z\n  - >+\n    w\n\nd: |-\n",
        &[
            "å: | # note\n  ä\n\n  ö\n\nb: >-\n  x\n  y\n# end\nc:\n  - |2\n    z\n  - >+\n    w\n\nd: |-",
            "å",
            "| # note\n  ä\n\n  ö",
            "b",
            ">-\n  x\n  y",
            "c",
            "- |2\n    z\n  - >+\n    w",
            "|2\n    z",
            ">+\n    w",
            "d",
            "|-",
        ],
    );
}

#[test]
fn spans_of_lists_and_tables() {
    spans(
        "a:\n- x # one\n-\n- å: 1\n  b:\nc:\n  # two\n  - - 1\n    - 2\n",
        &[
            "a:\n- x # one\n-\n- å: 1\n  b:\nc:\n  # two\n  - - 1\n    - 2",
            "a",
            "- x # one\n-\n- å: 1\n  b:",
            "x",
            "",
            "å: 1\n  b:",
            "å",
            "1",
            "b",
            "",
            "c",
            "- - 1\n    - 2",
            "- 1\n    - 2",
            "1",
            "2",
        ],
    );
}

#[test]
fn spans_of_flow_style() {
    spans(
        "ø: [ å, {b: 1, c, \"d\":2} , [] ] # x\ne: { } \nf: [g: h, i]\n",
        &[
            "ø: [ å, {b: 1, c, \"d\":2} , [] ] # x\ne: { } \nf: [g: h, i]",
            "ø",
            "[ å, {b: 1, c, \"d\":2} , [] ]",
            "å",
            "{b: 1, c, \"d\":2}",
            "b",
            "1",
            "c",
            "",
            "\"d\"",
            "2",
            "[]",
            "e",
            "{ }",
            "f",
            "[g: h, i]",
            "g: h",
            "g",
            "h",
            "i",
        ],
    );
}

#[test]
fn spans_with_explicit_keys_and_document_marks() {
    spans(
        "---\n? å\n: - x\n? b\n...\n",
        &["? å\n: - x\n? b", "å", "- x", "x", "b", ""],
    );
    spans("--- |\n å\n", &["|\n å"]);
}

#[test]
fn plain_scalars_keep_their_spelling() {
    let forms = |text: &str| {
        let source = format!("a: {text}\n");
        let reading = yaml(&source);
        let tree = reading.tree.expect("there is a tree");
        let Kind::Table(members) = &tree.root.value else {
            panic!("a table")
        };
        let Kind::Scalar(scalar) = &members[0].value.value else {
            panic!("a scalar")
        };
        (scalar.form, scalar.as_text().map(str::to_owned), scalar.as_i64())
    };
    for text in [
        "NO",
        "yes",
        "1_000",
        "12:30",
        "2026-03-01",
        "0b1",
        "+-1",
        ".",
        "-",
        "1e",
        "0o8",
        "0x",
        "nUll",
    ] {
        if text != "-" {
            assert_eq!(forms(text), (Form::Text, Some(text.to_owned()), None), "{text}");
        }
    }
    assert_eq!(forms("0123"), (Form::Integer, Some("0123".to_owned()), Some(123)));
    assert_eq!(forms("0o17"), (Form::Integer, Some("0o17".to_owned()), Some(15)));
    assert_eq!(forms("0xFf"), (Form::Integer, Some("0xFf".to_owned()), Some(255)));
    assert_eq!(forms("-12"), (Form::Integer, Some("-12".to_owned()), Some(-12)));
    for text in ["1.", ".5", "-1e3", "1.5E-3", ".inf", "-.INF", ".NaN"] {
        assert_eq!(forms(text).0, Form::Float, "{text}");
    }
    for text in ["", "~", "null", "NULL"] {
        assert_eq!(forms(text), (Form::Null, None, None), "{text}");
    }
    assert_eq!(forms("True").0, Form::Bool(true));
    assert_eq!(forms("'True'"), (Form::Text, Some("True".to_owned()), None));
}

#[track_caller]
fn faults(text: &str, wanted: &[(&str, &str)]) {
    let reading = yaml(text);
    let found: Vec<_> = reading.faults.iter().map(|f| (f.code, &text[f.span.range()])).collect();
    assert_eq!(found, wanted, "{:?}", reading.faults);
}

#[test]
fn refuses_what_json_does_not_know_and_goes_on() {
    faults(
        "å: &x 1\nb: *x\nc: !!str 2\n<<: {d: [1, {e: 2}]}\n[f]: g\n? {h: i}\n: j\nk: &y\n  l: !t [1]\n*x : 3\n: m\nn: &z\n",
        &[
            ("yaml-anchor", "&x"),
            ("yaml-alias", "*x"),
            ("yaml-tag", "!!str"),
            ("yaml-merge-key", "<<"),
            ("yaml-key", "["),
            ("yaml-key", "{"),
            ("yaml-anchor", "&y"),
            ("yaml-tag", "!t"),
            ("yaml-alias", "*x"),
            ("yaml-key", ""),
            ("yaml-anchor", "&z"),
        ],
    );
    let reading = yaml("å: &x 1\nb: *x\n<<: *x\n[f]: [g]\nk: !t [1]\n");
    let tree = reading.tree.expect("there is a tree");
    let Kind::Table(members) = &tree.root.value else {
        panic!("a table")
    };
    assert_eq!(members.iter().map(|m| &*m.key).collect::<Vec<_>>(), ["å", "b", "k"]);
    assert!(matches!(members[1].value.value, Kind::Unreadable));
    faults("a: 1\n--- \nb: 2\n", &[("yaml-many-documents", "---")]);
    faults("a: 1\n...\nb: 2\n", &[("yaml-many-documents", "b: ")]);
    faults(
        "%YAML 1.1\n%TAG ! tag:a,2026:\n---\na: 1\n",
        &[
            ("yaml-directive", "%YAML 1.1"),
            ("yaml-directive", "%TAG ! tag:a,2026:"),
        ],
    );
    faults("# x\n%YAML 1.2 # x\n---\na: 1\n", &[]);
    faults("\"<<\": 1\n", &[]);
    faults("a: *b\n", &[("yaml-alias", "*")]);
    faults("a: !b!c d\n", &[("yaml-tag", "!")]);
}

#[test]
fn empty_files_and_control_characters() {
    for text in ["", "\n", "# only\n", "---\n", "\u{FEFF}", "--- # x\n...\n"] {
        assert_eq!(
            yaml(text).faults.iter().map(|f| f.code).collect::<Vec<_>>(),
            ["empty-file"],
            "{text:?}"
        );
    }
    faults(
        "a: x\u{1}\u{2}y\nb: \u{7f}\n",
        &[("control-character", "\u{1}\u{2}"), ("control-character", "\u{7f}")],
    );
    assert_eq!(yaml("a: \0\n").faults.len(), 1);
}

#[test]
fn syntax_errors_are_placed_and_said_plainly() {
    for (text, code, at) in [
        ("å:\n\tb: 1\n", "yaml-tab", "\t"),
        ("å:\n  b: 1\n\tc: 2\n", "yaml-tab", "\t"),
        ("å:\n  - b: 1\n  \tc: 2\n", "yaml-tab", "\t"),
        ("å: b: c\n", "yaml-syntax", ": c"),
        ("å: \"b\nc: d\n", "yaml-syntax", "\"b"),
        ("å: 1\n b: 2\n", "yaml-syntax", ""),
        ("å: [1, 2\nb: 3\n", "yaml-syntax", ""),
        ("å: @b\n", "yaml-syntax", "@b"),
        ("å: \"x\" y\n", "yaml-syntax", "y"),
        ("å: ]\n", "yaml-syntax", "]"),
        ("å: \"\\q\"\n", "yaml-syntax", "\"\\q"),
        ("å\nb: 1\n", "yaml-syntax", ""),
        ("  å: 1\nb: 2\n", "yaml-syntax", "b"),
        ("å:\n  - 1\n  b: 2\n", "yaml-syntax", "b"),
        ("å: - 1\n", "yaml-syntax", "- 1"),
    ] {
        let reading = yaml(text);
        assert_eq!(reading.faults.len(), 1, "{text}: {:?}", reading.faults);
        let fault = &reading.faults[0];
        assert_eq!(fault.code, code, "{text}: {fault:?}");
        assert!(text[fault.span.start as usize..].starts_with(at), "{text}: {fault:?}");
        assert!(fault.help.is_some(), "{text}: {fault:?}");
        assert!(!fault.message.contains("this is no valid YAML"), "{text}: {fault:?}");
    }
}

#[test]
fn what_was_read_before_an_error_is_kept() {
    let text = "a: 1\nb:\n  - c: 2\n  - d: @\n";
    let reading = yaml(text);
    let tree = reading.tree.expect("there is a tree");
    assert!(tree.is_cut(&tree.root));
    let Kind::Table(members) = &tree.root.value else {
        panic!("a table")
    };
    assert!(!tree.is_cut(&members[0].value));
    let Kind::List(items) = &members[1].value.value else {
        panic!("a list")
    };
    assert!(tree.is_cut(&members[1].value));
    assert!(!tree.is_cut(&items[0]));
    assert!(tree.is_cut(&items[1]));
}

#[test]
fn the_format_comes_from_the_name_or_the_content() {
    let guess = |text: &str| read(text.as_bytes(), None, &Limits::default()).format;
    assert_eq!(guess(" {\"a\": 1}"), Format::Json);
    assert_eq!(guess("{a: 1}"), Format::Yaml);
    assert_eq!(guess("a: 1"), Format::Yaml);
    assert_eq!(guess("{\"a\": 1"), Format::Json);
    assert_eq!(yaml("{\"a\": 1}").format, Format::Yaml);
    let latin = read(b"name: \xC5sa\n", Some(Format::Yaml), &Limits::default());
    assert_eq!((latin.faults[0].code, latin.faults[0].span.start), ("not-utf8", 6));
    assert!(latin.faults[0].help.as_ref().is_some_and(|help| help.contains('Å')));
    assert_eq!(
        read(b"a: 1", None, &Limits::default().bytes(3)).faults[0].code,
        "too-large"
    );
}
