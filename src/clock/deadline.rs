//! Time limits: [`Deadline`] for functions that take an `AbortSignal`, [`timeout`] for a future.

use leptos::prelude::{TimeoutHandle, set_timeout_with_handle};
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::js_sys::{Array, Reflect, global};
use web_sys::{AbortController, AbortSignal, DomException};

/// An `AbortSignal` that aborts after a time limit, or when the `Deadline` is dropped. It uses the browser's
/// `AbortSignal.timeout` and `AbortSignal.any` where both exist, and a timer in older browsers.
pub struct Deadline {
    controller: AbortController,
    signal: AbortSignal,
    timer: Option<TimeoutHandle>,
}

impl Deadline {
    /// Aborts after `limit`, with the error `TimeoutError`.
    pub fn after(limit: Duration) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        if has_timeouts() {
            let timeout = AbortSignal::timeout_with_u32(limit.as_millis() as u32);
            let signal = AbortSignal::any(&Array::of2(&controller.signal(), &timeout));
            return Ok(Self { controller, signal, timer: None });
        }
        let signal = controller.signal();
        let late = controller.clone();
        let end = move || match DomException::new_with_message_and_name("It took too long.", "TimeoutError") {
            Ok(reason) => late.abort_with_reason(&reason),
            Err(_) => late.abort(),
        };
        Ok(Self { controller, signal, timer: set_timeout_with_handle(end, limit).ok() })
    }

    pub fn signal(&self) -> AbortSignal {
        self.signal.clone()
    }
}

fn has_timeouts() -> bool {
    Reflect::get(&global(), &"AbortSignal".into()).is_ok_and(|class| {
        ["any", "timeout"].iter().all(|name| Reflect::has(&class, &(*name).into()) == Ok(true))
    })
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(timer) = &self.timer {
            timer.clear();
        }
        // No effect where the signal has aborted already.
        self.controller.abort();
    }
}

/// Returns the output of `task`; drops `task` and returns `None` where it takes longer than `limit`.
pub async fn timeout<T>(limit: Duration, mut task: Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    /// Whether the time limit has passed, and the waker of the waiting task.
    type Expiry = Rc<RefCell<(bool, Option<Waker>)>>;
    let expiry = Expiry::default();
    let expires = expiry.clone();
    let timer = set_timeout_with_handle(
        move || {
            let waiting = {
                let mut expiry = expires.borrow_mut();
                expiry.0 = true;
                expiry.1.take()
            };
            if let Some(waker) = waiting {
                waker.wake();
            }
        },
        limit,
    );
    let output = poll_fn(|context| {
        if let Poll::Ready(output) = task.as_mut().poll(context) {
            return Poll::Ready(Some(output));
        }
        let mut expiry = expiry.borrow_mut();
        if expiry.0 {
            return Poll::Ready(None);
        }
        expiry.1 = Some(context.waker().clone());
        Poll::Pending
    })
    .await;
    if let Ok(timer) = timer {
        timer.clear();
    }
    output
}
