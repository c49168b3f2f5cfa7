//! Public holidays of Denmark, Finland, Iceland, Norway and Sweden, by rule.
//!
//! ```
//! use framdrift_model::calendar::holidays::{Country, holidays};
//!
//! let june: Vec<String> = holidays(Country::Sweden, 2026)
//!     .iter()
//!     .map(|h| format!("{} {}", h.date, h.rule.name))
//!     .filter(|line| line.starts_with("2026-06"))
//!     .collect();
//! assert_eq!(june, ["2026-06-06 nationaldagen", "2026-06-19 midsommarafton", "2026-06-20 midsommardagen"]);
//! ```
//!
//! A [`Rule`] says when a holiday falls, in which years it is one, and by which law or custom. Rules come in two
//! [kinds](Kind): public holidays, and days that people have off although no law makes them public holidays, such as
//! Christmas eve.
//!
//! Rules of today are taken to hold for ever after; what parliaments decide later is not known here. For the past, the
//! rules of a country are complete from [`Country::complete_from`] on. Earlier years get those rules that are known to
//! have held, so a holiday since abolished may be missing.
//!
//! # Not here
//!
//! Ordinary Sundays, which are public holidays in all five countries; those that have a name of their own because other
//! holidays hang on them, Easter Sunday and Whit Sunday, are listed. Days that always fall on a Sunday besides, such as
//! the Swedish Annunciation since 1953. Flag days. Regional holidays, such as Åland's autonomy day. Easter eve where no
//! law treats it differently from other Saturdays.

mod dk;
mod easter;
mod fi;
mod is;
mod no;
mod rule;
mod se;

use chrono::{Datelike, NaiveDate};

pub use easter::easter;
pub use rule::{Kind, Rule, When};

use crate::time::Minute;

crate::words! {
    /// A country whose public holidays are known.
    pub enum Country("country") {
        /// Sverige.
        Sweden = "SE",
        /// Norge, Noreg.
        Norway = "NO",
        /// Danmark, without the Faroe Islands and Greenland.
        Denmark = "DK",
        /// Suomi.
        Finland = "FI",
        /// Ísland.
        Iceland = "IS",
    }
}

impl Country {
    /// The two-letter code of ISO 3166-1, in capitals.
    ///
    /// ```
    /// use framdrift_model::calendar::holidays::Country;
    ///
    /// assert_eq!(Country::Iceland.code(), "IS");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.word()
    }

    /// The rules of the country, past and present, in the order of the year.
    #[must_use]
    pub const fn rules(self) -> &'static [Rule] {
        match self {
            Self::Sweden => se::RULES,
            Self::Norway => no::RULES,
            Self::Denmark => dk::RULES,
            Self::Finland => fi::RULES,
            Self::Iceland => is::RULES,
        }
    }

    /// The first year for which no public holiday is missing from the rules.
    #[must_use]
    pub const fn complete_from(self) -> i32 {
        match self {
            Self::Sweden => se::COMPLETE_FROM,
            Self::Norway => no::COMPLETE_FROM,
            Self::Denmark => dk::COMPLETE_FROM,
            Self::Finland => fi::COMPLETE_FROM,
            Self::Iceland => is::COMPLETE_FROM,
        }
    }
}

/// A day on which a rule makes people stay away from work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Holiday {
    /// The day.
    pub date: NaiveDate,
    /// Why it is one.
    pub rule: &'static Rule,
}

/// The holidays of a country in a year, both kinds, by date.
///
/// Two holidays may fall on one day, in which case the day is listed twice, in the order of the
/// [rules](Country::rules). There are none in years that lie outside the span of dates, [`Minute::MIN`] to
/// [`Minute::MAX`].
///
/// ```
/// use framdrift_model::calendar::holidays::{Country, Kind, holidays};
///
/// // Denmark worked on its great prayer day for the first time in 2024.
/// let prayer_day = |year| {
///     let days = holidays(Country::Denmark, year);
///     days.iter().any(|h| h.rule.name == "store bededag")
/// };
/// assert!(prayer_day(2023) && !prayer_day(2024));
///
/// // In Iceland, work ends at 13:00 on Christmas eve.
/// let days = holidays(Country::Iceland, 2026);
/// let eve = days.iter().find(|h| h.rule.kind == Kind::Eve).unwrap();
/// assert_eq!((eve.rule.name, eve.rule.off_from), ("aðfangadagur", 13 * 60));
/// ```
#[must_use]
pub fn holidays(country: Country, year: i32) -> Vec<Holiday> {
    if !(Minute::MIN.date().year()..=Minute::MAX.date().year()).contains(&year) {
        return Vec::new();
    }
    let mut holidays: Vec<Holiday> = country
        .rules()
        .iter()
        .filter_map(|rule| {
            let date = rule.date_in(year)?;
            Some(Holiday { date, rule })
        })
        .collect();
    holidays.sort_by_key(|holiday| holiday.date);
    holidays
}
