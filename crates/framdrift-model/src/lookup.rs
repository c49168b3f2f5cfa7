//! From nodes and links back to the document they come from.

use crate::document::ProgrammeDoc;
use crate::id::Uid;
use crate::nearest::Nearest;
use crate::place::{Address, Place, Segment};
use crate::projection::{BoundOrigin, LinkOrigin, NodeIx, NodeKind, Origin, Projection, TimeLink, TimeNode};
use crate::resolved::{End, Gap, Resolved, SlotLink};
use crate::slot::{Slot, SlotIx, Slots};
use crate::spelling::plain;
use crate::text::{Language, LocalText};

/// A document and where in it the nodes of its projection are written.
///
/// Comes from [`Programme::lookup`](crate::Programme::lookup), or for a document with faults from
/// [`Checked::lookup`](crate::Checked::lookup).
#[derive(Clone, Copy, Debug)]
pub struct Lookup<'p> {
    document: &'p ProgrammeDoc,
    resolved: &'p Resolved,
}

impl<'p> Lookup<'p> {
    pub(crate) const fn new(document: &'p ProgrammeDoc, resolved: &'p Resolved) -> Self {
        Self { document, resolved }
    }

    /// The document.
    #[must_use]
    pub const fn document(self) -> &'p ProgrammeDoc {
        self.document
    }

    /// The preferred text of `text`, by the programme's languages.
    #[must_use]
    pub fn text(self, text: &LocalText) -> &str {
        let languages: Vec<&str> = self.document.languages.iter().map(Language::as_str).collect();
        text.get(&languages)
    }

    /// What people call a node, where the document says so. An instance carries its subject's title behind a dash.
    #[must_use]
    pub fn title(self, node: &TimeNode) -> Option<String> {
        let slot = self.slot(node)?;
        let own = slot.timed(self.document).title.map(|t| self.text(t))?;
        let Origin::Document {
            subject: Some(subject), ..
        } = node.origin
        else {
            return Some(own.to_owned());
        };
        let subject = &self.document.subjects[subject as usize];
        let name = subject.title.as_ref().map_or(subject.id.as_str(), |t| self.text(t));
        Some(format!("{own} – {name}"))
    }

    /// The number that another tool knows a node by; none for an instance, whose template has it.
    #[must_use]
    pub fn uid(self, node: &TimeNode) -> Option<Uid> {
        match (node.kind, node.origin) {
            (
                NodeKind::Activity,
                Origin::Document {
                    entry, subject: None, ..
                },
            ) => self.document.activities.get(entry as usize)?.uid,
            _ => None,
        }
    }

    /// Where a node is written. An instance stands where its template does, and its address names the subject.
    #[must_use]
    pub fn place(self, node: &TimeNode) -> Place {
        let Some(slot) = self.slot(node) else {
            return Place::default();
        };
        let mut place = slot.place(self.document);
        if let Origin::Document {
            subject: Some(subject), ..
        } = node.origin
        {
            place.address = at_subject(&place.address, self.document.subjects[subject as usize].id.as_str());
        }
        place
    }

    /// Where a link is written; none for one that nesting implies, such as the order of versions.
    #[must_use]
    pub fn link_place(self, projection: &Projection, link: &TimeLink) -> Option<Place> {
        if matches!(link.origin, LinkOrigin::Plain(_)) {
            return None;
        }
        let end = |ix: NodeIx| {
            Some(End {
                slot: self.slot_ix(&projection.nodes[ix.index()])?,
                subject: None,
            })
        };
        let slot_link = SlotLink {
            from: end(link.from)?,
            to: end(link.to)?,
            kind: link.kind,
            gap: Gap::None,
            origin: link.origin,
        };
        link_place(self.document, &self.resolved.slots, &slot_link)
    }

    /// Where a bound of a node is written.
    #[must_use]
    pub fn bound_place(self, node: &TimeNode, origin: BoundOrigin) -> Place {
        let place = self.place(node);
        match origin {
            BoundOrigin::Planned => place.field("planned"),
            BoundOrigin::Deadline => place.field("deadline"),
            BoundOrigin::Window => place.field("window"),
            BoundOrigin::Constraint(i) => place.item("constraints", i as usize),
        }
    }

    /// The node that an address or a plain reference names: `activity training`, `meeting m1 / part a`, `training@lund`.
    ///
    /// # Errors
    /// [`NotFound`] where nothing in the projection is called that, with the ids that are close to it. O(*n*).
    pub fn find(self, projection: &Projection, text: &str) -> Result<NodeIx, NotFound> {
        let by_id = |id: &str| {
            let at = projection.nodes.iter().position(|n| &*n.id == id)?;
            u32::try_from(at).ok().map(NodeIx)
        };
        let by_address = || {
            let address: Address = text.parse().ok()?;
            let nouns: Vec<&str> = address.segments().iter().map(Segment::noun).collect();
            let known: &[&[&str]] = &[
                &["phase"],
                &["gate"],
                &["activity"],
                &["meeting"],
                &["meeting", "part"],
                &["deliverable", "version"],
                &["deliverable", "version", "review"],
                // With the whole reference behind the word: `version guideline/v2`.
                &["part"],
                &["version"],
                &["review"],
            ];
            if !known.contains(&nouns.as_slice()) {
                return None;
            }
            let ids: Option<Vec<&str>> = address.segments().iter().map(Segment::id).collect();
            let found = by_id(&ids?.join("/"))?;
            let kind = projection.nodes[found.index()].kind.word();
            (Some(&kind) == nouns.last()).then_some(found)
        };
        by_id(text.trim())
            .or_else(by_address)
            .ok_or_else(|| self.not_found(projection, text))
    }

    /// Why [`Lookup::find`] found nothing.
    fn not_found(self, projection: &Projection, text: &str) -> NotFound {
        let ids = || projection.nodes.iter().map(|n| &*n.id);
        let wanted = plain(text);
        let last = wanted.rsplit(' ').next().unwrap_or(&wanted);
        // What is done per subject inside a summary has dates for each subject only.
        let instances = || ids().filter(|id| id.split_once('@').is_some_and(|(id, _)| id == last));
        let titled = || {
            let slots = self.resolved.slots.iter();
            let mut titled = slots.filter(|(_, slot)| slot.timed(self.document).title.is_some_and(|t| t.says(&wanted)));
            titled.find_map(|(_, slot)| ids().find(|id| **id == *slot.id))
        };
        let near = match instances().next().or_else(titled) {
            Some(near) => vec![near],
            None => {
                let mut near = Nearest::default().several(last, ids(), NEAR);
                let more = ids().filter(|id| shares_stem(last, id) && !near.contains(id));
                let more: Vec<&str> = more.take(NEAR.saturating_sub(near.len())).collect();
                near.extend(more);
                near
            }
        };
        NotFound::new(text, near)
    }

    fn slot_ix(self, node: &TimeNode) -> Option<SlotIx> {
        match node.origin {
            Origin::Document {
                entry, nested, inner, ..
            } => self.resolved.slots.at(node.kind, entry, nested, inner),
            Origin::Plain(_) => None,
        }
    }

    fn slot(self, node: &TimeNode) -> Option<&'p Slot> {
        self.slot_ix(node).map(|ix| self.resolved.slots.get(ix))
    }
}

/// Whether one of two names begins with the other, or holds it as a word: `pack` and `packing`, `unpack-boxes` and `boxes`.
fn shares_stem(wanted: &str, id: &str) -> bool {
    let (wanted, id) = (wanted.to_lowercase(), id.to_lowercase());
    let words = |name: &str| name.split(['-', '_', '.', '/', '@']).any(|word| word == wanted);
    let shorter = wanted.chars().count().min(id.chars().count());
    shorter >= 3 && (wanted.starts_with(&id) || id.starts_with(&wanted) || words(&id))
}

/// How many close names are told.
const NEAR: usize = 3;

/// Nothing is called so. The error of every `find`: what was asked for, and the names that are close to it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("nothing with a date is called `{asked}`{}", .near.first().map(|_| format!("; did you mean {}?", listed(.near))).unwrap_or_else(|| "; write an address such as `activity training`, or a reference such as `guideline/v2`".to_owned()))]
#[non_exhaustive]
pub struct NotFound {
    /// What was asked for.
    pub asked: String,
    /// The names that are close to it, the closest first; at most three.
    pub near: Vec<String>,
}

impl NotFound {
    /// Nothing has the name that was asked for; some have one that is close.
    #[must_use]
    pub fn new<'n>(asked: impl Into<String>, near: impl IntoIterator<Item = &'n str>) -> Self {
        Self {
            asked: asked.into(),
            near: near.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// Names in a row: `a`, `b` or `c`.
fn listed(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// The address with the subject behind its last id.
fn at_subject(address: &Address, subject: &str) -> Address {
    let mut out = Address::programme();
    let segments = address.segments();
    for (i, segment) in segments.iter().enumerate() {
        out = match segment.id() {
            Some(id) if i + 1 == segments.len() => out.entry(segment.noun(), &format!("{id}@{subject}")),
            Some(id) => out.entry(segment.noun(), id),
            None => out.field(segment.noun()),
        };
    }
    out
}

/// Where a link is written; none for one that nesting implies.
pub(crate) fn link_place(doc: &ProgrammeDoc, slots: &Slots, link: &SlotLink) -> Option<Place> {
    let (from, to) = (slots.get(link.from.slot), slots.get(link.to.slot));
    let at = |i: u32| i as usize;
    Some(match link.origin {
        LinkOrigin::After(i) => to
            .place(doc)
            .entry("after", at(i), "after", &to.timed(doc).after[at(i)].from),
        LinkOrigin::Before(i) => from
            .place(doc)
            .entry("before", at(i), "before", &from.timed(doc).before[at(i)].to),
        LinkOrigin::BetweenAfter => to.place(doc).field("between").field("after"),
        LinkOrigin::BetweenBefore => from.place(doc).field("between").field("before"),
        LinkOrigin::PreRead(i) => {
            to.place(doc)
                .entry("pre-reads", at(i), "pre-read", &to.timed(doc).pre_reads[at(i)].version)
        }
        LinkOrigin::AgendaPreRead(i, j) => {
            let meeting = &doc.meetings[to.entry as usize];
            let item = match to.kind {
                NodeKind::Part => &meeting.parts[to.nested as usize].agenda[at(i)],
                _ => &meeting.agenda[at(i)],
            };
            let read = &item.pre_reads[at(j)].version;
            to.place(doc)
                .entry("agenda", at(i), "item", &item.id)
                .entry("pre-reads", at(j), "pre-read", read)
        }
        LinkOrigin::Plain(_) | LinkOrigin::PartOrder | LinkOrigin::VersionOrder | LinkOrigin::ReviewOrder => {
            return None;
        }
    })
}
