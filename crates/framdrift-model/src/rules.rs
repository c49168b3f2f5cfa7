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

crate::words! {
    /// Whose rules are followed where a file says nothing else.
    pub enum Profile("profile", closed) {
        /// framdrift's own rules: links are never violated, dates that cannot be kept show as negative float.
        Framdrift = "framdrift",
        /// Those of Microsoft Project.
        MsProject = "msproject",
        /// Those of Oracle Primavera P6.
        P6 = "p6",
    }
}

#[expect(clippy::derivable_impls, reason = "the macro above takes no attributes")]
impl Default for Profile {
    fn default() -> Self {
        Self::Framdrift
    }
}

crate::words! {
    /// The calendar that a working lag is counted on.
    pub enum LagCalendar("calendar of lags", closed) {
        /// The successor's.
        Successor = "successor",
        /// The predecessor's.
        Predecessor = "predecessor",
        /// The programme's own.
        Project = "project",
        /// Every hour of every day.
        AllDay = "all-day",
    }
}

crate::words! {
    /// What gives way where a link and a date that must be kept ask for different things.
    pub enum Precedence("precedence", closed) {
        /// The date: links are kept, and a date that cannot be kept shows as negative float.
        Links = "links",
        /// The link: what must start or finish on a date does; what may not be later is moved earlier than its links allow.
        Constraints = "constraints",
    }
}

crate::words! {
    /// Which float is total float.
    pub enum FloatKind("float", closed) {
        /// From early to late start.
        Start = "start",
        /// From early to late finish.
        Finish = "finish",
        /// The smaller of the two.
        Smaller = "smaller",
    }
}

crate::words! {
    /// What makes an activity critical.
    pub enum Critical("rule for what is critical", closed) {
        /// Total float not above the limit.
        Float = "float",
        /// Lying on a chain of driving links that leads to the latest finish.
        LongestPath = "longest-path",
    }
}

crate::words! {
    /// What happens to the rest of work that started before its predecessors let it.
    pub enum OutOfSequence("rule for what is out of sequence", closed) {
        /// The rest waits for its unfinished predecessors (P6: retained logic).
        RetainedLogic = "retained-logic",
        /// The rest goes on as if nothing preceded it (P6: progress override).
        ProgressOverride = "progress-override",
        /// As retained logic, but unfinished predecessors are taken from where they actually stand (P6: actual dates).
        ActualDates = "actual-dates",
    }
}

crate::words! {
    /// Which float is eaten by what is as late as possible.
    pub enum LateKind("float", closed) {
        /// Free float: nothing that follows is moved (P6).
        FreeFloat = "free-float",
        /// Total float: it stands at its late dates (Microsoft Project).
        TotalFloat = "total-float",
    }
}

crate::words! {
    /// From where a lag counts after a start, once the predecessor has started.
    pub enum StartLag("start of lags", closed) {
        /// From the early start of what is left of it.
        EarlyStart = "early-start",
        /// From its actual start.
        ActualStart = "actual-start",
    }
}

crate::words! {
    /// From which end of the programme dates are counted.
    pub enum Direction("direction", closed) {
        /// Forward from the start: everything as soon as possible.
        FromStart = "from-start",
        /// Back from the finish: everything as late as possible.
        FromFinish = "from-finish",
    }
}

crate::words! {
    /// When something that counts by the clock may start.
    pub enum ElapsedStart("start of elapsed time", closed) {
        /// At any time: what dries over night starts when the painters go home.
        AnyTime = "any-time",
        /// When work can begin on its calendar.
        WorkingTime = "working-time",
    }
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
    /// When something whose duration is elapsed time may start.
    pub elapsed_start: ElapsedStart,
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
            elapsed_start: ElapsedStart::AnyTime,
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
                float: FloatKind::Finish,
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
