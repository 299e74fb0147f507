//! Owns the error envelope `{"code","codeDesc","message","requestID"}` and which status goes with which `codeDesc`.
//! It must not decide when something is an error.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer in the error envelope.
#[derive(Debug)]
pub struct ApiError {
    pub status: StatusCode,
    /// The numbers of 401, 403 and 404 are documented or known; the others are the emulator's own.
    pub code: u16,
    pub code_desc: &'static str,
    pub message: String,
}

impl ApiError {
    /// 400; each line is `field: text`, and the message is `Validation errors:` with a line for each.
    pub fn validation(lines: &[String]) -> Self {
        Self::bad_request(format!("Validation errors:\n{}", lines.join("\n")))
    }

    /// 400 with a message of its own.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 15, "NCERRBadRequest: Bad HTTP request", message)
    }

    /// 401: wrong password, or an invalid, expired or revoked token. Nothing was done.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 5, "NCERRUnauthorizedAccess", message)
    }

    /// 403 for want of a permission.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, 6, "NCERRInsufficientPermissions", message)
    }

    /// 403 for want of a license, which has the same `codeDesc` as a missing permission.
    pub fn unlicensed(feature: &str) -> Self {
        Self::forbidden(format!("License not installed yet for feature {feature}"))
    }

    /// 404 for an unknown job, container or path, and for a family that this version does not have.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, 16, "NCERRResourceNotFound: Resource not found", message)
    }

    /// 409, for a start while another job of the family runs.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, 17, "NCERRConflict", message)
    }

    /// 405 for a method that the path does not have.
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, 18, "NCERRMethodNotAllowed", "Method not allowed")
    }

    fn new(status: StatusCode, code: u16, code_desc: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, code_desc, message: message.into() }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = json!({
            "code": self.code,
            "codeDesc": self.code_desc,
            "message": self.message,
            "requestID": crate::random::uuid(&mut fastrand::Rng::new()),
        });
        (self.status, Json(body)).into_response()
    }
}
