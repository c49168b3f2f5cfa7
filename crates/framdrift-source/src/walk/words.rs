//! What nodes are and what shapes want, in words.

use framdrift_model::malformed::shortened;
use framdrift_model::shape::Shape;
use framdrift_model::spelling::{did_you_mean, unusual};

use crate::tree::{Form, Kind, Node};

/// The text of a scalar that is text, or may be taken for it.
pub(super) fn text(node: &Node) -> Option<&str> {
    match &node.value {
        Kind::Scalar(scalar) => scalar.as_text(),
        _ => None,
    }
}

/// The noun and the key that tell entries of a list apart.
pub(super) fn entry_name(shape: &Shape) -> Option<(&'static str, &'static str)> {
    match shape {
        Shape::Object(object) => Some((object.noun, object.key?)),
        _ => None,
    }
}

/// The id that an entry carries, whole or in its short form.
pub(super) fn id_of<'t>(node: &'t Node, key: &str) -> Option<&'t str> {
    match &node.value {
        Kind::Table(members) => text(&members.iter().find(|m| &*m.key == key)?.value),
        _ => text(node),
    }
}

pub(super) fn holds_unreadable(node: &Node) -> bool {
    match &node.value {
        Kind::Unreadable => true,
        Kind::Scalar(_) => false,
        Kind::List(nodes) => nodes.iter().any(holds_unreadable),
        Kind::Table(members) => members.iter().any(|m| holds_unreadable(&m.value)),
    }
}

/// What a node is, in words.
pub(super) fn describe(node: &Node) -> String {
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

pub(super) fn text_of(node: &Node) -> String {
    match &node.value {
        Kind::Scalar(scalar) if scalar.form != Form::Null => {
            format!("`{}`", shortened(&scalar.text))
        }
        _ => describe(node),
    }
}

/// What a value of this shape looks like, for advice.
pub(super) fn expectation(shape: &Shape) -> String {
    match shape {
        Shape::Scalar(scalar) => scalar.expects.to_owned(),
        Shape::Words(words) => one_of(words.words.iter().map(|w| w.0)),
        Shape::Integer { least, most } if least == most => format!("the number {least}"),
        Shape::Integer { least, most } => format!("a whole number from {least} to {most}"),
        _ => "a value".to_owned(),
    }
}

/// A noun with its article.
pub(super) fn a(noun: &str) -> String {
    match (noun, noun.as_bytes()) {
        ("working hours", _) => noun.to_owned(),
        // Nouns that are their field's key, and no word for one thing.
        ("after" | "before" | "holidays", _) => format!("an entry under `{noun}`"),
        ("between" | "minutes", _) => format!("the table under `{noun}`"),
        // «a unit», but «an id», «an item».
        (_, [b'a' | b'e' | b'i' | b'o', ..]) => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}

/// A noun that is pointed at.
pub(super) fn this(noun: &str) -> String {
    match noun {
        "after" | "before" | "holidays" => format!("this entry under `{noun}`"),
        "between" | "minutes" => format!("the table under `{noun}`"),
        _ => format!("this {noun}"),
    }
}

/// The word under the tag of a union's table.
pub(super) fn word_of<'n>(node: &'n Node, tag: &str) -> Option<&'n str> {
    match &node.value {
        Kind::Table(members) => text(&members.iter().find(|m| &*m.key == tag)?.value),
        _ => None,
    }
}

/// A key or id as places hold it. Thousands of faults may stand below one that is as long as the file.
pub(super) fn bounded(text: &str) -> std::borrow::Cow<'_, str> {
    if text.len() > 256 {
        shortened(text).into()
    } else {
        text.into()
    }
}

/// What helps somebody who wrote `word`: the name that is near, else what there is; and the character that is not what it looks
/// like.
pub(super) fn advice(word: &str, near: Option<&str>, known: impl FnOnce() -> String) -> String {
    match (near, unusual(word)) {
        (Some(near), _) => did_you_mean(word, near),
        (None, Some(unusual)) => format!("{unusual}; {}", known()),
        (None, None) => known(),
    }
}

pub(super) fn one_of<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<String> = words.map(|w| format!("`{w}`")).collect();
    format!("one of {}", words.join(", "))
}

pub(super) fn known_keys<'w>(keys: impl Iterator<Item = &'w str>) -> String {
    let keys: Vec<String> = keys.map(|w| format!("`{w}`")).collect();
    match keys.len() {
        0 => "there are no keys here".to_owned(),
        1 => format!("the only key here is {}", keys[0]),
        _ => format!("the keys here are {}", keys.join(", ")),
    }
}
