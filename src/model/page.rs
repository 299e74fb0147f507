//! One page of a list: the envelope that all lists share.
//!
//! It owns the envelope; what the items are is theirs.

use super::number_of;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Made from whatever JSON came; `None` where it cannot be.
pub trait FromJson: Sized {
    /// What was expected, in words.
    const EXPECTED: &str;

    fn from_json(value: Value) -> Option<Self>;
}

impl FromJson for Value {
    const EXPECTED: &str = "any value";

    fn from_json(value: Value) -> Option<Self> {
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
    fn from_json(mut value: Value) -> Option<Self> {
        let object = value.as_object_mut()?;
        let number = |name: &str| object.get(name).and_then(number_of);
        let (skip, limit, total) =
            (number("skip").unwrap_or(0), number("limit").unwrap_or(0), number("total"));
        let resources: Vec<T> = match object.remove("resources") {
            Some(Value::Array(items)) => items.into_iter().filter_map(T::from_json).collect(),
            _ => Vec::new(),
        };
        let total = total.unwrap_or_else(|| skip.saturating_add(resources.len() as u64));
        Some(Self { skip, limit, total, resources })
    }
}

impl<'de, T: FromJson> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_json(Value::deserialize(deserializer)?)
            .ok_or_else(|| D::Error::custom(Self::EXPECTED))
    }
}
