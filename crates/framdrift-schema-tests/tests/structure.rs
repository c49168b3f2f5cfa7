//! The schemas themselves: valid, self-contained, with standard keywords only, and with the keys of the shapes.

use std::collections::{BTreeMap, BTreeSet};

use framdrift_model::document::{FactsDoc, ProgrammeDoc};
use framdrift_model::shape::{ObjectShape, ObjectShaped, Shape};
use serde_json::{Value, json};

use crate::support::{all_schemas, facts_schemas, schemas};

#[test]
fn they_say_what_they_are_and_meet_their_own_draft() {
    let drafts = [
        "https://json-schema.org/draft/2020-12/schema",
        "http://json-schema.org/draft-07/schema#",
    ];
    for ((name, schema), draft) in all_schemas().zip(drafts.into_iter().cycle()) {
        assert_eq!(schema["$schema"], draft, "{name}");
        let id = schema["$id"].as_str().unwrap();
        assert!(id.starts_with("https://") && id.ends_with(name), "{id}");
        assert!(!schema["title"].as_str().unwrap().is_empty());
        jsonschema::meta::validate(&schema).unwrap_or_else(|e| panic!("{name}: {e}"));
    }
}

#[test]
fn they_use_standard_keywords_only() {
    // `format` is not among them: validators disagree about what they do with one.
    const KEYWORDS: &[&str] = &[
        "$defs",
        "$id",
        "$ref",
        "$schema",
        "additionalProperties",
        "allOf",
        "anyOf",
        "const",
        "definitions",
        "description",
        "enum",
        "items",
        "maximum",
        "minProperties",
        "minimum",
        "oneOf",
        "pattern",
        "patternProperties",
        "properties",
        "propertyNames",
        "required",
        "title",
        "type",
    ];
    for (name, schema) in all_schemas() {
        for_each_schema(&schema, &mut |schema| {
            for key in schema.as_object().unwrap().keys() {
                assert!(KEYWORDS.contains(&key.as_str()), "{name}: {key}");
            }
        });
    }
}

#[test]
fn references_lead_somewhere_and_stand_alone_where_they_must() {
    for ((name, schema), draft_07) in all_schemas().zip([false, true, false, true]) {
        assert_eq!(schema.get("definitions").is_some(), draft_07);
        assert_eq!(schema.get("$defs").is_some(), !draft_07);
        for_each_schema(&schema, &mut |part| {
            if let Some(reference) = part.get("$ref") {
                let pointer = reference.as_str().unwrap().strip_prefix('#').unwrap();
                assert!(schema.pointer(pointer).is_some(), "{name}: {pointer}");
                assert!(!draft_07 || part.as_object().unwrap().len() == 1, "{name}: {part}");
            }
        });
    }
}

#[test]
fn every_object_has_the_keys_of_its_shape_and_takes_x_keys() {
    keys_are_those_of(ProgrammeDoc::object_shape(), schemas(), 20);
    keys_are_those_of(FactsDoc::object_shape(), facts_schemas(), 1);
}

/// The objects of the schemas have the keys of the shapes below `root`, which are more than `least`.
fn keys_are_those_of(root: &'static ObjectShape, schemas: [(&'static str, Value); 2], least: usize) {
    let mut shapes = BTreeMap::new();
    gather(&Shape::Object(root), &mut shapes);
    assert!(shapes.len() > least, "{}", shapes.len());
    for (name, schema) in schemas {
        let mut objects: BTreeSet<&str> = BTreeSet::new();
        for_each_schema(&schema, &mut |part| {
            if let Some(properties) = part.get("properties") {
                assert_eq!(part["patternProperties"], json!({ "^x-": true }), "{name}: {part}");
                assert_eq!(part["additionalProperties"], json!(false), "{name}: {part}");
                assert!(
                    properties.as_object().unwrap().values().all(is_described),
                    "{name}: {part}"
                );
            }
        });
        let definitions = schema.get("$defs").or(schema.get("definitions")).unwrap();
        for (shape_name, shape) in &shapes {
            // Branches of a union stand within it.
            let found = match shape_name.as_str() {
                own if own == root.name => Some(&schema),
                other => definitions.get(other),
            };
            let Some(found) = found else { continue };
            let object = match found.get("anyOf") {
                Some(forms) => &forms[1],
                None => found,
            };
            let keys: BTreeSet<&str> = object["properties"]
                .as_object()
                .unwrap()
                .keys()
                .map(String::as_str)
                .collect();
            assert_eq!(
                keys,
                shape.fields.iter().map(|f| f.key).collect(),
                "{name}: {shape_name}"
            );
            let required: BTreeSet<&str> = shape.fields.iter().filter(|f| f.required).map(|f| f.key).collect();
            let listed = object.get("required").and_then(Value::as_array).into_iter().flatten();
            assert_eq!(
                listed.filter_map(Value::as_str).collect::<BTreeSet<_>>(),
                required,
                "{name}: {shape_name}"
            );
            assert_eq!(
                found.get("anyOf").is_some(),
                shape.short.is_some(),
                "{name}: {shape_name}"
            );
            objects.insert(shape_name);
        }
        assert!(objects.len() > least, "{name}: {objects:?}");
    }
}

/// A property says what it is for; the word of a tag needs no words.
fn is_described(property: &Value) -> bool {
    property.get("const").is_some() || property.get("description").is_some_and(|d| d.as_str() != Some(""))
}

fn gather(shape: &Shape, out: &mut BTreeMap<String, &'static ObjectShape>) {
    match shape {
        Shape::Object(object) if !out.contains_key(object.name) => {
            out.insert(object.name.to_owned(), object);
            for field in object.fields {
                gather(&(field.shape)(), out);
            }
        }
        Shape::Union(union) => {
            for branch in union.branches {
                gather(&Shape::Object((branch.object)()), out);
            }
        }
        Shape::List(entry) => gather(&entry(), out),
        _ => {}
    }
}

/// Calls `look` with every schema within a schema, itself first; `true` and `false` are left out.
fn for_each_schema<'s>(schema: &'s Value, look: &mut impl FnMut(&'s Value)) {
    let Some(fields) = schema.as_object() else { return };
    look(schema);
    for (key, value) in fields {
        match key.as_str() {
            "properties" | "patternProperties" | "$defs" | "definitions" => {
                value
                    .as_object()
                    .unwrap()
                    .values()
                    .for_each(|inner| for_each_schema(inner, look));
            }
            "allOf" | "anyOf" | "oneOf" => {
                value
                    .as_array()
                    .unwrap()
                    .iter()
                    .for_each(|inner| for_each_schema(inner, look));
            }
            "items" | "propertyNames" | "additionalProperties" => for_each_schema(value, look),
            _ => {}
        }
    }
}
