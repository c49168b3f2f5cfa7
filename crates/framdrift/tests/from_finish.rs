//! Dates that count back from the finish of the programme.

use framdrift::{Dates, Plan};

const DAY: i64 = 480;

fn plan(head: &str, activities: &str) -> Plan {
    let programme = format!("framdrift: 1\nid: case\n{head}\nactivities:\n{activities}");
    framdrift::load(programme).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

fn dates(plan: &Plan, id: &str) -> Dates {
    let node = plan.find(id).unwrap_or_else(|_| panic!("there is no {id}"));
    let schedule = plan.schedule().expect("a start");
    assert_eq!(schedule.verify(plan.network(), plan.facts()), Ok(()));
    schedule.dates(node)
}

/// Start and finish.
fn stands(plan: &Plan, id: &str) -> [String; 2] {
    let d = dates(plan, id);
    [d.start, d.finish].map(|at| at.to_string()[5..].to_owned())
}

const CHAIN: &str = "- {id: a, duration: 3d}\n- {id: b, duration: 8d, after: [a]}\n- {id: side, duration: 2d}\n";

/// Eleven days end on the 10th, so they begin on 24 February; `side` could start seven days before it does.
#[test]
fn all_stands_at_its_late_dates() {
    let plan = plan("finish: 2026-03-10\nscheduling: {direction: from-finish}", CHAIN);
    assert_eq!(stands(&plan, "a"), ["02-24T08:00", "02-26T17:00"]);
    assert_eq!(stands(&plan, "b"), ["02-27T08:00", "03-10T17:00"]);
    assert_eq!(stands(&plan, "side"), ["03-09T08:00", "03-10T17:00"]);
    for id in ["a", "b"] {
        assert_eq!(
            (dates(&plan, id).total_float, dates(&plan, id).critical),
            (0, true),
            "{id}"
        );
    }
    let side = dates(&plan, "side");
    assert_eq!((side.total_float, side.critical), (9 * DAY, false));
    assert_eq!(plan.schedule().unwrap().start().to_string(), "2026-02-24T08:00");
}

/// The same with a start that cannot be kept: it stands where it must, four days too early.
#[test]
fn a_start_that_cannot_be_kept_shows_as_negative_float() {
    let plan = plan(
        "start: 2026-03-02\nfinish: 2026-03-10\nscheduling: {direction: from-finish}",
        CHAIN,
    );
    assert_eq!(stands(&plan, "a"), ["02-24T08:00", "02-26T17:00"]);
    assert_eq!(dates(&plan, "a").total_float, -4 * DAY);
    assert_eq!(dates(&plan, "b").late_finish.to_string(), "2026-03-10T17:00");
    assert_eq!(
        (dates(&plan, "side").total_float, dates(&plan, "side").critical),
        (5 * DAY, false)
    );
}

/// A start that leaves room changes nothing: what decides is still critical.
#[test]
fn a_start_that_leaves_room_is_no_float() {
    let plan = plan(
        "start: 2026-01-05\nfinish: 2026-03-10\nscheduling: {direction: from-finish}",
        CHAIN,
    );
    assert_eq!(stands(&plan, "a")[0], "02-24T08:00");
    assert!(dates(&plan, "a").critical && !dates(&plan, "side").critical);
}

/// By the rules of MS Project, too, a branch that could start earlier has that float.
#[test]
fn a_branch_that_could_start_earlier_has_float() {
    let late = "constraints: [{kind: as-late-as-possible}]";
    for profile in ["framdrift", "msproject", "p6"] {
        let plan = plan(
            &format!("finish: 2026-03-10\nscheduling: {{profile: {profile}, direction: from-finish}}"),
            &format!(
                "- {{id: a, duration: 3d, {late}}}\n- {{id: b, duration: 8d, after: [a], {late}}}\n- {{id: side, duration: 2d, {late}}}\n"
            ),
        );
        assert_eq!(stands(&plan, "a")[0], "02-24T08:00", "{profile}");
        assert_eq!(stands(&plan, "side")[1], "03-10T17:00", "{profile}");
        assert!(dates(&plan, "a").critical && dates(&plan, "b").critical, "{profile}");
        let side = dates(&plan, "side");
        assert_eq!((side.total_float, side.critical), (9 * DAY, false), "{profile}");
    }
}

/// Where the tools count from the start, late dates count back from the finish that is asked for.
#[test]
fn by_the_rules_of_ms_project_late_dates_count_back() {
    let plan = plan(
        "start: 2026-03-02\nfinish: 2026-03-10\nscheduling: {profile: msproject, direction: from-finish}",
        CHAIN,
    );
    assert_eq!(stands(&plan, "a")[0], "03-02T08:00");
    assert_eq!(dates(&plan, "b").late_finish.to_string(), "2026-03-10T17:00");
    assert_eq!(dates(&plan, "a").total_float, -4 * DAY);
}
