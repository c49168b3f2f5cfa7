//! Compiled working time against an oracle that looks at every minute, and the laws of the two ways back.

use std::collections::BTreeMap;

use framdrift_model::calendar::WorkCalendar;
use framdrift_model::calendar::holidays::{Country, holidays};
use framdrift_model::time::{DAY, Minute};
use proptest::prelude::*;

type Spans = Vec<(u16, u16)>;

/// The first and the last day of the span, counted from 1970-01-01.
const FIRST_DAY: i64 = -25_567;
const LAST_DAY: i64 = 2_932_896;

/// Working time by looking at every minute.
struct Oracle {
    week: [Spans; 7],
    exceptions: BTreeMap<i64, Spans>,
}

impl Oracle {
    fn is_working(&self, minute: i64) -> bool {
        let (day, of_day) = (minute.div_euclid(DAY), minute.rem_euclid(DAY));
        // 1970-01-01 was a Thursday.
        let weekday = (day + 3).rem_euclid(7) as usize;
        self.exceptions
            .get(&day)
            .unwrap_or(&self.week[weekday])
            .iter()
            .any(|(from, to)| (i64::from(*from)..i64::from(*to)).contains(&of_day))
    }
}

fn calendar(week: &[Spans; 7], exceptions: &[(i64, Spans)]) -> WorkCalendar {
    WorkCalendar::new(week.clone(), exceptions.to_vec())
}

/// The inverse laws, at one count and at one instant.
fn assert_laws(calendar: &WorkCalendar, t: Minute) {
    let work = calendar.work_at(t);
    let (finish, start) = (calendar.finish_of(work), calendar.start_of(work));
    assert_eq!(calendar.work_at(finish), work, "{t} {calendar:?}");
    assert_eq!(calendar.work_at(start), work, "{t} {calendar:?}");
    assert!(finish <= t && t <= start, "{finish} {t} {start}");
    assert!(finish == Minute::MIN || calendar.work_at(finish.plus(-1)) == work - 1);
    assert!(start == Minute::MAX || calendar.work_at(start.plus(1)) == work + 1);
    assert_eq!(start == t, calendar.is_working(t) || t == Minute::MAX);
}

/// Every day's hours, one after another, are the working time; the laws are looked at on one day of so many.
fn assert_days_add_up(calendar: &WorkCalendar, last_day: i64, every: i64) {
    let mut work = 0;
    for day in FIRST_DAY..=last_day {
        let hours = calendar.hours_on(day);
        let today: i64 = hours.iter().map(|(from, to)| i64::from(to - from)).sum();
        if day % every == 0 {
            let t = Minute::clamped(day * DAY);
            assert_eq!(calendar.work_at(t), work, "{t}");
            if work > 0 {
                let done = calendar.finish_of(work);
                assert!(done <= t && calendar.work_at(done) == work, "{t}");
                assert_eq!(calendar.work_at(done.plus(-1)), work - 1, "{t}");
            }
            if let Some((from, _)) = hours.first() {
                let start = calendar.start_of(work).day_and_minute();
                assert_eq!(start, (day, i64::from(*from)));
            }
        }
        work += today;
    }
}

/// Office hours, and every holiday of four centuries off.
#[test]
fn holidays_take_working_time_away() {
    for &country in Country::ALL {
        let off: Vec<_> = (1900..2300)
            .flat_map(|year| holidays(country, year))
            .map(|h| (Minute::from_date(h.date).unwrap().day_and_minute().0, vec![]))
            .collect();
        let standard = WorkCalendar::standard();
        let week = [4, 5, 6, 7, 8, 9, 10].map(|day| standard.hours_on(day).to_vec());
        let calendar = calendar(&week, &off);
        assert_days_add_up(&calendar, 130_000, 1);
        for (day, _) in off {
            assert!(calendar.hours_on(day).is_empty());
            assert_laws(&calendar, Minute::clamped(day * DAY + 600));
        }
    }
}

/// Unsorted, overlapping, backward and past midnight on purpose.
fn few_spans(most: usize) -> impl Strategy<Value = Spans> {
    prop::collection::vec((0u16..1500, 0u16..1500), 0..most)
}

fn spans(most: usize) -> impl Strategy<Value = Spans> {
    prop_oneof![
        2 => Just(vec![]),
        4 => few_spans(most),
        1 => Just(vec![(0, 1440)]),
        1 => Just(vec![(480, 720), (780, 1020)]),
        1 => Just((0..720).map(|n| (2 * n, 2 * n + 1)).collect()),
    ]
}

fn week() -> impl Strategy<Value = [Spans; 7]> {
    prop_oneof![
        4 => prop::array::uniform7(spans(5)),
        1 => Just([(); 7].map(|()| vec![])),
        1 => Just([(); 7].map(|()| vec![(0, 1440)])),
    ]
}

/// Days around the base day, and some far away.
fn exceptions(base: i64, reach: i64) -> impl Strategy<Value = Vec<(i64, Spans)>> {
    let near = prop::collection::vec((base - 3..base + reach, spans(4)), 0..12);
    let far = prop::collection::vec((any::<i32>().prop_map(i64::from), spans(4)), 0..2);
    let within = prop::collection::vec((-25_600_i64..2_933_000, spans(4)), 0..3);
    (near, far, within).prop_map(|(a, b, c)| [a, b, c].concat())
}

fn instants() -> impl Strategy<Value = Minute> {
    (Minute::MIN.get()..=Minute::MAX.get()).prop_map(Minute::clamped)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Every minute of three weeks, at the ends of the span and in between.
    #[test]
    fn every_minute_counts_as_the_oracle_says(
        (base, week, exceptions) in prop_oneof![
            1 => Just(FIRST_DAY),
            1 => Just(LAST_DAY - 20),
            3 => 15_000_i64..25_000,
        ]
        .prop_flat_map(|base| (Just(base), week(), exceptions(base, 21)))
    ) {
        let calendar = calendar(&week, &exceptions);
        let oracle = Oracle { week, exceptions: exceptions.into_iter().collect() };
        let from = Minute::clamped(base * DAY);
        let mut work = calendar.work_at(from);
        // The instants that have this count, as far as they are known: none before the first look.
        let mut since = None;
        for n in 0..21 * DAY {
            let t = from.plus(n);
            prop_assert_eq!(calendar.work_at(t), work, "{}", t);
            let working = oracle.is_working(t.get());
            prop_assert_eq!(calendar.is_working(t), working, "{}", t);
            if t == Minute::MAX {
                prop_assert_eq!(calendar.start_of(work), t);
                break;
            }
            if working {
                prop_assert_eq!(calendar.start_of(work), t);
                work += 1;
                since = Some(t.plus(1));
                prop_assert_eq!(calendar.finish_of(work), t.plus(1));
            } else if let Some(since) = since {
                prop_assert_eq!(calendar.finish_of(work), since);
            }
        }
    }

    #[test]
    fn hours_are_in_order_and_apart(week in week(), exceptions in exceptions(20_000, 50)) {
        let oracle = Oracle { week: week.clone(), exceptions: exceptions.iter().cloned().collect() };
        let calendar = calendar(&week, &exceptions);
        for day in (19_995..20_055).chain([FIRST_DAY - 1, LAST_DAY + 1]) {
            let hours = calendar.hours_on(day);
            prop_assert!(hours.iter().all(|(from, to)| from < to && *to <= 1440));
            prop_assert!(hours.windows(2).all(|pair| pair[0].1 < pair[1].0));
            if (FIRST_DAY..=LAST_DAY).contains(&day) {
                for minute in 0..DAY {
                    let listed = hours.iter().any(|(a, b)| (i64::from(*a)..i64::from(*b)).contains(&minute));
                    prop_assert_eq!(listed, oracle.is_working(day * DAY + minute));
                }
            }
        }
    }

    /// Day by day from the beginning of the span, over many years with exceptions of every density.
    #[test]
    fn days_add_up(
        week in week(),
        near in prop::collection::vec((FIRST_DAY..30_000, spans(4)), 0..200),
        far in prop::collection::vec((FIRST_DAY..LAST_DAY, spans(4)), 0..20),
    ) {
        assert_days_add_up(&calendar(&week, &[near, far].concat()), 40_000, 3);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2))]

    #[test]
    fn days_add_up_to_the_end(
        week in prop::array::uniform7(few_spans(3)),
        exceptions in prop::collection::vec((FIRST_DAY..LAST_DAY, few_spans(4)), 1..40),
    ) {
        assert_days_add_up(&calendar(&week, &exceptions), LAST_DAY, 41);
    }
}

proptest! {
    #[test]
    fn inverse_laws(
        week in week(),
        exceptions in exceptions(20_000, 400),
        near in prop::collection::vec((19_990 * DAY..20_410 * DAY).prop_map(Minute::clamped), 20),
        far in prop::collection::vec(instants(), 20),
    ) {
        let calendar = calendar(&week, &exceptions);
        for t in near.into_iter().chain(far).chain([Minute::MIN, Minute::MAX]) {
            assert_laws(&calendar, t);
        }
    }

    #[test]
    fn counts_outside_the_span_stop_at_its_ends(
        week in week(),
        exceptions in exceptions(20_000, 50),
        work in any::<i64>(),
    ) {
        let calendar = calendar(&week, &exceptions);
        let total = calendar.work_at(Minute::MAX);
        for work in [work, work % (total + 1), i64::MIN, -1, 0, total, total + 1, i64::MAX] {
            let (finish, start) = (calendar.finish_of(work), calendar.start_of(work));
            if work < 0 {
                prop_assert_eq!((finish, start), (Minute::MIN, Minute::MIN));
            } else if work > total {
                prop_assert_eq!((finish, start), (Minute::MAX, Minute::MAX));
            } else {
                prop_assert_eq!(calendar.work_at(finish), work);
                prop_assert_eq!(calendar.work_at(start), work);
            }
        }
        prop_assert_eq!(calendar.has_work(), total > 0);
    }
}

#[test]
fn always_is_plain_arithmetic() {
    let always = WorkCalendar::always();
    for t in [Minute::MIN, Minute::clamped(0), Minute::MAX] {
        assert_eq!(always.work_at(t), t.since(Minute::MIN));
        assert_eq!(always.start_of(t.since(Minute::MIN)), t);
        assert_eq!(always.finish_of(t.since(Minute::MIN)), t);
        assert!(always.is_working(t));
    }
}

#[test]
fn a_calendar_without_work_stands_still() {
    let idle = calendar(&[(); 7].map(|()| vec![]), &[]);
    assert!(!idle.has_work());
    assert_eq!(idle.work_at(Minute::MAX), 0);
    assert_eq!((idle.finish_of(0), idle.start_of(0)), (Minute::MIN, Minute::MAX));
    assert_eq!((idle.finish_of(1), idle.start_of(1)), (Minute::MAX, Minute::MAX));
    assert_eq!((idle.finish_of(-1), idle.start_of(-1)), (Minute::MIN, Minute::MIN));
    assert!(idle.hours_on(i64::MIN).is_empty() && idle.hours_on(i64::MAX).is_empty());
}

#[test]
fn exceptions_alone_make_working_time() {
    // Two days eight thousand years apart, and nothing else.
    let days = [(FIRST_DAY + 3, vec![(600, 660)]), (LAST_DAY - 3, vec![(600, 660)])];
    let rare = calendar(&[(); 7].map(|()| vec![]), &days);
    assert_eq!(rare.work_at(Minute::MAX), 120);
    assert_eq!(rare.finish_of(60).to_string(), "1900-01-04T11:00");
    assert_eq!(rare.start_of(60).to_string(), "9999-12-28T10:00");
}

#[test]
fn the_last_exception_for_a_day_counts_and_needless_ones_do_not() {
    let standard = WorkCalendar::standard();
    let week = [0, 1, 2, 3, 4, 5, 6].map(|d| standard.hours_on(4 + d).to_vec()); // 1970-01-05, a Monday
    let twice = calendar(&week, &[(20_000, vec![]), (20_000, vec![(1, 2)])]);
    assert_eq!(twice, calendar(&week, &[(20_000, vec![(1, 2)])]));
    let needless = calendar(&week, &[(20_000, vec![(780, 1020), (480, 720), (500, 600)])]);
    assert_eq!(needless, standard);
    assert_ne!(twice, standard);
}

#[test]
fn hours_on_knows_weekdays_outside_the_span() {
    let mut week = [(); 7].map(|()| vec![]);
    week[0] = vec![(0, 1)];
    let mondays = calendar(&week, &[]);
    for monday in [4, FIRST_DAY - 7, LAST_DAY + 10, 4 + 7 * 1_000_000_000_000] {
        let is_monday = (monday + 3) % 7 == 0;
        assert_eq!(!mondays.hours_on(monday).is_empty(), is_monday, "{monday}");
    }
    for day in [i64::MIN, i64::MAX] {
        let is_monday = (day.rem_euclid(7) + 3) % 7 == 0;
        assert_eq!(!mondays.hours_on(day).is_empty(), is_monday);
    }
}
