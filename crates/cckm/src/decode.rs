//! What counts as an answer: the one place that decides whether a text that came with a good status is the list, the job
//! or the acceptance that was asked for.
//!
//! Pure. Everything else is a failure that can be tried again, never an empty list, a job or a success.

use crate::error::ApiError;
use crate::job::Job;
use crate::page::Page;
use crate::text;
use serde_json::Value;

/// Why a text is not the answer that was asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum DecodeError {
    /// It is an error envelope, whatever the HTTP status says.
    Error,
    /// It is a page for a person, as a sign-in page is.
    Page,
    /// There is nothing in it.
    Empty,
    /// It is not what the interface describes: what was expected.
    Shape(String),
}

/// A page of a list whose items `item` reads.
pub fn list<T>(text: &str, item: impl FnMut(Value) -> Option<T>) -> Result<Page<T>, DecodeError> {
    Page::read(value(text)?, item).map_err(|why| DecodeError::Shape(why.to_owned()))
}

/// The job `id`, and no other.
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

/// An object of whatever fields.
pub fn object(text: &str) -> Result<Value, DecodeError> {
    match value(text)? {
        object @ Value::Object(_) => Ok(object),
        _ => Err(DecodeError::Shape("it is an object".to_owned())),
    }
}

/// The answer to a start or a cancel that the server accepted: with the job, where the answer holds one. It is empty, or an
/// object that is no error envelope; nothing else says that the server has heard of the request.
pub fn accepted(text: &str) -> Result<Option<Job>, DecodeError> {
    match object(text) {
        Ok(object) => Ok(Job::from_value(object).filter(|job| !job.id.is_empty())),
        Err(DecodeError::Empty) => Ok(None),
        Err(wrong) => Err(wrong),
    }
}

/// Whatever JSON it is that is no error envelope.
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
