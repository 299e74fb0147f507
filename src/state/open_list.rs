//! The list of the open view: its rows, its page count, and which job of the next page to open after a step past the
//! end of a page.

use crate::state::rows::{Row, Rows};
use cckm::family::Family;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy, Default)]
pub struct OpenList {
    rows: RwSignal<Arc<Rows>>,
    /// How many of the rows' jobs are running.
    running: RwSignal<usize>,
    pages: RwSignal<u64>,
    /// Whether a list has had the answers to its first requests.
    settled: RwSignal<bool>,
    /// Which job to open when the next page is shown: `true` for its last, `false` for its first, `None` for neither.
    step: StoredValue<Option<bool>>,
}

impl OpenList {
    /// Stores the rows that the open view shows.
    pub fn show(self, rows: &Arc<Rows>) {
        let running = rows.iter().filter(|row| row.job.outcome().is_running()).count();
        if self.running.get_untracked() != running {
            self.running.set(running);
        }
        self.rows.set(rows.clone());
    }

    /// Drops the rows when their view is removed. Signals that have been disposed of are skipped.
    pub fn clear(self) {
        _ = self.running.try_set(0);
        _ = self.rows.try_set(Arc::default());
        _ = self.pages.try_set(0);
    }

    pub fn rows(self) -> Arc<Rows> {
        self.rows.get()
    }

    /// The rows; none where their view is gone.
    pub fn rows_untracked(self) -> Arc<Rows> {
        self.rows.try_get_untracked().unwrap_or_default()
    }

    pub fn with<T>(self, read: impl FnOnce(&Rows) -> T) -> T {
        self.rows.with(|rows| read(rows))
    }

    /// Whether the list contains the job `id`.
    pub fn has(self, family: &Family, id: &str) -> bool {
        let key = Row::key(family, id);
        self.with(|rows| rows.get(&key).is_some_and(|row| row.job.id == id))
    }

    /// How many jobs of the list are running.
    pub fn running(self) -> usize {
        self.running.get()
    }

    pub fn set_pages(self, pages: u64) {
        self.pages.set(pages);
    }

    pub fn pages(self) -> u64 {
        self.pages.get()
    }

    /// Records that the list has had the answers to its first requests, whatever they were.
    pub fn settle(self) {
        if !self.settled.get_untracked() {
            self.settled.set(true);
        }
    }

    /// Whether a list of this page has ever had the answers to its first requests.
    pub fn is_settled(self) -> bool {
        self.settled.get()
    }

    /// Records that the page is being turned from the open job: the next page opens its first job, or its `last`.
    pub fn step_over(self, last: bool) {
        self.step.set_value(Some(last));
    }

    /// Returns which job of the new page is to be opened, and clears the record.
    pub fn take_step(self) -> Option<bool> {
        self.step.try_update_value(Option::take).flatten()
    }
}
