//! What the API sends, decoded leniently: only an id is relied on, a wrong type counts as absent.
//!
//! It owns the shapes of answers and what they mean; it must not ask for them or draw them.

pub mod answer;
pub mod container;
pub mod error;
pub mod job;
pub mod json;
pub mod outcome;
pub mod page;
pub mod session;
pub mod sign_in;
pub mod verdict;

pub use container::{Container, Directory};
pub use error::ApiError;
pub use job::Job;
pub use json::{Json, parse};
pub use outcome::{Outcome, Tally, outcome};
pub use page::{FromJson, Page};
pub use session::{Claims, Token};
pub use verdict::{KnownResults, Verdict, verdict};

/// The text of a scalar; `null`, lists and objects have none.
pub(crate) fn text_of(value: &Json) -> Option<String> {
    match value {
        Json::Text(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(String::from(if *flag { "true" } else { "false" })),
        _ => None,
    }
}

/// The text of an object's field, empty where it has none.
pub(crate) fn field(object: &Json, name: &str) -> String {
    object.get(name).and_then(text_of).unwrap_or_default()
}

/// The texts of a list; what is not a scalar is left out.
pub(crate) fn texts_of(value: &Json) -> Vec<String> {
    value.as_list().map(|list| list.iter().filter_map(text_of).collect()).unwrap_or_default()
}

/// A count, also where it was sent as text.
pub(crate) fn number_of(value: &Json) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()))
}

/// A flag, also where it was sent as text.
pub(crate) fn flag_of(value: &Json) -> Option<bool> {
    match value {
        Json::Bool(flag) => Some(*flag),
        Json::Text(text) => text.trim().parse().ok(),
        _ => None,
    }
}
