//! What is still open where the parser gives up: the bracket or quote that was never closed lies before the place that it
//! complains of, often lines before.

use super::place::{line_around, past_blanks};

/// What explains that a text cannot be read from some place on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// The bracket at this place is never closed.
    Bracket(usize),
    /// The quote at this place is never closed, or on a later line only.
    Quote(usize),
    /// The bracket at this place closes nothing.
    Stray(usize),
}

/// Looks at a text from its beginning, along its brackets and quotes, for what is open at `at`. Takes O(`at`).
pub(super) fn find(text: &[u8], base: usize, at: usize) -> Option<Open> {
    // Open brackets between which `at` lies, the outermost first.
    let mut open: Vec<usize> = Vec::new();
    let mut pos = base;
    // Whether a value may begin here: only there do brackets and quotes mean something outside other brackets.
    let mut fresh = true;
    while pos < text.len() {
        let byte = text[pos];
        let behind_blank = pos == base || matches!(text[pos - 1], b' ' | b'\t' | b'\n' | b'\r');
        match byte {
            b'#' if behind_blank => {
                pos = line_around(text, pos).end;
                continue;
            }
            b'"' | b'\'' if fresh => {
                let end = end_of_quoted(text, pos);
                let lines = end.is_none_or(|end| text[pos..end].iter().any(|b| matches!(b, b'\n' | b'\r')));
                if lines && end.is_none_or(|end| end + 1 >= at) {
                    return Some(Open::Quote(pos));
                }
                if end.is_none_or(|end| end > at) {
                    return None;
                }
                pos = end.unwrap_or(text.len());
                fresh = false;
                continue;
            }
            b'[' | b'{' if fresh || !open.is_empty() => {
                open.push(pos);
                fresh = true;
            }
            b']' | b'}' if !open.is_empty() => {
                let opening = if byte == b']' { b'[' } else { b'{' };
                let top = open.len() - 1;
                if text[open[top]] == opening {
                    open.pop();
                } else if pos + 1 >= at {
                    // Closed by the other kind: either what stands open is not closed, or this closes nothing.
                    let next = past_blanks(text, pos + 1);
                    let own = if text[open[top]] == b'[' { b']' } else { b'}' };
                    let stray = text.get(next) == Some(&own) && !open[..top].iter().any(|o| text[*o] == opening);
                    return Some(if stray {
                        Open::Stray(pos)
                    } else {
                        Open::Bracket(open[top])
                    });
                }
                fresh = false;
            }
            b' ' | b'\t' => {}
            b'\n' | b'\r' => {
                let line = line_around(text, pos + 1);
                if pos < at && begins_anew(text, &line, open.first().copied()) {
                    return open.last().map(|at| Open::Bracket(*at));
                }
                fresh |= open.is_empty();
            }
            b':' | b',' => fresh = !open.is_empty() || byte == b':' && followed_by_blank(text, pos),
            b'-' if fresh && followed_by_blank(text, pos) => {}
            _ => fresh = false,
        }
        if pos >= at && open.is_empty() {
            return None;
        }
        pos += 1;
    }
    open.last().map(|at| Open::Bracket(*at))
}

fn followed_by_blank(text: &[u8], at: usize) -> bool {
    matches!(text.get(at + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r'))
}

/// Whether a line begins an entry or key of its own although the bracket at `open` has not been closed: it is not indented more
/// than the line that the bracket stands on, and begins as an entry or a key does.
fn begins_anew(text: &[u8], line: &std::ops::Range<usize>, open: Option<usize>) -> bool {
    let Some(open) = open else { return false };
    let own = line_around(text, open);
    let indent = |line: &std::ops::Range<usize>| text[line.clone()].iter().take_while(|b| **b == b' ').count();
    let rest = &text[line.start + indent(line)..line.end];
    let entry = rest.starts_with(b"- ");
    let word = rest
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || **b == b'-' || **b == b'_' || **b >= 0x80)
        .count();
    let key = word > 0 && rest.get(word) == Some(&b':') && matches!(rest.get(word + 1), None | Some(b' '));
    line.start > own.start && indent(line) <= indent(&own) && (entry || key)
}

/// The end of a quoted text, its closing quote included; none where it is never closed.
fn end_of_quoted(text: &[u8], at: usize) -> Option<usize> {
    let end = super::place::quoted_end(text, at);
    (end > at + 1 && end <= text.len() && text[end - 1] == text[at]).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, mark: &str) -> Option<Open> {
        let at = text.find(mark).unwrap_or(text.len());
        find(text.as_bytes(), 0, at)
    }

    #[test]
    fn what_is_open_is_found() {
        assert_eq!(found("a: [b, c\nd: 1\n", "d"), Some(Open::Bracket(3)));
        assert_eq!(found("- {a: [b}\n- {a: c}\n", "}"), Some(Open::Bracket(6)));
        assert_eq!(found("- {a: b\n- {a: c}\n", "- {a: c"), Some(Open::Bracket(2)));
        assert_eq!(
            found("- {a: [b], c: d\n\ne:\n- {a: c}\n", "- {a: c"),
            Some(Open::Bracket(2))
        );
        assert_eq!(found("- {a: b]}\n", "]"), Some(Open::Stray(7)));
        assert_eq!(found("- {a: \"b}\n- {a: c}\n", "never"), Some(Open::Quote(6)));
        assert_eq!(
            found("a: b [c\nd: 1\n  e: 2\n", "e"),
            None,
            "no bracket in a plain text"
        );
        assert_eq!(found("a: [b, c]\nd: 1\n  e: 2\n", "e"), None);
    }
}
