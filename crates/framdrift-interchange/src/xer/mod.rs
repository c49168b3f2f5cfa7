//! Primavera's exchange format (XER), as P6 writes it from version 5 on.
//!
//! ```
//! use framdrift_interchange::xer;
//!
//! let file = "ERMHDR\t23.12\n\
//!     %T\tPROJECT\n%F\tproj_id\tproj_short_name\tplan_start_date\n%R\t7\tBRIDGE\t2026-03-02 08:00\n\
//!     %T\tTASK\n%F\ttask_id\tproj_id\ttask_name\ttask_type\tremain_drtn_hr_cnt\n\
//!     %R\t1\t7\tDig\tTT_Task\t16\n%R\t2\t7\tBuild\tTT_Task\t40\n\
//!     %T\tTASKPRED\n%F\ttask_id\tpred_task_id\tproj_id\tpred_type\n%R\t2\t1\t7\tPR_FS\n%E\n";
//! let imported = xer::read(file.as_bytes(), &xer::Options::new()).unwrap();
//! assert_eq!(imported.document.activities[1].after[0].from, "t1");
//! ```
//!
//! # What is read, and as what
//!
//! One project of the file: the one that is asked for, else the one with most activities. Its activities become `t1`, `t2`, … by
//! their `task_id`, the work breakdown above them summaries `w1`, `w2`, …; activity codes stand under `x-code`. Calendars become
//! `c1`, `c2`, … The programme follows the profile `p6` and the options that the file was scheduled with. What is left of an
//! activity is how long it takes: P6 schedules nothing else.
//!
//! Not read: costs, resources as such (the calendars of those that a resource-dependent activity depends on are), codes and fields
//! of one's own, notes, steps, links from other projects. Every one of them is in the loss report.

mod clndr;
mod links;
mod options;
mod progress;
mod project;
mod table;
mod tasks;
mod unused;
mod wbs;
mod working;

use thiserror::Error;

use crate::Imported;
use crate::encoding;
use crate::fault::ReadError;
use crate::limits::Limits;
use crate::loss::LossReport;
use table::Tables;

/// How a file is read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    project: Option<String>,
    encoding: Option<String>,
    limits: Limits,
}

impl Options {
    /// The project with most activities, the encoding that the bytes show, default limits.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The project to read: its `proj_id`, else its short name, else its number in the file, counted from 1.
    #[must_use]
    pub fn project(mut self, wanted: impl Into<String>) -> Self {
        self.project = Some(wanted.into());
        self
    }

    /// The encoding, such as `windows-1251`, where neither UTF-8 nor windows-1252 is right.
    #[must_use]
    pub fn encoding(mut self, label: impl Into<String>) -> Self {
        self.encoding = Some(label.into());
        self
    }

    /// How much the file may ask for.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    pub(crate) fn wanted(&self) -> Option<&str> {
        self.project.as_deref()
    }

    pub(crate) const fn bounds(&self) -> &Limits {
        &self.limits
    }
}

/// A project of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProjectEntry {
    /// Its `proj_id`.
    pub id: String,
    /// Its short name.
    pub name: String,
    /// How many activities it has in the file.
    pub activities: usize,
}

/// Why no programme comes of a file.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum XerError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file has no project.
    #[error("there is no project in the file")]
    NoProject,
    /// The project that was asked for is not in the file.
    #[error("there is no project `{wanted}` in the file; there {}", listed(.there))]
    NoSuchProject {
        /// What was asked for.
        wanted: String,
        /// The projects that are there.
        there: Vec<ProjectEntry>,
    },
}

fn listed(there: &[ProjectEntry]) -> String {
    let names: Vec<String> = there
        .iter()
        .take(10)
        .map(|p| format!("`{}` (`{}`, {} activities)", p.id, p.name, p.activities))
        .collect();
    let more = if there.len() > names.len() { " and more" } else { "" };
    let verb = if there.len() == 1 { "is" } else { "are" };
    format!("{verb} {}{more}", names.join(", "))
}

/// Reads a file.
///
/// # Errors
/// Where it is no XER, larger than the limits, names a table twice, or has not the project that is asked for. Everything else is
/// gone past and stands in the loss report.
pub fn read(bytes: &[u8], options: &Options) -> Result<Imported, XerError> {
    let limits = &options.limits;
    let decoded = decoded(bytes, options)?;
    let mut loss = LossReport::default();
    let tables = Tables::read(&decoded.text, &project::TABLES, limits, &mut loss)?;
    let (document, facts) = project::programme(tables, options.project.as_deref(), limits, &mut loss)?;
    Ok(Imported {
        document,
        facts,
        loss,
        encoding: decoded.encoding,
    })
}

/// The projects of a file, in its order.
///
/// # Errors
/// Where it cannot be read.
pub fn projects(bytes: &[u8], options: &Options) -> Result<Vec<ProjectEntry>, ReadError> {
    let decoded = decoded(bytes, options)?;
    let mut tables = Tables::read(
        &decoded.text,
        &project::TABLES,
        &options.limits,
        &mut LossReport::default(),
    )?;
    let (mut projects, mut tasks) = (tables.take("PROJECT"), tables.take("TASK"));
    Ok(project::entries(&mut projects, &mut tasks))
}

fn decoded<'b>(bytes: &'b [u8], options: &Options) -> Result<encoding::Decoded<'b>, ReadError> {
    let most = options.limits.bytes;
    if bytes.len() > most {
        return Err(ReadError::at(1, format!("the file has more than {most} bytes")));
    }
    encoding::xer(bytes, options.encoding.as_deref())
}
