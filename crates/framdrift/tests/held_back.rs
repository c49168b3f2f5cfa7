//! What is held back by a delay or put off, as late as possible, and what its dates follow from: asked through documents.

use framdrift::Plan;
use framdrift::schedule::explain::Cause;

const PROFILES: [&str; 3] = ["framdrift", "msproject", "p6"];

fn plan(scheduling: &str, entries: &str) -> Plan {
    let programme = format!("framdrift: 1\nid: m\nstart: 2026-03-02\nscheduling: {{{scheduling}}}\n{entries}");
    framdrift::load(programme).unwrap_or_else(|report| panic!("{}", report.for_people(false)))
}

fn explained(plan: &Plan, id: &str) -> String {
    let explanation = plan.explain_in_full(plan.find(id).unwrap()).unwrap();
    plan.words(&explanation).to_string()
}

/// The ids of what is on the critical path and of what is critical.
fn marked(plan: &Plan) -> [Vec<String>; 2] {
    let rows = plan.rows();
    let ids = |is: fn(&framdrift::Row) -> bool| rows.iter().filter(|row| is(row)).map(|row| row.id.clone()).collect();
    [ids(|row| row.on_critical_path), ids(|row| row.dates.critical)]
}

fn proved(plan: &Plan) {
    assert_eq!(plan.schedule().unwrap().verify(plan.network(), plan.facts()), Ok(()));
}

/// The critical path went no further than a delay, which was said to come from itself. Where the delay ends before work begins
/// anyway, it was the same.
#[test]
fn the_critical_path_goes_on_through_a_delay() {
    for profile in PROFILES {
        for critical in ["float", "longest-path"] {
            for (entries, words) in [
                (
                    "{id: h, duration: 1d}\n- {id: r, duration: 1d, delay: 1ed, after: [h]}",
                    "1ed",
                ),
                (
                    "{id: h, duration: 5d}\n- {id: r, duration: 1d, delay: 1eh, after: [h]}",
                    "1eh",
                ),
            ] {
                let scheduling = format!("profile: {profile}, critical: {critical}");
                let plan = plan(
                    &scheduling,
                    &format!("activities:\n- {entries}\n- {{id: x, duration: 1h}}\n"),
                );
                proved(&plan);
                assert_eq!(plan.critical_path(), ["h", "r"], "{scheduling}");
                assert_eq!(marked(&plan), [["h", "r"], ["h", "r"]], "{scheduling}");
                let text = explained(&plan, "r");
                assert!(
                    text.contains(&format!("  r  (from the finish of `h`, held back by {words})\n")),
                    "{text}"
                );
                assert!(
                    text.contains(&format!("  the finish of `h`, held back by {words}\n")),
                    "{text}"
                );
                let text = explained(&plan, "h");
                assert!(
                    text.contains(&format!("  the start of `r`, held back by {words}\n")),
                    "{text}"
                );
            }
        }
    }
}

/// A delay counts from what asks for the latest, whatever that is; a date that is asked for after it is not held back.
#[test]
fn what_a_delay_counts_from_is_named() {
    let of_r = |profile: &str, date: &str| {
        let entries = format!(
            "activities:
- {{id: h, duration: 1d}}
- {{id: r, duration: 1d, delay: 1ed, after: [h], constraints: [{{kind: start-no-earlier-than, date: {date}}}]}}
"
        );
        let plan = plan(&format!("profile: {profile}"), &entries);
        proved(&plan);
        let chain = plan.explain(plan.find("r").unwrap()).unwrap().chain;
        let last = chain.last().unwrap();
        let is_bound = matches!(last.why, Cause::Bound { .. });
        (plan.critical_path().len(), is_bound, last.held_back)
    };
    for profile in PROFILES {
        assert_eq!(of_r(profile, "2026-03-02"), (2, false, 1_440), "{profile}");
    }
    assert_eq!(of_r("framdrift", "2026-03-05"), (1, true, 1_440));
    assert_eq!(of_r("p6", "2026-03-05"), (1, true, 1_440));
    assert_eq!(of_r("msproject", "2026-03-05"), (1, true, 0));
}

const PUT_OFF: &str = "activities:
- {id: d, duration: 5d}
- {id: inv, duration: 1d, constraints: [{kind: as-late-as-possible}]}
- {id: t, duration: 1d, after: [d, inv]}
";

/// What could take over counts from where it stood before it was put off, and the words did not say so.
#[test]
fn a_runner_up_that_was_put_off_is_said_to_count_from_before() {
    for profile in ["framdrift", "p6"] {
        let plan = plan(&format!("profile: {profile}"), PUT_OFF);
        let text = explained(&plan, "t");
        let then = "then the finish of `inv`, before it was put off, 2026-03-03T08:00 (4d away)\n";
        assert!(text.contains(then), "{text}");
        let paths = plan.words(&plan.paths(None, 5).unwrap()).to_string();
        assert!(
            paths.contains("\n2. 4d shorter: inv (before it was put off) → t (waits 4d longer)\n"),
            "{paths}"
        );
    }
    // What eats total float asks from where it is put.
    let text = explained(&plan("profile: msproject", PUT_OFF), "t");
    assert!(
        text.contains("then the finish of `inv`, 2026-03-09T08:00 (0d away)\n"),
        "{text}"
    );
}

/// Its early dates stay by the rules of MS Project, so nothing said where it stands.
#[test]
fn what_is_put_off_says_where_it_stands() {
    let plan = plan("profile: msproject", PUT_OFF);
    let text = explained(&plan, "inv");
    let stands = "  stands at     2026-03-06T08:00 – 2026-03-06T17:00  its late dates, as it is as late as possible\n";
    assert!(text.contains(stands), "{text}");
    let could = "  how it could start:\n    inv  (from the start of the programme; put off to 2026-03-06T08:00, as late as possible)\n";
    assert!(text.contains(could), "{text}");
    assert!(!explained(&plan, "d").contains("stands at"));
}

#[test]
fn a_runner_up_is_never_the_driver() {
    for profile in PROFILES {
        let entries = "activities:\n- {id: d, duration: 5d}\ngates:\n- {id: go, planned: 2026-03-11, after: [d]}\n";
        let plan = plan(&format!("profile: {profile}"), entries);
        for node in ["d", "go"].map(|id| plan.find(id).unwrap()) {
            for drive in plan.explain(node).unwrap().drives {
                let next = drive.runner_up.map(|next| next.cause);
                assert_ne!(next, Some(drive.cause), "{profile}");
            }
        }
        let text = explained(&plan, "go");
        assert!(!text.contains("then the planned date"), "{text}");
    }
}

/// What has no cap counts to the finish of the programme; what a cap ends before does not.
#[test]
fn float_towards_the_finish_is_told_where_it_counts_to_that() {
    for profile in PROFILES {
        let entries = "activities:
- {id: long, duration: 5d}
- {id: short, duration: 1d}
- {id: capped, duration: 1d, deadline: 2026-03-04}
";
        let plan = plan(&format!("profile: {profile}"), entries);
        let text = explained(&plan, "short");
        let towards = "  float towards:\n          4d  the finish of the programme, 2026-03-06T17:00\n";
        assert!(text.contains(towards), "{text}");
        let text = explained(&plan, "capped");
        let towards = "  float towards:\n          2d  the deadline of `capped`, 2026-03-04T17:00\n  how";
        assert!(text.contains(towards), "{text}");
    }
}
