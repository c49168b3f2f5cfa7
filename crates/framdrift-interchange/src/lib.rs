//! Other tools' formats: MS Project XML (MSPDI) and Primavera XER in, MSPDI out, and pictures of a schedule.

mod encoding;
pub mod fault;
pub mod limits;
pub mod loss;
pub mod mspdi;
pub mod xer;
