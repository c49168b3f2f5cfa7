//! Writing values as text.
//!
//! Both writers are canonical: equal values give equal texts, and reading the text gives the value back.

mod json;
mod quote;
mod yaml;

pub use self::json::to_json;
pub use self::yaml::to_yaml;
