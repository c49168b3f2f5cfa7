//! References to things with a date.

use super::link_words::as_table;
use super::{Names, by_title};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::id::NodeRef;
use crate::place::Place;
use crate::projection::NodeKind;
use crate::resolved::End;
use crate::slot::{SlotIx, Slots};
use crate::validate::Report;
use crate::validate::names::shortened;
use crate::validate::unknown::{Lists, Space};

/// Resolves a reference to a time node: `training`, `guideline/v2`, `install@lund`.
pub(super) fn node(
    report: &mut Report<'_>,
    slots: &Slots,
    groups: &[Vec<u32>],
    subjects: &Names<'_>,
    deliverables: &Names<'_>,
    id: &NodeRef,
    place: &dyn Fn() -> Place,
) -> Option<End> {
    let text = id.as_str();
    let (base, subject) = match text.split_once('@') {
        Some((base, subject)) => (base, Some(subject)),
        None => (text, None),
    };
    let Some(slot) = slots.find(base) else {
        let deliverable = deliverables
            .get(base)
            .and_then(|at| report.doc.deliverables[at as usize].versions.last())
            .map(|v| format!("a deliverable is not a date; name a version: `{base}/{}`", v.id));
        let whole = place();
        let table = || {
            let table = as_table(text, |id| slots.find(id).is_some())?;
            let is_link = whole.pointer.ends_with("/from") || !table.starts_with('{');
            is_link.then(|| format!("did you mean `{table}`? an entry names an id, and its `type` and `lag` beside it"))
        };
        let (near, name) = match deliverable.or_else(table) {
            Some(help) => (Some(help), None),
            None => match report.titled(Space::Nodes, base).map(str::to_owned) {
                Some(own) => (Some(by_title(&own)), slots.find(&own).map(|ix| &*slots.get(ix).id)),
                None => report.did_you_mean(base, slots.ids()),
            },
        };
        let fix = name.map(|name| match subject {
            Some(subject) => format!("{name}@{subject}"),
            None => name.to_owned(),
        });
        let message = format!("nothing here is called `{}`", shortened(base));
        let diagnostic = Diagnostic::new(codes::UNKNOWN_REFERENCE, whole, message)
            .with_help_if(near)
            .with_fix(fix);
        let (name, lists) = missing(slots, deliverables, base);
        report.unknown(Space::Nodes, name, lists, diagnostic);
        return None;
    };
    report.named(base);
    let Some(subject) = subject else {
        return Some(End { slot, subject: None });
    };
    report.named(subject);
    let members = slots.get(slot).per.map(|g| groups[g as usize].as_slice());
    let position = subjects.get(subject);
    match (members, position) {
        (Some(members), Some(position)) if members.binary_search(&position).is_ok() => Some(End {
            slot,
            subject: Some(position),
        }),
        (None, _) => {
            // What it is done per may be misspelt, or have been left out; that is then the fault.
            if !meant_per_subject(report, slots, slot) {
                let message = format!(
                    "`{base}` is not done per subject, so it has no `@{}`",
                    shortened(subject)
                );
                report.push(Diagnostic::new(codes::UNKNOWN_REFERENCE, place(), message).with_fix(Some(base)));
            }
            None
        }
        (Some(members), _) => {
            let doc = report.doc;
            let known = members.iter().map(|m| doc.subjects[*m as usize].id.as_str());
            let (help, near) = report.did_you_mean(subject, known);
            let message = format!("`{base}` is not done for a subject `{}`", shortened(subject));
            let diagnostic = Diagnostic::new(codes::UNKNOWN_REFERENCE, place(), message)
                .with_help_if(help)
                .with_fix(near.map(|n| format!("{base}@{n}")));
            // A subject that is there may be missing from the group alone.
            let lists = match (position, slots.get(slot).per) {
                (Some(_), Some(group)) => vec![format!("/groups/{group}/members").into()],
                _ => vec!["/subjects".into()],
            };
            report.unknown(Space::Subjects, subject, lists, diagnostic);
            None
        }
    }
}

/// The part of a reference that nothing is called, and the lists in which something of that name may have stood: of
/// `guideline/v2` the deliverable where there is none, else its version.
fn missing<'t>(slots: &Slots, deliverables: &Names<'_>, base: &'t str) -> (&'t str, Lists) {
    let Some((whole, part)) = base.split_once('/') else {
        let lists = ["/activities", "/meetings", "/gates", "/phases", "/deliverables"];
        return (base, lists.map(Into::into).to_vec());
    };
    if let Some(at) = deliverables.get(whole) {
        let version = part
            .split_once('/')
            .map_or(base, |(v, _)| &base[..whole.len() + 1 + v.len()]);
        return match slots.find(version).map(|found| slots.get(found)) {
            Some(version) => {
                let list = format!("/deliverables/{at}/versions/{}/reviews", version.nested);
                (base, vec![list.into()])
            }
            None => (version, vec![format!("/deliverables/{at}/versions").into()]),
        };
    }
    match slots.find(whole).map(|found| slots.get(found)) {
        Some(meeting) if meeting.kind == NodeKind::Meeting => {
            (base, vec![format!("/meetings/{}/parts", meeting.entry).into()])
        }
        Some(_) => (base, Vec::new()),
        None => (whole, vec!["/deliverables".into(), "/meetings".into()]),
    }
}

/// Whether something, or a summary that it is part of, says that it is done per subject, or may have said so.
fn meant_per_subject(report: &Report<'_>, slots: &Slots, slot: SlotIx) -> bool {
    let mut at = Some(slot);
    // INVARIANT: rings of parents were cut before links are looked up, so this ends.
    while let Some(ix) = at {
        let slot = slots.get(ix);
        let lacks = |key: &str| report.damage.lacks(&slot.place(report.doc), key);
        if slot.timed(report.doc).per.is_some() || lacks("per") || lacks("part-of") {
            return true;
        }
        at = slot.parent;
    }
    false
}
