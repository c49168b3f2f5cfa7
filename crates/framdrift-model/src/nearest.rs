//! «Did you mean»: the known name that is closest to a mistyped one.

use crate::spelling::{meaning, plain};

/// Finds close names within a budget, so that a file full of mistakes stays cheap to read.
#[derive(Debug)]
pub struct Nearest {
    budget: usize,
}

impl Default for Nearest {
    fn default() -> Self {
        Self { budget: 4_000_000 }
    }
}

impl Nearest {
    /// The candidate that means the same as `word` in other tools ([`meaning`]), else the one with the least edit distance to it in
    /// plain writing ([`plain`]), at most a third of its length; the first where several are equally close. `None` once the budget
    /// of comparisons is spent.
    ///
    /// ```
    /// use framdrift_model::nearest::Nearest;
    ///
    /// let mut nearest = Nearest::default();
    /// assert_eq!(nearest.find("trainng", ["design", "training"]), Some("training"));
    /// assert_eq!(nearest.find("quux", ["design", "training"]), None);
    /// ```
    pub fn find<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str, IntoIter: Clone>,
    ) -> Option<&'c str> {
        let candidates = candidates.into_iter();
        if let Some(same) = meaning(word, candidates.clone()) {
            return Some(same);
        }
        let word = &*plain(word);
        let wanted: Vec<char> = word.chars().take(80).collect();
        let most = wanted.len() / 3;
        let mut best: Option<(usize, &str)> = None;
        for candidate in candidates {
            if self.budget == 0 {
                return None;
            }
            self.budget -= 1;
            let bound = best.map_or(most, |(d, _)| d.saturating_sub(1).min(most));
            if candidate.len().abs_diff(word.len()) > 4 * bound {
                continue;
            }
            let letters: Vec<char> = candidate.chars().take(80).collect();
            if letters.len().abs_diff(wanted.len()) > bound {
                continue;
            }
            self.budget = self.budget.saturating_sub(letters.len());
            let found = distance(&wanted, &letters);
            if found <= bound && best.is_none_or(|(d, _)| found < d) {
                best = Some((found, candidate));
            }
        }
        best.map(|(_, candidate)| candidate)
    }

    /// The candidates that are close to `word`, at most `most` of them: the closest first, then in their order. As
    /// [`Nearest::find`] finds them, within the same budget.
    ///
    /// ```
    /// use framdrift_model::nearest::Nearest;
    ///
    /// let known = ["meeting-1", "meeting-10", "gate"];
    /// assert_eq!(Nearest::default().several("meetng-1", known, 3), ["meeting-1", "meeting-10"]);
    /// ```
    pub fn several<'c>(
        &mut self,
        word: &str,
        candidates: impl IntoIterator<Item = &'c str, IntoIter: Clone>,
        most: usize,
    ) -> Vec<&'c str> {
        let candidates = candidates.into_iter();
        let mut found: Vec<&'c str> = Vec::new();
        while found.len() < most
            && let Some(next) = self.find(word, candidates.clone().filter(|c| !found.contains(c)))
        {
            found.push(next);
        }
        found
    }
}

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each; a change of case
/// costs nothing.
fn distance(a: &[char], b: &[char]) -> usize {
    let same = |x: char, y: char| x == y || x.to_lowercase().eq(y.to_lowercase());
    let mut before = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let change = usize::from(!same(a[i - 1], b[j - 1]));
            row[j] = (last[j - 1] + change).min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]) {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        std::mem::swap(&mut before, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swaps_and_case_are_near() {
        let mut nearest = Nearest::default();
        assert_eq!(nearest.find("ttile", ["title", "id"]), Some("title"));
        assert_eq!(nearest.find("fs", ["FS", "SS"]), Some("FS"));
        assert_eq!(nearest.find("förvaltnign", ["förvaltning"]), Some("förvaltning"));
        assert_eq!(nearest.find("x", ["title"]), None);
    }

    #[test]
    fn a_spent_budget_finds_nothing() {
        let mut nearest = Nearest { budget: 1 };
        assert_eq!(nearest.find("abc", ["xyz", "abd"]), None);
    }
}
