//! The time of day as signals: seconds for what runs, minutes for what is over; and an end to waiting.

use crate::life::Moment;
use crate::reactive::*;
use crate::time::Stamp;
use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Poll, Waker};
use std::time::Duration;
use web_sys::js_sys::Date;

#[derive(Clone, Copy)]
pub struct Clock {
    second: RwSignal<Stamp>,
    minute: Memo<Stamp>,
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
        Self { second, minute }
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
        self.minute.track();
        now()
    }
}

/// This moment on both clocks.
pub fn moment() -> Moment {
    let monotonic = window().performance().map_or(0.0, |performance| performance.now());
    Moment { monotonic, wall: Date::now() }
}

/// The time at this moment.
pub fn now() -> Stamp {
    Stamp::from_millis(Date::now() as i64)
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
