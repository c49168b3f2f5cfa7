//! Ids: well-formed, and once per namespace.

use std::collections::HashMap;

use super::Report;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::id;
use crate::place::Place;

pub(super) fn check(report: &mut Report<'_>) {
    let doc = report.doc;
    let root = Place::programme;
    well_formed(report, &root().field("id"), doc.id.as_str());

    one_namespace(
        report,
        doc.calendars
            .iter()
            .enumerate()
            .map(|(i, c)| (root().entry("calendars", i, "calendar", &c.id), c.id.as_str())),
    );

    let subjects = doc
        .subjects
        .iter()
        .enumerate()
        .map(|(i, s)| (root().entry("subjects", i, "subject", &s.id), s.id.as_str()));
    let groups = doc
        .groups
        .iter()
        .enumerate()
        .map(|(i, g)| (root().entry("groups", i, "group", &g.id), g.id.as_str()));
    one_namespace(report, subjects.chain(groups));

    let roles = doc
        .roles
        .iter()
        .enumerate()
        .map(|(i, r)| (root().entry("roles", i, "role", &r.id), r.id.as_str()));
    let bodies = doc
        .bodies
        .iter()
        .enumerate()
        .map(|(i, b)| (root().entry("bodies", i, "body", &b.id), b.id.as_str()));
    let people = doc
        .people
        .iter()
        .enumerate()
        .map(|(i, p)| (root().entry("people", i, "person", &p.id), p.id.as_str()));
    one_namespace(report, roles.chain(bodies).chain(people));

    let phases = doc
        .phases
        .iter()
        .enumerate()
        .map(|(i, p)| (root().entry("phases", i, "phase", &p.id), p.id.as_str()));
    let gates = doc
        .gates
        .iter()
        .enumerate()
        .map(|(i, g)| (root().entry("gates", i, "gate", &g.id), g.id.as_str()));
    let activities = doc
        .activities
        .iter()
        .enumerate()
        .map(|(i, a)| (root().entry("activities", i, "activity", &a.id), a.id.as_str()));
    let meetings = doc
        .meetings
        .iter()
        .enumerate()
        .map(|(i, m)| (root().entry("meetings", i, "meeting", &m.id), m.id.as_str()));
    let deliverables = doc
        .deliverables
        .iter()
        .enumerate()
        .map(|(i, d)| (root().entry("deliverables", i, "deliverable", &d.id), d.id.as_str()));
    one_namespace(
        report,
        phases
            .chain(gates)
            .chain(activities)
            .chain(meetings)
            .chain(deliverables),
    );

    for (i, meeting) in doc.meetings.iter().enumerate() {
        let place = root().entry("meetings", i, "meeting", &meeting.id);
        let at = &place;
        one_namespace(
            report,
            meeting
                .parts
                .iter()
                .enumerate()
                .map(|(j, p)| (at.clone().entry("parts", j, "part", &p.id), p.id.as_str())),
        );
        one_namespace(
            report,
            meeting
                .agenda
                .iter()
                .enumerate()
                .map(|(j, a)| (at.clone().entry("agenda", j, "item", &a.id), a.id.as_str())),
        );
        for (j, part) in meeting.parts.iter().enumerate() {
            let at = &place.clone().entry("parts", j, "part", &part.id);
            one_namespace(
                report,
                part.agenda
                    .iter()
                    .enumerate()
                    .map(|(k, a)| (at.clone().entry("agenda", k, "item", &a.id), a.id.as_str())),
            );
        }
    }
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        let place = root().entry("deliverables", i, "deliverable", &deliverable.id);
        let at = &place;
        one_namespace(
            report,
            deliverable
                .versions
                .iter()
                .enumerate()
                .map(|(j, v)| (at.clone().entry("versions", j, "version", &v.id), v.id.as_str())),
        );
        for (j, version) in deliverable.versions.iter().enumerate() {
            let at = &place.clone().entry("versions", j, "version", &version.id);
            one_namespace(
                report,
                version
                    .reviews
                    .iter()
                    .enumerate()
                    .map(|(k, r)| (at.clone().entry("reviews", k, "review", &r.id), r.id.as_str())),
            );
        }
    }
}

fn well_formed(report: &mut Report<'_>, place: &Place, id: &str) {
    if !id::is_well_formed(id) {
        report.push(
            Diagnostic::new(
                codes::BAD_ID,
                place.clone(),
                format!("`{}` is not a well-formed id", shortened(id)),
            )
            .with_help(format!(
                "an id has 1 to {} letters, digits, `-`, `_` or `.`, and no spaces",
                id::LONGEST
            )),
        );
    }
}

/// A bad id may be as long as the file.
fn shortened(id: &str) -> String {
    match id.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &id[..at]),
        None => id.to_owned(),
    }
}

fn one_namespace<'d>(report: &mut Report<'_>, ids: impl Iterator<Item = (Place, &'d str)>) {
    let mut seen: HashMap<&str, Place> = HashMap::new();
    let mut times: HashMap<&str, u32> = HashMap::new();
    for (place, id) in ids {
        well_formed(report, &place.clone().field("id"), id);
        let Some(first) = seen.get(id) else {
            seen.insert(id, place);
            continue;
        };
        let count = times.entry(id).or_insert(1);
        *count += 1;
        let mut at = place;
        at.address = again(at.address, *count);
        report.push(
            Diagnostic::new(
                codes::DUPLICATE_ID,
                at.field("id"),
                format!("the id `{id}` is already taken"),
            )
            .with_related(first.clone().field("id"), "first used here")
            .with_help("give one of them another id; whatever referred to it must say which one it means"),
        );
    }
}

/// The address of the `count`th entry with one id.
fn again(address: crate::place::Address, count: u32) -> crate::place::Address {
    let mut segments = address.segments().to_vec();
    let Some(last) = segments.pop() else {
        return address;
    };
    let mut out = crate::place::Address::programme();
    for s in segments {
        out = match s.id() {
            Some(id) => out.entry(s.noun(), id),
            None => out.field(s.noun()),
        };
    }
    out.entry(last.noun(), &format!("{}#{count}", last.id().unwrap_or("")))
}
