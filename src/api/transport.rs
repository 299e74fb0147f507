//! Sends requests and returns the text of their responses. The only module that uses gloo-net, and private to `api`.
//!
//! Dropping the future of a request aborts the request.

use super::failure::{Cause, Failure};
use super::request::{Method, Parts, Reply, absolute};
use crate::api::retry_after::retry_after;
use crate::clock::{self, Deadline};
use cckm::server_check::{Answer, LOOKED_AT};
use cckm::text;
use gloo_net::http::{RequestBuilder, Response};
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Blob, BlobPropertyBag, RequestCache, RequestRedirect, ResponseType,
    js_sys::{Array, Date, Error, Promise},
};

/// The text of a file beside the page; `None` where the file does not exist. `response` is a promise of the browser's
/// `Response` for a request that has been sent already.
pub fn own_file(
    name: &'static str,
    response: Option<Promise>,
    purpose: &'static str,
) -> Reply<Option<String>> {
    Box::pin(async move {
        let (response, text) = match response {
            Some(response) => awaited(response, purpose).await?,
            None => {
                exchange(RequestBuilder::new(name).redirect(RequestRedirect::Manual).build(), purpose).await?
            }
        };
        match response.status() {
            404 => Ok(None),
            status if response.ok() || status == 304 => Ok(Some(text)),
            status => Err(Failure::refused(purpose, status, &text)),
        }
    })
}

/// The timeout of a request, in seconds.
const TIMEOUT: u32 = 60;

/// A request for `url` with `token`, which follows no redirect and ends with `deadline`.
fn begun(url: &str, token: Option<String>, deadline: &Deadline) -> RequestBuilder {
    let builder =
        RequestBuilder::new(url).redirect(RequestRedirect::Manual).abort_signal(Some(&deadline.signal()));
    match token {
        Some(token) => builder.header("Authorization", &["Bearer ", &token].concat()),
        None => builder,
    }
}

/// Sends a request with `token` and returns the text of a 2xx response.
pub fn send(request: Rc<Parts>, token: Option<String>) -> Reply {
    Box::pin(async move {
        let purpose = request.purpose.as_str();
        // Dropped with the future, which aborts the request.
        let deadline =
            Deadline::after(Duration::from_secs(TIMEOUT.into())).map_err(|error| broken(purpose, &error))?;
        let builder = begun(&absolute(&request.path), token, &deadline)
            .method(match request.method {
                Method::Get => gloo_net::http::Method::GET,
                Method::Post => gloo_net::http::Method::POST,
                Method::Patch => gloo_net::http::Method::PATCH,
                Method::Delete => gloo_net::http::Method::DELETE,
            })
            .header("Accept", "application/json");
        let built = match request.body.as_str() {
            "" => builder.build(),
            body => builder.header("Content-Type", "application/json").body(body),
        };
        let sent = Date::now();
        let response = head(built, purpose).await?;
        // Responses of the API are not stored by caches, so the `Date` is current.
        clock::observe_date(sent, Date::now(), date(&response).unwrap_or(f64::NAN));
        let (response, text) = received(response, purpose).await?;
        if response.ok() {
            return Ok(text);
        }
        Err(Failure { wait: least_wait(&response), ..Failure::refused(purpose, response.status(), &text) })
    })
}

/// Sends a GET request for `url` and returns the whole answer, whatever its status is. No cache of the browser answers.
pub fn probe(url: String, token: Option<String>) -> Pin<Box<dyn Future<Output = Answer>>> {
    Box::pin(async move {
        let purpose = "look at the server";
        let Ok(deadline) = Deadline::after(Duration::from_secs(TIMEOUT.into())) else {
            return Answer::lost("no timer");
        };
        let builder = begun(&url, token, &deadline)
            .header("Accept", "application/json, */*")
            .cache(RequestCache::NoStore);
        let lost = |failure: Failure| match failure.cause {
            Cause::Redirected => Answer::redirected(),
            Cause::Network(words) => Answer::lost(&words),
            _ => Answer::lost(&failure.kind()),
        };
        let sent = Date::now() as i64;
        let response = match head(builder.build(), purpose).await {
            Ok(response) => response,
            Err(failure) => return lost(failure),
        };
        let received = Date::now() as i64;
        let all = response.headers();
        let header = |name: &&str| Some(((*name).to_owned(), all.get(name)?));
        let headers = LOOKED_AT.iter().filter_map(header).collect();
        let status = response.status();
        match self::received(response, purpose).await {
            Ok((_, body)) => Answer { status, headers, body, sent, received, ..Answer::default() },
            Err(failure) => lost(failure),
        }
    })
}

/// Returns the text of a 2xx response to a request that has been sent already. `response` is a promise of the
/// browser's `Response`.
pub fn receive(response: Promise, purpose: String) -> Reply {
    Box::pin(async move {
        let (response, text) = awaited(response, &purpose).await?;
        if response.ok() { Ok(text) } else { Err(Failure::refused(&purpose, response.status(), &text)) }
    })
}

async fn awaited(response: Promise, purpose: &str) -> Result<(Response, String), Failure> {
    let response = response.await.map_err(|error| broken(purpose, &error))?;
    received(Response::from(response.unchecked_into::<web_sys::Response>()), purpose).await
}

/// Sends the request in `built`, and returns the response and its whole text.
async fn exchange(
    built: Result<gloo_net::http::Request, gloo_net::Error>,
    purpose: &str,
) -> Result<(Response, String), Failure> {
    received(head(built, purpose).await?, purpose).await
}

/// Reads the whole text of a response. A redirect is a failure.
async fn received(response: Response, purpose: &str) -> Result<(Response, String), Failure> {
    if response.type_() == ResponseType::Opaqueredirect {
        return Err(Failure::new(purpose, Cause::Redirected));
    }
    let text = text(&response).await.map_err(|error| failed(purpose, &error))?;
    Ok((response, text))
}

/// Sends the request in `built`, and returns the response as soon as its head has been received.
async fn head(
    built: Result<gloo_net::http::Request, gloo_net::Error>,
    purpose: &str,
) -> Result<Response, Failure> {
    let failed = |error| failed(purpose, &error);
    built.map_err(failed)?.send().await.map_err(failed)
}

/// The `Date` of a response, in milliseconds since the epoch: NaN where it cannot be parsed, `None` without the
/// header.
fn date(response: &Response) -> Option<f64> {
    response.headers().get("Date").map(|date| Date::parse(&date))
}

/// The whole text of a response. Its bytes are decoded here: a string of the browser's would have to be encoded
/// again, which takes longer than comparing the text with the last one.
async fn text(response: &Response) -> Result<String, gloo_net::Error> {
    Ok(text::of_bytes(response.binary().await?))
}

fn failed(purpose: &str, error: &gloo_net::Error) -> Failure {
    let cause = match error {
        gloo_net::Error::JsError(error) if error.name == "TimeoutError" => Cause::Timeout(TIMEOUT),
        error => Cause::Network(error.to_string()),
    };
    Failure::new(purpose, cause)
}

/// The milliseconds to wait before the next request, by the server's `Retry-After`; 0 without that header.
fn least_wait(response: &Response) -> f64 {
    let headers = response.headers();
    let Some(value) = headers.get("Retry-After") else { return 0.0 };
    // Computed with the server's clock where its `Date` is known, because the clock of this computer may be wrong.
    let now = date(response).unwrap_or_else(Date::now);
    retry_after(&value, now, Date::parse)
}

/// Sends a request while the page is being unloaded. The browser completes it, and the response is ignored.
pub fn send_beacon(request: &Parts) {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let parts = Array::of1(&request.body.as_str().into());
    if let (Some(window), Ok(blob)) =
        (web_sys::window(), Blob::new_with_str_sequence_and_options(&parts, &options))
    {
        // A refusal of the browser is ignored: the token expires by its limits.
        _ = window.navigator().send_beacon_with_opt_blob(&absolute(&request.path), Some(&blob));
    }
}

fn broken(purpose: &str, error: &JsValue) -> Failure {
    // `{:?}` would add the tables of printable characters to the program.
    let words = error.dyn_ref::<Error>().map(|error| String::from(error.message())).unwrap_or_default();
    Failure::new(purpose, Cause::Network(words))
}
