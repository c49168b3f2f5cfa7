//! Microsoft Project's XML (MSPDI).

mod parse;
mod raw;
mod unused;
mod value;
mod xml;

pub(crate) use value::clock;
