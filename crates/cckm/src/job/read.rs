//! Decoding of a job.

use super::{ContainerResult, FIELDS, Job, Judged};
use crate::family::FAMILIES;
use crate::lenient;
use crate::time::Stamp;
use crate::verdict::{KnownResults, verdict, verdict_of_other};
use serde::de::{Deserialize, Deserializer, Error};
use serde_json::Value;

/// What of the containers was asked for. It names none, although it is an array.
const ITEMS: &str = "sync_items";

impl Job {
    /// Reads a job with the verdicts of [`KnownResults::get`]; `None` where `value` is not an object.
    pub fn from_value(value: Value) -> Option<Self> {
        Self::read(value, KnownResults::get())
    }

    /// Reads a job with the verdicts of `known`; `None` where `value` is not an object.
    pub fn read(mut value: Value, known: &KnownResults) -> Option<Self> {
        // Taken out first, because deserializing from a reference copies the value, and this one can be large.
        let details = value.as_object_mut()?.remove("detailed_status").unwrap_or_default();
        let fields = Fields::deserialize(&value).ok()?;
        let Value::Object(object) = value else { return None };
        // A word that the panel does not know may mean a cancel, and a job that may have been cancelled is no success.
        let may_abort = object.get("abort").is_some_and(|abort| !lenient::is_empty(abort));
        let (mut lists, mut others) = (Vec::new(), Vec::new());
        for (name, value) in object {
            match value {
                Value::Array(items) if items.is_empty() => {}
                _ if name == ITEMS || FIELDS.contains(&name.as_str()) => {}
                // As JSON where they are no texts: a list without items would stand for all regions.
                Value::Array(items)
                    if FAMILIES.iter().any(|family| family.regions == Some(name.as_str())) =>
                {
                    lists.push((name, items.into_iter().map(lenient::text_or_json).collect()));
                }
                Value::Array(_) => lists.push((name, lenient::texts_of(value))),
                Value::Null | Value::Bool(_) => {}
                Value::String(text) if text.is_empty() => {}
                _ if FAMILIES.iter().any(|family| family.names_container(&name)) => others.push(name),
                _ => {}
            }
        }
        let (details, whole) = results(details, known);
        let mut job = Self {
            id: fields.id,
            uri: fields.uri,
            account: fields.account,
            cloud: fields.cloud,
            status: fields.overall_status,
            created: fields.created,
            updated: fields.updated,
            completed: fields.completed_at,
            abort: fields.abort.unwrap_or(may_abort),
            everything: fields.synchronize_all,
            details,
            whole,
            lists,
            others,
            judged: Judged::default(),
        };
        job.judge();
        Some(job)
    }
}

impl<'de> Deserialize<'de> for Job {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::from_value(Value::deserialize(from)?).ok_or_else(|| Error::custom("a job is an object"))
    }
}

/// The fields that jobs of all families have, without the results.
#[derive(Debug, serde::Deserialize)]
struct Fields {
    #[serde(default, deserialize_with = "lenient::text")]
    id: String,
    #[serde(default, deserialize_with = "lenient::text")]
    uri: String,
    #[serde(default, deserialize_with = "lenient::text")]
    account: String,
    #[serde(default, deserialize_with = "lenient::text")]
    cloud: String,
    #[serde(default, deserialize_with = "lenient::text")]
    overall_status: String,
    #[serde(default, rename = "createdAt", deserialize_with = "lenient::stamp")]
    created: Option<Stamp>,
    #[serde(default, rename = "updatedAt", deserialize_with = "lenient::stamp")]
    updated: Option<Stamp>,
    #[serde(default, deserialize_with = "lenient::stamp")]
    completed_at: Option<Stamp>,
    #[serde(default, deserialize_with = "lenient::flag")]
    abort: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    synchronize_all: Option<bool>,
}

/// Reads `detailed_status`: the results by container, or the one result for all where it is not an object.
fn results(value: Value, known: &KnownResults) -> (Vec<ContainerResult>, Option<ContainerResult>) {
    let judge = |key: String, value: Value| {
        let (text, verdict) = match value {
            Value::String(text) => {
                let verdict = verdict(&text, known);
                (text, verdict)
            }
            other => {
                let shown = other.to_string();
                let verdict = verdict_of_other(&shown, known);
                (shown, verdict)
            }
        };
        ContainerResult { key, text, verdict }
    };
    match value {
        Value::Null => (Vec::new(), None),
        // A map of serde_json is sorted by key, and `Job::result_of` relies on this order.
        Value::Object(object) => (object.into_iter().map(|(key, value)| judge(key, value)).collect(), None),
        // Not even a known success counts here, because it does not name what succeeded.
        other => {
            let text = lenient::text_or_json(other);
            let verdict = verdict_of_other(&text, known);
            (Vec::new(), Some(ContainerResult { key: String::new(), text, verdict }))
        }
    }
}
