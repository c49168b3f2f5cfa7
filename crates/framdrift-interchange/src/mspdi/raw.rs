//! What an MSPDI file says, typed, before anything is made of it.

use super::value::{Amount, Format, Stamp};

/// A project.
#[derive(Debug, Default)]
pub(crate) struct RawProject {
    pub(crate) name: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) start: Option<Stamp>,
    pub(crate) finish: Option<Stamp>,
    pub(crate) status: Option<Stamp>,
    pub(crate) from_finish: bool,
    pub(crate) calendar: Option<i64>,
    pub(crate) minutes_per_day: Option<i64>,
    pub(crate) minutes_per_week: Option<i64>,
    pub(crate) days_per_month: Option<i64>,
    /// Days.
    pub(crate) critical_slack_limit: i64,
    pub(crate) multiple_critical_paths: bool,
    pub(crate) honor_constraints: Option<bool>,
    pub(crate) calendars: Vec<RawCalendar>,
    pub(crate) tasks: Vec<RawTask>,
    pub(crate) resources: Vec<RawResource>,
    pub(crate) assignments: Vec<RawAssignment>,
}

/// A calendar.
#[derive(Debug, Default)]
pub(crate) struct RawCalendar {
    pub(crate) line: u32,
    pub(crate) uid: i64,
    pub(crate) name: Option<String>,
    pub(crate) is_base: bool,
    pub(crate) base: Option<i64>,
    /// Sunday first; `None` where the day is the base calendar's.
    pub(crate) week: RawWeek,
    pub(crate) exceptions: Vec<RawException>,
    pub(crate) work_weeks: Vec<RawWorkWeek>,
}

/// Hours per day of the week, Sunday first. `None` where nothing is said.
pub(crate) type RawWeek = [Option<Vec<RawHours>>; 7];

/// Minutes of the day from and to; `to` at or before `from` passes midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RawHours {
    pub(crate) from: u16,
    pub(crate) to: u16,
}

/// Days that differ.
#[derive(Debug, Default)]
pub(crate) struct RawException {
    pub(crate) line: u32,
    pub(crate) name: Option<String>,
    pub(crate) from: Option<Stamp>,
    pub(crate) to: Option<Stamp>,
    pub(crate) hours: Vec<RawHours>,
    /// Whether it stands among the days of the week, as versions before 2007 have it. Later ones write both forms, and in this one
    /// what comes again is laid out day by day.
    pub(crate) among_days: bool,
    pub(crate) recurrence: RawRecurrence,
}

/// How an exception comes again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct RawRecurrence {
    pub(crate) kind: Option<i64>,
    pub(crate) by_occurrences: bool,
    pub(crate) occurrences: Option<i64>,
    pub(crate) period: Option<i64>,
    /// Bits, Sunday lowest.
    pub(crate) days_of_week: Option<i64>,
    pub(crate) month_item: Option<i64>,
    pub(crate) month_position: Option<i64>,
    /// January is 0.
    pub(crate) month: Option<i64>,
    pub(crate) month_day: Option<i64>,
}

/// A week that holds for a stretch of dates.
#[derive(Debug, Default)]
pub(crate) struct RawWorkWeek {
    pub(crate) line: u32,
    pub(crate) from: Option<Stamp>,
    pub(crate) to: Option<Stamp>,
    pub(crate) week: RawWeek,
}

/// A task.
#[derive(Debug, Default)]
pub(crate) struct RawTask {
    pub(crate) line: u32,
    pub(crate) uid: i64,
    pub(crate) name: Option<String>,
    pub(crate) is_null: bool,
    pub(crate) outline_level: Option<i64>,
    pub(crate) kind: Option<i64>,
    pub(crate) summary: bool,
    pub(crate) milestone: bool,
    pub(crate) subproject: bool,
    pub(crate) external: bool,
    pub(crate) active: Option<bool>,
    pub(crate) manual: bool,
    pub(crate) manual_start: Option<Stamp>,
    pub(crate) manual_finish: Option<Stamp>,
    pub(crate) manual_duration: Option<Amount>,
    pub(crate) start: Option<Stamp>,
    pub(crate) finish: Option<Stamp>,
    pub(crate) duration: Option<Amount>,
    pub(crate) format: Option<Format>,
    pub(crate) constraint: i64,
    pub(crate) constraint_date: Option<Stamp>,
    pub(crate) deadline: Option<Stamp>,
    pub(crate) calendar: Option<i64>,
    pub(crate) ignore_resource_calendar: bool,
    /// Tenths of minutes.
    pub(crate) leveling_delay: i64,
    pub(crate) leveling_format: Option<Format>,
    pub(crate) percent_complete: i64,
    pub(crate) actual_start: Option<Stamp>,
    pub(crate) actual_finish: Option<Stamp>,
    pub(crate) remaining: Option<Amount>,
    pub(crate) stop: Option<Stamp>,
    pub(crate) resume: Option<Stamp>,
    pub(crate) links: Vec<RawLink>,
}

/// A dependency on a predecessor.
#[derive(Debug, Default)]
pub(crate) struct RawLink {
    pub(crate) line: u32,
    pub(crate) predecessor: i64,
    pub(crate) kind: Option<i64>,
    pub(crate) cross_project: bool,
    /// Tenths of minutes, or whole per cent.
    pub(crate) lag: i64,
    pub(crate) format: Option<Format>,
}

/// A resource.
#[derive(Debug, Default)]
pub(crate) struct RawResource {
    pub(crate) uid: i64,
    /// 0 material, 1 work, 2 cost.
    pub(crate) kind: Option<i64>,
    pub(crate) calendar: Option<i64>,
}

/// Who works on what.
#[derive(Debug, Default)]
pub(crate) struct RawAssignment {
    pub(crate) line: u32,
    pub(crate) task: i64,
    pub(crate) resource: i64,
    /// Thousandths of a unit.
    pub(crate) units: Option<i64>,
    pub(crate) work: Option<Amount>,
    /// 0 flat.
    pub(crate) contour: i64,
    /// Tenths of minutes.
    pub(crate) delay: i64,
}
