//! Working time: weekly hours, exceptions, public holidays, and their compiled form.
//!
//! A [`WorkCalendar`] answers how much working time lies between two instants, and when a given amount of it is done:
//!
//! ```
//! use framdrift_model::calendar::WorkCalendar;
//! use framdrift_model::calendar::holidays::{Country, holidays};
//! use framdrift_model::time::Minute;
//!
//! // Office hours, and every Swedish holiday of 2026 off. Midsummer's eve is Friday 19 June.
//! let day = vec![(8 * 60, 12 * 60), (13 * 60, 17 * 60)];
//! let week = [day.clone(), day.clone(), day.clone(), day.clone(), day.clone(), vec![], vec![]];
//! let off = holidays(Country::Sweden, 2026)
//!     .into_iter()
//!     .filter_map(|h| Some((Minute::from_date(h.date)?.day_and_minute().0, vec![])));
//! let calendar = WorkCalendar::new(week, off);
//!
//! // A day's work from Thursday 13:00 is done on Monday at noon.
//! let thursday = Minute::of(2026, 6, 18, 13, 0).unwrap();
//! let done = calendar.finish_of(calendar.work_at(thursday) + 480);
//! assert_eq!(done.to_string(), "2026-06-22T12:00");
//! ```
//!
//! [`holidays`] knows the public holidays of five Nordic countries by rule, and the days off around them.
//!
//! Not supported: zones, summer time (every day has 1 440 minutes), hours that differ between odd and even weeks, and
//! shifts as such: a night shift is two spans, one before midnight and one after.

mod compiled;
pub mod holidays;
mod hours;
mod weeks;
mod window;

pub use compiled::WorkCalendar;
