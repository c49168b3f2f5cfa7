//! Links, drawn along rows and columns.

use std::fmt::Write as _;

use framdrift_model::projection::LinkKind;

use super::layout::Layout;
use super::paint::{Px, Xml};
use crate::chart::short;
use crate::outline::LineLink;
use crate::text::{Tenths, line};

/// How far a line leads away from a bar before it turns.
const STUB: Tenths = 55;

/// A point of a line.
type Point = (Tenths, Tenths);

/// Critical links are drawn last, so that they lie on top.
pub(super) fn draw(out: &mut String, layout: &Layout<'_>) {
    for critical in [false, true] {
        for link in layout.links.iter().filter(|l| l.link.critical == critical) {
            one(out, layout, link);
        }
    }
}

fn one(out: &mut String, layout: &Layout<'_>, link: &LineLink) {
    let points = route(layout, link);
    let (from, to) = (layout.row_of(link.from), layout.row_of(link.to));
    let mut what = format!(
        "{} → {}: {}",
        line(&from.id, 200),
        line(&to.id, 200),
        short(&link.link, to)
    );
    if link.count > 1 {
        let _ = write!(what, ", {} links", link.count);
    }
    let mut path = format!("M{} {}", Px(points[0].0), Px(points[0].1));
    for pair in points.windows(2) {
        let ((x0, y0), (x, y)) = (pair[0], pair[1]);
        let _ = if y == y0 && x != x0 {
            write!(path, "H{}", Px(x))
        } else {
            write!(path, "V{}", Px(y))
        };
    }
    let (shaft, head) = if link.link.critical {
        ("fd-linkc", "fd-headc")
    } else {
        ("fd-link", "fd-head")
    };
    let _ = writeln!(
        out,
        "<g><title>{}</title><path class=\"{shaft}\" d=\"{path}\"/><path class=\"{head}\" d=\"{}\"/></g>",
        Xml(&what),
        arrow(points[points.len() - 2], points[points.len() - 1])
    );
}

/// The head of an arrow that ends a line.
fn arrow((x0, y0): Point, (x, y): Point) -> String {
    let (dx, dy) = ((x - x0).signum(), (y - y0).signum());
    match (dx, dy) {
        (0, dy) => format!(
            "M{} {}l{} {}h6z",
            Px(x),
            Px(y),
            Px(-30),
            Px(if dy < 0 { 50 } else { -50 })
        ),
        (dx, _) => format!(
            "M{} {}l{} {}v6z",
            Px(x),
            Px(y),
            Px(if dx < 0 { 50 } else { -50 }),
            Px(-30)
        ),
    }
}

/// The end of a row that a line touches.
#[derive(Clone, Copy)]
struct End {
    /// Where a line along the row touches it.
    side: Tenths,
    /// The column of the instant itself, which differs for a diamond.
    x: Tenths,
    y: Tenths,
    /// Half the height of what is drawn there.
    half: Tenths,
    point: bool,
}

fn end(layout: &Layout<'_>, line: usize, finish: bool) -> End {
    let row = layout.row_of(line);
    let point = row.shape.is_point();
    let x = layout.axis.x(if finish { row.finish } else { row.start });
    let (left, right) = layout.extent(row);
    End {
        // A bar that is drawn longer than it lasts, so that it is seen, is left where it really ends.
        side: match (point, finish) {
            (false, _) => x,
            (true, false) => left,
            (true, true) => right,
        },
        x,
        y: layout.row_middle(line),
        half: if point {
            layout.half(row.shape)
        } else {
            layout.sizes.bar / 2
        },
        point,
    }
}

/// From which end of one row to which end of another, and where it turns. At least two points; each step runs along one axis.
fn route(layout: &Layout<'_>, link: &LineLink) -> Vec<Point> {
    let ends = |from_finish, to_finish| (end(layout, link.from, from_finish), end(layout, link.to, to_finish));
    let along = |from: End, to: End, column: Tenths| {
        vec![(from.side, from.y), (column, from.y), (column, to.y), (to.side, to.y)]
    };
    match link.link.kind {
        LinkKind::FinishToStart => finish_to_start(layout, link),
        LinkKind::StartToStart => {
            let (from, to) = ends(false, false);
            along(from, to, from.side.min(to.side) - 2 * STUB)
        }
        LinkKind::FinishToFinish => {
            let (from, to) = ends(true, true);
            if to.side > from.side {
                // Not through the dates beside its own bar.
                return around(layout, link, from, to, [STUB, 2 * STUB]);
            }
            along(from, to, from.side + 2 * STUB)
        }
        LinkKind::StartToFinish => {
            let (from, to) = ends(false, true);
            around(layout, link, from, to, [-STUB, 2 * STUB])
        }
    }
}

/// Straight on where the successor starts later, into it from above or below where it follows at once, around where it starts
/// earlier.
fn finish_to_start(layout: &Layout<'_>, link: &LineLink) -> Vec<Point> {
    let (from, to) = (end(layout, link.from, true), end(layout, link.to, false));
    let toward = if to.y > from.y { 1 } else { -1 };
    if to.side >= from.side + 2 * STUB {
        let column = from.side + STUB;
        return vec![(from.side, from.y), (column, from.y), (column, to.y), (to.side, to.y)];
    }
    // A diamond is entered at its middle, a bar just inside.
    let inside = if to.point { 0 } else { 15 };
    if to.x < from.x - 10 {
        return around(layout, link, from, to, [STUB, -2 * STUB]);
    }
    let into = (to.x + inside, to.y - toward * to.half);
    if from.point {
        // Out of a diamond at its tip.
        let tip = (from.x, from.y + toward * from.half);
        if (to.x - from.x).abs() <= 25 {
            return vec![tip, (from.x, into.1)];
        }
        // The line that the rows are parted by is free.
        let edge = row_edge(layout, link);
        return vec![tip, (from.x, edge), (into.0, edge), into];
    }
    let column = into.0.max(from.x + inside);
    vec![(from.side, from.y), (column, from.y), (column, into.1)]
}

/// The edge of the successor's row that faces the predecessor, where nothing is drawn.
fn row_edge(layout: &Layout<'_>, link: &LineLink) -> Tenths {
    layout.row_top(if link.to > link.from { link.to } else { link.to + 1 })
}

/// Out of one end, along the edge of the successor's row, and back into the other end; `beside` says how far from each end
/// the line turns.
fn around(layout: &Layout<'_>, link: &LineLink, from: End, to: End, beside: [Tenths; 2]) -> Vec<Point> {
    let (out, back) = (from.side + beside[0], to.side + beside[1]);
    let edge = row_edge(layout, link);
    vec![
        (from.side, from.y),
        (out, from.y),
        (out, edge),
        (back, edge),
        (back, to.y),
        (to.side, to.y),
    ]
}
