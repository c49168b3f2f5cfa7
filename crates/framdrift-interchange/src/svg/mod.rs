//! A Gantt chart as SVG: one self-contained picture, without scripts and without fonts of its own.
//!
//! # What is drawn
//!
//! Bars stand at the dates of the schedule, instants as diamonds, gates as a diamond within a diamond, summaries as brackets. What is
//! critical is red-orange, hatched, heavily outlined, and has a stroke beside its name, so that it shows without colour. A thin line leads from
//! a bar to its latest finish; where that lies before the finish, a dashed line leads back to it and the dates say how late it
//! is. Free days of the programme's calendar are shaded where a day is at least three pixels wide, and free hours where the axis
//! counts in hours. Every row carries a tooltip, and the picture a title and a description for readers who do not see it.
//!
//! Rows are in outline order, those of one summary by start. An instance loses the title of its template, which stands above it.
//!
//! # Limits
//!
//! At most [`Options::rows`] rows (never more than [`MOST_ROWS`]): beyond that, summaries are folded, those with the most rows
//! first, and show in brackets how many rows they hold; what is still too many is left out but for one row that counts it, where
//! critical rows stay first. All links are drawn when there are at most [`Options::links`]; else those that drive a date; when
//! these are too many, those between critical rows, and of these the first. A note below the picture says which. Names on the page
//! are cut to their column, tooltips to 200 characters per text. A picture is below 5 KiB per row and 3 KiB per link, and ten
//! times smaller with ordinary names.

mod arrows;
mod axis;
mod bars;
mod layout;
mod legend;
mod paint;
mod style;

use std::fmt::Write as _;

use crate::chart::Chart;
use crate::outline::Outline;
use crate::text::{iso, line};
use layout::Layout;
use paint::{Px, Rect, Xml};

/// The most rows that a picture has, whatever is asked for.
pub const MOST_ROWS: usize = 5_000;

/// The most links that a picture has, whatever is asked for.
pub const MOST_LINKS: usize = 10_000;

/// How a Gantt chart is drawn.
#[derive(Clone, Debug)]
pub struct Options {
    rows: usize,
    links: usize,
    width: u16,
    id: String,
}

impl Default for Options {
    fn default() -> Self {
        Self::new()
    }
}

impl Options {
    /// At most 500 rows, 200 links, 1 400 pixels wide.
    #[must_use]
    pub fn new() -> Self {
        Self {
            rows: 500,
            links: 200,
            width: 1_400,
            id: "fd".to_owned(),
        }
    }

    /// The most rows drawn, from 2 to [`MOST_ROWS`].
    #[must_use]
    pub fn rows(mut self, most: usize) -> Self {
        self.rows = most.clamp(2, MOST_ROWS);
        self
    }

    /// The most links drawn, up to [`MOST_LINKS`].
    #[must_use]
    pub fn links(mut self, most: usize) -> Self {
        self.links = most.min(MOST_LINKS);
        self
    }

    /// How wide the picture is, from 600 to 10 000 pixels.
    #[must_use]
    pub fn width(mut self, pixels: u16) -> Self {
        self.width = pixels.clamp(600, 10_000);
        self
    }

    /// What the ids in the picture begin with, for pages that hold several pictures. ASCII letters, digits and hyphens of it count.
    #[must_use]
    pub fn id(mut self, prefix: &str) -> Self {
        let kept = prefix.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-');
        self.id = std::iter::once('f').chain(kept.take(32)).collect();
        self
    }
}

/// A Gantt chart of a schedule as an SVG document.
///
/// # Complexity
/// O(*n* log *n* + *m* log *m*) for *n* rows and *m* links.
#[must_use]
pub fn gantt(chart: &Chart, options: &Options) -> String {
    let outline = Outline::new(chart, options.rows);
    let layout = Layout::new(chart, &outline, i64::from(options.width) * 10, options.links);
    let mut out = String::new();
    head(&mut out, &layout, &options.id);
    background(&mut out, &layout);
    axis_rows(&mut out, &layout);
    arrows::draw(&mut out, &layout);
    bars::draw(&mut out, &layout, &options.id);
    status(&mut out, &layout);
    legend::draw(&mut out, &layout, &options.id);
    out.push_str("</svg>\n");
    out
}

// Writing to a String cannot fail, so the results of `write!` are not looked at in these modules.

fn head(out: &mut String, layout: &Layout<'_>, id: &str) {
    let (width, height) = (Px(layout.width), Px(layout.height));
    let title = &layout.title;
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\">"
    );
    let _ = writeln!(out, "<title id=\"{id}-title\">{}</title>", Xml(title));
    let _ = writeln!(out, "<desc id=\"{id}-desc\">{}</desc>", Xml(&description(layout)));
    let _ = writeln!(out, "<style>{}</style>", style::SHEET);
    let _ = writeln!(out, "<defs>{}</defs>", style::patterns(id));
    let page = Rect {
        x: 0,
        y: 0,
        width: layout.width,
        height: layout.height,
    };
    let _ = writeln!(out, "<rect {} fill=\"#fff\"/>", page.attributes());
    let _ = writeln!(
        out,
        "<text class=\"fd-t fd-h\" x=\"{}\" y=\"30\">{}</text>",
        Px(layout.margin),
        Xml(&layout.heading)
    );
    let _ = writeln!(
        out,
        "<text class=\"fd-t fd-sub\" x=\"{}\" y=\"47\">{}</text>",
        Px(layout.margin),
        Xml(&layout.subtitle)
    );
}

/// The picture in words.
fn description(layout: &Layout<'_>) -> String {
    let chart = layout.chart;
    let mut out = format!("Gantt chart. {}.", layout.subtitle);
    let critical = layout.outline.lines.iter().map(|l| &chart.rows[l.row]);
    let critical: Vec<&str> = critical
        .filter(|r| r.critical && !r.shape.is_summary())
        .map(|r| r.id.as_str())
        .collect();
    if !critical.is_empty() {
        let named: Vec<String> = critical.iter().take(20).map(|id| line(id, 80)).collect();
        let more = critical.len() - named.len();
        let _ = write!(out, " Critical: {}", named.join(", "));
        if more > 0 {
            let _ = write!(out, " and {more} more");
        }
        out.push('.');
    }
    for note in &layout.notes {
        let _ = write!(out, " {note}.");
    }
    out
}

/// Rows, free days and the lines of the axis.
fn background(out: &mut String, layout: &Layout<'_>) {
    let mut bands = String::new();
    for (at, line) in layout.outline.lines.iter().enumerate() {
        if layout.chart.rows[line.row].shape == crate::chart::Shape::Phase && line.depth == 0 {
            let y = layout.row_top(at);
            let x = layout.margin;
            let band = Rect {
                x,
                y,
                width: layout.plot_right() - x,
                height: layout.sizes.row,
            };
            bands.push_str(&band.path());
        }
    }
    if !bands.is_empty() {
        let _ = writeln!(out, "<path class=\"fd-band\" d=\"{bands}\"/>");
    }
    let free = layout.free();
    if !free.is_empty() {
        let path: String = free.iter().map(|r| r.path()).collect();
        let _ = writeln!(out, "<path class=\"fd-free\" d=\"{path}\"/>");
    }
    let mut rules = String::new();
    for at in 0..=layout.row_count() {
        let _ = write!(
            rules,
            "M{} {}H{}",
            Px(layout.margin),
            Px(layout.row_top(at)),
            Px(layout.plot_right())
        );
    }
    let _ = writeln!(out, "<path class=\"fd-rule\" d=\"{rules}\"/>");
}

/// Both rows of the axis, with the lines down from them; again below the rows where these are many.
fn axis_rows(out: &mut String, layout: &Layout<'_>) {
    let [upper, lower] = &layout.cells;
    let (top, bottom) = (layout.rows_top, layout.rows_bottom());
    for (cells, class) in [(lower, "fd-grid"), (upper, "fd-grid2")] {
        let lines: String = cells
            .iter()
            .map(|c| format!("M{} {}V{}", Px(c.from), Px(top), Px(bottom)))
            .collect();
        let _ = writeln!(out, "<path class=\"{class}\" d=\"{lines}\"/>");
    }
    let mut strip = |y: i64, cells: &[axis::Cell], class: &str| {
        let mut frame = String::new();
        for cell in cells {
            let (x, width) = (cell.from, cell.to - cell.from);
            frame.push_str(
                &Rect {
                    x,
                    y,
                    width,
                    height: layout::AXIS,
                }
                .path(),
            );
        }
        let _ = writeln!(out, "<path class=\"fd-cell\" d=\"{frame}\"/>");
        for cell in cells.iter().filter(|c| !c.label.is_empty()) {
            let _ = writeln!(
                out,
                "<text class=\"fd-t {class}\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                Px((cell.from + cell.to) / 2),
                Px(y + 125),
                Xml(&cell.label)
            );
        }
    };
    strip(top - 2 * layout::AXIS, upper, "fd-a1");
    strip(top - layout::AXIS, lower, "fd-a2");
    if layout.axis_below {
        strip(bottom, lower, "fd-a2");
        strip(bottom + layout::AXIS, upper, "fd-a1");
    }
}

/// The status date as a line through all rows, with a flag above the axis.
fn status(out: &mut String, layout: &Layout<'_>) {
    let Some(date) = layout.status else { return };
    let x = layout.axis.x(date);
    let (top, bottom) = (layout.rows_top - 2 * layout::AXIS, layout.rows_bottom());
    let _ = writeln!(
        out,
        "<path class=\"fd-status\" d=\"M{} {}V{}\"/>",
        Px(x),
        Px(top - 30),
        Px(bottom)
    );
    let anchor = if x > layout.width / 2 { "end" } else { "start" };
    let _ = writeln!(
        out,
        "<text class=\"fd-t fd-st\" x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\">status date {}</text>",
        Px(x + if anchor == "end" { -40 } else { 40 }),
        Px(top - 40),
        iso(date)
    );
}
