//! The legend: only what the picture shows.

use std::fmt::Write as _;

use super::bars::{diamond, filled, mark_due};
use super::layout::Layout;
use super::paint::{Px, Rect, Xml};
use crate::chart::{Row, Shape};
use crate::text::{Tenths, width};

const LINE: Tenths = 200;
const SAMPLE: Tenths = 300;
const FONT: Tenths = 105;

/// What may be explained.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Bar(Shape, bool),
    Point(Shape, bool),
    Bracket(bool),
    Off,
    Done,
    Float,
    Late,
    Due,
    Link(bool),
    Free,
    Mark,
}

struct Entry {
    sign: Sign,
    text: &'static str,
    x: Tenths,
    y: Tenths,
}

/// Signs with their meaning, in the order in which they are explained.
const MEANINGS: [(Sign, &str); 17] = [
    (Sign::Bar(Shape::Work, false), "activity"),
    (Sign::Bar(Shape::Work, true), "critical activity"),
    (Sign::Bar(Shape::Meeting, false), "meeting"),
    (Sign::Bar(Shape::Meeting, true), "critical meeting"),
    (Sign::Point(Shape::Milestone, false), "milestone"),
    (Sign::Point(Shape::Milestone, true), "critical milestone"),
    (Sign::Point(Shape::Gate, false), "gate"),
    (Sign::Point(Shape::Gate, true), "critical gate"),
    (Sign::Bracket(false), "summary or phase"),
    (Sign::Bracket(true), "with critical parts"),
    (Sign::Mark, "critical row"),
    (Sign::Float, "float, to the latest finish"),
    (Sign::Late, "late, back to the latest finish"),
    (Sign::Due, "to be finished by"),
    (Sign::Link(false), "link"),
    (Sign::Link(true), "link that drives a critical row"),
    (Sign::Free, "no work"),
];
const RARE: [(Sign, &str); 2] = [(Sign::Done, "done"), (Sign::Off, "not to be done")];

fn shows(layout: &Layout<'_>, sign: Sign) -> bool {
    let any = |test: &dyn Fn(&Row) -> bool| layout.outline.lines.iter().any(|l| test(&layout.chart.rows[l.row]));
    let leaf = |r: &Row| !r.shape.is_summary() && !r.inactive;
    match sign {
        Sign::Bar(shape, critical) | Sign::Point(shape, critical) => {
            any(&|r| r.shape == shape && r.critical == critical && !r.inactive)
        }
        Sign::Bracket(critical) => any(&|r| r.shape.is_summary() && r.critical == critical),
        Sign::Off => any(&|r| r.inactive && !r.shape.is_summary() && !r.shape.is_point() && r.start < r.finish),
        Sign::Done => any(&|r| leaf(r) && r.done.is_some_and(|d| d > 0)),
        Sign::Float => any(&|r| leaf(r) && r.late_finish > r.finish),
        Sign::Late => any(&|r| leaf(r) && r.late_finish < r.finish),
        Sign::Due => any(&|r| layout.deadline(r).is_some()),
        Sign::Link(critical) => layout.links.iter().any(|l| l.link.critical == critical),
        Sign::Free => !layout.free().is_empty(),
        Sign::Mark => any(&|r| r.critical),
    }
}

/// The entries, each at its place: in lines as wide as the page.
fn entries(layout: &Layout<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let (mut x, mut y) = (layout.margin, layout.chart_bottom() + 200);
    for (sign, text) in MEANINGS
        .into_iter()
        .chain(RARE)
        .filter(|(sign, _)| shows(layout, *sign))
    {
        let wide = SAMPLE + 60 + width(text, FONT, false) * 11 / 10 + 200;
        if x + wide > layout.width - layout.margin && x > layout.margin {
            (x, y) = (layout.margin, y + LINE);
        }
        entries.push(Entry { sign, text, x, y });
        x += wide;
    }
    entries
}

fn notes_top(layout: &Layout<'_>, entries: &[Entry]) -> Tenths {
    entries.last().map_or(layout.chart_bottom() + 100, |e| e.y + 50)
}

/// Where the legend ends.
pub(super) fn bottom(layout: &Layout<'_>) -> Tenths {
    notes_top(layout, &entries(layout)) + layout.notes.len() as Tenths * 160
}

pub(super) fn draw(out: &mut String, layout: &Layout<'_>, id: &str) {
    let entries = entries(layout);
    for entry in &entries {
        sample(out, entry, id);
        let _ = writeln!(
            out,
            "<text class=\"fd-t fd-k\" x=\"{}\" y=\"{}\">{}</text>",
            Px(entry.x + SAMPLE + 60),
            Px(entry.y + 35),
            Xml(entry.text)
        );
    }
    for (n, note) in (1..).zip(&layout.notes) {
        let y = notes_top(layout, &entries) + n * 160;
        let _ = writeln!(
            out,
            "<text class=\"fd-t fd-k\" x=\"{}\" y=\"{}\">{}</text>",
            Px(layout.margin),
            Px(y),
            Xml(note)
        );
    }
}

fn sample(out: &mut String, entry: &Entry, id: &str) {
    let (x, y) = (entry.x, entry.y);
    let middle = x + SAMPLE / 2;
    let bar = Rect {
        x,
        y: y - 50,
        width: SAMPLE,
        height: 100,
    };
    let row = |shape, critical| Row {
        shape,
        critical,
        ..Row::new(
            "",
            framdrift_model::time::Minute::MIN,
            framdrift_model::time::Minute::MIN,
        )
    };
    let rect = |class: &str, rect: Rect| format!("<rect class=\"{class}\" {}/>", rect.attributes());
    let across = |class: &str| {
        format!(
            "<path class=\"{class}\" d=\"M{} {}H{}\"/>",
            Px(x),
            Px(y),
            Px(x + SAMPLE)
        )
    };
    match entry.sign {
        Sign::Bar(shape, critical) => {
            let round = if shape == Shape::Meeting { 50 } else { 0 };
            filled(out, bar, round, &row(shape, critical), id);
        }
        Sign::Point(shape, critical) => diamond(out, middle, y, shape, 65, critical),
        Sign::Bracket(critical) => {
            let class = if critical { "fd-red fd-crit" } else { "fd-sum" };
            let (left, right) = (Px(x), Px(x + SAMPLE));
            let top = Px(y - 40);
            let _ = write!(
                out,
                "<path class=\"{class}\" d=\"M{left} {top}H{right}v9l-6 -6H{}l-6 6z\"/>",
                Px(x + 60)
            );
        }
        Sign::Off => out.push_str(&rect("fd-off", bar)),
        Sign::Done => {
            filled(out, bar, 0, &row(Shape::Work, false), id);
            out.push_str(&rect(
                "fd-done",
                Rect {
                    x,
                    y: y - 15,
                    width: SAMPLE * 6 / 10,
                    height: 30,
                },
            ));
        }
        Sign::Float => {
            let _ = write!(
                out,
                "<path class=\"fd-float\" d=\"M{} {}H{}m0 -3v6\"/>",
                Px(x),
                Px(y),
                Px(x + SAMPLE)
            );
        }
        Sign::Late => out.push_str(&across("fd-late")),
        Sign::Due => mark_due(out, middle, y),
        Sign::Link(critical) => {
            let (shaft, head) = if critical {
                ("fd-linkc", "fd-headc")
            } else {
                ("fd-link", "fd-head")
            };
            out.push_str(&across(shaft));
            let _ = write!(
                out,
                "<path class=\"{head}\" d=\"M{} {}l-5 -3v6z\"/>",
                Px(x + SAMPLE),
                Px(y)
            );
        }
        Sign::Free => out.push_str(&rect("fd-free", bar)),
        Sign::Mark => out.push_str(&rect(
            "fd-red",
            Rect {
                x: middle - 15,
                y: y - 70,
                width: 30,
                height: 140,
            },
        )),
    }
}
