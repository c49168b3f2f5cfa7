//! Places in a YAML text.
//!
//! The parser counts characters and is generous with its spans: a quoted text takes the comment after it along, a
//! list begins after its first dash, a block scalar without its header. These are the exact ones, in bytes.

use saphyr_parser::Marker;

/// Turns the parser's character counts into byte offsets, in one sweep as long as places come roughly in order.
pub(super) struct Places<'t> {
    text: &'t [u8],
    base: usize,
    ascii: bool,
    chars: usize,
    byte: usize,
}

impl<'t> Places<'t> {
    /// The parser reads `text` from `base` on.
    pub(super) fn new(text: &'t str, base: usize) -> Self {
        let ascii = text.as_bytes()[base..].is_ascii();
        Self {
            text: text.as_bytes(),
            base,
            ascii,
            chars: 0,
            byte: base,
        }
    }

    /// The byte offset of a place.
    pub(super) fn byte(&mut self, mark: Marker) -> usize {
        let index = mark.index();
        if self.ascii {
            return (self.base + index).min(self.text.len());
        }
        let continues = |byte: usize| self.text.get(byte).is_some_and(|b| b & 0xC0 == 0x80);
        while self.chars < index && self.byte < self.text.len() {
            self.byte += 1;
            while continues(self.byte) {
                self.byte += 1;
            }
            self.chars += 1;
        }
        while self.chars > index {
            self.byte -= 1;
            while continues(self.byte) {
                self.byte -= 1;
            }
            self.chars -= 1;
        }
        self.byte
    }
}

/// The first byte from `at` on that is neither blank, line end nor comment.
pub(super) fn past_blanks(text: &[u8], mut at: usize) -> usize {
    loop {
        match text.get(at) {
            Some(b' ' | b'\t' | b'\n' | b'\r') => at += 1,
            Some(b'#') => {
                while !matches!(text.get(at), None | Some(b'\n' | b'\r')) {
                    at += 1;
                }
            }
            _ => return at,
        }
    }
}

/// The end of the anchor or tag that begins at `at`.
pub(super) fn property_end(text: &[u8], at: usize) -> usize {
    let verbatim = text[at..].starts_with(b"!<");
    let mut end = at + 1;
    while let Some(&byte) = text.get(end) {
        if verbatim && byte == b'>' {
            return end + 1;
        }
        let flow = matches!(byte, b',' | b'[' | b']' | b'{' | b'}');
        if matches!(byte, b' ' | b'\t' | b'\n' | b'\r') || (flow && !verbatim) {
            break;
        }
        end += 1;
    }
    end
}

/// The end of the quoted text that begins at `at`, its closing quote included.
pub(super) fn quoted_end(text: &[u8], at: usize) -> usize {
    let quote = text.get(at).copied().unwrap_or(b'"');
    let mut end = at + 1;
    while let Some(&byte) = text.get(end) {
        if byte == b'\\' && quote == b'"' {
            end += 2;
        } else if byte == quote {
            if quote == b'\'' && text.get(end + 1) == Some(&b'\'') {
                end += 2;
            } else {
                return end + 1;
            }
        } else {
            end += 1;
        }
    }
    text.len()
}

/// The end of what stands between `start` and `end`, without blanks and line ends after it.
pub(super) fn trimmed_end(text: &[u8], start: usize, end: usize) -> usize {
    let end = end.min(text.len());
    let inside = text.get(start..end).unwrap_or_default();
    let blanks = inside
        .iter()
        .rev()
        .take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
        .count();
    start.max(end - blanks)
}

/// The line around `at`, from its first byte to its line end.
pub(super) fn line_around(text: &[u8], at: usize) -> std::ops::Range<usize> {
    let at = at.min(text.len());
    let breaks = |b: &u8| matches!(b, b'\n' | b'\r');
    let start = text[..at].iter().rposition(breaks).map_or(0, |found| found + 1);
    let end = text[at..]
        .iter()
        .position(breaks)
        .map_or(text.len(), |found| at + found);
    start..end
}

/// The first tab in the indentation of the line around `at`.
pub(super) fn tab_in_indent(text: &[u8], at: usize) -> Option<usize> {
    let line = line_around(text, at);
    text[line.clone()]
        .iter()
        .take_while(|b| matches!(b, b' ' | b'\t'))
        .position(|&b| b == b'\t')
        .map(|found| line.start + found)
}

/// The first tab in the indentation of the line around `at` or of a later one.
pub(super) fn tab_in_later_indent(text: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    while at < text.len() {
        if let Some(tab) = tab_in_indent(text, at) {
            return Some(tab);
        }
        at = line_around(text, at).end + 1;
    }
    None
}

/// The end of the character that begins at `at`.
pub(super) fn char_end(text: &[u8], at: usize) -> usize {
    let rest = text.get(at + 1..).unwrap_or_default();
    let wide = rest.iter().take_while(|&&b| b & 0xC0 == 0x80).count();
    (at + 1 + wide).min(text.len().max(at))
}

/// The first character on the line around `at`, or else on the last line before it that is not blank, that is not what it looks like and stands where
/// YAML has signs of its own: a space of another kind, or a dash or quote at the beginning of an entry or value. With its name.
pub(super) fn lookalike(text: &[u8], at: usize) -> Option<(usize, String)> {
    let own = line_around(text, at);
    // Blank lines and comments before it have no say.
    let content = text[..own.start].iter().rposition(|b| !b.is_ascii_whitespace());
    let before = content.map(|at| line_around(text, at));
    let mut lines = std::iter::once(own).chain(before);
    lines.find_map(|line| {
        let content = std::str::from_utf8(&text[line.clone()]).ok()?;
        let mut begins = true;
        for (i, c) in content.char_indices() {
            let name = framdrift_model::spelling::name(c).filter(|_| c != '\t');
            let is_space =
                c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
            if let Some(name) = name.filter(|_| is_space || begins) {
                return Some((line.start + i, name));
            }
            begins = match c {
                ' ' => begins,
                '-' | ':' | ',' | '[' | '{' => true,
                _ => false,
            };
        }
        None
    })
}
