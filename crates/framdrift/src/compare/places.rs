//! The places at which one edit changes a plan, and what they are called together.

use std::collections::BTreeSet;

use framdrift_model::projection::{Origin, TimeNode};

/// What a change is about, place by place: one node, the two ends of a link, or nothing where it is about the whole programme.
pub(super) struct Places<'a>(pub(super) Vec<Vec<&'a TimeNode>>);

impl<'a> Places<'a> {
    /// What stands in one part of each place, such as the beginning of each link.
    fn part(&self, part: usize) -> impl Iterator<Item = &'a TimeNode> + '_ {
        self.0.iter().filter_map(move |place| place.get(part).copied())
    }

    /// The parts in which places differ.
    fn differing(&self) -> impl Iterator<Item = usize> + '_ {
        let parts = self.0.first().map_or(0, Vec::len);
        (0..parts).filter(|part| {
            let mut ids = self.part(*part).map(|node| &node.id);
            let first = ids.next();
            ids.any(|id| Some(id) != first)
        })
    }

    /// How many instances it is made in; none where it is made in one place.
    pub(super) fn instances(&self) -> usize {
        let nodes = self.differing().flat_map(|part| self.part(part));
        let subjects = nodes.filter_map(|node| match node.origin {
            Origin::Document { subject, .. } => subject,
            _ => None,
        });
        subjects.collect::<BTreeSet<u32>>().len()
    }

    /// What a node of the first place is called for all of them: the template instead of an instance, the entry instead of a part.
    pub(super) fn name<'n>(&self, node: &'n TimeNode) -> &'n str {
        let mut own_subject = None;
        for part in self.differing() {
            let Some(first) = self.part(part).next() else { continue };
            if first.id == node.id {
                let all: Vec<&str> = self.part(part).map(|node| template(&node.id)).collect();
                return shared(template(&node.id), &all);
            }
            own_subject = own_subject.or(first.id.split_once('@').map(|(_, subject)| subject));
        }
        let named = self.0.iter().flatten().any(|other| other.id == node.id);
        match node.id.split_once('@') {
            Some((template, subject)) if !named && Some(subject) == own_subject => template,
            _ => &node.id,
        }
    }
}

/// The steps that lead to all of some ids, one of them among them; that one where there are none.
fn shared<'n>(id: &'n str, all: &[&str]) -> &'n str {
    let leads_to = |shared: &str, id: &str| {
        let rest = id.strip_prefix(shared);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut shared = id;
    while !all.iter().all(|id| leads_to(shared, id)) {
        match shared.rsplit_once('/') {
            Some((above, _)) => shared = above,
            None => return id,
        }
    }
    shared
}

/// What an instance is one of.
pub(super) fn template(id: &str) -> &str {
    id.split('@').next().unwrap_or(id)
}
