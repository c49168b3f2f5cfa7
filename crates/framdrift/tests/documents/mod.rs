//! Programme documents made at random: every block, `x-` keys at several levels, texts in several languages; most of them
//! without a fault.

mod blocks;

use framdrift::ProgrammeDoc;
use framdrift::model::date::{Date, Hours, TimeOfDay, Window};
use framdrift::model::document::{
    ActivityDoc, AsapDoc, BetweenDoc, ConstraintDoc, DatedDoc, LinkDoc, ManualDoc, MinutesDoc, PhaseDoc, SchedulingDoc,
};
use framdrift::model::projection::{LinkKind, Milestone};
use framdrift::model::rules::{
    Critical, Direction, FloatKind, LagCalendar, LateKind, OutOfSequence, Precedence, Profile, StartLag,
};
use framdrift::model::text::LocalText;
use framdrift::model::value::{Extensions, Value};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// The seed of random documents: the same ones every time, other ones with `FRAMDRIFT_SEED`.
fn seed() -> u64 {
    let asked = std::env::var("FRAMDRIFT_SEED").ok().and_then(|seed| seed.parse().ok());
    asked.unwrap_or(0x6672_616d)
}

/// How a property is run: `FRAMDRIFT_CASES` documents, or as many as it asks for itself.
pub(crate) fn config(cases: u32) -> Config {
    let wanted = std::env::var("FRAMDRIFT_CASES").ok().and_then(|n| n.parse().ok());
    Config {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(seed()),
        ..Config::with_cases(wanted.unwrap_or(cases))
    }
}

/// Documents; a larger tape makes a larger one, and it shrinks with its tape.
pub(crate) fn document() -> impl Strategy<Value = ProgrammeDoc> {
    proptest::collection::vec(any::<u16>(), 0..600).prop_map(|tape| Maker::new(tape, 0).programme())
}

/// Documents with a mistake here and there: names that nothing has, ids that stand twice, windows the wrong way round.
pub(crate) fn faulty_document() -> impl Strategy<Value = ProgrammeDoc> {
    proptest::collection::vec(any::<u16>(), 0..600).prop_map(|tape| Maker::new(tape, 6).programme())
}

/// Choices from a tape; past its end every choice is the first one.
struct Maker {
    tape: std::vec::IntoIter<u16>,
    /// How many out of a hundred choices of a name or value are mistakes.
    mistakes: usize,
    /// What a link may come from, so that links lead forward.
    nodes: Vec<String>,
    made: usize,
}

const WORDS: &[&str] = &[
    "förankra",
    "kartlägga",
    "søke",
    "mål",
    "Å.1",
    "x_2",
    "NO",
    "no",
    "on",
    "null",
    "true",
    "0123",
    "1e3",
    "12.5",
    "0x1F",
    "y",
    "2026-03-01",
    "0o7",
    "utbildning-åk-9",
];

const TEXTS: &[&str] = &[
    "Förankra i nämnden",
    "Nei",
    "no",
    "NO",
    "",
    " ",
    "null",
    "~",
    "12:30",
    "1_000",
    "ja: nej",
    "a #b",
    "- a",
    "[x]",
    "{x}",
    "\"hei\"",
    "'hei'",
    "to\nlinjer",
    "to\nlinjer\n",
    "\n",
    "tab\there",
    "a\r\nb",
    "\u{85}",
    "\u{2028}",
    "\u{FEFF}",
    "😀 ås",
    "\\",
    "@åse",
    "%",
    "?",
    "|",
    ">",
    "&a",
    "*a",
    "!a",
    "x ",
    " x",
    "1e400",
    "0123",
    "<<",
    "=",
    "---",
    "\u{0}",
];

impl Maker {
    fn new(tape: Vec<u16>, mistakes: usize) -> Self {
        Self {
            tape: tape.into_iter(),
            mistakes,
            nodes: Vec::new(),
            made: 0,
        }
    }

    fn below(&mut self, n: usize) -> usize {
        usize::from(self.tape.next().unwrap_or(0)) % n.max(1)
    }

    /// True in `percent` of a hundred cases; never past the tape's end.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn mistake(&mut self) -> bool {
        self.mistakes > 0 && self.chance(self.mistakes)
    }

    fn pick<'c, T>(&mut self, from: &'c [T]) -> &'c T {
        &from[self.below(from.len())]
    }

    /// An id that nothing else has; by mistake one that something has, or that is none.
    fn id(&mut self) -> String {
        let word = *self.pick(WORDS);
        if self.mistake() {
            return if self.chance(50) {
                word.to_owned()
            } else {
                "två ord".to_owned()
            };
        }
        self.made += 1;
        if self.made < 4 {
            word.to_owned() + &"x".repeat(self.made)
        } else {
            format!("{word}-{}", self.made)
        }
    }

    /// One of some ids; by mistake another.
    fn named(&mut self, ids: &[String]) -> Option<String> {
        if self.mistake() {
            return Some((*self.pick(WORDS)).to_owned());
        }
        if ids.is_empty() {
            None
        } else {
            Some(self.pick(ids).clone())
        }
    }

    fn text(&mut self) -> LocalText {
        let plain = *self.pick(TEXTS);
        match self.below(3) {
            0 => plain.into(),
            1 => LocalText::by_language([("sv", plain), ("nb", *self.pick(TEXTS))]),
            _ => LocalText::by_language([("nb-NO", plain), ("no", *self.pick(TEXTS)), ("en", "x")]),
        }
    }

    fn title(&mut self) -> Option<LocalText> {
        self.chance(40).then(|| self.text())
    }

    fn value(&mut self, depth: usize) -> Value {
        match self.below(if depth < 3 { 8 } else { 5 }) {
            0 => Value::Null,
            1 => Value::Bool(self.chance(50)),
            2 => Value::Integer([0, 1, -1, i64::MAX, i64::MIN, 4711][self.below(6)]),
            // Fifteen digits at most: `serde_json` without its feature `float_roundtrip` may miss longer ones by a bit.
            3 => Value::Float([0.5, -1.25, 1e20, 1.0, 123_456.789, 1e-7][self.below(6)]),
            4 => Value::from(*self.pick(TEXTS)),
            5 | 6 => {
                let entries = 0..self.below(4);
                Value::List(entries.map(|_| self.value(depth + 1)).collect())
            }
            _ => {
                let entries = 0..self.below(4);
                Value::Table(
                    entries
                        .map(|n| (format!("{}{n}", self.pick(TEXTS)), self.value(depth + 1)))
                        .collect(),
                )
            }
        }
    }

    fn extra(&mut self) -> Extensions {
        let mut extra = Extensions::default();
        if self.chance(15) {
            let entries = 1 + self.below(2);
            for _ in 0..entries {
                let key = format!("x-{}", self.pick(TEXTS));
                extra.set(key, self.value(0));
            }
        }
        extra
    }

    fn date(&mut self) -> Date {
        let month = u32::try_from(1 + self.below(12)).unwrap_or(1);
        let day = u32::try_from(1 + self.below(28)).unwrap_or(1);
        let date = Date::new(2026, month, day).expect("every month has 28 days");
        if self.chance(25) { date.at(self.time()) } else { date }
    }

    fn time(&mut self) -> TimeOfDay {
        let minute = u16::try_from(self.below(97) * 15).unwrap_or(0);
        TimeOfDay::from_minute(minute).expect("within the day")
    }

    fn window(&mut self) -> Window {
        let text = if self.mistake() {
            "2026-05-31/2026-05-01"
        } else {
            self.pick(&[
                "2026-03",
                "2026-Q4",
                "2026-H1",
                "2026",
                "2026-03-01/2026-04-15",
                "2026-03-07",
            ])
        };
        text.parse().expect("a window")
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(&mut self, texts: &[&str]) -> T {
        self.pick(texts).parse().expect("well-formed")
    }

    fn duration<T: std::str::FromStr<Err: std::fmt::Debug>>(&mut self) -> T {
        self.parsed(&["1d", "30m", "4h", "1.5d", "2w", "0.125mo", "14ed", "2ew", "0d", "999m"])
    }

    fn period(&mut self) -> framdrift::model::period::Period {
        self.parsed(&["P3M", "P1Y", "P14D", "P1Y2M3W4D", "P2W"])
    }

    fn hours(&mut self) -> Vec<Hours> {
        if self.mistake() {
            return vec!["22:00-06:00".parse().expect("hours")];
        }
        let all: &[&[&str]] = &[&["08:00-16:00"], &["08:00-12:00", "13:00-17:00"], &[], &["00:00-24:00"]];
        self.pick(all).iter().map(|h| h.parse().expect("hours")).collect()
    }

    fn some<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(percent) { Some(make(self)) } else { None }
    }

    fn several<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.below(most + 1);
        (0..count).map(|_| make(self)).collect()
    }

    fn links(&mut self) -> Vec<LinkDoc> {
        let mut links = self.several(2, |m| {
            let from = m.named(&m.nodes.clone())?;
            let mut link = LinkDoc::new(from);
            link.kind = m.some(30, |m| *m.pick(LinkKind::ALL));
            link.lag = m.some(30, |m| m.parsed(&["2d", "-4h", "50%", "-12.5%", "14ed", "0d", "+1w"]));
            link.extensions = m.extra();
            Some(link)
        });
        links.retain(Option::is_some);
        links.into_iter().flatten().collect()
    }

    fn constraints(&mut self) -> Vec<ConstraintDoc> {
        self.several(1, |m| {
            let mut dated = DatedDoc::new(m.date());
            dated.extensions = m.extra();
            let mut plain = AsapDoc::new();
            plain.extensions = m.extra();
            match m.below(11) {
                0 => ConstraintDoc::StartNoEarlierThan(dated),
                1 => ConstraintDoc::FinishNoLaterThan(dated),
                2 => ConstraintDoc::AsLateAsPossible(plain),
                3 => ConstraintDoc::AsSoonAsPossible(plain),
                4 => ConstraintDoc::StartNoLaterThan(dated),
                5 => ConstraintDoc::FinishNoEarlierThan(dated),
                6 => ConstraintDoc::MustStartOn(dated),
                7 => ConstraintDoc::MustFinishOn(dated),
                8 => ConstraintDoc::ExpectedFinish(dated),
                9 => ConstraintDoc::ExternalEarlyStart(dated),
                _ => ConstraintDoc::ExternalLateFinish(dated),
            }
        })
    }

    fn scheduling(&mut self) -> SchedulingDoc {
        let mut scheduling = SchedulingDoc::new();
        scheduling.profile = self.some(60, |m| *m.pick(Profile::ALL));
        scheduling.lag_calendar = self.some(20, |m| *m.pick(LagCalendar::ALL));
        scheduling.precedence = self.some(20, |m| *m.pick(Precedence::ALL));
        scheduling.float = self.some(20, |m| *m.pick(FloatKind::ALL));
        scheduling.critical = self.some(20, |m| *m.pick(Critical::ALL));
        scheduling.critical_limit = self.some(20, |m| m.parsed(&["0d", "-95h", "1.5d", "2w"]));
        scheduling.multiple_critical_paths = self.some(20, |m| m.chance(50));
        scheduling.open_ends_critical = self.some(20, |m| m.chance(50));
        scheduling.out_of_sequence = self.some(20, |m| *m.pick(OutOfSequence::ALL));
        scheduling.start_lag = self.some(20, |m| *m.pick(StartLag::ALL));
        scheduling.as_late_as_possible = self.some(20, |m| *m.pick(LateKind::ALL));
        scheduling.expected_finish = self.some(20, |m| m.chance(50));
        scheduling.external_dates = self.some(20, |m| m.chance(50));
        scheduling.direction = self.some(20, |m| *m.pick(Direction::ALL));
        scheduling.extensions = self.extra();
        scheduling
    }

    /// What an activity is besides computed; by mistake two things at once.
    fn modes(&mut self, activity: &mut ActivityDoc) {
        activity.uid = self.some(30, |m| {
            let number = if m.mistake() { 7 } else { 1_000 + m.made };
            u32::try_from(number).expect("a small number").into()
        });
        activity.inactive = self.some(10, |m| m.chance(50));
        activity.milestone = self.some(10, |m| *m.pick(Milestone::ALL));
        let twice = self.mistake();
        let kind = self.below(12);
        activity.manual = (kind == 11 || twice).then(|| {
            let (one, other) = (self.date(), self.date());
            let in_order = one.as_start() <= other.as_start();
            let (first, last) = if in_order { (one, other) } else { (other, one) };
            let mut manual = ManualDoc::new(first, last);
            manual.extensions = self.extra();
            manual
        });
        activity.level_of_effort = (kind == 10 || twice).then_some(true);
        activity.delay = (kind == 9 || twice).then(|| {
            if self.mistake() {
                self.parsed(&["3d"])
            } else {
                self.parsed(&["3ed", "36eh", "0d"])
            }
        });
    }

    fn programme(mut self) -> ProgrammeDoc {
        let mut doc = ProgrammeDoc::new(self.id());
        doc.title = self.title();
        doc.languages = self.several(2, |m| m.pick(&["sv", "nb", "en", "sv-FI"]).parse().expect("a tag"));
        doc.start = self.some(80, Self::date);
        doc.finish = self.some(10, |m| {
            if m.mistake() {
                "1999-01-01".parse().expect("a date")
            } else {
                Date::new(2027, 6, 1).expect("a date")
            }
        });
        doc.scheduling = self.some(20, Self::scheduling);
        doc.minutes = self.some(20, |m| {
            let mut minutes = MinutesDoc::new();
            minutes.day = m.some(50, |m| if m.mistake() { 0 } else { 450 });
            minutes.week = m.some(50, |_| 2_250);
            minutes.month = m.some(50, |_| 9_000);
            minutes.extensions = m.extra();
            minutes
        });
        let calendars = self.calendars(&mut doc);
        doc.calendar = self.some(40, |m| m.named(&calendars)).flatten().map(Into::into);
        let (subjects, groups) = self.subjects(&mut doc);
        let parties = self.parties(&mut doc, &subjects);
        doc.phases = self.several(2, |m| {
            let mut phase = PhaseDoc::new(m.id());
            phase.title = m.title();
            phase.deadline = m.some(20, Self::date);
            phase.window = m.some(20, Self::window);
            phase.extensions = m.extra();
            phase
        });
        let phases: Vec<String> = doc.phases.iter().map(|p| p.id.to_string()).collect();
        let names = Names {
            calendars,
            groups,
            parties,
            bodies: doc.bodies.iter().map(|b| b.id.to_string()).collect(),
            phases,
        };
        doc.activities = self.several(5, |m| m.activity(&names));
        if doc.activities.len() > 2 && self.chance(30) {
            // A part of the first activity, which then spans it.
            let summary = doc.activities[0].id.clone();
            if doc.activities[0].duration.is_none() {
                doc.activities[1].part_of = Some(summary);
                doc.activities[1].phase = None;
                doc.activities[1].per = None;
            }
        }
        doc.deliverables = self.several(2, |m| m.deliverable(&names));
        let versions: Vec<String> = doc
            .deliverables
            .iter()
            .flat_map(|d| d.versions.iter().map(move |v| format!("{}/{}", d.id, v.id)))
            .collect();
        doc.meetings = self.several(3, |m| m.meeting(&names, &versions));
        if let [first, .., last] = doc.meetings.as_slice() {
            let (first, last) = (first.id.as_str().to_owned(), last.id.as_str().to_owned());
            if self.chance(50) {
                let mut task = ActivityDoc::new(self.id());
                task.duration = Some(self.duration());
                let mut between = BetweenDoc::new(first.as_str(), last.as_str());
                between.extensions = self.extra();
                task.between = Some(between);
                doc.activities.push(task);
            }
        }
        doc.gates = self.several(2, |m| m.gate(&names));
        doc.extensions = self.extra();
        doc
    }
}

struct Names {
    calendars: Vec<String>,
    groups: Vec<String>,
    parties: Vec<String>,
    bodies: Vec<String>,
    phases: Vec<String>,
}
