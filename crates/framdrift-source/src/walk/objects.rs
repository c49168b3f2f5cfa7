//! Objects, unions and the keys they have.

use std::collections::HashMap;

use framdrift_model::diagnostic::Diagnostic;
use framdrift_model::malformed::shortened;
use framdrift_model::shape::{FieldShape, ObjectShape, Shape, UnionShape};
use framdrift_model::spelling::{elsewhere, meaning};
use framdrift_model::value::Value;

use super::words::{a, advice, expectation, holds_unreadable, known_keys, one_of, text, this, word_of};
use super::{Step, Walk, identity};
use crate::codes;
use crate::tree::{Form, Kind, Member, Node};

impl<'t> Walk<'t> {
    /// Whether `members[at]` is the first with its key; reports it where it is not.
    pub(super) fn first_of_its_key(&mut self, members: &'t [Member], firsts: &Firsts<'t>, at: usize) -> bool {
        let member = &members[at];
        let Some(first) = firsts.before(members, at) else {
            return true;
        };
        self.steps.push(Step::Key(&member.key));
        let place = self.place();
        self.steps.pop();
        let diagnostic = Diagnostic::new(
            codes::DUPLICATE_KEY,
            place.clone(),
            format!("the key `{}` stands twice in one table", shortened(&member.key)),
        )
        .with_related(place, "first here")
        .with_help("keep one of them");
        self.push(member.key_span, vec![first.key_span], diagnostic);
        false
    }

    pub(super) fn whole_object(&mut self, node: &'t Node, shape: &'static ObjectShape) -> Option<Value> {
        if let (Kind::Scalar(scalar), Some(short)) = (&node.value, shape.short)
            && scalar.form != Form::Null
        {
            let field = shape.field(short)?;
            return self.value(node, &(field.shape)());
        }
        let Kind::Table(members) = &node.value else {
            let expected = match shape.short {
                Some(short) => format!("{} (its `{short}` alone, or a table of keys and values)", a(shape.noun)),
                None => format!("{}: a table of keys and values", a(shape.noun)),
            };
            return self.wrong_type(node, &expected, None);
        };
        let table = self.object(node, members, shape)?;
        let complete = shape
            .fields
            .iter()
            .filter(|f| f.required)
            .all(|f| table.iter().any(|(key, _)| key == f.key));
        complete.then_some(Value::Table(table))
    }

    /// Walks the members of an object. The table may lack required fields; they are then reported or damaged.
    pub(super) fn object(
        &mut self,
        node: &'t Node,
        members: &'t [Member],
        shape: &'static ObjectShape,
    ) -> Option<Vec<(String, Value)>> {
        let mut table = Vec::with_capacity(members.len());
        let mut present: Vec<&'static str> = Vec::new();
        self.members(node, members, shape, None, &mut table, &mut present);
        self.missing(node, members, shape, &present);
        Some(table)
    }

    pub(super) fn members(
        &mut self,
        node: &'t Node,
        members: &'t [Member],
        shape: &'static ObjectShape,
        tag: Option<&'static str>,
        table: &mut Vec<(String, Value)>,
        present: &mut Vec<&'static str>,
    ) {
        // Keys that stand here as they should; a misspelt one is not taken for any of them.
        let mut spelt: Vec<&'static str> = Vec::new();
        for field in members.iter().filter_map(|m| shape.field(&m.key)) {
            if !spelt.contains(&field.key) {
                spelt.push(field.key);
            }
        }
        let firsts = Firsts::of(members);
        for (i, member) in members.iter().enumerate() {
            if !self.first_of_its_key(members, &firsts, i) || tag == Some(&*member.key) {
                continue;
            }
            if member.key.starts_with("x-") {
                self.extension(member, table);
                continue;
            }
            let field = shape
                .field(&member.key)
                .or_else(|| self.misspelt(node, i, member, shape, tag, &spelt, present));
            let Some(field) = field else { continue };
            present.push(field.key);
            self.steps.push(Step::Field(field.key));
            let value = self.value(&member.value, &(field.shape)());
            self.steps.pop();
            match value {
                Some(value) => table.push((field.key.to_owned(), value)),
                None => {
                    let pointer = self.kept_pointer(field.key);
                    if matches!((field.shape)(), Shape::List(_)) {
                        self.out.damage.list(pointer.clone());
                    }
                    self.out.damage.field(pointer);
                }
            }
        }
    }

    /// Reports an unknown key, and gives the field that it is taken for where one is close and not there.
    #[expect(clippy::too_many_arguments, reason = "what a walk over members holds at this point")]
    pub(super) fn misspelt(
        &mut self,
        node: &Node,
        at: usize,
        member: &'t Member,
        shape: &'static ObjectShape,
        tag: Option<&'static str>,
        spelt: &[&'static str],
        present: &[&'static str],
    ) -> Option<&'static FieldShape> {
        let free = shape
            .fields
            .iter()
            .map(|f| f.key)
            .filter(|key| !spelt.contains(key) && !present.contains(key));
        // `duration:3d` is a key of its own: YAML wants a space behind the colon.
        let joined = member
            .key
            .split_once(':')
            .filter(|(key, _)| shape.field(key.trim()).is_some());
        let near = self.nearest.find(&member.key, free).filter(|_| joined.is_none());
        let help = advice(&member.key, near, || {
            let known = tag.into_iter().chain(shape.fields.iter().map(|f| f.key));
            match (
                joined,
                elsewhere(&member.key).filter(|_| shape.field("title").is_some()),
            ) {
                (Some((key, _)), _) => format!("write `{}: ` with an ordinary space behind the colon", key.trim()),
                (None, Some(elsewhere)) => elsewhere.to_owned(),
                (None, None) => format!("{}; keys of your own begin with `x-`", known_keys(known)),
            }
        });
        let field = near.and_then(|near| shape.field(near));
        let field = field.filter(|f| spelt_alike(&member.key, f.key) || may_be(&member.value, f));
        self.steps.push(Step::Key(&member.key));
        let word = tag.and_then(|tag| word_of(node, tag));
        let kind = word.map_or_else(String::new, |word| format!(" of kind `{word}`"));
        let message = format!("{}{kind} has no key `{}`", a(shape.noun), shortened(&member.key));
        // Where reading stopped within the table, a key without a value is what a bracket too few made of an entry.
        if !(self.tree.is_cut(node) && is_nothing(&member.value)) {
            self.fault_with_fix(
                codes::UNKNOWN_KEY,
                member.key_span,
                message,
                Some(help),
                field.map(|field| field.key.to_owned()),
            );
        }
        self.steps.pop();
        let Some(field) = field else {
            // It may have meant any field that is not there, and a list any of the lists.
            let pointer = self.kept_pointer("?");
            self.out.damage.field(pointer);
            let lists = shape.fields.iter().filter(|f| matches!((f.shape)(), Shape::List(_)));
            let free = lists.filter(|f| !spelt.contains(&f.key) && !present.contains(&f.key));
            for list in free.filter(|_| matches!(member.value.value, Kind::List(_))) {
                let pointer = self.kept_pointer(list.key);
                self.out.damage.list(pointer);
            }
            return None;
        };
        if !spelt_alike(&member.key, field.key) {
            let pointer = self.kept_pointer(field.key);
            self.out.damage.foreign(pointer);
        }
        self.out
            .kept
            .renamed
            .entry(identity(node))
            .or_default()
            .push((field.key, at));
        Some(field)
    }

    /// Keeps what stands under an `x-` key, where it can be kept.
    pub(super) fn extension(&mut self, member: &'t Member, table: &mut Vec<(String, Value)>) {
        self.steps.push(Step::Key(&member.key));
        let unique = self.unique_keys(&member.value);
        match member.value.to_value() {
            Some(value) if unique => table.push((member.key.to_string(), value)),
            None if unique && !holds_unreadable(&member.value) => {
                self.fault(
                    codes::MALFORMED_VALUE,
                    member.value.span,
                    "this number is not one that JSON can hold".to_owned(),
                    None,
                );
            }
            _ => {}
        }
        self.steps.pop();
    }

    /// Whether no table below `node` has a key twice; reports those that do.
    pub(super) fn unique_keys(&mut self, node: &'t Node) -> bool {
        let mut unique = true;
        match &node.value {
            Kind::Table(members) => {
                let firsts = Firsts::of(members);
                for (i, member) in members.iter().enumerate() {
                    unique &= self.first_of_its_key(members, &firsts, i);
                    self.steps.push(Step::Key(&member.key));
                    unique &= self.unique_keys(&member.value);
                    self.steps.pop();
                }
            }
            Kind::List(nodes) => {
                for (index, item) in nodes.iter().enumerate() {
                    self.steps.push(Step::Entry {
                        index,
                        kept: index,
                        name: None,
                    });
                    unique &= self.unique_keys(item);
                    self.steps.pop();
                }
            }
            Kind::Scalar(_) | Kind::Unreadable => {}
        }
        unique
    }

    pub(super) fn missing(
        &mut self,
        node: &'t Node,
        members: &'t [Member],
        shape: &'static ObjectShape,
        present: &[&'static str],
    ) {
        if self.tree.is_cut(node) {
            return;
        }
        for field in shape.fields.iter().filter(|f| f.required && !present.contains(&f.key)) {
            let span = members.first().map_or(node.span, |m| m.key_span);
            let expects = expectation(&(field.shape)());
            let help = format!("add `{}`: {expects}", field.key);
            self.fault(
                codes::MISSING_KEY,
                span,
                format!("{} has no `{}`", this(shape.noun), field.key),
                Some(help),
            );
        }
    }

    pub(super) fn union(&mut self, node: &'t Node, shape: &'static UnionShape) -> Option<Value> {
        let words = || shape.branches.iter().map(|b| b.word);
        let Kind::Table(members) = &node.value else {
            return self.wrong_type(
                node,
                &format!("{}: a table with a `{}`", a(shape.noun), shape.tag),
                Some(one_of(words())),
            );
        };
        let Some(tag) = members.iter().find(|m| &*m.key == shape.tag) else {
            let near = self
                .nearest
                .find(shape.tag, members.iter().map(|m| &*m.key))
                .map(str::to_owned);
            let misspelt = members.iter().find(|m| near.as_deref() == Some(&*m.key));
            if let Some(member) = misspelt {
                let message = format!("{} has no key `{}`", a(shape.noun), shortened(&member.key));
                self.fault_with_fix(
                    codes::UNKNOWN_KEY,
                    member.key_span,
                    message,
                    Some(format!("did you mean `{}`?", shape.tag)),
                    Some(shape.tag.to_owned()),
                );
            } else if !self.tree.is_cut(node) {
                let span = members.first().map_or(node.span, |m| m.key_span);
                self.fault(
                    codes::MISSING_KEY,
                    span,
                    format!("{} has no `{}`", this(shape.noun), shape.tag),
                    Some(one_of(words())),
                );
            }
            return None;
        };
        let Some(word) = text(&tag.value) else {
            self.steps.push(Step::Field(shape.tag));
            if !matches!(tag.value.value, Kind::Unreadable) {
                self.wrong_type(&tag.value, &format!("a kind of {}", shape.noun), Some(one_of(words())));
            }
            self.steps.pop();
            return None;
        };
        let Some(branch) = shape.branches.iter().find(|b| b.word == word) else {
            let near = self.nearest.find(word, words());
            let help = advice(word, near, || one_of(words()));
            self.steps.push(Step::Field(shape.tag));
            let message = format!("`{}` is not a kind of {}", shortened(word), shape.noun);
            self.fault_with_fix(
                codes::UNKNOWN_WORD,
                tag.value.span,
                message,
                Some(help),
                near.map(str::to_owned),
            );
            self.steps.pop();
            return None;
        };
        let object = (branch.object)();
        let mut table = vec![(shape.tag.to_owned(), Value::from(word))];
        let mut present = Vec::new();
        self.members(node, members, object, Some(shape.tag), &mut table, &mut present);
        self.missing(node, members, object, &present);
        let complete = object
            .fields
            .iter()
            .filter(|f| f.required)
            .all(|f| table.iter().any(|(key, _)| key == f.key));
        complete.then_some(Value::Table(table))
    }
}

/// Whether a key was meant to be another by how it is written, and not by what it means in another tool.
fn spelt_alike(key: &str, known: &'static str) -> bool {
    meaning(key, [known]).is_none()
}

/// Whether nothing at all is written for a value.
fn is_nothing(value: &Node) -> bool {
    matches!(&value.value, Kind::Scalar(scalar) if scalar.form == Form::Null && scalar.text.is_empty())
}

/// Whether a value can be what a field takes, by its kind: what another tool calls the same may be written in another way.
fn may_be(value: &Node, field: &FieldShape) -> bool {
    match (&value.value, (field.shape)()) {
        (Kind::List(_), shape) => matches!(shape, Shape::List(_)),
        (Kind::Table(_), shape) => matches!(shape, Shape::Object(_) | Shape::LocalText),
        (Kind::Scalar(_), shape) => !matches!(shape, Shape::List(_) | Shape::Object(_) | Shape::Union(_)),
        (Kind::Unreadable, _) => true,
    }
}

/// Where each key of a table first stands. Small tables are searched, large ones indexed.
pub(super) struct Firsts<'t>(Option<HashMap<&'t str, usize>>);

impl<'t> Firsts<'t> {
    pub(super) fn of(members: &'t [Member]) -> Self {
        if members.len() <= 24 {
            return Self(None);
        }
        let mut firsts = HashMap::with_capacity(members.len());
        for (i, member) in members.iter().enumerate() {
            firsts.entry(&*member.key).or_insert(i);
        }
        Self(Some(firsts))
    }

    /// The member before `at` that has the same key.
    pub(super) fn before(&self, members: &'t [Member], at: usize) -> Option<&'t Member> {
        let key = &members[at].key;
        let first = match &self.0 {
            Some(firsts) => firsts.get(&**key).copied(),
            None => members[..at].iter().position(|m| m.key == *key),
        };
        first.filter(|first| *first < at).map(|first| &members[first])
    }
}
