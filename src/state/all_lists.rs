//! Reads all pages of one list or of several, with never more than one request under way. It can be cancelled, and
//! goes on after a failure where it had stopped.

use crate::api::failure::Failure;
use crate::auth::Session;
use crate::state::all_pages::{self, AllPages};
use crate::state::capabilities::ServerCapabilities;
use crate::state::sorted_jobs::Question;
use cckm::family::Family;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// How far the reading is.
#[derive(Clone, Default, PartialEq)]
pub struct Progress {
    /// How many items have been read, and how many the lists have that have answered.
    pub read: u64,
    pub total: u64,
    /// The family whose list is being read, where there are several: its name, its number, and how many there are.
    pub at: Option<(String, usize, usize)>,
}

#[derive(Clone, Copy)]
pub struct AllLists {
    capabilities: ServerCapabilities,
    lists: StoredValue<Vec<AllPages>>,
    /// Counts the starts and the cancellations. Each ends the reading before it, together with its request.
    attempt: RwSignal<u32>,
    is_reading: RwSignal<bool>,
    progress: RwSignal<Progress>,
    failures: RwSignal<Vec<(&'static Family, Failure)>>,
}

impl AllLists {
    /// `then` runs when every list has been read to its end or has failed. Call it in the body of a component, with
    /// whose owner the reading ends.
    pub fn new(then: Callback<()>) -> Self {
        let session = expect_context::<Session>();
        let all = Self {
            capabilities: expect_context(),
            lists: StoredValue::new(Vec::new()),
            attempt: RwSignal::new(0),
            is_reading: RwSignal::new(false),
            progress: RwSignal::default(),
            failures: RwSignal::default(),
        };
        Effect::new(move |_| {
            all.attempt.track();
            if all.is_reading.get_untracked() {
                spawn_local_scoped_with_cancellation(async move {
                    for at in 0..all.lists.with_value(Vec::len) {
                        all.read(session, at).await;
                    }
                    all.failures.set(all.failed());
                    all.is_reading.set(false);
                    then.run(());
                });
            }
        });
        all
    }

    /// Reads the lists of `questions` from their beginnings.
    pub fn start(self, questions: impl Iterator<Item = Question>) {
        self.lists.set_value(questions.map(AllPages::new).collect());
        self.resume();
    }

    /// Reads what has not been read because of failures.
    pub fn resume(self) {
        self.failures.set(Vec::new());
        self.is_reading.set(true);
        self.attempt.update(|attempt| *attempt += 1);
    }

    /// Ends the reading, and drops what has been read.
    pub fn cancel(self) {
        self.is_reading.set(false);
        self.lists.set_value(Vec::new());
        self.failures.set(Vec::new());
        self.attempt.update(|attempt| *attempt += 1);
    }

    pub fn is_reading(self) -> bool {
        self.is_reading.get()
    }

    pub fn is_reading_untracked(self) -> bool {
        self.is_reading.get_untracked()
    }

    /// The lists that failed in the last attempt.
    pub fn failures(self) -> Vec<(&'static Family, Failure)> {
        self.failures.get()
    }

    pub fn with<T>(self, read: impl FnOnce(&[AllPages]) -> T) -> T {
        self.lists.with_value(|lists| read(lists))
    }

    /// How far the reading is, with what has been read of a list that has to be read whole to be sorted.
    pub fn progress(self) -> Progress {
        let mut progress = self.progress.get();
        for reading in self.capabilities.reading() {
            let own = |list: &AllPages| list.family() == reading.family && list.total.is_none();
            if self.with(|lists| lists.iter().any(own)) {
                progress.read += reading.read;
                progress.total += reading.total;
            }
        }
        progress
    }

    fn failed(self) -> Vec<(&'static Family, Failure)> {
        let failed = |list: &AllPages| Some((list.family(), list.failure.clone()?));
        self.with(|lists| lists.iter().filter_map(failed).collect())
    }

    /// Reads the list at this position to its end, or to a failure.
    async fn read(self, session: Session, at: usize) {
        let known = self.capabilities;
        loop {
            let next = self.with(|lists| {
                let list = lists.get(at).filter(|list| !list.is_done)?;
                Some((list.question.clone(), list.window(known)))
            });
            let Some((question, window)) = next else { return };
            self.show(at);
            let page = all_pages::read(session, known, &question, window).await;
            let failed = page.is_err();
            self.lists.update_value(|lists| {
                if let Some(list) = lists.get_mut(at) {
                    list.failure = None;
                    match page {
                        Ok(page) => list.take(page),
                        Err(failure) => list.failure = Some(failure),
                    }
                }
            });
            self.show(at);
            if failed {
                return;
            }
        }
    }

    fn show(self, at: usize) {
        let progress = self.with(|lists| Progress {
            read: lists.iter().map(AllPages::read).sum(),
            total: lists.iter().filter_map(|list| list.total).sum(),
            at: lists
                .get(at)
                .filter(|_| lists.len() > 1)
                .map(|list| (list.family().title(), at + 1, lists.len())),
        });
        if self.progress.get_untracked() != progress {
            self.progress.set(progress);
        }
    }
}
