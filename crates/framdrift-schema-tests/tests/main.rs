//! The committed JSON Schemas: current, well-formed, and of one mind with the reader.

mod committed;
mod documents;
mod structure;
mod support;
