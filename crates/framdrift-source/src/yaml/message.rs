//! What the parser's complaints mean for somebody who has never read the YAML specification.

use crate::codes;

/// A fault's code, what is wrong, and what to do.
pub(super) type Advice = (&'static str, String, &'static str);

/// Says in plain words what the parser means by `info`; `next` is the character at the place it means.
pub(super) fn explain(info: &str, next: Option<u8>) -> Advice {
    let syntax = |message: &str, help| (codes::YAML_SYNTAX, message.to_owned(), help);
    let has = |part: &str| info.contains(part);
    if has("tabs disallowed") || has("found a tab") || has("start with a tab") || has("tab cannot be used") {
        (
            codes::YAML_TAB,
            "a tab stands where YAML wants spaces".to_owned(),
            TAB_HELP,
        )
    } else if has("unknown anchor") {
        (
            codes::YAML_ALIAS,
            "aliases (`*name`) are not read".to_owned(),
            ALIAS_HELP,
        )
    } else if has("anchor") {
        (
            codes::YAML_ANCHOR,
            "anchors (`&name`) are not read".to_owned(),
            "put quotes around a text that begins with `&` or `*`",
        )
    } else if has("handle wasn't declared") || has("scanning a tag") || has("parsing a tag") || has("verbatim tag") {
        (codes::YAML_TAG, "tags (`!name`) are not read".to_owned(), TAG_HELP)
    } else if has("mapping values are not allowed") || has("illegal placement of ':'") {
        syntax(
            "a colon stands where no key can be",
            "put quotes around a text that holds `: `, and indent keys of one table alike",
        )
    } else if has("simple key expect") || has("did not find expected key") {
        syntax(
            "a key and its colon are expected here",
            "write `key: value`, and indent keys of one table alike",
        )
    } else if has("expected '-' indicator") {
        syntax(
            "an entry of the list is expected here",
            "begin each entry with `- `, all indented alike; a key of the entry above stands right under its first key",
        )
    } else if has("block sequence entries are not allowed") {
        syntax(
            "a list entry cannot begin here",
            "begin the list on a line of its own under its key",
        )
    } else if has("cannot start with '-'") {
        syntax(
            "a `-` cannot stand before a comma or bracket",
            "put quotes around the text",
        )
    } else if has("only valid inside a block") {
        syntax(
            "a `-` cannot stand between brackets",
            "close the bracket that was opened above, or separate entries with `,`",
        )
    } else if has("unexpected end of stream") || has("unexpected document indicator") {
        syntax(
            "this quote is never closed",
            "write the same quote at the end of the text",
        )
    } else if has("trailing content after double-quoted") {
        syntax(
            "something follows the closing quote",
            "a quote inside quotes is written `\\\"` or, in single quotes, `''`",
        )
    } else if has("unknown escape") || has("hexadecimal number") || has("invalid Unicode character") {
        syntax(
            "this text holds an escape YAML does not know",
            "write `\\\\` for a backslash, or use single quotes",
        )
    } else if (has("expected ',' or '}'") || has("expected ',' or ']'")) && next == Some(b':') {
        syntax(
            "a colon stands in a text without quotes",
            "put quotes around a text that holds `: `, or look for a comma that is missing before this place",
        )
    } else if has("expected ',' or '}'") || has("expected ',' or ']'") {
        syntax(
            "a `,` or the closing bracket is expected here",
            "look for a bracket or comma that is missing before this place",
        )
    } else if has("misplaced bracket") {
        syntax(
            "this bracket closes nothing",
            "put quotes around a text that begins with a bracket",
        )
    } else if (has("indentation") || has("wrongly indented")) && matches!(next, Some(b'"' | b'\'')) {
        syntax(
            "this quote is never closed",
            "write the same quote at the end of the text",
        )
    } else if has("indentation") || has("wrongly indented") {
        syntax(
            "this line is indented wrongly",
            "indent it like its neighbours, deeper than the key above them",
        )
    } else if has("unexpected character") {
        syntax("a text cannot begin with this character", "put quotes around the text")
    } else if has("block scalar, did not find expected comment") {
        syntax(
            "a text cannot begin with `|` or `>`",
            "begin the text on the next line, or put quotes around it",
        )
    } else if has("comment intercepting") {
        syntax(
            "a comment cannot stand inside a text",
            "put quotes around the text, or move the comment",
        )
    } else if has("comments must be separated") {
        syntax(
            "a comment needs a space before its `#`",
            "put a space before `#`, or quotes around the text",
        )
    } else if has("recursion limit") {
        (
            codes::TOO_DEEP,
            "lists and tables are nested too deep here".to_owned(),
            "a programme needs about 12 levels",
        )
    } else if has("unprintable") || has("byte order mark") {
        (
            codes::CONTROL_CHARACTER,
            "an invisible character stands here".to_owned(),
            "delete it",
        )
    } else if has("directive") || has("scanning TAG") {
        (
            codes::YAML_DIRECTIVE,
            "a directive cannot stand here".to_owned(),
            "remove the line that begins with `%`",
        )
    } else if has("expected <document start>") {
        syntax(
            "something follows the end of the document",
            "indent keys of one table alike, all at the line's beginning",
        )
    } else if has("expected node content") {
        syntax("a value is expected here", "")
    } else {
        (codes::YAML_SYNTAX, format!("this is no valid YAML: {info}"), "")
    }
}

pub(super) const TAB_HELP: &str = "indent with spaces, two for each level";
pub(super) const ALIAS_HELP: &str = "write the value out, or put quotes around a text that begins with `*`";
pub(super) const TAG_HELP: &str =
    "remove it, or put quotes around a text that begins with `!`; the format knows each value's type";
pub(super) const ANCHOR_HELP: &str = "remove it and write values out, or put quotes around a text that begins with `&`";
pub(super) const MERGE_HELP: &str = "write the keys out, or put quotes around the `<<` if it is a name";
