//! Quantities as planners write them: durations, lags, and what a day, a week and a month of work amount to.

use std::fmt;

use crate::malformed::Wrong;
use crate::projection::{Counts, Lag, Span};
use crate::time::DAY;

/// The most minutes one duration or lag may amount to: 100 civil years.
pub const LONGEST: i64 = 100 * 366 * DAY;

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

const UNITS: [(&str, Unit); 10] = [
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

/// A number with up to three decimals, held in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Thousandths(i64);

impl Thousandths {
    fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let well_formed = |t: &str, most: usize| (1..=most).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
        if !well_formed(whole, 9) || !well_formed(part, 3) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let part: i64 = format!("{part:0<3}").parse().ok()?;
        let value = whole * 1_000 + part;
        Some(Self(if negative { -value } else { value }))
    }

    /// This many times `unit`, rounded to the nearest whole number, halves away from zero.
    const fn times(self, unit: i64) -> i64 {
        let product = self.0 * unit;
        let half = if product < 0 { -500 } else { 500 };
        (product + half) / 1_000
    }
}

impl fmt::Display for Thousandths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let value = self.0.unsigned_abs();
        write!(f, "{}", value / 1_000)?;
        match value % 1_000 {
            0 => Ok(()),
            part => f.write_str(format!(".{part:03}").trim_end_matches('0')),
        }
    }
}

/// A quantity of time as the author wrote it: a number and a unit, or whole numbers of several units, the largest first.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Quantity {
    number: Thousandths,
    unit: Unit,
    /// Whole numbers of smaller units: weeks, days, hours and minutes, of the unit's kind and with the number's sign.
    rest: [u32; 4],
}

/// Nothing besides a number and its unit.
const ALONE: [u32; 4] = [0; 4];

/// The names of the units that `Quantity::rest` counts, working and elapsed.
const SMALLER: [[&str; 4]; 2] = [["w", "d", "h", "m"], ["ew", "ed", "eh", "em"]];

impl Quantity {
    const fn of(number: Thousandths, unit: Unit) -> Self {
        Self {
            number,
            unit,
            rest: ALONE,
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let first = parts.next()?;
        let at = first.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = first.split_at(at);
        let unit = UNITS.iter().find(|(word, _)| *word == unit)?.1;
        let mut quantity = Self::of(Thousandths::parse(number)?, unit);
        let mut next = unit.smaller();
        let mut several = false;
        for part in parts {
            let at = part.find(|c: char| c.is_ascii_alphabetic())?;
            let (number, word) = part.split_at(at);
            let place = (next..4).find(|place| SMALLER[usize::from(unit.is_elapsed())][*place] == word)?;
            quantity.rest[place] = whole(number)?;
            (next, several) = (place + 1, true);
        }
        // Of several units each counts whole, and none is nought.
        let counts = || whole(number.strip_prefix('-').unwrap_or(number));
        (!several || counts().is_some()).then_some(quantity)
    }

    /// Whole minutes, and whether they are civil ones.
    const fn minutes(self, units: Units) -> (i64, bool) {
        let elapsed = self.unit.is_elapsed();
        let rest = self.rest_minutes(units);
        (self.number.times(self.unit.minutes(units)) + rest, elapsed)
    }

    /// The minutes of the smaller units, with the sign of the whole.
    const fn rest_minutes(self, units: Units) -> i64 {
        let sizes = match self.unit.is_elapsed() {
            true => [7 * DAY, DAY, 60, 1],
            false => [units.week, units.day, 60, 1],
        };
        let (mut place, mut sum) = (0, 0);
        while place < 4 {
            sum += self.rest[place] as i64 * sizes[place];
            place += 1;
        }
        if self.number.0 < 0 { -sum } else { sum }
    }

    /// What it is more than its whole minutes, in tenths of a minute: −5 to 5.
    const fn tenths(self, units: Units) -> i8 {
        // Thousandths of a day and more come to tenths of a minute; smaller units come in whole ones.
        let unit = self.unit.minutes(units);
        (self.number.times(10 * unit) - 10 * self.number.times(unit)) as i8
    }
}

/// A whole number above nought, without zeros before it.
fn whole(digits: &str) -> Option<u32> {
    let well_formed =
        (1..=9).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    well_formed.then(|| digits.parse().ok())?
}

impl Unit {
    const fn is_elapsed(self) -> bool {
        matches!(
            self,
            Self::ElapsedMinute | Self::ElapsedHour | Self::ElapsedDay | Self::ElapsedWeek | Self::ElapsedMonth
        )
    }

    /// The minutes of one.
    const fn minutes(self, units: Units) -> i64 {
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
    const fn smaller(self) -> usize {
        match self {
            Self::Month | Self::ElapsedMonth => 0,
            Self::Week | Self::ElapsedWeek => 1,
            Self::Day | Self::ElapsedDay => 2,
            Self::Hour | Self::ElapsedHour => 3,
            Self::Minute | Self::ElapsedMinute => 4,
        }
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = UNITS.iter().find(|(_, u)| *u == self.unit).map_or("", |(word, _)| word);
        write!(f, "{}{word}", self.number)?;
        let words = SMALLER[usize::from(self.unit.is_elapsed())];
        let rest = self.rest.iter().zip(words).filter(|(number, _)| **number > 0);
        rest.into_iter()
            .try_for_each(|(number, word)| write!(f, " {number}{word}"))
    }
}

/// How long something takes: `30m 4h 10d 2w 3mo` of working time, or `14ed 2ew` of elapsed time. Never negative.
///
/// Up to three decimals are read (`1.5d`), or whole numbers of several units (`1d 4h`, `2ed 6eh`), the largest first; minutes are
/// rounded to whole ones. `d`, `w` and `mo` are the programme's minutes
/// (480, 2 400, 9 600 unless it says otherwise), whatever the activity's calendar; `1emo` is 30 days, as in MS Project.
///
/// ```
/// use framdrift_model::projection::Span;
/// use framdrift_model::quantity::{Duration, Units};
///
/// let training: Duration = "1.5d".parse().unwrap();
/// assert_eq!(training.span(Units::default()), Span::Work(720));
/// let curing: Duration = "2ew".parse().unwrap();
/// assert_eq!(curing.span(Units::default()), Span::Elapsed(14 * 1_440));
/// let painting: Duration = "1d 4h".parse().unwrap();
/// assert_eq!(painting.span(Units::default()), Span::Work(720));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration(Quantity);

impl Duration {
    /// A number of whole units.
    ///
    /// # Panics
    /// When `number` is above 999 999 999.
    #[must_use]
    pub const fn new(number: u32, unit: Unit) -> Self {
        assert!(number <= 999_999_999, "a duration's number has at most nine digits");
        Self(Quantity::of(Thousandths(number as i64 * 1_000), unit))
    }

    /// Working days.
    #[must_use]
    pub const fn days(number: u32) -> Self {
        Self::new(number, Unit::Day)
    }

    /// What it is more than its whole minutes, in tenths of a minute: −5 to 5.
    ///
    /// ```
    /// use framdrift_model::quantity::{Duration, Units};
    ///
    /// let odd: Duration = "1.08h".parse().unwrap(); // 64.8 minutes
    /// assert_eq!(odd.span(Units::default()).minutes(), 65);
    /// assert_eq!(odd.tenths(Units::default()), -2);
    /// ```
    #[must_use]
    pub const fn tenths(self, units: Units) -> i8 {
        self.0.tenths(units)
    }

    /// The minutes it amounts to.
    #[must_use]
    pub const fn span(self, units: Units) -> Span {
        match self.0.minutes(units) {
            (minutes, true) => Span::Elapsed(minutes),
            (minutes, false) => Span::Work(minutes),
        }
    }
}

impl Duration {
    fn read(text: &str) -> Result<Self, Wrong> {
        let quantity = Quantity::parse(text).ok_or(None)?;
        if text.starts_with('-') {
            return Err(Some("a duration is never negative".to_owned()));
        }
        Ok(Self(quantity))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

crate::scalar!(Duration, "duration", expects "a duration such as `30m`, `4h`, `10d`, `2w`, `3mo`, or elapsed `14ed`, `2ew`", pattern r"^([0-9]{1,9}(\.[0-9]{1,3})?e?(m|h|d|w|mo)|([1-9][0-9]{0,8}mo )?([1-9][0-9]{0,8}w|([1-9][0-9]{0,8}w )?([1-9][0-9]{0,8}d|([1-9][0-9]{0,8}d )?([1-9][0-9]{0,8}h|([1-9][0-9]{0,8}h )?[1-9][0-9]{0,8}m)))|([1-9][0-9]{0,8}emo )?([1-9][0-9]{0,8}ew|([1-9][0-9]{0,8}ew )?([1-9][0-9]{0,8}ed|([1-9][0-9]{0,8}ed )?([1-9][0-9]{0,8}eh|([1-9][0-9]{0,8}eh )?[1-9][0-9]{0,8}em))))$", mend crate::mend::quantity);

/// The distance a link keeps: a quantity as for [`Duration`], or a share of the predecessor's duration (`50%`); negative for a
/// lead.
///
/// ```
/// use framdrift_model::projection::Lag;
/// use framdrift_model::quantity::{Distance, Units};
///
/// let lead: Distance = "-2d".parse().unwrap();
/// assert_eq!(lead.lag(Units::default()), Lag::Work(-960));
/// let half: Distance = "50%".parse().unwrap();
/// assert_eq!(half.lag(Units::default()), Lag::Percent(50_000));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Distance(Kind);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Quantity(Quantity),
    Percent(Thousandths),
}

impl Distance {
    /// Whether it is a share of the predecessor's duration.
    #[must_use]
    pub const fn is_share(self) -> bool {
        matches!(self.0, Kind::Percent(_))
    }

    /// What it is more than its whole minutes, in tenths of a minute: −5 to 5; nothing for a share.
    #[must_use]
    pub const fn tenths(self, units: Units) -> i8 {
        match self.0 {
            Kind::Quantity(quantity) => quantity.tenths(units),
            Kind::Percent(_) => 0,
        }
    }

    /// The lag it amounts to.
    #[must_use]
    pub const fn lag(self, units: Units) -> Lag {
        match self.0 {
            Kind::Quantity(quantity) => match quantity.minutes(units) {
                (minutes, true) => Lag::Elapsed(minutes),
                (minutes, false) => Lag::Work(minutes),
            },
            Kind::Percent(share) => Lag::Percent(share.0),
        }
    }
}

impl Distance {
    fn read(text: &str) -> Result<Self, Wrong> {
        let unsigned = match text.strip_prefix('+') {
            Some(rest) if rest.starts_with('-') => return Err(None),
            Some(rest) => rest,
            None => text,
        };
        if let Some(number) = unsigned.strip_suffix('%') {
            let share = Thousandths::parse(number).ok_or(None)?;
            if share.0.abs() > 1_000_000 {
                return Err(Some(
                    "a share of the predecessor's duration is at most 1000 %".to_owned(),
                ));
            }
            return Ok(Self(Kind::Percent(share)));
        }
        Ok(Self(Kind::Quantity(Quantity::parse(unsigned).ok_or(None)?)))
    }
}

impl fmt::Display for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Kind::Quantity(quantity) => fmt::Display::fmt(&quantity, f),
            Kind::Percent(share) => write!(f, "{share}%"),
        }
    }
}

impl fmt::Debug for Distance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::scalar!(Distance, "lag", expects "a lag such as `2d`, `-4h`, `14ed` or `50%`", pattern r"^[+-]?([0-9]{1,9}(\.[0-9]{1,3})?(%|e?(m|h|d|w|mo))|([1-9][0-9]{0,8}mo )?([1-9][0-9]{0,8}w|([1-9][0-9]{0,8}w )?([1-9][0-9]{0,8}d|([1-9][0-9]{0,8}d )?([1-9][0-9]{0,8}h|([1-9][0-9]{0,8}h )?[1-9][0-9]{0,8}m)))|([1-9][0-9]{0,8}emo )?([1-9][0-9]{0,8}ew|([1-9][0-9]{0,8}ew )?([1-9][0-9]{0,8}ed|([1-9][0-9]{0,8}ed )?([1-9][0-9]{0,8}eh|([1-9][0-9]{0,8}eh )?[1-9][0-9]{0,8}em))))$", mend crate::mend::quantity);
crate::scalar!(crate::period::Period, "calendar period", expects "a calendar period such as `P3M`, `P1Y` or `P14D`", pattern "^P([0-9]{1,5}Y)?([0-9]{1,5}M)?([0-9]{1,5}W)?([0-9]{1,5}D)?$", mend crate::mend::period);

/// An amount of float: working time with a sign, such as `0d`, `2d` or `-95h`.
///
/// ```
/// use framdrift_model::quantity::{Margin, Units};
///
/// let limit: Margin = "-95h".parse().unwrap();
/// assert_eq!(limit.minutes(Units::default()), -5_700);
/// assert_eq!(Margin::of_minutes(90).to_string(), "90m");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Margin(Quantity);

impl Margin {
    /// A number of working minutes; numbers past nine digits are brought into bounds.
    #[must_use]
    pub fn of_minutes(minutes: i64) -> Self {
        let minutes = minutes.clamp(-999_999_999, 999_999_999);
        Self(Quantity::of(Thousandths(minutes * 1_000), Unit::Minute))
    }

    /// The working minutes it amounts to.
    #[must_use]
    pub const fn minutes(self, units: Units) -> i64 {
        self.0.minutes(units).0
    }
}

impl Margin {
    fn read(text: &str) -> Result<Self, Wrong> {
        let quantity = Quantity::parse(text).ok_or(None)?;
        if quantity.minutes(Units::default()).1 {
            return Err(Some("float is counted in working time".to_owned()));
        }
        Ok(Self(quantity))
    }
}

impl fmt::Display for Margin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Margin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

crate::scalar!(Margin, "amount of float", expects "an amount of float such as `0d`, `2d` or `-95h`", pattern r"^-?([0-9]{1,9}(\.[0-9]{1,3})?(m|h|d|w|mo)|([1-9][0-9]{0,8}mo )?([1-9][0-9]{0,8}w|([1-9][0-9]{0,8}w )?([1-9][0-9]{0,8}d|([1-9][0-9]{0,8}d )?([1-9][0-9]{0,8}h|([1-9][0-9]{0,8}h )?[1-9][0-9]{0,8}m))))$", mend crate::mend::quantity);

/// Writes working minutes as days of the programme, hours and minutes: `3d`, `11d 4h`, `-1h 30m`; nothing is `0d`.
///
/// ```
/// use framdrift_model::quantity::{Units, in_words};
///
/// assert_eq!(in_words(1_440, Units::default()), "3d");
/// assert_eq!(in_words(-90, Units::default()), "-1h 30m");
/// assert_eq!(in_words(0, Units::default()), "0d");
/// ```
#[must_use]
pub fn in_words(minutes: i64, units: Units) -> String {
    parts_of(minutes, units.day, ["d", "h", "m"])
}

/// Writes civil minutes as elapsed days, hours and minutes: `3ed`, `-1ed 4eh`; nothing is `0ed`.
///
/// ```
/// use framdrift_model::quantity::by_the_clock;
///
/// assert_eq!(by_the_clock(1_680), "1ed 4eh");
/// assert_eq!(by_the_clock(-30), "-30em");
/// assert_eq!(by_the_clock(0), "0ed");
/// ```
#[must_use]
pub fn by_the_clock(minutes: i64) -> String {
    parts_of(minutes, DAY, ["ed", "eh", "em"])
}

/// Writes minutes in the units that they count: as [`in_words`] where they count working time, as [`by_the_clock`] where they
/// count by the clock.
///
/// ```
/// use framdrift_model::projection::Counts;
/// use framdrift_model::quantity::{Units, counted};
///
/// assert_eq!(counted(1_440, Counts::WorkingTime, Units::default()), "3d");
/// assert_eq!(counted(1_440, Counts::Clock, Units::default()), "1ed");
/// ```
#[must_use]
pub fn counted(minutes: i64, counts: Counts, units: Units) -> String {
    match counts {
        Counts::WorkingTime => in_words(minutes, units),
        Counts::Clock => by_the_clock(minutes),
    }
}

/// Minutes in days of a length, hours and minutes, by their names.
fn parts_of(minutes: i64, day: i64, names: [&str; 3]) -> String {
    let day = day.max(1).unsigned_abs();
    let total = minutes.unsigned_abs();
    let rest = total % day;
    let sign = if minutes < 0 { "-" } else { "" };
    let parts: Vec<String> = [total / day, rest / 60, rest % 60]
        .iter()
        .zip(names)
        .filter(|(number, _)| **number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    match parts.is_empty() {
        true => format!("0{}", names[0]),
        false => format!("{sign}{}", parts.join(" ")),
    }
}

crate::if_arbitrary! {
    impl Quantity {
        /// Sometimes with whole numbers of smaller units.
        fn and_smaller(self, u: &mut crate::Unstructured<'_>) -> crate::ArbitraryResult<Self> {
            let (mut several, whole) = (self, self.number.0 / 1_000);
            if whole == 0 || !u.ratio(1_u8, 4_u8)? {
                return Ok(self);
            }
            for number in several.rest.iter_mut().skip(self.unit.smaller()) {
                *number = u.int_in_range(0..=99)?;
            }
            if several.rest != ALONE {
                several.number = Thousandths(whole * 1_000);
            }
            Ok(several)
        }
    }

    impl<'a> crate::Arbitrary<'a> for Duration {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let quantity = Quantity::of(Thousandths(u.int_in_range(0..=9_999_999_999)?), u.choose(&UNITS)?.1);
            Ok(Self(quantity.and_smaller(u)?))
        }
    }

    impl<'a> crate::Arbitrary<'a> for Distance {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let number = Thousandths(u.int_in_range(-9_999_999_999..=9_999_999_999)?);
            Ok(Self(if u.arbitrary()? {
                Kind::Percent(Thousandths(number.0 % 1_000_000))
            } else {
                Kind::Quantity(Quantity::of(number, u.choose(&UNITS)?.1).and_smaller(u)?)
            }))
        }
    }

    impl<'a> crate::Arbitrary<'a> for Margin {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let number = Thousandths(u.int_in_range(-9_999_999_999..=9_999_999_999)?);
            Ok(Self(Quantity::of(number, u.choose(&UNITS[..5])?.1).and_smaller(u)?))
        }
    }

    impl<'a> crate::Arbitrary<'a> for crate::period::Period {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            Ok(if u.arbitrary()? { Self::months(u.int_in_range(1..=99_999)?) } else { Self::days(u.int_in_range(1..=99_999)?) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_they_were_read() {
        for good in [
            "30m",
            "4h",
            "10d",
            "2w",
            "3mo",
            "14ed",
            "2ew",
            "1emo",
            "0d",
            "1.5d",
            "0.125h",
            "1d 4h",
            "1h 30m",
            "2mo 1w 3d 4h 5m",
            "1ed 4eh",
            "2w 30m",
        ] {
            assert_eq!(good.parse::<Duration>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "d",
            "10",
            "10 d",
            "-1d",
            "1e3d",
            "1.2345d",
            "1.d",
            ".5d",
            "10D",
            "1234567890d",
            "5%",
            "+1d",
            "4h 1d",
            "1d 1d",
            "1d  4h",
            "1d 4h ",
            " 1d",
            "1d 4eh",
            "1d 0h",
            "0d 4h",
            "1.5d 4h",
            "1d 4.5h",
            "1d -4h",
            "1d 04h",
            "1d 4",
            "1m 1mo",
            "1d, 4h",
        ] {
            assert!(bad.parse::<Duration>().is_err(), "{bad}");
        }
    }

    #[test]
    fn lags_take_a_sign_and_a_share() {
        for (text, written) in [
            ("-2d", "-2d"),
            ("+2d", "2d"),
            ("-50%", "-50%"),
            ("12.5%", "12.5%"),
            ("-1.5ed", "-1.5ed"),
            ("-1d 4h", "-1d 4h"),
            ("+1ed 4eh", "1ed 4eh"),
        ] {
            assert_eq!(text.parse::<Distance>().unwrap().to_string(), written);
        }
        for bad in ["", "%", "2", "1001%", "--2d", "+-2d", "1d 50%", "50% 1d"] {
            assert!(bad.parse::<Distance>().is_err(), "{bad}");
        }
    }

    #[test]
    fn minutes_round_to_the_nearest() {
        let units = Units::default();
        assert_eq!("0.001d".parse::<Duration>().unwrap().span(units), Span::Work(0));
        assert_eq!("0.002d".parse::<Duration>().unwrap().span(units), Span::Work(1));
        assert_eq!("-0.5m".parse::<Distance>().unwrap().lag(units), Lag::Work(-1));
        assert_eq!("1emo".parse::<Duration>().unwrap().span(units), Span::Elapsed(43_200));
    }

    #[test]
    fn what_is_printed_can_be_read() {
        let units = Units {
            day: 450,
            ..Units::default()
        };
        for minutes in [0, 1, 59, 60, 61, 450, 455, 700, 1_440, 100_003] {
            let read = in_words(minutes, units).parse::<Duration>().unwrap();
            assert_eq!((read.span(units), read.tenths(units)), (Span::Work(minutes), 0));
            let read = by_the_clock(minutes).parse::<Duration>().unwrap();
            assert_eq!(read.span(units), Span::Elapsed(minutes));
            let read = in_words(-minutes, units).parse::<Distance>().unwrap();
            assert_eq!(read.lag(units), Lag::Work(-minutes));
            assert_eq!(
                in_words(-minutes, units).parse::<Margin>().unwrap().minutes(units),
                -minutes
            );
        }
    }
}
