//! What is read without a fault, written and read again, is the same document, in both formats.

#![no_main]

use framdrift::ProgrammeDoc;
use framdrift::model::value::Value;
use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::source::write::{to_json, to_yaml};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for format in [Some(Format::Json), Some(Format::Yaml), None] {
        let Some(first) = read(bytes, format) else { continue };
        let value = encode(&first);
        for (again, text) in [(Format::Json, to_json(&value)), (Format::Yaml, to_yaml(&value))] {
            let second = read(text.as_bytes(), Some(again)).unwrap_or_else(|| panic!("not read again:\n{text}"));
            assert_eq!(first, second, "differs once read again:\n{text}");
            assert_eq!(value, encode(&second), "differs once written again:\n{text}");
            // JSON has a fast road and a thorough one; they agree.
            let mut thorough = SourceText::open_thorough(text.as_bytes(), Some(again), &Limits::default());
            assert_eq!(
                Some(first.clone()),
                thorough.take_document(),
                "the roads differ:\n{text}"
            );
        }
    }
});

/// The document, where nothing is wrong with the text.
fn read(bytes: &[u8], format: Option<Format>) -> Option<ProgrammeDoc> {
    let mut source = SourceText::open(bytes, format, &Limits::default());
    (source.errors() == 0).then(|| source.take_document())?
}

fn encode(document: &ProgrammeDoc) -> Value {
    let json = serde_json::to_string(document).expect("a document is written");
    serde_json::from_str(&json).expect("what was written is a value")
}
