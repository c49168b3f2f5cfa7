//! `clndr_data`: a calendar in nested parentheses.
//!
//! ```text
//! (0||CalendarData()(
//!   (0||DaysOfWeek()(
//!     (0||1()())
//!     (0||2()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)()))) …))
//!   (0||Exceptions()(
//!     (0||0(d|36525)())
//!     (0||1(d|36530)((0||0(s|08:00|f|12:00)()))) …))))
//! ```
//!
//! Each node is `(number||name(attributes)(nodes))`. Days of the week count from 1, Sunday; dates are days since 1899-12-30.

use chrono::{Days, NaiveDate};
use framdrift_model::date::Date;

/// What a calendar's text says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Clndr {
    /// Minutes from and to per day of the week, Sunday first; `None` where the day is not named. A stretch that ends at or
    /// before it begins passes midnight.
    pub(super) week: [Option<Vec<(u16, u16)>>; 7],
    /// Days that differ, in the order of the file, none twice in a row dropped.
    pub(super) exceptions: Vec<(Date, Vec<(u16, u16)>)>,
    /// Names of nodes that are not known, and how often values were not understood.
    pub(super) unknown: Vec<String>,
    pub(super) unreadable: u64,
}

/// A node that is being read.
#[derive(Debug, Default)]
struct Node<'t> {
    name: &'t str,
    attributes: &'t str,
    children: Vec<Node<'t>>,
}

/// Reads a calendar; says what is wrong where its parentheses do not match.
pub(super) fn read(text: &str, most_depth: usize) -> Result<Clndr, String> {
    let mut clndr = Clndr::default();
    if text.trim().is_empty() {
        return Ok(clndr);
    }
    for root in nodes(text, most_depth)? {
        if root.name != "CalendarData" {
            clndr.unknown.push(crate::loss::shortened(root.name));
            continue;
        }
        for part in &root.children {
            match part.name {
                "DaysOfWeek" => week(part, &mut clndr),
                "Exceptions" => exceptions(part, &mut clndr),
                // Says how the calendar is shown.
                "VIEW" => {}
                other => clndr.unknown.push(crate::loss::shortened(other)),
            }
        }
    }
    Ok(clndr)
}

fn week(part: &Node<'_>, clndr: &mut Clndr) {
    for day in &part.children {
        match day.name.parse::<usize>() {
            Ok(n @ 1..=7) => {
                let hours = hours(day, &mut clndr.unreadable);
                clndr.week[n - 1] = Some(hours);
            }
            _ => clndr.unreadable += 1,
        }
    }
}

fn exceptions(part: &Node<'_>, clndr: &mut Clndr) {
    for day in &part.children {
        let serial = attribute(day.attributes, "d").and_then(|number| number.parse().ok());
        match serial.and_then(date) {
            Some(date) => {
                let hours = hours(day, &mut clndr.unreadable);
                clndr.exceptions.push((date, hours));
            }
            None => clndr.unreadable += 1,
        }
    }
}

/// The date of a serial number.
fn date(serial: u64) -> Option<Date> {
    use chrono::Datelike;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(serial))?;
    Date::new(day.year(), day.month(), day.day())
}

fn hours(day: &Node<'_>, unreadable: &mut u64) -> Vec<(u16, u16)> {
    let mut found = Vec::new();
    for stretch in &day.children {
        let time = |key| attribute(stretch.attributes, key).and_then(minute);
        match (time("s"), time("f")) {
            (Some(from), Some(to)) => found.push((from, to)),
            _ => *unreadable += 1,
        }
    }
    found
}

/// The value of a key in `s|08:00|f|12:00`.
fn attribute<'t>(attributes: &'t str, key: &str) -> Option<&'t str> {
    let mut parts = attributes.split('|');
    while let Some(name) = parts.next() {
        let value = parts.next()?;
        if name.trim() == key {
            return Some(value.trim());
        }
    }
    None
}

/// `08:00` in minutes.
fn minute(text: &str) -> Option<u16> {
    let seconds = crate::mspdi::clock(text)?;
    u16::try_from((seconds + 30) / 60).ok()
}

/// Reads a list of nodes. Space between them, whatever character stands for it, is passed over.
fn nodes(text: &str, most_depth: usize) -> Result<Vec<Node<'_>>, String> {
    let mut found = Vec::new();
    // Nodes that are open, the outermost first; nothing recurses.
    let mut open: Vec<Node<'_>> = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
        let Some(first) = rest.chars().next() else {
            return if open.is_empty() {
                Ok(found)
            } else {
                Err("a parenthesis is not closed".into())
            };
        };
        match first {
            '(' => {
                if open.len() >= most_depth {
                    return Err(format!("parentheses lie more than {most_depth} levels deep"));
                }
                let (node, after) = head(&rest[1..])?;
                open.push(node);
                rest = after;
            }
            ')' => {
                // The list of nodes ends, then the node itself.
                rest = rest[1..].trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
                rest = rest
                    .strip_prefix(')')
                    .ok_or("a parenthesis is missing at a node's end")?;
                let node = open.pop().ok_or("a parenthesis closes nothing")?;
                match open.last_mut() {
                    Some(above) => above.children.push(node),
                    None => found.push(node),
                }
            }
            other => return Err(format!("there is `{other}` where a parenthesis was expected")),
        }
    }
}

/// Reads `0||name(attributes)(`, up to where the nodes within begin.
fn head(text: &str) -> Result<(Node<'_>, &str), String> {
    let (before, rest) = text.split_once('(').ok_or("a node has no attributes")?;
    let (attributes, rest) = rest.split_once(')').ok_or("a node's attributes do not end")?;
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c.is_control());
    let rest = rest.strip_prefix('(').ok_or("a node has no list of nodes")?;
    let name = before.rsplit_once("||").map_or(before, |(_, name)| name);
    Ok((
        Node {
            name: name.trim(),
            attributes,
            children: Vec::new(),
        },
        rest,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "(0||CalendarData()(\u{7F}\u{7F}(0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)())\
        (0||1(s|13:00|f|17:00)())))(0||6()((0||0(f|00:00|s|22:00)())))))(0||VIEW(ShowTotal|Y)())\
        (0||Exceptions()((0||0(d|46023)())(0||1(d|46024)((0||0(s|08:00|f|12:00)())))))))";

    #[test]
    fn weeks_and_exceptions_are_read() {
        let clndr = read(SMALL, 64).unwrap();
        assert_eq!(clndr.week[0], Some(vec![]));
        assert_eq!(clndr.week[1], Some(vec![(480, 720), (780, 1020)]));
        assert_eq!(clndr.week[2], None);
        assert_eq!(clndr.week[5], Some(vec![(1320, 0)]));
        let days: Vec<_> = clndr
            .exceptions
            .iter()
            .map(|(day, hours)| (day.to_string(), hours.len()))
            .collect();
        assert_eq!(days, [("2026-01-01".to_owned(), 0), ("2026-01-02".to_owned(), 1)]);
        assert_eq!((clndr.unknown.len(), clndr.unreadable), (0, 0));
    }

    #[test]
    fn every_cut_is_an_error() {
        for at in 1..SMALL.len() {
            if let Some(cut) = SMALL.get(..at) {
                assert!(read(cut, 64).is_err(), "{cut}");
            }
        }
        let deep = "(0||a()(".repeat(100_000);
        assert!(read(&deep, 64).unwrap_err().contains("64 levels"));
    }
}
