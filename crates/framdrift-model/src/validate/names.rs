//! Ids: well-formed, and once per namespace.

use std::collections::HashMap;

use super::Report;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::id;
use crate::place::{Address, Place};
use crate::spelling::{plain, unusual};

/// An entry with an id, and where it stands below a base.
struct Named<'d> {
    key: &'static str,
    noun: &'static str,
    index: usize,
    id: &'d str,
}

impl Named<'_> {
    fn place(&self, base: &Place) -> Place {
        base.clone().entry(self.key, self.index, self.noun, self.id)
    }

    /// Its place with as much of its id as can be shown.
    fn short_place(&self, base: &Place) -> Place {
        base.clone().entry(self.key, self.index, self.noun, shortened(self.id))
    }
}

/// The entries of a list with their ids.
fn named<'d, T>(
    key: &'static str,
    noun: &'static str,
    list: &'d [T],
    id: impl Fn(&'d T) -> &'d str,
) -> impl Iterator<Item = Named<'d>> {
    list.iter().enumerate().map(move |(index, entry)| Named {
        key,
        noun,
        index,
        id: id(entry),
    })
}

/// The most bytes an id may have for the document to be checked at all.
const ABSURD: usize = 4 * id::LONGEST;

/// Reports the ids that are far too long, and whether there are any. They stand in the addresses of everything below them and in
/// the ids of all their instances: with them nothing else can be checked within bounds.
pub(super) fn overlong(report: &mut Report<'_>) -> bool {
    let doc = report.doc;
    let root = Place::programme();
    let mut found: Vec<(Place, &str)> = Vec::new();
    macro_rules! look {
        ($base:expr, $key:literal, $noun:literal, $entries:expr) => {
            for entry in named($key, $noun, $entries, |e| e.id.as_str()).filter(|e| e.id.len() > ABSURD) {
                found.push((entry.short_place(&$base).field("id"), entry.id));
            }
        };
    }
    look!(root, "calendars", "calendar", &doc.calendars);
    look!(root, "subjects", "subject", &doc.subjects);
    look!(root, "groups", "group", &doc.groups);
    look!(root, "roles", "role", &doc.roles);
    look!(root, "bodies", "body", &doc.bodies);
    look!(root, "people", "person", &doc.people);
    look!(root, "phases", "phase", &doc.phases);
    look!(root, "gates", "gate", &doc.gates);
    look!(root, "activities", "activity", &doc.activities);
    look!(root, "meetings", "meeting", &doc.meetings);
    look!(root, "deliverables", "deliverable", &doc.deliverables);
    for (named, meeting) in named("meetings", "meeting", &doc.meetings, |m| m.id.as_str()).zip(&doc.meetings) {
        let base = named.short_place(&root);
        look!(base, "agenda", "item", &meeting.agenda);
        look!(base, "parts", "part", &meeting.parts);
        for (named, part) in self::named("parts", "part", &meeting.parts, |p| p.id.as_str()).zip(&meeting.parts) {
            look!(named.short_place(&base), "agenda", "item", &part.agenda);
        }
    }
    let deliverables = named("deliverables", "deliverable", &doc.deliverables, |d| d.id.as_str());
    for (named, deliverable) in deliverables.zip(&doc.deliverables) {
        let base = named.short_place(&root);
        let versions = self::named("versions", "version", &deliverable.versions, |v| v.id.as_str());
        look!(base, "versions", "version", &deliverable.versions);
        for (named, version) in versions.zip(&deliverable.versions) {
            look!(named.short_place(&base), "reviews", "review", &version.reviews);
        }
    }
    let any = !found.is_empty();
    for (place, id) in found {
        report.push(
            Diagnostic::new(
                codes::BAD_ID,
                place,
                format!("the id `{}` is far too long", shortened(id)),
            )
            .with_help(format!(
                "an id has 1 to {} letters, digits, `-`, `_` or `.`; everything else is checked once it is shorter",
                id::LONGEST
            )),
        );
    }
    any
}

pub(super) fn check(report: &mut Report<'_>) {
    let doc = report.doc;
    let root = &Place::programme();
    check_form(report, doc.id.as_str(), || root.clone().field("id"));

    one_namespace(
        report,
        root,
        named("calendars", "calendar", &doc.calendars, |c| c.id.as_str()),
    );

    let subjects = named("subjects", "subject", &doc.subjects, |s| s.id.as_str());
    let groups = named("groups", "group", &doc.groups, |g| g.id.as_str());
    one_namespace(report, root, subjects.chain(groups));

    let roles = named("roles", "role", &doc.roles, |r| r.id.as_str());
    let bodies = named("bodies", "body", &doc.bodies, |b| b.id.as_str());
    let people = named("people", "person", &doc.people, |p| p.id.as_str());
    one_namespace(report, root, roles.chain(bodies).chain(people));

    let phases = named("phases", "phase", &doc.phases, |p| p.id.as_str());
    let gates = named("gates", "gate", &doc.gates, |g| g.id.as_str());
    let activities = named("activities", "activity", &doc.activities, |a| a.id.as_str());
    let meetings = named("meetings", "meeting", &doc.meetings, |m| m.id.as_str());
    let deliverables = named("deliverables", "deliverable", &doc.deliverables, |d| d.id.as_str());
    let dated = phases
        .chain(gates)
        .chain(activities)
        .chain(meetings)
        .chain(deliverables);
    one_namespace(report, root, dated);

    for (i, meeting) in doc.meetings.iter().enumerate() {
        let base = &root.clone().entry("meetings", i, "meeting", &meeting.id);
        one_namespace(report, base, named("parts", "part", &meeting.parts, |p| p.id.as_str()));
        one_namespace(
            report,
            base,
            named("agenda", "item", &meeting.agenda, |a| a.id.as_str()),
        );
        for (j, part) in meeting.parts.iter().enumerate() {
            let base = &base.clone().entry("parts", j, "part", &part.id);
            one_namespace(report, base, named("agenda", "item", &part.agenda, |a| a.id.as_str()));
        }
    }
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        let base = &root.clone().entry("deliverables", i, "deliverable", &deliverable.id);
        one_namespace(
            report,
            base,
            named("versions", "version", &deliverable.versions, |v| v.id.as_str()),
        );
        for (j, version) in deliverable.versions.iter().enumerate() {
            let base = &base.clone().entry("versions", j, "version", &version.id);
            one_namespace(
                report,
                base,
                named("reviews", "review", &version.reviews, |r| r.id.as_str()),
            );
        }
    }
}

/// The well-formed id that one was probably meant to be; perhaps it is none either.
pub(super) fn well_formed(id: &str) -> String {
    plain(id).split_whitespace().collect::<Vec<_>>().join("-")
}

/// Reports an id that is not well-formed; whether it is.
fn check_form(report: &mut Report<'_>, id: &str, place: impl FnOnce() -> Place) -> bool {
    let is_well_formed = id::is_well_formed(id);
    if !is_well_formed {
        let message = format!("`{}` is not a well-formed id", shortened(id));
        let rule = format!(
            "an id has 1 to {} letters, digits, `-`, `_` or `.`, and no spaces",
            id::LONGEST
        );
        let better = well_formed(id);
        let help = match unusual(id) {
            _ if !id::is_well_formed(&better) => rule,
            Some(unusual) => format!("write `{better}`: {unusual}"),
            None => format!("write `{better}`: {rule}"),
        };
        report.push(Diagnostic::new(codes::BAD_ID, place(), message).with_help(help));
    }
    is_well_formed
}

/// A bad id, or a reference, may be as long as the file.
pub(super) fn shortened(id: &str) -> String {
    match id.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &id[..at]),
        None => id.to_owned(),
    }
}

fn one_namespace<'d>(report: &mut Report<'_>, base: &Place, entries: impl Iterator<Item = Named<'d>>) {
    let mut seen: HashMap<&str, (Named<'_>, u32)> = HashMap::new();
    for entry in entries {
        if !check_form(report, entry.id, || entry.place(base).field("id")) {
            report.bad_id(format!("{}/{}", base.pointer, entry.key), entry.id);
        }
        let Some((first, times)) = seen.get_mut(entry.id) else {
            seen.insert(entry.id, (entry, 1));
            continue;
        };
        *times += 1;
        let mut at = entry.place(base);
        at.address = again(&at.address, *times);
        let message = format!("the id `{}` is already taken", shortened(entry.id));
        let diagnostic = Diagnostic::new(codes::DUPLICATE_ID, at.field("id"), message)
            .with_related(first.place(base).field("id"), "first used here")
            .with_help("give one of them another id; whatever referred to it must say which one it means");
        report.push(diagnostic);
    }
}

/// The address of the entry that is the `count`th with its id.
pub(super) fn again(address: &Address, count: u32) -> Address {
    let mut out = Address::programme();
    let segments = address.segments();
    for (i, segment) in segments.iter().enumerate() {
        out = match segment.id() {
            Some(id) if i + 1 == segments.len() => out.entry(segment.noun(), &format!("{id}#{count}")),
            Some(id) => out.entry(segment.noun(), id),
            None => out.field(segment.noun()),
        };
    }
    out
}
