//! How much a text may ask for before it is refused.

/// The bounds a reader keeps to, so that no text can eat time or memory out of proportion.
///
/// Reading takes at most about 2 bytes of memory for each byte of text and 130 for each value, 700 MB at the default
/// limits, and an ordinary programme about 6 times its size: 165 MB for 30 MB of text with 1.8 million values (measured
/// on 64-bit Linux). Time is linear in the size.
///
/// ```
/// use framdrift_source::limits::Limits;
///
/// let limits = Limits::default().bytes(1 << 20).depth(20);
/// assert_eq!(limits.bytes, 1 << 20);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The longest text, in bytes. Default 64 MiB; never above [`MAX_BYTES`](Self::MAX_BYTES).
    pub bytes: usize,
    /// How deep lists and tables may be nested; the outermost counts as one. Default 64, never above
    /// [`MAX_DEPTH`](Self::MAX_DEPTH). A programme needs about 12.
    pub depth: usize,
    /// How many values (texts, numbers, lists, tables) a text may hold. Default 5 000 000: a programme of 50 000
    /// activities holds about 1 500 000.
    pub nodes: usize,
    /// How many faults are kept; the rest are counted. Default 10 000.
    pub diagnostics: usize,
    /// YAML only: how many of the marks `, : [ ] { }` may stand in one `[…]`, `{…}` or quoted text that might turn out
    /// to be a key — one that begins a line or list entry, or stands inside another. YAML cannot tell before its end,
    /// and the parser holds it all in memory until then, at about 250 bytes for each mark. Default 100 000. A file
    /// that is wholly JSON is read as JSON and not bound by this.
    pub lookahead: usize,
}

impl Limits {
    /// The largest number of bytes that [`bytes`](Self::bytes) can be set to: positions are 32 bits wide.
    pub const MAX_BYTES: usize = 1 << 30;
    /// The greatest depth that [`depth`](Self::depth) can be set to: the walks over a tree recurse.
    pub const MAX_DEPTH: usize = 256;

    /// Sets [`bytes`](Self::bytes).
    #[must_use]
    pub fn bytes(mut self, bytes: usize) -> Self {
        self.bytes = bytes.min(Self::MAX_BYTES);
        self
    }

    /// Sets [`depth`](Self::depth).
    #[must_use]
    pub fn depth(mut self, depth: usize) -> Self {
        self.depth = depth.min(Self::MAX_DEPTH);
        self
    }

    /// Sets [`nodes`](Self::nodes).
    #[must_use]
    pub fn nodes(mut self, nodes: usize) -> Self {
        self.nodes = nodes;
        self
    }

    /// Sets [`diagnostics`](Self::diagnostics).
    #[must_use]
    pub fn diagnostics(mut self, diagnostics: usize) -> Self {
        self.diagnostics = diagnostics;
        self
    }

    /// Sets [`lookahead`](Self::lookahead).
    #[must_use]
    pub fn lookahead(mut self, marks: usize) -> Self {
        self.lookahead = marks;
        self
    }

    /// The depth readers keep to, also when the field was set past its maximum by hand.
    pub(crate) fn checked_depth(&self) -> usize {
        self.depth.min(Self::MAX_DEPTH)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 64 << 20,
            depth: 64,
            nodes: 5_000_000,
            diagnostics: 10_000,
            lookahead: 100_000,
        }
    }
}
