//! Things by their titles, for references that name a title where an id is wanted.

use std::collections::HashMap;

use super::Report;
use super::unknown::Space;
use crate::document::ProgrammeDoc;
use crate::slot::Slots;
use crate::spelling::plain;
use crate::text::LocalText;

/// The ids of things by what their titles say, in small letters; made when the first is asked for.
#[derive(Default)]
pub(crate) struct Titles(Option<HashMap<(Space, String), String>>);

impl Report<'_> {
    /// The id of the first thing with this title, in any language.
    pub(crate) fn titled(&mut self, space: Space, title: &str) -> Option<&str> {
        let doc = self.doc;
        let titles = self.titles.0.get_or_insert_with(|| of(doc));
        titles.get(&(space, plain(title).to_lowercase())).map(String::as_str)
    }
}

fn of(doc: &ProgrammeDoc) -> HashMap<(Space, String), String> {
    let mut out = HashMap::new();
    let mut add = |space: Space, title: Option<&LocalText>, id: &str| {
        let texts: Vec<&str> = match title {
            None => Vec::new(),
            Some(LocalText::Plain(text)) => vec![text],
            Some(LocalText::ByLanguage(texts)) => texts.iter().map(|(_, text)| &**text).collect(),
        };
        for text in texts {
            let title = plain(text).to_lowercase();
            out.entry((space, title)).or_insert_with(|| id.to_owned());
        }
    };
    for (_, slot) in Slots::of(doc).iter() {
        add(Space::Nodes, slot.timed(doc).title, &slot.id);
    }
    for subject in &doc.subjects {
        add(Space::Subjects, subject.title.as_ref(), subject.id.as_str());
    }
    for group in &doc.groups {
        add(Space::Subjects, group.title.as_ref(), group.id.as_str());
    }
    for role in &doc.roles {
        add(Space::Parties, role.title.as_ref(), role.id.as_str());
    }
    for body in &doc.bodies {
        add(Space::Parties, body.title.as_ref(), body.id.as_str());
    }
    for person in &doc.people {
        add(Space::Parties, person.title.as_ref(), person.id.as_str());
    }
    for calendar in &doc.calendars {
        add(Space::Calendars, calendar.title.as_ref(), calendar.id.as_str());
    }
    out
}
