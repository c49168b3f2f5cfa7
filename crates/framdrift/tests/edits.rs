//! Plans that are edited: at every step they are what their documents would give when loaded, and every step can be taken back.
//!
//! `FRAMDRIFT_CASES=10000 cargo test --release -p framdrift --test main edits` tries more of them.

use framdrift::model::date::Date;
use framdrift::model::document::{ActivityDoc, FactDoc, LinkDoc, ManualDoc};
use framdrift::model::value::Value;
use framdrift::source::write::to_json_text;
use framdrift::{Change, Changed, Edit, EditError, EditRefused, FactsEdit, Field, Opening, Plan, ProgrammeDoc};
use proptest::prelude::*;

use crate::documents::{config, document};
use crate::tape::Tape;

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
    assert_eq!(fields.len(), 8);
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
    while !tape.is_at_its_end() && states.len() + refused < 30 {
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
