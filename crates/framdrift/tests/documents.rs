//! Programme documents made at random: every block, `x-` keys at several levels, texts in several languages; most of them
//! without a fault.

use framdrift::ProgrammeDoc;
use framdrift::model::calendar::holidays::Country;
use framdrift::model::date::{Date, Hours, TimeOfDay, Window};
use framdrift::model::document::{
    ActivityDoc, AgendaItemDoc, AgendaKind, AsapDoc, BetweenDoc, BodyDoc, CalendarDoc, ConstraintDoc, DatedDoc,
    DeliverableDoc, ExceptionDoc, GateDoc, GroupDoc, HolidaysDoc, LeadTimeDoc, LinkDoc, ManualDoc, MeetingDoc,
    MinutesDoc, PartDoc, PersonDoc, PhaseDoc, PreReadDoc, ReviewDoc, RoleDoc, SchedulingDoc, SubjectDoc, SubjectKind,
    VersionDoc, WeekDoc,
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

    fn calendars(&mut self, doc: &mut ProgrammeDoc) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        doc.calendars = self.several(2, |m| {
            let id = m.id();
            let mut calendar = CalendarDoc::new(id.as_str());
            calendar.title = m.title();
            calendar.parent = m.some(40, |m| m.named(&ids)).flatten().map(Into::into);
            let mut week = WeekDoc::new();
            week.monday = Some(vec!["08:00-16:00".parse().expect("hours")]);
            week.tuesday = m.some(50, Self::hours);
            week.wednesday = m.some(50, Self::hours);
            week.thursday = m.some(30, Self::hours);
            week.friday = m.some(30, Self::hours);
            week.saturday = m.some(30, Self::hours);
            week.sunday = m.some(30, Self::hours);
            week.extensions = m.extra();
            if m.mistake() {
                week = WeekDoc::new();
            }
            calendar.week = Some(week);
            calendar.holidays = m.several(1, |m| {
                let mut holidays = HolidaysDoc::new(*m.pick(Country::ALL));
                holidays.eves = m.some(40, |m| m.chance(50));
                holidays.extensions = m.extra();
                holidays
            });
            calendar.exceptions = m.several(2, |m| {
                let mut exception = ExceptionDoc::new(m.window());
                exception.hours = m.hours();
                exception.title = m.title();
                exception.extensions = m.extra();
                exception
            });
            calendar.extensions = m.extra();
            ids.push(id);
            calendar
        });
        ids
    }

    fn subjects(&mut self, doc: &mut ProgrammeDoc) -> (Vec<String>, Vec<String>) {
        doc.subjects = self.several(4, |m| {
            let mut subject = SubjectDoc::new(m.id());
            subject.title = m.title();
            subject.kind = m.some(60, |m| *m.pick(SubjectKind::ALL));
            subject.extensions = m.extra();
            subject
        });
        let subjects: Vec<String> = doc.subjects.iter().map(|s| s.id.to_string()).collect();
        doc.groups = self.several(2, |m| {
            let mut group = GroupDoc::new(m.id());
            group.title = m.title();
            let members = m.several(3, |m| m.named(&subjects));
            group.members = members.into_iter().flatten().map(Into::into).collect();
            group.all = m.some(40, |m| *m.pick(SubjectKind::ALL));
            group.extensions = m.extra();
            group
        });
        let groups = doc.groups.iter().map(|g| g.id.to_string()).collect();
        (subjects, groups)
    }

    fn parties(&mut self, doc: &mut ProgrammeDoc, _: &[String]) -> Vec<String> {
        doc.roles = self.several(2, |m| {
            let mut role = RoleDoc::new(m.id());
            role.title = m.title();
            role.extensions = m.extra();
            role
        });
        let roles: Vec<String> = doc.roles.iter().map(|r| r.id.to_string()).collect();
        doc.bodies = self.several(2, |m| {
            let mut body = BodyDoc::new(m.id());
            body.title = m.title();
            body.extensions = m.extra();
            body
        });
        doc.people = self.several(2, |m| {
            let mut person = PersonDoc::new(m.id());
            person.title = m.title();
            let held = m.several(2, |m| m.named(&roles));
            person.roles = held.into_iter().flatten().map(Into::into).collect();
            person.extensions = m.extra();
            person
        });
        let bodies = doc.bodies.iter().map(|b| b.id.to_string());
        let people = doc.people.iter().map(|p| p.id.to_string());
        roles.iter().cloned().chain(bodies).chain(people).collect()
    }

    fn activity(&mut self, names: &Names) -> ActivityDoc {
        let id = self.id();
        let mut activity = ActivityDoc::new(id.as_str());
        activity.title = self.title();
        activity.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        activity.per = self.some(20, |m| m.named(&names.groups)).flatten().map(Into::into);
        activity.duration = self.some(80, Self::duration);
        activity.calendar = self.some(20, |m| m.named(&names.calendars)).flatten().map(Into::into);
        activity.work_calendar = self.some(10, |m| m.named(&names.calendars)).flatten().map(Into::into);
        activity.responsible = self.some(30, |m| m.named(&names.parties)).flatten().map(Into::into);
        activity.after = self.links();
        activity.deadline = self.some(20, Self::date);
        activity.window = self.some(20, Self::window);
        if activity.duration.is_some() {
            activity.constraints = self.constraints();
            self.modes(&mut activity);
        }
        activity.extensions = self.extra();
        self.nodes.push(id);
        activity
    }

    fn deliverable(&mut self, names: &Names) -> DeliverableDoc {
        let id = self.id();
        let mut deliverable = DeliverableDoc::new(id.as_str());
        deliverable.title = self.title();
        deliverable.owner = self.some(30, |m| m.named(&names.parties)).flatten().map(Into::into);
        deliverable.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        deliverable.per = self.some(20, |m| m.named(&names.groups)).flatten().map(Into::into);
        deliverable.calendar = self.some(20, |m| m.named(&names.calendars)).flatten().map(Into::into);
        deliverable.versions = self.several(2, |m| {
            let own = m.id();
            let mut version = VersionDoc::new(own.as_str());
            version.title = m.title();
            version.author = m.some(30, |m| m.named(&names.parties)).flatten().map(Into::into);
            version.phase = m.some(20, |m| m.named(&names.phases)).flatten().map(Into::into);
            version.duration = m.some(60, Self::duration);
            version.after = m.links();
            version.constraints = m.constraints();
            version.deadline = m.some(20, Self::date);
            version.window = m.some(20, Self::window);
            version.reviews = m.several(2, |m| {
                let mut review = ReviewDoc::new(m.id());
                review.title = m.title();
                let asked = m.several(2, |m| m.named(&names.parties));
                review.reviewers = asked.into_iter().flatten().map(Into::into).collect();
                review.duration = m.some(80, Self::duration);
                review.deadline = m.some(20, Self::date);
                review.window = m.some(20, Self::window);
                review.extensions = m.extra();
                review
            });
            version.extensions = m.extra();
            version
        });
        deliverable.extensions = self.extra();
        deliverable
    }

    fn pre_reads(&mut self, versions: &[String]) -> Vec<PreReadDoc> {
        let reads = self.several(1, |m| {
            let mut read = PreReadDoc::new(m.named(versions)?);
            read.ahead = m.some(50, Self::period);
            read.extensions = m.extra();
            Some(read)
        });
        reads.into_iter().flatten().collect()
    }

    fn agenda(&mut self, versions: &[String], names: &Names) -> Vec<AgendaItemDoc> {
        self.several(3, |m| {
            let mut item = AgendaItemDoc::new(m.id());
            item.title = m.title();
            item.kind = m.some(50, |m| *m.pick(AgendaKind::ALL));
            item.duration = m.some(70, |m| m.parsed(&["15m", "1h", "0.5h"]));
            item.start = if m.mistake() { Some(m.time()) } else { None };
            let presenters = m.several(1, |m| m.named(&names.parties));
            item.presenters = presenters.into_iter().flatten().map(Into::into).collect();
            item.pre_reads = m.pre_reads(versions);
            item.extensions = m.extra();
            item
        })
    }

    fn meeting(&mut self, names: &Names, versions: &[String]) -> MeetingDoc {
        let id = self.id();
        let mut meeting = MeetingDoc::new(id.as_str());
        meeting.title = self.title();
        meeting.theme = self.title();
        meeting.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        meeting.per = self.some(15, |m| m.named(&names.groups)).flatten().map(Into::into);
        meeting.calendar = self.some(20, |m| m.named(&names.calendars)).flatten().map(Into::into);
        meeting.body = self.some(30, |m| m.named(&names.bodies)).flatten().map(Into::into);
        let attendees = self.several(2, |m| m.named(&names.parties));
        meeting.attendees = attendees.into_iter().flatten().map(Into::into).collect();
        meeting.pre_reads = self.pre_reads(versions);
        if self.chance(30) {
            meeting.parts = self.several(2, |m| {
                let mut part = PartDoc::new(m.id());
                part.title = m.title();
                part.planned = m.some(40, Self::date);
                part.agenda = m.agenda(versions, names);
                part.extensions = m.extra();
                part
            });
        }
        if meeting.parts.is_empty() {
            meeting.planned = self.some(60, Self::date);
            meeting.agenda = self.agenda(versions, names);
            if meeting.agenda.is_empty() {
                meeting.duration = self.some(50, Self::duration);
            }
        }
        meeting.deadline = self.some(20, Self::date);
        meeting.extensions = self.extra();
        meeting
    }

    fn gate(&mut self, names: &Names) -> GateDoc {
        let mut gate = GateDoc::new(self.id());
        gate.title = self.title();
        gate.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        gate.per = self.some(20, |m| m.named(&names.groups)).flatten().map(Into::into);
        gate.planned = self.some(50, Self::date);
        gate.body = self.some(60, |m| m.named(&names.bodies)).flatten().map(Into::into);
        gate.after = self.links();
        if self.nodes.is_empty() || self.mistake() {
            gate.before = self.several(1, |m| {
                let mut before = LeadTimeDoc::new(*m.pick(WORDS));
                before.lead_time = m.some(70, Self::period);
                before.extensions = m.extra();
                before
            });
        }
        gate.constraints = self.constraints();
        gate.extensions = self.extra();
        gate
    }
}

struct Names {
    calendars: Vec<String>,
    groups: Vec<String>,
    parties: Vec<String>,
    bodies: Vec<String>,
    phases: Vec<String>,
}
