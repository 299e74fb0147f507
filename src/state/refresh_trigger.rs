//! A person's wish that everything in view is asked for again, as a number that every question contains.

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

    /// Asks everything in view again, and goes on with the reading of whole lists where a person had ended it.
    pub fn trigger(self) {
        self.capabilities.go_on();
        self.count.update(|count| *count += 1);
    }

    /// Counts the wishes; a question that reads it is asked anew with each.
    pub fn count(self) -> u32 {
        self.count.get()
    }
}
