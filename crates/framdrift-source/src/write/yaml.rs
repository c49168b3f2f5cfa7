//! Writing YAML.

use std::fmt::Write as _;

use framdrift_model::value::Value;

use super::quote;

/// The widest line a list of scalars may make when it is written between brackets.
const WIDTH: usize = 100;
/// A longer key is written with `?`: YAML looks no further than 1024 characters for a key's colon.
const KEY_LENGTH: usize = 1000;

/// Writes `value` as YAML that YAML 1.2 and 1.1 readers take for the same thing: block style, indented by two spaces,
/// short lists of scalars between brackets, texts of several lines as literal blocks. The text ends with a line end.
///
/// ```
/// use framdrift_model::value::Value;
/// use framdrift_source::write::to_yaml;
///
/// let activity = Value::Table(vec![
///     ("id".into(), "opplæring".into()),
///     ("country".into(), "NO".into()),
///     ("after".into(), Value::List(vec!["kick-off".into(), "survey".into()])),
/// ]);
/// let value = Value::Table(vec![("activities".into(), Value::List(vec![activity]))]);
/// assert_eq!(
///     to_yaml(&value),
///     "activities:\n  - id: opplæring\n    country: \"NO\"\n    after: [kick-off, survey]\n"
/// );
/// ```
#[must_use]
pub fn to_yaml(value: &Value) -> String {
    let mut writer = Writer { out: String::new() };
    match value {
        Value::Table(table) if !table.is_empty() => writer.table(table, 0),
        Value::List(list) if !list.is_empty() => match writer.flow(list, 0) {
            Some(flow) => writer.line(&flow),
            None => writer.list(list, 0),
        },
        _ => writer.inline(value, 0),
    }
    writer.out
}

struct Writer {
    out: String,
}

impl Writer {
    fn indent(&mut self, indent: usize) {
        self.out.extend(std::iter::repeat_n(' ', indent));
    }

    /// A table whose first line begins where the writer stands.
    fn table(&mut self, table: &[(String, Value)], indent: usize) {
        for (index, (key, value)) in table.iter().enumerate() {
            if index > 0 {
                self.indent(indent);
            }
            self.key(key, indent);
            match value {
                Value::Table(inner) if !inner.is_empty() => {
                    self.out.push('\n');
                    self.indent(indent + 2);
                    self.table(inner, indent + 2);
                }
                Value::List(inner) if !inner.is_empty() => {
                    if let Some(flow) = self.flow(inner, 1) {
                        self.out.push(' ');
                        self.line(&flow);
                    } else {
                        self.out.push('\n');
                        self.indent(indent + 2);
                        self.list(inner, indent + 2);
                    }
                }
                _ => {
                    self.out.push(' ');
                    self.inline(value, indent);
                }
            }
        }
    }

    fn key(&mut self, key: &str, indent: usize) {
        let long = key.len() > KEY_LENGTH;
        if long {
            self.out.push_str("? ");
        }
        if quote::is_plain(key, false) {
            self.out.push_str(key)
        } else {
            quote::double_quoted(&mut self.out, key)
        }
        if long {
            self.out.push('\n');
            self.indent(indent);
        }
        self.out.push(':');
    }

    /// A list whose first line begins where the writer stands.
    fn list(&mut self, list: &[Value], indent: usize) {
        for (index, value) in list.iter().enumerate() {
            if index > 0 {
                self.indent(indent);
            }
            self.out.push_str("- ");
            match value {
                Value::Table(inner) if !inner.is_empty() => self.table(inner, indent + 2),
                Value::List(inner) if !inner.is_empty() => match self.flow(inner, 0) {
                    Some(flow) => self.line(&flow),
                    None => self.list(inner, indent + 2),
                },
                _ => self.inline(value, indent),
            }
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A scalar, or something empty, that begins on the line the writer stands on. Lines of its own are indented
    /// deeper.
    fn inline(&mut self, value: &Value, indent: usize) {
        match value {
            Value::Text(text) if quote::is_literal(text) => self.literal(text, indent + 2),
            _ => {
                scalar(&mut self.out, value, false);
                self.out.push('\n');
            }
        }
    }

    fn literal(&mut self, text: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        let breaks = text.len() - body.len();
        self.out.push_str(match breaks {
            0 => "|-\n",
            1 => "|\n",
            _ => "|+\n",
        });
        for line in body.split('\n') {
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n('\n', breaks.saturating_sub(1)));
    }

    /// The list between brackets, when it holds only scalars and fits the line `lead` columns further on.
    fn flow(&self, list: &[Value], lead: usize) -> Option<String> {
        // The shortest entry takes one column, and two for its comma and blank.
        if list.len() * 3 > WIDTH {
            return None;
        }
        let column = self.out.rsplit('\n').next().map_or(0, |line| line.chars().count());
        let mut flow = String::from("[");
        for (index, value) in list.iter().enumerate() {
            match value {
                Value::List(inner) if !inner.is_empty() => return None,
                Value::Table(inner) if !inner.is_empty() => return None,
                Value::Text(text) if text.len() > WIDTH * 4 || quote::is_literal(text) => {
                    return None;
                }
                _ => {}
            }
            if index > 0 {
                flow.push_str(", ");
            }
            scalar(&mut flow, value, true);
        }
        flow.push(']');
        (column + lead + flow.chars().count() <= WIDTH).then_some(flow)
    }
}

/// A scalar on one line, or an empty list or table.
fn scalar(out: &mut String, value: &Value, flow: bool) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Integer(number) => _ = write!(out, "{number}"),
        Value::Float(number) => float(out, *number),
        Value::Text(text) if quote::is_plain(text, flow) => out.push_str(text),
        Value::Text(text) => quote::double_quoted(out, text),
        Value::List(_) => out.push_str("[]"),
        Value::Table(_) => out.push_str("{}"),
    }
}

/// A float as YAML 1.1 wants it too: with a point, and a sign in the exponent.
fn float(out: &mut String, number: f64) {
    if number.is_nan() {
        out.push_str(".nan");
    } else if number.is_infinite() {
        out.push_str(if number > 0.0 { ".inf" } else { "-.inf" });
    } else {
        let text = format!("{number:?}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, ""));
        out.push_str(mantissa);
        if !mantissa.contains('.') {
            out.push_str(".0");
        }
        if !exponent.is_empty() {
            out.push_str(if exponent.starts_with('-') { "e" } else { "e+" });
            out.push_str(exponent);
        }
    }
}
