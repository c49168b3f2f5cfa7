//! Dates by the rules of Microsoft Project and P6, each worked out by hand from the rule it is about.

use framdrift::{Dates, Plan};

const DAY: i64 = 480;

/// A plan that starts on Monday 2 March 2026, office hours.
fn plan(scheduling: &str, activities: &str) -> Plan {
    with_facts(scheduling, activities, "")
}

fn with_facts(scheduling: &str, activities: &str, facts: &str) -> Plan {
    let programme =
        format!("framdrift: 1\nid: case\nstart: 2026-03-02T08:00\nscheduling: {scheduling}\nactivities:\n{activities}");
    let progress = format!("framdrift-facts: 1\n{facts}");
    framdrift::load_with_facts(programme, progress).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

fn dates(plan: &Plan, id: &str) -> Dates {
    let node = plan.find(id).unwrap_or_else(|fault| panic!("{fault}"));
    plan.dates(node).expect("the programme has a start")
}

/// Early start and finish, late start and finish.
fn four(plan: &Plan, id: &str) -> [String; 4] {
    let d = dates(plan, id);
    [d.early_start, d.early_finish, d.late_start, d.late_finish].map(|at| at.to_string()[5..].to_owned())
}

/// Total and free float in working days.
fn floats(plan: &Plan, id: &str) -> (f64, f64) {
    let d = dates(plan, id);
    (d.total_float as f64 / DAY as f64, d.free_float as f64 / DAY as f64)
}

#[test]
fn ms_project_shows_a_must_date_and_counts_float_from_the_links() {
    let plan = plan(
        "{profile: msproject}",
        "- {id: build, duration: 5d}
- {id: open, duration: 0d, after: [build], constraints: [{kind: must-finish-on, date: 2026-03-05T17:00}]}
",
    );
    assert_eq!(four(&plan, "open"), ["03-05T17:00"; 4]);
    assert_eq!(floats(&plan, "open"), (-1.0, 0.0));
    assert_eq!(
        four(&plan, "build"),
        ["03-02T08:00", "03-06T17:00", "02-27T08:00", "03-05T17:00"]
    );
    assert_eq!(floats(&plan, "build"), (-1.0, 0.0));
}

#[test]
fn ms_project_moves_work_before_its_links_where_dates_win() {
    let activities = "- {id: build, duration: 5d}
- {id: move, duration: 2d, after: [build], constraints: [{kind: start-no-later-than, date: 2026-03-04T08:00}]}
";
    let dates_win = plan("{profile: msproject}", activities);
    assert_eq!(
        four(&dates_win, "move"),
        ["03-04T08:00", "03-05T17:00", "03-04T08:00", "03-05T17:00"]
    );
    assert_eq!(floats(&dates_win, "move").0, -3.0);
    let links_win = plan("{profile: msproject, precedence: links}", activities);
    assert_eq!(
        four(&links_win, "move"),
        ["03-09T08:00", "03-10T17:00", "03-04T08:00", "03-05T17:00"]
    );
}

#[test]
fn a_summary_with_typed_dates_holds_what_belongs_to_it_and_pulls_what_precedes() {
    let plan = plan(
        "{profile: msproject}",
        "- {id: order, duration: 10d}
- {id: install, manual: {start: 2026-03-10T08:00, finish: 2026-03-13T17:00}, after: [order]}
- {id: wire, part-of: install, duration: 2d}
",
    );
    // The link into the summary does not reach what belongs to it; its typed start does, and its typed finish.
    assert_eq!(
        four(&plan, "wire"),
        ["03-10T08:00", "03-11T17:00", "03-12T08:00", "03-13T17:00"]
    );
    // Going back it reaches it: order would have to be over before wire starts at the latest.
    assert_eq!(
        four(&plan, "order"),
        ["03-02T08:00", "03-13T17:00", "02-26T08:00", "03-11T17:00"]
    );
    assert_eq!(floats(&plan, "order"), (-2.0, 0.0));
}

#[test]
fn typed_dates_of_an_activity_drive_what_follows() {
    let plan = plan(
        "{profile: msproject}",
        "- {id: order, duration: 10d}
- {id: fair, manual: {start: 2026-03-04T08:00, finish: 2026-03-05T17:00}, after: [order]}
- {id: report, duration: 1d, after: [fair]}
",
    );
    assert_eq!(four(&plan, "fair")[..2], ["03-04T08:00", "03-05T17:00"]);
    assert_eq!(four(&plan, "report")[..2], ["03-06T08:00", "03-06T17:00"]);
    // The project ends with order on the 13th; report may be that late, the fair a day before, and order before the fair.
    assert_eq!(four(&plan, "order")[3], "03-10T17:00");
}

#[test]
fn ms_project_caps_free_float_by_total_float() {
    let activities = "- {id: sort, duration: 1d, deadline: 2026-03-03}
- {id: long, duration: 6d}
- {id: pack, duration: 1d, after: [sort, long]}
";
    assert_eq!(floats(&plan("{profile: msproject}", activities), "sort"), (1.0, 1.0));
    assert_eq!(floats(&plan("{profile: p6}", activities), "sort"), (1.0, 5.0));
}

#[test]
fn what_is_as_late_as_possible_eats_total_or_free_float() {
    let activities = "- {id: book, duration: 1d, constraints: [{kind: as-late-as-possible}]}
- {id: write, duration: 1d, after: [book]}
- {id: long, duration: 5d}
";
    let eats_total = plan("{profile: msproject}", activities);
    let book = dates(&eats_total, "book");
    assert_eq!(book.start.to_string(), "2026-03-05T08:00");
    assert_eq!(book.early_start.to_string(), "2026-03-02T08:00");
    assert_eq!(floats(&eats_total, "book"), (0.0, 0.0));
    // It drives what follows from where it is put.
    assert_eq!(four(&eats_total, "write")[0], "03-06T08:00");
    let eats_free = plan("{profile: p6}", activities);
    assert_eq!(dates(&eats_free, "book").start.to_string(), "2026-03-02T08:00");
    assert_eq!(floats(&eats_free, "book"), (3.0, 0.0));
}

#[test]
fn several_critical_paths_end_where_nothing_follows() {
    let activities = "- {id: short, duration: 2d, deadline: 2026-03-02}
- {id: long, duration: 5d}
";
    let several = plan("{profile: msproject, multiple-critical-paths: true}", activities);
    assert_eq!(floats(&several, "short"), (0.0, 0.0));
    assert!(dates(&several, "short").critical && dates(&several, "long").critical);
    let one = plan("{profile: msproject}", activities);
    assert_eq!(floats(&one, "short").0, -1.0);
}

#[test]
fn elapsed_time_starts_when_its_predecessor_ends() {
    let activities = "- {id: pour, duration: 5d}
- {id: cure, duration: 2ed, after: [pour]}
- {id: strip, duration: 1d, after: [cure]}
";
    let plain = plan("{profile: msproject}", activities);
    assert_eq!(four(&plain, "cure")[..2], ["03-06T17:00", "03-08T17:00"]);
    assert_eq!(four(&plain, "strip")[0], "03-09T08:00");
    let at_work = plan("{profile: msproject, elapsed-start: working-time}", activities);
    assert_eq!(four(&at_work, "cure")[..2], ["03-09T08:00", "03-11T08:00"]);
}

#[test]
fn tenths_of_a_minute_add_up_by_the_rules_of_ms_project_only() {
    // Ten times 6.4 minutes: 64, where each rounded by itself makes 60.
    let chain: String = (0..10)
        .map(|n| match n {
            0 => "- {id: a0, duration: 6.4m}\n".to_owned(),
            n => format!("- {{id: a{n}, duration: 6.4m, after: [a{}]}}\n", n - 1),
        })
        .collect();
    assert_eq!(four(&plan("{profile: msproject}", &chain), "a9")[1], "03-02T09:04");
    assert_eq!(four(&plan("{profile: framdrift}", &chain), "a9")[1], "03-02T09:00");
}

#[test]
fn started_work_keeps_its_start_and_its_float_is_that_of_its_finish() {
    let plan = with_facts(
        "{profile: msproject}",
        "- {id: dig, duration: 3d}
- {id: pour, duration: 2d, after: [dig]}
- {id: other, duration: 7d}
",
        "facts: [{of: dig, started: 2026-03-03T08:00}]\n",
    );
    assert_eq!(
        four(&plan, "dig"),
        ["03-03T08:00", "03-05T17:00", "03-03T08:00", "03-06T17:00"]
    );
    assert_eq!(floats(&plan, "dig"), (1.0, 0.0));
}

/// Both have started, the second before the first was over; the data date is Friday evening.
const OUT_OF_SEQUENCE: (&str, &str) = (
    "- {id: first, duration: 10d}
- {id: second, duration: 4d, after: [first]}
",
    "status-date: 2026-03-06T17:00
facts:
- {of: first, started: 2026-03-02T08:00, remaining: 5d}
- {of: second, started: 2026-03-04T08:00, remaining: 2d}
",
);

#[test]
fn p6_keeps_logic_or_overrides_it() {
    let (activities, facts) = OUT_OF_SEQUENCE;
    let retained = with_facts("{profile: p6}", activities, facts);
    assert_eq!(four(&retained, "second")[..2], ["03-16T08:00", "03-17T17:00"]);
    assert_eq!(dates(&retained, "second").start.to_string(), "2026-03-04T08:00");
    let overridden = with_facts("{profile: p6, out-of-sequence: progress-override}", activities, facts);
    assert_eq!(four(&overridden, "second")[..2], ["03-09T08:00", "03-10T17:00"]);
    // Nothing but the finish holds the first one any longer.
    assert_eq!(four(&overridden, "first")[3], "03-13T17:00");
}

#[test]
fn p6_counts_what_is_left_of_a_lag() {
    let plan = with_facts(
        "{profile: p6}",
        "- {id: pour, duration: 1d}
- {id: strip, duration: 1d, after: [{from: pour, lag: 5d}]}
",
        "status-date: 2026-03-04T17:00\nfacts: [{of: pour, started: 2026-03-02T08:00, finished: 2026-03-02T17:00}]\n",
    );
    // Two of five days have passed: three are left from Thursday on.
    assert_eq!(four(&plan, "strip")[0], "03-10T08:00");
}

#[test]
fn p6_puts_a_finish_that_is_asked_for_in_free_time_at_the_next_start() {
    let plan = framdrift::load(
        "framdrift: 1
id: case
start: 2026-03-02T08:00
scheduling: {profile: p6}
calendar: office
calendars:
- {id: office, week: {mon: [08:00-16:00], tue: [08:00-16:00], wed: [08:00-16:00], thu: [08:00-16:00], fri: [08:00-16:00]}}
- {id: short, week: {mon: [08:00-16:00], tue: [08:00-16:00], wed: [08:00-16:00], thu: [08:00-16:00]}}
activities:
- {id: test, duration: 5d}
- {id: log, duration: 1d, calendar: short, after: [{from: test, type: FF}]}
",
    )
    .unwrap();
    assert_eq!(four(&plan, "log")[..2], ["03-05T08:00", "03-09T08:00"]);
}

#[test]
fn p6_counts_late_dates_from_the_date_all_must_be_finished_by() {
    let plan = framdrift::load(
        "framdrift: 1
id: case
start: 2026-03-02T08:00
finish: 2026-03-05T17:00
scheduling: {profile: p6, critical-limit: -2d}
activities:
- {id: build, duration: 5d}
- {id: test, duration: 1d, after: [build]}
- {id: note, duration: 3d}
",
    )
    .unwrap();
    assert_eq!(
        four(&plan, "test"),
        ["03-09T08:00", "03-09T17:00", "03-05T08:00", "03-05T17:00"]
    );
    assert_eq!(floats(&plan, "build").0, -2.0);
    assert!(dates(&plan, "build").critical);
    assert_eq!(floats(&plan, "note").0, 1.0);
    assert!(!dates(&plan, "note").critical, "one day of float is above the limit");
}

#[test]
fn critical_by_the_longest_path_whatever_the_float() {
    let plan = plan(
        "{profile: p6, critical: longest-path}",
        "- {id: build, duration: 5d}
- {id: late, duration: 1d, deadline: 2026-03-02T12:00}
- {id: test, duration: 1d, after: [build]}
",
    );
    assert!(floats(&plan, "late").0 < 0.0);
    assert!(!dates(&plan, "late").critical);
    assert!(dates(&plan, "build").critical && dates(&plan, "test").critical);
}

#[test]
fn an_expected_finish_sets_what_is_left() {
    let plan = with_facts(
        "{profile: p6}",
        "- {id: dig, duration: 10d, constraints: [{kind: expected-finish, date: 2026-03-11T17:00}]}
- {id: pour, duration: 1d, after: [dig]}
",
        "status-date: 2026-03-06T17:00\nfacts: [{of: dig, started: 2026-03-02T08:00, remaining: 8d}]\n",
    );
    assert_eq!(four(&plan, "dig")[..2], ["03-09T08:00", "03-11T17:00"]);
    assert_eq!(four(&plan, "pour")[0], "03-12T08:00");
}

#[test]
fn a_level_of_effort_spans_what_it_is_linked_to_and_moves_nothing() {
    let plan = plan(
        "{profile: p6}",
        "- {id: dig, duration: 3d}
- {id: pour, duration: 4d, after: [dig]}
- {id: supervise, level-of-effort: true, after: [{from: dig, type: SS}, {from: pour, type: FF}]}
- {id: close, duration: 1d, after: [supervise]}
",
    );
    assert_eq!(four(&plan, "supervise")[..2], ["03-02T08:00", "03-10T17:00"]);
    assert_eq!(four(&plan, "close")[0], "03-02T08:00");
}

#[test]
fn what_is_not_to_be_done_ties_nothing() {
    let plan = plan(
        "{profile: msproject}",
        "- {id: dig, duration: 3d, inactive: true}
- {id: pour, duration: 4d, after: [dig]}
",
    );
    assert_eq!(four(&plan, "pour")[0], "03-02T08:00");
}

#[test]
fn dates_counted_back_from_the_finish() {
    let plan = framdrift::load(
        "framdrift: 1
id: case
finish: 2026-03-13T17:00
scheduling: {profile: msproject, direction: from-finish}
activities:
- {id: dig, duration: 3d, constraints: [{kind: as-late-as-possible}]}
- {id: pour, duration: 4d, after: [dig], constraints: [{kind: as-late-as-possible}]}
",
    )
    .unwrap();
    assert_eq!(dates(&plan, "pour").start.to_string(), "2026-03-10T08:00");
    assert_eq!(dates(&plan, "dig").start.to_string(), "2026-03-05T08:00");
}
