//! Documents written and read again, as JSON and as YAML.
//!
//! `FRAMDRIFT_CASES=10000 cargo test -p framdrift --test main round_trip` tries more of them.

use framdrift::ProgrammeDoc;
use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::source::write::{to_json_text, to_yaml_text};
use framdrift::{Opened, open};
use proptest::prelude::*;

use crate::documents::{config, document, faulty_document};

fn read(text: &str, format: Format) -> ProgrammeDoc {
    let mut source = SourceText::open(text.as_bytes(), Some(format), &Limits::default());
    assert_eq!(
        source.errors(),
        0,
        "{text}\n{}",
        source.report("text").for_people(false)
    );
    source.take_document().expect("there is a document")
}

fn opened(text: &str, format: Format) -> Opened {
    open("<text>", text.as_bytes(), Some(format), &Limits::default())
}

/// What was found, without the places in the text.
fn found(opened: &Opened) -> Vec<String> {
    let mut found: Vec<_> = opened
        .report
        .diagnostics()
        .iter()
        .map(|l| l.diagnostic.to_string())
        .collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn json_gives_the_document_back(document in document()) {
        let text = to_json_text(&document);
        prop_assert_eq!(&read(&text, Format::Json), &document, "{}", text);
        let thorough = SourceText::open_thorough(text.as_bytes(), Some(Format::Json), &Limits::default());
        prop_assert_eq!(thorough.document(), Some(&document), "{}", text);
        prop_assert_eq!(to_json_text(&document), text);
    }

    #[test]
    fn yaml_gives_the_document_back(document in document()) {
        let text = to_yaml_text(&document);
        prop_assert_eq!(&read(&text, Format::Yaml), &document, "{}", text);
    }

    #[test]
    fn both_forms_mean_the_same(document in faulty_document()) {
        let json = opened(&to_json_text(&document), Format::Json);
        let yaml = opened(&to_yaml_text(&document), Format::Yaml);
        prop_assert_eq!(found(&json), found(&yaml));
        let (json, yaml) = (json.plan.map(framdrift::Plan::into_document), yaml.plan.map(framdrift::Plan::into_document));
        prop_assert_eq!(json, yaml);
    }

    /// A document means the same read from a text and made in code.
    #[test]
    fn a_text_is_judged_as_its_document(document in faulty_document()) {
        let read = opened(&to_json_text(&document), Format::Json);
        let diagnostics = match framdrift::Plan::new(document) {
            Ok(plan) => plan.warnings().clone(),
            Err(refused) => refused.diagnostics,
        };
        let mut made: Vec<_> = diagnostics.iter().map(ToString::to_string).collect();
        made.sort();
        prop_assert_eq!(found(&read), made);
    }
}

#[test]
fn most_made_documents_are_without_fault_and_some_are_not() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut count = |strategy: &dyn Fn(&mut proptest::test_runner::TestRunner) -> ProgrammeDoc| {
        (0..100)
            .filter(|_| framdrift::Plan::new(strategy(&mut runner)).is_ok())
            .count()
    };
    let good = count(&|runner| document().new_tree(runner).expect("a document").current());
    let faulty = count(&|runner| faulty_document().new_tree(runner).expect("a document").current());
    assert!(good >= 60, "{good} of 100");
    assert!((5..=70).contains(&faulty), "{faulty} of 100");
}
