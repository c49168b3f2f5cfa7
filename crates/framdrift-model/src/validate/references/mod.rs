//! References: every name is looked up once, here; later rules and engines get positions.

mod link_words;
mod links;
mod node;
mod own;
mod parties;

pub use own::DEEPEST_PARTS;

use std::collections::{BTreeMap, HashMap};

use super::names::shortened;
use super::unknown::Space;
use super::{Report, spaced};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{ProgrammeDoc, SubjectKind};
use crate::id::NodeRef;
use crate::place::Place;
use crate::resolved::{End, Resolved};
use crate::slot::Slots;

/// Positions by id; the first of several equal ids counts.
struct Names<'d> {
    by_id: HashMap<&'d str, u32>,
    listed: Vec<&'d str>,
}

impl<'d> Names<'d> {
    fn of(ids: impl Iterator<Item = &'d str>) -> Self {
        let listed: Vec<&str> = ids.collect();
        let mut by_id = HashMap::with_capacity(listed.len());
        for (i, id) in (0..).zip(&listed) {
            by_id.entry(*id).or_insert(i);
        }
        Self { by_id, listed }
    }

    fn get(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }
}

/// The most members that all groups together may have.
const MOST_MEMBERSHIPS: usize = 4_000_000;

/// What a name must be one of, for a message.
struct Wanted {
    space: Space,
    code: Code,
    noun: &'static str,
    /// Pointers to the lists that it stands in.
    lists: &'static [&'static str],
}

const CALENDAR: Wanted = Wanted {
    space: Space::Calendars,
    code: codes::UNDECLARED_CALENDAR,
    noun: "calendar",
    lists: &["/calendars"],
};
const SUBJECT: Wanted = Wanted {
    space: Space::Subjects,
    code: codes::UNDECLARED_SUBJECT,
    noun: "subject",
    lists: &["/subjects"],
};
const GROUP: Wanted = Wanted {
    space: Space::Subjects,
    code: codes::UNDECLARED_GROUP,
    noun: "group",
    lists: &["/groups"],
};
const ROLE: Wanted = Wanted {
    space: Space::Parties,
    code: codes::UNDECLARED_ROLE,
    noun: "role",
    lists: &["/roles"],
};
const BODY: Wanted = Wanted {
    space: Space::Parties,
    code: codes::UNDECLARED_BODY,
    noun: "body",
    lists: &["/bodies"],
};
const PARTY: Wanted = Wanted {
    space: Space::Parties,
    code: codes::UNDECLARED_PARTY,
    noun: "body, role or person",
    lists: &["/bodies", "/roles", "/people"],
};
const PHASE: Wanted = Wanted {
    space: Space::Nodes,
    code: codes::UNDECLARED_PHASE,
    noun: "phase",
    lists: &["/phases"],
};
const ACTIVITY: Wanted = Wanted {
    space: Space::Nodes,
    code: codes::UNKNOWN_REFERENCE,
    noun: "activity",
    lists: &["/activities"],
};

/// What a reference from another document may name.
pub(super) struct Known<'d> {
    resolved: &'d Resolved,
    subjects: Names<'d>,
    deliverables: Names<'d>,
}

impl<'d> Known<'d> {
    pub(super) fn of(doc: &'d ProgrammeDoc, resolved: &'d Resolved) -> Self {
        Self {
            resolved,
            subjects: Names::of(doc.subjects.iter().map(|s| s.id.as_str())),
            deliverables: Names::of(doc.deliverables.iter().map(|d| d.id.as_str())),
        }
    }

    /// Looks a reference up, and reports one that names nothing at `place`.
    pub(super) fn find(&self, report: &mut Report<'_>, id: &NodeRef, place: &dyn Fn() -> Place) -> Option<End> {
        let Resolved { slots, groups, .. } = self.resolved;
        node::node(report, slots, groups, &self.subjects, &self.deliverables, id, place)
    }
}

pub(super) fn resolve(report: &mut Report<'_>) -> Resolved {
    let doc = report.doc;
    let calendars = Names::of(doc.calendars.iter().map(|c| c.id.as_str()));
    let subjects = Names::of(doc.subjects.iter().map(|s| s.id.as_str()));
    let groups = Names::of(doc.groups.iter().map(|g| g.id.as_str()));
    let roles = Names::of(doc.roles.iter().map(|r| r.id.as_str()));
    let bodies = Names::of(doc.bodies.iter().map(|b| b.id.as_str()));
    let root = Place::programme;

    let mut resolved = Resolved {
        slots: Slots::of(doc),
        ..Resolved::default()
    };

    resolved.default_calendar = match &doc.calendar {
        Some(id) => one(report, &calendars, &CALENDAR, id.as_str(), || root().field("calendar")),
        None => None,
    };
    if resolved.default_calendar.is_none() && !doc.calendars.is_empty() {
        resolved.default_calendar = Some(0);
    }
    for (i, calendar) in doc.calendars.iter().enumerate() {
        let place = || root().entry("calendars", i, "calendar", &calendar.id).field("parent");
        let parent = calendar
            .parent
            .as_ref()
            .and_then(|id| one(report, &calendars, &CALENDAR, id.as_str(), place));
        resolved.calendar_parents.push(parent);
    }
    let mut by_kind: BTreeMap<SubjectKind, Vec<u32>> = BTreeMap::new();
    for (j, subject) in (0..).zip(&doc.subjects) {
        if let Some(kind) = subject.kind {
            by_kind.entry(kind).or_default().push(j);
        }
    }
    let mut memberships = 0;
    for (i, group) in doc.groups.iter().enumerate() {
        let place = || root().entry("groups", i, "group", &group.id);
        let mut members: Vec<u32> = Vec::with_capacity(group.members.len());
        for (j, id) in group.members.iter().enumerate() {
            match one(report, &subjects, &SUBJECT, id.as_str(), || place().item("members", j)) {
                Some(member) => members.push(member),
                None => report.astray(format!("/groups/{i}/members")),
            }
        }
        let all = group
            .all
            .and_then(|kind| by_kind.get(&kind))
            .map_or(&[][..], Vec::as_slice);
        memberships += members.len() + all.len();
        if memberships > MOST_MEMBERSHIPS {
            if !resolved.overflow {
                let message = format!(
                    "with `{}` the groups have more than {} members",
                    group.id,
                    spaced(MOST_MEMBERSHIPS as u64)
                );
                report.push(
                    Diagnostic::new(codes::TOO_MANY_INSTANCES, place().field("id"), message)
                        .with_help("subjects count once for each group that they belong to; use fewer groups"),
                );
            }
            resolved.overflow = true;
        } else {
            members.extend(all);
        }
        members.sort_unstable();
        members.dedup();
        resolved.groups.push(members);
    }
    for (i, person) in doc.people.iter().enumerate() {
        for (j, role) in person.roles.iter().enumerate() {
            let place = || root().entry("people", i, "person", &person.id).item("roles", j);
            one(report, &roles, &ROLE, role.as_str(), place);
        }
    }

    own::resolve(report, &mut resolved, &calendars, &groups);
    own::inherit(&mut resolved);
    parties::check(report, &bodies);
    links::resolve(report, &mut resolved, &subjects);
    report.settle_unknown();
    resolved
}

/// Advice where a title stands in place of an id.
fn by_title(id: &str) -> String {
    format!("did you mean `{id}`? that is its id, and this its title")
}

/// Looks one name up, and reports it where it is not there and nothing that was left out explains it.
fn one(
    report: &mut Report<'_>,
    names: &Names<'_>,
    wanted: &Wanted,
    id: &str,
    place: impl FnOnce() -> Place,
) -> Option<u32> {
    let found = names.get(id);
    if found.is_some() {
        report.named(id);
    } else {
        let titled = report
            .titled(wanted.space, id)
            .and_then(|id| names.by_id.get_key_value(id));
        let (help, near) = match titled.map(|(id, _)| *id) {
            Some(own) => (Some(by_title(own)), Some(own)),
            None => report.did_you_mean(id, names.listed.iter().copied()),
        };
        let help = help.or_else(|| match names.listed.len() {
            0 => Some(format!("this programme declares no {}", wanted.noun)),
            1..=8 => {
                let mut list: Vec<String> = names.listed.iter().map(|name| format!("`{name}`")).collect();
                list.dedup();
                Some(format!("declared: {}", list.join(", ")))
            }
            _ => None,
        });
        let message = format!("there is no {} `{}`", wanted.noun, shortened(id));
        let diagnostic = Diagnostic::new(wanted.code, place(), message)
            .with_help_if(help)
            .with_fix(near);
        let lists = wanted.lists.iter().map(|list| (*list).into()).collect();
        report.unknown(wanted.space, id, lists, diagnostic);
    }
    found
}
