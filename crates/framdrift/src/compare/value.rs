//! A comparison for programs.

use framdrift_model::projection::{Counts, NodeIx};
use framdrift_model::time::Minute;
use framdrift_model::value::Value;
use framdrift_schedule::Dates;
use framdrift_schedule::compare::{Change, Comparison, End, Moved, Shift};

use super::{Compared, NAMED};
use crate::plan::Plan;
use crate::rows::dated;

impl Compared<'_> {
    /// The comparison for programs: `{"format": 1, "start": {"before", "after"}, "finish": {"before", "after", "moved"}, "added",
    /// "removed", "late": [{"kind", "id", "of_start", "before": {"cap", "date", "late", "late_counts"}, "after"}], "changes": [{"kind", "nodes", "instances", "before", "after", "words", "reach", "moved": [{"id", "date", "share", "unit"}]}],
    /// "moves": [{"id", "kind", "title", "before": {"start", "finish", "early_start", …, "total_float", "free_float", "float_counts",
    /// "critical"}, "after", "start", "finish"}]}`. How a date moved, in `moved` of the programme's finish and in `start` and `finish` of `moves`, is `{"by", "unit",
    /// "clock", "causes": [{"change", "share", "through"}], "together"}`, or null where it did not.
    ///
    /// Dates are local, as `YYYY-MM-DDTHH:MM`. `by`, `share` and `together` count minutes of `unit`, negative for earlier: `working-time`,
    /// working minutes of the node's calendar in the later plan (of the programme's calendar for its finish), or `clock`, for what
    /// runs by the clock and where no working time lies between the two dates. All shares and `together`, what no change accounts for
    /// by itself, come to `by`; `clock` is the move by the clock, whatever the unit. Floats are minutes of what
    /// `float_counts` says, as in [`Plan::schedule_value`].
    ///
    /// `late` are the caps that are missed in one plan only, or by another amount: a cap's kind is `deadline`, `window`, `planned`,
    /// `constraint` or, without an id, `finish` for the date by which the programme must be finished; `cap` is its date and `date`
    /// the start or finish that comes `late` minutes after it. `before` or `after` is null where it is kept or does not exist.
    ///
    /// `change` is the position of a change; those that moved most stand first. `through` are the ids that it came through, nearest to the
    /// change first. Of a change, `nodes` are the ids that it is about, one or the two ends of a link for each of its places: an
    /// edit of a template changes all its `instances`, and an entry that is new or gone is all that it holds; `before` and `after` what stood
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
            ("late", self.lateness_value()),
            ("changes", Value::List(changes.iter().map(|c| self.change(c)).collect())),
            ("moves", Value::List(moves.iter().map(|m| self.moved(m)).collect())),
        ])
    }

    fn change(&self, change: &Change) -> Value {
        let places = self.places(change);
        let about = places.0.iter().flatten();
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
            ("nodes", Value::List(about.map(|node| Value::text(&node.id)).collect())),
            ("instances", Value::count(places.instances().max(1))),
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
