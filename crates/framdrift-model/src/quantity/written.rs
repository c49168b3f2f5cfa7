//! Numbers and units as they are written and read.

use std::cmp::Ordering;
use std::fmt;

use super::unit::{UNITS, Unit, Units};
use crate::malformed::Wrong;
use crate::time::DAY;

/// A number with up to three decimals, held in thousandths.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Thousandths(pub(super) i64);

impl Thousandths {
    pub(super) fn parse(text: &str) -> Option<Self> {
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
pub(super) struct Quantity {
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
    pub(super) const fn of(number: Thousandths, unit: Unit) -> Self {
        Self {
            number,
            unit,
            rest: ALONE,
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
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

    /// What is wrong with a text whose parts are quantities of one kind each by itself, but which as a whole is none.
    pub(super) fn disorder(text: &str) -> Wrong {
        let parts: Option<Vec<Self>> = text.split(' ').map(Self::parse).collect();
        let parts = parts.filter(|parts| parts.len() > 1)?;
        let elapsed = parts[0].unit.is_elapsed();
        if parts.iter().any(|part| part.unit.is_elapsed() != elapsed) {
            return Some("elapsed time and working time are not added up".to_owned());
        }
        let place = |part: &Self| UNITS.iter().position(|(_, unit)| *unit == part.unit);
        let pairs = || parts.windows(2).map(|pair| place(&pair[0]).cmp(&place(&pair[1])));
        if pairs().any(Ordering::is_eq) {
            return Some("each unit is written once".to_owned());
        }
        pairs()
            .any(Ordering::is_lt)
            .then(|| "of several units, the largest is written first".to_owned())
    }

    /// Whole minutes, and whether they are civil ones.
    pub(super) const fn minutes(self, units: Units) -> (i64, bool) {
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
    pub(super) const fn tenths(self, units: Units) -> i8 {
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

crate::if_arbitrary! {
    impl Quantity {
        /// Sometimes with whole numbers of smaller units.
        pub(super) fn and_smaller(self, u: &mut crate::Unstructured<'_>) -> crate::ArbitraryResult<Self> {
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
}
