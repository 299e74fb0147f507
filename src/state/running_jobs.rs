//! Which jobs of a family are running, by the server and by the jobs that the panel has seen: a check before another
//! synchronization is started. Sends the requests; the view decides what the result means.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::clock;
use crate::query::fetch;
use crate::state::capabilities::ServerCapabilities;
use crate::state::known_jobs::KnownJobs;
use crate::state::sorted_jobs::{self, Question};
use cckm::family::Family;
use cckm::filter::Status;
use cckm::job::Job;
use leptos::prelude::expect_context;
use std::sync::Arc;
use std::time::Duration;

/// How many jobs are requested: more than one is rarely running, and the newest matters most.
const FEW: u64 = 5;

/// How many of the jobs that the panel has seen running are requested one by one.
const MAX_CANDIDATES: usize = 3;

/// How long a person who has pressed a button waits for the check.
const PATIENCE: Duration = Duration::from_secs(5);

/// The result of a check.
#[derive(Clone, Default, PartialEq)]
pub struct Found {
    /// The running jobs, newest first.
    pub running: Vec<Arc<Job>>,
    /// Jobs that the last check or the panel took for running, and that have ended.
    pub ended: Vec<Arc<Job>>,
}

impl Found {
    /// The job with this id, running or ended.
    pub fn get(&self, id: &str) -> Option<&Arc<Job>> {
        self.running.iter().chain(&self.ended).find(|job| job.id == id)
    }

    /// Inserts a job in order of its creation time. A job without one counts as the oldest.
    fn add(&mut self, job: Arc<Job>) {
        if self.get(&job.id).is_some() {
            return;
        }
        if job.outcome().is_running() {
            let at = self.running.partition_point(|other| other.created >= job.created);
            self.running.insert(at, job);
        } else {
            self.ended.push(job);
        }
    }
}

/// Checks for running jobs, with the contexts that this needs.
#[derive(Clone, Copy)]
pub struct RunningJobs {
    session: Session,
    capabilities: ServerCapabilities,
    known: KnownJobs,
}

impl RunningJobs {
    pub fn from_context() -> Self {
        Self { session: expect_context(), capabilities: expect_context(), known: KnownJobs::from_context() }
    }

    /// Checks which jobs of `family` are running. `last` is the result of the last check. After an error, it is not
    /// known whether a job runs.
    pub async fn look(self, family: &'static Family, last: Found) -> Result<Found, Failure> {
        let mut found = Found::default();
        let by_status = self.newest(family, Some(Status::InProgress), &mut found).await;
        // The status filter may miss running jobs whose status is spelled differently, so those that the panel takes
        // for running are requested one by one.
        let mut candidates = last.running;
        candidates.extend(self.known.running(family));
        candidates.retain(|job| !job.id.is_empty() && found.get(&job.id).is_none());
        for job in candidates.into_iter().take(MAX_CANDIDATES) {
            if let Ok(job) = fetch(self.session, jobs::job(family, &job.id)).await {
                found.add(Arc::new(job));
            }
        }
        if found.running.is_empty() {
            by_status?;
            self.newest(family, None, &mut found).await?;
        }
        Ok(found)
    }

    /// Like [`RunningJobs::look`], with a time limit for a person who waits. `None` after a failure or the limit.
    pub async fn look_quickly(self, family: &'static Family, last: Found) -> Option<Found> {
        clock::timeout(PATIENCE, Box::pin(self.look(family, last))).await?.ok()
    }

    /// Adds the running jobs among the newest to `found`.
    async fn newest(
        self,
        family: &'static Family,
        status: Option<Status>,
        found: &mut Found,
    ) -> Result<(), Failure> {
        let question = Question::newest(family, status, "");
        for job in sorted_jobs::newest(self.session, self.capabilities, &question, FEW, |_| 0).await?.jobs {
            if job.outcome().is_running() {
                found.add(Arc::new(job));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn job(id: &str, minute: Option<u32>, status: &str) -> Arc<Job> {
        let created = minute.map(|minute| format!("2026-03-02T09:{minute:02}:00Z"));
        Arc::new(
            Job::from_value(json!({"id": id, "createdAt": created, "overall_status": status}))
                .expect("a job"),
        )
    }

    #[test]
    fn the_newest_that_runs_comes_first_and_each_once() {
        let mut found = Found::default();
        for job in [
            job("timeless", None, "in_progress"),
            job("old", Some(1), "in progress"),
            job("new", Some(9), "in_progress"),
            job("over", Some(10), "completed"),
            job("old", Some(1), "in_progress"),
        ] {
            found.add(job);
        }
        let ids = |all: &[Arc<Job>]| all.iter().map(|job| job.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&found.running), ["new", "old", "timeless"]);
        assert_eq!(ids(&found.ended), ["over"]);
        assert!(found.get("old").is_some() && found.get("other").is_none());
    }
}
