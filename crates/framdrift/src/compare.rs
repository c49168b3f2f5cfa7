//! Two plans side by side, for people and for programs.

use std::collections::HashMap;
use std::fmt::Write as _;

use framdrift_model::projection::{Counts, NodeIx, TimeNode};
use framdrift_model::quantity::in_words;
use framdrift_model::time::Minute;
use framdrift_model::value::Value;
use framdrift_schedule::compare::{Change, Comparison, Computed, Moved, compare};
use framdrift_schedule::{Dates, Side};

use crate::plan::Plan;
use crate::value::{table, text};

/// How many nodes a text for people names below each change, and how many changes it names that moved nothing.
const NAMED: usize = 20;

/// What differs between two plans, and the plans themselves: for people as text, for programs as a value.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    earlier: &'a Plan,
    later: &'a Plan,
    sides: [Computed<'a>; 2],
    /// What differs. Positions are those of the two plans' networks.
    pub comparison: Comparison,
}

impl Plan {
    /// What moved since an earlier plan, and which change of the plan moved it; none where one of the two has no start.
    ///
    /// Things are matched by their ids. Costs an explanation for each date that moved.
    ///
    /// ```
    /// # #[cfg(feature = "text")] {
    /// use framdrift::{Edit, Field};
    ///
    /// let mut plan = framdrift::load("
    /// framdrift: 1
    /// id: office-move
    /// start: 2026-03-02
    /// activities:
    /// - {id: pack, duration: 3d}
    /// - {id: move, duration: 1d, after: [pack]}
    /// ").unwrap();
    /// let before = plan.clone();
    /// plan.apply(Edit::set("pack", Field::Duration(Some("4d".parse().unwrap())))).unwrap();
    ///
    /// let compared = plan.compare(&before).unwrap();
    /// assert_eq!(compared.comparison.changes.len(), 1);
    /// assert_eq!(compared.to_string(), "\
    /// the programme finishes 2026-03-06T17:00 instead of 2026-03-05T17:00: 1d later by the clock
    /// 2 start or finish at another time
    ///
    /// because `pack` takes 4d instead of 3d:
    ///        +1d  2026-03-04T17:00 → 2026-03-05T17:00  pack
    ///        +1d  2026-03-05T17:00 → 2026-03-06T17:00  move
    /// ");
    /// # }
    /// ```
    #[must_use]
    pub fn compare<'a>(&'a self, earlier: &'a Self) -> Option<Compared<'a>> {
        let computed = |plan: &'a Self| Some(Computed::from((plan.network(), plan.schedule()?, plan.facts())));
        let sides = [computed(earlier)?, computed(self)?];
        Some(Compared {
            earlier,
            later: self,
            sides,
            comparison: compare(sides[0], sides[1]),
        })
    }
}

impl Compared<'_> {
    /// A change in words, in one line without a full stop.
    #[must_use]
    pub fn words(&self, change: &Change) -> String {
        let units = self.later.programme().units();
        let name = |node: &TimeNode| node.id.to_string();
        let work = |minutes: i64| in_words(minutes, units);
        change
            .what
            .words(self.sides[0], self.sides[1], &name, &work)
            .to_string()
    }

    /// The comparison for programs: `{"format": 1, "start": {"before", "after"}, "finish": {"before", "after", "by"}, "added", "removed",
    /// "changes": [{"kind", "nodes", "words", "moved": [{"id", "by"}]}], "moves": [{"id", "kind", "title", "before": {"start",
    /// "finish", "total_float", "free_float", "float_counts", "critical"}, "after", "by", "because", "through"}]}`.
    ///
    /// Dates are local, as `YYYY-MM-DDTHH:MM`; `by` counts civil minutes, negative for earlier; floats are minutes of what
    /// `float_counts` says, as in [`Plan::schedule_value`]. Changes
    /// that moved most stand first. `nodes` are the ids that a change is about, one or the two ends of a link. `because` is the position of
    /// a change, null where several together moved it; `through` are the ids that it came through, nearest to the change first.
    #[must_use]
    pub fn value(&self) -> Value {
        let Comparison {
            start,
            finish,
            added,
            removed,
            moves,
            changes,
            ..
        } = &self.comparison;
        let ids = |plan: &Plan, nodes: &[NodeIx]| Value::List(nodes.iter().map(|n| text(&plan.id(*n))).collect());
        table([
            ("format", Value::Integer(1)),
            ("start", table([("before", text(&start.0)), ("after", text(&start.1))])),
            (
                "finish",
                table([
                    ("before", text(&finish.0)),
                    ("after", text(&finish.1)),
                    ("by", Value::Integer(finish.1.since(finish.0))),
                ]),
            ),
            ("added", ids(self.later, added)),
            ("removed", ids(self.earlier, removed)),
            ("changes", Value::List(changes.iter().map(|c| self.change(c)).collect())),
            ("moves", Value::List(moves.iter().map(|m| self.moved(m)).collect())),
        ])
    }

    fn change(&self, change: &Change) -> Value {
        let about = change.what.about(self.earlier.network(), self.later.network());
        let moved = change.moved.iter().map(|effect| {
            table([
                ("id", text(&self.later.id(effect.node))),
                ("by", Value::Integer(effect.by)),
            ])
        });
        table([
            ("kind", text(&change.what.word())),
            ("nodes", Value::List(about.iter().map(|node| text(&node.id)).collect())),
            ("words", Value::Text(self.words(change))),
            ("moved", Value::List(moved.collect())),
        ])
    }

    fn moved(&self, moved: &Moved) -> Value {
        let node = &self.later.network().projection().nodes[moved.node.index()];
        let title = self.later.programme().lookup().title(node);
        let root = moved.root();
        let index = |at: usize| Value::Integer(i64::try_from(at).unwrap_or(i64::MAX));
        let mut through: Vec<NodeIx> = Vec::new();
        for (on_the_way, _) in self.chain(moved) {
            if on_the_way != moved.node && through.last() != Some(&on_the_way) {
                through.push(on_the_way);
            }
        }
        table([
            ("id", text(&node.id)),
            ("kind", text(&node.kind.word())),
            ("title", title.map_or(Value::Null, Value::Text)),
            ("before", dates(&moved.before, self.earlier.counts(moved.earlier))),
            ("after", dates(&moved.after, node.counts())),
            ("by", Value::Integer(moved.by())),
            ("because", root.map_or(Value::Null, index)),
            (
                "through",
                Value::List(through.iter().map(|n| text(&self.later.id(*n))).collect()),
            ),
        ])
    }

    /// The dates through which the root of a move reached the node; not more than are worth a list of their own.
    fn chain(&self, moved: &Moved) -> Vec<(NodeIx, Side)> {
        let root = moved.root();
        let mut sides = Side::ALL.into_iter().zip(&moved.why);
        let side = sides.find(|(_, why)| why.is_some_and(|why| why.change == root));
        let mut chain = side.map_or_else(Vec::new, |(side, _)| self.comparison.chain(moved.node, side));
        // The way to the end of a long chain is not told once for each of its links.
        if chain.len() > NAMED {
            chain.drain(..chain.len() - NAMED);
        }
        chain
    }
}

fn dates(dates: &Dates, counts: Counts) -> Value {
    table([
        ("start", text(&dates.start)),
        ("finish", text(&dates.finish)),
        ("total_float", Value::Integer(dates.total_float)),
        ("free_float", Value::Integer(dates.free_float)),
        ("float_counts", text(&counts.word())),
        ("critical", Value::Bool(dates.critical)),
    ])
}

/// Civil minutes without their sign, in days, hours and minutes.
fn civil(minutes: i64) -> String {
    let total = minutes.unsigned_abs();
    let parts = [(total / 1_440, "d"), (total % 1_440 / 60, "h"), (total % 60, "m")];
    let shown: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect();
    if shown.is_empty() {
        "0d".to_owned()
    } else {
        shown.join(" ")
    }
}

/// For people: what the finish does, then each change with what it moved, farthest first. What is done per subject is named once.
impl std::fmt::Display for Compared<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Comparison {
            finish: (before, after),
            added,
            removed,
            moves,
            changes,
            ..
        } = &self.comparison;
        match after.since(*before) {
            0 => writeln!(f, "the programme finishes {after}, as before")?,
            by => {
                let way = if by > 0 { "later" } else { "earlier" };
                writeln!(
                    f,
                    "the programme finishes {after} instead of {before}: {} {way} by the clock",
                    civil(by)
                )?;
            }
        }
        let elsewhere = moves.iter().filter(|m| m.is_elsewhere()).count();
        match elsewhere {
            0 => write!(f, "nothing starts or finishes at another time")?,
            1 => write!(f, "1 starts or finishes at another time")?,
            n => write!(f, "{n} start or finish at another time")?,
        }
        let now = moves.iter().filter(|m| m.after.critical && !m.before.critical).count();
        let no_longer = moves.iter().filter(|m| !m.after.critical && m.before.critical).count();
        for (count, words) in [
            (moves.len() - elsewhere, "have other floats only"),
            (now, "are critical now"),
            (no_longer, "are critical no longer"),
        ] {
            if count > 0 {
                write!(f, "; {count} {words}")?;
            }
        }
        writeln!(f)?;
        for (heading, plan, nodes) in [("new", self.later, added), ("gone", self.earlier, removed)] {
            if !nodes.is_empty() {
                writeln!(
                    f,
                    "{heading}: {}",
                    listed(nodes.iter().map(|n| plan.id(*n).to_owned()).collect())
                )?;
            }
        }
        for change in changes.iter().filter(|c| !c.moved.is_empty()) {
            writeln!(f, "\nbecause {}:", self.words(change))?;
            let moved: Vec<(NodeIx, i64)> = change.moved.iter().map(|e| (e.node, e.by)).collect();
            f.write_str(&self.effects(&moved))?;
        }
        let together: Vec<(NodeIx, i64)> = self.comparison.unexplained().map(|m| (m.node, m.by())).collect();
        if !together.is_empty() {
            writeln!(f, "\nbecause of several changes together:")?;
            f.write_str(&self.effects(&together))?;
        }
        let idle: Vec<&Change> = changes.iter().filter(|c| c.moved.is_empty()).collect();
        if !idle.is_empty() {
            writeln!(f, "\nwithout moving a start or finish:")?;
            for change in idle.iter().take(NAMED) {
                writeln!(f, "  {}", self.words(change))?;
            }
            if idle.len() > NAMED {
                writeln!(f, "  and {} more", idle.len() - NAMED)?;
            }
        }
        Ok(())
    }
}

/// Names in one line, the first ones of many.
fn listed(names: Vec<String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let mut out = names.into_iter().take(NAMED).collect::<Vec<_>>().join(", ");
    if more > 0 {
        let _ = write!(out, " and {more} more");
    }
    out
}

impl Compared<'_> {
    /// A line for each node that moved; instances of one template that moved alike share one.
    fn effects(&self, effects: &[(NodeIx, i64)]) -> String {
        // What a line says, and how many more it stands for.
        let mut lines: Vec<(NodeIx, i64, usize)> = Vec::new();
        let mut seen: HashMap<(&str, i64), usize> = HashMap::new();
        for &(node, by) in effects {
            let id = self.later.id(node);
            let template = id.split('@').next().unwrap_or(id);
            let line = *seen.entry((template, by)).or_insert(lines.len());
            match lines.get_mut(line) {
                Some(line) => line.2 += 1,
                None => lines.push((node, by, 0)),
            }
        }
        let mut out = String::new();
        for (node, by, more) in lines.iter().take(NAMED) {
            let sign = if *by < 0 { '-' } else { '+' };
            let (before, after) = self.moment(*node, *by);
            let _ = write!(
                out,
                "{:>10}  {before} → {after}  {}",
                format!("{sign}{}", civil(*by)),
                self.later.name(*node)
            );
            let _ = match more {
                0 => writeln!(out),
                more => writeln!(out, ", and {more} more like it"),
            };
        }
        if lines.len() > NAMED {
            let _ = writeln!(out, "{:>10}  and {} more", "", lines.len() - NAMED);
        }
        out
    }

    /// The date that moved so far: the finish, else the start.
    fn moment(&self, node: NodeIx, by: i64) -> (Minute, Minute) {
        // INVARIANT: what is told of moved, by as much as its start or its finish did.
        let Moved { before, after, .. } = self.comparison.of(node).expect("a node that moved");
        match after.finish.since(before.finish) == by {
            true => (before.finish, after.finish),
            false => (before.start, after.start),
        }
    }
}
