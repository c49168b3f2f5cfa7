//! Waits, floats, paths and clashes in words. The data comes first; this is one possible reader of it.

use std::fmt::{self, Display};

use framdrift_model::projection::{BoundOrigin, Lag, LinkIx, LinkKind, NodeIx, NodeKind, Span};

use super::{Cap, Cause, Clash, Clashes, Ends, Floats, Path, Paths, Target, Waits};
use crate::network::Network;

/// The words of a host: what it calls nodes, and how it writes working minutes of a node's calendar.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    network: &'a Network,
    name: &'a dyn Fn(NodeIx) -> String,
    length: &'a dyn Fn(NodeIx, i64) -> String,
}

impl<'a> Speech<'a> {
    /// Words for a network: names for its nodes, and minutes of their calendars in words.
    ///
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Lag, LinkKind, NodeIx, Projection, Span, TimeNode};
    /// use framdrift_model::time::Minute;
    /// use framdrift_schedule::explain::{Speech, paths, waits};
    /// use framdrift_schedule::{Network, compute};
    ///
    /// let mut plan = Projection::new(Minute::of(2026, 3, 2, 8, 0).unwrap());
    /// let walls = plan.add(TimeNode::activity("walls", Span::Work(3 * 480)));
    /// let order = plan.add(TimeNode::activity("order", Span::Work(480)));
    /// let roof = plan.add(TimeNode::activity("roof", Span::Work(2 * 480)));
    /// plan.link(walls, roof, LinkKind::FinishToStart, Lag::NONE);
    /// plan.link(order, roof, LinkKind::FinishToStart, Lag::NONE);
    /// let network = Network::new(plan).unwrap();
    /// let schedule = compute(&network, &Facts::none()).unwrap();
    ///
    /// let name = |node: NodeIx| network.projection().nodes[node.index()].id.to_string();
    /// let length = |_: NodeIx, minutes: i64| format!("{}h", minutes / 60);
    /// let speech = Speech::new(&network, &name, &length);
    /// assert_eq!(
    ///     waits(&network, &schedule, order).unwrap().words(speech).to_string(),
    ///     "`roof`, which is critical, waits 16h longer for the finish of `walls`\n"
    /// );
    /// assert_eq!(
    ///     paths(&network, &schedule, Some(roof), 2).words(speech).to_string(),
    ///     "1. no float: walls → roof\n2. 16h of float: order → roof (waits 16h longer)\n"
    /// );
    /// ```
    #[must_use]
    pub fn new(
        network: &'a Network,
        name: &'a dyn Fn(NodeIx) -> String,
        length: &'a dyn Fn(NodeIx, i64) -> String,
    ) -> Self {
        Self { network, name, length }
    }

    fn why(&self, cause: &Cause) -> String {
        cause.words(self.network, self.name).to_string()
    }

    /// What bounds a late date, as something that time is left until.
    fn until(&self, cause: &Cause) -> String {
        match cause {
            Cause::Actual => "what is recorded".to_owned(),
            other => self.why(other),
        }
    }
}

/// An answer in the words of a host.
#[derive(Clone, Copy)]
pub struct Told<'a, T> {
    said: &'a T,
    speech: Speech<'a>,
}

macro_rules! words {
    ($type:ty, $doc:literal) => {
        impl $type {
            #[doc = $doc]
            #[must_use]
            pub fn words<'a>(&'a self, speech: Speech<'a>) -> Told<'a, Self> {
                Told { said: self, speech }
            }
        }
    };
}

words!(
    Waits,
    "These in words, a line for each wait and one for the end where it is no wait."
);
words!(Floats, "These in words, a line for each target.");
words!(Paths, "These in words, a numbered line for each path.");
words!(
    Clash,
    "This in words: what cannot be kept, and below it a line for each leaf of the chain."
);
words!(Clashes, "These in words, one after the other.");

impl Display for Told<'_, Waits> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { said, speech } = self;
        let name = |node| (speech.name)(node);
        let joins = match said.ends {
            Ends::Joins { node, .. } => Some(node),
            Ends::Stops { .. } => None,
        };
        for wait in &said.waits {
            let critical = if joins == Some(wait.node) {
                ", which is critical,"
            } else {
                ""
            };
            let away = (speech.length)(wait.node, wait.margin);
            let node = name(wait.node);
            match wait.ahead {
                Cause::AsLateAsPossible { .. } => writeln!(f, "`{node}`{critical} is put off {away} longer")?,
                ahead => writeln!(f, "`{node}`{critical} waits {away} longer for {}", speech.why(&ahead))?,
            }
        }
        match said.ends {
            Ends::Joins { node, .. } if said.waits.last().is_none_or(|wait| wait.node != node) => {
                writeln!(f, "it leads to `{}`, which is critical", name(node))?;
            }
            Ends::Joins { .. } => {}
            Ends::Stops { node, by, float } => {
                let left = (speech.length)(node, float);
                let until = speech.until(&by);
                match node == said.leaf {
                    true => writeln!(f, "nothing waits for it sooner than {until}, {left} later")?,
                    false => writeln!(f, "`{}` then has {left} until {until}", name(node))?,
                }
            }
        }
        if said.rest != 0 {
            let rest = (speech.length)(said.leaf, said.rest);
            writeln!(f, "the rest, {rest}, is a matter of calendars and time by the clock")?;
        }
        Ok(())
    }
}

impl Speech<'_> {
    /// A bound as a thing that can be kept.
    fn bound(&self, node: NodeIx, index: u32) -> String {
        self.until(&Cause::Bound { node, index })
    }

    /// Whether the words for a bound hold its date.
    fn is_dated(&self, node: NodeIx, index: u32) -> bool {
        let origin = self.network.node(node).bounds[index as usize].origin;
        matches!(origin, BoundOrigin::Constraint(_))
    }
}

impl Display for Told<'_, Floats> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { said, speech } = self;
        let rows = said.towards.iter().map(|towards| {
            let what = match towards.target {
                Target::Finish => format!("the finish of the programme, {}", towards.date),
                Target::Node(node) => {
                    let kind = speech.network.node(node).kind;
                    let kind = if kind == NodeKind::Gate { "gate " } else { "" };
                    format!("{kind}`{}` as it stands, {}", (speech.name)(node), towards.date)
                }
                Target::Bound { node, index } if speech.is_dated(node, index) => speech.bound(node, index),
                Target::Bound { node, index } => format!("{}, {}", speech.bound(node, index), towards.date),
            };
            (towards.float, what)
        });
        for (float, what) in rows {
            writeln!(f, "{:>8}  {what}", (speech.length)(said.node, float))?;
        }
        if said.left_out > 0 {
            writeln!(f, "          and {} more", said.left_out)?;
        }
        Ok(())
    }
}

/// Paths of more leaves are told without their middle.
const SHOWN: usize = 9;

impl Display for Told<'_, Paths> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { said, speech } = self;
        for (n, path) in (1..).zip(&said.paths) {
            let float = match (path.float, path.steps.last()) {
                (0, _) | (_, None) => "no float".to_owned(),
                (float, Some(last)) => format!("{} of float", (speech.length)(last.node, float)),
            };
            write!(f, "{n}. {float}: ")?;
            speech.path(f, path)?;
        }
        if said.paths.is_empty() {
            writeln!(f, "no path leads there")?;
        }
        Ok(())
    }
}

impl Speech<'_> {
    fn path(&self, f: &mut fmt::Formatter<'_>, path: &Path) -> fmt::Result {
        let steps = &path.steps;
        let name = |node| (self.name)(node);
        if let Some(first) = steps.first()
            && first.why != Cause::ProgrammeStart
        {
            write!(f, "from {}: ", self.why(&first.why))?;
        }
        // What is told of a long path: its ends, and where it waits.
        let told = |n: usize| {
            let waits = |n: usize| steps.get(n).is_some_and(|step| step.gap > 0);
            steps.len() <= SHOWN || n < 3 || n + 4 > steps.len() || waits(n) || waits(n + 1)
        };
        let mut left_out = 0;
        for (n, step) in steps.iter().enumerate() {
            if !told(n) {
                left_out += 1;
                continue;
            }
            if left_out > 0 {
                write!(f, " → … ({left_out} more)")?;
                left_out = 0;
            }
            if n > 0 {
                match step.why {
                    Cause::Link { link, .. } => write!(f, " {} ", self.arrow(link))?,
                    _ => f.write_str(" → ")?,
                }
            }
            f.write_str(&name(step.node))?;
            if step.gap > 0 {
                write!(f, " (waits {} longer)", (self.length)(step.node, step.gap))?;
            }
        }
        if path.after > 0
            && let Some(last) = steps.last()
        {
            write!(f, ", {} before the end", (self.length)(last.node, path.after))?;
        }
        writeln!(f)
    }

    /// A link as an arrow: which ends it ties, and whether with a distance.
    fn arrow(&self, link: LinkIx) -> String {
        let link = &self.network.projection().links[link.index()];
        let kind = match link.kind {
            LinkKind::FinishToStart => "",
            LinkKind::StartToStart => "SS",
            LinkKind::FinishToFinish => "FF",
            LinkKind::StartToFinish => "SF",
        };
        let lag = match link.lag {
            Lag::NONE => String::new(),
            Lag::Work(minutes) => {
                let sign = if minutes < 0 { "" } else { "+" };
                format!("{sign}{}", (self.length)(link.to, minutes))
            }
            Lag::Elapsed(minutes) => super::words::signed(minutes, &[(1_440, "ed"), (60, "eh"), (1, "em")]),
            Lag::Percent(share) => format!("{:+} %", share / 1_000),
            Lag::Period(period) => format!("+{period}"),
        };
        match (kind, lag.as_str()) {
            ("", "") => "→".to_owned(),
            _ => format!("–{kind}{lag}→"),
        }
    }
}

impl Display for Told<'_, Clash> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { said, speech } = self;
        let name = |node| (speech.name)(node);
        let cap = match said.cap {
            Cap::Finish => format!("the finish of the programme, {}", said.at),
            Cap::Typed(node) if node == said.node => format!("its typed start, {}", said.at),
            Cap::Typed(node) => format!("the typed finish of `{}`, {}", name(node), said.at),
            Cap::Bound { node, index } => {
                let bound = speech.network.node(node).bounds[index as usize];
                let own = node == said.node;
                match (bound.origin, own) {
                    (BoundOrigin::Planned, true) => format!("its planned date, {}", said.at),
                    (BoundOrigin::Deadline, true) => format!("its deadline, {}", said.at),
                    (BoundOrigin::Window, true) => format!("the end of its window, {}", said.at),
                    (BoundOrigin::Constraint(_), true) => {
                        format!("“{} {}”", super::words::rule(bound.kind), said.at)
                    }
                    _ if speech.is_dated(node, index) => speech.bound(node, index),
                    _ => format!("{}, {}", speech.bound(node, index), said.at),
                }
            }
        };
        let ends = if said.of_start { "starts" } else { "finishes" };
        let would = if said.broken.is_empty() { "" } else { "by its links " };
        let late = (speech.length)(said.node, said.late);
        writeln!(
            f,
            "`{}` {would}{ends} {}, {late} after {cap}:",
            name(said.node),
            said.date
        )?;
        for (n, step) in said.chain.iter().enumerate() {
            let mut parts = Vec::new();
            if step.duration {
                parts.push(format!("takes {}", self.takes(step.node)));
            }
            if step.delay {
                parts.push("is held back by its own delay".to_owned());
            }
            let after = match (n, step.why) {
                (0, why) => format!("from {}", speech.why(&why)),
                (_, why) => format!("after {}", speech.why(&why)),
            };
            let takes = match parts.is_empty() {
                true => String::new(),
                false => format!(", {}", parts.join(", ")),
            };
            writeln!(f, "  {} {after}{takes}", name(step.node))?;
        }
        if !said.broken.is_empty() {
            let broken = said.broken.iter().map(|link| {
                let link = &speech.network.projection().links[link.index()];
                format!("`{}` → `{}`", name(link.from), name(link.to))
            });
            writeln!(
                f,
                "  the date is kept and breaks {}",
                broken.collect::<Vec<_>>().join(", ")
            )?;
        }
        if !said.minimal {
            writeln!(f, "  (less may suffice)")?;
        }
        Ok(())
    }
}

impl Told<'_, Clash> {
    fn takes(&self, node: NodeIx) -> String {
        match self.speech.network.node(node).span {
            Span::Work(minutes) => (self.speech.length)(node, minutes),
            Span::Elapsed(minutes) => super::words::length(minutes, &[(1_440, "ed"), (60, "eh"), (1, "em")]),
        }
    }
}

impl Display for Told<'_, Clashes> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, clash) in self.said.clashes.iter().enumerate() {
            if n > 0 {
                writeln!(f)?;
            }
            write!(f, "{}", clash.words(self.speech))?;
        }
        match self.said.left_out {
            0 => Ok(()),
            more => writeln!(f, "\nand {more} more"),
        }
    }
}
