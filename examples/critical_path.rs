//! What decides when the programme is finished, what is close to deciding it, and when must lead times be kept?
//!
//! ```sh
//! cargo run --example critical_path [FILE]
//! ```
//!
//! Without a file: the introduction of a health-record system in a region.

use std::error::Error;

use framdrift::model::quantity::in_words;

fn main() -> Result<(), Box<dyn Error>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/programmes/health-record.yaml");
    let path = std::env::args().nth(1).unwrap_or_else(|| default.to_owned());
    let plan = framdrift::load(std::fs::read(&path)?).map_err(|report| report.named(&path).for_people(false))?;
    let schedule = plan
        .schedule()
        .ok_or("the programme has no start, so it has no dates")?;
    let units = plan.programme().units();
    println!("{} to {}", schedule.start(), schedule.finish());

    println!("\nThe critical path, and why each step stands where it does:");
    let id = |node| plan.id(node).to_owned();
    for step in schedule.critical_path(plan.network()) {
        let dates = schedule.dates(step.node);
        println!("  {} – {}  {}", dates.start, dates.finish, plan.name(step.node));
        println!("      because of {}", step.why.words(plan.network(), &id));
    }

    println!("\nNearly critical: less than two weeks of float");
    for (node, dates) in plan.near_critical(2 * units.week).iter().take(12) {
        println!(
            "  {:>8} to spare  {}",
            in_words(dates.total_float, units),
            plan.name(*node)
        );
    }

    println!("\nLead times: the latest date that does not delay what waits");
    for lead in plan.lead_times() {
        let (node, anchor) = (plan.id(lead.node), plan.id(lead.anchor));
        println!(
            "  {}  {node}: {} before {anchor}; planned {}",
            lead.due, lead.period, lead.finish
        );
    }
    Ok(())
}
