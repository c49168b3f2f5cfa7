//! JSON Schema of a document type, made from its [`Shape`].
//!
//! [`programme_2020_12`] and [`programme_draft_07`] give the schema of a whole programme file, [`facts_2020_12`] and
//! [`facts_draft_07`] that of a file of recorded progress; the same four are committed under `schema/` in this crate, for editors and for validators in other languages. A schema knows what the shape knows: keys,
//! required keys, words, and how a date or a duration is written. It lets some texts through that a reader refuses (30
//! February), and knows nothing of references, links and dates. Only checking does.

pub use schemars::{JsonSchema, Schema, SchemaGenerator};

use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::{FieldShape, ObjectShape, Shape, UnionShape};
use crate::document::{FactsDoc, ProgrammeDoc};

/// Where the committed schemas can be fetched from; what their `$id` begins with.
const HOME: &str = "https://github.com/framdrift/framdrift/raw/main/crates/framdrift-model/schema/";

/// The JSON Schema of a programme file, in draft 2020-12.
///
/// ```
/// use framdrift_model::shape::schema::programme_2020_12;
///
/// let schema = programme_2020_12();
/// assert_eq!(schema["required"], serde_json::json!(["framdrift", "id"]));
/// assert_eq!(schema["properties"]["activities"]["items"]["$ref"], "#/$defs/ActivityDoc");
/// ```
#[must_use]
pub fn programme_2020_12() -> Value {
    whole::<ProgrammeDoc>(SchemaSettings::draft2020_12(), "programme-2020-12.json", "programme")
}

/// The JSON Schema of a programme file, in draft 07, which many editors still read.
///
/// It accepts the same files as [`programme_2020_12`]. In draft 07 nothing beside `$ref` counts, so a reference that has a
/// description stands in an `allOf`.
///
/// ```
/// use framdrift_model::shape::schema::programme_draft_07;
///
/// let schema = programme_draft_07();
/// assert_eq!(schema["properties"]["activities"]["items"]["$ref"], "#/definitions/ActivityDoc");
/// ```
#[must_use]
pub fn programme_draft_07() -> Value {
    whole::<ProgrammeDoc>(SchemaSettings::draft07(), "programme-draft-07.json", "programme")
}

/// The JSON Schema of a file of recorded progress, in draft 2020-12.
///
/// ```
/// use framdrift_model::shape::schema::facts_2020_12;
///
/// let schema = facts_2020_12();
/// assert_eq!(schema["required"], serde_json::json!(["framdrift-facts"]));
/// assert_eq!(schema["properties"]["facts"]["items"]["$ref"], "#/$defs/FactDoc");
/// ```
#[must_use]
pub fn facts_2020_12() -> Value {
    whole::<FactsDoc>(
        SchemaSettings::draft2020_12(),
        "facts-2020-12.json",
        "recorded progress",
    )
}

/// The JSON Schema of a file of recorded progress, in draft 07. It accepts the same files as [`facts_2020_12`].
///
/// ```
/// use framdrift_model::shape::schema::facts_draft_07;
///
/// let schema = facts_draft_07();
/// assert_eq!(schema["properties"]["facts"]["items"]["$ref"], "#/definitions/FactDoc");
/// ```
#[must_use]
pub fn facts_draft_07() -> Value {
    whole::<FactsDoc>(SchemaSettings::draft07(), "facts-draft-07.json", "recorded progress")
}

fn whole<D: JsonSchema>(settings: SchemaSettings, file: &str, what: &str) -> Value {
    let mut schema = settings.into_generator().into_root_schema_for::<D>();
    schema.insert("$id".to_owned(), Value::String(format!("{HOME}{file}")));
    schema.insert("title".to_owned(), Value::String(format!("framdrift {what}, format 1")));
    schema.into()
}

/// The schema that a type's `JsonSchema` implementation gives. Objects and unions go into the generator's definitions under
/// their names, so that shapes may nest without end.
#[must_use]
pub fn definition(shape: &Shape, generator: &mut SchemaGenerator) -> Schema {
    let value = match shape {
        Shape::Object(object) => object_schema(object, None, generator),
        Shape::Union(union) => union_schema(union, generator),
        other => reference(other, generator),
    };
    as_schema(value)
}

fn as_schema(value: Value) -> Schema {
    // INVARIANT: this module builds objects only.
    Schema::try_from(value).expect("a schema is an object")
}

/// A schema, or a reference to one among the definitions.
fn reference(shape: &Shape, generator: &mut SchemaGenerator) -> Value {
    match shape {
        Shape::Scalar(scalar) => {
            json!({ "type": "string", "description": scalar.expects, "pattern": scalar.pattern })
        }
        Shape::Integer { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Shape::Boolean => json!({ "type": "boolean" }),
        Shape::Words(words) => {
            let listed: Vec<&str> = words.words.iter().map(|w| w.0).collect();
            let lines: Vec<String> = words
                .words
                .iter()
                .map(|(w, doc)| format!("- `{w}`: {}", tidy(doc)))
                .collect();
            json!({ "type": "string", "enum": listed, "description": lines.join("\n") })
        }
        Shape::LocalText => json!({
            "description": "text, or a table of texts by language tag",
            "anyOf": [
                { "type": "string" },
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": { "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$" },
                    "additionalProperties": { "type": "string" },
                },
            ],
        }),
        Shape::List(entry) => json!({ "type": "array", "items": reference(&entry(), generator) }),
        Shape::Object(object) => named(object.name, generator, |generator| {
            object_schema(object, None, generator)
        }),
        Shape::Union(union) => named(union.name, generator, |generator| union_schema(union, generator)),
    }
}

fn named(name: &str, generator: &mut SchemaGenerator, make: impl FnOnce(&mut SchemaGenerator) -> Value) -> Value {
    if !generator.definitions().contains_key(name) {
        // The name first, so that a shape that nests in itself ends here.
        generator.definitions_mut().insert(name.to_owned(), Value::Bool(true));
        let schema = make(generator);
        generator.definitions_mut().insert(name.to_owned(), schema);
    }
    json!({ "$ref": format!("#{}/{name}", generator.settings().definitions_path) })
}

fn object_schema(object: &ObjectShape, tag: Option<(&str, &str)>, generator: &mut SchemaGenerator) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    if let Some((key, word)) = tag {
        properties.insert(key.to_owned(), json!({ "const": word }));
        required.push(key);
    }
    for FieldShape {
        key,
        doc,
        required: needed,
        shape,
    } in object.fields
    {
        let mut schema = reference(&shape(), generator);
        if let Value::Object(fields) = &mut schema {
            // Beside `$ref` this counts from draft 2019-09 on; the generator wraps the reference where it would not.
            let own = fields.remove("description").and_then(|d| d.as_str().map(str::to_owned));
            let text = own.map_or_else(|| tidy(doc), |own| format!("{}\n\n{own}", tidy(doc)));
            fields.insert("description".to_owned(), Value::String(text));
        }
        properties.insert((*key).to_owned(), schema);
        if *needed {
            required.push(*key);
        }
    }
    let mut schema = json!({
        "type": "object",
        "description": tidy(object.doc),
        "properties": properties,
        "patternProperties": { "^x-": true },
        "additionalProperties": false,
    });
    if !required.is_empty() {
        schema["required"] = json!(required);
    }
    match object.short.and_then(|short| object.field(short)) {
        Some(field) => json!({ "anyOf": [reference(&(field.shape)(), generator), schema] }),
        None => schema,
    }
}

fn union_schema(union: &UnionShape, generator: &mut SchemaGenerator) -> Value {
    let branches: Vec<Value> = union
        .branches
        .iter()
        .map(|branch| {
            let mut schema = object_schema((branch.object)(), Some((union.tag, branch.word)), generator);
            schema["description"] = Value::String(tidy(branch.doc));
            schema
        })
        .collect();
    json!({ "description": tidy(union.doc), "oneOf": branches })
}

/// A doc comment as flowing text: one space where it has a line break, an empty line between paragraphs.
fn tidy(doc: &str) -> String {
    let paragraphs: Vec<String> = doc
        .split("\n\n")
        .flat_map(|p| p.split("\n \n"))
        .map(|p| p.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|p| !p.is_empty())
        .collect();
    paragraphs.join("\n\n")
}
