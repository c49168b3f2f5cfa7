//! A text that cannot be read as what it should be: what is wrong, what was expected, what was probably meant.

use std::fmt;

use crate::spelling::unusual;

/// A text that is not what it was read as: the error of every [`FromStr`](std::str::FromStr) of this crate's scalars.
///
/// Its [`Display`](fmt::Display) is one line with all of it. It is `Send`, `Sync` and owns its texts, so that `?` takes it into any
/// error type.
///
/// ```
/// use framdrift_model::quantity::Duration;
///
/// let fault = "3 days".parse::<Duration>().unwrap_err();
/// assert_eq!(fault.text(), "3 days");
/// assert_eq!(fault.nearest(), Some("3d"));
/// assert_eq!(fault.to_string(), "`3 days` is not a duration; did you mean `3d`?");
///
/// let fault = "-3d".parse::<Duration>().unwrap_err();
/// assert_eq!(fault.wrong(), Some("a duration is never negative"));
///
/// fn of_three_days() -> Result<Duration, Box<dyn std::error::Error + Send + Sync + 'static>> {
///     Ok("3d".parse()?)
/// }
/// assert_eq!(of_three_days().unwrap(), Duration::days(3));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Malformed {
    text: Box<str>,
    noun: &'static str,
    wrong: Option<Box<str>>,
    expected: Box<str>,
    nearest: Option<(Box<str>, bool)>,
    other: Option<Box<str>>,
}

impl Malformed {
    /// A text that is not what `noun` says; `expected` is what is, as in «a date such as `2026-03-01`».
    #[must_use]
    pub fn new(text: &str, noun: &'static str, expected: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            noun,
            wrong: None,
            expected: expected.into(),
            nearest: None,
            other: None,
        }
    }

    /// The same, with what is wrong besides the form.
    #[must_use]
    pub fn because(mut self, wrong: impl Into<Box<str>>) -> Self {
        self.wrong = Some(wrong.into());
        self
    }

    /// The same, with what was probably meant: certainly where it is the same thing written as it should be.
    #[must_use]
    pub fn meant(mut self, nearest: impl Into<Box<str>>, certainly: bool) -> Self {
        self.nearest = Some((nearest.into(), certainly));
        self
    }

    /// The same, with what may have been meant as well as [`Malformed::nearest`]: the text can be read in two ways, and nothing says
    /// which.
    ///
    /// ```
    /// use framdrift_model::date::Date;
    ///
    /// let fault = "03/04/2026".parse::<Date>().unwrap_err();
    /// assert_eq!((fault.nearest(), fault.other()), (Some("2026-04-03"), Some("2026-03-04")));
    /// assert_eq!(fault.certain(), None);
    /// assert_eq!(fault.help(), "did you mean `2026-04-03` or `2026-03-04`?");
    /// ```
    #[must_use]
    pub fn or(mut self, other: impl Into<Box<str>>) -> Self {
        self.other = Some(other.into());
        self
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it was read as: `date`, `duration`.
    #[must_use]
    pub const fn noun(&self) -> &'static str {
        self.noun
    }

    /// What is wrong, where it is not simply written in another form.
    #[must_use]
    pub fn wrong(&self) -> Option<&str> {
        self.wrong.as_deref()
    }

    /// What was expected: «a date such as `2026-03-01`».
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }

    /// What was probably meant.
    #[must_use]
    pub fn nearest(&self) -> Option<&str> {
        self.nearest.as_ref().map(|(nearest, _)| &**nearest)
    }

    /// What may have been meant as well, where the text can be read in two ways.
    #[must_use]
    pub fn other(&self) -> Option<&str> {
        self.other.as_deref()
    }

    /// What can safely stand in the text's stead: [`Malformed::nearest`], where that is the same thing written as it should be.
    #[must_use]
    pub fn certain(&self) -> Option<&str> {
        let nearest = self
            .nearest
            .as_ref()
            .filter(|(_, certainly)| *certainly && self.other.is_none());
        nearest.map(|(nearest, _)| &**nearest)
    }

    /// What helps, in one line: what was probably meant, else what was expected.
    #[must_use]
    pub fn help(&self) -> String {
        match (self.nearest(), unusual(&self.text)) {
            (Some(near), _) => match self.other() {
                Some(other) => crate::spelling::did_you_mean(&self.text, &format!("{near}` or `{other}")),
                None => crate::spelling::did_you_mean(&self.text, near),
            },
            (None, Some(unusual)) => format!("{unusual}; expected {}", self.expected),
            (None, None) => format!("expected {}", self.expected),
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn message(&self) -> String {
        let (text, noun) = (shortened(&self.text), crate::spelling::a(self.noun));
        match &self.wrong {
            Some(wrong) => format!("`{text}` is not {noun}: {wrong}"),
            None => format!("`{text}` is not {noun}"),
        }
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.message(), self.help())
    }
}

impl std::error::Error for Malformed {}

/// Ids are read whatever they are; validation looks at them.
impl From<std::convert::Infallible> for Malformed {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// The error of a text that is none of a few words.
#[doc(hidden)]
#[must_use]
pub fn of_words(text: &str, noun: &'static str, words: &[&'static str]) -> Malformed {
    let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    let fault = Malformed::new(text, noun, format!("one of {}", listed.join(", ")));
    match crate::nearest::Nearest::default().find(text, words.iter().copied()) {
        Some(near) => fault.meant(near, true),
        None => fault,
    }
}

/// What is wrong with a text besides its form, where something is.
pub(crate) type Wrong = Option<String>;

/// The error of a text that `read` did not read. Offers what `mend` makes of it, if that can be read.
pub(crate) fn malformed<T>(
    text: &str,
    (noun, expected): (&'static str, &'static str),
    wrong: Wrong,
    read: fn(&str) -> Result<T, Wrong>,
    mend: fn(&str) -> Option<crate::mend::Meant>,
) -> Malformed {
    let fault = Malformed::new(text, noun, expected);
    let meant = mend(text).filter(|meant| meant.text != text).map(|meant| {
        // Of two ways to read it, only one may be possible.
        let other = meant.other.filter(|other| read(other).is_ok());
        match (read(&meant.text).map(drop), other) {
            (Err(_), Some(other)) => (Ok(()), other, false, None),
            (said, other) => (said, meant.text, meant.certain, other),
        }
    });
    match (wrong, meant) {
        (wrong, Some((Ok(()), meant, certainly, other))) => {
            let mut fault = fault.meant(meant, certainly);
            if let Some(other) = other {
                fault = fault.or(other);
            }
            match wrong {
                Some(wrong) => fault.because(wrong),
                None => fault,
            }
        }
        // Written otherwise it is still impossible, and that is what is worth saying.
        (Some(wrong), _) | (None, Some((Err(Some(wrong)), ..))) => fault.because(wrong),
        (None, _) => fault,
    }
}

/// A text in one line of a message, which may be as long as a file: its first 60 characters, control characters spelled out.
///
/// ```
/// use framdrift_model::malformed::shortened;
///
/// assert_eq!(shortened("3 days\n"), "3 days\\n");
/// assert_eq!(shortened(&"x".repeat(100)).chars().count(), 61);
/// ```
#[must_use]
pub fn shortened(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == 60 {
            out.push('…');
            break;
        }
        if c.is_control() {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}
