//! Working time in a file.

use crate::calendar::holidays::Country;
use crate::date::{Hours, Window};
use crate::id::CalendarId;
use crate::text::LocalText;

crate::document! {
    /// What a day, a week and a month of work amount to, in minutes. A duration of `2d` is twice `day`, whatever hours the
    /// activity's calendar has.
    pub struct MinutesDoc("minutes") {
        required {}
        optional {
            /// Minutes in `1d`, 1 to 1 440; 480 when left out.
            day: Option<u32> = "day",
            /// Minutes in `1w`, 1 to 10 080; five days when left out.
            week: Option<u32> = "week",
            /// Minutes in `1mo`, 1 to 44 640; twenty days when left out.
            month: Option<u32> = "month",
        }
    }
}

crate::document! {
    /// A calendar: weekly hours, public holidays and exceptions.
    ///
    /// A day's hours come from the exceptions and public holidays, its own before its parent's and an exception before a
    /// holiday; then from the week, its own before its parent's. A day that nobody mentions is free. The week must have working
    /// time on some day.
    pub struct CalendarDoc("calendar", key "id") {
        required {
            /// The calendar's id.
            id: CalendarId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// The calendar it builds on.
            parent: Option<CalendarId> = "parent",
            /// Weekly hours.
            week: Option<WeekDoc> = "week",
            /// The public holidays that are free, by country. Working hours on one take an exception.
            holidays: Vec<HolidaysDoc> = "holidays",
            /// Days that differ from the week: the last entry that covers a day counts.
            exceptions: Vec<ExceptionDoc> = "exceptions",
        }
    }
}

crate::document! {
    /// Hours per day of the week. A day left out is the parent's; an empty list is a free day.
    pub struct WeekDoc("week") {
        required {}
        optional {
            /// Monday.
            monday: Option<Vec<Hours>> = "mon",
            /// Tuesday.
            tuesday: Option<Vec<Hours>> = "tue",
            /// Wednesday.
            wednesday: Option<Vec<Hours>> = "wed",
            /// Thursday.
            thursday: Option<Vec<Hours>> = "thu",
            /// Friday.
            friday: Option<Vec<Hours>> = "fri",
            /// Saturday.
            saturday: Option<Vec<Hours>> = "sat",
            /// Sunday.
            sunday: Option<Vec<Hours>> = "sun",
        }
    }
}

crate::document! {
    /// The public holidays of a country.
    pub struct HolidaysDoc("holidays", key "country", short country) {
        required {
            /// The country.
            country: Country = "country",
        }
        optional {
            /// Whether customary and agreed days off count too, such as Midsummer Eve; no when left out.
            eves: Option<bool> = "eves",
        }
    }
}

crate::document! {
    /// Days that differ from the week.
    pub struct ExceptionDoc("exception", key "on", short on) {
        required {
            /// The days: one, or a stretch such as `2026-12-24/2027-01-01`.
            on: Window = "on",
        }
        optional {
            /// The hours worked on them; none when left out.
            hours: Vec<Hours> = "hours",
            /// Why they differ.
            title: Option<LocalText> = "title",
        }
    }
}

impl WeekDoc {
    /// The days with their keys, Monday first; a day left out has no hours here.
    #[must_use]
    pub fn days(&self) -> [(&'static str, Option<&Vec<Hours>>); 7] {
        let Self {
            monday,
            tuesday,
            wednesday,
            thursday,
            friday,
            saturday,
            sunday,
            extensions: _,
        } = self;
        [
            ("mon", monday.as_ref()),
            ("tue", tuesday.as_ref()),
            ("wed", wednesday.as_ref()),
            ("thu", thursday.as_ref()),
            ("fri", friday.as_ref()),
            ("sat", saturday.as_ref()),
            ("sun", sunday.as_ref()),
        ]
    }
}
