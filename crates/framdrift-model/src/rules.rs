//! The rules that dates are computed by: framdrift's own, or those of a tool whose files one has to agree with.
//!
//! A [`Profile`] is a set of rules that belong together; [`Rules::of`] gives them, and each can then be changed by itself:
//!
//! ```
//! use framdrift_model::rules::{LagCalendar, Profile, Rules};
//!
//! let mut rules = Rules::of(Profile::P6);
//! assert_eq!(rules.lag_calendar, LagCalendar::Predecessor);
//! rules.lag_calendar = LagCalendar::AllDay;
//! ```

/// Whose rules are followed where a file says nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// framdrift's own rules: links are never violated, dates that cannot be kept show as negative float.
    #[default]
    Framdrift,
    /// Those of Microsoft Project.
    MsProject,
    /// Those of Oracle Primavera P6.
    P6,
}

/// The calendar that a working lag is counted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LagCalendar {
    /// The successor's.
    Successor,
    /// The predecessor's.
    Predecessor,
    /// The programme's own.
    Project,
    /// Every hour of every day.
    AllDay,
}

/// What gives way where a link and a date that must be kept ask for different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Precedence {
    /// The date: links are kept, and a date that cannot be kept shows as negative float.
    Links,
    /// The link: what must start or finish on a date does; what may not be later is moved earlier than its links allow.
    Constraints,
}

/// Which float is total float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FloatKind {
    /// From early to late start.
    Start,
    /// From early to late finish.
    Finish,
    /// The smaller of the two.
    Smaller,
}

/// What makes an activity critical.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Critical {
    /// Total float not above the limit.
    Float,
    /// Lying on a chain of driving links that leads to the latest finish.
    LongestPath,
}

/// What happens to the rest of work that started before its predecessors let it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutOfSequence {
    /// The rest waits for its unfinished predecessors (P6: retained logic).
    RetainedLogic,
    /// The rest goes on as if nothing preceded it (P6: progress override).
    ProgressOverride,
    /// As retained logic, but unfinished predecessors are taken from where they actually stand (P6: actual dates).
    ActualDates,
}

/// Which float is eaten by what is as late as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LateKind {
    /// Free float: nothing that follows is moved (P6).
    FreeFloat,
    /// Total float: it stands at its late dates (Microsoft Project).
    TotalFloat,
}

/// From where a lag counts after a start, once the predecessor has started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StartLag {
    /// From the early start of what is left of it.
    EarlyStart,
    /// From its actual start.
    ActualStart,
}

/// From which end of the programme dates are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Forward from the start: everything as soon as possible.
    FromStart,
    /// Back from the finish: everything as late as possible.
    FromFinish,
}

/// The rules of a computation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rules {
    /// Whose rules these are in all that has no field here.
    pub profile: Profile,
    /// The calendar of working lags.
    pub lag_calendar: LagCalendar,
    /// What gives way, a link or a date that must be kept.
    pub precedence: Precedence,
    /// Which float is total float.
    pub float: FloatKind,
    /// What makes an activity critical.
    pub critical: Critical,
    /// The most total float, in working minutes, that is still critical.
    pub critical_limit: i64,
    /// Whether what nothing follows is critical at its own finish: its late dates count from its own early finish.
    pub multiple_critical_paths: bool,
    /// Whether activities without a successor or predecessor are critical, whatever their float.
    pub open_ends_critical: bool,
    /// What happens to work that is out of sequence.
    pub out_of_sequence: OutOfSequence,
    /// From where a lag after a start counts once the predecessor has started.
    pub start_lag: StartLag,
    /// Which float is eaten by what is as late as possible.
    pub as_late_as_possible: LateKind,
    /// Whether an expected finish sets how much is left.
    pub expected_finish: bool,
    /// Whether dates that other programmes ask for bound anything.
    pub external_dates: bool,
    /// From which end dates are counted.
    pub direction: Direction,
}

impl Rules {
    /// The rules of a profile.
    #[must_use]
    pub const fn of(profile: Profile) -> Self {
        let own = Self {
            profile,
            lag_calendar: LagCalendar::Successor,
            precedence: Precedence::Links,
            float: FloatKind::Smaller,
            critical: Critical::Float,
            critical_limit: 0,
            multiple_critical_paths: false,
            open_ends_critical: false,
            out_of_sequence: OutOfSequence::RetainedLogic,
            start_lag: StartLag::EarlyStart,
            as_late_as_possible: LateKind::FreeFloat,
            expected_finish: true,
            external_dates: true,
            direction: Direction::FromStart,
        };
        match profile {
            Profile::Framdrift => own,
            Profile::MsProject => Self {
                precedence: Precedence::Constraints,
                as_late_as_possible: LateKind::TotalFloat,
                start_lag: StartLag::ActualStart,
                ..own
            },
            Profile::P6 => Self {
                lag_calendar: LagCalendar::Predecessor,
                precedence: Precedence::Constraints,
                ..own
            },
        }
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self::of(Profile::Framdrift)
    }
}
