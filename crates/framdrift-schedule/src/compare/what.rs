//! What can differ between two plans.

use framdrift_model::projection::{CalendarIx, LinkIx, NodeIx};

/// What can differ between two plans. Where there are two positions, the first is in the earlier network, the second in the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum What {
    /// The date before which nothing starts.
    Start,
    /// The date by which all of it must be finished.
    Finish,
    /// The rules that dates are computed by.
    Rules,
    /// Which calendar is the programme's own, and so that of everything which went with it from the one to the other.
    Calendar,
    /// The date up to which progress is recorded.
    StatusDate,
    /// The hours of a calendar.
    Hours(CalendarIx, CalendarIx),
    /// A node that was not there, with its links.
    Added(NodeIx),
    /// A node that is gone, with its links.
    Removed(NodeIx),
    /// Something about a node.
    Node {
        /// The node in the earlier network.
        earlier: NodeIx,
        /// The node in the later network.
        node: NodeIx,
        /// What about it.
        aspect: Aspect,
    },
    /// A bound of a node that was not there: its position in the later network.
    BoundAdded {
        /// The node in the later network.
        node: NodeIx,
        /// The position among its bounds.
        index: u32,
    },
    /// A bound of a node that is gone.
    BoundRemoved {
        /// The node in the earlier network.
        earlier: NodeIx,
        /// The position among its bounds.
        index: u32,
    },
    /// A bound with another date or of another kind.
    BoundChanged {
        /// The node in the earlier network, and the position among its bounds.
        earlier: (NodeIx, u32),
        /// The node in the later network, and the position among its bounds.
        node: (NodeIx, u32),
    },
    /// A link between two nodes of both plans that was not there.
    LinkAdded(LinkIx),
    /// A link between two nodes of both plans that is gone: its position in the earlier network.
    LinkRemoved(LinkIx),
    /// A link with another lag or of another kind.
    LinkChanged(LinkIx, LinkIx),
}

/// What can differ about a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Aspect {
    /// What is recorded of it.
    Fact,
    /// Whether its dates are computed, typed in, spanned or not to be.
    Mode,
    /// How long it takes.
    Span,
    /// Its calendar.
    Calendar,
    /// The calendar that its work is laid out on.
    WorkCalendar,
    /// How long it is held back.
    Delay,
    /// Whether it is as late as possible.
    AsLateAsPossible,
    /// Which end of something it marks.
    Milestone,
    /// The summary it belongs to.
    Parent,
    /// Whether it spans others.
    Summary,
}
