//! A run of the server check: one request after the other, which can be cancelled. What was found stays, also for the next
//! visit of the screen, until another run has ended or the person signs out.

use crate::auth::Session;
use crate::clock;
use crate::config::config;
use cckm::server_check::{Check, Finding};
use cckm::time::Stamp;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// The last check that has ended, and when: while the screen is closed, and while another one runs in it.
#[derive(Clone, Copy, Default)]
pub struct LastCheck(StoredValue<Option<(Check, Stamp)>>);

#[derive(Clone, Copy)]
pub struct CheckRun {
    /// The check with what was found so far; `None` before the first run.
    check: RwSignal<Option<Check>>,
    /// When it has ended; `None` while it runs, and before the first run.
    ended: RwSignal<Option<Stamp>>,
    last: LastCheck,
    is_running: RwSignal<bool>,
    /// What is looked at.
    purpose: RwSignal<String>,
    /// Counts the starts and the cancellations. Each ends the run before it, together with its request.
    attempt: RwSignal<u32>,
}

impl CheckRun {
    /// Begins with the last check that has ended. `then` runs at the end of a run that was not cancelled. Call it in the
    /// body of a component, with whose owner a run ends: what such a run has found is dropped, because nobody ended it.
    pub fn new(then: Callback<()>) -> Self {
        let session = expect_context::<Session>();
        let last = expect_context::<LastCheck>();
        let (check, ended) = last.0.try_update_value(Option::take).flatten().unzip();
        let run = Self {
            check: RwSignal::new(check),
            ended: RwSignal::new(ended),
            last,
            is_running: RwSignal::new(false),
            purpose: RwSignal::default(),
            attempt: RwSignal::new(0),
        };
        on_cleanup(move || {
            if run.is_running.try_get_untracked() == Some(false) {
                run.keep();
            }
        });
        Effect::new(move |_| {
            run.attempt.track();
            if run.is_running.get_untracked() {
                spawn_local_scoped_with_cancellation(async move {
                    while let Some(ask) = run
                        .check
                        .with_untracked(|check| check.as_ref().and_then(|check| check.next().cloned()))
                    {
                        run.purpose.set(ask.purpose.clone());
                        let answer = session.probe(&ask).await;
                        run.check.update(|check| {
                            if let Some(check) = check {
                                check.take(&answer);
                            }
                        });
                    }
                    run.end();
                    then.run(());
                });
            }
        });
        run
    }

    /// Starts anew, with what the browser alone tells.
    pub fn start(self, of_browser: Vec<Finding>) {
        let mut check = Check::new(&config().families().collect::<Vec<_>>());
        for finding in of_browser {
            check.add(finding);
        }
        self.keep();
        self.check.set(Some(check));
        self.ended.set(None);
        self.is_running.set(true);
        self.attempt.update(|attempt| *attempt += 1);
    }

    /// Moves the check that has ended out of the screen, which is not told: it is closed, or shows another one now.
    fn keep(self) {
        let check = self.check.try_update_untracked(Option::take).flatten();
        let ended = self.ended.try_update_untracked(Option::take).flatten();
        // Nothing is left of it after a sign-out.
        _ = self.last.0.try_set_value(check.zip(ended));
    }

    /// Ends the run, and keeps what was found.
    pub fn cancel(self) {
        self.end();
        self.attempt.update(|attempt| *attempt += 1);
    }

    fn end(self) {
        self.is_running.set(false);
        self.ended.set(Some(clock::now()));
        self.last.0.set_value(None);
    }

    /// When the check has ended that is read; `None` while it runs, and before the first run.
    pub fn ended(self) -> Option<Stamp> {
        self.ended.get()
    }

    pub fn ended_untracked(self) -> Option<Stamp> {
        self.ended.get_untracked()
    }

    pub fn is_running(self) -> bool {
        self.is_running.get()
    }

    pub fn is_running_untracked(self) -> bool {
        self.is_running.get_untracked()
    }

    pub fn purpose(self) -> String {
        self.purpose.get()
    }

    /// Reads the check; `None` before the first run.
    pub fn read<T>(self, read: impl FnOnce(&Check) -> T) -> Option<T> {
        self.check.with(|check| check.as_ref().map(read))
    }

    pub fn read_untracked<T>(self, read: impl FnOnce(&Check) -> T) -> Option<T> {
        self.check.with_untracked(|check| check.as_ref().map(read))
    }
}
