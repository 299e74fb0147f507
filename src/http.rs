//! Sends requests and brings their text back. The only user of gloo-net; knows nothing of jobs.
//!
//! A request that nobody waits for any more (its future was dropped) is aborted.

use crate::clock::{self, Deadline};
use crate::failure::{Cause, Failure};
use crate::refresh;
use crate::text;
use gloo_net::http::{Method, RequestBuilder, Response};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, RequestRedirect, ResponseType,
    js_sys::{Array, Date, Error, Promise},
};

/// Where the server's interface begins, on the panel's own origin, unless whoever hosts the panel says otherwise.
static BASE: OnceLock<String> = OnceLock::new();

/// Says where the server's interface begins; once, before the first request.
pub fn set_base(base: String) {
    _ = BASE.set(base);
}

/// The whole path of `path`, which begins after the base.
pub fn address(path: &str) -> String {
    [BASE.get().map_or("/api/v1", String::as_str), path].concat()
}

/// What comes of a request. Boxed, so that whoever waits for it does not hold its code too.
pub type Reply<T = String> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

/// The text of a file that lies beside the page; `None` where there is none. `begun` as in [`begun`].
pub fn own_file(name: &'static str, begun: Option<Promise>, doing: &'static str) -> Reply<Option<String>> {
    Box::pin(async move {
        let (response, text) = match begun {
            Some(answer) => taken(answer, doing).await?,
            None => {
                exchange(RequestBuilder::new(name).redirect(RequestRedirect::Manual).build(), doing).await?
            }
        };
        match response.status() {
            404 => Ok(None),
            status if response.ok() || status == 304 => Ok(Some(text)),
            status => Err(Failure::refused(doing, status, &text)),
        }
    })
}

/// How long an answer may take, in seconds.
const PATIENCE: u32 = 60;

/// One request: its path below the base with its query, and what goes with it.
pub struct Request {
    pub path: String,
    /// `None` asks (GET), `Some` sends (POST) the text of a JSON value, or nothing where it is empty.
    pub body: Option<String>,
    /// What the panel is doing, as it follows "Could not".
    pub doing: String,
}

/// Sends `request` with `token` and returns the body of a 2xx answer.
pub fn send(request: Rc<Request>, token: Option<String>) -> Reply {
    Box::pin(async move {
        let doing = request.doing.as_str();
        // Dropped with the future, it aborts the request that nobody waits for any more.
        let deadline =
            Deadline::after(Duration::from_secs(PATIENCE.into())).map_err(|error| broken(doing, &error))?;
        let mut builder = RequestBuilder::new(&address(&request.path))
            .method(if request.body.is_some() { Method::POST } else { Method::GET })
            .header("Accept", "application/json")
            .redirect(RequestRedirect::Manual)
            .abort_signal(Some(&deadline.signal()));
        if let Some(token) = token {
            builder = builder.header("Authorization", &["Bearer ", &token].concat());
        }
        let built = match request.body.as_deref() {
            None | Some("") => builder.build(),
            Some(body) => builder.header("Content-Type", "application/json").body(body),
        };
        let sent = Date::now();
        let response = answer(built, doing).await?;
        // Nothing below the interface is kept by a cache, so what it says of the time is of now.
        clock::hear(sent, Date::now(), date(&response).unwrap_or(f64::NAN));
        let (response, text) = received(response, doing).await?;
        if response.ok() {
            return Ok(text);
        }
        Err(Failure { wait: least_wait(&response), ..Failure::refused(doing, response.status(), &text) })
    })
}

/// The body of a 2xx answer that somebody else has asked for; `answer` brings the browser's `Response`.
pub fn begun(answer: Promise, doing: &'static str) -> Reply {
    Box::pin(async move {
        let (response, text) = taken(answer, doing).await?;
        if response.ok() { Ok(text) } else { Err(Failure::refused(doing, response.status(), &text)) }
    })
}

async fn taken(answer: Promise, doing: &str) -> Result<(Response, String), Failure> {
    let answer = answer.await.map_err(|error| broken(doing, &error))?;
    received(Response::from(answer.unchecked_into::<web_sys::Response>()), doing).await
}

/// Sends what was `built`: the answer, and its whole text.
async fn exchange(
    built: Result<gloo_net::http::Request, gloo_net::Error>,
    doing: &str,
) -> Result<(Response, String), Failure> {
    received(answer(built, doing).await?, doing).await
}

/// An answer with its whole text; one that leads elsewhere is none.
async fn received(response: Response, doing: &str) -> Result<(Response, String), Failure> {
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(Failure::new(doing, Cause::Redirected));
    }
    let text = text(&response).await.map_err(|error| failed(doing, &error))?;
    Ok((response, text))
}

/// Sends what was `built`: the head of the answer.
async fn answer(
    built: Result<gloo_net::http::Request, gloo_net::Error>,
    doing: &str,
) -> Result<Response, Failure> {
    let failed = |error| failed(doing, &error);
    built.map_err(failed)?.send().await.map_err(failed)
}

/// The time of the server's clock when it made the answer; not a number where it says none that can be read.
fn date(response: &Response) -> Option<f64> {
    response.headers().get("Date").map(|date| Date::parse(&date))
}

/// The whole text of an answer. Its bytes are copied as they are: a text of the browser's would be written anew, which takes
/// longer than to compare it with the one before.
async fn text(response: &Response) -> Result<String, gloo_net::Error> {
    Ok(text::of_bytes(response.binary().await?))
}

fn failed(doing: &str, error: &gloo_net::Error) -> Failure {
    let cause = match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => Cause::Timeout(PATIENCE),
        error => Cause::Network(error.to_string()),
    };
    Failure::new(doing, cause)
}

/// Milliseconds before which the server does not want to be asked again; 0 where it does not say.
fn least_wait(response: &Response) -> f64 {
    let headers = response.headers();
    let Some(wish) = headers.get("Retry-After") else { return 0.0 };
    // By the server's clock, where it tells it: the one here may be set wrong.
    let now = date(response).unwrap_or_else(Date::now);
    refresh::retry_after(&wish, now, Date::parse)
}

/// Sends `body` from a page that is going away: the browser finishes it, and nobody hears of the answer.
pub fn send_at_last(path: &str, body: &str) {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&body.into());
    if let (Some(window), Ok(blob)) =
        (web_sys::window(), Blob::new_with_str_sequence_and_options(&parts, &options))
    {
        // What the browser refuses cannot be helped any more; the token ends by its limits.
        _ = window.navigator().send_beacon_with_opt_blob(&address(path), Some(&blob));
    }
}

fn broken(doing: &str, error: &JsValue) -> Failure {
    // Never with `{:?}`, which brings tables of all that can be printed.
    let words = error.dyn_ref::<Error>().map(|error| String::from(error.message())).unwrap_or_default();
    Failure::new(doing, Cause::Network(words))
}
