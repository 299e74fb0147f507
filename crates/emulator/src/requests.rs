//! Owns what happens around every request: it is written down, a fault may answer or hold it, and only then it goes on.
//! It must not know what requests mean.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::DATE;
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use crate::app::{App, lock};
use crate::clock::http_date;
use crate::faults::Fault;

const LARGEST_BODY: usize = 16 * 1024 * 1024;

/// A request as it was seen, in the order of arrival.
#[derive(Debug, Clone, Serialize)]
pub struct Seen {
    pub method: String,
    pub path: String,
    /// Without the question mark; empty where there is none.
    pub query: String,
    /// The JSON of the body, its text where it is not JSON, `null` where it is empty. Passwords and tokens are in it.
    pub body: Value,
    /// `null` until the answer is known.
    pub status: Option<u16>,
    /// Whether it carried a valid token, or none was needed.
    pub authorized: bool,
}

/// The API requests so far.
#[derive(Debug, Default)]
pub struct Requests(Mutex<Vec<Arc<Mutex<Seen>>>>);

impl Requests {
    pub fn all(&self) -> Vec<Seen> {
        lock(&self.0).iter().map(|seen| lock(seen).clone()).collect()
    }

    pub fn clear(&self) {
        lock(&self.0).clear();
    }

    fn add(&self, seen: Seen) -> Arc<Mutex<Seen>> {
        let seen = Arc::new(Mutex::new(seen));
        lock(&self.0).push(seen.clone());
        seen
    }
}

/// The layer around the API and the pages.
pub async fn watch(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let path = parts.uri.path().to_owned();
    let query = parts.uri.query().unwrap_or_default().to_owned();
    let is_of_api = path.starts_with("/api/");
    let seen = is_of_api.then(|| {
        app.requests.add(Seen {
            method: parts.method.to_string(),
            path: path.clone(),
            query: query.clone(),
            body: text_or_json(&body),
            status: None,
            authorized: lock(&app.auth).caller(&parts.headers, app.clock.now()).is_ok(),
        })
    });
    let fault = app.faults.take(parts.method.as_str(), &path, &query);
    let instead = fault.as_ref().and_then(Fault::answer);
    let is_reached = fault.as_ref().is_none_or(|fault| fault.carried_out);
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
    if let Some(seen) = seen {
        lock(&seen).status = Some(response.status().as_u16());
    }
    // The answer is made before it waits, so what is held is an old answer and not a late question.
    if let Some(fault) = fault {
        if let Some(delay) = fault.delay_ms {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        if let Some(hold) = &fault.hold {
            app.faults.wait(hold).await;
        }
    }
    // Of the interface only: what a cache may keep has the date by which the browser reckons its age. It is written when the
    // answer leaves, as a server does.
    if is_of_api
        && !response.headers().contains_key(DATE)
        && let Ok(date) = HeaderValue::from_str(&http_date(app.clock.now()))
    {
        response.headers_mut().insert(DATE, date);
    }
    response
}

fn text_or_json(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| Value::String(String::from_utf8_lossy(body).into_owned()))
}
