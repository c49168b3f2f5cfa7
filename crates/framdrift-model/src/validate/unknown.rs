//! Names that nothing has, and what was left out that may have had them.
//!
//! An entry that lost its id explains one name that nothing has, and no more than one. Which one cannot be known, so names are
//! collected first; those that look like no other name are the likelier ones to be explained, then those that stand first.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Report;
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

    /// How many names what is missing from a list explains; none for any number of them.
    fn room(&self, list: &str) -> Option<usize> {
        let astray = self.unknown.astray.get(list).copied().unwrap_or(0);
        self.damage.nameless(list).map(|lost| lost + astray)
    }

    /// Reports the names that are more than what was left out explains.
    pub(crate) fn settle_unknown(&mut self) {
        let names = std::mem::take(&mut self.unknown.names);
        let explained = explained(|list| self.room(list), &names);
        for (name, explained) in names.into_iter().zip(explained) {
            if !explained {
                self.push(name.diagnostic);
            }
        }
    }
}

/// For each mention of a name, whether what was left out explains it: all mentions of one name or none.
fn explained(room: impl Fn(&str) -> Option<usize>, names: &[Name]) -> Vec<bool> {
    // One thing stands in one list: where a name is mentioned twice, only the lists that both may mean are left.
    let mut things: BTreeMap<(Space, &str), (bool, usize, Vec<&ListPointer>)> = BTreeMap::new();
    for (at, name) in names.iter().enumerate() {
        let resembles = name.diagnostic.fix().is_some();
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
