//! Reading YAML 1.2 with places, through the events of `saphyr-parser`.
//!
//! Only what JSON knows too is read: tables with text keys, lists, scalars. Anchors, aliases, tags, merge keys and
//! further documents are refused, each with a fault, and reading goes on; at an error of syntax it stops.

mod before;
mod input;
mod message;
mod open;
mod place;

use framdrift_model::malformed::shortened;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span as Marks};

use self::input::{Budget, Text};
use self::place::Places;
use crate::build::{Builder, Place, Stop};
use crate::codes;
use crate::fault::Faults;
use crate::limits::Limits;
use crate::tree::{Form, Kind, Scalar, Span, Tree};

struct Reader<'t, 'f> {
    text: &'t [u8],
    /// Where the text begins, behind its byte order mark.
    base: usize,
    places: Places<'t>,
    builder: Builder,
    faults: &'f mut Faults,
    /// Where the last thing read ends: what comes next begins behind it.
    cursor: usize,
    /// For each open list and table, whether it stands between brackets.
    flow: Vec<bool>,
    /// How many whole values are to be passed over: those of a refused key.
    skip: usize,
    /// Where the last thing read begins, if it is a text without quotes.
    plain: Option<usize>,
    /// How deep reading is inside a value that is passed over.
    skip_depth: usize,
    depth: usize,
    documents: usize,
}

/// Reads `text` from byte `base` on, where its byte order mark ends.
pub(crate) fn read(text: &str, base: usize, limits: &Limits, faults: &mut Faults) -> Option<Tree> {
    before::characters(text, base, faults).ok()?;
    before::directives(text, base, faults);
    let mut reader = Reader {
        text: text.as_bytes(),
        base,
        places: Places::new(text, base),
        builder: Builder::new(limits),
        faults,
        cursor: base,
        flow: Vec::new(),
        skip: 0,
        plain: None,
        skip_depth: 0,
        depth: limits.checked_depth(),
        documents: 0,
    };
    let budget = Budget::new(limits.lookahead);
    let mut parser = Parser::new(Text::new(&text[base..], budget.clone()));
    let result = loop {
        match parser.next_event() {
            None => break Ok(()),
            Some(Ok((event, marks))) => {
                if matches!(event, Event::DocumentStart(_)) && reader.documents > 0 {
                    reader.second_document(marks);
                    break Ok(());
                }
                if let Err(stop) = reader.event(event, marks) {
                    break Err(stop);
                }
                if budget.is_spent() {
                    reader.long_flow();
                    break Err(Stop);
                }
                budget.refill();
            }
            Some(Err(error)) => {
                if budget.is_spent() {
                    reader.long_flow()
                } else {
                    reader.error(&error)
                }
                break Err(Stop);
            }
        }
    };
    if reader.documents == 0 && reader.faults.is_empty() {
        let at = Span::new(base, base);
        reader.faults.push(
            codes::EMPTY_FILE,
            at,
            "the file is empty",
            "a programme begins with `framdrift: 1`",
        );
    }
    let cut = result.err().map(|Stop| Span::new(reader.cursor, reader.cursor).start);
    reader.builder.finish(cut)
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, marks: Marks) -> Result<(), Stop> {
        self.plain = None;
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
            Event::DocumentStart(explicit) => {
                self.documents += 1;
                if explicit {
                    self.cursor = self.places.byte(marks.end);
                }
                Ok(())
            }
            _ if self.skip > 0 => self.pass(&event, marks),
            Event::Alias(_) => self.alias(marks),
            Event::Scalar(text, style, anchor, tag) => {
                let refused = anchor > 0 || tag.is_some();
                self.scalar(&text, style, refused, marks)
            }
            Event::SequenceStart(anchor, tag) => self.open(false, anchor > 0 || tag.is_some(), marks),
            Event::MappingStart(anchor, tag) => self.open(true, anchor > 0 || tag.is_some(), marks),
            Event::SequenceEnd => self.close(b']', marks),
            Event::MappingEnd => self.close(b'}', marks),
        }
    }

    /// Passes over what belongs to a refused key.
    fn pass(&mut self, event: &Event<'_>, marks: Marks) -> Result<(), Stop> {
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                self.skip_depth += 1;
                if self.flow.len() + self.skip_depth > self.depth {
                    let at = self.places.byte(marks.start);
                    let message = format!("lists and tables are nested more than {} deep here", self.depth);
                    self.faults.push(codes::TOO_DEEP, Span::new(at, at), message, "");
                    return Err(Stop);
                }
            }
            Event::SequenceEnd | Event::MappingEnd => self.skip_depth -= 1,
            _ => {}
        }
        if !matches!(event, Event::Scalar(text, ScalarStyle::Plain, ..) if text.is_empty()) {
            self.cursor = self.cursor.max(self.places.byte(marks.end));
        }
        if self.skip_depth == 0 {
            self.skip -= 1;
        }
        Ok(())
    }

    fn in_flow(&self) -> bool {
        self.flow.last().is_some_and(|&flow| flow)
    }

    /// Behind the `:`, `-`, `?` or `,` that announces the next value, or where the last one ended.
    fn announced(&self) -> usize {
        let at = place::past_blanks(self.text, self.cursor);
        let announces = match (self.text.get(at), self.builder.place()) {
            (Some(b':'), Place::Value) | (Some(b'?'), Place::Key) => true,
            (Some(b'-'), Place::List) => !self.in_flow(),
            (Some(b','), Place::List | Place::Key) => self.in_flow(),
            _ => false,
        };
        if announces { at + 1 } else { self.cursor }
    }

    /// Reports the anchors and tags from `at` on; the value begins behind them.
    fn properties(&mut self, mut at: usize) -> usize {
        let mut end = at;
        while let Some(&first @ (b'&' | b'!')) = self.text.get(at) {
            end = place::property_end(self.text, at);
            let span = Span::new(at, end);
            if first == b'&' {
                self.faults.push(
                    codes::YAML_ANCHOR,
                    span,
                    "anchors (`&name`) are not read",
                    message::ANCHOR_HELP,
                );
            } else {
                self.faults
                    .push(codes::YAML_TAG, span, "tags (`!name`) are not read", message::TAG_HELP);
            }
            at = place::past_blanks(self.text, end);
        }
        self.cursor = self.cursor.max(end);
        at
    }

    fn alias(&mut self, marks: Marks) -> Result<(), Stop> {
        let span = Span::new(self.places.byte(marks.start), self.places.byte(marks.end));
        self.cursor = span.end as usize;
        self.faults.push(
            codes::YAML_ALIAS,
            span,
            "aliases (`*name`) are not read",
            message::ALIAS_HELP,
        );
        if self.builder.place() == Place::Key {
            self.skip = 1;
            return Ok(());
        }
        self.builder.value(span, Kind::Unreadable, self.faults)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, refused: bool, marks: Marks) -> Result<(), Stop> {
        let announced = self.announced();
        let mut start = self.places.byte(marks.start);
        if refused {
            start = self.properties(start);
        }
        let (start, end) = match style {
            ScalarStyle::Plain if text.is_empty() => {
                let at = announced.max(self.cursor);
                (at, at)
            }
            ScalarStyle::Plain => (start, self.places.byte(marks.end)),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => (start, place::quoted_end(self.text, start)),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                let header = self.block_header(announced).unwrap_or(start);
                (
                    header,
                    place::trimmed_end(self.text, header, self.places.byte(marks.end)),
                )
            }
        };
        let span = Span::new(start, end);
        self.cursor = end;
        if self.builder.place() == Place::Key {
            self.key(text, style, span);
            return Ok(());
        }
        self.plain = (style == ScalarStyle::Plain).then_some(start);
        let scalar = match style {
            ScalarStyle::Plain => Scalar::plain(text),
            _ => Scalar {
                text: text.into(),
                form: Form::Text,
                plain: false,
            },
        };
        let nothing = self.builder.place() == Place::Root && style == ScalarStyle::Plain && text.is_empty();
        if nothing && self.faults.is_empty() {
            self.faults.push(
                codes::EMPTY_FILE,
                span,
                "the file is empty",
                "a programme begins with `framdrift: 1`",
            );
        }
        self.builder.value(span, Kind::Scalar(scalar), self.faults)
    }

    /// Where the block scalar's `|` or `>` stands.
    fn block_header(&self, mut at: usize) -> Option<usize> {
        loop {
            at = place::past_blanks(self.text, at);
            match self.text.get(at)? {
                b'|' | b'>' => return Some(at),
                b'&' | b'!' => at = place::property_end(self.text, at),
                _ => return None,
            }
        }
    }

    fn key(&mut self, text: &str, style: ScalarStyle, span: Span) {
        let plain = style == ScalarStyle::Plain;
        if plain && text == "<<" {
            self.faults.push(
                codes::YAML_MERGE_KEY,
                span,
                "merge keys (`<<`) are not read",
                message::MERGE_HELP,
            );
            self.skip = 1;
        } else if plain && text.is_empty() {
            self.faults
                .push(codes::YAML_KEY, span, "a key is missing here", "write `key: value`");
            self.skip = 1;
        } else {
            self.builder.key(text, span);
        }
    }

    fn open(&mut self, table: bool, refused: bool, marks: Marks) -> Result<(), Stop> {
        let announced = self.announced();
        let mut start = self.places.byte(marks.start);
        if refused {
            start = self.properties(start);
        }
        let bracket = matches!(self.text.get(start), Some(b'[')) && !table;
        let brace = matches!(self.text.get(start), Some(b'{')) && table;
        if !table && !bracket {
            // A list under a key may begin without indentation; the parser then points behind its first dash.
            let dash = place::past_blanks(self.text, announced.max(self.cursor));
            if self.text.get(dash) == Some(&b'-') && dash < start {
                start = dash;
            }
        }
        let span = Span::new(start, place::char_end(self.text, start));
        if self.builder.place() == Place::Key {
            let what = if table { "table" } else { "list" };
            self.faults.push(
                codes::YAML_KEY,
                span,
                format!("a key cannot be a {what}"),
                "keys are texts; put quotes around a text that begins with a bracket",
            );
            self.cursor = start;
            self.skip = 2;
            self.skip_depth = 1;
            return Ok(());
        }
        self.builder.open(table, span, self.faults)?;
        self.flow.push(self.in_flow() || bracket || brace);
        self.cursor = if bracket || brace { start + 1 } else { start };
        Ok(())
    }

    fn close(&mut self, bracket: u8, marks: Marks) -> Result<(), Stop> {
        let at = self.places.byte(marks.start);
        if self.in_flow() && self.text.get(at) == Some(&bracket) {
            self.cursor = at + 1;
        }
        self.flow.pop();
        self.builder.close(Span::new(self.cursor, self.cursor).end);
        Ok(())
    }

    fn second_document(&mut self, marks: Marks) {
        let at = self.places.byte(marks.start);
        let end = place::line_around(self.text, at).end.min(at + 3);
        self.faults.push(
            codes::YAML_MANY_DOCUMENTS,
            Span::new(at, end),
            "a second document begins here",
            "put one programme in one file, and remove the `---` between parts of one document",
        );
    }

    fn long_flow(&mut self) {
        let at = place::past_blanks(self.text, self.announced());
        self.faults.push(
            codes::YAML_LONG_FLOW,
            Span::new(at, place::char_end(self.text, at)),
            "this list, table or text in brackets or quotes is too long to be read as YAML",
            "write lists and tables one entry a line, with indentation and without brackets",
        );
    }

    fn error(&mut self, error: &ScanError) {
        let at = self.places.byte(*error.marker());
        let (code, message, help) = message::explain(error.info(), self.text.get(at).copied());
        // The parser often points at the value before the tab, or complains of something else.
        let tab = if code == codes::YAML_TAB {
            place::tab_in_later_indent(self.text, at)
        } else {
            place::tab_in_indent(self.text, at)
        };
        if let Some(tab) = tab {
            let message = "a tab stands where YAML wants spaces";
            self.faults
                .push(codes::YAML_TAB, Span::new(tab, tab + 1), message, message::TAB_HELP);
            self.cursor = self.cursor.max(at);
            return;
        }
        self.cursor = self.cursor.max(at);
        if self.key_in_text(at) {
            return;
        }
        if code == codes::YAML_DIRECTIVE && !self.faults.is_empty() {
            return;
        }
        if code == codes::YAML_SYNTAX && self.explained(at) {
            return;
        }
        let line_end = matches!(self.text.get(at), None | Some(b'\n' | b'\r'));
        let end = if line_end { at } else { place::char_end(self.text, at) };
        self.faults.push(code, Span::new(at, end), message, help);
    }

    /// Reports the colon at a place as that of a key which is indented so far that it belongs to the text above it: `a` and below
    /// it `duration` are one text, `a duration`, and not the value of the key above.
    fn key_in_text(&mut self, at: usize) -> bool {
        let Some(text) = self
            .plain
            .filter(|_| self.text.get(at) == Some(&b':') && !self.in_flow())
        else {
            return false;
        };
        let line = place::line_around(self.text, at);
        if text >= line.start {
            return false;
        }
        let blanks = self.text[line.clone()].iter().take_while(|b| **b == b' ').count();
        let key = Span::new(line.start + blanks, at);
        let word = String::from_utf8_lossy(&self.text[line.start + blanks..at]);
        let message = format!(
            "the key `{}` is indented deeper than the key above it",
            shortened(&word)
        );
        self.faults
            .push(codes::YAML_SYNTAX, key, message, "indent keys of one table alike");
        self.builder.spoil_last();
        true
    }

    /// Reports what lies before a place where the parser gave up and explains it: a bracket or quote that is not closed, or a
    /// character that is not what it looks like.
    fn explained(&mut self, at: usize) -> bool {
        let mut fault = |at: usize, message: String, help: &str| {
            let span = Span::new(at, place::char_end(self.text, at));
            self.faults.push(codes::YAML_SYNTAX, span, message, help);
            true
        };
        let bracket = |at: usize| char::from(self.text[at]);
        match open::find(self.text, self.base, at) {
            Some(open::Open::Bracket(at)) => {
                let closing = if bracket(at) == '[' { ']' } else { '}' };
                let help = format!("write `{closing}` behind its last entry");
                fault(at, format!("this `{}` is never closed", bracket(at)), &help)
            }
            Some(open::Open::Quote(at)) => fault(
                at,
                "this quote is never closed on its line".to_owned(),
                "write the same quote at the end of the text; a quote inside quotes is written `\\\"` or, in single quotes, `''`",
            ),
            Some(open::Open::Stray(at)) => fault(
                at,
                format!("this `{}` closes nothing", bracket(at)),
                "delete it, or open it where its list or table begins",
            ),
            None => match place::lookalike(self.text, at) {
                Some((at, name)) => fault(
                    at,
                    format!("{name} stands here, which YAML does not take for what it looks like"),
                    "write the ordinary character in its place",
                ),
                None => false,
            },
        }
    }
}
