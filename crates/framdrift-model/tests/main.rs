//! Tests through the front door of the crate.

mod calendar;
mod holidays;
