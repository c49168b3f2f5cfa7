//! Subjects, roles, bodies and people in a file.

use crate::id::{BodyId, GroupId, PersonId, RoleId, SubjectId};
use crate::text::LocalText;

crate::words! {
    /// What kind of subject it is.
    pub enum SubjectKind("kind of subject") {
        /// A unit, an administration, a municipality.
        Unit = "unit",
        /// An area: a region or county that somebody answers for.
        Area = "area",
        /// An organisation.
        Organisation = "organisation",
        /// A working group.
        WorkingGroup = "working-group",
    }
}

crate::document! {
    /// Something that things are done per: a unit, an area, an organisation, a working group.
    pub struct SubjectDoc("subject", key "id") {
        required {
            /// The subject's id.
            id: SubjectId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// What kind it is; groups gather subjects by it.
            kind: Option<SubjectKind> = "kind",
        }
    }
}

crate::document! {
    /// A group of subjects: those listed, and all of a kind where it names one.
    pub struct GroupDoc("group", key "id") {
        required {
            /// The group's id.
            id: GroupId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
            /// The subjects that belong to it.
            members: Vec<SubjectId> = "members",
            /// Every subject of this kind belongs to it as well.
            all: Option<SubjectKind> = "all",
        }
    }
}

crate::document! {
    /// A role that people hold.
    pub struct RoleDoc("role", key "id") {
        required {
            /// The role's id.
            id: RoleId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
        }
    }
}

crate::document! {
    /// A body that meets, decides or is asked: a steering group, a council, a secretariat.
    pub struct BodyDoc("body", key "id") {
        required {
            /// The body's id.
            id: BodyId = "id",
        }
        optional {
            /// What people call it.
            title: Option<LocalText> = "title",
        }
    }
}

crate::document! {
    /// A person.
    pub struct PersonDoc("person", key "id") {
        required {
            /// The person's id.
            id: PersonId = "id",
        }
        optional {
            /// The name people know them by.
            title: Option<LocalText> = "title",
            /// The roles they hold.
            roles: Vec<RoleId> = "roles",
        }
    }
}
