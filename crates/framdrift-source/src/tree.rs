//! A text's values, each with its place.
//!
//! Both readers build the same [`Tree`], so everything after them is blind to the format. Nothing is interpreted
//! here beyond what the format itself says: duplicate keys are kept, and a plain YAML scalar keeps its spelling
//! beside the meaning YAML's core schema gives it, because only the document's shape knows whether `0123` is a name
//! or a number.

use std::sync::Arc;

/// A stretch of the text, in bytes from its first byte (a byte order mark included). The end is exclusive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The stretch from `start` to `end`.
    ///
    /// # Panics
    /// When an offset does not fit 32 bits; [`Limits::MAX_BYTES`](crate::limits::Limits::MAX_BYTES) rules that out.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let narrow = |offset| u32::try_from(offset).expect("a text's length is bounded below 4 GiB");
        Self {
            start: narrow(start),
            end: narrow(end.max(start)),
        }
    }

    /// The same as a range to slice the text with.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a text holds: one value, with places.
#[derive(Debug)]
#[non_exhaustive]
pub struct Tree {
    /// The outermost value.
    pub root: Node,
    /// Where reading stopped, when damage stopped it. Every list and table whose span ends here was still open: what
    /// is missing from it may only be unread.
    pub cut: Option<u32>,
}

impl Tree {
    /// Whether the list or table `node` may lack entries because reading stopped inside it.
    #[must_use]
    pub fn is_cut(&self, node: &Node) -> bool {
        self.cut.is_some_and(|cut| node.span.end >= cut)
    }
}

/// One value and where it stands.
#[derive(Debug)]
pub struct Node {
    /// The value's place: quotes, brackets and a block scalar's header included, blanks and comments around it not.
    /// Empty, right after the `:` or `-`, for a value that is left out.
    pub span: Span,
    /// The value.
    pub value: Kind,
}

/// The kinds of value.
#[derive(Debug)]
pub enum Kind {
    /// A single value.
    Scalar(Scalar),
    /// A list.
    List(Box<[Node]>),
    /// A table, in the author's order, duplicate keys included.
    Table(Box<[Member]>),
    /// Something stands here that could not be read, and a fault says so. Rules stay silent about it.
    Unreadable,
}

/// A key and its value.
#[derive(Debug)]
pub struct Member {
    /// The key, unescaped. Equal keys usually share one allocation.
    pub key: Arc<str>,
    /// The key's place, quotes included.
    pub key_span: Span,
    /// What stands under the key.
    pub value: Node,
}

/// A single value: its text, and what the format takes it for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The content, unescaped and without quotes.
    pub text: Box<str>,
    /// What the format takes it for.
    pub form: Form,
    /// Whether it is a YAML plain scalar: unquoted, and so to be taken as text where the shape wants text.
    pub plain: bool,
}

/// What a format takes a scalar for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Nothing: `null`, in YAML also `~` and nothing at all.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number, of any size.
    Integer,
    /// Any other number; in YAML also `.inf` and `.nan`.
    Float,
    /// Text.
    Text,
}

impl Scalar {
    /// A YAML plain scalar, judged by the core schema of YAML 1.2.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.into(),
            form: Form::of_plain(text),
            plain: true,
        }
    }

    /// The scalar as text, where the shape wants text: quoted text, or a plain scalar as it was spelt
    /// (`NO`, `0123`, `2026-03-01`). `None` for a null, and for JSON's numbers and booleans.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        (self.form == Form::Text || (self.plain && self.form != Form::Null)).then_some(&*self.text)
    }

    /// The boolean it is, if it is one.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match self.form {
            Form::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// The whole number it is, if it is one and fits 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        if self.form != Form::Integer {
            return None;
        }
        if let Some(digits) = self.text.strip_prefix("0o") {
            i64::from_str_radix(digits, 8).ok()
        } else if let Some(digits) = self.text.strip_prefix("0x") {
            i64::from_str_radix(digits, 16).ok()
        } else {
            self.text.parse().ok()
        }
    }

    /// The number it is, if it is one, to the precision of a 64-bit float. May be infinite or NaN in YAML.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a float is asked for")]
    pub fn as_f64(&self) -> Option<f64> {
        match self.form {
            Form::Integer => match self.as_i64() {
                Some(number) => Some(number as f64),
                None => match self.text.get(..2) {
                    Some("0o") => Some(by_radix(&self.text[2..], 8)),
                    Some("0x") => Some(by_radix(&self.text[2..], 16)),
                    _ => self.text.parse().ok(),
                },
            },
            Form::Float => {
                let (sign, body) = match self.text.strip_prefix(['+', '-']) {
                    Some(rest) if self.text.starts_with('-') => (-1.0, rest),
                    Some(rest) => (1.0, rest),
                    None => (1.0, &*self.text),
                };
                match body {
                    ".inf" | ".Inf" | ".INF" => Some(sign * f64::INFINITY),
                    ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
                    _ => self.text.parse().ok(),
                }
            }
            _ => None,
        }
    }
}

/// The value of digits that do not fit an `i64`.
fn by_radix(digits: &str, radix: u8) -> f64 {
    digits.chars().fold(0.0, |sum, c| {
        sum * f64::from(radix) + f64::from(c.to_digit(u32::from(radix)).unwrap_or(0))
    })
}

impl Form {
    /// What YAML 1.2's core schema takes the plain scalar `text` for (YAML 1.2.2, section 10.3.2).
    #[must_use]
    pub fn of_plain(text: &str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Self::Null,
            "true" | "True" | "TRUE" => return Self::Bool(true),
            "false" | "False" | "FALSE" => return Self::Bool(false),
            ".nan" | ".NaN" | ".NAN" => return Self::Float,
            _ => {}
        }
        let all = |digits: &str, ok: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(ok);
        if let Some(digits) = text.strip_prefix("0o") {
            return if all(digits, |b| matches!(b, b'0'..=b'7')) {
                Self::Integer
            } else {
                Self::Text
            };
        }
        if let Some(digits) = text.strip_prefix("0x") {
            return if all(digits, u8::is_ascii_hexdigit) {
                Self::Integer
            } else {
                Self::Text
            };
        }
        let body = text.strip_prefix(['+', '-']).unwrap_or(text);
        if matches!(body, ".inf" | ".Inf" | ".INF") {
            return Self::Float;
        }
        if all(body, u8::is_ascii_digit) {
            return Self::Integer;
        }
        let (mantissa, exponent) = match body.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent)),
            None => (body, None),
        };
        if exponent.is_some_and(|e| !all(e.strip_prefix(['+', '-']).unwrap_or(e), u8::is_ascii_digit)) {
            return Self::Text;
        }
        let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        let enough = if whole.is_empty() { !part.is_empty() } else { true };
        if enough && digits(whole) && digits(part) {
            Self::Float
        } else {
            Self::Text
        }
    }
}
