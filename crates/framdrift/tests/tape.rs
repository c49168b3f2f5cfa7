//! Random edits of plans.

use framdrift::model::date::Date;
use framdrift::model::document::{
    ActivityDoc, AsapDoc, BetweenDoc, ConstraintDoc, DatedDoc, FactDoc, LeadTimeDoc, LinkDoc, ManualDoc, SchedulingDoc,
    WeekDoc,
};
use framdrift::model::projection::{LinkKind, Milestone};
use framdrift::model::rules::{Direction, Precedence, Profile};
use framdrift::{Change, Edit, FactsEdit, Field, Plan, ProgrammeDoc};

/// Choices from a tape; past its end every choice is the first one.
pub(crate) struct Tape(std::vec::IntoIter<u16>);

impl Tape {
    pub(crate) fn new(tape: Vec<u16>) -> Self {
        Self(tape.into_iter())
    }

    pub(crate) fn is_at_its_end(&self) -> bool {
        self.0.as_slice().is_empty()
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::from(self.0.next().unwrap_or(0)) % n.max(1)
    }

    fn pick<'c, T>(&mut self, from: &'c [T]) -> Option<&'c T> {
        let at = self.below(from.len());
        from.get(at)
    }

    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn some<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.chance(75) { Some(make(self)) } else { None }
    }

    fn date(&mut self) -> Date {
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        let number = |n: usize| u32::try_from(n).expect("a small number");
        Date::new(2026, number(month), number(day)).expect("every month has 28 days")
    }

    fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(&mut self, texts: &[&str]) -> T {
        self.pick(texts).expect("there are some").parse().expect("well-formed")
    }

    fn duration<T: std::str::FromStr<Err: std::fmt::Debug>>(&mut self) -> T {
        self.parsed(&["1d", "30m", "4h", "1.5d", "2w", "14ed", "0d", "3d", "200000mo"])
    }

    fn id(&mut self, ids: &[String]) -> String {
        if self.chance(3) {
            return "ingenting".to_owned();
        }
        self.pick(ids).cloned().unwrap_or_else(|| "ingenting".to_owned())
    }

    fn link(&mut self, ids: &[String]) -> LinkDoc {
        let mut link = LinkDoc::new(self.id(ids));
        link.kind = self.some(|t| *t.pick(LinkKind::ALL).expect("kinds"));
        if self.chance(40) {
            link.lag = Some(self.parsed(&["2d", "-4h", "50%", "14ed", "0d", "+1w", "-9000mo", "900000d"]));
        }
        link
    }

    fn constraint(&mut self) -> ConstraintDoc {
        let dated = DatedDoc::new(self.date());
        match self.below(8) {
            0 => ConstraintDoc::StartNoEarlierThan(dated),
            1 => ConstraintDoc::FinishNoLaterThan(dated),
            2 => ConstraintDoc::AsLateAsPossible(AsapDoc::new()),
            3 => ConstraintDoc::MustStartOn(dated),
            4 => ConstraintDoc::FinishNoEarlierThan(dated),
            5 => ConstraintDoc::MustFinishOn(dated),
            6 => ConstraintDoc::ExternalEarlyStart(dated),
            _ => ConstraintDoc::StartNoLaterThan(dated),
        }
    }

    fn field(&mut self, doc: &ProgrammeDoc, ids: &[String]) -> Field {
        let calendars: Vec<String> = doc.calendars.iter().map(|c| c.id.to_string()).collect();
        let phases: Vec<String> = doc.phases.iter().map(|p| p.id.to_string()).collect();
        match self.below(20) {
            0 => Field::Title(self.some(|_| "Nytt namn".into())),
            1 | 2 => Field::Duration(self.some(Self::duration)),
            3 => Field::Calendar(self.some(|t| t.id(&calendars).into())),
            4 => Field::WorkCalendar(self.some(|t| t.id(&calendars).into())),
            5 => Field::Planned(self.some(Self::date)),
            6 | 7 => {
                let count = self.below(3);
                Field::Constraints((0..count).map(|_| self.constraint()).collect())
            }
            8 => Field::Deadline(self.some(Self::date)),
            9 => Field::Window(self.some(|t| {
                let texts = ["2026-03", "2026-Q4", "2026-03-01/2026-04-15", "2026-05-31/2026-05-01"];
                t.pick(&texts).expect("windows").parse().expect("a window")
            })),
            10 => Field::Manual(self.some(|t| ManualDoc::new(t.date(), t.date()))),
            11 => Field::Inactive(self.some(|t| t.chance(50))),
            12 => Field::LevelOfEffort(self.some(|t| t.chance(50))),
            13 => Field::Milestone(self.some(|t| {
                if t.chance(50) {
                    Milestone::Start
                } else {
                    Milestone::Finish
                }
            })),
            14 => Field::Delay(self.some(|t| t.parsed(&["3ed", "36eh", "0d", "3d"]))),
            15 => {
                let count = self.below(2);
                let entries = (0..count).map(|_| {
                    let mut entry = LeadTimeDoc::new(self.id(ids));
                    entry.lead_time = self.some(|t| t.parsed(&["P3M", "P14D"]));
                    entry
                });
                Field::Before(entries.collect())
            }
            16 => Field::Between(self.some(|t| BetweenDoc::new(t.id(ids), t.id(ids)))),
            17 => Field::Phase(self.some(|t| t.id(&phases).into())),
            18 => Field::PartOf(self.some(|t| t.id(ids).into())),
            _ => Field::Duration(Some(self.parsed(&["5d"]))),
        }
    }

    fn activity(&mut self, ids: &[String]) -> ActivityDoc {
        let taken = self.chance(10);
        let id = if taken {
            self.id(ids)
        } else {
            format!("ny-{}", self.below(1_000))
        };
        let mut activity = ActivityDoc::new(id);
        activity.duration = self.some(Self::duration);
        if self.chance(50) {
            activity.after.push(self.link(ids));
        }
        activity
    }

    fn edit(&mut self, plan: &Plan) -> Edit {
        let doc = plan.programme().document();
        let ids = ids(doc);
        let at = self.below(3);
        match self.below(30) {
            0 => Edit::Title(self.some(|_| "Nytt program".into())),
            1 => Edit::Start(self.some(Self::date)),
            2 => Edit::Finish(self.some(Self::date)),
            3 => Edit::Scheduling(self.some(|t| {
                let mut scheduling = SchedulingDoc::new();
                scheduling.profile = t.some(|t| *t.pick(Profile::ALL).expect("profiles"));
                scheduling.precedence = t.some(|t| *t.pick(Precedence::ALL).expect("words"));
                scheduling.direction = t.some(|t| *t.pick(Direction::ALL).expect("words"));
                scheduling
            })),
            4 => {
                let calendars: Vec<String> = doc.calendars.iter().map(|c| c.id.to_string()).collect();
                Edit::Calendar(self.some(|t| t.id(&calendars).into()))
            }
            5..=7 => Edit::AddLink {
                to: self.id(&ids).into(),
                at: self.some(|_| at),
                link: self.link(&ids),
            },
            8 | 9 => Edit::RemoveLink {
                to: self.id(&ids).into(),
                at: self.below(2),
            },
            10 | 11 => Edit::ReplaceLink {
                to: self.id(&ids).into(),
                at: self.below(2),
                with: self.link(&ids),
            },
            12 | 13 => Edit::AddActivity {
                at: self.some(|_| at),
                activity: Box::new(self.activity(&ids)),
            },
            14 => Edit::remove_activity(self.id(&ids)),
            15 => Edit::ReplaceActivity {
                id: self.id(&ids).into(),
                with: Box::new(self.activity(&ids)),
            },
            16 => match self.pick(&doc.calendars).cloned() {
                None => Edit::Title(None),
                Some(mut with) => {
                    let id = with.id.clone();
                    let at = self.below(doc.calendars.len());
                    with.exceptions = doc.calendars[at].exceptions.clone();
                    with.holidays.clear();
                    Edit::ReplaceCalendar {
                        id,
                        with: Box::new(with),
                    }
                }
            },
            _ => {
                let of = self.id(&ids);
                Edit::set(of, self.field(doc, &ids))
            }
        }
    }

    pub(crate) fn facts_edit(&mut self, plan: &Plan) -> FactsEdit {
        let ids = ids(plan.programme().document());
        match self.below(6) {
            0 => FactsEdit::StatusDate(self.some(Self::date)),
            1 => FactsEdit::forget(self.id(&ids)),
            _ => {
                let mut fact = FactDoc::new(self.id(&ids));
                match self.below(4) {
                    0 => fact.decided = Some(self.date()),
                    1 => fact.finished = Some(self.date()),
                    _ => {
                        fact.started = Some(self.date());
                        fact.remaining = self.some(|t| t.parsed(&["1d", "3d"]));
                    }
                }
                let at = self.some(|t| t.below(2));
                FactsEdit::Record {
                    at,
                    fact: Box::new(fact),
                }
            }
        }
    }

    /// A change of one thing, and likely one that moves something: how long things take, what they wait for, dates, hours, progress.
    pub(crate) fn small_change(&mut self, plan: &Plan) -> Change {
        let doc = plan.programme().document();
        let ids = ids(doc);
        match self.below(10) {
            0..=2 => {
                let days: framdrift::model::quantity::Duration =
                    self.parsed(&["1d", "4h", "6d", "2w", "14ed", "0d", "30m"]);
                Change::from(Edit::set(self.id(&ids), Field::Duration(Some(days))))
            }
            3 => Change::from(Edit::AddLink {
                to: self.id(&ids).into(),
                at: None,
                link: self.link(&ids),
            }),
            4 => Change::from(Edit::ReplaceLink {
                to: self.id(&ids).into(),
                at: 0,
                with: self.link(&ids),
            }),
            5 => match self.pick(&doc.calendars).cloned() {
                None => Change::from(Edit::Start(Some(self.date()))),
                Some(mut with) => {
                    let id = with.id.clone();
                    let hours = ["08:00-12:00", "06:00-22:00", "00:00-24:00"];
                    let hours = vec![self.parsed(&hours)];
                    let mut week = with.week.take().unwrap_or_else(WeekDoc::new);
                    (week.tuesday, week.thursday) = (Some(hours.clone()), Some(hours));
                    with.week = Some(week);
                    Change::from(Edit::ReplaceCalendar {
                        id,
                        with: Box::new(with),
                    })
                }
            },
            6 => Change::from(self.facts_edit(plan)),
            _ => Change::from(self.edit(plan)),
        }
    }

    pub(crate) fn change(&mut self, plan: &Plan) -> Change {
        let mut change = Change::default();
        if self.chance(85) {
            change.programme.push(self.edit(plan));
            if self.chance(15) {
                change.programme.push(self.edit(plan));
            }
        } else {
            change.facts.push(self.facts_edit(plan));
        }
        change
    }
}

/// Everything that an edit can name.
fn ids(doc: &ProgrammeDoc) -> Vec<String> {
    let mut ids: Vec<String> = doc.activities.iter().map(|a| a.id.to_string()).collect();
    // More often than others.
    ids.extend_from_within(..);
    ids.extend(doc.phases.iter().map(|p| p.id.to_string()));
    ids.extend(doc.gates.iter().map(|g| g.id.to_string()));
    for meeting in &doc.meetings {
        ids.push(meeting.id.to_string());
        ids.extend(meeting.parts.iter().map(|p| format!("{}/{}", meeting.id, p.id)));
    }
    for deliverable in &doc.deliverables {
        ids.push(deliverable.id.to_string());
        for version in &deliverable.versions {
            let id = format!("{}/{}", deliverable.id, version.id);
            ids.extend(version.reviews.iter().map(|r| format!("{id}/{}", r.id)));
            ids.push(id);
        }
    }
    ids
}
