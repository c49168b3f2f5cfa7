//! The codes of the faults a text can have before its meaning is looked at.
//!
//! A code is an opaque, stable name: hosts match on it, people search for it. [`ALL`] lists every one once.

use framdrift_model::diagnostic::Code;

/// The file does not say that it is a programme, or is written in a format that is not known.
pub const UNSUPPORTED_FORMAT: Code = Code::error(
    "unsupported-format",
    "the file does not say that it is a programme, or is written in a format that is not known",
);
/// A key that its object does not have.
pub const UNKNOWN_KEY: Code = Code::error("unknown-key", "a key that its object does not have");
/// A key that its object must have is not there.
pub const MISSING_KEY: Code = Code::error("missing-key", "a key that its object must have is not there");
/// A key stands twice in one table.
pub const DUPLICATE_KEY: Code = Code::error("duplicate-key", "a key stands twice in one table");
/// A value is of another type than its place takes.
pub const WRONG_TYPE: Code = Code::error("wrong-type", "a value is of another type than its place takes");
/// A word that its place does not know.
pub const UNKNOWN_WORD: Code = Code::error("unknown-word", "a word that its place does not know");
/// A date, duration or other value that is not written as such, or is impossible.
pub const MALFORMED_VALUE: Code = Code::error(
    "malformed-value",
    "a date, duration or other value that is not written as such, or is impossible",
);

/// The code with this name.
pub(crate) fn code(name: &'static str) -> Code {
    let known = CODES.iter().find(|code| code.name() == name);
    // INVARIANT: faults are made with the constants of this module only.
    *known.expect("a fault's code is one of this module's")
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: &str = $code;)+

        /// Every code of a text's own faults.
        pub const ALL: &[&str] = &[$($code),+];

        /// Every code of this crate.
        pub const CODES: &[Code] = &[
            $(Code::error($code, concat!($($doc),+)),)+
            UNSUPPORTED_FORMAT, UNKNOWN_KEY, MISSING_KEY, DUPLICATE_KEY, WRONG_TYPE, UNKNOWN_WORD, MALFORMED_VALUE,
        ];
    };
}

codes! {
    /// The file has more bytes than [`Limits::bytes`](crate::limits::Limits::bytes) allows.
    TOO_LARGE = "too-large";
    /// Lists and tables are nested deeper than [`Limits::depth`](crate::limits::Limits::depth) allows.
    TOO_DEEP = "too-deep";
    /// The text holds more values than [`Limits::nodes`](crate::limits::Limits::nodes) allows.
    TOO_MANY_VALUES = "too-many-values";
    /// The bytes are not UTF-8.
    NOT_UTF8 = "not-utf8";
    /// The file holds nothing but blanks and comments.
    EMPTY_FILE = "empty-file";
    /// A control character stands where text may not hold one.
    CONTROL_CHARACTER = "control-character";

    /// JSON: something stands here that JSON does not know.
    JSON_SYNTAX = "json-syntax";
    /// JSON: two entries stand side by side without a comma.
    JSON_MISSING_COMMA = "json-missing-comma";
    /// JSON: a comma with no entry after it.
    JSON_EXTRA_COMMA = "json-extra-comma";
    /// JSON: a key and its value stand side by side without a colon.
    JSON_MISSING_COLON = "json-missing-colon";
    /// JSON: a key without a value.
    JSON_MISSING_VALUE = "json-missing-value";
    /// JSON: a key without double quotes.
    JSON_UNQUOTED_KEY = "json-unquoted-key";
    /// JSON: a word that is neither `true`, `false` nor `null`.
    JSON_BARE_WORD = "json-bare-word";
    /// JSON: a text in single quotes.
    JSON_SINGLE_QUOTES = "json-single-quotes";
    /// JSON: a comment.
    JSON_COMMENT = "json-comment";
    /// JSON: a number written in a way JSON does not know.
    JSON_NUMBER = "json-number";
    /// JSON: a number too large for a 64-bit float.
    JSON_NUMBER_RANGE = "json-number-range";
    /// JSON: an escape sequence JSON does not know, or half of a surrogate pair.
    JSON_ESCAPE = "json-escape";
    /// JSON: a text, list, table or comment that is never closed.
    JSON_UNCLOSED = "json-unclosed";
    /// JSON: something follows the document's one value.
    JSON_TRAILING = "json-trailing";

    /// YAML: the text cannot be read.
    YAML_SYNTAX = "yaml-syntax";
    /// YAML: a tab in the indentation.
    YAML_TAB = "yaml-tab";
    /// YAML: an anchor (`&name`).
    YAML_ANCHOR = "yaml-anchor";
    /// YAML: an alias (`*name`).
    YAML_ALIAS = "yaml-alias";
    /// YAML: a tag (`!name`).
    YAML_TAG = "yaml-tag";
    /// YAML: a merge key (`<<`).
    YAML_MERGE_KEY = "yaml-merge-key";
    /// YAML: a key that is a list, a table or missing.
    YAML_KEY = "yaml-key";
    /// YAML: a second document in one file.
    YAML_MANY_DOCUMENTS = "yaml-many-documents";
    /// YAML: a directive other than `%YAML 1.2`.
    YAML_DIRECTIVE = "yaml-directive";
    /// YAML: one `[…]`, `{…}` or quoted text longer than [`Limits::lookahead`](crate::limits::Limits::lookahead) allows.
    YAML_LONG_FLOW = "yaml-long-flow";
}
