//! What takes or bounds time, as one flat list of nodes and links.
//!
//! A [`Projection`] is what a schedule is computed from. A programme projects to one, and so does a plain list of
//! activities and links made in code:
//!
//! ```
//! use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
//! use framdrift_model::time::Minute;
//!
//! let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
//! let design = plan.add(TimeNode::activity("design", Span::Work(3 * 480)));
//! let build = plan.add(TimeNode::activity("build", Span::Work(5 * 480)));
//! plan.link(design, build, LinkKind::FinishToStart, Lag::NONE);
//! assert_eq!(plan.nodes.len(), 2);
//! ```
//!
//! Nothing here is computed: dates, floats and cycles are the schedule's subject.

use crate::calendar::WorkCalendar;
pub use crate::counts::Counts;
use crate::period::Period;
use crate::rules::Rules;
use crate::time::Minute;

/// The position of a node in [`Projection::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeIx(pub u32);

/// The position of a link in [`Projection::links`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkIx(pub u32);

/// The position of a calendar in [`Projection::calendars`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarIx(pub u32);

impl NodeIx {
    /// The position as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl LinkIx {
    /// The position as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl CalendarIx {
    /// The position as an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Everything that takes or bounds time: nodes, the links between them, and the calendars they count on.
#[derive(Clone, Debug, Default)]
pub struct Projection {
    /// The instant before which nothing may start; a schedule cannot be computed without it.
    pub start: Option<Minute>,
    /// The date by which all of it must be finished: late dates count back from it, and so do all dates where the rules say
    /// that they count from the finish.
    pub finish: Option<Minute>,
    /// The rules that dates are computed by.
    pub rules: Rules,
    /// The programme's own calendar, for rules that ask for it. It is that of nothing in particular.
    pub calendar: CalendarIx,
    /// The nodes, in document order. A summary stands before its children.
    pub nodes: Vec<TimeNode>,
    /// The links, in document order.
    pub links: Vec<TimeLink>,
    /// The calendars that nodes point to, already compiled. Never empty when there is a node.
    pub calendars: Vec<WorkCalendar>,
}

impl Projection {
    /// An empty list with one calendar: Monday to Friday, 08:00–12:00 and 13:00–17:00.
    #[must_use]
    pub fn new(start: Minute) -> Self {
        Self {
            start: Some(start),
            calendars: vec![WorkCalendar::standard()],
            ..Self::default()
        }
    }

    /// Adds a node and returns its position.
    ///
    /// # Panics
    /// When there are already `u32::MAX` nodes.
    pub fn add(&mut self, mut node: TimeNode) -> NodeIx {
        let ix = u32::try_from(self.nodes.len()).expect("a projection holds fewer than 2³² nodes");
        if let Origin::Plain(_) = node.origin {
            node.origin = Origin::Plain(ix);
        }
        self.nodes.push(node);
        NodeIx(ix)
    }

    /// Adds a calendar and returns its position.
    ///
    /// # Panics
    /// When there are already `u32::MAX` calendars.
    pub fn add_calendar(&mut self, calendar: WorkCalendar) -> CalendarIx {
        let ix = u32::try_from(self.calendars.len()).expect("fewer than 2³² calendars");
        self.calendars.push(calendar);
        CalendarIx(ix)
    }

    /// Adds a link and returns its position.
    ///
    /// # Panics
    /// When there are already `u32::MAX` links.
    pub fn link(&mut self, from: NodeIx, to: NodeIx, kind: LinkKind, lag: Lag) -> LinkIx {
        let ix = u32::try_from(self.links.len()).expect("a projection holds fewer than 2³² links");
        self.links.push(TimeLink {
            from,
            to,
            kind,
            lag,
            tenths: 0,
            origin: LinkOrigin::Plain(ix),
        });
        LinkIx(ix)
    }
}

/// One thing that takes or bounds time.
#[derive(Clone, Debug)]
pub struct TimeNode {
    /// Its id as references write it: `training`, `guideline/v2`, `install@lund`.
    pub id: Box<str>,
    /// What it is.
    pub kind: NodeKind,
    /// Where it comes from.
    pub origin: Origin,
    /// The summary it belongs to. A parent stands before its children in [`Projection::nodes`].
    pub parent: Option<NodeIx>,
    /// Whether it spans its children and has no time of its own. Its `span` is then ignored.
    pub summary: bool,
    /// How long it takes.
    pub span: Span,
    /// What its span is more than whole minutes, in tenths of a minute, −5 to 5. Only the rules of MS Project count them.
    pub tenths: i8,
    /// The calendar that its working time, the lags of links into it, and its floats are counted on.
    pub calendar: CalendarIx,
    /// Whether nothing names its calendar, so that it counts on [`Projection::calendar`], whichever that is. No date depends on
    /// it; comparisons tell by it what goes with the programme's calendar.
    pub inherits_calendar: bool,
    /// The calendar that its work is laid out on where that is another one: the hours of those who do it. Lags and total float
    /// still count on `calendar`.
    pub work_calendar: Option<CalendarIx>,
    /// Dates that bound it. A summary takes [`BoundKind::StartNotBefore`] (its children start no earlier) and
    /// [`BoundKind::FinishNotAfter`] (their late dates are capped); other kinds on a summary are ignored.
    pub bounds: Vec<Bound>,
    /// Whether it is placed as late as its successors' early dates allow.
    pub as_late_as_possible: bool,
    /// Whether its dates are computed.
    pub mode: Mode,
    /// Which end of something it marks, where it takes no time and somebody says so.
    pub milestone: Option<Milestone>,
    /// Civil minutes by which it is held back once links and bounds let it start (MS Project: levelling delay). Never negative.
    pub delay: i64,
}

crate::words! {
    /// Which end of something a milestone marks. Only the rules of P6 ask: where working time ends on one calendar and begins on
    /// another, it decides where the milestone stands.
    pub enum Milestone("milestone", closed) {
        /// The beginning of something: it stands where work can begin.
        Start = "start",
        /// The end of something: it stands where its links put it.
        Finish = "finish",
    }
}

/// Whether and how the dates of a node are computed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// From its links and bounds.
    #[default]
    Computed,
    /// It stands at dates that somebody typed in, whatever its links say; what follows it starts from them. On a summary: its
    /// start is a floor for what belongs to it, and links into it are not handed down.
    Manual {
        /// The typed start.
        start: Minute,
        /// The typed finish.
        finish: Minute,
    },
    /// It spans what its links lead to, or without links what stands beside it in its summary, and moves nothing (P6: level of
    /// effort, WBS summary).
    LevelOfEffort,
    /// It is not to be done: its links count as not written.
    Inactive,
}

impl Mode {
    /// Whether its links tie anything: what spans others without moving them and what is not to be done has none.
    #[must_use]
    pub const fn takes_part(self) -> bool {
        matches!(self, Self::Computed | Self::Manual { .. })
    }
}

impl TimeNode {
    /// An activity of a plain list, on the first calendar, without bounds.
    #[must_use]
    pub fn activity(id: impl Into<Box<str>>, span: Span) -> Self {
        Self {
            id: id.into(),
            kind: NodeKind::Activity,
            origin: Origin::Plain(0),
            parent: None,
            summary: false,
            span,
            tenths: 0,
            calendar: CalendarIx(0),
            inherits_calendar: false,
            work_calendar: None,
            bounds: Vec::new(),
            as_late_as_possible: false,
            mode: Mode::Computed,
            milestone: None,
            delay: 0,
        }
    }

    /// A point in time: no duration, on the first calendar.
    #[must_use]
    pub fn milestone(id: impl Into<Box<str>>) -> Self {
        Self::activity(id, Span::Work(0))
    }
}

/// What kind of thing a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum NodeKind {
    /// A phase: spans what belongs to it.
    Phase,
    /// A go/no-go point.
    Gate,
    /// A piece of work, a milestone when it takes no time, or a summary when others are part of it.
    Activity,
    /// A meeting.
    Meeting,
    /// A part of a meeting that is held in several parts.
    Part,
    /// A version of a deliverable.
    Version,
    /// A round in which a version is read and commented on.
    Review,
}

impl NodeKind {
    /// The planner's word for it, as addresses write it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Phase => "phase",
            Self::Gate => "gate",
            Self::Activity => "activity",
            Self::Meeting => "meeting",
            Self::Part => "part",
            Self::Version => "version",
            Self::Review => "review",
        }
    }
}

/// Where a node comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Origin {
    /// A plain list made in code; the number is the node's position.
    Plain(u32),
    /// A programme: positions in document order.
    Document {
        /// Position in the list of its kind (activities, meetings, deliverables, …).
        entry: u32,
        /// Position in the nested list: the part of a meeting, the version of a deliverable; else 0.
        nested: u32,
        /// Position in the list below that: the review round of a version; else 0.
        inner: u32,
        /// The subject of an instance: its position in the programme's subjects.
        subject: Option<u32>,
    },
}

/// How long a node takes, in whole minutes, never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// Working minutes on the node's calendar.
    Work(i64),
    /// Civil minutes, whatever the calendar.
    Elapsed(i64),
}

impl Span {
    /// The number of minutes, whichever kind they are.
    #[must_use]
    pub const fn minutes(self) -> i64 {
        match self {
            Self::Work(m) | Self::Elapsed(m) => m,
        }
    }
}

impl Span {
    /// What a float of something that takes this long counts.
    #[must_use]
    pub const fn counts(self) -> Counts {
        match self {
            Self::Work(_) => Counts::WorkingTime,
            Self::Elapsed(_) => Counts::Clock,
        }
    }
}

/// A date that bounds a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// What it bounds, and how.
    pub kind: BoundKind,
    /// The instant.
    pub at: Minute,
    /// What in the file it comes from.
    pub origin: BoundOrigin,
}

/// What a date bounds, and how. The *default* profile never lets a bound break a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BoundKind {
    /// A floor on the start (SNET).
    StartNotBefore,
    /// A floor on the finish (FNET).
    FinishNotBefore,
    /// A cap on the late start (SNLT).
    StartNotAfter,
    /// A cap on the late finish (FNLT, a deadline, the end of a window).
    FinishNotAfter,
    /// A floor on the start and a cap on the late start at one date (MSO, a planned date).
    MustStart,
    /// A floor on the finish and a cap on the late finish at one date (MFO).
    MustFinish,
    /// How long it takes is what brings it to finish then (P6: expected finish). Where a link asks for its finish, it
    /// says nothing.
    ExpectedFinish,
    /// A floor on the start that another programme asks for (P6: external early start).
    ExternalStart,
    /// A cap on the late finish that another programme asks for (P6: external late finish).
    ExternalFinish,
}

/// What in a file a [`Bound`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum BoundOrigin {
    /// An entry of `constraints`: its position.
    Constraint(u32),
    /// `deadline`.
    Deadline,
    /// `window`.
    Window,
    /// `planned`: the date of a meeting or a gate.
    Planned,
}

/// A dependency between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLink {
    /// The predecessor. A summary stands for all that belongs to it.
    pub from: NodeIx,
    /// The successor. A summary stands for all that belongs to it.
    pub to: NodeIx,
    /// Which ends are tied.
    pub kind: LinkKind,
    /// The distance between them.
    pub lag: Lag,
    /// What the lag is more than whole minutes, in tenths of a minute, −5 to 5. Only the rules of MS Project count them.
    pub tenths: i8,
    /// Where it comes from.
    pub origin: LinkOrigin,
}

/// Which ends a link ties: predecessor's end first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// FS: the successor starts once the predecessor has finished.
    #[default]
    FinishToStart,
    /// SS: the successor starts once the predecessor has started.
    StartToStart,
    /// FF: the successor finishes once the predecessor has finished.
    FinishToFinish,
    /// SF: the successor finishes once the predecessor has started.
    StartToFinish,
}

/// The distance that a link keeps; negative for a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lag {
    /// Working minutes on the successor's calendar.
    Work(i64),
    /// Civil minutes.
    Elapsed(i64),
    /// A share of the predecessor's duration, in thousandths of a per cent (50 % = 50 000): working minutes on the
    /// successor's calendar, or civil minutes where the predecessor's duration is elapsed time.
    Percent(i64),
    /// A lead time: the predecessor is finished at the latest this calendar period before the successor starts.
    /// Only with [`LinkKind::FinishToStart`].
    Period(Period),
}

impl Lag {
    /// No distance.
    pub const NONE: Self = Self::Work(0);
}

/// Where a link comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LinkOrigin {
    /// A plain list made in code; the number is the link's position.
    Plain(u32),
    /// An entry of the successor's `after`: its position.
    After(u32),
    /// An entry of the predecessor's `before`: its position.
    Before(u32),
    /// The successor's `between`: it follows the first meeting named there.
    BetweenAfter,
    /// The predecessor's `between`: it precedes the second meeting named there.
    BetweenBefore,
    /// A pre-read of the successor (a meeting): its position.
    PreRead(u32),
    /// A pre-read of an agenda item of the successor: the item's position and the pre-read's.
    AgendaPreRead(u32, u32),
    /// Parts of one meeting follow each other.
    PartOrder,
    /// Versions of one deliverable follow each other.
    VersionOrder,
    /// A review round follows the version it reads, and the next version follows the round.
    ReviewOrder,
}
