//! Where everything stands on the page.

use framdrift_model::projection::LinkKind;
use framdrift_model::time::{DAY, Minute};

use super::axis::{Axis, Cell, Unit};
use super::paint::Rect;
use crate::chart::{Chart, Row, Shape};
use crate::outline::{Line, LineLink, Outline};
use crate::text::{Tenths, fit, iso, last_day, line, width};

/// The height of one row of the axis.
pub(super) const AXIS: Tenths = 170;

/// How much further in a row stands than its summary, and how many times at most.
const INDENT: Tenths = 130;
const DEEPEST: usize = 8;

/// The widest column of names.
const NAMES: Tenths = 3_600;

/// Between a bar and its dates: where nothing else stands there, where a link leaves, and where one comes back.
const GAP: Tenths = 70;
const GAP_LEFT: Tenths = 140;
const GAP_ENTERED: Tenths = 150;

/// Sizes that depend on how many rows there are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) row: Tenths,
    pub(super) font: Tenths,
    pub(super) dates: Tenths,
    pub(super) bar: Tenths,
}

impl Sizes {
    const fn of(rows: usize) -> Self {
        match rows {
            0..=60 => Self {
                row: 220,
                font: 120,
                dates: 105,
                bar: 120,
            },
            61..=250 => Self {
                row: 190,
                font: 110,
                dates: 100,
                bar: 100,
            },
            _ => Self {
                row: 160,
                font: 100,
                dates: 90,
                bar: 90,
            },
        }
    }
}

/// The name of a row, as it fits.
#[derive(Clone, Debug)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) bold: bool,
    pub(super) x: Tenths,
    /// How wide it is, where it nearly fills its column: another face than the measured one is then squeezed into that.
    pub(super) squeezed: Option<Tenths>,
}

/// A chart laid out on a page.
pub(super) struct Layout<'a> {
    pub(super) chart: &'a Chart,
    pub(super) outline: &'a Outline,
    pub(super) title: String,
    pub(super) heading: String,
    pub(super) subtitle: String,
    pub(super) notes: Vec<String>,
    pub(super) width: Tenths,
    pub(super) height: Tenths,
    pub(super) margin: Tenths,
    pub(super) sizes: Sizes,
    pub(super) axis: Axis,
    pub(super) cells: [Vec<Cell>; 2],
    pub(super) axis_below: bool,
    pub(super) rows_top: Tenths,
    pub(super) status: Option<Minute>,
    /// One per line, then one for the rest.
    pub(super) labels: Vec<Label>,
    /// One per line.
    pub(super) dates: Vec<String>,
    /// How far from its row's bar each of them stands.
    gaps: Vec<Tenths>,
    /// The links that are drawn.
    pub(super) links: Vec<&'a LineLink>,
    plot_right: Tenths,
}

impl<'a> Layout<'a> {
    pub(super) fn new(chart: &'a Chart, outline: &'a Outline, page: Tenths, most_links: usize) -> Self {
        let margin = 160;
        let rows = outline.lines.len() + usize::from(outline.rest.is_some());
        let sizes = Sizes::of(rows);
        let (start, finish) = span(chart, outline);
        let names: Vec<Label> = names(chart, outline, margin);
        let widest = names
            .iter()
            .map(|l| l.x - margin + width(&l.text, sizes.font, l.bold))
            .max();
        // At least a third of the page is for names, and never more than the widest column.
        let column = widest.unwrap_or(0).clamp(600, NAMES.min(page / 3));
        let labels = names
            .into_iter()
            .map(|l| squeeze(l, margin + column, sizes.font))
            .collect();

        let plot_left = margin + column + 120;
        // Whether the axis counts hours decides how dates are written; their width hardly changes that.
        let draft = Axis::new(start, finish, plot_left, page - plot_left - 1_500);
        let of = |line: &Line| dates(&chart.rows[line.row], draft.lower);
        let dates: Vec<String> = outline.lines.iter().map(of).collect();
        let beside = dates.iter().map(|d| width(d, sizes.dates, true)).max().unwrap_or(0);
        // A tenth more than measured, for faces that are wider.
        let room = beside * 11 / 10 + GAP_ENTERED + 2 * GAP;
        let plot_right = (page - margin - room).max(plot_left + page / 4);
        let axis = Axis::new(start, finish, plot_left, plot_right - plot_left);

        let (links, links_note) = choose(outline, most_links);
        let gaps = gaps(outline.lines.len(), &links);
        let status = chart.status_date.filter(|d| (axis.start..=axis.finish).contains(d));
        let axis_below = rows > 40;
        let rows_top = 620 + 2 * AXIS + if status.is_some() { 120 } else { 0 };
        let title = match line(&chart.title, 200) {
            empty if empty.is_empty() => "Schedule".to_owned(),
            title => title,
        };
        let mut layout = Self {
            chart,
            outline,
            heading: fit(&title, 180, true, page - 2 * margin),
            title,
            subtitle: subtitle(chart),
            notes: notes(chart, outline, links_note, status),
            width: page.max(plot_right + room + margin),
            height: 0,
            margin,
            sizes,
            cells: axis.cells(100),
            axis,
            axis_below,
            rows_top,
            status,
            labels,
            dates,
            gaps,
            links,
            plot_right,
        };
        layout.height = super::legend::bottom(&layout) + 120;
        layout
    }

    /// The number of rows, that for what is left out included.
    pub(super) fn row_count(&self) -> usize {
        self.outline.lines.len() + usize::from(self.outline.rest.is_some())
    }

    pub(super) fn row_top(&self, at: usize) -> Tenths {
        self.rows_top + at as Tenths * self.sizes.row
    }

    pub(super) fn row_middle(&self, at: usize) -> Tenths {
        self.row_top(at) + self.sizes.row / 2
    }

    pub(super) fn rows_bottom(&self) -> Tenths {
        self.row_top(self.row_count())
    }

    /// The lower end of rows and axes.
    pub(super) fn chart_bottom(&self) -> Tenths {
        self.rows_bottom() + if self.axis_below { 2 * AXIS } else { 0 }
    }

    pub(super) fn plot_right(&self) -> Tenths {
        self.plot_right
    }

    pub(super) fn row_of(&self, line: usize) -> &'a Row {
        &self.chart.rows[self.outline.lines[line].row]
    }

    /// Half the width of a diamond.
    pub(super) fn half(&self, shape: Shape) -> Tenths {
        match shape {
            Shape::Gate => self.sizes.bar / 2 + 15,
            _ => self.sizes.bar / 2,
        }
    }

    /// Where a row's bar or diamond begins and ends.
    pub(super) fn extent(&self, row: &Row) -> (Tenths, Tenths) {
        let (from, to) = (self.axis.x(row.start), self.axis.x(row.finish));
        if row.shape.is_point() {
            let half = self.half(row.shape);
            return (from - half, from + half);
        }
        // However short, a bar is seen.
        (from, to.max(from + 25))
    }

    /// Where the dates of a row begin: right of everything else that is drawn for it.
    pub(super) fn dates_at(&self, line: usize) -> Tenths {
        let row = self.row_of(line);
        let mut end = self.extent(row).1;
        if !row.shape.is_summary() && !row.inactive {
            end = end.max(self.axis.x(row.late_finish.max(row.finish)));
        }
        if let Some(due) = self.deadline(row) {
            end = end.max(due + 45);
        }
        end + self.gaps[line]
    }

    /// Where the mark for a row's deadline stands; none where that lies outside the axis.
    pub(super) fn deadline(&self, row: &Row) -> Option<Tenths> {
        let due = row
            .deadline
            .filter(|d| (self.axis.start..=self.axis.finish).contains(d));
        due.map(|d| self.axis.x(d))
    }

    /// Free days, or free hours where the axis counts in hours; none where they would be too narrow.
    pub(super) fn free(&self) -> Vec<Rect> {
        let hours = matches!(self.axis.lower, Unit::Hours(_));
        if self.axis.day() < 30 || !self.chart.calendar.has_work() {
            return Vec::new();
        }
        let (y, height) = (self.rows_top, self.rows_bottom() - self.rows_top);
        let (first, last) = (self.axis.start.day_and_minute().0, self.axis.finish.day_and_minute().0);
        let mut spans: Vec<(i64, i64)> = Vec::new();
        let mut add = |from: i64, to: i64| match spans.last_mut() {
            Some(last) if last.1 == from => last.1 = to,
            _ if from < to => spans.push((from, to)),
            _ => {}
        };
        for day in first..=last {
            let worked = self.chart.calendar.hours_on(day);
            let midnight = day * DAY;
            if worked.is_empty() {
                add(midnight, midnight + DAY);
            } else if hours {
                let mut at = 0;
                for (from, to) in worked {
                    add(midnight + at, midnight + i64::from(*from));
                    at = i64::from(*to);
                }
                add(midnight + at, midnight + DAY);
            }
        }
        let rect = |(from, to): &(i64, i64)| {
            let (x, to) = (self.axis.x(Minute::clamped(*from)), self.axis.x(Minute::clamped(*to)));
            Rect {
                x,
                y,
                width: to - x,
                height,
            }
        };
        spans.iter().map(rect).filter(|r| r.width > 0).collect()
    }
}

/// The first start and the last date that is shown. Floats, deadlines and the status date count only where they lie near: they
/// would squeeze the bars together otherwise.
fn span(chart: &Chart, outline: &Outline) -> (Minute, Minute) {
    let rows = || outline.lines.iter().map(|l| &chart.rows[l.row]).filter(|r| !r.inactive);
    let rest = outline.rest.iter();
    let starts = rows().map(|r| r.start).chain(rest.clone().map(|r| r.start));
    let finishes = rows().map(|r| r.finish.max(r.start)).chain(rest.map(|r| r.finish));
    let mut start = starts.min().unwrap_or(chart.start);
    let mut finish = finishes.max().unwrap_or(chart.finish).max(start);
    let long = finish.since(start).max(DAY);
    let (earliest, latest) = (start.plus(-long / 5), finish.plus(long / 2));
    let dates = rows().flat_map(|r| [Some(r.late_finish), r.deadline]).flatten();
    for date in dates.chain(chart.status_date) {
        if (earliest..=latest).contains(&date) {
            start = start.min(date);
            finish = finish.max(date);
        }
    }
    (start, finish)
}

/// Names with their indentation, not cut yet.
fn names(chart: &Chart, outline: &Outline, margin: Tenths) -> Vec<Label> {
    let indent = |depth: usize| margin + 70 + depth.min(DEEPEST) as Tenths * INDENT;
    let of = |l: &Line| {
        let row = &chart.rows[l.row];
        let mut text = line(row.name(), 200);
        // What is done per subject carries its template's title; that stands in the row above.
        if let Some(up) = l.parent {
            let above = line(chart.rows[outline.lines[up].row].name(), 200);
            if let Some(own) = text.strip_prefix(&above).and_then(|t| t.strip_prefix(" – ")) {
                text = own.to_owned();
            }
        }
        if l.folded > 0 {
            text = format!("(+{}) {text}", l.folded);
        }
        Label {
            text,
            bold: l.open || l.folded > 0 || row.shape == Shape::Phase,
            x: indent(l.depth),
            squeezed: None,
        }
    };
    let rest = outline.rest.map(|rest| Label {
        text: format!("{} more rows", rest.count),
        bold: true,
        x: indent(0),
        squeezed: None,
    });
    outline.lines.iter().map(of).chain(rest).collect()
}

fn squeeze(label: Label, right: Tenths, font: Tenths) -> Label {
    let room = right - label.x;
    let text = fit(&label.text, font, label.bold, room);
    let wide = width(&text, font, label.bold);
    Label {
        squeezed: (wide * 100 > room * 85).then_some(wide),
        text,
        ..label
    }
}

/// The dates of a row in short, and how late it is.
fn dates(row: &Row, unit: Unit) -> String {
    if row.inactive {
        return "not to be done".to_owned();
    }
    let day = |at: Minute| iso(at);
    let clock = |at: Minute| at.to_string()[at.to_string().len() - 5..].to_owned();
    let last = last_day(row.start, row.finish);
    let same_day = row.start.date() == last.date();
    let mut out = match unit {
        Unit::Hours(_) if row.start == row.finish => clock(row.start),
        Unit::Hours(_) if same_day => format!("{} – {}", clock(row.start), clock(row.finish)),
        Unit::Hours(_) => format!("{} – {} {}", clock(row.start), &day(row.finish)[5..], clock(row.finish)),
        _ if same_day => day(row.start),
        _ if day(row.start)[..4] == day(last)[..4] => format!("{} – {}", day(row.start), &day(last)[5..]),
        _ => format!("{} – {}", day(row.start), day(last)),
    };
    if row.total_float < 0 && !row.shape.is_summary() {
        out.push_str(" · ");
        out.push_str(row.in_words(row.total_float).trim_start_matches('-'));
        out.push_str(" late");
        out.push_str(row.by_what());
    }
    out
}

fn subtitle(chart: &Chart) -> String {
    let leaves = chart.rows.iter().filter(|r| !r.shape.is_summary());
    let (count, critical) = leaves.fold((0_usize, 0_usize), |(n, c), r| (n + 1, c + usize::from(r.critical)));
    let (first, last) = (iso(chart.start), iso(last_day(chart.start, chart.finish)));
    let span = if first == last {
        first
    } else {
        format!("{first} – {last}")
    };
    let what = if count == 1 { "activity" } else { "activities and dates" };
    format!("{span} · {count} {what}, {critical} critical")
}

/// How much room links need right of each row.
fn gaps(lines: usize, links: &[&LineLink]) -> Vec<Tenths> {
    let mut gaps = vec![GAP; lines];
    for link in links {
        let (left, entered) = match link.link.kind {
            LinkKind::FinishToStart => (GAP_LEFT, GAP),
            LinkKind::StartToStart => (GAP, GAP),
            LinkKind::FinishToFinish => (GAP_ENTERED, GAP_ENTERED),
            LinkKind::StartToFinish => (GAP, GAP_ENTERED),
        };
        gaps[link.from] = gaps[link.from].max(left);
        gaps[link.to] = gaps[link.to].max(entered);
    }
    gaps
}

/// The links that are drawn, and what to say of it.
fn choose(outline: &Outline, most: usize) -> (Vec<&LineLink>, Option<String>) {
    let all = outline.links.len();
    if all <= most {
        return (outline.links.iter().collect(), None);
    }
    let driving: Vec<&LineLink> = outline.links.iter().filter(|l| l.link.driving).collect();
    let (mut chosen, which) = if driving.len() <= most {
        (driving, "those that drive a date")
    } else {
        let critical = outline.links.iter().filter(|l| l.link.critical).collect();
        (critical, "those that drive a critical row")
    };
    let found = chosen.len();
    chosen.truncate(most);
    let some = if found > most { "the first of " } else { "" };
    let note = format!("of {all} links {} are drawn: {some}{which}", chosen.len());
    (chosen, Some(note))
}

fn notes(chart: &Chart, outline: &Outline, links: Option<String>, status: Option<Minute>) -> Vec<String> {
    let mut notes = Vec::new();
    let folded: usize = outline.lines.iter().map(|l| l.folded).sum();
    if folded > 0 {
        notes.push(format!("(+n): n rows are folded into this one; {folded} in all"));
    }
    if let Some(rest) = &outline.rest {
        let (from, to) = (iso(rest.start), iso(last_day(rest.start, rest.finish)));
        notes.push(format!("{} more rows, from {from} to {to}, are left out", rest.count));
    }
    notes.extend(links);
    if let (Some(date), None) = (chart.status_date, status) {
        notes.push(format!("the status date, {}, lies outside the picture", iso(date)));
    }
    notes
}
