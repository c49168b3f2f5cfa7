//! Ids: people's names for things.
//!
//! Making an id never fails; whether it is well-formed is a rule of validation, so that a bad id is one fault among
//! others. Well-formed is: 1 to 64 letters, digits, `-`, `_` or `.` (letters of any script). A [`Uid`] is the number that another
//! tool knows a thing by.

use std::fmt;

/// The most characters an id may have.
pub const LONGEST: usize = 64;

/// Whether `text` is a well-formed id.
///
/// ```
/// assert!(framdrift_model::id::is_well_formed("utbildningsmaterial-2.1"));
/// assert!(!framdrift_model::id::is_well_formed("two words"));
/// ```
#[must_use]
pub fn is_well_formed(text: &str) -> bool {
    let mut count = 0;
    text.chars().all(|c| {
        count += 1;
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
    }) && (1..=LONGEST).contains(&count)
}

macro_rules! ids {
    ($( $(#[$doc:meta])* $Name:ident: $noun:literal, $expects:literal, $pattern:literal; )+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub struct $Name(Box<str>);

        impl $Name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                Self(text.into())
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self(text.into())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(text.into())
            }
        }

        impl PartialEq<str> for $Name {
            fn eq(&self, other: &str) -> bool {
                &*self.0 == other
            }
        }

        impl PartialEq<&str> for $Name {
            fn eq(&self, other: &&str) -> bool {
                &*self.0 == *other
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        crate::scalar!($Name, $noun, expects $expects, pattern $pattern);
        crate::if_arbitrary! {
            impl<'a> crate::Arbitrary<'a> for $Name {
                fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
                    // A small pool, so that references often meet.
                    const POOL: [&str; 12] = [
                        "a", "b", "c", "d", "e", "a/a", "a/b", "b/a/c", "a@b", "c/d@a", "", "å ä",
                    ];
                    Ok(Self::from(*u.choose(&POOL)?))
                }
            }
        }
    )+};
}

ids! {
    /// A programme's id.
    ProgrammeId: "programme id", "an id", "^.*$";
    /// A calendar's id.
    CalendarId: "calendar id", "a calendar's id", "^.*$";
    /// The id of a subject: a unit, an area, an organisation, a working group.
    SubjectId: "subject id", "a subject's id", "^.*$";
    /// The id of a group of subjects.
    GroupId: "group id", "a group's id", "^.*$";
    /// A role's id.
    RoleId: "role id", "a role's id", "^.*$";
    /// The id of a body: a steering group, a council, a secretariat.
    BodyId: "body id", "a body's id", "^.*$";
    /// A person's id.
    PersonId: "person id", "a person's id", "^.*$";
    /// A reference to a body, a role or a person.
    PartyRef: "party", "the id of a body, a role or a person", "^.*$";
    /// A phase's id.
    PhaseId: "phase id", "a phase's id", "^.*$";
    /// A gate's id.
    GateId: "gate id", "a gate's id", "^.*$";
    /// An activity's id.
    ActivityId: "activity id", "an activity's id", "^.*$";
    /// A meeting's id.
    MeetingId: "meeting id", "a meeting's id", "^.*$";
    /// The id of a part of a meeting.
    PartId: "part id", "a part's id", "^.*$";
    /// The id of an agenda item.
    AgendaItemId: "agenda item id", "an agenda item's id", "^.*$";
    /// A deliverable's id.
    DeliverableId: "deliverable id", "a deliverable's id", "^.*$";
    /// The id of a version of a deliverable.
    VersionId: "version id", "a version's id", "^.*$";
    /// The id of a review round.
    ReviewId: "review id", "a review's id", "^.*$";
    /// A reference to anything that takes or bounds time: `training`, `guideline/v2`, `install@lund`.
    NodeRef: "reference", "the id of something in the programme, such as `training`, `guideline/v2` or `install@lund`", "^.*$";
}

/// The number that another tool knows a thing by: 0 or above.
///
/// ```
/// use framdrift_model::id::Uid;
///
/// let uid = Uid::from(17);
/// assert_eq!(uid.get(), 17);
/// assert!(Uid::try_from(-1_i64).is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Uid(i64);

impl Uid {
    /// The number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl From<u32> for Uid {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

/// A number below zero is no [`Uid`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is below zero")]
pub struct NegativeUid(i64);

impl TryFrom<i64> for Uid {
    type Error = NegativeUid;

    fn try_from(number: i64) -> Result<Self, NegativeUid> {
        if number < 0 {
            Err(NegativeUid(number))
        } else {
            Ok(Self(number))
        }
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl crate::shape::Shaped for Uid {
    fn shape() -> crate::shape::Shape {
        crate::shape::Shape::Integer {
            least: 0,
            most: i64::MAX,
        }
    }
}

crate::if_serde! {
    impl serde::Serialize for Uid {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_i64(self.0)
        }
    }

    impl<'de> serde::Deserialize<'de> for Uid {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            Self::try_from(i64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
        }
    }
}

crate::if_arbitrary! {
    impl<'a> crate::Arbitrary<'a> for Uid {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            // A small pool, so that numbers often meet.
            Ok(Self(if u.arbitrary()? { u.int_in_range(0..=9)? } else { u.int_in_range(0..=i64::MAX)? }))
        }
    }
}
