//! The codes of what is found once dates are computed, and the list of all codes there are.

use framdrift_model::diagnostic::Code;

macro_rules! codes {
    ($( $(#[doc = $doc:literal])+ $NAME:ident = $severity:ident $name:literal; )+) => {
        $( $(#[doc = $doc])+ pub const $NAME: Code = Code::$severity($name, concat!($($doc),+)); )+

        /// Every code of this crate itself.
        pub const CODES: &[Code] = &[$($NAME),+];
    };
}

codes! {
    /// Things wait for each other in a ring.
    DEPENDENCY_CYCLE = error "dependency-cycle";
    /// Something finishes after its deadline.
    MISSED_DEADLINE = warning "missed-deadline";
    /// Something does not fit into its window.
    MISSED_WINDOW = warning "missed-window";
    /// A meeting or gate cannot be held on the date it is planned for.
    MISSED_PLANNED_DATE = warning "missed-planned-date";
    /// Something is later than a constraint allows.
    MISSED_CONSTRAINT = warning "missed-constraint";
    /// The programme finishes after the date by which all of it must be finished.
    MISSED_FINISH = warning "missed-finish";
    /// Counted back from its finish, the programme starts before the date that it is to start.
    MISSED_START = warning "missed-start";
    /// Dates are to be counted back from the finish, and cannot be.
    COUNTED_FROM_START = warning "counted-from-start";
    /// A date lies outside the years 1900 to 9999.
    BEYOND_HORIZON = warning "beyond-horizon";
}

/// Every code that a programme file can get, in the order: text, document, dates.
pub fn all() -> impl Iterator<Item = Code> {
    #[cfg(feature = "text")]
    let text = framdrift_source::codes::CODES;
    #[cfg(not(feature = "text"))]
    let text: &[Code] = &[];
    text.iter().chain(framdrift_model::codes::CODES).chain(CODES).copied()
}
