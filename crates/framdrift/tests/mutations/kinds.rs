//! The kinds of faults, each put into a text at a random place where it is certainly one.

use super::Mutated;
use super::text::{Chance, Field, Text};

type Mutate = fn(&Text, &mut Chance) -> Option<Mutated>;

/// Languages are keys of people's own choice, and titles may say anything.
const FREE: &[&str] = &["sv", "en", "nb", "da", "fi", "title", "theme"];
/// What names something that has a date.
const NODES: &[&str] = &["after", "before", "from", "to", "version"];

pub(super) const ALL: &[(&str, Mutate)] = &[
    ("misspelt key", |t, c| key(t, c, misspelt)),
    ("unknown key", |t, c| key(t, c, |_, _| Some("quux".to_owned()))),
    ("key in capitals", |t, c| key(t, c, |key, _| Some(key.to_uppercase()))),
    ("key of another tool", |t, c| {
        let (own, other) = *c.pick(&[
            ("after", "predecessors"),
            ("responsible", "resource"),
            ("duration", "effort"),
            ("part-of", "parent"),
            ("deadline", "due-date"),
        ])?;
        let field = t.some(c, |f| t.key(f) == own)?;
        Some(t.with(field.key.clone(), other))
    }),
    ("somebody of another tool", |t, c| {
        let field = t.some(c, |f| t.key(f) == "duration" && f.flow)?;
        Some(t.with(field.value.end..field.value.end, ", resource: anna"))
    }),
    ("progress in the programme", |t, c| {
        let field = t.some(c, |f| t.key(f) == "duration" && f.flow)?;
        Some(t.with(field.value.end..field.value.end, ", progress: 40%"))
    }),
    ("missing space", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry && t.value(f).len() > 1)?;
        Some(t.with(field.key.end + 1..field.value.start, ""))
    }),
    ("missing colon", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry && f.flow)?;
        Some(t.with(field.key.end..field.key.end + 1, ""))
    }),
    ("duplicate key", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry && f.flow && t.key(f) != "id")?;
        let again = format!("{}: {}, ", t.key(field), t.value(field));
        Some(t.with(field.key.start..field.key.start, &again))
    }),
    ("misspelt word", |t, c| {
        let field = t.some(c, |f| is_word(t, f))?;
        let word = format!("{}x", t.value(field));
        Some(t.with(field.value.clone(), &word))
    }),
    ("unknown word", |t, c| {
        let field = t.some(c, |f| is_word(t, f))?;
        Some(t.with(field.value.clone(), "quux"))
    }),
    ("list for a value", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry)?;
        let value = format!("[{}]", t.value(field));
        Some(t.with(field.value.clone(), &value))
    }),
    ("table for a value", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry)?;
        Some(t.with(field.value.clone(), "{quux: 1}"))
    }),
    ("nothing for a value", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry)?;
        Some(t.with(field.value.clone(), ""))
    }),
    ("missing id", |t, c| {
        let field = t.some(c, |f| {
            t.key(f) == "id" && f.flow && t.text[f.value.end..].starts_with(", ")
        })?;
        Some(t.with(field.key.start..field.value.end + 2, ""))
    }),
    ("bad id", |t, c| {
        let field = t.some(c, |f| t.key(f) == "id" && !is_named(t, f))?;
        let id = format!("{} two", t.value(field));
        Some(t.with(field.value.clone(), &id))
    }),
    ("entry twice", |t, c| {
        let field = t.some(c, |f| {
            let line = &t.text[t.line_of(f.key.start)];
            t.key(f) == "id" && line.trim_start().starts_with("- {id: ") && balanced(line)
        })?;
        let line = t.line_of(field.key.start);
        let entry = t.text[line.clone()].to_owned();
        let mut mutated = t.with(line.end..line.end, &entry);
        mutated.line = t.line(line.start) + 1;
        Some(mutated)
    }),
    ("missing required key", |t, c| {
        let field = t.some(c, |f| {
            let required = match t.key(f) {
                "country" | "on" | "version" => true,
                // Of a constraint: elsewhere it may be left out.
                "kind" => t.value(f).contains("-than") || t.value(f).starts_with("must-"),
                _ => false,
            };
            required && f.flow && !f.entry && t.text[f.value.end..].starts_with(", ")
        })?;
        Some(t.with(field.key.start..field.value.end + 2, ""))
    }),
    ("no format", |t, _| {
        Some(t.with(t.places("framdrift: 1\n").first().map(|at| *at..at + 13)?, ""))
    }),
    ("unknown format", |t, _| {
        Some(t.with(t.places("framdrift: 1\n").first().map(|at| *at + 11..at + 12)?, "7"))
    }),
    ("dangling dependency", |t, c| {
        reference(t, c, NODES, |_, _| Some("quux-99".to_owned()))
    }),
    ("dangling part", |t, c| {
        reference(t, c, &["part-of"], |_, _| Some("quux-99".to_owned()))
    }),
    ("dangling phase", |t, c| {
        reference(t, c, &["phase"], |_, _| Some("quux-99".to_owned()))
    }),
    ("dangling calendar", |t, c| {
        reference(t, c, &["calendar", "parent", "work-calendar"], |_, _| {
            Some("quux-99".to_owned())
        })
    }),
    ("dangling group", |t, c| {
        reference(t, c, &["per"], |_, _| Some("quux-99".to_owned()))
    }),
    ("dangling party", |t, c| {
        let keys = [
            "responsible",
            "body",
            "owner",
            "author",
            "attendees",
            "presenters",
            "reviewers",
        ];
        reference(t, c, &keys, |_, _| Some("quux-99".to_owned()))
    }),
    ("dangling member", |t, c| {
        reference(t, c, &["members"], |_, _| Some("quux-99".to_owned()))
    }),
    ("misspelt reference", |t, c| {
        let keys = [
            "after",
            "before",
            "from",
            "part-of",
            "phase",
            "per",
            "responsible",
            "body",
            "members",
            "owner",
        ];
        reference(t, c, &keys, misspelt)
    }),
    ("title for an id", |t, c| {
        let field = t.some(c, |f| {
            NODES.contains(&t.key(f)) && f.entry && title_of(t, t.value(f)).is_some()
        })?;
        let title = format!("\"{}\"", title_of(t, t.value(field))?);
        Some(t.with(field.value.clone(), &title))
    }),
    ("link in one word", |t, c| {
        let field = t.some(c, |f| t.key(f) == "after" && f.entry && !t.value(f).contains('@'))?;
        let link = format!("{}FS+2d", t.value(field));
        Some(t.with(field.value.clone(), &link))
    }),
    ("waits for itself", |t, c| {
        let field = t.some(c, |f| t.key(f) == "after" && f.entry && own_id(t, f).is_some())?;
        let id = own_id(t, field)?.to_owned();
        Some(t.with(field.value.clone(), &id))
    }),
    ("ring", ring),
    ("ring of parts", |t, c| {
        // What is part of something becomes that something's whole.
        let field = t.some(c, |f| t.key(f) == "part-of" && whole_of(t, f).is_some())?;
        let line = whole_of(t, field)?;
        let part = own_id(t, field)?;
        let of = |key: &str| t.fields.iter().find(|f| line.contains(&f.key.start) && t.key(f) == key);
        match of("part-of") {
            Some(part_of) => Some(t.with(part_of.value.clone(), part)),
            None => {
                let id = of("id")?;
                Some(t.with(id.value.end..id.value.end, &format!(", part-of: {part}")))
            }
        }
    }),
    ("unknown unit", |t, c| duration(t, c, |number| format!("{number}q"))),
    ("no unit", |t, c| duration(t, c, str::to_owned)),
    ("unit in words", |t, c| {
        duration(t, c, |number| format!("{number} days"))
    }),
    ("unit in capitals", |t, c| duration(t, c, |number| format!("{number}D"))),
    ("decimal comma", |t, c| {
        duration(t, c, |number| format!("\"{number},5w\""))
    }),
    ("negative duration", |t, c| {
        duration(t, c, |number| format!("-{number}d"))
    }),
    ("endless duration", |t, c| duration(t, c, |_| "99999mo".to_owned())),
    ("impossible month", |t, c| {
        date(t, c, |date| format!("{}-13-{}", &date[..4], &date[8..10]))
    }),
    ("impossible day", |t, c| date(t, c, |date| format!("{}-32", &date[..7]))),
    ("date the other way", |t, c| {
        date(t, c, |date| format!("{}.{}.{}", &date[8..10], &date[5..7], &date[..4]))
    }),
    ("dashes in a date", |t, c| {
        date(t, c, |date| date.replace('-', "\u{2013}"))
    }),
    ("hours backwards", |t, c| {
        let at = *c.pick(&t.places("\"08:00-12:00\""))?;
        Some(t.with(at..at + 13, "\"12:00-08:00\""))
    }),
    ("no-break space in a value", |t, c| {
        duration(t, c, |number| format!("{number}\u{A0}d"))
    }),
    ("no-break space in a name", |t, c| {
        reference(t, c, NODES, |id, _| Some(format!("{id}\u{A0}")))
    }),
    ("no-break space for a space", |t, c| {
        let field = t.some(c, |f| !free(t, f) && !f.entry)?;
        Some(t.with(field.key.end + 1..field.value.start, "\u{A0}"))
    }),
    ("zero-width space", |t, c| {
        reference(t, c, NODES, |id, _| Some(format!("{id}\u{200B}")))
    }),
    ("typographic quotes", |t, c| {
        reference(t, c, NODES, |id, _| Some(format!("\u{201C}{id}\u{201D}")))
    }),
    ("closing bracket missing", |t, c| bracket(t, c, &["]", "}"])),
    ("opening bracket missing", |t, c| bracket(t, c, &["[", "{"])),
    ("bracket doubled", |t, c| {
        let at = *c.pick(&t.places("]}\n"))?;
        Some(t.with(at..at, c.pick(&["]", "}"])?))
    }),
    ("quote missing", |t, c| {
        // A text may end with a quote, so those that open titles are left.
        let opens_text = |at: usize| t.text[..at].ends_with(": ") && t.text[at..].contains(": ");
        let places: Vec<usize> = t.places("\"").into_iter().filter(|at| !opens_text(*at)).collect();
        let at = *c.pick(&places)?;
        Some(t.with(at..at + 1, ""))
    }),
    ("comma missing", |t, c| {
        let field = t.some(c, |f| {
            f.flow && !f.entry && !free(t, f) && t.text[f.value.end..].starts_with(", ")
        })?;
        Some(t.with(field.value.end..field.value.end + 1, ""))
    }),
    ("too little indented", |t, c| {
        indent(t, c, |line| line.strip_prefix(' ').map(str::to_owned))
    }),
    ("too much indented", |t, c| {
        indent(t, c, |line| Some(format!(" {line}")))
    }),
    ("indented by a tab", |t, c| {
        indent(t, c, |line| Some(format!("\t{}", line.trim_start())))
    }),
];

fn free(t: &Text, f: &Field) -> bool {
    FREE.contains(&t.key(f))
}

/// A letter less, or two in the wrong order.
fn misspelt(word: &str, c: &mut Chance) -> Option<String> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < 5 {
        return None;
    }
    let at = 1 + c.below(letters.len() - 2);
    let mut other = letters.clone();
    if c.below(2) == 0 {
        other.remove(at);
    } else {
        other.swap(at, at - 1);
    }
    (other != letters).then(|| other.into_iter().collect())
}

fn key(t: &Text, c: &mut Chance, other: fn(&str, &mut Chance) -> Option<String>) -> Option<Mutated> {
    let field = t.some(c, |f| !free(t, f) && t.key(f).len() > 4)?;
    let other = other(t.key(field), c)?;
    Some(t.with(field.key.clone(), &other))
}

fn reference(
    t: &Text,
    c: &mut Chance,
    keys: &[&str],
    other: fn(&str, &mut Chance) -> Option<String>,
) -> Option<Mutated> {
    let field = t.some(c, |f| keys.contains(&t.key(f)) && !t.value(f).contains('@'))?;
    let other = other(t.value(field), c)?;
    // What is misspelt may be the name of something else.
    let taken = t.text.contains(&format!("id: {other},")) || t.text.contains(&format!("id: {other}\n"));
    (!taken).then(|| t.with(field.value.clone(), &other))
}

fn is_word(t: &Text, f: &Field) -> bool {
    let kinds = ["type", "country"].contains(&t.key(f)) || (t.key(f) == "kind" && is_subject(t, f));
    kinds && !f.entry
}

/// Whether a field stands in the entry of a subject.
fn is_subject(t: &Text, f: &Field) -> bool {
    ["unit", "area", "organisation", "working-group"].contains(&t.value(f))
}

/// Whether an id is named elsewhere: what names it would be at fault, too.
fn is_named(t: &Text, f: &Field) -> bool {
    let id = t.value(f);
    t.fields
        .iter()
        .any(|other| other.value != f.value && t.value(other).split(['/', '@']).any(|part| part == id))
}

fn balanced(line: &str) -> bool {
    line.matches('{').count() == line.matches('}').count()
}

/// The id of the entry that a field stands in, where that is on the same line.
fn own_id<'t>(t: &'t Text, f: &Field) -> Option<&'t str> {
    let line = t.line_of(f.key.start);
    let inner = &t.text[line.start..f.key.start];
    if !inner.trim_start().starts_with("- {id: ") || inner.matches('{').count() - inner.matches('}').count() != 1 {
        return None;
    }
    let id = t
        .fields
        .iter()
        .find(|other| other.key.start >= line.start && t.key(other) == "id")?;
    Some(t.value(id))
}

/// The title of what has an id, in one language, where it has no title of another's.
fn title_of<'t>(t: &'t Text, id: &str) -> Option<&'t str> {
    let at = t.text.find(&format!("- {{id: {id}, "))?;
    let line = &t.text[t.line_of(at)];
    let title = &line[line.find("title: {")? + 8..];
    let title = title.split_once(": ")?.1;
    let title = &title[..title.find([',', '}', '"'])?];
    let alone = t.text.matches(&format!(": {title},")).count() + t.text.matches(&format!(": {title}}}")).count() == 1;
    (alone && title.len() > 3).then_some(title)
}

/// The line of what an entry on one line is part of, where that is an entry on one line.
fn whole_of(t: &Text, f: &Field) -> Option<std::ops::Range<usize>> {
    own_id(t, f)?;
    let at = t.text.find(&format!("- {{id: {}, ", t.value(f)))?;
    Some(t.line_of(at))
}

/// A link back: what something waits for waits for it in turn.
fn ring(t: &Text, c: &mut Chance) -> Option<Mutated> {
    let field = t.some(c, |f| {
        let waits = t.key(f) == "after" && f.entry && own_id(t, f).is_some();
        waits && t.text.contains(&format!("- {{id: {}, ", t.value(f)))
    })?;
    let own = own_id(t, field)?.to_owned();
    let at = t.text.find(&format!("- {{id: {}, ", t.value(field)))?;
    let line = t.line_of(at);
    let entry = &t.text[line.clone()];
    match entry.find("after: [") {
        Some(after) => {
            let at = line.start + after + 8;
            Some(t.with(at..at, &format!("{own}, ")))
        }
        None => {
            let id = t
                .fields
                .iter()
                .find(|f| line.contains(&f.key.start) && t.key(f) == "id")?;
            Some(t.with(id.value.end..id.value.end, &format!(", after: [{own}]")))
        }
    }
}

fn duration(t: &Text, c: &mut Chance, other: impl Fn(&str) -> String) -> Option<Mutated> {
    let whole = |value: &str| value.len() > 1 && value[..value.len() - 1].bytes().all(|b| b.is_ascii_digit());
    let field = t.some(c, |f| {
        t.key(f) == "duration" && whole(t.value(f)) && !t.value(f).starts_with('0')
    })?;
    let value = t.value(field);
    Some(t.with(field.value.clone(), &other(&value[..value.len() - 1])))
}

fn date(t: &Text, c: &mut Chance, other: impl Fn(&str) -> String) -> Option<Mutated> {
    let keys = ["start", "planned", "deadline", "date"];
    let field = t.some(c, |f| {
        keys.contains(&t.key(f)) && t.value(f).starts_with("20") && t.value(f).len() == 10
    })?;
    Some(t.with(field.value.clone(), &other(t.value(field))))
}

fn bracket(t: &Text, c: &mut Chance, which: &[&str]) -> Option<Mutated> {
    let which = *c.pick(which)?;
    let places = t.places(which);
    // Not those in texts.
    let quoted = |at: usize| t.text[t.line_of(at).start..at].matches('"').count() % 2 == 1;
    let comment = |at: usize| t.text[t.line_of(at).start..at].contains('#');
    let places: Vec<usize> = places.into_iter().filter(|at| !quoted(*at) && !comment(*at)).collect();
    let at = *c.pick(&places)?;
    Some(t.with(at..at + 1, ""))
}

/// A key of an entry that goes over several lines, moved.
fn indent(t: &Text, c: &mut Chance, other: fn(&str) -> Option<String>) -> Option<Mutated> {
    let field = t.some(c, |f| {
        let line = &t.text[t.line_of(f.key.start)];
        !f.flow
            && !f.entry
            && line.len() > line.trim_start().len()
            && !line.trim_start().starts_with('-')
            && t.key(f) != "id"
    })?;
    let line = t.line_of(field.key.start);
    let moved = other(&t.text[line.clone()])?;
    Some(t.with(line, &moved))
}
