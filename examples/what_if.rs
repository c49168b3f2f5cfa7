//! What does postponing the training material by two months do?
//!
//! ```sh
//! cargo run --example what_if
//! ```
//!
//! In the introduction of a health-record system in a region: what moves and why, and whether a shorter test would win it back.

use std::error::Error;

use framdrift::model::document::{ConstraintDoc, DatedDoc};
use framdrift::model::period::Period;
use framdrift::{Edit, Field};

const MATERIAL: &str = "training-material/v3";

fn main() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/programmes/health-record.yaml");
    let mut plan = framdrift::load(std::fs::read(path)?).map_err(|report| report.named(path).for_people(false))?;
    let before = plan.clone();

    // Two months later than now.
    let material = plan.find(MATERIAL)?;
    let start = plan.dates(material).ok_or("the programme has a start")?.start;
    let later = Period::months(2).earliest_anchor(start);
    let no_earlier = ConstraintDoc::StartNoEarlierThan(DatedDoc::new(
        later.to_string().parse::<framdrift::model::date::Date>()?,
    ));
    plan.apply(Edit::set(MATERIAL, Field::Constraints(vec![no_earlier])))?;

    println!("{MATERIAL} starts no earlier than {later}:\n");
    let compared = plan.compare(&before).ok_or("the programme has a start")?;
    print!("{compared}");
    let late = plan.warnings().warnings() - before.warnings().warnings();
    println!("\n{late} planned dates and deadlines cannot be kept any longer.");

    // Would half the time for the user test win it back?
    let test = format!("{MATERIAL}/user-test-2");
    plan.apply(Edit::set(test.as_str(), Field::Duration(Some("5d".parse()?))))?;
    let finish = |plan: &framdrift::Plan| plan.schedule().map(|s| s.finish());
    println!(
        "\nWith half the time for {test}, the programme finishes {}.",
        finish(&plan).ok_or("a start")?
    );

    // Not worth it; and the material is not postponed after all.
    let mut taken_back = 0;
    while plan.undo().is_some() {
        taken_back += 1;
    }
    assert_eq!(plan.programme().document(), before.programme().document());
    println!(
        "Both changes taken back ({taken_back}), it finishes {}.",
        finish(&plan).ok_or("a start")?
    );
    Ok(())
}
