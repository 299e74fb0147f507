//! One page of a list: the envelope that all lists share, and the rules by which a response counts as a list.
//!
//! It owns the envelope; the items are decoded by the function that the caller passes in.

use crate::error::ApiError;
use crate::lenient;
use serde::Deserialize;
use serde_json::Value;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page<T> {
    /// The number of items that the server skipped, which may differ from the request; the requested one where the
    /// response has none.
    pub skip: u64,
    /// The server's page size; 0 where the response has none.
    pub limit: u64,
    /// The length of the whole list; at least the number of items up to the end of this page.
    pub total: u64,
    /// Whether more items may follow although the response does not say so: it has no total, and the page is full. The
    /// total is then one more than the number of items up to the end of this page.
    pub is_open: bool,
    /// The items that can be read.
    pub resources: Vec<T>,
    /// The number of items that could not be read. They are not in `resources`, so a view has to report them.
    pub unread: u64,
}

impl<T> Page<T> {
    /// Reads the envelope, and each item with `item`, which returns `None` for an item that it cannot read. `asked` are
    /// the `skip` and `limit` of the request, for a response that lacks them; 0 where they are not known.
    ///
    /// # Errors
    ///
    /// Returns the reason why the response is no list. A list is an object whose `resources` is an array; without the
    /// array it is an empty list only beside a `total` of 0. A page without items is no list where its own `total`
    /// means that there are items at this place, nor is a page whose items are all unreadable: a view would show both
    /// as an empty list.
    pub fn read(
        mut value: Value,
        asked: (u64, u64),
        item: impl FnMut(Value) -> Option<T>,
    ) -> Result<Self, &'static str> {
        if ApiError::is_in(&value) {
            return Err("an error stands in place of a list");
        }
        let Value::Object(object) = &mut value else { return Err("a list is an object with resources") };
        // Taken out first, because deserializing from a reference copies the value.
        let resources = object.remove("resources").unwrap_or_default();
        let envelope = Envelope::deserialize(&value).map_err(|_| "a list is an object with resources")?;
        let (skip, limit) = (envelope.skip.unwrap_or(asked.0), envelope.limit.unwrap_or(0));
        let total = envelope.total;
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
        // The items of the page count even where `total` is smaller.
        let least = if sent == 0 { 0 } else { skip.saturating_add(sent) };
        let full = if limit == 0 { asked.1 } else { limit };
        let is_open = total.is_none() && full > 0 && sent >= full;
        let total = total.unwrap_or(skip).max(least).saturating_add(u64::from(is_open));
        if sent == 0 && total > skip {
            return Err("the list is empty, and its total says that it is not");
        }
        Ok(Self { skip, limit, total, is_open, resources, unread })
    }

    /// The number of items in the response, readable or not.
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
