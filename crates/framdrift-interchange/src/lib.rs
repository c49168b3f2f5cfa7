//! Other tools' formats: MS Project XML (MSPDI) and Primavera XER in, MSPDI out, and pictures of a schedule.
//!
//! # Other tools' files
//!
//! [`Format::of`] tells by the content which tool wrote a file, and [`Format::read`] makes a programme of it, with its recorded
//! progress and an itemised [report](loss::LossReport) of what did not survive:
//!
//! ```
//! use framdrift_interchange::{Format, loss::LossKind, xer};
//!
//! let file = b"<Project><StartDate>2026-03-02T08:00:00</StartDate><Tasks>
//!   <Task><UID>7</UID><Name>Dig</Name><Duration>PT16H0M0S</Duration><Cost>900</Cost></Task>
//! </Tasks></Project>";
//! let imported = Format::of(file).unwrap().read(file, &xer::Options::new())?;
//! assert_eq!(imported.document.activities[0].id, "t7");
//!
//! let lost = imported.loss.of(LossKind::NotKept).next().unwrap();
//! assert_eq!((&*lost.subject, lost.count), ("Task/Cost", 1));
//! # Ok::<(), framdrift_interchange::ImportError>(())
//! ```
//!
//! The programme is the one target: scheduling the file and scheduling the programme file that it is converted to give the same
//! dates by construction. The document has no fault, whatever the file says; only rings of links stay what they are.
//! What is in no such format but known all the same, such as `.mpp` and `.xlsx`, [`Stranger::of`] names, with what to export instead.
//! [`mspdi`] and [`xer`] say what is read as what; [`mspdi::write()`] goes the other way. No file makes a reader panic or takes memory
//! out of proportion: see [`limits::Limits`].
//!
//! # Pictures
//!
//! A [`Chart`] is a plain value that says what to draw. It comes from a network and its schedule, or is made by hand:
//!
//! ```
//! use framdrift_interchange::{Chart, dot, mermaid, svg};
//! use framdrift_interchange::model::facts::Facts;
//! use framdrift_interchange::model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
//! use framdrift_interchange::model::quantity::Units;
//! use framdrift_interchange::model::time::Minute;
//! use framdrift_interchange::schedule::{Network, compute};
//!
//! let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
//! let dig = plan.add(TimeNode::activity("dig", Span::Work(4 * 480)));
//! let pour = plan.add(TimeNode::activity("pour", Span::Work(480)));
//! plan.link(dig, pour, LinkKind::FinishToStart, Lag::NONE);
//! let network = Network::new(plan)?;
//! let schedule = compute(&network, &Facts::none())?;
//!
//! let chart = Chart::new(&network, &schedule, Units::default(), |_| None).titled("Foundations");
//! let picture = svg::gantt(&chart, &svg::Options::new());
//! assert!(picture.starts_with("<svg "));
//! assert!(mermaid::gantt(&chart, &mermaid::Options::new()).starts_with("gantt\n"));
//! assert!(dot::network(&chart, &dot::Options::new()).starts_with("digraph"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! [`svg::gantt`] draws bars on a time axis, [`mermaid::gantt`] writes the same for tools that show Mermaid, and
//! [`dot::network`] gives the network of activities and links to Graphviz. The same chart gives the same bytes. Large charts are
//! folded into their summaries first; each module states its limits.

mod amount;
mod calendar;
pub mod chart;
pub mod dot;
mod effective;
mod encoding;
mod facts;
pub mod fault;
mod format;
mod imported;
pub mod limits;
pub mod loss;
pub mod mermaid;
pub mod mspdi;
mod order;
mod outline;
mod stranger;
pub mod svg;
pub mod text;
pub mod xer;

pub use chart::Chart;
pub use format::{Format, ImportError};
pub use framdrift_model as model;
pub use framdrift_schedule as schedule;
pub use imported::Imported;
pub use stranger::Stranger;
