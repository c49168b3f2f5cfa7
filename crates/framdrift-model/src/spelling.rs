//! Texts that look like others: characters that people do not see, or do not tell apart, and words that other tools use.

use std::borrow::Cow;

/// What a character is called that looks like another one or like nothing, and what stands for it in plain writing.
fn lookalike(c: char) -> Option<(&'static str, &'static str)> {
    Some(match c {
        '\u{A0}' => ("a no-break space", " "),
        '\u{202F}' => ("a narrow no-break space", " "),
        '\u{2000}'..='\u{200A}' | '\u{205F}' | '\u{3000}' => ("a wide or narrow space", " "),
        '\u{200B}' => ("a zero-width space", ""),
        '\u{200C}' | '\u{200D}' => ("a zero-width joiner", ""),
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            ("a mark of writing direction", "")
        }
        '\u{2060}' => ("a word joiner", ""),
        '\u{FEFF}' => ("a byte order mark", ""),
        '\u{AD}' => ("a soft hyphen", ""),
        '\u{2028}' | '\u{2029}' | '\u{85}' => ("an invisible line break", " "),
        '\u{2010}' | '\u{2011}' => ("a typographic hyphen", "-"),
        '\u{2012}' => ("a figure dash", "-"),
        '\u{2013}' => ("an en dash", "-"),
        '\u{2014}' | '\u{2015}' => ("an em dash", "-"),
        '\u{2212}' => ("a minus sign", "-"),
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{201C}'..='\u{201F}' | '\u{AB}' | '\u{BB}' => {
            ("a typographic quote", "")
        }
        '\u{FF1A}' => ("a wide colon", ":"),
        '\u{FF0C}' => ("a wide comma", ","),
        '\u{2044}' | '\u{2215}' => ("a typographic slash", "/"),
        '\t' => ("a tab", " "),
        _ => return None,
    })
}

/// What a character is called that looks like another one or like nothing, with its number: `a no-break space (U+00A0)`.
///
/// ```
/// assert_eq!(framdrift_model::spelling::name('\u{2212}').unwrap(), "a minus sign (U+2212)");
/// assert_eq!(framdrift_model::spelling::name('-'), None);
/// ```
#[must_use]
pub fn name(c: char) -> Option<String> {
    lookalike(c).map(|(name, _)| format!("{name} (U+{:04X})", u32::from(c)))
}

/// Combining marks by name, and the letters that stand with them as one character.
const MARKS: &[(char, &str, &str, &str)] = &[
    ('\u{300}', "grave accent", "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    (
        '\u{301}',
        "acute accent",
        "AEIOUYaeiouyNnSsZzCcLlRr",
        "ÁÉÍÓÚÝáéíóúýŃńŚśŹźĆćĹĺŔŕ",
    ),
    ('\u{302}', "circumflex", "AEIOUaeiou", "ÂÊÎÔÛâêîôû"),
    ('\u{303}', "tilde", "ANOano", "ÃÑÕãñõ"),
    ('\u{308}', "diaeresis", "AEIOUaeiouy", "ÄËÏÖÜäëïöüÿ"),
    ('\u{30A}', "ring", "AaUu", "ÅåŮů"),
    ('\u{30C}', "caron", "CSZRENDTcszren", "ČŠŽŘĚŇĎŤčšžřěň"),
    ('\u{327}', "cedilla", "Cc", "Çç"),
];

/// The one character for a letter and a mark behind it.
fn composed(letter: char, mark: char) -> Option<char> {
    let (.., letters, whole) = MARKS.iter().find(|(c, ..)| *c == mark)?;
    letters
        .chars()
        .zip(whole.chars())
        .find(|(l, _)| *l == letter)
        .map(|(_, w)| w)
}

/// The text in plain writing: ordinary spaces and hyphens, no quotes or characters that cannot be seen, letters with their marks
/// as one character, no blanks at its ends.
///
/// ```
/// use framdrift_model::spelling::plain;
///
/// assert_eq!(plain("−2\u{A0}d"), "-2 d");
/// assert_eq!(plain("“fo\u{308}rvaltning”"), "förvaltning");
/// ```
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('\t') {
        return text.trim().into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some((_, plain)) = lookalike(c) {
            out.push_str(plain);
        } else if let Some(whole) = out.chars().next_back().and_then(|last| composed(last, c)) {
            out.pop();
            out.push(whole);
        } else {
            out.push(c);
        }
    }
    match out.trim() {
        trimmed if trimmed == text => text.into(),
        trimmed => trimmed.to_owned().into(),
    }
}

/// The first character of a text that is not what it looks like: its name, its number, and where it stands.
///
/// ```
/// use framdrift_model::spelling::unusual;
///
/// assert_eq!(unusual("5\u{A0}d").unwrap(), "a no-break space (U+00A0) stands behind `5`");
/// assert_eq!(unusual("fo\u{308}r").unwrap(), "`ö` is written here as two characters, `o` and a combining diaeresis (U+0308)");
/// assert_eq!(unusual("5 d"), None);
/// ```
#[must_use]
pub fn unusual(text: &str) -> Option<String> {
    if text.is_ascii() && !text.contains('\t') {
        return None;
    }
    let mut before = String::new();
    for c in text.chars() {
        let number = u32::from(c);
        if let Some(name) = name(c) {
            let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            let tail: String = word.chars().skip(word.chars().count().saturating_sub(20)).collect();
            return Some(match tail.is_empty() {
                true => format!("{name} stands at its beginning"),
                false => format!("{name} stands behind `{tail}`"),
            });
        }
        if let Some(last) = before.chars().next_back()
            && let Some(whole) = composed(last, c)
        {
            let name = MARKS
                .iter()
                .find(|(mark, ..)| *mark == c)
                .map_or("mark", |(_, name, ..)| name);
            return Some(format!(
                "`{whole}` is written here as two characters, `{last}` and a combining {name} (U+{number:04X})"
            ));
        }
        before.push(c);
    }
    None
}

/// Words of other tools and of everyday language, and what a programme file calls the same; the first that fits is meant.
const SYNONYMS: &[(&[&str], &[&str])] = &[
    (&["finish-to-start", "finish-start", "end-to-start"], &["FS"]),
    (&["start-to-start", "start-start"], &["SS"]),
    (&["finish-to-finish", "finish-finish", "end-to-end"], &["FF"]),
    (&["start-to-finish", "start-finish"], &["SF"]),
    (&["asap"], &["as-soon-as-possible"]),
    (&["alap"], &["as-late-as-possible"]),
    (
        &["snet", "not-before", "start-on-or-after", "earliest-start"],
        &["start-no-earlier-than"],
    ),
    (
        &["snlt", "start-on-or-before", "latest-start"],
        &["start-no-later-than"],
    ),
    (
        &["fnet", "finish-on-or-after", "earliest-finish"],
        &["finish-no-earlier-than"],
    ),
    (
        &["fnlt", "not-after", "finish-on-or-before", "latest-finish"],
        &["finish-no-later-than"],
    ),
    (&["mso", "start-on", "mandatory-start"], &["must-start-on"]),
    (&["mfo", "finish-on", "mandatory-finish"], &["must-finish-on"]),
    (
        &[
            "predecessor",
            "predecessors",
            "depends",
            "depends-on",
            "dependencies",
            "dependency",
            "requires",
            "needs",
            "waits-for",
            "links",
            "preds",
        ],
        &["after", "from"],
    ),
    (&["successor", "successors", "blocks"], &["before", "to"]),
    (
        &[
            "resource",
            "resources",
            "resource-names",
            "assignee",
            "assigned-to",
            "assignees",
            "who",
            "owner",
            "owned-by",
        ],
        &["responsible", "owner"],
    ),
    (
        &["participants", "invitees", "people", "persons"],
        &["attendees", "people", "members"],
    ),
    (
        &["length", "effort", "work", "estimate", "takes", "days"],
        &["duration"],
    ),
    (&["due", "due-date", "finish-by", "must-finish"], &["deadline"]),
    (&["name", "description", "summary", "label", "task-name"], &["title"]),
    (
        &["parent", "parent-task", "summary-task", "belongs-to", "within"],
        &["part-of", "parent"],
    ),
    (
        &["delay", "offset", "lead", "gap", "wait"],
        &["lag", "lead-time", "delay"],
    ),
    (&["kind", "relation", "link-type"], &["type", "kind"]),
    (&["tasks", "task", "work-packages", "steps"], &["activities"]),
    (&["milestones", "decisions"], &["gates"]),
    (&["units", "organisations", "sites"], &["subjects"]),
    (&["stages"], &["phases"]),
    (&["begin", "start-date", "project-start"], &["start"]),
    (&["end", "end-date", "project-finish"], &["finish"]),
    (&["code", "key", "identifier", "ref"], &["id"]),
    (&["date", "when"], &["planned", "date", "on"]),
    (&["monday", "mondays"], &["mon"]),
    (&["tuesday", "tuesdays", "tues"], &["tue"]),
    (&["wednesday", "wednesdays", "weds"], &["wed"]),
    (&["thursday", "thursdays", "thur", "thurs"], &["thu"]),
    (&["friday", "fridays"], &["fri"]),
    (&["saturday", "saturdays"], &["sat"]),
    (&["sunday", "sundays"], &["sun"]),
    (&["yes", "on"], &["true"]),
    (&["no", "off"], &["false"]),
    (&["microsoft-project", "ms-project", "msp", "project"], &["msproject"]),
    (&["primavera", "primavera-p6"], &["p6"]),
];

/// What a programme file calls what another tool, or everyday language, calls `word`: the first of the known words that means the
/// same.
///
/// ```
/// use framdrift_model::spelling::meaning;
///
/// assert_eq!(meaning("Predecessors", ["duration", "after"]), Some("after"));
/// assert_eq!(meaning("SNET", ["start-no-earlier-than"]), Some("start-no-earlier-than"));
/// assert_eq!(meaning("predecessors", ["title"]), None);
/// ```
#[must_use]
pub fn meaning<'c>(word: &str, known: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > 40 {
        return None;
    }
    let plain = plain(word).to_lowercase().replace([' ', '_'], "-");
    let (_, means) = SYNONYMS.iter().find(|(words, _)| words.contains(&&*plain))?;
    let place = |known: &str| means.iter().position(|word| *word == known);
    let found = known.into_iter().filter_map(|known| Some((place(known)?, known)));
    found.min_by_key(|(place, _)| *place).map(|(_, known)| known)
}

/// Advice on a key that a programme file does not have, because what it is meant for stands elsewhere or nowhere.
#[must_use]
pub fn elsewhere(word: &str) -> Option<&'static str> {
    let plain = plain(word).to_lowercase().replace([' ', '_'], "-");
    Some(match &*plain {
        "progress" | "percent-complete" | "complete" | "completed" | "percent" | "done" | "status" | "actual-start"
        | "actual-finish" | "started" | "finished" | "remaining" | "remaining-duration" => {
            "what has happened stands in a file of its own, which begins with `framdrift-facts: 1`"
        }
        "start" | "start-date" | "begin" => {
            "things start when what they wait for allows it; to hold one back, write \
             `constraints: [{kind: start-no-earlier-than, date: 2026-03-01}]`"
        }
        "finish" | "end" | "end-date" => {
            "when things finish is computed; to be warned when one is late, write `deadline: 2026-03-01`"
        }
        "cost" | "costs" | "budget" | "price" => "a programme holds no costs; keys of your own begin with `x-`",
        "priority" | "note" | "notes" | "comment" | "tags" | "labels" | "wbs" => {
            "the format has no such thing; keys of your own begin with `x-`"
        }
        _ => return None,
    })
}

/// «Did you mean», with the character that cannot be told from another by sight, where there is one.
#[must_use]
pub fn did_you_mean(written: &str, near: &str) -> String {
    match unusual(written) {
        Some(unusual) => format!("did you mean `{near}`? {unusual}"),
        None => format!("did you mean `{near}`?"),
    }
}

/// A noun with its article.
pub(crate) fn a(noun: &str) -> String {
    match (noun, noun.as_bytes()) {
        ("working hours" | "yes or no", _) => noun.to_owned(),
        (_, [b'a' | b'e' | b'i' | b'o', ..]) => format!("an {noun}"),
        _ => format!("a {noun}"),
    }
}
