//! Comparisons of what is done per subject: an edit of the document is one change, however many instances it has.

use framdrift::Plan;
use framdrift::model::value::Value;
use framdrift::schedule::compare::Reach;

/// Three sites: install at each, train at each, then report.
const SITES: &str = "framdrift: 1
id: sites
start: 2026-03-02
subjects: [{id: lund, kind: area}, {id: malmo, kind: area}, {id: ystad, kind: area}]
groups: [{id: south, members: [lund, malmo, ystad]}]
activities:
- {id: buy, duration: 3d}
- {id: install, per: south, duration: 2d, after: [buy], deadline: 2026-03-12}
- {id: train, per: south, duration: 1d, after: [install]}
- {id: report, duration: 2d, after: [train]}
deliverables:
- {id: guideline, versions: [{id: draft, reviews: [{id: ask, duration: 1w}]}, {id: final}]}
";

fn plan(text: &str) -> Plan {
    framdrift::load(text).unwrap_or_else(|report| panic!("{report}"))
}

/// The plan with one text in the place of another.
fn with(edits: &[(&str, &str)]) -> Plan {
    let text = edits.iter().fold(SITES.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    });
    plan(&text)
}

fn words(earlier: &Plan, later: &Plan) -> Vec<String> {
    let compared = later.compare(earlier).unwrap();
    let changes = compared.comparison.changes.iter();
    changes.map(|change| compared.words(change)).collect()
}

#[test]
fn an_edited_template_is_one_change_with_the_shares_of_all_its_instances() {
    let before = plan(SITES);
    let after = with(&[
        ("duration: 2d, after: [buy]", "duration: 4d, after: [buy]"),
        ("buy, duration: 3d", "buy, duration: 4d"),
    ]);
    let compared = after.compare(&before).unwrap();
    assert_eq!(
        compared.to_string(),
        "\
the programme finishes 2026-03-16T17:00 instead of 2026-03-11T17:00: 3d later
10 start or finish at another time; 3 have other floats only

because `install` takes 4d instead of 2d, in 3 instances:
       +2d  finish         2026-03-11T17:00 → 2026-03-16T17:00  the programme (+3d in all)
       +2d  finish         2026-03-06T17:00 → 2026-03-11T17:00  install (+3d in all), and 3 more like it
       +2d  start, finish  2026-03-11T17:00 → 2026-03-16T17:00  report (+3d in all)
       +2d  start, finish  2026-03-09T17:00 → 2026-03-12T17:00  train (+3d in all), and 3 more like it

because `buy` takes 4d instead of 3d:
       +1d  finish         2026-03-11T17:00 → 2026-03-16T17:00  the programme (+3d in all)
       +1d  start          2026-03-05T08:00 → 2026-03-06T08:00  install, and 3 more like it
       +1d  finish         2026-03-06T17:00 → 2026-03-11T17:00  install (+3d in all), and 3 more like it
       +1d  start, finish  2026-03-11T17:00 → 2026-03-16T17:00  report (+3d in all)
       +1d  finish         2026-03-04T17:00 → 2026-03-05T17:00  buy
       +1d  start, finish  2026-03-09T17:00 → 2026-03-12T17:00  train (+3d in all), and 3 more like it
"
    );
    let Value::Table(fields) = compared.value() else {
        unreachable!()
    };
    let Some((_, Value::List(changes))) = fields.into_iter().find(|(key, _)| key == "changes") else {
        unreachable!()
    };
    let Value::Table(install) = &changes[0] else {
        unreachable!()
    };
    let said = |key: &str| install.iter().find(|(k, _)| k == key).map(|(_, value)| value);
    assert_eq!(said("instances"), Some(&Value::Integer(3)));
    let nodes = ["install@lund", "install@malmo", "install@ystad"].map(Value::text);
    assert_eq!(said("nodes"), Some(&Value::List(nodes.to_vec())));
}

#[test]
fn links_and_dates_of_a_template_are_one_change_each() {
    let edited = [
        ("deadline: 2026-03-12", "deadline: 2026-03-13"),
        (
            "duration: 1d, after: [install]",
            "duration: 1d, after: [{from: install, lag: 1d}]",
        ),
    ];
    assert_eq!(
        words(&plan(SITES), &with(&edited)),
        [
            "`train` waits for `install` by +1d instead of without a lag, in 3 instances",
            "`install` has a deadline 2026-03-13T17:00 instead of 2026-03-12T17:00, in 3 instances"
        ]
    );
}

#[test]
fn what_is_new_or_gone_is_one_change_with_all_that_it_holds() {
    let train = "- {id: train, per: south, duration: 1d, after: [install]}\n";
    let without = with(&[(train, ""), ("after: [train]", "after: [install]")]);
    let gone = ["`train` is gone, in 3 instances", "`report` now waits for `install`"];
    assert_eq!(words(&plan(SITES), &without), gone);
    let new = [
        "`train` is new, in 3 instances",
        "`report` no longer waits for `install`",
    ];
    assert_eq!(words(&without, &plan(SITES)), new);

    // The longer way over the review is gone with it.
    let guideline = "- {id: guideline, versions: [{id: draft, reviews: [{id: ask, duration: 1w}]}, {id: final}]}\n";
    let none = with(&[(&format!("deliverables:\n{guideline}"), "")]);
    assert_eq!(words(&plan(SITES), &none), ["`guideline` is gone"]);
    let final_only = with(&[("{id: draft, reviews: [{id: ask, duration: 1w}]}, ", "")]);
    assert_eq!(words(&plan(SITES), &final_only), ["`guideline/draft` is gone"]);

    // A subject is not an entry: it is gone from two templates, which are two changes.
    let two = with(&[("members: [lund, malmo, ystad]", "members: [lund, malmo]")]);
    assert_eq!(
        words(&plan(SITES), &two),
        ["`install@ystad` is gone", "`train@ystad` is gone"]
    );
}

#[test]
fn what_is_written_twice_are_two_changes() {
    // Two entries of `after` that name instances.
    let twice = with(&[("after: [train]", "after: [train, install@lund, install@malmo]")]);
    assert_eq!(
        words(&plan(SITES), &twice),
        [
            "`report` now waits for `install@lund`",
            "`report` now waits for `install@malmo`"
        ]
    );
    // What is recorded is recorded of each.
    let facts = "framdrift-facts: 1
facts:
- {of: install@lund, started: 2026-03-05T08:00, finished: 2026-03-06T17:00}
- {of: install@malmo, started: 2026-03-05T08:00, finished: 2026-03-06T17:00}
";
    let recorded = framdrift::load_with_facts(SITES, facts).unwrap();
    let before = plan(SITES);
    let compared = recorded.compare(&before).unwrap();
    let changes = &compared.comparison.changes;
    assert_eq!(changes.len(), 2);
    assert!(
        changes
            .iter()
            .all(|change| change.also.is_empty() && change.reach == Reach::Nothing)
    );
}
