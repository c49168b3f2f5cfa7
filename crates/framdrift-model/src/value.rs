//! Untyped values: what stands under an `x-` key, and what a document looks like before its shape is known.

/// A value as JSON and YAML know it. Tables keep their order.
///
/// Numbers outside `i64` are held as [`Value::Float`]; a float is never NaN or infinite when it was read from text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A table, in the author's order.
    Table(Vec<(String, Value)>),
}

impl Value {
    /// A table of fields, in this order.
    ///
    /// ```
    /// use framdrift_model::value::Value;
    ///
    /// let value = Value::table([("id", Value::text("kick-off")), ("days", Value::Integer(2))]);
    /// assert!(matches!(value, Value::Table(fields) if fields[1].0 == "days"));
    /// ```
    #[must_use]
    pub fn table<const N: usize>(fields: [(&str, Self); N]) -> Self {
        Self::Table(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A text of what can be printed.
    #[must_use]
    pub fn text(of: impl ToString) -> Self {
        Self::Text(of.to_string())
    }

    /// A text where there is one, else nothing.
    #[must_use]
    pub fn text_or_null(of: Option<impl ToString>) -> Self {
        of.map_or(Self::Null, Self::text)
    }

    /// A number of things.
    #[must_use]
    pub fn count(of: usize) -> Self {
        Self::Integer(i64::try_from(of).unwrap_or(i64::MAX))
    }
}

/// Where this crate's feature `serde` is on, a type that has a `value()` is written as that value.
#[doc(hidden)]
#[macro_export]
macro_rules! serialize_as_value {
    ($($Type:ty),+ $(,)?) => {
        $crate::if_serde! {
            $(
                impl $crate::shape::serial::Serialize for $Type {
                    fn serialize<S: $crate::shape::serial::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        $crate::shape::serial::Serialize::serialize(&self.value(), serializer)
                    }
                }
            )+
        }
    };
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// The `x-` keys of an object, in the author's order: kept through reading and writing, never interpreted.
///
/// ```
/// use framdrift_model::value::{Extensions, Value};
///
/// let mut extra = Extensions::default();
/// extra.set("x-cost-centre", Value::Integer(4711));
/// assert_eq!(extra.get("x-cost-centre"), Some(&Value::Integer(4711)));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extensions(Vec<(String, Value)>);

impl Extensions {
    /// The value under `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.iter().find(|(k, _)| k == key).map(|(_, v)| v)
    }

    /// Sets the value under `key`, replacing the one that was there.
    ///
    /// # Panics
    /// When the key does not begin with `x-`: any other key belongs to the format.
    pub fn set(&mut self, key: impl Into<String>, value: Value) {
        let key = key.into();
        assert!(key.starts_with("x-"), "an extension's key begins with `x-`");
        match self.0.iter_mut().find(|(k, _)| *k == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key, value)),
        }
    }

    /// Adds a key that is known to be new and to begin with `x-`.
    #[cfg(feature = "serde")]
    pub(crate) fn push(&mut self, key: String, value: Value) {
        self.0.push((key, value));
    }

    /// The keys and values, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(k, v)| (k.as_str(), v))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(feature = "serde")]
mod with_serde {
    use std::collections::HashSet;
    use std::fmt;

    use serde::de::value::{MapDeserializer, SeqDeserializer};
    use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
    use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

    use super::Value;

    impl Serialize for Value {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Null => serializer.serialize_unit(),
                Self::Bool(b) => serializer.serialize_bool(*b),
                Self::Integer(i) => serializer.serialize_i64(*i),
                Self::Float(f) => serializer.serialize_f64(*f),
                Self::Text(t) => serializer.serialize_str(t),
                Self::List(list) => {
                    let mut seq = serializer.serialize_seq(Some(list.len()))?;
                    for value in list {
                        seq.serialize_element(value)?;
                    }
                    seq.end()
                }
                Self::Table(table) => {
                    let mut map = serializer.serialize_map(Some(table.len()))?;
                    for (key, value) in table {
                        map.serialize_entry(key, value)?;
                    }
                    map.end()
                }
            }
        }
    }

    impl<'de> Deserialize<'de> for Value {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(ValueVisitor)
        }
    }

    struct ValueVisitor;

    impl<'de> Visitor<'de> for ValueVisitor {
        type Value = Value;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }

        fn visit_unit<E>(self) -> Result<Value, E> {
            Ok(Value::Null)
        }

        fn visit_none<E>(self) -> Result<Value, E> {
            Ok(Value::Null)
        }

        fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
            Ok(Value::Bool(v))
        }

        fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
            Ok(Value::Integer(v))
        }

        #[expect(clippy::cast_precision_loss, reason = "documented: such a number is held as a float")]
        fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
            Ok(i64::try_from(v).map_or(Value::Float(v as f64), Value::Integer))
        }

        fn visit_f64<E>(self, v: f64) -> Result<Value, E> {
            Ok(Value::Float(v))
        }

        fn visit_str<E>(self, v: &str) -> Result<Value, E> {
            Ok(Value::Text(v.to_owned()))
        }

        fn visit_string<E>(self, v: String) -> Result<Value, E> {
            Ok(Value::Text(v))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
            let mut list = Vec::new();
            while let Some(value) = seq.next_element()? {
                list.push(value);
            }
            Ok(Value::List(list))
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
            let mut table: Vec<(String, Value)> = Vec::new();
            let mut seen = HashSet::new();
            while let Some(key) = map.next_key::<String>()? {
                if !seen.insert(key.clone()) {
                    return Err(de::Error::custom(format_args!("duplicate key `{key}`")));
                }
                table.push((key, map.next_value()?));
            }
            Ok(Value::Table(table))
        }
    }

    impl<'de> Deserializer<'de> for Value {
        type Error = de::value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            match self {
                Self::Null => visitor.visit_unit(),
                Self::Bool(b) => visitor.visit_bool(b),
                Self::Integer(i) => visitor.visit_i64(i),
                Self::Float(f) => visitor.visit_f64(f),
                Self::Text(t) => visitor.visit_string(t),
                Self::List(list) => visitor.visit_seq(SeqDeserializer::new(list.into_iter())),
                Self::Table(table) => visitor.visit_map(MapDeserializer::new(table.into_iter())),
            }
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string
            bytes byte_buf option unit unit_struct newtype_struct seq tuple
            tuple_struct map struct enum identifier ignored_any
        }
    }

    impl<'de> IntoDeserializer<'de, de::value::Error> for Value {
        type Deserializer = Self;

        fn into_deserializer(self) -> Self {
            self
        }
    }
}
