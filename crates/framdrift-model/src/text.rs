//! Text for people: plain, or one text per language with a fallback.

use std::fmt;

use crate::malformed::Wrong;
use crate::spelling::plain;

/// Text for people.
///
/// ```
/// use framdrift_model::text::LocalText;
///
/// let title = LocalText::by_language([("sv", "Utbildning"), ("en", "Training")]);
/// assert_eq!(title.get(&["nb", "en"]), "Training");
/// assert_eq!(title.get(&["fi"]), "Utbildning", "no language fits: the author's first");
/// assert_eq!(LocalText::from("Training").get(&["sv"]), "Training");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LocalText {
    /// One text, whatever the language.
    Plain(Box<str>),
    /// A text per language tag (BCP 47: `sv`, `nb`, `en`), in the author's order. Validation wants at least one.
    ByLanguage(Vec<(Box<str>, Box<str>)>),
}

impl LocalText {
    /// A table of texts by language, in the order given.
    #[must_use]
    pub fn by_language<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        Self::ByLanguage(texts.into_iter().map(|(tag, text)| (tag.into(), text.into())).collect())
    }

    /// The text in the first of `languages` that there is one for; where none fits, the author's first. An empty table is
    /// the empty text.
    ///
    /// A tag fits when it is equal, ignoring case, or when one of the two is the other's language alone (`sv` and `sv-FI`).
    #[must_use]
    pub fn get(&self, languages: &[&str]) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::ByLanguage(texts) => languages
                .iter()
                .find_map(|wanted| {
                    let exact = texts.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(wanted));
                    exact.or_else(|| {
                        texts
                            .iter()
                            .find(|(tag, _)| primary(tag).eq_ignore_ascii_case(primary(wanted)))
                    })
                })
                .or_else(|| texts.first())
                .map_or("", |(_, text)| text),
        }
    }
}

impl LocalText {
    /// Whether it says this in any language, in plain writing and whatever the case.
    ///
    /// ```
    /// use framdrift_model::text::LocalText;
    ///
    /// assert!(LocalText::from("Pack the boxes").says("pack the boxes"));
    /// ```
    #[must_use]
    pub fn says(&self, text: &str) -> bool {
        let text = plain(text).to_lowercase();
        let same = |own: &str| plain(own).to_lowercase() == text;
        match self {
            Self::Plain(own) => same(own),
            Self::ByLanguage(texts) => texts.iter().any(|(_, own)| same(own)),
        }
    }
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether `tag` looks like a language tag: 2 to 8 letters, then parts of 1 to 8 letters or digits after hyphens.
#[must_use]
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}

impl From<&str> for LocalText {
    fn from(text: &str) -> Self {
        Self::Plain(text.into())
    }
}

impl From<String> for LocalText {
    fn from(text: String) -> Self {
        Self::Plain(text.into())
    }
}

impl fmt::Display for LocalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.get(&[]))
    }
}

impl crate::shape::Shaped for LocalText {
    fn shape() -> crate::shape::Shape {
        crate::shape::Shape::LocalText
    }
}

/// A language tag (BCP 47), such as `sv` or `nb`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(Box<str>);

impl Language {
    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Language {
    fn read(text: &str) -> Result<Self, Wrong> {
        if is_language(text) {
            Ok(Self(text.into()))
        } else {
            Err(None)
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

crate::scalar!(Language, "language", expects "a language tag such as `sv`, `nb` or `en`", pattern "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", mend crate::mend::language);

crate::if_arbitrary! {
    impl<'a> crate::Arbitrary<'a> for Language {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            Ok(Self((*u.choose(&["sv", "nb", "en", "sv-FI"])?).into()))
        }
    }

    impl<'a> crate::Arbitrary<'a> for LocalText {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            if u.arbitrary()? {
                Ok(Self::Plain(u.arbitrary::<&str>()?.into()))
            } else {
                Ok(Self::by_language([("sv", u.arbitrary::<&str>()?), ("en", "x")]))
            }
        }
    }
}

#[cfg(feature = "serde")]
mod with_serde {
    use std::fmt;

    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
    use serde::ser::{Serialize, SerializeMap, Serializer};

    use super::{LocalText, is_language};

    impl Serialize for LocalText {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Plain(text) => serializer.serialize_str(text),
                Self::ByLanguage(texts) => {
                    let mut map = serializer.serialize_map(Some(texts.len()))?;
                    for (tag, text) in texts {
                        map.serialize_entry(tag, text)?;
                    }
                    map.end()
                }
            }
        }
    }

    impl<'de> Deserialize<'de> for LocalText {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct TextVisitor;

            impl<'de> Visitor<'de> for TextVisitor {
                type Value = LocalText;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("text, or a table of texts by language")
                }

                fn visit_str<E>(self, text: &str) -> Result<LocalText, E> {
                    Ok(text.into())
                }

                fn visit_string<E>(self, text: String) -> Result<LocalText, E> {
                    Ok(text.into())
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LocalText, A::Error> {
                    let mut texts: Vec<(Box<str>, Box<str>)> = Vec::new();
                    while let Some(tag) = map.next_key::<Box<str>>()? {
                        if !is_language(&tag) {
                            return Err(A::Error::custom(format_args!("`{tag}` is not a language tag")));
                        }
                        if texts.iter().any(|(known, _)| *known == tag) {
                            return Err(A::Error::custom(format_args!("duplicate key `{tag}`")));
                        }
                        texts.push((tag, map.next_value()?));
                    }
                    if texts.is_empty() {
                        return Err(A::Error::custom("a table of texts holds at least one"));
                    }
                    Ok(LocalText::ByLanguage(texts))
                }
            }

            deserializer.deserialize_any(TextVisitor)
        }
    }
}
