//! What quantities and dates in other people's writing are in the format's own: `5 days` is `5d`, `1.3.2026` is `2026-03-01`.
//!
//! Each function gives a text that may be what was meant, whether it certainly says the same, and a second text where it may as well
//! be that. Callers read them before they offer them.

use crate::spelling::plain;

/// What may have been meant.
pub(crate) struct Meant {
    pub(crate) text: String,
    /// Whether that is certain.
    pub(crate) certain: bool,
    /// What may have been meant as well, where the text can be read in two ways.
    pub(crate) other: Option<String>,
}

/// What was meant, if it can be read in one way only.
fn meant(text: String, certain: bool) -> Meant {
    let other = None;
    Meant { text, certain, other }
}

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
    ("em", &["em", "emin", "emins", "me"]),
    ("eh", &["eh", "ehr", "ehrs", "ehour", "ehours", "he"]),
    ("ed", &["ed", "eday", "edays", "calendar day", "calendar days", "de"]),
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
            "we",
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
            "moe",
        ],
    ),
];

/// Units of elapsed time with the letters in the wrong order: certainly no others, but perhaps no such unit was meant.
const SWAPPED: [&str; 5] = ["me", "he", "de", "we", "moe"];

/// A duration, a lag or an amount of float: numbers with units, the largest first, or with `%`.
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
        certain &= !SWAPPED.contains(&word);
        parts.push(format!("{number}{unit}"));
        rest = rest[end..].trim_start();
    }
    let size = |part: &String| {
        let unit = part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        UNITS.iter().position(|(known, _)| *known == unit)
    };
    parts.sort_by_key(|part| std::cmp::Reverse(size(part)));
    (!parts.is_empty()).then(|| meant(format!("{sign}{}", parts.join(" ")), certain))
}

/// The runs of digits in a text, and what stands between them.
fn digits(text: &str) -> (Vec<&str>, Vec<&str>) {
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let between = text.split(|c: char| c.is_ascii_digit()).filter(|run| !run.is_empty());
    (numbers.collect(), between.collect())
}

/// A day: year first, or last where points, slashes or hyphens stand between.
fn day(text: &str) -> Option<Meant> {
    let (numbers, between) = digits(text);
    let written = |year: &str, month: &str, day: &str| format!("{year}-{month:0>2}-{day:0>2}");
    let is_month = |number: &str| number.parse::<u32>().is_ok_and(|n| n <= 12);
    match (numbers.as_slice(), between.as_slice()) {
        ([whole], []) if whole.len() == 8 => Some(meant(written(&whole[..4], &whole[4..6], &whole[6..]), false)),
        ([year, month, day], [a, b]) if year.len() == 4 && a == b && ["-", "/", "."].contains(a) => {
            Some(meant(written(year, month, day), true))
        }
        ([day, month, year], [".", "."]) if year.len() == 4 => Some(meant(written(year, month, day), true)),
        // The month stands first or second; only one of them can be above 12.
        ([one, two, year], [a, b]) if year.len() == 4 && a == b && ["/", "-"].contains(a) => {
            let (day_first, month_first) = (written(year, two, one), written(year, one, two));
            Some(match (is_month(one), is_month(two)) {
                (true, true) if day_first != month_first => Meant {
                    text: day_first,
                    certain: false,
                    other: Some(month_first),
                },
                (true, false) => meant(month_first, false),
                _ => meant(day_first, false),
            })
        }
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
    let day = day(date)?;
    let Some(time) = time else {
        return Some(day);
    };
    // Seconds and a zone say more than a programme holds.
    let whole = time.strip_suffix(['Z', 'z']).unwrap_or(time);
    let whole = whole.strip_suffix(":00").filter(|t| t.contains(':')).unwrap_or(whole);
    let hour = time_of_day(whole)?;
    let at = |day: String| format!("{day}T{}", hour.text);
    Some(Meant {
        text: at(day.text),
        certain: day.certain && hour.certain && whole == time,
        other: day.other.map(at),
    })
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
            Some(meant(format!("{hour:0>2}:{minute}"), true))
        }
        ([hour], []) if hour.len() <= 2 => Some(meant(format!("{hour:0>2}:00"), false)),
        ([whole], []) if whole.len() == 4 => Some(meant(format!("{}:{}", &whole[..2], &whole[2..]), false)),
        _ => None,
    }
}

/// A stretch of a day.
pub(crate) fn hours(text: &str) -> Option<Meant> {
    let plain = plain(text);
    let (from, to) = plain.split_once('-').or_else(|| plain.split_once(" to "))?;
    let (from, to) = (time_of_day(from)?, time_of_day(to)?);
    Some(meant(format!("{}-{}", from.text, to.text), from.certain && to.certain))
}

/// A window.
pub(crate) fn window(text: &str) -> Option<Meant> {
    let plain = plain(text).to_uppercase();
    if plain.len() > 60 {
        return None;
    }
    for between in ["/", " TO ", " - ", "..", "–"] {
        if let Some((first, last)) = plain.split_once(between)
            && let (Some(first), Some(last)) = (day(first.trim()), day(last.trim()))
        {
            // Both are written in one way: either has its months first, or neither.
            let other = match (&first.other, &last.other) {
                (None, None) => None,
                (one, two) => Some(format!(
                    "{}/{}",
                    one.as_ref().unwrap_or(&first.text),
                    two.as_ref().unwrap_or(&last.text)
                )),
            };
            return Some(Meant {
                text: format!("{}/{}", first.text, last.text),
                certain: first.certain && last.certain,
                other,
            });
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
    Some(meant(format!("{year}-{part:0>2}"), certain))
}

/// A calendar period.
pub(crate) fn period(text: &str) -> Option<Meant> {
    let plain = plain(text);
    if plain.len() > 40 {
        return None;
    }
    let upper = plain.to_uppercase().replace(' ', "");
    if upper.starts_with('P') {
        return Some(meant(upper, true));
    }
    let quantity = quantity(&plain.to_lowercase())?.text;
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
    Some(meant(format!("P{}", parts.concat()), false))
}

/// A language tag.
pub(crate) fn language(text: &str) -> Option<Meant> {
    let plain = plain(text);
    (plain.len() <= 40).then(|| meant(plain.replace(['_', ' '], "-"), true))
}
