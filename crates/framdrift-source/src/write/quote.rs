//! When a text needs quotes in YAML.
//!
//! YAML 1.2's core schema takes few texts for something else, but many readers in use still follow YAML 1.1, where
//! Norway's `NO` is false and `12:30` is 750. A text is therefore quoted when either would misread it. Dates stay
//! plain: `2026-03-01` is a date to YAML 1.1 too.

use std::fmt::Write as _;

use crate::tree::Form;

/// Whether a text can stand without quotes, in block style or, with `flow`, between brackets.
pub(super) fn is_plain(text: &str, flow: bool) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    let bytes = text.as_bytes();
    let begins_well = match first {
        '-' => bytes.get(1).is_some_and(|b| b.is_ascii_alphanumeric()),
        ' ' | '?' | ':' | ',' | '[' | ']' | '{' | '}' | '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@'
        | '`' => false,
        _ => true,
    };
    begins_well
        && last != ' '
        && last != ':'
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| needs_escape(c) || c > '\u{FFFF}')
        // The parser refuses ` -` before a comma or bracket, which YAML allows.
        && !(flow && (text.contains([',', '[', ']', '{', '}', ':', '#']) || text.contains(" -")))
        && Form::of_plain(text) == Form::Text
        && !misread_by_yaml_1_1(text)
}

/// Whether YAML 1.1's types take the text for something other than text or a date.
fn misread_by_yaml_1_1(text: &str) -> bool {
    const WORDS: [&str; 13] = [
        "y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<", "none",
    ];
    if text.len() <= 5 && WORDS.iter().any(|word| text.eq_ignore_ascii_case(word)) {
        return true;
    }
    let body = text.strip_prefix(['+', '-']).unwrap_or(text);
    if body.eq_ignore_ascii_case(".inf") || body.eq_ignore_ascii_case(".nan") {
        return true;
    }
    if let [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', rest @ ..] = body.as_bytes() {
        return rest.iter().all(|b| b.is_ascii_hexdigit() || *b == b'_');
    }
    // Whole numbers, floats and sexagesimals, with `_` and `,` between digits.
    let mantissa = body.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | ',' | '.' | ':'));
    if mantissa.len() == body.len() {
        return false;
    }
    let Some(exponent) = mantissa.strip_prefix(['e', 'E']) else {
        return mantissa.is_empty();
    };
    exponent
        .trim_start_matches(['+', '-'])
        .bytes()
        .all(|b| b.is_ascii_digit() || b == b'_')
}

/// Whether a character is written as an escape: control characters, and those that cannot be seen.
pub(super) fn needs_escape(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
        || matches!(c, '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FFFE}' | '\u{FFFF}')
        || matches!(c, '\u{E0000}'..='\u{E0FFF}')
        || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Writes a text in double quotes.
pub(super) fn double_quoted(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\0' => out.push_str("\\0"),
            _ if !needs_escape(c) => out.push(c),
            '\0'..='\u{FF}' => _ = write!(out, "\\x{:02X}", u32::from(c)),
            '\u{100}'..='\u{FFFF}' => _ = write!(out, "\\u{:04X}", u32::from(c)),
            _ => _ = write!(out, "\\U{:08X}", u32::from(c)),
        }
    }
    out.push('"');
}

/// Whether a text of several lines can be a literal block (`|`).
pub(super) fn is_literal(text: &str) -> bool {
    let mut lines = text.split('\n');
    let first = lines.find(|line| !line.is_empty());
    text.contains('\n')
        && first.is_some_and(|line| !line.starts_with(' '))
        && !text.contains(" \n")
        && !text.ends_with(' ')
        && !text.chars().any(|c| c != '\n' && needs_escape(c))
}
