//! Texts in pictures: what may stand in them, how wide they are, and where they are cut.

use framdrift_model::time::Minute;

/// A length in tenths of a pixel. Whole numbers, so that every machine writes the same picture.
pub type Tenths = i64;

/// The text on one line: white space becomes single spaces, control and direction marks go, and from `most` characters on it is
/// cut with an ellipsis.
///
/// ```
/// assert_eq!(framdrift_interchange::text::line("Flytt\u{7}a\n  hem", 20), "Flytta hem");
/// assert_eq!(framdrift_interchange::text::line("Ålesund og Tromsø", 8), "Ålesund…");
/// ```
#[must_use]
pub fn line(text: &str, most: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if is_mark(c) {
            continue;
        }
        let needed = if gap && count > 0 { 2 } else { 1 };
        if count + needed > most {
            while count >= most && out.pop().is_some() {
                count -= 1;
            }
            out.truncate(out.trim_end().len());
            out.push('…');
            return out;
        }
        if needed == 2 {
            out.push(' ');
        }
        out.push(c);
        count += needed;
        gap = false;
    }
    out
}

/// Whether a character may not stand in a picture: controls, marks that turn the direction of text, and what XML forbids.
fn is_mark(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || (c as u32) & 0xFFFE == 0xFFFE
}

/// How wide a line of text is in a face with the metrics of Helvetica and Arial, at a font size in tenths of a pixel.
///
/// Latin letters have the published widths of these faces; for other scripts the estimate is on the wide side.
///
/// ```
/// use framdrift_interchange::text::width;
///
/// assert_eq!(width("ab", 100, false), 112, "two letters of 0.556 em at 10 pixels, rounded up");
/// ```
#[must_use]
pub fn width(text: &str, size: Tenths, bold: bool) -> Tenths {
    let thousandths: i64 = text.chars().map(|c| advance(c, bold)).sum();
    (thousandths * size + 999) / 1_000
}

/// The text, cut with an ellipsis so that it is at most `most` wide; at the end of a word where one is near. Empty where not even
/// the ellipsis fits.
///
/// # Complexity
/// O(characters).
#[must_use]
pub fn fit(text: &str, size: Tenths, bold: bool, most: Tenths) -> String {
    if width(text, size, bold) <= most {
        return text.to_owned();
    }
    let room = most * 1_000 / size.max(1) - advance('…', bold);
    if room < 0 {
        return String::new();
    }
    let (mut used, mut end) = (0, 0);
    for (at, c) in text.char_indices() {
        used += advance(c, bold);
        if used > room {
            break;
        }
        end = at + c.len_utf8();
    }
    let kept = &text[..end];
    // A word's end in the last third is better than the middle of a word.
    let whole_words = kept
        .rfind(' ')
        .filter(|at| at * 3 >= end * 2 && !text[end..].starts_with(' '));
    let kept = &kept[..whole_words.unwrap_or(end)];
    format!("{}…", kept.trim_end_matches([' ', '–', '-', ',', ':', '·']))
}

/// The civil date on which something ends: midnight ends the day before.
pub(crate) fn last_day(start: Minute, finish: Minute) -> Minute {
    let ends_at_midnight = finish > start && finish.day_and_minute().1 == 0;
    if ends_at_midnight { finish.plus(-1) } else { finish }
}

/// A civil date.
pub(crate) fn iso(at: Minute) -> String {
    at.date().to_string()
}

fn advance(c: char, bold: bool) -> i64 {
    let tables = if bold { &BOLD } else { &REGULAR };
    let code = c as usize;
    match code {
        0x20..=0x7E => i64::from(tables.0[code - 0x20]),
        0xA0..=0xFF => i64::from(tables.1[code - 0xA0]),
        0x2013 => 556,
        0x2018..=0x2019 => 278,
        0x201C..=0x201D => 500,
        0x0300..=0x036F => 0,
        0x0100..=0x024F => 722,
        0x0370..=0x052F => 778,
        _ => 1_000,
    }
}

type Advances = ([u16; 95], [u16; 96]);

/// Printable ASCII, then the upper half of Latin-1, in thousandths of the font size.
const REGULAR: Advances = (
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667,
        556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556,
        556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722,
        500, 500, 500, 334, 260, 334, 584,
    ],
    [
        278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 552, 400, 549, 333, 333, 333, 576,
        537, 333, 333, 333, 365, 556, 834, 834, 834, 611, 667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667,
        278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611, 556, 556,
        556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278, 556, 556, 556, 556, 556, 556, 556, 549,
        611, 556, 556, 556, 556, 500, 556, 500,
    ],
);

/// As [`REGULAR`], for bold type.
const BOLD: Advances = (
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
        556, 556, 556, 556, 333, 333, 584, 584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722,
        611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556, 333, 556,
        611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778,
        556, 556, 500, 389, 280, 389, 584,
    ],
    [
        278, 333, 556, 556, 556, 556, 280, 556, 333, 737, 370, 556, 584, 333, 737, 552, 400, 549, 333, 333, 333, 576,
        556, 333, 333, 333, 365, 556, 834, 834, 834, 611, 722, 722, 722, 722, 722, 722, 1000, 722, 667, 667, 667, 667,
        278, 278, 278, 278, 722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611, 556, 556,
        556, 556, 556, 556, 889, 556, 556, 556, 556, 556, 278, 278, 278, 278, 611, 611, 611, 611, 611, 611, 611, 549,
        611, 611, 611, 611, 611, 556, 611, 556,
    ],
);
