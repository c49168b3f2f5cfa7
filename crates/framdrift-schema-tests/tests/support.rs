//! What the tests share.

use std::path::PathBuf;
use std::sync::LazyLock;

use framdrift_model::document::{FactsDoc, ProgrammeDoc};
use framdrift_model::shape::schema::{facts_2020_12, facts_draft_07, programme_2020_12, programme_draft_07};
use framdrift_source::document::SourceText;
use framdrift_source::limits::Limits;
use framdrift_source::read::{Format, read};
use jsonschema::Validator;
use serde_json::Value;

/// Each draft's file and schema of a programme.
pub(crate) fn schemas() -> [(&'static str, Value); 2] {
    [
        ("programme-2020-12.json", programme_2020_12()),
        ("programme-draft-07.json", programme_draft_07()),
    ]
}

/// Each draft's file and schema of recorded progress.
pub(crate) fn facts_schemas() -> [(&'static str, Value); 2] {
    [
        ("facts-2020-12.json", facts_2020_12()),
        ("facts-draft-07.json", facts_draft_07()),
    ]
}

/// All of them: 2020-12 and draft 07 by turns.
pub(crate) fn all_schemas() -> impl Iterator<Item = (&'static str, Value)> {
    schemas().into_iter().chain(facts_schemas())
}

/// A validator for each draft.
pub(crate) static VALIDATORS: LazyLock<[(&'static str, Validator); 2]> =
    LazyLock::new(|| schemas().map(|(name, schema)| (name, jsonschema::validator_for(&schema).unwrap())));

/// A validator of recorded progress for each draft.
pub(crate) static FACTS_VALIDATORS: LazyLock<[(&'static str, Validator); 2]> =
    LazyLock::new(|| facts_schemas().map(|(name, schema)| (name, jsonschema::validator_for(&schema).unwrap())));

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// A YAML text as any YAML reader hands it to a validator: the bare values, without what their places want.
pub(crate) fn as_json(yaml: &str) -> Value {
    let reading = read(yaml.as_bytes(), Some(Format::Yaml), &Limits::default());
    assert!(reading.faults.is_empty(), "{:?}\n{yaml}", reading.faults);
    let value = reading.tree.unwrap().root.to_value().unwrap();
    serde_json::to_value(value).unwrap()
}

/// A text read as a programme; none where its shape has a fault.
pub(crate) fn document(text: &str) -> Option<ProgrammeDoc> {
    let mut source = SourceText::open(text.as_bytes(), None, &Limits::default());
    (source.errors() == 0).then(|| source.take_document())?
}

/// A text read as recorded progress; none where its shape has a fault.
pub(crate) fn facts(text: &str) -> Option<FactsDoc> {
    let mut source = SourceText::open_facts(text.as_bytes(), None, &Limits::default());
    (source.errors() == 0).then(|| source.take_document())?
}

/// What a validator has against a value, one line for each fault.
pub(crate) fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    let errors = validator.iter_errors(value);
    errors.map(|e| format!("{}: {e}", e.instance_path())).collect()
}
