//! A checked programme.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{MeetingDoc, ProgrammeDoc};
use crate::place::{Address, Place};
use crate::projection::{BoundOrigin, LinkOrigin, NodeIx, Origin, Projection, TimeLink, TimeNode};
use crate::quantity::Units;
use crate::resolved::Resolved;
use crate::slot::Slot;
use crate::text::LocalText;
use crate::validate::{Damage, units};

/// A programme document without faults, and what checking it learnt. Engines work on it and never doubt its shape.
///
/// It is not deserialised: it only comes from [`ProgrammeDoc::validate`].
#[derive(Clone, Debug)]
pub struct Programme {
    document: ProgrammeDoc,
    resolved: Resolved,
    warnings: Vec<Diagnostic>,
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
        let (resolved, diagnostics) = self.check(&Damage::none()).into_parts();
        if diagnostics.errors() > 0 {
            return Err(Rejected {
                document: Box::new(self),
                diagnostics,
            });
        }
        Ok(Programme {
            document: self,
            resolved,
            warnings: diagnostics.into_iter().collect(),
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

    /// The warnings, in document order.
    #[must_use]
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// What a day, a week and a month of work amount to.
    #[must_use]
    pub fn units(&self) -> Units {
        units(&self.document)
    }

    /// Everything that takes or bounds time, as nodes and links. O(n) in nodes and links.
    #[must_use]
    pub fn projection(&self) -> Projection {
        self.resolved.project(&self.document)
    }

    /// The preferred text of `text`, by the programme's languages.
    #[must_use]
    pub fn text<'t>(&self, text: &'t LocalText) -> &'t str {
        let languages: Vec<&str> = self.document.languages.iter().map(crate::text::Language::as_str).collect();
        text.get(&languages)
    }

    /// What people call a node, where the document says so. An instance carries its subject's title behind a dash.
    #[must_use]
    pub fn title(&self, node: &TimeNode) -> Option<String> {
        let slot = self.slot(node)?;
        let own = slot.timed(&self.document).title.map(|t| self.text(t))?;
        let Origin::Document { subject: Some(subject), .. } = node.origin else {
            return Some(own.to_owned());
        };
        let subject = &self.document.subjects[subject as usize];
        let name = subject.title.as_ref().map_or(subject.id.as_str(), |t| self.text(t));
        Some(format!("{own} – {name}"))
    }

    /// Where a node is written. An instance stands where its template does, and its address names the subject.
    #[must_use]
    pub fn place(&self, node: &TimeNode) -> Place {
        let Some(slot) = self.slot(node) else {
            return Place::default();
        };
        let mut place = slot.place(&self.document);
        if let Origin::Document { subject: Some(subject), .. } = node.origin {
            place.address = at_subject(&place.address, self.document.subjects[subject as usize].id.as_str());
        }
        place
    }

    /// Where a link is written; none for one that nesting implies, such as the order of versions.
    #[must_use]
    pub fn link_place(&self, projection: &Projection, link: &TimeLink) -> Option<Place> {
        let node = |ix: NodeIx| &projection.nodes[ix.index()];
        let (from, to) = (node(link.from), node(link.to));
        let slot_link = crate::resolved::SlotLink {
            from: crate::resolved::End { slot: self.slot_of(from)?, subject: None },
            to: crate::resolved::End { slot: self.slot_of(to)?, subject: None },
            kind: link.kind,
            gap: crate::resolved::Gap::None,
            origin: link.origin,
        };
        match link.origin {
            LinkOrigin::Plain(_) => None,
            _ => crate::project::link_place(&self.document, &self.resolved.slots, &slot_link),
        }
    }

    /// Where a bound of a node is written.
    #[must_use]
    pub fn bound_place(&self, node: &TimeNode, origin: BoundOrigin) -> Place {
        let place = self.place(node);
        match origin {
            BoundOrigin::Planned => place.field("planned"),
            BoundOrigin::Deadline => place.field("deadline"),
            BoundOrigin::Window => place.field("window"),
            BoundOrigin::Constraint(i) => place.item("constraints", i as usize),
        }
    }

    /// The node that an address or a plain reference names: `activity training`, `meeting m1 / part a`, `training@lund`.
    #[must_use]
    pub fn find(&self, projection: &Projection, text: &str) -> Option<NodeIx> {
        let by_id = |id: &str| {
            let at = projection.nodes.iter().position(|n| &*n.id == id)?;
            Some(NodeIx(u32::try_from(at).ok()?))
        };
        if let Some(found) = by_id(text.trim()) {
            return Some(found);
        }
        let address: Address = text.parse().ok()?;
        let segments = address.segments();
        let nouns: Vec<&str> = segments.iter().map(crate::place::Segment::noun).collect();
        let known: &[&[&str]] = &[
            &["phase"],
            &["gate"],
            &["activity"],
            &["meeting"],
            &["meeting", "part"],
            &["deliverable", "version"],
            &["deliverable", "version", "review"],
        ];
        if !known.contains(&nouns.as_slice()) {
            return None;
        }
        let ids: Option<Vec<&str>> = segments.iter().map(crate::place::Segment::id).collect();
        let found = by_id(&ids?.join("/"))?;
        let kind = projection.nodes[found.index()].kind.word();
        (Some(&kind) == nouns.last()).then_some(found)
    }

    /// The agenda of a meeting or a part of one, with begin and end of each item in minutes since midnight.
    #[must_use]
    pub fn timetable(&self, meeting: &MeetingDoc, part: Option<usize>) -> Vec<(i64, i64)> {
        let (items, planned) = match part.and_then(|i| meeting.parts.get(i)) {
            Some(part) => (&part.agenda, part.planned),
            None => (&meeting.agenda, meeting.planned),
        };
        let begins = planned.and_then(crate::date::Date::time).map_or(0, crate::date::TimeOfDay::minute);
        crate::agenda::timetable(items, begins, self.units())
    }

    fn slot_of(&self, node: &TimeNode) -> Option<crate::slot::SlotIx> {
        let id = match node.origin {
            Origin::Document { subject: Some(_), .. } => node.id.rsplit_once('@')?.0,
            Origin::Document { .. } => &node.id,
            Origin::Plain(_) => return None,
        };
        self.resolved.slots.find(id)
    }

    fn slot(&self, node: &TimeNode) -> Option<&Slot> {
        self.slot_of(node).map(|ix| self.resolved.slots.get(ix))
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
