//! Microsoft Project's XML (MSPDI), versions 2003 to today.
//!
//! ```
//! use framdrift_interchange::{limits::Limits, mspdi};
//!
//! let file = b"<Project xmlns='http://schemas.microsoft.com/project'>
//!   <StartDate>2026-03-02T08:00:00</StartDate>
//!   <Tasks>
//!     <Task><UID>1</UID><Name>Dig</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration></Task>
//!     <Task><UID>2</UID><Name>Build</Name><OutlineLevel>1</OutlineLevel><Duration>PT40H0M0S</Duration>
//!       <PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task>
//!   </Tasks>
//! </Project>";
//! let imported = mspdi::read(file, &Limits::default()).unwrap();
//! assert_eq!(imported.document.activities[1].after[0].from, "t1");
//! assert!(imported.loss.is_empty());
//! ```
//!
//! # What is read, and as what
//!
//! Tasks in outline order become activities `t1`, `t2`, … by their UID; those with others below them are summaries. Calendars
//! become `c1`, `c2`, …; exceptions that come again are laid out day by day, where a month's missing 31st is its last day. Of several
//! that name a day, a single day counts before days in a row, these before what comes yearly, monthly and weekly, and of equals the
//! first. A task's calendar is met with those of the people who
//! work on it, where the tool does so. The programme follows the profile `msproject`. Dates that the tool computed are not read:
//! they are computed again; those of manual and external tasks are, for nothing else says where these stand.
//!
//! Durations come in any spelling of XML Schema but years: `PT24.5H` as `PT24H30M0S`, `P3D` as three of the project's own days, or of
//! the clock's where the task is elapsed. A date that says how far from UTC it is keeps the time of day that it shows.
//!
//! Not read: costs, resources as such, baselines, custom fields, notes, splits. Every one of them is in the loss report.

mod links;
mod map;
mod parse;
mod progress;
mod raw;
mod recur;
mod tasks;
mod unused;
mod value;
mod working;
mod write;
mod xml;

pub(crate) use value::{clock, stamp};
pub use write::{Export, Exported, write};

use crate::Imported;
use crate::encoding;
use crate::fault::ReadError;
use crate::limits::Limits;
use crate::loss::LossReport;

/// Reads a file.
///
/// # Errors
/// Where it is no XML, no project, larger than the limits, in no known encoding, or has entities or a document type of its own:
/// with the line. Everything else is gone past and stands in the loss report.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Imported, ReadError> {
    if bytes.len() > limits.bytes {
        return Err(ReadError::at(
            1,
            format!("the file has more than {} bytes", limits.bytes),
        ));
    }
    let decoded = encoding::xml(bytes)?;
    let mut loss = LossReport::default();
    let raw = parse::project(&decoded.text, limits, &mut loss)?;
    let (document, facts) = map::programme(&raw, limits, &mut loss);
    Ok(Imported {
        document,
        facts,
        loss,
        encoding: decoded.encoding,
    })
}
