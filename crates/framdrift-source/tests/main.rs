//! One binary for all tests of this crate.

mod hostile;
mod json;
mod lines;
mod round_trip;
mod yaml;
