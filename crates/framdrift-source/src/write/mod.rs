//! Writing values as text.
//!
//! Both writers are canonical: equal values give equal texts, and reading the text gives the value back.

mod document;
mod json;
mod quote;
mod yaml;

pub use self::document::{to_json_text, to_yaml_text};
pub use self::json::to_json;
pub use self::yaml::to_yaml;
