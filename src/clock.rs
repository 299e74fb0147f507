//! The time of day as signals: seconds for what runs, minutes for what is over; and an end to waiting.
//!
//! The time of day is the server's, as far as its answers say (`clock_offset.rs`): the one of this computer may be set wrong.
//! What passes on this computer alone is measured with [`moment`], which no answer moves.

use crate::clock_offset::{self, ClockOffset, Sample};
use crate::life::Moment;
use crate::time::Stamp;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;
use wasm_bindgen::JsValue;
use web_sys::js_sys::{Array, Date, Reflect, global};
use web_sys::{AbortController, AbortSignal, DomException};

#[derive(Clone, Copy)]
pub struct Clock {
    second: RwSignal<Stamp>,
    minute: Memo<Stamp>,
    /// What a person is to be told of the clock of this computer.
    warning: RwSignal<Option<String>>,
}

thread_local! {
    static OFFSET: RefCell<ClockOffset> = RefCell::default();
    /// The one of the page, which is to show another time when the difference changes.
    static CLOCK: Cell<Option<Clock>> = const { Cell::new(None) };
}

impl Clock {
    /// Starts to tick; call once, from the app's root.
    pub fn start() -> Self {
        let second = RwSignal::new(now());
        if let Ok(handle) = set_interval_with_handle(move || second.set(now()), Duration::from_secs(1)) {
            on_cleanup(move || handle.clear());
        }
        let minute = Memo::new(move |_| {
            let at = second.get().millis();
            Stamp::from_millis(at - at.rem_euclid(60_000))
        });
        let clock = Self { second, minute, warning: RwSignal::new(None) };
        CLOCK.set(Some(clock));
        clock
    }

    /// The time, told every second.
    pub fn second(self) -> Stamp {
        self.second.get()
    }

    /// Tells the time now, without waiting for the next second.
    pub fn tick(self) {
        self.second.set(now());
    }

    /// The time, told as each minute begins; for texts like "3 min ago".
    pub fn minute(self) -> Stamp {
        // Read, and not only tracked: a memo that nobody has read yet tells nobody of its changes.
        _ = self.minute.get();
        now()
    }

    /// What a person is to be told of the clock of this computer, where that is set wrong.
    pub fn warning(self) -> Option<String> {
        self.warning.get()
    }
}

/// Takes the `date` of an answer into account; its request was sent, and its head received, at these times of the
/// browser's clock. Only of answers that no cache may keep.
pub fn hear(sent: f64, received: f64, date: f64) {
    // What is no date at all is not a number.
    if !date.is_finite() {
        return;
    }
    let sample = Sample { sent: sent as i64, received: received as i64, date: date as i64 };
    if !OFFSET.with_borrow_mut(|offset| offset.hear(sample)) {
        return;
    }
    if let Some(clock) = CLOCK.get() {
        clock.tick();
        let warning = clock_offset::warning(offset());
        if clock.warning.get_untracked() != warning {
            clock.warning.set(warning);
        }
    }
}

/// The server's time minus the browser's, in milliseconds; 0 as long as no answer told.
pub fn offset() -> i64 {
    OFFSET.with_borrow(ClockOffset::millis)
}

/// This moment on both clocks of this computer.
pub fn moment() -> Moment {
    let monotonic = window().performance().map_or(0.0, |performance| performance.now());
    Moment { monotonic, wall: Date::now() }
}

/// The server's time at this moment.
pub fn now() -> Stamp {
    Stamp::from_millis((Date::now() as i64).saturating_add(offset()))
}

/// A signal that ends what it is given to after a while, or when this is dropped. The browser's own `AbortSignal.timeout`
/// keeps the time where there is one; older browsers have neither that nor `AbortSignal.any`, and get a timer.
pub struct Deadline {
    controller: AbortController,
    signal: AbortSignal,
    timer: Option<TimeoutHandle>,
}

impl Deadline {
    /// Ends it after `patience`, with the error `TimeoutError`.
    pub fn after(patience: Duration) -> Result<Self, JsValue> {
        let controller = AbortController::new()?;
        if has_timeouts() {
            let timeout = AbortSignal::timeout_with_u32(patience.as_millis() as u32);
            let signal = AbortSignal::any(&Array::of2(&controller.signal(), &timeout));
            return Ok(Self { controller, signal, timer: None });
        }
        let signal = controller.signal();
        let late = controller.clone();
        let end = move || match DomException::new_with_message_and_name("It took too long.", "TimeoutError") {
            Ok(reason) => late.abort_with_reason(&reason),
            Err(_) => late.abort(),
        };
        Ok(Self { controller, signal, timer: set_timeout_with_handle(end, patience).ok() })
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
        // Where it has ended already, this changes nothing.
        self.controller.abort();
    }
}

/// What `task` brings within `patience`; `None` where it takes longer, which drops it.
pub async fn within<T>(patience: Duration, mut task: Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    /// Whether the time is over, and who is to be told when it is.
    type Late = Rc<RefCell<(bool, Option<Waker>)>>;
    let late = Late::default();
    let told = late.clone();
    let timer = set_timeout_with_handle(
        move || {
            let waiting = {
                let mut late = told.borrow_mut();
                late.0 = true;
                late.1.take()
            };
            if let Some(waker) = waiting {
                waker.wake();
            }
        },
        patience,
    );
    let brought = poll_fn(|context| {
        if let Poll::Ready(brought) = task.as_mut().poll(context) {
            return Poll::Ready(Some(brought));
        }
        let mut late = late.borrow_mut();
        if late.0 {
            return Poll::Ready(None);
        }
        late.1 = Some(context.waker().clone());
        Poll::Pending
    })
    .await;
    if let Ok(timer) = timer {
        timer.clear();
    }
    brought
}
