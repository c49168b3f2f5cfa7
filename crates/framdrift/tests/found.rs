//! Rules of Microsoft Project and P6 that were found on further saved files, each on an example whose values the tool's own files show.

use framdrift::{Dates, Plan};

/// A plan of a start, rules and calendars, activities, and what is recorded.
fn plan(head: &str, activities: &str, facts: &str) -> Plan {
    let programme = format!("framdrift: 1\nid: case\n{head}\nactivities:\n{activities}");
    let facts = format!("framdrift-facts: 1\n{facts}");
    framdrift::load_with_facts(programme, facts).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

fn dates(plan: &Plan, id: &str) -> Dates {
    let node = plan.find(id).unwrap_or_else(|fault| panic!("{fault}"));
    plan.dates(node).expect("the programme has a start")
}

/// Early start and finish.
fn early(plan: &Plan, id: &str) -> [String; 2] {
    let d = dates(plan, id);
    [d.early_start, d.early_finish].map(|at| at.to_string()[5..].to_owned())
}

/// Late start and finish.
fn late(plan: &Plan, id: &str) -> [String; 2] {
    let d = dates(plan, id);
    [d.late_start, d.late_finish].map(|at| at.to_string()[5..].to_owned())
}

/// Total and free float in minutes.
fn floats(plan: &Plan, id: &str) -> (i64, i64) {
    let d = dates(plan, id);
    (d.total_float, d.free_float)
}

/// Why its early start, early finish, late start and late finish are what they are, as data.
fn why(plan: &Plan, id: &str) -> [String; 4] {
    let node = plan.find(id).expect(id);
    let explained = plan.explain(node).expect("it is explained");
    explained.drives.map(|drive| format!("{:?}", drive.cause))
}

#[test]
fn a_mandatory_date_is_not_before_the_data_date_of_p6() {
    let plan = plan(
        "start: 2026-03-02T08:00\nscheduling: {profile: p6}",
        "- {id: done, duration: 0d, milestone: finish, constraints: [{kind: must-finish-on, date: 2026-03-03T07:00}]}\n",
        "status-date: 2026-03-03T09:40\n",
    );
    assert_eq!(early(&plan, "done"), ["03-03T09:40"; 2]);
    assert_eq!(late(&plan, "done"), ["03-02T17:00"; 2]);
    assert_eq!(floats(&plan, "done").0, -100);
    assert_eq!(why(&plan, "done")[..2], ["StatusDate"; 2]);
}

#[test]
fn p6_takes_the_lag_off_before_it_counts_free_float() {
    let plan = plan(
        "start: 2025-06-02T08:00
scheduling: {profile: p6, lag-calendar: successor}
calendars:
- id: office
  week: {mon: [\"08:00-12:00\", \"13:00-17:00\"], tue: [\"08:00-12:00\", \"13:00-17:00\"], wed: [\"08:00-12:00\", \"13:00-17:00\"], thu: [\"08:00-12:00\", \"13:00-17:00\"], fri: [\"08:00-12:00\", \"13:00-17:00\"]}
- {id: holiday, parent: office, exceptions: [{on: 2025-06-11}]}",
        "- {id: x, duration: 1d}
- {id: y, duration: 0d, milestone: finish, calendar: holiday, after: [{from: x, type: FF, lag: 24h}, {from: long, type: FF}]}
- {id: long, duration: 9d}
",
        "",
    );
    assert_eq!(early(&plan, "y")[1], "06-12T17:00");
    // From Monday the 2nd to Monday the 9th: three days before the 12th, where Wednesday is free.
    assert_eq!(floats(&plan, "x").1, 1_920);
}

#[test]
fn free_float_of_p6_is_never_negative() {
    let plan = plan(
        "start: 2026-03-02T08:00\nscheduling: {profile: p6}",
        "- {id: dig, duration: 5d}
- {id: pour, duration: 1d, after: [dig], constraints: [{kind: must-start-on, date: 2026-03-04T08:00}]}
",
        "",
    );
    assert_eq!(floats(&plan, "dig"), (-1_440, 0));
}

#[test]
fn a_start_milestone_of_p6_is_late_where_it_is_asked_to_be() {
    let hours = |week: &str| {
        let days: Vec<String> = ["mon", "tue", "wed", "thu", "fri"]
            .iter()
            .map(|day| format!("{day}: [\"{week}\"]"))
            .collect();
        days.join(", ")
    };
    let head = format!(
        "start: 2026-03-02T08:00\nscheduling: {{profile: p6}}\ncalendars:\n- {{id: long, week: {{{}}}}}\n- {{id: short, week: {{{}}}}}",
        hours("08:00-17:00"),
        hours("08:00-16:00"),
    );
    let activities = "- {id: k, duration: 0d, milestone: start, calendar: short}
- {id: y, duration: 1h, calendar: long, after: [k]}
- {id: other, duration: 36h, calendar: long}
";
    let plan = plan(&head, activities, "");
    assert_eq!(late(&plan, "y"), ["03-05T16:00", "03-05T17:00"]);
    assert_eq!(late(&plan, "k"), ["03-05T16:00"; 2]);
}

#[test]
fn a_finish_milestone_of_p6_leaves_free_time_forward() {
    let plan = plan(
        "start: 2026-03-02T08:00
scheduling: {profile: p6}
calendars:
- id: office
  week: {mon: [\"08:00-12:00\", \"13:00-17:00\"], tue: [\"08:00-12:00\", \"13:00-17:00\"], wed: [\"08:00-12:00\", \"13:00-17:00\"], thu: [\"08:00-12:00\", \"13:00-17:00\"], fri: [\"08:00-12:00\", \"13:00-17:00\"]}
- {id: four, week: {mon: [\"08:00-16:00\"], tue: [\"08:00-16:00\"], wed: [\"08:00-16:00\"], thu: [\"08:00-16:00\"]}}",
        "- {id: x, duration: 37h}
- {id: handed-over, duration: 0d, milestone: finish, calendar: four, after: [x]}
- {id: at-the-end, duration: 0d, milestone: finish, calendar: four, after: [{from: y, type: FF}]}
- {id: y, duration: 8h, calendar: four}
",
        "",
    );
    assert_eq!(early(&plan, "x")[1], "03-06T14:00");
    assert_eq!(early(&plan, "handed-over"), ["03-09T08:00"; 2]);
    assert_eq!(floats(&plan, "x").1, 180);
    assert_eq!(early(&plan, "at-the-end"), ["03-02T16:00"; 2]);
}

const MONDAY_2_JUNE: &str = "start: 2025-06-02T08:00\nscheduling: {profile: msproject}";

#[test]
fn a_link_between_starts_out_of_a_summary_holds_forward_only() {
    let plan = plan(
        "start: 2024-01-01T08:00\nscheduling: {profile: msproject}",
        "- {id: s}
- {id: x, part-of: s, duration: 2d}
- {id: y, part-of: s, duration: 3d, after: [x]}
- {id: z, duration: 4d, after: [{from: s, type: SS}]}
- {id: v, duration: 6d, after: [z]}
",
        "",
    );
    assert_eq!(
        (late(&plan, "x"), floats(&plan, "x").0),
        (["01-08T08:00".into(), "01-09T17:00".into()], 2_400)
    );
    assert_eq!(late(&plan, "y"), ["01-10T08:00", "01-12T17:00"]);
    assert_eq!(late(&plan, "s"), ["01-08T08:00", "01-12T17:00"]);
    assert!(["z", "v"].iter().all(|id| dates(&plan, id).critical));
}

#[test]
fn a_free_day_that_is_typed_works_for_its_task() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: t1, duration: 0d, manual: {start: 2025-06-05T08:00, finish: 2025-06-08T17:00}}
- {id: t2, duration: 1d, manual: {start: 2025-06-10T08:00, finish: 2025-06-10T17:00}, after: [t1]}
",
        "",
    );
    assert_eq!(late(&plan, "t1"), ["06-06T08:00", "06-09T17:00"]);
    assert_eq!(floats(&plan, "t1").0, 480);
}

#[test]
fn time_between_a_typed_start_and_work_works_for_its_task() {
    let hours = "[\"08:30-12:30\", \"13:30-17:30\"]";
    let days: Vec<String> = ["mon", "tue", "wed", "thu", "fri"]
        .iter()
        .map(|day| format!("{day}: {hours}"))
        .collect();
    let week = format!("calendars:\n- {{id: later, week: {{{}}}}}", days.join(", "));
    let plan = plan(
        &format!("start: 2025-06-03T08:30\nscheduling: {{profile: msproject}}\n{week}"),
        "- {id: t1, duration: 1h, manual: {start: 2025-06-03T08:00, finish: 2025-06-03T09:00}}
- {id: t2, duration: 1d}
",
        "",
    );
    assert_eq!(late(&plan, "t1"), ["06-03T16:30", "06-03T17:30"]);
    assert_eq!(floats(&plan, "t1").0, 450);
}

#[test]
fn typed_dates_of_a_summary_do_not_hold_a_child_with_a_floor_of_its_own() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: s, manual: {start: 2025-06-02T08:00, finish: 2025-06-06T17:00}}
- {id: t2, part-of: s, duration: 2d}
- {id: t3, part-of: s, duration: 1d, constraints: [{kind: start-no-earlier-than, date: 2025-06-03T08:00}]}
- {id: inner, part-of: s}
- {id: t4, part-of: inner, duration: 1d, constraints: [{kind: start-no-earlier-than, date: 2025-06-03T08:00}]}
- {id: t6, duration: 10d}
",
        "",
    );
    assert_eq!(
        (late(&plan, "t2"), floats(&plan, "t2").0),
        (["06-05T08:00".into(), "06-06T17:00".into()], 1_440)
    );
    assert_eq!(
        (late(&plan, "t3")[1].as_str(), floats(&plan, "t3").0),
        ("06-13T17:00", 3_840)
    );
    // Below a summary that is scheduled it is held.
    assert_eq!(late(&plan, "t4")[1], "06-06T17:00");
    assert!(why(&plan, "t2")[3].starts_with("Typed"), "{:?}", why(&plan, "t2"));
    assert_eq!(why(&plan, "t3")[3], "ProgrammeFinish");
}

#[test]
fn a_child_with_a_floor_of_its_own_may_start_before_its_typed_summary() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: s, manual: {start: 2025-06-04T08:00, finish: 2025-06-06T17:00}}
- {id: held, part-of: s, duration: 1d}
- {id: free, part-of: s, duration: 1d, constraints: [{kind: start-no-earlier-than, date: 2025-06-03T08:00}]}
",
        "",
    );
    assert_eq!(early(&plan, "held")[0], "06-04T08:00");
    assert_eq!(early(&plan, "free")[0], "06-03T08:00");
}

#[test]
fn what_has_started_asks_for_when_it_goes_on() {
    let activities = "- {id: t1, duration: 3d}
- {id: t2, duration: 4d, after: [t1]}
- {id: t6, duration: 10d}
";
    let resumed = plan(
        MONDAY_2_JUNE,
        activities,
        "facts:\n- {of: t2, started: 2025-06-02T08:00, remaining: 3d, suspended: 2025-06-02T17:00, resumed: 2025-06-06T08:00}\n",
    );
    assert_eq!(
        (late(&resumed, "t1"), floats(&resumed, "t1").0),
        (["06-03T08:00".into(), "06-05T17:00".into()], 480)
    );
    assert_eq!(
        (late(&resumed, "t2")[1].as_str(), floats(&resumed, "t2").0),
        ("06-13T17:00", 1_440)
    );
    assert!(why(&resumed, "t1")[3].starts_with("Link"), "{:?}", why(&resumed, "t1"));
    // Without an interruption it goes on after what is done.
    let facts = "facts:\n- {of: t2, started: 2025-06-02T08:00, remaining: 3d}\n";
    let at_once = plan(MONDAY_2_JUNE, activities, facts);
    assert_eq!(late(&at_once, "t1")[1], "06-02T17:00");
}

#[test]
fn a_started_milestone_asks_for_its_late_date() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: t1, duration: 3d}
- {id: t2, duration: 0d, after: [t1]}
- {id: t6, duration: 10d}
",
        "facts:\n- {of: t2, started: 2025-06-02T08:00}\n",
    );
    assert_eq!(late(&plan, "t1")[1], "06-13T17:00");
}

#[test]
fn a_finished_task_with_typed_dates_is_late_where_it_was() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: t1, duration: 3d}
- {id: t2, duration: 1d, manual: {start: 2025-06-03T08:00, finish: 2025-06-03T17:00}, after: [t1]}
- {id: t6, duration: 10d}
",
        "facts:\n- {of: t2, started: 2025-06-04T08:00, finished: 2025-06-04T17:00}\n",
    );
    assert_eq!(late(&plan, "t2"), ["06-04T08:00", "06-04T17:00"]);
    assert_eq!(floats(&plan, "t2"), (0, 0));
    assert_eq!(late(&plan, "t1")[1], "06-13T17:00");
}

#[test]
fn the_typed_finish_of_a_summary_can_be_that_of_the_project() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: s, manual: {start: 2025-06-02T08:00, finish: 2025-06-13T17:00}}
- {id: t2, part-of: s, duration: 2d}
- {id: t6, duration: 3d}
",
        "",
    );
    assert_eq!(
        plan.schedule().expect("it has dates").finish().to_string(),
        "2025-06-13T17:00"
    );
    assert_eq!(late(&plan, "t6")[1], "06-13T17:00");
}

#[test]
fn a_link_into_a_summary_asks_for_where_its_tasks_were_typed_or_have_started() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: a, duration: 2d}
- {id: s, after: [a]}
- {id: b, part-of: s, duration: 3d}
- {id: sub, part-of: s}
- {id: m, part-of: sub, duration: 1d, manual: {start: 2025-06-03T08:00, finish: 2025-06-03T17:00}}
",
        "",
    );
    assert_eq!(
        (late(&plan, "a"), floats(&plan, "a").0),
        (["05-30T08:00".into(), "06-02T17:00".into()], -480)
    );
    assert_eq!(
        (late(&plan, "m")[1].as_str(), floats(&plan, "m").0),
        ("06-06T17:00", 1_440)
    );
    assert!(why(&plan, "a")[3].starts_with("Link"), "{:?}", why(&plan, "a"));
    // The summary shows what its tasks ask for.
    assert_eq!(late(&plan, "s")[0], "06-03T08:00");
}

#[test]
fn links_of_typed_summaries_bound_what_belongs_to_them() {
    let plan = plan(
        MONDAY_2_JUNE,
        "- {id: s1, manual: {start: 2025-06-02T08:00, finish: 2025-06-06T17:00}}
- {id: t2, part-of: s1, duration: 2d}
- {id: t3, part-of: s1, duration: 1d, after: [t2], constraints: [{kind: start-no-earlier-than, date: 2025-06-04T08:00}]}
- {id: s4, manual: {start: 2025-06-04T08:00, finish: 2025-06-06T17:00}, after: [s1]}
- {id: t5, part-of: s4, duration: 5d}
- {id: t6, duration: 10d}
",
        "",
    );
    assert_eq!(early(&plan, "t5")[0], "06-04T08:00");
    assert_eq!(late(&plan, "t5"), ["06-02T08:00", "06-06T17:00"]);
    assert_eq!(floats(&plan, "t5").0, -2 * 480);
    assert_eq!(late(&plan, "t2"), ["05-29T08:00", "05-30T17:00"]);
    assert_eq!(floats(&plan, "t2").0, -2 * 480);
    // A date of its own frees it from the summary and from the summary's link.
    assert_eq!(late(&plan, "t3")[1], "06-13T17:00");
    assert_eq!(floats(&plan, "t3").0, 7 * 480);
    assert!(why(&plan, "t2")[3].starts_with("Link"), "{:?}", why(&plan, "t2"));
}
