//! The codes of the faults and warnings that validation reports.

use crate::diagnostic::Code;

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $NAME:ident = $severity:ident $name:literal; )+) => {
        $( $(#[doc = $doc])+ pub const $NAME: Code = Code::$severity($name, concat!($($doc),+)); )+

        /// Every code of this crate.
        pub const CODES: &[Code] = &[$($NAME),+];
    };
}

codes! {
    /// An id has characters that ids do not have, or too many of them.
    BAD_ID = error "bad-id";
    /// Two things in one namespace have the same id.
    DUPLICATE_ID = error "duplicate-id";
    /// A reference names nothing in the programme.
    UNKNOWN_REFERENCE = error "unknown-reference";
    /// A calendar is named that is not declared.
    UNDECLARED_CALENDAR = error "undeclared-calendar";
    /// A phase is named that is not declared.
    UNDECLARED_PHASE = error "undeclared-phase";
    /// A subject is named that is not declared.
    UNDECLARED_SUBJECT = error "undeclared-subject";
    /// A group is named that is not declared.
    UNDECLARED_GROUP = error "undeclared-group";
    /// A role is named that is not declared.
    UNDECLARED_ROLE = error "undeclared-role";
    /// A body is named that is not declared.
    UNDECLARED_BODY = error "undeclared-body";
    /// A body, role or person is named that is not declared.
    UNDECLARED_PARTY = error "undeclared-party";
    /// Calendars build on each other in a ring.
    CIRCULAR_CALENDARS = error "circular-calendars";
    /// A calendar has no working time in any week.
    CALENDAR_WITHOUT_WORKING_TIME = error "calendar-without-working-time";
    /// The exceptional days of the calendars are more than can be held.
    TOO_MANY_EXCEPTIONS = error "too-many-exceptions";
    /// Working hours end before they begin, or overlap others of the same day.
    BAD_HOURS = error "bad-hours";
    /// A window ends before it begins.
    REVERSED_WINDOW = error "reversed-window";
    /// A day, week or month has an impossible number of minutes.
    BAD_MINUTES = error "bad-minutes";
    /// A duration or lag is longer than a hundred years.
    TOO_LONG = error "too-long";
    /// Two dates lie in the wrong order, such as a finish before its start.
    REVERSED_DATES = error "reversed-dates";
    /// Two activities have the same number of another tool.
    DUPLICATE_UID = error "duplicate-uid";
    /// An activity says of itself what cannot hold at once: typed dates, level of effort, a delay.
    CONFLICTING_MODES = error "conflicting-modes";
    /// A delay is given in working time.
    WORKING_DELAY = error "working-delay";
    /// Recorded progress is that of another programme.
    OTHER_PROGRAMME = error "other-programme";
    /// Progress of one thing is recorded twice.
    DUPLICATE_FACT = error "duplicate-fact";
    /// Progress is recorded of a summary, which only spans what belongs to it.
    FACT_ON_SUMMARY = error "fact-on-summary";
    /// Something is recorded that this kind of thing cannot have.
    UNFITTING_FACT = error "unfitting-fact";
    /// Something that has finished is said to have work left.
    LEFT_OF_FINISHED = error "left-of-finished";
    /// Activities are part of each other in a ring.
    CIRCULAR_PARTS = error "circular-parts";
    /// Activities are part of each other over more levels than can be held.
    PARTS_TOO_DEEP = error "parts-too-deep";
    /// A part of an activity says for itself what its summary says for it.
    SAID_BY_THE_SUMMARY = error "said-by-the-summary";
    /// A summary has time of its own.
    TIME_ON_SUMMARY = error "time-on-summary";
    /// A link joins a thing with itself or with a part of itself.
    LINK_TO_ITSELF = error "link-to-itself";
    /// Two items of an agenda overlap, or stand in the wrong order.
    AGENDA_OVERLAP = error "agenda-overlap";
    /// An agenda does not fit into its meeting.
    AGENDA_OUTSIDE_MEETING = error "agenda-outside-meeting";
    /// A programme has more instances or links than can be held.
    TOO_MANY_INSTANCES = error "too-many-instances";
    /// An activity is neither a summary nor says how long it takes.
    ACTIVITY_WITHOUT_DURATION = warning "activity-without-duration";
    /// Nothing belongs to a phase, so that it is a point in time.
    EMPTY_PHASE = warning "empty-phase";
    /// Something is done per subject of a group without subjects.
    EMPTY_GROUP = warning "empty-group";
    /// Something is recorded to have happened after the date up to which progress is recorded.
    FACT_AFTER_STATUS_DATE = warning "fact-after-status-date";
    /// A meeting or gate is planned for a time when nobody works.
    PLANNED_OUTSIDE_WORKING_TIME = warning "planned-outside-working-time";
}
