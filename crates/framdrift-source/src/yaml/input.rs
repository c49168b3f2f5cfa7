//! The parser's view of a text, with a bound on how far it may look ahead.
//!
//! Before it can tell whether `[…]`, `{…}` or a quoted text is a key, the parser must have seen its end, and it keeps
//! every token until then. [`Text`] therefore counts the marks that make tokens, and pretends that the text has ended
//! when one event has asked for too many of them.

use std::cell::Cell;
use std::rc::Rc;

use saphyr_parser::Input;
use saphyr_parser::input::SkipTabs;

/// What the parser asks to be buffered; the smallest number it works with.
const BUFFER: usize = 16;

/// How many marks may still be passed before the next event.
#[derive(Clone)]
pub(super) struct Budget {
    left: Rc<Cell<usize>>,
    full: usize,
}

impl Budget {
    pub(super) fn new(full: usize) -> Self {
        let full = full.max(1);
        Self {
            left: Rc::new(Cell::new(full)),
            full,
        }
    }

    /// An event has arrived: what was looked at so far is paid for.
    pub(super) fn refill(&self) {
        self.left.set(self.full);
    }

    pub(super) fn is_spent(&self) -> bool {
        self.left.get() == 0
    }
}

pub(super) struct Text<'t> {
    rest: &'t str,
    budget: Budget,
}

impl<'t> Text<'t> {
    pub(super) fn new(rest: &'t str, budget: Budget) -> Self {
        Self { rest, budget }
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        if matches!(c, ',' | ':' | '[' | ']' | '{' | '}') {
            let left = self.budget.left.get().saturating_sub(1);
            self.budget.left.set(left);
            if left == 0 {
                self.rest = "";
            }
        }
        Some(c)
    }

    fn first(&self) -> u8 {
        self.rest.as_bytes().first().copied().unwrap_or(0)
    }
}

impl Input for Text<'_> {
    fn lookahead(&mut self, _: usize) {}

    fn buflen(&self) -> usize {
        BUFFER
    }

    fn bufmaxlen(&self) -> usize {
        BUFFER
    }

    fn raw_read_ch(&mut self) -> char {
        self.next().unwrap_or('\0')
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        if matches!(self.first(), 0 | b'\n' | b'\r') {
            None
        } else {
            self.next()
        }
    }

    #[inline]
    fn skip(&mut self) {
        self.next();
    }

    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.next();
        }
    }

    #[inline]
    fn peek(&self) -> char {
        self.rest.chars().next().unwrap_or('\0')
    }

    #[inline]
    fn peek_nth(&self, n: usize) -> char {
        self.rest.chars().nth(n).unwrap_or('\0')
    }

    #[inline]
    fn peek_opt(&self) -> Option<char> {
        self.rest.chars().next()
    }

    #[inline]
    fn next_is_blank_or_break(&self) -> bool {
        matches!(self.first(), b' ' | b'\t' | b'\n' | b'\r')
    }

    #[inline]
    fn next_is_blank_or_breakz(&self) -> bool {
        matches!(self.first(), b' ' | b'\t' | b'\n' | b'\r' | 0)
    }

    fn skip_while_non_breakz(&mut self) -> usize {
        let end = self.rest.find(['\n', '\r', '\0']).unwrap_or(self.rest.len());
        let count = self.rest[..end].chars().count();
        self.rest = &self.rest[end..];
        count
    }

    fn skip_ws_to_eol(&mut self, skip_tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>) {
        let (mut tab, mut space, mut count) = (false, false, 0);
        loop {
            match self.first() {
                b' ' => space = true,
                b'\t' if skip_tabs != SkipTabs::No => tab = true,
                b'#' if !tab && !space => {
                    return (count, Err("comments must be separated from other tokens by whitespace"));
                }
                b'#' => count += self.skip_while_non_breakz(),
                _ => break,
            }
            if matches!(self.first(), b' ' | b'\t') {
                self.rest = &self.rest[1..];
                count += 1;
            }
        }
        (count, Ok(SkipTabs::Result(tab, space)))
    }
}
