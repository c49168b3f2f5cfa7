//! Any document made in code is checked with any recorded progress, and what can be scheduled is. Nothing panics or overflows.
//!
//! A random document is nearly always at fault. So half of them are mended first: ids become unique, and references name
//! something that is there. Those reach the schedule.

#![no_main]

use arbitrary::Arbitrary;
use framdrift::model::Damage;
use framdrift::model::document::{AgendaItemDoc, FactsDoc, LeadTimeDoc, LinkDoc, PreReadDoc, ProgrammeDoc};
use framdrift::model::facts::Facts;
use framdrift::schedule::{Network, compute, rings};
use framdrift::{Plan, findings};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    mend: bool,
    document: ProgrammeDoc,
    facts: FactsDoc,
}

fuzz_target!(|input: Input| {
    let Input {
        mend,
        mut document,
        mut facts,
    } = input;
    if mend {
        let nodes = mended(&mut document);
        facts.programme = None;
        facts.facts.iter_mut().for_each(|fact| nodes.point(&mut fact.of));
    }

    // What the reader does with a document that it could read in part only.
    let checked = document.check(&Damage::none());
    let projection = checked.projection(&document);
    let found = findings::rings(checked.lookup(&document), &projection, &rings(&projection));
    if let Ok(network) = Network::new(projection) {
        assert_eq!(found.errors(), 0);
        if let Ok(schedule) = compute(&network, &Facts::none()) {
            let _ = findings::missed(checked.lookup(&document), &network, &schedule);
        }
    }
    let faults = checked.diagnostics().errors() + found.errors();

    let plan = Plan::with_facts(document, &facts).or_else(|refused| {
        assert_eq!(refused.diagnostics.errors(), faults);
        assert_eq!(refused.of_facts.errors() == 0, faults > 0, "one of them is at fault");
        Plan::new(*refused.document)
    });
    match plan {
        Ok(plan) => {
            assert_eq!(faults, 0);
            let _ = (plan.schedule_value(), plan.schedule_csv(), plan.schedule_table());
            let _ = (plan.lead_times(), plan.critical_path());
            for row in plan.rows().iter().take(50) {
                assert!(row.dates.early_start <= row.dates.early_finish, "{}", row.id);
                let explanation = plan.explain_in_full(row.node).expect("a row has dates");
                let _ = plan.words(&explanation).to_string();
            }
        }
        Err(refused) => assert_eq!(refused.diagnostics.errors(), faults),
    }
});

/// The names that there are, to point references at. A reference becomes the name at the place its text happens to give.
struct Names(Vec<String>);

impl Names {
    fn pick(&self, text: &str) -> Option<&str> {
        let sum: usize = text.bytes().map(usize::from).sum();
        self.0.get(sum.checked_rem(self.0.len())?).map(String::as_str)
    }

    fn point<I: AsRef<str> + for<'a> From<&'a str>>(&self, reference: &mut I) {
        if let Some(name) = self.pick(reference.as_ref()) {
            *reference = I::from(name);
        }
    }

    fn point_or_drop<I: AsRef<str> + for<'a> From<&'a str>>(&self, reference: &mut Option<I>) {
        *reference = reference.take().and_then(|r| self.pick(r.as_ref()).map(I::from));
    }

    fn point_all<I: AsRef<str> + for<'a> From<&'a str>>(&self, references: &mut Vec<I>) {
        references.iter_mut().for_each(|r| self.point(r));
        references.retain(|r| self.0.iter().any(|n| n == r.as_ref()));
    }
}

/// Gives entries the ids `t0`, `t1`, … and lists them.
macro_rules! named {
    ($tag:literal, $($list:expr),+) => {{
        let mut names = Vec::new();
        $(for entry in $list.iter_mut() {
            let name = format!("{}{}", $tag, names.len());
            entry.id = name.as_str().into();
            names.push(name);
        })+
        Names(names)
    }};
}

/// Mends a document, and gives the names of what has a date.
fn mended(doc: &mut ProgrammeDoc) -> Names {
    doc.id = "fuzzed".into();
    let calendars = named!("c", doc.calendars);
    let subjects = named!("s", doc.subjects);
    let groups = named!("g", doc.groups);
    let roles = named!("r", doc.roles);
    let bodies = named!("b", doc.bodies);
    let people = named!("p", doc.people);
    let parties = Names([&roles.0[..], &bodies.0[..], &people.0[..]].concat());
    let phases = named!("f", doc.phases);
    let gates = named!("t", doc.gates);
    let activities = named!("a", doc.activities);
    let meetings = named!("m", doc.meetings);
    let _ = named!("d", doc.deliverables);
    let mut versions = Vec::new();
    let mut nodes = [&phases.0[..], &gates.0[..], &activities.0[..], &meetings.0[..]].concat();
    for meeting in &mut doc.meetings {
        let parts = named!("p", meeting.parts);
        nodes.extend(parts.0.iter().map(|part| format!("{}/{part}", meeting.id)));
    }
    for deliverable in &mut doc.deliverables {
        for version in named!("v", deliverable.versions).0 {
            versions.push(format!("{}/{version}", deliverable.id));
        }
        for version in &mut deliverable.versions {
            let _ = named!("r", version.reviews);
        }
    }
    nodes.extend(versions.iter().cloned());
    let (nodes, versions) = (Names(nodes), Names(versions));

    let links = |after: &mut Vec<LinkDoc>, before: &mut Vec<LeadTimeDoc>| {
        after.iter_mut().for_each(|link| nodes.point(&mut link.from));
        before.iter_mut().for_each(|link| nodes.point(&mut link.to));
        after.truncate(1);
        before.truncate(1);
    };
    let pre_reads = |list: &mut Vec<PreReadDoc>| {
        list.iter_mut().for_each(|read| versions.point(&mut read.version));
        list.retain(|read| versions.0.iter().any(|v| v == read.version.as_str()));
    };
    let agenda = |items: &mut Vec<AgendaItemDoc>| {
        let _ = named!("i", items);
        for item in items {
            item.start = None;
            parties.point_all(&mut item.presenters);
            pre_reads(&mut item.pre_reads);
        }
    };

    doc.finish = doc
        .finish
        .filter(|finish| doc.start.is_none_or(|start| start.day() < finish.day()));
    if let Some(scheduling) = &mut doc.scheduling {
        scheduling.critical_limit = None;
    }
    calendars.point_or_drop(&mut doc.calendar);
    for calendar in &mut doc.calendars {
        calendar.parent = None;
    }
    for group in &mut doc.groups {
        subjects.point_all(&mut group.members);
    }
    for person in &mut doc.people {
        roles.point_all(&mut person.roles);
    }
    for phase in &mut doc.phases {
        links(&mut phase.after, &mut phase.before);
    }
    for gate in &mut doc.gates {
        phases.point_or_drop(&mut gate.phase);
        groups.point_or_drop(&mut gate.per);
        calendars.point_or_drop(&mut gate.calendar);
        bodies.point_or_drop(&mut gate.body);
        links(&mut gate.after, &mut gate.before);
    }
    for activity in &mut doc.activities {
        activities.point_or_drop(&mut activity.part_of);
        phases.point_or_drop(&mut activity.phase);
        groups.point_or_drop(&mut activity.per);
        if activity.part_of.is_some() {
            (activity.phase, activity.per) = (None, None);
        }
        calendars.point_or_drop(&mut activity.calendar);
        calendars.point_or_drop(&mut activity.work_calendar);
        parties.point_or_drop(&mut activity.responsible);
        (activity.uid, activity.delay) = (None, None);
        activity.manual = activity.manual.take().filter(|m| m.start.day() < m.finish.day());
        if activity.manual.is_some() {
            activity.level_of_effort = None;
        }
        links(&mut activity.after, &mut activity.before);
        if let Some(between) = &mut activity.between {
            nodes.point(&mut between.after);
            nodes.point(&mut between.before);
        }
    }
    for meeting in &mut doc.meetings {
        phases.point_or_drop(&mut meeting.phase);
        groups.point_or_drop(&mut meeting.per);
        calendars.point_or_drop(&mut meeting.calendar);
        bodies.point_or_drop(&mut meeting.body);
        parties.point_all(&mut meeting.attendees);
        parties.point_all(&mut meeting.presenters);
        links(&mut meeting.after, &mut meeting.before);
        pre_reads(&mut meeting.pre_reads);
        agenda(&mut meeting.agenda);
        for part in &mut meeting.parts {
            links(&mut part.after, &mut part.before);
            pre_reads(&mut part.pre_reads);
            agenda(&mut part.agenda);
        }
        if !meeting.parts.is_empty() {
            (meeting.planned, meeting.duration) = (None, None);
            meeting.agenda.clear();
        }
    }
    for deliverable in &mut doc.deliverables {
        parties.point_or_drop(&mut deliverable.owner);
        phases.point_or_drop(&mut deliverable.phase);
        groups.point_or_drop(&mut deliverable.per);
        calendars.point_or_drop(&mut deliverable.calendar);
        for version in &mut deliverable.versions {
            parties.point_or_drop(&mut version.author);
            phases.point_or_drop(&mut version.phase);
            links(&mut version.after, &mut version.before);
            if let Some(between) = &mut version.between {
                nodes.point(&mut between.after);
                nodes.point(&mut between.before);
            }
            for review in &mut version.reviews {
                parties.point_all(&mut review.reviewers);
                links(&mut review.after, &mut review.before);
            }
        }
    }
    nodes
}
