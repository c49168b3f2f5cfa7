//! Tests through the front door.

mod bounds;
mod documents;
mod fixtures;
mod hostile;
mod roads;
mod round_trip;
mod twelve;
