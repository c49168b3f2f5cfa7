//! From a text to a plan, in one call.

use framdrift_source::document::SourceText;
use framdrift_source::limits::Limits;
use framdrift_source::read::Format;
use framdrift_source::report::Report;

use crate::findings;
use crate::plan::Plan;

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
    let opened = open("<text>", text.as_ref(), None, &Limits::default());
    opened.plan.ok_or(opened.report)
}

/// What a text came to: a plan unless it is at fault, and the report of every fault and warning.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The plan; none where the text has a fault.
    pub plan: Option<Plan>,
    /// Everything that was found, in the order of the text.
    pub report: Report,
}

/// As [`load`], with a name for the text, its format where the host knows it, and limits; gives warnings along with the plan.
///
/// Faults of the text, of the document and of its links are found in one run: what cannot be read is left out, and rules stay
/// silent about what is missing for that reason.
#[must_use]
pub fn open(name: &str, text: &[u8], format: Option<Format>, limits: &Limits) -> Opened {
    let format = format.or_else(|| Format::from_name(name));
    let mut source = SourceText::open(text, format, limits);
    let Some(document) = source.take_document() else {
        return Opened {
            plan: None,
            report: source.report(name),
        };
    };
    let whole = source.damage().is_none() && source.errors() == 0;
    let plan = if whole {
        match Plan::new(document) {
            Ok(plan) => {
                source.locate(plan.warnings().clone());
                Some(plan)
            }
            Err(refused) => {
                source.locate(refused.diagnostics);
                None
            }
        }
    } else {
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
    };
    Opened {
        plan,
        report: source.report(name),
    }
}
