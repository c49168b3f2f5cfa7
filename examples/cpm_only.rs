//! How do I compute a critical path from a plain list of activities and links, without any document?
//!
//! ```sh
//! cargo run --example cpm_only
//! ```

use std::error::Error;

use framdrift::model::facts::Facts;
use framdrift::model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
use framdrift::model::time::Minute;
use framdrift::schedule::{Network, compute};

/// A working day in minutes.
const DAY: i64 = 480;

fn main() -> Result<(), Box<dyn Error>> {
    let start = Minute::of(2026, 3, 2, 8, 0).ok_or("2 March 2026 is a date")?;
    let mut house = Projection::new(start);
    let mut activity = |id, days| house.add(TimeNode::activity(id, Span::Work(days * DAY)));
    let (plan, permit, ground, walls, roof) = (
        activity("plan", 10),
        activity("permit", 1),
        activity("ground", 5),
        activity("walls", 15),
        activity("roof", 8),
    );

    house.link(plan, permit, LinkKind::FinishToStart, Lag::NONE);
    // The authority takes four weeks by the clock, whatever calendar we keep.
    house.link(permit, walls, LinkKind::FinishToStart, Lag::Elapsed(28 * 24 * 60));
    house.link(plan, ground, LinkKind::FinishToStart, Lag::NONE);
    house.link(ground, walls, LinkKind::FinishToStart, Lag::Work(2 * DAY));
    // The roof may start when half of the walls stand, and ends after them.
    house.link(walls, roof, LinkKind::StartToStart, Lag::Percent(50_000));
    house.link(walls, roof, LinkKind::FinishToFinish, Lag::Work(DAY));

    let network = Network::new(house)?;
    let schedule = compute(&network, &Facts::none())?;
    for (node, dates) in schedule.iter() {
        let id = &network.projection().nodes[node.index()].id;
        let mark = if dates.critical { '*' } else { ' ' };
        println!(
            "{mark} {id:8} {} – {}  float {:>2} days",
            dates.start,
            dates.finish,
            dates.total_float / DAY
        );
    }

    println!("\ncritical path:");
    let name = |node: framdrift::model::projection::NodeIx| network.projection().nodes[node.index()].id.to_string();
    for step in schedule.critical_path(&network) {
        println!("  {}, because of {}", name(step.node), step.why.words(&network, &name));
    }
    Ok(())
}
