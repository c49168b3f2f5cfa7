//! Positions that are still to be worked on, lowest or highest first.

/// A set of positions as bits, with one bit more for every word that has any: the next position is found in a few steps,
/// wherever it lies.
#[derive(Clone, Debug, Default)]
pub(crate) struct Worklist {
    words: Vec<u64>,
    /// Which words are not empty.
    full: Vec<u64>,
    /// No word of `full` before the first of these has a bit, nor one from the second on.
    within: (usize, usize),
}

impl Worklist {
    /// Empties it, for so many positions.
    pub(crate) fn reset(&mut self, positions: usize) {
        let words = positions.div_ceil(64);
        if self.words.len() != words {
            self.words.clear();
            self.words.resize(words, 0);
            self.full.clear();
            self.full.resize(words.div_ceil(64), 0);
        } else {
            while self.pop_first().is_some() {}
        }
        self.within = (self.full.len(), 0);
    }

    #[inline]
    pub(crate) fn insert(&mut self, position: usize) {
        let word = position / 64;
        self.words[word] |= 1 << (position % 64);
        self.full[word / 64] |= 1 << (word % 64);
        self.within = (self.within.0.min(word / 64), self.within.1.max(word / 64 + 1));
    }

    #[inline]
    pub(crate) fn pop_first(&mut self) -> Option<usize> {
        let (from, to) = self.within;
        for block in from..to {
            self.within.0 = block;
            if self.full[block] != 0 {
                let word = block * 64 + self.full[block].trailing_zeros() as usize;
                return Some(self.take(word, self.words[word].trailing_zeros()));
            }
        }
        None
    }

    #[inline]
    pub(crate) fn pop_last(&mut self) -> Option<usize> {
        let (from, to) = self.within;
        for block in (from..to).rev() {
            self.within.1 = block + 1;
            if self.full[block] != 0 {
                let word = block * 64 + 63 - self.full[block].leading_zeros() as usize;
                return Some(self.take(word, 63 - self.words[word].leading_zeros()));
            }
        }
        None
    }

    fn take(&mut self, word: usize, bit: u32) -> usize {
        self.words[word] &= !(1 << bit);
        if self.words[word] == 0 {
            self.full[word / 64] &= !(1 << (word % 64));
        }
        word * 64 + bit as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Worklist;

    #[test]
    fn positions_come_in_order_from_either_end() {
        let mut list = Worklist::default();
        list.reset(10_000);
        let positions = [0, 1, 63, 64, 4_095, 4_096, 9_999];
        for p in [4_096, 1, 9_999, 63, 0, 4_095, 64, 1] {
            list.insert(p);
        }
        let all: Vec<_> = std::iter::from_fn(|| list.pop_first()).collect();
        assert_eq!(all, positions);
        positions.iter().for_each(|p| list.insert(*p));
        assert_eq!(list.pop_last(), Some(9_999));
        list.insert(70);
        assert_eq!(list.pop_last(), Some(4_096));
        assert_eq!(list.pop_first(), Some(0));
        list.reset(10_000);
        assert_eq!((list.pop_first(), list.pop_last()), (None, None));
    }
}
