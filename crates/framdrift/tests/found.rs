//! Rules of Microsoft Project and P6 that were found on further saved files, each on an example whose values the tool's own files show.

use framdrift::{Dates, Plan};

/// A plan of a start, rules and calendars, activities, and what is recorded.
fn plan(head: &str, activities: &str, facts: &str) -> Plan {
    let programme = format!("framdrift: 1\nid: case\n{head}\nactivities:\n{activities}");
    let facts = format!("framdrift-facts: 1\n{facts}");
    framdrift::load_with_facts(programme, facts).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

fn dates(plan: &Plan, id: &str) -> Dates {
    let node = plan.find(id).unwrap_or_else(|| panic!("there is no {id}"));
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
    explained
        .drives
        .map(|drive| format!("{:?}", drive.expect("it has a reason").cause))
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
