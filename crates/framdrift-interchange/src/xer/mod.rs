//! Primavera's exchange format (XER).

mod clndr;
mod table;
mod unused;
