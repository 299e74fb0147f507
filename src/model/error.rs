//! The error envelope of the API.
//!
//! It owns reading the envelope; what to say about an error is the view's.

use super::{Json, field, parse};

#[derive(Clone, PartialEq, Default)]
pub struct ApiError {
    pub code: Option<i64>,
    /// `NCERR…`, possibly followed by `: text`.
    pub code_desc: String,
    /// Possibly several lines; often the only place that tells the cause.
    pub message: String,
    pub request_id: String,
}

impl ApiError {
    /// `None` where the body is no such envelope: a proxy's page, other JSON or nothing.
    pub fn from_body(body: &str) -> Option<Self> {
        let value = parse(body).ok()?;
        let error = Self {
            code: value.get("code").and_then(Json::as_i64),
            code_desc: field(&value, "codeDesc"),
            message: field(&value, "message"),
            request_id: field(&value, "requestID"),
        };
        (error.code.is_some() || !error.code_desc.is_empty() || !error.message.is_empty()).then_some(error)
    }

    /// Whether an answer is an error although its HTTP status says success.
    pub fn is_in(value: &Json) -> bool {
        match value.get("codeDesc") {
            None | Some(Json::Null) => false,
            Some(Json::Text(text)) => !text.trim().is_empty(),
            // Of a wrong type, and still no field of anything else.
            Some(_) => true,
        }
    }

    /// The `NCERR…` word alone.
    pub fn name(&self) -> &str {
        self.code_desc.split(':').next().unwrap_or_default().trim()
    }
}
