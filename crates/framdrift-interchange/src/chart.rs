//! What to draw: rows with dates, the links between them, and the days that are worked.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::{Fact, Facts};
use framdrift_model::projection::{
    BoundKind, Counts, Lag, LinkKind, Mode, NodeIx, NodeKind, Projection, Span, TimeLink, TimeNode,
};
use framdrift_model::quantity::{Units, by_the_clock, counted, in_words};
use framdrift_model::rules::LagCalendar;
use framdrift_model::time::Minute;
use framdrift_schedule::{Dates, Network, Schedule};

/// A schedule as a picture of it needs it, without the document behind it.
///
/// The fields may be changed by hand. What does not fit is drawn as well as it can be: a parent that does not stand before its
/// row counts as none, and a link of a row that is not there, or of a row and its own summary, is left out.
#[derive(Clone, Debug)]
pub struct Chart {
    /// What it shows; may be empty.
    pub title: String,
    /// When the programme starts.
    pub start: Minute,
    /// When the programme finishes.
    pub finish: Minute,
    /// The date up to which progress is recorded.
    pub status_date: Option<Minute>,
    /// The calendar whose free days are shaded.
    pub calendar: WorkCalendar,
    /// The rows, in document order; a summary stands before what belongs to it.
    pub rows: Vec<Row>,
    /// The links between rows.
    pub links: Vec<Link>,
}

/// What a row is drawn as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A piece of work: a bar.
    Work,
    /// A meeting: a bar with round ends.
    Meeting,
    /// An instant: a diamond.
    Milestone,
    /// A go/no-go point: a diamond within a diamond.
    Gate,
    /// A span over other rows: a bracket.
    Summary,
    /// A phase: a thick bracket.
    Phase,
}

impl Shape {
    /// Whether it is drawn at one instant.
    #[must_use]
    pub const fn is_point(self) -> bool {
        matches!(self, Self::Milestone | Self::Gate)
    }

    /// Whether it spans other rows.
    #[must_use]
    pub const fn is_summary(self) -> bool {
        matches!(self, Self::Summary | Self::Phase)
    }
}

/// One row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// What people call it; none where it goes by its id.
    pub title: Option<String>,
    /// What it is, in the planner's word: `activity`, `gate`, …
    pub word: &'static str,
    /// What it is drawn as.
    pub shape: Shape,
    /// The summary it belongs to, by position in [`Chart::rows`].
    pub parent: Option<usize>,
    /// When it starts.
    pub start: Minute,
    /// When it finishes.
    pub finish: Minute,
    /// The latest finish that delays nothing: float is drawn up to it, and lateness back to it.
    pub late_finish: Minute,
    /// Total float in minutes of what `counts` says; negative where a date cannot be kept.
    pub total_float: i64,
    /// Free float in minutes of what `counts` says.
    pub free_float: i64,
    /// What its floats count.
    pub counts: Counts,
    /// Working minutes in a day of the programme, to say floats and lags in days.
    pub day: i64,
    /// Whether it is critical.
    pub critical: bool,
    /// The earliest date by which it must have finished (a deadline, the end of a window, a constraint).
    pub deadline: Option<Minute>,
    /// How much of it is done, in thousandths; none where nothing is recorded.
    pub done: Option<u16>,
    /// Whether it is not to be done: it is named, and drawn only where it has a length.
    pub inactive: bool,
}

/// A link between two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The predecessor, by position in [`Chart::rows`].
    pub from: usize,
    /// The successor, by position in [`Chart::rows`].
    pub to: usize,
    /// Which ends it ties.
    pub kind: LinkKind,
    /// The distance it keeps.
    pub lag: Lag,
    /// Whether the successor could be earlier but for it: no working time lies between what the link asks and the early date.
    pub driving: bool,
    /// Whether it drives, and both its ends are critical.
    pub critical: bool,
}

impl Row {
    /// A bar of work with nothing else known of it.
    #[must_use]
    pub fn new(id: impl Into<String>, start: Minute, finish: Minute) -> Self {
        Self {
            id: id.into(),
            title: None,
            word: NodeKind::Activity.word(),
            shape: Shape::Work,
            parent: None,
            start,
            finish,
            late_finish: finish,
            total_float: 0,
            free_float: 0,
            counts: Counts::WorkingTime,
            day: Units::default().day,
            critical: false,
            deadline: None,
            done: None,
            inactive: false,
        }
    }

    /// What people call it, else its id.
    #[must_use]
    pub fn name(&self) -> &str {
        self.title
            .as_deref()
            .filter(|t| !t.trim().is_empty())
            .unwrap_or(&self.id)
    }

    /// Minutes of its float in words: in days of the programme, or in elapsed days where they count by the clock.
    #[must_use]
    pub fn in_words(&self, minutes: i64) -> String {
        counted(minutes, self.counts, self.units())
    }

    /// What is said after its float: nothing, or that it counts by the clock.
    pub(crate) const fn by_what(&self) -> &'static str {
        match self.counts {
            Counts::WorkingTime => "",
            Counts::Clock => " by the clock",
        }
    }

    fn units(&self) -> Units {
        Units {
            day: self.day,
            ..Units::default()
        }
    }
}

impl Chart {
    /// A chart without rows.
    #[must_use]
    pub fn empty(start: Minute, finish: Minute) -> Self {
        Self {
            title: String::new(),
            start,
            finish,
            status_date: None,
            calendar: WorkCalendar::standard(),
            rows: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The chart of a schedule: one row per node, in the same order, and its links, without those of what is not to be done.
    ///
    /// `units` say what a day of work is. `title` gives what people call a node.
    /// Shaded are the free days of the programme's own calendar.
    ///
    /// # Panics
    /// When the schedule is of another network.
    ///
    /// # Complexity
    /// O(*n* + *m*) for *n* nodes and *m* links, each with a few look-ups in a calendar.
    #[must_use]
    pub fn new(
        network: &Network,
        schedule: &Schedule,
        units: Units,
        mut title: impl FnMut(NodeIx) -> Option<String>,
    ) -> Self {
        let projection = network.projection();
        assert_eq!(
            schedule.iter().len(),
            projection.nodes.len(),
            "the schedule is of this network"
        );
        let counts = projection.counts();
        let rows: Vec<Row> = schedule
            .iter()
            .map(|(ix, dates)| {
                let node = &projection.nodes[ix.index()];
                Row {
                    counts: counts[ix.index()],
                    ..row(node, network.is_summary(ix), &dates, units.day, title(ix))
                }
            })
            .collect();
        let links = projection.links.iter().filter_map(|link| {
            let (from, to) = (rows.get(link.from.index())?, rows.get(link.to.index())?);
            // Links of what is not to be done count as not written.
            if from.inactive || to.inactive {
                return None;
            }
            let driving = slack(projection, schedule, link) <= 0;
            Some(Link {
                from: link.from.index(),
                to: link.to.index(),
                kind: link.kind,
                lag: link.lag,
                driving,
                critical: driving && from.critical && to.critical,
            })
        });
        let links = links.collect();
        let calendar = projection.calendars.get(projection.calendar.index());
        Self {
            calendar: calendar.cloned().unwrap_or_else(WorkCalendar::standard),
            rows,
            links,
            ..Self::empty(schedule.start(), schedule.finish())
        }
    }

    /// The chart under a title.
    #[must_use]
    pub fn titled(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// The chart with recorded progress: the status date, and how much of each node is done.
    ///
    /// `facts` name the nodes of the projection that the chart was made from.
    #[must_use]
    pub fn with_facts(mut self, projection: &Projection, facts: &Facts) -> Self {
        self.status_date = facts.status_date;
        for (ix, fact) in facts.iter() {
            let node = projection.nodes.get(ix.index());
            if let (Some(row), Some(node)) = (self.rows.get_mut(ix.index()), node) {
                row.done = done(fact, node.span);
            }
        }
        self
    }
}

fn row(node: &TimeNode, summary: bool, dates: &Dates, day: i64, title: Option<String>) -> Row {
    let instant = dates.start == dates.finish;
    let inactive = node.mode == Mode::Inactive;
    let shape = match node.kind {
        NodeKind::Phase if summary => Shape::Phase,
        _ if summary => Shape::Summary,
        NodeKind::Gate => Shape::Gate,
        // What is not to be done has no dates of its own.
        _ if instant && !inactive => Shape::Milestone,
        NodeKind::Meeting | NodeKind::Part => Shape::Meeting,
        _ => Shape::Work,
    };
    let caps = node
        .bounds
        .iter()
        .filter(|b| matches!(b.kind, BoundKind::FinishNotAfter | BoundKind::MustFinish));
    Row {
        title,
        word: node.kind.word(),
        shape,
        parent: node.parent.map(NodeIx::index),
        late_finish: dates.late_finish,
        total_float: dates.total_float,
        free_float: dates.free_float,
        day,
        critical: dates.critical && !inactive,
        deadline: caps.map(|b| b.at).min(),
        inactive,
        ..Row::new(&*node.id, dates.start, dates.finish)
    }
}

fn done(fact: &Fact, span: Span) -> Option<u16> {
    match (fact.started, fact.finished, fact.remaining) {
        (_, Some(_), _) => Some(1_000),
        (_, None, Some(left)) if span.minutes() > 0 => {
            let whole = i128::from(span.minutes());
            let left = i128::from(left).clamp(0, whole);
            u16::try_from((whole - left) * 1_000 / whole).ok()
        }
        (Some(_), None, _) => Some(0),
        (None, None, _) => None,
    }
}

/// Working minutes, on the successor's calendar, from what a link asks to the early date that it bounds.
///
/// For a link of a summary this is measured from the summary's own dates.
fn slack(projection: &Projection, schedule: &Schedule, link: &TimeLink) -> i64 {
    let (from, to) = (schedule.dates(link.from), schedule.dates(link.to));
    let (at, bounded) = match link.kind {
        LinkKind::FinishToStart => (from.early_finish, to.early_start),
        LinkKind::StartToStart => (from.early_start, to.early_start),
        LinkKind::FinishToFinish => (from.early_finish, to.early_finish),
        LinkKind::StartToFinish => (from.early_start, to.early_finish),
    };
    let node = |ix: NodeIx| &projection.nodes[ix.index()];
    let calendar = |ix: NodeIx| &projection.calendars[node(ix).calendar.index()];
    let worked = |minutes: i64| {
        let counted = match projection.rules.lag_calendar {
            LagCalendar::Successor => calendar(link.to),
            LagCalendar::Predecessor => calendar(link.from),
            LagCalendar::Project => &projection.calendars[projection.calendar.index()],
            LagCalendar::AllDay => return at.plus(minutes),
        };
        match minutes {
            0 => at,
            1.. => counted.finish_of(counted.work_at(at).saturating_add(minutes)),
            _ => counted.start_of(counted.work_at(at).saturating_add(minutes)),
        }
    };
    let asked = match link.lag {
        Lag::Work(minutes) => worked(minutes),
        Lag::Elapsed(minutes) => at.plus(minutes),
        Lag::Period(period) => period.earliest_anchor(at),
        Lag::Percent(share) => {
            let span = match node(link.from) {
                n if n.summary => Span::Work(calendar(link.from).between(from.early_start, from.early_finish)),
                n => n.span,
            };
            let part = i128::from(span.minutes()) * i128::from(share) / 100_000;
            let part = i64::try_from(part).unwrap_or(i64::MAX);
            match span {
                Span::Work(_) => worked(part),
                Span::Elapsed(_) => at.plus(part),
            }
        }
    };
    calendar(link.to).between(asked, bounded)
}

/// A link in a few letters, as planners write it: `FS`, `SS +2d`, `FS -4h`; `3ed` by the clock, `P3M` ahead.
#[must_use]
pub fn short(link: &Link, row: &Row) -> String {
    let kind = match link.kind {
        LinkKind::FinishToStart => "FS",
        LinkKind::StartToStart => "SS",
        LinkKind::FinishToFinish => "FF",
        LinkKind::StartToFinish => "SF",
    };
    let signed = |minutes: i64, words: String| if minutes > 0 { format!("+{words}") } else { words };
    let lag = match link.lag {
        Lag::Work(0) | Lag::Elapsed(0) | Lag::Percent(0) => return kind.to_owned(),
        Lag::Work(minutes) => signed(minutes, in_words(minutes, row.units())),
        Lag::Elapsed(minutes) => signed(minutes, by_the_clock(minutes).replace(' ', "")),
        Lag::Percent(share) => {
            let (whole, rest) = (share.unsigned_abs() / 1_000, share.unsigned_abs() % 1_000);
            let sign = if share < 0 { '-' } else { '+' };
            match rest {
                0 => format!("{sign}{whole}%"),
                _ => format!("{sign}{whole}.{}%", format!("{rest:03}").trim_end_matches('0')),
            }
        }
        Lag::Period(period) => period.to_string(),
    };
    format!("{kind} {lag}")
}
