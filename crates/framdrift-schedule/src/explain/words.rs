//! Causes in words. The data comes first; this is one possible reader of it.

use std::fmt::{self, Display};

use framdrift_model::projection::{BoundKind, BoundOrigin, Counts, Lag, LinkIx, LinkKind, NodeIx};
use framdrift_model::quantity::{by_the_clock, in_percent};

use super::{Cause, Drive};
use crate::network::Network;

/// A cause or a drive in words, with the host's names for nodes.
#[derive(Clone, Copy)]
pub struct Words<'a, T> {
    said: &'a T,
    network: &'a Network,
    name: &'a dyn Fn(NodeIx) -> String,
    length: &'a dyn Fn(i64, Counts) -> String,
    /// Of a cause: minutes by which what it asks is held back, and whether it asks as of before its leaf was put off.
    held_back: i64,
    put_off: bool,
}

/// How lengths are written where the host does not say: hours of work, and days of the clock.
const PLAIN: &dyn Fn(i64, Counts) -> String = &|minutes, counts| match counts {
    Counts::WorkingTime => format!("{} of work", length(minutes, &[(60, "h"), (1, "m")])),
    Counts::Clock => by_the_clock(minutes),
};

impl<'a, T> Words<'a, T> {
    /// The same, with the host's words for a number of minutes: of working time, or by the clock. Without, they are hours of work.
    #[must_use]
    pub fn with_lengths(self, length: &'a dyn Fn(i64, Counts) -> String) -> Self {
        Self { length, ..self }
    }
}

impl Words<'_, Cause> {
    /// The same, held back by so many minutes of the clock, as [`Drive::held_back`] says; by none there is nothing to say.
    #[must_use]
    pub fn held_back(self, minutes: i64) -> Self {
        Self {
            held_back: minutes,
            ..self
        }
    }

    /// The same, as of before its leaf was put off where [`RunnerUp::put_off`](super::RunnerUp::put_off) says so.
    #[must_use]
    pub fn put_off(self, put_off: bool) -> Self {
        Self { put_off, ..self }
    }
}

impl Cause {
    /// This cause in words, with names for nodes as the host has them. Reads after "because of".
    #[must_use]
    pub fn words<'a>(&'a self, network: &'a Network, name: &'a dyn Fn(NodeIx) -> String) -> Words<'a, Self> {
        Words {
            said: self,
            network,
            name,
            length: PLAIN,
            held_back: 0,
            put_off: false,
        }
    }
}

impl Drive {
    /// This date with its driver and runner-up in one line, with names for nodes as the host has them.
    ///
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{NodeIx, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::explain::driver;
    /// use framdrift_schedule::{Network, Side, compute};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// let dig = plan.add(TimeNode::activity("dig", Span::Work(480)));
    /// let network = Network::new(plan).unwrap();
    /// let schedule = compute(&network, &Facts::none()).unwrap();
    /// let why = driver(&network, &schedule, dig, Side::EarlyStart);
    /// let name = |node: NodeIx| network.projection().nodes[node.index()].id.to_string();
    /// assert_eq!(why.words(&network, &name).to_string(), "2026-03-02T08:00: the start of the programme");
    /// ```
    #[must_use]
    pub fn words<'a>(&'a self, network: &'a Network, name: &'a dyn Fn(NodeIx) -> String) -> Words<'a, Self> {
        Words {
            said: self,
            network,
            name,
            length: PLAIN,
            held_back: 0,
            put_off: false,
        }
    }
}

impl Display for Words<'_, Drive> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drive = self.said;
        let cause = drive.cause.words(self.network, self.name).with_lengths(self.length);
        let cause = cause.held_back(drive.held_back);
        write!(f, "{}: {cause}", drive.date)?;
        if let Some(next) = &drive.runner_up {
            let cause = next.cause.words(self.network, self.name).with_lengths(self.length);
            let cause = cause.held_back(next.held_back).put_off(next.put_off);
            let away = (self.length)(next.margin, next.counts);
            write!(f, "; next comes {cause}, at {}, {away} away", next.date)?;
        }
        Ok(())
    }
}

impl Display for Words<'_, Cause> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause(f)?;
        if self.put_off {
            f.write_str(", before it was put off")?;
        }
        match self.held_back {
            0 => Ok(()),
            minutes => write!(f, ", held back by {}", (self.length)(minutes, Counts::Clock)),
        }
    }
}

impl Words<'_, Cause> {
    fn cause(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |node| (self.name)(node);
        match *self.said {
            Cause::ProgrammeStart => f.write_str("the start of the programme"),
            Cause::ProgrammeFinish => f.write_str("the finish of the programme"),
            Cause::Link { link, node } => self.link(f, link, node),
            Cause::Bound { node, index } => {
                let bound = &self.network.node(node).bounds[index as usize];
                let (at, name) = (bound.at, name(node));
                match (bound.origin, bound.kind) {
                    (BoundOrigin::Planned, _) => write!(f, "the planned date of `{name}`"),
                    (BoundOrigin::Deadline, _) => write!(f, "the deadline of `{name}`"),
                    (BoundOrigin::Window, BoundKind::StartNotBefore) => {
                        write!(f, "the beginning of the window of `{name}`")
                    }
                    (BoundOrigin::Window, _) => write!(f, "the end of the window of `{name}`"),
                    (_, kind) => write!(f, "“{} {at}” on `{name}`", rule(kind)),
                }
            }
            Cause::OwnSpan => f.write_str("its other end and how long it takes"),
            Cause::AsLateAsPossible { held_by: None } => f.write_str("as late as possible"),
            Cause::AsLateAsPossible {
                held_by: Some((_, node)),
            } => write!(f, "as late as possible before `{}`", name(node)),
            Cause::Actual => f.write_str("what is recorded"),
            Cause::StatusDate => f.write_str("the status date"),
            Cause::Resumed => f.write_str("the date on which work went on"),
            Cause::Typed(node) => write!(f, "the dates that were typed in for `{}`", name(node)),
            Cause::OpenEnd => f.write_str("its own finish, which nothing follows"),
            Cause::Inactive => f.write_str("nothing: it is not to be done"),
            Cause::Leaf(node) => write!(f, "`{}`, which belongs to it", name(node)),
            Cause::Spanned { node, at_start } => {
                let end = if at_start { "start" } else { "finish" };
                write!(f, "the {end} of `{}`, to which it is tied", name(node))
            }
        }
    }

    fn link(&self, f: &mut fmt::Formatter<'_>, link: LinkIx, node: NodeIx) -> fmt::Result {
        let link = &self.network.projection().links[link.index()];
        let predecessor = self.network.tree.contains(link.from, node);
        let at_start = match (predecessor, link.kind) {
            (true, kind) => matches!(kind, LinkKind::StartToStart | LinkKind::StartToFinish),
            (false, kind) => matches!(kind, LinkKind::FinishToStart | LinkKind::StartToStart),
        };
        let end = if at_start { "start" } else { "finish" };
        write!(f, "the {end} of `{}`", (self.name)(node))?;
        let (from, to) = (link.from, link.to);
        self.lag(f, link.lag)?;
        // The link may stand on a summary or a phase, and so be written nowhere near these two.
        if self.network.is_summary(from) || self.network.is_summary(to) {
            write!(f, ", as `{}` waits for `{}`", (self.name)(to), (self.name)(from))?;
        }
        Ok(())
    }

    fn lag(&self, f: &mut fmt::Formatter<'_>, lag: Lag) -> fmt::Result {
        match lag {
            Lag::NONE => Ok(()),
            Lag::Period(period) => write!(f, ", a lead time of {period}"),
            Lag::Percent(_) => write!(f, ", {} of the predecessor's duration", signed_lag(lag, self.length)),
            lag => write!(f, ", {}", signed_lag(lag, self.length)),
        }
    }
}

/// A lag as a programme file writes it, always with its sign, and its minutes as the host does: `+1d`, `-1ed 4eh`, `+12.5%`.
pub(crate) fn signed_lag(lag: Lag, length: &dyn Fn(i64, Counts) -> String) -> String {
    let (sign, text) = match lag {
        Lag::Work(minutes) => (minutes, length(minutes.saturating_abs(), Counts::WorkingTime)),
        Lag::Elapsed(minutes) => (minutes, length(minutes.saturating_abs(), Counts::Clock)),
        Lag::Percent(share) => (share, in_percent(share.saturating_abs())),
        Lag::Period(period) => (0, period.to_string()),
    };
    format!("{}{text}", if sign < 0 { '-' } else { '+' })
}

/// Minutes without their sign, in units from large to small: `1h 30m`; nothing is `0m`.
fn length(minutes: i64, units: &[(u64, &str)]) -> String {
    let mut rest = minutes.unsigned_abs();
    let mut parts = Vec::new();
    for (size, unit) in units {
        if rest >= *size {
            parts.push(format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    if parts.is_empty() {
        return "0m".into();
    }
    parts.join(" ")
}

/// A constraint in words.
pub(crate) const fn rule(kind: BoundKind) -> &'static str {
    match kind {
        BoundKind::StartNotBefore => "start no earlier than",
        BoundKind::FinishNotBefore => "finish no earlier than",
        BoundKind::StartNotAfter => "start no later than",
        BoundKind::FinishNotAfter => "finish no later than",
        BoundKind::MustStart => "start on",
        BoundKind::MustFinish => "finish on",
        BoundKind::ExpectedFinish => "expected to finish",
        BoundKind::ExternalStart => "another programme starts",
        BoundKind::ExternalFinish => "another programme needs it",
        _ => "bound at",
    }
}
