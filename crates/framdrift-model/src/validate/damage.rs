//! What a reader had to leave out, and which names it may have held.

use std::collections::{BTreeMap, BTreeSet};

use crate::place::Place;

/// What a reader had to leave out of a document because it could not be read.
///
/// Rules stay silent about what is damaged: one cause, one message. Lists and fields are named by their JSON Pointers in the
/// document that is checked, the list of activities by `/activities`. A reference to something unknown is no fault of its own
/// where what was left out may have been meant: an entry with that id, or one without any, of the list that the reference looks
/// in. An entry without an id explains one unknown name, a list that could not be read at all any number of them.
///
/// ```
/// use framdrift_model::Damage;
/// use framdrift_model::document::{ActivityDoc, LinkDoc, ProgrammeDoc};
///
/// let mut document = ProgrammeDoc::new("office-move");
/// let mut pack = ActivityDoc::new("pack");
/// pack.duration = Some("3d".parse().unwrap());
/// pack.after = ["order", "measure"].map(LinkDoc::new).to_vec();
/// document.activities.push(pack);
/// assert_eq!(document.check(&Damage::none()).diagnostics().errors(), 2);
///
/// let mut damage = Damage::none();
/// damage.entry("/activities".to_owned(), None);
/// assert_eq!(document.check(&damage).diagnostics().errors(), 1, "one activity has one name");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Damage {
    fields: BTreeSet<String>,
    lists: BTreeMap<String, Lost>,
    /// Fields that hold what another tool calls otherwise.
    foreign: BTreeSet<String>,
    /// The lists of the document that may go on where reading stopped.
    cut: BTreeSet<&'static str>,
}

/// What is missing from one list.
#[derive(Clone, Debug, Default)]
struct Lost {
    /// The ids of entries that were left out.
    ids: BTreeSet<String>,
    /// How many more were left out.
    nameless: usize,
    /// The list itself could not be read.
    whole: bool,
}

impl Damage {
    /// Nothing was left out.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// The field at this pointer of the document was left out.
    pub fn field(&mut self, pointer: String) {
        self.fields.insert(pointer);
    }

    /// What stands at this pointer was written under a key of another tool and is taken for this field. Names of parties, subjects
    /// and calendars in it may be that tool's: what is at fault is the key.
    pub fn foreign(&mut self, pointer: String) {
        self.foreign.insert(pointer);
    }

    /// An entry of the list at this pointer was left out, with its id where that is known.
    pub fn entry(&mut self, list: String, id: Option<String>) {
        let lost = self.lists.entry(list).or_default();
        match id {
            Some(id) => {
                lost.ids.insert(id);
            }
            None => lost.nameless += 1,
        }
    }

    /// The list at this pointer could not be read: it may have had any entries.
    pub fn list(&mut self, pointer: String) {
        self.lists.entry(pointer).or_default().whole = true;
    }

    /// Reading stopped before the end: the list under this key of the document, and any list within, may have had more entries.
    pub fn cut(&mut self, key: &'static str) {
        self.cut.insert(key);
    }

    /// Whether nothing was left out.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.fields.is_empty() && self.lists.is_empty() && self.cut.is_empty()
    }

    /// Whether a place lies in what was written under a key of another tool.
    pub(super) fn is_foreign(&self, place: &Place) -> bool {
        let mut fields = self.foreign.iter();
        fields.any(|field| {
            let rest = place.pointer.strip_prefix(field.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }

    /// Whether an entry of the list at `pointer` was left out.
    pub(super) fn lost_from(&self, pointer: &str) -> bool {
        self.lists.contains_key(pointer) || self.is_cut(pointer)
    }

    /// Whether a field `key` of any entry was left out.
    pub(super) fn lacks_some(&self, key: &str) -> bool {
        self.fields.iter().any(|f| f.rsplit('/').next() == Some(key))
    }

    /// Whether the field `key` of what stands at a place was left out, or a key that may have been meant for it.
    pub(super) fn lacks(&self, place: &Place, key: &str) -> bool {
        let has = |key: &str| self.fields.contains(&format!("{}/{key}", place.pointer));
        !self.fields.is_empty() && (has(key) || has("?"))
    }

    /// Whether anything was left out of what stands at a place.
    pub(super) fn within(&self, place: &Place) -> bool {
        if self.fields.is_empty() {
            return false;
        }
        let start = format!("{}/", place.pointer);
        self.fields
            .range(start.clone()..)
            .next()
            .is_some_and(|f| f.starts_with(&start))
    }

    /// Whether an entry of the list at `pointer` with this id was left out.
    pub(super) fn named(&self, pointer: &str, id: &str) -> bool {
        self.lists.get(pointer).is_some_and(|lost| lost.ids.contains(id))
    }

    /// How many names the entries that were left out of the list at `pointer` may have had, besides those known; none for any
    /// number of them.
    pub(super) fn nameless(&self, pointer: &str) -> Option<usize> {
        match self.lists.get(pointer) {
            _ if self.is_cut(pointer) => None,
            Some(lost) if lost.whole => None,
            Some(lost) => Some(lost.nameless),
            None => Some(0),
        }
    }

    fn is_cut(&self, pointer: &str) -> bool {
        pointer.split('/').nth(1).is_some_and(|key| self.cut.contains(key))
    }
}
