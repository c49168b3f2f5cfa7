//! Changes to documents, one at a time, each with its inverse.
//!
//! An [`Edit`] is a plain value: a host can build it from what somebody did in an editor, send it, keep it, or apply it to try
//! something out. [`ProgrammeDoc::apply`](crate::document::ProgrammeDoc::apply) takes it without asking whether the document is well-formed, as documents may hold every
//! mistake; [`Programme::apply`](crate::Programme::apply) refuses what would leave a fault. Both give the edit that takes it back,
//! and a document to which that is applied is what it was, to the byte.
//!
//! ```
//! use framdrift_model::document::{ActivityDoc, ProgrammeDoc};
//! use framdrift_model::edit::{Edit, Field};
//!
//! let mut document = ProgrammeDoc::new("office-move");
//! let mut pack = ActivityDoc::new("pack");
//! pack.duration = Some("3d".parse().unwrap());
//! document.activities.push(pack);
//! let before = document.clone();
//!
//! let longer = Edit::set("pack", Field::Duration(Some("5d".parse().unwrap())));
//! let undo = document.apply(&longer).unwrap();
//! assert_eq!(document.activities[0].duration.unwrap().to_string(), "5d");
//! document.apply(&undo).unwrap();
//! assert_eq!(document, before);
//!
//! let refused = document.apply(&Edit::set("pak", Field::Deadline(None))).unwrap_err();
//! assert_eq!(refused.to_string(), "nothing here is called `pak`; did you mean `pack`?");
//! ```
//!
//! With the feature `serde` an edit is an object that can be sent and kept: the word under `edit` says which, and the other keys
//! are its parts. A field is taken away by `null` or an empty list.
//!
//! ```
//! # #[cfg(feature = "serde")] {
//! use framdrift_model::edit::{Edit, Field};
//!
//! let edit = Edit::set("pack", Field::Duration(Some("5d".parse().unwrap())));
//! let text = serde_json::to_string(&edit).unwrap();
//! assert_eq!(text, r#"{"edit":"set","of":"pack","field":"duration","value":"5d"}"#);
//! assert_eq!(serde_json::from_str::<Edit>(&text).unwrap(), edit);
//! # }
//! ```
//!
//! What is fixed by an id alone, such as bodies, subjects and agendas, has no edits of its own: a host changes the document and
//! makes a programme of it again.

mod apply;
mod facts;
mod field;
mod find;
#[cfg(feature = "serde")]
mod serial;

use crate::date::Date;
use crate::diagnostic::Diagnostics;
use crate::document::{ActivityDoc, CalendarDoc, LinkDoc, SchedulingDoc};
use crate::id::{ActivityId, CalendarId, NodeRef};
use crate::text::LocalText;

pub use facts::FactsEdit;
pub use field::Field;

/// A change of a programme document.
///
/// Things are named as references name them: `training`, `guideline/v2`, `gathering-1/1b`; a deliverable by its own id. What is
/// done per subject is changed for all of them at once. Positions count from nought in the lists of the document as it then
/// stands.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Edit {
    /// What people call the programme.
    Title(Option<LocalText>),
    /// The date before which nothing starts.
    Start(Option<Date>),
    /// The date by which all of it must be finished.
    Finish(Option<Date>),
    /// The rules that dates are computed by.
    Scheduling(Option<SchedulingDoc>),
    /// The calendar of everything that names none.
    Calendar(Option<CalendarId>),
    /// What one thing says of itself.
    Set {
        /// The thing.
        of: NodeRef,
        /// The field with its new value.
        to: Field,
    },
    /// A new entry of `after`: something waits for something else.
    AddLink {
        /// What waits.
        to: NodeRef,
        /// The position among its links; at the end when left out.
        at: Option<usize>,
        /// What it waits for, and how.
        link: LinkDoc,
    },
    /// An entry of `after` that goes away.
    RemoveLink {
        /// What waited.
        to: NodeRef,
        /// The position among its links.
        at: usize,
    },
    /// An entry of `after` with another in its place.
    ReplaceLink {
        /// What waits.
        to: NodeRef,
        /// The position among its links.
        at: usize,
        /// What stands there from now on.
        with: LinkDoc,
    },
    /// A new activity. Its id must be free.
    AddActivity {
        /// The position among the activities; at the end when left out.
        at: Option<usize>,
        /// The activity.
        activity: Box<ActivityDoc>,
    },
    /// An activity that goes away. What still names it makes the document faulty: a [`Programme`](crate::Programme) refuses, with
    /// a diagnostic at each of these places.
    RemoveActivity {
        /// The activity.
        id: ActivityId,
    },
    /// An activity with another in its place, for all that has no [`Field`]. Another id must be free.
    ReplaceActivity {
        /// The activity.
        id: ActivityId,
        /// What stands there from now on.
        with: Box<ActivityDoc>,
    },
    /// A calendar with another in its place: other hours, holidays and exceptions.
    ReplaceCalendar {
        /// The calendar.
        id: CalendarId,
        /// What stands there from now on.
        with: Box<CalendarDoc>,
    },
}

impl Edit {
    /// One field of one thing.
    #[must_use]
    pub fn set(of: impl Into<NodeRef>, to: Field) -> Self {
        Self::Set { of: of.into(), to }
    }

    /// Whether it changes what one thing says of itself and nothing besides: neither what there is, nor what belongs together,
    /// nor what waits for what, nor the calendar of anything.
    #[must_use]
    pub const fn stays_by_itself(&self) -> bool {
        match self {
            Self::Title(_) => true,
            Self::Set { to, .. } => to.names_nothing(),
            _ => false,
        }
    }

    /// A link more, after those that there are.
    ///
    /// ```
    /// use framdrift_model::document::LinkDoc;
    /// use framdrift_model::edit::Edit;
    ///
    /// let edit = Edit::add_link("roof", LinkDoc::new("walls"));
    /// assert!(matches!(edit, Edit::AddLink { at: None, .. }));
    /// ```
    #[must_use]
    pub fn add_link(to: impl Into<NodeRef>, link: LinkDoc) -> Self {
        let (to, at) = (to.into(), None);
        Self::AddLink { to, at, link }
    }

    /// An activity more, after those that there are.
    #[must_use]
    pub fn add_activity(activity: ActivityDoc) -> Self {
        let (at, activity) = (None, Box::new(activity));
        Self::AddActivity { at, activity }
    }

    /// An activity less.
    #[must_use]
    pub fn remove_activity(id: impl Into<ActivityId>) -> Self {
        Self::RemoveActivity { id: id.into() }
    }
}

/// An edit that cannot be made. Nothing has changed.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// Nothing has this id.
    #[error("nothing here is called `{id}`{}", .near.as_ref().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default())]
    Unknown {
        /// The id.
        id: String,
        /// The closest one there is.
        near: Option<String>,
    },
    /// An instance, such as `install@lund`, says nothing of its own.
    #[error("`{id}` says nothing of its own; edit `{template}`, which it is done by")]
    Instance {
        /// The instance.
        id: String,
        /// What it is an instance of.
        template: String,
    },
    /// Several things have this id.
    #[error("`{id}` stands more than once in the document, so the edit may mean either")]
    Ambiguous {
        /// The id.
        id: String,
    },
    /// Something else has the new id already.
    #[error("the id `{id}` is already taken")]
    Taken {
        /// The id.
        id: String,
    },
    /// Things of this kind do not say that of themselves.
    #[error("`{of}` is a {kind} and has no `{field}`")]
    NoSuchField {
        /// The thing.
        of: String,
        /// What kind of thing it is.
        kind: &'static str,
        /// The field's key.
        field: &'static str,
    },
    /// A list is not that long.
    #[error("`{of}` has {count} of its `{list}`, so nothing is at position {at}")]
    NoSuchPosition {
        /// What the list belongs to.
        of: String,
        /// The list's key.
        list: &'static str,
        /// The position that was asked for.
        at: usize,
        /// How many there are.
        count: usize,
    },
    /// The edit would leave faults. Only where the document was without.
    #[error("the edit would leave {}", faults(.0))]
    Faults(Box<Diagnostics>),
}

fn faults(diagnostics: &Diagnostics) -> String {
    let count = diagnostics.errors();
    let more = match count {
        0 | 1 => String::new(),
        n => format!(", the first of {n} faults"),
    };
    let first = diagnostics
        .iter()
        .find(|d| d.code().severity() == crate::diagnostic::Severity::Error);
    first.map_or_else(|| "a fault".to_owned(), |first| format!("a fault: {first}{more}"))
}
