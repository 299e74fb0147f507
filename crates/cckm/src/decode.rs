//! Decides whether the body of a response with a success status is the list, the job or the acceptance that was
//! requested. No other code decides this.
//!
//! Pure. Any other body is an error that can be retried, never an empty list, a job or a success.

use crate::error::ApiError;
use crate::job::Job;
use crate::page::Page;
use crate::text;
use serde_json::Value;

/// The reason why a body is not the requested response.
#[derive(Clone, PartialEq, Debug)]
pub enum DecodeError {
    /// The body is an error envelope, although the HTTP status reports a success.
    Error,
    /// The body is an HTML page, such as the sign-in page of a proxy.
    Page,
    /// The body is empty.
    Empty,
    /// The body does not have the documented shape; the text describes the shape that was expected.
    Shape(String),
}

/// Decodes a page of a list, and each of its items with `item`, which returns `None` for an item that it cannot read.
/// [`page`] also knows what was asked for.
///
/// # Errors
///
/// Returns a [`DecodeError`] where the body is no list; [`Page::read`] defines what a list is.
pub fn list<T>(text: &str, item: impl FnMut(Value) -> Option<T>) -> Result<Page<T>, DecodeError> {
    page(text, (0, 0), item)
}

/// Decodes the response to a request with the `skip` and `limit` of `asked`, which stand in for those that it lacks.
///
/// # Errors
///
/// As for [`list`].
pub fn page<T>(
    text: &str,
    asked: (u64, u64),
    item: impl FnMut(Value) -> Option<T>,
) -> Result<Page<T>, DecodeError> {
    Page::read(value(text)?, asked, item).map_err(|why| DecodeError::Shape(why.to_owned()))
}

/// Decodes the job `id`.
///
/// # Errors
///
/// Returns a [`DecodeError`] where the body is no job, has no id, or is a job with another id.
pub fn job(text: &str, id: &str) -> Result<Job, DecodeError> {
    let job =
        Job::from_value(value(text)?).ok_or_else(|| DecodeError::Shape("a job is an object".to_owned()))?;
    if job.id.is_empty() {
        return Err(DecodeError::Shape("a job has an id".to_owned()));
    }
    if !job.id.eq_ignore_ascii_case(id) {
        return Err(DecodeError::Shape("it is another job than the one that was asked for".to_owned()));
    }
    Ok(job)
}

/// Decodes a JSON object with any fields.
///
/// # Errors
///
/// Returns a [`DecodeError`] where the body is empty, no object, or an error envelope.
pub fn object(text: &str) -> Result<Value, DecodeError> {
    match value(text)? {
        object @ Value::Object(_) => Ok(object),
        _ => Err(DecodeError::Shape("it is an object".to_owned())),
    }
}

/// Decodes the response to a start or a cancel, and returns the job where the body holds one.
///
/// A body that is empty, or an object but no error envelope, is an acceptance. Nothing else shows that the server has
/// received the request.
///
/// # Errors
///
/// Returns a [`DecodeError`] for every other body.
pub fn accepted(text: &str) -> Result<Option<Job>, DecodeError> {
    match object(text) {
        Ok(object) => Ok(Job::from_value(object).filter(|job| !job.id.is_empty())),
        Err(DecodeError::Empty) => Ok(None),
        Err(wrong) => Err(wrong),
    }
}

/// Parses any JSON value that is no error envelope.
fn value(text: &str) -> Result<Value, DecodeError> {
    if text.trim().is_empty() {
        return Err(DecodeError::Empty);
    }
    if text::is_page(text) {
        return Err(DecodeError::Page);
    }
    let value = serde_json::from_str(text).map_err(|error| DecodeError::Shape(error.to_string()))?;
    if ApiError::is_in(&value) { Err(DecodeError::Error) } else { Ok(value) }
}
