//! Nodes as tasks.

use framdrift_model::facts::Fact;
use framdrift_model::projection::{Mode, NodeIx, NodeKind, Span, TimeLink, TimeNode};
use framdrift_model::rules::{Direction, Profile};
use framdrift_model::time::Minute;
use framdrift_schedule::Dates;

use super::calendars::Calendars;
use super::numbers::outline;
use super::xml::Writer;
use super::{Export, bounds, links, project};
use crate::amount::TENTHS;
use crate::loss::{LossKind, LossReport, Spot};

const DAYS: u8 = 7;
const ELAPSED_DAYS: u8 = 8;
const FIXED_DURATION: u8 = 1;

/// Writes all nodes, below a task for the programme itself.
pub(super) fn write(
    out: &mut Writer,
    export: &Export<'_>,
    calendars: &Calendars,
    numbers: &[i64],
    loss: &mut LossReport,
) {
    let mut into: Vec<Vec<&TimeLink>> = vec![Vec::new(); export.projection.nodes.len()];
    for link in &export.projection.links {
        into[link.to.index()].push(link);
    }
    let outline = outline(export);
    out.open("Tasks");
    whole(out, export);
    let mut positions: Vec<usize> = Vec::new();
    for (id, (ix, level)) in outline.iter().enumerate() {
        positions.resize(*level, 0);
        positions[level - 1] += 1;
        let number: Vec<String> = positions.iter().map(ToString::to_string).collect();
        let task = Task {
            ix: *ix,
            node: &export.projection.nodes[ix.index()],
            id: id + 1,
            level: *level,
            number: number.join("."),
            // A summary without anything in it is a point in time.
            summary: outline.get(id + 1).is_some_and(|(_, next)| next > level),
            dates: export.schedule.map(|schedule| schedule.dates(*ix)),
            fact: export.facts.of(*ix),
        };
        task.write(out, export, calendars, numbers, &into[ix.index()], loss);
    }
    out.close("Tasks");
}

/// The task of the programme itself.
fn whole(out: &mut Writer, export: &Export<'_>) {
    out.open("Task");
    out.value("UID", 0);
    out.value("ID", 0);
    out.text("Name", &project::title(export));
    out.value("Type", FIXED_DURATION);
    out.flag("IsNull", false);
    out.value("OutlineNumber", 0);
    out.value("OutlineLevel", 0);
    if let Some(schedule) = export.schedule {
        out.instant("Start", schedule.start());
        out.instant("Finish", schedule.finish());
    }
    out.flag("Summary", true);
    out.close("Task");
}

/// A task to be written.
struct Task<'e> {
    ix: NodeIx,
    node: &'e TimeNode,
    id: usize,
    level: usize,
    number: String,
    summary: bool,
    dates: Option<Dates>,
    fact: Option<&'e Fact>,
}

impl Task<'_> {
    fn spot(&self) -> Spot {
        Spot::none().about(&*self.node.id)
    }

    fn write(
        &self,
        out: &mut Writer,
        export: &Export<'_>,
        calendars: &Calendars,
        numbers: &[i64],
        links: &[&TimeLink],
        loss: &mut LossReport,
    ) {
        let node = self.node;
        let title = export
            .programme
            .lookup()
            .title(node)
            .unwrap_or_else(|| node.id.to_string());
        let typed = self.typed(loss);
        let tenths = self.tenths(export, typed);
        let elapsed = matches!(node.span, Span::Elapsed(_)) && !self.summary && typed.is_none();
        self.kind(loss);
        out.open("Task");
        out.value("UID", numbers[self.ix.index()]);
        out.value("ID", self.id);
        out.text("Name", &title);
        out.flag("Active", node.mode != Mode::Inactive);
        out.flag("Manual", typed.is_some());
        out.value("Type", FIXED_DURATION);
        out.flag("IsNull", false);
        out.value("WBS", &self.number);
        out.value("OutlineNumber", &self.number);
        out.value("OutlineLevel", self.level);
        out.value("Priority", 500);
        let stands = typed
            .filter(|_| !self.summary)
            .or(self.dates.map(|dates| (dates.start, dates.finish)));
        if let Some((start, finish)) = stands {
            out.instant("Start", start);
            out.instant("Finish", finish);
        }
        out.duration("Duration", tenths);
        if let Some((start, finish)) = typed {
            out.instant("ManualStart", start);
            out.instant("ManualFinish", finish);
            out.duration("ManualDuration", tenths);
        }
        out.value("DurationFormat", if elapsed { ELAPSED_DAYS } else { DAYS });
        if let Some(Fact {
            suspended: Some(stop),
            resumed: Some(resume),
            ..
        }) = self.fact
        {
            out.instant("Stop", *stop);
            out.instant("Resume", *resume);
        }
        out.flag("EffortDriven", false);
        out.flag("Estimated", false);
        out.flag("Milestone", tenths == 0 && !self.summary);
        out.flag("Summary", self.summary);
        self.computed(out);
        self.progress(out, tenths);
        let rules = &export.projection.rules;
        let from_finish = rules.direction == Direction::FromFinish && export.projection.finish.is_some();
        let counts_back = from_finish && rules.profile == Profile::Framdrift && !self.summary;
        let bounds = bounds::of(node, counts_back, loss);
        out.value("ConstraintType", bounds.constraint);
        if node.work_calendar.is_some() {
            let why = "it is given the hours of those who do it, on which its float is counted, too";
            loss.add(LossKind::Changed, "work-calendar", why, || self.spot());
        }
        if node.milestone.is_some() {
            let why = "which end of something a milestone marks has no place in the format";
            loss.add(LossKind::NotKept, "milestone", why, || self.spot());
        }
        out.value(
            "CalendarUID",
            calendars.uid(node.work_calendar.unwrap_or(node.calendar)),
        );
        if let Some(date) = bounds.date {
            out.instant("ConstraintDate", date);
        }
        if let Some(deadline) = bounds.deadline {
            out.instant("Deadline", deadline);
        }
        out.value("LevelingDelay", node.delay * 10);
        out.value("LevelingDelayFormat", ELAPSED_DAYS);
        out.flag("IgnoreResourceCalendar", true);
        for link in links {
            links::write(out, link, numbers, export, loss);
        }
        out.close("Task");
    }

    /// Where it stands whatever its links say.
    fn typed(&self, loss: &mut LossReport) -> Option<(Minute, Minute)> {
        match self.node.mode {
            Mode::Manual { start, finish } => Some((start, finish)),
            Mode::LevelOfEffort => {
                let why = "a level of effort becomes a manual task that stands where it is now";
                loss.add(LossKind::Changed, "level-of-effort", why, || self.spot());
                self.dates.map(|dates| (dates.start, dates.finish))
            }
            Mode::Computed | Mode::Inactive => None,
        }
    }

    /// How long it takes, in tenths of minutes of its kind.
    fn tenths(&self, export: &Export<'_>, typed: Option<(Minute, Minute)>) -> i64 {
        let calendar = &export.projection.calendars[self.node.calendar.index()];
        let between = |(start, finish)| calendar.between(start, finish).max(0) * TENTHS;
        if self.summary {
            return self.dates.map_or(0, |dates| between((dates.start, dates.finish)));
        }
        match typed {
            Some(typed) => between(typed),
            None if self.node.summary => 0,
            None => self.node.span.minutes() * TENTHS + i64::from(self.node.tenths),
        }
    }

    /// What it is that the format does not tell apart.
    fn kind(&self, loss: &mut LossReport) {
        let why = match self.node.kind {
            NodeKind::Activity => return,
            NodeKind::Gate => "a gate becomes a milestone",
            NodeKind::Phase => "a phase becomes a summary",
            NodeKind::Meeting | NodeKind::Part => "a meeting becomes a task",
            _ => "a version or a review becomes a task",
        };
        loss.add(LossKind::NotKept, self.node.kind.word(), why, || self.spot());
    }

    fn computed(&self, out: &mut Writer) {
        let Some(dates) = self.dates else { return };
        out.flag("Critical", dates.critical);
        out.instant("EarlyStart", dates.early_start);
        out.instant("EarlyFinish", dates.early_finish);
        out.instant("LateStart", dates.late_start);
        out.instant("LateFinish", dates.late_finish);
        out.value("FreeSlack", dates.free_float.saturating_mul(10));
        out.value("TotalSlack", dates.total_float.saturating_mul(10));
    }

    fn progress(&self, out: &mut Writer, tenths: i64) {
        let Some(fact) = self.fact.filter(|_| !self.summary) else {
            return;
        };
        let left = match (fact.finished, fact.started) {
            (Some(_), _) => 0,
            (None, Some(_)) => fact.remaining.map_or(tenths, |left| left * TENTHS),
            (None, None) => return,
        };
        let done = (tenths - left).max(0);
        // Nothing is complete before it has finished.
        let percent = match (fact.finished.is_some(), tenths) {
            (true, _) => 100,
            (false, 1..) => (done * 100 / tenths).min(99),
            (false, _) => 0,
        };
        out.value("PercentComplete", percent);
        if let Some(started) = fact.started.or(fact.finished) {
            out.instant("ActualStart", started);
        }
        if let Some(finished) = fact.finished {
            out.instant("ActualFinish", finished);
        }
        out.duration("ActualDuration", if fact.finished.is_some() { tenths } else { done });
        if fact.finished.is_some() || fact.remaining.is_some() {
            out.duration("RemainingDuration", left);
        }
    }
}
