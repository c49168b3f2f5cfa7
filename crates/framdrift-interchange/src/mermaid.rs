//! A Gantt chart for tools that show [Mermaid](https://mermaid.js.org/syntax/gantt.html), such as code hosts and wikis.
//!
//! Every task has the dates of the schedule, never `after`: Mermaid would compute other ones. A section is an outermost summary or
//! phase; what belongs to none stands first. Within a section, predecessors stand before successors. Critical rows are
//! `crit`, instants `milestone`, what is finished `done`, what has begun `active`; what is not to be done is left out. Mermaid's line for today is off, so that the picture does not
//! change from day to day.
//!
//! # Limits
//!
//! Mermaid refuses texts of more than 50 000 characters unless told otherwise, so no more than [`MOST_CHARACTERS`] are written:
//! summaries are folded, as [`svg`](crate::svg) says, until there are at most [`Options::rows`] rows and the text is short enough. Names
//! are cut at 80 characters. Links are not drawn: Mermaid has none.

use std::fmt::Write as _;

use framdrift_model::time::{DAY, Minute};

use crate::chart::{Chart, Row};
use crate::order::topological;
use crate::outline::Outline;
use crate::svg::MOST_ROWS;
use crate::text::line;

/// The most characters that are written, a little below what Mermaid takes.
pub const MOST_CHARACTERS: usize = 49_000;

/// The longest name.
const NAME: usize = 80;

/// How a Mermaid chart is written.
#[derive(Clone, Debug)]
pub struct Options {
    rows: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// At most 400 rows.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: 400 }
    }

    /// The most rows, from 2 to [`MOST_ROWS`]; fewer where the text would become too long.
    #[must_use]
    pub fn rows(mut self, most: usize) -> Self {
        self.rows = most.clamp(2, MOST_ROWS);
        self
    }
}

/// A Gantt chart in Mermaid's language.
///
/// # Complexity
/// O(*n* log *n* + *m* log *m*) for *n* rows and *m* links, times at most 25 where the text has to be shortened.
#[must_use]
pub fn gantt(chart: &Chart, options: &Options) -> String {
    let mut most = options.rows;
    loop {
        let text = write(chart, &Outline::new(chart, most));
        // Two rows are always short enough.
        if most <= 2 || text.chars().count() <= MOST_CHARACTERS {
            return text;
        }
        most = (most * 3 / 4).max(2);
    }
}

// Writing to a String cannot fail, so the results of `write!` are not looked at.
fn write(chart: &Chart, outline: &Outline) -> String {
    let mut out = String::from("gantt\n");
    let title = escaped(&line(&chart.title, NAME));
    if !title.is_empty() {
        let _ = writeln!(out, "    title {title}");
    }
    let _ = writeln!(out, "    dateFormat YYYY-MM-DDTHH:mm");
    let _ = writeln!(out, "    axisFormat {}", axis_format(chart.start, chart.finish));
    let _ = writeln!(out, "    todayMarker off");
    if let Some(date) = chart.status_date {
        let _ = writeln!(out, "    status date :milestone, {date}, {date}");
    }

    // The outermost line of each line.
    let mut top: Vec<usize> = Vec::with_capacity(outline.lines.len());
    for (at, line) in outline.lines.iter().enumerate() {
        top.push(line.parent.map_or(at, |up| top[up]));
    }
    let section = |at: usize| Some(top[at]).filter(|top| outline.lines[*top].open);
    let mut listed = topological(chart, outline);
    // Sections in the order of the outline; the sort is stable.
    listed.sort_by_key(|at| section(*at));
    let mut current = None;
    for at in listed {
        let own = section(at);
        // Mermaid has no sign for what is not to be done.
        if chart.rows[outline.lines[at].row].inactive {
            continue;
        }
        if own != current {
            current = own;
            if let Some(summary) = own {
                let _ = writeln!(out, "    section {}", name(&chart.rows[outline.lines[summary].row], 0));
            }
        }
        let line = &outline.lines[at];
        task(&mut out, &chart.rows[line.row], line.folded);
    }
    if let Some(rest) = &outline.rest {
        let _ = writeln!(out, "    section …");
        let _ = writeln!(out, "    {} more rows :{}, {}", rest.count, rest.start, rest.finish);
    }
    out
}

fn task(out: &mut String, row: &Row, folded: usize) {
    let mut data = String::new();
    if row.critical {
        data.push_str("crit, ");
    }
    match row.done {
        Some(1_000..) => data.push_str("done, "),
        Some(_) => data.push_str("active, "),
        None => {}
    }
    if row.start == row.finish {
        data.push_str("milestone, ");
    }
    let _ = writeln!(out, "    {} :{data}{}, {}", name(row, folded), row.start, row.finish);
}

fn name(row: &Row, folded: usize) -> String {
    let mut text = line(row.name(), NAME);
    if text.is_empty() {
        text = line(row.word, NAME);
    }
    if folded > 0 {
        text = format!("{text} (+{folded})");
    }
    escaped(&text)
}

/// What Mermaid's lexer takes for something else at the beginning of a line, whatever follows and in any case.
const KEYWORDS: [&str; 18] = [
    "acc",
    "axisformat",
    "call",
    "click",
    "dateformat",
    "excludes",
    "gantt",
    "href",
    "includes",
    "inclusiveenddates",
    "section",
    "tickinterval",
    "title",
    "todaymarker",
    "topaxis",
    "weekday",
    "weekend",
    "end",
];

/// A name as Mermaid reads it back: characters with a meaning become its entity codes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    let lower: String = text.chars().take(20).collect::<String>().to_lowercase();
    let keyword = KEYWORDS.iter().any(|k| lower.starts_with(k)) || is_date(&lower);
    for (at, c) in text.chars().enumerate() {
        let special = matches!(
            c,
            ':' | ';' | '#' | ',' | '%' | '<' | '>' | '&' | '"' | '\\' | '`' | '{' | '}'
        );
        if special || (at == 0 && keyword) {
            let _ = write!(out, "#{};", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether the lexer would take the beginning for a date.
fn is_date(text: &str) -> bool {
    let shape: String = text
        .chars()
        .take(10)
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape == "0000-00-00"
}

/// How the axis shows a date: by the hour, day or month.
fn axis_format(start: Minute, finish: Minute) -> &'static str {
    match finish.since(start) {
        ..=2_880 => "%H:%M",
        m if m <= 120 * DAY => "%m-%d",
        m if m <= 3_650 * DAY => "%Y-%m",
        _ => "%Y",
    }
}
