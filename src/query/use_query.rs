//! The latest response to the latest query. A changed query replaces the request that is under way, which is dropped
//! and thereby aborted. The last response stays until the next one is received.
//!
//! Leptos' resources wait for one another, show the older response first, and abort nothing; hence this module.

use super::cross_tab::{Subscriber, scope};
use super::poller::Poller;
use crate::api::failure::Failure;
use leptos::prelude::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::time::Duration;

/// The state of a query, as signals.
pub struct QueryState<A: Send + Sync + 'static> {
    /// The last good response. It stays while the next request is under way, and when that request fails.
    pub answer: RwSignal<Option<A>>,
    /// Why the latest request failed.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether a person has waited so long for a response that a loading indicator is shown.
    pub slow: RwSignal<bool>,
}

impl<A: Send + Sync + 'static> Clone for QueryState<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Send + Sync + 'static> Copy for QueryState<A> {}

impl<A: Send + Sync + 'static> Default for QueryState<A> {
    fn default() -> Self {
        Self { answer: RwSignal::new(None), failure: RwSignal::new(None), slow: RwSignal::new(false) }
    }
}

impl<A: Send + Sync + 'static> QueryState<A> {
    /// Whether there is nothing to show yet: neither a response nor a failure.
    pub fn is_first(self) -> bool {
        self.answer.with(Option::is_none) && self.failure.with(Option::is_none)
    }

    /// Stores the result of a request. `Ok(None)` stands for an unchanged response, and leaves `answer` alone.
    fn store(self, result: Result<Option<A>, Failure>) {
        if self.slow.get_untracked() {
            self.slow.set(false);
        }
        match result {
            Ok(answer) => {
                if let Some(answer) = answer {
                    self.answer.set(Some(answer));
                }
                if self.failure.with_untracked(Option::is_some) {
                    self.failure.set(None);
                }
            }
            // The same failure again must not notify subscribers.
            Err(failure) if self.failure.with_untracked(|last| last.as_ref() == Some(&failure)) => {}
            Err(failure) => self.failure.set(Some(failure)),
        }
    }
}

/// How long a request may take before a loading indicator is shown.
const SLOW: Duration = Duration::from_millis(500);

/// Sets `slow` after [`SLOW`], unless the timer is cleared before.
fn watch(slow: RwSignal<bool>) -> Option<TimeoutHandle> {
    let timer = set_timeout_with_handle(move || _ = slow.try_set(true), SLOW).ok()?;
    // The next run of the effect sets its own timer, and a view that has been removed needs none.
    on_cleanup(move || timer.clear());
    Some(timer)
}

/// A signal that becomes true [`SLOW`] after its view has been created.
pub fn late() -> RwSignal<bool> {
    let late = RwSignal::new(false);
    watch(late);
    late
}

/// Calls `fetch` whenever `query` has a new value, and when `poller` is due. While `query` returns `None`, nothing is
/// requested. `fetch` also receives the last response, and returns `Ok(None)` where the new one is equal to it.
pub fn use_query<Q, A, F>(
    poller: Poller,
    query: impl Fn() -> Option<Q> + Send + Sync + 'static,
    fetch: impl Fn(Q, Option<A>) -> F + 'static,
) -> QueryState<A>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Option<A>, Failure>> + 'static,
{
    let state = QueryState::default();
    let query = Memo::new(move |_| query());
    Effect::new(move |last: Option<u32>| {
        let round = poller.round();
        let Some(query) = query.get() else { return round };
        poller.sending();
        // An automatic request has no loading indicator, because no person waits for it.
        let automatic = last.is_some_and(|last| last != round);
        let timer = if automatic { None } else { watch(state.slow) };
        let task = fetch(query, state.answer.get_untracked());
        let task = scope(Subscriber::new(poller, 0, automatic), task);
        spawn_local_scoped_with_cancellation(async move {
            let result = task.await;
            if let Some(timer) = timer {
                timer.clear();
            }
            poller.received(0, result.as_ref().err());
            state.store(result);
            poller.finish();
        });
        round
    });
    state
}
