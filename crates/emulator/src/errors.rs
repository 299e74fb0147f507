//! Owns the error envelope `{"code","codeDesc","message","requestID"}` and the HTTP status of each `codeDesc`.
//! It must not decide what is an error.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A response with the error envelope.
#[derive(Debug)]
pub struct ApiError {
    pub status: StatusCode,
    /// The numbers for 401, 403 and 404 are documented or known; the others are the emulator's own.
    pub code: u16,
    pub code_desc: &'static str,
    pub message: String,
}

impl ApiError {
    /// 400 with the message `Validation errors:` followed by `lines`, each of the form `field: text`.
    pub fn validation(lines: &[String]) -> Self {
        Self::bad_request(format!("Validation errors:\n{}", lines.join("\n")))
    }

    /// 400 with another message.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, 15, "NCERRBadRequest: Bad HTTP request", message)
    }

    /// 401 for a wrong password, or a token that is invalid, expired or revoked. The request had no effect.
    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, 5, "NCERRUnauthorizedAccess", message)
    }

    /// 403 for a missing permission.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, 6, "NCERRInsufficientPermissions", message)
    }

    /// 403 for a missing license, with the same `codeDesc` as for a missing permission.
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
