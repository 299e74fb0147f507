//! Decoding of fields whose type cannot be relied on.
//!
//! The API documents most fields by one example each, and a field may be missing, `null` or of another type. Each function
//! here is a `deserialize_with` that never fails on such a value: what cannot be read counts as absent, so one odd field
//! does not make a whole job unreadable.

use crate::time::Stamp;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// The text of a scalar. `null`, arrays and objects have none.
pub(crate) fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The texts of an array. Items that are no scalars are left out; what is no array has no texts.
pub(crate) fn texts_of(value: Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(text_of).collect(),
        _ => Vec::new(),
    }
}

/// The text of the field `name` of an object, empty where it has none.
pub(crate) fn field(object: &Value, name: &str) -> String {
    object.get(name).cloned().and_then(text_of).unwrap_or_default()
}

/// A scalar as text; empty for anything else.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(text_of(Value::deserialize(from)?).unwrap_or_default())
}

/// A scalar as text that is not empty.
pub(crate) fn some_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(text_of(Value::deserialize(from)?).filter(|text| !text.is_empty()))
}

/// The texts of an array.
pub(crate) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(texts_of(Value::deserialize(from)?))
}

/// A whole number from 0 on, also where it was sent as text.
pub(crate) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A whole number.
pub(crate) fn integer<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(Value::deserialize(from)?.as_i64())
}

/// A flag, also where it was sent as text.
pub(crate) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Bool(flag) => Some(flag),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A time in RFC 3339.
pub(crate) fn stamp<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Stamp>, D::Error> {
    Ok(Value::deserialize(from)?.as_str().and_then(Stamp::parse))
}
