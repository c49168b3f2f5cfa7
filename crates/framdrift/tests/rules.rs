//! Rules of other tools, and activities whose dates are not computed: what a file says of them reaches the network.

use framdrift::model::projection::{BoundKind, CalendarIx, Mode, Span, TimeNode};
use framdrift::model::rules::{
    Critical, Direction, FloatKind, LagCalendar, LateKind, OutOfSequence, Precedence, Profile, Rules, StartLag,
};
use framdrift::model::time::Minute;
use framdrift::{Opening, Plan, load};

fn plan(text: &str) -> Plan {
    let text = format!("framdrift: 1\nid: x\nstart: 2026-03-02\n{text}");
    load(&text).unwrap_or_else(|report| panic!("{report}"))
}

/// The codes that a text gets, in its order.
fn codes(text: &str) -> Vec<String> {
    let text = format!("framdrift: 1\nid: x\nstart: 2026-03-02\n{text}");
    let report = Opening::new().open("x.yaml", text.as_bytes()).report;
    let found = report.diagnostics().iter();
    found
        .map(|l| {
            let (code, address) = (l.diagnostic.code(), &l.diagnostic.place().address);
            format!("{code} {address}")
        })
        .collect()
}

fn node<'p>(plan: &'p Plan, id: &str) -> &'p TimeNode {
    let node = plan.find(id).unwrap_or_else(|fault| panic!("{fault}"));
    &plan.network().projection().nodes[node.index()]
}

fn at(text: &str) -> Minute {
    let (day, time) = text.split_once('T').expect("a date with a time");
    let number = |text: &str| text.parse::<u32>().expect("a number");
    let day: Vec<u32> = day.split('-').map(number).collect();
    let time: Vec<u32> = time.split(':').map(number).collect();
    Minute::of(day[0].cast_signed(), day[1], day[2], time[0], time[1]).expect("a minute")
}

#[test]
fn a_file_that_says_nothing_follows_framdrift() {
    let plan = plan("activities: [{id: a, duration: 1d}]");
    assert_eq!(*plan.rules(), Rules::of(Profile::Framdrift));
    assert_eq!(plan.network().projection().finish, None);
    assert_eq!(plan.network().projection().calendar, CalendarIx(0));
    let a = node(&plan, "a");
    assert_eq!((a.mode, a.delay), (Mode::Computed, 0));
}

#[test]
fn every_rule_can_be_said() {
    let plan = plan(
        "minutes: {day: 450}
scheduling:
  profile: p6
  lag-calendar: all-day
  precedence: links
  float: finish
  critical: longest-path
  critical-limit: -2d
  multiple-critical-paths: true
  open-ends-critical: true
  out-of-sequence: actual-dates
  start-lag: actual-start
  as-late-as-possible: total-float
  expected-finish: false
  external-dates: false
  direction: from-finish
activities: [{id: a, duration: 1d}]
",
    );
    let mut rules = Rules::of(Profile::P6);
    rules.lag_calendar = LagCalendar::AllDay;
    rules.precedence = Precedence::Links;
    rules.float = FloatKind::Finish;
    rules.critical = Critical::LongestPath;
    rules.critical_limit = -900;
    rules.multiple_critical_paths = true;
    rules.open_ends_critical = true;
    rules.out_of_sequence = OutOfSequence::ActualDates;
    rules.start_lag = StartLag::ActualStart;
    rules.as_late_as_possible = LateKind::TotalFloat;
    rules.expected_finish = false;
    rules.external_dates = false;
    rules.direction = Direction::FromFinish;
    assert_eq!(*plan.rules(), rules);
}

#[test]
fn another_profile_keeps_what_is_said_besides() {
    let text =
        b"framdrift: 1\nid: x\nscheduling: {profile: msproject, float: start}\nactivities: [{id: a, duration: 1d}]\n";
    for profile in Profile::ALL {
        let plan = Opening::new().profile(*profile).open("x.yaml", text).plan.unwrap();
        let mut rules = Rules::of(*profile);
        rules.float = FloatKind::Start;
        assert_eq!(*plan.rules(), rules);
    }
    let bare = b"framdrift: 1\nid: x\n";
    let plan = Opening::new().profile(Profile::P6).open("x.yaml", bare).plan.unwrap();
    assert_eq!(*plan.rules(), Rules::of(Profile::P6));
}

#[test]
fn the_finish_and_the_programme_s_calendar_reach_the_network() {
    let text = "finish: 2026-03-20
calendar: nights
calendars:
- {id: office, week: {mon: [\"08:00-16:00\"]}}
- {id: nights, week: {fri: [\"20:00-23:00\"]}}
activities: [{id: a, duration: 1h}]
";
    let plan = plan(text);
    let projection = plan.network().projection();
    assert_eq!(projection.finish, Some(at("2026-03-20T23:00")));
    assert_eq!(projection.calendar, CalendarIx(1));
    assert_eq!(
        codes("finish: 2026-02-27\nactivities: [{id: a, duration: 1d}]"),
        ["reversed-dates finish"]
    );
    assert_eq!(
        codes("finish: 2026-03-02\nactivities: [{id: a, duration: 1d}]"),
        [""; 0],
        "the day it starts will do"
    );
}

#[test]
fn typed_dates_delays_and_levels_of_effort_reach_the_network() {
    let plan = plan(
        "subjects: [{id: öland}, {id: fårö}]
groups: [{id: öar, members: [öland, fårö]}]
activities:
- {id: fair, manual: {start: 2026-03-12, finish: 2026-03-13T12:00}}
- {id: long, manual: {start: 2026-03-12T10:00, finish: 2026-03-13}, duration: 3ed}
- {id: whole, manual: {start: 2026-03-16, finish: 2026-03-17}}
- {id: part, part-of: whole, duration: 1d, delay: 36eh}
- {id: lead, level-of-effort: true}
- {id: sow, per: öar, manual: {start: 2026-03-18, finish: 2026-03-18}}
",
    );
    let manual = |start: &str, finish: &str| Mode::Manual {
        start: at(start),
        finish: at(finish),
    };
    let fair = node(&plan, "fair");
    assert_eq!(fair.mode, manual("2026-03-12T08:00", "2026-03-13T12:00"));
    assert_eq!(fair.span, Span::Work(480 + 240));
    let long = node(&plan, "long");
    assert_eq!(long.mode, manual("2026-03-12T10:00", "2026-03-13T17:00"));
    assert_eq!(long.span, Span::Elapsed(3 * 1_440));
    let whole = node(&plan, "whole");
    assert!(whole.summary);
    assert_eq!(whole.mode, manual("2026-03-16T08:00", "2026-03-17T17:00"));
    let part = node(&plan, "part");
    assert_eq!((part.mode, part.delay), (Mode::Computed, 36 * 60));
    assert_eq!(node(&plan, "lead").mode, Mode::LevelOfEffort);
    assert_eq!(node(&plan, "sow").mode, Mode::Computed, "it only spans its instances");
    assert_eq!(
        node(&plan, "sow@fårö").mode,
        manual("2026-03-18T08:00", "2026-03-18T17:00")
    );
    assert!(
        plan.warnings()
            .iter()
            .all(|w| w.code().name() != "activity-without-duration")
    );
}

#[test]
fn inactive_is_handed_down() {
    let plan = plan(
        "subjects: [{id: öland}]
groups: [{id: öar, members: [öland]}]
activities:
- {id: top, inactive: true, per: öar}
- {id: middle, part-of: top}
- {id: leaf, part-of: middle, duration: 1d, deadline: 2026-03-01}
- {id: typed, part-of: middle, manual: {start: 2026-03-02, finish: 2026-03-02}}
- {id: other, duration: 1d, inactive: false}
",
    );
    for id in ["top", "top@öland", "middle@öland", "leaf@öland", "typed@öland"] {
        assert_eq!(node(&plan, id).mode, Mode::Inactive, "{id}");
    }
    assert_eq!(node(&plan, "other").mode, Mode::Computed);
    assert!(plan.warnings().is_empty(), "what is not done misses nothing");
}

#[test]
fn constraints_of_other_tools_reach_the_network() {
    let plan = plan(
        "activities:
- id: a
  duration: 1d
  constraints:
  - {kind: expected-finish, date: 2026-03-06}
  - {kind: external-early-start, date: 2026-03-03}
  - {kind: external-late-finish, date: 2026-03-10}
",
    );
    let bounds: Vec<_> = node(&plan, "a").bounds.iter().map(|b| (b.kind, b.at)).collect();
    assert_eq!(
        bounds,
        [
            (BoundKind::ExpectedFinish, at("2026-03-06T17:00")),
            (BoundKind::ExternalStart, at("2026-03-03T08:00")),
            (BoundKind::ExternalFinish, at("2026-03-10T17:00")),
        ]
    );
    for kind in ["expected-finish", "external-early-start", "external-late-finish"] {
        let text = format!(
            "activities:\n- {{id: a, constraints: [{{kind: {kind}, date: 2026-03-06}}]}}\n- {{id: b, part-of: a, duration: 1d}}\n"
        );
        assert_eq!(codes(&text), ["time-on-summary activity a / constraints"]);
    }
}

#[test]
fn a_late_finish_that_another_programme_asks_for_is_missed_unless_it_binds_nothing() {
    let text = "activities: [{id: a, duration: 5d, constraints: [{kind: external-late-finish, date: 2026-03-03}]}]\n";
    assert_eq!(codes(text), ["missed-constraint activity a / constraints"]);
    assert_eq!(
        codes(&format!("scheduling: {{external-dates: false}}\n{text}")),
        [""; 0]
    );
}

#[test]
fn what_makes_no_sense_together_is_a_fault() {
    let manual = "manual: {start: 2026-03-02, finish: 2026-03-03}";
    let part = "- {id: b, part-of: a, duration: 1d}";
    for (activity, rest, wanted) in [
        (
            format!("{manual}, level-of-effort: true"),
            "",
            vec!["conflicting-modes activity a / level-of-effort"],
        ),
        (
            "level-of-effort: true".to_owned(),
            part,
            vec!["conflicting-modes activity a / level-of-effort"],
        ),
        (
            format!("{manual}, delay: 2ed"),
            "",
            vec!["conflicting-modes activity a / delay"],
        ),
        (
            "level-of-effort: true, delay: 2ed".to_owned(),
            "",
            vec!["conflicting-modes activity a / delay"],
        ),
        (
            "delay: 2ed".to_owned(),
            part,
            vec!["conflicting-modes activity a / delay"],
        ),
        (
            "duration: 1d, delay: 2d".to_owned(),
            "",
            vec!["working-delay activity a / delay"],
        ),
        (
            "duration: 1d, delay: 99999ed".to_owned(),
            "",
            vec!["too-long activity a / delay"],
        ),
        (
            "manual: {start: 2026-03-02, finish: 2026-03-01}".to_owned(),
            "",
            vec!["reversed-dates activity a / manual / finish"],
        ),
        (
            "manual: {start: 1950-01-01, finish: 9999-01-01}".to_owned(),
            "",
            vec!["too-long activity a / manual / finish"],
        ),
        (
            format!("{manual}, duration: 2d"),
            part,
            vec!["time-on-summary activity a / duration"],
        ),
        (format!("{manual}, duration: 2d, inactive: true, uid: 1"), "", vec![]),
        (format!("{manual}, inactive: true"), part, vec![]),
        ("level-of-effort: false, delay: 0d, duration: 1d".to_owned(), "", vec![]),
    ] {
        let text = format!("activities:\n- {{id: a, {activity}}}\n{rest}\n");
        assert_eq!(codes(&text), wanted, "{text}");
    }
    assert_eq!(
        codes("scheduling: {critical-limit: -99999mo}\nactivities: [{id: a, duration: 1d}]"),
        ["too-long scheduling / critical-limit"]
    );
}

#[test]
fn a_link_into_a_summary_from_inside_stays_a_fault() {
    let manual = "manual: {start: 2026-03-02, finish: 2026-03-03}";
    let text = format!("activities:\n- {{id: a, {manual}, after: [b]}}\n- {{id: b, part-of: a, duration: 1d}}\n");
    assert_eq!(codes(&text), ["link-to-itself activity a / after b"]);
}

#[test]
fn numbers_of_other_tools_stand_in_the_rows() {
    let plan = plan(
        "subjects: [{id: öland}]
groups: [{id: öar, members: [öland]}]
phases: [{id: f}]
activities:
- {id: a, uid: 9223372036854775807, phase: f, duration: 1d}
- {id: b, uid: 0, per: öar, duration: 1d}
",
    );
    let uids: Vec<(String, Option<i64>)> = plan
        .rows()
        .into_iter()
        .map(|row| (row.id, row.uid.map(|uid| uid.get())))
        .collect();
    let wanted = [("f", None), ("a", Some(i64::MAX)), ("b", Some(0)), ("b@öland", None)];
    assert_eq!(uids, wanted.map(|(id, uid)| (id.to_owned(), uid)));
    let csv = plan.schedule_csv();
    assert!(
        csv.contains("\r\na,activity,activity a,9223372036854775807,,2026-"),
        "{csv}"
    );
    assert!(csv.contains("\r\nb@öland,activity,activity b@öland,,,2026-"), "{csv}");
    let json = framdrift::source::write::to_json(&plan.schedule_value());
    assert!(json.contains("\"uid\": 0"), "{json}");
    assert!(json.contains("\"uid\": null"), "{json}");
}
