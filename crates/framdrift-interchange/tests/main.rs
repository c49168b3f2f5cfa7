//! Tests of the crate through its front door.

mod export;
mod fixtures;
mod hostile;
mod mspdi;
mod oracle;
mod xer;
