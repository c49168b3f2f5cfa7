//! The shape of a document: which keys an object has, which are required, which words a field takes.
//!
//! Every document type is declared once, with [`document!`](macro@crate::document), [`words!`](macro@crate::words) or
//! [`union!`](macro@crate::union). From that one declaration come the Rust type, its serde implementations, its JSON Schema, and
//! the static [`Shape`] that a reader walks to report every fault of a text at its place.

use crate::malformed::Malformed;

mod declare;
#[cfg(feature = "schema")]
pub mod schema;
#[cfg(feature = "serde")]
#[doc(hidden)]
pub mod serial;

/// What a value must look like.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// Text that follows a grammar: an id, a date, a duration.
    Scalar(&'static ScalarShape),
    /// A whole number within bounds.
    Integer {
        /// The least number allowed.
        least: i64,
        /// The greatest number allowed.
        most: i64,
    },
    /// True or false.
    Boolean,
    /// One of a few words.
    Words(&'static WordsShape),
    /// Text for people: plain, or a table by language.
    LocalText,
    /// A list of values of one shape.
    List(fn() -> Shape),
    /// An object with named fields.
    Object(&'static ObjectShape),
    /// One of several objects, told apart by a tag.
    Union(&'static UnionShape),
}

/// Text that follows a grammar.
#[derive(Debug)]
pub struct ScalarShape {
    /// The planner's word for it.
    pub name: &'static str,
    /// What is expected, for a message: «a date such as `2026-03-01`».
    pub expects: &'static str,
    /// A regular expression (ECMA 262) that every well-formed text matches; it may let through more than `check`.
    pub pattern: &'static str,
    /// Says what is wrong with a text.
    pub check: fn(&str) -> Result<(), Malformed>,
}

/// A closed list of words.
#[derive(Debug)]
pub struct WordsShape {
    /// What the words name.
    pub name: &'static str,
    /// The words and what each means, in the order of declaration.
    pub words: &'static [(&'static str, &'static str)],
}

/// An object with named fields, closed but for `x-` keys.
#[derive(Debug)]
pub struct ObjectShape {
    /// The type's name in a schema: `ActivityDoc`.
    pub name: &'static str,
    /// The planner's word for it, as addresses write it: `activity`.
    pub noun: &'static str,
    /// What it is, in a sentence or more.
    pub doc: &'static str,
    /// The key whose value tells entries of a list apart: `id`, or what is referred to.
    pub key: Option<&'static str>,
    /// The one field that may stand alone instead of the whole object.
    pub short: Option<&'static str>,
    /// The fields, in the order in which they are written.
    pub fields: &'static [FieldShape],
}

impl ObjectShape {
    /// The field under `key`.
    #[must_use]
    pub fn field(&self, key: &str) -> Option<&'static FieldShape> {
        self.fields.iter().find(|f| f.key == key)
    }
}

/// A field of an object.
#[derive(Debug)]
pub struct FieldShape {
    /// Its key in the text.
    pub key: &'static str,
    /// What it says.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What its value looks like.
    pub shape: fn() -> Shape,
}

/// One of several objects, told apart by the word under `tag`.
#[derive(Debug)]
pub struct UnionShape {
    /// The type's name in a schema.
    pub name: &'static str,
    /// The planner's word for it.
    pub noun: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// The key that holds the tag.
    pub tag: &'static str,
    /// The branches, in the order of declaration.
    pub branches: &'static [BranchShape],
}

/// A branch of a union.
#[derive(Debug)]
pub struct BranchShape {
    /// The tag's word.
    pub word: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// The other fields it has.
    pub object: fn() -> &'static ObjectShape,
}

/// A type whose text has a [`Shape`].
pub trait Shaped: Sized {
    /// The shape.
    fn shape() -> Shape;
}

impl<T: Shaped> Shaped for Vec<T> {
    fn shape() -> Shape {
        Shape::List(T::shape)
    }
}

impl Shaped for bool {
    fn shape() -> Shape {
        Shape::Boolean
    }
}

/// An object type: gives its [`ObjectShape`] itself.
pub trait ObjectShaped {
    /// The shape.
    fn object_shape() -> &'static ObjectShape;
}

/// What a field of an object may be: required, optional (`Option`) or a list that may be left out (`Vec`).
#[doc(hidden)]
pub trait Field: Sized {
    fn field_shape() -> Shape;
    fn absent() -> Option<Self>;
    fn is_absent(&self) -> bool;
}

impl<T: Shaped> Field for Option<T> {
    fn field_shape() -> Shape {
        T::shape()
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Shaped> Field for Vec<T> {
    fn field_shape() -> Shape {
        Shape::List(T::shape)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Joins the lines of a doc comment as the compiler hands them over.
#[doc(hidden)]
#[macro_export]
macro_rules! doc_text {
    ($($line:literal)*) => { concat!($($line, "\n"),*) };
}
