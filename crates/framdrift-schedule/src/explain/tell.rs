//! Waits, floats, paths and clashes in words. The data comes first; this is one possible reader of it.

use std::collections::HashSet;
use std::fmt::{self, Display};

use framdrift_model::projection::{BoundKind, BoundOrigin, Counts, Lag, LinkIx, LinkKind, NodeIx, NodeKind};

use super::{Cap, Cause, Clash, Clashes, Ends, Floats, Path, Paths, Target, Waits, signed_lag};
use crate::network::Network;

/// The words of a host: what it calls nodes, and how it writes minutes of working time and of the clock.
#[derive(Clone, Copy)]
pub struct Speech<'a> {
    network: &'a Network,
    name: &'a dyn Fn(NodeIx) -> String,
    length: &'a dyn Fn(i64, Counts) -> String,
}

impl<'a> Speech<'a> {
    /// Words for a network: names for its nodes, and minutes in words, of working time or by the clock.
    ///
    /// ```
    /// use framdrift_model::facts::Facts;
    /// use framdrift_model::projection::{Counts, Lag, LinkKind, NodeIx, Projection, Span, TimeNode};
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
    /// let length = |minutes: i64, counts: Counts| match counts {
    ///     Counts::WorkingTime => format!("{}h", minutes / 60),
    ///     Counts::Clock => format!("{}eh", minutes / 60),
    /// };
    /// let speech = Speech::new(&network, &name, &length);
    /// assert_eq!(
    ///     waits(&network, &schedule, order).unwrap().words(speech).to_string(),
    ///     "`roof`, which is critical, waits 16h longer for the finish of `walls`\n"
    /// );
    /// assert_eq!(
    ///     paths(&network, &schedule, Some(roof), 2).words(speech).to_string(),
    ///     "1. the longest: walls → roof\n2. 16h shorter: order → roof (waits 16h longer)\n"
    /// );
    /// ```
    #[must_use]
    pub fn new(
        network: &'a Network,
        name: &'a dyn Fn(NodeIx) -> String,
        length: &'a dyn Fn(i64, Counts) -> String,
    ) -> Self {
        Self { network, name, length }
    }

    fn counts(&self, node: NodeIx) -> Counts {
        self.network.projection().counts_of(node)
    }

    /// Minutes of a node's float or margin.
    fn float(&self, node: NodeIx, minutes: i64) -> String {
        (self.length)(minutes, self.counts(node))
    }

    /// The same, with a word on it where they count by the clock.
    fn named(&self, node: NodeIx, minutes: i64) -> String {
        let words = self.float(node, minutes);
        match self.counts(node) {
            Counts::WorkingTime => words,
            Counts::Clock => format!("{words} by the clock"),
        }
    }

    fn why(&self, cause: &Cause) -> String {
        cause
            .words(self.network, self.name)
            .with_lengths(self.length)
            .to_string()
    }

    /// A cause as a node sees it: its own bounds are its own.
    fn own(&self, node: NodeIx, cause: &Cause) -> String {
        match *cause {
            Cause::Bound { node: holder, index } if holder == node => {
                let bound = self.network.node(node).bounds[index as usize];
                match (bound.origin, bound.kind) {
                    (BoundOrigin::Planned, _) => "its planned date".to_owned(),
                    (BoundOrigin::Deadline, _) => "its deadline".to_owned(),
                    (BoundOrigin::Window, BoundKind::StartNotBefore) => "the beginning of its window".to_owned(),
                    (BoundOrigin::Window, _) => "the end of its window".to_owned(),
                    _ => format!("its “{} {}”", super::words::rule(bound.kind), bound.at),
                }
            }
            _ => self.why(cause),
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
        let length = |minutes: i64| speech.float(said.leaf, minutes);
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
            let away = length(wait.margin);
            let node = name(wait.node);
            match wait.ahead {
                Cause::AsLateAsPossible { .. } => writeln!(f, "`{node}`{critical} is put off {away} longer")?,
                ahead => writeln!(
                    f,
                    "`{node}`{critical} waits {away} longer for {}",
                    speech.own(wait.node, &ahead)
                )?,
            }
        }
        match said.ends {
            Ends::Joins { node, .. } if said.waits.last().is_none_or(|wait| wait.node != node) => {
                writeln!(f, "it leads to `{}`, which is critical", name(node))?;
            }
            Ends::Joins { .. } => {}
            Ends::Stops { node, by, float } => {
                let left = length(float);
                let until = speech.own(node, &by);
                let then = if said.waits.is_empty() { "" } else { "then " };
                writeln!(f, "`{}` {then}has {left} until {until}", name(node))?;
            }
        }
        if said.rest != 0 {
            let rest = length(said.rest);
            match said.left_out {
                0 => writeln!(f, "the rest, {rest}, is free time that no work could fill")?,
                more => writeln!(
                    f,
                    "the rest, {rest}, is {more} more waits and free time that no work could fill"
                )?,
            }
        }
        Ok(())
    }
}

impl Speech<'_> {
    /// A bound as a thing that can be kept.
    fn bound(&self, node: NodeIx, index: u32) -> String {
        self.why(&Cause::Bound { node, index })
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
            writeln!(f, "{:>8}  {what}", speech.float(said.node, float))?;
        }
        if said.left_out > 0 {
            writeln!(f, "          and {} more", said.left_out)?;
        }
        Ok(())
    }
}

/// Paths of more leaves are told without their middle.
const SHOWN: usize = 9;

/// How many leaves are told of where a path differs from the one before.
const DIFFERENT: usize = 6;

impl Display for Told<'_, Paths> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { said, speech } = self;
        let counts = said.counted_on.map_or(Counts::WorkingTime, |ix| speech.counts(ix));
        let mut before: (HashSet<NodeIx>, String) = Default::default();
        for (n, path) in (1..).zip(&said.paths) {
            let length = |minutes: i64| (speech.length)(minutes, counts);
            let float = match path.float {
                0 => "the longest".to_owned(),
                float => format!("{} shorter", length(float)),
            };
            let told = speech.path(path, &before.0, &length);
            let again = if told == before.1 { ", by another link" } else { "" };
            writeln!(f, "{n}. {float}: {told}{again}")?;
            before = (path.steps.iter().map(|step| step.node).collect(), told);
        }
        let Some(on) = said.counted_on.filter(|_| !said.paths.is_empty()) else {
            return writeln!(f, "no path leads there");
        };
        // Where all count alike there is nothing to say.
        let unit = |ix: NodeIx| (speech.counts(ix), speech.network.node(ix).calendar);
        let mut steps = said.paths.iter().flat_map(|path| &path.steps);
        match counts {
            Counts::Clock => writeln!(f, "lengths count by the clock"),
            Counts::WorkingTime if steps.any(|step| unit(step.node) != unit(on)) => {
                writeln!(f, "lengths count working time of `{}`", (speech.name)(on))
            }
            Counts::WorkingTime => Ok(()),
        }
    }
}

impl Speech<'_> {
    /// A path on one line. Of a long one its ends, where it waits, and where it leaves the path before.
    fn path(&self, path: &Path, before: &HashSet<NodeIx>, length: &dyn Fn(i64) -> String) -> String {
        let steps = &path.steps;
        let mut out = String::new();
        if let Some(first) = steps.first()
            && first.why != Cause::ProgrammeStart
        {
            out = format!("from {}: ", self.own(first.node, &first.why));
        }
        let waits = |n: usize| steps.get(n).is_some_and(|step| step.gap > 0);
        let mut different = if before.is_empty() { 0 } else { DIFFERENT };
        let mut left_out = 0;
        for (n, step) in steps.iter().enumerate() {
            let ends = steps.len() <= SHOWN || n < 3 || n + 4 > steps.len();
            let differs = !ends && different > 0 && !before.contains(&step.node);
            different -= usize::from(differs);
            if !(ends || differs || waits(n) || waits(n + 1)) {
                left_out += 1;
                continue;
            }
            if left_out > 0 {
                out.push_str(&format!(" → … ({left_out} more)"));
                left_out = 0;
            }
            match step.why {
                Cause::Link { link, .. } if n > 0 => out.push_str(&format!(" {} ", self.arrow(link))),
                _ => {}
            }
            out.push_str(&(self.name)(step.node));
            if step.put_off {
                out.push_str(" (before it was put off)");
            }
            if step.gap > 0 {
                out.push_str(&format!(" (waits {} longer)", length(step.gap)));
            }
        }
        if path.after > 0 {
            out.push_str(&format!(", {} before the end", length(path.after)));
        }
        out
    }

    /// A link as an arrow: which ends it ties, and whether with a distance.
    fn arrow(&self, link: LinkIx) -> String {
        let link = &self.network.projection().links[link.index()];
        let kind = match link.kind {
            LinkKind::FinishToStart => "FS",
            LinkKind::StartToStart => "SS",
            LinkKind::FinishToFinish => "FF",
            LinkKind::StartToFinish => "SF",
        };
        let lag = match link.lag {
            Lag::NONE => String::new(),
            lag => signed_lag(lag, self.length),
        };
        match (kind, lag.as_str()) {
            ("FS", "") => "→".to_owned(),
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
                let cap = speech.own(said.node, &Cause::Bound { node, index });
                match speech.is_dated(node, index) {
                    true => cap,
                    false => format!("{cap}, {}", said.at),
                }
            }
        };
        let ends = if said.of_start { "starts" } else { "finishes" };
        let would = if said.broken.is_empty() { "" } else { "by its links " };
        let late = speech.named(said.node, said.late);
        writeln!(
            f,
            "`{}` {would}{ends} {}, {late} after {cap}:",
            name(said.node),
            said.date
        )?;
        for (n, step) in said.chain.iter().enumerate() {
            let mut parts = Vec::new();
            if step.duration {
                let takes = (speech.length)(step.takes.minutes(), step.takes.counts());
                match step.takes == speech.network.node(step.node).span {
                    true => parts.push(format!("takes {takes}")),
                    false => parts.push(format!("has {takes} left")),
                }
            }
            if step.delay {
                parts.push("is held back by its own delay".to_owned());
            }
            let after = match (n, step.why) {
                (0, why) => format!("from {}", speech.own(step.node, &why)),
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
