//! Editing a plan: changes with their inverses, and what they move.

use std::collections::HashMap;

use framdrift_model::diagnostic::Diagnostics;
use framdrift_model::edit::{Edit, EditError, FactsEdit};
use framdrift_model::projection::NodeIx;
use framdrift_schedule::{Network, Schedule};

use crate::findings;
use crate::plan::{Dated, Move, Plan};

/// Edits of a programme and of its recorded progress that are made together or not at all.
///
/// What comes of all of them is checked once, so that two edits may each need the other.
///
/// ```
/// use framdrift::model::document::{FactDoc, LinkDoc};
/// use framdrift::{Change, Edit, FactsEdit};
///
/// let mut change = Change::from(Edit::add_link("roof", LinkDoc::new("walls")));
/// change.facts.push(FactsEdit::record(FactDoc::new("walls")));
/// assert_eq!(change.programme.len(), 1);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The edits of the programme, in their order.
    pub programme: Vec<Edit>,
    /// The edits of recorded progress, in their order.
    pub facts: Vec<FactsEdit>,
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        vec![edit].into()
    }
}

impl From<Vec<Edit>> for Change {
    fn from(programme: Vec<Edit>) -> Self {
        let facts = Vec::new();
        Self { programme, facts }
    }
}

impl From<FactsEdit> for Change {
    fn from(edit: FactsEdit) -> Self {
        vec![edit].into()
    }
}

impl From<Vec<FactsEdit>> for Change {
    fn from(facts: Vec<FactsEdit>) -> Self {
        let programme = Vec::new();
        Self { programme, facts }
    }
}

/// What a change did to the dates.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// The nodes that start or finish at another moment, in document order; none where the programme has no start.
    pub moves: Vec<Move>,
    /// The nodes that there were not before, in document order.
    pub added: Vec<NodeIx>,
    /// The ids of the nodes that are gone, in the order they had.
    pub removed: Vec<String>,
}

/// A change that was refused. The plan is what it was.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EditRefused {
    /// An edit cannot be made, or the programme would be left with faults.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// Things would wait for each other in rings; each is a diagnostic that names its members.
    #[error("{}", first(.0))]
    Rings(Box<Diagnostics>),
    /// The recorded progress would be left with faults.
    #[error("{}", first(.0))]
    Progress(Box<Diagnostics>),
}

impl EditRefused {
    /// The faults that the change would leave; none where an edit cannot be made at all.
    #[must_use]
    pub fn diagnostics(&self) -> Option<&Diagnostics> {
        match self {
            Self::Edit(EditError::Faults(diagnostics)) | Self::Rings(diagnostics) | Self::Progress(diagnostics) => {
                Some(diagnostics)
            }
            Self::Edit(_) => None,
        }
    }
}

fn first(diagnostics: &Diagnostics) -> String {
    EditError::Faults(Box::new(diagnostics.clone())).to_string()
}

/// What takes changes back, and what makes them again.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    undo: Vec<Change>,
    redo: Vec<Change>,
}

impl Plan {
    /// Makes a change, checks what comes of it, and computes the dates anew.
    ///
    /// Afterwards the plan is the one that its documents would give, and the change can be taken back with [`undo`](Self::undo).
    ///
    /// # Errors
    /// When an edit cannot be made, or the change would leave a fault, rings of links included. The plan is then what it was.
    ///
    /// ```
    /// use framdrift::model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
    /// use framdrift::{Edit, Field, Plan};
    ///
    /// let mut document = ProgrammeDoc::new("office-move");
    /// document.start = Some("2026-03-02".parse().unwrap());
    /// for (id, duration) in [("pack", "3d"), ("move", "1d")] {
    ///     let mut activity = ActivityDoc::new(id);
    ///     activity.duration = Some(duration.parse().unwrap());
    ///     document.activities.push(activity);
    /// }
    /// let mut plan = Plan::new(document).unwrap();
    ///
    /// let changed = plan.apply(Edit::add_link("move", LinkDoc::new("pack"))).unwrap();
    /// let moved = changed.moves[0];
    /// assert_eq!(plan.id(moved.node), "move");
    /// assert_eq!(moved.after.start.to_string(), "2026-03-05T08:00");
    ///
    /// let refused = plan.apply(Edit::add_link("pack", LinkDoc::new("move"))).unwrap_err();
    /// assert!(refused.to_string().contains("these wait for each other: `pack` → `move` → `pack`"));
    ///
    /// let back = plan.undo().unwrap();
    /// assert_eq!(back.moves[0].after, moved.before);
    /// ```
    pub fn apply(&mut self, change: impl Into<Change>) -> Result<Changed, EditRefused> {
        let (changed, back) = self.make(&change.into())?;
        self.history.undo.push(back);
        self.history.redo.clear();
        Ok(changed)
    }

    /// Takes the last change back that was not taken back yet; none where there is none. The documents are what they were before
    /// it, to the byte.
    pub fn undo(&mut self) -> Option<Changed> {
        let back = self.history.undo.pop()?;
        let (changed, again) = self.take(&back);
        self.history.redo.push(again);
        Some(changed)
    }

    /// Makes the last change again that was taken back; none where there is none, or another was made since.
    pub fn redo(&mut self) -> Option<Changed> {
        let again = self.history.redo.pop()?;
        let (changed, back) = self.take(&again);
        self.history.undo.push(back);
        Some(changed)
    }

    fn take(&mut self, change: &Change) -> (Changed, Change) {
        // INVARIANT: the documents are what they were when this led away from documents without a fault.
        self.make(change).expect("a change can be taken back")
    }

    /// Makes a change and gives the one that takes it back.
    fn make(&mut self, change: &Change) -> Result<(Changed, Change), EditRefused> {
        let programme = self.programme.apply_all(&change.programme)?;
        let facts = match self.progress.apply_all(&change.facts) {
            Ok(facts) => facts,
            Err(error) => {
                self.take_back(&programme, &[]);
                return Err(error.into());
            }
        };
        match self.again() {
            Ok(dated) => {
                let before = std::mem::replace(&mut self.dated, dated);
                let changed = changed(&before, &self.dated);
                Ok((changed, Change { programme, facts }))
            }
            Err(refused) => {
                self.take_back(&programme, &facts);
                Err(refused)
            }
        }
    }

    fn take_back(&mut self, programme: &[Edit], facts: &[FactsEdit]) {
        // INVARIANT: these lead back to documents without a fault.
        self.programme.apply_all(programme).expect("an edit can be taken back");
        self.progress.apply_all(facts).expect("an edit can be taken back");
    }

    /// Everything that follows from the documents, computed anew.
    fn again(&self) -> Result<Dated, EditRefused> {
        let projection = self.programme.projection();
        let network = match Network::new(projection) {
            Ok(network) => network,
            Err(cycles) => {
                let lookup = self.programme.lookup();
                let rings = findings::rings(lookup, cycles.projection(), &cycles.rings);
                return Err(EditRefused::Rings(Box::new(rings)));
            }
        };
        let checked = self.progress.check(&self.programme, network.projection());
        if checked.diagnostics.errors() > 0 {
            return Err(EditRefused::Progress(Box::new(checked.diagnostics)));
        }
        Ok(Dated::new(&self.programme, network, checked))
    }
}

/// What differs between two computations.
fn changed(before: &Dated, after: &Dated) -> Changed {
    let (old, new) = (&before.network.projection().nodes, &after.network.projection().nodes);
    let mut changed = Changed::default();
    let dates = before.schedule.as_ref().zip(after.schedule.as_ref());
    let alike = old.len() == new.len() && old.iter().zip(new).all(|(a, b)| a.id == b.id);
    if alike {
        let pairs = (0..new.len() as u32).map(NodeIx).map(|node| (node, node));
        changed.moves = dates.map(|dates| moves(dates, pairs)).unwrap_or_default();
        return changed;
    }
    let mut earlier: HashMap<&str, NodeIx> = old.iter().map(|n| &*n.id).zip((0..).map(NodeIx)).collect();
    let mut pairs = Vec::new();
    for (id, node) in new.iter().map(|n| &*n.id).zip((0..).map(NodeIx)) {
        match earlier.remove(id) {
            Some(before) => pairs.push((before, node)),
            None => changed.added.push(node),
        }
    }
    let mut gone: Vec<NodeIx> = earlier.into_values().collect();
    gone.sort_unstable();
    changed.removed = gone.iter().map(|node| old[node.index()].id.to_string()).collect();
    changed.moves = dates.map(|dates| moves(dates, pairs)).unwrap_or_default();
    changed
}

/// The nodes that start or finish at another moment.
fn moves((before, after): (&Schedule, &Schedule), pairs: impl IntoIterator<Item = (NodeIx, NodeIx)>) -> Vec<Move> {
    let dated = pairs
        .into_iter()
        .map(|(old, node)| (node, before.dates(old), after.dates(node)));
    let moved = dated.filter(|(_, before, after)| (before.start, before.finish) != (after.start, after.finish));
    moved
        .map(|(node, before, after)| Move { node, before, after })
        .collect()
}
