//! What the API sends, decoded leniently: only an id is relied on, a wrong type counts as absent.
//!
//! It owns the shapes of answers and what they mean; it must not ask for them or draw them.

pub mod container;
pub mod error;
pub mod job;
pub mod outcome;
pub mod page;
pub mod session;
pub mod sign_in;

pub use container::{Container, Directory};
pub use error::ApiError;
pub use job::Job;
pub use outcome::{Outcome, Verdict, outcome, verdict};
pub use page::{FromJson, Page};
pub use session::{Claims, Token};

use serde_json::Value;

/// The value that `text` says. The one place where JSON is read, so that the code for it is in the program once.
#[inline(never)]
pub(crate) fn parse(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text)
}

/// The text of a scalar; `null`, lists and objects have none.
pub(crate) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(String::from(if *flag { "true" } else { "false" })),
        _ => None,
    }
}

/// The text of an object's field, empty where it has none.
pub(crate) fn field(object: &Value, name: &str) -> String {
    object.get(name).and_then(text_of).unwrap_or_default()
}

/// The texts of a list; what is not a scalar is left out.
pub(crate) fn texts_of(value: &Value) -> Vec<String> {
    value.as_array().map(|list| list.iter().filter_map(text_of).collect()).unwrap_or_default()
}

/// A count, also where it was sent as text.
pub(crate) fn number_of(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()))
}

/// A flag, also where it was sent as text.
pub(crate) fn flag_of(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
