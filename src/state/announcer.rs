//! What is announced in a sentence: the one that is shown, and the last ones, which can be read again.

use crate::clock;
use cckm::time::Stamp;
use leptos::prelude::*;

/// How many can be read again.
const KEPT: usize = 20;
/// What is said again within so many milliseconds stands in the list once: a row and a watched job may say the same.
const SAME: i64 = 10_000;

/// A sentence, and when it was announced.
#[derive(Clone, PartialEq)]
pub struct Announcement {
    pub at: Stamp,
    pub text: String,
}

#[derive(Clone, Copy, Default)]
pub struct Announcer {
    /// The newest first.
    past: RwSignal<Vec<Announcement>>,
    /// Whether the newest is still shown.
    is_shown: RwSignal<bool>,
}

impl Announcer {
    /// Shows `text`, in the place of what was shown before. Where nobody can be told any more, nothing happens.
    pub fn announce(self, text: impl Into<String>) {
        let said = Announcement { at: clock::now(), text: text.into() };
        let is_there = self.past.try_with_untracked(|_| ()).is_some();
        if is_there {
            self.past.update(|past| {
                past.retain(|known| known.text != said.text || said.at.millis() - known.at.millis() >= SAME);
                past.truncate(KEPT - 1);
                past.insert(0, said);
            });
            self.is_shown.set(true);
        }
    }

    /// Shows nothing any more.
    pub fn dismiss(self) {
        self.is_shown.set(false);
    }

    /// What is shown; empty where nothing is.
    pub fn current(self) -> String {
        let newest = || self.past.with(|past| past.first().map(|newest| newest.text.clone()));
        if self.is_shown.get() { newest().unwrap_or_default() } else { String::new() }
    }

    /// The last ones, the newest first.
    pub fn past(self) -> Vec<Announcement> {
        self.past.get()
    }

    pub fn is_silent(self) -> bool {
        self.past.with(Vec::is_empty)
    }
}
