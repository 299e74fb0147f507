//! The one question that is sent before its view is there, and its answer until that view asks. Owns no more than that:
//! what is asked is `api`'s, and when is `listing`'s.

use crate::api::Reply;
use crate::clock;
use crate::life::Moment;
use leptos::prelude::untrack;
use std::cell::Cell;
use std::task::{Context, Poll, Waker};

struct Ahead {
    path: String,
    sent: Moment,
    answer: Reply,
}

/// In milliseconds. A view that comes later asks anew.
const FRESH: f64 = 10_000.0;

thread_local! {
    static AHEAD: Cell<Option<Ahead>> = const { Cell::new(None) };
}

/// Sends at once what `answer` asks at `path`, and keeps what comes of it, in place of what was kept before.
pub fn send(path: String, mut answer: Reply) {
    // So that it is on its way before anything else that this moment brings.
    let begun = untrack(|| answer.as_mut().poll(&mut Context::from_waker(Waker::noop())));
    let answer = match begun {
        Poll::Ready(answer) => Box::pin(std::future::ready(answer)),
        Poll::Pending => answer,
    };
    AHEAD.set(Some(Ahead { path, sent: clock::moment(), answer }));
}

/// What was sent to `path`, once, where it is as good as a question that is sent now. Nothing is kept after the first call.
pub fn take(path: &str) -> Option<Reply> {
    let ahead = AHEAD.take().filter(|ahead| ahead.path == path)?;
    (clock::moment().since(ahead.sent) < FRESH).then_some(ahead.answer)
}

/// Forgets what was sent.
pub fn forget() {
    AHEAD.set(None);
}
