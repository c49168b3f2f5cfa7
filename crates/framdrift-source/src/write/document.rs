//! Writing documents: keys in the order in which the format lists them, then the `x-` keys.

use std::fmt;

use framdrift_model::value::Value;
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::{to_json, to_yaml};
use crate::document::Document;

/// Writes a document as JSON. Reading it gives the same document back.
///
/// ```
/// use framdrift_model::document::ProgrammeDoc;
/// use framdrift_source::write::to_json_text;
///
/// let document = ProgrammeDoc::new("office-move");
/// assert_eq!(to_json_text(&document), "{\n  \"framdrift\": 1,\n  \"id\": \"office-move\"\n}\n");
/// ```
#[must_use]
pub fn to_json_text<D: Document>(document: &D) -> String {
    to_json(&to_value(document))
}

/// Writes a document as YAML. Reading it gives the same document back.
///
/// ```
/// use framdrift_model::document::ProgrammeDoc;
/// use framdrift_source::write::to_yaml_text;
///
/// assert_eq!(to_yaml_text(&ProgrammeDoc::new("office-move")), "framdrift: 1\nid: office-move\n");
///
/// // Recorded progress is written the same way.
/// use framdrift_model::document::{FactDoc, FactsDoc};
///
/// let mut facts = FactsDoc::new();
/// facts.facts.push(FactDoc::new("pack"));
/// assert_eq!(to_yaml_text(&facts), "framdrift-facts: 1\nfacts:\n  - of: pack\n");
/// ```
#[must_use]
pub fn to_yaml_text<D: Document>(document: &D) -> String {
    to_yaml(&to_value(document))
}

fn to_value<D: Document>(document: &D) -> Value {
    // INVARIANT: documents serialise as tables with text keys, lists, texts, numbers and booleans only.
    document.serialize(ToValue).expect("a document is a value")
}

/// Keeps the order of keys, which `serde_json::Value` does not.
struct ToValue;

/// A document type has grown something that no [`Value`] is.
#[derive(Debug)]
struct NoValue(String);

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for NoValue {}

impl ser::Error for NoValue {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

fn refused<T>(what: &str) -> Result<T, NoValue> {
    Err(NoValue(format!("documents hold no {what}")))
}

struct ListMaker(Vec<Value>);

impl SerializeSeq for ListMaker {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        self.0.push(value.serialize(ToValue)?);
        Ok(())
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::List(self.0))
    }
}

struct TableMaker(Vec<(String, Value)>);

impl SerializeMap for TableMaker {
    type Ok = Value;
    type Error = NoValue;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NoValue> {
        let Value::Text(key) = key.serialize(ToValue)? else {
            return refused("key that is not text");
        };
        self.0.push((key, Value::Null));
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NoValue> {
        if let Some((_, last)) = self.0.last_mut() {
            *last = value.serialize(ToValue)?;
        }
        Ok(())
    }

    fn end(self) -> Result<Value, NoValue> {
        Ok(Value::Table(self.0))
    }
}

impl Serializer for ToValue {
    type Ok = Value;
    type Error = NoValue;
    type SerializeSeq = ListMaker;
    type SerializeMap = TableMaker;
    type SerializeTuple = Impossible<Value, NoValue>;
    type SerializeTupleStruct = Impossible<Value, NoValue>;
    type SerializeTupleVariant = Impossible<Value, NoValue>;
    type SerializeStruct = Impossible<Value, NoValue>;
    type SerializeStructVariant = Impossible<Value, NoValue>;

    fn serialize_bool(self, v: bool) -> Result<Value, NoValue> {
        Ok(Value::Bool(v))
    }

    fn serialize_i8(self, v: i8) -> Result<Value, NoValue> {
        self.serialize_i64(v.into())
    }

    fn serialize_i16(self, v: i16) -> Result<Value, NoValue> {
        self.serialize_i64(v.into())
    }

    fn serialize_i32(self, v: i32) -> Result<Value, NoValue> {
        self.serialize_i64(v.into())
    }

    fn serialize_i64(self, v: i64) -> Result<Value, NoValue> {
        Ok(Value::Integer(v))
    }

    fn serialize_u8(self, v: u8) -> Result<Value, NoValue> {
        self.serialize_i64(v.into())
    }

    fn serialize_u16(self, v: u16) -> Result<Value, NoValue> {
        self.serialize_i64(v.into())
    }

    fn serialize_u32(self, v: u32) -> Result<Value, NoValue> {
        self.serialize_i64(v.into())
    }

    fn serialize_u64(self, v: u64) -> Result<Value, NoValue> {
        i64::try_from(v).map_or_else(|_| refused("number past 64 bits"), |v| self.serialize_i64(v))
    }

    fn serialize_f32(self, v: f32) -> Result<Value, NoValue> {
        self.serialize_f64(v.into())
    }

    fn serialize_f64(self, v: f64) -> Result<Value, NoValue> {
        Ok(Value::Float(v))
    }

    fn serialize_char(self, v: char) -> Result<Value, NoValue> {
        Ok(Value::Text(v.to_string()))
    }

    fn serialize_str(self, v: &str) -> Result<Value, NoValue> {
        Ok(Value::from(v))
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<Value, NoValue> {
        refused("bytes")
    }

    fn serialize_none(self) -> Result<Value, NoValue> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, NoValue> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, NoValue> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Value, NoValue> {
        refused("derived type")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<Value, NoValue> {
        refused("derived type")
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Value, NoValue> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<Value, NoValue> {
        refused("derived type")
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ListMaker, NoValue> {
        Ok(ListMaker(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<TableMaker, NoValue> {
        Ok(TableMaker(Vec::with_capacity(length.unwrap_or(0))))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, NoValue> {
        refused("derived type")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, NoValue> {
        refused("derived type")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, NoValue> {
        refused("derived type")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, NoValue> {
        refused("derived type")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, NoValue> {
        refused("derived type")
    }
}
