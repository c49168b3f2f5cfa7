//! Rows: names, bars, diamonds, brackets, floats, dates and tooltips.

use std::fmt::Write as _;

use super::layout::Layout;
use super::paint::{Px, Rect, Xml};
use crate::chart::{Row, Shape};
use crate::text::{Tenths, line};

pub(super) fn draw(out: &mut String, layout: &Layout<'_>, id: &str) {
    for (at, label) in layout.labels.iter().enumerate() {
        let Some(line) = layout.outline.lines.get(at) else {
            rest(out, layout, at);
            continue;
        };
        let row = &layout.chart.rows[line.row];
        let _ = write!(out, "<g><title>{}</title>", Xml(&tooltip(row, line.folded)));
        if row.critical {
            let (x, y) = (layout.margin, layout.row_top(at) + 20);
            let mark = Rect {
                x,
                y,
                width: 30,
                height: layout.sizes.row - 40,
            };
            let _ = write!(out, "<rect class=\"fd-red\" {}/>", mark.attributes());
        }
        name(out, layout, at, label);
        let middle = layout.row_middle(at);
        if row.shape.is_summary() {
            bracket(out, layout, row, middle);
        } else {
            float(out, layout, row, middle);
            shape(out, layout, row, middle, id);
        }
        deadline(out, layout, row, middle);
        dates(out, layout, row, at);
        out.push_str("</g>\n");
    }
}

fn name(out: &mut String, layout: &Layout<'_>, at: usize, label: &super::layout::Label) {
    let squeezed = label.squeezed.map_or_else(String::new, |w| {
        format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", Px(w))
    });
    let _ = write!(
        out,
        "<text class=\"fd-t{}\" font-size=\"{}\" x=\"{}\" y=\"{}\"{squeezed}>{}</text>",
        if label.bold { " fd-b" } else { "" },
        Px(layout.sizes.font),
        Px(label.x),
        Px(layout.row_middle(at) + layout.sizes.font * 36 / 100),
        Xml(&label.text)
    );
}

/// The row for what is left out.
fn rest(out: &mut String, layout: &Layout<'_>, at: usize) {
    let Some(rest) = &layout.outline.rest else { return };
    out.push_str("<g>");
    name(out, layout, at, &layout.labels[at]);
    let (from, to) = (
        layout.axis.x(rest.start),
        layout.axis.x(rest.finish).max(layout.axis.x(rest.start) + 25),
    );
    let bar = Rect {
        x: from,
        y: layout.row_middle(at) - 25,
        width: to - from,
        height: 50,
    };
    let _ = writeln!(out, "<rect class=\"fd-off\" {}/></g>", bar.attributes());
}

/// Everything about a row in words.
fn tooltip(row: &Row, folded: usize) -> String {
    let mut out = format!("{} {}", row.word, line(&row.id, 200));
    if let Some(title) = &row.title {
        let _ = write!(out, "\n{}", line(title, 200));
    }
    let _ = match row.start == row.finish {
        true => write!(out, "\n{}", row.start),
        false => write!(out, "\n{} – {}", row.start, row.finish),
    };
    let (total, free) = (row.in_words(row.total_float), row.in_words(row.free_float));
    let _ = write!(out, "\ntotal float {total}, free float {free}{}", row.by_what());
    if row.late_finish != row.finish {
        let _ = write!(out, "\nlatest finish {}", row.late_finish);
    }
    if let Some(due) = row.deadline {
        let _ = write!(out, "\nto be finished by {due}");
    }
    if let Some(done) = row.done {
        let _ = write!(out, "\n{} % done", done / 10);
    }
    if row.critical {
        out.push_str("\ncritical");
    }
    if row.inactive {
        out.push_str("\nnot to be done");
    }
    if folded > 0 {
        let _ = write!(out, "\n{folded} rows folded into it");
    }
    out
}

fn bracket(out: &mut String, layout: &Layout<'_>, row: &Row, middle: Tenths) {
    let (from, to) = layout.extent(row);
    let thick = if row.shape == Shape::Phase { 45 } else { 30 };
    let half = layout.sizes.bar / 2;
    let top = middle - half + 10;
    let foot = (layout.sizes.bar - thick).min((to - from) / 2).max(0);
    // Down at both ends, as far as there is room.
    let path = format!(
        "M{} {}H{}V{}l{} {}H{}l{} {}z",
        Px(from),
        Px(top),
        Px(to),
        Px(top + thick + foot),
        Px(-foot),
        Px(-foot),
        Px(from + foot),
        Px(-foot),
        Px(foot)
    );
    let class = if row.critical { "fd-red fd-crit" } else { "fd-sum" };
    let _ = write!(out, "<path class=\"{class}\" d=\"{path}\"/>");
}

fn shape(out: &mut String, layout: &Layout<'_>, row: &Row, middle: Tenths, id: &str) {
    if row.inactive && (row.start >= row.finish || row.shape.is_point()) {
        return;
    }
    if row.shape.is_point() {
        return diamond(
            out,
            layout.axis.x(row.start),
            middle,
            row.shape,
            layout.half(row.shape),
            row.critical,
        );
    }
    let (from, to) = layout.extent(row);
    let bar = Rect {
        x: from,
        y: middle - layout.sizes.bar / 2,
        width: to - from,
        height: layout.sizes.bar,
    };
    let round = if row.shape == Shape::Meeting {
        (bar.height / 2).min(bar.width / 2)
    } else {
        0
    };
    filled(out, bar, round, row, id);
    if let Some(done) = row.done.filter(|d| *d > 0) {
        let width = bar.width * Tenths::from(done.min(1_000)) / 1_000;
        let inner = Rect {
            y: middle - 15,
            width,
            height: 30,
            ..bar
        };
        let _ = write!(out, "<rect class=\"fd-done\" {}/>", inner.attributes());
    }
}

/// A bar with the look of its row.
pub(super) fn filled(out: &mut String, bar: Rect, round: Tenths, row: &Row, id: &str) {
    let class = match (row.inactive, row.critical, row.shape) {
        (true, ..) => "fd-off",
        (_, true, _) => "fd-crit",
        (_, _, Shape::Meeting) => "fd-meet",
        _ => "fd-work",
    };
    let fill = if class == "fd-crit" {
        format!(" fill=\"url(#{id}-hatch)\"")
    } else {
        String::new()
    };
    let corners = if round > 0 {
        format!(" rx=\"{}\"", Px(round))
    } else {
        String::new()
    };
    let _ = write!(out, "<rect class=\"{class}\"{fill} {}{corners}/>", bar.attributes());
}

/// A milestone, or a gate: a diamond within a diamond.
pub(super) fn diamond(out: &mut String, x: Tenths, y: Tenths, shape: Shape, half: Tenths, critical: bool) {
    let path = |r: Tenths| {
        format!(
            "M{} {}l{} {} {} {} {} {}z",
            Px(x - r),
            Px(y),
            Px(r),
            Px(-r),
            Px(r),
            Px(r),
            Px(-r),
            Px(r)
        )
    };
    let solid = if critical { "fd-red fd-crit" } else { "fd-point" };
    if shape == Shape::Gate {
        let outer = if critical { "fd-gate fd-crit" } else { "fd-gate" };
        let inner = if critical { "fd-red" } else { "fd-point" };
        let _ = write!(
            out,
            "<path class=\"{outer}\" d=\"{}\"/><path class=\"{inner}\" d=\"{}\"/>",
            path(half),
            path(half * 45 / 100)
        );
    } else {
        let _ = write!(out, "<path class=\"{solid}\" d=\"{}\"/>", path(half));
    }
}

/// From the finish to the latest finish: a thin line with an end; a dashed one, below the bar, where it leads back.
fn float(out: &mut String, layout: &Layout<'_>, row: &Row, middle: Tenths) {
    if row.inactive {
        return;
    }
    let axis = &layout.axis;
    let (finish, late) = (axis.x(row.finish), axis.x(row.late_finish));
    let from = layout.extent(row).1;
    if row.late_finish > row.finish && late > from + 20 {
        // Beyond the picture it ends in an arrow.
        let end = if row.late_finish > axis.finish {
            "m-4 -3l4 3l-4 3"
        } else {
            "m0 -3v6"
        };
        let _ = write!(
            out,
            "<path class=\"fd-float\" d=\"M{} {}H{}{end}\"/>",
            Px(from),
            Px(middle),
            Px(late)
        );
    } else if row.late_finish < row.finish && late < finish {
        let y = middle + layout.sizes.bar / 2 + 20;
        let _ = write!(
            out,
            "<path class=\"fd-late\" d=\"M{} {}H{}\"/>",
            Px(finish),
            Px(y),
            Px(late)
        );
        let _ = write!(out, "<path class=\"fd-crit\" d=\"M{} {}v6\"/>", Px(late), Px(y - 30));
    }
}

fn deadline(out: &mut String, layout: &Layout<'_>, row: &Row, middle: Tenths) {
    if let Some(x) = layout.deadline(row) {
        mark_due(out, x, middle);
    }
}

/// The mark of a deadline: a hollow triangle that points down to it.
pub(super) fn mark_due(out: &mut String, x: Tenths, middle: Tenths) {
    let _ = write!(
        out,
        "<path class=\"fd-due\" d=\"M{} {}h9l-4.5 8z\"/>",
        Px(x - 45),
        Px(middle - 40)
    );
}

fn dates(out: &mut String, layout: &Layout<'_>, row: &Row, at: usize) {
    let _ = write!(
        out,
        "<text class=\"fd-t fd-d{}\" font-size=\"{}\" x=\"{}\" y=\"{}\">{}</text>",
        if row.critical { " fd-b" } else { "" },
        Px(layout.sizes.dates),
        Px(layout.dates_at(at)),
        Px(layout.row_middle(at) + layout.sizes.dates * 36 / 100),
        Xml(&layout.dates[at])
    );
}
