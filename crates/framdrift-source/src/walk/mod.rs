//! The thorough road: walks a tree along a document's shape, reports everything that does not fit at its place, and keeps
//! what does.

mod objects;
mod values;
mod words;

use std::collections::HashMap;

use framdrift_model::Damage;
use framdrift_model::diagnostic::{Code, Diagnostic};
use framdrift_model::document::{FactsDoc, ProgrammeDoc};
use framdrift_model::nearest::Nearest;
use framdrift_model::place::{Address, Place};
use framdrift_model::shape::{ObjectShape, Shape};
use framdrift_model::value::Value;

use crate::codes;
use crate::document::Document;
use crate::tree::{Form, Kind, Member, Node, Span, Tree};
use words::{bounded, describe, text_of};

/// A diagnostic and the stretch of text it is about.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) diagnostic: Diagnostic,
    pub(crate) span: Span,
    pub(crate) related: Vec<Span>,
}

/// What a walk kept and what it found.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// What fits the shape; nothing where the text holds no document at all.
    pub(crate) value: Option<Value>,
    pub(crate) damage: Damage,
    pub(crate) found: Vec<Found>,
    /// How many more were found than are kept.
    pub(crate) uncounted: usize,
    pub(crate) kept: Kept,
}

/// How positions in the partial document correspond to the tree. Nodes are told apart by where they lie in memory, which does
/// not change while the tree lives.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// For lists that lost entries: which ones are left.
    pub(crate) entries: HashMap<usize, Vec<usize>>,
    /// For tables with a misspelt key: which member was taken for which key.
    pub(crate) renamed: HashMap<usize, Vec<(&'static str, usize)>>,
}

pub(crate) fn identity(node: &Node) -> usize {
    std::ptr::from_ref(node) as usize
}

/// A step on the way down, for pointers and addresses.
#[derive(Clone, Debug)]
enum Step<'t> {
    Field(&'static str),
    /// An `x-` key or a language tag.
    Key(&'t str),
    Entry {
        index: usize,
        kept: usize,
        name: Option<(&'static str, Option<&'t str>)>,
    },
}

struct Walk<'t> {
    tree: &'t Tree,
    steps: Vec<Step<'t>>,
    out: Walked,
    most: usize,
    nearest: Nearest,
}

/// Walks `tree` along the shape of a document.
pub(crate) fn walk<D: Document>(tree: &Tree, most: usize) -> Walked {
    let shape = D::object_shape();
    let mut walk = Walk {
        tree,
        steps: Vec::new(),
        out: Walked::default(),
        most,
        nearest: Nearest::default(),
    };
    walk.out.value = walk.root::<D>(&tree.root);
    if tree.cut.is_some() {
        walk.everything_after_is_damaged(shape);
    }
    walk.out
}

impl<'t> Walk<'t> {
    pub(super) fn push(&mut self, span: Span, related: Vec<Span>, diagnostic: Diagnostic) {
        if self.out.found.len() < self.most {
            self.out.found.push(Found {
                diagnostic,
                span,
                related,
            });
        } else {
            self.out.uncounted += 1;
        }
    }

    fn fault(&mut self, code: Code, span: Span, message: String, help: Option<String>) {
        self.fault_with_fix(code, span, message, help, None);
    }

    fn fault_with_fix(&mut self, code: Code, span: Span, message: String, help: Option<String>, fix: Option<String>) {
        let place = self.place();
        let diagnostic = Diagnostic::new(code, place, message).with_help_if(help).with_fix(fix);
        self.push(span, Vec::new(), diagnostic);
    }

    /// The place of the current steps: the pointer as the text has it, the address by ids.
    fn place(&self) -> Place {
        use std::fmt::Write as _;
        let mut pointer = String::new();
        let mut address = Address::programme();
        for (i, step) in self.steps.iter().enumerate() {
            match step {
                Step::Field(key) => {
                    let _ = write!(pointer, "/{key}");
                    let named = matches!(self.steps.get(i + 1), Some(Step::Entry { name: Some(_), .. }));
                    if !named {
                        address = address.field(key);
                    }
                }
                Step::Key(key) => {
                    let key = bounded(key);
                    let _ = write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1"));
                    address = address.field(&key);
                }
                Step::Entry { index, name, .. } => {
                    let _ = write!(pointer, "/{index}");
                    if let Some((noun, id)) = name {
                        address = match id {
                            Some(id) => address.entry(noun, &bounded(id)),
                            None => address.entry(noun, &format!("#{}", index + 1)),
                        };
                    }
                }
            }
        }
        Place { pointer, address }
    }

    /// The pointer of a field below the current steps in the partial document.
    fn kept_pointer(&self, key: &str) -> String {
        use std::fmt::Write as _;
        let mut pointer = String::new();
        for step in &self.steps {
            let _ = match step {
                Step::Field(key) => write!(pointer, "/{key}"),
                Step::Key(key) => write!(pointer, "/{}", bounded(key)),
                Step::Entry { kept, .. } => write!(pointer, "/{kept}"),
            };
        }
        let _ = write!(pointer, "/{key}");
        pointer
    }

    fn root<D: Document>(&mut self, node: &'t Node) -> Option<Value> {
        let shape = D::object_shape();
        let Kind::Table(members) = &node.value else {
            if !matches!(node.value, Kind::Unreadable) {
                let found = describe(node);
                let and_id = if shape.field("id").is_some() {
                    " and an `id`"
                } else {
                    ""
                };
                let help = format!("{} begins with `{}: 1`{and_id}", D::HOLDS, D::FORMAT_KEY);
                self.fault(
                    codes::WRONG_TYPE,
                    node.span,
                    format!("{} is a table of keys and values, and this is {found}", D::HOLDS),
                    Some(help),
                );
            }
            return None;
        };
        if !self.format_is_known::<D>(node, members) {
            return None;
        }
        let mut table = self.object(node, members, shape)?;
        // A programme without a readable id still has other faults worth reporting.
        if shape.field("id").is_some() && !table.iter().any(|(key, _)| key == "id") {
            table.push(("id".to_owned(), Value::from("damaged")));
            self.out.damage.field("/id".to_owned());
        }
        Some(Value::Table(table))
    }

    /// The format version is looked at before anything else: the rest may mean something else in another version.
    fn format_is_known<D: Document>(&mut self, node: &'t Node, members: &'t [Member]) -> bool {
        let key = D::FORMAT_KEY;
        let Some(member) = members.iter().find(|m| *m.key == *key) else {
            if !self.tree.is_cut(node) {
                let span = members.first().map_or(node.span, |m| m.key_span);
                // Perhaps it is the other kind of file.
                let others = [
                    (ProgrammeDoc::FORMAT_KEY, ProgrammeDoc::HOLDS),
                    (FactsDoc::FORMAT_KEY, FactsDoc::HOLDS),
                ];
                let other = others
                    .iter()
                    .find_map(|(key, holds)| Some((members.iter().find(|m| *m.key == **key)?, holds)));
                let (span, help) = match other {
                    Some((member, holds)) => (
                        member.key_span,
                        format!("it says that it is {holds}; name the other file"),
                    ),
                    None => (span, format!("begin with `{key}: 1`, the version of the file format")),
                };
                self.fault(
                    codes::UNSUPPORTED_FORMAT,
                    span,
                    format!("this file does not say that it is {}", D::HOLDS),
                    Some(help),
                );
            }
            return false;
        };
        let version = match &member.value.value {
            Kind::Scalar(scalar) if scalar.form == Form::Integer => scalar.as_i64(),
            Kind::Unreadable => return false,
            _ => None,
        };
        if version == Some(1) {
            return true;
        }
        self.steps.push(Step::Field(key));
        let found = text_of(&member.value);
        let message = format!("this file is written in format {found}, which is not known here");
        self.fault(
            codes::UNSUPPORTED_FORMAT,
            member.value.span,
            message,
            Some(format!(
                "this library reads format 1, a number without quotes: `{key}: 1`"
            )),
        );
        self.steps.pop();
        false
    }

    fn value(&mut self, node: &'t Node, shape: &Shape) -> Option<Value> {
        if matches!(node.value, Kind::Unreadable) {
            return None;
        }
        match shape {
            Shape::Scalar(scalar) => self.scalar(node, scalar),
            Shape::Words(words) => self.words(node, words),
            Shape::Integer { least, most } => self.integer(node, *least, *most),
            Shape::Boolean => match &node.value {
                Kind::Scalar(scalar) if scalar.as_bool().is_some() => scalar.as_bool().map(Value::Bool),
                _ => self.wrong_type(node, "`true` or `false`", None),
            },
            Shape::LocalText => self.local_text(node),
            Shape::List(entry) => self.list(node, &entry()),
            Shape::Object(object) => self.whole_object(node, object),
            Shape::Union(union) => self.union(node, union),
            _ => unreachable!("every kind of shape is walked"),
        }
    }

    /// Where reading stopped half-way, anything may be missing.
    fn everything_after_is_damaged(&mut self, shape: &'static ObjectShape) {
        for field in shape.fields {
            if matches!((field.shape)(), Shape::List(_)) {
                self.out.damage.cut(field.key);
            }
        }
    }
}
