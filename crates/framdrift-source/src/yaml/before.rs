//! What is looked at before the parser sees the text, because it would not tell.

use crate::build::Stop;
use crate::codes;
use crate::fault::Faults;
use crate::tree::Span;

/// Control characters make a text unreadable for people and other programs; YAML forbids them.
pub(super) fn characters(text: &str, base: usize, faults: &mut Faults) -> Result<(), Stop> {
    let bytes = text.as_bytes();
    let forbidden = |b: u8| (b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r')) || b == 0x7F;
    let mut at = base;
    while let Some(found) = bytes[at..].iter().position(|&b| forbidden(b)) {
        let start = at + found;
        at = start + bytes[start..].iter().take_while(|&&b| forbidden(b)).count();
        faults.push(
            codes::CONTROL_CHARACTER,
            Span::new(start, at),
            "a control character stands here",
            "delete it",
        );
    }
    if bytes[base..].contains(&0) { Err(Stop) } else { Ok(()) }
}

/// Directives stand before the document; only `%YAML 1.2` says nothing new.
pub(super) fn directives(text: &str, base: usize, faults: &mut Faults) {
    let mut start = base;
    for line in text[base..].split_inclusive(['\n', '\r']) {
        let content = line.trim_end();
        if content.starts_with('%') {
            let mut words = content.split_whitespace();
            let known = words.next() == Some("%YAML")
                && words.next() == Some("1.2")
                && words.next().is_none_or(|word| word.starts_with('#'));
            if !known {
                faults.push(
                    codes::YAML_DIRECTIVE,
                    Span::new(start, start + content.len()),
                    "directives are not read",
                    "remove this line; the file is read as YAML 1.2",
                );
            }
        } else if !content.is_empty() && !content.trim_start().starts_with('#') {
            return;
        }
        start += line.len();
    }
}
