//! The client: sends a request with authorization or with a given token, or receives the response to a request that
//! was sent before the program was loaded.
//!
//! The client is independent of the session: the caller passes what authorizes requests ([`Authorize`]).

use super::failure::Failure;
use super::request::{Parts, Reply, Request, absolute};
use super::transport;
use cckm::server_check::{Answer, Ask, Place};
use std::rc::Rc;
use web_sys::js_sys::Promise;

/// What authorizes requests.
pub trait Authorize: Copy + 'static {
    type Credential;

    /// The credential for one request, after a renewal where that is due.
    fn credential(self) -> impl Future<Output = Result<Self::Credential, Failure>>;

    /// The credential for the second attempt of a request that the server refused with `refused`; `None` where there
    /// is none.
    fn renewed(self, refused: &Self::Credential) -> impl Future<Output = Option<Self::Credential>>;

    /// The access token of `credential`; `None` where a proxy or a cookie authorizes requests.
    fn token(credential: &Self::Credential) -> Option<String>;
}

/// Sends a request that `authorize` authorizes, and returns the text of a 2xx response.
pub fn send(authorize: impl Authorize, parts: Rc<Parts>) -> Reply {
    Box::pin(authorized(authorize, move |token| transport::send(parts.clone(), token)))
}

/// Sends a request with `token`, or without one.
pub async fn send_with<T>(token: Option<String>, request: Request<T>) -> Result<T, Failure> {
    request.decode(&transport::send(request.parts.clone(), token).await?)
}

/// Sends a request of a server check, and returns the whole answer without the token. A token that the server refuses
/// is renewed once.
pub async fn probe<A: Authorize>(authorize: A, ask: &Ask) -> Answer {
    if ask.place == Place::Page {
        return transport::probe(["./", &ask.path].concat(), None).await;
    }
    let send = |token: Option<String>| async move {
        let answer = transport::probe(absolute(&ask.path), token.clone()).await;
        answer.without(&[token.as_deref().unwrap_or_default()])
    };
    let is_refused = |answer: &Answer| answer.status == 401 && !cckm::text::is_page(&answer.body);
    match with_renewal(authorize, send, is_refused).await {
        Ok(answer) => answer,
        Err(failure) => Answer::lost(&failure.kind()),
    }
}

/// Receives and decodes the response to `request`. `response` is a promise of the browser's `Response`.
pub async fn receive<T>(response: Promise, request: Request<T>) -> Result<T, Failure> {
    request.decode(&transport::receive(response, request.parts.purpose.clone()).await?)
}

/// Sends a request while the page is being unloaded. The browser completes it, and the response is ignored.
pub fn send_beacon<T>(request: &Request<T>) {
    transport::send_beacon(&request.parts);
}

/// Sends a request with a valid credential, see [`with_renewal`], and returns the text of a 2xx response.
async fn authorized<A: Authorize>(
    authorize: A,
    send: impl Fn(Option<String>) -> Reply,
) -> Result<String, Failure> {
    let is_refused = |answer: &Result<String, Failure>| {
        answer.as_ref().is_err_and(|failure| failure.status() == Some(401) && !failure.is_page())
    };
    with_renewal(authorize, send, is_refused).await?
}

/// Sends a request with a valid credential. After a 401, by which the server states that it has done nothing, sends
/// it once more with the next credential. `is_refused` tells such an answer; a page with this status comes from a proxy,
/// which no token of the server satisfies. The error is that no credential could be had.
async fn with_renewal<A: Authorize, T, F: Future<Output = T>>(
    authorize: A,
    send: impl Fn(Option<String>) -> F,
    is_refused: impl Fn(&T) -> bool,
) -> Result<T, Failure> {
    let credential = authorize.credential().await?;
    let answer = send(A::token(&credential)).await;
    if !is_refused(&answer) {
        return Ok(answer);
    }
    Ok(match authorize.renewed(&credential).await {
        Some(next) => send(A::token(&next)).await,
        None => answer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::task::{Context, Poll, Waker};

    /// Has the token "old", and then the token in the field, if any.
    #[derive(Clone, Copy)]
    struct Tokens(Option<&'static str>);

    impl Authorize for Tokens {
        type Credential = &'static str;

        async fn credential(self) -> Result<&'static str, Failure> {
            Ok("old")
        }

        async fn renewed(self, refused: &&'static str) -> Option<&'static str> {
            self.0.filter(|next| next != refused)
        }

        fn token(credential: &&'static str) -> Option<String> {
            Some((*credential).to_owned())
        }
    }

    /// Sends a request to a server that refuses every token but "new" with 401 and `body`. Returns the response and
    /// the tokens that were sent.
    fn sent(next: Option<&'static str>, body: &'static str) -> (Result<String, Failure>, Vec<String>) {
        let tokens = RefCell::new(Vec::new());
        let send = |token: Option<String>| -> Reply {
            let token = token.unwrap_or_default();
            let answer = match token.as_str() {
                "new" => Ok("done".to_owned()),
                _ => Err(Failure::refused("try", 401, body)),
            };
            tokens.borrow_mut().push(token);
            Box::pin(std::future::ready(answer))
        };
        let task = std::pin::pin!(authorized(Tokens(next), send));
        let Poll::Ready(answer) = task.poll(&mut Context::from_waker(Waker::noop())) else {
            panic!("nothing here waits");
        };
        (answer, tokens.take())
    }

    #[test]
    fn a_request_is_sent_once_more_with_the_next_token() {
        let (answer, tokens) = sent(Some("new"), "");
        assert!(answer.is_ok_and(|text| text == "done"));
        assert_eq!(tokens, ["old", "new"]);
    }

    #[test]
    fn a_request_is_sent_twice_at_most() {
        let (answer, tokens) = sent(Some("newer"), "");
        assert!(answer.is_err_and(|failure| failure.status() == Some(401)));
        assert_eq!(tokens, ["old", "newer"]);
    }

    #[test]
    fn without_another_token_the_refusal_stands() {
        let (answer, tokens) = sent(None, "");
        assert!(answer.is_err_and(|failure| failure.status() == Some(401)));
        assert_eq!(tokens, ["old"]);
    }

    #[test]
    fn no_token_satisfies_the_page_of_a_proxy() {
        let (answer, tokens) = sent(Some("new"), "<html>Sign in</html>");
        assert!(answer.is_err_and(|failure| failure.is_page()));
        assert_eq!(tokens, ["old"]);
    }
}
