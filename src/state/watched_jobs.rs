//! The jobs that a person watches until they end, and the notices of those that have ended. Stores them, and sends no
//! requests.

use super::local_jobs::LocalJob;
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy, Default)]
pub struct WatchedJobs {
    /// The watched jobs that are running, the latest added last.
    jobs: RwSignal<Vec<LocalJob>>,
    /// The jobs that have ended and whose notice has not been dismissed, the newest last.
    notices: RwSignal<Vec<LocalJob>>,
}

impl WatchedJobs {
    /// The watched jobs that are running, the latest added last.
    pub fn jobs(self) -> ReadSignal<Vec<LocalJob>> {
        self.jobs.read_only()
    }

    /// The jobs that have ended and whose notice has not been dismissed, the newest last.
    pub fn notices(self) -> ReadSignal<Vec<LocalJob>> {
        self.notices.read_only()
    }

    /// Watches a running job. A job that has ended already produces its notice at once.
    pub fn add(self, family: &'static Family, job: Arc<Job>) {
        if !self.is_on(family, &job.id) {
            self.jobs.update(|jobs| jobs.push(LocalJob { family, job: job.clone() }));
            self.sees(family, &job);
        }
    }

    pub fn remove(self, family: &'static Family, id: &str) {
        self.jobs.update(|jobs| jobs.retain(|one| !one.is(family, id)));
    }

    pub fn is_on(self, family: &'static Family, id: &str) -> bool {
        self.jobs.with(|jobs| jobs.iter().any(|one| one.is(family, id)))
    }

    /// Stores a newer state of a watched job, whichever response contained it.
    pub fn sees(self, family: &'static Family, job: &Arc<Job>) {
        let is_news =
            |one: &LocalJob| one.is(family, &job.id) && (job.ended() || job.is_newer_than(&one.job));
        if !self.jobs.with_untracked(|jobs| jobs.iter().any(is_news)) {
            return;
        }
        if job.ended() {
            self.remove(family, &job.id);
            self.notices.update(|notices| notices.push(LocalJob { family, job: job.clone() }));
        } else {
            self.jobs.update(|jobs| {
                for one in jobs.iter_mut().filter(|one| one.is(family, &job.id)) {
                    one.job = job.clone();
                }
            });
        }
    }

    /// Dismisses the notice of a job.
    pub fn dismiss(self, family: &'static Family, id: &str) {
        if self.notices.with_untracked(|notices| notices.iter().any(|one| one.is(family, id))) {
            self.notices.update(|notices| notices.retain(|one| !one.is(family, id)));
        }
    }

    /// The prefix of the document title for the open notices; empty where there are none.
    pub fn headline(self) -> String {
        self.notices.with(|notices| match &notices[..] {
            [] => String::new(),
            [one] => [one.job.outcome().word(), ": ", &one.family.title(), " · "].concat(),
            several => [&several.len().to_string(), " watched jobs have ended · "].concat(),
        })
    }
}
