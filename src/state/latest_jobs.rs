//! The newest jobs of each family as somebody was told last: what one view has loaded, no other has to ask for.
//! Keeps what it is told and asks nothing.

use crate::api::failure::Failure;
use crate::routing::route::DEPTH_ROWS;
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

/// How many of a family's jobs are kept: always as many, so that what is made of them does not depend on which view
/// was open last.
pub const KEPT: usize = DEPTH_ROWS as usize;

#[derive(Clone, Copy, Default)]
pub struct LatestJobs(RwSignal<Vec<FamilyLatest>>);

/// What is known of one family.
#[derive(Clone)]
pub struct FamilyLatest {
    pub family: &'static Family,
    /// The newest [`KEPT`] jobs, or all where there are fewer.
    pub jobs: Vec<Arc<Job>>,
    /// Whether nobody knows that they are the newest.
    pub sample: bool,
    /// Counts the answers, whether they told so or failed.
    pub told: u32,
    /// Why the last one told nothing, where it did not.
    pub failure: Option<Failure>,
}

impl LatestJobs {
    /// An answer has told that these are the newest of the `total` jobs of `family`; with `sample`, that nobody knows whether
    /// they are. `false` where it has fewer of them than are kept, so that it tells too little and is left out.
    pub fn learn(self, family: &'static Family, jobs: &[Arc<Job>], total: u64, sample: bool) -> bool {
        if jobs.len() < KEPT && (jobs.len() as u64) < total {
            return false;
        }
        self.tell(family, Ok((jobs.iter().take(KEPT).cloned().collect(), sample)));
        true
    }

    /// The newest jobs of `family` were asked for, and did not come.
    pub fn fail(self, family: &'static Family, failure: &Failure) {
        self.tell(family, Err(failure.clone()));
    }

    fn tell(self, family: &'static Family, told: Result<(Vec<Arc<Job>>, bool), Failure>) {
        self.0.update(|all| {
            let at = all.iter().position(|known| known.family == family).unwrap_or(all.len());
            if at == all.len() {
                all.push(FamilyLatest { family, jobs: Vec::new(), sample: false, told: 0, failure: None });
            }
            if let Some(known) = all.get_mut(at) {
                known.told += 1;
                known.failure = None;
                match told {
                    Ok((jobs, sample)) => (known.jobs, known.sample) = (jobs, sample),
                    Err(failure) => known.failure = Some(failure),
                }
            }
        });
    }

    pub fn with<T>(self, read: impl FnOnce(&[FamilyLatest]) -> T) -> T {
        self.0.with(|all| read(all))
    }

    pub fn with_untracked<T>(self, read: impl FnOnce(&[FamilyLatest]) -> T) -> T {
        self.0.with_untracked(|all| read(all))
    }
}
