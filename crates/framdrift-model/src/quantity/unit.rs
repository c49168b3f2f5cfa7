//! The units that planners write, and what they amount to.

use crate::time::DAY;

/// The unit of a duration or lag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unit {
    /// `m`: working minutes.
    Minute,
    /// `h`: working hours.
    Hour,
    /// `d`: working days of the programme's length, whatever the activity's calendar.
    Day,
    /// `w`: working weeks of the programme's length.
    Week,
    /// `mo`: working months of the programme's length.
    Month,
    /// `em`: civil minutes.
    ElapsedMinute,
    /// `eh`: civil hours.
    ElapsedHour,
    /// `ed`: civil days of 24 hours.
    ElapsedDay,
    /// `ew`: 7 civil days.
    ElapsedWeek,
    /// `emo`: 30 civil days.
    ElapsedMonth,
}

pub(super) const UNITS: [(&str, Unit); 10] = [
    ("m", Unit::Minute),
    ("h", Unit::Hour),
    ("d", Unit::Day),
    ("w", Unit::Week),
    ("mo", Unit::Month),
    ("em", Unit::ElapsedMinute),
    ("eh", Unit::ElapsedHour),
    ("ed", Unit::ElapsedDay),
    ("ew", Unit::ElapsedWeek),
    ("emo", Unit::ElapsedMonth),
];

/// How many working minutes a day, a week and a month of work are in a programme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Units {
    /// Minutes in `1d`.
    pub day: i64,
    /// Minutes in `1w`.
    pub week: i64,
    /// Minutes in `1mo`.
    pub month: i64,
}

impl Default for Units {
    /// 8 hours, 40 hours, 160 hours.
    fn default() -> Self {
        Self {
            day: 480,
            week: 2_400,
            month: 9_600,
        }
    }
}

impl Unit {
    pub(super) const fn is_elapsed(self) -> bool {
        matches!(
            self,
            Self::ElapsedMinute | Self::ElapsedHour | Self::ElapsedDay | Self::ElapsedWeek | Self::ElapsedMonth
        )
    }

    /// The minutes of one.
    pub(super) const fn minutes(self, units: Units) -> i64 {
        match self {
            Self::Minute | Self::ElapsedMinute => 1,
            Self::Hour | Self::ElapsedHour => 60,
            Self::Day => units.day,
            Self::Week => units.week,
            Self::Month => units.month,
            Self::ElapsedDay => DAY,
            Self::ElapsedWeek => 7 * DAY,
            Self::ElapsedMonth => 30 * DAY,
        }
    }

    /// The first of the smaller units of its kind, as a position in `Quantity::rest`.
    pub(super) const fn smaller(self) -> usize {
        match self {
            Self::Month | Self::ElapsedMonth => 0,
            Self::Week | Self::ElapsedWeek => 1,
            Self::Day | Self::ElapsedDay => 2,
            Self::Hour | Self::ElapsedHour => 3,
            Self::Minute | Self::ElapsedMinute => 4,
        }
    }
}
