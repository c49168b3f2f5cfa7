//! Any bytes become a report, and where they are a programme a schedule. Nothing panics on the way.

#![no_main]

use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::source::report::for_programs;
use framdrift::source::write::{to_json, to_yaml};
use framdrift::{Opened, Plan};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // As a name tells, and as standard input: the content tells.
    for (name, format) in [
        ("a.json", Some(Format::Json)),
        ("a.yaml", Some(Format::Yaml)),
        ("-", None),
    ] {
        let opened = framdrift::open(name, bytes, format, &Limits::default());
        judge(&opened);
        if let Some(plan) = &opened.plan {
            look_at(plan);
        }
    }
});

/// The report is there for people and for programs, and a plan and faults exclude each other.
fn judge(opened: &Opened) {
    let report = &opened.report;
    for colour in [false, true] {
        let text = report.for_people(colour);
        assert_eq!(text.is_empty(), report.diagnostics().is_empty());
    }
    let _ = to_json(&for_programs(std::slice::from_ref(report)));
    assert_eq!(opened.plan.is_none(), report.errors() > 0);
    for located in report.diagnostics() {
        assert!(located.start.line >= 1 && located.start.column >= 1);
        assert!((located.start.line, located.start.column) <= (located.end.line, located.end.column));
    }
}

/// Everything that one can ask a plan.
fn look_at(plan: &Plan) {
    let rows = plan.rows();
    let value = plan.schedule_value();
    let _ = (
        to_json(&value),
        to_yaml(&value),
        plan.schedule_csv(),
        plan.schedule_table(),
    );
    let _ = (
        plan.lead_times(),
        plan.near_critical(480),
        plan.critical_path(),
        plan.moved_since(plan),
    );
    for row in rows.iter().take(50) {
        assert_eq!(plan.find(&row.id), Ok(row.node), "a row's id names its node");
        assert!(row.dates.early_start <= row.dates.early_finish, "{}", row.id);
        if let Some(explanation) = plan.explain_in_full(row.node) {
            let _ = plan.words(&explanation).to_string();
        }
    }
}
