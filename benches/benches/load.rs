//! How long it takes from a text to a schedule, and in which step.
//!
//! `cargo bench -p framdrift-benches --bench load`, and `-- --test` to see only that it runs.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput};
use framdrift::model::Damage;
use framdrift::source::write::to_yaml_text;
use framdrift_benches::shape::{SHAPES, Ties};
use framdrift_benches::{sizes, text};

fn main() {
    let mut criterion = Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    for n in sizes() {
        // A million activities are more values than a text may hold.
        if *n > 100_000 {
            continue;
        }
        for (name, make) in SHAPES {
            measure(&mut criterion, name, *n, &text::json(&make(*n, Ties::Mixed)));
        }
        let units = n.div_ceil(text::NODES_PER_UNIT);
        measure(&mut criterion, "units", *n, &text::units(units));
    }
    measure(&mut criterion, "health record", 1_000, text::HEALTH_RECORD);
    criterion.final_summary();
}

fn measure(criterion: &mut Criterion, name: &str, n: usize, given: &str) {
    let document = text::document(given);
    let yaml = to_yaml_text(&document);
    let mut steps = criterion.benchmark_group("load");
    steps.throughput(Throughput::Elements(n as u64));
    let id = |step: &str| BenchmarkId::new(format!("{name} {step}"), n);
    steps.bench_with_input(id("text"), given, |bencher, text| {
        bencher.iter_with_large_drop(|| framdrift::load(black_box(text)).expect("no faults"));
    });
    steps.bench_with_input(id("YAML"), &yaml, |bencher, text| {
        bencher.iter_with_large_drop(|| framdrift::load(black_box(text)).expect("no faults"));
    });
    steps.bench_with_input(id("read"), given, |bencher, given| {
        bencher.iter_with_large_drop(|| text::document(black_box(given)));
    });
    steps.bench_with_input(id("check"), &document, |bencher, document| {
        bencher.iter_with_large_drop(|| black_box(document).check(&Damage::none()));
    });
    let checked = document.check(&Damage::none());
    steps.bench_with_input(id("project"), &document, |bencher, document| {
        bencher.iter_with_large_drop(|| checked.projection(black_box(document)));
    });
    steps.finish();
}
