//! How many of the newest jobs of each cloud need attention, and for which clouds that count is incomplete.

use leptos::prelude::*;

#[derive(Clone, Copy, Default)]
pub struct AttentionCounts {
    /// The counts by cloud. A cloud whose count is 0 may have no entry.
    counts: RwSignal<Vec<(&'static str, usize)>>,
    /// The clouds with a family whose last request failed: their counts may be too low.
    incomplete: RwSignal<Vec<&'static str>>,
}

impl AttentionCounts {
    pub fn set(self, counts: Vec<(&'static str, usize)>) {
        self.counts.set(counts);
    }

    pub fn set_incomplete(self, clouds: Vec<&'static str>) {
        self.incomplete.set(clouds);
    }

    /// Subscribes to changes of the counts.
    pub fn track(self) {
        self.counts.track();
    }

    /// The sum of the counts of the clouds that `is_meant` selects.
    pub fn sum(self, is_meant: impl Fn(&str) -> bool) -> usize {
        self.counts.with(|all| all.iter().filter(|(cloud, _)| is_meant(cloud)).map(|(_, count)| count).sum())
    }

    /// Whether that sum may be too low.
    pub fn is_incomplete(self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.incomplete.with(|all| all.iter().any(|cloud| is_meant(cloud)))
    }
}
