//! The usual duration of each family's jobs.

use cckm::family::Family;
use leptos::prelude::*;

/// In milliseconds, by the family's slug.
#[derive(Clone, Copy, Default)]
pub struct UsualDurations(RwSignal<Vec<(&'static str, i64)>>);

impl UsualDurations {
    /// The usual duration of a family's jobs, in milliseconds; `None` where too few jobs have been seen.
    pub fn of(self, family: &Family) -> Option<i64> {
        self.0.with(|all| all.iter().find(|(slug, _)| *slug == family.slug).map(|(_, usual)| *usual))
    }

    pub fn learn(self, family: &'static Family, usual: i64) {
        let learned = (family.slug, usual);
        if self.0.with_untracked(|all| !all.contains(&learned)) {
            self.0.update(|all| {
                all.retain(|(slug, _)| *slug != family.slug);
                all.push(learned);
            });
        }
    }
}
