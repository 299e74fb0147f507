//! The latest answer to the latest question: asks again when the question changes, drops what became old
//! (its request is aborted), and keeps showing the last answer until the next one is there.

use crate::failure::Failure;
use crate::pulse::Pulse;
use crate::shared::{Asking, within};
use leptos::prelude::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::time::Duration;

/// What came of a question, as signals.
pub struct Asked<A: Send + Sync + 'static> {
    /// The last good answer; it stays while the next is under way and when that fails.
    pub answer: RwSignal<Option<A>>,
    /// Why the latest question has no answer.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether an answer that a person asked for has been waited for so long that they want to see it.
    pub slow: RwSignal<bool>,
}

impl<A: Send + Sync + 'static> Clone for Asked<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: Send + Sync + 'static> Copy for Asked<A> {}

impl<A: Send + Sync + 'static> Default for Asked<A> {
    fn default() -> Self {
        Self { answer: RwSignal::new(None), failure: RwSignal::new(None), slow: RwSignal::new(false) }
    }
}

impl<A: Send + Sync + 'static> Asked<A> {
    /// Whether there is nothing to show yet: neither an answer nor a failure.
    pub fn is_first(self) -> bool {
        self.answer.with(Option::is_none) && self.failure.with(Option::is_none)
    }

    /// Mentions the wait when it gets long.
    fn be_patient(self) -> Option<TimeoutHandle> {
        mention(self.slow)
    }

    /// Takes in what came of a question. `Ok(None)` says that the answer is the last one again, and touches nothing.
    fn take(self, result: Result<Option<A>, Failure>) {
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
            // The same failure again is no news.
            Err(failure) if self.failure.with_untracked(|last| last.as_ref() == Some(&failure)) => {}
            Err(failure) => self.failure.set(Some(failure)),
        }
    }
}

/// How long a wait goes unmentioned.
const PATIENCE: Duration = Duration::from_millis(500);

/// Sets `slow` when a wait that begins now gets long.
fn mention(slow: RwSignal<bool>) -> Option<TimeoutHandle> {
    let timer = set_timeout_with_handle(move || _ = slow.try_set(true), PATIENCE).ok()?;
    // The next question, and the end of the view, come with a timer of their own or with none.
    on_cleanup(move || timer.clear());
    Some(timer)
}

/// Whether the wait that begins with a view has been so long that a person wants to see it.
pub fn late() -> RwSignal<bool> {
    let late = RwSignal::new(false);
    mention(late);
    late
}

/// Asks `fetch` whenever `question` has a new value, and with each beat of `pulse`; `None` asks nothing. `fetch` gets the
/// last answer too, and says `Ok(None)` where the new one is the same.
pub fn ask<Q, A, F>(
    pulse: Pulse,
    question: impl Fn() -> Option<Q> + Send + Sync + 'static,
    fetch: impl Fn(Q, Option<A>) -> F + 'static,
) -> Asked<A>
where
    Q: Clone + PartialEq + Send + Sync + 'static,
    A: Clone + Send + Sync + 'static,
    F: Future<Output = Result<Option<A>, Failure>> + 'static,
{
    let asked = Asked::default();
    let question = Memo::new(move |_| question());
    Effect::new(move |last: Option<u32>| {
        let beat = pulse.beat();
        let Some(question) = question.get() else { return beat };
        pulse.asked();
        // Nobody waits for what the panel asks by itself.
        let by_itself = last.is_some_and(|last| last != beat);
        let patience = if by_itself { None } else { asked.be_patient() };
        let answer = fetch(question, asked.answer.get_untracked());
        let answer = within(Asking::new(pulse, 0, by_itself), answer);
        spawn_local_scoped_with_cancellation(async move {
            let result = answer.await;
            if let Some(timer) = patience {
                timer.clear();
            }
            pulse.answered(0, result.as_ref().err());
            asked.take(result);
            pulse.rest();
        });
        beat
    });
    asked
}
