//! An example programme as text, with the places where faults can be put.

use std::ops::Range;

/// Numbers that only look random: the same for the same seed.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5DEE_CE66)
    }

    /// A number below `most`, which is above 0.
    pub(super) fn below(&mut self, most: usize) -> usize {
        // Splitmix64.
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        (!from.is_empty()).then(|| &from[self.below(from.len())])
    }
}

/// A key with a single plain value, or a plain entry of a list between brackets under it.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) key: Range<usize>,
    pub(super) value: Range<usize>,
    /// Whether it stands between brackets.
    pub(super) flow: bool,
    /// Whether the value is one entry of a list.
    pub(super) entry: bool,
}

pub(super) struct Text {
    pub(super) text: String,
    pub(super) fields: Vec<Field>,
}

impl Text {
    pub(super) fn of(text: &str) -> Self {
        let mut fields = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if !line.trim_start().starts_with('#') {
                fields_of(line, start, &mut fields);
            }
            start += line.len();
        }
        Self {
            text: text.to_owned(),
            fields,
        }
    }

    pub(super) fn key(&self, field: &Field) -> &str {
        &self.text[field.key.clone()]
    }

    pub(super) fn value(&self, field: &Field) -> &str {
        &self.text[field.value.clone()]
    }

    /// The line that a place stands on, counted from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count() + 1
    }

    /// The whole line around a place, its end included.
    pub(super) fn line_of(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |n| n + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |n| at + n + 1);
        start..end
    }

    /// The text with another in place of a stretch of it, as a fault on the line where that begins.
    pub(super) fn with(&self, range: Range<usize>, other: &str) -> super::Mutated {
        let line = self.line(range.start);
        let mut text = self.text.clone();
        text.replace_range(range, other);
        super::Mutated { text, line }
    }

    /// A field that fits, at random.
    pub(super) fn some(&self, chance: &mut Chance, fits: impl Fn(&Field) -> bool) -> Option<&Field> {
        let fitting: Vec<&Field> = self.fields.iter().filter(|f| fits(f)).collect();
        chance.pick(&fitting).copied()
    }

    /// Every place of a pattern.
    pub(super) fn places(&self, pattern: &str) -> Vec<usize> {
        self.text.match_indices(pattern).map(|(at, _)| at).collect()
    }
}

/// The fields of one line.
fn fields_of(line: &str, start: usize, out: &mut Vec<Field>) {
    let bytes = line.as_bytes();
    let in_key = |b: u8| b.is_ascii_lowercase() || b == b'-';
    let mut quoted = None;
    let mut depth = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b if Some(b) == quoted => quoted = None,
            _ if quoted.is_some() => {}
            b @ (b'"' | b'\'') if at == 0 || matches!(bytes[at - 1], b' ' | b'[' | b'{') => quoted = Some(b),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            b':' if bytes.get(at + 1) == Some(&b' ') => {
                let key = line[..at].bytes().rev().take_while(|b| in_key(*b)).count();
                let own = at - key;
                let begins = own == 0 || matches!(bytes[own - 1], b' ' | b'{');
                let value = at + 2;
                if key > 0 && begins {
                    let key = start + own..start + at;
                    let plain = |from: usize| {
                        let stops: &[char] = if depth > 0 || line[from..].starts_with('[') {
                            &[',', '}', ']', '\n', '{', '[', '"']
                        } else {
                            &['\n', '{', '[', '"']
                        };
                        let length = line[from..].find(stops).unwrap_or(line.len() - from);
                        from..from + line[from..from + length].trim_end().len()
                    };
                    if bytes.get(value) == Some(&b'[') {
                        let close = line[value..].find(']').map_or(line.len(), |n| value + n);
                        let mut entry = value + 1;
                        while entry < close {
                            let range = plain(entry);
                            if !range.is_empty() && range.end <= close && !line[range.clone()].contains(':') {
                                out.push(Field {
                                    key: key.clone(),
                                    value: start + range.start..start + range.end,
                                    flow: true,
                                    entry: true,
                                });
                            } else {
                                break;
                            }
                            entry = range.end + if line[range.end..].starts_with(", ") { 2 } else { close };
                        }
                    } else {
                        let range = plain(value);
                        let next = bytes.get(range.end).copied().unwrap_or(b'\n');
                        if !range.is_empty() && matches!(next, b',' | b'}' | b'\n' | b']') {
                            out.push(Field {
                                key,
                                value: start + range.start..start + range.end,
                                flow: depth > 0,
                                entry: false,
                            });
                        }
                    }
                }
            }
            _ => {}
        }
        at += 1;
    }
}
