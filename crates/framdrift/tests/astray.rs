//! References that lead nowhere, beside entries that were left out: what is silenced, and no more; and rings told once.

use std::fmt::Write as _;

use framdrift::source::limits::Limits;
use framdrift::{Report, open};

fn report(entries: &str) -> Report {
    let text = format!("framdrift: 1\nid: å\n{entries}");
    open("<text>", text.as_bytes(), None, &Limits::default()).report
}

/// The codes of what is reported, in the order of the text.
fn codes(report: &Report) -> Vec<&'static str> {
    let all = report.diagnostics().iter();
    all.map(|l| l.diagnostic.code().name()).collect()
}

/// The stretches of text that are called unknown.
fn unknown(entries: &str) -> Vec<String> {
    let report = report(entries);
    let text = format!("framdrift: 1\nid: å\n{entries}");
    let all = report.diagnostics().iter();
    all.filter(|l| {
        l.diagnostic.message().starts_with("nothing here is called")
            || l.diagnostic.message().starts_with("there is no")
    })
    .map(|l| text[l.span.range()].to_owned())
    .collect()
}

#[test]
fn a_bad_id_explains_the_name_that_was_meant() {
    let orders = |after: &str| {
        format!(
            "activities:\n- {{id: order boxes, duration: 1d}}\n- {{id: a, duration: 1d, after: [{after}]}}\n- {{id: b, duration: 1d, after: [{after}]}}\n"
        )
    };
    assert_eq!(
        codes(&report(&orders("order-boxes"))),
        ["bad-id"],
        "named as it should be"
    );
    assert_eq!(codes(&report(&orders("order"))), ["bad-id"]);
    assert_eq!(
        unknown(&orders("plan, order-boxes")),
        ["plan", "plan"],
        "and no other name"
    );
    assert_eq!(
        unknown(&orders("order boxes, plan")),
        ["plan", "plan"],
        "named as it is"
    );
    let people = "people: [{id: anna berg}]\nactivities:\n- {id: a, duration: 1d, responsible: anna-berg}\n";
    assert_eq!(codes(&report(people)), ["bad-id"]);
    let review = "deliverables:\n- {id: g, versions: [{id: v1, reviews: [{id: user test, duration: 1d}]}]}\nactivities:\n- {id: a, duration: 1d, after: [g/v1/user-test]}\n";
    assert_eq!(codes(&report(review)), ["bad-id"]);
}

#[test]
fn entries_of_a_list_whose_bracket_is_missing_are_no_keys() {
    let text = "activities:\n- {id: a, duration: 1d}\n- {id: b, duration: 1d, after: a, c, d, e], title: x}\n";
    assert_eq!(codes(&report(text)), ["yaml-syntax", "wrong-type"]);
}

#[test]
fn one_nameless_activity_explains_one_name() {
    let lost = "activities:\n- {duration: 1d}\n- {id: ä, duration: 1d, after: [plan, order, plan]}\n";
    assert_eq!(unknown(lost), ["order"], "the first is explained, wherever it stands");
    let lost = "activities:\n- {duration: 1d}\n- {duration: 2d}\n- {id: ä, duration: 1d, after: [plan, order, plan]}\n";
    assert!(unknown(lost).is_empty());
    // What resembles a name that is there is the less likely one to be explained.
    let lost =
        "activities:\n- {duration: 1d}\n- {id: packa, duration: 1d}\n- {id: ä, duration: 1d, after: [paka, plan]}\n";
    assert_eq!(unknown(lost), ["paka"]);
}

#[test]
fn what_is_nameless_explains_names_of_its_own_kind_only() {
    let activities = "activities:\n- {id: ä, duration: 1d, after: [plan]}\n";
    for other in [
        "calendars:\n- {week: {mon: [\"08:00-16:00\"]}}\n",
        "subjects:\n- {kind: unit}\n",
        "bodies:\n- {title: Råd}\n",
        "meetings:\n- {id: möte, parts: [{duration: 1h}]}\n",
        "deliverables:\n- {id: bok, versions: [{duration: 1d}]}\n",
        "deliverables:\n- {id: bok, versions: [{id: v1, duration: 1d, reviews: [{duration: 1d}]}]}\n",
    ] {
        assert_eq!(codes(&report(&format!("{other}{activities}"))).len(), 2, "{other}");
        assert_eq!(unknown(&format!("{other}{activities}")), ["plan"], "{other}");
    }
    // A body that is left out says nothing of an activity of the same name, nor a link of what it links.
    assert_eq!(
        unknown(&format!("bodies:\n- {{id: plan, title: 5}}\n{activities}")),
        ["plan"]
    );
    let link = "activities:\n- {id: ö, duration: 1d, after: [{from: plan, lag: []}]}\n- {id: ä, duration: 1d, after: [plan]}\n";
    assert_eq!(unknown(link).len(), 2);
}

#[test]
fn parts_and_versions_are_explained_where_they_belong() {
    let waits = |ids: &str| format!("activities:\n- {{id: ä, duration: 1d, after: [{ids}]}}\n");
    let version = format!(
        "{}deliverables:\n- {{id: bok, versions: [{{id: v1, duration: 1d}}, {{duration: 1d}}]}}\n- {{id: film, versions: [{{id: v1, duration: 1d}}]}}\n",
        waits("bok/v2, bok/v3, film/v2")
    );
    assert_eq!(unknown(&version), ["bok/v3", "film/v2"]);
    let review = format!(
        "{}deliverables:\n- {{id: bok, versions: [{{id: v1, duration: 1d, reviews: [{{duration: 1d}}]}}]}}\n",
        waits("bok/v1/hörs, bok/v2/hörs")
    );
    assert_eq!(unknown(&review), ["bok/v2/hörs"]);
    // A deliverable without a name explains all its versions, under one name.
    let deliverable = format!(
        "{}deliverables:\n- {{versions: [{{id: v1, duration: 1d}}, {{id: v2, duration: 1d}}]}}\n",
        waits("bok/v1, bok/v2, film/v1")
    );
    assert_eq!(unknown(&deliverable), ["film/v1"]);
    let part = format!(
        "{}meetings:\n- {{id: möte, parts: [{{id: dag1, duration: 1h}}, {{duration: 1h}}]}}\n",
        waits("möte/dag2, möte/dag3")
    );
    assert_eq!(unknown(&part), ["möte/dag3"]);
}

/// As many unknown names as nameless entries are silent, for every number of both, in every namespace.
#[test]
fn as_many_names_are_silent_as_entries_are_nameless() {
    for (list, entry, user, key) in [
        ("calendars", "week: {mon: [\"08:00-16:00\"]}", "activities", "calendar"),
        ("groups", "all: unit", "activities", "per"),
        ("bodies", "title: Råd", "meetings", "body"),
        ("people", "title: Åsa", "activities", "responsible"),
        ("phases", "title: Höst", "activities", "phase"),
        ("activities", "duration: 1d", "activities", "part-of"),
    ] {
        for nameless in 0..4 {
            for names in 0..5_usize {
                let mut text = String::new();
                if list != user {
                    let _ = writeln!(text, "{list}:");
                    for _ in 0..nameless {
                        let _ = writeln!(text, "- {{{entry}}}");
                    }
                    if nameless == 0 {
                        text.clear();
                    }
                }
                let _ = writeln!(text, "{user}:\n- {{id: ö, duration: 1h}}");
                if list == user {
                    for _ in 0..nameless {
                        let _ = writeln!(text, "- {{{entry}}}");
                    }
                }
                // Each name twice: all its mentions are silent or none.
                for name in 0..names {
                    for twice in 0..2 {
                        let name = ["rödräv", "ugglan", "lodjuret", "bäver", "kungsörn"][name];
                        let _ = writeln!(text, "- {{id: ä{name}{twice}, duration: 1h, {key}: {name}}}");
                    }
                }
                let found = unknown(&text);
                assert_eq!(found.len(), 2 * names.saturating_sub(nameless), "{text}\n{found:?}");
            }
        }
    }
}

#[test]
fn a_misspelt_group_or_member_is_one_fault() {
    let head = "subjects: [{id: lund, kind: unit}, {id: växjö, kind: unit}]\n";
    let group = "groups: [{id: orter, members: [lund, vxjö]}]\n";
    let after = "activities:\n- {id: ä, duration: 1d, per: orter}\n- {id: ö, duration: 1d, after: [ä@växjö]}\n";
    assert_eq!(codes(&report(&format!("{head}{group}{after}"))), ["undeclared-subject"]);
    let group = "groups: [{id: orter, all: unit}]\n";
    let after = "activities:\n- {id: ä, duration: 1d, per: ortr}\n- {id: ö, duration: 1d, after: [ä@växjö]}\n";
    assert_eq!(codes(&report(&format!("{head}{group}{after}"))), ["undeclared-group"]);
    // What a misspelt summary has parts of is not without a duration besides.
    let part = "activities:\n- {id: allt}\n- {id: ä, part-of: alt, duration: 1d}\n";
    assert_eq!(codes(&report(part)), ["unknown-reference"]);
}

/// The text that the report of a ring points at first, and all it says.
fn ring(entries: &str) -> (String, String) {
    let report = report(entries);
    let text = format!("framdrift: 1\nid: å\n{entries}");
    let [one] = report.diagnostics() else {
        panic!("{report}");
    };
    assert_eq!(one.diagnostic.code().name(), "dependency-cycle");
    let line = text[..one.span.start as usize].matches('\n').count();
    let line = text.lines().nth(line).unwrap_or_default();
    (line.to_owned(), one.diagnostic.message().to_owned())
}

#[test]
fn a_ring_per_subject_is_told_once() {
    for subjects in 1..5_usize {
        let names: Vec<String> = (0..subjects).map(|n| format!("{{id: s{n}, kind: unit}}")).collect();
        let text = format!(
            "subjects: [{}]\ngroups: [{{id: orter, all: unit}}]\nactivities:\n- {{id: a, per: orter, duration: 1d, after: [c]}}\n\
             - {{id: b, per: orter, duration: 1d, after: [a]}}\n- {{id: c, per: orter, duration: 1d, after: [b]}}\n",
            names.join(", ")
        );
        let (line, message) = ring(&text);
        assert_eq!(line, "- {id: a, per: orter, duration: 1d, after: [c]}");
        let more = match subjects {
            1 => String::new(),
            2 => "; and so for one more subject".to_owned(),
            n => format!("; and so for {} more subjects", n - 1),
        };
        let walk = "these wait for each other: `a@s0` → `b@s0` → `c@s0` → `a@s0`";
        assert_eq!(message, format!("{walk}{more}"));
    }
    // A ring of parts of a summary that is done per subject.
    let (_, message) = ring(
        "subjects: [{id: lund, kind: unit}, {id: ystad, kind: unit}]\ngroups: [{id: orter, all: unit}]\nactivities:\n\
         - {id: allt, per: orter}\n- {id: a, part-of: allt, duration: 1d, after: [b]}\n\
         - {id: b, part-of: allt, duration: 1d, after: [a]}\n",
    );
    assert!(message.ends_with("; and so for one more subject"), "{message}");
}

#[test]
fn rings_of_different_links_are_told_one_by_one() {
    let text = "activities:\n- {id: a, duration: 1d, after: [b]}\n- {id: b, duration: 1d, after: [a]}\n\
                - {id: c, duration: 1d, after: [d]}\n- {id: d, duration: 1d, after: [c]}\n";
    assert_eq!(codes(&report(text)), ["dependency-cycle", "dependency-cycle"]);
}

/// In a plan of many ways from one thing to another, one link back makes a knot. All its rings run through that link.
#[test]
fn the_link_that_makes_a_knot_is_pointed_at() {
    for (from, to) in [(11, 0), (8, 2), (7, 3), (9, 1)] {
        // Not in document order: what comes later may stand first.
        let place = |n: usize| (n * 5 + 1) % 12;
        let mut lines = vec![String::new(); 12];
        for n in 0..12_usize {
            let earlier = n.saturating_sub(3)..n;
            let mut after: Vec<String> = earlier.map(|m| format!("a{m}")).collect();
            if n == to {
                after.push(format!("{{from: a{from}, lag: 1h}}"));
            }
            lines[place(n)] = format!("- {{id: a{n}, duration: 1d, after: [{}]}}\n", after.join(", "));
        }
        let report = report(&format!("activities:\n{}", lines.concat()));
        let [one] = report.diagnostics() else {
            panic!("{report}");
        };
        let expected = format!("activity a{to} / after a{from}");
        assert_eq!(one.diagnostic.place().address.to_string(), expected, "{report}");
    }
}

/// Links that lead on in document order, and one that leads back: that one is pointed at first, wherever the ring begins.
#[test]
fn the_link_that_closes_a_ring_is_pointed_at() {
    for length in 2..8 {
        for first in 0..length - 1 {
            for last in first + 1..length {
                let mut text = String::from("activities:\n");
                for n in 0..length {
                    let mut after = Vec::new();
                    if n > 0 {
                        after.push(format!("a{}", n - 1));
                    }
                    if n == first {
                        after.push(format!("{{from: a{last}, lag: 1h}}"));
                    }
                    let _ = writeln!(text, "- {{id: a{n}, duration: 1d, after: [{}]}}", after.join(", "));
                }
                let report = report(&text);
                let [one] = report.diagnostics() else {
                    panic!("{report}");
                };
                let place = one.diagnostic.place().address.to_string();
                assert_eq!(place, format!("activity a{first} / after a{last}"), "{text}");
                assert_eq!(
                    one.diagnostic.related().len(),
                    last - first,
                    "the others are pointed at, too"
                );
            }
        }
    }
}
