//! The latest answer to the latest question: asks again when the question changes, drops what became old
//! (its request is aborted), and keeps showing the last answer until the next one is there.

use crate::failure::Failure;
use crate::reactive::*;
use std::time::Duration;

/// What came of a question, as signals.
pub struct Asked<A: Send + Sync + 'static> {
    /// The last good answer; it stays while the next is under way and when that fails.
    pub answer: RwSignal<Option<A>>,
    /// Why the latest question has no answer.
    pub failure: RwSignal<Option<Failure>>,
    /// Whether an answer is being waited for.
    pub busy: RwSignal<bool>,
    /// Whether it has been waited for so long that a person wants to see it.
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
        Self {
            answer: RwSignal::new(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
            slow: RwSignal::new(false),
        }
    }
}

impl<A: Send + Sync + 'static> Asked<A> {
    /// Whether there is nothing to show yet: neither an answer nor a failure.
    pub fn is_first(self) -> bool {
        self.answer.with(Option::is_none) && self.failure.with(Option::is_none)
    }

    /// Takes in what came of a question. `Ok(None)` says that the answer is the last one again, and touches nothing.
    fn take(self, result: Result<Option<A>, Failure>) {
        self.busy.set(false);
        self.slow.set(false);
        match result {
            Ok(answer) => {
                if let Some(answer) = answer {
                    self.answer.set(Some(answer));
                }
                if self.failure.with_untracked(Option::is_some) {
                    self.failure.set(None);
                }
            }
            Err(failure) => self.failure.set(Some(failure)),
        }
    }
}

/// How long a wait goes unmentioned.
const PATIENCE: Duration = Duration::from_millis(500);

/// Asks `fetch` whenever `question` has a new value; `None` asks nothing. `fetch` gets the last answer too,
/// and says `Ok(None)` where the new one is the same.
pub fn ask<Q, A, F>(
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
    Effect::new(move |_| {
        let Some(question) = question.get() else { return };
        asked.busy.set(true);
        if let Ok(timer) = set_timeout_with_handle(move || _ = asked.slow.try_set(true), PATIENCE) {
            // The next question, and the end of the view, come with a timer of their own or with none.
            on_cleanup(move || timer.clear());
            let answer = fetch(question, asked.answer.get_untracked());
            spawn_while_here(async move {
                let result = answer.await;
                timer.clear();
                asked.take(result);
            });
        }
    });
    asked
}
