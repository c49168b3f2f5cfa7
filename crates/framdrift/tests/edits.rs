//! Plans that are edited: at every step they are what their documents would give when loaded, and every step can be taken back.
//!
//! `FRAMDRIFT_CASES=10000 cargo test --release -p framdrift --test main edits` tries more of them.

use framdrift::model::date::Date;
use framdrift::model::document::{
    ActivityDoc, AsapDoc, BetweenDoc, ConstraintDoc, DatedDoc, FactDoc, LeadTimeDoc, LinkDoc, ManualDoc, SchedulingDoc,
    WeekDoc,
};
use framdrift::model::projection::{LinkKind, Milestone};
use framdrift::model::rules::{Direction, Precedence, Profile};
use framdrift::model::value::Value;
use framdrift::source::write::to_json_text;
use framdrift::{Change, Changed, Edit, EditError, EditRefused, FactsEdit, Field, Opening, Plan, ProgrammeDoc};
use proptest::prelude::*;

use crate::documents::{config, document};

/// Choices from a tape; past its end every choice is the first one.
pub(crate) struct Tape(std::vec::IntoIter<u16>);

impl Tape {
    pub(crate) fn new(tape: Vec<u16>) -> Self {
        Self(tape.into_iter())
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

    fn change(&mut self, plan: &Plan) -> Change {
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

/// Everything that a plan says, as text; dates included.
fn said(plan: &Plan) -> Vec<String> {
    let projection = plan.network().projection();
    vec![
        to_json_text(plan.programme().document()),
        to_json_text(plan.progress()),
        format!(
            "{:?}",
            plan.schedule().map(|s| (s.start(), s.finish(), s.beyond_horizon()))
        ),
        format!("{:?}", plan.schedule().map(|s| s.iter().collect::<Vec<_>>())),
        format!("{:?}", plan.critical_path()),
        format!("{:?}", plan.facts()),
        format!(
            "{:?}",
            plan.warnings().iter().map(ToString::to_string).collect::<Vec<_>>()
        ),
        format!(
            "{:?}",
            plan.facts_warnings()
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        ),
        format!("{:?} {:?} {:?}", projection.start, projection.finish, projection.rules),
        format!("{:?}", projection.nodes),
        format!("{:?}", projection.links),
        format!("{:?}", plan.programme().warnings().warnings()),
    ]
}

/// The plan that the documents of a plan give.
fn loaded(plan: &Plan) -> Plan {
    let (programme, facts) = (to_json_text(plan.programme().document()), to_json_text(plan.progress()));
    let opened = Opening::new()
        .facts("facts.json", facts.as_bytes())
        .open("programme.json", programme.as_bytes());
    let reports: Vec<String> = opened.reports().map(|r| r.for_people(false)).collect();
    opened.plan.unwrap_or_else(|| panic!("{}", reports.join("\n")))
}

/// What moved between two plans, found the slow way.
fn moved(before: &Plan, after: &Plan) -> Changed {
    let mut changed = Changed::default();
    changed.moves = after.moved_since(before);
    let (old, new) = (
        &before.network().projection().nodes,
        &after.network().projection().nodes,
    );
    let is_in = |id: &str, nodes: &[framdrift::model::projection::TimeNode]| nodes.iter().any(|n| &*n.id == id);
    changed.removed = old
        .iter()
        .map(|n| n.id.to_string())
        .filter(|id| !is_in(id, new))
        .collect();
    changed.added = (0..)
        .map(framdrift::model::projection::NodeIx)
        .zip(new)
        .filter(|(_, n)| !is_in(&n.id, old))
        .map(|(ix, _)| ix)
        .collect();
    changed
}

/// A comparison tells of the same moves, and can be printed, whatever the rules and whatever is recorded.
fn compared(before: &Plan, after: &Plan, changed: &Changed) {
    let Some(compared) = after.compare(before) else {
        assert!(changed.moves.is_empty());
        return;
    };
    let comparison = &compared.comparison;
    let elsewhere = comparison.moves.iter().filter(|m| m.is_elsewhere());
    let told: Vec<_> = elsewhere.map(|m| m.node).collect();
    let moved: Vec<_> = changed.moves.iter().map(|m| m.node).collect();
    assert_eq!(told, moved);
    assert_eq!(comparison.added, changed.added);
    let caused: usize = comparison.changes.iter().map(|c| c.moved.len()).sum();
    assert!(caused + comparison.together().count() >= told.len());
    assert!(compared.to_string().starts_with("the programme finishes"));
    let Value::Table(fields) = compared.value() else {
        panic!("a table");
    };
    assert_eq!(fields.len(), 7);
}

/// A change after it was sent as text.
fn sent(change: &Change) -> Change {
    let text = serde_json::to_string(change).expect("a change is text");
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}"))
}

#[test]
fn an_edit_that_is_not_one_is_refused_with_what_is_wrong() {
    let refused = |text: &str| serde_json::from_str::<Change>(text).expect_err(text).to_string();
    for (edit, said) in [
        (r#"{"edit": "remove-link", "to": "roof"}"#, "missing field `at`"),
        (
            r#"{"edit": "sett", "of": "roof"}"#,
            "`sett` is not an edit of a programme",
        ),
        (
            r#"{"edit": "set", "of": "roof", "field": "size", "value": 3}"#,
            "nothing has a field `size` that edits can set",
        ),
        (
            r#"{"edit": "set", "of": "roof", "field": "duration", "value": "3 days"}"#,
            "`3 days` is not a duration; did you mean `3d`?",
        ),
        (
            r#"{"edit": "remove-activity", "id": "roof", "at": 1}"#,
            "an edit of this kind has no key `at`",
        ),
        (r#"{"of": "roof"}"#, "missing field `edit`"),
    ] {
        let error = refused(&format!(r#"{{"programme": [{edit}]}}"#));
        assert!(error.contains(said), "{error}");
    }
    assert!(refused(r#"{"programmes": []}"#).contains("a change has no key `programmes`"));
    assert_eq!(serde_json::from_str::<Change>("{}").unwrap(), Change::default());
}

/// Whether the documents with a change would be refused when they are loaded.
fn is_refused(plan: &Plan, change: &Change) -> bool {
    let mut programme = plan.programme().document().clone();
    let mut facts = plan.progress().clone();
    if programme.apply_all(&change.programme).is_err() || facts.apply_all(&change.facts).is_err() {
        return true;
    }
    Plan::with_facts(programme, &facts).is_err()
}

/// Applies changes from a tape and takes them all back. Gives how many were made and how many refused.
fn run(document: ProgrammeDoc, tape: Vec<u16>) -> (usize, usize) {
    let Ok(mut plan) = Plan::new(document) else {
        return (0, 0);
    };
    let mut tape = Tape::new(tape);
    let mut states = vec![said(&plan)];
    let mut refused = 0;
    while !tape.0.as_slice().is_empty() && states.len() + refused < 30 {
        let change = tape.change(&plan);
        assert_eq!(sent(&change), change);
        let before = plan.clone();
        match plan.apply(change.clone()) {
            Ok(changed) => {
                let now = said(&plan);
                assert_eq!(now, said(&loaded(&plan)), "{change:?}");
                assert_eq!(changed, moved(&before, &plan), "{change:?}");
                compared(&before, &plan, &changed);
                states.push(now);
            }
            Err(error) => {
                assert_eq!(Some(&said(&plan)), states.last(), "{error}: {change:?}");
                assert!(is_refused(&plan, &change), "{error}: {change:?}");
                assert!(error.diagnostics().is_none_or(|d| d.errors() > 0));
                refused += 1;
            }
        }
    }
    let made = states.len() - 1;
    for state in states[..made].iter().rev() {
        let before = plan.clone();
        let changed = plan.undo().expect("a change was made");
        assert_eq!(&said(&plan), state);
        assert_eq!(changed, moved(&before, &plan));
    }
    assert!(plan.undo().is_none());
    for state in &states[1..] {
        plan.redo().expect("a change was taken back");
        assert_eq!(&said(&plan), state);
    }
    assert!(plan.redo().is_none());
    (made, refused)
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn an_edited_plan_is_what_its_documents_give(document in document(), tape in proptest::collection::vec(any::<u16>(), 0..160)) {
        run(document, tape);
    }
}

#[test]
fn changes_are_often_made_and_often_refused() {
    use proptest::strategy::ValueTree as _;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let inputs = (document(), proptest::collection::vec(any::<u16>(), 100..160));
    let mut total = (0, 0);
    for _ in 0..20 {
        let (document, tape) = inputs.new_tree(&mut runner).expect("a document").current();
        let (made, refused) = run(document, tape);
        total = (total.0 + made, total.1 + refused);
    }
    assert!(total.0 >= 40 && total.1 >= 40, "{} made, {} refused", total.0, total.1);
}

const HOUSE: &str = "
framdrift: 1
id: house
start: 2026-03-02
subjects: [{id: north, kind: unit}, {id: south, kind: unit}]
groups: [{id: units, all: unit}]
gates: [{id: go, after: [roof]}]
activities:
- {id: walls, duration: 5d}
- {id: roof, duration: 3d, after: [walls]}
- {id: paint, duration: 1d, per: units, after: [roof]}
deliverables: [{id: manual, versions: [{id: v1, duration: 1d}]}]
";

fn house() -> Plan {
    framdrift::load(HOUSE).expect("well-formed")
}

fn refused(change: impl Into<Change>) -> EditRefused {
    let mut plan = house();
    let refused = plan.apply(change).expect_err("it cannot be made");
    assert_eq!(said(&plan), said(&house()));
    assert!(plan.undo().is_none());
    refused
}

#[test]
fn what_cannot_be_made_says_why() {
    let deadline = || Field::Deadline(None);
    for (edit, message) in [
        (
            Edit::set("wals", deadline()),
            "nothing here is called `wals`; did you mean `walls`?",
        ),
        (
            Edit::set("paint@north", deadline()),
            "`paint@north` says nothing of its own; edit `paint`, which it is done by",
        ),
        (
            Edit::set("go", Field::Duration(None)),
            "`go` is a gate and has no `duration`",
        ),
        (
            Edit::set("manual", deadline()),
            "`manual` is a deliverable and has no `deadline`",
        ),
        (
            Edit::add_link("manual", LinkDoc::new("roof")),
            "`manual` is a deliverable and has no `after`",
        ),
        (
            Edit::RemoveLink {
                to: "roof".into(),
                at: 1,
            },
            "`roof` has 1 of its `after`, so nothing is at position 1",
        ),
        (
            Edit::add_activity(ActivityDoc::new("go")),
            "the id `go` is already taken",
        ),
        (Edit::remove_activity("go"), "nothing here is called `go`"),
        (
            Edit::remove_activity("walls"),
            "the edit would leave a fault: error[unknown-reference]: activity roof / after walls / from: nothing here is called `walls`",
        ),
        (
            Edit::add_link("walls", LinkDoc::new("go")),
            "the edit would leave a fault: error[dependency-cycle]: gate go / after roof: these wait for each other: `go` → `walls` → `roof` → `go`",
        ),
    ] {
        assert_eq!(refused(edit).to_string(), message);
    }
    let mut twice = house().into_document();
    twice.activities.push(ActivityDoc::new("walls"));
    let error = twice.apply(&Edit::set("walls", deadline())).expect_err("which one?");
    assert!(matches!(error, EditError::Ambiguous { .. }), "{error}");
}

#[test]
fn refused_progress_says_why() {
    let mut fact = FactDoc::new("walls");
    fact.decided = Some("2026-03-03".parse().expect("a date"));
    let error = refused(FactsEdit::record(fact));
    let EditRefused::Progress(faults) = &error else {
        panic!("{error}")
    };
    assert_eq!(faults.iter().next().map(|d| d.code().name()), Some("unfitting-fact"));
    assert!(matches!(
        refused(FactsEdit::forget("walls")),
        EditRefused::Edit(EditError::Unknown { .. })
    ));
}

#[test]
fn progress_of_an_activity_that_goes_away_is_reported() {
    let mut plan = house();
    let mut fact = FactDoc::new("manual/v1");
    fact.started = Some("2026-03-03".parse().expect("a date"));
    plan.apply(FactsEdit::record(fact)).expect("it can start");
    let mut extra = ActivityDoc::new("extra");
    extra.duration = Some("1d".parse().expect("a duration"));
    plan.apply(Edit::add_activity(extra)).expect("its id is free");
    let mut fact = FactDoc::new("extra");
    fact.started = Some("2026-03-03".parse().expect("a date"));
    plan.apply(FactsEdit::record(fact)).expect("it can start");

    let error = plan
        .apply(Edit::remove_activity("extra"))
        .expect_err("its progress is recorded");
    assert!(
        error
            .to_string()
            .contains("fact extra / of: nothing here is called `extra`"),
        "{error}"
    );
    // Together they can.
    let mut change = Change::from(Edit::remove_activity("extra"));
    change.facts.push(FactsEdit::forget("extra"));
    let changed = plan.apply(change).expect("nothing names it any longer");
    assert_eq!(changed.removed, ["extra"]);
    let back = plan.undo().expect("a change was made");
    assert_eq!(back.added.len(), 1);
    assert_eq!(plan.facts().iter().count(), 2);
}

#[test]
fn two_edits_that_need_each_other_are_made_together() {
    let manual = || {
        let dates = ManualDoc::new(
            "2026-04-01".parse::<Date>().expect("a date"),
            "2026-04-02".parse::<Date>().expect("a date"),
        );
        Edit::set("walls", Field::Manual(Some(dates)))
    };
    let mut plan = house();
    plan.apply(Edit::set("walls", Field::LevelOfEffort(Some(true))))
        .expect("it can be");
    plan.apply(manual()).expect_err("one or the other");
    let changed = plan
        .apply(vec![manual(), Edit::set("walls", Field::LevelOfEffort(None))])
        .expect("only the one");
    assert!(changed.moves.iter().any(|m| plan.id(m.node) == "walls"));
}
