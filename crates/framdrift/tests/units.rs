//! Work by the clock beside work by calendars: what floats count, and how they are told.

use framdrift::model::projection::Counts;
use framdrift::model::quantity::by_the_clock;
use framdrift::schedule::explain::Cap;
use framdrift::{Opening, Plan, load};

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
