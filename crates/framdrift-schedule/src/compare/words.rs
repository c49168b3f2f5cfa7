//! Changes in words. The data comes first; this is one possible reader of it.

use std::fmt::{self, Display};

use framdrift_model::facts::Fact;
use framdrift_model::projection::{
    Bound, BoundKind, BoundOrigin, CalendarIx, Counts, Lag, LinkIx, LinkKind, Mode, NodeIx, TimeNode,
};
use framdrift_model::time::Minute;

use super::{Aspect, Computed, What};
use crate::explain::signed_lag;
use crate::network::Network;

/// A change in words, with the host's names for nodes and calendars and its words for lengths.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    what: &'a What,
    earlier: Computed<'a>,
    later: Computed<'a>,
    name: &'a dyn Fn(&TimeNode) -> String,
    length: &'a dyn Fn(i64, Counts) -> String,
    calendars: [&'a dyn Fn(CalendarIx) -> Option<String>; 2],
}

impl What {
    /// What kind of change it is, in a word for programs.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Finish => "finish",
            Self::Rules => "rules",
            Self::Calendar => "programme-calendar",
            Self::StatusDate => "status-date",
            Self::Hours(..) => "hours",
            Self::Added(_) => "added",
            Self::Removed(_) => "removed",
            Self::Node { aspect, .. } => match aspect {
                Aspect::Fact => "fact",
                Aspect::Mode => "mode",
                Aspect::Span => "span",
                Aspect::Calendar => "calendar",
                Aspect::WorkCalendar => "work-calendar",
                Aspect::Delay => "delay",
                Aspect::AsLateAsPossible => "as-late-as-possible",
                Aspect::Milestone => "milestone",
                Aspect::Parent => "parent",
                Aspect::Summary => "summary",
            },
            Self::BoundAdded { .. } => "bound-added",
            Self::BoundRemoved { .. } => "bound-removed",
            Self::BoundChanged { .. } => "bound-changed",
            Self::LinkAdded(_) => "link-added",
            Self::LinkRemoved(_) => "link-removed",
            Self::LinkChanged(..) => "link-changed",
        }
    }

    /// The nodes that it is about: one, the two ends of a link with the predecessor first, or none where the whole programme is.
    ///
    /// # Panics
    /// When the networks are not those that were compared.
    #[must_use]
    pub fn about<'n>(&self, earlier: &'n Network, later: &'n Network) -> Vec<&'n TimeNode> {
        let node = |network: &'n Network, node: NodeIx| &network.projection().nodes[node.index()];
        let ends = |network: &'n Network, link: LinkIx| {
            let link = &network.projection().links[link.index()];
            vec![node(network, link.from), node(network, link.to)]
        };
        match *self {
            Self::Start | Self::Finish | Self::Rules | Self::Calendar | Self::StatusDate | Self::Hours(..) => {
                Vec::new()
            }
            Self::Added(n) | Self::Node { node: n, .. } | Self::BoundAdded { node: n, .. } => vec![node(later, n)],
            Self::BoundChanged { node: (n, _), .. } => vec![node(later, n)],
            Self::Removed(n) | Self::BoundRemoved { earlier: n, .. } => vec![node(earlier, n)],
            Self::LinkAdded(link) | Self::LinkChanged(_, link) => ends(later, link),
            Self::LinkRemoved(link) => ends(earlier, link),
        }
    }

    /// This change in words, in one line without a full stop: `` `walls` takes 4d instead of 3d ``. `name` says what a node is
    /// called, `length` how long a number of minutes is, of working time or by the clock.
    ///
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Counts, Projection, Span, TimeNode};
    /// use framdrift_model::quantity::{Units, counted};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::compare::{Computed, compare};
    /// use framdrift_schedule::{Network, compute};
    ///
    /// let made = |minutes: i64| {
    ///     let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    ///     plan.add(TimeNode::activity("walls", Span::Work(minutes)));
    ///     let network = Network::new(plan).unwrap();
    ///     let schedule = compute(&network, &Facts::none()).unwrap();
    ///     (network, schedule)
    /// };
    /// let (before, after) = (made(60), made(90));
    /// let sides = [Computed::from((&before.0, &before.1)), Computed::from((&after.0, &after.1))];
    /// let comparison = compare(sides[0], sides[1]);
    /// let name = |node: &TimeNode| node.id.to_string();
    /// let length = |minutes: i64, counts: Counts| counted(minutes, counts, Units::default());
    /// let words = comparison.changes[0].what.words(sides[0], sides[1], &name, &length);
    /// assert_eq!(words.to_string(), "`walls` takes 1h 30m instead of 1h");
    /// ```
    #[must_use]
    pub fn words<'a>(
        &'a self,
        earlier: impl Into<Computed<'a>>,
        later: impl Into<Computed<'a>>,
        name: &'a dyn Fn(&TimeNode) -> String,
        length: &'a dyn Fn(i64, Counts) -> String,
    ) -> Words<'a> {
        let (earlier, later) = (earlier.into(), later.into());
        let what = self;
        Words {
            what,
            earlier,
            later,
            name,
            length,
            calendars: [&|_| None, &|_| None],
        }
    }
}

impl<'a> Words<'a> {
    /// The same, with what the calendars of the earlier and of the later plan are called. Without, they are told by who has them.
    #[must_use]
    pub fn with_calendars(
        self,
        earlier: &'a dyn Fn(CalendarIx) -> Option<String>,
        later: &'a dyn Fn(CalendarIx) -> Option<String>,
    ) -> Self {
        let calendars = [earlier, later];
        Self { calendars, ..self }
    }
}

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [old, new] = [self.earlier, self.later].map(|c| c.network.projection());
        match *self.what {
            What::Start => self.dates(f, "the programme starts", old.start, new.start),
            What::Finish => self.dates(f, "the programme must be finished by", old.finish, new.finish),
            What::Rules => f.write_str("the rules that dates are computed by changed"),
            What::Calendar => match self.named([old.calendar, new.calendar]) {
                Some([was, is]) => write!(f, "the programme has the calendar `{is}` instead of `{was}`"),
                None => f.write_str("the programme has another calendar"),
            },
            What::StatusDate => {
                let status = |c: Computed<'_>| c.facts.and_then(|facts| facts.status_date);
                self.dates(
                    f,
                    "progress is recorded up to",
                    status(self.earlier),
                    status(self.later),
                )
            }
            What::Hours(old, new) => {
                if let Some(name) = self.calendars[1](new) {
                    return write!(f, "the hours of the calendar `{name}` changed");
                }
                let nodes = &self.earlier.network.projection().nodes;
                let mut users = nodes.iter().filter(|n| n.calendar == old);
                let Some(first) = users.next().map(|n| self.name(n)) else {
                    return f.write_str("the hours of the programme's calendar changed");
                };
                match users.count() {
                    0 => write!(f, "the hours of the calendar of {first} changed"),
                    n => write!(f, "the hours of the calendar of {first} and {n} more changed"),
                }
            }
            What::Added(node) => write!(f, "{} is new", self.name(&new.nodes[node.index()])),
            What::Removed(node) => write!(f, "{} is gone", self.name(&old.nodes[node.index()])),
            What::Node { earlier, node, aspect } => self.aspect(f, earlier, node, aspect),
            What::BoundAdded { node: n, index } => {
                let node = &new.nodes[n.index()];
                write!(
                    f,
                    "{} has a new {}",
                    self.name(node),
                    bound(&node.bounds[index as usize])
                )
            }
            What::BoundRemoved { earlier: n, index } => {
                let node = &old.nodes[n.index()];
                write!(
                    f,
                    "{} no longer has its {}",
                    self.name(node),
                    bound(&node.bounds[index as usize])
                )
            }
            What::BoundChanged {
                earlier,
                node: (n, index),
            } => {
                let node = &new.nodes[n.index()];
                let before = &old.nodes[earlier.0.index()].bounds[earlier.1 as usize];
                let after = &node.bounds[index as usize];
                write!(f, "{} has a {} instead of ", self.name(node), bound(after))?;
                match before.kind == after.kind && before.origin == after.origin {
                    true => write!(f, "{}", before.at),
                    false => f.write_str(&bound(before)),
                }
            }
            What::LinkAdded(link) => {
                let (from, to, tie) = self.link(self.later, link);
                write!(f, "{to} now waits for {from}{tie}")
            }
            What::LinkRemoved(link) => {
                let (from, to, tie) = self.link(self.earlier, link);
                write!(f, "{to} no longer waits for {from}{tie}")
            }
            What::LinkChanged(before, after) => {
                let (from, to, tie) = self.link(self.later, after);
                let (.., was) = self.link(self.earlier, before);
                let plain = |tie: String| {
                    if tie.is_empty() {
                        " without a lag".to_owned()
                    } else {
                        tie
                    }
                };
                write!(f, "{to} waits for {from}{} instead of{}", plain(tie), plain(was))
            }
        }
    }
}

impl Words<'_> {
    /// What stood in the earlier plan, and what stands in the later one, each as a value by itself: `2d` and `20d`, two dates, two
    /// lags. None where there was or is nothing, and where it is no value: rules, the hours of a calendar.
    #[must_use]
    pub fn values(&self) -> [Option<String>; 2] {
        let two = [self.earlier, self.later];
        let [old, new] = two.map(|c| c.network.projection());
        let written = |at: [Option<Minute>; 2]| at.map(|at| at.map(|at| at.to_string()));
        match *self.what {
            What::Rules | What::Hours(..) | What::Added(_) | What::Removed(_) => [None, None],
            What::Calendar => [self.calendars[0](old.calendar), self.calendars[1](new.calendar)],
            What::Start => written([old.start, new.start]),
            What::Finish => written([old.finish, new.finish]),
            What::StatusDate => written(two.map(|c| c.facts.and_then(|facts| facts.status_date))),
            What::BoundAdded { node, index } => [None, Some(bound(&new.nodes[node.index()].bounds[index as usize]))],
            What::BoundRemoved { earlier, index } => {
                let was = bound(&old.nodes[earlier.index()].bounds[index as usize]);
                [Some(was), None]
            }
            What::BoundChanged { earlier, node } => [(old, earlier), (new, node)]
                .map(|(plan, (node, index))| Some(bound(&plan.nodes[node.index()].bounds[index as usize]))),
            What::LinkAdded(link) => [None, Some(self.tie(self.later, link))],
            What::LinkRemoved(link) => [Some(self.tie(self.earlier, link)), None],
            What::LinkChanged(was, is) => {
                [(self.earlier, was), (self.later, is)].map(|(c, link)| Some(self.tie(c, link)))
            }
            What::Node {
                earlier,
                node,
                aspect: aspect @ (Aspect::Calendar | Aspect::WorkCalendar),
            } => {
                let [was, is] = [(old, earlier), (new, node)].map(|(plan, node)| {
                    let node = &plan.nodes[node.index()];
                    if aspect == Aspect::Calendar {
                        Some(node.calendar)
                    } else {
                        node.work_calendar
                    }
                });
                let [earlier, later] = self.calendars;
                [was.and_then(earlier), is.and_then(later)]
            }
            What::Node { earlier, node, aspect } => {
                [(self.earlier, earlier), (self.later, node)].map(|(computed, node)| self.value(computed, node, aspect))
            }
        }
    }

    /// What two calendars are called, the first in the earlier plan and the second in the later one; none where they have no two
    /// names.
    fn named(&self, [was, is]: [CalendarIx; 2]) -> Option<[String; 2]> {
        let [earlier, later] = self.calendars;
        let names = [earlier(was)?, later(is)?];
        (names[0] != names[1]).then_some(names)
    }

    /// What a plan says about a node in some respect.
    fn value(&self, computed: Computed<'_>, ix: NodeIx, aspect: Aspect) -> Option<String> {
        let node = &computed.network.projection().nodes[ix.index()];
        match aspect {
            Aspect::Fact => Some(self.fact(computed, ix)),
            Aspect::Mode => Some(mode(node.mode)),
            Aspect::Span => Some(self.span(node)),
            Aspect::Delay => (node.delay != 0).then(|| self.clock(node.delay)),
            Aspect::Milestone => node.milestone.map(|milestone| milestone.word().to_owned()),
            Aspect::Parent => {
                let parent = computed.network.tree.parent(ix);
                parent.map(|parent| (self.name)(&computed.network.projection().nodes[parent.index()]))
            }
            Aspect::AsLateAsPossible => node.as_late_as_possible.then(|| "as late as possible".to_owned()),
            Aspect::Calendar | Aspect::WorkCalendar | Aspect::Summary => None,
        }
    }

    /// A link without its ends: `FS`, `SS +1d`.
    fn tie(&self, computed: Computed<'_>, link: LinkIx) -> String {
        let link = &computed.network.projection().links[link.index()];
        format!("{}{}", link.kind.word(), self.lag(link.lag))
    }

    fn name(&self, node: &TimeNode) -> String {
        format!("`{}`", (self.name)(node))
    }

    fn dates(&self, f: &mut fmt::Formatter<'_>, what: &str, old: Option<Minute>, new: Option<Minute>) -> fmt::Result {
        match (old, new) {
            (Some(old), Some(new)) => write!(f, "{what} {new} instead of {old}"),
            (None, Some(new)) => write!(f, "{what} {new}, which nothing said before"),
            (Some(old), None) => write!(f, "{what} {old} no longer"),
            (None, None) => f.write_str(what),
        }
    }

    fn aspect(&self, f: &mut fmt::Formatter<'_>, earlier: NodeIx, node: NodeIx, aspect: Aspect) -> fmt::Result {
        let [old, new] = [self.earlier, self.later].map(|c| c.network.projection());
        let (before, after) = (&old.nodes[earlier.index()], &new.nodes[node.index()]);
        let name = self.name(after);
        match aspect {
            Aspect::Fact => {
                let (was, is) = (self.fact(self.earlier, earlier), self.fact(self.later, node));
                write!(f, "{name} {is}; before, it {was}")
            }
            Aspect::Mode => write!(f, "{name} {}; before, it {}", mode(after.mode), mode(before.mode)),
            Aspect::Span => {
                let (is, was) = (self.span(after), self.span(before));
                match is == was {
                    true => write!(f, "{name} takes a part of a minute more or less"),
                    false => write!(f, "{name} takes {is} instead of {was}"),
                }
            }
            Aspect::Calendar => match self.named([before.calendar, after.calendar]) {
                Some([was, is]) => write!(f, "{name} has the calendar `{is}` instead of `{was}`"),
                None => match (before.inherits_calendar, after.inherits_calendar) {
                    (true, false) => write!(f, "{name} has a calendar of its own"),
                    (false, true) => write!(f, "{name} no longer has a calendar of its own"),
                    _ => write!(f, "{name} has another calendar"),
                },
            },
            Aspect::WorkCalendar => write!(f, "the work on {name} has another calendar"),
            Aspect::Delay => {
                let (is, was) = (self.clock(after.delay), self.clock(before.delay));
                match (before.delay, after.delay) {
                    (0, _) => write!(f, "{name} is now held back by {is}"),
                    (_, 0) => write!(f, "{name} is no longer held back by {was}"),
                    _ => write!(f, "{name} is held back by {is} instead of {was}"),
                }
            }
            Aspect::AsLateAsPossible => match after.as_late_as_possible {
                true => write!(f, "{name} is now as late as possible"),
                false => write!(f, "{name} is no longer as late as possible"),
            },
            Aspect::Milestone => write!(f, "{name} marks another end of something"),
            Aspect::Parent => {
                let above = |c: Computed<'_>, node| {
                    let parent = c.network.tree.parent(node);
                    parent.map(|p| self.name(&c.network.projection().nodes[p.index()]))
                };
                match (above(self.earlier, earlier), above(self.later, node)) {
                    (Some(was), Some(is)) => write!(f, "{name} belongs to {is} instead of {was}"),
                    (None, Some(is)) => write!(f, "{name} now belongs to {is}"),
                    (Some(was), None) => write!(f, "{name} no longer belongs to {was}"),
                    (None, None) => write!(f, "{name} belongs elsewhere"),
                }
            }
            Aspect::Summary => match self.later.network.is_summary(node) {
                true => write!(f, "{name} now spans others"),
                false => write!(f, "{name} no longer spans others"),
            },
        }
    }

    fn span(&self, node: &TimeNode) -> String {
        self.minutes(node, node.span.minutes())
    }

    /// Minutes of the kind that the span of a node has.
    fn minutes(&self, node: &TimeNode, minutes: i64) -> String {
        (self.length)(minutes, node.span.counts())
    }

    /// Minutes by the clock.
    fn clock(&self, minutes: i64) -> String {
        (self.length)(minutes, Counts::Clock)
    }

    fn fact(&self, computed: Computed<'_>, node: NodeIx) -> String {
        let fact: Option<&Fact> = computed.facts.and_then(|facts| facts.of(node));
        let Some(fact) = fact.filter(|fact| !fact.is_empty()) else {
            return "had not started".to_owned();
        };
        let node = &computed.network.projection().nodes[node.index()];
        let mut parts = Vec::new();
        match (fact.started, fact.finished) {
            (Some(from), Some(to)) if from != to => parts.push(format!("started {from} and finished {to}")),
            (_, Some(to)) => parts.push(format!("happened {to}")),
            (Some(from), None) => parts.push(format!("started {from}")),
            (None, None) => parts.push("had not started".to_owned()),
        }
        let left = fact.remaining.map(|left| self.minutes(node, left));
        parts.extend(left.map(|left| format!("has {left} left")));
        parts.extend(fact.suspended.map(|at| format!("stopped {at}")));
        parts.extend(fact.resumed.map(|at| format!("goes on {at}")));
        parts.join(", ")
    }

    /// The two ends of a link, and how it ties them; nothing is said of the usual.
    fn link(&self, computed: Computed<'_>, link: LinkIx) -> (String, String, String) {
        let projection = computed.network.projection();
        let link = &projection.links[link.index()];
        let name = |node: NodeIx| self.name(&projection.nodes[node.index()]);
        let kind = match link.kind {
            LinkKind::FinishToStart => String::new(),
            kind => format!(" {}", kind.word()),
        };
        let lag = self.lag(link.lag);
        let with = if kind.is_empty() && lag.is_empty() || matches!(link.lag, Lag::Period(_)) && kind.is_empty() {
            lag
        } else {
            format!(" by{kind}{lag}")
        };
        (name(link.from), name(link.to), with)
    }

    fn lag(&self, lag: Lag) -> String {
        match lag {
            Lag::NONE => String::new(),
            Lag::Period(period) => format!(" with a lead time of {period}"),
            lag => format!(" {}", signed_lag(lag, self.length)),
        }
    }
}

fn mode(mode: Mode) -> String {
    match mode {
        Mode::Computed => "follows its links".to_owned(),
        Mode::Manual { start, finish } => format!("stands at {start} to {finish}"),
        Mode::LevelOfEffort => "spans what its links lead to".to_owned(),
        Mode::Inactive => "is not to be done".to_owned(),
    }
}

/// A bound with its date.
fn bound(bound: &Bound) -> String {
    let at = bound.at;
    match (bound.origin, bound.kind) {
        (BoundOrigin::Planned, _) => format!("planned date {at}"),
        (BoundOrigin::Deadline, _) => format!("deadline {at}"),
        (BoundOrigin::Window, BoundKind::StartNotBefore) => format!("window from {at}"),
        (BoundOrigin::Window, _) => format!("window until {at}"),
        (_, kind) => format!("constraint “{} {at}”", crate::explain::rule(kind)),
    }
}
