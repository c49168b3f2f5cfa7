//! Through the front door.
#[allow(dead_code)]
mod reference;
