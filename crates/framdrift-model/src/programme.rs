//! A checked programme.

use crate::diagnostic::Diagnostics;
use crate::document::ProgrammeDoc;
use crate::edit::{Edit, EditError};
use crate::lookup::Lookup;
use crate::projection::{Projection, TimeNode};
use crate::quantity::Units;
use crate::resolved::Resolved;
use crate::validate::{Checked, Damage, again, is_of};

/// A programme document without faults, and what checking it learnt. Engines work on it and never doubt its shape.
///
/// It is not deserialised: it only comes from [`ProgrammeDoc::validate`].
#[derive(Clone, Debug)]
pub struct Programme {
    document: ProgrammeDoc,
    resolved: Resolved,
    warnings: Diagnostics,
}

/// A document that is at fault, given back with all its faults and warnings.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the programme has {} {}", .diagnostics.errors(), if .diagnostics.errors() == 1 { "fault" } else { "faults" })]
pub struct Rejected {
    /// The document.
    pub document: Box<ProgrammeDoc>,
    /// Its faults and warnings, in document order.
    pub diagnostics: Diagnostics,
}

impl ProgrammeDoc {
    /// Checks the document.
    ///
    /// # Errors
    /// Gives the document back with every fault, when it has any.
    ///
    /// ```
    /// use framdrift_model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
    ///
    /// let mut document = ProgrammeDoc::new("move");
    /// let mut pack = ActivityDoc::new("pack");
    /// pack.duration = Some("3d".parse().unwrap());
    /// pack.after.push(LinkDoc::new("plan"));
    /// document.activities.push(pack);
    ///
    /// let rejected = document.validate().unwrap_err();
    /// let fault = rejected.diagnostics.iter().next().unwrap();
    /// assert_eq!(fault.to_string(), "error[unknown-reference]: activity pack / after plan / from: nothing here is called `plan`");
    /// ```
    pub fn validate(self) -> Result<Programme, Rejected> {
        self.check(&Damage::none()).accept(self)
    }
}

impl Checked {
    /// Makes a programme of `document`, the one that was checked.
    ///
    /// # Errors
    /// Gives the document back with every fault, when it has any.
    ///
    /// # Panics
    /// May panic, now or in later use, when `document` is not the document that was checked.
    pub fn accept(self, document: ProgrammeDoc) -> Result<Programme, Rejected> {
        let (resolved, diagnostics) = self.into_parts();
        if diagnostics.errors() > 0 {
            return Err(Rejected {
                document: Box::new(document),
                diagnostics,
            });
        }
        Ok(Programme {
            document,
            resolved,
            warnings: diagnostics,
        })
    }
}

impl Programme {
    /// The document.
    #[must_use]
    pub const fn document(&self) -> &ProgrammeDoc {
        &self.document
    }

    /// Gives the document back, for editing.
    #[must_use]
    pub fn into_document(self) -> ProgrammeDoc {
        self.document
    }

    /// Makes one edit, and gives the one that takes it back.
    ///
    /// # Errors
    /// As [`apply_all`](Self::apply_all).
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        let mut back = self.apply_all(std::slice::from_ref(edit))?;
        // INVARIANT: one edit has one inverse.
        Ok(back.pop().expect("one edit was made"))
    }

    /// Makes several edits in their order and checks what comes of all of them, or makes none. Gives the edits that take them back,
    /// in the order to make them.
    ///
    /// # Errors
    /// When an edit cannot be made, or when together they leave a fault. Nothing has changed then.
    ///
    /// ```
    /// use framdrift_model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
    /// use framdrift_model::edit::{Edit, EditError, Field};
    ///
    /// let mut document = ProgrammeDoc::new("house");
    /// for id in ["walls", "roof"] {
    ///     let mut activity = ActivityDoc::new(id);
    ///     activity.duration = Some("5d".parse().unwrap());
    ///     document.activities.push(activity);
    /// }
    /// document.activities[1].after.push(LinkDoc::new("walls"));
    /// let mut programme = document.validate().unwrap();
    ///
    /// let undo = programme.apply(&Edit::set("walls", Field::Duration(Some("2w".parse().unwrap())))).unwrap();
    /// programme.apply(&undo).unwrap();
    ///
    /// let refused = programme.apply(&Edit::remove_activity("walls")).unwrap_err();
    /// let EditError::Faults(faults) = refused else { panic!("it names the places that need it") };
    /// assert_eq!(faults.iter().next().unwrap().place().to_string(), "activity roof / after walls / from");
    /// ```
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<Vec<Edit>, EditError> {
        let back = self.document.apply_all(edits)?;
        if self.check_again(edits) {
            return Ok(back);
        }
        let (resolved, diagnostics) = self.document.check(&Damage::none()).into_parts();
        if diagnostics.errors() > 0 {
            self.document.take_back(back);
            return Err(EditError::Faults(Box::new(diagnostics)));
        }
        self.resolved = resolved;
        self.warnings = diagnostics;
        Ok(back)
    }

    /// Checks only what edits have touched, where that is all there is to check and it has no fault. O(1) for each edit, but for
    /// the warnings that there are.
    fn check_again(&mut self, edits: &[Edit]) -> bool {
        if self.warnings.is_cut() || !edits.iter().all(Edit::stays_by_itself) {
            return false;
        }
        let touched = edits.iter().filter_map(|edit| match edit {
            // A deliverable is no slot, and all it says by itself is its title.
            Edit::Set { of, .. } => self.resolved.slots.find(of.as_str()),
            _ => None,
        });
        let mut touched: Vec<_> = touched.collect();
        touched.sort_unstable();
        touched.dedup();
        let fresh = again(&self.document, &self.resolved, &touched);
        if fresh.errors() > 0 {
            return false;
        }
        if !(self.warnings.is_empty() && fresh.is_empty()) {
            let places: Vec<_> = touched
                .iter()
                .map(|ix| self.resolved.slots.get(*ix).place(&self.document))
                .collect();
            self.warnings
                .retain(|warning| !places.iter().any(|place| is_of(place, warning)));
            self.warnings.append(fresh);
            self.warnings.sort();
        }
        true
    }

    /// A node of the projection as the document now says it; none where its node is of no document.
    ///
    /// For hosts that keep a projection through edits which leave all nodes where they are: those for which
    /// [`Edit::stays_by_itself`] says so. `inactive` tells whether a summary above it is not to be done.
    #[must_use]
    pub fn node(&self, node: &TimeNode, inactive: bool) -> Option<TimeNode> {
        crate::project::node_again(&self.document, &self.resolved, node, inactive)
    }

    /// The warnings, in document order.
    #[must_use]
    pub const fn warnings(&self) -> &Diagnostics {
        &self.warnings
    }

    /// What a day, a week and a month of work amount to.
    #[must_use]
    pub fn units(&self) -> Units {
        self.document.units()
    }

    /// Everything that takes or bounds time, as nodes and links. O(n) in nodes and links.
    #[must_use]
    pub fn projection(&self) -> Projection {
        crate::project::project(&self.document, &self.resolved)
    }

    pub(crate) const fn resolved(&self) -> &Resolved {
        &self.resolved
    }

    /// The way from nodes and links back to the document.
    #[must_use]
    pub const fn lookup(&self) -> Lookup<'_> {
        Lookup::new(&self.document, &self.resolved)
    }
}
