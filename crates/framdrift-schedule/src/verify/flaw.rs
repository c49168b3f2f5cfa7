//! What is wrong with a schedule, as data.

use std::fmt;

use framdrift_model::projection::{LinkIx, NodeIx};
use framdrift_model::time::Minute;

/// What was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Checked {
    /// [`Schedule::start`](crate::Schedule::start).
    ProgrammeStart,
    /// [`Schedule::finish`](crate::Schedule::finish).
    ProgrammeFinish,
    /// [`Dates::start`](crate::Dates::start).
    Start,
    /// [`Dates::finish`](crate::Dates::finish).
    Finish,
    /// [`Dates::early_start`](crate::Dates::early_start).
    EarlyStart,
    /// [`Dates::early_finish`](crate::Dates::early_finish).
    EarlyFinish,
    /// [`Dates::late_start`](crate::Dates::late_start).
    LateStart,
    /// [`Dates::late_finish`](crate::Dates::late_finish).
    LateFinish,
    /// [`Dates::total_float`](crate::Dates::total_float).
    TotalFloat,
    /// [`Dates::free_float`](crate::Dates::free_float).
    FreeFloat,
    /// [`Dates::critical`](crate::Dates::critical).
    Critical,
    /// The start that the node would have if nothing were as late as possible, as the schedule remembers it.
    SoonestStart,
    /// The finish that the node would have if nothing were as late as possible, as the schedule remembers it.
    SoonestFinish,
}

impl Checked {
    fn words(self) -> &'static str {
        match self {
            Self::ProgrammeStart => "the start of the programme",
            Self::ProgrammeFinish => "the finish of the programme",
            Self::Start => "the start",
            Self::Finish => "the finish",
            Self::EarlyStart => "the early start",
            Self::EarlyFinish => "the early finish",
            Self::LateStart => "the late start",
            Self::LateFinish => "the late finish",
            Self::TotalFloat => "the total float",
            Self::FreeFloat => "the free float",
            Self::Critical => "critical",
            Self::SoonestStart => "the start before anything was pulled",
            Self::SoonestFinish => "the finish before anything was pulled",
        }
    }
}

/// A date, a float or a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Value {
    /// A date, with the tenths of a minute that it is later; none but by the rules of MS Project.
    Date(Minute, i8),
    /// A float in working minutes.
    Minutes(i64),
    /// Whether a node is critical.
    Flag(bool),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(at, 0) => at.fmt(f),
            Self::Date(at, tenths) => write!(f, "{at} and {tenths} tenths of a minute"),
            Self::Minutes(1) => f.write_str("1 minute"),
            Self::Minutes(minutes) => write!(f, "{minutes} minutes"),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

/// What a value follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// The programme starts then.
    ProgrammeStart,
    /// All must be finished then.
    ProgrammeFinish,
    /// Progress is recorded up to then.
    StatusDate,
    /// A link asks for it or allows no more.
    Link(LinkIx),
    /// A bound asks for it or allows no more.
    Bound {
        /// The node that states it: this one, or a summary it belongs to.
        node: NodeIx,
        /// Its position in the bounds of that node.
        index: u32,
    },
    /// Its own typed dates.
    Typed,
    /// The typed dates of a summary it belongs to.
    TypedSummary(NodeIx),
    /// It happened then.
    Recorded,
    /// Work on it goes on then.
    Resumed,
    /// Nothing follows it, so it is measured against itself.
    OpenEnd,
    /// It is as late as possible.
    AsLateAsPossible,
    /// Its own dates, early and late.
    OwnDates,
    /// A chain of links that drive each other to the latest finish.
    LongestPath,
    /// What belongs to it, or what it spans.
    Spanned,
    /// It takes no part: it stands at the start of the programme.
    NotDone,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProgrammeStart => f.write_str("the start of the programme"),
            Self::ProgrammeFinish => f.write_str("the finish of the programme"),
            Self::StatusDate => f.write_str("the status date"),
            Self::Link(link) => write!(f, "link {}", link.0),
            Self::Bound { node, index } => write!(f, "bound {index} of node {}", node.0),
            Self::Typed => f.write_str("its typed dates"),
            Self::TypedSummary(node) => write!(f, "the typed dates of node {}", node.0),
            Self::Recorded => f.write_str("recorded progress"),
            Self::Resumed => f.write_str("when work goes on"),
            Self::OpenEnd => f.write_str("that nothing follows it"),
            Self::AsLateAsPossible => f.write_str("being as late as possible"),
            Self::OwnDates => f.write_str("its own dates"),
            Self::LongestPath => f.write_str("the driving links"),
            Self::Spanned => f.write_str("what it spans"),
            Self::NotDone => f.write_str("that it is not to be done"),
        }
    }
}

/// One value of a schedule that does not follow from what stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Flaw {
    /// The node; none where the programme's own start or finish is wrong.
    pub node: Option<NodeIx>,
    /// Its id.
    pub id: Box<str>,
    /// Which of its values.
    pub what: Checked,
    /// The value found.
    pub found: Value,
    /// The value that follows from the dates of its neighbours.
    pub follows: Value,
    /// What it follows from.
    pub reason: Reason,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what.words())?;
        if self.node.is_some() {
            write!(f, " of `{}`", self.id)?;
        }
        let Self {
            found, follows, reason, ..
        } = self;
        write!(f, " is {found}, but {follows} follows from {reason}")
    }
}

/// Everything that is wrong with a schedule: the first flaws, in document order, and how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flaws {
    list: Vec<Flaw>,
    more: usize,
}

impl Flaws {
    /// The most flaws that are kept; the rest are counted.
    pub const MOST: usize = 1_000;

    /// The flaws that are kept, in document order: those of the programme first.
    #[must_use]
    pub fn list(&self) -> &[Flaw] {
        &self.list
    }

    /// How many flaws there are, also those that are not kept.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.len() + self.more
    }

    pub(super) fn add(&mut self, flaw: impl FnOnce() -> Flaw) {
        if self.list.len() < Self::MOST {
            self.list.push(flaw());
        } else {
            self.more += 1;
        }
    }

    pub(super) fn into_result(mut self) -> Result<(), Self> {
        if self.list.is_empty() {
            return Ok(());
        }
        self.list.sort_by_key(|flaw| (flaw.node, flaw.what));
        Err(self)
    }
}

impl fmt::Display for Flaws {
    /// One flaw a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, flaw) in self.list.iter().enumerate() {
            let end = if n == 0 { "" } else { "\n" };
            write!(f, "{end}{flaw}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "\nand {more} more"),
        }
    }
}

impl std::error::Error for Flaws {}
