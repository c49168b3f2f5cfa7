//! Where in a document something stands: an address by id for people, and a JSON Pointer by position for programs.

use std::fmt;
use std::str::FromStr;

/// An address in a document, by id and not by position: `activity training / after design / lag`.
///
/// Segments are joined by ` / `. Each names what kind of thing it is and its id; the last may name a field alone. Where an id
/// stands twice in one list, the second is written `id#2`. The programme itself is `programme`.
///
/// ```
/// use framdrift_model::place::Address;
///
/// let address: Address = "deliverable guideline / version v2".parse().unwrap();
/// assert_eq!(address.segments().len(), 2);
/// assert_eq!(address.segments()[1].id(), Some("v2"));
/// assert_eq!(address.to_string(), "deliverable guideline / version v2");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(Vec<Segment>);

/// A step of an [`Address`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Segment {
    noun: Box<str>,
    id: Option<Box<str>>,
}

impl Segment {
    /// What kind of thing it is (`activity`), or a field's key (`lag`).
    #[must_use]
    pub fn noun(&self) -> &str {
        &self.noun
    }

    /// Its id; none for a field.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }
}

impl Address {
    /// The programme itself.
    #[must_use]
    pub fn programme() -> Self {
        Self::default()
    }

    /// The steps from the programme down.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// The address of the entry `id` below this one.
    #[must_use]
    pub fn entry(mut self, noun: &str, id: &str) -> Self {
        self.0.push(Segment {
            noun: noun.into(),
            id: Some(id.into()),
        });
        self
    }

    /// The address of a field below this one.
    #[must_use]
    pub fn field(mut self, key: &str) -> Self {
        self.0.push(Segment {
            noun: key.into(),
            id: None,
        });
        self
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("programme");
        }
        for (i, segment) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" / ")?;
            }
            f.write_str(&segment.noun)?;
            if let Some(id) = &segment.id {
                write!(f, " {id}")?;
            }
        }
        Ok(())
    }
}

/// The text is not an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not an address; write one like `activity training` or `deliverable guideline / version v2`")]
pub struct BadAddress {
    text: String,
}

impl FromStr for Address {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, BadAddress> {
        if text.trim() == "programme" {
            return Ok(Self::programme());
        }
        let segment = |part: &str| -> Option<Segment> {
            let mut words = part.split_whitespace();
            let noun = words.next()?.into();
            let id = words.next().map(Into::into);
            words.next().is_none().then_some(Segment { noun, id })
        };
        let parts: Option<Vec<_>> = text.split(" / ").map(segment).collect();
        parts.map(Self).ok_or_else(|| BadAddress { text: text.into() })
    }
}

/// A place in a document: its address for people and its JSON Pointer (RFC 6901) for programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// By position: `/activities/3/after/0/lag`.
    pub pointer: String,
    /// By id: `activity training / after design / lag`.
    pub address: Address,
}

impl Place {
    /// The programme itself.
    #[must_use]
    pub fn programme() -> Self {
        Self::default()
    }

    /// The entry at `index` of the list under `key`.
    #[must_use]
    pub fn entry(mut self, key: &str, index: usize, noun: &str, id: impl AsRef<str>) -> Self {
        use std::fmt::Write as _;
        // Writing to a `String` never fails.
        let _ = write!(self.pointer, "/{key}/{index}");
        self.address = self.address.entry(noun, id.as_ref());
        self
    }

    /// The field under `key`.
    #[must_use]
    pub fn field(mut self, key: &str) -> Self {
        self.pointer.push('/');
        self.pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        self.address = self.address.field(key);
        self
    }

    /// The value at `index` of a list of plain values under `key`.
    #[must_use]
    pub fn item(mut self, key: &str, index: usize) -> Self {
        use std::fmt::Write as _;
        let _ = write!(self.pointer, "/{key}/{index}");
        self.address = self.address.field(key);
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.address, f)
    }
}
