//! Dependencies in a file.

use crate::id::NodeRef;
use crate::malformed::{Malformed, of_words};
use crate::period::Period;
use crate::projection::LinkKind;
use crate::quantity::Distance;

impl LinkKind {
    /// Every kind, in the order of their usual listing.
    pub const ALL: &'static [Self] = &[
        Self::FinishToStart,
        Self::StartToStart,
        Self::FinishToFinish,
        Self::StartToFinish,
    ];

    /// The two letters that a file writes: `FS`, `SS`, `FF`, `SF`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::FinishToStart => "FS",
            Self::StartToStart => "SS",
            Self::FinishToFinish => "FF",
            Self::StartToFinish => "SF",
        }
    }
}

impl std::str::FromStr for LinkKind {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let found = Self::ALL.iter().find(|kind| kind.word() == text);
        found
            .copied()
            .ok_or_else(|| of_words(text, "link type", &["FS", "SS", "FF", "SF"]))
    }
}

impl std::fmt::Display for LinkKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.word())
    }
}

impl crate::shape::Shaped for LinkKind {
    fn shape() -> crate::shape::Shape {
        static SHAPE: crate::shape::WordsShape = crate::shape::WordsShape {
            name: "link type",
            words: &[
                ("FS", "The successor starts once the predecessor has finished."),
                ("SS", "The successor starts once the predecessor has started."),
                ("FF", "The successor finishes once the predecessor has finished."),
                ("SF", "The successor finishes once the predecessor has started."),
            ],
        };
        crate::shape::Shape::Words(&SHAPE)
    }
}

crate::text_codec!(LinkKind);

crate::if_arbitrary! {
    impl<'a> crate::Arbitrary<'a> for LinkKind {
        fn arbitrary(u: &mut crate::Unstructured<'a>) -> crate::ArbitraryResult<Self> {
            u.choose(Self::ALL).copied()
        }
    }
}

crate::document! {
    /// A dependency on a predecessor. Written as the predecessor's id alone, it is finish-to-start without a lag.
    ///
    /// A predecessor that is a phase, a summary or done per subject stands for all that belongs to it; between two that are
    /// done per subject of the same group, the link joins the same subject's instances.
    pub struct LinkDoc("after", key "from", short from) {
        required {
            /// The predecessor.
            from: NodeRef = "from",
        }
        optional {
            /// Which ends are tied: `FS` when left out.
            kind: Option<LinkKind> = "type",
            /// The distance kept, on the successor's calendar; negative for a lead.
            lag: Option<Distance> = "lag",
        }
    }
}

crate::document! {
    /// Something that must wait for this, at a lead time. Written as an id alone: this is finished before that starts.
    pub struct LeadTimeDoc("before", key "to", short to) {
        required {
            /// What waits.
            to: NodeRef = "to",
        }
        optional {
            /// How long before the start of `to` this is finished at the latest: a calendar period, counted back from there.
            lead_time: Option<Period> = "lead-time",
        }
    }
}
