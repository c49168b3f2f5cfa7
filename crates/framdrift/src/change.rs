//! Edits that are made together.

use framdrift_model::edit::{Edit, FactsEdit};

/// Edits of a programme and of its recorded progress that are made together or not at all.
///
/// What comes of all of them is checked once, so that two edits may each need the other.
///
/// ```
/// use framdrift::model::document::{FactDoc, LinkDoc};
/// use framdrift::{Change, Edit, FactsEdit};
///
/// let mut change = Change::from(Edit::add_link("roof", LinkDoc::new("walls")));
/// change.facts.push(FactsEdit::record(FactDoc::new("walls")));
/// assert_eq!(change.programme.len(), 1);
/// ```
///
/// With the feature `serde` it is `{"programme": […], "facts": […]}`, where either list may be left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The edits of the programme, in their order.
    pub programme: Vec<Edit>,
    /// The edits of recorded progress, in their order.
    pub facts: Vec<FactsEdit>,
}

impl From<Edit> for Change {
    fn from(edit: Edit) -> Self {
        vec![edit].into()
    }
}

impl From<Vec<Edit>> for Change {
    fn from(programme: Vec<Edit>) -> Self {
        let facts = Vec::new();
        Self { programme, facts }
    }
}

impl From<FactsEdit> for Change {
    fn from(edit: FactsEdit) -> Self {
        vec![edit].into()
    }
}

impl From<Vec<FactsEdit>> for Change {
    fn from(facts: Vec<FactsEdit>) -> Self {
        let programme = Vec::new();
        Self { programme, facts }
    }
}

framdrift_model::if_serde! {
    use framdrift_model::shape::serial::{DeError, Deserialize, Deserializer, Serialize, SerializeMap, Serializer, from_value};
    use framdrift_model::value::Value;

    impl Serialize for Change {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(None)?;
            map.serialize_entry("programme", &self.programme)?;
            map.serialize_entry("facts", &self.facts)?;
            map.end()
        }
    }

    impl<'de> Deserialize<'de> for Change {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let Value::Table(lists) = Value::deserialize(deserializer)? else {
                return Err(D::Error::custom("a change is an object"));
            };
            let mut change = Self::default();
            for (key, list) in lists {
                match key.as_str() {
                    "programme" => change.programme = from_value(list)?,
                    "facts" => change.facts = from_value(list)?,
                    other => return Err(D::Error::custom(format_args!("a change has no key `{other}`"))),
                }
            }
            Ok(change)
        }
    }
}
