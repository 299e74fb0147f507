//! One page of a list: the envelope that all lists share, and what of an answer counts as one.
//!
//! It owns the envelope; what the items are is theirs.

use super::{ApiError, Json, number_of};

/// Made from whatever JSON came; `None` where it cannot be.
pub trait FromJson: Sized {
    fn from_json(value: Json) -> Option<Self>;
}

#[derive(Clone, PartialEq, Default)]
pub struct Page<T> {
    /// How many the server skipped, which may differ from what was asked.
    pub skip: u64,
    /// The server's page size; 0 where it did not say.
    pub limit: u64,
    pub total: u64,
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
    pub fn read(mut value: Json, item: impl FnMut(Json) -> Option<T>) -> Result<Self, &'static str> {
        let is_error = ApiError::is_in(&value);
        let Json::Object(object) = &mut value else { return Err("a list is an object with resources") };
        if is_error {
            return Err("an error stands in place of a list");
        }
        let number = |name: &str| object.get(name).and_then(number_of);
        let (skip, limit, total) =
            (number("skip").unwrap_or(0), number("limit").unwrap_or(0), number("total"));
        let items = match object.remove("resources") {
            Some(Json::List(items)) => items,
            None | Some(Json::Null) if total == Some(0) => Vec::new(),
            None | Some(Json::Null) => return Err("a list without resources says that its total is 0"),
            Some(_) => return Err("the resources of a list are an array"),
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

impl<T: FromJson> FromJson for Page<T> {
    fn from_json(value: Json) -> Option<Self> {
        Self::read(value, T::from_json).ok()
    }
}
