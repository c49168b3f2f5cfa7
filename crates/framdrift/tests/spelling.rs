//! What is written as people and other tools write it: each is told in one message what it is called here, and each character that
//! cannot be told from another by sight is named.

use framdrift::model::date::{Date, Hours, TimeOfDay, Window};
use framdrift::model::document::SchedulingDoc;
use framdrift::model::malformed::Malformed;
use framdrift::model::period::Period;
use framdrift::model::projection::LinkKind;
use framdrift::model::quantity::{Distance, Duration, Margin};
use framdrift::model::rules::Profile;
use framdrift::model::text::Language;
use framdrift::source::limits::Limits;
use framdrift::{Report, load, open};

fn report(entries: &str) -> Report {
    let text = format!("framdrift: 1\nid: x\n{entries}\n");
    open("<text>", text.as_bytes(), None, &Limits::default()).report
}

/// The one message about a text: what it points at, what it says, its help and its fix.
fn only(entries: &str) -> [String; 4] {
    let report = report(entries);
    let [one] = report.diagnostics() else {
        panic!("{entries}\n{report}");
    };
    let text = format!("framdrift: 1\nid: x\n{entries}\n");
    let diagnostic = &one.diagnostic;
    let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let all = [
        text[one.span.range()].to_owned(),
        diagnostic.message().to_owned(),
        optional(diagnostic.help()),
        optional(diagnostic.fix()),
    ];
    // Read aloud: one line, in small letters, without a full stop.
    for said in &all[1..3] {
        let first = said.chars().next().unwrap_or('a');
        assert!(
            !said.contains('\n') && !said.ends_with('.') && !first.is_uppercase(),
            "{said}"
        );
    }
    all
}

fn activity(fields: &str) -> String {
    format!("activities:\n- {{id: plan, title: Plan the move, duration: 5d}}\n- {{id: pack, {fields}}}")
}

#[test]
fn quantities_in_everyday_writing() {
    for (written, near, fix) in [
        ("5 days", "5d", "5d"),
        ("20", "20d", ""),
        ("3D", "3d", "3d"),
        ("\"2,5w\"", "2.5w", "2.5w"),
        ("1 week", "1w", "1w"),
        ("5 dagar", "5d", "5d"),
        ("3M", "3mo", ""),
    ] {
        let [_, message, help, mended] = only(&activity(&format!("duration: {written}")));
        assert_eq!(message, format!("`{}` is not a duration", written.trim_matches('"')));
        assert_eq!((help, &*mended), (format!("did you mean `{near}`?"), fix), "{written}");
    }
    let [.., message, help, fix] = only(&activity("duration: 1d, after: [{from: plan, lag: 50 %}]"));
    assert_eq!(message, "`50 %` is not a lag");
    assert_eq!((&*help, &*fix), ("did you mean `50%`?", "50%"));
    // A number in JSON is no text, and gets the same advice.
    let json = r#"{"framdrift": 1, "id": "x", "activities": [{"id": "a", "duration": 20}]}"#;
    let report = load(json).unwrap_err();
    assert_eq!(
        report.diagnostics()[0].diagnostic.help(),
        Some("did you mean `\"20d\"`?")
    );
}

#[test]
fn words_and_keys_of_other_tools() {
    let constraint = |kind: &str| {
        activity(&format!(
            "duration: 1d, constraints: [{{kind: {kind}, date: 2026-03-02}}]"
        ))
    };
    for (word, near) in [
        ("SNET", "start-no-earlier-than"),
        ("FNLT", "finish-no-later-than"),
        ("MSO", "must-start-on"),
        ("Start No Earlier Than", "start-no-earlier-than"),
    ] {
        let [at, _, help, fix] = only(&constraint(word));
        assert_eq!((&*at, help, &*fix), (word, format!("did you mean `{near}`?"), near));
    }
    let kind = "duration: 1d, after: [{from: plan, type: finish-to-start}]";
    assert_eq!(only(&activity(kind))[2], "did you mean `FS`?");
    // Taken for what it means where that is written in the same way, so that nothing else follows from it.
    assert_eq!(
        only(&activity("duration: 1d, predecessors: [plan]"))[2],
        "did you mean `after`?"
    );
    assert_eq!(
        only(&activity("duration: 1d, predecessors: 1FS+2d"))[2],
        "did you mean `after`?"
    );
    assert_eq!(only(&activity("effort: 1d"))[2], "did you mean `duration`?");
    let people = "people: [{id: anna}]\n";
    let resource = format!("{people}{}", activity("duration: 1d, resource: anna"));
    assert_eq!(only(&resource)[2], "did you mean `responsible`?");
    // Whom another tool knows need not be anybody here: that is no fault of its own.
    for (line, near) in [
        ("duration: 1d, resource: anna", "responsible"),
        ("duration: 1d, owner: anna", "responsible"),
        ("duration: 1d, assigned-to: anna", "responsible"),
    ] {
        assert_eq!(only(&activity(line))[2], format!("did you mean `{near}`?"), "{line}");
    }
    let progress = only(&activity("duration: 1d, progress: 50%"));
    assert_eq!(progress[1], "an activity has no key `progress`");
    assert_eq!(
        progress[2],
        "what has happened stands in a file of its own, which begins with `framdrift-facts: 1`"
    );
}

#[test]
fn references_in_one_word_and_by_title() {
    let link = |from: &str| only(&activity(&format!("duration: 1d, after: [{from}]")));
    let hint = "an entry names an id, and its `type` and `lag` beside it";
    assert_eq!(
        link("planFS+2d")[2],
        format!("did you mean `{{from: plan, lag: 2d}}`? {hint}")
    );
    assert_eq!(
        link("planSS")[2],
        format!("did you mean `{{from: plan, type: SS}}`? {hint}")
    );
    let [at, message, help, fix] = link("Plan the move");
    assert_eq!(
        (&*at, &*message),
        ("Plan the move", "nothing here is called `Plan the move`")
    );
    assert_eq!(
        (&*help, &*fix),
        ("did you mean `plan`? that is its id, and this its title", "plan")
    );
    let body =
        "bodies: [{id: sg, title: {sv: Styrgruppen, en: Steering group}}]\ngates: [{id: g, body: Steering Group}]";
    assert_eq!(only(body)[3], "sg");
    let plan = load(format!("framdrift: 1\nid: x\n{}", activity("duration: 1d"))).unwrap();
    let fault = plan.find("pakc").unwrap_err();
    assert_eq!((&*fault.asked, &fault.near[..]), ("pakc", &["pack".to_owned()][..]));
    assert_eq!(
        fault.to_string(),
        "nothing with a date is called `pakc`; did you mean `pack`?"
    );
    assert_eq!(plan.find("plan the move").unwrap_err().near, ["plan"]);
}

#[test]
fn characters_that_cannot_be_seen_are_named() {
    for (fields, help) in [
        (
            "duration: 5\u{A0}d",
            "did you mean `5d`? a no-break space (U+00A0) stands behind `5`",
        ),
        (
            "duration: 1d, deadline: 2026\u{2013}03\u{2013}02",
            "did you mean `2026-03-02`? an en dash (U+2013) stands behind `2026`",
        ),
        (
            "duration: 1d, after: [{from: plan, lag: \u{2212}2d}]",
            "did you mean `-2d`? a minus sign (U+2212) stands at its beginning",
        ),
        (
            "duration: \u{201C}3d\u{201D}",
            "did you mean `3d`? a typographic quote (U+201C) stands at its beginning",
        ),
        (
            "duration: 1d, after: [pl\u{200B}an]",
            "did you mean `plan`? a zero-width space (U+200B) stands behind `pl`",
        ),
        (
            "duration: 1d, after: [plan\u{A0}]",
            "did you mean `plan`? a no-break space (U+00A0) stands behind `plan`",
        ),
        (
            "duration:\u{A0}3d",
            "a no-break space (U+00A0) stands behind `duration:`; write `duration: ` with an ordinary space behind the colon",
        ),
    ] {
        assert_eq!(only(&activity(fields))[2], help);
    }
    let decomposed = "`ö` is written here as two characters, `o` and a combining diaeresis (U+0308)";
    let [_, message, help, _] = only("activities:\n- {id: fo\u{308}rbered, duration: 1d}");
    assert_eq!(message, "`fo\u{308}rbered` is not a well-formed id");
    assert_eq!(help, format!("write `förbered`: {decomposed}"));
    let [.., help, fix] =
        only("activities:\n- {id: förbered, duration: 1d}\n- {id: b, duration: 1d, after: [fo\u{308}rbered]}");
    assert_eq!(
        (help, &*fix),
        (format!("did you mean `förbered`? {decomposed}"), "förbered")
    );
    let [at, message, ..] = only("calendar:\u{A0}kontor\n\nactivities:\n- {id: a, duration: 1d}");
    assert_eq!(
        (&*at, &*message),
        (
            "\u{A0}",
            "a no-break space (U+00A0) stands here, which YAML does not take for what it looks like"
        )
    );
}

#[test]
fn what_is_never_closed_is_pointed_at_where_it_opens() {
    for (fields, opening) in [
        ("duration: 1d, after: [plan", "["),
        ("duration: 1d, title: \"Pack", "\""),
        ("duration: 1d, between: {after: plan", "{"),
    ] {
        let [at, message, ..] = only(&format!("{}\n- {{id: move, duration: 1d}}", activity(fields)));
        assert_eq!(at, opening, "{fields}: {message}");
        assert!(message.contains("is never closed"), "{message}");
    }
    let open = "activities:\n- {id: plan, duration: 5d\n- {id: pack, duration: 1d}\n- {id: move, duration: 1d}";
    assert_eq!(only(open)[..2], ["{", "this `{` is never closed"]);
    let stray = only("activities:\n- {id: plan, duration: 5d]}\n- {id: pack, duration: 1d}");
    assert_eq!(stray[..2], ["]", "this `]` closes nothing"]);
}

/// Takes a fault of any scalar into the error that hosts use, and gives what the scalar's own error says.
fn taken<T: std::str::FromStr<Err = Malformed>>(text: &str) -> Malformed {
    fn read<T: std::str::FromStr<Err = Malformed>>(
        text: &str,
    ) -> Result<T, Box<dyn std::error::Error + Send + Sync + 'static>> {
        Ok(text.parse()?)
    }
    let Err(fault) = read::<T>(text) else {
        panic!("`{text}` can be read");
    };
    *fault.downcast::<Malformed>().expect("it is the scalar's own error")
}

#[test]
fn every_scalar_has_one_kind_of_error() {
    for (fault, noun, near) in [
        (taken::<Duration>("3 days"), "duration", Some("3d")),
        (taken::<Distance>("50 %"), "lag", Some("50%")),
        (taken::<Margin>("2 h"), "amount of float", Some("2h")),
        (taken::<Date>("1.3.2026"), "date", Some("2026-03-01")),
        (taken::<Date>("2026-03-01 9:00"), "date", Some("2026-03-01T09:00")),
        (taken::<TimeOfDay>("9:30"), "time of day", Some("09:30")),
        (
            taken::<Hours>("8:00\u{2013}12:00"),
            "working hours",
            Some("08:00-12:00"),
        ),
        (taken::<Window>("Q4 2026"), "window", Some("2026-Q4")),
        (
            taken::<Window>("2026-03-01 - 2026-04-15"),
            "window",
            Some("2026-03-01/2026-04-15"),
        ),
        (taken::<Period>("3 months"), "calendar period", Some("P3M")),
        (taken::<Language>("sv_SE"), "language", Some("sv-SE")),
        (taken::<LinkKind>("finish-to-start"), "link type", Some("FS")),
        (taken::<Profile>("MS Project"), "profile", Some("msproject")),
        (taken::<Duration>("soon"), "duration", None),
        (taken::<Date>("2026-02-30"), "date", None),
    ] {
        assert_eq!((fault.noun(), fault.nearest()), (noun, near), "{fault}");
        assert!(
            !fault.expected().is_empty() && !fault.to_string().contains('\n'),
            "{fault}"
        );
    }
    assert_eq!(
        taken::<Date>("31.2.2026").wrong(),
        Some("there is no day 31 in 2026-02")
    );
    let fault = SchedulingDoc::new().set("precedence", "lnks").unwrap_err();
    assert_eq!(fault.nearest(), Some("links"));
}

/// The day stands before the month in most of the world, and behind it in some of it.
#[test]
fn a_date_that_can_be_two_is_told_as_both() {
    let help = |date: &str| {
        let [_, _, help, fix] = only(&activity(&format!("duration: 1d, deadline: {date}")));
        assert_eq!(fix, "", "{date}");
        help
    };
    assert_eq!(help("03/04/2026"), "did you mean `2026-04-03` or `2026-03-04`?");
    assert_eq!(help("3-4-2026"), "did you mean `2026-04-03` or `2026-03-04`?");
    assert_eq!(
        help("\"03/04/2026 9:00\""),
        "did you mean `2026-04-03T09:00` or `2026-03-04T09:00`?"
    );
    for (written, near) in [
        ("18/03/2026", "2026-03-18"),
        ("03/18/2026", "2026-03-18"),
        ("03-18-2026", "2026-03-18"),
        ("04/04/2026", "2026-04-04"),
        // There is no 31 February, nor a day 31 in month 2 the other way round.
        ("31/01/2026", "2026-01-31"),
    ] {
        assert_eq!(help(written), format!("did you mean `{near}`?"));
    }
    let window = taken::<Window>("1/2/2026 - 3/4/2026");
    assert_eq!(
        window.help(),
        "did you mean `2026-02-01/2026-04-03` or `2026-01-02/2026-03-04`?"
    );
    let window = taken::<Window>("1/2/2026 - 20/4/2026");
    assert_eq!(window.nearest(), Some("2026-02-01/2026-04-20"));
    assert_eq!(taken::<Date>("1.3.2026").other(), None);
}

#[test]
fn units_out_of_order_are_told_so() {
    for (written, message, near) in [
        (
            "8h 1d",
            "`8h 1d` is not a duration: of several units, the largest is written first",
            "1d 8h",
        ),
        (
            "8eh 1ed",
            "`8eh 1ed` is not a duration: of several units, the largest is written first",
            "1ed 8eh",
        ),
        ("3de", "`3de` is not a duration", "3ed"),
        ("2we 3de", "`2we 3de` is not a duration", "2ew 3ed"),
    ] {
        let [_, said, help, _] = only(&activity(&format!("duration: {written}")));
        assert_eq!((said.as_str(), help), (message, format!("did you mean `{near}`?")));
    }
    assert_eq!(taken::<Duration>("3de").certain(), None);
    let twice = taken::<Duration>("1d 2d");
    assert_eq!(
        (twice.wrong(), twice.nearest()),
        (Some("each unit is written once"), None)
    );
    let mixed = taken::<Duration>("1d 4eh");
    assert_eq!(
        (mixed.wrong(), mixed.nearest()),
        (Some("elapsed time and working time are not added up"), None)
    );
    assert_eq!(
        taken::<Distance>("-8h 1d").wrong(),
        Some("of several units, the largest is written first")
    );
}

#[test]
fn weekdays_in_full_are_known() {
    for (day, near) in [
        ("monday", "mon"),
        ("Tuesday", "tue"),
        ("Thurs", "thu"),
        ("sunday", "sun"),
    ] {
        let week = format!("calendars:\n- {{id: office, week: {{{day}: [\"08:00-12:00\"]}}}}");
        let [at, _, help, _] = only(&week);
        assert_eq!((at.as_str(), help), (day, format!("did you mean `{near}`?")));
    }
}

/// A key that is indented too deep belongs to the text above it: only that is told, not what the two make together.
#[test]
fn a_key_indented_too_deep_is_the_one_fault() {
    for indent in [5, 6, 9] {
        let [at, message, help, _] = only(&format!(
            "activities:\n  - id: pack\n{}duration: 1d\n  - id: move",
            " ".repeat(indent)
        ));
        assert_eq!(at, "duration");
        assert_eq!(message, "the key `duration` is indented deeper than the key above it");
        assert_eq!(help, "indent keys of one table alike");
    }
    let [at, ..] = only("activities:\n- id: pack\n  title: Pack the\n    boxes\n    duration: 1d");
    assert_eq!(at, "duration");
    let [at, message, ..] = only("activities:\n- id: pack\n  title: Pack: boxes");
    assert_eq!(
        (at.as_str(), message.as_str()),
        (":", "a colon stands where no key can be")
    );
}

/// What is offered in place of a text can be read, and is not the text.
#[test]
fn what_is_offered_can_be_read() {
    let pieces = [
        "2", "10", "1.5", "1,5", " ", "d", "D", "days", "w", "mo", "e", "%", "-", "+", "/", ".", ":", "T", "Q", "P",
        "2026", "\u{A0}", "\u{2013}",
    ];
    let mut seed = 1_u64;
    let mut next = |most: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % most
    };
    for _ in 0..20_000 {
        let text: String = (0..1 + next(6)).map(|_| pieces[next(pieces.len())]).collect();
        let check = |fault: Option<Malformed>, reads: &dyn Fn(&str) -> bool| {
            if let Some(near) = fault.as_ref().and_then(Malformed::nearest) {
                assert!(near != text && reads(near), "`{text}` to `{near}`");
            }
            if let Some(other) = fault.as_ref().and_then(Malformed::other) {
                assert!(
                    reads(other) && fault.as_ref().and_then(Malformed::nearest) != Some(other),
                    "`{text}`"
                );
            }
        };
        check(text.parse::<Duration>().err(), &|t| t.parse::<Duration>().is_ok());
        check(text.parse::<Distance>().err(), &|t| t.parse::<Distance>().is_ok());
        check(text.parse::<Date>().err(), &|t| t.parse::<Date>().is_ok());
        check(text.parse::<Hours>().err(), &|t| t.parse::<Hours>().is_ok());
        check(text.parse::<Window>().err(), &|t| t.parse::<Window>().is_ok());
        check(text.parse::<Period>().err(), &|t| t.parse::<Period>().is_ok());
    }
}
