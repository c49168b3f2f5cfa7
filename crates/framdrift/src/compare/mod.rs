//! Two plans side by side, for people and for programs.

mod late;
mod places;
mod value;

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use framdrift_model::projection::{CalendarIx, Counts, NodeIx, TimeNode};
use framdrift_model::time::Minute;
use framdrift_schedule::compare::{Change, Comparison, Computed, End, Reach, Shift, Unit, What, Words, compare};

use crate::plan::Plan;
use places::{Places, template};

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
    /// A change in words, in one line without a full stop. What is done per subject is named once, with the number of its instances.
    #[must_use]
    pub fn words(&self, change: &Change) -> String {
        let words = self.speak(change, &|words| words.to_string());
        match self.places(change).instances() {
            0 | 1 => words,
            instances => format!("{words}, in {instances} instances"),
        }
    }

    fn places(&self, change: &Change) -> Places<'_> {
        let about = |what: &What| what.about(self.earlier.network(), self.later.network());
        Places(change.whats().map(about).collect())
    }

    fn speak<T>(&self, change: &Change, say: &dyn Fn(Words<'_>) -> T) -> T {
        let places = self.places(change);
        let name = |node: &TimeNode| places.name(node).to_owned();
        let length = |minutes: i64, counts: Counts| self.later.length_in_words(minutes, counts);
        let [was, is] = [self.earlier, self.later].map(|plan| move |calendar| calendar_of(plan, calendar));
        let words = change.what.words(self.sides[0], self.sides[1], &name, &length);
        say(words.with_calendars(&was, &is))
    }
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
        f.write_str(&self.lateness_in_words())?;
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

/// What the document calls a calendar; none for that of a programme without calendars.
fn calendar_of(plan: &Plan, calendar: CalendarIx) -> Option<String> {
    let calendars = &plan.programme().document().calendars;
    calendars.get(calendar.index()).map(|calendar| calendar.id.to_string())
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
            let template = effect.node.map_or("", |node| template(self.later.id(node)));
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
        self.later.length_in_words(minutes.abs(), unit.counts())
    }
}
