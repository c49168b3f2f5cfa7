//! Summaries on a calendar that never rests: told as what belongs to them.

use framdrift::Plan;
use framdrift::interchange::svg;
use framdrift::model::projection::Counts;

/// A cut-over on a calendar that never rests, of parts that take so long.
fn weekend(prepare: &str, [freeze, migrate]: [&str; 2]) -> Plan {
    let week: Vec<String> = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        .iter()
        .map(|day| format!("{day}: [\"00:00-24:00\"]"))
        .collect();
    let text = format!(
        "framdrift: 1
id: cut-over
start: 2026-03-02
calendar: office
calendars:
- {{id: always, week: {{{}}}}}
- id: office
  week: {{mon: [\"08:00-16:00\"], tue: [\"08:00-16:00\"], wed: [\"08:00-16:00\"], thu: [\"08:00-16:00\"], fri: [\"08:00-16:00\"]}}
activities:
- {{id: prepare, duration: {prepare}}}
- {{id: weekend, calendar: always, after: [prepare], deadline: 2026-03-20}}
- {{id: freeze, part-of: weekend, calendar: always, duration: {freeze}}}
- {{id: migrate, part-of: weekend, calendar: always, duration: {migrate}, after: [freeze]}}
- {{id: build, duration: 20d}}
",
        week.join(", ")
    );
    framdrift::load(text).unwrap_or_else(|report| panic!("{report}"))
}

#[test]
fn a_summary_of_what_runs_by_the_clock_without_rest_is_told_by_the_clock() {
    let parts = ["6eh", "40eh"];
    let plan = weekend("3d", parts);
    let node = plan.find("weekend").unwrap();
    let float = plan.dates(node).unwrap().total_float;
    assert_eq!((plan.counts(node), float), (Counts::Clock, (14 * 24 + 10) * 60));
    let row = |id: &str| plan.rows().into_iter().find(|row| row.id == id).unwrap();
    assert_eq!(row("weekend").counts, row("freeze").counts);
    assert!(
        plan.schedule_table().contains("14ed 10eh  21ed 2eh\n    freeze"),
        "{}",
        plan.schedule_table()
    );
    let explained = plan.words(&plan.explain(node).unwrap()).to_string();
    assert!(explained.contains("total float 14ed 10eh, free float"), "{explained}");
    let picture = svg::gantt(&plan.chart().unwrap(), &svg::Options::new());
    assert!(picture.contains("14ed 10eh"), "{picture}");

    let later = weekend("8d", parts);
    let compared = later.compare(&plan).unwrap();
    let told = compared.to_string();
    let lines = told
        .lines()
        .filter(|line| line.contains("+7ed ") && line.ends_with("(by the clock)"));
    assert_eq!(lines.count(), 3, "the summary and its parts: {told}");

    // Work in it counts in days of work, and so does the summary; so does one whose calendar rests.
    let mixed = weekend("3d", ["6eh", "5d"]);
    assert_eq!(mixed.counts(mixed.find("weekend").unwrap()), Counts::WorkingTime);
}
