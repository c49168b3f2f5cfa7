//! XML as a stream of records: the children of the root one by one, and those of its long lists one by one.
//!
//! Only the five predefined entities and character references are expanded. Anything else, and a document type, is refused.

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::fault::ReadError;
use crate::limits::Limits;
use crate::loss::shortened;

/// An element with everything in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name, without a prefix.
    pub(super) name: Box<str>,
    /// The line where it begins.
    pub(super) line: u32,
    /// Its text, without space around it.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Element>,
    /// The name of its first attribute that is no namespace.
    pub(super) attribute: Option<Box<str>>,
}

/// What comes next in the stream.
#[derive(Debug)]
pub(super) enum Step {
    /// A whole child of the root, or of the list that the stream is in.
    Record(Element),
    /// The stream goes into a list.
    Enter(Box<str>),
    /// The stream comes out of the list.
    Leave,
    /// The root has ended.
    End,
}

/// The stream.
pub(super) struct Records<'t> {
    text: &'t str,
    reader: Reader<&'t [u8]>,
    /// Names of the lists that are not read whole.
    lists: &'static [&'static str],
    most_depth: usize,
    records_left: usize,
    in_list: bool,
    /// Whether an empty list was met, which is left again at once.
    leave_next: bool,
    ended: bool,
    /// Lines are counted up to this byte.
    counted: usize,
    line: u32,
}

impl<'t> Records<'t> {
    /// Goes into the root element, which must have the name `root`.
    pub(super) fn open(
        text: &'t str,
        root: &str,
        lists: &'static [&'static str],
        limits: &Limits,
    ) -> Result<Self, ReadError> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().check_end_names = true;
        let mut this = Self {
            text,
            reader,
            lists,
            most_depth: limits.depth,
            records_left: limits.records,
            in_list: false,
            leave_next: false,
            ended: false,
            counted: 0,
            line: 1,
        };
        loop {
            match this.event()? {
                Event::Start(tag) if tag.local_name().as_ref() == root => return Ok(this),
                Event::Empty(tag) if tag.local_name().as_ref() == root => {
                    this.ended = true;
                    return Ok(this);
                }
                Event::Start(tag) | Event::Empty(tag) => {
                    let name = shortened(tag.local_name().as_ref());
                    return Err(this.fault(format!("the root element is `{name}`, not `{root}`")));
                }
                Event::Eof => return Err(this.fault(format!("there is no element `{root}`"))),
                Event::Text(text) if !text.as_ref().trim().is_empty() => {
                    return Err(this.fault("this is not XML: there is text before the first element"));
                }
                Event::CData(_) | Event::GeneralRef(_) | Event::End(_) => {
                    return Err(this.fault("this is not XML: there is text before the first element"));
                }
                _ => {}
            }
        }
    }

    /// The next record, or the way into or out of a list.
    pub(super) fn next(&mut self) -> Result<Step, ReadError> {
        if self.leave_next {
            self.leave_next = false;
            return Ok(Step::Leave);
        }
        if self.ended {
            return Ok(Step::End);
        }
        loop {
            match self.event()? {
                Event::Start(tag) => {
                    let name = tag.local_name();
                    if !self.in_list && self.lists.contains(&name.as_ref()) {
                        self.in_list = true;
                        return Ok(Step::Enter(name.as_ref().into()));
                    }
                    return self.element(&tag).map(Step::Record);
                }
                Event::Empty(tag) => {
                    let name = tag.local_name();
                    if !self.in_list && self.lists.contains(&name.as_ref()) {
                        self.leave_next = true;
                        return Ok(Step::Enter(name.as_ref().into()));
                    }
                    return self.begin(&tag).map(Step::Record);
                }
                Event::End(_) if self.in_list => {
                    self.in_list = false;
                    return Ok(Step::Leave);
                }
                Event::End(_) => {
                    self.ended = true;
                    return Ok(Step::End);
                }
                Event::Eof => return Err(self.fault("the file ends in the middle")),
                _ => {}
            }
        }
    }

    /// An element whose start has just been read.
    fn element(&mut self, tag: &BytesStart<'_>) -> Result<Element, ReadError> {
        // Elements that are open, the outermost first; nothing recurses.
        let mut open = vec![self.begin(tag)?];
        loop {
            let event = self.event()?;
            // INVARIANT: `open` is emptied only where the function returns.
            let here = open.last_mut().expect("an element is open");
            match event {
                Event::Start(tag) => {
                    if open.len() >= self.most_depth {
                        return Err(self.fault(format!("elements lie more than {} levels deep", self.most_depth)));
                    }
                    let element = self.begin(&tag)?;
                    open.push(element);
                }
                Event::Empty(tag) => {
                    let element = self.begin(&tag)?;
                    let here = open.last_mut().expect("an element is open");
                    here.children.push(element);
                }
                Event::Text(text) => here.text.push_str(&text.xml10_content()),
                Event::CData(text) => here.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let c = self.expand(&reference)?;
                    open.last_mut().expect("an element is open").text.push(c);
                }
                Event::End(_) => {
                    let mut done = open.pop().expect("an element is open");
                    let trimmed = done.text.trim();
                    if trimmed.len() < done.text.len() {
                        done.text = trimmed.to_owned();
                    }
                    match open.last_mut() {
                        Some(above) => above.children.push(done),
                        None => return Ok(done),
                    }
                }
                Event::Eof => return Err(self.fault("the file ends in the middle")),
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            }
        }
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<Element, ReadError> {
        self.records_left = match self.records_left.checked_sub(1) {
            Some(left) => left,
            None => return Err(self.fault("there are more elements than can be read")),
        };
        let mut attribute = None;
        if tag.as_ref().len() > tag.name().as_ref().len() {
            for found in tag.attributes().with_checks(false) {
                let Ok(found) = found else {
                    return Err(self.fault("an attribute is written wrongly"));
                };
                let key = found.key.as_ref();
                if !key.starts_with("xmlns") {
                    attribute.get_or_insert_with(|| shortened(key).into());
                }
            }
        }
        Ok(Element {
            name: tag.local_name().as_ref().into(),
            line: self.line,
            text: String::new(),
            children: Vec::new(),
            attribute,
        })
    }

    fn expand(&self, reference: &BytesRef<'_>) -> Result<char, ReadError> {
        let refused = || {
            let name = shortened(reference.as_ref());
            self.fault(format!("`&{name};` is not an entity that is expanded here"))
        };
        if reference.is_char_ref() {
            return match reference.resolve_char_ref() {
                Ok(Some(c)) if c != '\0' => Ok(c),
                _ => Err(refused()),
            };
        }
        match reference.as_ref() {
            "lt" => Ok('<'),
            "gt" => Ok('>'),
            "amp" => Ok('&'),
            "apos" => Ok('\''),
            "quot" => Ok('"'),
            _ => Err(refused()),
        }
    }

    /// The next event; `line` is where it begins.
    fn event(&mut self) -> Result<Event<'t>, ReadError> {
        self.count_to(self.reader.buffer_position());
        match self.reader.read_event() {
            Ok(Event::DocType(_)) => Err(self.fault("a document type is not read here")),
            Ok(event) => Ok(event),
            Err(error) => {
                self.count_to(self.reader.error_position());
                Err(self.fault(format!("this is not well-formed XML: {}", shortened_message(&error))))
            }
        }
    }

    fn count_to(&mut self, byte: u64) {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(self.text.len());
        if byte > self.counted {
            let ends = self.text.as_bytes()[self.counted..byte]
                .iter()
                .filter(|b| **b == b'\n')
                .count();
            self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.counted = byte;
        }
    }

    fn fault(&self, message: impl Into<String>) -> ReadError {
        ReadError::at(self.line, message.into())
    }
}

fn shortened_message(error: &quick_xml::Error) -> String {
    let text: String = error.to_string().chars().take(200).collect();
    text.replace(['\n', '\r'], " ")
}
