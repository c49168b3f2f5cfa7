//! Another tool's file becomes a plan in one call.

use framdrift::interchange::{Format, xer};
use framdrift::model::document::{FactDoc, FactsDoc, SchedulingDoc};
use framdrift::model::rules::{LagCalendar, Precedence, Profile};
use framdrift::{Importing, NotImported, Plan, import};

const SCHOOL: &[u8] = include_bytes!("../../framdrift-interchange/tests/fixtures/school.xml");
const BRIDGE: &[u8] = include_bytes!("../../framdrift-interchange/tests/fixtures/bridge.xer");
const RING: &[u8] = b"<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks><Task><UID>1</UID><Duration>PT8H</Duration><Cost>9</Cost>\
    <PredecessorLink><PredecessorUID>2</PredecessorUID></PredecessorLink></Task><Task><UID>2</UID><Duration>PT8H</Duration>\
    <PredecessorLink><PredecessorUID>1</PredecessorUID></PredecessorLink></Task></Tasks></Project>";

#[test]
fn one_call_gives_what_the_steps_give() {
    for (bytes, format) in [(SCHOOL, Format::Mspdi), (BRIDGE, Format::Xer)] {
        let step = format.read(bytes, &xer::Options::new()).unwrap();
        let plan = Plan::with_facts(step.document, &step.facts).unwrap();
        let imported = import(bytes).unwrap();
        assert_eq!((imported.format, imported.encoding), (format, step.encoding));
        assert_eq!(imported.loss, step.loss);
        assert_eq!(imported.plan.programme().document(), plan.programme().document());
        assert_eq!(imported.plan.progress(), plan.progress());
        let schedule = imported.plan.schedule().unwrap();
        assert_eq!(schedule.finish(), plan.schedule().unwrap().finish());
        schedule.verify(imported.plan.network(), imported.plan.facts()).unwrap();
    }
}

#[test]
fn projects_rules_and_progress_are_chosen() {
    let small = Importing::new().project("SMALL").import(BRIDGE).unwrap();
    assert_ne!(
        small.plan.programme().document().id,
        import(BRIDGE).unwrap().plan.programme().document().id
    );
    let mut rules = SchedulingDoc::new();
    rules.lag_calendar = Some(LagCalendar::AllDay);
    let ours = Importing::new()
        .profile(Profile::Framdrift)
        .scheduling(&rules)
        .import(SCHOOL)
        .unwrap();
    assert_eq!(ours.plan.rules().lag_calendar, LagCalendar::AllDay);
    assert_eq!(import(SCHOOL).unwrap().plan.rules().precedence, Precedence::Constraints);
    let mut facts = FactsDoc::new();
    facts.facts.push(FactDoc::new("t5"));
    let told = Importing::new().facts(facts.clone()).import(SCHOOL).unwrap();
    assert_eq!(told.plan.progress(), &facts);
}

#[test]
fn what_comes_to_no_plan_says_why() {
    let why = |importing: &Importing, bytes: &[u8]| importing.import(bytes).unwrap_err();
    let plain = Importing::new();
    let refused = why(&plain, b"framdrift: 1\nid: plan\n");
    assert!(matches!(refused, NotImported::Unknown), "{refused}");
    let refused = why(&plain, b"%PDF-1.7");
    assert_eq!(refused.to_string(), "it is a PDF document");
    assert!(
        refused
            .help()
            .is_some_and(|help| help.starts_with("export the plan itself"))
    );
    assert!(matches!(why(&plain, b"<Project><Tasks>"), NotImported::Unread(_)));
    assert!(matches!(
        why(&plain.clone().project("9"), SCHOOL),
        NotImported::Unread(_)
    ));
    assert!(matches!(
        why(&plain.clone().project("9"), BRIDGE),
        NotImported::Unread(_)
    ));
    let NotImported::Refused { refused, loss } = why(&plain, RING) else {
        panic!("a ring is refused")
    };
    assert_eq!(refused.diagnostics.errors(), 1);
    assert!(loss.to_string().contains("Task/Cost"));
}
