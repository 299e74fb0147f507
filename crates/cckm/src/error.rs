//! The error envelope of the API.
//!
//! It owns reading the envelope; what to say about an error is the view's.

use crate::lenient;
use serde::Deserialize;
use serde_json::Value;

/// What the API says of a request that it refuses.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
pub struct ApiError {
    /// The number of the error, which no document explains.
    #[serde(default, deserialize_with = "lenient::integer")]
    pub code: Option<i64>,
    /// `NCERR…`, possibly followed by `: text`.
    #[serde(default, rename = "codeDesc", deserialize_with = "lenient::text")]
    pub code_desc: String,
    /// Possibly several lines; often the only place that tells the cause.
    #[serde(default, deserialize_with = "lenient::text")]
    pub message: String,
    /// By which the records of the server find the request.
    #[serde(default, rename = "requestID", deserialize_with = "lenient::text")]
    pub request_id: String,
}

impl ApiError {
    /// `None` where the body is no such envelope: a proxy's page, other JSON or nothing.
    pub fn from_body(body: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(body).ok()?;
        // Read from an array, serde would take its items for the fields in their order.
        let error = value.is_object().then(|| Self::deserialize(&value))?.ok()?;
        (error.code.is_some() || !error.code_desc.is_empty() || !error.message.is_empty()).then_some(error)
    }

    /// Whether an answer is an error although its HTTP status says success.
    pub fn is_in(value: &Value) -> bool {
        match value.get("codeDesc") {
            None | Some(Value::Null) => false,
            Some(Value::String(text)) => !text.trim().is_empty(),
            // Of a wrong type, and still no field of anything else.
            Some(_) => true,
        }
    }

    /// The `NCERR…` word alone.
    pub fn name(&self) -> &str {
        self.code_desc.split(':').next().unwrap_or_default().trim()
    }
}
