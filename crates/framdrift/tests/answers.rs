//! What a plan answers about one thing, whichever way it is asked.

use framdrift::Plan;
use framdrift::schedule::Side;

/// The programmes of the examples that have dates.
fn programmes() -> impl Iterator<Item = (String, Plan)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/programmes");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "yaml"))
        .map(|file| {
            let plan = framdrift::load(std::fs::read_to_string(&file).unwrap()).unwrap();
            (file.file_stem().unwrap().to_string_lossy().into_owned(), plan)
        })
}

#[test]
fn a_short_explanation_is_the_beginning_of_a_full_one() {
    let mut asked = 0;
    for (name, plan) in programmes() {
        // A few dozen nodes of each: a full explanation takes several passes.
        let rows = plan.rows();
        for row in rows.iter().step_by(rows.len().div_ceil(40).max(1)) {
            let short = plan.explain(row.node).unwrap();
            let mut full = plan.explain_in_full(row.node).unwrap();
            assert_eq!(full.waits.is_none(), row.dates.critical, "{name}: {}", row.id);
            for (side, drive) in Side::ALL.into_iter().zip(&short.drives) {
                assert_eq!(plan.driver(row.node, side).as_ref(), Some(drive), "{name}: {}", row.id);
            }
            let words = plan.words(&full).to_string();
            let first = plan.words(&short).to_string();
            let head = first.split("  how it").next().unwrap();
            assert!(words.starts_with(head), "{name}: {}", row.id);
            (full.waits, full.floats) = (None, None);
            assert_eq!(short, full, "{name}: {}", row.id);
            asked += 1;
        }
    }
    assert!(asked > 100, "only {asked} nodes were asked about");
}

/// What serde writes of an answer is what the program prints: the value, field by field.
#[test]
fn answers_are_serialised_as_the_program_prints_them() {
    use framdrift::source::write::to_json;

    let same = |name: &str, serialised: serde_json::Value, value: &framdrift::model::value::Value| {
        let printed: serde_json::Value = serde_json::from_str(&to_json(value)).unwrap();
        assert_eq!(serialised, printed, "{name}");
    };
    for (name, plan) in programmes() {
        let rows = plan.rows();
        let printed: serde_json::Value = serde_json::from_str(&to_json(&plan.schedule_value())).unwrap();
        assert_eq!(serde_json::to_value(&rows).unwrap(), printed["activities"], "{name}");
        for row in rows.iter().step_by(rows.len().div_ceil(10).max(1)) {
            let dates = serde_json::to_value(row.dates).unwrap();
            let row_of_dates = serde_json::to_value(row).unwrap();
            for (key, value) in dates.as_object().unwrap() {
                assert_eq!(Some(value), row_of_dates.get(key), "{name}: {key}");
            }
            let explanation = plan.explain_in_full(row.node).unwrap();
            let words = plan.words(&explanation);
            same(&name, serde_json::to_value(&words).unwrap(), &words.value());
            let paths = plan.paths(Some(row.node), 3).unwrap();
            let words = plan.words(&paths);
            same(&name, serde_json::to_value(&words).unwrap(), &words.value());
        }
        let clashes = plan.clashes(10).unwrap();
        let words = plan.words(&clashes);
        same(&name, serde_json::to_value(&words).unwrap(), &words.value());
        let compared = plan.compare(&plan).unwrap();
        same(&name, serde_json::to_value(&compared).unwrap(), &compared.value());
        same(
            &name,
            serde_json::to_value(plan.warnings()).unwrap(),
            &plan.warnings().value(),
        );
    }
}

#[test]
fn a_report_is_serialised_as_the_program_prints_it() {
    let report = framdrift::load("{framdrift: 1, id: a, activities: [{id: b, duraton: 3d, after: [c]}]}").unwrap_err();
    let printed = framdrift::source::write::to_json(&report.for_programs());
    assert_eq!(
        serde_json::to_value(&report).unwrap(),
        serde_json::from_str::<serde_json::Value>(&printed).unwrap()
    );
    let first = &serde_json::to_value(report.diagnostics()[0].diagnostic.clone()).unwrap();
    let placed = &serde_json::to_value(&report).unwrap()["diagnostics"][0];
    for (key, value) in first.as_object().unwrap() {
        // The text's pointers and the related places' lines are the reader's to know.
        if !["pointer", "related"].contains(&key.as_str()) {
            assert_eq!(Some(value), placed.get(key), "{key}");
        }
    }
}
