//! The files under `framdrift-model/schema` are what the library generates.
//!
//! To write them anew: `FRAMDRIFT_BLESS=1 cargo test -p framdrift-schema-tests`.

use std::fs;

use serde_json::Value;

use crate::support::{all_schemas, root};

#[test]
fn the_committed_schemas_are_the_generated_ones() {
    for (name, schema) in all_schemas() {
        let path = root().join("crates/framdrift-model/schema").join(name);
        let generated = printed(&schema);
        if std::env::var_os("FRAMDRIFT_BLESS").is_some() {
            fs::write(&path, &generated).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == generated,
            "{name} has drifted; refresh it with `FRAMDRIFT_BLESS=1 cargo test -p framdrift-schema-tests`"
        );
    }
}

/// Canonical text: keys sorted, two spaces for each level, a line end at the end.
fn printed(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(&sorted(schema)).unwrap();
    text.push('\n');
    text
}

/// Whether a map keeps insertion order is up to a feature that any crate of the build may turn on.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut members: Vec<_> = map.iter().map(|(key, value)| (key.clone(), sorted(value))).collect();
            members.sort_by(|a, b| a.0.cmp(&b.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(list) => list.iter().map(sorted).collect(),
        other => other.clone(),
    }
}
