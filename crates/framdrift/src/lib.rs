//! Change and implementation programmes: what is ready, what is allowed, when it can happen, and why.

pub mod codes;
pub mod explain;
pub mod findings;
#[cfg(feature = "text")]
mod open;
mod plan;
mod rows;

pub use framdrift_model as model;
pub use framdrift_schedule as schedule;
#[cfg(feature = "text")]
pub use framdrift_source as source;

pub use framdrift_model::Programme;
pub use framdrift_model::document::ProgrammeDoc;
pub use framdrift_schedule::{Dates, Network, Schedule};
#[cfg(feature = "text")]
pub use framdrift_source::report::Report;
#[cfg(feature = "text")]
pub use open::{Opened, load, open};
pub use plan::{LeadTime, Move, NotFound, Plan, Refused};
pub use rows::Row;
