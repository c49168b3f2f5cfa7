//! Norway.
//!
//! Lov 24. februar 1995 nr. 12 om helligdager og helligdagsfred § 2 lists the church's holidays; lov 26. april 1947 nr. 1
//! om 1 og 17 mai som høgtidsdager puts those two days on a par with Sundays.
//!
//! The eves: arbeidsmiljøloven (lov 17. juni 2005 nr. 62) § 10-10 ends work at 15:00 on the eves of Easter, Whitsun and
//! Christmas, from 2006 on. Two of them are Saturdays.

use super::When::Easter;
use super::rule::{Rule, on};

/// Until 1950 there was a day of prayer, which is not among the rules.
pub(super) const COMPLETE_FROM: i32 = 1951;

const LAW: &str = "lov 24. februar 1995 nr. 12 om helligdager og helligdagsfred § 2; older law and custom before";
const MAY: &str = "lov 26. april 1947 nr. 1 om 1 og 17 mai som høgtidsdager § 1";
const EVES: &str = "lov 17. juni 2005 nr. 62 om arbeidsmiljø, arbeidstid og stillingsvern mv. § 10-10";

pub(super) const RULES: &[Rule] = &[
    Rule::public("første nyttårsdag", "New Year's Day", on(1, 1), LAW),
    Rule::public("skjærtorsdag", "Maundy Thursday", Easter(-3), LAW),
    Rule::public("langfredag", "Good Friday", Easter(-2), LAW),
    Rule::eve("påskeaften", "Easter Eve", Easter(-1), EVES)
        .from(2006)
        .off_from_hour(15),
    Rule::public("første påskedag", "Easter Sunday", Easter(0), LAW),
    Rule::public("andre påskedag", "Easter Monday", Easter(1), LAW),
    Rule::public("arbeidernes dag", "Labour Day", on(5, 1), MAY).from(1947),
    Rule::public("grunnlovsdag", "Constitution Day", on(5, 17), MAY).from(1947),
    Rule::public("Kristi himmelfartsdag", "Ascension Day", Easter(39), LAW),
    Rule::eve("pinseaften", "Whitsun Eve", Easter(48), EVES)
        .from(2006)
        .off_from_hour(15),
    Rule::public("første pinsedag", "Whit Sunday", Easter(49), LAW),
    Rule::public("andre pinsedag", "Whit Monday", Easter(50), LAW),
    Rule::eve("julaften", "Christmas Eve", on(12, 24), EVES)
        .from(2006)
        .off_from_hour(15),
    Rule::public("første juledag", "Christmas Day", on(12, 25), LAW),
    Rule::public("andre juledag", "Second Day of Christmas", on(12, 26), LAW),
];
