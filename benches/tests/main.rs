//! What is measured answers alike, and the generated programmes have no faults.

use framdrift::model::facts::Facts;
use framdrift::model::projection::{LinkKind, Projection};
use framdrift::schedule::compute;
use framdrift::{Network, Schedule};
use framdrift_benches::floor::{Dates, Flat, OnCalendars};
use framdrift_benches::shape::{SHAPES, Shape, Ties, four_calendars, no_calendar, start};
use framdrift_benches::{peer, text};

const N: usize = 700;

/// Every shape, in its natural order and in a random one.
fn shapes() -> Vec<(String, Shape)> {
    let mut shapes = Vec::new();
    for (name, make) in SHAPES {
        for ties in [Ties::Plain, Ties::Lagged, Ties::Mixed] {
            let shape = make(N, ties);
            shapes.push((format!("{name} {ties:?} shuffled"), shape.shuffled()));
            shapes.push((format!("{name} {ties:?}"), shape));
        }
    }
    shapes
}

fn solve(projection: Projection) -> Schedule {
    let network = Network::new(projection).expect("a shape has no rings");
    compute(&network, &Facts::none()).expect("a start")
}

/// The engine's dates in the floor's terms: units from the start, in the order given.
fn in_units(schedule: &Schedule, order: &[u32], unit: i64) -> Dates {
    let mut dates = Dates::default();
    let rows: Vec<_> = schedule.iter().collect();
    let units = |minutes: i64| i32::try_from(minutes / unit).expect("a small network");
    for v in order {
        let row = rows[*v as usize].1;
        dates.early.push(units(row.early_start.since(start())));
        dates.late.push(units(row.late_start.since(start())));
        dates.total.push(units(row.total_float));
        dates.free.push(units(row.free_float));
        dates.critical.push(row.critical);
    }
    dates
}

#[test]
fn the_engine_the_flat_floor_and_the_peer_agree() {
    for (name, shape) in shapes() {
        let flat = Flat::new(&shape);
        let mut floor = Dates::default();
        flat.compute(&mut floor);
        let schedule = solve(shape.projection(60, &no_calendar()));
        assert_eq!(in_units(&schedule, &flat.order, 60), floor, "{name}");
        let document_order: Vec<u32> = (0..N as u32).collect();
        assert_eq!(
            in_units(&schedule, &document_order, 60),
            peer::compute(&shape),
            "{name}"
        );
    }
}

#[test]
fn the_engine_and_the_floor_on_calendars_agree() {
    let from_finish_to_start = |shape: &Shape| shape.links.iter().all(|l| l.kind == LinkKind::FinishToStart);
    for (name, shape) in shapes().into_iter().filter(|(_, s)| from_finish_to_start(s)) {
        let schedule = solve(shape.projection(1_440, &four_calendars(true)));
        let (first, _) = start().day_and_minute();
        let days = schedule.finish().since(start()) / 1_440;
        let mut on_calendars = OnCalendars::new(&shape, first, days as usize);
        let mut floor = Dates::default();
        for _ in 0..2 {
            on_calendars.compute(&mut floor);
            assert_eq!(in_units(&schedule, &on_calendars.order, 1_440), floor, "{name}");
        }
    }
}

#[test]
fn shapes_have_as_many_links_as_they_say() {
    for ((_, make), per_activity) in SHAPES.into_iter().zip([1.94, 2.0, 1.86]) {
        let shape = make(10_000, Ties::Plain);
        let found = shape.links.len() as f64 / shape.len() as f64;
        assert!((found - per_activity).abs() < 0.06, "{found} for {per_activity}");
        let in_order = |l: &framdrift_benches::shape::Link| l.from < l.to && (l.to as usize) < shape.len();
        assert!(shape.links.iter().all(in_order));
    }
}

#[test]
fn generated_programmes_have_no_faults_and_no_warnings() {
    for (name, shape) in shapes() {
        let json = text::json(&shape);
        let plan = framdrift::load(&json).unwrap_or_else(|report| panic!("{name}: {report:?}"));
        assert!(plan.warnings().is_empty(), "{name}: {:?}", plan.warnings());
        assert_eq!(plan.network().projection().nodes.len(), N);
        let lean: text::Lean = serde_json::from_str(&json).expect("JSON");
        assert_eq!(lean.activities.len(), N);
    }
    for count in [1, 40] {
        let plan = framdrift::load(text::units(count)).unwrap_or_else(|report| panic!("{report:?}"));
        assert!(plan.warnings().is_empty(), "{:?}", plan.warnings());
        let nodes = plan.network().projection().nodes.len();
        let least = count * text::NODES_PER_UNIT;
        assert!(nodes >= least && nodes < least + 20, "{nodes}");
    }
    assert!(framdrift::load(text::HEALTH_RECORD).is_ok());
}
