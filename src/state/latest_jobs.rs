//! The newest jobs of each family by the last response, so that one view can use what another has loaded. Stores
//! them, and sends no requests.

use crate::api::failure::Failure;
use crate::config::config;
use crate::routing::route::DEPTH_ROWS;
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

/// How many jobs of a family are stored: a fixed number, so that counts and durations do not depend on which view was
/// open last.
pub const MAX_STORED: usize = DEPTH_ROWS as usize;

#[derive(Clone, Copy, Default)]
pub struct LatestJobs(RwSignal<Vec<FamilyLatest>>);

/// The newest jobs of one family by the last response.
#[derive(Clone)]
pub struct FamilyLatest {
    pub family: &'static Family,
    /// The newest [`MAX_STORED`] jobs, or all where there are fewer.
    pub jobs: Vec<Arc<Job>>,
    /// Whether these may not be all of the newest jobs.
    pub sample: bool,
    /// Counts the responses, including failures.
    pub responses: u32,
    /// The failure of the last request, if it failed.
    pub failure: Option<Failure>,
}

impl FamilyLatest {
    /// Whether the server does not have this optional family. Then the views show nothing of it, not even the failure.
    pub fn is_absent(&self) -> bool {
        self.failure.as_ref().is_some_and(|failure| failure.is_absence_of(self.family))
    }
}

impl LatestJobs {
    /// Stores the newest of the `jobs` of `family`, which with `whole` were read to the end of the list; with `sample`,
    /// they may not be all of the newest. Returns `false` and stores nothing where `jobs` has fewer than [`MAX_STORED`] of
    /// more.
    pub fn learn(self, family: &'static Family, jobs: &[Arc<Job>], whole: bool, sample: bool) -> bool {
        if !sample && jobs.len() < MAX_STORED && !whole {
            return false;
        }
        self.store(family, Ok((jobs.iter().take(MAX_STORED).cloned().collect(), sample)));
        true
    }

    /// Stores that a request for the newest jobs of `family` failed.
    pub fn fail(self, family: &'static Family, failure: &Failure) {
        self.store(family, Err(failure.clone()));
    }

    fn store(self, family: &'static Family, result: Result<(Vec<Arc<Job>>, bool), Failure>) {
        self.0.update(|all| {
            let at = all.iter().position(|known| known.family == family).unwrap_or(all.len());
            if at == all.len() {
                all.push(FamilyLatest {
                    family,
                    jobs: Vec::new(),
                    sample: false,
                    responses: 0,
                    failure: None,
                });
            }
            if let Some(known) = all.get_mut(at) {
                known.responses += 1;
                known.failure = None;
                match result {
                    Ok((jobs, sample)) => (known.jobs, known.sample) = (jobs, sample),
                    Err(failure) => known.failure = Some(failure),
                }
            }
        });
    }

    /// Whether the views show something of `family`: an optional family only after the server has been seen to have it.
    pub fn shows(self, family: &Family) -> bool {
        !family.optional
            || self.with(|all| all.iter().any(|known| known.family == family && !known.is_absent()))
    }

    /// Whether a family of the configuration has not been asked for its jobs yet.
    pub fn has_unasked(self) -> bool {
        self.with(|all| config().families().any(|family| all.iter().all(|known| known.family != family)))
    }

    /// The families that the configuration and the server have.
    pub fn families(self) -> Vec<&'static Family> {
        config().families().filter(|family| self.shows(family)).collect()
    }

    pub fn with<T>(self, read: impl FnOnce(&[FamilyLatest]) -> T) -> T {
        self.0.with(|all| read(all))
    }

    pub fn with_untracked<T>(self, read: impl FnOnce(&[FamilyLatest]) -> T) -> T {
        self.0.with_untracked(|all| read(all))
    }
}
