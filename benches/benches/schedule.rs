//! How long it takes to make a network and to compute it.
//!
//! `cargo bench -p framdrift-benches --bench schedule`, and `-- --test` to see only that it runs.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use framdrift::Network;
use framdrift::model::facts::Facts;
use framdrift::model::projection::Projection;
use framdrift::schedule::compute;
use framdrift_benches::shape::{SHAPES, Ties, four_calendars, no_calendar};
use framdrift_benches::{sizes, text};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
        .configure_from_args();
    for n in sizes() {
        for (name, make) in SHAPES {
            let shape = make(*n, Ties::Mixed);
            let id = |case: &str| BenchmarkId::new(format!("{name} {case}"), n);
            measure(&mut criterion, &id("one clock"), &shape.projection(60, &no_calendar()));
            measure(
                &mut criterion,
                &id("shuffled"),
                &shape.shuffled().projection(60, &no_calendar()),
            );
            // A chain of days this long would leave the span of dates.
            if name != "chain" || *n <= 10_000 {
                measure(
                    &mut criterion,
                    &id("4 calendars"),
                    &shape.projection(480, &four_calendars(false)),
                );
            }
        }
        let plan = framdrift::load(text::units(n.div_ceil(text::NODES_PER_UNIT))).expect("no faults");
        measure(
            &mut criterion,
            &BenchmarkId::new("units", n),
            plan.network().projection(),
        );
    }
    let plan = framdrift::load(text::HEALTH_RECORD).expect("no faults");
    let projection = plan.network().projection();
    let id = BenchmarkId::new("health record", projection.nodes.len());
    measure(&mut criterion, &id, projection);
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, id: &BenchmarkId, projection: &Projection) {
    let nodes = Throughput::Elements(projection.nodes.len() as u64);
    let mut group = criterion.benchmark_group("network");
    group.throughput(nodes.clone());
    group.bench_with_input(id.clone(), projection, |bencher, projection| {
        let network = |projection| Network::new(projection).expect("no rings");
        bencher.iter_batched(|| projection.clone(), network, BatchSize::LargeInput);
    });
    group.finish();

    let network = Network::new(projection.clone()).expect("no rings");
    let mut group = criterion.benchmark_group("compute");
    group.throughput(nodes);
    group.bench_with_input(id.clone(), &network, |bencher, network| {
        bencher.iter_with_large_drop(|| compute(black_box(network), &Facts::none()).expect("a start"));
    });
    group.finish();
}
