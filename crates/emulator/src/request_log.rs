//! The log of the API's requests, which tests read through the control API.

use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;
use serde_json::Value;

/// A request, in the order of arrival.
#[derive(Debug, Clone, Serialize)]
pub struct LoggedRequest {
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

/// The API requests so far. Clones share the log.
#[derive(Debug, Clone, Default)]
pub struct RequestLog(Arc<Mutex<Vec<Entry>>>);

/// A request whose answer is not known yet when it is logged. It stays valid when the log is cleared.
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
