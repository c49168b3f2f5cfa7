//! The rules that dates are computed by, in a file.

use std::str::FromStr;

use crate::malformed::{Malformed, of_words};
use crate::quantity::{LONGEST, Margin, Units};
use crate::rules::{
    Critical, Direction, ElapsedStart, FloatKind, LagCalendar, LateKind, OutOfSequence, Precedence, Profile, Rules,
    StartLag,
};

use crate::shape::ObjectShaped as _;

crate::document! {
    /// The rules that dates are computed by: a profile, and what differs from it.
    pub struct SchedulingDoc("scheduling") {
        required {}
        optional {
            /// Whose rules are followed where nothing else is said here: framdrift's own when left out.
            profile: Option<Profile> = "profile",
            /// The calendar that working lags are counted on.
            lag_calendar: Option<LagCalendar> = "lag-calendar",
            /// What gives way where a link and a date that must be kept ask for different things.
            precedence: Option<Precedence> = "precedence",
            /// Which float is total float.
            float: Option<FloatKind> = "float",
            /// What makes an activity critical.
            critical: Option<Critical> = "critical",
            /// The most total float that is still critical; at most a hundred years either way.
            critical_limit: Option<Margin> = "critical-limit",
            /// Whether what nothing follows is critical at its own finish.
            multiple_critical_paths: Option<bool> = "multiple-critical-paths",
            /// Whether activities without a predecessor or a successor are critical, whatever their float.
            open_ends_critical: Option<bool> = "open-ends-critical",
            /// What happens to the rest of work that started before its predecessors let it.
            out_of_sequence: Option<OutOfSequence> = "out-of-sequence",
            /// From where a lag after a start counts, once the predecessor has started.
            start_lag: Option<StartLag> = "start-lag",
            /// Which float is eaten by what is as late as possible.
            as_late_as_possible: Option<LateKind> = "as-late-as-possible",
            /// Whether an expected finish sets how much is left.
            expected_finish: Option<bool> = "expected-finish",
            /// Whether dates that other programmes ask for bound anything.
            external_dates: Option<bool> = "external-dates",
            /// When something whose duration is elapsed time may start.
            elapsed_start: Option<ElapsedStart> = "elapsed-start",
            /// From which end of the programme dates are counted.
            direction: Option<Direction> = "direction",
        }
    }
}

impl SchedulingDoc {
    /// The rules: those of the profile, but for what is said here.
    ///
    /// ```
    /// use framdrift_model::document::SchedulingDoc;
    /// use framdrift_model::quantity::Units;
    /// use framdrift_model::rules::{LagCalendar, Profile, Rules};
    ///
    /// let mut scheduling = SchedulingDoc::new();
    /// scheduling.profile = Some(Profile::P6);
    /// scheduling.lag_calendar = Some(LagCalendar::AllDay);
    /// scheduling.critical_limit = Some("2d".parse().unwrap());
    ///
    /// let rules = scheduling.rules(Units::default());
    /// assert_eq!(rules.precedence, Rules::of(Profile::P6).precedence);
    /// assert_eq!(rules.lag_calendar, LagCalendar::AllDay);
    /// assert_eq!(rules.critical_limit, 960);
    /// ```
    #[must_use]
    pub fn rules(&self, units: Units) -> Rules {
        self.rules_as(self.profile.unwrap_or_default(), units)
    }

    /// Sets one rule by its key, as a file writes it; for hosts that take rules from a command line or a form.
    ///
    /// # Errors
    /// What is wrong with the key or the value, and which there are.
    ///
    /// ```
    /// use framdrift_model::document::SchedulingDoc;
    /// use framdrift_model::rules::Precedence;
    ///
    /// let mut scheduling = SchedulingDoc::new();
    /// scheduling.set("precedence", "links").unwrap();
    /// assert_eq!(scheduling.precedence, Some(Precedence::Links));
    ///
    /// let fault = scheduling.set("precedense", "links").unwrap_err();
    /// assert_eq!(fault.to_string(), "`precedense` is not a rule; did you mean `precedence`?");
    /// assert!(scheduling.set("open-ends-critical", "maybe").is_err());
    /// ```
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), Malformed> {
        match key {
            "profile" => put(&mut self.profile, value),
            "lag-calendar" => put(&mut self.lag_calendar, value),
            "precedence" => put(&mut self.precedence, value),
            "float" => put(&mut self.float, value),
            "critical" => put(&mut self.critical, value),
            "critical-limit" => put(&mut self.critical_limit, value),
            "multiple-critical-paths" => say(&mut self.multiple_critical_paths, value),
            "open-ends-critical" => say(&mut self.open_ends_critical, value),
            "out-of-sequence" => put(&mut self.out_of_sequence, value),
            "start-lag" => put(&mut self.start_lag, value),
            "as-late-as-possible" => put(&mut self.as_late_as_possible, value),
            "expected-finish" => say(&mut self.expected_finish, value),
            "external-dates" => say(&mut self.external_dates, value),
            "elapsed-start" => put(&mut self.elapsed_start, value),
            "direction" => put(&mut self.direction, value),
            _ => {
                let keys: Vec<&str> = Self::object_shape().fields.iter().map(|field| field.key).collect();
                Err(of_words(key, "rule", &keys))
            }
        }
    }

    /// What `other` says takes the place of what is said here.
    pub fn overlay(&mut self, other: &Self) {
        let Self {
            profile,
            lag_calendar,
            precedence,
            float,
            critical,
            critical_limit,
            multiple_critical_paths,
            open_ends_critical,
            out_of_sequence,
            start_lag,
            as_late_as_possible,
            expected_finish,
            external_dates,
            elapsed_start,
            direction,
            extensions: _,
        } = other;
        over(&mut self.profile, *profile);
        over(&mut self.lag_calendar, *lag_calendar);
        over(&mut self.precedence, *precedence);
        over(&mut self.float, *float);
        over(&mut self.critical, *critical);
        over(&mut self.critical_limit, *critical_limit);
        over(&mut self.multiple_critical_paths, *multiple_critical_paths);
        over(&mut self.open_ends_critical, *open_ends_critical);
        over(&mut self.out_of_sequence, *out_of_sequence);
        over(&mut self.start_lag, *start_lag);
        over(&mut self.as_late_as_possible, *as_late_as_possible);
        over(&mut self.expected_finish, *expected_finish);
        over(&mut self.external_dates, *external_dates);
        over(&mut self.elapsed_start, *elapsed_start);
        over(&mut self.direction, *direction);
    }

    /// The rules with another profile: what is said here still differs from it.
    #[must_use]
    pub fn rules_as(&self, profile: Profile, units: Units) -> Rules {
        // Taken apart without `..`, so that a new field cannot be overlooked here.
        let Self {
            profile: _,
            lag_calendar,
            precedence,
            float,
            critical,
            critical_limit,
            multiple_critical_paths,
            open_ends_critical,
            out_of_sequence,
            start_lag,
            as_late_as_possible,
            expected_finish,
            external_dates,
            elapsed_start,
            direction,
            extensions: _,
        } = self;
        let mut rules = Rules::of(profile);
        set(&mut rules.lag_calendar, *lag_calendar);
        set(&mut rules.precedence, *precedence);
        set(&mut rules.float, *float);
        set(&mut rules.critical, *critical);
        set(
            &mut rules.critical_limit,
            critical_limit.map(|limit| limit.minutes(units).clamp(-LONGEST, LONGEST)),
        );
        set(&mut rules.multiple_critical_paths, *multiple_critical_paths);
        set(&mut rules.open_ends_critical, *open_ends_critical);
        set(&mut rules.out_of_sequence, *out_of_sequence);
        set(&mut rules.start_lag, *start_lag);
        set(&mut rules.as_late_as_possible, *as_late_as_possible);
        set(&mut rules.expected_finish, *expected_finish);
        set(&mut rules.external_dates, *external_dates);
        set(&mut rules.elapsed_start, *elapsed_start);
        set(&mut rules.direction, *direction);
        rules
    }
}

fn set<T>(field: &mut T, given: Option<T>) {
    if let Some(value) = given {
        *field = value;
    }
}

/// Takes a value where one is given.
fn over<T>(field: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *field = given;
    }
}

/// Reads a value into a field.
fn put<T: FromStr<Err = Malformed>>(field: &mut Option<T>, value: &str) -> Result<(), Malformed> {
    *field = Some(value.parse()?);
    Ok(())
}

/// Reads yes or no into a field.
fn say(field: &mut Option<bool>, value: &str) -> Result<(), Malformed> {
    let said = value.parse();
    *field = Some(said.map_err(|_| of_words(value, "yes or no", &["true", "false"]))?);
    Ok(())
}
