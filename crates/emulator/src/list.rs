//! Owns what all lists share: the query parameters, `skip` and `limit`, `sort`, and the envelope. It must not depend
//! on the type of the items or the meaning of a filter.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::errors::ApiError;

/// The page size of a request without `limit`.
pub const DEFAULT_LIMIT: i64 = 10;

/// The parameters of a query. Arrays repeat the key; a comma is part of a value.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn parse(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// All values of a key, in order; empty values count as missing.
    pub fn all(&self, key: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(name, value)| name == key && !value.is_empty())
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// The last value of a key.
    pub fn one(&self, key: &str) -> Option<&str> {
        self.all(key).pop()
    }
}

/// How a list treats `sort`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sorting {
    #[serde(rename = "honoured")]
    Known,
    /// 400 when a request has it.
    Refused,
    /// `sort` has no effect.
    Ignored,
}

/// The requested part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub skip: usize,
    /// The page size; -1 for the whole list.
    pub limit: i64,
}

impl Window {
    /// Parses `skip` and `limit`. With `max`, a larger `limit` and -1 become `max`, which the response has as its
    /// `limit`.
    pub fn parse(query: &Query, max: Option<u32>) -> Result<Self, ApiError> {
        let mut problems = Vec::new();
        let skip = number(query, "skip", 0, &mut problems);
        let mut limit = number(query, "limit", DEFAULT_LIMIT, &mut problems);
        if skip < 0 {
            problems.push("skip: must not be negative".into());
        }
        if limit < -1 {
            problems.push("limit: must be -1 or more".into());
        }
        if !problems.is_empty() {
            return Err(ApiError::validation(&problems));
        }
        if let Some(max) = max.map(i64::from)
            && (limit == -1 || limit > max)
        {
            limit = max;
        }
        Ok(Self { skip: usize::try_from(skip).unwrap_or_default(), limit })
    }

    /// Builds the envelope with this window of `items`; only items in the window are converted to JSON.
    pub fn envelope<T>(self, items: &[T], into: impl Fn(&T) -> Value) -> Value {
        let count = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let resources: Vec<Value> = items.iter().skip(self.skip).take(count).map(into).collect();
        json!({"skip": self.skip, "limit": self.limit, "total": items.len(), "resources": resources})
    }
}

fn number(query: &Query, key: &str, default: i64, problems: &mut Vec<String>) -> i64 {
    query.one(key).map_or(default, |text| {
        text.parse().unwrap_or_else(|_| {
            problems.push(format!("{key}: must be an integer"));
            default
        })
    })
}

/// Sorts items by `sort`, a comma-separated list of properties, each descending where it begins with `-`. Equal items
/// keep their order, or are reversed where the first property is descending.
///
/// `property` returns the value of a known property.
pub fn sort<T, K: Ord>(
    items: &mut [T],
    query: &Query,
    sorting: Sorting,
    known: &[&str],
    property: impl Fn(&T, &str) -> K,
) -> Result<(), ApiError> {
    let Some(sort) = query.one("sort") else { return Ok(()) };
    match sorting {
        Sorting::Ignored => return Ok(()),
        Sorting::Refused => return Err(ApiError::validation(&["sort: unknown query parameter".into()])),
        Sorting::Known => {}
    }
    let keys: Vec<(&str, bool)> = sort
        .split(',')
        .map(str::trim)
        .filter(|key| !key.is_empty())
        .map(|key| key.strip_prefix('-').map_or((key, false), |name| (name, true)))
        .collect();
    let unknown: Vec<String> = keys
        .iter()
        .filter(|(name, _)| !known.contains(name))
        .map(|(name, _)| format!("sort: unknown property {name}"))
        .collect();
    if !unknown.is_empty() {
        return Err(ApiError::validation(&unknown));
    }
    if keys.first().is_some_and(|(_, descending)| *descending) {
        items.reverse();
    }
    // By the last property first: sorting is stable, so items that are equal by an earlier one keep that order. The
    // values are read once for each item, and not for each comparison.
    for (name, descending) in keys.iter().rev() {
        if *descending {
            items.sort_by_cached_key(|item| Reverse(property(item, name)));
        } else {
            items.sort_by_cached_key(|item| property(item, name));
        }
    }
    Ok(())
}
