//! Recorded progress: references, kinds and the order of dates; and what it comes to for a schedule.

use std::collections::HashMap;

use super::names::{again, shortened};
use super::references::Known;
use super::{Damage, Report};
use crate::Programme;
use crate::calendar::WorkCalendar;
use crate::codes;
use crate::date::Date;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{FactDoc, FactsDoc};
use crate::facts::{Fact, Facts};
use crate::id::LONGEST as LONGEST_ID;
use crate::instants::{finish_of, finish_on, reversed, start_on};
use crate::place::Place;
use crate::projection::{NodeIx, NodeKind, Projection, Span, TimeNode};
use crate::quantity::LONGEST;
use crate::resolved::{End, Resolved};
use crate::time::Minute;

/// What checking recorded progress learnt.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CheckedFacts {
    /// Every entry without a fault, by node; to be used where there is no fault at all.
    pub facts: Facts,
    /// The faults and warnings, at their places in the facts document, in its order.
    pub diagnostics: Diagnostics,
}

impl FactsDoc {
    /// Looks up what the entries name, and finds every fault and warning.
    ///
    /// `projection` is that of `programme`. Takes O(*n* + *f*) time and memory for *n* nodes and *f* entries.
    ///
    /// ```
    /// use framdrift_model::document::{ActivityDoc, FactDoc, FactsDoc, ProgrammeDoc};
    ///
    /// let mut document = ProgrammeDoc::new("garden");
    /// let mut dig = ActivityDoc::new("dig");
    /// dig.duration = Some("4d".parse().unwrap());
    /// document.activities.push(dig);
    /// let programme = document.validate().unwrap();
    ///
    /// let mut facts = FactsDoc::new();
    /// let mut dug = FactDoc::new("dgi");
    /// dug.started = Some("2026-03-03".parse().unwrap());
    /// facts.facts.push(dug);
    /// let checked = facts.check(&programme, &programme.projection());
    /// let fault = checked.diagnostics.iter().next().unwrap();
    /// assert_eq!(fault.to_string(), "error[unknown-reference]: fact dgi / of: nothing here is called `dgi`");
    /// assert_eq!(fault.help(), Some("did you mean `dig`?"));
    ///
    /// facts.facts[0].of = "dig".into();
    /// let checked = facts.check(&programme, &programme.projection());
    /// assert!(checked.diagnostics.is_empty());
    /// let (_, fact) = checked.facts.iter().next().unwrap();
    /// assert_eq!(fact.started.unwrap().to_string(), "2026-03-03T08:00");
    /// ```
    ///
    /// # Panics
    /// May panic when `projection` is not that of `programme`.
    #[must_use]
    pub fn check(&self, programme: &Programme, projection: &Projection) -> CheckedFacts {
        let damage = Damage::none();
        let mut report = Report::new(programme.document(), &damage);
        let facts = resolve(&mut report, self, programme.resolved(), projection);
        report.diagnostics.sort();
        CheckedFacts {
            facts,
            diagnostics: report.diagnostics,
        }
    }
}

fn resolve(report: &mut Report<'_>, doc: &FactsDoc, resolved: &Resolved, projection: &Projection) -> Facts {
    let FactsDoc {
        framdrift_facts: _,
        programme,
        status_date,
        facts,
        extensions: _,
    } = doc;
    let own = &report.doc.id;
    if let Some(other) = programme.as_ref().filter(|id| *id != own) {
        let diagnostic = Diagnostic::new(
            codes::OTHER_PROGRAMME,
            Place::programme().field("programme"),
            format!(
                "this is the progress of `{}`, not of `{own}`",
                shortened(other.as_str())
            ),
        );
        let help = "take it together with its own programme, or mend the id";
        report.push(diagnostic.with_help(help));
    }
    let mut out = Facts::none();
    let calendar = projection.calendars.get(projection.calendar.index());
    out.status_date = status_date.map(|date| calendar.map_or(date.as_finish(), |own| finish_on(own, date)));

    if facts.is_empty() {
        return out;
    }
    let known = Known::of(report.doc, resolved);
    let nodes = &projection.nodes;
    let by_id: HashMap<&str, NodeIx> = nodes.iter().map(|n| &*n.id).zip((0..).map(NodeIx)).collect();
    // The entry of each node that has one, and how many there are.
    let mut seen: HashMap<NodeIx, (usize, u32)> = HashMap::new();
    for (i, fact) in facts.iter().enumerate() {
        let place = || entry(i, fact);
        let Some(end) = known.find(report, &fact.of, &|| place().field("of")) else {
            continue;
        };
        let node = by_id.get(fact.of.as_str()).copied();
        let Some(ix) = node.filter(|ix| !nodes[ix.index()].summary) else {
            report.push(on_summary(report, resolved, end, place()));
            continue;
        };
        if let Some((first, times)) = seen.get_mut(&ix) {
            *times += 1;
            let mut at = place();
            at.address = again(&at.address, *times);
            let first = entry(*first, fact);
            report.push(
                Diagnostic::new(
                    codes::DUPLICATE_FACT,
                    at.field("of"),
                    format!("the progress of `{}` is recorded twice", fact.of),
                )
                .with_related(first.field("of"), "first here")
                .with_help("keep one entry for each thing, with all that is known of it"),
            );
            continue;
        }
        seen.insert(ix, (i, 1));
        let node = &nodes[ix.index()];
        let before = report.diagnostics.errors();
        fitting(report, fact, node, &place);
        in_order(report, fact, &place);
        after_status_date(report, fact, *status_date, &place);
        if report.diagnostics.errors() == before {
            let calendar = &projection.calendars[node.calendar.index()];
            let remaining = fact.remaining.map(|left| left.span(report.doc.units()).minutes());
            out.set(ix, known_of(fact, node, calendar, remaining));
        }
    }
    out
}

/// Where an entry stands. A reference may be as long as the file, and is then cut short.
fn entry(i: usize, fact: &FactDoc) -> Place {
    let of = fact.of.as_str();
    let root = Place::programme();
    // The longest that is well-formed: a review of a version for a subject.
    if of.chars().nth(4 * LONGEST_ID + 3).is_some() {
        root.entry("facts", i, "fact", shortened(of))
    } else {
        root.entry("facts", i, "fact", of)
    }
}

/// A summary, or what is done per subject, has no progress of its own.
fn on_summary(report: &Report<'_>, resolved: &Resolved, end: End, place: Place) -> Diagnostic {
    let slot = resolved.slots.get(end.slot);
    let subjects = resolved.subjects(end.slot).filter(|_| end.subject.is_none());
    let (why, help) = match subjects {
        Some(subjects) => {
            let first = subjects.first().map(|s| &report.doc.subjects[*s as usize].id);
            let help = first.map_or_else(
                || "its group has no subjects".to_owned(),
                |first| format!("name one of them, such as `{}@{first}`", slot.id),
            );
            ("is done per subject", help)
        }
        None => (
            "spans what belongs to it",
            "record what happened to what belongs to it; the summary follows".to_owned(),
        ),
    };
    Diagnostic::new(
        codes::FACT_ON_SUMMARY,
        place.field("of"),
        format!("`{}` {why} and has no progress of its own", slot.id),
    )
    .with_help(help)
}

/// What this kind of thing can have.
fn fitting(report: &mut Report<'_>, fact: &FactDoc, node: &TimeNode, place: &dyn Fn() -> Place) {
    let FactDoc {
        of,
        started,
        finished,
        decided,
        remaining,
        suspended,
        resumed,
        extensions: _,
    } = fact;
    let mut refuse = |code, key: &str, message: String, help: &str| {
        report.push(Diagnostic::new(code, place().field(key), message).with_help(help));
    };
    if node.kind == NodeKind::Gate {
        for (key, given) in [
            ("started", started.is_some()),
            ("finished", finished.is_some()),
            ("remaining", remaining.is_some()),
            ("suspended", suspended.is_some()),
            ("resumed", resumed.is_some()),
        ] {
            if given {
                let message = format!("`{of}` is a gate and has no `{key}`");
                refuse(
                    codes::UNFITTING_FACT,
                    key,
                    message,
                    "a gate is decided: write `decided`",
                );
            }
        }
    } else if decided.is_some() {
        let kind = node.kind.word();
        let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
            "an"
        } else {
            "a"
        };
        let message = format!("`{of}` is {article} {kind}, and only gates are decided");
        refuse(
            codes::UNFITTING_FACT,
            "decided",
            message,
            "write `finished`, or name a gate",
        );
    }
    let Some(left) = remaining else { return };
    let span = left.span(report.doc.units());
    if span.minutes() > LONGEST {
        report.push(super::times::too_long(place().field("remaining"), "remaining time"));
    } else if finished.is_some() {
        let message = format!("`{of}` has finished and has nothing left");
        let help = "take `remaining` away, or `finished` where it goes on";
        report.push(Diagnostic::new(codes::LEFT_OF_FINISHED, place().field("remaining"), message).with_help(help));
    } else if span.minutes() > 0 && node.kind != NodeKind::Gate {
        let (takes, given, help) = match (node.span, span) {
            (Span::Elapsed(_), Span::Work(_)) => (
                "elapsed",
                "working",
                "write `em`, `eh`, `ed`, `ew` or `emo`, such as `3ed`",
            ),
            (Span::Work(_), Span::Elapsed(_)) => {
                ("working", "elapsed", "write `m`, `h`, `d`, `w` or `mo`, such as `3d`")
            }
            _ => return,
        };
        let message = format!("`{of}` takes {takes} time, and `{left}` is {given} time");
        report.push(Diagnostic::new(codes::UNFITTING_FACT, place().field("remaining"), message).with_help(help));
    }
}

/// Dates in the wrong order.
fn in_order(report: &mut Report<'_>, fact: &FactDoc, place: &dyn Fn() -> Place) {
    for (first, (key, last), words) in [
        (fact.started, ("finished", fact.finished), ["finished", "started"]),
        (
            fact.started,
            ("suspended", fact.suspended),
            ["was suspended", "started"],
        ),
        (
            fact.suspended,
            ("resumed", fact.resumed),
            ["was resumed", "was suspended"],
        ),
    ] {
        let (Some(first), Some(last)) = (first, last) else {
            continue;
        };
        if reversed(first, last) {
            let [after, before] = words;
            report.push(
                Diagnostic::new(
                    codes::REVERSED_DATES,
                    place().field(key),
                    format!("`{}` {after} {last}, before it {before} {first}", fact.of),
                )
                .with_help("are the two dates swapped?"),
            );
        }
    }
}

/// What happened after the date up to which things are recorded.
fn after_status_date(report: &mut Report<'_>, fact: &FactDoc, status: Option<Date>, place: &dyn Fn() -> Place) {
    let Some(status) = status else { return };
    for (key, words, date) in [
        ("started", "started", fact.started),
        ("finished", "finished", fact.finished),
        ("decided", "was decided", fact.decided),
        ("suspended", "was suspended", fact.suspended),
    ] {
        let Some(date) = date.filter(|date| date.as_start() > status.as_finish()) else {
            continue;
        };
        report.push(
            Diagnostic::new(
                codes::FACT_AFTER_STATUS_DATE,
                place().field(key),
                format!("`{}` {words} {date}, after the status date {status}", fact.of),
            )
            .with_help("move the status date on to when this became known"),
        );
    }
}

/// What an entry without faults comes to.
fn known_of(doc: &FactDoc, node: &TimeNode, calendar: &WorkCalendar, remaining: Option<i64>) -> Fact {
    let start = |date: Date| start_on(calendar, date);
    let finish = |date: Date| finish_of(calendar, node.span, date);
    if let Some(decided) = doc.decided {
        let at = start(decided);
        return Fact {
            started: Some(at),
            finished: Some(at),
            ..Fact::default()
        };
    }
    // A time of day that is left out never puts two dates in the wrong order.
    let latest = |limits: [Option<Minute>; 2], at: Minute| limits.into_iter().flatten().fold(at, Minute::min);
    let typed = |date: Option<Date>| date.is_some_and(|date| date.time().is_some());
    let finished = doc.finished.map(finish);
    let suspended = doc.suspended.map(finish);
    let resumed = doc.resumed.map(start);
    let started = doc.started.map(start);
    let started = match started {
        Some(at) if !typed(doc.started) => Some(latest([finished, suspended], at)),
        other => other,
    };
    let not_before = |earlier: Option<Minute>, at: Minute| earlier.map_or(at, |earlier| at.max(earlier));
    let finished = finished.map(|at| not_before(started, at));
    let suspended = match suspended {
        Some(at) if !typed(doc.suspended) => Some(not_before(started, latest([resumed, None], at))),
        other => other,
    };
    Fact {
        started: started.or(finished),
        finished,
        remaining,
        suspended,
        resumed: resumed.map(|at| not_before(suspended, at)),
    }
}
