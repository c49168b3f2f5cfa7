//! Reads an SVG back: every text with its box, every tooltip, every number.

use framdrift_interchange::text::width;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// A text on the page, in tenths of a pixel.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Text {
    pub(crate) content: String,
    pub(crate) class: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

impl Text {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// What stands on a page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) texts: Vec<Text>,
    pub(crate) tooltips: Vec<String>,
    pub(crate) description: String,
    /// Left and right edge of every rectangle.
    pub(crate) rectangles: Vec<(f64, f64)>,
}

/// The sizes that the style sheet gives to classes; rows carry their own.
fn size(class: &str) -> f64 {
    match class {
        c if c.contains("fd-h") => 180.0,
        c if c.contains("fd-sub") => 110.0,
        c if c.contains("fd-k") => 105.0,
        _ => 100.0,
    }
}

impl Page {
    /// Reads a page, and fails the test where it is no well-formed SVG.
    pub(crate) fn of(svg: &str) -> Self {
        assert!(svg.chars().all(is_xml), "a character that XML does not allow");
        for noise in ["NaN", "inf", "Infinity"] {
            let quoted = [format!("\"{noise}\""), format!(" {noise} "), format!("H{noise}")];
            assert!(quoted.iter().all(|q| !svg.contains(q.as_str())), "{noise}");
        }
        let mut page = Self::default();
        let mut reader = Reader::from_str(svg);
        let mut open: Vec<(String, BytesStart<'static>)> = Vec::new();
        let mut content = String::new();
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(start) => {
                    page.element(&start);
                    open.push((name(&start), start.into_owned()));
                    content.clear();
                }
                Event::Empty(start) => page.element(&start),
                Event::Text(text) => content.push_str(&text),
                Event::GeneralRef(entity) => {
                    content.push('&');
                    content.push_str(&entity);
                    content.push(';');
                }
                Event::End(_) => {
                    let (name, start) = open.pop().expect("an end has a beginning");
                    let plain = quick_xml::escape::unescape(&content)
                        .expect("entities that XML knows")
                        .into_owned();
                    match name.as_str() {
                        "text" => page.texts.push(boxed(&start, plain)),
                        "title" => page.tooltips.push(plain),
                        "desc" => page.description = plain,
                        _ => {}
                    }
                    content.clear();
                }
                Event::Eof => break,
                other => panic!("not part of a picture: {other:?}"),
            }
        }
        assert!(open.is_empty(), "every element is closed");
        page
    }

    fn element(&mut self, start: &BytesStart<'_>) {
        let mut numbers = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.expect("well-formed attributes, each one once");
            let value = attribute.value.into_owned();
            let key = attribute.key.as_ref().to_owned();
            if ["x", "y", "width", "height", "rx", "font-size", "textLength"].contains(&key.as_str()) {
                let number: f64 = value.parse().expect("a number");
                assert!(number.is_finite() && number.abs() < 1e6, "{key}={value}");
                let decimals = value.split_once('.').map_or(0, |(_, d)| d.len());
                assert!(decimals <= 1, "{key}={value} has noise");
                numbers.push((key.clone(), number * 10.0));
            }
            if key == "d" {
                let parts = value
                    .split(|c: char| c.is_ascii_alphabetic() || c == ' ')
                    .filter(|p| !p.is_empty());
                assert!(
                    parts.clone().all(|p| p.parse::<f64>().is_ok_and(f64::is_finite)),
                    "{value}"
                );
            }
        }
        let get = |key: &str| numbers.iter().find(|(k, _)| k == key).map(|(_, n)| *n);
        match name(start).as_str() {
            "svg" => (self.width, self.height) = (get("width").unwrap_or(0.0), get("height").unwrap_or(0.0)),
            "rect" => {
                let wide = get("width").unwrap_or(0.0);
                assert!(
                    wide >= 0.0 && get("height").unwrap_or(0.0) >= 0.0,
                    "a rectangle turned inside out"
                );
                self.rectangles
                    .push((get("x").unwrap_or(0.0), get("x").unwrap_or(0.0) + wide));
            }
            _ => {}
        }
    }

    /// Fails the test where texts lie on each other or leave the page.
    pub(crate) fn assert_legible(&self) {
        for (n, text) in self.texts.iter().enumerate() {
            let inside = text.left >= 0.0 && text.right <= self.width && text.top >= 0.0 && text.bottom <= self.height;
            assert!(inside, "{text:?} leaves the page {} × {}", self.width, self.height);
            for other in &self.texts[n + 1..] {
                assert!(!text.overlaps(other), "{text:?} and {other:?} overlap");
            }
        }
    }
}

fn name(start: &BytesStart<'_>) -> String {
    start.name().as_ref().to_owned()
}

fn attribute(start: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = start
        .attributes()
        .filter_map(Result::ok)
        .find(|a| a.key.as_ref() == key)?;
    Some(found.value.into_owned())
}

fn boxed(start: &BytesStart<'_>, content: String) -> Text {
    let class = attribute(start, "class").unwrap_or_default();
    let number = |key: &str| {
        attribute(start, key)
            .and_then(|v| v.parse::<f64>().ok())
            .map(|n| n * 10.0)
    };
    let size = number("font-size").unwrap_or_else(|| size(&class));
    let bold = ["fd-b", "fd-h", "fd-a1", "fd-st"]
        .iter()
        .any(|b| class.split(' ').any(|c| c == *b));
    let wide = width(&content, size as i64, bold) as f64;
    let (x, y) = (number("x").expect("an x"), number("y").expect("a y"));
    let left = match attribute(start, "text-anchor").as_deref() {
        Some("middle") => x - wide / 2.0,
        Some("end") => x - wide,
        _ => x,
    };
    Text {
        content,
        class,
        left,
        right: left + wide,
        top: y - size * 0.74,
        bottom: y + size * 0.22,
    }
}

fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}
