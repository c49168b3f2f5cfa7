//! The questions that people ask of the five programmes, answered by the library.

use framdrift::model::date::Date;
use framdrift::model::document::{ActivityDoc, MeetingDoc, ProgrammeDoc};
use framdrift::model::time::Minute;
use framdrift::{Move, Plan};

fn plan(name: &str) -> Plan {
    let path = format!("{}/programmes/{name}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(&path).expect(&path);
    framdrift::load(text).unwrap_or_else(|report| panic!("{}", report.named(&path).for_people(false)))
}

/// The plan with an edited document.
fn with(plan: &Plan, edit: impl FnOnce(&mut ProgrammeDoc)) -> Plan {
    let mut document = plan.programme().document().clone();
    edit(&mut document);
    Plan::new(document).expect("the edited programme is well-formed")
}

fn activity<'d>(document: &'d mut ProgrammeDoc, id: &str) -> &'d mut ActivityDoc {
    document.activities.iter_mut().find(|a| a.id.as_str() == id).expect(id)
}

fn meeting<'d>(document: &'d mut ProgrammeDoc, id: &str) -> &'d mut MeetingDoc {
    document.meetings.iter_mut().find(|m| m.id.as_str() == id).expect(id)
}

fn at(text: &str) -> Minute {
    text.parse::<Date>().expect(text).as_start()
}

fn start(plan: &Plan, id: &str) -> Minute {
    plan.dates(plan.find(id).expect(id))
        .expect("the programme has a start")
        .start
}

fn ids(plan: &Plan, moves: &[Move]) -> Vec<String> {
    moves.iter().map(|m| plan.id(m.node).to_owned()).collect()
}

fn path_to(plan: &Plan, id: &str) -> Vec<String> {
    let schedule = plan.schedule().expect("the programme has a start");
    let steps = schedule.path_to(plan.network(), plan.find(id).expect(id));
    steps.iter().map(|step| plan.id(step.node).to_owned()).collect()
}

fn codes(plan: &Plan) -> Vec<&'static str> {
    plan.warnings().iter().map(|w| w.code().name()).collect()
}

#[test]
fn which_task_between_two_meetings_is_critical() {
    let plan = plan("guideline-group");
    let meetings: Vec<_> = (1..=6)
        .map(|n| plan.find(&format!("meeting-{n}")).expect("a meeting"))
        .collect();
    let mut critical = Vec::new();
    for pair in meetings.windows(2) {
        let tasks = plan.tasks_between(pair[0], pair[1]);
        assert!(
            !tasks.is_empty(),
            "there is something to do before {}",
            plan.id(pair[1])
        );
        let has_no_float = |task: &&_| plan.dates(**task).expect("dates").critical;
        critical.extend(tasks.iter().filter(has_no_float).map(|task| plan.id(*task).to_owned()));
    }
    assert_eq!(
        critical,
        [
            "field-test@mottagning-bjorken",
            "field-test@team-asen",
            "field-test@boende-lonnen"
        ],
        "the small-scale test between meetings 3 and 4, in each operation that tries it"
    );
}

#[test]
fn when_is_version_4_due_at_the_latest_for_the_decision_before_meeting_5() {
    let plan = plan("guideline-group");
    let version = plan.dates(plan.find("guideline/v4").expect("v4")).expect("dates");
    let gate = plan
        .dates(plan.find("gate maintenance").expect("the gate"))
        .expect("dates");
    assert!(version.early_finish <= version.late_finish);
    assert!(
        gate.late_finish <= start(&plan, "meeting-5"),
        "the decision falls before meeting 5"
    );
    assert_eq!(version.late_finish.to_string(), "2026-11-02T17:00");

    // One working day later than that, and something that is planned cannot be kept.
    let late = |date: &str| {
        with(&plan, |document| {
            let guideline = document
                .deliverables
                .iter_mut()
                .find(|d| d.id.as_str() == "guideline")
                .expect("guideline");
            let v4 = guideline
                .versions
                .iter_mut()
                .find(|v| v.id.as_str() == "v4")
                .expect("v4");
            let constraint = framdrift::model::document::DatedDoc::new(date.parse::<Date>().expect(date));
            v4.constraints
                .push(framdrift::model::document::ConstraintDoc::FinishNoEarlierThan(
                    constraint,
                ));
        })
    };
    assert_eq!(
        codes(&late("2026-11-02")),
        [""; 0],
        "on the last day everything still holds"
    );
    assert!(!codes(&late("2026-11-03")).is_empty(), "a day later it does not");
}

#[test]
fn what_does_postponing_meeting_3_by_two_weeks_move() {
    let before = plan("guideline-group");
    let after = with(&before, |document| {
        meeting(document, "meeting-3").planned = Some("2026-09-08T10:00".parse().expect("a date"));
    });
    let moved = ids(&after, &after.moved_since(&before));
    for expected in ["meeting-3", "field-test@team-asen", "meeting-4", "guideline/v4"] {
        assert!(moved.iter().any(|id| id == expected), "{expected} moves: {moved:?}");
    }
    for unmoved in ["meeting-1", "meeting-2", "meeting-5", "meeting-6", "compile-1"] {
        assert!(!moved.iter().any(|id| id == unmoved), "{unmoved} stays: {moved:?}");
    }
    let warnings: Vec<String> = after.warnings().iter().map(ToString::to_string).collect();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(
        warnings[0].starts_with("warning[missed-planned-date]: meeting meeting-4 / planned"),
        "{warnings:?}"
    );
}

#[test]
fn does_everything_fit_its_window() {
    let plan = plan("activity-plan-2013");
    let windows = plan.network().projection().nodes.iter().flat_map(|n| &n.bounds);
    let windows = windows
        .filter(|b| b.origin == framdrift::model::projection::BoundOrigin::Window)
        .count();
    assert!(windows > 10, "the year is planned in windows");
    assert_eq!(codes(&plan), [""; 0], "and everything fits");

    let slower = with(&plan, |document| {
        activity(document, "prepare-roles").duration = Some("16w".parse().expect("a duration"));
    });
    assert!(codes(&slower).contains(&"missed-window"), "{:?}", codes(&slower));
}

#[test]
fn what_is_the_critical_path_to_the_start_of_the_pilot() {
    let plan = plan("municipal-reorganisation");
    let path = path_to(&plan, "pilot");
    let on_path = |id: &str| path.iter().any(|step| step == id);
    for step in [
        "gathering-1/1b",
        "gathering-2",
        "steering-meeting",
        "further-gathering",
        "a13-anchor-models",
        "pilot-ready",
    ] {
        assert!(on_path(step), "{step} is on {path:?}");
    }
    assert_eq!(start(&plan, "pilot").date(), at("2021-08-24").date());
    // Each step drives the next: the walk has no gap but lags, and never goes back in time.
    let starts: Vec<Minute> = path.iter().map(|id| start(&plan, id)).collect();
    assert!(starts.is_sorted(), "{path:?}");
}

#[test]
fn what_happens_to_everything_else_when_a_gathering_slips() {
    let before = plan("municipal-reorganisation");
    let after = with(&before, |document| {
        let gathering = meeting(document, "gathering-1");
        let part = gathering
            .parts
            .iter_mut()
            .find(|p| p.id.as_str() == "1b")
            .expect("part 1b");
        part.planned = Some("2021-04-28T12:00".parse().expect("a date"));
    });
    let moves = after.moved_since(&before);
    let moved = ids(&after, &moves);
    for expected in ["gathering-1/1b", "gathering-2", "further-gathering", "pilot"] {
        assert!(moved.iter().any(|id| id == expected), "{expected} moves: {moved:?}");
    }
    assert!(!moved.iter().any(|id| id == "gathering-1/1a"), "what came before stays");
    assert!(
        moves.iter().all(|m| m.after.start >= m.before.start),
        "nothing gets earlier"
    );
    assert!(start(&after, "pilot") > start(&before, "pilot"));
}

#[test]
fn which_preparation_is_on_the_critical_line_of_the_next_go_no_go() {
    let plan = plan("health-record");
    let gate = plan.next_gate(at("2026-07-01")).expect("a gate lies ahead");
    assert_eq!(plan.id(gate), "gono-2");
    let path = path_to(&plan, "gono-2");
    let from = path
        .iter()
        .position(|id| id == "go-live-1@almsta")
        .expect("the line runs through the first wave");
    let preparations = &path[from + 1..path.len() - 1];
    for expected in ["lessons-1", "adjust-1", "regression-2", "deliveries-check-2"] {
        assert!(
            preparations.iter().any(|id| id == expected),
            "{expected} is on {preparations:?}"
        );
    }
    for id in preparations {
        assert!(
            plan.dates(plan.find(id).expect(id)).expect("dates").critical,
            "{id} has no float"
        );
    }
}

#[test]
fn what_does_two_months_delay_of_the_training_material_do() {
    let before = plan("health-record");
    let after = with(&before, |document| {
        let material = document
            .deliverables
            .iter_mut()
            .find(|d| d.id.as_str() == "training-material")
            .expect("material");
        let broad = material
            .versions
            .iter_mut()
            .find(|v| v.id.as_str() == "v3")
            .expect("v3");
        broad.duration = Some("58.5d".parse().expect("two months of work more than 18.5 days"));
    });
    let moved = ids(&after, &after.moved_since(&before));
    for expected in [
        "training-material/v3",
        "gono-1",
        "go-live-1@almsta",
        "gono-2",
        "gono-3",
        "handover",
    ] {
        assert!(moved.iter().any(|id| id == expected), "{expected} moves");
    }
    for unmoved in ["g0", "g1", "g2", "pilot-go-live@norrvik"] {
        assert!(!moved.iter().any(|id| id == unmoved), "{unmoved} stays");
    }
    assert!(
        codes(&after).contains(&"missed-planned-date"),
        "the gates cannot be held as planned"
    );
    // The go-live keeps its three months after the tested material.
    let lead = after
        .lead_times()
        .into_iter()
        .find(|l| after.id(l.anchor) == "cut-over-1")
        .expect("a lead time");
    assert!(lead.finish <= lead.due, "{lead:?}");
    assert!(start(&after, "go-live-1@almsta") > start(&before, "go-live-1@almsta"));
}

#[test]
fn every_programme_loads_without_a_fault_or_a_warning() {
    for name in [
        "activity-plan-2013",
        "collaboration-method",
        "guideline-group",
        "health-record",
        "municipal-reorganisation",
    ] {
        let plan = plan(name);
        assert_eq!(codes(&plan), [""; 0], "{name}");
        let schedule = plan.schedule().expect("every programme has a start");
        assert!(
            schedule.iter().all(|(_, dates)| dates.total_float >= 0),
            "{name} can be kept"
        );
    }
}

#[test]
fn the_health_record_programme_is_as_large_as_it_says() {
    let plan = plan("health-record");
    let document = plan.programme().document();
    assert!(document.activities.len() >= 80);
    let units = document
        .subjects
        .iter()
        .filter(|s| s.kind == Some(framdrift::model::document::SubjectKind::Unit));
    assert_eq!(units.count(), 49);
    for wave in ["wave-1", "wave-2", "wave-3"] {
        let group = document.groups.iter().find(|g| g.id.as_str() == wave).expect(wave);
        assert!(!group.members.is_empty());
    }
    assert!(!plan.lead_times().is_empty());
}

#[test]
fn gathering_1b_has_the_agenda_it_had() {
    let plan = plan("municipal-reorganisation");
    let gathering = plan.programme().meeting("gathering-1").expect("gathering 1");
    let sitting = gathering.sittings()[1];
    assert_eq!(sitting.id(), "gathering-1/1b");
    let agenda = sitting.agenda();
    let starts: Vec<i64> = agenda.iter().take(5).map(|item| item.start - 12 * 60).collect();
    assert_eq!(starts, [0, 10, 20, 40, 55]);
    assert_eq!(agenda.len(), 14);
    let breaks = agenda
        .iter()
        .filter(|i| i.item.kind == Some(framdrift::model::document::AgendaKind::Break));
    assert_eq!(breaks.count(), 2);
    assert!(agenda.windows(2).all(|pair| pair[0].end <= pair[1].start));
}
