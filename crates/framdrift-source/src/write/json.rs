//! Writing JSON.

use std::fmt::Write as _;

use framdrift_model::value::Value;

/// Writes `value` as JSON, indented by two spaces, with a line end at the end. A float that is no number or infinite,
/// which JSON cannot say, becomes `null`.
///
/// ```
/// use framdrift_model::value::Value;
/// use framdrift_source::write::to_json;
///
/// let value = Value::Table(vec![("id".into(), "kick-off".into())]);
/// assert_eq!(to_json(&value), "{\n  \"id\": \"kick-off\"\n}\n");
/// ```
#[must_use]
pub fn to_json(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value, 0);
    out.push('\n');
    out
}

fn write(out: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Integer(number) => _ = write!(out, "{number}"),
        Value::Float(number) if number.is_finite() => _ = write!(out, "{number:?}"),
        Value::Float(_) => out.push_str("null"),
        Value::Text(text) => quoted(out, text),
        Value::List(list) if list.is_empty() => out.push_str("[]"),
        Value::Table(table) if table.is_empty() => out.push_str("{}"),
        Value::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                line(out, index, depth + 1);
                write(out, item, depth + 1);
            }
            end(out, depth, ']');
        }
        Value::Table(table) => {
            out.push('{');
            for (index, (key, item)) in table.iter().enumerate() {
                line(out, index, depth + 1);
                quoted(out, key);
                out.push_str(": ");
                write(out, item, depth + 1);
            }
            end(out, depth, '}');
        }
    }
}

fn line(out: &mut String, index: usize, depth: usize) {
    out.push_str(if index == 0 { "\n" } else { ",\n" });
    out.extend(std::iter::repeat_n("  ", depth));
}

fn end(out: &mut String, depth: usize, bracket: char) {
    out.push('\n');
    out.extend(std::iter::repeat_n("  ", depth));
    out.push(bracket);
}

fn quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0'..='\x1F' | '\x7F' | '\u{2028}' | '\u{2029}' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
}
