//! Decoding of fields whose type is not reliable.
//!
//! The API documents most fields by one example each, and a field may be missing, `null` or of another type. Each
//! function here is a `deserialize_with` that does not fail on such a value but treats it as absent, so that a single
//! unexpected field does not make a whole job unreadable.

use crate::time::Stamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Deserializes an object and no other value: from an array, serde would read the items as the fields in their order.
pub(crate) fn object<T: DeserializeOwned>(value: &Value) -> Option<T> {
    value.is_object().then(|| T::deserialize(value))?.ok()
}

/// The text of a scalar; `None` for `null`, arrays and objects.
pub(crate) fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Whether a value says nothing: `null`, or without any content.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The text of a scalar, or the JSON of any other value.
pub(crate) fn text_or_json(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// The texts of an array, without the items that are not scalars; empty for any other value.
pub(crate) fn texts_of(value: Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.into_iter().filter_map(text_of).collect(),
        _ => Vec::new(),
    }
}

/// The text of the field `name` of an object; empty where it is missing or not a scalar.
pub(crate) fn field(object: &Value, name: &str) -> String {
    object.get(name).cloned().and_then(text_of).unwrap_or_default()
}

/// A scalar as text; empty for any other value.
pub(crate) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    Ok(text_of(Value::deserialize(from)?).unwrap_or_default())
}

/// A scalar as text; `None` for an empty text and any other value.
pub(crate) fn some_text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(text_of(Value::deserialize(from)?).filter(|text| !text.is_empty()))
}

/// The texts of an array.
pub(crate) fn texts<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    Ok(texts_of(Value::deserialize(from)?))
}

/// Below this, each integer has a floating-point number of its own.
const MOST: f64 = 9_007_199_254_740_992.0;

/// A non-negative integer, also where it was sent as a string or with a fraction of zero.
pub(crate) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u64>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Number(number) => number.as_u64().or_else(|| {
            let whole =
                number.as_f64().filter(|number| number.fract() == 0.0 && (0.0..MOST).contains(number));
            whole.map(|number| number as u64)
        }),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// An integer.
pub(crate) fn integer<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(Value::deserialize(from)?.as_i64())
}

/// A boolean, also where it was sent as 0 or 1 or as a string.
pub(crate) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<Option<bool>, D::Error> {
    let text = text_of(Value::deserialize(from)?).unwrap_or_default();
    Ok(match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Some(true),
        "false" | "no" | "0" => Some(false),
        _ => None,
    })
}

/// A time in RFC 3339.
pub(crate) fn stamp<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Stamp>, D::Error> {
    Ok(Value::deserialize(from)?.as_str().and_then(Stamp::parse))
}
