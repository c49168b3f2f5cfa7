//! Rows in an order in which what comes first stands first.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use framdrift_model::projection::LinkKind;
use framdrift_model::time::Minute;

use crate::chart::Chart;
use crate::outline::Outline;

/// The lines without lines below them, each behind its predecessors; among those that could come next, by start, finish and
/// position. A link of a summary stands for links of what belongs to it.
///
/// Where links form a ring, which no schedule has, the first line by date goes first.
///
/// O((*n* + *m*) log *n*) for *n* lines and *m* links without rings (Kahn 1962).
pub(crate) fn topological(chart: &Chart, outline: &Outline) -> Vec<usize> {
    let lines = &outline.lines;
    // Each line has two vertices: where it begins (even) and where it has ended (odd).
    let (begin, end) = (|line: usize| 2 * line, |line: usize| 2 * line + 1);
    let mut arcs: Vec<(usize, usize)> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        arcs.push((begin(at), end(at)));
        if let Some(up) = line.parent {
            arcs.push((begin(up), begin(at)));
            arcs.push((end(at), end(up)));
        }
    }
    for link in &outline.links {
        let whole = link.link.kind == LinkKind::FinishToStart || !lines[link.from].open;
        let from = if whole { end(link.from) } else { begin(link.from) };
        arcs.push((from, begin(link.to)));
    }
    arcs.sort_unstable();
    let mut waits = vec![0_usize; 2 * lines.len()];
    for (_, to) in &arcs {
        waits[*to] += 1;
    }
    let key = |vertex: usize| {
        let at = vertex / 2;
        let row = &chart.rows[lines[at].row];
        // Ends and summaries are no rows of the list, so they never hold others up.
        let listed = vertex == begin(at) && !lines[at].open;
        let dates = if listed {
            (row.start, row.finish)
        } else {
            (Minute::MIN, Minute::MIN)
        };
        Reverse((dates, at, vertex))
    };
    let mut heap: BinaryHeap<_> = (0..waits.len()).filter(|v| waits[*v] == 0).map(key).collect();
    let mut done = vec![false; waits.len()];
    let mut order = Vec::new();
    loop {
        let next = match heap.pop() {
            Some(Reverse((_, _, vertex))) => vertex,
            None => match (0..done.len()).filter(|v| !done[*v]).max_by_key(|v| key(*v)) {
                Some(vertex) => vertex,
                None => return order,
            },
        };
        if std::mem::replace(&mut done[next], true) {
            continue;
        }
        if next == begin(next / 2) && !lines[next / 2].open {
            order.push(next / 2);
        }
        let first = arcs.partition_point(|(from, _)| *from < next);
        for (_, to) in arcs[first..].iter().take_while(|(from, _)| *from == next) {
            waits[*to] -= 1;
            if waits[*to] == 0 && !done[*to] {
                heap.push(key(*to));
            }
        }
    }
}
