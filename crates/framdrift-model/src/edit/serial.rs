//! Edits as objects: the word under `edit` says which, the other keys are its parts.
//!
//! Objects are closed, and a key is written where it says something: a position that is left out means the end. A field, or
//! something said of the programme, is taken away by `null` or an empty list.

use serde::de::{DeserializeOwned, Error};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Edit, FactsEdit, Field};
use crate::shape::serial::{from_value, read_tagged};
use crate::value::Value;

/// The key that says which edit it is.
const TAG: &str = "edit";

/// A value of a field: `null` where there is none.
pub(super) trait FieldValue: Sized {
    fn decode<E: Error>(value: Value) -> Result<Self, E>;
}

impl<T: DeserializeOwned> FieldValue for Option<T> {
    fn decode<E: Error>(value: Value) -> Result<Self, E> {
        match value {
            Value::Null => Ok(None),
            value => from_value(value).map(Some),
        }
    }
}

impl<T: DeserializeOwned> FieldValue for Vec<T> {
    fn decode<E: Error>(value: Value) -> Result<Self, E> {
        match value {
            Value::Null => Ok(Self::new()),
            value => from_value(value),
        }
    }
}

/// The parts of an edit while it is read.
struct Parts(Vec<(String, Value)>);

impl Parts {
    /// The word and the parts.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, Self), D::Error> {
        match read_tagged(deserializer, TAG)? {
            (word, Value::Table(parts)) => Ok((word, Self(parts))),
            _ => Err(D::Error::custom("an edit is an object")),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<Value> {
        let at = self.0.iter().position(|(k, _)| k == key)?;
        Some(self.0.remove(at).1)
    }

    fn value<E: Error>(&mut self, key: &'static str) -> Result<Value, E> {
        self.take(key).ok_or_else(|| E::missing_field(key))
    }

    fn part<T: DeserializeOwned, E: Error>(&mut self, key: &'static str) -> Result<T, E> {
        from_value(self.value(key)?)
    }

    fn field<T: FieldValue, E: Error>(&mut self, key: &'static str) -> Result<T, E> {
        T::decode(self.value(key)?)
    }

    fn position<E: Error>(&mut self) -> Result<Option<usize>, E> {
        Option::decode(self.take("at").unwrap_or(Value::Null))
    }

    /// What was made of the parts, if nothing is left of them.
    fn made<T, E: Error>(self, made: T) -> Result<T, E> {
        match self.0.first() {
            Some((key, _)) => Err(E::custom(format_args!("an edit of this kind has no key `{key}`"))),
            None => Ok(made),
        }
    }
}

/// Writes an edit: its word, then its parts.
fn write<S: Serializer>(
    serializer: S,
    word: &str,
    parts: impl FnOnce(&mut S::SerializeMap) -> Result<(), S::Error>,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry(TAG, word)?;
    parts(&mut map)?;
    map.end()
}

fn write_position<M: SerializeMap>(map: &mut M, at: Option<usize>) -> Result<(), M::Error> {
    at.map_or(Ok(()), |at| map.serialize_entry("at", &at))
}

impl Serialize for Edit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Title(value) => write(serializer, "title", |map| map.serialize_entry("value", value)),
            Self::Start(value) => write(serializer, "start", |map| map.serialize_entry("value", value)),
            Self::Finish(value) => write(serializer, "finish", |map| map.serialize_entry("value", value)),
            Self::Scheduling(value) => write(serializer, "scheduling", |map| map.serialize_entry("value", value)),
            Self::Calendar(value) => write(serializer, "calendar", |map| map.serialize_entry("value", value)),
            Self::Set { of, to } => write(serializer, "set", |map| {
                map.serialize_entry("of", of)?;
                map.serialize_entry("field", to.key())?;
                to.write_value(map)
            }),
            Self::AddLink { to, at, link } => write(serializer, "add-link", |map| {
                map.serialize_entry("to", to)?;
                write_position(map, *at)?;
                map.serialize_entry("link", link)
            }),
            Self::RemoveLink { to, at } => write(serializer, "remove-link", |map| {
                map.serialize_entry("to", to)?;
                map.serialize_entry("at", at)
            }),
            Self::ReplaceLink { to, at, with } => write(serializer, "replace-link", |map| {
                map.serialize_entry("to", to)?;
                map.serialize_entry("at", at)?;
                map.serialize_entry("with", with)
            }),
            Self::AddActivity { at, activity } => write(serializer, "add-activity", |map| {
                write_position(map, *at)?;
                map.serialize_entry("activity", activity)
            }),
            Self::RemoveActivity { id } => write(serializer, "remove-activity", |map| map.serialize_entry("id", id)),
            Self::ReplaceActivity { id, with } => write(serializer, "replace-activity", |map| {
                map.serialize_entry("id", id)?;
                map.serialize_entry("with", with)
            }),
            Self::ReplaceCalendar { id, with } => write(serializer, "replace-calendar", |map| {
                map.serialize_entry("id", id)?;
                map.serialize_entry("with", with)
            }),
        }
    }
}

impl<'de> Deserialize<'de> for Edit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (word, mut parts) = Parts::read(deserializer)?;
        let edit = match word.as_str() {
            "title" => Self::Title(parts.field("value")?),
            "start" => Self::Start(parts.field("value")?),
            "finish" => Self::Finish(parts.field("value")?),
            "scheduling" => Self::Scheduling(parts.field("value")?),
            "calendar" => Self::Calendar(parts.field("value")?),
            "set" => Self::Set {
                of: parts.part("of")?,
                to: Field::read_value(&parts.part::<String, _>("field")?, parts.value("value")?)?,
            },
            "add-link" => Self::AddLink {
                to: parts.part("to")?,
                at: parts.position()?,
                link: parts.part("link")?,
            },
            "remove-link" => Self::RemoveLink {
                to: parts.part("to")?,
                at: parts.part("at")?,
            },
            "replace-link" => Self::ReplaceLink {
                to: parts.part("to")?,
                at: parts.part("at")?,
                with: parts.part("with")?,
            },
            "add-activity" => Self::AddActivity {
                at: parts.position()?,
                activity: Box::new(parts.part("activity")?),
            },
            "remove-activity" => Self::RemoveActivity { id: parts.part("id")? },
            "replace-activity" => Self::ReplaceActivity {
                id: parts.part("id")?,
                with: Box::new(parts.part("with")?),
            },
            "replace-calendar" => Self::ReplaceCalendar {
                id: parts.part("id")?,
                with: Box::new(parts.part("with")?),
            },
            other => {
                return Err(D::Error::custom(format_args!(
                    "`{other}` is not an edit of a programme"
                )));
            }
        };
        parts.made(edit)
    }
}

impl Serialize for FactsEdit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::StatusDate(value) => write(serializer, "status-date", |map| map.serialize_entry("value", value)),
            Self::Record { at, fact } => write(serializer, "record", |map| {
                write_position(map, *at)?;
                map.serialize_entry("fact", fact)
            }),
            Self::Forget { of } => write(serializer, "forget", |map| map.serialize_entry("of", of)),
        }
    }
}

impl<'de> Deserialize<'de> for FactsEdit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (word, mut parts) = Parts::read(deserializer)?;
        let edit = match word.as_str() {
            "status-date" => Self::StatusDate(parts.field("value")?),
            "record" => Self::Record {
                at: parts.position()?,
                fact: Box::new(parts.part("fact")?),
            },
            "forget" => Self::Forget { of: parts.part("of")? },
            other => {
                return Err(D::Error::custom(format_args!(
                    "`{other}` is not an edit of recorded progress"
                )));
            }
        };
        parts.made(edit)
    }
}
