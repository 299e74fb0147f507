//! The sentences that are announced in a live region: the current one, and the last ones, which can be read again.

use crate::clock;
use cckm::time::Stamp;
use leptos::prelude::*;

/// How many past sentences are stored.
const MAX_STORED: usize = 20;
/// A sentence that is announced again within this many milliseconds is listed once: a row and a watched job may
/// announce the same event.
const SAME: i64 = 10_000;

#[derive(Clone, PartialEq)]
pub struct Announcement {
    pub at: Stamp,
    pub text: String,
}

#[derive(Clone, Copy, Default)]
pub struct Announcer {
    /// The past sentences, newest first.
    past: RwSignal<Vec<Announcement>>,
    /// Whether the newest is still shown.
    is_shown: RwSignal<bool>,
}

impl Announcer {
    /// Shows `text` in place of the current sentence. Does nothing after the owner has been disposed of.
    pub fn announce(self, text: impl Into<String>) {
        let announcement = Announcement { at: clock::now(), text: text.into() };
        let is_there = self.past.try_with_untracked(|_| ()).is_some();
        if is_there {
            self.past.update(|past| {
                past.retain(|known| {
                    known.text != announcement.text || announcement.at.millis() - known.at.millis() >= SAME
                });
                past.truncate(MAX_STORED - 1);
                past.insert(0, announcement);
            });
            self.is_shown.set(true);
        }
    }

    /// Hides the current sentence.
    pub fn dismiss(self) {
        self.is_shown.set(false);
    }

    /// The current sentence; empty where none is shown.
    pub fn current(self) -> String {
        let newest = || self.past.with(|past| past.first().map(|newest| newest.text.clone()));
        if self.is_shown.get() { newest().unwrap_or_default() } else { String::new() }
    }

    /// The last sentences, newest first.
    pub fn past(self) -> Vec<Announcement> {
        self.past.get()
    }

    pub fn is_silent(self) -> bool {
        self.past.with(Vec::is_empty)
    }
}
