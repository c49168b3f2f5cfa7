//! Dates, floats and what drives them: the critical path engine of framdrift.
//!
//! A plain list of activities and links is enough; no document is needed, and no other crate: what is counted in and asked for —
//! instants, calendars, links, progress — is handed on as [`model`].
//!
//! ```
//! use framdrift_schedule::model::facts::Facts;
//! use framdrift_schedule::model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
//! use framdrift_schedule::model::time::Minute;
//! use framdrift_schedule::{Network, compute};
//!
//! const DAY: i64 = 480; // working minutes
//!
//! // Monday to Friday, 08:00–12:00 and 13:00–17:00, from Monday 2 March 2026.
//! let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
//! let write = plan.add(TimeNode::activity("write", Span::Work(4 * DAY)));
//! let print = plan.add(TimeNode::activity("print", Span::Work(2 * DAY)));
//! let rooms = plan.add(TimeNode::activity("rooms", Span::Work(DAY)));
//! let train = plan.add(TimeNode::activity("train", Span::Work(3 * DAY)));
//! plan.link(write, print, LinkKind::FinishToStart, Lag::NONE);
//! plan.link(print, train, LinkKind::FinishToStart, Lag::NONE);
//! plan.link(rooms, train, LinkKind::FinishToStart, Lag::Work(DAY));
//!
//! let network = Network::new(plan)?;
//! let schedule = compute(&network, &Facts::none())?;
//! assert_eq!(schedule.finish().to_string(), "2026-03-12T17:00");
//! assert_eq!(schedule.dates(train).start.to_string(), "2026-03-10T08:00");
//! assert_eq!(schedule.dates(rooms).total_float, 4 * DAY);
//! assert!(schedule.dates(write).critical);
//!
//! let path: Vec<_> = schedule.critical_path(&network).iter().map(|step| step.node).collect();
//! assert_eq!(path, [write, print, train]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The nouns
//!
//! A [`Projection`](framdrift_model::projection::Projection) is what takes or bounds time, and may hold anything. A
//! [`Network`] is one whose links form no ring; otherwise there are [`Cycles`], and every [`Ring`] is named. [`compute`] turns
//! a network into a [`Schedule`]: the [`Dates`] of each node by the critical path method (Kelley & Walker 1959). Why a date
//! is what it is, [`explain`] finds again on demand, and [`Schedule::verify`] proves that all of them follow from each other.
//! Once a network exists nothing fails for its shape.
//!
//! # What the dates mean
//!
//! A link holds as an instant, between early dates and between late dates alike: the successor's start or finish is never
//! before the predecessor's with the lag, which counts on the successor's calendar. Where a finish is asked for inside a
//! gap, the node's last minute of work comes after the gap: on the standard week, Saturday noon becomes Monday 08:01.
//!
//! A floor (start or finish not before) delays; a cap (not after, a deadline, a window's end) bounds late dates only; a
//! must-date is both. A date for a finish to reach, or for a late start to keep, counts in the node's working time: a
//! Friday that ends at 17:00 reaches Saturday noon. No bound breaks a link. What cannot be met shows as negative float;
//! without caps no total float is negative.
//!
//! Late dates count from the latest early finish. Total float is the smaller of start and finish float, and critical is what
//! has none. As late as possible eats free float only: all of it, where no late date ends it and no successor is pulled. It
//! counts on leaves alone, and floats are measured after pulling.
//!
//! A link of a summary stands for links of all its leaves, except that SS and SF out of it leave those that start first,
//! before anything is pulled. A share of the predecessor is one of each leaf's own span; in those two, of the shortest span
//! among the leaves that start first. A summary that nothing belongs to is an instant. In which order nodes and links stand
//! changes no date and no float, only which of several equal reasons is named.
//!
//! Dates outside 1900 to 9999 are cut off there, and [`Schedule::beyond_horizon`] names the nodes. What is said above holds
//! for dates that were not.
//!
//! # Rules and progress
//!
//! A projection says by which [`Rules`](framdrift_model::rules::Rules) it is computed: framdrift's own, which are described above, or
//! those of Microsoft Project or P6, each of which can be changed. [`Facts`](framdrift_model::facts::Facts) say what has happened.
//! What has finished stands at its recorded dates, and what has started keeps its start; what is left of it starts no earlier than
//! the status date and waits for its links, unless the rules let it go on. Nothing waits any longer for what has finished. Dates
//! that were typed in stand, and what follows starts from them.
//!
//! # Changes
//!
//! [`Network::apply`] takes an [`Edit`] and gives the one that undoes it; [`update`] brings a schedule up to date, at the price
//! of what moves. [`recompute`] computes all of it again in the memory of the old one.
//!
//! Two schedules side by side are the subject of [`compare`](mod@compare): what moved, and which change of the plan moved it.
//!
//! # What is not here
//!
//! Resources and cost.
//! No clock is read, no thread started, no function recurses.

mod arcs;
pub mod compare;
mod compute;
mod edit;
pub mod explain;
mod flat;
mod freeze;
mod hierarchy;
mod network;
mod one_calendar;
mod own_calendars;
mod passes;
mod rewire;
mod ring;
mod rollup;
mod ruled;
mod schedule;
mod settle;
mod time;
mod update;
pub mod verify;
mod worklist;

pub use compute::{NoStart, compute, recompute};
pub use edit::{Applied, Edit, Refused, Touched};
pub use framdrift_model as model;
pub use network::{Network, rings};
pub use ring::{Cycles, Ring};
pub use schedule::{Dates, Schedule, Side};
pub use update::update;
