//! Questions about dates besides a single one: paths with least float, and what cannot be kept; and how an answer is told.

use std::fmt;

use framdrift_model::projection::{Counts, NodeIx};
use framdrift_schedule::explain::{Clashes, Paths, Speech, clashes, paths};

use crate::plan::Plan;

impl Plan {
    /// The `most` chains of links with least float that lead to the start of a node, the finish of a summary, or without a node
    /// to the finish of the programme; none where the programme has no start. At most
    /// [`MOST_PATHS`](framdrift_schedule::explain::MOST_PATHS).
    ///
    /// # Panics
    /// When the node is not one of this plan's.
    ///
    /// ```
    /// # #[cfg(feature = "text")] {
    /// let plan = framdrift::load("
    /// framdrift: 1
    /// id: office-move
    /// start: 2026-03-02
    /// activities:
    /// - {id: pack, duration: 3d}
    /// - {id: cabling, duration: 1d}
    /// - {id: move, duration: 1d, after: [pack, cabling]}
    /// ").unwrap();
    /// let paths = plan.paths(None, 2).unwrap();
    /// assert_eq!(plan.words(&paths).to_string(), "1. the longest: pack → move\n2. 2d shorter: cabling → move (waits 2d longer)\n");
    /// # }
    /// ```
    #[must_use]
    pub fn paths(&self, node: Option<NodeIx>, most: usize) -> Option<Paths> {
        Some(paths(self.network(), self.schedule()?, node, most))
    }

    /// What cannot be kept, each with the smallest set of what makes it impossible, for the `most` that are missed by most; none
    /// where the programme has no start.
    ///
    /// ```
    /// # #[cfg(feature = "text")] {
    /// let plan = framdrift::load("
    /// framdrift: 1
    /// id: office-move
    /// start: 2026-03-02
    /// activities:
    /// - {id: pack, duration: 3d}
    /// - {id: move, duration: 1d, after: [pack], deadline: 2026-03-04}
    /// ").unwrap();
    /// let found = plan.clashes(10).unwrap();
    /// assert_eq!(
    ///     plan.words(&found).to_string(),
    ///     "`move` finishes 2026-03-05T17:00, 1d after its deadline, 2026-03-04T17:00:
    ///   pack from the start of the programme, takes 3d
    ///   move after the finish of `pack`, takes 1d\n"
    /// );
    /// # }
    /// ```
    #[must_use]
    pub fn clashes(&self, most: usize) -> Option<Clashes> {
        Some(clashes(self.network(), self.schedule()?, most))
    }

    /// An answer of this plan's in words: an [`Explanation`](crate::explain::Explanation), [`Paths`] or [`Clashes`]. What it prints
    /// is for people; its `value`, and with the feature `serde` what it is serialised as, for programs.
    ///
    /// ```
    /// # #[cfg(feature = "text")] {
    /// let plan = framdrift::load("{framdrift: 1, id: move, start: 2026-03-02, activities: [{id: pack, duration: 3d}]}").unwrap();
    /// let explanation = plan.explain(plan.find("pack").unwrap()).unwrap();
    /// let json = serde_json::to_value(plan.words(&explanation)).unwrap();
    /// assert_eq!(json["early_start"]["cause"]["kind"], "programme-start");
    /// # }
    /// ```
    #[must_use]
    pub const fn words<'a, A>(&'a self, answer: &'a A) -> Words<'a, A> {
        Words { plan: self, answer }
    }
}

/// Tells an answer of a plan's: see [`Plan::words`].
#[derive(Debug)]
pub struct Words<'a, A> {
    pub(crate) plan: &'a Plan,
    pub(crate) answer: &'a A,
}

impl<A> Words<'_, A> {
    pub(crate) fn told(&self, tell: impl FnOnce(Speech<'_>) -> fmt::Result) -> fmt::Result {
        let name = |node: NodeIx| self.plan.id(node).to_owned();
        let length = |minutes: i64, counts: Counts| self.plan.length_in_words(minutes, counts);
        tell(Speech::new(self.plan.network(), &name, &length))
    }
}

/// A numbered line for each path, with what it waits for.
impl fmt::Display for Words<'_, Paths> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.told(|speech| write!(f, "{}", self.answer.words(speech)))
    }
}

/// What cannot be kept; a line where everything can.
impl fmt::Display for Words<'_, Clashes> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.answer.clashes.is_empty() && self.answer.left_out == 0 {
            return f.write_str("every date can be kept\n");
        }
        self.told(|speech| write!(f, "{}", self.answer.words(speech)))
    }
}
