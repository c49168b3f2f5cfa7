//! Two plans side by side, for people and for programs.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use framdrift_model::projection::{Counts, NodeIx, TimeNode};
use framdrift_model::quantity::in_words;
use framdrift_model::time::Minute;
use framdrift_model::value::Value;
use framdrift_schedule::Dates;
use framdrift_schedule::compare::{Change, Comparison, Computed, End, Moved, Reach, Shift, Unit, Words, compare};

use crate::plan::Plan;
use crate::rows::dated;

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
    /// What moved since an earlier plan, and which changes of the plan moved it, each by how much; none where one of the two has no
    /// start.
    ///
    /// Things are matched by their ids. Costs a driver for each start and finish that moved and, where there are several changes,
    /// two schedules for each of them, within [`MOST_STEPS`](framdrift_schedule::compare::MOST_STEPS).
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
    /// the programme finishes 2026-03-06T17:00 instead of 2026-03-05T17:00: 1d later
    /// 2 start or finish at another time
    ///
    /// because `pack` takes 4d instead of 3d:
    ///        +1d  finish         2026-03-05T17:00 → 2026-03-06T17:00  the programme
    ///        +1d  finish         2026-03-04T17:00 → 2026-03-05T17:00  pack
    ///        +1d  start, finish  2026-03-05T17:00 → 2026-03-06T17:00  move
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
        self.speak(change, &|words| words.to_string())
    }

    fn speak<T>(&self, change: &Change, say: &dyn Fn(Words<'_>) -> T) -> T {
        let units = self.later.programme().units();
        let name = |node: &TimeNode| node.id.to_string();
        let work = |minutes: i64| in_words(minutes, units);
        say(change.what.words(self.sides[0], self.sides[1], &name, &work))
    }

    /// The comparison for programs: `{"format": 1, "start": {"before", "after"}, "finish": {"before", "after", "moved"}, "added",
    /// "removed", "changes": [{"kind", "nodes", "before", "after", "words", "reach", "moved": [{"id", "date", "share", "unit"}]}],
    /// "moves": [{"id", "kind", "title", "before": {"start", "finish", "early_start", …, "total_float", "free_float", "float_counts",
    /// "critical"}, "after", "start", "finish"}]}`. How a date moved, in `moved` of the programme's finish and in `start` and `finish` of `moves`, is `{"by", "unit",
    /// "clock", "causes": [{"change", "share", "through"}], "together"}`, or null where it did not.
    ///
    /// Dates are local, as `YYYY-MM-DDTHH:MM`. `by`, `share` and `together` count minutes of `unit`, negative for earlier: `work`,
    /// working minutes of the node's calendar in the later plan (of the programme's calendar for its finish), or `clock`, for what
    /// runs by the clock and where no working time lies between the two dates. All shares and `together`, what no change accounts for
    /// by itself, come to `by`; `clock` is the move by the clock, whatever the unit. Floats are minutes of what
    /// `float_counts` says, as in [`Plan::schedule_value`].
    ///
    /// `change` is the position of a change; those that moved most stand first. `through` are the ids that it came through, nearest to the
    /// change first. Of a change, `nodes` are the ids that it is about, one or the two ends of a link; `before` and `after` what stood
    /// and stands there, null where that is no value. `reach` is `moves`, `covered` (it would move something, alone or without the
    /// others, but has no share in any move), `nothing` (it moves nothing either way) or `unknown` (not tried).
    #[must_use]
    pub fn value(&self) -> Value {
        let Comparison {
            start,
            finish,
            shift,
            added,
            removed,
            moves,
            changes,
            ..
        } = &self.comparison;
        let ids = |plan: &Plan, nodes: &[NodeIx]| Value::List(nodes.iter().map(|n| Value::text(plan.id(*n))).collect());
        Value::table([
            ("format", Value::Integer(1)),
            (
                "start",
                Value::table([("before", Value::text(start.0)), ("after", Value::text(start.1))]),
            ),
            (
                "finish",
                Value::table([
                    ("before", Value::text(finish.0)),
                    ("after", Value::text(finish.1)),
                    ("moved", self.shift(shift.as_ref(), *finish, None)),
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
        let [before, after] = self.speak(change, &|words| words.values());
        let or_null = |value: Option<String>| value.map_or(Value::Null, Value::Text);
        let moved = change.moved.iter().map(|effect| {
            Value::table([
                ("id", Value::text(self.later.id(effect.node))),
                ("date", Value::from(effect.end.word())),
                ("share", Value::Integer(effect.by)),
                ("unit", Value::from(effect.unit.word())),
            ])
        });
        Value::table([
            ("kind", Value::from(change.what.word())),
            (
                "nodes",
                Value::List(about.iter().map(|node| Value::text(&node.id)).collect()),
            ),
            ("before", or_null(before)),
            ("after", or_null(after)),
            ("words", Value::Text(self.words(change))),
            ("reach", Value::from(change.reach.word())),
            ("moved", Value::List(moved.collect())),
        ])
    }

    fn moved(&self, moved: &Moved) -> Value {
        let node = &self.later.network().projection().nodes[moved.node.index()];
        let title = self.later.programme().lookup().title(node);
        let shift = |end| self.shift(moved.shift(end), moved.on(end), Some((moved.node, end)));
        Value::table([
            ("id", Value::text(&node.id)),
            ("kind", Value::from(node.kind.word())),
            ("title", title.map_or(Value::Null, Value::Text)),
            ("before", dates(&moved.before, self.earlier.counts(moved.earlier))),
            ("after", dates(&moved.after, self.later.counts(moved.node))),
            ("start", shift(End::Start)),
            ("finish", shift(End::Finish)),
        ])
    }

    /// How a date moved: the end of a node, or the finish of the programme.
    fn shift(&self, shift: Option<&Shift>, (before, after): (Minute, Minute), of: Option<(NodeIx, End)>) -> Value {
        let Some(shift) = shift else { return Value::Null };
        let causes = shift.causes.iter().map(|cause| {
            let through = self.through(shift, of, cause.change);
            Value::table([
                (
                    "change",
                    Value::Integer(i64::try_from(cause.change).unwrap_or(i64::MAX)),
                ),
                ("share", Value::Integer(cause.by)),
                (
                    "through",
                    Value::List(through.iter().map(|n| Value::text(self.later.id(*n))).collect()),
                ),
            ])
        });
        Value::table([
            ("by", Value::Integer(shift.by)),
            ("unit", Value::from(shift.unit.word())),
            ("clock", Value::Integer(after.since(before))),
            ("causes", Value::List(causes.collect())),
            ("together", Value::Integer(shift.together)),
        ])
    }

    /// The nodes through which a change reached a date; not more than are worth a list of their own, those nearest to the date.
    fn through(&self, shift: &Shift, of: Option<(NodeIx, End)>, change: usize) -> Vec<NodeIx> {
        let Some((node, end)) = of.or(shift.follows) else {
            return Vec::new();
        };
        let mut through: Vec<NodeIx> = Vec::new();
        for (on_the_way, _) in self.comparison.chain(node, end, change, NAMED) {
            let itself = of.is_some_and(|(node, _)| node == on_the_way);
            if !itself && through.last() != Some(&on_the_way) {
                through.push(on_the_way);
            }
        }
        through
    }
}

fn dates(dates: &Dates, counts: Counts) -> Value {
    Value::Table(
        dated(dates, counts)
            .map(|(key, value)| (key.to_owned(), value))
            .collect(),
    )
}

/// For people: what the finish does, then each change with its share in what it moved, farthest first. What is done per subject is
/// named once.
impl std::fmt::Display for Compared<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Comparison {
            finish: (before, after),
            shift,
            added,
            removed,
            moves,
            changes,
            ..
        } = &self.comparison;
        match shift {
            None => writeln!(f, "the programme finishes {after}, as before")?,
            Some(shift) => {
                let way = if after > before { "later" } else { "earlier" };
                let by = self.amount(shift.by, shift.unit);
                let clock = if shift.unit == Unit::Clock { " by the clock" } else { "" };
                writeln!(
                    f,
                    "the programme finishes {after} instead of {before}: {by} {way}{clock}"
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
        let of = |reach: Reach| move |(_, change): &(usize, &Change)| change.reach == reach;
        for (at, change) in changes.iter().enumerate().filter(of(Reach::Moves)) {
            writeln!(f, "\nbecause {}:", self.words(change))?;
            f.write_str(&self.effects(&self.lines(&|shift| shift.share(at), &moved_by(change))))?;
        }
        let mut together: Vec<NodeIx> = self.comparison.together().map(|moved| moved.node).collect();
        together.dedup();
        if !together.is_empty() || shift.as_ref().is_some_and(|shift| shift.together != 0) {
            let untried = changes.iter().any(|change| change.reach == Reach::Unknown);
            let or = if untried {
                ", or of one that was not tried by itself"
            } else {
                ""
            };
            writeln!(f, "\nbecause of several changes together{or}:")?;
            f.write_str(&self.effects(&self.lines(&|shift| shift.together, &together)))?;
        }
        for (reach, heading) in [
            (Reach::Covered, "moving nothing only because of other changes:"),
            (
                Reach::Nothing,
                "without moving a start or finish, alone or with the others:",
            ),
            (Reach::Unknown, "not tried by itself:"),
        ] {
            let all: Vec<(usize, &Change)> = changes.iter().enumerate().filter(of(reach)).collect();
            if all.is_empty() {
                continue;
            }
            let alone = reach == Reach::Nothing && changes.len() == 1;
            let heading = if alone {
                "without moving a start or finish:"
            } else {
                heading
            };
            writeln!(f, "\n{heading}")?;
            for (_, change) in all.iter().take(NAMED) {
                writeln!(f, "  {}", self.words(change))?;
            }
            if all.len() > NAMED {
                writeln!(f, "  and {} more", all.len() - NAMED)?;
            }
        }
        Ok(())
    }
}

/// The nodes that a change has a share in, each once, farthest first.
fn moved_by(change: &Change) -> Vec<NodeIx> {
    let mut seen = HashSet::new();
    let nodes = change.moved.iter().map(|effect| effect.node);
    nodes.filter(|node| seen.insert(*node)).collect()
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

/// What is said of one move: whose it is (none for the programme), which of its dates moved so, what part of it is told of, of how
/// much in all, and from when to when.
#[derive(Clone, Copy)]
struct Line {
    node: Option<NodeIx>,
    ends: &'static str,
    by: i64,
    all: i64,
    unit: Unit,
    dates: (Minute, Minute),
}

impl Compared<'_> {
    /// A line for each move of the programme and of some nodes of which a part is told.
    fn lines(&self, part: &dyn Fn(&Shift) -> i64, nodes: &[NodeIx]) -> Vec<Line> {
        let line = |node, ends, shift: &Shift, dates| Line {
            node,
            ends,
            by: part(shift),
            all: shift.by,
            unit: shift.unit,
            dates,
        };
        let mut lines = Vec::new();
        let finish = self.comparison.shift.as_ref();
        lines.extend(finish.map(|shift| line(None, "finish", shift, self.comparison.finish)));
        for node in nodes {
            let Some(moved) = self.comparison.of(*node) else {
                continue;
            };
            let [start, finish] = End::BOTH.map(|end| {
                let shift = moved.shift(end).filter(|shift| part(shift) != 0);
                shift.map(|shift| line(Some(*node), end.word(), shift, moved.on(end)))
            });
            match (start, finish) {
                (Some(start), Some(finish))
                    if (start.by, start.all, start.unit) == (finish.by, finish.all, finish.unit) =>
                {
                    lines.push(Line {
                        ends: "start, finish",
                        ..finish
                    });
                }
                (start, finish) => lines.extend(start.into_iter().chain(finish)),
            }
        }
        lines.retain(|line| line.by != 0);
        lines
    }

    /// The lines as text; instances of one template that moved alike share one.
    fn effects(&self, effects: &[Line]) -> String {
        // What a line says, and how many more it stands for.
        let mut lines: Vec<(Line, usize)> = Vec::new();
        let mut seen: HashMap<(&str, &str, i64, i64, Unit), usize> = HashMap::new();
        for effect in effects {
            let template = effect.node.map_or("", |node| {
                let id = self.later.id(node);
                id.split('@').next().unwrap_or(id)
            });
            let key = (template, effect.ends, effect.by, effect.all, effect.unit);
            let at = *seen.entry(key).or_insert(lines.len());
            match lines.get_mut(at) {
                Some(line) => line.1 += 1,
                None => lines.push((*effect, 0)),
            }
        }
        let mut out = String::new();
        for (line, more) in lines.iter().take(NAMED) {
            let signed = |by: i64| {
                let sign = if by < 0 { '-' } else { '+' };
                format!("{sign}{}", self.amount(by, line.unit))
            };
            let (before, after) = line.dates;
            let name = line
                .node
                .map_or_else(|| "the programme".to_owned(), |node| self.later.name(node));
            let _ = write!(
                out,
                "{:>10}  {:<13}  {before} → {after}  {name}",
                signed(line.by),
                line.ends
            );
            let all = (line.by != line.all).then(|| format!("{} in all", signed(line.all)));
            let clock = (line.unit == Unit::Clock).then(|| "by the clock".to_owned());
            let notes: Vec<String> = all.into_iter().chain(clock).collect();
            if !notes.is_empty() {
                let _ = write!(out, " ({})", notes.join(", "));
            }
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

    /// Minutes of a move without their sign, in words.
    fn amount(&self, minutes: i64, unit: Unit) -> String {
        let counts = match unit {
            Unit::Clock => Counts::Clock,
            Unit::Work => Counts::WorkingTime,
        };
        self.later.length_in_words(minutes.abs(), counts)
    }
}
