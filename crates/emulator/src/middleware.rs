//! The layer around all requests: it logs each request, and applies faults that reply in its place, delay it or hold
//! the response. It does not depend on the meaning of a request.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, DATE};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::broken_body;
use crate::clock::http_date;
use crate::faults::Fault;
use crate::pages;
use crate::request_log::LoggedRequest;
use crate::state::AppState;

const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// The layer around the API and the pages.
pub async fn log_and_fault(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let is_of_api = path.starts_with("/api/");
    let logged = is_of_api.then(|| {
        state.requests.add(LoggedRequest {
            method: parts.method.to_string(),
            path: path.clone(),
            query: query.clone(),
            body: text_or_json(&body),
            status: None,
            authorized: state.auth.caller(&parts.headers, state.clock.now()).is_ok(),
        })
    });
    let fault = state.faults.take(parts.method.as_str(), &path, &query);
    let instead = fault.as_ref().and_then(Fault::answer);
    let is_reached = fault.as_ref().is_none_or(|fault| fault.carried_out);
    let broken = fault.as_ref().and_then(|fault| fault.body_is.clone());
    let mut response = match (instead, is_reached) {
        (Some(response), false) => response,
        (instead, _) => {
            let own = next.run(Request::from_parts(parts, Body::from(body))).await;
            instead.unwrap_or(own)
        }
    };
    if let Some(fault) = &fault {
        fault.add_headers(&mut response);
    }
    if let Some(logged) = logged {
        logged.answered(response.status().as_u16());
    }
    // The response is computed before the delay, so a held response has old data, unlike a late request.
    if let Some(fault) = fault {
        if let Some(delay) = fault.delay_ms {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        if let Some(hold) = &fault.hold {
            state.faults.wait(hold).await;
        }
    }
    // Only in responses of the API: the browser computes the age of a cached file from its `Date`. The header is
    // written when the response is sent, as a server does.
    if is_of_api
        && !response.headers().contains_key(DATE)
        && let Ok(date) = HeaderValue::from_str(&http_date(state.clock.now()))
    {
        response.headers_mut().insert(DATE, date);
    }
    if is_of_api {
        // As the proxy before a server sends them; a fault may have set another value.
        for (name, value) in pages::ALWAYS.into_iter().chain([(CACHE_CONTROL, "no-store")]) {
            response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
        }
    }
    match broken {
        Some(broken) => broken_body::of(response, broken, state.faults).await,
        None => response,
    }
}

fn text_or_json(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}
