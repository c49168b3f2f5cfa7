//! From a tree to an untyped [`Value`], for what stands under `x-` keys.

use framdrift_model::value::Value;

use crate::tree::{Form, Kind, Node, Scalar};

impl Node {
    /// The value without its places. A plain YAML scalar is what YAML's core schema takes it for; a whole number
    /// outside 64 bits becomes a float; duplicate keys stay. `None` when a part of it could not be read, or is a
    /// number that no [`Value`] holds (`.inf`, `.nan`).
    #[must_use]
    pub fn to_value(&self) -> Option<Value> {
        Some(match &self.value {
            Kind::Scalar(scalar) => scalar.to_value()?,
            Kind::List(list) => Value::List(list.iter().map(Self::to_value).collect::<Option<_>>()?),
            Kind::Table(members) => {
                let pair = |member: &crate::tree::Member| Some((String::from(&*member.key), member.value.to_value()?));
                Value::Table(members.iter().map(pair).collect::<Option<_>>()?)
            }
            Kind::Unreadable => return None,
        })
    }
}

impl Scalar {
    fn to_value(&self) -> Option<Value> {
        Some(match self.form {
            Form::Null => Value::Null,
            Form::Bool(b) => Value::Bool(b),
            Form::Text => Value::Text(self.text.to_string()),
            Form::Integer => match self.as_i64() {
                Some(number) => Value::Integer(number),
                None => Value::Float(self.as_f64().filter(|number| number.is_finite())?),
            },
            Form::Float => Value::Float(self.as_f64().filter(|number| number.is_finite())?),
        })
    }
}
