//! The error envelope of the API.
//!
//! It owns reading the envelope; the wording for the person is left to the view.

use crate::lenient;
use serde::Deserialize;
use serde_json::Value;

/// The body of a response by which the API refuses a request.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct ApiError {
    /// The number of the error. Its meaning is not documented.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub code: Option<i64>,
    /// `NCERR…`, possibly followed by `: text`.
    #[serde(default, rename = "codeDesc", deserialize_with = "lenient::text")]
    pub code_desc: String,
    /// The message, possibly of several lines; often only it names the cause.
    #[serde(default, deserialize_with = "lenient::text")]
    pub message: String,
    /// The id under which the server's records hold the request.
    #[serde(default, rename = "requestID", deserialize_with = "lenient::text")]
    pub request_id: String,
}

impl ApiError {
    /// Reads the envelope; `None` where the body is none, such as a page of a proxy, other JSON or an empty text.
    pub fn from_body(body: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(body).ok()?;
        let error: Self = lenient::object(&value)?;
        (error.code.is_some() || !error.code_desc.is_empty() || !error.message.is_empty()).then_some(error)
    }

    /// Whether a response holds an error, whatever its HTTP status is.
    pub fn is_in(value: &Value) -> bool {
        match value.get("codeDesc") {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.trim().is_empty(),
            // The type is wrong, but no other response has this field.
            Some(_) => true,
        }
    }

    /// The `NCERR…` name without the text that may follow it.
    pub fn name(&self) -> &str {
        self.code_desc.split(':').next().unwrap_or_default().trim()
    }
}
