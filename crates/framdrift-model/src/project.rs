//! From a resolved document to time nodes and links.

use crate::agenda;
use crate::calendar::WorkCalendar;
use crate::date::{Date, TimeOfDay};
use crate::document::{AgendaItemDoc, ConstraintDoc, ProgrammeDoc};
use crate::instants::{finish_of, finish_on, start_on, stretch};
use crate::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Lag, Mode, NodeIx, NodeKind, Origin, Projection, Span, TimeLink,
    TimeNode,
};
use crate::quantity::{LONGEST, Units};
use crate::resolved::{End, Gap, Resolved, SlotLink};
use crate::slot::{Slot, SlotIx};

/// The most nodes a programme may have, instances included.
pub const MOST_NODES: u64 = 2_000_000;
/// The most links a programme may have, those between instances included. A share of the duration of what belongs to a summary
/// counts once for each, and a link into a summary once for each calendar in it.
pub const MOST_LINKS: u64 = 4_000_000;

/// How long a slot takes. One that stands at typed dates, and says nothing else, takes the working time between them.
pub(crate) fn span(doc: &ProgrammeDoc, slot: &Slot, calendar: &WorkCalendar) -> Span {
    let timed = slot.timed(doc);
    let units = doc.units();
    let items = agenda_of(doc, slot);
    let between = timed
        .manual
        .map(|manual| stretch(calendar, manual.start, manual.finish));
    let span = match (timed.duration, timed.planned) {
        (Some(duration), _) => duration.span(units),
        (None, None) if between.is_some() => Span::Work(between.map_or(0, |(from, to)| calendar.between(from, to))),
        (None, Some(planned)) => Span::Elapsed(agenda::length(items, planned.time().map(TimeOfDay::minute), units)),
        // Nobody has said when: it is held in working time.
        (None, None) => Span::Work(agenda::length(items, None, units)),
    };
    let span = match span {
        Span::Elapsed(0) => Span::Work(0),
        span => span,
    };
    match span {
        Span::Work(m) => Span::Work(m.clamp(0, LONGEST)),
        Span::Elapsed(m) => Span::Elapsed(m.clamp(0, LONGEST)),
    }
}

/// The agenda of a meeting without parts, or of a part.
fn agenda_of<'d>(doc: &'d ProgrammeDoc, slot: &Slot) -> &'d [AgendaItemDoc] {
    let (entry, nested) = (slot.entry as usize, slot.nested as usize);
    match slot.kind {
        NodeKind::Meeting => &doc.meetings[entry].agenda,
        NodeKind::Part => &doc.meetings[entry].parts[nested].agenda,
        _ => &[],
    }
}

/// How many nodes the two ends of a link come to, and how many links are laid out between them: each with each, or one for each
/// subject.
pub(crate) fn endpoints(resolved: &Resolved, link: &SlotLink) -> (u64, u64, u64) {
    if let Some(group) = same_group(resolved, link) {
        let subjects = resolved.groups[group as usize].len() as u64;
        return (subjects, subjects, subjects);
    }
    let size = |end: End| match (end.subject, nested_instances(resolved, end.slot)) {
        (None, true) => resolved.subjects(end.slot).map_or(1, |s| s.len() as u64),
        _ => 1,
    };
    let (from, to) = (size(link.from), size(link.to));
    (from, to, from.saturating_mul(to))
}

/// The group that both ends are done per, where the link joins the same subject's instances.
fn same_group(resolved: &Resolved, link: &SlotLink) -> Option<u32> {
    let per = |end: End| resolved.slots.get(end.slot).per;
    match (per(link.from), per(link.to)) {
        (Some(a), Some(b)) if a == b && link.from.subject.is_none() && link.to.subject.is_none() => Some(a),
        _ => None,
    }
}

/// Whether the slot's instances stand below another template's, so that no node of its own spans them.
fn nested_instances(resolved: &Resolved, slot: SlotIx) -> bool {
    let parent = resolved.slots.get(slot).parent;
    parent.is_some_and(|parent| resolved.slots.get(parent).per.is_some())
}

/// Where the instances of a slot stand among the nodes.
#[derive(Clone, Debug, Default)]
struct Laid {
    /// The node of the slot as a whole: itself, or the summary of its instances.
    whole: Option<NodeIx>,
    /// The instances, by position in the group.
    instances: Vec<NodeIx>,
}

/// Lays out nodes and links. A programme with too many instances comes out empty.
pub(crate) fn project(doc: &ProgrammeDoc, resolved: &Resolved) -> Projection {
    let calendar = resolved.default_calendar.unwrap_or(0);
    // A document whose own rules are too many to be checked has no calendars at all.
    let own = resolved.calendars.get(calendar as usize);
    let mut out = Projection {
        start: doc.start.map(Date::as_start),
        finish: doc
            .finish
            .map(|date| own.map_or(date.as_finish(), |own| finish_on(own, date))),
        rules: doc.rules(),
        calendar: CalendarIx(calendar),
        calendars: resolved.calendars.clone(),
        ..Projection::default()
    };
    let mut laid = vec![Laid::default(); resolved.slots.list.len()];
    if resolved.overflow {
        return out;
    }
    let mut children: Vec<Vec<SlotIx>> = vec![Vec::new(); resolved.slots.list.len()];
    for (ix, slot) in resolved.slots.iter() {
        if let Some(parent) = slot.parent {
            children[parent.index()].push(ix);
        }
    }
    let mut layout = Layout {
        doc,
        resolved,
        children,
        out: &mut out,
        laid: &mut laid,
    };
    for (ix, slot) in resolved.slots.iter() {
        if slot.parent.is_none() {
            layout.root(ix);
        }
    }
    links(resolved, doc.units(), &laid, &mut out);
    out
}

struct Layout<'a> {
    doc: &'a ProgrammeDoc,
    resolved: &'a Resolved,
    children: Vec<Vec<SlotIx>>,
    out: &'a mut Projection,
    laid: &'a mut Vec<Laid>,
}

impl Layout<'_> {
    /// Lays out a slot that is part of nothing but perhaps a phase, and all that is part of it: parents before children, without
    /// recursion.
    fn root(&mut self, ix: SlotIx) {
        let phase = self
            .resolved
            .slots
            .get(ix)
            .phase
            .and_then(|p| self.laid[p.index()].whole);
        let mut open = vec![(ix, None, phase)];
        while let Some((ix, subject, parent)) = open.pop() {
            let subjects = self.resolved.subjects(ix).filter(|_| subject.is_none());
            let node = self.node(ix, subject, parent, subjects.is_some());
            let laid = &mut self.laid[ix.index()];
            match subject {
                None => laid.whole = Some(node),
                Some(_) => laid.instances.push(node),
            }
            match subjects {
                Some(subjects) => open.extend(subjects.iter().rev().map(|subject| (ix, Some(*subject), Some(node)))),
                None => {
                    let children = self.children[ix.index()].iter().rev();
                    open.extend(children.map(|child| (*child, subject, Some(node))));
                }
            }
        }
    }

    fn node(&mut self, ix: SlotIx, subject: Option<u32>, parent: Option<NodeIx>, template: bool) -> NodeIx {
        // Parents stand before their children, so this hands down all the way.
        let inactive = parent.is_some_and(|parent| self.out.nodes[parent.index()].mode == Mode::Inactive);
        let mut node = time_node(self.doc, self.resolved, ix, subject, template, inactive);
        node.parent = parent;
        self.out.add(node)
    }
}

/// A node that was laid out before, as the document now says it.
pub(crate) fn node_again(doc: &ProgrammeDoc, resolved: &Resolved, node: &TimeNode, inactive: bool) -> Option<TimeNode> {
    let Origin::Document {
        entry,
        nested,
        inner,
        subject,
    } = node.origin
    else {
        return None;
    };
    let ix = resolved.slots.at(node.kind, entry, nested, inner)?;
    let template = subject.is_none() && resolved.subjects(ix).is_some();
    let mut again = time_node(doc, resolved, ix, subject, template, inactive);
    again.parent = node.parent;
    Some(again)
}

/// What a slot says, as a node without a parent. `inactive` tells whether something above it is not to be done.
fn time_node(
    doc: &ProgrammeDoc,
    resolved: &Resolved,
    ix: SlotIx,
    subject: Option<u32>,
    template: bool,
    inactive: bool,
) -> TimeNode {
    let slot = resolved.slots.get(ix);
    let id = match subject {
        Some(subject) => format!("{}@{}", slot.id, doc.subjects[subject as usize].id).into(),
        None => slot.id.clone(),
    };
    let summary = slot.summary || template;
    let calendar = resolved.calendar(ix);
    let timed = slot.timed(doc);
    let inactive = timed.inactive || inactive;
    // The instances carry bounds, modes and delays; their template only spans them.
    let (bounds, late) = if template {
        (Vec::new(), false)
    } else {
        bounds(doc, slot, calendar)
    };
    let mode = match timed.manual.filter(|_| !template) {
        _ if inactive => Mode::Inactive,
        Some(manual) => {
            let (start, finish) = stretch(calendar, manual.start, manual.finish);
            Mode::Manual { start, finish }
        }
        None if timed.level_of_effort && !summary => Mode::LevelOfEffort,
        None => Mode::Computed,
    };
    let delay = timed.delay.filter(|_| !summary).map(|delay| delay.span(doc.units()));
    TimeNode {
        id,
        kind: slot.kind,
        origin: Origin::Document {
            entry: slot.entry,
            nested: slot.nested,
            inner: slot.inner,
            subject,
        },
        parent: None,
        summary,
        span: if summary {
            Span::Work(0)
        } else {
            span(doc, slot, calendar)
        },
        tenths: match timed.duration {
            Some(duration) if !summary => duration.tenths(doc.units()),
            _ => 0,
        },
        calendar: CalendarIx(resolved.calendar_position(ix)),
        inherits_calendar: slot.calendar.is_none(),
        work_calendar: slot.work_calendar.map(CalendarIx),
        bounds,
        as_late_as_possible: late && !summary,
        mode,
        milestone: timed.milestone,
        delay: match delay {
            Some(Span::Elapsed(minutes)) => minutes.min(LONGEST),
            _ => 0,
        },
    }
}

/// The dates that bound a slot, and whether it is placed as late as possible.
///
/// A date without a time of day means the beginning of that day's work for a start and the end of it for a finish.
fn bounds(doc: &ProgrammeDoc, slot: &Slot, calendar: &WorkCalendar) -> (Vec<Bound>, bool) {
    let timed = slot.timed(doc);
    let span = span(doc, slot, calendar);
    let start = |date: Date| start_on(calendar, date);
    let finish = |date: Date| finish_of(calendar, span, date);
    let mut bounds = Vec::new();
    let mut late = false;
    if let Some(planned) = timed.planned.filter(|_| !slot.summary) {
        // The first item says at what time of a planned day a meeting begins.
        let first = agenda::first_start(agenda_of(doc, slot)).filter(|_| planned.time().is_none());
        let at = first.map_or_else(|| start(planned), |minute| planned.as_start().plus(minute));
        bounds.push(Bound {
            kind: BoundKind::MustStart,
            at,
            origin: BoundOrigin::Planned,
        });
    }
    for (i, constraint) in (0..).zip(timed.constraints) {
        let (kind, at) = match constraint {
            ConstraintDoc::AsSoonAsPossible(_) => continue,
            ConstraintDoc::AsLateAsPossible(_) => {
                late = true;
                continue;
            }
            ConstraintDoc::StartNoEarlierThan(d) => (BoundKind::StartNotBefore, start(d.date)),
            ConstraintDoc::StartNoLaterThan(d) => (BoundKind::StartNotAfter, start(d.date)),
            ConstraintDoc::FinishNoEarlierThan(d) => (BoundKind::FinishNotBefore, finish(d.date)),
            ConstraintDoc::FinishNoLaterThan(d) => (BoundKind::FinishNotAfter, finish(d.date)),
            ConstraintDoc::MustStartOn(d) => (BoundKind::MustStart, start(d.date)),
            ConstraintDoc::MustFinishOn(d) => (BoundKind::MustFinish, finish(d.date)),
            ConstraintDoc::ExpectedFinish(d) => (BoundKind::ExpectedFinish, finish(d.date)),
            ConstraintDoc::ExternalEarlyStart(d) => (BoundKind::ExternalStart, start(d.date)),
            ConstraintDoc::ExternalLateFinish(d) => (BoundKind::ExternalFinish, finish(d.date)),
        };
        bounds.push(Bound {
            kind,
            at,
            origin: BoundOrigin::Constraint(i),
        });
    }
    if let Some(deadline) = timed.deadline {
        bounds.push(Bound {
            kind: BoundKind::FinishNotAfter,
            at: finish(deadline),
            origin: BoundOrigin::Deadline,
        });
    }
    if let Some(window) = timed.window.filter(|w| !w.is_reversed()) {
        bounds.push(Bound {
            kind: BoundKind::StartNotBefore,
            at: window.start(),
            origin: BoundOrigin::Window,
        });
        bounds.push(Bound {
            kind: BoundKind::FinishNotAfter,
            at: window.finish(),
            origin: BoundOrigin::Window,
        });
    }
    (bounds, late)
}

/// Takes links between templates apart into links between nodes.
fn links(resolved: &Resolved, units: Units, laid: &[Laid], out: &mut Projection) {
    for link in &resolved.links {
        let lag = match link.gap {
            Gap::None => Lag::NONE,
            Gap::Lead(period) => Lag::Period(period),
            Gap::Lag(distance) => match distance.lag(units) {
                Lag::Work(m) => Lag::Work(m.clamp(-LONGEST, LONGEST)),
                Lag::Elapsed(m) => Lag::Elapsed(m.clamp(-LONGEST, LONGEST)),
                other => other,
            },
        };
        let tenths = match link.gap {
            Gap::Lag(distance) => distance.tenths(units),
            Gap::None | Gap::Lead(_) => 0,
        };
        let mut push = |from: NodeIx, to: NodeIx| {
            out.links.push(TimeLink {
                from,
                to,
                kind: link.kind,
                lag,
                tenths,
                origin: link.origin,
            });
        };
        let (from, to) = (&laid[link.from.slot.index()], &laid[link.to.slot.index()]);
        if same_group(resolved, link).is_some() {
            for (a, b) in from.instances.iter().zip(&to.instances) {
                push(*a, *b);
            }
            continue;
        }
        for a in nodes(resolved, link.from, from) {
            for b in nodes(resolved, link.to, to) {
                push(a, b);
            }
        }
    }
}

/// The nodes that an end of a link stands for.
fn nodes(resolved: &Resolved, end: End, laid: &Laid) -> Vec<NodeIx> {
    match end.subject {
        Some(subject) => {
            let members = resolved.subjects(end.slot).unwrap_or(&[]);
            let at = members.binary_search(&subject).ok();
            at.and_then(|at| laid.instances.get(at).copied()).into_iter().collect()
        }
        None => match laid.whole {
            Some(whole) => vec![whole],
            None => laid.instances.clone(),
        },
    }
}
