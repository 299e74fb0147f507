//! Prefetching: sends one request before the view that needs it is mounted, and hands its response to the first list
//! query, where that is for the same path and within ten seconds. The caller decides what to prefetch and when.

use crate::api::{Reply, Request};
use crate::auth::Session;
use crate::clock::{self, Moment};
use leptos::prelude::untrack;
use std::cell::Cell;
use std::task::{Context, Poll, Waker};

struct Prefetched {
    path: String,
    sent: Moment,
    response: Reply,
}

/// How long a prefetched response can be used, in milliseconds.
const LIFETIME: f64 = 10_000.0;

thread_local! {
    static PREFETCHED: Cell<Option<Prefetched>> = const { Cell::new(None) };
}

/// Sends `request` at once and stores its response in place of the last one.
pub fn send<T>(session: Session, request: &Request<T>) {
    let mut response = session.send_parts(request.parts.clone());
    // Polled once, so that the request is sent before any other task runs.
    let first_poll = untrack(|| response.as_mut().poll(&mut Context::from_waker(Waker::noop())));
    let response = match first_poll {
        Poll::Ready(response) => Box::pin(std::future::ready(response)),
        Poll::Pending => response,
    };
    PREFETCHED.set(Some(Prefetched { path: request.parts.path.clone(), sent: clock::moment(), response }));
}

/// Takes the prefetched response for `path`, where there is a recent one. A response for another path is dropped,
/// which aborts its request.
pub fn take(path: &str) -> Option<Reply> {
    let prefetched = PREFETCHED.take().filter(|prefetched| prefetched.path == path)?;
    (clock::moment().since(prefetched.sent) < LIFETIME).then_some(prefetched.response)
}

/// Drops the prefetched response.
pub fn clear() {
    PREFETCHED.set(None);
}
