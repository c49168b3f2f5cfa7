//! Through the front door.

mod bounds;
mod instants;
mod links;
mod properties;
mod reasons;
mod reference;
mod rings;
mod rules;
mod size;
mod summaries;
mod support;
mod textbook;
mod verify;
