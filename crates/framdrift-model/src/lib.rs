//! What a change programme is, and when it is well-formed.
//!
//! ```
//! use framdrift_model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
//!
//! let mut document = ProgrammeDoc::new("office-move");
//! let mut pack = ActivityDoc::new("pack");
//! pack.duration = Some("3d".parse().unwrap());
//! let mut leave = ActivityDoc::new("leave");
//! leave.duration = Some("0d".parse().unwrap());
//! leave.after.push(LinkDoc::new("pack"));
//! document.activities.extend([pack, leave]);
//!
//! let programme = document.validate().unwrap();
//! assert_eq!(programme.projection().links.len(), 1);
//! ```
//!
//! # The nouns
//!
//! A [`ProgrammeDoc`](document::ProgrammeDoc) and its parts have public fields and can hold every mistake.
//! [`validate`](document::ProgrammeDoc::validate) turns one into a [`Programme`], or gives it back [`Rejected`] with every fault as a
//! [`Diagnostic`](diagnostic::Diagnostic) at its [`Place`](place::Place). A programme's
//! [`Projection`](projection::Projection) lists what takes or bounds time, instance by instance, for a schedule to be computed
//! from; a plain list made in code builds the same value. [`Lookup`](lookup::Lookup) leads back from a node to what is written.
//!
//! Engines work on a `Programme` or a `Projection` and never doubt its shape: once it exists, they return no errors about it.
//!
//! Days of the civil calendar are [`chrono`]'s, which is handed on in the version that this crate speaks of.
//!
//! # What is not here
//!
//! Reading and writing text, which is `framdrift-source`, and dates, which is `framdrift-schedule`.

pub mod agenda;
pub mod calendar;
pub mod codes;
mod counts;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod edit;
pub mod facts;
pub mod id;
mod instants;
pub mod lookup;
pub mod malformed;
pub mod meeting;
mod mend;
pub mod nearest;
pub mod period;
pub mod place;
mod programme;
mod project;
pub mod projection;
pub mod quantity;
mod resolved;
pub mod rules;
pub mod shape;
mod slot;
pub mod spelling;
pub mod text;
pub mod time;
mod validate;
pub mod value;
mod working;

pub use chrono;
pub use programme::{Programme, Rejected};
pub use validate::{Checked, CheckedFacts, Damage};

/// The limits that validation holds a programme to.
pub mod limits {
    pub use crate::id::LONGEST as LONGEST_ID;
    pub use crate::project::{MOST_LINKS, MOST_NODES};
    pub use crate::quantity::LONGEST as LONGEST_DURATION;
    pub use crate::validate::DEEPEST_PARTS;
    pub use crate::working::{HOLIDAY_YEARS, MOST_EXCEPTIONS, MOST_SPECIAL_DAYS};
}

#[cfg(feature = "arbitrary")]
#[doc(hidden)]
pub use arbitrary::{Arbitrary, Error as ArbitraryError, Result as ArbitraryResult, Unstructured};
