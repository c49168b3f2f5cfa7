//! What a Gantt chart must show, whatever is drawn.

use framdrift_interchange::Chart;
use framdrift_interchange::chart::{Row, Shape};
use framdrift_interchange::svg::{Options, gantt};
use framdrift_interchange::text::line;
use framdrift_model::time::Minute;
use proptest::prelude::*;

use super::page::Page;
use super::sample::{HOSTILE, at, charts, house, scheduled};

fn check(chart: &Chart) -> Page {
    let svg = gantt(chart, &Options::new());
    let page = Page::of(&svg);
    page.assert_legible();
    assert_eq!(svg, gantt(chart, &Options::new()), "the same bytes again");
    let tooltips = page.tooltips.join("\n");
    for row in &chart.rows {
        let id = format!("{} {}", row.word, line(&row.id, 200));
        assert!(tooltips.contains(id.trim_end()), "`{id}` has no tooltip");
    }
    page
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_chart_is_well_formed_legible_and_complete(chart in charts()) {
        check(&chart);
    }

    #[test]
    fn any_schedule_is_well_formed_legible_and_complete(chart in scheduled()) {
        check(&chart);
    }
}

#[test]
fn every_hostile_name_is_shown_without_harm() {
    let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17));
    for name in HOSTILE {
        chart.title = name.to_owned();
        chart.rows.push(Row {
            title: Some(name.to_owned()),
            ..Row::new(name, at(3, 2, 8), at(3, 6, 17))
        });
        check(&chart);
    }
    let page = check(&chart);
    let shown = |text: &str| page.texts.iter().any(|t| t.content == text);
    assert!(
        shown("<script>alert(1)</script>") && shown("two lines and tabs") && shown("[31m"),
        "{:?}",
        page.texts
    );
    assert!(shown("drabkcab"), "marks of direction are gone");
}

#[test]
fn names_are_cut_to_their_column_and_tooltips_hold_the_whole() {
    let page = check(&house());
    let long = "Resa stommen, med hjälp av grannarna och deras släktingar från Trøndelag";
    let cut = page
        .texts
        .iter()
        .find(|t| t.content.starts_with("Resa stommen"))
        .expect("the row is there");
    assert!(cut.content.ends_with('…') && cut.content.len() < long.len(), "{cut:?}");
    assert!(page.tooltips.iter().any(|t| t.contains(long)));
}

#[test]
fn tooltips_say_id_dates_float_and_progress() {
    let page = check(&house());
    let of = |id: &str| {
        let start = format!("activity {id}\n");
        page.tooltips
            .iter()
            .find(|t| t.starts_with(&start))
            .expect("it has a tooltip")
            .clone()
    };
    assert_eq!(
        of("timber"),
        "activity timber\nBeställa virke & <skruv>\n2026-03-09T08:00 – 2026-03-10T17:00\ntotal float 9d, free float 9d 2h\nlatest finish 2026-03-23T17:00"
    );
    assert!(of("drawings").contains("\n100 % done"));
    assert!(of("permit").contains("\n80 % done"));
    assert!(
        of("roof").contains("\nto be finished by 2026-04-07T17:00\ncritical"),
        "{}",
        of("roof")
    );
    assert!(of("pool").contains("\nnot to be done"));
    assert!(
        page.tooltips.contains(&"ground → frame: FS +2d".to_owned()),
        "{:?}",
        page.tooltips
    );
    assert!(page.tooltips.contains(&"drawings → timber: FS +2ed".to_owned()));
    assert!(page.tooltips.contains(&"roof → paint: FF +50%".to_owned()));
    assert!(page.tooltips.contains(&"done → feast: FS P7D".to_owned()));
}

#[test]
fn the_description_says_what_is_critical() {
    let page = check(&house());
    assert!(
        page.description.starts_with("Gantt chart. 2026-03-02 – 2026-"),
        "{}",
        page.description
    );
    assert!(
        page.description
            .contains(" Critical: drawings, permit, start-meeting, go, dig, pour, frame, roof"),
        "{}",
        page.description
    );
}

#[test]
fn instances_lose_what_stands_above_them() {
    let row = |id: &str, title: &str, parent| Row {
        title: Some(title.to_owned()),
        parent,
        ..Row::new(id, at(3, 2, 8), at(3, 6, 17))
    };
    let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17));
    chart.rows.push(Row {
        shape: Shape::Summary,
        ..row("train", "Utbilda", None)
    });
    chart.rows.push(row("train@lund", "Utbilda – Lunds kommun", Some(0)));
    let page = check(&chart);
    assert!(page.texts.iter().any(|t| t.content == "Lunds kommun"));
}

#[test]
fn any_span_of_time_has_an_axis() {
    for minutes in [
        0,
        1,
        60,
        1_440,
        3_000,
        50_000,
        600_000,
        6_000_000,
        60_000_000,
        4_000_000_000,
    ] {
        for start in [Minute::MIN, at(3, 2, 8), Minute::MAX] {
            let (start, finish) = (start, start.plus(minutes));
            let mut chart = Chart::empty(start, finish);
            chart.rows.push(Row::new("a", start, finish));
            chart.rows.push(Row {
                shape: Shape::Milestone,
                ..Row::new("b", finish, finish)
            });
            let page = check(&chart);
            let labels = page.texts.iter().filter(|t| t.class.contains("fd-a2")).count();
            assert!((1..200).contains(&labels), "{labels} labels for {minutes} minutes");
        }
    }
}

#[test]
fn an_empty_chart_is_a_picture_too() {
    let page = check(&Chart::empty(at(3, 2, 8), at(3, 2, 8)));
    assert!(page.description.contains("0 activities"), "{}", page.description);
}

#[test]
fn a_date_far_away_does_not_squeeze_the_bars() {
    let mut chart = Chart::empty(at(3, 2, 8), at(3, 6, 17));
    let far = Minute::MAX;
    chart.rows.push(Row {
        late_finish: far,
        deadline: Some(far),
        ..Row::new("a", at(3, 2, 8), at(3, 6, 17))
    });
    chart.status_date = Some(far);
    let page = check(&chart);
    let widest = page
        .rectangles
        .iter()
        .map(|(from, to)| to - from)
        .filter(|w| *w < page.width)
        .fold(0.0, f64::max);
    assert!(widest > page.width / 3.0, "the bar is {widest} wide");
    assert!(
        page.texts
            .iter()
            .any(|t| t.content == "the status date, 9999-12-31, lies outside the picture")
    );
}

#[test]
fn ids_can_be_told_apart_on_one_page() {
    let svg = gantt(&house(), &Options::new().id("p2\"<"));
    assert!(svg.contains("aria-labelledby=\"fp2-title fp2-desc\"") && svg.contains("url(#fp2-hatch)"));
    assert!(!svg.contains("\"fd-title\""));
}
