//! The faults that tests add: which request a fault matches, its response, and which responses are held. A fault may
//! apply to any path; the module does not depend on the API.

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

/// A fault. A missing condition matches every request, and a missing effect changes nothing.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    pub method: Option<String>,
    /// The whole path, or its prefix where it ends with `*`.
    pub path: Option<String>,
    pub query_contains: Option<String>,
    /// The number of requests that the fault applies to; `null` for all.
    pub times: Option<u32>,
    pub delay_ms: Option<u64>,
    /// The response is held until this name is released.
    pub hold: Option<String>,
    pub status: Option<u16>,
    /// A string is sent as it is, any other value as JSON.
    pub body: Option<Value>,
    pub content_type: Option<String>,
    /// Whether the request is processed first, so that only its response is lost.
    pub carried_out: bool,
    /// What happens to the body on its way.
    pub body_is: Option<Broken>,
    /// Headers that are set in the response, whether it is the fault's or the normal one. An empty `Date` counts as
    /// missing.
    pub headers: HashMap<String, String>,
}

/// What happens to the body of a response on its way.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Broken {
    /// The connection is closed after the half of it.
    Cut,
    /// The connection is closed before a byte of the response is sent, its head included.
    Dropped,
    /// The second half is sent once this name is released.
    Slow(String),
}

impl Fault {
    fn fits(&self, method: &str, path: &str, query: &str) -> bool {
        self.times != Some(0)
            && self.method.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|own| match own.strip_suffix('*') {
                Some(beginning) => path.starts_with(beginning),
                None => own == path,
            })
            && self.query_contains.as_ref().is_none_or(|own| query.contains(own.as_str()))
    }

    /// The response in place of the normal one; `None` where the fault only delays, holds or sets headers.
    pub fn answer(&self) -> Option<Response> {
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let status = self.status.and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or_default();
        let (text, kind) = match &self.body {
            None => (String::new(), None),
            Some(Value::String(text)) => (
                text.clone(),
                Some(if text.trim_start().starts_with('<') { "text/html" } else { "text/plain" }),
            ),
            Some(json) => (json.to_string(), Some("application/json")),
        };
        let mut response = (status, text).into_response();
        response.headers_mut().remove(CONTENT_TYPE);
        if let Some(kind) = self.content_type.as_deref().or(kind).and_then(|kind| kind.parse().ok()) {
            response.headers_mut().insert(CONTENT_TYPE, kind);
        }
        Some(response)
    }

    /// Sets the fault's headers in a response; headers that are not valid are left out.
    pub fn add_headers(&self, response: &mut Response) {
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse::<HeaderValue>()) {
                response.headers_mut().insert(name, value);
            }
        }
    }
}

/// The active faults and the held responses. Clones share the state.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    faults: Arc<Mutex<Vec<Fault>>>,
    holds: Arc<Mutex<HashMap<String, watch::Sender<u64>>>>,
}

impl Faults {
    pub fn add(&self, fault: Fault) {
        self.faults.lock().push(fault);
    }

    /// Removes all faults and releases all held responses.
    pub fn clear(&self) {
        self.faults.lock().clear();
        self.holds.lock().clear();
    }

    pub fn all(&self) -> Vec<Fault> {
        self.faults.lock().clone()
    }

    /// Returns the first fault that matches, and counts its use.
    pub fn take(&self, method: &str, path: &str, query: &str) -> Option<Fault> {
        let mut faults = self.faults.lock();
        let fault = faults.iter_mut().find(|fault| fault.fits(method, path, query))?;
        fault.times = fault.times.map(|times| times - 1);
        Some(fault.clone())
    }

    /// Waits until a name is released, or the faults are cleared.
    pub async fn wait(&self, hold: &str) {
        let mut released = self.holds.lock().entry(hold.to_owned()).or_default().subscribe();
        // An error means that the sender was dropped because the faults were cleared.
        let _ = released.changed().await;
    }

    /// Releases the responses that are held under a name, and returns their number. Later responses wait for the next
    /// release.
    pub fn release(&self, hold: &str) -> usize {
        let holds = self.holds.lock();
        let Some(sender) = holds.get(hold) else { return 0 };
        let waiting = sender.receiver_count();
        sender.send_modify(|times| *times += 1);
        waiting
    }

    /// The number of held responses by name.
    pub fn held(&self) -> HashMap<String, usize> {
        self.holds.lock().iter().map(|(name, sender)| (name.clone(), sender.receiver_count())).collect()
    }
}
