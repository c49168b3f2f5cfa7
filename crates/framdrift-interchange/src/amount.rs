//! Numbers of minutes as planners write them, without changing them.

use framdrift_model::quantity::{Distance, Duration, LONGEST, Units};

/// A duration of so many minutes: in the unit that is wanted where three decimals say it exactly, else in minutes. `unit` is one
/// of a programme's own: working ones `m h d w mo`, or civil ones `em eh ed ew emo`. Negative and overlong ones are brought into
/// bounds.
pub(crate) fn duration(minutes: i64, unit: &str, units: Units) -> Duration {
    let text = written(minutes.clamp(0, LONGEST), unit, units);
    // INVARIANT: `written` gives a number of at most nine digits and three decimals, and a unit.
    text.parse().expect("a number of minutes is a duration")
}

/// A lag of so many minutes, likewise; negative ones are leads.
pub(crate) fn distance(minutes: i64, unit: &str, units: Units) -> Distance {
    let text = written(minutes.clamp(-LONGEST, LONGEST), unit, units);
    // INVARIANT: as above.
    text.parse().expect("a number of minutes is a lag")
}

fn written(minutes: i64, unit: &str, units: Units) -> String {
    let size = match unit {
        "h" | "eh" => 60,
        "d" => units.day,
        "w" => units.week,
        "mo" => units.month,
        "ed" => 1_440,
        "ew" => 10_080,
        "emo" => 43_200,
        _ => 1,
    };
    let exact = minutes.checked_mul(1_000).filter(|n| n % size == 0);
    match exact {
        Some(thousandths) => {
            let thousandths = thousandths / size;
            let sign = if thousandths < 0 { "-" } else { "" };
            let (whole, part) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
            let part = format!(".{part:03}");
            let part = part.trim_end_matches('0').trim_end_matches('.');
            format!("{sign}{whole}{part}{unit}")
        }
        None if unit.starts_with('e') => format!("{minutes}em"),
        None => format!("{minutes}m"),
    }
}

/// Whether a number of minutes lies within what a programme holds.
pub(crate) fn is_bounded(minutes: i64) -> bool {
    (-LONGEST..=LONGEST).contains(&minutes)
}

/// Seconds in whole minutes, the nearest; and whether any were cut.
pub(crate) fn minutes(seconds: i64) -> (i64, bool) {
    (
        seconds.div_euclid(60) + i64::from(seconds.rem_euclid(60) >= 30),
        seconds.rem_euclid(60) != 0,
    )
}

#[cfg(test)]
mod tests {
    use framdrift_model::projection::{Lag, Span};

    use super::*;

    #[test]
    fn amounts_stay_what_they_are() {
        let odd = Units {
            day: 450,
            week: 2_250,
            month: 9_000,
        };
        for units in [Units::default(), odd] {
            for minutes in [0, 1, 30, 59, 225, 450, 480, 2_250, 3_169, 52_703_999] {
                for unit in ["m", "h", "d", "w", "mo"] {
                    assert_eq!(
                        duration(minutes, unit, units).span(units),
                        Span::Work(minutes),
                        "{minutes} {unit}"
                    );
                    assert_eq!(
                        distance(-minutes, unit, units).lag(units),
                        Lag::Work(-minutes),
                        "{minutes} {unit}"
                    );
                }
                for unit in ["em", "eh", "ed", "ew", "emo"] {
                    assert_eq!(
                        duration(minutes, unit, units).span(units),
                        Span::Elapsed(minutes),
                        "{minutes} {unit}"
                    );
                }
            }
        }
        assert_eq!(duration(720, "d", Units::default()).to_string(), "1.5d");
        assert_eq!(duration(160, "d", Units::default()).to_string(), "160m");
        assert_eq!(distance(-2_880, "ed", Units::default()).to_string(), "-2ed");
        assert_eq!(
            duration(i64::MAX, "d", Units::default()).span(Units::default()),
            Span::Work(LONGEST)
        );
        assert_eq!(minutes(-30), (0, true));
        assert_eq!(minutes(89), (1, true));
        assert_eq!(minutes(90), (2, true));
    }
}
