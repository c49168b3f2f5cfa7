//! Faults and warnings about a document, as data.
//!
//! A [`Diagnostic`] says what is wrong ([`Code`], message), where ([`Place`]), what else is involved, what helps, and, where
//! it is safe, the text that mends it. [`Diagnostics`] collects them in document order.

use std::fmt;

use crate::place::Place;
use crate::shape::{Shape, Shaped};
use crate::value::Value;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document can be used, and something in it deserves a look.
    Warning,
    /// The document cannot be used.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What kind of fault it is: a stable name in kebab case, to be compared and never parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Code {
    name: &'static str,
    severity: Severity,
    summary: &'static str,
}

impl Code {
    /// The code of a fault.
    #[must_use]
    pub const fn error(name: &'static str, summary: &'static str) -> Self {
        Self {
            name,
            severity: Severity::Error,
            summary,
        }
    }

    /// The code of a warning.
    #[must_use]
    pub const fn warning(name: &'static str, summary: &'static str) -> Self {
        Self {
            name,
            severity: Severity::Warning,
            summary,
        }
    }

    /// The name: `duplicate-id`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(self) -> Severity {
        self.severity
    }

    /// What it means, in one sentence.
    #[must_use]
    pub const fn summary(self) -> &'static str {
        self.summary
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name)
    }
}

/// Another place that a diagnostic is about.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Related {
    /// The place.
    pub place: Place,
    /// What it has to do with it.
    pub message: String,
}

/// A fault or a warning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    code: Code,
    place: Place,
    message: String,
    help: Option<String>,
    related: Vec<Related>,
    fix: Option<String>,
}

impl Diagnostic {
    /// A diagnostic: one line, lower case, no full stop, the user's words in backticks.
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            place,
            message: message.into(),
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// Adds advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds advice where there is some.
    #[must_use]
    pub fn with_help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn with_related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related {
            place,
            message: message.into(),
        });
        self
    }

    /// Adds the text that can safely stand in the place's stead.
    #[must_use]
    pub fn with_fix(mut self, replacement: Option<impl Into<String>>) -> Self {
        self.fix = replacement.map(Into::into);
        self
    }

    /// The same diagnostic with other pointers, for a reader that knows how the document corresponds to its text.
    ///
    /// `related` gives one pointer for each related place, in order.
    #[must_use]
    pub fn at_pointers(mut self, own: String, related: Vec<String>) -> Self {
        self.place.pointer = own;
        for (place, pointer) in self.related.iter_mut().zip(related) {
            place.place.pointer = pointer;
        }
        self
    }

    /// What kind of fault it is.
    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity
    }

    /// Where it is.
    #[must_use]
    pub const fn place(&self) -> &Place {
        &self.place
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What helps.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// What else is involved.
    #[must_use]
    pub fn related(&self) -> &[Related] {
        &self.related
    }

    /// The text that can safely stand in the place's stead.
    #[must_use]
    pub fn fix(&self) -> Option<&str> {
        self.fix.as_deref()
    }

    /// For programs: `{"code", "severity", "message", "pointer", "address", "help", "related": [{"message", "pointer",
    /// "address"}], "fix"}`; help and fix are null where there is none. Whoever read the text adds lines and columns.
    ///
    /// ```
    /// use framdrift_model::codes;
    /// use framdrift_model::diagnostic::Diagnostic;
    /// use framdrift_model::place::Place;
    /// use framdrift_model::value::Value;
    ///
    /// let diagnostic = Diagnostic::new(codes::UNKNOWN_REFERENCE, Place::default(), "nothing here is called `plann`");
    /// let Value::Table(fields) = diagnostic.value() else { unreachable!() };
    /// assert_eq!(fields[0], ("code".to_owned(), Value::text("unknown-reference")));
    /// ```
    #[must_use]
    pub fn value(&self) -> Value {
        let related = self.related.iter().map(Related::value).collect();
        Value::table([
            ("code", Value::from(self.code.name())),
            ("severity", Value::text(self.severity())),
            ("message", Value::from(self.message())),
            ("pointer", Value::from(self.place.pointer.as_str())),
            ("address", Value::text(&self.place.address)),
            ("help", Value::text_or_null(self.help())),
            ("related", Value::List(related)),
            ("fix", Value::text_or_null(self.fix())),
        ])
    }
}

impl Related {
    /// For programs: `{"message", "pointer", "address"}`.
    #[must_use]
    pub fn value(&self) -> Value {
        Value::table([
            ("message", Value::from(self.message.as_str())),
            ("pointer", Value::from(self.place.pointer.as_str())),
            ("address", Value::text(&self.place.address)),
        ])
    }
}

crate::serialize_as_value!(Diagnostic, Related, Diagnostics);

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}[{}]: {}: {}",
            self.severity(),
            self.code,
            self.place,
            self.message
        )
    }
}

/// Diagnostics in document order: the first [`Diagnostics::KEPT`] are kept, faults before warnings, and the rest counted.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    kept: Vec<(Vec<u32>, Diagnostic)>,
    errors: usize,
    warnings: usize,
    sorted: bool,
}

impl Diagnostics {
    /// How many are kept.
    pub const KEPT: usize = 10_000;

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        match diagnostic.severity() {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.kept.push((document_order(&diagnostic.place.pointer), diagnostic));
        self.sorted = false;
        if self.kept.len() >= 2 * Self::KEPT {
            self.sort();
        }
    }

    /// Puts them in document order and lets go of those past the first [`Diagnostics::KEPT`], warnings before faults.
    pub fn sort(&mut self) {
        if self.sorted {
            return;
        }
        self.kept.sort_by(|a, b| a.0.cmp(&b.0));
        let mut faults = self
            .kept
            .iter()
            .filter(|(_, d)| d.severity() == Severity::Error)
            .count()
            .min(Self::KEPT);
        let mut warnings = (self.kept.len() - faults).min(Self::KEPT - faults);
        self.kept.retain(|(_, diagnostic)| {
            let room = match diagnostic.severity() {
                Severity::Error => &mut faults,
                Severity::Warning => &mut warnings,
            };
            let stays = *room > 0;
            *room = room.saturating_sub(1);
            stays
        });
        self.sorted = true;
    }

    /// Whether some were let go of, so that only their number is known.
    pub(crate) fn is_cut(&self) -> bool {
        self.kept.len() < self.errors + self.warnings
    }

    /// Lets go of those that do not meet a condition, as if they had never been.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Diagnostic) -> bool) {
        let (errors, warnings) = (&mut self.errors, &mut self.warnings);
        self.kept.retain(|(_, diagnostic)| {
            let stays = keep(diagnostic);
            let count = match diagnostic.severity() {
                Severity::Error => &mut *errors,
                Severity::Warning => &mut *warnings,
            };
            *count -= usize::from(!stays);
            stays
        });
    }

    /// The ones kept, in the order of the last [`Diagnostics::sort`].
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Diagnostic> {
        self.kept.iter().map(|(_, d)| d)
    }

    /// Adds all of `other`, its uncounted ones included.
    pub fn append(&mut self, other: Self) {
        let (errors, warnings) = (self.errors + other.errors, self.warnings + other.warnings);
        for (_, diagnostic) in other.kept {
            self.push(diagnostic);
        }
        (self.errors, self.warnings) = (errors, warnings);
    }

    /// How many are kept: as many as [`Diagnostics::iter`] gives.
    ///
    /// ```
    /// use framdrift_model::codes;
    /// use framdrift_model::diagnostic::{Diagnostic, Diagnostics};
    /// use framdrift_model::place::Place;
    ///
    /// let mut list = Diagnostics::default();
    /// assert!(list.is_empty());
    /// list.push(Diagnostic::new(codes::UNKNOWN_REFERENCE, Place::default(), "nothing here is called `plann`"));
    /// assert_eq!(list.len(), 1);
    /// for diagnostic in &list {
    ///     assert_eq!(diagnostic.code(), codes::UNKNOWN_REFERENCE);
    /// }
    /// ```
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// How many faults there were, kept or not.
    #[must_use]
    pub const fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings there were, kept or not.
    #[must_use]
    pub const fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether there was nothing to say.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.errors + self.warnings == 0
    }

    /// For programs: `{"diagnostics": […], "errors", "warnings"}`, each as in [`Diagnostic::value`].
    #[must_use]
    pub fn value(&self) -> Value {
        Value::table([
            ("diagnostics", Value::List(self.iter().map(Diagnostic::value).collect())),
            ("errors", Value::count(self.errors)),
            ("warnings", Value::count(self.warnings)),
        ])
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter =
        std::iter::Map<std::slice::Iter<'a, (Vec<u32>, Diagnostic)>, fn(&'a (Vec<u32>, Diagnostic)) -> &'a Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.kept.iter().map(|(_, d)| d)
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter =
        std::iter::Map<std::vec::IntoIter<(Vec<u32>, Diagnostic)>, fn((Vec<u32>, Diagnostic)) -> Diagnostic>;

    fn into_iter(mut self) -> Self::IntoIter {
        self.sort();
        self.kept.into_iter().map(|(_, d)| d)
    }
}

/// A key that sorts pointers in document order: keys in the order in which the format lists them, entries by position.
fn document_order(pointer: &str) -> Vec<u32> {
    let mut shape = Some(crate::document::ProgrammeDoc::shape());
    let mut key = Vec::new();
    for step in pointer.split('/').skip(1) {
        let (position, next) = match shape {
            Some(Shape::Object(object)) => {
                let at = object.fields.iter().position(|f| f.key == step);
                (
                    at.unwrap_or(object.fields.len()),
                    at.map(|at| (object.fields[at].shape)()),
                )
            }
            Some(Shape::List(entry)) => (step.parse().unwrap_or(0), Some(entry())),
            // Another document than a programme: its entries by position.
            _ => (step.parse().unwrap_or(0), None),
        };
        key.push(u32::try_from(position).unwrap_or(u32::MAX));
        shape = next;
    }
    key
}
