//! Dates that are not kept, and by how much.

use framdrift_model::projection::{Bound, BoundKind, BoundOrigin, Counts, Mode, NodeIx};
use framdrift_model::time::Minute;
use framdrift_schedule::{Network, Schedule};

/// A date that comes after what bounds it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Miss {
    /// The node and its bound; none for the programme, which has to be finished by a date.
    pub(crate) bound: Option<(NodeIx, Bound)>,
    /// The start or finish that comes too late.
    pub(crate) date: Minute,
    /// The latest that it may be.
    pub(crate) at: Minute,
    /// By how much it is late.
    pub(crate) by: i64,
    /// What that counts.
    pub(crate) counts: Counts,
}

impl Miss {
    /// Whether it is a start that comes too late.
    pub(crate) fn of_start(&self) -> bool {
        let kind = self.bound.map(|(_, bound)| bound.kind);
        matches!(kind, Some(BoundKind::StartNotAfter | BoundKind::MustStart))
    }

    /// What the node does too late.
    pub(crate) fn verb(&self) -> &'static str {
        if self.of_start() { "starts" } else { "finishes" }
    }

    /// What bounds the date, in a word for programs.
    pub(crate) const fn kind(&self) -> &'static str {
        match &self.bound {
            None => "finish",
            Some((_, bound)) => match bound.origin {
                BoundOrigin::Deadline => "deadline",
                BoundOrigin::Window => "window",
                BoundOrigin::Planned => "planned",
                _ => "constraint",
            },
        }
    }

    /// What bounds the date, with its own date.
    pub(crate) fn rule(&self) -> String {
        let Some((_, bound)) = &self.bound else {
            return self.at.to_string();
        };
        let rule = match bound.origin {
            BoundOrigin::Deadline => "its deadline",
            BoundOrigin::Window => "the end of its window,",
            BoundOrigin::Planned => "the date it is planned for,",
            _ => "the last moment its constraint allows,",
        };
        format!("{rule} {}", shown(bound.kind, bound.at))
    }
}

/// The dates that are not kept: that of the programme, then those of the nodes, in document order.
pub(crate) fn misses(network: &Network, schedule: &Schedule) -> Vec<Miss> {
    let projection = network.projection();
    let mut out = Vec::new();
    if let Some(at) = projection.finish.filter(|at| schedule.finish() > *at) {
        let date = schedule.finish();
        let calendar = projection.calendars.get(projection.calendar.index());
        let worked = calendar.map_or(0, |calendar| calendar.between(at, date));
        let (by, counts) = match worked {
            0 => (date.since(at), Counts::Clock),
            worked => (worked, Counts::WorkingTime),
        };
        let bound = None;
        out.push(Miss {
            bound,
            date,
            at,
            by,
            counts,
        });
    }
    for (ix, dates) in schedule.iter() {
        let node = &projection.nodes[ix.index()];
        if node.mode == Mode::Inactive {
            continue;
        }
        for bound in &node.bounds {
            let date = match bound.kind {
                BoundKind::StartNotAfter | BoundKind::MustStart => dates.start,
                BoundKind::FinishNotAfter | BoundKind::MustFinish => dates.finish,
                BoundKind::ExternalFinish if projection.rules.external_dates => dates.finish,
                _ => continue,
            };
            let late = late(network, schedule, ix, bound.at, date);
            out.extend(late.map(|(by, counts)| Miss {
                bound: Some((ix, *bound)),
                date,
                at: bound.at,
                by,
                counts,
            }));
        }
    }
    out
}

/// By how much a date comes after a cap, and what that counts; none where the cap is kept.
///
/// By working time: Friday 17:00 keeps «Monday 08:00», and «by Friday» lasts until its end. What runs by the clock is late by the
/// clock. A summary is late where a part of it is, as that part counts.
fn late(network: &Network, schedule: &Schedule, ix: NodeIx, at: Minute, date: Minute) -> Option<(i64, Counts)> {
    if date <= at {
        return None;
    }
    let projection = network.projection();
    let nodes = &projection.nodes;
    let by = |ix: NodeIx, date: Minute| {
        let node = &nodes[ix.index()];
        let calendar = &projection.calendars[node.calendar.index()];
        let counts = projection.counts_of(ix);
        (counts.between(calendar, at, date), counts)
    };
    let own = Some(by(ix, date)).filter(|(minutes, _)| *minutes > 0);
    if !network.is_summary(ix) {
        return own;
    }
    let parent = |at: NodeIx| nodes[at.index()].parent;
    let belongs = |part: NodeIx| std::iter::successors(parent(part), |up| parent(*up)).any(|up| up == ix);
    let late_parts = schedule.iter().filter(|(part, dates)| {
        let leaf = !network.is_summary(*part) && nodes[part.index()].mode.takes_part();
        leaf && dates.finish > at && belongs(*part)
    });
    let most = late_parts.map(|(part, dates)| by(part, dates.finish)).max()?;
    own.or(Some(most)).filter(|_| most.0 > 0)
}

/// A date that bounds something; for a finish midnight means the end of the day before.
pub(crate) fn shown(kind: BoundKind, at: Minute) -> String {
    let ends = matches!(
        kind,
        BoundKind::FinishNotAfter | BoundKind::MustFinish | BoundKind::ExternalFinish
    );
    if ends && at.day_and_minute().1 == 0 {
        format!("{} (its end)", at.plus(-1).date())
    } else {
        at.to_string()
    }
}
