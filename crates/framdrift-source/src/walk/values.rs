//! Single values and lists.

use framdrift_model::malformed::shortened;
use framdrift_model::shape::{ScalarShape, Shape, WordsShape};
use framdrift_model::text::is_language;
use framdrift_model::value::Value;

use super::objects::Firsts;
use super::words::{a, advice, describe, entry_name, id_of, one_of, text};
use super::{Step, Walk, identity};
use crate::codes;
use crate::tree::{Form, Kind, Node};

impl<'t> Walk<'t> {
    pub(super) fn wrong_type(&mut self, node: &Node, expected: &str, help: Option<String>) -> Option<Value> {
        let found = describe(node);
        self.fault(
            codes::WRONG_TYPE,
            node.span,
            format!("expected {expected}, found {found}"),
            help,
        );
        None
    }

    pub(super) fn scalar(&mut self, node: &'t Node, shape: &ScalarShape) -> Option<Value> {
        let Some(text) = text(node) else {
            let help = match meant_by_number(node, shape) {
                Some(near) => format!("did you mean `\"{near}\"`?"),
                None => format!("write {}", shape.expects),
            };
            return self.wrong_type(node, &a(shape.name), Some(help));
        };
        match (shape.check)(text) {
            Ok(()) => Some(Value::from(text)),
            Err(fault) => {
                let fix = fault.certain().map(str::to_owned);
                self.fault_with_fix(
                    codes::MALFORMED_VALUE,
                    node.span,
                    fault.message(),
                    Some(fault.help()),
                    fix,
                );
                None
            }
        }
    }

    pub(super) fn words(&mut self, node: &'t Node, shape: &WordsShape) -> Option<Value> {
        let Some(text) = text(node) else {
            return self.wrong_type(node, &a(shape.name), Some(one_of(shape.words.iter().map(|w| w.0))));
        };
        if shape.words.iter().any(|(word, _)| *word == text) {
            return Some(Value::from(text));
        }
        let near = self.nearest.find(text, shape.words.iter().map(|w| w.0));
        let help = advice(text, near, || one_of(shape.words.iter().map(|w| w.0)));
        let message = format!("`{}` is not {}", shortened(text), a(shape.name));
        self.fault_with_fix(
            codes::UNKNOWN_WORD,
            node.span,
            message,
            Some(help),
            near.map(str::to_owned),
        );
        None
    }

    pub(super) fn integer(&mut self, node: &'t Node, least: i64, most: i64) -> Option<Value> {
        let Kind::Scalar(scalar) = &node.value else {
            return self.wrong_type(node, "a whole number", None);
        };
        if scalar.form != Form::Integer {
            return self.wrong_type(node, "a whole number", None);
        }
        match scalar.as_i64().filter(|n| (least..=most).contains(n)) {
            Some(number) => Some(Value::Integer(number)),
            None => {
                let message = format!(
                    "`{}` is out of range: expected {least} to {most}",
                    shortened(&scalar.text)
                );
                self.fault(codes::MALFORMED_VALUE, node.span, message, None);
                None
            }
        }
    }

    pub(super) fn local_text(&mut self, node: &'t Node) -> Option<Value> {
        const EXPECTED: &str = "text, or a table of texts by language such as `{sv: …, en: …}`";
        if let Some(text) = text(node) {
            return Some(Value::from(text));
        }
        let Kind::Table(members) = &node.value else {
            return self.wrong_type(node, EXPECTED, None);
        };
        if members.is_empty() {
            return self.wrong_type(
                node,
                EXPECTED,
                Some("give the text in at least one language".to_owned()),
            );
        }
        let mut table: Vec<(String, Value)> = Vec::new();
        let firsts = Firsts::of(members);
        for (i, member) in members.iter().enumerate() {
            let first = self.first_of_its_key(members, &firsts, i);
            self.steps.push(Step::Key(&member.key));
            if first {
                if !is_language(&member.key) {
                    let message = format!("`{}` is not a language", shortened(&member.key));
                    self.fault(
                        codes::UNKNOWN_KEY,
                        member.key_span,
                        message,
                        Some("the keys here are language tags such as `sv`, `nb` or `en`".to_owned()),
                    );
                } else if let Some(text) = text(&member.value) {
                    table.push((member.key.to_string(), Value::from(text)));
                } else if !matches!(member.value.value, Kind::Unreadable) {
                    self.wrong_type(&member.value, "text", None);
                }
            }
            self.steps.pop();
        }
        (!table.is_empty()).then_some(Value::Table(table))
    }

    pub(super) fn list(&mut self, node: &'t Node, entry: &Shape) -> Option<Value> {
        let Kind::List(nodes) = &node.value else {
            let help = match &node.value {
                Kind::Scalar(s) if s.form != Form::Null => Some(format!("write a list: `[{}]`", shortened(&s.text))),
                Kind::Table(_) => Some("a list has a `-` before each entry; entries carry their id inside".to_owned()),
                _ => Some("take the key away, or write an empty list `[]`".to_owned()),
            };
            return self.wrong_type(node, "a list", help);
        };
        let named = entry_name(entry);
        let mut values = Vec::with_capacity(nodes.len());
        let mut left: Option<Vec<usize>> = None;
        for (index, item) in nodes.iter().enumerate() {
            let name = named.map(|(noun, key)| (noun, id_of(item, key)));
            self.steps.push(Step::Entry {
                index,
                kept: values.len(),
                name,
            });
            let value = self.value(item, entry);
            self.steps.pop();
            match value {
                Some(value) => {
                    if let Some(left) = &mut left {
                        left.push(index);
                    }
                    values.push(value);
                }
                None => {
                    left.get_or_insert_with(|| (0..index).collect());
                    self.lost(name);
                }
            }
        }
        if let Some(left) = left {
            self.out.kept.entries.insert(identity(node), left);
        }
        Some(Value::List(values))
    }

    /// Remembers that an entry of the current list was left out.
    pub(super) fn lost(&mut self, name: Option<(&'static str, Option<&'t str>)>) {
        let pointer = self.kept_pointer("#");
        let list = pointer.trim_end_matches("/#").to_owned();
        let id = name.and_then(|(_, id)| id).map(str::to_owned);
        self.out.damage.entry(list, id);
        self.out.damage.field(pointer);
    }
}

/// What a bare number may mean where a text is expected: `20` where a duration is, `20d`.
fn meant_by_number(node: &Node, shape: &ScalarShape) -> Option<String> {
    match &node.value {
        Kind::Scalar(scalar) if matches!(scalar.form, Form::Integer | Form::Float) => {
            let fault = (shape.check)(&scalar.text).err()?;
            fault.nearest().map(str::to_owned)
        }
        _ => None,
    }
}
