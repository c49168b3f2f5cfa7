//! What is allocated, counted: nothing in a recalculation, and little in an edit; and how many bytes are kept.
//!
//! A program of its own, with one test, because every thread's allocations are counted.

use std::alloc::System;

use framdrift::Network;
use framdrift::model::facts::Facts;
use framdrift::model::projection::{NodeIx, Span};
use framdrift::schedule::{Edit, compute, recompute, update};
use framdrift_benches::shape::{SHAPES, Ties, four_calendars, layered, no_calendar};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

#[test]
fn recalculation_allocates_nothing_and_little_is_kept() {
    for (name, make) in SHAPES {
        for calendars in [no_calendar(), four_calendars(false)] {
            let shape = make(2_000, Ties::Mixed);
            let mut network = Network::new(shape.projection(60, &calendars)).expect("no rings");
            let mut schedule = compute(&network, &Facts::none()).expect("a start");
            let region = Region::new(ALLOCATOR);
            for _ in 0..3 {
                recompute(&network, &Facts::none(), &mut schedule).expect("a start");
            }
            assert_eq!(region.change().allocations, 0, "{name}, {} calendars", calendars.len());

            // The first edit makes room for the list of what is to be done.
            let mut edit = |node: u32, minutes: i64| {
                let span = Span::Work(minutes);
                let node = NodeIx(node);
                let done = network.apply(Edit::Span { node, span }).expect("a node");
                update(&network, &Facts::none(), &mut schedule, &done.touched).expect("a start");
            };
            edit(1_000, 60);
            let region = Region::new(ALLOCATOR);
            for n in 0..100 {
                edit(n * 19, 60 * i64::from(n % 40 + 1));
            }
            let each = region.change().allocations as f64 / 100.0;
            assert!(each <= 3.0, "{name}, {} calendars: {each} for an edit", calendars.len());
        }
    }

    let n = 100_000;
    let shape = layered(n, Ties::Mixed);
    for calendars in [no_calendar(), four_calendars(false)] {
        let projection = shape.projection(60, &calendars);
        let kept = |region: &Region<'_, System>| {
            let change = region.change();
            (change.bytes_allocated as f64 - change.bytes_deallocated as f64) / n as f64
        };
        let region = Region::new(ALLOCATOR);
        let network = Network::new(projection).expect("no rings");
        let of_network = kept(&region);
        let region = Region::new(ALLOCATOR);
        let schedule = compute(&network, &Facts::none()).expect("a start");
        let of_schedule = kept(&region);
        // `cargo test -- --nocapture` shows what is kept.
        #[expect(clippy::print_stdout, reason = "a figure to be quoted")]
        {
            println!(
                "{} calendars: network {of_network:.1}, schedule {of_schedule:.1} bytes per activity",
                calendars.len()
            );
        }
        assert!(of_network + of_schedule <= 120.0, "{of_network} and {of_schedule}");
        drop(schedule);
    }
}
