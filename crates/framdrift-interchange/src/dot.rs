//! The network of activities and links, for [Graphviz](https://graphviz.org/doc/info/lang.html).
//!
//! Nodes carry id, title, dates and float; summaries and phases are clusters, and a link of one of them ends at its
//! frame. Links carry their kind and lag unless they are plain finish-to-start. What is critical has a bold frame and says so; links that
//! drive a critical row are bold, links that drive nothing are thin. Draw it with `dot -Tsvg`.
//!
//! # Limits
//!
//! At most [`Options::rows`] nodes, folded as [`svg`](crate::svg) says, and [`MOST_LINKS`] links, those of critical rows and then
//! those that drive a date first. Clusters nest 30 deep, what is deeper stands in the last of them. Texts are cut at 200
//! characters. Graphviz itself takes seconds for 150 nodes with many links, and minutes for 500.

use std::fmt::{self, Write as _};

use framdrift_model::projection::LinkKind;

use crate::chart::{Chart, Row, Shape, short};
use crate::outline::{Line, LineLink, Outline};
use crate::svg::{MOST_LINKS, MOST_ROWS};
use crate::text::{iso, last_day, line};

/// How deep clusters nest.
const DEEPEST: usize = 30;

/// How many characters of a title stand on one line of a node.
const WRAP: usize = 28;

/// How a network is written.
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
    /// At most 150 nodes.
    #[must_use]
    pub fn new() -> Self {
        Self { rows: 150 }
    }

    /// The most nodes and clusters, from 2 to [`MOST_ROWS`].
    #[must_use]
    pub fn rows(mut self, most: usize) -> Self {
        self.rows = most.clamp(2, MOST_ROWS);
        self
    }
}

/// The network of a schedule in the language of Graphviz.
///
/// # Complexity
/// O(*n* log *n* + *m* log *m*) for *n* rows and *m* links.
#[must_use]
pub fn network(chart: &Chart, options: &Options) -> String {
    let outline = Outline::new(chart, options.rows);
    let mut out = String::from("digraph schedule {\n");
    let title = line(&chart.title, 200);
    let _ = writeln!(
        out,
        "  graph [rankdir=LR, compound=true, newrank=true, labelloc=t, fontname=\"Helvetica\", fontsize=16, label={}];",
        Quoted(&[&title])
    );
    out.push_str("  node [shape=box, style=filled, fillcolor=\"#ffffff\", color=\"#00507a\", fontname=\"Helvetica\", fontsize=10];\n");
    out.push_str("  edge [color=\"#6b6b6b\", fontname=\"Helvetica\", fontsize=9];\n");
    let links = choose(&outline);
    let anchors = Anchors::of(&outline, &links);
    nodes(&mut out, chart, &outline, &anchors);
    anchors.ties(&mut out, &outline);
    edges(&mut out, chart, &outline, &links, &anchors);
    out.push_str("}\n");
    out
}

// Writing to a String cannot fail, so the results of `write!` are not looked at.

/// Whether a line is drawn as a frame around others.
fn is_cluster(line: &Line) -> bool {
    line.open && line.depth < DEEPEST
}

fn nodes(out: &mut String, chart: &Chart, outline: &Outline, anchors: &Anchors) {
    let mut frames = 0;
    for (at, item) in outline.lines.iter().enumerate() {
        let row = &chart.rows[item.row];
        while frames > item.depth.min(DEEPEST) {
            let _ = writeln!(out, "{:width$}}}", "", width = 2 * frames);
            frames -= 1;
        }
        let indent = 2 * (frames + 1);
        if is_cluster(item) {
            let bold = if row.critical { ", penwidth=2.5" } else { ", penwidth=1" };
            let _ = writeln!(out, "{:indent$}subgraph cluster_{} {{", "", item.row);
            let (title, dates) = (name(row, item.folded), span(row));
            let label = Quoted(&[&title, &dates]);
            let _ = writeln!(
                out,
                "{:indent$}  graph [fontsize=12, style=filled, fillcolor=\"#f4f6f8\", color=\"#4d4d4d\"{bold}, label={label}];",
                ""
            );
            frames += 1;
        } else if !item.open {
            node(out, row, item, indent);
        }
        let indent = 2 * (frames + 1);
        for end in [false, true] {
            if if end { anchors.end[at] } else { anchors.begin[at] } {
                let name = anchors.name(outline, at, end);
                let _ = writeln!(
                    out,
                    "{:indent$}{name} [shape=point, style=invis, width=0.02, label=\"\"];",
                    ""
                );
            }
        }
    }
    for frame in (1..=frames).rev() {
        let _ = writeln!(out, "{:width$}}}", "", width = 2 * frame);
    }
    if let Some(rest) = &outline.rest {
        let text = format!("{} more rows", rest.count);
        let _ = writeln!(out, "  rest [style=dashed, label={}];", Quoted(&[&text]));
    }
}

fn node(out: &mut String, row: &Row, item: &Line, indent: usize) {
    let id = line(&row.id, 200);
    let (title, dates) = (name(row, item.folded), span(row));
    let float = match (row.critical, row.total_float) {
        _ if row.inactive => "not to be done".to_owned(),
        (true, 0) => "critical".to_owned(),
        (true, float) => format!("critical, float {}{}", row.in_words(float), row.by_what()),
        (false, float) => format!("float {}{}", row.in_words(float), row.by_what()),
    };
    let mut lines: Vec<&str> = vec![&id];
    let wrapped = wrap(&title);
    if title != id {
        lines.extend(wrapped.iter().map(String::as_str));
    }
    if !row.inactive {
        lines.push(&dates);
    }
    lines.push(&float);
    let shape = match row.shape {
        _ if row.inactive => ", style=dashed",
        Shape::Gate => ", shape=octagon, peripheries=2",
        Shape::Milestone => ", shape=hexagon",
        Shape::Meeting => ", style=\"rounded,filled\"",
        Shape::Summary | Shape::Phase => ", shape=folder",
        Shape::Work => "",
    };
    let bold = if row.critical {
        ", penwidth=2.5, color=\"#000000\", fillcolor=\"#fbd9bf\""
    } else {
        ""
    };
    let _ = writeln!(
        out,
        "{:indent$}n{} [label={}{shape}{bold}];",
        "",
        item.row,
        Quoted(&lines)
    );
}

fn name(row: &Row, folded: usize) -> String {
    let name = line(row.name(), 200);
    if folded > 0 {
        format!("{name} (+{folded})")
    } else {
        name
    }
}

fn span(row: &Row) -> String {
    let (first, last) = (iso(row.start), iso(last_day(row.start, row.finish)));
    if first == last {
        first
    } else {
        format!("{first} – {last}")
    }
}

/// A title on lines of its own, broken between words.
fn wrap(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(last) if last.chars().count() + 1 + word.chars().count() <= WRAP => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The links that are drawn.
fn choose(outline: &Outline) -> Vec<&LineLink> {
    let mut chosen: Vec<&LineLink> = outline.links.iter().collect();
    if chosen.len() > MOST_LINKS {
        chosen.sort_by_key(|l| (!l.link.critical, !l.link.driving));
        chosen.truncate(MOST_LINKS);
        chosen.sort_by_key(|l| (l.from, l.to, l.link.kind));
    }
    chosen
}

fn edges(out: &mut String, chart: &Chart, outline: &Outline, links: &[&LineLink], anchors: &Anchors) {
    for link in links {
        let (from_end, to_end) = ends(link.link.kind);
        let (from, to) = (&outline.lines[link.from], &outline.lines[link.to]);
        let mut attributes: Vec<String> = Vec::new();
        if is_cluster(from) {
            attributes.push(format!("ltail=cluster_{}", from.row));
        }
        if is_cluster(to) {
            attributes.push(format!("lhead=cluster_{}", to.row));
        }
        let words = short(&link.link, &chart.rows[to.row]);
        if words != "FS" {
            attributes.push(format!("label={}", Quoted(&[&words])));
        }
        if link.link.critical {
            attributes.push("penwidth=2.5, color=\"#000000\"".to_owned());
        } else if !link.link.driving {
            attributes.push("penwidth=0.6".to_owned());
        }
        let (tail, head) = (
            anchors.name(outline, link.from, from_end),
            anchors.name(outline, link.to, to_end),
        );
        let attributes = if attributes.is_empty() {
            String::new()
        } else {
            format!(" [{}]", attributes.join(", "))
        };
        let _ = writeln!(out, "  {tail} -> {head}{attributes};");
    }
}

/// Where links of clusters end: invisible points before and behind everything that belongs to one. By line; false for what is no
/// cluster or has no such link.
struct Anchors {
    begin: Vec<bool>,
    end: Vec<bool>,
}

impl Anchors {
    fn of(outline: &Outline, links: &[&LineLink]) -> Self {
        let lines = &outline.lines;
        let mut anchors = Self {
            begin: vec![false; lines.len()],
            end: vec![false; lines.len()],
        };
        for link in links {
            let (from_end, to_end) = ends(link.link.kind);
            for (line, end) in [(link.from, from_end), (link.to, to_end)] {
                let side = if end { &mut anchors.end } else { &mut anchors.begin };
                side[line] |= lines[line].open;
            }
        }
        // What is inside of a cluster with a point lies between points as well, down to the leaves.
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.open) {
            if let Some(up) = line.parent {
                anchors.begin[at] |= anchors.begin[up];
                anchors.end[at] |= anchors.end[up];
            }
        }
        anchors
    }

    /// The name of the node that a link touches at one end of a line.
    fn name(&self, outline: &Outline, line: usize, end: bool) -> String {
        let item = &outline.lines[line];
        let kind = match (item.open, end) {
            (false, _) => 'n',
            (true, false) => 'b',
            (true, true) => 'e',
        };
        format!("{kind}{}", item.row)
    }

    /// Ties each part of a cluster to its points, so that it is placed between them.
    fn ties(&self, out: &mut String, outline: &Outline) {
        for (at, line) in outline.lines.iter().enumerate() {
            let Some(up) = line.parent else { continue };
            if self.begin[up] {
                let (tail, head) = (self.name(outline, up, false), self.name(outline, at, false));
                let _ = writeln!(out, "  {tail} -> {head} [style=invis, weight=0];");
            }
            if self.end[up] {
                let (tail, head) = (self.name(outline, at, true), self.name(outline, up, true));
                let _ = writeln!(out, "  {tail} -> {head} [style=invis, weight=0];");
            }
        }
    }
}

/// Whether a link ties the finish of its predecessor, and that of its successor.
fn ends(kind: LinkKind) -> (bool, bool) {
    match kind {
        LinkKind::FinishToStart => (true, false),
        LinkKind::StartToStart => (false, false),
        LinkKind::FinishToFinish => (true, true),
        LinkKind::StartToFinish => (false, true),
    }
}

/// A string in Graphviz's language, one line below the other.
struct Quoted<'a>(&'a [&'a str]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for (n, line) in self.0.iter().enumerate() {
            if n > 0 {
                f.write_str("\\n")?;
            }
            for c in line.chars() {
                match c {
                    '"' => f.write_str("\\\"")?,
                    '\\' => f.write_str("\\\\")?,
                    // Graphviz reads entities in its texts.
                    '&' => f.write_str("&amp;")?,
                    c if c.is_control() => {}
                    c => f.write_char(c)?,
                }
            }
        }
        f.write_char('"')
    }
}
