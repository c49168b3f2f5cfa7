//! In which order rows are drawn, and which of them are folded into their summaries when there are too many.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use framdrift_model::projection::LinkKind;
use framdrift_model::time::Minute;

use crate::chart::{Chart, Link, Row};

/// The rows of a picture from top to bottom, and the links between them.
#[derive(Clone, Debug)]
pub(crate) struct Outline {
    pub(crate) lines: Vec<Line>,
    /// Between lines, by position; one for each pair of lines and kind.
    pub(crate) links: Vec<LineLink>,
    /// What neither has a line nor a summary to be folded into.
    pub(crate) rest: Option<Rest>,
}

/// One row of a picture.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// Position in [`Chart::rows`].
    pub(crate) row: usize,
    /// How many summaries it is part of.
    pub(crate) depth: usize,
    /// The line of its summary.
    pub(crate) parent: Option<usize>,
    /// How many rows are folded into it.
    pub(crate) folded: usize,
    /// Whether lines follow that belong to it.
    pub(crate) open: bool,
}

/// A link between two lines.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LineLink {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The link it stands for: of several, the first that is critical, else the first that drives.
    pub(crate) link: Link,
    /// How many links it stands for.
    pub(crate) count: usize,
}

/// Rows that are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rest {
    pub(crate) count: usize,
    pub(crate) start: Minute,
    pub(crate) finish: Minute,
}

/// The parent of a row, where it stands before the row.
fn parent(chart: &Chart, row: usize) -> Option<usize> {
    chart.rows[row].parent.filter(|p| *p < row)
}

impl Outline {
    /// Orders the rows of a chart and folds them until at most `most` are left, the line for the rest included.
    ///
    /// What belongs to a summary follows it; among themselves rows stand by start, finish and position. Folded is first
    /// the summary with the most rows below it among those whose own parts are already folded or leaves; among equals the
    /// deepest. When only outermost rows are left and they are too many, the critical ones are kept first.
    ///
    /// O(*n* log *n* + *m* log *m*) for *n* rows and *m* links, without recursion.
    pub(crate) fn new(chart: &Chart, most: usize) -> Self {
        let most = most.max(2);
        let rows = &chart.rows;
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
        let mut depth = vec![0_usize; rows.len()];
        let mut outermost = Vec::new();
        for row in 0..rows.len() {
            match parent(chart, row) {
                Some(p) => {
                    depth[row] = depth[p] + 1;
                    children[p].push(row);
                }
                None => outermost.push(row),
            }
        }
        let by_date = |list: &mut Vec<usize>| list.sort_by_key(|r| (rows[*r].start, rows[*r].finish, *r));
        by_date(&mut outermost);
        children.iter_mut().for_each(by_date);

        let folded = fold(chart, &children, &depth, most);
        let rest = leave_out(rows, &mut outermost, &folded, &children, most);
        let mut outline = Self {
            lines: Vec::new(),
            links: Vec::new(),
            rest,
        };
        // The line of each row, that of its folded summary where it has none of its own.
        let mut line_of: Vec<Option<usize>> = vec![None; rows.len()];
        let mut todo: Vec<usize> = outermost.into_iter().rev().collect();
        while let Some(row) = todo.pop() {
            let line = outline.lines.len();
            line_of[row] = Some(line);
            let up = parent(chart, row);
            outline.lines.push(Line {
                row,
                depth: depth[row],
                parent: up.and_then(|p| line_of[p]),
                folded: folded[row],
                open: folded[row] == 0 && !children[row].is_empty(),
            });
            if folded[row] == 0 {
                todo.extend(children[row].iter().rev());
            }
        }
        for row in 0..rows.len() {
            if line_of[row].is_none() {
                line_of[row] = parent(chart, row).and_then(|p| line_of[p]);
            }
        }
        outline.links = links(chart, &outline.lines, &line_of);
        outline
    }
}

/// How many rows each row has folded into it.
fn fold(chart: &Chart, children: &[Vec<usize>], depth: &[usize], most: usize) -> Vec<usize> {
    let mut folded = vec![0_usize; children.len()];
    let mut left = children.len();
    if left <= most {
        return folded;
    }
    // How many of its children are summaries that are not folded yet.
    let mut unfolded: Vec<usize> = children
        .iter()
        .map(|list| list.iter().filter(|c| !children[**c].is_empty()).count())
        .collect();
    let key = |row: usize| (children[row].len(), depth[row], Reverse(row));
    let ready = (0..children.len()).filter(|row| !children[*row].is_empty() && unfolded[*row] == 0);
    let mut heap: BinaryHeap<_> = ready.map(key).collect();
    while left > most {
        let Some((count, _, Reverse(row))) = heap.pop() else {
            break;
        };
        left -= count;
        folded[row] = children[row].iter().map(|c| 1 + folded[*c]).sum();
        if let Some(up) = parent(chart, row) {
            unfolded[up] -= 1;
            if unfolded[up] == 0 {
                heap.push(key(up));
            }
        }
    }
    folded
}

/// Takes outermost rows away while there are too many of them.
fn leave_out(
    rows: &[Row],
    outermost: &mut Vec<usize>,
    folded: &[usize],
    children: &[Vec<usize>],
    most: usize,
) -> Option<Rest> {
    // Once everything that can be folded is, each outermost row is one line.
    let all_folded = outermost.iter().all(|r| children[*r].is_empty() || folded[*r] > 0);
    if !all_folded || outermost.len() <= most {
        return None;
    }
    let mut kept: Vec<usize> = outermost.clone();
    kept.sort_by_key(|r| !rows[*r].critical);
    let left_out = kept.split_off(most - 1);
    let rest = Rest {
        count: left_out.iter().map(|r| 1 + folded[*r]).sum(),
        start: left_out.iter().map(|r| rows[*r].start).min()?,
        finish: left_out.iter().map(|r| rows[*r].finish).max()?,
    };
    kept.sort_by_key(|r| (rows[*r].start, rows[*r].finish, *r));
    *outermost = kept;
    Some(rest)
}

fn links(chart: &Chart, lines: &[Line], line_of: &[Option<usize>]) -> Vec<LineLink> {
    let mut found: BTreeMap<(usize, usize, LinkKind), LineLink> = BTreeMap::new();
    let ends = ends(lines);
    let end = |row: usize| line_of.get(row).copied().flatten();
    for link in &chart.links {
        let (Some(from), Some(to)) = (end(link.from), end(link.to)) else {
            continue;
        };
        // One of them is the other, or belongs to it.
        let (first, second) = (from.min(to), from.max(to));
        if second < ends[first] {
            continue;
        }
        let rank = |l: &Link| (l.critical, l.driving);
        let fresh = LineLink {
            from,
            to,
            link: *link,
            count: 0,
        };
        let known = found.entry((from, to, link.kind)).or_insert(fresh);
        if rank(link) > rank(&known.link) {
            known.link = *link;
        }
        known.count += 1;
    }
    found.into_values().collect()
}

/// For each line, the first line behind it that does not belong to it.
fn ends(lines: &[Line]) -> Vec<usize> {
    let mut ends: Vec<usize> = (1..=lines.len()).collect();
    for line in (0..lines.len()).rev() {
        if let Some(up) = lines[line].parent {
            ends[up] = ends[up].max(ends[line]);
        }
    }
    ends
}
