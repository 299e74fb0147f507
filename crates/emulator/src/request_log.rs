//! The log of the API's requests, which tests read through the control API.

use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;
use serde_json::Value;

/// A logged request.
#[derive(Debug, Clone, Serialize)]
pub struct LoggedRequest {
    pub method: String,
    pub path: String,
    /// The query string without the question mark; empty where there is none.
    pub query: String,
    /// The JSON of the body, its text where it is not JSON, `null` where it is empty. It includes passwords and
    /// tokens.
    pub body: Value,
    /// The HTTP status of the response; `null` until the response is known.
    pub status: Option<u16>,
    /// Whether the request had a valid token, or needed none.
    pub authorized: bool,
}

/// The requests to the API so far, in the order of their arrival. Clones share the log.
#[derive(Debug, Clone, Default)]
pub struct RequestLog(Arc<Mutex<Vec<Entry>>>);

/// A handle to a logged request whose response is not known yet. It stays valid when the log is cleared.
#[derive(Debug, Clone)]
pub struct Entry(Arc<Mutex<LoggedRequest>>);

impl RequestLog {
    pub fn all(&self) -> Vec<LoggedRequest> {
        self.0.lock().iter().map(|entry| entry.0.lock().clone()).collect()
    }

    pub fn clear(&self) {
        self.0.lock().clear();
    }

    pub fn add(&self, request: LoggedRequest) -> Entry {
        let entry = Entry(Arc::new(Mutex::new(request)));
        self.0.lock().push(entry.clone());
        entry
    }
}

impl Entry {
    pub fn answered(&self, status: u16) {
        self.0.lock().status = Some(status);
    }
}
