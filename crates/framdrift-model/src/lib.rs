//! What a change programme is, and when it is well-formed.

pub mod agenda;
pub mod calendar;
pub mod codes;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod id;
pub mod lookup;
pub mod meeting;
pub mod nearest;
pub mod period;
pub mod place;
mod programme;
mod project;
pub mod projection;
pub mod quantity;
mod resolved;
pub mod shape;
mod slot;
pub mod text;
pub mod time;
mod validate;
pub mod value;
mod working;

pub use programme::{Programme, Rejected};
pub use validate::{Checked, Damage, units};

/// The limits that validation holds a programme to.
pub mod limits {
    pub use crate::id::LONGEST as LONGEST_ID;
    pub use crate::project::{MOST_LINKS, MOST_NODES};
    pub use crate::quantity::LONGEST as LONGEST_DURATION;
    pub use crate::working::{HOLIDAY_YEARS, MOST_EXCEPTIONS, MOST_SPECIAL_DAYS};
}

#[cfg(feature = "arbitrary")]
#[doc(hidden)]
pub use arbitrary::{Arbitrary, Error as ArbitraryError, Result as ArbitraryResult, Unstructured};
