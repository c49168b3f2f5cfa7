//! Answers for programs, put together.

use framdrift_model::value::Value;

/// A table of fields, in this order.
pub(crate) fn table<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Table(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A text of what can be printed.
pub(crate) fn text(value: &(impl ToString + ?Sized)) -> Value {
    Value::Text(value.to_string())
}
