//! Editing a plan: changes with their inverses, and what they move.

use std::collections::HashMap;

use framdrift_model::diagnostic::Diagnostics;
use framdrift_model::edit::{Edit, EditError, FactsEdit, Field};
use framdrift_model::projection::{Mode, NodeIx, Origin, TimeNode};
use framdrift_schedule::{Network, Schedule, Touched, update};

use crate::change::Change;
use crate::findings;
use crate::plan::{Dated, Move, Plan};

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
        if let Some(moved) = self.in_place(change) {
            let changed = Changed {
                moves: moved,
                ..Changed::default()
            };
            return Ok((changed, Change { programme, facts }));
        }
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

    /// Brings network and schedule up to date where a change lets nodes and links be and says only how long something takes and
    /// what bounds it. Gives what moved; none where that is not enough, and then nothing has changed.
    ///
    /// What this leads to is what [`again`](Self::again) does, only sooner.
    fn in_place(&mut self, change: &Change) -> Option<Vec<Move>> {
        let by_itself = change.programme.iter().all(Edit::stays_by_itself);
        if !by_itself || !change.facts.is_empty() || !self.progress.facts.is_empty() {
            return None;
        }
        let edits = self.edits_in_place(change)?;
        let Dated {
            network,
            schedule,
            facts,
            warnings,
            ..
        } = &mut self.dated;
        let mut touched = Touched::default();
        let mut back = Vec::new();
        for edit in edits {
            match network.apply(edit) {
                Ok(done) => {
                    touched.add(&done.touched);
                    back.push(done.inverse);
                }
                Err(_) => {
                    for inverse in back.into_iter().rev() {
                        // INVARIANT: the network is what it was right after the edit that this one takes back.
                        network.apply(inverse).expect("an edit can be taken back");
                    }
                    return None;
                }
            }
        }
        let before = schedule.clone();
        let mut moved = Vec::new();
        *warnings = self.programme.warnings().clone();
        if let (Some(schedule), Some(before)) = (schedule, before) {
            if !back.is_empty() {
                // INVARIANT: there is a schedule, so the programme has a start.
                update(network, facts, schedule, &touched).expect("the programme has a start");
                let nodes = (0..network.projection().nodes.len() as u32).map(NodeIx);
                moved = moves((&before, schedule), nodes.map(|node| (node, node)));
            }
            warnings.append(findings::missed(self.programme.lookup(), network, schedule));
            warnings.sort();
        }
        Some(moved)
    }

    /// The changes of nodes that a change amounts to; none where a node changes in more than a network can take in place.
    fn edits_in_place(&self, change: &Change) -> Option<Vec<framdrift_schedule::Edit>> {
        use framdrift_schedule::Edit as Step;
        let nodes = &self.dated.network.projection().nodes;
        let mut steps = Vec::new();
        for edit in &change.programme {
            let Edit::Set { of, to } = edit else { continue };
            if matches!(to, Field::Title(_)) {
                continue;
            }
            let first = nodes.iter().position(|node| is_of(node, of.as_str()))?;
            let written = |node: &TimeNode| match node.origin {
                Origin::Document {
                    entry, nested, inner, ..
                } => Some((node.kind, entry, nested, inner)),
                _ => None,
            };
            let of = written(&nodes[first]);
            for (ix, old) in (0..).map(NodeIx).zip(nodes).filter(|(_, node)| written(node) == of) {
                let inactive = old.parent.is_some_and(|up| nodes[up.index()].mode == Mode::Inactive);
                let new = self.programme.node(old, inactive)?;
                if !differs_in_place(old, &new) {
                    return None;
                }
                if old.span != new.span {
                    let (node, span) = (ix, new.span);
                    steps.push(Step::Span { node, span });
                }
                if old.bounds != new.bounds {
                    let (node, bounds) = (ix, new.bounds);
                    steps.push(Step::Bounds { node, bounds });
                }
                if old.as_late_as_possible != new.as_late_as_possible {
                    let (node, on) = (ix, new.as_late_as_possible);
                    steps.push(Step::AsLateAsPossible { node, on });
                }
            }
        }
        Some(steps)
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

/// Whether a node is that of a reference, or one of its instances.
fn is_of(node: &TimeNode, of: &str) -> bool {
    let rest = node.id.strip_prefix(of);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('@'))
}

/// Whether two states of a node differ at most in what a network can take in place.
fn differs_in_place(old: &TimeNode, new: &TimeNode) -> bool {
    // Taken apart without `..`, so that a new field cannot be overlooked here.
    let TimeNode {
        id,
        kind,
        origin,
        parent,
        summary,
        span: _,
        tenths,
        calendar,
        inherits_calendar,
        work_calendar,
        bounds: _,
        as_late_as_possible: _,
        mode,
        milestone,
        delay,
    } = new;
    let place = old.id == *id && old.kind == *kind && old.origin == *origin && old.parent == *parent;
    let calendars = (old.calendar, old.inherits_calendar, old.work_calendar);
    let hours = calendars == (*calendar, *inherits_calendar, *work_calendar) && old.tenths == *tenths;
    place && hours && old.summary == *summary && old.mode == *mode && old.milestone == *milestone && old.delay == *delay
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
