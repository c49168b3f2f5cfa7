//! Changes to a network: applied in place, refused whole, and undone by their inverse.

use std::fmt;

use framdrift_model::projection::{Bound, CalendarIx, Lag, LinkIx, LinkKind, NodeIx, Span, TimeLink};

use crate::network::{Network, freeze_in_order, rings};
use crate::rewire;
use crate::ring::Ring;

/// One change to a network.
///
/// Positions are those of the projection at that time: a link that is added or removed moves those after it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// How long a node takes. A summary keeps it without a use for it.
    Span {
        /// The node.
        node: NodeIx,
        /// Its new span; a negative one counts as none.
        span: Span,
    },
    /// What a node's work, floats and incoming lags are counted on.
    Calendar {
        /// The node.
        node: NodeIx,
        /// Its new calendar.
        calendar: CalendarIx,
    },
    /// The dates that bound a node: these replace all that there were.
    Bounds {
        /// The node.
        node: NodeIx,
        /// Its new bounds.
        bounds: Vec<Bound>,
    },
    /// Whether a node is as late as possible.
    AsLateAsPossible {
        /// The node.
        node: NodeIx,
        /// Whether it is.
        on: bool,
    },
    /// The distance that a link keeps.
    Lag {
        /// The link.
        link: LinkIx,
        /// Its new lag.
        lag: Lag,
    },
    /// Which ends a link ties.
    Kind {
        /// The link.
        link: LinkIx,
        /// Its new kind.
        kind: LinkKind,
    },
    /// A new link.
    AddLink {
        /// Where it is to stand, at most after the last.
        at: LinkIx,
        /// The link.
        link: TimeLink,
    },
    /// A link that goes.
    RemoveLink {
        /// The link.
        at: LinkIx,
    },
}

/// What came of an [`Edit`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    /// The edit that takes it back.
    pub inverse: Edit,
    /// Where dates may change; what [`update`](crate::update) starts from.
    pub touched: Touched,
}

/// Where dates may change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    pub(crate) nodes: Vec<NodeIx>,
    pub(crate) all: bool,
}

impl Touched {
    /// Everywhere.
    #[must_use]
    pub fn everything() -> Self {
        Self {
            nodes: Vec::new(),
            all: true,
        }
    }

    pub(crate) fn nodes(nodes: impl Into<Vec<NodeIx>>) -> Self {
        Self {
            nodes: nodes.into(),
            all: false,
        }
    }

    /// Adds what another edit touched.
    pub fn add(&mut self, other: &Self) {
        self.all |= other.all;
        self.nodes.extend(&other.nodes);
    }
}

/// Why an [`Edit`] was not applied. The network is as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refused {
    /// There is no such node.
    NoSuchNode(NodeIx),
    /// There is no such link.
    NoSuchLink(LinkIx),
    /// There is no such calendar.
    NoSuchCalendar(CalendarIx),
    /// Links would form rings.
    Cycles {
        /// Every ring, by its first node.
        rings: Vec<Ring>,
        /// The first of them as words: ids with arrows between.
        words: String,
    },
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchNode(node) => write!(f, "there is no node {}", node.0),
            Self::NoSuchLink(link) => write!(f, "there is no link {}", link.0),
            Self::NoSuchCalendar(calendar) => write!(f, "there is no calendar {}", calendar.0),
            Self::Cycles { words, .. } => write!(f, "{words}"),
        }
    }
}

impl std::error::Error for Refused {}

impl Network {
    /// Changes the network, and says how to undo that and where dates may change.
    ///
    /// # Errors
    /// [`Refused`] when the edit names what there is not, or its links would form a ring. The network is then as it was.
    ///
    /// # Complexity
    /// A span, a calendar, bounds, a lag or a kind cost as many steps as there are links at the node, and O(*n*) where the edit
    /// makes the network one of a simpler sort. A link costs O(*n* + *m*) moves in memory; where the order has to change as
    /// well, a search between its ends and the arrays made again. Where links meet summaries, and for bounds of summaries, the
    /// network is made again as by [`Network::new`].
    ///
    /// # Example
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Lag, LinkKind, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::{Edit, Network, compute, update};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// let dig = plan.add(TimeNode::activity("dig", Span::Work(480)));
    /// let pour = plan.add(TimeNode::activity("pour", Span::Work(480)));
    /// plan.link(dig, pour, LinkKind::FinishToStart, Lag::NONE);
    /// let mut network = Network::new(plan).unwrap();
    /// let mut schedule = compute(&network, &Facts::none()).unwrap();
    ///
    /// let done = network.apply(Edit::Span { node: dig, span: Span::Work(960) })?;
    /// update(&network, &Facts::none(), &mut schedule, &done.touched).unwrap();
    /// assert_eq!(schedule.finish().to_string(), "2026-03-04T17:00");
    ///
    /// let undone = network.apply(done.inverse)?;
    /// update(&network, &Facts::none(), &mut schedule, &undone.touched).unwrap();
    /// assert_eq!(schedule.finish().to_string(), "2026-03-03T17:00");
    /// # Ok::<(), framdrift_schedule::Refused>(())
    /// ```
    pub fn apply(&mut self, edit: Edit) -> Result<Applied, Refused> {
        self.refuse_unknown(&edit)?;
        if let Edit::AddLink { at, link } = edit {
            return self.add_link(at, link);
        }
        let kept = edit.clone();
        let inverse = self.exchange(edit);
        let touched = match self.follow(&kept) {
            Some(nodes) => Touched::nodes(nodes),
            None => match freeze_in_order(&self.projection, &self.tree) {
                Ok(flat) => {
                    self.flat = flat;
                    Touched::everything()
                }
                // A link that becomes one of each leaf, or no longer is, may close a ring.
                Err(rings) => {
                    self.exchange(inverse);
                    return Err(self.cycles(rings));
                }
            },
        };
        Ok(Applied { inverse, touched })
    }

    fn refuse_unknown(&self, edit: &Edit) -> Result<(), Refused> {
        let projection = &self.projection;
        let node = |node: NodeIx| match node.index() < projection.nodes.len() {
            true => Ok(()),
            false => Err(Refused::NoSuchNode(node)),
        };
        let link = |link: LinkIx, links: usize| match link.index() < links {
            true => Ok(()),
            false => Err(Refused::NoSuchLink(link)),
        };
        let links = projection.links.len();
        match edit {
            Edit::Span { node: n, .. } | Edit::Bounds { node: n, .. } | Edit::AsLateAsPossible { node: n, .. } => {
                node(*n)
            }
            Edit::Calendar { node: n, calendar } => {
                node(*n)?;
                match calendar.index() < projection.calendars.len() {
                    true => Ok(()),
                    false => Err(Refused::NoSuchCalendar(*calendar)),
                }
            }
            Edit::Lag { link: l, .. } | Edit::Kind { link: l, .. } | Edit::RemoveLink { at: l } => link(*l, links),
            Edit::AddLink { at, link: new } => {
                node(new.from)?;
                node(new.to)?;
                link(*at, links + 1)
            }
        }
    }

    fn cycles(&self, rings: Vec<Ring>) -> Refused {
        let words = crate::ring::words(&self.projection, &rings);
        Refused::Cycles { rings, words }
    }

    /// Changes the projection and returns the edit that changes it back.
    fn exchange(&mut self, edit: Edit) -> Edit {
        let projection = &mut self.projection;
        match edit {
            Edit::Span { node, span } => {
                let span = std::mem::replace(&mut projection.nodes[node.index()].span, span);
                Edit::Span { node, span }
            }
            Edit::Calendar { node, calendar } => {
                let calendar = std::mem::replace(&mut projection.nodes[node.index()].calendar, calendar);
                Edit::Calendar { node, calendar }
            }
            Edit::Bounds { node, bounds } => {
                let bounds = std::mem::replace(&mut projection.nodes[node.index()].bounds, bounds);
                Edit::Bounds { node, bounds }
            }
            Edit::AsLateAsPossible { node, on } => {
                let on = std::mem::replace(&mut projection.nodes[node.index()].as_late_as_possible, on);
                Edit::AsLateAsPossible { node, on }
            }
            Edit::Lag { link, lag } => {
                let lag = std::mem::replace(&mut projection.links[link.index()].lag, lag);
                Edit::Lag { link, lag }
            }
            Edit::Kind { link, kind } => {
                let kind = std::mem::replace(&mut projection.links[link.index()].kind, kind);
                Edit::Kind { link, kind }
            }
            Edit::AddLink { at, link } => {
                projection.links.insert(at.index(), link);
                Edit::RemoveLink { at }
            }
            Edit::RemoveLink { at } => {
                let link = projection.links.remove(at.index());
                Edit::AddLink { at, link }
            }
        }
    }

    /// Lets the arrays follow a change of the projection, in place; returns the nodes at which dates may change, or `None`
    /// where the arrays have to be made again.
    fn follow(&mut self, edit: &Edit) -> Option<Vec<NodeIx>> {
        let (projection, tree, flat) = (&self.projection, &self.tree, &mut self.flat);
        if flat.junctions > 0 {
            return None;
        }
        match *edit {
            Edit::Span { node, .. } | Edit::Calendar { node, .. } | Edit::AsLateAsPossible { node, .. } => {
                if !tree.is_summary(node) {
                    rewire::leaf(flat, projection, tree, node);
                }
                Some(vec![node])
            }
            Edit::Bounds { node, .. } => {
                if tree.is_summary(node) {
                    return None;
                }
                rewire::leaf(flat, projection, tree, node);
                Some(vec![node])
            }
            Edit::Lag { link, .. } | Edit::Kind { link, .. } => {
                let TimeLink { from, to, .. } = projection.links[link.index()];
                let (known, nodes) = (|n: NodeIx| n.index() < tree.len(), vec![from, to]);
                if !known(from) || !known(to) {
                    return Some(Vec::new());
                }
                if tree.is_summary(from) || tree.is_summary(to) {
                    return None;
                }
                rewire::link(flat, projection, link);
                Some(nodes)
            }
            Edit::RemoveLink { at } if tree.summaries() == 0 => Some(rewire::remove(flat, at)),
            Edit::RemoveLink { .. } | Edit::AddLink { .. } => None,
        }
    }

    fn add_link(&mut self, at: LinkIx, link: TimeLink) -> Result<Applied, Refused> {
        let applied = |touched| Applied {
            inverse: Edit::RemoveLink { at },
            touched,
        };
        self.projection.links.insert(at.index(), link);
        let (from, to) = (link.from, link.to);
        if self.tree.summaries() == 0 {
            let (u, v) = (self.flat.position(from), self.flat.position(to));
            if u < v {
                rewire::add(&mut self.flat, &self.projection, at);
                return Ok(applied(Touched::nodes([from, to])));
            }
            if let Some(order) = rewire::reorder(&self.flat, u, v) {
                self.flat = rewire::again(&self.projection, &self.tree, &order);
                return Ok(applied(Touched::everything()));
            }
        } else if let Ok(flat) = freeze_in_order(&self.projection, &self.tree) {
            self.flat = flat;
            return Ok(applied(Touched::everything()));
        }
        let rings = rings(&self.projection);
        let refused = self.cycles(rings);
        self.projection.links.remove(at.index());
        Err(refused)
    }
}
