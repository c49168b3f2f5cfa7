//! What the declaring macros call to read and write: kept out of the macros, so that it is compiled once.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

pub use serde::de::{Error as DeError, MapAccess};
pub use serde::ser::SerializeMap;
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

use serde::de::{DeserializeOwned, Visitor};

use crate::shape::Field;
use crate::value::{Extensions, Value};

/// A text value that can stand for its whole object.
pub trait AsText {
    fn as_text(&self) -> String;
}

impl<T: fmt::Display> AsText for T {
    fn as_text(&self) -> String {
        self.to_string()
    }
}

/// How an object is read and written; implemented by the `document!` macro.
pub trait ObjectCodec: Sized {
    fn encode<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
    fn decode<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
    fn from_short<E: DeError>(text: &str) -> Result<Self, E>;
    fn is_plain(&self) -> bool;
    fn short(&self) -> Option<&dyn AsText>;
}

/// How an optional field is read and written.
pub trait FieldCodec: Field {
    fn decode<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error>;
    fn encode<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error>;
}

impl<T> FieldCodec for Option<T>
where
    Self: Field,
    T: Serialize + DeserializeOwned,
{
    fn decode<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value().map(Some)
    }

    fn encode<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        match self {
            Some(value) => map.serialize_entry(key, value),
            None => Ok(()),
        }
    }
}

impl<T> FieldCodec for Vec<T>
where
    Self: Field,
    T: Serialize + DeserializeOwned,
{
    fn decode<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Self, A::Error> {
        map.next_value()
    }

    fn encode<M: SerializeMap>(&self, key: &'static str, map: &mut M) -> Result<(), M::Error> {
        if self.is_empty() {
            Ok(())
        } else {
            map.serialize_entry(key, self)
        }
    }
}

/// A key, borrowed from the text where it can be.
pub enum Key<'de> {
    Borrowed(&'de str),
    Owned(String),
}

impl Key<'_> {
    pub fn as_str(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Owned(text) => text,
        }
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
                Ok(Key::Borrowed(text))
            }

            fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
                Ok(Key::Owned(text.to_owned()))
            }

            fn visit_string<E>(self, text: String) -> Result<Key<'de>, E> {
                Ok(Key::Owned(text))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}

pub fn duplicate<E: DeError>(key: &'static str) -> E {
    E::duplicate_field(key)
}

pub fn missing<E: DeError>(key: &'static str) -> E {
    E::missing_field(key)
}

pub fn unknown_word<E: DeError>(word: &str, noun: &str) -> E {
    E::custom(format_args!("`{word}` is not a {noun}"))
}

pub fn not_an_object<E: DeError>(name: &str) -> E {
    E::custom(format_args!("{name} is an object"))
}

/// The `x-` keys of an object while it is read.
#[derive(Default)]
pub struct ExtensionReader {
    extensions: Extensions,
    seen: HashSet<String>,
}

impl ExtensionReader {
    /// Reads the value of a key that the object does not know: an `x-` key is kept, any other refused.
    pub fn read<'de, A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<(), A::Error> {
        if !key.starts_with("x-") {
            return Err(A::Error::custom(format_args!("unknown key `{key}`")));
        }
        if !self.seen.insert(key.to_owned()) {
            return Err(A::Error::custom(format_args!("duplicate key `{key}`")));
        }
        self.extensions.push(key.to_owned(), map.next_value::<Value>()?);
        Ok(())
    }

    pub fn finish(self) -> Extensions {
        self.extensions
    }
}

pub fn parse_text<T: DeserializeOwned, E: DeError>(text: &str) -> Result<T, E> {
    T::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(text)).map_err(E::custom)
}

pub fn write_object<T: ObjectCodec, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if let Some(text) = object.short() {
        return serializer.serialize_str(&text.as_text());
    }
    let mut map = serializer.serialize_map(None)?;
    object.encode(&mut map)?;
    map.end()
}

pub fn read_object<'de, T: ObjectCodec, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct ObjectVisitor<T>(PhantomData<T>);

    impl<'de, T: ObjectCodec> Visitor<'de> for ObjectVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_str<E: DeError>(self, text: &str) -> Result<T, E> {
            T::from_short(text)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::decode(map)
        }
    }

    deserializer.deserialize_any(ObjectVisitor(PhantomData))
}

/// Reads an object as a table and takes the tag out of it.
pub fn read_tagged<'de, D: Deserializer<'de>>(deserializer: D, tag: &'static str) -> Result<(String, Value), D::Error> {
    let Value::Table(mut table) = Value::deserialize(deserializer)? else {
        return Err(D::Error::custom("an object is expected"));
    };
    let Some(at) = table.iter().position(|(key, _)| key == tag) else {
        return Err(D::Error::missing_field(tag));
    };
    let Value::Text(word) = table.remove(at).1 else {
        return Err(D::Error::custom(format_args!("`{tag}` is a word")));
    };
    Ok((word, Value::Table(table)))
}

pub fn from_value<T: DeserializeOwned, E: DeError>(value: Value) -> Result<T, E> {
    T::deserialize(value).map_err(E::custom)
}

/// Reads a type that is written as text.
pub fn read_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: FromStr,
    T::Err: fmt::Display,
    D: Deserializer<'de>,
{
    struct TextVisitor<T>(PhantomData<T>);

    impl<T> Visitor<'_> for TextVisitor<T>
    where
        T: FromStr,
        T::Err: fmt::Display,
    {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("text")
        }

        fn visit_str<E: DeError>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }
    }

    deserializer.deserialize_str(TextVisitor(PhantomData))
}
