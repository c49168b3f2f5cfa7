//! What did not survive a translation: an itemised report.
//!
//! Nothing that is read and not used goes unmentioned, and nothing is changed in silence. Equal losses are one entry with a
//! count and the first few places:
//!
//! ```
//! use framdrift_interchange::loss::{LossKind, LossReport, Spot};
//!
//! let mut report = LossReport::default();
//! for line in 10..20 {
//!     report.add(LossKind::NotKept, "Task/Cost", "costs have no place in a programme", || Spot::line(line).about("task 7"));
//! }
//! assert_eq!(report.entries().len(), 1);
//! assert_eq!(report.entries()[0].count, 10);
//! assert_eq!(report.count(LossKind::NotKept), 10);
//! assert!(!report.bears_on_dates());
//! ```

use std::collections::HashMap;
use std::fmt;

use framdrift_model::value::Value;

/// The most different entries a report holds; what goes beyond is counted in one more entry per kind.
pub const MOST_ENTRIES: usize = 1_000;
/// The most places that are kept of one entry.
pub const MOST_SPOTS: usize = 5;
/// The most characters of a file's own text that are repeated in a report.
const MOST_TEXT: usize = 60;

/// What became of something that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LossKind {
    /// It takes part in dates and could not be taken over.
    Dropped,
    /// It was taken over as something that is not quite the same: rounded, bounded, or said in another way.
    Changed,
    /// Its value could not be understood and counts as not written.
    Unreadable,
    /// Nobody knows here what it is.
    Unknown,
    /// It has no place on the other side: costs, resources, notes.
    NotKept,
    /// A result that the other tool stored; it is computed again.
    Recomputed,
}

impl LossKind {
    /// Every kind, the gravest first.
    pub const ALL: [Self; 6] = [
        Self::Dropped,
        Self::Changed,
        Self::Unreadable,
        Self::Unknown,
        Self::NotKept,
        Self::Recomputed,
    ];

    /// A stable name for programs.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dropped => "dropped",
            Self::Changed => "changed",
            Self::Unreadable => "unreadable",
            Self::Unknown => "unknown",
            Self::NotKept => "not-kept",
            Self::Recomputed => "recomputed",
        }
    }

    /// Whether dates may differ for it.
    #[must_use]
    pub const fn bears_on_dates(self) -> bool {
        matches!(self, Self::Dropped | Self::Changed | Self::Unreadable)
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::Dropped => "left out, and may move dates",
            Self::Changed => "changed on the way",
            Self::Unreadable => "not understood, and taken as not written",
            Self::Unknown => "unknown",
            Self::NotKept => "without a place on the other side",
            Self::Recomputed => "stored results, which are computed again",
        }
    }
}

/// A place that something was lost at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spot {
    /// The line of the file, counted from 1; none for what is not read from a text.
    pub line: Option<u32>,
    /// What it belongs to: `task 12 "Foundations"`. Empty where the line says it all.
    pub of: Box<str>,
    /// The value, shortened. Empty where it does not matter.
    pub value: Box<str>,
}

impl Spot {
    /// Nowhere in particular.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A line of the file.
    #[must_use]
    pub fn line(line: u32) -> Self {
        Self {
            line: Some(line),
            ..Self::default()
        }
    }

    /// The same place, with what it belongs to.
    #[must_use]
    pub fn about(mut self, of: impl AsRef<str>) -> Self {
        self.of = shortened(of.as_ref()).into();
        self
    }

    /// The same place, with the value that was there.
    #[must_use]
    pub fn value(mut self, value: impl AsRef<str>) -> Self {
        self.value = shortened(value.as_ref()).into();
        self
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut apart = "";
        if let Some(line) = self.line {
            write!(f, "line {line}")?;
            apart = ", ";
        }
        if !self.of.is_empty() {
            write!(f, "{apart}{}", self.of)?;
            apart = ", ";
        }
        if !self.value.is_empty() {
            write!(f, "{apart}`{}`", self.value)?;
        }
        Ok(())
    }
}

/// Cuts a text to what a line of a report bears; line ends and control characters become spaces.
pub(crate) fn shortened(text: &str) -> String {
    let mut out: String = text
        .chars()
        .take(MOST_TEXT)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if text.chars().nth(MOST_TEXT).is_some() {
        out.push('…');
    }
    out
}

/// Equal losses.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Loss {
    /// What became of it.
    pub kind: LossKind,
    /// What it is, in the words of its format: `Task/Priority`, `TASK.priority_type`.
    pub subject: Box<str>,
    /// Why.
    pub why: Box<str>,
    /// How often.
    pub count: u64,
    /// The first few places, at most [`MOST_SPOTS`], in the order of the file.
    pub spots: Vec<Spot>,
}

impl Loss {
    /// For programs: an entry of [`LossReport::value`].
    #[must_use]
    pub fn value(&self) -> Value {
        let some = |text: &str| Value::text_or_null(Some(text).filter(|text| !text.is_empty()));
        let spots = self.spots.iter().map(|spot| {
            Value::table([
                (
                    "line",
                    spot.line.map_or(Value::Null, |line| Value::Integer(line.into())),
                ),
                ("of", some(&spot.of)),
                ("value", some(&spot.value)),
            ])
        });
        Value::table([
            ("kind", Value::from(self.kind.word())),
            ("subject", Value::text(&self.subject)),
            ("why", Value::text(&self.why)),
            ("count", Value::Integer(i64::try_from(self.count).unwrap_or(i64::MAX))),
            ("spots", Value::List(spots.collect())),
        ])
    }
}

framdrift_model::serialize_as_value!(Loss, LossReport);

/// Everything that did not survive a translation, grouped. See the [module](self).
#[derive(Clone, Debug, Default)]
pub struct LossReport {
    entries: Vec<Loss>,
    index: HashMap<(LossKind, Box<str>, Box<str>), usize>,
}

impl PartialEq for LossReport {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl LossReport {
    /// Adds a loss. `spot` is asked for only where the place is kept.
    pub fn add(&mut self, kind: LossKind, subject: &str, why: &str, spot: impl FnOnce() -> Spot) {
        self.add_many(kind, subject, why, 1, spot);
    }

    /// Adds as many equal losses as `count` says, with the place of the first.
    pub fn add_many(&mut self, kind: LossKind, subject: &str, why: &str, count: u64, spot: impl FnOnce() -> Spot) {
        if count == 0 {
            return;
        }
        let key = (kind, Box::from(subject), Box::from(why));
        let at = match self.index.get(&key) {
            Some(at) => *at,
            None if self.index.len() < MOST_ENTRIES => self.enter(key),
            None => {
                let others = (kind, "others".into(), "more kinds of loss than are listed".into());
                match self.index.get(&others) {
                    Some(at) => *at,
                    None => self.enter(others),
                }
            }
        };
        let entry = &mut self.entries[at];
        entry.count = entry.count.saturating_add(count);
        if entry.spots.len() < MOST_SPOTS {
            entry.spots.push(spot());
        }
    }

    fn enter(&mut self, key: (LossKind, Box<str>, Box<str>)) -> usize {
        self.entries.push(Loss {
            kind: key.0,
            subject: key.1.clone(),
            why: key.2.clone(),
            count: 0,
            spots: Vec::new(),
        });
        self.index.insert(key, self.entries.len() - 1);
        self.entries.len() - 1
    }

    /// The entries, in the order in which they were first met.
    #[must_use]
    pub fn entries(&self) -> &[Loss] {
        &self.entries
    }

    /// The entries of one kind, in the order in which they were first met.
    pub fn of(&self, kind: LossKind) -> impl Iterator<Item = &Loss> + '_ {
        self.entries.iter().filter(move |loss| loss.kind == kind)
    }

    /// How many losses of one kind there are, over all entries.
    #[must_use]
    pub fn count(&self, kind: LossKind) -> u64 {
        self.of(kind).fold(0, |sum, loss| sum.saturating_add(loss.count))
    }

    /// Whether nothing at all was lost.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether anything was lost that dates may differ for.
    #[must_use]
    pub fn bears_on_dates(&self) -> bool {
        self.entries.iter().any(|loss| loss.kind.bears_on_dates())
    }

    /// Adds all entries of another report after one's own.
    pub fn append(&mut self, other: &Self) {
        for loss in &other.entries {
            let mut spots = loss.spots.iter();
            let listed = loss.spots.len() as u64;
            for spot in spots.by_ref() {
                self.add(loss.kind, &loss.subject, &loss.why, || spot.clone());
            }
            let rest = loss.count.saturating_sub(listed);
            self.add_many(loss.kind, &loss.subject, &loss.why, rest, Spot::none);
        }
    }

    /// For programs: `{"format": 1, "losses": [{"kind", "subject", "why", "count", "spots": [{"line", "of", "value"}]}],
    /// "bears_on_dates"}`, in the order in which they were first met. `kind` is a [`LossKind::word`]; a line, what it belongs to
    /// and a value are null where there is none.
    #[must_use]
    pub fn value(&self) -> Value {
        Value::table([
            ("format", Value::Integer(1)),
            ("losses", Value::List(self.entries.iter().map(Loss::value).collect())),
            ("bears_on_dates", Value::Bool(self.bears_on_dates())),
        ])
    }

    /// What may move dates in full, and the rest in one line per kind: for a program that prints something else.
    #[must_use]
    pub fn summary(&self) -> Summary<'_> {
        Summary(self)
    }
}

/// A short form of a [`LossReport`]; see [`LossReport::summary`].
#[derive(Clone, Copy, Debug)]
pub struct Summary<'r>(&'r LossReport);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in LossKind::ALL {
            if kind.bears_on_dates() {
                section(f, self.0, kind)?;
            } else if self.0.count(kind) > 0 {
                one_line(f, self.0, kind, 6)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for LossReport {
    /// Everything, a section per kind: what may move dates and what is unknown with its places, the rest by its reasons. Nothing
    /// where nothing was lost.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in LossKind::ALL {
            if matches!(kind, LossKind::NotKept | LossKind::Recomputed) {
                by_reason(f, self, kind)?;
            } else {
                section(f, self, kind)?;
            }
        }
        Ok(())
    }
}

fn section(f: &mut fmt::Formatter<'_>, report: &LossReport, kind: LossKind) -> fmt::Result {
    if report.count(kind) == 0 {
        return Ok(());
    }
    writeln!(f, "{}:", kind.heading())?;
    for loss in report.of(kind) {
        write!(f, "  {}", loss.subject)?;
        if loss.count > 1 {
            write!(f, " ({} times)", loss.count)?;
        }
        writeln!(f, ": {}", loss.why)?;
        let places: Vec<String> = loss
            .spots
            .iter()
            .map(Spot::to_string)
            .filter(|text| !text.is_empty())
            .collect();
        if !places.is_empty() {
            let more = if loss.count > places.len() as u64 { "; …" } else { "" };
            writeln!(f, "    at {}{more}", places.join("; "))?;
        }
    }
    Ok(())
}

fn by_reason(f: &mut fmt::Formatter<'_>, report: &LossReport, kind: LossKind) -> fmt::Result {
    let mut reasons: Vec<(&str, Vec<&Loss>)> = Vec::new();
    for loss in report.of(kind) {
        match reasons.iter_mut().find(|(why, _)| *why == &*loss.why) {
            Some((_, losses)) => losses.push(loss),
            None => reasons.push((&loss.why, vec![loss])),
        }
    }
    if !reasons.is_empty() {
        writeln!(f, "{}:", kind.heading())?;
    }
    for (why, losses) in reasons {
        let listed: Vec<String> = losses
            .iter()
            .map(|loss| format!("{} ×{}", loss.subject, loss.count))
            .collect();
        writeln!(f, "  {why}:\n    {}", listed.join(", "))?;
    }
    Ok(())
}

fn one_line(f: &mut fmt::Formatter<'_>, report: &LossReport, kind: LossKind, most: usize) -> fmt::Result {
    write!(f, "{}:", kind.heading())?;
    let all = report.of(kind).count();
    for (i, loss) in report.of(kind).take(most).enumerate() {
        write!(f, "{} {} ×{}", if i == 0 { "" } else { "," }, loss.subject, loss.count)?;
    }
    match all.saturating_sub(most) {
        0 => writeln!(f),
        rest => writeln!(f, " and {rest} more"),
    }
}
