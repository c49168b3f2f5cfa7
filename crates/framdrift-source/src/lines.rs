//! From byte offsets to lines and columns.
//!
//! Editors, compilers and code-scanning services count columns in three units, so [`Position`] holds all three.
//! Building [`Lines`] reads the text once and keeps one checkpoint for each KiB of it; a lookup then reads at most
//! one KiB more, also in a file that is one single line.

/// Bytes between two checkpoints.
const STRIDE: usize = 1024;
/// The byte order mark, which no column counts.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// A place as people and tools count it. Everything counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Position {
    /// The line. Lines end with LF, CR LF or a lone CR.
    pub line: u32,
    /// The column in characters (Unicode scalar values).
    pub column: u32,
    /// The column in UTF-16 code units, as LSP and SARIF's default count.
    pub utf16: u32,
    /// The column in UTF-8 bytes.
    pub byte: u32,
}

/// Counts up to a checkpoint.
#[derive(Clone, Copy, Default)]
struct Mark {
    /// Line ends before it.
    lines: u32,
    /// Where its line begins.
    line_start: u32,
    /// Characters before it.
    chars: u32,
    /// Characters outside the basic plane before it: those that UTF-16 counts twice.
    wide: u32,
}

/// The lines of a text.
///
/// ```
/// use framdrift_source::lines::Lines;
///
/// let text = "ägare: Åsa\r\nort: Ørsta";
/// let place = Lines::new(text).position(text.find("rsta").unwrap());
/// assert_eq!((place.line, place.column, place.byte), (2, 7, 8));
/// ```
pub struct Lines<'t> {
    text: &'t [u8],
    marks: Vec<Mark>,
}

impl std::fmt::Debug for Lines<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines")
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl<'t> Lines<'t> {
    /// Reads `text` once. Bytes that are not UTF-8 do no harm: a continuation byte counts as no character.
    ///
    /// # Panics
    /// When the text is 4 GiB or longer.
    #[must_use]
    pub fn new<T: AsRef<[u8]> + ?Sized>(text: &'t T) -> Self {
        let text = text.as_ref();
        assert!(
            u32::try_from(text.len()).is_ok(),
            "a text's length is bounded below 4 GiB"
        );
        let mut lines = Self {
            text,
            marks: Vec::with_capacity(text.len() / STRIDE + 1),
        };
        let bom = if text.starts_with(BOM) { BOM.len() as u32 } else { 0 };
        let mut mark = Mark {
            line_start: bom,
            ..Mark::default()
        };
        lines.marks.push(mark);
        for start in (0..text.len().saturating_sub(STRIDE)).step_by(STRIDE) {
            mark = lines.advanced(mark, start, start + STRIDE);
            lines.marks.push(mark);
        }
        lines
    }

    /// The counts at `to`, given those at `from`.
    fn advanced(&self, mut mark: Mark, from: usize, to: usize) -> Mark {
        for (at, &byte) in (from..to).zip(&self.text[from..to]) {
            mark.chars += u32::from(byte & 0xC0 != 0x80);
            mark.wide += u32::from(byte >= 0xF0);
            if byte == b'\n' || (byte == b'\r' && self.text.get(at + 1) != Some(&b'\n')) {
                mark.lines += 1;
                mark.line_start = at as u32 + 1;
            }
        }
        mark
    }

    fn mark_at(&self, offset: usize) -> Mark {
        let nearest = (offset / STRIDE).min(self.marks.len() - 1);
        self.advanced(self.marks[nearest], nearest * STRIDE, offset)
    }

    /// The place of the byte at `offset`. An offset inside a character counts as that character's first byte, one
    /// past the end as the end. Inside CR LF the line is the one being ended.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while offset < self.text.len() && offset > 0 && self.text[offset] & 0xC0 == 0x80 {
            offset -= 1;
        }
        let here = self.mark_at(offset);
        let first = self.mark_at((here.line_start as usize).min(offset));
        let column = here.chars - first.chars;
        Position {
            line: here.lines + 1,
            column: column + 1,
            utf16: column + (here.wide - first.wide) + 1,
            byte: (offset as u32).saturating_sub(here.line_start) + 1,
        }
    }

    /// How many lines there are; a text that ends with a line end has an empty last line.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.mark_at(self.text.len()).lines + 1
    }

    /// The bytes of line `line` (from 1), its line end not included. `None` when there is no such line.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<std::ops::Range<usize>> {
        let start = self.line_start(line)?;
        let end = match self.line_start(line + 1) {
            None => self.text.len(),
            Some(next) if self.text[..next].ends_with(b"\r\n") => next - 2,
            Some(next) => next - 1,
        };
        Some(start..end)
    }

    fn line_start(&self, line: u32) -> Option<usize> {
        let ends = line.checked_sub(1)?;
        if ends == 0 {
            return Some(self.marks[0].line_start as usize);
        }
        // The last checkpoint with fewer line ends before it than we look for.
        let nearest = self.marks.partition_point(|mark| mark.lines < ends).checked_sub(1)?;
        let mut seen = self.marks[nearest].lines;
        for at in nearest * STRIDE..self.text.len() {
            let byte = self.text[at];
            if byte == b'\n' || (byte == b'\r' && self.text.get(at + 1) != Some(&b'\n')) {
                seen += 1;
                if seen == ends {
                    return Some(at + 1);
                }
            }
        }
        None
    }
}
