//! The manual refresh: a counter that every query in view contains, so that incrementing it sends each query again.

use super::capabilities::ServerCapabilities;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct RefreshTrigger {
    capabilities: ServerCapabilities,
    count: RwSignal<u32>,
}

impl RefreshTrigger {
    pub fn new(capabilities: ServerCapabilities) -> Self {
        Self { capabilities, count: RwSignal::new(0) }
    }

    /// Sends every query in view again, and resumes the reading of whole lists that a person had stopped.
    pub fn trigger(self) {
        self.capabilities.go_on();
        self.count.update(|count| *count += 1);
    }

    /// The count of manual refreshes. A query that reads it is sent again after each.
    pub fn count(self) -> u32 {
        self.count.get()
    }
}
