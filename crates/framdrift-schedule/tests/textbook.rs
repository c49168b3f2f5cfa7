//! A network with known answers, and what the types promise.

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::facts::Facts;
use framdrift_model::projection::{NodeIx, Projection};
use framdrift_model::time::Minute;
use framdrift_schedule::{Cycles, Network, NoStart, Schedule, compute};

use crate::support::{after, plan, solve, work};

/// The seven-activity network of the textbooks: A3 → B4 → D5 → G3, A → C2 → E1 → G, A → F6 → G; in minutes round the clock.
#[test]
fn dates_and_floats_of_the_textbook() {
    let zero = Minute::of(2026, 1, 1, 0, 0).unwrap();
    let mut plan = Projection::new(zero);
    plan.calendars = vec![WorkCalendar::always()];
    let [a, b, c, d, e, f, g] = [3, 4, 2, 5, 1, 6, 3].map(|minutes| work(&mut plan, "x", minutes));
    for (from, to) in [(a, b), (b, d), (d, g), (a, c), (c, e), (e, g), (a, f), (f, g)] {
        after(&mut plan, from, to);
    }
    let (network, schedule) = solve(&plan);
    let row = |n: NodeIx| {
        let x = schedule.dates(n);
        let [es, ef, ls, lf] = [x.early_start, x.early_finish, x.late_start, x.late_finish].map(|t| t.since(zero));
        (es, ef, ls, lf, x.total_float, x.free_float, x.critical)
    };
    assert_eq!(row(a), (0, 3, 0, 3, 0, 0, true));
    assert_eq!(row(b), (3, 7, 3, 7, 0, 0, true));
    assert_eq!(row(c), (3, 5, 9, 11, 6, 0, false));
    assert_eq!(row(d), (7, 12, 7, 12, 0, 0, true));
    assert_eq!(row(e), (5, 6, 11, 12, 6, 6, false));
    assert_eq!(row(f), (3, 9, 6, 12, 3, 3, false));
    assert_eq!(row(g), (12, 15, 12, 15, 0, 0, true));
    assert_eq!(schedule.finish().since(schedule.start()), 15);
    let path: Vec<_> = schedule.critical_path(&network).iter().map(|s| s.node).collect();
    assert_eq!(path, [a, b, d, g]);
}

#[test]
fn without_a_start_there_are_no_dates() {
    let mut undated = plan();
    undated.start = None;
    let fault = compute(&Network::new(undated).unwrap(), &Facts::none()).unwrap_err();
    assert_eq!(fault, NoStart);
    assert_eq!(fault.to_string(), "there is no date for the programme to start from");
}

#[test]
fn nothing_takes_no_time() {
    let (network, schedule) = solve(&plan());
    assert_eq!(schedule.finish(), schedule.start());
    assert_eq!(schedule.iter().len(), 0);
    assert!(schedule.critical_path(&network).is_empty());
}

#[test]
fn results_can_be_kept_and_sent() {
    fn free<T: Send + Sync + 'static>() {}
    free::<Network>();
    free::<Schedule>();
    free::<Cycles>();
}

#[test]
#[should_panic(expected = "`lost` counts on a calendar that the projection has")]
fn a_calendar_that_does_not_exist_is_the_callers_fault() {
    let mut plan = plan();
    work(&mut plan, "lost", 1);
    plan.calendars.clear();
    let _ = Network::new(plan);
}
