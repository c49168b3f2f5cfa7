//! Reading JSON with places.
//!
//! Strict RFC 8259: a text without a fault here is exactly a text that `serde_json` accepts. After simple damage —
//! a missing or extra comma, an unquoted key, single quotes, a comment — the fault is reported and reading goes on;
//! at the first thing that makes no sense it stops, and the tree holds what came before.
//!
//! The scanner keeps its own stack, so depth costs no call stack. Time is linear in the text's length.

mod token;

use framdrift_model::spelling;

use crate::build::{Builder, Place, Stop};
use crate::codes;
use crate::fault::Faults;
use crate::limits::Limits;
use crate::tree::{Form, Kind, Scalar, Span, Tree};

/// What may come next.
#[derive(Clone, Copy)]
enum Next {
    Value,
    /// The first entry of a list or table, or its end.
    First,
    /// A comma or the end of the list or table.
    Comma,
    /// An entry after a comma.
    Entry,
    /// Nothing more.
    End,
}

pub(crate) struct Scanner<'t, 'f> {
    text: &'t str,
    bytes: &'t [u8],
    pos: usize,
    builder: Builder,
    faults: &'f mut Faults,
    /// Whether unquoted scalars count as YAML's plain scalars: for JSON in a YAML file.
    plain: bool,
    /// The last value was a word JSON does not know, so another value beside it is prose, not a missing comma.
    after_word: bool,
}

/// Reads `text` from byte `base` on, where its byte order mark ends.
pub(crate) fn read(text: &str, base: usize, limits: &Limits, plain: bool, faults: &mut Faults) -> Option<Tree> {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        pos: base,
        builder: Builder::new(limits),
        faults,
        plain,
        after_word: false,
    };
    let cut = match scanner.run() {
        Ok(()) => None,
        Err(Stop) => Some(Span::new(scanner.pos, scanner.pos).start),
    };
    scanner.builder.finish(cut)
}

impl<'t> Scanner<'t, '_> {
    fn run(&mut self) -> Result<(), Stop> {
        let mut next = Next::Value;
        self.trivia()?;
        if self.pos == self.bytes.len() && self.faults.is_empty() {
            self.fault(
                codes::EMPTY_FILE,
                0,
                "the file is empty",
                "a programme begins with `framdrift: 1`",
            );
            return Err(Stop);
        }
        loop {
            self.trivia()?;
            next = match next {
                Next::Value => self.value()?,
                Next::First => self.first()?,
                Next::Comma => self.comma()?,
                Next::Entry => self.entry()?,
                Next::End if self.pos == self.bytes.len() => return Ok(()),
                Next::End => {
                    let from = self.pos;
                    self.pos = self.bytes.len();
                    self.fault(
                        codes::JSON_TRAILING,
                        from,
                        "something follows the end of the document",
                        "a JSON file holds one value; look for a bracket that closes too early",
                    );
                    return Ok(());
                }
            };
        }
    }

    pub(crate) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    /// Reports the stretch from `from` to the current place.
    pub(crate) fn fault(&mut self, code: &'static str, from: usize, message: impl Into<String>, help: &str) {
        self.faults.push(code, Span::new(from, self.pos), message, help);
    }

    fn after(&self) -> Next {
        if self.builder.place() == Place::Root {
            Next::End
        } else {
            Next::Comma
        }
    }

    fn in_table(&self) -> bool {
        matches!(self.builder.place(), Place::Key | Place::Value)
    }

    fn close(&mut self) -> Next {
        self.pos += 1;
        self.builder.close(Span::new(self.pos, self.pos).end);
        self.after_word = false;
        self.after()
    }

    fn closes(&self) -> bool {
        self.peek() == Some(if self.in_table() { b'}' } else { b']' })
    }

    fn first(&mut self) -> Result<Next, Stop> {
        if self.closes() {
            return Ok(self.close());
        }
        self.entry()
    }

    fn comma(&mut self) -> Result<Next, Stop> {
        if self.closes() {
            return Ok(self.close());
        }
        match self.peek() {
            Some(b',') => {
                self.pos += 1;
                self.after_word = false;
                Ok(Next::Entry)
            }
            Some(byte) if !self.after_word && self.starts_entry(byte) => {
                let end = self.builder.content_end() as usize;
                let span = Span::new(end, end);
                self.faults.push(
                    codes::JSON_MISSING_COMMA,
                    span,
                    "a comma is missing after this entry",
                    "entries are separated by `,`",
                );
                self.entry()
            }
            _ => self.lost("`,` or the closing bracket"),
        }
    }

    fn starts_entry(&self, byte: u8) -> bool {
        match byte {
            b'"' | b'\'' => true,
            b'{' | b'[' | b'-' | b'0'..=b'9' => !self.in_table(),
            _ => token::starts_word(byte),
        }
    }

    /// An entry, where at least one may be: a value in a list, a key and its colon in a table.
    fn entry(&mut self) -> Result<Next, Stop> {
        let from = self.pos;
        if self.peek() == Some(b',') {
            self.pos += 1;
            self.fault(
                codes::JSON_EXTRA_COMMA,
                from,
                "no entry stands before this comma",
                "remove the comma",
            );
            return Ok(Next::Entry);
        }
        if self.closes() {
            self.fault(
                codes::JSON_EXTRA_COMMA,
                from,
                "a comma stands after the last entry",
                "JSON allows no comma before a closing bracket",
            );
            return Ok(self.close());
        }
        if !self.in_table() {
            return Ok(Next::Value);
        }
        self.key()?;
        self.trivia()?;
        let from = self.pos;
        match self.peek() {
            Some(b':') => self.pos += 1,
            Some(b',' | b'}') => {
                self.fault(
                    codes::JSON_MISSING_VALUE,
                    from,
                    "a value is missing for this key",
                    "write `\"key\": value`",
                );
                self.unreadable(from)?;
                return Ok(Next::Comma);
            }
            Some(byte) if self.starts_value(byte) => {
                self.fault(
                    codes::JSON_MISSING_COLON,
                    from,
                    "a colon is missing after this key",
                    "write `\"key\": value`",
                );
            }
            _ => return self.lost("`:`"),
        }
        self.trivia()?;
        if let Some(b',' | b'}') = self.peek() {
            let from = self.pos;
            self.fault(
                codes::JSON_MISSING_VALUE,
                from,
                "a value is missing after this colon",
                "write a value after the colon, or take the key away",
            );
            self.unreadable(from)?;
            return Ok(Next::Comma);
        }
        Ok(Next::Value)
    }

    fn key(&mut self) -> Result<(), Stop> {
        let from = self.pos;
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                let key = self.string(quote)?;
                self.builder.key(&key, Span::new(from, self.pos));
            }
            Some(byte) if token::starts_word(byte) || byte.is_ascii_digit() => {
                let word = self.word();
                self.fault(
                    codes::JSON_UNQUOTED_KEY,
                    from,
                    "a key stands in double quotes",
                    &format!("write `\"{word}\"`"),
                );
                self.builder.key(word, Span::new(from, self.pos));
            }
            _ => return self.lost("a key in double quotes").map(|_| ()),
        }
        Ok(())
    }

    fn starts_value(&self, byte: u8) -> bool {
        matches!(byte, b'"' | b'\'' | b'{' | b'[' | b'-' | b'0'..=b'9') || token::starts_word(byte)
    }

    fn value(&mut self) -> Result<Next, Stop> {
        let from = self.pos;
        self.after_word = false;
        match self.peek() {
            Some(open @ (b'{' | b'[')) => {
                let span = Span::new(from, from + 1);
                self.builder.open(open == b'{', span, self.faults)?;
                self.pos += 1;
                return Ok(Next::First);
            }
            Some(quote @ (b'"' | b'\'')) => {
                let text = self.string(quote)?.into_owned().into_boxed_str();
                self.scalar(from, text, Form::Text)?;
            }
            Some(b'-' | b'+' | b'.' | b'0'..=b'9') => match self.number() {
                Some(form) => self.scalar(from, self.text[from..self.pos].into(), form)?,
                None => self.unreadable(from)?,
            },
            Some(byte) if token::starts_word(byte) => {
                let word = self.word();
                match word {
                    "null" => self.scalar(from, word.into(), Form::Null)?,
                    "true" | "false" => self.scalar(from, word.into(), Form::Bool(word == "true"))?,
                    _ => {
                        self.fault(
                            codes::JSON_BARE_WORD,
                            from,
                            format!("`{}` is no value in JSON", token::shown(word)),
                            token::word_help(word),
                        );
                        self.after_word = true;
                        self.unreadable(from)?;
                    }
                }
            }
            _ => return self.lost("a value"),
        }
        Ok(self.after())
    }

    fn scalar(&mut self, from: usize, text: Box<str>, form: Form) -> Result<(), Stop> {
        let plain = self.plain && form != Form::Text;
        let value = Kind::Scalar(Scalar { text, form, plain });
        self.builder.value(Span::new(from, self.pos), value, self.faults)
    }

    fn unreadable(&mut self, from: usize) -> Result<(), Stop> {
        self.builder
            .value(Span::new(from, self.pos), Kind::Unreadable, self.faults)
    }

    /// Nothing sensible stands here: says so, and stops.
    fn lost(&mut self, expected: &str) -> Result<Next, Stop> {
        let from = self.pos;
        let Some(found) = self.text[from..].chars().next() else {
            let (span, message) = match self.builder.open_at() {
                Some(at) => {
                    let bracket = char::from(self.bytes[at as usize]);
                    (
                        Span { start: at, end: at + 1 },
                        format!("this `{bracket}` is never closed"),
                    )
                }
                None => (
                    Span::new(from, from),
                    format!("the file ends where {expected} was expected"),
                ),
            };
            self.faults
                .push(codes::JSON_UNCLOSED, span, message, "the file may have been cut short");
            return Err(Stop);
        };
        let help = match found {
            '}' | ']' => "look for a bracket that is missing or doubled before this one",
            '=' => "a key and its value are separated by `:`",
            _ => "",
        };
        let lookalike = spelling::name(found).map(|name| match found {
            '\u{2018}'..='\u{201F}' => format!("this is {name}; JSON wants straight quotes: `\"`"),
            _ => format!("this is {name}; write an ordinary character, or delete it"),
        });
        let help = lookalike.as_deref().unwrap_or(help);
        let span = Span::new(from, from + found.len_utf8());
        let found = token::shown(found.encode_utf8(&mut [0; 4]));
        self.faults.push(
            codes::JSON_SYNTAX,
            span,
            format!("expected {expected}, found `{found}`"),
            help,
        );
        Err(Stop)
    }
}
