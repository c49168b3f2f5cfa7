//! Answers as values, for programs.

use framdrift_model::projection::{BoundOrigin, Counts, LinkIx, LinkKind, NodeIx};
use framdrift_model::value::Value;
use framdrift_schedule::explain::{Cap, Cause, Clash, Clashes, Drive, Ends, Floats, Paths, Target, Waits};

use crate::answers::Words;
use crate::compare::Compared;
use crate::explain::Explanation;
use crate::plan::Plan;

impl Words<'_, Explanation> {
    /// An explanation for programs: `{"format": 1, "id", "early_start": {"date", "cause", "next"}, …, "total_float", "free_float",
    /// "float_counts", "critical", "chain": [{"id", "cause"}], "waits", "floats"}`.
    ///
    /// A *cause* is `{"kind", "id", "link", "date", "text"}`: `kind` is `programme-start`, `programme-finish`, `link`, `deadline`,
    /// `window`, `planned`, `constraint`, `own-span`, `as-late-as-possible`, `leaf`, `spanned`, `actual`, `status-date`, `resumed`, `typed`,
    /// `delay`, `open-end` or `inactive`; the node and the link (`{"from", "to", "kind"}`, kind as `FS`) it names and a bound's
    /// date, or null; and words. `next` is the runner-up: `{"date", "margin", "margin_counts", "cause"}`, or null.
    ///
    /// `waits` is null for what is critical, `waits` and `floats` where [`Plan::explain`] was asked instead of
    /// [`Plan::explain_in_full`]; else `waits` is `{"leaf", "total_float", "waits": [{"from", "id", "margin", "ahead"}],
    /// "joins", "stops", "rest", "left_out", "float_counts"}`, all of it counted as the float of `leaf` is, so that margins, the float
    /// at the end and the rest are the total float: `joins` is `{"id", "float"}` where the chain meets what is critical, else null and `stops` is
    /// `{"id", "float", "cause"}`. `floats` is `{"towards": [{"target", "id", "date", "float"}], "left_out"}` with `finish`,
    /// `gate`, `deadline`, `window`, `planned` or `constraint` for a target. Floats and the margins of `next` are minutes, of what
    /// `float_counts` says: `working-time` of the node's calendar, or `clock`.
    #[must_use]
    pub fn value(&self) -> Value {
        let (plan, e) = (self.plan, self.answer);
        let [early_start, early_finish, late_start, late_finish] =
            e.drives.each_ref().map(|drive| plan.drive_value(drive));
        let chain = e
            .chain
            .iter()
            .map(|step| Value::table([("id", plan.id_value(step.node)), ("cause", plan.cause_value(&step.why))]));
        Value::table([
            ("format", Value::Integer(1)),
            ("id", plan.id_value(e.node)),
            ("early_start", early_start),
            ("early_finish", early_finish),
            ("late_start", late_start),
            ("late_finish", late_finish),
            ("total_float", Value::Integer(e.dates.total_float)),
            ("free_float", Value::Integer(e.dates.free_float)),
            ("float_counts", plan.counts(e.node).word().into()),
            ("critical", Value::Bool(e.dates.critical)),
            ("chain", Value::List(chain.collect())),
            ("waits", e.waits.as_ref().map_or(Value::Null, |w| plan.waits_value(w))),
            (
                "floats",
                e.floats.as_ref().map_or(Value::Null, |f| plan.floats_value(f)),
            ),
        ])
    }
}

impl Words<'_, Paths> {
    /// Paths for programs: `{"format": 1, "paths": [{"float", "after", "steps": [{"id", "cause", "gap"}]}], "more", "float_counts",
    /// "counted_on"}`, with causes as in an [explanation](Words#method.value). All lengths are minutes of one kind, compared where
    /// the paths meet: `float_counts` says which, `working-time` or `clock`, and `counted_on` is the id of the node whose time it
    /// is, null without paths.
    #[must_use]
    pub fn value(&self) -> Value {
        let (plan, paths) = (self.plan, self.answer);
        let counts = paths.counted_on.map_or(Counts::WorkingTime, |node| plan.counts(node));
        let rows = paths.paths.iter().map(|path| {
            let steps = path.steps.iter().map(|step| {
                Value::table([
                    ("id", plan.id_value(step.node)),
                    ("cause", plan.cause_value(&step.why)),
                    ("gap", Value::Integer(step.gap)),
                ])
            });
            Value::table([
                ("float", Value::Integer(path.float)),
                ("after", Value::Integer(path.after)),
                ("steps", Value::List(steps.collect())),
            ])
        });
        Value::table([
            ("format", Value::Integer(1)),
            ("paths", Value::List(rows.collect())),
            ("more", Value::Bool(paths.more)),
            ("float_counts", counts.word().into()),
            (
                "counted_on",
                paths.counted_on.map_or(Value::Null, |node| plan.id_value(node)),
            ),
        ])
    }
}

impl Words<'_, Clashes> {
    /// What cannot be kept, for programs: `{"format": 1, "clashes": [{"cap": {"kind", "id", "date"}, "of_start", "id", "date",
    /// "late", "late_counts", "chain": [{"id", "cause", "duration", "takes", "takes_counts", "delay"}], "broken": [{"from", "to",
    /// "kind"}], "minimal"}], "left_out"}`, with causes as in an [explanation](Words#method.value). A cap's kind is `finish`,
    /// `deadline`, `window`, `planned`, `constraint` or `typed`; `duration` and `delay` tell whether the set needs them, `takes` in
    /// minutes how long it takes, or what is left of it.
    #[must_use]
    pub fn value(&self) -> Value {
        let (plan, clashes) = (self.plan, self.answer);
        let rows = clashes.clashes.iter().map(|clash| plan.clash_value(clash));
        Value::table([
            ("format", Value::Integer(1)),
            ("clashes", Value::List(rows.collect())),
            ("left_out", Value::Integer(clashes.left_out as i64)),
        ])
    }
}

framdrift_model::serialize_as_value!(
    Words<'_, Explanation>,
    Words<'_, Paths>,
    Words<'_, Clashes>,
    Compared<'_>
);

impl Plan {
    fn clash_value(&self, clash: &Clash) -> Value {
        let (kind, id) = match clash.cap {
            Cap::Bound { node, index } => (self.bound_kind(node, index), self.id_value(node)),
            Cap::Typed(node) => ("typed", self.id_value(node)),
            _ => ("finish", Value::Null),
        };
        let cap = Value::table([("kind", kind.into()), ("id", id), ("date", Value::text(clash.at))]);
        let chain = clash.chain.iter().map(|step| {
            Value::table([
                ("id", self.id_value(step.node)),
                ("cause", self.cause_value(&step.why)),
                ("duration", Value::Bool(step.duration)),
                ("takes", Value::Integer(step.takes.minutes())),
                ("takes_counts", step.takes.counts().word().into()),
                ("delay", Value::Bool(step.delay)),
            ])
        });
        let broken = clash.broken.iter().map(|link| self.link_value(*link));
        Value::table([
            ("cap", cap),
            ("of_start", Value::Bool(clash.of_start)),
            ("id", self.id_value(clash.node)),
            ("date", Value::text(clash.date)),
            ("late", Value::Integer(clash.late)),
            ("late_counts", self.counts(clash.node).word().into()),
            ("chain", Value::List(chain.collect())),
            ("broken", Value::List(broken.collect())),
            ("minimal", Value::Bool(clash.minimal)),
        ])
    }

    fn drive_value(&self, drive: &Drive) -> Value {
        let next = drive.runner_up.map(|next| {
            Value::table([
                ("date", Value::text(next.date)),
                ("margin", Value::Integer(next.margin)),
                ("margin_counts", next.counts.word().into()),
                ("cause", self.cause_value(&next.cause)),
            ])
        });
        Value::table([
            ("date", Value::text(drive.date)),
            ("cause", self.cause_value(&drive.cause)),
            ("next", next.unwrap_or(Value::Null)),
        ])
    }

    fn waits_value(&self, waits: &Waits) -> Value {
        let rows = waits.waits.iter().map(|wait| {
            Value::table([
                ("from", self.id_value(wait.from)),
                ("id", self.id_value(wait.node)),
                ("margin", Value::Integer(wait.margin)),
                ("ahead", self.cause_value(&wait.ahead)),
            ])
        });
        let (mut joins, mut stops) = (Value::Null, Value::Null);
        match waits.ends {
            Ends::Joins { node, float } => {
                joins = Value::table([("id", self.id_value(node)), ("float", Value::Integer(float))]);
            }
            Ends::Stops { node, by, float } => {
                stops = Value::table([
                    ("id", self.id_value(node)),
                    ("float", Value::Integer(float)),
                    ("cause", self.cause_value(&by)),
                ]);
            }
            _ => {}
        }
        Value::table([
            ("leaf", self.id_value(waits.leaf)),
            ("total_float", Value::Integer(waits.total_float)),
            ("waits", Value::List(rows.collect())),
            ("joins", joins),
            ("stops", stops),
            ("rest", Value::Integer(waits.rest)),
            ("left_out", Value::Integer(waits.left_out as i64)),
            ("float_counts", self.counts(waits.leaf).word().into()),
        ])
    }

    fn floats_value(&self, floats: &Floats) -> Value {
        let rows = floats.towards.iter().map(|towards| {
            let (target, id) = match towards.target {
                Target::Node(node) => ("gate", self.id_value(node)),
                Target::Bound { node, index } => (self.bound_kind(node, index), self.id_value(node)),
                _ => ("finish", Value::Null),
            };
            Value::table([
                ("target", target.into()),
                ("id", id),
                ("date", Value::text(towards.date)),
                ("float", Value::Integer(towards.float)),
            ])
        });
        Value::table([
            ("towards", Value::List(rows.collect())),
            ("left_out", Value::Integer(floats.left_out as i64)),
        ])
    }

    fn cause_value(&self, cause: &Cause) -> Value {
        let name = |node: NodeIx| self.id(node).to_owned();
        let length = |minutes: i64, counts: Counts| self.length_in_words(minutes, counts);
        let words = cause.words(self.network(), &name).with_lengths(&length).to_string();
        let (mut id, mut link, mut date) = (Value::Null, Value::Null, Value::Null);
        let kind = match *cause {
            Cause::ProgrammeStart => "programme-start",
            Cause::ProgrammeFinish => "programme-finish",
            Cause::Link { link: tie, node } => {
                (id, link) = (self.id_value(node), self.link_value(tie));
                "link"
            }
            Cause::Bound { node, index } => {
                let bound = self.network().projection().nodes[node.index()].bounds[index as usize];
                (id, date) = (self.id_value(node), Value::text(bound.at));
                self.bound_kind(node, index)
            }
            Cause::OwnSpan => "own-span",
            Cause::AsLateAsPossible { held_by } => {
                if let Some((tie, node)) = held_by {
                    (id, link) = (self.id_value(node), self.link_value(tie));
                }
                "as-late-as-possible"
            }
            Cause::Leaf(node) => {
                id = self.id_value(node);
                "leaf"
            }
            Cause::Spanned { node, .. } => {
                id = self.id_value(node);
                "spanned"
            }
            Cause::Typed(node) => {
                id = self.id_value(node);
                "typed"
            }
            Cause::Actual => "actual",
            Cause::StatusDate => "status-date",
            Cause::Resumed => "resumed",
            Cause::Delay => "delay",
            Cause::OpenEnd => "open-end",
            _ => "inactive",
        };
        Value::table([
            ("kind", kind.into()),
            ("id", id),
            ("link", link),
            ("date", date),
            ("text", Value::Text(words)),
        ])
    }

    fn link_value(&self, link: LinkIx) -> Value {
        let link = &self.network().projection().links[link.index()];
        let kind = match link.kind {
            LinkKind::FinishToStart => "FS",
            LinkKind::StartToStart => "SS",
            LinkKind::FinishToFinish => "FF",
            LinkKind::StartToFinish => "SF",
        };
        Value::table([
            ("from", self.id_value(link.from)),
            ("to", self.id_value(link.to)),
            ("kind", kind.into()),
        ])
    }

    fn bound_kind(&self, node: NodeIx, index: u32) -> &'static str {
        let bound = self.network().projection().nodes[node.index()].bounds[index as usize];
        match bound.origin {
            BoundOrigin::Deadline => "deadline",
            BoundOrigin::Window => "window",
            BoundOrigin::Planned => "planned",
            _ => "constraint",
        }
    }

    fn id_value(&self, node: NodeIx) -> Value {
        self.id(node).into()
    }
}
