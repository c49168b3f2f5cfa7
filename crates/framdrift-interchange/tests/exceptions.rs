//! Which of several exceptions of an MSPDI calendar counts on a day.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use framdrift_interchange::limits::Limits;
use framdrift_interchange::{Imported, mspdi};
use proptest::prelude::*;

/// An exception, told apart from others by the hour at which work on its days begins.
#[derive(Clone, Debug)]
enum Exception {
    Days { first: NaiveDate, last: NaiveDate },
    Yearly { month: u32, day: u32 },
    Monthly { day: u32 },
    Weekly { weekday: u32 },
}

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
const LAST: NaiveDate = NaiveDate::from_ymd_opt(2028, 12, 31).unwrap();

impl Exception {
    /// A single day, days in a row, yearly, monthly, weekly.
    fn rank(&self) -> u8 {
        match self {
            Self::Days { first, last } => u8::from(first != last),
            Self::Yearly { .. } => 2,
            Self::Monthly { .. } => 3,
            Self::Weekly { .. } => 4,
        }
    }

    fn holds_on(&self, on: NaiveDate) -> bool {
        let last_of_month = on.succ_opt().is_some_and(|next| next.day() == 1);
        let falls_on = |day: u32| on.day() == day || (last_of_month && on.day() < day);
        match self {
            Self::Days { first, last } => (*first..=*last).contains(&on),
            Self::Yearly { month, day } => on.month() == *month && falls_on(*day),
            Self::Monthly { day } => falls_on(*day),
            Self::Weekly { weekday } => on.weekday().num_days_from_sunday() == *weekday,
        }
    }

    fn xml(&self, hour: usize) -> String {
        let (from, to, rest) = match self {
            Self::Days { first, last } => (*first, *last, "<Type>1</Type>".to_owned()),
            Self::Yearly { month, day } => {
                let month = month - 1;
                let rest = format!("<Type>2</Type><Month>{month}</Month><MonthDay>{day}</MonthDay>");
                (FIRST, LAST, rest)
            }
            Self::Monthly { day } => {
                let rest = format!("<Type>4</Type><Period>1</Period><MonthDay>{day}</MonthDay>");
                (FIRST, LAST, rest)
            }
            Self::Weekly { weekday } => {
                let bits = 1 << weekday;
                let rest = format!("<Type>6</Type><Period>1</Period><DaysOfWeek>{bits}</DaysOfWeek>");
                (FIRST, LAST, rest)
            }
        };
        format!("<Exception>{}{rest}{}</Exception>", period(from, to), hours(hour))
    }
}

fn period(from: NaiveDate, to: NaiveDate) -> String {
    format!("<TimePeriod><FromDate>{from}T00:00:00</FromDate><ToDate>{to}T23:59:00</ToDate></TimePeriod>")
}

/// A working day of one hour.
fn hours(from: usize) -> String {
    format!(
        "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>{from:02}:00:00</FromTime><ToTime>{:02}:00:00</ToTime></WorkingTime></WorkingTimes>",
        from + 1
    )
}

fn read(exceptions: &str, days: &str) -> Imported {
    let text = format!(
        "<Project><StartDate>2027-01-04T08:00:00</StartDate><CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><IsBaseCalendar>1</IsBaseCalendar>\
         <WeekDays><WeekDay><DayType>2</DayType>{}</WeekDay>{days}</WeekDays><Exceptions>{exceptions}</Exceptions></Calendar></Calendars></Project>",
        hours(20)
    );
    let read = mspdi::read(text.as_bytes(), &Limits::default()).unwrap();
    assert!(!read.loss.bears_on_dates(), "{}", read.loss);
    read
}

/// The hour at which work begins on each exceptional day.
fn begins(read: &Imported) -> BTreeMap<NaiveDate, usize> {
    let mut found = BTreeMap::new();
    for exception in &read.document.calendars[0].exceptions {
        let from = exception.hours[0].from.minute();
        for day in exception.on.first_day().iter_days() {
            if day > exception.on.last_day() {
                break;
            }
            found.insert(day, usize::try_from(from / 60).unwrap());
        }
    }
    found
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn the_rarer_exception_counts_whatever_the_order() {
    // 31 May 2027 is a Monday.
    let all = [
        Exception::Days {
            first: day("2027-05-31"),
            last: day("2027-05-31"),
        },
        Exception::Days {
            first: day("2027-05-24"),
            last: day("2027-06-04"),
        },
        Exception::Yearly { month: 5, day: 31 },
        Exception::Monthly { day: 31 },
        Exception::Weekly { weekday: 1 },
    ];
    for (stronger, one) in all.iter().enumerate() {
        for (weaker, other) in all.iter().enumerate().skip(stronger + 1) {
            for text in [
                one.xml(stronger) + &other.xml(weaker),
                other.xml(weaker) + &one.xml(stronger),
            ] {
                let begins = begins(&read(&text, ""));
                assert_eq!(begins[&day("2027-05-31")], stronger, "{one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn of_equals_the_first_in_the_file_counts() {
    let single = Exception::Days {
        first: day("2027-05-31"),
        last: day("2027-05-31"),
    };
    let begins = begins(&read(&(single.xml(3) + &single.xml(2)), ""));
    assert_eq!(begins[&day("2027-05-31")], 3);
}

#[test]
fn what_a_month_has_not_is_its_last_day() {
    let monthly = begins(&read(&Exception::Monthly { day: 31 }.xml(1), ""));
    let expected = ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"];
    assert!(monthly.keys().take(5).copied().eq(expected.map(day)), "{monthly:?}");
    let yearly = begins(&read(&Exception::Yearly { month: 2, day: 29 }.xml(1), ""));
    assert!(yearly.into_keys().eq(["2027-02-28", "2028-02-29"].map(day)));
}

#[test]
fn the_older_form_does_not_outrank_the_newer() {
    // As newer versions write it: what comes again stands among the days of the week too, day by day.
    let monday = day("2027-05-31");
    let among_days = |on| format!("<WeekDay><DayType>0</DayType>{}{}</WeekDay>", period(on, on), hours(4));
    let days: String = [monday, day("2027-06-07")].map(among_days).concat();
    let leave = Exception::Days {
        first: day("2027-05-24"),
        last: day("2027-06-04"),
    };
    let weekly = Exception::Weekly { weekday: 1 };
    let both = begins(&read(&(weekly.xml(4) + &leave.xml(1)), &days));
    assert_eq!((both[&monday], both[&day("2027-06-07")]), (1, 4));
    // Alone it is all there is, and a single day counts more than several.
    let range = format!(
        "<WeekDay><DayType>0</DayType>{}{}</WeekDay>",
        period(day("2027-05-24"), day("2027-06-04")),
        hours(1)
    );
    let alone = begins(&read("", &(range + &days)));
    assert_eq!((alone[&monday], alone[&day("2027-06-01")]), (4, 1));
}

fn exceptions() -> impl Strategy<Value = Vec<Exception>> {
    let on = || (0..730_u64).prop_map(|days| FIRST + Days::new(days));
    let kinds = (
        on().prop_map(|day| Exception::Days { first: day, last: day }),
        (on(), 1..90_u64).prop_map(|(first, more)| Exception::Days {
            first,
            last: first + Days::new(more),
        }),
        (1..=12_u32, 1..=31_u32).prop_map(|(month, day)| Exception::Yearly { month, day }),
        (1..=31_u32).prop_map(|day| Exception::Monthly { day }),
        (0..7_u32).prop_map(|weekday| Exception::Weekly { weekday }),
    );
    kinds.prop_map(|(single, daily, yearly, monthly, weekly)| vec![single, daily, yearly, monthly, weekly])
}

proptest! {
    #![proptest_config(crate::cases(64))]

    /// Exceptions of different kinds give the same days in every order: those of the strongest kind that holds there.
    #[test]
    fn the_order_of_kinds_does_not_matter(all in exceptions(), shuffled in Just((0..5_usize).collect::<Vec<_>>()).prop_shuffle()) {
        let text: String = shuffled.iter().map(|at| all[*at].xml(*at)).collect();
        let found = begins(&read(&text, ""));
        for on in FIRST.iter_days().take_while(|on| *on <= LAST) {
            let holding = all.iter().enumerate().filter(|(_, exception)| exception.holds_on(on));
            let strongest = holding.min_by_key(|(_, exception)| exception.rank()).map(|(at, _)| at);
            prop_assert_eq!(found.get(&on).copied(), strongest, "{}: {:?}", on, all);
        }
    }
}
