//! The error envelope of the API.
//!
//! It owns reading the envelope; the wording for the person is left to the view.

use crate::lenient;
use crate::text;
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

    /// Whether the API refuses with this HTTP status because a license is missing. It has the same status and the same
    /// `codeDesc` for a missing permission, so only the message tells. The page of a proxy, which may stand in place of
    /// the message, tells nothing of licenses.
    ///
    /// ```
    /// use cckm::error::ApiError;
    ///
    /// let said = |message: &str| ApiError { message: message.to_owned(), ..ApiError::default() };
    /// assert!(said("License not installed yet for feature CCKM").is_unlicensed(403));
    /// assert!(!said("License not installed yet for feature CCKM").is_unlicensed(500));
    /// assert!(!said("Insufficient permissions").is_unlicensed(403));
    /// assert!(!said("<p>The license of this firewall has ended</p>").is_unlicensed(403));
    /// ```
    pub fn is_unlicensed(&self, status: u16) -> bool {
        status == 403 && !text::is_page(&self.message) && text::holds(&self.message, "license")
    }

    /// The `NCERR…` name without the text that may follow it.
    pub fn name(&self) -> &str {
        self.code_desc.split(':').next().unwrap_or_default().trim()
    }
}
