//! What checking a text came to: every diagnostic with its place, for people and for programs.

use std::fmt::Write as _;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use framdrift_model::diagnostic::Severity;
use framdrift_model::value::Value;

use crate::document::{Located, SourceText};
use crate::lines::{Lines, Position};

/// Every fault and warning about one text, with the text they are about. Owned, so that it outlives the reading.
#[derive(Clone)]
pub struct Report {
    name: String,
    text: Box<str>,
    diagnostics: Vec<Located>,
    errors: usize,
    warnings: usize,
    unreadable: bool,
}

impl<D> SourceText<'_, D> {
    /// The diagnostics with a name for the text: a path, or `<stdin>`.
    #[must_use]
    pub fn report(&self, name: impl Into<String>) -> Report {
        let diagnostics = self.diagnostics().to_vec();
        Report {
            name: name.into(),
            text: if diagnostics.is_empty() {
                "".into()
            } else {
                self.text().into()
            },
            errors: self.errors(),
            warnings: self.warnings(),
            unreadable: self.is_unreadable(),
            diagnostics,
        }
    }
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.for_people(false))
    }
}

/// As [`Display`](std::fmt::Display) on a line of its own, because that is what a `main` that returns the report prints.
impl std::fmt::Debug for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{self}")
    }
}

impl std::error::Error for Report {}

impl Report {
    /// The text's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives the text another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The diagnostics, in the order of the text; the first ones where there were too many to keep.
    #[must_use]
    pub fn diagnostics(&self) -> &[Located] {
        &self.diagnostics
    }

    /// How many faults there were, kept or not.
    #[must_use]
    pub const fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings there were.
    #[must_use]
    pub const fn warnings(&self) -> usize {
        self.warnings
    }

    /// Whether the bytes could not be read as text at all: not UTF-8, or too many.
    #[must_use]
    pub const fn is_unreadable(&self) -> bool {
        self.unreadable
    }

    /// For people: each diagnostic with an excerpt and carets, and a line that counts them. Empty where there is nothing to
    /// say. With `colour`, ANSI escapes are woven in.
    #[must_use]
    pub fn for_people(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let lines = Lines::new(&*self.text);
        let mut out = String::new();
        for located in &self.diagnostics {
            out.push_str(&self.one(located, &lines, &renderer));
            out.push_str("\n\n");
        }
        let left = self.errors + self.warnings - self.diagnostics.len();
        if left > 0 {
            let _ = writeln!(out, "… and {left} more that are counted and not shown");
        }
        if !self.diagnostics.is_empty() {
            let _ = writeln!(
                out,
                "{}: {}, {}",
                self.name,
                count(self.errors, "error"),
                count(self.warnings, "warning")
            );
        }
        out
    }

    fn one(&self, located: &Located, lines: &Lines<'_>, renderer: &Renderer) -> String {
        let diagnostic = &located.diagnostic;
        let level = match diagnostic.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(diagnostic.message()).id(diagnostic.code().name());
        let place =
            (!diagnostic.place().address.segments().is_empty()).then(|| format!("at {}", diagnostic.place().address));
        let mut group = Group::with_title(title);
        let excerpts = self.excerpts(located, lines);
        if excerpts.is_empty() {
            group = group.element(
                annotate_snippets::Origin::path(self.name.as_str())
                    .line(located.start.line as usize)
                    .char_column(located.start.column as usize),
            );
        }
        for excerpt in excerpts {
            let Some(range) = lines.line(excerpt.first).zip(lines.line(excerpt.last)) else {
                continue;
            };
            let (base, end) = (range.0.start, range.1.end);
            let mut snippet = Snippet::source(self.text.get(base..end).unwrap_or_default())
                .line_start(excerpt.first as usize)
                .path(self.name.as_str());
            for (span, label) in excerpt.marked {
                let span = span.start - base..span.end - base;
                snippet = snippet.annotation(match label {
                    None => AnnotationKind::Primary.span(span),
                    Some(label) => AnnotationKind::Context.span(span).label(label),
                });
            }
            group = group.element(snippet);
        }
        if let Some(place) = place {
            group = group.element(Level::NOTE.message(place));
        }
        if let Some(help) = diagnostic.help() {
            group = group.element(Level::HELP.message(help));
        }
        renderer.render(&[group])
    }

    /// The lines that a diagnostic and its related places stand on, where they are short enough to be shown; its own first, and
    /// with it the related places close by.
    fn excerpts<'r>(&'r self, located: &'r Located, lines: &Lines<'_>) -> Vec<Excerpt<'r>> {
        const WIDEST: usize = 600;
        const CLOSE: u32 = 12;
        let mut excerpts: Vec<Excerpt<'_>> = Vec::new();
        if self.text.is_empty() {
            return excerpts;
        }
        let line_of = |line: u32| lines.line(line).filter(|range| range.len() <= WIDEST);
        let own = std::iter::once((located.span, located.start.line, None));
        let related = located.related.iter().zip(located.diagnostic.related());
        let related = related.map(|((span, start, _), r)| (*span, start.line, Some(r.message.as_str())));
        for (span, line, label) in own.chain(related) {
            let Some(whole) = line_of(line) else {
                if label.is_none() {
                    return excerpts;
                }
                continue;
            };
            // Only the first line of a long stretch is marked.
            let range = span.range();
            let start = range.start.min(whole.end);
            let mark = (start..range.end.min(whole.end).max(start), label);
            let near = excerpts.iter_mut().find(|e| {
                let (low, high) = (e.first.min(line), e.last.max(line));
                high - low <= CLOSE.max(e.last - e.first) && (low..=high).all(|l| line_of(l).is_some())
            });
            if let Some(excerpt) = near {
                (excerpt.first, excerpt.last) = (excerpt.first.min(line), excerpt.last.max(line));
                excerpt.marked.push(mark);
            } else {
                excerpts.push(Excerpt {
                    first: line,
                    last: line,
                    marked: vec![mark],
                });
            }
        }
        excerpts
    }

    /// For programs: `{"path", "diagnostics": [{"code", "severity", "message", "pointer", "address", "line", "column", "end_line",
    /// "end_column", "help", "related", "fix"}]}`. Lines and columns count from 1, columns in characters; `fix` is the text that
    /// can safely stand in the stretch's stead, else null.
    #[must_use]
    pub fn for_programs(&self) -> Value {
        let rows = self.diagnostics.iter().map(row).collect();
        Value::Table(vec![
            ("path".to_owned(), Value::from(self.name.as_str())),
            ("diagnostics".to_owned(), Value::List(rows)),
        ])
    }
}

/// Lines of the text that are shown together, and what is marked in them: the diagnostic's own place has no label.
struct Excerpt<'r> {
    first: u32,
    last: u32,
    marked: Vec<(std::ops::Range<usize>, Option<&'r str>)>,
}

/// A number and a noun: `1 error`, `2 errors`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A diagnostic with its lines and columns, which stand after the address.
fn row(located: &Located) -> Value {
    let mut fields = placed(located.diagnostic.value(), located.start, located.end);
    let related = located.diagnostic.related().iter().zip(&located.related);
    let related = related.map(|(related, (_, start, end))| Value::Table(placed(related.value(), *start, *end)));
    if let Some((_, list)) = fields.iter_mut().find(|(key, _)| key == "related") {
        *list = Value::List(related.collect());
    }
    Value::Table(fields)
}

fn placed(value: Value, start: Position, end: Position) -> Vec<(String, Value)> {
    let Value::Table(mut fields) = value else {
        return Vec::new();
    };
    let after = fields
        .iter()
        .position(|(key, _)| key == "address")
        .map_or(0, |at| at + 1);
    let ends = [
        ("line", start.line),
        ("column", start.column),
        ("end_line", end.line),
        ("end_column", end.column),
    ];
    fields.splice(
        after..after,
        ends.map(|(key, number)| (key.to_owned(), Value::Integer(number.into()))),
    );
    fields
}

/// As [`Report::for_programs`].
impl serde::Serialize for Report {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.for_programs().serialize(serializer)
    }
}

/// The JSON document that lists the reports of several files: `{"format": 1, "files": […], "errors": n, "warnings": n}`.
#[must_use]
pub fn for_programs(reports: &[Report]) -> Value {
    let sum = |of: fn(&Report) -> usize| {
        let total: usize = reports.iter().map(of).sum();
        Value::Integer(i64::try_from(total).unwrap_or(i64::MAX))
    };
    Value::Table(vec![
        ("format".to_owned(), Value::Integer(1)),
        (
            "files".to_owned(),
            Value::List(reports.iter().map(Report::for_programs).collect()),
        ),
        ("errors".to_owned(), sum(Report::errors)),
        ("warnings".to_owned(), sum(Report::warnings)),
    ])
}
