//! Nothing to use: this crate holds the tests of the JSON Schema of programme files.
