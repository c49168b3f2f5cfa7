//! The values of MSPDI: instants, durations, units, flags.

use framdrift_model::date::{Date, TimeOfDay};
use framdrift_model::quantity::Units;

/// An instant as the file writes it: to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) date: Date,
    /// Whether there were seconds, which a programme has none of.
    pub(crate) rounded: bool,
    /// Whether it said how far from UTC it is, which a programme does not.
    pub(crate) zoned: bool,
}

/// `2026-01-05T08:00:00`, to the nearest minute. `None` for what is no instant from 1900 to 9999. What says how far it is from UTC
/// (`Z`, `+01:00`) is read as its own clock shows it: a plan is in the hours of those who work by it.
pub(crate) fn stamp(text: &str) -> Option<Stamp> {
    let (day, time, zone) = match text.split_once(['T', ' ']) {
        Some((day, time)) => {
            let (time, zone) = apart(time);
            (day, time, zone)
        }
        None => {
            let (day, zone) = text.split_at_checked("2026-01-05".len())?;
            (day, "00:00:00", zone)
        }
    };
    if !is_zone(zone) {
        return None;
    }
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
        zoned: !zone.is_empty(),
    })
}

/// A time of day and what says how far from UTC it is.
fn apart(time: &str) -> (&str, &str) {
    time.split_at(time.find(['Z', 'z', '+', '-']).unwrap_or(time.len()))
}

/// As [`clock`], of a time that may say how far from UTC it is.
pub(crate) fn time(text: &str) -> Option<u32> {
    let (time, zone) = apart(text);
    is_zone(zone).then(|| clock(time))?
}

/// Whether a text is nothing, `Z`, or an offset: `+01:00`, `+0100`, `+01`.
fn is_zone(text: &str) -> bool {
    let Some(offset) = text.strip_prefix(['+', '-']) else {
        return matches!(text, "" | "Z" | "z");
    };
    let digits = match offset.len() {
        5 if offset.as_bytes()[2] == b':' => offset.replacen(':', "", 1),
        2 | 4 => offset.to_owned(),
        _ => return false,
    };
    let number = |at: usize, most: u32| {
        let part = digits.get(at..at + 2).and_then(|part| part.parse::<u32>().ok());
        part.is_none_or(|part| part <= most)
    };
    digits.bytes().all(|byte| byte.is_ascii_digit()) && number(0, 14) && number(2, 59)
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

/// A duration such as `PT160H0M0S`, `PT24.5H` or `P3D`, in thousandths of each unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amount {
    seconds: i64,
    days: i64,
    weeks: i64,
    months: i64,
}

impl Amount {
    /// Whether it counts days, weeks or months, whose hours are not in the text.
    pub(crate) fn has_days(self) -> bool {
        self.days != 0 || self.weeks != 0 || self.months != 0
    }

    /// In seconds; parts of a second are cut off. Days, weeks and months of work are the project's own, and those by the clock the
    /// clock's: whoever writes `P3D` for a task means three days of it, and readers of the format agree.
    pub(crate) fn seconds(self, elapsed: bool, units: Units) -> i64 {
        let [day, week, month] = match elapsed {
            true => [1_440, 10_080, 43_200],
            false => [units.day, units.week, units.month],
        };
        let parts = [(self.days, day), (self.weeks, week), (self.months, month)];
        let sum = parts
            .into_iter()
            .fold(i128::from(self.seconds), |sum, (count, minutes)| {
                sum + i128::from(count) * i128::from(minutes) * 60
            });
        let whole = sum / 1_000;
        i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
    }
}

/// Reads a duration. Years are refused, for nobody plans in them; a minus before any part makes the whole negative.
pub(crate) fn amount(text: &str) -> Option<Amount> {
    let rest = text.strip_prefix('-').unwrap_or(text).strip_prefix('P')?;
    let (dates, time) = rest.split_once('T').unwrap_or((rest, ""));
    if dates.is_empty() && time.is_empty() {
        return None;
    }
    let mut amount = Amount::default();
    for (thousandths, unit) in parts(dates)? {
        let sum = match unit {
            'D' => &mut amount.days,
            'W' => &mut amount.weeks,
            'M' => &mut amount.months,
            'Y' if thousandths == 0 => continue,
            _ => return None,
        };
        *sum = sum.checked_add(thousandths)?;
    }
    for (thousandths, unit) in parts(time)? {
        let unit = match unit {
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        amount.seconds = amount.seconds.checked_add(thousandths.checked_mul(unit)?)?;
    }
    let sign = if text.contains('-') { -1 } else { 1 };
    let Amount {
        seconds,
        days,
        weeks,
        months,
    } = amount;
    Some(Amount {
        seconds: sign * seconds,
        days: sign * days,
        weeks: sign * weeks,
        months: sign * months,
    })
}

/// Numbers, without sign and in thousandths, with the letter after each. More than three decimals are cut off.
fn parts(text: &str) -> Option<Vec<(i64, char)>> {
    const MOST_PARTS: usize = 8;
    const MOST_DIGITS: usize = 12;
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, after) = rest.split_at(at);
        let unit = after.chars().next()?;
        let number = number.strip_prefix('-').unwrap_or(number);
        let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || whole.len() > MOST_DIGITS || !digits(decimals) || found.len() == MOST_PARTS {
            return None;
        }
        let thousandths: String = decimals.chars().chain("000".chars()).take(3).collect();
        found.push((
            whole.parse::<i64>().ok()? * 1_000 + thousandths.parse::<i64>().ok()?,
            unit,
        ));
        rest = &after[1..];
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
        for text in [
            "2026-01-05T08:00:00Z",
            "2026-01-05T08:00:00.000Z",
            "2026-01-05T08:00:00+01:00",
            "2026-01-05T08:00:00.250-11:30",
            "2026-01-05T08:00-0500",
            "2026-01-05T08:00:00+14",
            "2026-01-05 08:00:00z",
        ] {
            assert_eq!(read(text), Some(("2026-01-05T08:00".into(), false)), "{text}");
            assert!(stamp(text).is_some_and(|stamp| stamp.zoned), "{text}");
        }
        for text in ["2026-01-05Z", "2026-01-05+01:00", "2026-01-05-05:00"] {
            assert_eq!(read(text), Some(("2026-01-05T00:00".into(), false)), "{text}");
        }
        assert!(!stamp("2026-01-05T08:00:00").unwrap().zoned);
        for text in ["08:00:00", "08:00", "08:00:00Z", "08:00:00.000+01:00"] {
            assert_eq!(time(text), Some(28_800), "{text}");
        }
        assert_eq!((time("08:00:00+1"), time("Z")), (None, None));
        for bad in [
            "",
            "NA",
            "262000-01-01T08:00:00",
            "2026-13-01T08:00:00",
            "2026-01-05T25:00:00",
            "2026-01-05T8",
            "0001-01-01T00:00:00",
            "2026-01-05T08:00:00+15:00",
            "2026-01-05T08:00:00+1:00",
            "2026-01-05T08:00:00ZZ",
            "2026-01-05T08:00:00+01:60",
            "2026-01-05T08:00:00+0é",
            "2026-01-05+",
            "2026-01-05T",
            "Z",
        ] {
            assert_eq!(stamp(bad), None, "{bad}");
        }
    }

    #[test]
    fn durations_of_every_unit() {
        let odd = Units {
            day: 450,
            week: 2_250,
            month: 9_000,
        };
        let read = |text, elapsed| amount(text).map(|amount| amount.seconds(elapsed, odd));
        for (text, work, clock) in [
            ("P3D", 81_000, 259_200),
            ("P0.5D", 13_500, 43_200),
            ("P1DT4H", 41_400, 100_800),
            ("P2W", 270_000, 1_209_600),
            ("P0Y1M0D", 540_000, 2_592_000),
            ("-P1D", -27_000, -86_400),
        ] {
            assert_eq!(
                (read(text, false), read(text, true)),
                (Some(work), Some(clock)),
                "{text}"
            );
            assert!(amount(text).is_some_and(Amount::has_days), "{text}");
        }
        for (text, expected) in [
            ("PT160H0M0S", Some(576_000)),
            ("PT24.5H", Some(88_200)),
            ("PT24,5H", Some(88_200)),
            ("PT0.5H", Some(1_800)),
            ("PT1.25M", Some(75)),
            ("PT0.3333H", Some(1_198)),
            ("PT-416H0M0S", Some(-1_497_600)),
            ("PT0H30M", Some(1_800)),
            ("-PT8H0M0S", Some(-28_800)),
            ("P0Y0M0DT8H0M0S", Some(28_800)),
            ("PT1H0M2.75S", Some(3_602)),
            ("PT999999999999H", Some(3_599_999_999_996_400)),
            ("PT9999999999999H", None),
            ("P1Y", None),
            ("P1H", None),
            ("PT1D", None),
            ("P", None),
            ("8h", None),
            ("PT", None),
            ("PTH", None),
            ("PT.5H", None),
            ("PT5.H", None),
            ("PT1.5.5H", None),
            ("PT--5H", None),
            ("PT8å", None),
        ] {
            assert_eq!(read(text, false), expected, "{text}");
        }
        let most = amount("P999999999999DT999999999999H").unwrap();
        assert!(most.seconds(true, odd) > 0);
    }
}
