//! What quantities and dates in other people's writing are in the format's own: `5 days` is `5d`, `1.3.2026` is `2026-03-01`.
//!
//! Each function gives a text that may be what was meant, and whether it certainly says the same. Callers read it before they
//! offer it.

use crate::spelling::plain;

/// A text that may be what was meant, and whether it certainly is.
pub(crate) type Meant = (String, bool);

/// Units in words, by what the format calls them.
const UNITS: &[(&str, &[&str])] = &[
    (
        "m",
        &["m", "min", "mins", "minute", "minutes", "minut", "minuter", "minutter"],
    ),
    (
        "h",
        &["h", "hr", "hrs", "hour", "hours", "timme", "timmar", "time", "timer"],
    ),
    (
        "d",
        &[
            "d",
            "day",
            "days",
            "wd",
            "workday",
            "workdays",
            "dag",
            "dagar",
            "dager",
            "dage",
            "arbetsdag",
            "arbetsdagar",
        ],
    ),
    (
        "w",
        &[
            "w", "wk", "wks", "week", "weeks", "vecka", "veckor", "v", "uke", "uker", "uge", "uger",
        ],
    ),
    (
        "mo",
        &[
            "mo", "mon", "mons", "month", "months", "månad", "månader", "mån", "måned", "måneder",
        ],
    ),
    ("em", &["em", "emin", "emins"]),
    ("eh", &["eh", "ehr", "ehrs", "ehour", "ehours"]),
    ("ed", &["ed", "eday", "edays", "calendar day", "calendar days"]),
    (
        "ew",
        &[
            "ew",
            "ewk",
            "ewks",
            "eweek",
            "eweeks",
            "calendar week",
            "calendar weeks",
        ],
    ),
    (
        "emo",
        &[
            "emo",
            "emon",
            "emons",
            "emonth",
            "emonths",
            "calendar month",
            "calendar months",
        ],
    ),
];

/// A duration, a lag or an amount of float: numbers with units, or with `%`.
pub(crate) fn quantity(text: &str) -> Option<Meant> {
    if text.len() > 80 {
        return None;
    }
    let plain = plain(text);
    // `M` is a month in some notations and a minute in others.
    let mut certain = !plain.contains('M');
    let lower = plain.to_lowercase();
    let (sign, mut rest) = match lower.strip_prefix(['+', '-']) {
        Some(rest) => (&lower[..1], rest.trim_start()),
        None => ("", &*lower),
    };
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
            .unwrap_or(rest.len());
        let number = rest[..end].replace(',', ".");
        if number.is_empty() || number.starts_with('.') || number.ends_with('.') || number.matches('.').count() > 1 {
            return None;
        }
        // `2,500` may be two and a half or many.
        certain &= !(rest[..end].contains(',') && rest[..end].split(',').nth(1).is_some_and(|part| part.len() == 3));
        rest = rest[end..].trim_start();
        if let Some(after) = rest.strip_prefix('%') {
            parts.push(format!("{number}%"));
            rest = after.trim_start();
            continue;
        }
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches([' ', ',', '.']).trim_end_matches(" and");
        let unit = if word.is_empty() && parts.is_empty() && end == rest.len() {
            certain = false;
            "d"
        } else if word == "m" && plain.contains('M') {
            "mo"
        } else {
            UNITS.iter().find(|(_, words)| words.contains(&word))?.0
        };
        parts.push(format!("{number}{unit}"));
        rest = rest[end..].trim_start();
    }
    (!parts.is_empty()).then(|| (format!("{sign}{}", parts.join(" ")), certain))
}

/// The runs of digits in a text, and what stands between them.
fn digits(text: &str) -> (Vec<&str>, Vec<&str>) {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let between = text.split(|c: char| c.is_ascii_digit()).filter(|run| !run.is_empty());
    (numbers.collect(), between.collect())
}

/// A day: year first, or last where points or slashes stand between.
fn day(text: &str) -> Option<Meant> {
    let (numbers, between) = digits(text);
    let wide = |number: &str| format!("{number:0>2}");
    match (numbers.as_slice(), between.as_slice()) {
        ([whole], []) if whole.len() == 8 => Some((format!("{}-{}-{}", &whole[..4], &whole[4..6], &whole[6..]), false)),
        ([year, month, day], [a, b]) if year.len() == 4 && a == b && ["-", "/", "."].contains(a) => {
            Some((format!("{year}-{}-{}", wide(month), wide(day)), true))
        }
        ([day, month, year], [a, b]) if year.len() == 4 && a == b => match *a {
            "." | "-" => Some((format!("{year}-{}-{}", wide(month), wide(day)), *a == ".")),
            // The month stands first or second; only one of them can be above 12.
            "/" if day.parse::<u32>().is_ok_and(|n| n > 12) => {
                Some((format!("{year}-{}-{}", wide(month), wide(day)), false))
            }
            "/" => Some((format!("{year}-{}-{}", wide(day), wide(month)), false)),
            _ => None,
        },
        _ => None,
    }
}

/// A date, with or without a time of day.
pub(crate) fn date(text: &str) -> Option<Meant> {
    let plain = plain(text);
    if plain.len() > 40 {
        return None;
    }
    let at = plain.find(['T', 't', ' ']);
    let (date, time) = match at {
        Some(at) => (&plain[..at], Some(plain[at + 1..].trim())),
        None => (&*plain, None),
    };
    let (day, certain) = day(date)?;
    let Some(time) = time else {
        return Some((day, certain));
    };
    // Seconds and a zone say more than a programme holds.
    let whole = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    let whole = whole.strip_suffix(":00").filter(|t| t.contains(':')).unwrap_or(whole);
    let (time, same) = time_of_day(whole)?;
    Some((format!("{day}T{time}"), certain && same && whole == time))
}

/// A time of day.
pub(crate) fn time_of_day(text: &str) -> Option<Meant> {
    let plain = plain(text);
    if plain.len() > 12 {
        return None;
    }
    let (numbers, between) = digits(&plain);
    match (numbers.as_slice(), between.as_slice()) {
        ([hour, minute], [":" | "."]) if hour.len() <= 2 && minute.len() == 2 => {
            Some((format!("{hour:0>2}:{minute}"), true))
        }
        ([hour], []) if hour.len() <= 2 => Some((format!("{hour:0>2}:00"), false)),
        ([whole], []) if whole.len() == 4 => Some((format!("{}:{}", &whole[..2], &whole[2..]), false)),
        _ => None,
    }
}

/// A stretch of a day.
pub(crate) fn hours(text: &str) -> Option<Meant> {
    let plain = plain(text);
    let (from, to) = plain.split_once('-').or_else(|| plain.split_once(" to "))?;
    let ((from, one), (to, other)) = (time_of_day(from)?, time_of_day(to)?);
    Some((format!("{from}-{to}"), one && other))
}

/// A window.
pub(crate) fn window(text: &str) -> Option<Meant> {
    let plain = plain(text).to_uppercase();
    if plain.len() > 60 {
        return None;
    }
    for between in ["/", " TO ", " - ", "..", "–"] {
        if let Some((first, last)) = plain.split_once(between)
            && let (Some((first, one)), Some((last, other))) = (day(first.trim()), day(last.trim()))
        {
            return Some((format!("{first}/{last}"), one && other));
        }
    }
    if let Some(found) = day(&plain) {
        return Some(found);
    }
    let words: Vec<&str> = plain
        .split([' ', '-', '/', '.'])
        .filter(|word| !word.is_empty())
        .collect();
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let (year, part) = match words.as_slice() {
        [year, part] if is_year(year) => (*year, *part),
        [part, year] if is_year(year) => (*year, *part),
        [whole] if whole.len() > 4 && whole.is_ascii() && is_year(&whole[..4]) => whole.split_at(4),
        _ => return None,
    };
    let certain = part.starts_with(['Q', 'H']);
    Some((format!("{year}-{part:0>2}"), certain))
}

/// A calendar period.
pub(crate) fn period(text: &str) -> Option<Meant> {
    let plain = plain(text);
    if plain.len() > 40 {
        return None;
    }
    let upper = plain.to_uppercase().replace(' ', "");
    if upper.starts_with('P') {
        return Some((upper, true));
    }
    let (quantity, _) = quantity(&plain.to_lowercase())?;
    let mut parts = [0_u8, 1, 2, 3].map(|_| String::new());
    for word in quantity.split(' ') {
        let at = word.find(|c: char| c.is_ascii_alphabetic())?;
        let (place, letter) = match &word[at..] {
            "mo" | "emo" => (1, 'M'),
            "w" | "ew" => (2, 'W'),
            "d" | "ed" => (3, 'D'),
            _ => return None,
        };
        // A number alone has no unit to be taken for.
        if plain.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        parts[place] = format!("{}{letter}", &word[..at]);
    }
    Some((format!("P{}", parts.concat()), false))
}

/// A language tag.
pub(crate) fn language(text: &str) -> Option<Meant> {
    let plain = plain(text);
    (plain.len() <= 40).then(|| (plain.replace(['_', ' '], "-"), true))
}
