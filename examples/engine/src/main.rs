//! When do the walls of our house stand, what may wait until then, and what if they take longer?
//!
//! ```sh
//! cargo run -p framdrift-engine-example
//! ```
//!
//! A host that has activities and links of its own depends on `framdrift-schedule` alone.

use std::error::Error;

use framdrift_schedule::model::calendar::WorkCalendar;
use framdrift_schedule::model::chrono::NaiveDate;
use framdrift_schedule::model::facts::Facts;
use framdrift_schedule::model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
use framdrift_schedule::model::time::Minute;
use framdrift_schedule::{Edit, Network, compute, update};

/// A working day in minutes.
const DAY: i64 = 480;

fn main() -> Result<(), Box<dyn Error>> {
    let first = NaiveDate::from_ymd_opt(2026, 3, 2).ok_or("2 March 2026 is a date")?;
    let mut house = Projection::new(Minute::from_date(first).ok_or("a date of a programme")?);
    // The masons work four days a week, longer ones.
    let long = || vec![(420, 720), (750, 1_050)];
    let masons = house.add_calendar(WorkCalendar::new(
        [long(), long(), long(), long(), vec![], vec![], vec![]],
        [],
    ));
    let activity = |id, days| TimeNode::activity(id, Span::Work(days * DAY));
    let permit = house.add(activity("permit", 10));
    let pour = house.add(activity("pour", 2));
    let garden = house.add(activity("garden", 3));
    let mut walls = activity("walls", 15);
    walls.calendar = masons;
    let walls = house.add(walls);
    house.link(permit, pour, LinkKind::FinishToStart, Lag::NONE);
    house.link(permit, garden, LinkKind::FinishToStart, Lag::NONE);
    // Concrete hardens around the clock.
    house.link(pour, walls, LinkKind::FinishToStart, Lag::Elapsed(5 * 1_440));

    // The permit came a day late.
    let mut facts = Facts::none();
    facts.status_date = Minute::of(2026, 3, 18, 0, 0);
    facts.start(permit, Minute::of(2026, 3, 2, 8, 0).ok_or("2 March 2026 is a date")?);
    facts.finish(permit, Minute::of(2026, 3, 16, 17, 0).ok_or("16 March 2026 is a date")?);

    let mut network = Network::new(house)?;
    let mut schedule = compute(&network, &facts)?;
    for (node, dates) in schedule.iter() {
        let id = &network.projection().nodes[node.index()].id;
        let hours = dates.total_float / 60;
        println!("{id:8} {} – {}  {hours} h to spare", dates.start, dates.finish);
    }
    schedule.verify(&network, &facts)?;

    let longer = Edit::Span {
        node: walls,
        span: Span::Work(20 * DAY),
    };
    let applied = network.apply(longer)?;
    update(&network, &facts, &mut schedule, &applied.touched)?;
    println!("\nwith walls of 20 days: {}", schedule.finish());
    Ok(())
}
