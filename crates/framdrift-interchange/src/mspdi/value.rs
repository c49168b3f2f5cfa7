//! The values of MSPDI: instants, durations, units, flags.

use framdrift_model::date::{Date, TimeOfDay};

/// An instant as the file writes it: to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) date: Date,
    /// Whether there were seconds, which a programme has none of.
    pub(crate) rounded: bool,
}

/// `2026-01-05T08:00:00`, to the nearest minute. `None` for what is no instant from 1900 to 9999.
pub(crate) fn stamp(text: &str) -> Option<Stamp> {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00:00"));
    let date: Date = day.parse().ok()?;
    if date.time().is_some() {
        return None;
    }
    let seconds = clock(time)?;
    // INVARIANT: a clock's time is at most 24 hours.
    let minute = u16::try_from((seconds + 30) / 60).ok()?;
    Some(Stamp {
        date: date.at(TimeOfDay::from_minute(minute)?),
        rounded: seconds % 60 != 0,
    })
}

/// Seconds since midnight of `08:00:00` or `08:00`, at most 24 hours; parts of a second are cut off.
pub(crate) fn clock(text: &str) -> Option<u32> {
    let text = text.split_once('.').map_or(text, |(whole, _)| whole);
    let mut parts = text.split(':');
    let mut number = |most: u32, needed: bool| -> Option<u32> {
        match parts.next() {
            None if !needed => Some(0),
            Some(part) if (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()) => {
                part.parse().ok().filter(|n| *n <= most)
            }
            _ => None,
        }
    };
    let seconds = number(24, true)? * 3_600 + number(59, true)? * 60 + number(59, false)?;
    (parts.next().is_none() && seconds <= 86_400).then_some(seconds)
}

/// Seconds in a duration such as `PT160H0M0S`; parts of a second are cut off. Days and longer are not a number of hours, so
/// they are refused unless there are none.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let rest = rest.strip_prefix('P')?;
    let (days, time) = rest.split_once('T').unwrap_or((rest, ""));
    if !parts(days)?.iter().all(|(number, _)| *number == 0) {
        return None;
    }
    let mut sum: i64 = 0;
    for (number, unit) in parts(time)? {
        let unit = match unit {
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.checked_mul(unit)?)?;
    }
    (!time.is_empty() || !days.is_empty()).then_some(sign * sum)
}

/// Numbers with the letter after each; decimals are cut off after seconds and refused elsewhere.
fn parts(text: &str) -> Option<Vec<(i64, char)>> {
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, after) = rest.split_at(at);
        let unit = after.chars().next()?;
        let whole = match number.split_once('.') {
            Some((whole, decimals)) => {
                let none = decimals.bytes().all(|b| b == b'0');
                let digits = decimals.bytes().all(|b| b.is_ascii_digit());
                if !(digits && (unit == 'S' || none)) {
                    return None;
                }
                whole
            }
            None => number,
        };
        if whole.is_empty() || whole.len() > 15 || !whole.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        found.push((whole.parse().ok()?, unit));
        rest = &after[1..];
        if found.len() > 8 {
            return None;
        }
    }
    Some(found)
}

/// What a `DurationFormat`, `LagFormat` or `LevelingDelayFormat` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Working time, shown in this unit of a programme file.
    Work(&'static str),
    /// Civil time.
    Elapsed(&'static str),
    /// A share; of civil time where the flag is set.
    Percent(bool),
    /// None is said.
    None,
}

/// The format of a number; those from 32 on are the same, estimated.
pub(crate) fn format(number: i64) -> Option<Format> {
    Some(match number {
        3 | 35 => Format::Work("m"),
        4 | 36 => Format::Elapsed("em"),
        5 | 37 => Format::Work("h"),
        6 | 38 => Format::Elapsed("eh"),
        7 | 39 => Format::Work("d"),
        8 | 40 => Format::Elapsed("ed"),
        9 | 41 => Format::Work("w"),
        10 | 42 => Format::Elapsed("ew"),
        11 | 43 => Format::Work("mo"),
        12 | 44 => Format::Elapsed("emo"),
        19 | 51 => Format::Percent(false),
        20 | 52 => Format::Percent(true),
        21 | 53 => Format::None,
        _ => return None,
    })
}

/// `0`, `1`, `true`, `false`.
pub(crate) fn flag(text: &str) -> Option<bool> {
    match text {
        "1" | "true" | "True" => Some(true),
        "0" | "false" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_rounded_to_the_minute() {
        let read = |text| stamp(text).map(|s| (s.date.to_string(), s.rounded));
        assert_eq!(read("2026-01-05T08:00:00"), Some(("2026-01-05T08:00".into(), false)));
        assert_eq!(read("2026-01-05T11:04:48"), Some(("2026-01-05T11:05".into(), true)));
        assert_eq!(read("2026-01-05T23:59:59"), Some(("2026-01-05T24:00".into(), true)));
        assert_eq!(read("2026-01-05"), Some(("2026-01-05T00:00".into(), false)));
        assert_eq!(
            read("2026-01-05T08:00:00.000"),
            Some(("2026-01-05T08:00".into(), false))
        );
        for bad in [
            "",
            "NA",
            "262000-01-01T08:00:00",
            "2026-13-01T08:00:00",
            "2026-01-05T25:00:00",
            "2026-01-05T8",
            "0001-01-01T00:00:00",
        ] {
            assert_eq!(stamp(bad), None, "{bad}");
        }
    }

    #[test]
    fn durations_are_hours_minutes_and_seconds() {
        for (text, expected) in [
            ("PT160H0M0S", Some(576_000)),
            ("PT0H30M", Some(1_800)),
            ("-PT8H0M0S", Some(-28_800)),
            ("P0Y0M0DT8H0M0S", Some(28_800)),
            ("PT1H0M2.75S", Some(3_602)),
            ("PT999999999999999H", Some(3_599_999_999_999_996_400)),
            ("PT9999999999999999H", None),
            ("P1D", None),
            ("P", None),
            ("8h", None),
            ("PT", None),
            ("PTH", None),
            ("PT1.5H", None),
            ("PT8å", None),
        ] {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }
}
