//! Owns what lists have in common: the query's parameters, `skip` and `limit`, `sort`, and the envelope. It must not
//! know what is listed, nor what a filter means.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::errors::ApiError;

/// The page size of a request that names none.
pub const DEFAULT_LIMIT: i64 = 10;

/// The parameters of a query. Arrays repeat the key; a comma is part of a value.
#[derive(Debug, Default)]
pub struct Query(Vec<(String, String)>);

impl Query {
    pub fn parse(query: &str) -> Self {
        Self(form_urlencoded::parse(query.as_bytes()).into_owned().collect())
    }

    /// Every value of a key, in order; empty values count as left out.
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
    /// As though it were not there.
    Ignored,
}

/// Which part of a list is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub skip: usize,
    /// -1 for everything.
    pub limit: i64,
}

impl Window {
    /// Reads `skip` and `limit`. With `max`, a larger `limit` (and -1) becomes `max`, and the answer says so.
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

    /// The envelope with this window of `items`, each made into JSON only when it is in the window.
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

/// Puts items in the order of `sort`, a comma list of properties of which `-` makes one descending. Items that are
/// equal in it keep their order, or the opposite one where the first property is descending.
///
/// `property` gives an item's value of a property as a text that sorts rightly, `None` for a property nobody has.
pub fn sort<T>(
    items: &mut [T],
    query: &Query,
    sorting: Sorting,
    known: &[&str],
    property: impl Fn(&T, &str) -> String,
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
    items.sort_by(|one, other| {
        keys.iter().fold(Ordering::Equal, |order, (name, descending)| {
            order.then_with(|| {
                let order = property(one, name).cmp(&property(other, name));
                if *descending { order.reverse() } else { order }
            })
        })
    });
    Ok(())
}
