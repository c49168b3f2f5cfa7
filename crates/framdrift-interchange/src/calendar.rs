//! From what other tools say of working time to calendars of a programme: one road for all readers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days, NaiveDate};
use framdrift_model::date::{Date, Hours, TimeOfDay, Window};
use framdrift_model::document::{CalendarDoc, ExceptionDoc, WeekDoc};

use crate::loss::{LossKind, LossReport, Spot};

/// Minutes of the day from and to. Where `to` is at or before `from`, the stretch passes midnight.
pub(crate) type Stretch = (u16, u16);

const MIDNIGHT: u16 = 1_440;

/// The most calendars that build on each other. A programme allows more, and tools allow two.
const LONGEST_LINE: usize = 50;

/// The most exceptional days of all calendars together, a parent's counted once for each that builds on it.
const MOST_DAYS_IN_ALL: usize = 2_000_000;

/// A calendar as a tool says it.
#[derive(Debug)]
pub(crate) struct Source {
    /// Its number there.
    pub(crate) uid: i64,
    pub(crate) name: Option<String>,
    /// The number of the calendar it builds on.
    pub(crate) base: Option<i64>,
    /// Monday first. A day that is `None` is the base calendar's.
    pub(crate) week: [Option<Vec<Stretch>>; 7],
    /// Days that differ. Where several name a day, the first counts.
    pub(crate) special: Vec<Special>,
    pub(crate) line: u32,
}

/// Days that differ, from the first to the last.
#[derive(Clone, Debug)]
pub(crate) struct Special {
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
    pub(crate) hours: Vec<Stretch>,
    pub(crate) name: Option<String>,
}

/// Calendars of a programme, and which is which.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) calendars: Vec<CalendarDoc>,
    /// The id that a number became.
    pub(crate) ids: BTreeMap<i64, String>,
}

impl Made {
    /// Keeps the calendars for which `wanted` holds, and those they build on.
    pub(crate) fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        let mut kept = BTreeSet::new();
        // Parents stand before their children.
        for calendar in self.calendars.iter().rev() {
            let id = calendar.id.as_str();
            if wanted(id) || kept.contains(id) {
                kept.insert(id.to_owned());
                kept.extend(calendar.parent.as_ref().map(ToString::to_string));
            }
        }
        self.calendars.retain(|calendar| kept.contains(calendar.id.as_str()));
        self.ids.retain(|_, id| kept.contains(id));
    }
}

/// Makes calendars of all, parents before their children, else in the order of the sources. `subject` is what the tool's file
/// calls a calendar.
pub(crate) fn make(sources: Vec<Source>, most_days: usize, subject: &str, loss: &mut LossReport) -> Made {
    let (sources, parents) = lineage(sources, subject, loss);
    let works = works(&sources, &parents);
    let mut made = Made::default();
    let mut budget = MOST_DAYS_IN_ALL;
    // Special days of each calendar with those of its parents.
    let mut days = vec![0_usize; sources.len()];
    for at in order(&parents) {
        days[at] = parents[at].map_or(0, |parent| days[parent]);
        let source = &sources[at];
        let spot = || Spot::line(source.line).about(named(source));
        if !works[at] {
            let why = "it has no working time in any week; what is on it takes the programme's calendar";
            loss.add(LossKind::Dropped, subject, why, spot);
            continue;
        }
        let mut document = CalendarDoc::new(format!("c{}", source.uid));
        document.title = source.name.as_deref().filter(|name| !name.is_empty()).map(Into::into);
        // A parent without work is left out; all it says of the week is that nobody works.
        document.parent = parents[at]
            .filter(|parent| works[*parent])
            .map(|parent| format!("c{}", sources[parent].uid).into());
        document.week = week(source, subject, loss);
        let most = most_days.saturating_sub(days[at]).min(budget.saturating_sub(days[at]));
        let special = laid_out(source, most, subject, loss);
        days[at] += special.len();
        budget = budget.saturating_sub(days[at]);
        document.exceptions = stretches(special, |at| laid(&source.special[at]));
        made.ids.insert(source.uid, document.id.to_string());
        made.calendars.push(document);
    }
    made
}

fn named(source: &Source) -> String {
    match &source.name {
        Some(name) => format!("calendar {} “{name}”", source.uid),
        None => format!("calendar {}", source.uid),
    }
}

/// Drops calendars whose number comes a second time, and finds parents: existing ones, no rings, no endless lines.
fn lineage(sources: Vec<Source>, subject: &str, loss: &mut LossReport) -> (Vec<Source>, Vec<Option<usize>>) {
    let mut positions = BTreeMap::new();
    let mut unique = Vec::with_capacity(sources.len());
    for source in sources {
        if source.uid < 0 || positions.contains_key(&source.uid) {
            let why = "a calendar without a number of its own cannot be referred to, and is left out";
            loss.add(LossKind::Dropped, subject, why, || {
                Spot::line(source.line).about(named(&source))
            });
            continue;
        }
        positions.insert(source.uid, unique.len());
        unique.push(source);
    }
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(unique.len());
    for source in &unique {
        let found = source.base.and_then(|base| positions.get(&base).copied());
        if source.base.is_some() && found.is_none() {
            let why = "the calendar it builds on is not in the file";
            loss.add(LossKind::Dropped, subject, why, || {
                Spot::line(source.line).about(named(source))
            });
        }
        parents.push(found);
    }
    for at in 0..unique.len() {
        let line = std::iter::successors(parents[at], |up| parents[*up]);
        if line
            .take(LONGEST_LINE)
            .enumerate()
            .any(|(n, up)| up == at || n + 1 == LONGEST_LINE)
        {
            let why = "calendars build on each other in a ring or in too long a line; this one builds on none";
            loss.add(LossKind::Dropped, subject, why, || {
                Spot::line(unique[at].line).about(named(&unique[at]))
            });
            parents[at] = None;
        }
    }
    (unique, parents)
}

/// Positions with parents before their children, else in order.
fn order(parents: &[Option<usize>]) -> Vec<usize> {
    let depth = |at: usize| std::iter::successors(parents[at], |up| parents[*up]).count();
    let mut order: Vec<usize> = (0..parents.len()).collect();
    order.sort_by_key(|at| (depth(*at), *at));
    order
}

/// Whether somebody works in the week, hours of the parents included.
fn works(sources: &[Source], parents: &[Option<usize>]) -> Vec<bool> {
    (0..sources.len())
        .map(|at| {
            let line: Vec<usize> = std::iter::successors(Some(at), |up| parents[*up]).collect();
            (0..7).any(|day| {
                let hours = line.iter().find_map(|at| sources[*at].week[day].as_ref());
                hours.is_some_and(|hours| !hours.is_empty())
            })
        })
        .collect()
}

/// Puts the stretches of a day in order, apart from each other, and cuts what passes midnight. The second list is what lies
/// after midnight.
fn tidy(stretches: &[Stretch]) -> (Vec<Stretch>, Vec<Stretch>) {
    let mut after = Vec::new();
    let mut today: Vec<Stretch> = Vec::new();
    for &(from, to) in stretches {
        if to > from {
            today.push((from, to.min(MIDNIGHT)));
        } else {
            if from < MIDNIGHT {
                today.push((from, MIDNIGHT));
            }
            if to > 0 {
                after.push((0, to));
            }
        }
    }
    (joined(today), joined(after))
}

fn joined(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.sort_unstable();
    // Stretches that touch stay apart, as they were written; those that overlap become one.
    stretches.dedup_by(|next, kept| {
        let overlap = next.0 < kept.1;
        if overlap {
            kept.1 = kept.1.max(next.1);
        }
        overlap
    });
    stretches
}

pub(crate) fn hours(stretches: &[Stretch]) -> Vec<Hours> {
    let time = |minute: u16| TimeOfDay::from_minute(minute.min(MIDNIGHT));
    stretches
        .iter()
        .filter_map(|(from, to)| {
            Some(Hours {
                from: time(*from)?,
                to: time(*to)?,
            })
        })
        .collect()
}

/// The week; none where it says nothing of its own. What passes midnight goes to the next day.
fn week(source: &Source, subject: &str, loss: &mut LossReport) -> Option<WeekDoc> {
    let mut days: [Option<Vec<Stretch>>; 7] = [const { None }; 7];
    let mut spilt: [Vec<Stretch>; 7] = [const { Vec::new() }; 7];
    for (at, stretches) in source.week.iter().enumerate() {
        let Some(stretches) = stretches else { continue };
        let (today, after) = tidy(stretches);
        days[at] = Some(today);
        spilt[(at + 1) % 7] = after;
    }
    for (day, after) in days.iter_mut().zip(spilt) {
        match day {
            _ if after.is_empty() => {}
            Some(day) => {
                day.extend(after);
                *day = joined(std::mem::take(day));
            }
            None => {
                let why = "hours that pass midnight into a day of the base calendar end at midnight";
                loss.add(LossKind::Changed, subject, why, || {
                    Spot::line(source.line).about(named(source))
                });
            }
        }
    }
    if days.iter().all(Option::is_none) {
        return None;
    }
    Some(week_of(days.map(|day| day.map(|day| hours(&day)))))
}

/// A week of days, Monday first.
pub(crate) fn week_of(
    [monday, tuesday, wednesday, thursday, friday, saturday, sunday]: [Option<Vec<Hours>>; 7],
) -> WeekDoc {
    let mut week = WeekDoc::new();
    week.monday = monday;
    week.tuesday = tuesday;
    week.wednesday = wednesday;
    week.thursday = thursday;
    week.friday = friday;
    week.saturday = saturday;
    week.sunday = sunday;
    week
}

/// What holds on a special day.
pub(crate) type Laid = (Vec<Hours>, Option<String>);

/// Every special day by itself, with the position of the first special that names it.
fn laid_out(source: &Source, most: usize, subject: &str, loss: &mut LossReport) -> BTreeMap<NaiveDate, usize> {
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    for (at, special) in source.special.iter().enumerate() {
        if special.hours.iter().any(|(from, to)| to <= from && *to > 0) {
            let why = "hours of an exceptional day that pass midnight end at midnight";
            loss.add(LossKind::Changed, subject, why, || {
                Spot::line(source.line).about(named(source))
            });
        }
        let mut day = special.first.max(FIRST_DAY);
        while day <= special.last && day.year() <= 9999 {
            if days.len() >= most && !days.contains_key(&day) {
                let why = "it has more exceptional days than can be held; later ones are left out";
                loss.add(LossKind::Dropped, subject, why, || {
                    Spot::line(source.line).about(named(source)).value(day.to_string())
                });
                break;
            }
            days.entry(day).or_insert(at);
            let Some(next) = day.checked_add_days(Days::new(1)) else {
                break;
            };
            day = next;
        }
    }
    days
}

/// What holds on the days of a special.
fn laid(special: &Special) -> Laid {
    (hours(&tidy(&special.hours).0), special.name.clone())
}

/// 1900-01-01, where a programme's dates begin.
const FIRST_DAY: NaiveDate = match NaiveDate::from_ymd_opt(1900, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Joins days that follow each other and are alike; `of` says what holds on them.
pub(crate) fn stretches<T: PartialEq>(
    days: impl IntoIterator<Item = (NaiveDate, T)>,
    of: impl Fn(T) -> Laid,
) -> Vec<ExceptionDoc> {
    let mut found: Vec<(NaiveDate, NaiveDate, T)> = Vec::new();
    for (day, what) in days {
        match found.last_mut() {
            Some((_, last, known)) if last.succ_opt() == Some(day) && *known == what => *last = day,
            _ => found.push((day, day, what)),
        }
    }
    let mut joined: Vec<(NaiveDate, NaiveDate, Laid)> = Vec::new();
    for (first, last, what) in found {
        let what = of(what);
        match joined.last_mut() {
            Some((_, before, known)) if before.succ_opt() == Some(first) && *known == what => *before = last,
            _ => joined.push((first, last, what)),
        }
    }
    joined
        .into_iter()
        .filter_map(|(first, last, (hours, name))| {
            let mut exception = ExceptionDoc::new(window(first, last)?);
            exception.hours = hours;
            exception.title = name.filter(|name| !name.is_empty()).map(Into::into);
            Some(exception)
        })
        .collect()
}

fn window(first: NaiveDate, last: NaiveDate) -> Option<Window> {
    let date = |day: NaiveDate| Date::new(day.year(), day.month(), day.day());
    if first == last {
        return first.to_string().parse().ok();
    }
    Some(Window::between(date(first)?, date(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn source(uid: i64, base: Option<i64>, monday: &[Stretch]) -> Source {
        let mut week = [const { None }; 7];
        week[0] = Some(monday.to_vec());
        Source {
            uid,
            name: None,
            base,
            week,
            special: Vec::new(),
            line: 1,
        }
    }

    #[test]
    fn nights_go_over_to_the_next_day() {
        let mut night = source(1, None, &[(1320, 360)]);
        night.week[1] = Some(vec![(1320, 0)]);
        let mut loss = LossReport::default();
        let made = make(vec![night], 100, "Calendar", &mut loss);
        let week = made.calendars[0].week.as_ref().unwrap();
        assert_eq!(format!("{:?}", week.monday), "Some([22:00-24:00])");
        assert_eq!(format!("{:?}", week.tuesday), "Some([00:00-06:00, 22:00-24:00])");
        assert_eq!(week.wednesday, None);
        assert!(loss.is_empty(), "{loss}");
        let made = make(vec![source(1, None, &[(0, 0)])], 100, "Calendar", &mut loss);
        assert_eq!(
            format!("{:?}", made.calendars[0].week.as_ref().unwrap().monday),
            "Some([00:00-24:00])"
        );
    }

    #[test]
    fn the_first_special_that_names_a_day_counts() {
        let mut source = source(7, None, &[(480, 960)]);
        let special = |first, last, hours: &[Stretch]| Special {
            first,
            last,
            hours: hours.to_vec(),
            name: None,
        };
        source.special = vec![
            special(day(5, 2), day(5, 2), &[(480, 720)]),
            special(day(5, 1), day(5, 4), &[]),
            special(day(5, 5), day(5, 5), &[]),
        ];
        let mut loss = LossReport::default();
        let made = make(vec![source], 100, "Calendar", &mut loss);
        let on: Vec<String> = made.calendars[0].exceptions.iter().map(|e| e.on.to_string()).collect();
        assert_eq!(on, ["2026-05-01", "2026-05-02", "2026-05-03/2026-05-05"]);
    }

    #[test]
    fn rings_strangers_and_idle_calendars_are_told() {
        let mut loss = LossReport::default();
        let sources = vec![
            source(1, Some(2), &[(480, 960)]),
            source(2, Some(1), &[(480, 960)]),
            source(3, Some(9), &[(480, 960)]),
            source(4, None, &[]),
            source(1, None, &[]),
        ];
        let made = make(sources, 100, "Calendar", &mut loss);
        assert_eq!(made.ids.len(), 3);
        assert_eq!(loss.count(LossKind::Dropped), 4, "{loss}");
        let mut document = framdrift_model::document::ProgrammeDoc::new("x");
        document.calendars = made.calendars;
        assert!(document.validate().is_ok());
    }
}
