//! Through the front door.

mod answers;
mod bounds;
mod bygone;
mod clashes;
mod compare;
mod delays;
mod edits;
mod effort;
mod instants;
mod late;
mod latest;
mod links;
mod margins;
mod paths;
mod properties;
mod reasons;
mod reference;
mod rings;
mod roads;
mod rules;
mod size;
mod slip;
mod summaries;
mod support;
mod textbook;
mod verify;
