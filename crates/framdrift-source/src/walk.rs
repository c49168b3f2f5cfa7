//! The thorough road: walks a tree along a document's shape, reports everything that does not fit at its place, and keeps
//! what does.

use std::collections::HashMap;

use framdrift_model::Damage;
use framdrift_model::diagnostic::Code;
use framdrift_model::diagnostic::Diagnostic;
use framdrift_model::nearest::Nearest;
use framdrift_model::place::{Address, Place};
use framdrift_model::shape::{ObjectShape, ScalarShape, Shape, UnionShape, WordsShape};
use framdrift_model::text::is_language;
use framdrift_model::value::Value;

use crate::codes;
use crate::tree::{Form, Kind, Member, Node, Span, Tree};

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

/// Walks `tree` along the shape of a programme.
pub(crate) fn walk(tree: &Tree, shape: &'static ObjectShape, most: usize) -> Walked {
    let mut walk = Walk {
        tree,
        steps: Vec::new(),
        out: Walked::default(),
        most,
        nearest: Nearest::default(),
    };
    walk.out.value = walk.root(&tree.root, shape);
    if tree.cut.is_some() {
        walk.everything_after_is_damaged(shape);
    }
    walk.out
}

impl<'t> Walk<'t> {
    fn push(&mut self, span: Span, related: Vec<Span>, diagnostic: Diagnostic) {
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
                    let _ = write!(pointer, "/{}", key.replace('~', "~0").replace('/', "~1"));
                    address = address.field(key);
                }
                Step::Entry { index, name, .. } => {
                    let _ = write!(pointer, "/{index}");
                    if let Some((noun, id)) = name {
                        address = match id {
                            Some(id) => address.entry(noun, id),
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
                Step::Key(key) => write!(pointer, "/{key}"),
                Step::Entry { kept, .. } => write!(pointer, "/{kept}"),
            };
        }
        let _ = write!(pointer, "/{key}");
        pointer
    }

    fn root(&mut self, node: &'t Node, shape: &'static ObjectShape) -> Option<Value> {
        let Kind::Table(members) = &node.value else {
            if !matches!(node.value, Kind::Unreadable) {
                let found = describe(node);
                let help = "a programme begins with `framdrift: 1` and an `id`".to_owned();
                self.fault(
                    codes::WRONG_TYPE,
                    node.span,
                    format!("a programme is a table of keys and values, and this is {found}"),
                    Some(help),
                );
            }
            return None;
        };
        if !self.format_is_known(node, members) {
            return None;
        }
        let mut table = self.object(node, members, shape)?;
        // A programme without a readable id still has other faults worth reporting.
        if !table.iter().any(|(key, _)| key == "id") {
            table.push(("id".to_owned(), Value::from("damaged")));
            self.out.damage.field("/id".to_owned());
        }
        Some(Value::Table(table))
    }

    /// The format version is looked at before anything else: the rest may mean something else in another version.
    fn format_is_known(&mut self, node: &'t Node, members: &'t [Member]) -> bool {
        let Some(member) = members.iter().find(|m| &*m.key == "framdrift") else {
            if !self.tree.is_cut(node) {
                let help = "begin with `framdrift: 1`, the version of the file format".to_owned();
                let span = members.first().map_or(node.span, |m| m.key_span);
                self.fault(
                    codes::UNSUPPORTED_FORMAT,
                    span,
                    "this file does not say that it is a framdrift programme".to_owned(),
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
        self.steps.push(Step::Field("framdrift"));
        let found = text_of(&member.value);
        let message = format!("this file is written in format {found}, which is not known here");
        self.fault(
            codes::UNSUPPORTED_FORMAT,
            member.value.span,
            message,
            Some("this library reads format 1: `framdrift: 1`".to_owned()),
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

    fn wrong_type(&mut self, node: &Node, expected: &str, help: Option<String>) -> Option<Value> {
        let found = describe(node);
        self.fault(
            codes::WRONG_TYPE,
            node.span,
            format!("expected {expected}, found {found}"),
            help,
        );
        None
    }

    fn scalar(&mut self, node: &'t Node, shape: &ScalarShape) -> Option<Value> {
        let Some(text) = text(node) else {
            return self.wrong_type(node, shape.expects, None);
        };
        match (shape.check)(text) {
            Ok(()) => Some(Value::from(text)),
            Err(problem) => {
                let message = format!("`{}` is not {}: {problem}", shortened(text), a(shape.name));
                let help = (!problem.contains('`')).then(|| format!("expected {}", shape.expects));
                self.fault(codes::MALFORMED_VALUE, node.span, message, help);
                None
            }
        }
    }

    fn words(&mut self, node: &'t Node, shape: &WordsShape) -> Option<Value> {
        let Some(text) = text(node) else {
            return self.wrong_type(
                node,
                &format!("a {}", shape.name),
                Some(one_of(shape.words.iter().map(|w| w.0))),
            );
        };
        if shape.words.iter().any(|(word, _)| *word == text) {
            return Some(Value::from(text));
        }
        let near = self.nearest.find(text, shape.words.iter().map(|w| w.0));
        let help = near.map_or_else(
            || one_of(shape.words.iter().map(|w| w.0)),
            |near| format!("did you mean `{near}`?"),
        );
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

    fn integer(&mut self, node: &'t Node, least: i64, most: i64) -> Option<Value> {
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

    fn local_text(&mut self, node: &'t Node) -> Option<Value> {
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

    /// Whether `members[at]` is the first with its key; reports it where it is not.
    fn first_of_its_key(&mut self, members: &'t [Member], firsts: &Firsts<'t>, at: usize) -> bool {
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

    fn list(&mut self, node: &'t Node, entry: &Shape) -> Option<Value> {
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
    fn lost(&mut self, name: Option<(&'static str, Option<&'t str>)>) {
        let Some(Step::Field(list)) = self.steps.last() else {
            return;
        };
        match name {
            Some((_, Some(id))) => self.out.damage.id(id.to_owned()),
            _ => self.out.damage.list(list),
        }
        let pointer = self.kept_pointer("#");
        self.out.damage.field(pointer);
    }

    fn whole_object(&mut self, node: &'t Node, shape: &'static ObjectShape) -> Option<Value> {
        if let (Kind::Scalar(scalar), Some(short)) = (&node.value, shape.short) {
            if scalar.form != Form::Null {
                let field = shape.field(short)?;
                return self.value(node, &(field.shape)());
            }
        }
        let Kind::Table(members) = &node.value else {
            let expected = match shape.short {
                Some(short) => format!("a {} (its `{short}` alone, or a table of keys and values)", shape.noun),
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
    fn object(
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

    fn members(
        &mut self,
        node: &'t Node,
        members: &'t [Member],
        shape: &'static ObjectShape,
        tag: Option<&'static str>,
        table: &mut Vec<(String, Value)>,
        present: &mut Vec<&'static str>,
    ) {
        // Keys that stand here as they should; a misspelt one is not taken for any of them.
        let spelt: Vec<&'static str> = members
            .iter()
            .filter_map(|m| shape.field(&m.key))
            .map(|f| f.key)
            .collect();
        let firsts = Firsts::of(members);
        for (i, member) in members.iter().enumerate() {
            if tag == Some(&*member.key) {
                continue;
            }
            if !self.first_of_its_key(members, &firsts, i) {
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
                    self.out.damage.field(pointer);
                }
            }
        }
    }

    /// Reports an unknown key, and gives the field that it is taken for where one is close and not there.
    #[expect(clippy::too_many_arguments, reason = "what a walk over members holds at this point")]
    fn misspelt(
        &mut self,
        node: &Node,
        at: usize,
        member: &'t Member,
        shape: &'static ObjectShape,
        tag: Option<&'static str>,
        spelt: &[&'static str],
        present: &[&'static str],
    ) -> Option<&'static framdrift_model::shape::FieldShape> {
        let free = shape
            .fields
            .iter()
            .map(|f| f.key)
            .filter(|key| !spelt.contains(key) && !present.contains(key));
        let near = self.nearest.find(&member.key, free);
        let help = near.map_or_else(
            || {
                let known = tag.into_iter().chain(shape.fields.iter().map(|f| f.key));
                format!("{}; keys of your own begin with `x-`", known_keys(known))
            },
            |near| format!("did you mean `{near}`?"),
        );
        self.steps.push(Step::Key(&member.key));
        let message = format!("{} has no key `{}`", a(shape.noun), shortened(&member.key));
        self.fault_with_fix(
            codes::UNKNOWN_KEY,
            member.key_span,
            message,
            Some(help),
            near.map(str::to_owned),
        );
        self.steps.pop();
        let field = shape.field(near?)?;
        self.out
            .kept
            .renamed
            .entry(identity(node))
            .or_default()
            .push((field.key, at));
        Some(field)
    }

    /// Keeps what stands under an `x-` key, where it can be kept.
    fn extension(&mut self, member: &'t Member, table: &mut Vec<(String, Value)>) {
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
    fn unique_keys(&mut self, node: &'t Node) -> bool {
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

    fn missing(
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
                format!("this {} has no `{}`", shape.noun, field.key),
                Some(help),
            );
        }
    }

    fn union(&mut self, node: &'t Node, shape: &'static UnionShape) -> Option<Value> {
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
                    format!("this {} has no `{}`", shape.noun, shape.tag),
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
            let help = near.map_or_else(|| one_of(words()), |near| format!("did you mean `{near}`?"));
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

    /// Where reading stopped half-way, anything may be missing.
    fn everything_after_is_damaged(&mut self, shape: &'static ObjectShape) {
        for field in shape.fields {
            if matches!((field.shape)(), Shape::List(_)) {
                self.out.damage.list(field.key);
            }
        }
    }
}

/// Where each key of a table first stands. Small tables are searched, large ones indexed.
struct Firsts<'t>(Option<HashMap<&'t str, usize>>);

impl<'t> Firsts<'t> {
    fn of(members: &'t [Member]) -> Self {
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
    fn before(&self, members: &'t [Member], at: usize) -> Option<&'t Member> {
        let key = &members[at].key;
        let first = match &self.0 {
            Some(firsts) => firsts.get(&**key).copied(),
            None => members[..at].iter().position(|m| m.key == *key),
        };
        first.filter(|first| *first < at).map(|first| &members[first])
    }
}

/// The text of a scalar that is text, or may be taken for it.
fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Kind::Scalar(scalar) => scalar.as_text(),
        _ => None,
    }
}

/// The noun and the key that tell entries of a list apart.
fn entry_name(shape: &Shape) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Object(object) => Some((object.noun, object.key?)),
        _ => None,
    }
}

/// The id that an entry carries, whole or in its short form.
fn id_of<'t>(node: &'t Node, key: &str) -> Option<&'t str> {
    match &node.value {
        Kind::Table(members) => text(&members.iter().find(|m| &*m.key == key)?.value),
        _ => text(node),
    }
}

fn holds_unreadable(node: &Node) -> bool {
    match &node.value {
        Kind::Unreadable => true,
        Kind::Scalar(_) => false,
        Kind::List(nodes) => nodes.iter().any(holds_unreadable),
        Kind::Table(members) => members.iter().any(|m| holds_unreadable(&m.value)),
    }
}

/// What a node is, in words.
fn describe(node: &Node) -> String {
    match &node.value {
        Kind::Scalar(scalar) => match scalar.form {
            Form::Null => "nothing".to_owned(),
            Form::Bool(value) => format!("`{value}`"),
            Form::Integer | Form::Float => format!("the number `{}`", shortened(&scalar.text)),
            Form::Text => format!("the text `{}`", shortened(&scalar.text)),
        },
        Kind::List(_) => "a list".to_owned(),
        Kind::Table(_) => "a table".to_owned(),
        Kind::Unreadable => "something unreadable".to_owned(),
    }
}

fn text_of(node: &Node) -> String {
    match &node.value {
        Kind::Scalar(scalar) if scalar.form != Form::Null => {
            format!("`{}`", shortened(&scalar.text))
        }
        _ => describe(node),
    }
}

/// What a value of this shape looks like, for advice.
fn expectation(shape: &Shape) -> String {
    match shape {
        Shape::Scalar(scalar) => scalar.expects.to_owned(),
        Shape::Words(words) => one_of(words.words.iter().map(|w| w.0)),
        Shape::Integer { least, most } if least == most => format!("the number {least}"),
        Shape::Integer { least, most } => format!("a whole number from {least} to {most}"),
        _ => "a value".to_owned(),
    }
}

/// A noun with its article.
fn a(noun: &str) -> String {
    match noun.as_bytes() {
        // «a unit», but «an id», «an item».
        [b'a' | b'e' | b'i' | b'o', ..] => format!("an {noun}"),
        _ if noun == "working hours" => noun.to_owned(),
        _ => format!("a {noun}"),
    }
}

fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.map(|w| format!("`{w}`")).collect();
    format!("one of {}", words.join(", "))
}

fn known_keys<'w>(keys: impl Iterator<Item = &'w str>) -> String {
    let keys: Vec<String> = keys.map(|w| format!("`{w}`")).collect();
    match keys.len() {
        0 => "there are no keys here".to_owned(),
        _ => format!("the keys here are {}", keys.join(", ")),
    }
}

/// A text may be as long as the file; messages are one line.
pub(crate) fn shortened(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == 60 {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
