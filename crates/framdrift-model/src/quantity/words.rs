//! Minutes in words that can be read again.

use super::unit::Units;
use crate::projection::Counts;
use crate::time::DAY;

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

/// Writes a share in thousandths of a percent, as [`Lag::Percent`](crate::projection::Lag::Percent) has it: `50%`, `-12.5%`.
///
/// ```
/// use framdrift_model::quantity::in_percent;
///
/// assert_eq!(in_percent(50_000), "50%");
/// assert_eq!(in_percent(-12_500), "-12.5%");
/// ```
#[must_use]
pub fn in_percent(share: i64) -> String {
    format!("{}%", super::written::Thousandths(share))
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
