//! Names that nothing has, and what was left out that may have had them.
//!
//! An entry that lost its id explains one name that nothing has, and no more than one; so does one whose id is not well-formed and
//! that nothing names as it is. Which one cannot be known, so names are collected first; those that a bad id is close to are the
//! likeliest ones to be explained, then those that look like no other name, then those that stand first.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use super::names::well_formed;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// A pointer to a list of the document.
pub(crate) type ListPointer = Cow<'static, str>;

/// The lists whose entries a name may mean, as far as one name may belong to several things.
pub(crate) type Lists = Vec<ListPointer>;

/// What kind of name it is: one name is one thing within its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Space {
    /// What takes or bounds time.
    Nodes,
    /// Subjects and their groups.
    Subjects,
    /// Bodies, roles and people.
    Parties,
    /// Calendars.
    Calendars,
}

/// A name that nothing has, and the fault that it is unless it is explained.
struct Name {
    space: Space,
    name: Box<str>,
    lists: Lists,
    diagnostic: Diagnostic,
}

/// The names that something left out may have had.
#[derive(Default)]
pub(crate) struct Unknown {
    names: Vec<Name>,
    /// How many entries of a list are there and name nothing themselves.
    astray: BTreeMap<String, usize>,
    /// By list, the ids that are not well-formed and that nothing names so far.
    bad: BTreeMap<String, BTreeSet<String>>,
}

impl Report<'_> {
    /// Reports a name that nothing in these lists has, unless something that was left out of them explains it. In a list below
    /// another, such as versions, `name` is the whole reference down to the entry.
    pub(crate) fn unknown(&mut self, space: Space, name: &str, lists: Lists, diagnostic: Diagnostic) {
        let last = name.rsplit('/').next().unwrap_or(name);
        let damage = self.damage;
        // What another tool keeps in tables of its own is named after it; activities are those of this file.
        if space != Space::Nodes && damage.is_foreign(diagnostic.place()) {
            return;
        }
        if lists.iter().any(|list| damage.named(list, last)) {
            return;
        }
        let explicable = lists.iter().any(|list| self.room(list) != Some(0));
        if !explicable || self.unknown.names.len() >= Diagnostics::KEPT {
            self.push(diagnostic);
            return;
        }
        self.unknown.names.push(Name {
            space,
            name: name.into(),
            lists,
            diagnostic,
        });
    }

    /// Remembers that an entry of the list of names at `pointer` names nothing: what it was meant to name is missing there.
    pub(crate) fn astray(&mut self, pointer: String) {
        *self.unknown.astray.entry(pointer).or_default() += 1;
    }

    /// Remembers that an id of the list at `pointer` is not well-formed: what is named otherwise may be its entry.
    pub(crate) fn bad_id(&mut self, pointer: String, id: &str) {
        self.unknown.bad.entry(pointer).or_default().insert(id.to_owned());
    }

    /// Remembers that something is named as it is, step by step. Then no other name is explained by it.
    pub(crate) fn named(&mut self, name: &str) {
        if !self.unknown.bad.is_empty() {
            for ids in self.unknown.bad.values_mut() {
                ids.retain(|id| !name.split('/').any(|step| step == id));
            }
        }
    }

    /// How many names what is missing from a list explains; none for any number of them.
    fn room(&self, list: &str) -> Option<usize> {
        let astray = self.unknown.astray.get(list).copied().unwrap_or(0);
        let bad = self.unknown.bad.get(list).map_or(0, BTreeSet::len);
        self.damage.nameless(list).map(|lost| lost + astray + bad)
    }

    /// Whether a name is what a bad id of one of its lists was probably meant to be.
    fn is_close_to_a_bad_id(&self, name: &Name) -> bool {
        let last = name.name.rsplit('/').next().unwrap_or(&name.name);
        let bad = name.lists.iter().filter_map(|list| self.unknown.bad.get(&**list));
        bad.flatten().any(|id| id.starts_with(last) || well_formed(id) == last)
    }

    /// Reports the names that are more than what was left out explains.
    pub(crate) fn settle_unknown(&mut self) {
        let names = std::mem::take(&mut self.unknown.names);
        let close: Vec<bool> = names.iter().map(|name| self.is_close_to_a_bad_id(name)).collect();
        let explained = explained(|list| self.room(list), &names, &close);
        for (name, explained) in names.into_iter().zip(explained) {
            if !explained {
                self.push(name.diagnostic);
            }
        }
    }
}

/// What a name may mean: how unlikely it is to be explained, where it is first mentioned, and the lists that it may stand in.
type Thing<'n> = ([bool; 2], usize, Vec<&'n ListPointer>);

/// For each mention of a name, whether what was left out explains it: all mentions of one name or none.
fn explained(room: impl Fn(&str) -> Option<usize>, names: &[Name], close: &[bool]) -> Vec<bool> {
    // One thing stands in one list: where a name is mentioned twice, only the lists that both may mean are left.
    let mut things: BTreeMap<(Space, &str), Thing<'_>> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let resembles = [!close[at], name.diagnostic.fix().is_some()];
        let thing = things
            .entry((name.space, &name.name))
            .or_insert_with(|| (resembles, at, name.lists.iter().collect()));
        thing.2.retain(|list| name.lists.contains(list));
    }
    let mut order: Vec<_> = things.into_iter().collect();
    order.sort_by_key(|(_, (resembles, at, _))| (*resembles, *at));
    let mut left: BTreeMap<&str, Option<usize>> = BTreeMap::new();
    let mut known = BTreeMap::new();
    for (thing, (_, _, lists)) in order {
        let mut found = false;
        for list in lists {
            let left = left.entry(list).or_insert_with(|| room(list));
            if *left != Some(0) {
                *left = left.map(|left| left - 1);
                found = true;
                break;
            }
        }
        known.insert(thing, found);
    }
    names.iter().map(|n| known[&(n.space, &*n.name)]).collect()
}
