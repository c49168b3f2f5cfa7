//! Which dates are missed in the later plan only, in the earlier one only, or by another amount.

use std::collections::HashMap;
use std::fmt::Write as _;

use framdrift_model::projection::{BoundKind, BoundOrigin};
use framdrift_model::value::Value;

use super::{Compared, NAMED};
use crate::misses::{Miss, misses, shown};
use crate::plan::Plan;

/// One bound in both plans: by how much it is missed in either. Missed in one of them at least, and not alike in both.
pub(super) struct Lateness {
    before: Option<Miss>,
    after: Option<Miss>,
}

/// What a bound is known by in both plans; that of the programme by nothing.
type Key<'a> = Option<(&'a str, BoundOrigin, BoundKind)>;

fn key<'a>(plan: &'a Plan, miss: &Miss) -> Key<'a> {
    let (node, bound) = miss.bound?;
    Some((plan.id(node), bound.origin, bound.kind))
}

impl Compared<'_> {
    /// What is late otherwise than before: in the order of the later plan, then what only the earlier one has.
    pub(super) fn lateness(&self) -> Vec<Lateness> {
        let of = |plan: &Plan| {
            plan.schedule()
                .map_or_else(Vec::new, |dates| misses(plan.network(), dates))
        };
        let (old, new) = (of(self.earlier), of(self.later));
        let mut known: HashMap<Key<'_>, usize> = HashMap::new();
        for (at, miss) in old.iter().enumerate() {
            known.entry(key(self.earlier, miss)).or_insert(at);
        }
        let mut told = vec![false; old.len()];
        let mut out = Vec::new();
        for miss in new {
            let was = known.get(&key(self.later, &miss)).copied().filter(|at| !told[*at]);
            let before = was.map(|at| {
                told[at] = true;
                old[at]
            });
            if before.is_none_or(|before| (before.by, before.counts) != (miss.by, miss.counts)) {
                let after = Some(miss);
                out.push(Lateness { before, after });
            }
        }
        let kept = old.iter().zip(told).filter(|(_, told)| !told);
        out.extend(kept.map(|(miss, _)| Lateness {
            before: Some(*miss),
            after: None,
        }));
        out
    }

    /// What is late now, no longer, or by another amount, as text; nothing where that is as before.
    pub(super) fn lateness_in_words(&self) -> String {
        let all = self.lateness();
        let mut out = String::new();
        // By whether it is late in the earlier plan, and in the later one.
        for (heading, sides) in [
            ("late now:", (false, true)),
            ("late no longer:", (true, false)),
            ("late by another amount:", (true, true)),
        ] {
            let is_one = |late: &&Lateness| (late.before.is_some(), late.after.is_some()) == sides;
            let found: Vec<&Lateness> = all.iter().filter(is_one).collect();
            if found.is_empty() {
                continue;
            }
            let _ = writeln!(out, "{heading}");
            for late in found.iter().take(NAMED) {
                let _ = writeln!(out, "  {}", self.late_line(late));
            }
            if found.len() > NAMED {
                let _ = writeln!(out, "  and {} more", found.len() - NAMED);
            }
        }
        out
    }

    fn late_line(&self, late: &Lateness) -> String {
        let by = |miss: &Miss| self.later.length_in_words(miss.by, miss.counts);
        let name = |plan: &Plan, miss: &Miss| match miss.bound {
            Some((node, _)) => format!("`{}`", plan.id(node)),
            None => "the programme".to_owned(),
        };
        match (&late.before, &late.after) {
            (before, Some(miss)) => {
                let name = name(self.later, miss);
                let was = before
                    .as_ref()
                    .map_or_else(String::new, |was| format!("; before, it was {} late", by(was)));
                let (verb, date, rule) = (miss.verb(), miss.date, miss.rule());
                format!("{name} {verb} {date}, {} after {rule}{was}", by(miss))
            }
            (Some(was), None) => {
                let name = name(self.earlier, was);
                let (verb, rule, now) = (was.verb(), was.rule(), self.instead(was));
                format!("{name} no longer {verb} {} after {rule}{now}", by(was))
            }
            (None, None) => String::new(),
        }
    }

    /// What has become of a bound that was missed and is not any more.
    fn instead(&self, was: &Miss) -> String {
        let later = self.later.network().projection();
        let Some((node, bound)) = was.bound else {
            return match later.finish {
                Some(at) if at == was.at => ", which it keeps".to_owned(),
                Some(at) => format!("; that is {at} now"),
                None => ", which it no longer has".to_owned(),
            };
        };
        let Some(node) = later.nodes.iter().find(|other| *other.id == *self.earlier.id(node)) else {
            return "; it is gone".to_owned();
        };
        let mut bounds = node.bounds.iter();
        match bounds.find(|other| (other.origin, other.kind) == (bound.origin, bound.kind)) {
            Some(bound) if bound.at == was.at => ", which it keeps".to_owned(),
            Some(bound) => format!("; that is {} now", shown(bound.kind, bound.at)),
            None => ", which it no longer has".to_owned(),
        }
    }

    /// The same for programs.
    pub(super) fn lateness_value(&self) -> Value {
        let side = |miss: &Option<Miss>| {
            miss.as_ref().map_or(Value::Null, |miss| {
                Value::table([
                    ("cap", Value::text(miss.at)),
                    ("date", Value::text(miss.date)),
                    ("late", Value::Integer(miss.by)),
                    ("late_counts", miss.counts.word().into()),
                ])
            })
        };
        let all = self.lateness();
        let rows = all.iter().filter_map(|late| {
            let (plan, miss) = match (&late.before, &late.after) {
                (_, Some(miss)) => (self.later, miss),
                (Some(miss), None) => (self.earlier, miss),
                (None, None) => return None,
            };
            Some(Value::table([
                ("kind", miss.kind().into()),
                ("id", miss.bound.map_or(Value::Null, |(node, _)| plan.id(node).into())),
                ("of_start", Value::Bool(miss.of_start())),
                ("before", side(&late.before)),
                ("after", side(&late.after)),
            ]))
        });
        Value::List(rows.collect())
    }
}
