//! One page of a list: the envelope that all lists share, and what of an answer counts as one.
//!
//! It owns the envelope; what the items are is theirs.

use crate::error::ApiError;
use crate::lenient;
use serde::Deserialize;
use serde_json::Value;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page<T> {
    /// How many the server skipped, which may differ from what was asked.
    pub skip: u64,
    /// The server's page size; 0 where it did not say.
    pub limit: u64,
    /// How many items the whole list has; at least as many as came.
    pub total: u64,
    /// The items that can be read.
    pub resources: Vec<T>,
    /// How many items of the page cannot be read. They are not among `resources`, and whoever shows the page says so.
    pub unread: u64,
}

impl<T> Page<T> {
    /// Reads the envelope, and each item by `item`. The error says why the answer is no list.
    ///
    /// A list is an object whose `resources` is an array; without an array it is an empty list only beside a `total` of 0.
    /// A page without a single item is no list either where its own `total` says that items stand at this place, nor is
    /// one whose items are all unreadable: both would otherwise be shown as "there are none".
    pub fn read(mut value: Value, item: impl FnMut(Value) -> Option<T>) -> Result<Self, &'static str> {
        if ApiError::is_in(&value) {
            return Err("an error stands in place of a list");
        }
        let Value::Object(object) = &mut value else { return Err("a list is an object with resources") };
        // Taken out first: what is deserialized from a reference is copied.
        let resources = object.remove("resources").unwrap_or_default();
        let envelope = Envelope::deserialize(&value).map_err(|_| "a list is an object with resources")?;
        let (skip, limit, total) = (envelope.skip.unwrap_or(0), envelope.limit.unwrap_or(0), envelope.total);
        let items = match resources {
            Value::Array(items) => items,
            Value::Null if total == Some(0) => Vec::new(),
            Value::Null => return Err("a list without resources says that its total is 0"),
            _ => return Err("the resources of a list are an array"),
        };
        let sent = items.len() as u64;
        let resources: Vec<T> = items.into_iter().filter_map(item).collect();
        let unread = sent - resources.len() as u64;
        if sent > 0 && resources.is_empty() {
            return Err("no item of the list can be read");
        }
        // The items that came count, whatever the total says of them.
        let least = if sent == 0 { 0 } else { skip.saturating_add(sent) };
        let total = total.unwrap_or(skip).max(least);
        if sent == 0 && total > skip {
            return Err("the list is empty, and its total says that it is not");
        }
        Ok(Self { skip, limit, total, resources, unread })
    }

    /// How many items the server sent.
    pub fn sent(&self) -> u64 {
        self.resources.len() as u64 + self.unread
    }
}

/// The numbers of the envelope.
#[derive(Debug, Deserialize)]
struct Envelope {
    #[serde(default, deserialize_with = "lenient::number")]
    skip: Option<u64>,
    #[serde(default, deserialize_with = "lenient::number")]
    limit: Option<u64>,
    #[serde(default, deserialize_with = "lenient::number")]
    total: Option<u64>,
}
