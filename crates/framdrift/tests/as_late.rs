//! What is as late as possible, and levels of effort: each plan is the smallest that shows the rule, its dates worked out by hand.

use framdrift::{Dates, Plan};

const DAY: i64 = 480;

fn plan(head: &str, activities: &str) -> Plan {
    let programme = format!("framdrift: 1\nid: case\nstart: 2026-03-02\n{head}\nactivities:\n{activities}");
    framdrift::load(programme).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

fn dates(plan: &Plan, id: &str) -> Dates {
    let node = plan.find(id).unwrap_or_else(|_| panic!("there is no {id}"));
    plan.dates(node).expect("the programme has a start")
}

/// Start and finish.
fn stands(plan: &Plan, id: &str) -> [String; 2] {
    let d = dates(plan, id);
    [d.start, d.finish].map(|at| at.to_string()[5..].to_owned())
}

fn proved(plan: &Plan) {
    let schedule = plan.schedule().expect("a start");
    assert_eq!(schedule.verify(plan.network(), plan.facts()), Ok(()));
}

/// `x` makes `next` late for its deadline; that is no reason for `slides` to stand three days before it.
#[test]
fn before_what_is_late_for_its_own_deadline_it_stops_where_that_begins() {
    for rules in ["", "scheduling: {critical: longest-path}"] {
        let plan = plan(
            rules,
            "- {id: x, duration: 8d}
- {id: slides, duration: 1d, constraints: [{kind: as-late-as-possible}]}
- {id: next, duration: 2d, after: [x, slides], deadline: 2026-03-10}
",
        );
        assert_eq!(stands(&plan, "slides"), ["03-11T08:00", "03-11T17:00"]);
        assert_eq!(dates(&plan, "slides").free_float, 0);
        assert_eq!(stands(&plan, "next"), ["03-12T08:00", "03-13T17:00"]);
        proved(&plan);
    }
}

/// Its own deadline stops it, and so does the finish that is asked of the programme; what it could not keep does not.
#[test]
fn its_own_caps_and_the_finish_stop_it() {
    let case = |head: &str, of_slides: &str| {
        let plan = plan(
            head,
            &format!(
                "- {{id: x, duration: 8d}}
- {{id: slides, duration: 3d, {of_slides} constraints: [{{kind: as-late-as-possible}}]}}
- {{id: next, duration: 2d, after: [x, slides]}}
"
            ),
        );
        proved(&plan);
        stands(&plan, "slides")
    };
    assert_eq!(case("", "deadline: 2026-03-09,"), ["03-05T08:00", "03-09T17:00"]);
    assert_eq!(case("finish: 2026-03-10", ""), ["03-06T08:00", "03-10T17:00"]);
    assert_eq!(case("", "deadline: 2026-03-03,"), ["03-02T08:00", "03-04T17:00"]);
}

/// The office rests on Saturday, the works do not: what marks their beginning is not put off to Monday.
#[test]
fn by_the_rules_of_p6_a_milestone_does_not_land_after_what_it_begins() {
    let day = "[\"08:00-12:00\", \"13:00-17:00\"]";
    let week = format!("mon: {day}, tue: {day}, wed: {day}, thu: {day}, fri: {day}");
    let plan = plan(
        &format!(
            "scheduling: {{profile: p6}}
calendars:
- {{id: office, week: {{{week}}}}}
- {{id: works, parent: office, week: {{sat: {day}}}}}"
        ),
        "- {id: opening, duration: 0d, milestone: start, constraints: [{kind: as-late-as-possible}]}
- id: build
  duration: 3d
  calendar: works
  after: [opening]
  constraints: [{kind: start-no-earlier-than, date: 2026-03-07}]
",
    );
    assert_eq!(stands(&plan, "build")[0], "03-07T08:00");
    let opening = dates(&plan, "opening");
    assert!(opening.finish <= dates(&plan, "build").start, "{opening:?}");
    assert!(opening.start <= opening.late_start, "{opening:?}");
    proved(&plan);
}

/// The link would let `a` start on Friday, but then it would not be over with the rest.
#[test]
fn by_the_rules_of_p6_it_does_not_pass_its_own_late_dates() {
    let plan = plan(
        "scheduling: {profile: p6}",
        "- {id: a, duration: 8d, constraints: [{kind: as-late-as-possible}]}
- id: b
  duration: 1d
  after: [{from: a, type: SS}]
  constraints: [{kind: start-no-earlier-than, date: 2026-03-06}]
- {id: c, duration: 9d}
",
    );
    assert_eq!(stands(&plan, "a"), ["03-03T08:00", "03-12T17:00"]);
    assert_eq!(plan.schedule().unwrap().finish().to_string(), "2026-03-12T17:00");
    assert_eq!(dates(&plan, "a").total_float, 0);
    proved(&plan);
}

/// The programme is over when the last of it is, also where that was put off to a finish that is asked for later.
#[test]
fn the_finish_of_the_programme_is_the_last_one() {
    let plan = plan(
        "finish: 2026-03-20",
        "- {id: build, duration: 5d}
- {id: tidy, duration: 1d, constraints: [{kind: as-late-as-possible}]}
",
    );
    assert_eq!(stands(&plan, "tidy")[1], "03-20T17:00");
    assert_eq!(plan.schedule().unwrap().finish().to_string(), "2026-03-20T17:00");
    proved(&plan);
}

/// Saturday is free: the work is over on Friday.
#[test]
fn what_is_expected_on_a_free_day_is_over_when_work_ends_before_it() {
    for profile in ["framdrift", "p6"] {
        let plan = plan(
            &format!("scheduling: {{profile: {profile}}}"),
            "- {id: x, duration: 2d, constraints: [{kind: expected-finish, date: 2026-03-07}]}
- {id: y, duration: 1d, after: [x]}
",
        );
        assert_eq!(stands(&plan, "x"), ["03-02T08:00", "03-06T17:00"], "{profile}");
        assert_eq!(dates(&plan, "x").total_float, 0, "{profile}");
        assert_eq!(stands(&plan, "y")[0], "03-09T08:00", "{profile}");
        proved(&plan);
    }
}

/// Five days too late, and with seven days of float to the end of the longest chain: nothing of it is on that.
#[test]
fn a_summary_is_on_the_longest_path_only_with_what_belongs_to_it() {
    let plan = plan(
        "scheduling: {critical: longest-path}
phases: [{id: phase}]",
        "- {id: sum, phase: phase}
- {id: part, part-of: sum, duration: 2d, deadline: 2026-03-03T12:00}
- {id: chain, duration: 10d}
",
    );
    assert_eq!(dates(&plan, "part").total_float, -DAY / 2);
    for id in ["part", "sum", "phase"] {
        assert!(!dates(&plan, id).critical, "{id}");
    }
    assert!(dates(&plan, "chain").critical);
    proved(&plan);
}
