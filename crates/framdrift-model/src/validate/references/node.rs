//! References to things with a date.

use super::Names;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::id::NodeRef;
use crate::place::Place;
use crate::resolved::End;
use crate::slot::Slots;
use crate::validate::names::shortened;
use crate::validate::{NODE_LISTS, Report};

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
        if !report.damage.may_hide(base, NODE_LISTS) {
            let help = deliverables
                .get(base)
                .and_then(|at| report.doc.deliverables[at as usize].versions.last())
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
                    format!("nothing here is called `{}`", shortened(base)),
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
                    format!(
                        "`{base}` is not done per subject, so it has no `@{}`",
                        shortened(subject)
                    ),
                )
                .with_fix(Some(base)),
            );
            None
        }
        (Some(members), _) => {
            let doc = report.doc;
            let known = members.iter().map(|m| doc.subjects[*m as usize].id.as_str());
            let (help, near) = report.did_you_mean(subject, known);
            report.push(
                Diagnostic::new(
                    codes::UNKNOWN_REFERENCE,
                    place(),
                    format!("`{base}` is not done for a subject `{}`", shortened(subject)),
                )
                .with_help_if(help)
                .with_fix(near.map(|n| format!("{base}@{n}"))),
            );
            None
        }
    }
}
