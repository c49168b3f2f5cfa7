//! From another tool's file to a plan, in one call.

use framdrift_interchange::loss::LossReport;
use framdrift_interchange::{Format, ImportError, Imported, Stranger, xer};
use framdrift_model::document::{FactsDoc, SchedulingDoc};
use framdrift_model::rules::Profile;

use crate::plan::{Plan, Refused};

/// Reads another tool's file — Microsoft Project XML or Primavera XER, which its content tells — with the progress that it records, and
/// computes its dates by that tool's rules.
///
/// [`Importing`] says which project of a file with several, and which rules.
///
/// # Errors
/// Where the file is of no known format, cannot be read, or links tasks in a ring.
///
/// ```
/// let file = b"<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks>
///   <Task><UID>7</UID><Name>Dig</Name><Duration>PT16H0M0S</Duration><Cost>900</Cost></Task>
/// </Tasks></Project>";
/// let imported = framdrift::import(file)?;
/// let dig = imported.plan.find("t7").unwrap();
/// assert_eq!(imported.plan.dates(dig).unwrap().finish.to_string(), "2026-03-03T17:00");
/// assert!(imported.loss.to_string().contains("Task/Cost"));
///
/// let refused = framdrift::import(b"PK\x03\x04 ... xl/workbook.xml ...").unwrap_err();
/// assert_eq!(refused.to_string(), "it is a Microsoft Excel workbook (.xlsx)");
/// # Ok::<(), framdrift::NotImported>(())
/// ```
pub fn import(bytes: impl AsRef<[u8]>) -> Result<Import, NotImported> {
    Importing::new().import(bytes)
}

/// What another tool's file came to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Import {
    /// The plan, without a schedule where the file has no start.
    pub plan: Plan,
    /// What was left out, changed or not understood.
    pub loss: LossReport,
    /// The format that the content showed.
    pub format: Format,
    /// The encoding that the file was in, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
}

/// Why another tool's file comes to no plan.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum NotImported {
    /// It is a file of another kind, which is known and not read. [`Stranger::instead`] says what to do about it.
    #[error("it is {0}")]
    Stranger(Stranger),
    /// Its content shows no format that is known. A programme file is one for [`load`](crate::load()).
    #[error("it is neither Microsoft Project XML nor Primavera XER")]
    Unknown,
    /// It cannot be read, or has not the project that is asked for.
    #[error(transparent)]
    Unread(#[from] ImportError),
    /// Its links form rings, or the progress that is given beside it is at fault.
    #[error("{refused}")]
    Refused {
        /// The document with its faults.
        refused: Box<Refused>,
        /// What was left out, changed or not understood.
        loss: LossReport,
    },
}

impl NotImported {
    /// What to do about it, where that is known.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Self::Stranger(stranger) => Some(stranger.instead()),
            _ => None,
        }
    }
}

/// How another tool's file is read, and by which rules its dates are computed.
///
/// ```
/// use framdrift::Importing;
/// use framdrift::model::rules::Profile;
///
/// let file = b"<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks>
///   <Task><UID>7</UID><Name>Dig</Name><Duration>PT16H0M0S</Duration></Task>
/// </Tasks></Project>";
/// let imported = Importing::new().profile(Profile::Framdrift).import(file)?;
/// assert_eq!(imported.plan.rules().profile, Profile::Framdrift);
/// # Ok::<(), framdrift::NotImported>(())
/// ```
#[derive(Clone, Debug)]
pub struct Importing {
    options: xer::Options,
    scheduling: SchedulingDoc,
    facts: Option<FactsDoc>,
}

impl Default for Importing {
    fn default() -> Self {
        Self {
            options: xer::Options::new(),
            scheduling: SchedulingDoc::new(),
            facts: None,
        }
    }
}

impl Importing {
    /// The one project of the file, its own rules and its own progress.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Which project of an XER file with several: its id, its short name, or its number in the file.
    #[must_use]
    pub fn project(mut self, project: impl Into<String>) -> Self {
        self.options = self.options.project(project);
        self
    }

    /// The options of XER, limits among them; those hold for every format.
    #[must_use]
    pub fn options(mut self, options: xer::Options) -> Self {
        self.options = options;
        self
    }

    /// The profile, in place of the tool's. The rules that the file gives one by one still hold.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.scheduling.profile = Some(profile);
        self
    }

    /// Rules, in place of those that the file gives; those left out here still hold.
    #[must_use]
    pub fn scheduling(mut self, scheduling: &SchedulingDoc) -> Self {
        self.scheduling.overlay(scheduling);
        self
    }

    /// Recorded progress, in place of that which the file brings.
    #[must_use]
    pub fn facts(mut self, facts: FactsDoc) -> Self {
        self.facts = Some(facts);
        self
    }

    /// Reads a file.
    ///
    /// # Errors
    /// As [`import`].
    pub fn import(&self, bytes: impl AsRef<[u8]>) -> Result<Import, NotImported> {
        let bytes = bytes.as_ref();
        if let Some(stranger) = Stranger::of("", bytes) {
            return Err(NotImported::Stranger(stranger));
        }
        let format = Format::of(bytes).ok_or(NotImported::Unknown)?;
        let Imported {
            mut document,
            facts,
            loss,
            encoding,
            ..
        } = format.read(bytes, &self.options)?;
        document
            .scheduling
            .get_or_insert_with(SchedulingDoc::new)
            .overlay(&self.scheduling);
        match Plan::with_facts(document, self.facts.as_ref().unwrap_or(&facts)) {
            Ok(plan) => Ok(Import {
                plan,
                loss,
                format,
                encoding,
            }),
            Err(refused) => Err(NotImported::Refused {
                refused: Box::new(refused),
                loss,
            }),
        }
    }
}
