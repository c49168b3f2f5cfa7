//! Writing MSPDI: what a plan comes to, as Microsoft Project 2003 and later open it.

mod bounds;
mod calendars;
mod links;
mod numbers;
mod project;
mod tasks;
mod xml;

use framdrift_model::Programme;
use framdrift_model::facts::Facts;
use framdrift_model::projection::Projection;
use framdrift_schedule::Schedule;

use crate::loss::LossReport;
use xml::Writer;

/// What is written: the parts of a plan, which belong together.
#[derive(Clone, Copy, Debug)]
pub struct Export<'p> {
    /// The programme: titles, numbers, calendars.
    pub programme: &'p Programme,
    /// What takes or bounds time; that of the programme.
    pub projection: &'p Projection,
    /// The dates; without them the file has none, and the tool computes its own.
    pub schedule: Option<&'p Schedule>,
    /// What has happened.
    pub facts: &'p Facts,
}

/// A file, and what it does not say.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Exported {
    /// The text, in UTF-8.
    pub text: String,
    /// What the format has no words for, or says in another way.
    pub loss: LossReport,
}

/// Writes a plan.
///
/// Everything that takes or bounds time becomes a task: phases, meetings with parts and deliverables with versions become
/// summaries, gates milestones. Numbers of another tool are kept as UIDs where they can be. Calendars are written flat, with the
/// hours that they come to. Takes O(*n* log *n* + *m*) time for *n* nodes and *m* links.
///
/// # Panics
/// May panic when the parts of the export do not belong together.
///
/// ```
/// use framdrift_interchange::{limits::Limits, mspdi};
/// use framdrift_model::document::{ActivityDoc, ProgrammeDoc};
/// use framdrift_model::facts::Facts;
///
/// let mut document = ProgrammeDoc::new("garden");
/// document.start = Some("2026-03-02T08:00".parse().unwrap());
/// let mut dig = ActivityDoc::new("dig");
/// dig.duration = Some("4d".parse().unwrap());
/// document.activities.push(dig);
/// let programme = document.validate().unwrap();
///
/// let exported = mspdi::write(&mspdi::Export {
///     programme: &programme,
///     projection: &programme.projection(),
///     schedule: None,
///     facts: &Facts::none(),
/// });
/// assert!(exported.text.contains("<Duration>PT32H0M0S</Duration>"));
/// let again = mspdi::read(exported.text.as_bytes(), &Limits::default()).unwrap();
/// assert_eq!(again.document.activities[0].duration, Some("4d".parse().unwrap()));
/// ```
#[must_use]
pub fn write(export: &Export<'_>) -> Exported {
    let mut loss = LossReport::default();
    let mut out = Writer::new();
    let calendars = calendars::Calendars::of(export, &mut loss);
    let numbers = numbers::tasks(export, &mut loss);
    out.open_root("Project", "http://schemas.microsoft.com/project");
    project::properties(&mut out, export, &calendars, &mut loss);
    calendars.write(&mut out);
    tasks::write(&mut out, export, &calendars, &numbers, &mut loss);
    out.close("Project");
    project::people(export, &mut loss);
    Exported {
        text: out.finish(&mut loss),
        loss,
    }
}
