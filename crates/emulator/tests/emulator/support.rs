//! Owns how tests talk to an emulator: through its router, without a port, with a frozen clock. No assertions of its
//! own beyond "there was an answer".

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use clap::Parser;
use emulator::families::{Family, by_slug};
use emulator::{App, Options};
use serde_json::{Value, json};
use tower::ServiceExt;

/// The time at which the clock of [`Emulator::new`] stands.
pub const NOW: &str = "2026-03-01T12:00:00.123456789Z";

/// An emulator with a frozen clock, and the administrator's token.
pub struct Emulator {
    pub router: Router,
    pub token: Option<String>,
}

/// An answer, its body read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Answer {
    /// The body as JSON; `null` where it is not JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The job ids of a list, in order.
    pub fn ids(&self) -> Vec<String> {
        self.each("id")
    }

    /// One text member of each entry of a list, in order.
    pub fn each(&self, member: &str) -> Vec<String> {
        let json = self.json();
        let entries = json["resources"].as_array().unwrap_or_else(|| panic!("no list: {self:?}"));
        entries.iter().map(|entry| entry[member].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The body, where the status is as expected.
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        self.json()
    }
}

impl Emulator {
    /// With these options, on top of a frozen clock.
    pub fn new(options: &[&str]) -> Self {
        let always = ["emulator", "--clock", "frozen", "--now", NOW];
        let options = Options::try_parse_from(always.iter().chain(options)).expect("the options are valid");
        let app = App::new(options).expect("the data is readable");
        Self { token: Some(app.long_token()), router: app.router() }
    }

    /// With the documented data and nothing else.
    pub fn documented() -> Self {
        Self::new(&["--data", "documented"])
    }

    pub async fn send(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("accept", "application/json")
            .header("accept-encoding", "br");
        if let Some(token) = &self.token {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = request.body(body).expect("the request is valid");
        let response = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("the body is whole");
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send("POST", path, Some(body)).await
    }

    /// The list of a family's jobs.
    pub async fn jobs(&self, slug: &str, query: &str) -> Answer {
        self.get(&format!("{}?{query}", root(slug))).await
    }

    /// A job as it is now.
    pub async fn job(&self, slug: &str, id: &str) -> Value {
        self.get(&format!("{}/{id}", root(slug))).await.expect(200)
    }

    pub async fn start(&self, slug: &str, body: Value) -> Answer {
        self.post(&root(slug), body).await
    }

    pub async fn cancel(&self, slug: &str, id: &str) -> Answer {
        self.send("POST", &format!("{}/{id}/cancel", root(slug)), None).await
    }

    pub async fn advance(&self, seconds: f64) {
        self.post("/__emulator/clock", json!({"advance_seconds": seconds})).await.expect(200);
    }

    /// Signs in, and uses the token from now on.
    pub async fn sign_in(&mut self, grant: Value) -> Value {
        self.token = None;
        let answer = self.post("/api/v1/auth/tokens", grant).await.expect(200);
        self.token = answer["jwt"].as_str().map(str::to_owned);
        answer
    }
}

/// The family of a slug.
pub fn family(slug: &str) -> &'static Family {
    by_slug(slug).expect("a slug of the table")
}

/// The path of a family's list.
pub fn root(slug: &str) -> String {
    format!("/api/v1/cckm/{}", family(slug).root)
}

/// The `id` of a job or any other object.
pub fn id(value: &Value) -> String {
    value["id"].as_str().expect("an id").to_owned()
}
