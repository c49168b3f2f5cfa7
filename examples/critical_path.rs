//! What decides when the programme is finished, what is close to deciding it, and when must lead times be kept?
//!
//! ```sh
//! cargo run --example critical_path [FILE]
//! ```
//!
//! Without a file: the introduction of a health-record system in a region. Programme files, Microsoft Project XML and Primavera XER
//! are read; what the last two lose on the way is told on standard error.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufWriter, Write};

use framdrift::Plan;
use framdrift::interchange::Format;

/// A programme file, or another tool's file by that tool's rules.
fn open(path: &str) -> Result<Plan, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    if Format::of(&bytes).is_none() {
        return Ok(framdrift::load(&bytes).map_err(|report| report.named(path).for_people(false))?);
    }
    let imported = framdrift::import(&bytes)?;
    eprint!("{}", imported.loss.summary());
    Ok(imported.plan)
}

fn main() -> Result<(), Box<dyn Error>> {
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/programmes/health-record.yaml");
    let path = std::env::args().nth(1).unwrap_or_else(|| default.to_owned());
    let plan = open(&path)?;
    let schedule = plan
        .schedule()
        .ok_or("the programme has no start, so it has no dates")?;
    let units = plan.programme().units();
    let mut out = BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{} to {}", schedule.start(), schedule.finish())?;

    writeln!(out, "\nThe critical path, and why each step stands where it does:")?;
    let id = |node| plan.id(node).to_owned();
    for step in schedule.critical_path(plan.network()) {
        let dates = schedule.dates(step.node);
        writeln!(out, "  {} – {}  {}", dates.start, dates.finish, plan.name(step.node))?;
        writeln!(out, "      because of {}", step.why.words(plan.network(), &id))?;
    }

    // What is done in many units shows once: the first of them, and how many there are.
    let template = |id: &str| id.split('@').next().unwrap_or(id).to_owned();

    writeln!(out, "\nNearly critical: less than two weeks of float")?;
    let mut near: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (node, dates) in plan.near_critical(2 * units.week) {
        near.entry((dates.total_float, template(plan.id(node))))
            .or_default()
            .push(node);
    }
    for ((float, _), nodes) in &near {
        let others = if nodes.len() > 1 {
            format!(", and {} more", nodes.len() - 1)
        } else {
            String::new()
        };
        writeln!(
            out,
            "  {:>8} to spare  {}{others}",
            plan.in_words(nodes[0], *float),
            plan.name(nodes[0])
        )?;
    }

    writeln!(out, "\nLead times: the latest date that does not delay what waits")?;
    let mut leads: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for lead in plan.lead_times() {
        let ends = (template(plan.id(lead.node)), template(plan.id(lead.anchor)));
        leads.entry((lead.due, ends)).or_default().push(lead);
    }
    for ((due, (node, anchor)), leads) in &leads {
        let lead = leads[0];
        let times = if leads.len() > 1 {
            format!(" in {} units", leads.len())
        } else {
            String::new()
        };
        writeln!(
            out,
            "  {due}  {node}: {} before {anchor}{times}; planned {}",
            lead.period, lead.finish
        )?;
    }
    out.flush()?;
    Ok(())
}
