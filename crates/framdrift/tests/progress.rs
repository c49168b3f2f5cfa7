//! Recorded progress: what a facts file says reaches the plan, and what is wrong with it is said at its place.

use framdrift::model::document::{FactDoc, FactsDoc};
use framdrift::model::facts::Fact;
use framdrift::source::document::SourceText;
use framdrift::source::limits::Limits;
use framdrift::source::read::Format;
use framdrift::source::write::{to_json_text, to_yaml_text};
use framdrift::{Opened, Opening, Plan};
use proptest::prelude::*;

use crate::documents::config;

const PROGRAMME: &str = "
framdrift: 1
id: garden
start: 2026-03-02
subjects: [{id: öland, kind: area}, {id: fårö, kind: area}]
groups: [{id: islands, all: area}]
phases: [{id: spring}]
gates:
- {id: go, phase: spring}
- {id: visit, per: islands}
activities:
- {id: survey, duration: 1d}
- {id: dig, duration: 4d, after: [go]}
- {id: pour, duration: 2d, after: [dig]}
- {id: cure, duration: 7ed, after: [pour]}
- {id: ready, duration: 0d, after: [cure]}
- {id: sow, per: islands}
- {id: rake, part-of: sow, duration: 1d}
meetings:
- {id: council, parts: [{id: day-1, duration: 1d}, {id: day-2, duration: 1d}]}
deliverables:
- {id: guideline, versions: [{id: v1, duration: 3d, reviews: [{id: hearing, duration: 5d}]}]}
";

fn opened(facts: &str) -> Opened {
    let opening = Opening::new().facts("facts.yaml", facts.as_bytes());
    let opened = opening.open("programme.yaml", PROGRAMME.as_bytes());
    assert_eq!(opened.report.errors(), 0, "{}", opened.report);
    opened
}

/// The plan with entries of progress, which are without fault.
fn plan(entries: &str) -> Plan {
    let facts = format!("framdrift-facts: 1\nprogramme: garden\nstatus-date: 2026-06-30\nfacts:\n{entries}");
    let opened = opened(&facts);
    let report = opened.facts_report.expect("there is progress");
    assert!(report.diagnostics().is_empty(), "{report}");
    opened.plan.expect("a plan")
}

/// What is known of a node, as text: `started … finished …`.
fn known(plan: &Plan, id: &str) -> String {
    let Fact {
        started,
        finished,
        remaining,
        suspended,
        resumed,
        ..
    } = *plan.facts().of(plan.find(id).expect(id)).expect(id);
    let mut out = Vec::new();
    for (word, at) in [
        ("started", started),
        ("finished", finished),
        ("suspended", suspended),
        ("resumed", resumed),
    ] {
        out.extend(at.map(|at| format!("{word} {at}")));
    }
    out.extend(remaining.map(|left| format!("remaining {left}")));
    out.join(", ")
}

/// The codes that a facts file gets, each with its address.
fn codes(facts: &str) -> Vec<String> {
    let opened = opened(facts);
    let report = opened.facts_report.expect("there is progress");
    assert_eq!(opened.plan.is_none(), report.errors() > 0);
    let found = report.diagnostics().iter();
    found
        .map(|l| format!("{} {}", l.diagnostic.code(), l.diagnostic.place().address))
        .collect()
}

fn entry(entry: &str) -> String {
    format!("framdrift-facts: 1\nfacts:\n- {entry}\n")
}

#[test]
fn entries_reach_the_plan_by_node() {
    let plan = plan(
        "- {of: survey, started: 2026-03-02, finished: 2026-03-02T15:00}
- {of: go, decided: 2026-03-02T15:00}
- {of: visit@fårö, decided: 2026-03-03}
- {of: dig, started: 2026-03-03T08:00, remaining: 3d}
- {of: cure, started: 2026-03-10T10:30, remaining: 2.5ed}
- {of: ready, finished: 2026-03-20}
- {of: rake@öland, started: 2026-03-04, suspended: 2026-03-04, resumed: 2026-03-09}
- {of: council/day-1, finished: 2026-03-05}
- {of: guideline/v1, started: 2026-03-05}
- {of: guideline/v1/hearing, remaining: 0d}
",
    );
    assert_eq!(plan.facts().iter().count(), 10);
    assert_eq!(plan.facts().status_date.unwrap().to_string(), "2026-06-30T17:00");
    for (id, wanted) in [
        ("survey", "started 2026-03-02T08:00, finished 2026-03-02T15:00"),
        ("go", "started 2026-03-02T15:00, finished 2026-03-02T15:00"),
        ("visit@fårö", "started 2026-03-03T08:00, finished 2026-03-03T08:00"),
        ("dig", "started 2026-03-03T08:00, remaining 1440"),
        ("cure", "started 2026-03-10T10:30, remaining 3600"),
        ("ready", "started 2026-03-20T17:00, finished 2026-03-20T17:00"),
        (
            "rake@öland",
            "started 2026-03-04T08:00, suspended 2026-03-04T17:00, resumed 2026-03-09T08:00",
        ),
        ("council/day-1", "started 2026-03-05T17:00, finished 2026-03-05T17:00"),
        ("guideline/v1", "started 2026-03-05T08:00"),
        ("guideline/v1/hearing", "remaining 0"),
    ] {
        assert_eq!(known(&plan, id), wanted, "{id}");
    }
}

/// A time of day that is left out never puts two dates in the wrong order.
#[test]
fn dates_of_one_day_are_in_order() {
    for (entry, wanted) in [
        (
            "started: 2026-03-04, finished: 2026-03-04",
            "started 2026-03-04T08:00, finished 2026-03-04T17:00",
        ),
        (
            "started: 2026-03-04, finished: 2026-03-04T07:00",
            "started 2026-03-04T07:00, finished 2026-03-04T07:00",
        ),
        (
            "started: 2026-03-04T19:00, finished: 2026-03-04",
            "started 2026-03-04T19:00, finished 2026-03-04T19:00",
        ),
        (
            "started: 2026-03-04T08:00, suspended: 2026-03-04, resumed: 2026-03-04T13:00",
            "started 2026-03-04T08:00, suspended 2026-03-04T13:00, resumed 2026-03-04T13:00",
        ),
        (
            "started: 2026-03-04T19:00, suspended: 2026-03-04, resumed: 2026-03-04",
            "started 2026-03-04T19:00, suspended 2026-03-04T19:00, resumed 2026-03-04T19:00",
        ),
        (
            "started: 2026-03-07, finished: 2026-03-07",
            "started 2026-03-07T00:00, finished 2026-03-08T00:00",
        ),
    ] {
        let plan = plan(&format!("- {{of: dig, {entry}}}\n"));
        assert_eq!(known(&plan, "dig"), wanted, "{entry}");
    }
}

#[test]
fn no_progress_is_no_progress() {
    let plan = opened("framdrift-facts: 1\n").plan.unwrap();
    assert!(plan.facts().is_empty());
    let plan = framdrift::load(PROGRAMME).unwrap();
    assert!(plan.facts().is_empty());
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    for (text, wanted) in [
        ("{of: digg, started: 2026-03-03}", "unknown-reference fact digg / of"),
        (
            "{of: rake@gotland, started: 2026-03-03}",
            "unknown-reference fact rake@gotland / of",
        ),
        (
            "{of: dig@öland, started: 2026-03-03}",
            "unknown-reference fact dig@öland / of",
        ),
        (
            "{of: guideline, started: 2026-03-03}",
            "unknown-reference fact guideline / of",
        ),
        ("{of: spring, started: 2026-03-03}", "fact-on-summary fact spring / of"),
        ("{of: sow, started: 2026-03-03}", "fact-on-summary fact sow / of"),
        (
            "{of: sow@öland, started: 2026-03-03}",
            "fact-on-summary fact sow@öland / of",
        ),
        ("{of: rake, started: 2026-03-03}", "fact-on-summary fact rake / of"),
        (
            "{of: council, started: 2026-03-03}",
            "fact-on-summary fact council / of",
        ),
        ("{of: visit, decided: 2026-03-03}", "fact-on-summary fact visit / of"),
        ("{of: dig, decided: 2026-03-03}", "unfitting-fact fact dig / decided"),
        ("{of: go, finished: 2026-03-03}", "unfitting-fact fact go / finished"),
        ("{of: go, remaining: 1d}", "unfitting-fact fact go / remaining"),
        ("{of: dig, remaining: 1ed}", "unfitting-fact fact dig / remaining"),
        ("{of: cure, remaining: 1d}", "unfitting-fact fact cure / remaining"),
        ("{of: dig, remaining: 99999mo}", "too-long fact dig / remaining"),
        ("{of: dig, remaining: -1d}", "malformed-value fact dig / remaining"),
        (
            "{of: dig, finished: 2026-03-03, remaining: 1d}",
            "left-of-finished fact dig / remaining",
        ),
        (
            "{of: dig, started: 2026-03-03, finished: 2026-03-02}",
            "reversed-dates fact dig / finished",
        ),
        (
            "{of: dig, started: 2026-03-03T09:00, finished: 2026-03-03T08:59}",
            "reversed-dates fact dig / finished",
        ),
        (
            "{of: dig, suspended: 2026-03-03, resumed: 2026-03-02}",
            "reversed-dates fact dig / resumed",
        ),
        (
            "{of: dig, started: 2026-03-03, suspended: 2026-03-02}",
            "reversed-dates fact dig / suspended",
        ),
        ("{started: 2026-03-02}", "missing-key fact #1"),
        ("{of: dig, start: 2026-03-02}", "unknown-key fact dig / start"),
        ("dig", "wrong-type fact dig"),
    ] {
        let found = codes(&entry(text));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert!(found[0].starts_with(wanted), "{text}: {found:?}");
    }
    for (text, wanted) in [
        ("framdrift-facts: 1\nprogramme: gardens\n", "other-programme programme"),
        ("framdrift-facts: 2\n", "unsupported-format framdrift-facts"),
        ("framdrift: 1\nid: garden\n", "unsupported-format programme"),
        ("framdrift-facts: 1\nstatus: 2026-03-02\n", "unknown-key status"),
        ("- dig\n", "wrong-type programme"),
        ("", "empty-file programme"),
    ] {
        assert_eq!(codes(text), [wanted], "{text}");
    }
}

#[test]
fn a_second_entry_points_at_the_first() {
    let facts =
        "framdrift-facts: 1\nfacts:\n- {of: dig, started: 2026-03-03}\n- {of: pour}\n- {of: dig}\n- {of: dig}\n";
    assert_eq!(
        codes(facts),
        ["duplicate-fact fact dig#2 / of", "duplicate-fact fact dig#3 / of"]
    );
    let report = opened(facts).facts_report.unwrap();
    let second = &report.diagnostics()[0];
    assert_eq!((second.start.line, second.start.column), (5, 8));
    assert_eq!((second.related[0].1.line, second.related[0].1.column), (3, 8));
    assert_eq!(second.diagnostic.place().pointer, "/facts/2/of");
}

#[test]
fn help_names_what_was_meant() {
    for (text, wanted) in [
        ("{of: digg}", "did you mean `dig`?"),
        ("{of: rake@ölan}", "did you mean `öland`?"),
        (
            "{of: guideline}",
            "a deliverable is not a date; name a version: `guideline/v1`",
        ),
        ("{of: rake}", "name one of them, such as `rake@öland`"),
        ("{of: go, started: 2026-03-03}", "a gate is decided: write `decided`"),
        ("{of: dig, strated: 2026-03-03}", "did you mean `started`?"),
    ] {
        let report = opened(&entry(text)).facts_report.unwrap();
        assert_eq!(report.diagnostics()[0].diagnostic.help(), Some(wanted), "{text}");
    }
    let opening = Opening::new().facts("p.yaml", PROGRAMME.as_bytes());
    let report = opening.open("p.yaml", PROGRAMME.as_bytes()).facts_report.unwrap();
    let help = report.diagnostics()[0].diagnostic.help().unwrap();
    assert!(help.contains("a framdrift programme"), "{help}");
}

#[test]
fn what_happened_after_the_status_date_is_a_warning() {
    let facts = "framdrift-facts: 1\nstatus-date: 2026-03-04\nfacts:\n- {of: dig, started: 2026-03-04, suspended: 2026-03-05T09:00, resumed: 2026-03-09}\n- {of: go, decided: 2026-03-06}\n";
    assert_eq!(
        codes(facts),
        [
            "fact-after-status-date fact dig / suspended",
            "fact-after-status-date fact go / decided"
        ]
    );
    let plan = opened(facts).plan.unwrap();
    assert_eq!(plan.facts_warnings().warnings(), 2);
    assert!(plan.warnings().is_empty(), "the programme's warnings are its own");
}

/// Faults of the programme come first: what the progress says about it cannot be judged.
#[test]
fn a_programme_at_fault_is_reported_alone_and_the_text_of_its_progress_too() {
    let opening = Opening::new().facts(
        "f.yaml",
        b"framdrift-facts: 1\nfacts:\n- {of: nothing, startd: 2026-03-03}\n",
    );
    let programme = "framdrift: 1\nid: x\nactivities:\n- {id: a, duration: 1d, after: [b]}\n";
    let opened = opening.open("p.yaml", programme.as_bytes());
    assert!(opened.plan.is_none());
    assert_eq!(opened.report.errors(), 1);
    let report = opened.facts_report.unwrap();
    assert_eq!(report.errors(), 1);
    assert_eq!(report.diagnostics()[0].diagnostic.code().name(), "unknown-key");

    let report = framdrift::load_with_facts(programme, "framdrift-facts: 1\nfacts:\n- {of: nothing}\n").unwrap_err();
    assert_eq!(report.name(), "<text>");
    let report = framdrift::load_with_facts(PROGRAMME, "framdrift-facts: 1\nfacts:\n- {of: nothing}\n").unwrap_err();
    assert_eq!(report.name(), "<facts>");
}

#[test]
fn warnings_of_the_programme_stay_where_the_progress_is_at_fault() {
    let programme = "framdrift: 1\nid: x\nactivities:\n- {id: a}\n";
    let facts = b"framdrift-facts: 1\nfacts:\n- {of: b}\n";
    let opened = Opening::new()
        .facts("f.yaml", facts)
        .open("p.yaml", programme.as_bytes());
    assert!(opened.plan.is_none());
    assert_eq!(opened.report.warnings(), 1);
    assert_eq!(
        opened.reports().map(framdrift::Report::errors).collect::<Vec<_>>(),
        [0, 1]
    );
}

#[test]
fn progress_made_in_code_is_judged_as_read() {
    let document = framdrift::load(PROGRAMME).unwrap().into_document();
    let mut facts = FactsDoc::new();
    facts.facts.push(FactDoc::new("dgi"));
    let refused = Plan::with_facts(document.clone(), &facts).unwrap_err();
    assert_eq!(refused.to_string(), "the recorded progress has 1 fault");
    assert_eq!(refused.diagnostics.errors(), 0);
    let fault = refused.of_facts.iter().next().unwrap();
    assert_eq!(
        fault.to_string(),
        "error[unknown-reference]: fact dgi / of: nothing here is called `dgi`"
    );
    assert_eq!(*refused.document, document);

    facts.facts[0].of = "dig".into();
    facts.facts[0].finished = Some("2026-03-05".parse().unwrap());
    let plan = Plan::with_facts(document, &facts).unwrap();
    assert_eq!(
        known(&plan, "dig"),
        "started 2026-03-05T17:00, finished 2026-03-05T17:00"
    );
}

fn facts() -> impl Strategy<Value = FactsDoc> {
    let texts = [
        "dig",
        "NO",
        "guideline/v2@ö",
        "null",
        "1e3",
        "a: b",
        "",
        "#",
        "rake@öland",
    ];
    let date = || {
        let dates = ["2026-03-02", "2026-03-02T08:00", "1900-01-01", "9999-12-31T24:00"];
        prop::option::weighted(0.4, prop::sample::select(dates.map(|d| d.parse().unwrap()).to_vec()))
    };
    let left = prop::option::weighted(0.3, prop::sample::select(vec!["0d", "1.5d", "2ew", "999999999mo"]));
    let fact = (
        prop::sample::select(texts.to_vec()),
        [date(), date(), date(), date(), date()],
        left,
    );
    let fact = fact.prop_map(|(of, [started, finished, decided, suspended, resumed], left)| {
        let mut fact = FactDoc::new(of);
        fact.started = started;
        fact.finished = finished;
        fact.decided = decided;
        fact.suspended = suspended;
        fact.resumed = resumed;
        fact.remaining = left.map(|left| left.parse().unwrap());
        fact.extensions.set("x-å", framdrift::model::value::Value::Null);
        fact
    });
    let whole = (
        prop::option::of(prop::sample::select(texts.to_vec())),
        date(),
        prop::collection::vec(fact, 0..6),
    );
    whole.prop_map(|(programme, status_date, entries)| {
        let mut facts = FactsDoc::new();
        facts.programme = programme.map(Into::into);
        facts.status_date = status_date;
        facts.facts = entries;
        facts
    })
}

proptest! {
    #![proptest_config(config(128))]

    #[test]
    fn what_is_written_is_read_again(facts in facts()) {
        let limits = Limits::default();
        for (format, text) in [(Format::Json, to_json_text(&facts)), (Format::Yaml, to_yaml_text(&facts))] {
            let read = SourceText::open_facts(text.as_bytes(), Some(format), &limits);
            prop_assert_eq!(read.errors(), 0, "{}", text);
            prop_assert_eq!(read.document(), Some(&facts), "{}", text);
            let thorough = SourceText::open_facts_thorough(text.as_bytes(), Some(format), &limits);
            prop_assert_eq!(thorough.document(), Some(&facts), "{}", text);
        }
    }

    /// Whatever is written, in either format, is judged as the document, and nothing panics.
    #[test]
    fn progress_is_judged_the_same_on_every_road(facts in facts()) {
        let document = framdrift::load(PROGRAMME).unwrap().into_document();
        let of_document = match Plan::with_facts(document, &facts) {
            Ok(plan) => plan.facts_warnings().clone(),
            Err(refused) => refused.of_facts,
        };
        let mut wanted: Vec<_> = of_document.iter().map(ToString::to_string).collect();
        wanted.sort();
        for (name, text) in [("f.json", to_json_text(&facts)), ("f.yaml", to_yaml_text(&facts))] {
            let opened = Opening::new().facts(name, text.as_bytes()).open("p.yaml", PROGRAMME.as_bytes());
            let report = opened.facts_report.unwrap();
            let mut found: Vec<_> = report.diagnostics().iter().map(|l| l.diagnostic.to_string()).collect();
            found.sort();
            prop_assert_eq!(&found, &wanted, "{}", text);
            prop_assert_eq!(opened.plan.is_some(), report.errors() == 0);
        }
    }
}
