//! XML, element by element, indented by tabs as the tool does.

use std::fmt::{Display, Write as _};

use framdrift_model::time::Minute;

use crate::loss::{LossKind, LossReport, Spot};

pub(super) struct Writer {
    out: String,
    depth: usize,
    /// Characters that XML has no way to say.
    unsaid: u64,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned(),
            depth: 0,
            unsaid: 0,
        }
    }

    pub(super) fn finish(self, loss: &mut LossReport) -> String {
        let why = "control characters in texts cannot be said in XML and are left out";
        loss.add_many(LossKind::Changed, "title", why, self.unsaid, Spot::none);
        self.out
    }

    fn indent(&mut self) {
        self.out.extend(std::iter::repeat_n('\t', self.depth));
    }

    pub(super) fn open_root(&mut self, name: &str, namespace: &str) {
        _ = writeln!(self.out, "<{name} xmlns=\"{namespace}\">");
        self.depth += 1;
    }

    pub(super) fn open(&mut self, name: &str) {
        self.indent();
        _ = writeln!(self.out, "<{name}>");
        self.depth += 1;
    }

    pub(super) fn close(&mut self, name: &str) {
        self.depth -= 1;
        self.indent();
        _ = writeln!(self.out, "</{name}>");
    }

    /// An element with a number or another value that needs no escapes.
    pub(super) fn value(&mut self, name: &str, value: impl Display) {
        self.indent();
        _ = writeln!(self.out, "<{name}>{value}</{name}>");
    }

    pub(super) fn flag(&mut self, name: &str, value: bool) {
        self.value(name, u8::from(value));
    }

    pub(super) fn instant(&mut self, name: &str, at: Minute) {
        self.value(name, format_args!("{at}:00"));
    }

    /// A duration in tenths of minutes, never negative.
    pub(super) fn duration(&mut self, name: &str, tenths: i64) {
        let (minutes, seconds) = (tenths / 10, tenths % 10 * 6);
        self.value(name, format_args!("PT{}H{}M{seconds}S", minutes / 60, minutes % 60));
    }

    /// An element with people's text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.indent();
        _ = write!(self.out, "<{name}>");
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '\r' => self.out.push_str("&#13;"),
                '\n' => self.out.push_str("&#10;"),
                '\t' => self.out.push_str("&#9;"),
                '\0'..='\x1F' | '\u{FFFE}' | '\u{FFFF}' => self.unsaid += 1,
                c => self.out.push(c),
            }
        }
        _ = writeln!(self.out, "</{name}>");
    }
}
