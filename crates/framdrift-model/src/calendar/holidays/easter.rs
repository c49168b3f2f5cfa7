//! The date of Easter.

use chrono::NaiveDate;

/// Easter Sunday of a year, by the Gregorian reckoning that the western churches use.
///
/// The algorithm is the anonymous one of *Nature*, 20 April 1876, as given in Jean Meeus, *Astronomical Algorithms*
/// (1991), chapter 8; it has no exceptions. Finland has reckoned so since 1869, and the other Nordic countries for longer.
/// `None` where chrono has no such year, or before year 1.
///
/// ```
/// use framdrift_model::calendar::holidays::easter;
///
/// assert_eq!(easter(2026).unwrap().to_string(), "2026-04-05");
/// // The latest Easter there can be.
/// assert_eq!(easter(2038).unwrap().to_string(), "2038-04-25");
/// ```
#[must_use]
pub fn easter(year: i32) -> Option<NaiveDate> {
    if year < 1 {
        return None;
    }
    // The letters are Meeus's, so that the steps can be checked against the book.
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, (n / 31).unsigned_abs(), (n % 31 + 1).unsigned_abs())
}
