//! What single faults are called, where the fixtures show another one of their code; and that one cause gets one message.

use framdrift::source::limits::Limits;
use framdrift::{Report, open};

fn report(entries: &str) -> Report {
    let text = format!("framdrift: 1\nid: å\n{entries}\n");
    open("<text>", text.as_bytes(), None, &Limits::default()).report
}

/// The only message about a text, with its advice.
fn only(entries: &str) -> String {
    let report = report(entries);
    let [one] = report.diagnostics() else {
        panic!("{}", report.for_people(false));
    };
    let help = one
        .diagnostic
        .help()
        .map_or_else(String::new, |help| format!(" — {help}"));
    format!("{}: {}{help}", one.diagnostic.code(), one.diagnostic.message())
}

fn activity(fields: &str) -> String {
    format!("activities:\n- {{id: ä, {fields}}}\n- {{id: ö, duration: 1d}}")
}

#[test]
fn entries_without_a_name_of_their_own() {
    let keys = "keys of your own begin with `x-`";
    assert_eq!(
        only(&activity("duration: 1d, after: [{from: ö, quux: 1}]")),
        format!(
            "unknown-key: an entry under `after` has no key `quux` — the keys here are `from`, `type`, `lag`; {keys}"
        )
    );
    assert_eq!(
        only(&activity("duration: 1d, after: [{lag: 1d}]")),
        "missing-key: this entry under `after` has no `from` — add `from`: the id of something in the programme, such as \
         `training`, `guideline/v2` or `install@lund`"
    );
    assert_eq!(
        only("minutes: {hour: 60}"),
        format!(
            "unknown-key: the table under `minutes` has no key `hour` — the keys here are `day`, `week`, `month`; {keys}"
        )
    );
    assert_eq!(
        only("calendars:\n- {id: k, week: {mon: [\"08:00-16:00\"]}, holidays: [[NO]]}"),
        "wrong-type: expected an entry under `holidays` (its `country` alone, or a table of keys and values), found a list"
    );
}

#[test]
fn a_union_names_its_kind() {
    assert_eq!(
        only(&activity(
            "duration: 1d, constraints: [{kind: as-late-as-possible, date: 2026-03-01}]"
        )),
        "unknown-key: a constraint of kind `as-late-as-possible` has no key `date` — the only key here is `kind`; \
         keys of your own begin with `x-`"
    );
    assert_eq!(
        only(&activity(
            "duration: 1d, constraints: [{knid: must-start-on, date: 2026-03-01}]"
        )),
        "unknown-key: a constraint has no key `knid` — did you mean `kind`?"
    );
}

#[test]
fn values_of_another_type() {
    assert_eq!(
        only(&activity("duration: {dagar: 3}")),
        "wrong-type: expected a duration, found a table — write a duration such as `30m`, `4h`, `10d`, `2w`, `3mo`, or \
         elapsed `14ed`, `2ew`"
    );
    assert_eq!(
        only(&activity("duration: 1d, deadline:")),
        "wrong-type: expected a date, found nothing — write a date such as `2026-03-01`, or with a time `2026-03-01T09:00`"
    );
    assert_eq!(
        only("calendars:\n- {id: k, week: {mon: [[]]}}\n- {id: l, week: {mon: [\"08:00-16:00\"]}}"),
        "wrong-type: expected working hours, found a list — write working hours such as `08:00-12:00`"
    );
}

/// What was left out because of one fault does not make others.
#[test]
fn one_cause_one_message() {
    // The activity that is lost was a part: what it was part of would else seem to take no time.
    let lost = "activities:\n- {id: ä}\n- {id: ö, part-of: ä, duration: 1d, after: 5}\n";
    assert!(only(lost).starts_with("wrong-type"));
    let lost = "activities:\n- {id: ä}\n- {part-of: ä, duration: 1d}\n";
    assert!(only(lost).starts_with("missing-key"));
    let lost = "activities:\n- {id: ä}\n- {id: ö, part-of: [ä], duration: 1d}\n";
    assert!(only(lost).starts_with("wrong-type"));
    // A phase that is misspelt, and one that stands twice, are not empty besides.
    assert!(
        only("phases:\n- {id: höst}\nactivities:\n- {id: ä, phase: hös, duration: 1d}\n")
            .starts_with("undeclared-phase")
    );
    let twice = "phases:\n- {id: höst}\n- {id: höst}\nactivities:\n- {id: ä, phase: höst, duration: 1d}\n";
    assert!(only(twice).starts_with("duplicate-id"));
    // A key that may have been meant for the duration.
    assert!(only("activities:\n- {id: ä, varaktighet: 3d}\n").starts_with("unknown-key"));
    // References to what is lost.
    let lost =
        "bodies:\n- {id: råd, title: [1]}\n- {title: Nämnd}\ngates:\n- {id: g, body: nämnd}\n- {id: h, body: råd}\n";
    let found: Vec<_> = report(lost)
        .diagnostics()
        .iter()
        .map(|l| l.diagnostic.code().name())
        .collect();
    assert_eq!(found, ["wrong-type", "missing-key"]);
}

/// The other place of a fault is shown however far off it is.
#[test]
fn related_places_are_shown() {
    let mut text = String::from("activities:\n- {id: å1, duration: 1d}\n");
    text.push_str(&"# …\n".repeat(1_000));
    text.push_str("- {title: Å, id: å1, duration: 1d}\n");
    let said = report(&text).for_people(false);
    let shown: Vec<_> = said.lines().collect();
    assert_eq!(
        shown[..13],
        [
            "error[duplicate-id]: the id `å1` is already taken",
            "    --> <text>:1005:18",
            "     |",
            "1005 | - {title: Å, id: å1, duration: 1d}",
            "     |                  ^^",
            "     |",
            "    ::: <text>:4:8",
            "     |",
            "   4 | - {id: å1, duration: 1d}",
            "     |        -- first used here",
            "     |",
            "     = note: at activity å1#2 / id",
            "     = help: give one of them another id; whatever referred to it must say which one it means",
        ]
    );
}

/// A reference as long as the file is not shown whole.
#[test]
fn a_long_reference_is_shortened() {
    let said = only(&activity(&format!("duration: 1d, after: [{}]", "ö".repeat(10_000))));
    assert!(said.len() < 400, "{said}");
}
