//! How many of the newest jobs of each cloud need attention, and of which clouds that is not known.

use leptos::prelude::*;

#[derive(Clone, Copy, Default)]
pub struct AttentionCounts {
    /// Clouds without any may be missing.
    counts: RwSignal<Vec<(&'static str, usize)>>,
    /// The clouds with a family whose newest jobs were asked for last in vain: their counts are not all there is.
    incomplete: RwSignal<Vec<&'static str>>,
}

impl AttentionCounts {
    pub fn set(self, counts: Vec<(&'static str, usize)>) {
        self.counts.set(counts);
    }

    pub fn set_incomplete(self, clouds: Vec<&'static str>) {
        self.incomplete.set(clouds);
    }

    /// Notifies of each change of a count.
    pub fn track(self) {
        self.counts.track();
    }

    /// The sum over the clouds that `is_meant` names.
    pub fn sum(self, is_meant: impl Fn(&str) -> bool) -> usize {
        self.counts.with(|all| all.iter().filter(|(cloud, _)| is_meant(cloud)).map(|(_, count)| count).sum())
    }

    /// Whether that sum may not be all there is.
    pub fn is_incomplete(self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.incomplete.with(|all| all.iter().any(|cloud| is_meant(cloud)))
    }
}
