//! framdrift documents as text: reading JSON and YAML with places, and writing them back.
//!
//! ```
//! use framdrift_source::lines::Lines;
//! use framdrift_source::limits::Limits;
//! use framdrift_source::read::{Format, read};
//!
//! let text = "framdrift: 1\nid: gränslös\nowner: *ägare\n";
//! let reading = read(text.as_bytes(), Some(Format::Yaml), &Limits::default());
//!
//! let fault = &reading.faults[0];
//! assert_eq!(fault.code, "yaml-alias");
//! let place = Lines::new(text).position(fault.span.start as usize);
//! assert_eq!((place.line, place.column), (3, 8));
//! ```
//!
//! [`read::read`] checks size and encoding, picks the format, and gives a [`tree::Tree`]: values with byte positions,
//! the same for both formats. What is wrong with the text is a list of [`fault::SyntaxFault`]s, with codes from
//! [`codes`]; [`lines::Lines`] turns their positions into lines and columns. [`write`](mod@write) goes the other way.
//!
//! YAML is read as YAML 1.2 with the core schema. Anchors, aliases, tags, merge keys and several documents in one
//! file are refused. No text can make the readers panic, recurse or take time or memory out of proportion:
//! [`limits::Limits`] says how far they go.

mod address;
mod build;
pub mod codes;
pub mod document;
mod fast;
pub mod fault;
mod json;
pub mod limits;
pub mod lines;
pub mod read;
pub mod report;
pub mod tree;
mod value;
mod walk;
pub mod write;

pub use framdrift_model as model;
mod yaml;
