//! JSON's smallest parts: blanks, texts, numbers, words.

use std::borrow::Cow;

use super::Scanner;
use crate::build::Stop;
use crate::codes;
use crate::tree::{Form, Span};

/// Whether a word — nothing JSON knows by itself — can begin with this byte.
pub(super) fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'$') || (0xC3..0xE2).contains(&byte)
}

/// Advice for a word that is no value.
pub(super) fn word_help(word: &str) -> &'static str {
    match word {
        "True" | "TRUE" | "yes" | "Yes" | "on" => "write `true`",
        "False" | "FALSE" | "no" | "No" | "off" => "write `false`",
        "None" | "Null" | "NULL" | "nil" | "undefined" => "take the key away: what is left out says nothing",
        "NaN" | "Infinity" | "inf" | "nan" => "JSON has no such number",
        _ => "a text stands in double quotes",
    }
}

/// A word as it can be shown: short, and without control characters.
pub(super) fn shown(word: &str) -> String {
    let mut out = String::new();
    for (count, c) in word.chars().enumerate() {
        if count == 40 {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

impl<'t> Scanner<'t, '_> {
    /// Passes blanks, and comments under protest.
    pub(super) fn trivia(&mut self) -> Result<(), Stop> {
        loop {
            let from = self.pos;
            match self.peek() {
                Some(b' ' | b'\t' | b'\n' | b'\r') => {
                    self.pos += 1;
                    continue;
                }
                Some(b'#') => self.rest_of_line(),
                Some(b'/') if self.bytes.get(from + 1) == Some(&b'/') => self.rest_of_line(),
                Some(b'/') if self.bytes.get(from + 1) == Some(&b'*') => match self.text[from + 2..].find("*/") {
                    Some(length) => self.pos = from + 2 + length + 2,
                    None => {
                        let span = Span::new(from, from + 2);
                        self.faults
                            .push(codes::JSON_UNCLOSED, span, "this comment is never closed", "");
                        return Err(Stop);
                    }
                },
                _ => return Ok(()),
            }
            self.fault(
                codes::JSON_COMMENT,
                from,
                "JSON has no comments",
                "remove it, put it under an `x-` key, or write the file as YAML",
            );
        }
    }

    fn rest_of_line(&mut self) {
        let rest = &self.bytes[self.pos..];
        self.pos += rest
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r'))
            .unwrap_or(rest.len());
    }

    /// A run of letters, digits and signs. Takes at least one character.
    pub(super) fn word(&mut self) -> &'t str {
        let rest = &self.text[self.pos..];
        let length = rest
            .char_indices()
            .find(|&(at, c)| at > 0 && !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '+')))
            .map_or(rest.len(), |(at, _)| at);
        self.pos += length;
        &rest[..length]
    }

    /// A number, checked against JSON's grammar. `None` after a fault.
    pub(super) fn number(&mut self) -> Option<Form> {
        let from = self.pos;
        let word = self.word();
        match number_form(word) {
            Ok(form) => {
                let large = word.len() > 300 || (form == Form::Float && word.contains(['e', 'E']));
                if large && !word.parse::<f64>().is_ok_and(f64::is_finite) {
                    self.fault(
                        codes::JSON_NUMBER_RANGE,
                        from,
                        "this number is too large",
                        "the largest is about 1.8e308",
                    );
                    return None;
                }
                Some(form)
            }
            Err(help) => {
                self.fault(
                    codes::JSON_NUMBER,
                    from,
                    format!("`{}` is no number in JSON", shown(word)),
                    help,
                );
                None
            }
        }
    }

    /// A text; the current byte is its opening quote.
    pub(super) fn string(&mut self, quote: u8) -> Result<Cow<'t, str>, Stop> {
        let start = self.pos;
        self.pos += 1;
        let mut content = Cow::Borrowed("");
        let mut clean = true;
        loop {
            let from = self.pos;
            let rest = &self.bytes[from..];
            let length = rest
                .iter()
                .position(|&b| b == quote || b == b'\\' || b < 0x20)
                .unwrap_or(rest.len());
            self.pos += length;
            let piece = &self.text[from..self.pos];
            if content.is_empty() {
                content = Cow::Borrowed(piece);
            } else {
                content.to_mut().push_str(piece);
            }
            match self.peek() {
                Some(byte) if byte == quote => break,
                Some(b'\\') => {
                    let c = self.escape(quote);
                    content.to_mut().extend(c);
                }
                Some(byte) if !matches!(byte, b'\n' | b'\r') => {
                    let at = self.pos;
                    self.pos += 1;
                    if clean {
                        self.fault(
                            codes::CONTROL_CHARACTER,
                            at,
                            "a control character stands in this text",
                            if byte == b'\t' {
                                "write `\\t`"
                            } else {
                                "delete it, or write `\\u` and its number"
                            },
                        );
                    }
                    clean = false;
                    content.to_mut().push(char::from(byte));
                }
                _ => {
                    self.fault(
                        codes::JSON_UNCLOSED,
                        start,
                        "this text is not closed on its line",
                        "write its closing quote, and `\\n` for a line break inside",
                    );
                    return Err(Stop);
                }
            }
        }
        self.pos += 1;
        if quote == b'\'' {
            self.fault(
                codes::JSON_SINGLE_QUOTES,
                start,
                "a text stands in double quotes",
                "write `\"` for `'`",
            );
        }
        Ok(content)
    }

    /// An escape; the current byte is its backslash. `None` when it stands for nothing.
    fn escape(&mut self, quote: u8) -> Option<char> {
        let from = self.pos;
        self.pos += 1;
        let simple = match self.peek() {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'\'') if quote == b'\'' => '\'',
            Some(b'u') => return self.unicode_escape(from),
            _ => {
                self.fault(
                    codes::JSON_ESCAPE,
                    from,
                    "JSON has no such escape",
                    "write `\\\\` for a backslash",
                );
                return Some('\\');
            }
        };
        self.pos += 1;
        Some(simple)
    }

    fn unicode_escape(&mut self, from: usize) -> Option<char> {
        self.pos += 1;
        let Some(first) = self.hex4() else {
            self.fault(codes::JSON_ESCAPE, from, "`\\u` wants four hexadecimal digits", "");
            return None;
        };
        if let Some(c) = char::from_u32(first) {
            return Some(c);
        }
        let back = self.pos;
        if first < 0xDC00 && self.bytes[self.pos..].starts_with(b"\\u") {
            self.pos += 2;
            if let Some(second @ 0xDC00..=0xDFFF) = self.hex4() {
                return char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + (second - 0xDC00));
            }
            self.pos = back;
        }
        self.fault(
            codes::JSON_ESCAPE,
            from,
            "this is half of a character",
            "characters beyond U+FFFF are written as two `\\u` escapes, or as themselves",
        );
        Some('\u{FFFD}')
    }

    fn hex4(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.pos..self.pos + 4)?;
        let mut value = 0;
        for &digit in digits {
            value = value * 16 + char::from(digit).to_digit(16)?;
        }
        self.pos += 4;
        Some(value)
    }
}

/// Judges a number by RFC 8259, section 6; the error is advice.
fn number_form(word: &str) -> Result<Form, &'static str> {
    let digits = |s: &str| -> usize { s.bytes().take_while(u8::is_ascii_digit).count() };
    let body = word.strip_prefix('-').unwrap_or(word);
    let whole = digits(body);
    if whole == 0 {
        return Err(match body.as_bytes().first() {
            Some(b'+') => "remove the `+`",
            Some(b'.') => "write a `0` before the point",
            _ => "",
        });
    }
    if whole > 1 && body.starts_with('0') {
        return Err("remove the leading zero, or put it in quotes if it is a name");
    }
    let mut rest = &body[whole..];
    let mut form = Form::Integer;
    if let Some(part) = rest.strip_prefix('.') {
        let count = digits(part);
        if count == 0 {
            return Err("write a digit after the point");
        }
        form = Form::Float;
        rest = &part[count..];
    }
    if let Some(part) = rest.strip_prefix(['e', 'E']) {
        let part = part.strip_prefix(['+', '-']).unwrap_or(part);
        let count = digits(part);
        if count == 0 {
            return Err("write a digit after the `e`");
        }
        form = Form::Float;
        rest = &part[count..];
    }
    match rest.as_bytes().first() {
        None => Ok(form),
        Some(b'-' | b'_') => Err("a date, a name or a number with separators stands in double quotes"),
        Some(_) => Err("a quantity or a name stands in double quotes"),
    }
}
