//! Links as other tools write them in one word: `planFS+2d`.

use crate::projection::LinkKind;
use crate::quantity::Distance;
use crate::spelling::plain;

/// How a link that is written in one word is written in a file: `planFS+2d` is `{from: plan, lag: 2d}`. `is_known` tells an id.
pub(super) fn as_table(text: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    if text.len() > 120 {
        return None;
    }
    let text = plain(text);
    // The longest id that something known has; what stands behind it is the kind and the lag.
    let ends = text.char_indices().map(|(at, _)| at).rev().filter(|at| {
        let next: Vec<char> = text[*at..].chars().take(2).collect();
        let letter = |c: &char| matches!(c, 'F' | 'S' | 'f' | 's');
        *at > 0 && (next.len() == 2 && next.iter().all(letter) || matches!(next.first(), Some('+' | '-' | ' ')))
    });
    let mut known = ends.filter(|at| is_known(text[..*at].trim_end()));
    known.find_map(|at| {
        let (id, rest) = (text[..at].trim_end(), text[at..].trim());
        let kind = LinkKind::ALL.iter().find(|kind| {
            let word = rest.get(..2).unwrap_or_default();
            word.eq_ignore_ascii_case(kind.word())
        });
        let lag = rest[if kind.is_some() { 2 } else { 0 }..].trim();
        let lag = match (lag, kind) {
            ("", None) => return None,
            ("", Some(_)) => None,
            (lag, _) if !lag.starts_with(['+', '-']) => return None,
            (lag, _) => Some(lag.parse::<Distance>().map(|lag| lag.to_string()).or_else(|fault| {
                let near = fault.nearest().map(|near| near.trim_start_matches('+').to_owned());
                near.ok_or(fault)
            })),
        };
        let lag = lag.transpose().ok()?;
        let kind = kind.filter(|kind| **kind != LinkKind::FinishToStart);
        let kind = kind.map_or_else(String::new, |kind| format!(", type: {}", kind.word()));
        let lag = lag.map_or_else(String::new, |lag| format!(", lag: {lag}"));
        Some(match (kind.is_empty(), lag.is_empty()) {
            (true, true) => id.to_owned(),
            _ => format!("{{from: {id}{kind}{lag}}}"),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_lags_are_taken_apart() {
        let known = |id: &str| ["plan", "plan-2", "3"].contains(&id);
        for (written, table) in [
            ("planFS+2d", Some("{from: plan, lag: 2d}")),
            ("plan SS", Some("{from: plan, type: SS}")),
            ("planFS", Some("plan")),
            ("plan+50 %", Some("{from: plan, lag: 50%}")),
            ("planff\u{2212}3 days", Some("{from: plan, type: FF, lag: -3d}")),
            ("plan-2FS", Some("plan-2")),
            ("plan-2 days", Some("{from: plan, lag: -2d}")),
            ("3FS+1w", Some("{from: 3, lag: 1w}")),
            ("planning", None),
            ("plan+soon", None),
        ] {
            assert_eq!(as_table(written, known).as_deref(), table, "{written}");
        }
    }
}
