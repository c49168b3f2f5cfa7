//! Iceland.
//!
//! Lög um 40 stunda vinnuviku nr. 88/1971, 6. gr., gives a day off on the national church's holidays, the first day of
//! summer, 1 May and 17 June, from 13:00 on Christmas eve and New Year's eve, and since 1983 on the first Monday of
//! August. Lög nr. 32/1997 (um helgidagafrið, since 2019 um frið vegna helgihalds), 2. gr., lists the church's holidays.

use chrono::Weekday::{Mon, Thu};

use super::When::Easter;
use super::rule::{Rule, first, on};

/// The act of 1971 is counted from the year after it.
pub(super) const COMPLETE_FROM: i32 = 1972;

const CHURCH: &str = "lög nr. 32/1997, 2. gr.; older law and custom before";
const WEEK: &str = "lög um 40 stunda vinnuviku nr. 88/1971, 6. gr.";

pub(super) const RULES: &[Rule] = &[
    Rule::public("nýársdagur", "New Year's Day", on(1, 1), CHURCH),
    Rule::public("skírdagur", "Maundy Thursday", Easter(-3), CHURCH),
    Rule::public("föstudagurinn langi", "Good Friday", Easter(-2), CHURCH),
    Rule::public("páskadagur", "Easter Sunday", Easter(0), CHURCH),
    Rule::public("annar í páskum", "Easter Monday", Easter(1), CHURCH),
    Rule::public("sumardagurinn fyrsti", "First Day of Summer", first(Thu, 4, 19), WEEK).from(1972),
    Rule::public("verkalýðsdagurinn", "Labour Day", on(5, 1), WEEK).from(1972),
    Rule::public("uppstigningardagur", "Ascension Day", Easter(39), CHURCH),
    Rule::public("hvítasunnudagur", "Whit Sunday", Easter(49), CHURCH),
    Rule::public("annar í hvítasunnu", "Whit Monday", Easter(50), CHURCH),
    Rule::public("þjóðhátíðardagurinn", "National Day", on(6, 17), WEEK).from(1972),
    Rule::public("frídagur verslunarmanna", "Commerce Day", first(Mon, 8, 1), WEEK).from(1983),
    Rule::eve("aðfangadagur", "Christmas Eve", on(12, 24), WEEK)
        .from(1972)
        .off_from_hour(13),
    Rule::public("jóladagur", "Christmas Day", on(12, 25), CHURCH),
    Rule::public("annar í jólum", "Second Day of Christmas", on(12, 26), CHURCH),
    Rule::eve("gamlársdagur", "New Year's Eve", on(12, 31), WEEK)
        .from(1972)
        .off_from_hour(13),
];
