//! Pictures: well-formed whatever the names, complete, without overlap, bounded, and the same every time.

mod dot;
mod golden;
mod limits;
mod mermaid;
mod page;
mod sample;
mod svg;
