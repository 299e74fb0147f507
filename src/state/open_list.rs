//! The list of the open view: its rows, how many pages it has, and where a step from the open job leads on the next page.

use crate::state::rows::{Row, Rows};
use cckm::family::Family;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy, Default)]
pub struct OpenList {
    rows: RwSignal<Arc<Rows>>,
    /// How many of the rows' jobs run.
    running: RwSignal<usize>,
    pages: RwSignal<u64>,
    /// Whether the last job of the page that comes next is to be opened, or its first; nothing where nobody wishes so.
    step: StoredValue<Option<bool>>,
}

impl OpenList {
    /// The open view shows `rows`.
    pub fn show(self, rows: &Arc<Rows>) {
        let running = rows.iter().filter(|row| row.job.outcome().is_running()).count();
        if self.running.get_untracked() != running {
            self.running.set(running);
        }
        self.rows.set(rows.clone());
    }

    /// The view with rows is gone.
    pub fn clear(self) {
        _ = self.running.try_set(0);
        _ = self.rows.try_set(Arc::default());
        _ = self.pages.try_set(0);
    }

    pub fn rows(self) -> Arc<Rows> {
        self.rows.get()
    }

    pub fn rows_untracked(self) -> Arc<Rows> {
        self.rows.get_untracked()
    }

    pub fn with<T>(self, read: impl FnOnce(&Rows) -> T) -> T {
        self.rows.with(|rows| read(rows))
    }

    /// Whether the job `id` stands in it.
    pub fn has(self, family: &Family, id: &str) -> bool {
        let key = Row::key(family, id);
        self.with(|rows| rows.get(&key).is_some_and(|row| row.job.id == id))
    }

    /// How many of its jobs run.
    pub fn running(self) -> usize {
        self.running.get()
    }

    pub fn set_pages(self, pages: u64) {
        self.pages.set(pages);
    }

    pub fn pages(self) -> u64 {
        self.pages.get()
    }

    /// A step from the open job turns the page: the first job of the next page is to be opened, or its `last`.
    pub fn step_over(self, last: bool) {
        self.step.set_value(Some(last));
    }

    /// Returns which end of the page is to be opened, once.
    pub fn take_step(self) -> Option<bool> {
        self.step.try_update_value(Option::take).flatten()
    }
}
