//! Work by the clock beside work by calendars: what floats count, and how they are told.

use framdrift::model::projection::Counts;
use framdrift::model::quantity::by_the_clock;
use framdrift::schedule::explain::{Cap, Ends};
use framdrift::{Opening, Plan, load};
use proptest::prelude::*;

fn plan(text: &str) -> Plan {
    load(text).unwrap_or_else(|report| panic!("{report}"))
}

/// A migration over a weekend that has to be over on Saturday evening, and is on Sunday morning. `cap` says so.
fn migration(cap: &str, rules: &str) -> String {
    format!(
        "framdrift: 1
id: cut-over
start: 2026-03-20T18:00
{rules}
activities:
- {{id: migrate, duration: 40eh, {cap}}}
- {{id: open, duration: 1h, after: [migrate]}}
"
    )
}

/// A cap in the file, its diagnostic, its words, and how many hours it is missed by.
const CAPS: [(&str, &str, &str, i64); 4] = [
    ("deadline: 2026-03-21T18:00", "missed-deadline", "its deadline", 16),
    (
        "constraints: [{kind: finish-no-later-than, date: 2026-03-21T18:00}]",
        "missed-constraint",
        "its “finish no later than",
        16,
    ),
    (
        "constraints: [{kind: must-finish-on, date: 2026-03-21T18:00}]",
        "missed-constraint",
        "its “finish on",
        16,
    ),
    ("window: 2026-03-20", "missed-window", "the end of its window", 34),
];

#[test]
fn what_runs_by_the_clock_is_late_by_the_clock() {
    for (cap, code, rule, hours) in CAPS {
        let late = by_the_clock(hours * 60);
        for rules in ["", "scheduling: {critical: longest-path}"] {
            let text = migration(cap, rules);
            let report = Opening::new().open("x.yaml", text.as_bytes()).report;
            let mut found = report.diagnostics().iter().map(|l| &l.diagnostic);
            let missed = found
                .find(|d| d.code().to_string() == code)
                .unwrap_or_else(|| panic!("{cap} {rules}: {report}"));
            assert!(
                missed
                    .help()
                    .is_some_and(|help| help.starts_with(&format!("it is {late} late by the clock"))),
                "{missed:?}"
            );

            let plan = plan(&text);
            let migrate = plan.find("migrate").unwrap();
            assert_eq!(plan.counts(migrate), Counts::Clock);
            let dates = plan.dates(migrate).unwrap();
            assert_eq!(dates.finish.to_string(), "2026-03-22T10:00");
            assert_eq!(dates.total_float, -hours * 60, "{cap} {rules}");
            assert_eq!(plan.in_words(migrate, dates.total_float), format!("-{late}"));

            let clashes = plan.clashes(9).unwrap();
            assert_eq!(clashes.clashes.len(), 1, "{cap} {rules}");
            assert_eq!(
                (clashes.clashes[0].node, clashes.clashes[0].late),
                (migrate, hours * 60)
            );
            assert!(matches!(clashes.clashes[0].cap, Cap::Bound { .. }));
            let words = plan.words(&clashes).to_string();
            assert!(
                words.starts_with(&format!(
                    "`migrate` finishes 2026-03-22T10:00, {late} by the clock after {rule}"
                )),
                "{words}"
            );

            let explanation = plan.explain_in_full(migrate).unwrap();
            let towards = &explanation.floats.as_ref().unwrap().towards[0];
            assert_eq!(towards.float, -hours * 60);
            let words = plan.words(&explanation).to_string();
            assert!(
                words.contains(&format!("  total float -{late}, free float ")),
                "{words}"
            );
            assert!(words.contains(" by the clock: "), "{words}");
            assert!(
                words.contains(&format!(
                    "  float towards, by the clock:\n    {:>8}  ",
                    format!("-{late}")
                )),
                "{words}"
            );

            let table = plan.schedule_table();
            assert!(table.contains(&format!("-{late}")), "{table}");
            assert!(table.ends_with("\n\n  ed, eh: float by the clock\n"), "{table}");
        }
    }
}

#[test]
fn a_summary_is_late_with_what_runs_by_the_clock_in_it() {
    let text = "framdrift: 1
id: cut-over
start: 2026-03-20T18:00
activities:
- {id: weekend, deadline: 2026-03-21T18:00}
- {id: migrate, duration: 40eh, part-of: weekend}
";
    let report = Opening::new().open("x.yaml", text.as_bytes()).report;
    let told: Vec<String> = report
        .diagnostics()
        .iter()
        .map(|l| l.diagnostic.code().to_string())
        .collect();
    assert_eq!(told, ["missed-deadline"], "{report}");
    let clashes = plan(text).clashes(9).unwrap();
    assert_eq!(clashes.clashes[0].late, 16 * 60);
}

#[test]
fn work_with_hours_to_spare_over_a_weekend_is_not_critical() {
    let text = "framdrift: 1
id: cut-over
start: 2026-03-20T18:00
activities:
- {id: migrate, duration: 20eh}
- {id: open, duration: 1h, after: [migrate]}
";
    let plan = plan(text);
    let [migrate, open] = ["migrate", "open"].map(|id| plan.find(id).unwrap());
    let dates = plan.dates(migrate).unwrap();
    // Saturday 14:00 to Monday 08:00.
    assert_eq!((dates.total_float, dates.free_float), (42 * 60, 42 * 60));
    assert_eq!(plan.in_words(migrate, dates.total_float), "1ed 18eh");
    assert!(!dates.critical && plan.dates(open).unwrap().critical);

    let json = framdrift::source::write::to_json(&plan.schedule_value());
    let counts = json
        .lines()
        .filter_map(|line| line.trim().strip_prefix("\"float_counts\": "));
    assert_eq!(
        counts.collect::<Vec<_>>(),
        ["\"clock\",", "\"working-time\","],
        "{json}"
    );
    let csv = plan.schedule_csv();
    assert!(csv.contains(",2520,2520,clock,false"), "{csv}");
}

#[test]
fn elapsed_float_is_printed_in_elapsed_days_by_every_profile() {
    for profile in ["framdrift", "msproject", "p6"] {
        let plan = plan(&format!(
            "framdrift: 1
id: x
start: 2026-03-02T08:00
scheduling: {{profile: {profile}}}
activities:
- {{id: work, duration: 20d}}
- {{id: cure, duration: 7ed}}
"
        ));
        let cure = plan.find("cure").unwrap();
        let dates = plan.dates(cure).unwrap();
        // 27 March 17:00, less seven days from 2 March 08:00.
        assert_eq!(dates.total_float, (18 * 24 + 9) * 60, "{profile}");
        assert_eq!(dates.free_float, dates.total_float, "{profile}");
        assert_eq!(plan.in_words(cure, dates.total_float), "18ed 9eh");
        plan.schedule().unwrap().verify(plan.network(), plan.facts()).unwrap();
    }
}

/// A cut-over round the clock behind office work of two lengths.
const ROUND_THE_CLOCK: &str = "framdrift: 1
id: cut-over
start: 2026-03-02
calendar: office
calendars:
- {id: office, week: {mon: [\"08:00-12:00\", \"13:00-17:00\"], tue: [\"08:00-12:00\", \"13:00-17:00\"], wed: [\"08:00-12:00\", \"13:00-17:00\"], thu: [\"08:00-12:00\", \"13:00-17:00\"], fri: [\"08:00-12:00\", \"13:00-17:00\"]}}
- {id: always, week: {mon: [\"00:00-24:00\"], tue: [\"00:00-24:00\"], wed: [\"00:00-24:00\"], thu: [\"00:00-24:00\"], fri: [\"00:00-24:00\"], sat: [\"00:00-24:00\"], sun: [\"00:00-24:00\"]}}
activities:
- {id: long, duration: 10d}
- {id: short, duration: 3d}
- {id: cut-over, duration: 8h, calendar: always, after: [long, short]}
- {id: support, duration: 5d, after: [cut-over]}
";

#[test]
fn paths_are_compared_where_they_meet() {
    let plan = plan(ROUND_THE_CLOCK);
    let paths = plan.paths(None, 3).unwrap();
    assert_eq!(
        plan.words(&paths).to_string(),
        "1. the longest: long → cut-over → support
2. 7d shorter: short → cut-over (waits 7d longer) → support
lengths count working time of `support`
"
    );
    let support = plan.find("support").unwrap();
    assert_eq!(paths.counted_on, Some(support));

    // As the cut-over counts, there are more hours between them: those of nights and of a weekend.
    let cut_over = plan.find("cut-over").unwrap();
    let paths = plan.paths(Some(cut_over), 3).unwrap();
    assert_eq!(paths.paths[1].float, 9 * 24 * 60);
    assert!(
        plan.words(&paths)
            .to_string()
            .ends_with("lengths count working time of `cut-over`\n")
    );
}

#[test]
fn what_is_waited_for_adds_up_in_one_unit() {
    let plan = plan(ROUND_THE_CLOCK);
    let short = plan.find("short").unwrap();
    let explanation = plan.explain_in_full(short).unwrap();
    let waits = explanation.waits.as_ref().unwrap();
    assert_eq!((waits.total_float, waits.rest), (7 * 480, 0));
    assert_eq!(
        waits.waits.iter().map(|wait| wait.margin).collect::<Vec<_>>(),
        [7 * 480]
    );
    let words = plan.words(&explanation).to_string();
    assert!(
        words.contains("  why not critical:\n    `cut-over` waits 7d longer for the finish of `long`\n    it leads to `support`, which is critical\n"),
        "{words}"
    );
}

#[test]
fn a_path_by_the_clock_is_shorter_by_the_clock() {
    let plan = plan(
        "framdrift: 1
id: cut-over
start: 2026-03-06T08:00
activities:
- {id: pack, duration: 1d}
- {id: copy, duration: 30eh}
- {id: migrate, duration: 2ed, after: [pack, copy]}
",
    );
    let paths = plan.paths(None, 3).unwrap();
    assert_eq!(
        plan.words(&paths).to_string(),
        "1. the longest: copy → migrate
2. 21eh shorter: pack → migrate (waits 21eh longer)
lengths count by the clock
"
    );
    let pack = plan.find("pack").unwrap();
    assert_eq!(plan.dates(pack).unwrap().total_float, 0, "no work is done until then");
}

#[test]
fn the_table_marks_the_path_that_decides_and_what_is_pinned() {
    let plan = plan(
        "framdrift: 1
id: x
start: 2026-03-02
activities:
- {id: write, duration: 3d}
- {id: print, duration: 3d}
- {id: pages, duration: 1d 4h}
- {id: publish, duration: 10d, after: [write, print, pages]}
- {id: fair, duration: 1d, constraints: [{kind: must-start-on, date: 2026-03-04}]}
meetings:
- {id: board, planned: 2026-03-05T09:00, duration: 1h}
- {id: review, planned: 2026-03-03T09:00, duration: 1h, after: [write]}
",
    );
    let table = plan.schedule_table();
    let marks: Vec<&str> = table
        .lines()
        .skip(3)
        .map(|line| line.split("  ").next().unwrap_or(""))
        .collect();
    assert_eq!(
        marks,
        ["* write", "* print", "", "* publish", "= fair", "= board", ""],
        "{table}"
    );
    assert!(
        table.starts_with("2026-03-02T00:00 to 2026-03-18T17:00; * critical path, = stands at a date of its own\n"),
        "{table}"
    );
    let rows = plan.rows();
    let row = |id: &str| rows.iter().find(|row| row.id == id).unwrap();
    assert!(row("board").pinned && row("board").dates.critical && !row("board").on_critical_path);
    assert!(!row("review").pinned, "pushed past its date");
    assert!(row("write").on_critical_path && !row("write").pinned);
    let json = framdrift::source::write::to_json(&plan.schedule_value());
    assert_eq!(json.matches("\"on_critical_path\": true").count(), 3, "{json}");
    assert_eq!(json.matches("\"pinned\": true").count(), 2, "{json}");
    assert!(
        plan.schedule_csv()
            .lines()
            .next()
            .unwrap()
            .ends_with(",critical,on_critical_path,pinned")
    );
}

/// Durations, lags, margins and floats are printed in the units that the file has.
#[test]
fn every_view_counts_the_days_of_the_file() {
    let plan = plan(
        "framdrift: 1
id: x
start: 2026-03-02
minutes: {day: 450}
calendar: always
calendars:
- {id: always, week: {mon: [\"00:00-24:00\"], tue: [\"00:00-24:00\"], wed: [\"00:00-24:00\"], thu: [\"00:00-24:00\"], fri: [\"00:00-24:00\"], sat: [\"00:00-24:00\"], sun: [\"00:00-24:00\"]}}
activities:
- {id: a, duration: 5d}
- {id: b, duration: 1d 4h}
- {id: c, duration: 3d, after: [{from: a, lag: 2d 1h}, {from: b, lag: 1ed 4eh}], deadline: 2026-03-04T12:00}
",
    );
    let [b, c] = ["b", "c"].map(|id| plan.find(id).unwrap());
    let words = plan.words(&plan.explain_in_full(c).unwrap()).to_string();
    for part in ["the finish of `a`, +2d 1h\n", "the finish of `b`, +1ed 4eh, "] {
        assert!(words.contains(part), "{part} in {words}");
    }
    let float = plan.dates(b).unwrap().free_float;
    // What `a` and its lag take more: 7d 1h less 1d 4h and 28 hours.
    assert_eq!(float, 7 * 450 + 60 - (450 + 240) - 28 * 60);
    assert_eq!(plan.in_words(b, float), "1d 6h 30m");
    assert!(plan.schedule_table().contains("1d 6h 30m"));
    let clashes = plan.words(&plan.clashes(9).unwrap()).to_string();
    assert!(
        clashes.contains("takes 5d\n") && clashes.contains("+2d 1h, takes 3d\n"),
        "{clashes}"
    );
}

/// Work on two calendars and by the clock, some of it part of summaries, with caps on both.
fn mixed_plans() -> impl Strategy<Value = String> {
    let duration = prop_oneof![
        (1..40_u8).prop_map(|n| format!("{n}h")),
        (1..4_u8).prop_map(|n| format!("{n}d")),
        (1..90_u8).prop_map(|n| format!("{n}eh")),
        Just("0d".to_owned()),
    ];
    let cap = || {
        prop_oneof![
            2 => Just(String::new()),
            1 => (2..14_u8, 0..24_u8).prop_map(|(day, hour)| format!(", deadline: 2026-03-{day:02}T{hour:02}:00")),
            1 => (2..14_u8, 0..24_u8).prop_map(|(day, hour)| format!(
                ", constraints: [{{kind: finish-no-later-than, date: 2026-03-{day:02}T{hour:02}:00}}]"
            )),
        ]
    };
    let activity = (duration, cap(), any::<bool>(), 0..3_u8, any::<prop::sample::Index>());
    (prop::collection::vec(activity, 1..9), [cap(), cap()]).prop_map(|(activities, caps)| {
        let mut text = ROUND_THE_CLOCK[..ROUND_THE_CLOCK.find("activities").unwrap()].to_owned();
        text.push_str("activities:\n");
        for (n, cap) in caps.iter().enumerate() {
            text.push_str(&format!(
                "- {{id: s{n}{cap}}}\n- {{id: of-s{n}, duration: 1h, part-of: s{n}}}\n"
            ));
        }
        for (n, (duration, cap, always, part, after)) in activities.iter().enumerate() {
            let calendar = if *always { "always" } else { "office" };
            let part = if *part < 2 {
                format!(", part-of: s{part}")
            } else {
                String::new()
            };
            let after = match after.index(n + 1) {
                0 => String::new(),
                before => format!(", after: [a{}]", before - 1),
            };
            text.push_str(&format!(
                "- {{id: a{n}, duration: {duration}, calendar: {calendar}{cap}{part}{after}}}\n"
            ));
        }
        text
    })
}

proptest! {
    #![proptest_config(crate::documents::config(300))]

    /// What `check` warns of, what cannot be kept, and negative float are one and the same.
    #[test]
    fn every_view_misses_the_same_dates(text in mixed_plans()) {
        let report = Opening::new().open("x.yaml", text.as_bytes()).report;
        let plan = plan(&text);
        let warned = report.diagnostics().iter().map(|l| &l.diagnostic).filter(|d| d.code().name().starts_with("missed-"));
        let mut warned: Vec<String> = warned
            .map(|d| d.place().address.to_string().split(" / ").next().unwrap_or("").replace("activity ", ""))
            .collect();
        let clashes = plan.clashes(99).unwrap().clashes;
        let mut missed: Vec<String> = clashes
            .iter()
            .filter_map(|clash| match clash.cap {
                Cap::Bound { node, .. } => Some(plan.id(node).to_owned()),
                _ => None,
            })
            .collect();
        warned.sort();
        missed.sort();
        prop_assert_eq!(&warned, &missed, "{}", text);
        for clash in &clashes {
            prop_assert!(plan.dates(clash.node).unwrap().total_float <= -clash.late, "{}", text);
        }
    }

    /// What is said of a float comes to it, in its own unit.
    #[test]
    fn waits_come_to_the_float(text in mixed_plans()) {
        let plan = plan(&text);
        for row in plan.rows() {
            let Some(waits) = plan.explain_in_full(row.node).unwrap().waits else { continue };
            let (Ends::Joins { float, .. } | Ends::Stops { float, .. }) = waits.ends else { panic!("{waits:?}") };
            let margins: i64 = waits.waits.iter().map(|wait| wait.margin).sum();
            prop_assert_eq!(waits.total_float, margins + float + waits.rest, "{}", text);
            prop_assert!(waits.rest >= 0 && waits.waits.iter().all(|wait| wait.margin > 0), "{:?} {}", waits, text);
        }
    }
}
