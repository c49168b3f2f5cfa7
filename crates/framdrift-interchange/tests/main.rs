//! Tests of the crate through its front door.

mod oracle;
mod pictures;
