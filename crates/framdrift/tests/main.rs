//! Tests through the front door.

mod fixtures;
