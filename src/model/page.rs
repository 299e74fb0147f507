//! One page of a list: the envelope that all lists share.
//!
//! It owns the envelope; what the items are is theirs.

use super::{Json, number_of};

/// Made from whatever JSON came; `None` where it cannot be.
pub trait FromJson: Sized {
    /// What was expected, in words.
    const EXPECTED: &str;

    fn from_json(value: Json) -> Option<Self>;
}

impl FromJson for Json {
    const EXPECTED: &str = "any value";

    fn from_json(value: Json) -> Option<Self> {
        Some(value)
    }
}

#[derive(Clone, PartialEq, Default)]
pub struct Page<T> {
    /// How many the server skipped, which may differ from what was asked.
    pub skip: u64,
    /// The server's page size; 0 where it did not say.
    pub limit: u64,
    pub total: u64,
    pub resources: Vec<T>,
}

impl<T: FromJson> FromJson for Page<T> {
    const EXPECTED: &str = "a list is an object with resources";

    /// `None` for anything but an object. An item that cannot be read is left out and takes none with it.
    fn from_json(mut value: Json) -> Option<Self> {
        let Json::Object(object) = &mut value else { return None };
        let number = |name: &str| object.get(name).and_then(number_of);
        let (skip, limit, total) =
            (number("skip").unwrap_or(0), number("limit").unwrap_or(0), number("total"));
        let resources: Vec<T> = match object.remove("resources") {
            Some(Json::List(items)) => items.into_iter().filter_map(T::from_json).collect(),
            _ => Vec::new(),
        };
        let total = total.unwrap_or_else(|| skip.saturating_add(resources.len() as u64));
        Some(Self { skip, limit, total, resources })
    }
}
