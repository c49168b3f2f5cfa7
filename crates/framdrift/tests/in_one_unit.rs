//! What is asked of a summary is answered in the summary's own unit, also where its parts count in others.

use framdrift::Plan;
use framdrift_schedule::explain::Cap;

const MIXED: &str = "phases: [{id: p, deadline: 2026-03-03}]
activities:
- {id: office, phase: p, duration: 5d}
- {id: clock, phase: p, duration: 4ed}
";

fn plan(rest: &str) -> Plan {
    let programme = format!("framdrift: 1\nid: case\nstart: 2026-03-02\n{rest}");
    framdrift::load(programme).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

/// `clock` is 55 hours late by the clock, from Tuesday 17:00 to Friday, which is two days of work; `office` is three days late.
#[test]
fn float_of_a_phase_towards_its_deadline_counts_as_its_total_float_does() {
    let plan = plan(MIXED);
    let phase = plan.find("phase p").expect("it is there");
    let told = plan.explain_in_full(phase).expect("it is explained");
    assert_eq!(told.dates.total_float, -3 * 480);
    let floats = told.floats.expect("there is a deadline").towards;
    assert_eq!(floats.iter().map(|t| t.float).collect::<Vec<_>>(), [-3 * 480]);
}

/// By minutes `clock` misses the deadline by more, but `office` finishes after it.
#[test]
fn a_deadline_is_missed_by_what_finishes_last() {
    let plan = plan(MIXED);
    let clashes = plan.clashes(10).expect("it has dates").clashes;
    assert_eq!(clashes.len(), 1);
    assert!(matches!(clashes[0].cap, Cap::Bound { .. }));
    assert_eq!(plan.id(clashes[0].node), "office");
    assert_eq!(clashes[0].late, 3 * 480);
}

/// Over a weekend neither date of the summary lies in working time, so it has no float, while what runs by the clock in it has ten
/// hours. Neither is critical.
#[test]
fn a_summary_has_no_float_in_free_time_and_is_not_critical() {
    let plan = framdrift::load(
        "framdrift: 1\nid: case\nstart: 2026-03-20T17:00
activities:
- {id: cut}
- {id: x, part-of: cut, duration: 10eh, deadline: \"2026-03-21T13:00\"}
- {id: open, duration: 1d, after: [cut]}
",
    )
    .unwrap_or_else(|report| panic!("{}", report.for_people(false)));
    let of = |id: &str| plan.find(id).expect("it is there");
    let cut = plan.explain_in_full(of("cut")).expect("it is explained");
    assert_eq!((cut.dates.total_float, cut.dates.critical), (0, false));
    let towards = cut.floats.expect("there is a deadline").towards;
    assert_eq!(towards.iter().map(|t| t.float).collect::<Vec<_>>(), [0]);
    assert_eq!(plan.dates(of("x")).expect("dates").total_float, 600);
}

#[test]
fn a_clash_tells_how_much_is_left_of_what_has_started() {
    let plan = framdrift::load_with_facts(
        "framdrift: 1\nid: case\nstart: 2026-03-02
activities:
- {id: dig, duration: 4d}
- {id: pour, duration: 2d, after: [dig], deadline: 2026-03-06}
",
        "framdrift-facts: 1\nstatus-date: 2026-03-04T17:00\nfacts:\n- {of: dig, started: 2026-03-03, remaining: 3d}\n",
    )
    .unwrap_or_else(|report| panic!("{}", report.for_people(false)));
    let clashes = plan.clashes(10).expect("it has dates");
    let told = plan.words(&clashes).to_string();
    assert!(told.contains("dig from the status date, has 3d left"), "{told}");
    assert!(told.contains("pour after the finish of `dig`\n"), "{told}");
}
