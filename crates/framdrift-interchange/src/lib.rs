//! Other tools' formats: MS Project XML (MSPDI) and Primavera XER in, MSPDI out, and pictures of a schedule.

mod amount;
mod calendar;
mod effective;
mod encoding;
mod facts;
pub mod fault;
mod format;
mod imported;
pub mod limits;
pub mod loss;
pub mod mspdi;
pub mod xer;

pub use format::{Format, ImportError};
pub use imported::Imported;
