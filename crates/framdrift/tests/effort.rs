//! Levels of effort, with what is recorded of the ends that they span.

use framdrift::{Dates, Plan};

const ACTIVITIES: &str = "- {id: kick, duration: 2d}
- {id: build, duration: 5d, after: [kick]}
- {id: report, duration: 1d, after: [build]}
";

fn plan(profile: &str, lead: &str, facts: &str) -> Plan {
    let programme = format!(
        "framdrift: 1\nid: case\nstart: 2026-03-02\nscheduling: {{profile: {profile}}}\nactivities:\n{ACTIVITIES}{lead}"
    );
    let progress = format!("framdrift-facts: 1\n{facts}");
    framdrift::load_with_facts(programme, progress).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

const LEAD: &str = "- {id: lead, level-of-effort: true, after: [{from: kick, type: SS}], before: [report]}\n";
const PROGRESS: &str = "status-date: 2026-03-04\nfacts:\n- {of: kick, started: 2026-03-02, finished: 2026-03-03}\n";

fn dates(plan: &Plan, id: &str) -> Dates {
    let node = plan.find(id).unwrap_or_else(|_| panic!("there is no {id}"));
    let schedule = plan.schedule().expect("a start");
    assert_eq!(schedule.verify(plan.network(), plan.facts()), Ok(()));
    schedule.dates(node)
}

/// Early start and finish, late start and finish.
fn four(dates: Dates) -> [String; 4] {
    let all = [
        dates.early_start,
        dates.early_finish,
        dates.late_start,
        dates.late_finish,
    ];
    all.map(|at| at.to_string()[5..].to_owned())
}

/// `kick` was done on Monday and Tuesday; on Wednesday evening what is left goes on until the report.
#[test]
fn what_lies_in_the_past_does_not_make_it_late() {
    let left = ["03-05T08:00", "03-11T17:00", "03-05T08:00", "03-11T17:00"];
    let own = dates(&plan("framdrift", LEAD, PROGRESS), "lead");
    assert_eq!(four(own), left);
    assert_eq!(own.start.to_string(), "2026-03-02T08:00", "it began with `kick`");
    assert_eq!((own.total_float, own.critical), (0, false));

    // The status date moves nothing.
    let msproject = dates(&plan("msproject", LEAD, PROGRESS), "lead");
    assert_eq!(
        four(msproject),
        ["03-02T08:00", "03-10T17:00", "03-02T08:00", "03-10T17:00"]
    );
    assert_eq!((msproject.total_float, msproject.critical), (0, false));

    let p6 = dates(&plan("p6", LEAD, PROGRESS), "lead");
    assert_eq!(four(p6), left);
    assert_eq!(p6.total_float, 0);
}

/// It begins after `kick`, which is done, and has the float of `report`, which has three days.
#[test]
fn it_has_the_float_of_the_end_that_is_left() {
    let lead = "- {id: lead, level-of-effort: true, after: [kick], before: [report]}\n- {id: other, duration: 9d}\n";
    for profile in ["framdrift", "p6"] {
        let lead = dates(&plan(profile, lead, PROGRESS), "lead");
        assert_eq!(four(lead)[..2], ["03-05T08:00", "03-11T17:00"], "{profile}");
        assert_eq!((lead.total_float, lead.critical), (3 * 480, false), "{profile}");
    }
}

/// The status date and `report` give its dates; neither belongs to it.
#[test]
fn its_dates_are_explained_by_what_it_is_tied_to() {
    let plan = plan("framdrift", LEAD, PROGRESS);
    let explanation = plan.explain(plan.find("lead").unwrap()).unwrap();
    let words = plan.words(&explanation).to_string();
    assert!(
        words.contains("early start   2026-03-05T08:00  the status date"),
        "{words}"
    );
    assert!(
        words.contains("late finish   2026-03-11T17:00  the start of `report`, to which it is tied"),
        "{words}"
    );
    assert!(!words.contains("belongs to it"), "{words}");
}

/// `dig` began on Monday and three days of float are left: what is recorded does not make its summary late.
#[test]
fn a_summary_has_the_float_of_what_is_left_of_it() {
    let plan = framdrift::load_with_facts(
        "framdrift: 1
id: case
start: 2026-03-02
activities:
- {id: all}
- {id: dig, part-of: all, duration: 5d}
- {id: other, duration: 8d}
",
        "framdrift-facts: 1
status-date: 2026-03-03
facts:
- {of: dig, started: 2026-03-02}
",
    )
    .unwrap_or_else(|report| panic!("{}", report.for_people(false)));
    let (all, dig) = (dates(&plan, "all"), dates(&plan, "dig"));
    assert!(dig.total_float > 0 && !dig.critical, "{dig:?}");
    assert_eq!((all.total_float, all.critical), (dig.total_float, false));
}
