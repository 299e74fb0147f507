//! A run of the server check: one request after the other, which can be cancelled. What was found stays.

use crate::auth::Session;
use crate::config::config;
use cckm::server_check::{Check, Finding};
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

#[derive(Clone, Copy)]
pub struct CheckRun {
    /// The check with what was found so far; `None` before the first run.
    check: RwSignal<Option<Check>>,
    is_running: RwSignal<bool>,
    /// What is looked at.
    purpose: RwSignal<String>,
    /// Counts the starts and the cancellations. Each ends the run before it, together with its request.
    attempt: RwSignal<u32>,
}

impl CheckRun {
    /// `then` runs at the end of a run that was not cancelled. Call it in the body of a component, with whose owner a
    /// run ends.
    pub fn new(then: Callback<()>) -> Self {
        let session = expect_context::<Session>();
        let run = Self {
            check: RwSignal::new(None),
            is_running: RwSignal::new(false),
            purpose: RwSignal::default(),
            attempt: RwSignal::new(0),
        };
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
                    run.is_running.set(false);
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
        self.check.set(Some(check));
        self.is_running.set(true);
        self.attempt.update(|attempt| *attempt += 1);
    }

    /// Ends the run, and keeps what was found.
    pub fn cancel(self) {
        self.is_running.set(false);
        self.attempt.update(|attempt| *attempt += 1);
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
