//! Denmark.
//!
//! No law lists the holidays of the national church. They are those that the ordinance of 26 October 1770 left standing,
//! and later laws take them as known. Lov nr. 214 af 6. marts 2023 abolished store bededag from 2024 on.
//!
//! The days off that are not public holidays: the shops act (lov om detailsalg fra butikker m.v., lukkeloven) closes shops
//! on Constitution Day, on Christmas eve, and on New Year's eve after 15:00, and agreements commonly give the same days
//! off, in part or in whole. 1 May rests on agreements alone. Whether a work-place keeps Constitution Day and 1 May
//! differs, so check them before relying on them.

use super::When::Easter;
use super::rule::{Rule, on};

/// The holidays of 1770 stood until 2023.
pub(super) const COMPLETE_FROM: i32 = 1900;

const CHURCH: &str = "folkekirkens helligdage, as left by forordning af 26. oktober 1770";
const SHOPS: &str = "custom and agreements; lov om detailsalg fra butikker m.v. (lukkeloven)";

pub(super) const RULES: &[Rule] = &[
    Rule::public("nytårsdag", "New Year's Day", on(1, 1), CHURCH),
    Rule::public("skærtorsdag", "Maundy Thursday", Easter(-3), CHURCH),
    Rule::public("langfredag", "Good Friday", Easter(-2), CHURCH),
    Rule::public("påskedag", "Easter Sunday", Easter(0), CHURCH),
    Rule::public("anden påskedag", "Easter Monday", Easter(1), CHURCH),
    Rule::public(
        "store bededag",
        "Great Prayer Day",
        Easter(26),
        "folkekirkens helligdage, until lov nr. 214 af 6. marts 2023",
    )
    .until(2023),
    Rule::eve("arbejdernes kampdag", "Workers' Day", on(5, 1), "custom and agreements"),
    Rule::public("Kristi himmelfartsdag", "Ascension Day", Easter(39), CHURCH),
    Rule::public("pinsedag", "Whit Sunday", Easter(49), CHURCH),
    Rule::public("anden pinsedag", "Whit Monday", Easter(50), CHURCH),
    Rule::eve("grundlovsdag", "Constitution Day", on(6, 5), SHOPS),
    Rule::eve("juleaftensdag", "Christmas Eve", on(12, 24), SHOPS),
    Rule::public("juledag", "Christmas Day", on(12, 25), CHURCH),
    Rule::public("anden juledag", "Second Day of Christmas", on(12, 26), CHURCH),
    Rule::eve("nytårsaften", "New Year's Eve", on(12, 31), SHOPS),
];
