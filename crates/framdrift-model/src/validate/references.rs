//! References: every name is looked up once, here; later rules and engines get positions.

use std::collections::HashMap;

use super::{NODE_LISTS, PARTY_LISTS, Report};
use crate::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::document::{AgendaItemDoc, BetweenDoc, PreReadDoc};
use crate::id::{NodeRef, PartyRef};
use crate::place::Place;
use crate::projection::{LinkKind, LinkOrigin, NodeKind};
use crate::resolved::{End, Gap, Resolved, SlotLink};
use crate::slot::{SlotIx, Slots};

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

/// What a name must be one of, for a message.
struct Wanted {
    code: Code,
    noun: &'static str,
    lists: &'static [&'static str],
}

const CALENDAR: Wanted = Wanted {
    code: codes::UNDECLARED_CALENDAR,
    noun: "calendar",
    lists: &["calendars"],
};
const SUBJECT: Wanted = Wanted {
    code: codes::UNDECLARED_SUBJECT,
    noun: "subject",
    lists: &["subjects"],
};
const GROUP: Wanted = Wanted {
    code: codes::UNDECLARED_GROUP,
    noun: "group",
    lists: &["groups"],
};
const ROLE: Wanted = Wanted {
    code: codes::UNDECLARED_ROLE,
    noun: "role",
    lists: &["roles"],
};
const BODY: Wanted = Wanted {
    code: codes::UNDECLARED_BODY,
    noun: "body",
    lists: &["bodies"],
};
const PARTY: Wanted = Wanted {
    code: codes::UNDECLARED_PARTY,
    noun: "body, role or person",
    lists: PARTY_LISTS,
};
const PHASE: Wanted = Wanted {
    code: codes::UNDECLARED_PHASE,
    noun: "phase",
    lists: &["phases"],
};
const ACTIVITY: Wanted = Wanted {
    code: codes::UNKNOWN_REFERENCE,
    noun: "activity",
    lists: &["activities"],
};

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
    for (i, group) in doc.groups.iter().enumerate() {
        let place = || root().entry("groups", i, "group", &group.id);
        let listed = group.members.iter().enumerate();
        let mut members: Vec<u32> = listed
            .filter_map(|(j, id)| one(report, &subjects, &SUBJECT, id.as_str(), || place().item("members", j)))
            .collect();
        if let Some(kind) = group.all {
            members.extend(
                (0..)
                    .zip(&doc.subjects)
                    .filter(|(_, s)| s.kind == Some(kind))
                    .map(|(j, _)| j),
            );
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

    own_references(report, &mut resolved, &calendars, &groups);
    inherit(doc, &mut resolved);
    parties(report, &roles, &bodies);
    links(report, &mut resolved, &subjects);
    resolved
}

/// Looks one name up, and reports it where it is not there and not damaged.
fn one(
    report: &mut Report<'_>,
    names: &Names<'_>,
    wanted: &Wanted,
    id: &str,
    place: impl FnOnce() -> Place,
) -> Option<u32> {
    let found = names.get(id);
    if found.is_none() && !report.damage.may_hide(id, wanted.lists) {
        let (help, near) = report.did_you_mean(id, names.listed.iter().copied());
        let help = help.or_else(|| match names.listed.len() {
            0 => Some(format!("this programme declares no {}", wanted.noun)),
            1..=8 => {
                let list: Vec<String> = names.listed.iter().map(|name| format!("`{name}`")).collect();
                Some(format!("declared: {}", list.join(", ")))
            }
            _ => None,
        });
        report.push(
            Diagnostic::new(wanted.code, place(), format!("there is no {} `{id}`", wanted.noun))
                .with_help_if(help)
                .with_fix(near),
        );
    }
    found
}

/// What each slot says about itself: calendar, group, phase, the activity it is part of.
fn own_references(report: &mut Report<'_>, resolved: &mut Resolved, calendars: &Names<'_>, groups: &Names<'_>) {
    let doc = report.doc;
    let phases = Names::of(doc.phases.iter().map(|p| p.id.as_str()));
    for at in 0..resolved.slots.list.len() {
        let slot = resolved.slots.list[at].clone();
        let timed = slot.timed(doc);
        let place = || slot.place(doc);
        // A deliverable speaks for its versions, a meeting for its parts: they are reported once, below and there.
        let speaks = !matches!(slot.kind, NodeKind::Part | NodeKind::Review);
        let inherited = matches!(slot.kind, NodeKind::Version);
        let calendar = timed.calendar.and_then(|id| {
            if speaks && !inherited {
                one(report, calendars, &CALENDAR, id.as_str(), || place().field("calendar"))
            } else {
                calendars.get(id.as_str())
            }
        });
        let per = timed.per.and_then(|id| {
            if speaks && !inherited {
                one(report, groups, &GROUP, id.as_str(), || place().field("per"))
            } else {
                groups.get(id.as_str())
            }
        });
        let own_phase = match slot.kind {
            NodeKind::Version => doc.deliverables[slot.entry as usize].versions[slot.nested as usize]
                .phase
                .is_some(),
            _ => speaks,
        };
        let phase = timed.phase.and_then(|id| {
            if own_phase {
                one(report, &phases, &PHASE, id.as_str(), || place().field("phase"))
            } else {
                phases.get(id.as_str())
            }
        });
        // Phases are the first slots, in document order.
        let slot = &mut resolved.slots.list[at];
        slot.calendar = calendar;
        slot.per = per;
        slot.phase = phase.map(SlotIx);
    }
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        let place = || Place::programme().entry("deliverables", i, "deliverable", &deliverable.id);
        if let Some(id) = &deliverable.calendar {
            one(report, calendars, &CALENDAR, id.as_str(), || place().field("calendar"));
        }
        if let Some(id) = &deliverable.per {
            one(report, groups, &GROUP, id.as_str(), || place().field("per"));
        }
        if let Some(id) = &deliverable.phase {
            one(report, &phases, &PHASE, id.as_str(), || place().field("phase"));
        }
    }
    let activities = Names::of(doc.activities.iter().map(|a| a.id.as_str()));
    let base = u32::try_from(doc.phases.len() + doc.gates.len()).expect("fewer than 2³² entries");
    for (i, activity) in doc.activities.iter().enumerate() {
        let Some(id) = &activity.part_of else {
            continue;
        };
        let place = || {
            Place::programme()
                .entry("activities", i, "activity", &activity.id)
                .field("part-of")
        };
        let Some(parent) = one(report, &activities, &ACTIVITY, id.as_str(), place) else {
            continue;
        };
        let own = base as usize + i;
        resolved.slots.list[own].parent = Some(SlotIx(base + parent));
        resolved.slots.list[(base + parent) as usize].summary = true;
    }
}

/// Hands the group of a summary or a meeting down to its parts. Rings of parts are cut where they close; a rule reports them.
fn inherit(doc: &crate::document::ProgrammeDoc, resolved: &mut Resolved) {
    let slots = &mut resolved.slots.list;
    let mut state = vec![0_u8; slots.len()];
    for start in 0..slots.len() {
        let mut chain = Vec::new();
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            chain.push(at);
            match slots[at].parent {
                Some(parent) if state[parent.index()] == 1 => {
                    resolved
                        .cut
                        .push((SlotIx(u32::try_from(at).expect("a position")), parent));
                    slots[at].parent = None;
                    break;
                }
                Some(parent) => at = parent.index(),
                None => break,
            }
        }
        for &i in chain.iter().rev() {
            if let Some(parent) = slots[i].parent {
                slots[i].per = slots[parent.index()].per;
            }
            state[i] = 2;
        }
    }
    let _ = doc;
}

/// Bodies, roles and people named by gates, activities, meetings and deliverables.
fn parties(report: &mut Report<'_>, roles: &Names<'_>, bodies: &Names<'_>) {
    let doc = report.doc;
    let all = doc.roles.iter().map(|r| r.id.as_str());
    let all = all
        .chain(doc.bodies.iter().map(|b| b.id.as_str()))
        .chain(doc.people.iter().map(|p| p.id.as_str()));
    let names = Names::of(all);
    let _ = roles;
    let root = Place::programme;
    let each = |report: &mut Report<'_>, ids: &[PartyRef], key: &str, place: &dyn Fn() -> Place| {
        for (i, id) in ids.iter().enumerate() {
            one(report, &names, &PARTY, id.as_str(), || place().item(key, i));
        }
    };
    let single = |id: &Option<PartyRef>| id.iter().cloned().collect::<Vec<_>>();

    for (i, gate) in doc.gates.iter().enumerate() {
        if let Some(id) = &gate.body {
            one(report, bodies, &BODY, id.as_str(), || {
                root().entry("gates", i, "gate", &gate.id).field("body")
            });
        }
    }
    for (i, activity) in doc.activities.iter().enumerate() {
        let place = || root().entry("activities", i, "activity", &activity.id);
        if let Some(id) = &activity.responsible {
            one(report, &names, &PARTY, id.as_str(), || place().field("responsible"));
        }
    }
    for (i, meeting) in doc.meetings.iter().enumerate() {
        let place = || root().entry("meetings", i, "meeting", &meeting.id);
        if let Some(id) = &meeting.body {
            one(report, bodies, &BODY, id.as_str(), || place().field("body"));
        }
        each(report, &meeting.attendees, "attendees", &place);
        each(report, &meeting.presenters, "presenters", &place);
        for (j, item) in meeting.agenda.iter().enumerate() {
            each(report, &item.presenters, "presenters", &|| {
                place().entry("agenda", j, "item", &item.id)
            });
        }
        for (j, part) in meeting.parts.iter().enumerate() {
            for (k, item) in part.agenda.iter().enumerate() {
                let at = || {
                    place()
                        .entry("parts", j, "part", &part.id)
                        .entry("agenda", k, "item", &item.id)
                };
                each(report, &item.presenters, "presenters", &at);
            }
        }
    }
    for (i, deliverable) in doc.deliverables.iter().enumerate() {
        let place = || root().entry("deliverables", i, "deliverable", &deliverable.id);
        for id in single(&deliverable.owner) {
            one(report, &names, &PARTY, id.as_str(), || place().field("owner"));
        }
        for (j, version) in deliverable.versions.iter().enumerate() {
            let at = || place().entry("versions", j, "version", &version.id);
            for id in single(&version.author) {
                one(report, &names, &PARTY, id.as_str(), || at().field("author"));
            }
            for (k, review) in version.reviews.iter().enumerate() {
                each(report, &review.reviewers, "reviewers", &|| {
                    at().entry("reviews", k, "review", &review.id)
                });
            }
        }
    }
}

/// Links: what is written under `after`, `before`, `between` and `pre-reads`, and the order that nesting implies.
fn links(report: &mut Report<'_>, resolved: &mut Resolved, subjects: &Names<'_>) {
    let doc = report.doc;
    let slots = std::mem::take(&mut resolved.slots);
    let mut found = Vec::new();
    let look = |report: &mut Report<'_>, id: &NodeRef, place: &dyn Fn() -> Place| {
        node(report, &slots, &resolved.groups, subjects, id, place)
    };
    for (ix, slot) in slots.iter() {
        let own = End {
            slot: ix,
            subject: None,
        };
        let timed = slot.timed(doc);
        let place = || slot.place(doc);
        for (i, link) in timed.after.iter().enumerate() {
            let at = || place().entry("after", i, "after", &link.from).field("from");
            if let Some(from) = look(report, &link.from, &at) {
                found.push(SlotLink {
                    from,
                    to: own,
                    kind: link.kind.unwrap_or_default(),
                    gap: link.lag.map_or(Gap::None, Gap::Lag),
                    origin: LinkOrigin::After(position(i)),
                });
            }
        }
        for (i, link) in timed.before.iter().enumerate() {
            let at = || place().entry("before", i, "before", &link.to).field("to");
            if let Some(to) = look(report, &link.to, &at) {
                let gap = link.lead_time.map_or(Gap::None, Gap::Lead);
                found.push(finish_to_start(own, to, gap, LinkOrigin::Before(position(i))));
            }
        }
        if let Some(BetweenDoc {
            after,
            before,
            extensions: _,
        }) = timed.between
        {
            if let Some(from) = look(report, after, &|| place().field("between").field("after")) {
                found.push(finish_to_start(from, own, Gap::None, LinkOrigin::BetweenAfter));
            }
            if let Some(to) = look(report, before, &|| place().field("between").field("before")) {
                found.push(finish_to_start(own, to, Gap::None, LinkOrigin::BetweenBefore));
            }
        }
        for (i, read) in timed.pre_reads.iter().enumerate() {
            let at = || {
                place()
                    .entry("pre-reads", i, "pre-read", &read.version)
                    .field("version")
            };
            if let Some(from) = look(report, &read.version, &at) {
                found.push(finish_to_start(
                    from,
                    own,
                    ahead(read),
                    LinkOrigin::PreRead(position(i)),
                ));
            }
        }
        for (i, item) in agenda(doc, slot.kind, slot.entry, slot.nested).iter().enumerate() {
            for (j, read) in item.pre_reads.iter().enumerate() {
                let at = || {
                    place()
                        .entry("agenda", i, "item", &item.id)
                        .entry("pre-reads", j, "pre-read", &read.version)
                        .field("version")
                };
                if let Some(from) = look(report, &read.version, &at) {
                    let origin = LinkOrigin::AgendaPreRead(position(i), position(j));
                    found.push(finish_to_start(from, own, ahead(read), origin));
                }
            }
        }
        found.extend(implied(doc, &slots, ix));
    }
    resolved.slots = slots;
    resolved.links = found;
}

fn position(i: usize) -> u32 {
    u32::try_from(i).expect("a list holds fewer than 2³² entries")
}

const fn finish_to_start(from: End, to: End, gap: Gap, origin: LinkOrigin) -> SlotLink {
    SlotLink {
        from,
        to,
        kind: LinkKind::FinishToStart,
        gap,
        origin,
    }
}

fn ahead(read: &PreReadDoc) -> Gap {
    read.ahead.map_or(Gap::None, Gap::Lead)
}

/// The agenda of a meeting or of a part of one.
fn agenda(doc: &crate::document::ProgrammeDoc, kind: NodeKind, entry: u32, nested: u32) -> &[AgendaItemDoc] {
    match kind {
        NodeKind::Meeting => &doc.meetings[entry as usize].agenda,
        NodeKind::Part => &doc.meetings[entry as usize].parts[nested as usize].agenda,
        _ => &[],
    }
}

/// The order that nesting implies: a part follows the part before it, a review its version, a version the version before it
/// and that one's reviews.
fn implied(doc: &crate::document::ProgrammeDoc, slots: &Slots, ix: SlotIx) -> Vec<SlotLink> {
    let slot = slots.get(ix);
    let own = End {
        slot: ix,
        subject: None,
    };
    let before = |steps: u32| End {
        slot: SlotIx(ix.0 - steps),
        subject: None,
    };
    match slot.kind {
        NodeKind::Part if slot.nested > 0 => {
            vec![finish_to_start(before(1), own, Gap::None, LinkOrigin::PartOrder)]
        }
        NodeKind::Review => {
            vec![finish_to_start(
                before(slot.inner + 1),
                own,
                Gap::None,
                LinkOrigin::ReviewOrder,
            )]
        }
        NodeKind::Version if slot.nested > 0 => {
            // Slots stand in document order: the earlier version, then its reviews, then this one.
            let earlier = &doc.deliverables[slot.entry as usize].versions[slot.nested as usize - 1];
            let reviews = position(earlier.reviews.len());
            let first = finish_to_start(before(reviews + 1), own, Gap::None, LinkOrigin::VersionOrder);
            let after_reviews = (1..=reviews)
                .rev()
                .map(|n| finish_to_start(before(n), own, Gap::None, LinkOrigin::ReviewOrder));
            std::iter::once(first).chain(after_reviews).collect()
        }
        _ => Vec::new(),
    }
}

/// Resolves a reference to a time node: `training`, `guideline/v2`, `install@lund`.
fn node(
    report: &mut Report<'_>,
    slots: &Slots,
    groups: &[Vec<u32>],
    subjects: &Names<'_>,
    id: &NodeRef,
    place: &dyn Fn() -> Place,
) -> Option<End> {
    let text = id.as_str();
    let (base, subject) = match text.split_once('@') {
        Some((base, subject)) => (base, Some(subject)),
        None => (text, None),
    };
    let Some(slot) = slots.find(base) else {
        if !report.damage.may_hide(base, NODE_LISTS) {
            let deliverable = report.doc.deliverables.iter().find(|d| d.id.as_str() == base);
            let help = deliverable
                .and_then(|d| d.versions.last())
                .map(|v| format!("a deliverable is not a date; name a version: `{base}/{}`", v.id));
            let (near, name) = match help {
                Some(help) => (Some(help), None),
                None => report.did_you_mean(base, slots.ids()),
            };
            let fix = name.map(|name| match subject {
                Some(subject) => format!("{name}@{subject}"),
                None => name.to_owned(),
            });
            report.push(
                Diagnostic::new(
                    codes::UNKNOWN_REFERENCE,
                    place(),
                    format!("nothing here is called `{base}`"),
                )
                .with_help_if(near)
                .with_fix(fix),
            );
        }
        return None;
    };
    let Some(subject) = subject else {
        return Some(End { slot, subject: None });
    };
    let members = slots.get(slot).per.map(|g| groups[g as usize].as_slice());
    let position = subjects.get(subject);
    match (members, position) {
        (Some(members), Some(position)) if members.binary_search(&position).is_ok() => Some(End {
            slot,
            subject: Some(position),
        }),
        _ if report.damage.may_hide(subject, &["subjects", "groups"]) => None,
        (None, _) => {
            report.push(
                Diagnostic::new(
                    codes::UNKNOWN_REFERENCE,
                    place(),
                    format!("`{base}` is not done per subject, so it has no `@{subject}`"),
                )
                .with_fix(Some(base)),
            );
            None
        }
        (Some(members), _) => {
            let known: Vec<&str> = members
                .iter()
                .map(|m| report.doc.subjects[*m as usize].id.as_str())
                .collect();
            let (help, near) = report.did_you_mean(subject, known);
            report.push(
                Diagnostic::new(
                    codes::UNKNOWN_REFERENCE,
                    place(),
                    format!("`{base}` is not done for a subject `{subject}`"),
                )
                .with_help_if(help)
                .with_fix(near.map(|n| format!("{base}@{n}"))),
            );
            None
        }
    }
}
