//! From texts to a plan, in one call.

use framdrift_model::document::{FactsDoc, SchedulingDoc};
use framdrift_model::rules::Profile;
use framdrift_source::document::SourceText;
use framdrift_source::limits::Limits;
use framdrift_source::read::Format;
use framdrift_source::report::Report;

use crate::findings;
use crate::plan::{Linked, Plan};

/// Reads a programme from JSON or YAML, checks it, links it and computes its dates.
///
/// # Errors
/// The report of every fault and warning, with their places in the text.
///
/// ```
/// let plan = framdrift::load("
/// framdrift: 1
/// id: office-move
/// start: 2026-03-02
/// activities:
/// - {id: pack, duration: 3d}
/// - {id: move, duration: 1d, after: [pack]}
/// ").unwrap();
/// assert_eq!(plan.schedule().unwrap().finish().to_string(), "2026-03-05T17:00");
///
/// let report = framdrift::load("framdrift: 1\nid: x\nactivities:\n- {id: move, duration: 1d, after: [pak]}\n").unwrap_err();
/// assert_eq!(report.diagnostics()[0].diagnostic.code().name(), "unknown-reference");
/// ```
pub fn load(text: impl AsRef<[u8]>) -> Result<Plan, Report> {
    let opened = Opening::new().open("<text>", text.as_ref());
    opened.plan.ok_or(opened.report)
}

/// As [`load`], with the text of a document of recorded progress.
///
/// # Errors
/// The report of the programme where that has a fault, else the report of the recorded progress.
///
/// ```
/// let programme = "
/// framdrift: 1
/// id: office-move
/// start: 2026-03-02
/// activities:
/// - {id: pack, duration: 3d}
/// ";
/// let plan = framdrift::load_with_facts(programme, "
/// framdrift-facts: 1
/// status-date: 2026-03-03
/// facts:
/// - {of: pack, started: 2026-03-02, remaining: 2d}
/// ").unwrap();
/// let pack = plan.find("pack").unwrap();
/// assert_eq!(plan.facts().of(pack).unwrap().remaining, Some(960));
///
/// let report = framdrift::load_with_facts(programme, "framdrift-facts: 1\nfacts:\n- {of: pakc}\n").unwrap_err();
/// assert_eq!(report.diagnostics()[0].diagnostic.help(), Some("did you mean `pack`?"));
/// ```
pub fn load_with_facts(programme: impl AsRef<[u8]>, facts: impl AsRef<[u8]>) -> Result<Plan, Report> {
    let opening = Opening::new().facts("<facts>", facts.as_ref());
    let opened = opening.open("<text>", programme.as_ref());
    let at_fault = opened.facts_report.filter(|_| opened.report.errors() == 0);
    opened.plan.ok_or_else(|| at_fault.unwrap_or(opened.report))
}

/// What texts came to: a plan unless one of them is at fault, and the report of every fault and warning.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The plan; none where a text has a fault.
    pub plan: Option<Plan>,
    /// Everything that was found about the programme, in the order of its text.
    pub report: Report,
    /// Everything that was found about the recorded progress, in the order of its text; none where there is no such text. What it
    /// says about the programme is checked where the programme itself has no fault.
    pub facts_report: Option<Report>,
}

impl Opened {
    /// The reports: the programme's, then that of the recorded progress.
    pub fn reports(&self) -> impl Iterator<Item = &Report> {
        std::iter::once(&self.report).chain(&self.facts_report)
    }
}

/// As [`load`], with a name for the text, its format where the host knows it, and limits; gives warnings along with the plan.
///
/// Faults of the text, of the document and of its links are found in one run: what cannot be read is left out, and rules stay
/// silent about what is missing for that reason.
#[must_use]
pub fn open(name: &str, text: &[u8], format: Option<Format>, limits: &Limits) -> Opened {
    let opening = Opening::new().limits(limits.clone());
    match format {
        Some(format) => opening.format(format).open(name, text),
        None => opening.open(name, text),
    }
}

/// How a text is opened, and what is opened with it: recorded progress, other rules.
///
/// ```
/// use framdrift::Opening;
/// use framdrift::model::rules::{Precedence, Profile};
///
/// let programme = b"framdrift: 1\nid: office-move\nstart: 2026-03-02\nactivities:\n- {id: pack, duration: 3d}\n";
/// let facts = b"framdrift-facts: 1\nfacts:\n- {of: pack, started: 2026-03-03}\n";
/// let opened = Opening::new().facts("now.yaml", facts).profile(Profile::P6).open("plan.yaml", programme);
///
/// let plan = opened.plan.unwrap();
/// assert_eq!(plan.rules().precedence, Precedence::Constraints);
/// assert_eq!(plan.facts().iter().count(), 1);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Opening<'t> {
    format: Option<Format>,
    limits: Limits,
    facts: Option<(String, &'t [u8])>,
    scheduling: Option<SchedulingDoc>,
}

impl<'t> Opening<'t> {
    /// Names tell the format, else the content does; default limits; no recorded progress; the profile that the file names.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The format of the programme's text, whatever its name.
    #[must_use]
    pub const fn format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// How much each text may ask for.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The text of a document of recorded progress, with its name. The name tells the format, else the content does.
    #[must_use]
    pub fn facts(mut self, name: impl Into<String>, text: &'t [u8]) -> Self {
        self.facts = Some((name.into(), text));
        self
    }

    /// The profile, in place of the one that the programme names. What the programme says besides it still holds.
    #[must_use]
    pub fn profile(mut self, profile: Profile) -> Self {
        self.scheduling.get_or_insert_with(SchedulingDoc::new).profile = Some(profile);
        self
    }

    /// Rules, in place of those that the programme gives; those left out here still hold.
    #[must_use]
    pub fn scheduling(mut self, scheduling: &SchedulingDoc) -> Self {
        self.scheduling
            .get_or_insert_with(SchedulingDoc::new)
            .overlay(scheduling);
        self
    }

    /// Opens a programme's text under a name.
    #[must_use]
    pub fn open(&self, name: &str, text: &[u8]) -> Opened {
        let format = self.format.or_else(|| Format::from_name(name));
        let mut source = SourceText::open(text, format, &self.limits);
        let linked = link(&mut source, self.scheduling.as_ref());
        let mut facts = self.facts.as_ref().map(|(name, text)| {
            let source = SourceText::open_facts(text, Format::from_name(name), &self.limits);
            (name, source)
        });
        let plan = match (linked, &mut facts) {
            (None, _) => None,
            (Some(linked), None) => Some(linked.plan()),
            (Some(linked), Some((_, facts))) => with_facts(linked, facts, &mut source),
        };
        if let Some(plan) = &plan {
            source.locate(plan.warnings().clone());
        }
        Opened {
            plan,
            report: source.report(name),
            facts_report: facts.map(|(name, source)| source.report(name)),
        }
    }
}

/// Checks and links the document that was read; none where anything is at fault, once all of that is reported.
fn link(source: &mut SourceText<'_>, scheduling: Option<&SchedulingDoc>) -> Option<Linked> {
    let mut document = source.take_document()?;
    if let Some(scheduling) = scheduling {
        document
            .scheduling
            .get_or_insert_with(SchedulingDoc::new)
            .overlay(scheduling);
    }
    if source.damage().is_none() && source.errors() == 0 {
        return match Linked::new(document) {
            Ok(linked) => Some(linked),
            Err(refused) => {
                source.locate(refused.diagnostics);
                None
            }
        };
    }
    let checked = document.check(source.damage());
    let projection = checked.projection(&document);
    let rings = findings::rings(
        checked.lookup(&document),
        &projection,
        &framdrift_schedule::rings(&projection),
    );
    source.locate(checked.into_diagnostics());
    source.locate(rings);
    None
}

/// The plan with recorded progress; none where that is at fault, once it is reported, and the warnings of the programme, too.
fn with_facts(linked: Linked, facts: &mut SourceText<'_, FactsDoc>, source: &mut SourceText<'_>) -> Option<Plan> {
    let whole = facts.errors() == 0 && facts.damage().is_none();
    let document = facts.document().cloned();
    let checked = document.as_ref().map(|document| linked.check(document));
    if let Some(checked) = &checked {
        facts.locate(checked.diagnostics.clone());
    }
    match document.zip(checked).filter(|_| whole && facts.errors() == 0) {
        Some((document, checked)) => Some(linked.with_facts(document, checked)),
        None => {
            source.locate(linked.warnings().clone());
            None
        }
    }
}
