//! A table that narrows a binary search.

/// Where to look, in a list sorted by a key, for the last entry whose key is not above a wanted one.
///
/// A table of positions at regular keys. It may end before the list does; the rest is searched without it.
#[derive(Default, PartialEq, Eq)]
pub(super) struct Hints {
    /// The key of the first hint.
    first: u32,
    /// Hints are 2^`shift` keys apart.
    shift: u32,
    /// For each of those keys, the position of the last entry not above it.
    positions: Vec<u32>,
}

impl Hints {
    /// A table of `count` positions. No entry but the very first may come before key `first`.
    pub(super) fn new<T>(first: u32, shift: u32, count: u32, entries: &[T], key: fn(&T) -> u32) -> Self {
        let mut position = 0;
        let positions = (0..count).map(|n| {
            let wanted = first + (n << shift);
            while entries.get(position + 1).is_some_and(|s| key(s) <= wanted) {
                position += 1;
            }
            position as u32
        });
        Self {
            first,
            shift,
            positions: positions.collect(),
        }
    }

    /// The position of the last entry whose key is at most `wanted`; 0 when there is none. The list is not empty.
    pub(super) fn find<T>(&self, entries: &[T], wanted: u32, key: impl Fn(&T) -> u32) -> usize {
        let (mut from, mut to) = (0, entries.len() - 1);
        if let Some(past) = wanted.checked_sub(self.first) {
            let n = (past >> self.shift) as usize;
            if let Some(hint) = self.positions.get(n) {
                from = *hint as usize;
                to = self.positions.get(n + 1).map_or(to, |next| *next as usize);
            } else if let Some(last) = self.positions.last() {
                from = *last as usize;
            }
        } else if !self.positions.is_empty() {
            to = 0;
        }
        from + entries[from + 1..=to].partition_point(|s| key(s) <= wanted)
    }
}
