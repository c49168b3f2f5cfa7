//! Twelve faults of twelve kinds in one file: one run finds them all, each once, each at its place.

use framdrift::{Opened, load, open};

const YAML: &str = include_str!("fixtures/twelve.yaml");

/// Code, then line, column, end line and end column of the YAML text, then the words that the stretch covers.
const FAULTS: [(&str, [u32; 4], &str); 12] = [
    ("duplicate-key", [4, 57, 4, 59], "sv"),
    ("calendar-without-working-time", [8, 32, 8, 36], "jour"),
    ("unknown-word", [10, 37, 10, 41], "aera"),
    ("undeclared-body", [14, 54, 14, 63], "styrelsen"),
    ("unknown-key", [16, 46, 16, 53], "duraton"),
    ("malformed-value", [17, 72, 17, 82], "2026-02-30"),
    ("wrong-type", [18, 54, 18, 58], "[2w]"),
    ("unknown-key", [19, 99, 19, 102], "dat"),
    ("duplicate-id", [20, 42, 20, 51], "kartlägga"),
    ("unknown-reference", [21, 70, 21, 81], "upphandling"),
    ("dependency-cycle", [22, 64, 22, 69], "önska"),
    ("reversed-window", [25, 62, 25, 83], "2026-06-30/2026-06-01"),
];

fn found(opened: &Opened, text: &str) -> Vec<(&'static str, [u32; 4], String)> {
    let rows = opened.report.diagnostics().iter().map(|l| {
        let place = [l.start.line, l.start.column, l.end.line, l.end.column];
        (l.diagnostic.code().name(), place, text[l.span.range()].to_owned())
    });
    rows.collect()
}

/// The words at a place, found without the library: a column is a character.
fn words(text: &str, [line, column, end_line, end_column]: [u32; 4]) -> String {
    assert_eq!(line, end_line);
    let line = text.lines().nth(line as usize - 1).expect("the line is there");
    line.chars()
        .take(end_column as usize - 1)
        .skip(column as usize - 1)
        .collect()
}

fn expected() -> Vec<(&'static str, [u32; 4], String)> {
    FAULTS
        .iter()
        .map(|(code, place, words)| (*code, *place, (*words).to_owned()))
        .collect()
}

#[test]
fn twelve_faults_are_found_at_their_places() {
    let opened = open(
        "twelve.yaml",
        YAML.as_bytes(),
        None,
        &framdrift::source::limits::Limits::default(),
    );
    assert_eq!(found(&opened, YAML), expected(), "{}", opened.report.for_people(false));
    for (_, place, expected) in FAULTS {
        assert_eq!(words(YAML, place), expected);
    }
    assert!(opened.plan.is_none());
    assert_eq!((opened.report.errors(), opened.report.warnings()), (12, 0));
    let report = load(YAML).unwrap_err();
    assert_eq!(report.errors(), 12, "`load` finds the same");
}

#[test]
fn the_ring_names_its_members() {
    let report = load(YAML).unwrap_err();
    let ring = report
        .diagnostics()
        .iter()
        .find(|l| l.diagnostic.code().name() == "dependency-cycle");
    let message = ring.expect("there is a ring").diagnostic.message();
    assert_eq!(message, "these wait for each other: `väga` → `mäta` → `önska` → `väga`");
}

#[test]
fn misspelt_names_are_recognised() {
    let report = load(YAML).unwrap_err();
    let help = |at: usize| report.diagnostics()[at].diagnostic.help();
    assert_eq!(help(2), Some("did you mean `area`?"));
    assert_eq!(help(4), Some("did you mean `duration`?"));
    assert_eq!(help(7), Some("did you mean `date`?"));
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let text = YAML.replace('\n', "\r\n");
    let opened = open(
        "twelve.yaml",
        text.as_bytes(),
        None,
        &framdrift::source::limits::Limits::default(),
    );
    assert_eq!(found(&opened, &text), expected());
}

/// The lines of the YAML file as JSON: each entry on a line of its own.
fn json() -> String {
    r#"{
  "framdrift": 1,
  "id": "tolv-fel",
  "title": {"sv": "Införande på Åland", "nb": "Innføring på Åland", "sv": "Tolv fel"},
  "start": "2026-01-12",
  "calendars": [
    {"id": "kontorstid", "title": "Kontorstid på Åland", "week": {"mon": ["08:00-16:00"], "tue": ["08:00-16:00"]}},
    {"title": "Jour på Öland", "id": "jour", "week": {"sat": []}}
  ],
  "subjects": [{"id": "åland", "title": "Åland", "kind": "aera"}],
  "bodies": [{"id": "nämnden", "title": "Nämnden"}],
  "gates": [{"id": "klartecken", "title": "Är allt på plats?", "body": "styrelsen"}],
  "activities": [
    {"id": "förankra", "title": "Förankra på Åland", "duraton": "2w"},
    {"id": "kartlägga", "title": "Kartlägga på Åland", "duration": "2w", "deadline": "2026-02-30"},
    {"id": "åtgärda", "title": "Åtgärda på Åland", "duration": ["2w"]},
    {"id": "höra", "duration": "1w", "constraints": [{"x-för": "Åsa", "kind": "must-start-on", "dat": "2026-03-02"}]},
    {"title": "Kartlägga igen på Öland", "id": "kartlägga", "duration": "1w"},
    {"id": "följa-upp", "title": "Följa upp på Åland", "duration": "1w", "after": ["upphandling"]},
    {"id": "väga", "title": "Väga för och emot", "duration": "1w", "after": ["önska"]},
    {"id": "mäta", "title": "Mäta på Åland", "duration": "1w", "after": ["väga"]},
    {"id": "önska", "title": "Önska på Åland", "duration": "1w", "after": ["mäta"]},
    {"id": "pröva", "title": "Pröva på Öland", "duration": "1w", "window": "2026-06-30/2026-06-01"}
  ]
}
"#
    .to_owned()
}

const JSON_PLACES: [[u32; 4]; 12] = [
    [4, 69, 4, 73],
    [8, 38, 8, 44],
    [10, 58, 10, 64],
    [12, 72, 12, 83],
    [14, 54, 14, 63],
    [15, 86, 15, 98],
    [16, 64, 16, 70],
    [17, 96, 17, 101],
    [18, 48, 18, 59],
    [19, 84, 19, 97],
    [20, 78, 20, 85],
    [23, 76, 23, 99],
];

#[test]
fn the_same_as_json() {
    for (name, text) in [("twelve.json", json()), ("twelve.json", json().replace('\n', "\r\n"))] {
        let opened = open(
            name,
            text.as_bytes(),
            None,
            &framdrift::source::limits::Limits::default(),
        );
        let found = found(&opened, &text);
        let codes: Vec<_> = found.iter().map(|f| f.0).collect();
        assert_eq!(codes, FAULTS.map(|f| f.0), "{}", opened.report.for_people(false));
        for (fault, expected) in found.iter().zip(FAULTS) {
            assert_eq!(fault.2.replace('"', ""), expected.2);
        }
        let places: Vec<_> = found.iter().map(|f| f.1).collect();
        assert_eq!(places, JSON_PLACES);
    }
}

#[test]
fn addresses_do_not_depend_on_the_format() {
    let addresses = |text: &str| -> Vec<String> {
        let report = load(text).unwrap_err();
        report.diagnostics().iter().map(|l| l.diagnostic.to_string()).collect()
    };
    assert_eq!(addresses(YAML), addresses(&json()));
}
