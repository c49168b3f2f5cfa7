//! The work breakdown: summaries above the activities.

use std::collections::HashMap;

use framdrift_model::document::ActivityDoc;
use framdrift_model::limits::DEEPEST_PARTS;

use super::table::Tables;
use super::tasks::Tasks;
use crate::loss::{LossKind, LossReport, Spot};

/// The elements of a project's work breakdown.
pub(super) struct Breakdown {
    elements: Vec<Element>,
    by_id: HashMap<i64, usize>,
    title: Option<String>,
}

struct Element {
    id: i64,
    name: String,
    line: u32,
    sequence: i64,
    /// The element it is part of; none below the project itself.
    parent: Option<usize>,
    /// Whether it is the project itself.
    root: bool,
}

impl Breakdown {
    pub(super) fn of(tables: &mut Tables<'_>, project: &str, loss: &mut LossReport) -> Self {
        let mut table = tables.take("PROJWBS");
        let id = table.column("wbs_id");
        let owner = table.column("proj_id");
        let sequence = table.column("seq_num");
        let root = table.column("proj_node_flag");
        let (name, short) = (table.column("wbs_name"), table.column("wbs_short_name"));
        let parent = table.column("parent_wbs_id");
        let mut this = Self {
            elements: Vec::new(),
            by_id: HashMap::new(),
            title: None,
        };
        let mut parents = Vec::new();
        for row in table.rows().filter(|row| row.get(owner) == project) {
            let found = row.get(id).parse::<i64>().ok().filter(|id| *id >= 0);
            let Some(id) = found.filter(|id| !this.by_id.contains_key(id)) else {
                let why = "an element without a number of its own cannot be referred to, and is left out";
                loss.add(LossKind::Changed, "PROJWBS.wbs_id", why, || {
                    Spot::line(row.line()).value(row.get(id))
                });
                continue;
            };
            this.by_id.insert(id, this.elements.len());
            parents.push(row.get(parent).parse::<i64>().ok());
            let name = [row.get(name), row.get(short)]
                .into_iter()
                .find(|name| !name.is_empty());
            let root = row.get(root) == "Y";
            if root && this.title.is_none() {
                this.title = name.map(str::to_owned);
            }
            this.elements.push(Element {
                id,
                name: name.unwrap_or_default().to_owned(),
                line: row.line(),
                sequence: row.get(sequence).parse().unwrap_or(0),
                parent: None,
                root,
            });
        }
        for (at, parent) in parents.into_iter().enumerate() {
            let found = parent.and_then(|id| this.by_id.get(&id).copied());
            this.elements[at].parent = found.filter(|parent| !this.elements[*parent].root);
        }
        this.cut_rings(loss);
        table.account(loss, |row| row.get(owner) == project);
        this
    }

    /// The name of the project's own element.
    pub(super) fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Elements that are part of each other, or lie deeper than can be held, stand on their own.
    fn cut_rings(&mut self, loss: &mut LossReport) {
        for at in 0..self.elements.len() {
            let mut line = std::iter::successors(self.elements[at].parent, |up| self.elements[*up].parent);
            // An activity lies one level below.
            if line.nth(DEEPEST_PARTS - 2).is_some() {
                let element = &self.elements[at];
                let why = "it lies deeper than can be held, or is part of itself; it stands on its own";
                loss.add(LossKind::Changed, "PROJWBS.parent_wbs_id", why, || {
                    Spot::line(element.line).about(&element.name)
                });
                self.elements[at].parent = None;
            }
        }
    }

    /// Summaries and activities, each element followed by its activities and then by the elements below it.
    pub(super) fn activities(&self, tasks: Tasks, loss: &mut LossReport) -> Vec<ActivityDoc> {
        let mut inside: Vec<Vec<ActivityDoc>> = self.elements.iter().map(|_| Vec::new()).collect();
        let mut out = Vec::new();
        for task in tasks.list {
            let mut activity = task.activity;
            let element = task.wbs.and_then(|id| self.by_id.get(&id).copied());
            match element.filter(|at| !self.elements[*at].root) {
                Some(at) => {
                    activity.part_of = Some(format!("w{}", self.elements[at].id).into());
                    inside[at].push(activity);
                }
                None => out.push(activity),
            }
        }
        let filled = self.filled(&inside);
        let mut below: Vec<Vec<usize>> = self.elements.iter().map(|_| Vec::new()).collect();
        let mut open: Vec<usize> = Vec::new();
        for (at, element) in self.elements.iter().enumerate().filter(|(_, element)| !element.root) {
            match element.parent {
                Some(parent) => below[parent].push(at),
                None => open.push(at),
            }
        }
        let in_order = |list: &mut Vec<usize>| {
            // The last is taken first.
            list.sort_by_key(|at| std::cmp::Reverse((self.elements[*at].sequence, *at)));
        };
        in_order(&mut open);
        while let Some(at) = open.pop() {
            let element = &self.elements[at];
            if !filled[at] {
                let why = "an element without activities spans nothing";
                loss.add(LossKind::NotKept, "PROJWBS", why, || {
                    Spot::line(element.line).about(&element.name)
                });
                continue;
            }
            let mut summary = ActivityDoc::new(format!("w{}", element.id));
            summary.title = (!element.name.is_empty()).then(|| element.name.as_str().into());
            summary.part_of = element.parent.map(|up| format!("w{}", self.elements[up].id).into());
            out.push(summary);
            out.append(&mut inside[at]);
            let mut children = std::mem::take(&mut below[at]);
            in_order(&mut children);
            open.append(&mut children);
        }
        out
    }

    /// Whether there is an activity in each element or below it.
    fn filled(&self, inside: &[Vec<ActivityDoc>]) -> Vec<bool> {
        let mut filled = vec![false; self.elements.len()];
        for at in (0..self.elements.len()).filter(|at| !inside[*at].is_empty()) {
            let line = std::iter::successors(Some(at), |up| self.elements[*up].parent);
            for up in line {
                if std::mem::replace(&mut filled[up], true) {
                    break;
                }
            }
        }
        filled
    }
}
