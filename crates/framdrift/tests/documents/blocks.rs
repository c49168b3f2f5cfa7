//! The blocks of a document.

use framdrift::ProgrammeDoc;
use framdrift::model::calendar::holidays::Country;
use framdrift::model::document::{
    ActivityDoc, AgendaItemDoc, AgendaKind, BodyDoc, CalendarDoc, DeliverableDoc, ExceptionDoc, GateDoc, GroupDoc,
    HolidaysDoc, LeadTimeDoc, MeetingDoc, PartDoc, PersonDoc, PreReadDoc, ReviewDoc, RoleDoc, SubjectDoc, SubjectKind,
    VersionDoc, WeekDoc,
};

use super::{Maker, Names, WORDS};

impl Maker {
    pub(super) fn calendars(&mut self, doc: &mut ProgrammeDoc) -> Vec<String> {
        let mut ids: Vec<String> = Vec::new();
        doc.calendars = self.several(2, |m| {
            let id = m.id();
            let mut calendar = CalendarDoc::new(id.as_str());
            calendar.title = m.title();
            calendar.parent = m.some(40, |m| m.named(&ids)).flatten().map(Into::into);
            let mut week = WeekDoc::new();
            week.monday = Some(vec!["08:00-16:00".parse().expect("hours")]);
            week.tuesday = m.some(50, Self::hours);
            week.wednesday = m.some(50, Self::hours);
            week.thursday = m.some(30, Self::hours);
            week.friday = m.some(30, Self::hours);
            week.saturday = m.some(30, Self::hours);
            week.sunday = m.some(30, Self::hours);
            week.extensions = m.extra();
            if m.mistake() {
                week = WeekDoc::new();
            }
            calendar.week = Some(week);
            calendar.holidays = m.several(1, |m| {
                let mut holidays = HolidaysDoc::new(*m.pick(Country::ALL));
                holidays.eves = m.some(40, |m| m.chance(50));
                holidays.extensions = m.extra();
                holidays
            });
            calendar.exceptions = m.several(2, |m| {
                let mut exception = ExceptionDoc::new(m.window());
                exception.hours = m.hours();
                exception.title = m.title();
                exception.extensions = m.extra();
                exception
            });
            calendar.extensions = m.extra();
            ids.push(id);
            calendar
        });
        ids
    }

    pub(super) fn subjects(&mut self, doc: &mut ProgrammeDoc) -> (Vec<String>, Vec<String>) {
        doc.subjects = self.several(4, |m| {
            let mut subject = SubjectDoc::new(m.id());
            subject.title = m.title();
            subject.kind = m.some(60, |m| *m.pick(SubjectKind::ALL));
            subject.extensions = m.extra();
            subject
        });
        let subjects: Vec<String> = doc.subjects.iter().map(|s| s.id.to_string()).collect();
        doc.groups = self.several(2, |m| {
            let mut group = GroupDoc::new(m.id());
            group.title = m.title();
            let members = m.several(3, |m| m.named(&subjects));
            group.members = members.into_iter().flatten().map(Into::into).collect();
            group.all = m.some(40, |m| *m.pick(SubjectKind::ALL));
            group.extensions = m.extra();
            group
        });
        let groups = doc.groups.iter().map(|g| g.id.to_string()).collect();
        (subjects, groups)
    }

    pub(super) fn parties(&mut self, doc: &mut ProgrammeDoc, _: &[String]) -> Vec<String> {
        doc.roles = self.several(2, |m| {
            let mut role = RoleDoc::new(m.id());
            role.title = m.title();
            role.extensions = m.extra();
            role
        });
        let roles: Vec<String> = doc.roles.iter().map(|r| r.id.to_string()).collect();
        doc.bodies = self.several(2, |m| {
            let mut body = BodyDoc::new(m.id());
            body.title = m.title();
            body.extensions = m.extra();
            body
        });
        doc.people = self.several(2, |m| {
            let mut person = PersonDoc::new(m.id());
            person.title = m.title();
            let held = m.several(2, |m| m.named(&roles));
            person.roles = held.into_iter().flatten().map(Into::into).collect();
            person.extensions = m.extra();
            person
        });
        let bodies = doc.bodies.iter().map(|b| b.id.to_string());
        let people = doc.people.iter().map(|p| p.id.to_string());
        roles.iter().cloned().chain(bodies).chain(people).collect()
    }

    pub(super) fn activity(&mut self, names: &Names) -> ActivityDoc {
        let id = self.id();
        let mut activity = ActivityDoc::new(id.as_str());
        activity.title = self.title();
        activity.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        activity.per = self.some(20, |m| m.named(&names.groups)).flatten().map(Into::into);
        activity.duration = self.some(80, Self::duration);
        activity.calendar = self.some(20, |m| m.named(&names.calendars)).flatten().map(Into::into);
        activity.work_calendar = self.some(10, |m| m.named(&names.calendars)).flatten().map(Into::into);
        activity.responsible = self.some(30, |m| m.named(&names.parties)).flatten().map(Into::into);
        activity.after = self.links();
        activity.deadline = self.some(20, Self::date);
        activity.window = self.some(20, Self::window);
        if activity.duration.is_some() {
            activity.constraints = self.constraints();
            self.modes(&mut activity);
        }
        activity.extensions = self.extra();
        self.nodes.push(id);
        activity
    }

    pub(super) fn deliverable(&mut self, names: &Names) -> DeliverableDoc {
        let id = self.id();
        let mut deliverable = DeliverableDoc::new(id.as_str());
        deliverable.title = self.title();
        deliverable.owner = self.some(30, |m| m.named(&names.parties)).flatten().map(Into::into);
        deliverable.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        deliverable.per = self.some(20, |m| m.named(&names.groups)).flatten().map(Into::into);
        deliverable.calendar = self.some(20, |m| m.named(&names.calendars)).flatten().map(Into::into);
        deliverable.versions = self.several(2, |m| {
            let own = m.id();
            let mut version = VersionDoc::new(own.as_str());
            version.title = m.title();
            version.author = m.some(30, |m| m.named(&names.parties)).flatten().map(Into::into);
            version.phase = m.some(20, |m| m.named(&names.phases)).flatten().map(Into::into);
            version.duration = m.some(60, Self::duration);
            version.after = m.links();
            version.constraints = m.constraints();
            version.deadline = m.some(20, Self::date);
            version.window = m.some(20, Self::window);
            version.reviews = m.several(2, |m| {
                let mut review = ReviewDoc::new(m.id());
                review.title = m.title();
                let asked = m.several(2, |m| m.named(&names.parties));
                review.reviewers = asked.into_iter().flatten().map(Into::into).collect();
                review.duration = m.some(80, Self::duration);
                review.deadline = m.some(20, Self::date);
                review.window = m.some(20, Self::window);
                review.extensions = m.extra();
                review
            });
            version.extensions = m.extra();
            version
        });
        deliverable.extensions = self.extra();
        deliverable
    }

    pub(super) fn pre_reads(&mut self, versions: &[String]) -> Vec<PreReadDoc> {
        let reads = self.several(1, |m| {
            let mut read = PreReadDoc::new(m.named(versions)?);
            read.ahead = m.some(50, Self::period);
            read.extensions = m.extra();
            Some(read)
        });
        reads.into_iter().flatten().collect()
    }

    pub(super) fn agenda(&mut self, versions: &[String], names: &Names) -> Vec<AgendaItemDoc> {
        self.several(3, |m| {
            let mut item = AgendaItemDoc::new(m.id());
            item.title = m.title();
            item.kind = m.some(50, |m| *m.pick(AgendaKind::ALL));
            item.duration = m.some(70, |m| m.parsed(&["15m", "1h", "0.5h"]));
            item.start = if m.mistake() { Some(m.time()) } else { None };
            let presenters = m.several(1, |m| m.named(&names.parties));
            item.presenters = presenters.into_iter().flatten().map(Into::into).collect();
            item.pre_reads = m.pre_reads(versions);
            item.extensions = m.extra();
            item
        })
    }

    pub(super) fn meeting(&mut self, names: &Names, versions: &[String]) -> MeetingDoc {
        let id = self.id();
        let mut meeting = MeetingDoc::new(id.as_str());
        meeting.title = self.title();
        meeting.theme = self.title();
        meeting.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        meeting.per = self.some(15, |m| m.named(&names.groups)).flatten().map(Into::into);
        meeting.calendar = self.some(20, |m| m.named(&names.calendars)).flatten().map(Into::into);
        meeting.body = self.some(30, |m| m.named(&names.bodies)).flatten().map(Into::into);
        let attendees = self.several(2, |m| m.named(&names.parties));
        meeting.attendees = attendees.into_iter().flatten().map(Into::into).collect();
        meeting.pre_reads = self.pre_reads(versions);
        if self.chance(30) {
            meeting.parts = self.several(2, |m| {
                let mut part = PartDoc::new(m.id());
                part.title = m.title();
                part.planned = m.some(40, Self::date);
                part.agenda = m.agenda(versions, names);
                part.extensions = m.extra();
                part
            });
        }
        if meeting.parts.is_empty() {
            meeting.planned = self.some(60, Self::date);
            meeting.agenda = self.agenda(versions, names);
            if meeting.agenda.is_empty() {
                meeting.duration = self.some(50, Self::duration);
            }
        }
        meeting.deadline = self.some(20, Self::date);
        meeting.extensions = self.extra();
        meeting
    }

    pub(super) fn gate(&mut self, names: &Names) -> GateDoc {
        let mut gate = GateDoc::new(self.id());
        gate.title = self.title();
        gate.phase = self.some(30, |m| m.named(&names.phases)).flatten().map(Into::into);
        gate.per = self.some(20, |m| m.named(&names.groups)).flatten().map(Into::into);
        gate.planned = self.some(50, Self::date);
        gate.body = self.some(60, |m| m.named(&names.bodies)).flatten().map(Into::into);
        gate.after = self.links();
        if self.nodes.is_empty() || self.mistake() {
            gate.before = self.several(1, |m| {
                let mut before = LeadTimeDoc::new(*m.pick(WORDS));
                before.lead_time = m.some(70, Self::period);
                before.extensions = m.extra();
                before
            });
        }
        gate.constraints = self.constraints();
        gate.extensions = self.extra();
        gate
    }
}
