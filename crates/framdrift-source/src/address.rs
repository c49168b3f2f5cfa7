//! From an address to the stretch of text that it names.

use framdrift_model::place::Address;
use framdrift_model::shape::{FieldShape, ObjectShape, Shape};

use crate::tree::{Kind, Node};

/// The pointer and the node that an address names; where the text has nothing of that name, the names that there are where it
/// leads nowhere.
///
/// A step with an id is an entry of whichever list of the object holds things of that noun; `id#2` is the second of an id. A
/// step without one is a key.
pub(crate) fn find<'t>(
    root: &'t Node,
    document: &'static ObjectShape,
    address: &Address,
) -> Result<(String, &'t Node), Vec<&'t str>> {
    let mut node = root;
    let mut shape = Some(Shape::Object(document));
    let mut pointer = String::new();
    for segment in address.segments() {
        let Kind::Table(members) = &node.value else {
            return Err(Vec::new());
        };
        let Some(id) = segment.id() else {
            let found = members.iter().find(|m| *m.key == *segment.noun());
            let member = found.ok_or_else(|| members.iter().map(|m| &*m.key).collect::<Vec<_>>())?;
            shape = match shape {
                Some(Shape::Object(object)) => object.field(segment.noun()).map(|f| (f.shape)()),
                Some(Shape::Union(union)) => {
                    let fields = union.branches.iter().find_map(|b| (b.object)().field(segment.noun()));
                    fields.map(|f| (f.shape)())
                }
                _ => None,
            };
            node = &member.value;
            pointer.push('/');
            pointer.push_str(segment.noun());
            continue;
        };
        let Some(Shape::Object(object)) = shape else {
            return Err(Vec::new());
        };
        let (id, ordinal) = match id.rsplit_once('#').map(|(id, n)| (id, n.parse::<usize>())) {
            Some((id, Ok(ordinal))) if ordinal > 0 => (id, ordinal),
            _ => (id, 1),
        };
        let entries = |field: &'static FieldShape| {
            let entry = entry_shape((field.shape)(), segment.noun())?;
            let list = &members.iter().find(|m| *m.key == *field.key)?.value;
            let Kind::List(nodes) = &list.value else { return None };
            Some((nodes, entry))
        };
        let found = object.fields.iter().find_map(|field| {
            let (nodes, entry) = entries(field)?;
            let mut named = nodes.iter().enumerate().filter(|(_, n)| entry_id(n, entry) == Some(id));
            let (at, node) = named.nth(ordinal - 1)?;
            Some((format!("/{}/{at}", field.key), node, entry))
        });
        let (step, entry, entry_shape) = found.ok_or_else(|| {
            let lists = object.fields.iter().filter_map(entries);
            let ids = lists.flat_map(|(nodes, entry)| nodes.iter().filter_map(|node| entry_id(node, entry)));
            ids.collect::<Vec<_>>()
        })?;
        pointer.push_str(&step);
        node = entry;
        shape = Some(Shape::Object(entry_shape));
    }
    Ok((pointer, node))
}

/// The shape of a list's entries, where they are things of this noun.
fn entry_shape(shape: Shape, noun: &str) -> Option<&'static ObjectShape> {
    match shape {
        Shape::List(entry) => match entry() {
            Shape::Object(object) if object.noun == noun => Some(object),
            _ => None,
        },
        _ => None,
    }
}

/// What tells an entry apart: its key's value, or the entry itself where it is written short.
fn entry_id<'t>(node: &'t Node, shape: &ObjectShape) -> Option<&'t str> {
    let text = |node: &'t Node| match &node.value {
        Kind::Scalar(scalar) => scalar.as_text(),
        _ => None,
    };
    match &node.value {
        Kind::Table(members) => text(&members.iter().find(|m| Some(&*m.key) == shape.key)?.value),
        _ => text(node),
    }
}
