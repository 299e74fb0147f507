//! A request as a value: method, path, body, what it is for, and how its response is decoded. Nothing here sends it.

use super::failure::Failure;
use crate::config::config;
use cckm::decode::DecodeError;
use std::pin::Pin;
use std::rc::Rc;

/// The outcome of a request, to be awaited. Boxed, so that the code that awaits it does not contain the code that sends it.
pub type Reply<T = String> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

#[derive(Clone, Copy, PartialEq)]
pub enum Method {
    Get,
    Post,
}

/// What of a request is sent, and what it is for. It may hold a password, so there is no `Debug`.
pub struct Parts {
    pub method: Method,
    /// The path below the base of the interface, with the query.
    pub path: String,
    /// The text of a JSON value, or nothing.
    pub body: String,
    /// What the request is for, as it follows "Could not": "load the AWS jobs".
    pub purpose: String,
}

/// A request whose response is a `T`. It is a value: nothing is sent until it is handed to whoever sends it.
pub struct Request<T> {
    /// Shared, because a request may be sent again with another token.
    pub parts: Rc<Parts>,
    decode: Decode<T>,
    explain: Explain,
}

/// Decides whether the text of a 2xx response is what was asked for.
type Decode<T> = Box<dyn Fn(&str) -> Result<T, DecodeError>>;

/// Makes the failure of a response that is not what was asked for, from the purpose of the request and the response's text.
type Explain = fn(&str, &DecodeError, &str) -> Failure;

impl<T> Request<T> {
    /// Reads `path`. `decode` decides what counts as the response.
    pub fn get(
        path: String,
        purpose: impl Into<String>,
        decode: impl Fn(&str) -> Result<T, DecodeError> + 'static,
    ) -> Self {
        Self::new(Method::Get, path, String::new(), purpose.into(), Box::new(decode))
    }

    /// Sends `body` to `path`.
    pub fn post(
        path: String,
        body: String,
        purpose: impl Into<String>,
        decode: impl Fn(&str) -> Result<T, DecodeError> + 'static,
    ) -> Self {
        Self::new(Method::Post, path, body, purpose.into(), Box::new(decode))
    }

    fn new(method: Method, path: String, body: String, purpose: String, decode: Decode<T>) -> Self {
        let parts = Rc::new(Parts { method, path, body, purpose });
        Self { parts, decode, explain: Failure::wrong }
    }

    /// The same request with another explanation of a response that is not what was asked for.
    pub fn explained_by(self, explain: Explain) -> Self {
        Self { explain, ..self }
    }

    /// Decodes the text of a 2xx response.
    pub fn decode(&self, text: &str) -> Result<T, Failure> {
        (self.decode)(text).map_err(|wrong| (self.explain)(&self.parts.purpose, &wrong, text))
    }
}

/// The whole path of `path`, which is relative to the base of the interface.
pub fn absolute(path: &str) -> String {
    [&config().api, path].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_purpose_of_its_request() {
        let request = Request::get("/jobs".to_owned(), "load the jobs", |_| Err::<(), _>(DecodeError::Empty));
        let failure = request.decode("").err().map(|failure| failure.title());
        assert_eq!(failure.as_deref(), Some("Could not load the jobs"));
    }
}
