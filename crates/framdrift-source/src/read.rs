//! From bytes to a tree: the one entrance to both readers.

use std::path::Path;

use crate::fault::{Faults, SyntaxFault};
use crate::limits::Limits;
use crate::tree::{Span, Tree};
use crate::{codes, json, yaml};

/// The two formats a document can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON, RFC 8259.
    Json,
    /// YAML 1.2, core schema.
    Yaml,
}

impl Format {
    /// The format a file's name announces: `.json`, `.yaml` or `.yml`, in any case.
    ///
    /// ```
    /// use framdrift_source::read::Format;
    ///
    /// assert_eq!(Format::from_name("plans/2026.YML"), Some(Format::Yaml));
    /// assert_eq!(Format::from_name("-"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: impl AsRef<Path>) -> Option<Self> {
        let extension = name.as_ref().extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// What reading a text gave.
#[derive(Debug)]
#[non_exhaustive]
pub struct Reading<'t> {
    /// The text, or as much of it as is UTF-8. Spans count from its first byte.
    pub text: &'t str,
    /// The format it was read as.
    pub format: Format,
    /// The values, as far as they could be read.
    pub tree: Option<Tree>,
    /// What is wrong with the text, in order of place. Empty exactly when the whole text was read.
    pub faults: Vec<SyntaxFault>,
    /// How many more faults there were than [`Limits::diagnostics`] keeps.
    pub uncounted: usize,
}

/// Reads a document. Without a `format`, as from standard input, the content decides: JSON when it begins with `{` or
/// `[` and is JSON, else YAML.
///
/// A file named YAML that is wholly JSON (YAML 1.2 contains JSON) is read by the JSON reader, which is faster and
/// needs less memory; the values are the same.
///
/// ```
/// use framdrift_source::limits::Limits;
/// use framdrift_source::read::{Format, read};
///
/// let reading = read("id: NO\nname: Kåre\n".as_bytes(), Some(Format::Yaml), &Limits::default());
/// assert!(reading.faults.is_empty());
///
/// let reading = read(b"a: &x 1\nb: *x\n", Some(Format::Yaml), &Limits::default());
/// assert_eq!(reading.faults[0].code, "yaml-anchor");
/// assert_eq!(reading.faults[1].code, "yaml-alias");
/// ```
#[must_use]
pub fn read<'t>(bytes: &'t [u8], format: Option<Format>, limits: &Limits) -> Reading<'t> {
    let named = format.unwrap_or(Format::Yaml);
    let refuse = |text: &'t str, faults: Faults| finish(text, named, None, faults);
    let mut faults = Faults::new(limits.diagnostics);
    let most = limits.bytes.min(Limits::MAX_BYTES);
    if bytes.len() > most {
        faults.push(
            codes::TOO_LARGE,
            Span::default(),
            format!("the file has {} bytes; at most {most} are read", bytes.len()),
            "split it, or raise the limit if you trust it",
        );
        return refuse("", faults);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let bad = error.error_len().unwrap_or(bytes.len() - at);
            faults.push(
                codes::NOT_UTF8,
                Span::new(at, at + bad),
                "the file is not UTF-8 here",
                &encoding_help(bytes, at),
            );
            return refuse(std::str::from_utf8(&bytes[..at]).unwrap_or_default(), faults);
        }
    };
    let base = if text.starts_with('\u{FEFF}') {
        '\u{FEFF}'.len_utf8()
    } else {
        0
    };
    if format == Some(Format::Json) {
        let tree = json::read(text, base, limits, false, &mut faults);
        return finish(text, Format::Json, tree, faults);
    }
    if !text[base..]
        .trim_start_matches([' ', '\t', '\n', '\r'])
        .starts_with(['{', '['])
    {
        let tree = yaml::read(text, base, limits, &mut faults);
        return finish(text, Format::Yaml, tree, faults);
    }
    let mut json_faults = Faults::new(limits.diagnostics);
    let tree = json::read(text, base, limits, format.is_some(), &mut json_faults);
    if json_faults.is_empty() {
        return finish(text, format.unwrap_or(Format::Json), tree, json_faults);
    }
    drop(tree);
    let tree = yaml::read(text, base, limits, &mut faults);
    if format.is_none() && !faults.is_empty() {
        // Neither: a broken text that begins with a bracket was more likely meant as JSON.
        let mut faults = Faults::new(limits.diagnostics);
        let tree = json::read(text, base, limits, false, &mut faults);
        return finish(text, Format::Json, tree, faults);
    }
    finish(text, Format::Yaml, tree, faults)
}

fn finish(text: &str, format: Format, tree: Option<Tree>, faults: Faults) -> Reading<'_> {
    let (faults, uncounted) = faults.finish();
    Reading {
        text,
        format,
        tree,
        faults,
        uncounted,
    }
}

/// Which encoding it probably is instead.
fn encoding_help(bytes: &[u8], at: usize) -> String {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return "the file is UTF-16; save it as UTF-8".to_owned();
    }
    match bytes.get(at) {
        Some(&byte @ 0xA0..) => format!(
            "in Windows-1252 and Latin-1 the byte 0x{byte:02X} is `{}`; save the file as UTF-8",
            char::from(byte)
        ),
        _ => "save the file as UTF-8".to_owned(),
    }
}
