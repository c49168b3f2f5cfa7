//! Amounts of time as planners write them, without changing them. They are counted in tenths of minutes, as MS Project does.

use framdrift_model::quantity::{Distance, Duration, LONGEST, Units};

/// Tenths of a minute in a minute.
pub(crate) const TENTHS: i64 = 10;

/// A duration of so many tenths of minutes: in the unit that is wanted where three decimals say it exactly, else in minutes. `unit`
/// is one of a programme's own: working ones `m h d w mo`, or civil ones `em eh ed ew emo`. Negative and overlong ones are brought
/// into bounds.
pub(crate) fn duration(tenths: i64, unit: &str, units: Units) -> Duration {
    let text = written(tenths.clamp(0, LONGEST * TENTHS), unit, units);
    // INVARIANT: `written` gives a number of at most nine digits and three decimals, and a unit.
    text.parse().expect("a number of minutes is a duration")
}

/// A lag of so many tenths of minutes, likewise; negative ones are leads.
pub(crate) fn distance(tenths: i64, unit: &str, units: Units) -> Distance {
    let text = written(tenths.clamp(-LONGEST * TENTHS, LONGEST * TENTHS), unit, units);
    // INVARIANT: as above.
    text.parse().expect("a number of minutes is a lag")
}

fn written(tenths: i64, unit: &str, units: Units) -> String {
    let (unit, size) = match unit {
        "h" | "eh" => (unit, 60),
        "d" => (unit, units.day),
        "w" => (unit, units.week),
        "mo" => (unit, units.month),
        "ed" => (unit, 1_440),
        "ew" => (unit, 10_080),
        "emo" => (unit, 43_200),
        other if other.starts_with('e') => ("em", 1),
        _ => ("m", 1),
    };
    // INVARIANT: tenths are bounded, so this is far from overflowing.
    let (thousandths, unit) = match (tenths * 100) % size {
        0 => (tenths * 100 / size, unit),
        _ if unit.starts_with('e') => (tenths * 100, "em"),
        _ => (tenths * 100, "m"),
    };
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, part) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    let part = format!(".{part:03}");
    let part = part.trim_end_matches('0').trim_end_matches('.');
    format!("{sign}{whole}{part}{unit}")
}

/// Whether a number of tenths of minutes lies within what a programme holds.
pub(crate) fn is_bounded(tenths: i64) -> bool {
    (-LONGEST * TENTHS..=LONGEST * TENTHS).contains(&tenths)
}

/// Seconds in tenths of minutes, the nearest; and whether any were cut.
pub(crate) fn tenths(seconds: i64) -> (i64, bool) {
    (
        seconds.div_euclid(6) + i64::from(seconds.rem_euclid(6) >= 3),
        seconds.rem_euclid(6) != 0,
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
            for tenths in [0, 1, 4, 6, 300, 590, 2_196, 2_250, 4_800, 22_500, 31_694, 527_039_990] {
                let minutes = (tenths + 5) / 10;
                let rest = (tenths - minutes * 10) as i8;
                for unit in ["m", "h", "d", "w", "mo"] {
                    let made = duration(tenths, unit, units);
                    assert_eq!(
                        (made.span(units), made.tenths(units)),
                        (Span::Work(minutes), rest),
                        "{tenths} {unit}"
                    );
                    let lead = distance(-tenths, unit, units);
                    assert_eq!(
                        (lead.lag(units), lead.tenths(units)),
                        (Lag::Work(-minutes), -rest),
                        "{tenths} {unit}"
                    );
                }
                for unit in ["em", "eh", "ed", "ew", "emo"] {
                    let made = duration(tenths, unit, units);
                    assert_eq!(
                        (made.span(units), made.tenths(units)),
                        (Span::Elapsed(minutes), rest),
                        "{tenths} {unit}"
                    );
                }
            }
        }
        assert_eq!(duration(7_200, "d", Units::default()).to_string(), "1.5d");
        assert_eq!(duration(1_600, "d", Units::default()).to_string(), "160m");
        assert_eq!(duration(966, "h", Units::default()).to_string(), "1.61h");
        assert_eq!(distance(-28_800, "ed", Units::default()).to_string(), "-2ed");
        assert_eq!(
            duration(i64::MAX, "d", Units::default()).span(Units::default()),
            Span::Work(LONGEST)
        );
        assert_eq!(tenths(-3), (0, true));
        assert_eq!(tenths(600), (100, false));
        assert_eq!(tenths(605), (101, true));
    }
}
