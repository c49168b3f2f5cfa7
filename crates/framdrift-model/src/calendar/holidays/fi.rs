//! Finland.
//!
//! The church act (kirkkolaki; 1054/1993, now 652/2023) lists the church's holidays. From 1973 to 1991 Epiphany and
//! Ascension Day were kept on Saturdays, as employers and unions had asked; both returned to their days in 1992 (so the
//! church's paper Kotimaa, and the almanac office of the University of Helsinki by way of the Finnish Wikipedia). Laws of
//! their own make 1 May (1944) and Independence Day (388/1937) days off.
//!
//! The eves of midsummer and Christmas are days off by collective agreements.

use chrono::Weekday::{Fri, Sat};

use super::When::Easter;
use super::rule::{Rule, first, on};

/// Until 1972 Whit Monday and Annunciation could be days off, and are not among the rules.
pub(super) const COMPLETE_FROM: i32 = 1973;

const CHURCH: &str = "kirkkolaki (652/2023); kirkkolaki (1054/1993) and older church acts before";
const SATURDAYS: &str = "older church acts, which kept it on a Saturday from 1973 to 1991";
const EVES: &str = "custom and agreements";

pub(super) const RULES: &[Rule] = &[
    Rule::public("uudenvuodenpäivä", "New Year's Day", on(1, 1), CHURCH),
    Rule::public("loppiainen", "Epiphany", on(1, 6), CHURCH).until(1972),
    Rule::public("loppiainen", "Epiphany", first(Sat, 1, 6), SATURDAYS)
        .from(1973)
        .until(1991),
    Rule::public("loppiainen", "Epiphany", on(1, 6), CHURCH).from(1992),
    Rule::public("pitkäperjantai", "Good Friday", Easter(-2), CHURCH),
    Rule::public("pääsiäispäivä", "Easter Sunday", Easter(0), CHURCH),
    Rule::public("toinen pääsiäispäivä", "Easter Monday", Easter(1), CHURCH),
    Rule::public(
        "vappu",
        "May Day",
        on(5, 1),
        "the act of 1944 on arranging May Day as a day off (vapunpäivän järjestämisestä vapaapäiväksi)",
    )
    .from(1944),
    Rule::public("helatorstai", "Ascension Day", Easter(39), CHURCH).until(1972),
    Rule::public("helatorstai", "Ascension Day", Easter(34), SATURDAYS)
        .from(1973)
        .until(1991),
    Rule::public("helatorstai", "Ascension Day", Easter(39), CHURCH).from(1992),
    Rule::public("helluntaipäivä", "Whit Sunday", Easter(49), CHURCH),
    Rule::eve("juhannusaatto", "Midsummer's Eve", on(6, 23), EVES).until(1954),
    Rule::eve("juhannusaatto", "Midsummer's Eve", first(Fri, 6, 19), EVES).from(1955),
    Rule::public("juhannuspäivä", "Midsummer Day", on(6, 24), CHURCH).until(1954),
    Rule::public("juhannuspäivä", "Midsummer Day", first(Sat, 6, 20), CHURCH).from(1955),
    Rule::public("pyhäinpäivä", "All Saints' Day", first(Sat, 10, 31), CHURCH).from(1955),
    Rule::public(
        "itsenäisyyspäivä",
        "Independence Day",
        on(12, 6),
        "laki itsenäisyyspäivän viettämisestä yleisenä juhla- ja vapaapäivänä (388/1937)",
    )
    .from(1937),
    Rule::eve("jouluaatto", "Christmas Eve", on(12, 24), EVES),
    Rule::public("joulupäivä", "Christmas Day", on(12, 25), CHURCH),
    Rule::public("tapaninpäivä", "Saint Stephen's Day", on(12, 26), CHURCH),
];
