//! Who is named: bodies, roles and people.

use super::{BODY, Names, PARTY, one};
use crate::id::PartyRef;
use crate::place::Place;
use crate::validate::Report;

/// Bodies, roles and people named by gates, activities, meetings and deliverables.
pub(super) fn check(report: &mut Report<'_>, bodies: &Names<'_>) {
    let doc = report.doc;
    let all = doc.roles.iter().map(|r| r.id.as_str());
    let all = all
        .chain(doc.bodies.iter().map(|b| b.id.as_str()))
        .chain(doc.people.iter().map(|p| p.id.as_str()));
    let names = Names::of(all);
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
