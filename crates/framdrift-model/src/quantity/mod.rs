//! Quantities as planners write them: durations, lags, and what a day, a week and a month of work amount to.

mod unit;
mod words;
mod written;

use std::fmt;

use crate::malformed::Wrong;
use crate::projection::{Lag, Span};
use crate::time::DAY;

pub use unit::{Unit, Units};
pub use words::{by_the_clock, counted, in_percent, in_words};
use written::{Quantity, Thousandths};

/// The most minutes one duration or lag may amount to: 100 civil years.
pub const LONGEST: i64 = 100 * 366 * DAY;

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
        let quantity = Quantity::parse(text).ok_or_else(|| Quantity::disorder(text))?;
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
        Ok(Self(Kind::Quantity(
            Quantity::parse(unsigned).ok_or_else(|| Quantity::disorder(unsigned))?,
        )))
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
        let quantity = Quantity::parse(text).ok_or_else(|| Quantity::disorder(text))?;
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

crate::if_arbitrary! {
    impl<'a> crate::Arbitrary<'a> for Duration {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let quantity = Quantity::of(Thousandths(u.int_in_range(0..=9_999_999_999)?), u.choose(&unit::UNITS)?.1);
            Ok(Self(quantity.and_smaller(u)?))
        }
    }

    impl<'a> crate::Arbitrary<'a> for Distance {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let number = Thousandths(u.int_in_range(-9_999_999_999..=9_999_999_999)?);
            Ok(Self(if u.arbitrary()? {
                Kind::Percent(Thousandths(number.0 % 1_000_000))
            } else {
                Kind::Quantity(Quantity::of(number, u.choose(&unit::UNITS)?.1).and_smaller(u)?)
            }))
        }
    }

    impl<'a> crate::Arbitrary<'a> for Margin {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            let number = Thousandths(u.int_in_range(-9_999_999_999..=9_999_999_999)?);
            Ok(Self(Quantity::of(number, u.choose(&unit::UNITS[..5])?.1).and_smaller(u)?))
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
