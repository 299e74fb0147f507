//! A request as a value: method, path, body, purpose, and the decoder of its response. Sends nothing.

use super::failure::Failure;
use crate::config::config;
use cckm::decode::DecodeError;
use std::pin::Pin;
use std::rc::Rc;

/// The future of a response. Boxed, so that the code that awaits it does not contain the code that sends the request.
pub type Reply<T = String> = Pin<Box<dyn Future<Output = Result<T, Failure>>>>;

#[derive(Clone, Copy, PartialEq)]
pub enum Method {
    Get,
    Post,
    Patch,
    Delete,
}

/// The parts of a request that are sent, and its purpose. They may contain a password, so there is no `Debug`.
pub struct Parts {
    pub method: Method,
    /// The path relative to the base path of the API, with the query string.
    pub path: String,
    /// JSON text, or an empty string.
    pub body: String,
    /// The purpose of the request, as it follows "Could not": "load the AWS jobs".
    pub purpose: String,
}

/// A request whose response decodes to a `T`. It is a value: nothing is sent until it is passed to a sender.
pub struct Request<T> {
    /// Shared, because a request may be sent again with another token.
    pub parts: Rc<Parts>,
    decode: Decode<T>,
    explain: Explain,
}

/// Decodes the text of a 2xx response.
type Decode<T> = Box<dyn Fn(&str) -> Result<T, DecodeError>>;

/// Makes the failure of a response that cannot be decoded, from the request's purpose, the error and the response's
/// text.
type Explain = fn(&str, &DecodeError, &str) -> Failure;

impl<T> Request<T> {
    /// A GET request for `path`. `decode` decodes the response.
    pub fn get(
        path: String,
        purpose: impl Into<String>,
        decode: impl Fn(&str) -> Result<T, DecodeError> + 'static,
    ) -> Self {
        Self::new(Method::Get, path, String::new(), purpose.into(), Box::new(decode))
    }

    /// A POST request that sends `body` to `path`.
    pub fn post(
        path: String,
        body: String,
        purpose: impl Into<String>,
        decode: impl Fn(&str) -> Result<T, DecodeError> + 'static,
    ) -> Self {
        Self::new(Method::Post, path, body, purpose.into(), Box::new(decode))
    }

    /// A PATCH request that sends `body` to `path`.
    pub fn patch(
        path: String,
        body: String,
        purpose: impl Into<String>,
        decode: impl Fn(&str) -> Result<T, DecodeError> + 'static,
    ) -> Self {
        Self::new(Method::Patch, path, body, purpose.into(), Box::new(decode))
    }

    /// A DELETE request for `path`.
    pub fn delete(
        path: String,
        purpose: impl Into<String>,
        decode: impl Fn(&str) -> Result<T, DecodeError> + 'static,
    ) -> Self {
        Self::new(Method::Delete, path, String::new(), purpose.into(), Box::new(decode))
    }

    fn new(method: Method, path: String, body: String, purpose: String, decode: Decode<T>) -> Self {
        let parts = Rc::new(Parts { method, path, body, purpose });
        Self { parts, decode, explain: Failure::wrong }
    }

    /// The same request with another function for the failure of a response that cannot be decoded.
    pub fn explained_by(self, explain: Explain) -> Self {
        Self { explain, ..self }
    }

    /// Decodes the text of a 2xx response.
    pub fn decode(&self, text: &str) -> Result<T, Failure> {
        (self.decode)(text).map_err(|wrong| (self.explain)(&self.parts.purpose, &wrong, text))
    }
}

/// The absolute path of `path`, which is relative to the base path of the API.
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
