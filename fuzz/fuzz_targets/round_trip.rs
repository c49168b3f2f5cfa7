//! What is read without a fault, written and read again, is the same document, in both formats: a programme, or recorded
//! progress.

#![no_main]

use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::source::write::{to_json_text, to_yaml_text};
use framdrift::{FactsDoc, ProgrammeDoc};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Some(Format::Json), Some(Format::Yaml), None] {
        if let Some(document) = read(bytes, format) {
            same_again(&document, Format::Json, to_json_text);
            same_again(&document, Format::Yaml, to_yaml_text);
        }
        if let Some(facts) = read_facts(bytes, format) {
            same_facts_again(&facts, Format::Json, to_json_text);
            same_facts_again(&facts, Format::Yaml, to_yaml_text);
        }
    }
});

/// The recorded progress, where nothing is wrong with the text.
fn read_facts(bytes: &[u8], format: Option<Format>) -> Option<FactsDoc> {
    let mut source = SourceText::open_facts(bytes, format, &Limits::default());
    (source.errors() == 0).then(|| source.take_document())?
}

fn same_facts_again(facts: &FactsDoc, format: Format, write: fn(&FactsDoc) -> String) {
    let text = write(facts);
    let again = read_facts(text.as_bytes(), Some(format)).unwrap_or_else(|| panic!("not read again:\n{text}"));
    assert_eq!(*facts, again, "differs once read again:\n{text}");
    let mut source = SourceText::open_facts_thorough(text.as_bytes(), Some(format), &Limits::default());
    assert_eq!(Some(again), source.take_document(), "the roads differ:\n{text}");
}

/// The document, where nothing is wrong with the text.
fn read(bytes: &[u8], format: Option<Format>) -> Option<ProgrammeDoc> {
    let mut source = SourceText::open(bytes, format, &Limits::default());
    (source.errors() == 0).then(|| source.take_document())?
}

fn same_again(document: &ProgrammeDoc, format: Format, write: fn(&ProgrammeDoc) -> String) {
    let text = write(document);
    let again = read(text.as_bytes(), Some(format)).unwrap_or_else(|| panic!("not read again:\n{text}"));
    assert_eq!(*document, again, "differs once read again:\n{text}");
    assert_eq!(text, write(&again), "differs once written again");
    // JSON has a fast road and a thorough one; they agree.
    let mut source = SourceText::open_thorough(text.as_bytes(), Some(format), &Limits::default());
    assert_eq!(Some(again), source.take_document(), "the roads differ:\n{text}");
}
