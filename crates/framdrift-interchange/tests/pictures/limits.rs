//! Large charts are folded, and the picture says so.

use std::time::Instant;

use framdrift_interchange::chart::{Link, Row, Shape};
use framdrift_interchange::{Chart, dot, mermaid, svg};
use framdrift_model::projection::{Lag, LinkKind};

use super::page::Page;
use super::sample::at;

/// `summaries` of `each` rows, in a chain; flat where `each` is 0.
fn large(summaries: usize, each: usize) -> Chart {
    let start = at(3, 2, 8);
    let mut chart = Chart::empty(start, start.plus(1_440 * summaries as i64));
    for n in 0..summaries {
        let (from, to) = (start.plus(1_440 * n as i64), start.plus(1_440 * (n + 1) as i64));
        let parent = chart.rows.len();
        let shape = if each > 0 { Shape::Summary } else { Shape::Work };
        chart.rows.push(Row {
            shape,
            critical: n % 7 == 0,
            ..Row::new(format!("s{n}"), from, to)
        });
        for m in 0..each {
            chart.rows.push(Row {
                parent: Some(parent),
                ..Row::new(format!("s{n}-{m}"), from, to)
            });
        }
    }
    for from in 0..chart.rows.len() - 1 {
        let critical = from % 7 == 0;
        chart.links.push(Link {
            from,
            to: from + 1,
            kind: LinkKind::FinishToStart,
            lag: Lag::NONE,
            driving: from % 2 == 0,
            critical,
        });
    }
    chart
}

fn rows_drawn(page: &Page) -> usize {
    page.tooltips.iter().filter(|t| t.starts_with("activity ")).count()
}

#[test]
fn summaries_are_folded_before_anything_is_left_out() {
    let page = Page::of(&svg::gantt(&large(100, 9), &svg::Options::new().rows(300)));
    page.assert_legible();
    // Each summary that is folded takes nine rows away.
    assert_eq!(rows_drawn(&page), 1_000 - 9 * 78);
    assert!(page.texts.iter().any(|t| t.content == "(+9) s0"));
    assert!(
        page.texts
            .iter()
            .any(|t| t.content == format!("(+n): n rows are folded into this one; {} in all", 9 * 78))
    );
}

#[test]
fn what_cannot_be_folded_is_counted_and_critical_rows_stay() {
    let page = Page::of(&svg::gantt(&large(5_000, 0), &svg::Options::new()));
    page.assert_legible();
    assert_eq!(rows_drawn(&page), 499);
    assert!(page.texts.iter().any(|t| t.content == "4501 more rows"));
    assert!(
        page.tooltips
            .iter()
            .filter(|t| t.starts_with("activity "))
            .all(|t| t.contains("critical"))
    );
    let after = page
        .texts
        .iter()
        .any(|t| t.content.starts_with("4501 more rows, from 2026-03-"));
    assert!(after, "{:?}", page.texts.last());
}

#[test]
fn links_are_chosen_when_they_are_many() {
    let links = |page: &Page| page.tooltips.iter().filter(|t| t.contains(" → ")).count();
    let of = |most: usize| Page::of(&svg::gantt(&large(100, 0), &svg::Options::new().links(most)));
    assert_eq!(links(&of(99)), 99, "all");
    assert_eq!(links(&of(50)), 50, "those that drive a date");
    assert_eq!(links(&of(20)), 15, "those that drive a critical row");
    assert_eq!(links(&of(5)), 5, "the first of those");
    assert!(
        of(20)
            .texts
            .iter()
            .any(|t| t.content == "of 99 links 15 are drawn: those that drive a critical row")
    );
    assert!(of(99).texts.iter().all(|t| !t.content.contains("are drawn")));
}

#[test]
fn two_hundred_rows_are_legible() {
    Page::of(&svg::gantt(&large(200, 0), &svg::Options::new())).assert_legible();
}

#[test]
fn pictures_of_very_large_charts_are_bounded_and_quick() {
    let started = Instant::now();
    for chart in [large(100_000, 0), large(10_000, 9), large(1, 100_000)] {
        let picture = svg::gantt(&chart, &svg::Options::new().rows(usize::MAX).links(usize::MAX));
        let page = Page::of(&picture);
        assert!(rows_drawn(&page) <= svg::MOST_ROWS);
        assert!(
            picture.len() <= svg::MOST_ROWS * 512 + svg::MOST_LINKS * 512,
            "{} bytes",
            picture.len()
        );
        let text = mermaid::gantt(&chart, &mermaid::Options::new().rows(usize::MAX));
        assert!(text.chars().count() <= mermaid::MOST_CHARACTERS, "{}", text.len());
        let network = dot::network(&chart, &dot::Options::new().rows(usize::MAX));
        assert!(network.len() < 3_000_000, "{}", network.len());
    }
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
}

#[test]
fn deep_nesting_is_drawn_without_recursion() {
    let mut chart = large(100_000, 0);
    for (n, row) in chart.rows.iter_mut().enumerate() {
        row.parent = n.checked_sub(1);
        row.shape = Shape::Summary;
    }
    let picture = svg::gantt(&chart, &svg::Options::new());
    Page::of(&picture);
    assert!(picture.len() < 1_000_000);
    assert!(mermaid::gantt(&chart, &mermaid::Options::new()).len() < 100_000);
    let network = dot::network(&chart, &dot::Options::new().rows(5_000));
    let deepest = network.lines().filter(|l| l.contains("subgraph")).count();
    assert!(deepest <= 30, "{deepest}");
}

#[test]
fn long_names_do_not_make_a_long_picture() {
    let mut chart = large(3, 0);
    chart.title = "å".repeat(1_000_000);
    for row in &mut chart.rows {
        // What takes most room once it is escaped.
        row.id = "\"".repeat(1_000_000);
        row.title = Some("\"|".repeat(1_000_000));
    }
    let sizes = [
        svg::gantt(&chart, &svg::Options::new()).len(),
        mermaid::gantt(&chart, &mermaid::Options::new()).len(),
        dot::network(&chart, &dot::Options::new()).len(),
    ];
    assert!(sizes.iter().all(|s| *s < 3 * 8 * 1_024), "{sizes:?}");
}
