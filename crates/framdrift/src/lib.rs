//! Change and implementation programmes: what has to happen, when it can happen, and why then.
//!
//! ```
//! # #[cfg(feature = "text")] {
//! let plan = framdrift::load("
//! framdrift: 1
//! id: office-move
//! start: 2026-03-02
//! activities:
//! - {id: pack, duration: 3d}
//! - {id: move, duration: 1d, after: [pack]}
//! ").unwrap();
//!
//! let moving = plan.find("move").unwrap();
//! assert_eq!(plan.dates(moving).unwrap().start.to_string(), "2026-03-05T08:00");
//! println!("{}", plan.words(&plan.explain(moving).unwrap()));
//! # }
//! ```
//!
//! # The nouns
//!
//! A [`ProgrammeDoc`] is what a file says; it can hold every mistake. Checked it is a [`Programme`]. A [`Plan`] is a programme with
//! its [`Network`] of time nodes and links and, where it has a start, its [`Schedule`]: the [`Dates`] of every activity, meeting, gate
//! and version. [`load`] and [`open`] go from a text to a plan in one call; what is wrong comes as one [`Report`], every fault at
//! its place. [`Plan::new`] does the same for a document made in code.
//!
//! A [`FactsDoc`] holds recorded progress, in a file of its own: [`Opening`], [`load_with_facts`] and [`Plan::with_facts`] take it
//! along.
//!
//! [Other tools' rules](other_tools) are followed on demand: those of Microsoft Project and Primavera P6.
//!
//! A plan is edited by [`Plan::apply`] with typed [`Edit`]s, each with its inverse: [`Plan::undo`] and [`Plan::redo`] go back and
//! forth. [`Plan::compare`] says what moved since an earlier plan, and which change moved it. `plan.schedule()?.verify(plan.network(), plan.facts())` proves every date by code of its own.
//!
//! With the feature `interchange`, `import` goes from the bytes of another tool's file to a plan and a report of what is lost;
//! `Importing` says by which rules.
//!
//! The crates behind the front door are [`model`], [`schedule`], [`source`] and, with the feature `interchange`, that of other tools'
//! files and pictures; each is useful alone. What a file may say is in the
//! [file-format guide](guide).
//!
//! # What is not here
//!
//! Readiness checklists and the phase machine are not built yet. Resource
//! levelling and costs are not planned. Nothing here reads a clock, a file or the environment, or starts a thread.

mod answers;
mod change;
pub mod codes;
mod compare;
mod edit;
pub mod explain;
pub mod findings;
pub mod guide;
#[cfg(feature = "interchange")]
mod import;
mod misses;
#[cfg(feature = "text")]
mod open;
pub mod other_tools;
#[cfg(feature = "interchange")]
mod picture;
mod plan;
mod rows;
mod values;

#[cfg(feature = "interchange")]
pub use framdrift_interchange as interchange;
pub use framdrift_model as model;
pub use framdrift_schedule as schedule;
#[cfg(feature = "text")]
pub use framdrift_source as source;

pub use answers::Words;
pub use change::Change;
pub use compare::Compared;
pub use edit::{Changed, EditRefused};
pub use framdrift_model::Programme;
pub use framdrift_model::document::{FactsDoc, ProgrammeDoc};
pub use framdrift_model::edit::{Edit, EditError, FactsEdit, Field};
pub use framdrift_model::lookup::NotFound;
pub use framdrift_schedule::{Dates, Network, Schedule};
#[cfg(feature = "text")]
pub use framdrift_source::report::Report;
#[cfg(feature = "interchange")]
pub use import::{Import, Importing, NotImported, import};
#[cfg(feature = "text")]
pub use open::{Opened, Opening, load, load_with_facts, open};
pub use plan::{LeadTime, Move, Plan, Refused};
pub use rows::Row;

/// The README's examples. One of them reads another tool's file.
#[cfg(all(doctest, feature = "text", feature = "interchange"))]
#[doc = include_str!("../../../README.md")]
struct Readme;
