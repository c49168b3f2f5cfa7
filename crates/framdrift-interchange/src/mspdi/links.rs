//! From predecessor links to dependencies.

use framdrift_model::document::{ActivityDoc, LinkDoc};
use framdrift_model::projection::LinkKind;
use framdrift_model::quantity::{Distance, Units};

use super::raw::RawLink;
use super::tasks::{Outline, Task};
use super::value::Format;
use crate::amount;
use crate::loss::{LossKind, LossReport, Spot};

/// Adds to each activity what it depends on.
pub(super) fn add(outline: &Outline<'_>, activities: &mut [ActivityDoc], units: Units, loss: &mut LossReport) {
    for (at, (task, activity)) in outline.tasks().zip(activities).enumerate() {
        for raw in &task.raw.links {
            let spot = || Spot::line(raw.line).about(format!("{} after task {}", task.name(), raw.predecessor));
            let mut lose = |why: &str| loss.add(LossKind::Dropped, "PredecessorLink", why, spot);
            if raw.cross_project {
                lose("it comes from another project");
                continue;
            }
            let Some(from) = outline.find(raw.predecessor) else {
                lose("its predecessor is not among the tasks that are read");
                continue;
            };
            if outline.holds(from, at) || outline.holds(at, from) {
                lose("it joins a task with itself, or with a summary that it belongs to");
                continue;
            }
            let predecessor = outline.get(from);
            let mut link = LinkDoc::new(predecessor.id.as_str());
            link.kind = match raw.kind {
                Some(0) => Some(LinkKind::FinishToFinish),
                Some(2) => Some(LinkKind::StartToFinish),
                Some(3) => Some(LinkKind::StartToStart),
                None | Some(1) => None,
                Some(other) => {
                    loss.add(
                        LossKind::Unreadable,
                        "PredecessorLink/Type",
                        "link types are 0 to 3; finish to start is taken",
                        || spot().value(other.to_string()),
                    );
                    None
                }
            };
            link.lag = lag(raw, predecessor, units, &spot, loss);
            activity.after.push(link);
        }
    }
}

fn lag(
    raw: &RawLink,
    predecessor: &Task<'_>,
    units: Units,
    spot: &dyn Fn() -> Spot,
    loss: &mut LossReport,
) -> Option<Distance> {
    if raw.lag == 0 {
        return None;
    }
    let mut lose = |why: &str| {
        loss.add(LossKind::Changed, "PredecessorLink/LinkLag", why, || {
            spot().value(raw.lag.to_string())
        });
    };
    if let Some(Format::Percent(by_the_clock)) = raw.format {
        let share = raw.lag.clamp(-1_000, 1_000);
        if share != raw.lag {
            lose("a share of more than 1000 %; that is taken");
        }
        if !by_the_clock || predecessor.elapsed() {
            // INVARIANT: a number of at most four digits is a share.
            return Some(
                format!("{share}%")
                    .parse()
                    .expect("a whole number of per cent is a lag"),
            );
        }
        lose("a share of the predecessor's duration that counts by the clock becomes what it amounts to now");
        return Some(amount::distance(predecessor.tenths() * share / 100, "ed", units));
    }
    if !amount::is_bounded(raw.lag) {
        lose("longer than a hundred years; that is taken");
    }
    let unit = match raw.format {
        Some(Format::Work(unit) | Format::Elapsed(unit)) => unit,
        _ => "d",
    };
    Some(amount::distance(raw.lag, unit, units))
}
