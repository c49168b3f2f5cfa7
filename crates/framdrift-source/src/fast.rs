//! The fast road: plain serde over JSON that has no fault, once what it holds is counted.

use crate::document::Document;
use crate::limits::Limits;

/// Reads JSON that has no fault; `None` where the thorough road has to look.
pub(crate) fn fast<'t, D: Document>(bytes: &'t [u8], limits: &Limits) -> Option<(&'t str, D)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let counted = count(bytes);
    if counted.deepest > limits.checked_depth() || counted.values > limits.nodes || counted.hard_numbers {
        return None;
    }
    let mut reader = serde_json::Deserializer::from_str(text);
    let document = D::deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some((text, document))
}

/// What a JSON text holds, if it is one.
#[derive(Default)]
struct Counted {
    /// How deep its brackets are nested.
    deepest: usize,
    /// How many values there are.
    values: usize,
    /// Whether there is a number that `serde_json` does not read exactly as the thorough road does: `-0`, and those of so many
    /// digits that its last bit may differ.
    hard_numbers: bool,
}

fn count(bytes: &[u8]) -> Counted {
    let mut counted = Counted {
        values: 1,
        ..Counted::default()
    };
    let mut depth = 0_usize;
    // Whether a bracket has just opened: another value stands in it unless it closes at once.
    let mut fresh = false;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        let closes = matches!(byte, b']' | b'}');
        if fresh && !byte.is_ascii_whitespace() {
            counted.values += usize::from(!closes);
            fresh = false;
        }
        match byte {
            b'[' | b'{' => {
                depth += 1;
                counted.deepest = counted.deepest.max(depth);
                fresh = true;
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b',' => counted.values += 1,
            b'"' => at = past_text(bytes, at),
            b'-' | b'0'..=b'9' => {
                let rest = &bytes[at - 1..];
                let in_number = |b: &&u8| matches!(b, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
                let number = &rest[..rest.iter().take_while(in_number).count()];
                counted.hard_numbers |=
                    number == b"-0" || number.len() > 15 || number.contains(&b'e') || number.contains(&b'E');
                at += number.len() - 1;
            }
            _ => {}
        }
    }
    counted
}

/// Where a text ends that begins at `at`, behind its opening quote.
fn past_text(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'"' => break,
            b'\\' => at += 1,
            _ => {}
        }
    }
    at
}
