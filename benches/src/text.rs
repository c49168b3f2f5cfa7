//! Programmes as text.

use std::fmt::Write as _;

use framdrift::model::document::ProgrammeDoc;
use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use serde::Deserialize;

use crate::shape::{Link, Shape};

/// The largest of the examples: a region introduces a health record.
pub const HEALTH_RECORD: &str = include_str!("../../examples/programmes/health-record.yaml");

const HEAD: &str = r#""start": "2026-01-05", "calendar": "office",
"calendars": [
{"id": "office", "week": {"mon": ["08:00-12:00", "13:00-17:00"], "tue": ["08:00-12:00", "13:00-17:00"],
"wed": ["08:00-12:00", "13:00-17:00"], "thu": ["08:00-12:00", "13:00-17:00"], "fri": ["08:00-12:00", "13:00-17:00"]},
"holidays": [{"country": "SE", "eves": true}], "exceptions": [{"on": "2026-07-06/2026-07-31"}]},
{"id": "clinic", "week": {"mon": ["08:00-17:00"], "tue": ["08:00-17:00"], "wed": ["08:00-17:00"], "thu": ["08:00-19:00"],
"fri": ["08:00-17:00"], "sat": ["10:00-14:00"]}, "holidays": ["SE"]},
{"id": "technical", "week": {"mon": ["00:00-24:00"], "tue": ["00:00-24:00"], "wed": ["00:00-24:00"],
"thu": ["00:00-24:00"], "fri": ["00:00-24:00"], "sat": ["00:00-24:00"], "sun": ["00:00-24:00"]}},
{"id": "training", "parent": "office", "week": {"mon": [], "fri": []}}],
"roles": [{"id": "project-lead"}, {"id": "change-lead"}, {"id": "trainer"}, {"id": "test-lead"}, {"id": "technical-lead"}],
"#;
const CALENDARS: [&str; 4] = ["office", "clinic", "technical", "training"];
const ROLES: [&str; 5] = ["project-lead", "change-lead", "trainer", "test-lead", "technical-lead"];

/// A shape as a programme in JSON, a unit being an hour: about 260 bytes an activity.
#[must_use]
pub fn json(shape: &Shape) -> String {
    let mut text = format!("{{\"framdrift\": 1, \"id\": \"generated\", {HEAD}\"activities\": [");
    let mut into: Vec<Vec<usize>> = vec![Vec::new(); shape.len()];
    for (l, link) in shape.links.iter().enumerate() {
        into[link.to as usize].push(l);
    }
    for (n, duration) in shape.durations.iter().enumerate() {
        let comma = if n == 0 { "" } else { "," };
        let (calendar, role) = (CALENDARS[shape.calendars[n] as usize % 4], ROLES[n % 5]);
        // Writing to a `String` never fails.
        let _ = write!(
            text,
            "{comma}\n{{\"id\": \"activity-{n}\", \"title\": \"Piece of work number {n}\", \"duration\": \"{duration}h\", \
             \"calendar\": \"{calendar}\", \"responsible\": \"{role}\""
        );
        for (i, l) in into[n].iter().enumerate() {
            let link = &shape.links[*l];
            text.push_str(if i == 0 { ", \"after\": [" } else { ", " });
            let Link { from, kind, lag, .. } = link;
            let _ = write!(
                text,
                "{{\"from\": \"activity-{from}\", \"type\": \"{kind}\", \"lag\": \"{lag}h\"}}"
            );
        }
        text.push_str(if into[n].is_empty() { "}" } else { "]}" });
    }
    text.push_str("\n]}\n");
    text
}

/// How many nodes [`units`] makes for each unit.
pub const NODES_PER_UNIT: usize = 16;

/// A programme in JSON that so many units introduce at once, after the local part of the health record: each unit has its
/// own summary of preparations, waits for what is made for all, and starts after a common decision.
#[must_use]
pub fn units(count: usize) -> String {
    let mut text = format!("{{\"framdrift\": 1, \"id\": \"units\", {HEAD}\"subjects\": [");
    for n in 0..count {
        let comma = if n == 0 { "" } else { ", " };
        let _ = write!(text, "{comma}{{\"id\": \"unit-{n}\", \"kind\": \"unit\"}}");
    }
    text.push_str(
        r#"],
"groups": [{"id": "all", "all": "unit"}],
"phases": [{"id": "readiness"}, {"id": "rollout", "after": ["decision"]}],
"gates": [{"id": "decision", "after": ["local", "load"]}],
"activities": [
{"id": "announcement", "duration": "2d"},
{"id": "guidelines", "duration": "30d", "after": ["announcement"]},
{"id": "material", "duration": "40d", "calendar": "training", "after": ["guidelines"]},
{"id": "migration-routine", "duration": "25d", "after": ["announcement"]},
{"id": "local", "phase": "readiness", "per": "all", "after": [{"from": "announcement", "lag": "2ew"}]},
{"id": "super-users", "part-of": "local", "duration": "10d", "before": [{"to": "cut-over", "lead-time": "P6M"}]},
{"id": "mapping", "part-of": "local", "duration": "20d", "after": ["super-users"]},
{"id": "ways", "part-of": "local", "duration": "15d", "after": ["mapping", "guidelines"],
"before": [{"to": "cut-over", "lead-time": "P1M"}]},
{"id": "order", "part-of": "local", "duration": "5d", "after": [{"from": "mapping", "type": "SS", "lag": "50%"}]},
{"id": "install", "part-of": "local", "duration": "6d", "after": [{"from": "order", "lag": "12ew"}]},
{"id": "catalogue", "part-of": "local", "duration": "8d", "after": ["mapping"]},
{"id": "baseline", "part-of": "local", "duration": "5d", "after": ["mapping"], "constraints": [{"kind": "as-late-as-possible"}]},
{"id": "training", "part-of": "local", "duration": "12d", "calendar": "training", "after": ["material", "super-users"]},
{"id": "understanding", "part-of": "local", "duration": "4d",
"after": [{"from": "training", "type": "SS", "lag": "50%"}, {"from": "training", "type": "FF", "lag": "1d"}]},
{"id": "rehearsal", "part-of": "local", "duration": "1d", "calendar": "clinic", "after": ["install", "training"]},
{"id": "check", "part-of": "local", "duration": "2d", "after": ["understanding", "rehearsal", "ways", "baseline"]},
{"id": "load", "phase": "readiness", "per": "all", "duration": "3d", "after": ["catalogue", "migration-routine"],
"constraints": [{"kind": "as-late-as-possible"}]},
{"id": "cut-over", "phase": "rollout", "per": "all", "duration": "87eh", "calendar": "technical", "after": ["decision"]},
{"id": "live", "phase": "rollout", "per": "all", "duration": "0d", "calendar": "clinic", "after": ["cut-over", "check"]},
{"id": "support", "phase": "rollout", "per": "all", "duration": "4ew", "calendar": "clinic", "after": ["live"]},
{"id": "lessons", "phase": "rollout", "duration": "10d", "after": ["support"]}
]}
"#,
    );
    text
}

/// The document in a text without faults.
///
/// # Panics
/// When it has a fault.
#[must_use]
pub fn document(text: &str) -> ProgrammeDoc {
    let mut source = SourceText::open(text.as_bytes(), None, &Limits::default());
    assert_eq!(source.errors(), 0, "{:?}", source.diagnostics().first());
    source.take_document().expect("a programme without faults")
}

/// What a host would read by hand from [`json`]: the fields there are, as text, with nothing checked.
#[derive(Debug, Deserialize)]
pub struct Lean {
    /// The activities.
    pub activities: Vec<LeanActivity>,
}

/// An activity of a [`Lean`] programme.
#[derive(Debug, Deserialize)]
pub struct LeanActivity {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// How long it takes.
    pub duration: String,
    /// Its calendar.
    pub calendar: String,
    /// Who sees to it.
    pub responsible: String,
    /// What it waits for.
    #[serde(default)]
    pub after: Vec<LeanLink>,
}

/// A link of a [`Lean`] programme.
#[derive(Debug, Deserialize)]
pub struct LeanLink {
    /// The predecessor.
    pub from: String,
    /// Which ends it ties.
    pub r#type: String,
    /// The distance.
    pub lag: String,
}
