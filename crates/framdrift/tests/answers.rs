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
