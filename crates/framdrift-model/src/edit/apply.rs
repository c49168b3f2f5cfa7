//! Making edits and taking them back.

use std::mem;

use super::find::{self, At};
use super::{Edit, EditError};
use crate::document::{LinkDoc, ProgrammeDoc};
use crate::id::NodeRef;
use crate::nearest::Nearest;

impl ProgrammeDoc {
    /// Makes one edit, and gives the one that takes it back.
    ///
    /// The document may have faults before and after. O(*n*) in its entries.
    ///
    /// # Errors
    /// When the edit names nothing, or something twice, or a position that is not there. Nothing has changed then.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, EditError> {
        self.make(edit.clone())
    }

    /// Makes several edits in their order, or none of them. Gives the edits that take them back, in the order to make them.
    ///
    /// # Errors
    /// As [`apply`](Self::apply), for the first edit that cannot be made.
    ///
    /// ```
    /// use framdrift_model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
    /// use framdrift_model::edit::Edit;
    ///
    /// let mut document = ProgrammeDoc::new("house");
    /// let edits = [
    ///     Edit::add_activity(ActivityDoc::new("walls")),
    ///     Edit::add_activity(ActivityDoc::new("roof")),
    ///     Edit::add_link("roof", LinkDoc::new("walls")),
    /// ];
    /// let undo = document.apply_all(&edits).unwrap();
    /// assert_eq!(document.activities[1].after[0].from, "walls");
    /// document.apply_all(&undo).unwrap();
    /// assert!(document.activities.is_empty());
    /// ```
    pub fn apply_all(&mut self, edits: &[Edit]) -> Result<Vec<Edit>, EditError> {
        let mut back = Vec::with_capacity(edits.len());
        for edit in edits {
            match self.make(edit.clone()) {
                Ok(inverse) => back.push(inverse),
                Err(error) => {
                    self.take_back(back.into_iter().rev());
                    return Err(error);
                }
            }
        }
        back.reverse();
        Ok(back)
    }

    /// Makes inverses, newest first.
    pub(crate) fn take_back(&mut self, inverses: impl IntoIterator<Item = Edit>) {
        for inverse in inverses {
            // INVARIANT: the document is what it was right after the edit that this one takes back.
            self.make(inverse).expect("an edit can be taken back");
        }
    }

    fn make(&mut self, edit: Edit) -> Result<Edit, EditError> {
        Ok(match edit {
            Edit::Title(title) => Edit::Title(mem::replace(&mut self.title, title)),
            Edit::Start(start) => Edit::Start(mem::replace(&mut self.start, start)),
            Edit::Finish(finish) => Edit::Finish(mem::replace(&mut self.finish, finish)),
            Edit::Scheduling(scheduling) => Edit::Scheduling(mem::replace(&mut self.scheduling, scheduling)),
            Edit::Calendar(calendar) => Edit::Calendar(mem::replace(&mut self.calendar, calendar)),
            Edit::Set { of, mut to } => {
                let thing = find::one(self, of.as_str())?.thing(self);
                let kind = thing.kind();
                if !to.swap(thing) {
                    let (of, field) = (of.as_str().to_owned(), to.key());
                    return Err(EditError::NoSuchField { of, kind, field });
                }
                Edit::Set { of, to }
            }
            Edit::AddLink { to, at, link } => {
                let links = self.links(&to)?;
                let at = at.unwrap_or(links.len());
                if at > links.len() {
                    return Err(no_position(to.as_str(), "after", at, links.len()));
                }
                links.insert(at, link);
                Edit::RemoveLink { to, at }
            }
            Edit::RemoveLink { to, at } => {
                let links = self.links(&to)?;
                if at >= links.len() {
                    return Err(no_position(to.as_str(), "after", at, links.len()));
                }
                let link = links.remove(at);
                let at = Some(at);
                Edit::AddLink { to, at, link }
            }
            Edit::ReplaceLink { to, at, with } => {
                let links = self.links(&to)?;
                let count = links.len();
                let link = links
                    .get_mut(at)
                    .ok_or_else(|| no_position(to.as_str(), "after", at, count))?;
                let with = mem::replace(link, with);
                Edit::ReplaceLink { to, at, with }
            }
            Edit::AddActivity { at, activity } => {
                let count = self.activities.len();
                let at = at.unwrap_or(count);
                if at > count {
                    return Err(no_position(self.id.as_str(), "activities", at, count));
                }
                let id = activity.id.clone();
                self.free(id.as_str())?;
                self.activities.insert(at, *activity);
                Edit::RemoveActivity { id }
            }
            Edit::RemoveActivity { id } => {
                let at = self.activity(id.as_str())?;
                let activity = Box::new(self.activities.remove(at));
                let at = Some(at);
                Edit::AddActivity { at, activity }
            }
            Edit::ReplaceActivity { id, with } => {
                let at = self.activity(id.as_str())?;
                if with.id != id {
                    self.free(with.id.as_str())?;
                }
                let id = with.id.clone();
                let with = Box::new(mem::replace(&mut self.activities[at], *with));
                Edit::ReplaceActivity { id, with }
            }
            Edit::ReplaceCalendar { id, with } => {
                let at = self.calendar_at(id.as_str())?;
                if with.id != id && self.calendars.iter().any(|c| c.id == with.id) {
                    let id = with.id.as_str().to_owned();
                    return Err(EditError::Taken { id });
                }
                let id = with.id.clone();
                let with = Box::new(mem::replace(&mut self.calendars[at], *with));
                Edit::ReplaceCalendar { id, with }
            }
        })
    }

    fn links(&mut self, of: &NodeRef) -> Result<&mut Vec<LinkDoc>, EditError> {
        let at = find::one(self, of.as_str())?;
        at.thing(self).links().map_err(|kind| {
            let (of, field) = (of.as_str().to_owned(), "after");
            EditError::NoSuchField { of, kind, field }
        })
    }

    fn free(&self, id: &str) -> Result<(), EditError> {
        match find::is_taken(self, id) {
            true => Err(EditError::Taken { id: id.to_owned() }),
            false => Ok(()),
        }
    }

    /// The position of the one activity with this id.
    fn activity(&mut self, id: &str) -> Result<usize, EditError> {
        match find::one(self, id)? {
            At::Activity(at) => Ok(at),
            _ => {
                let ids = self.activities.iter().map(|a| a.id.as_str());
                let near = Nearest::default().find(id, ids).map(str::to_owned);
                let id = id.to_owned();
                Err(EditError::Unknown { id, near })
            }
        }
    }

    fn calendar_at(&self, id: &str) -> Result<usize, EditError> {
        let ids = || self.calendars.iter().map(|c| c.id.as_str());
        let mut found = ids().enumerate().filter(|(_, own)| *own == id);
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Ok(at),
            (Some(_), Some(_)) => Err(EditError::Ambiguous { id: id.to_owned() }),
            (None, _) => {
                let near = Nearest::default().find(id, ids()).map(str::to_owned);
                let id = id.to_owned();
                Err(EditError::Unknown { id, near })
            }
        }
    }
}

fn no_position(of: &str, list: &'static str, at: usize, count: usize) -> EditError {
    let of = of.to_owned();
    EditError::NoSuchPosition { of, list, at, count }
}
