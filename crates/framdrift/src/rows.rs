//! A schedule as rows: for people as a table, for programs as JSON and CSV.

use std::fmt::Write as _;

use framdrift_model::id::Uid;
use framdrift_model::projection::{BoundKind, Counts, Mode, NodeIx};
use framdrift_model::value::Value;
use framdrift_schedule::explain::decides;
use framdrift_schedule::{Dates, Schedule};

use crate::plan::Plan;

/// A node of a schedule with everything one wants to show of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Row {
    /// The node.
    pub node: NodeIx,
    /// Its id, as references write it.
    pub id: String,
    /// What it is: `activity`, `meeting`, `gate`, …
    pub kind: &'static str,
    /// Its address in the programme.
    pub address: String,
    /// What people call it.
    pub title: Option<String>,
    /// The number that another tool knows it by. An instance has none: its template has it.
    pub uid: Option<Uid>,
    /// How many summaries it is part of.
    pub depth: usize,
    /// Its dates and floats; floats in minutes of what `counts` says.
    pub dates: Dates,
    /// What its floats count: working minutes of its calendar, or civil minutes where it runs by the clock.
    pub counts: Counts,
    /// Whether it lies on a chain of drivers that decides when the programme finishes, as
    /// [`decides`](framdrift_schedule::explain::decides) tells.
    pub on_critical_path: bool,
    /// Whether it stands at a date of its own: a planned date, a date that it must start or finish on, typed dates. It has no float
    /// then, whatever follows it.
    pub pinned: bool,
}

impl Row {
    /// The row for programs: an entry of [`Plan::schedule_value`].
    #[must_use]
    pub fn value(&self) -> Value {
        let about = [
            ("id", Value::text(&self.id)),
            ("kind", Value::from(self.kind)),
            ("address", Value::text(&self.address)),
            ("uid", self.uid.map_or(Value::Null, |uid| Value::Integer(uid.get()))),
            ("title", Value::text_or_null(self.title.as_ref())),
        ];
        let stands = [
            ("on_critical_path", Value::Bool(self.on_critical_path)),
            ("pinned", Value::Bool(self.pinned)),
        ];
        let fields = about.into_iter().chain(dated(&self.dates, self.counts)).chain(stands);
        Value::Table(fields.map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

/// The fields of dates, and beside the floats what they count.
pub(crate) fn dated(dates: &Dates, counts: Counts) -> impl Iterator<Item = (&'static str, Value)> {
    let counts = ("float_counts", Value::from(counts.word()));
    let fields = dates.fields().into_iter();
    fields.flat_map(move |field| match field.0 {
        "free_float" => vec![field, counts.clone()],
        _ => vec![field],
    })
}

framdrift_model::serialize_as_value!(Row);

impl Plan {
    /// Every node of the schedule, in document order; none where the programme has no start.
    #[must_use]
    pub fn rows(&self) -> Vec<Row> {
        let nodes = &self.network().projection().nodes;
        let counts = self.network().projection().counts();
        let lookup = self.programme().lookup();
        let mut depths: Vec<usize> = Vec::with_capacity(nodes.len());
        let decides = self
            .schedule()
            .map(|schedule| decides(self.network(), schedule))
            .unwrap_or_default();
        let schedule = self.schedule().into_iter().flat_map(Schedule::iter);
        let rows = schedule.map(|(ix, dates)| {
            let node = &nodes[ix.index()];
            let depth = node.parent.map_or(0, |p| depths[p.index()] + 1);
            depths.push(depth);
            Row {
                node: ix,
                id: node.id.to_string(),
                kind: node.kind.word(),
                address: lookup.place(node).address.to_string(),
                title: lookup.title(node),
                uid: lookup.uid(node),
                depth,
                dates,
                counts: counts[ix.index()],
                on_critical_path: decides[ix.index()],
                pinned: self.is_pinned(ix, &dates),
            }
        });
        rows.collect()
    }

    /// Whether a node stands at a date of its own: one that it is planned for or must keep, and that nothing pushes it past, or
    /// one that was typed in. What has happened no longer does.
    fn is_pinned(&self, ix: NodeIx, dates: &Dates) -> bool {
        let projection = self.network().projection();
        let node = &projection.nodes[ix.index()];
        let happened = self
            .facts()
            .of(ix)
            .is_some_and(|fact| fact.started.or(fact.finished).is_some());
        match node.mode {
            _ if happened => false,
            Mode::Manual { .. } => true,
            Mode::Computed if !node.summary => {
                let calendar = &projection.calendars[node.calendar.index()];
                node.bounds.iter().any(|bound| {
                    let date = match bound.kind {
                        BoundKind::MustStart => dates.start,
                        BoundKind::MustFinish => dates.finish,
                        _ => return false,
                    };
                    date <= bound.at || node.counts().between(calendar, bound.at, date) <= 0
                })
            }
            _ => false,
        }
    }

    /// The ids of the critical path, from the first to the last.
    #[must_use]
    pub fn critical_path(&self) -> Vec<String> {
        let steps = self
            .schedule()
            .map(|s| s.critical_path(self.network()))
            .unwrap_or_default();
        steps.iter().map(|step| self.id(step.node).to_owned()).collect()
    }

    /// The schedule for programs: `{"format": 1, "start", "finish", "critical_path", "activities": [{"id", "kind", "address", "uid",
    /// "title", "start", "finish", "early_start", …, "total_float", "free_float", "float_counts", "critical",
    /// "on_critical_path", "pinned"}]}`. Dates are local, as
    /// `YYYY-MM-DDTHH:MM`; floats are minutes, of what `float_counts` says: `working-time` of the node's calendar, or `clock` where it
    /// runs by the clock; `critical` is what has no total float, `on_critical_path` and `pinned` are as in [`Row`]; `uid` is a number or null. Null where the programme has no start.
    #[must_use]
    pub fn schedule_value(&self) -> Value {
        let Some(schedule) = self.schedule() else {
            return Value::Null;
        };
        let rows = self.rows();
        Value::table([
            ("format", Value::Integer(1)),
            ("start", Value::text(schedule.start())),
            ("finish", Value::text(schedule.finish())),
            (
                "critical_path",
                Value::List(self.critical_path().into_iter().map(Value::Text).collect()),
            ),
            ("activities", Value::List(rows.iter().map(Row::value).collect())),
        ])
    }

    /// The schedule as CSV (RFC 4180): a header and a line per node.
    #[must_use]
    pub fn schedule_csv(&self) -> String {
        let mut out = String::from(
            "id,kind,address,uid,title,start,finish,early_start,early_finish,late_start,late_finish,total_float,free_float,float_counts,critical,on_critical_path,pinned\r\n",
        );
        for row in self.rows() {
            let d = row.dates;
            let title = row.title.unwrap_or_default();
            let _ = write!(
                out,
                "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n",
                quoted(&row.id),
                row.kind,
                quoted(&row.address),
                row.uid.map(|uid| uid.to_string()).unwrap_or_default(),
                quoted(&title),
                d.start,
                d.finish,
                d.early_start,
                d.early_finish,
                d.late_start,
                d.late_finish,
                d.total_float,
                d.free_float,
                row.counts.word(),
                d.critical,
                row.on_critical_path,
                row.pinned
            );
        }
        out
    }

    /// The schedule as a table for people: rows on the critical path carry a `*`, other rows that stand at a date of their own a
    /// `=`. Floats are in words as [`Plan::in_words`] gives them, and a
    /// line below says so where some count by the clock.
    #[must_use]
    pub fn schedule_table(&self) -> String {
        let Some(schedule) = self.schedule() else {
            return String::new();
        };
        let rows = self.rows();
        let label = |row: &Row| format!("{}{}", "  ".repeat(row.depth.min(6)), row.id);
        let widest = rows
            .iter()
            .map(|r| label(r).chars().count())
            .max()
            .unwrap_or(2)
            .clamp(2, 48);
        let mark = |row: &Row| match (row.on_critical_path, row.pinned) {
            (true, _) => '*',
            (false, true) => '=',
            (false, false) => ' ',
        };
        let pinned = match rows.iter().any(|row| mark(row) == '=') {
            true => ", = stands at a date of its own",
            false => "",
        };
        let mut out = String::new();
        let _ = writeln!(
            out,
            "{} to {}; * critical path{pinned}\n\n  {:widest$}  {:8}  {:16}  {:16}  {:>7}  {:>7}  title",
            schedule.start(),
            schedule.finish(),
            "id",
            "kind",
            "start",
            "finish",
            "total",
            "free"
        );
        for row in &rows {
            let d = row.dates;
            let mark = mark(row);
            let line = format!(
                "{mark} {:widest$}  {:8}  {}  {}  {:>7}  {:>7}  {}",
                label(row),
                row.kind,
                d.start,
                d.finish,
                self.in_words(row.node, d.total_float),
                self.in_words(row.node, d.free_float),
                row.title.as_deref().unwrap_or("")
            );
            out.push_str(line.trim_end());
            out.push('\n');
        }
        if rows.iter().any(|row| row.counts == Counts::Clock) {
            out.push_str("\n  ed, eh: float by the clock\n");
        }
        out
    }
}

/// A CSV field, quoted where it has to be. A field that a spreadsheet would take for a formula is led by an apostrophe.
fn quoted(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if guarded.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}
