//! Sweden.
//!
//! Lag (1989:253) om allmänna helgdagar lists the public holidays and their dates. Lag (2004:1320) put the national day
//! in the place of Whit Monday, from 2005 on. The law of 1952 (1952:48) had moved midsummer and All Saints to Saturdays
//! from 1953 on; before that, All Saints was kept on a Sunday. 1 May has been a public holiday since 1939.
//!
//! The eves: semesterlag (1977:480) 7 § counts midsummer's eve, Christmas eve and New Year's eve as Sundays.

use chrono::Weekday::{Fri, Sat};

use super::When::Easter;
use super::rule::{Rule, first, on};

/// Before 1953 Annunciation, which is not among the rules, was kept on 25 March.
pub(super) const COMPLETE_FROM: i32 = 1953;

const LAW: &str = "lag (1989:253) om allmänna helgdagar; older law and custom before";
const MOVED: &str = "lag (1989:253) om allmänna helgdagar; lag 1952:48 before";
const EVES: &str = "semesterlag (1977:480) 7 §";

pub(super) const RULES: &[Rule] = &[
    Rule::public("nyårsdagen", "New Year's Day", on(1, 1), LAW),
    Rule::public("trettondedag jul", "Epiphany", on(1, 6), LAW),
    Rule::public("långfredagen", "Good Friday", Easter(-2), LAW),
    Rule::public("påskdagen", "Easter Sunday", Easter(0), LAW),
    Rule::public("annandag påsk", "Easter Monday", Easter(1), LAW),
    Rule::public("första maj", "May Day", on(5, 1), LAW).from(1939),
    Rule::public("Kristi himmelsfärdsdag", "Ascension Day", Easter(39), LAW),
    Rule::public("pingstdagen", "Whit Sunday", Easter(49), LAW),
    Rule::public(
        "annandag pingst",
        "Whit Monday",
        Easter(50),
        "lag (1989:253) om allmänna helgdagar until lag (2004:1320); older law and custom before",
    )
    .until(2004),
    Rule::public(
        "nationaldagen",
        "National Day",
        on(6, 6),
        "lag (1989:253) om allmänna helgdagar as amended by lag (2004:1320)",
    )
    .from(2005),
    Rule::eve("midsommarafton", "Midsummer's Eve", first(Fri, 6, 19), EVES).from(1978),
    Rule::public(
        "midsommardagen",
        "Midsummer Day",
        on(6, 24),
        "older law and custom, until lag 1952:48",
    )
    .until(1952),
    Rule::public("midsommardagen", "Midsummer Day", first(Sat, 6, 20), MOVED).from(1953),
    Rule::public("alla helgons dag", "All Saints' Day", first(Sat, 10, 31), MOVED).from(1953),
    Rule::eve("julafton", "Christmas Eve", on(12, 24), EVES).from(1978),
    Rule::public("juldagen", "Christmas Day", on(12, 25), LAW),
    Rule::public("annandag jul", "Second Day of Christmas", on(12, 26), LAW),
    Rule::eve("nyårsafton", "New Year's Eve", on(12, 31), EVES).from(1978),
];
