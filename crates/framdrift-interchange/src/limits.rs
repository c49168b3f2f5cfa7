//! What a file may ask for.

/// The limits that readers hold a file to. What goes beyond the first three is an error with its line; the others are checked
/// where a document is made, and shorten it with an entry in the loss report.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// The most bytes of a file; 256 MiB.
    pub bytes: usize,
    /// The most levels of elements, or of parentheses in a calendar, inside each other; 64.
    pub depth: usize,
    /// The most elements or rows; 20 million.
    pub records: usize,
    /// The most exceptional days of one calendar; 50 000.
    pub special_days: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            depth: 64,
            records: 20_000_000,
            special_days: 50_000,
        }
    }
}
