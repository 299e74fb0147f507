//! The jobs that were started or cancelled in this tab, as the server returned them. Lists show them until the list
//! of the server contains them.

use crate::api::jobs;
use crate::auth::Session;
use crate::query::fetch;
use crate::state::rows::Rows;
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

/// A job that this tab stores independently of the lists in view, because it was started here, is open, is selected
/// or is watched.
#[derive(Clone, PartialEq)]
pub struct LocalJob {
    pub family: &'static Family,
    pub job: Arc<Job>,
}

impl LocalJob {
    pub fn is(&self, family: &'static Family, id: &str) -> bool {
        self.family == family && self.job.id == id
    }
}

#[derive(Clone, Copy, Default)]
pub struct LocalJobs(RwSignal<Vec<LocalJob>>);

impl LocalJobs {
    /// Stores a job as the server returned it for a start or a cancel.
    pub fn note(self, family: &'static Family, job: Job) {
        let noted = LocalJob { family, job: Arc::new(job) };
        self.0.update(|all| {
            all.retain(|known| known.job.id != noted.job.id);
            all.insert(0, noted);
        });
    }

    /// Stores the response to a cancel, where the job is one of these.
    pub fn update(self, family: &'static Family, answer: Option<&Job>) {
        let Some(job) = answer else { return };
        if self.0.try_with_untracked(|all| all.iter().any(|known| known.is(family, &job.id))) == Some(true) {
            self.note(family, job.clone());
        }
    }

    /// Whether the job `id` is one of these. Tracked.
    pub fn has(self, family: &'static Family, id: &str) -> bool {
        self.0.with(|all| all.iter().any(|known| known.is(family, id)))
    }

    /// The job `id`, where it is one of these. Untracked.
    pub fn find(self, family: &'static Family, id: &str) -> Option<Arc<Job>> {
        self.0.with_untracked(|all| {
            all.iter().find(|known| known.is(family, id)).map(|known| known.job.clone())
        })
    }

    /// Calls `read` with all of them, newest first, unless their view is gone. Untracked.
    pub fn with_untracked(self, read: impl FnOnce(&[LocalJob])) {
        self.0.try_with_untracked(|all| read(all));
    }

    /// Puts the jobs that `rows` does not contain (those of `family`, or of all families) before `rows`.
    pub fn merged_into(self, rows: Arc<Rows>, family: Option<&'static Family>) -> Arc<Rows> {
        let missing = self.0.with(|all| {
            let missing = all.iter().filter(|known| {
                family.is_none_or(|family| family == known.family)
                    && !rows.iter().any(|row| row.job.id == known.job.id)
            });
            missing.map(|known| (known.family, known.job.clone())).collect::<Vec<_>>()
        });
        if missing.is_empty() {
            return rows;
        }
        let known = rows.iter().map(|row| (row.family, row.job.clone()));
        Arc::new(Rows::new(missing.into_iter().chain(known)))
    }

    /// Drops the jobs that the server's lists contain now.
    pub fn forget_listed(self, is_listed: impl Fn(&str) -> bool) {
        if self.0.with_untracked(|all| all.iter().any(|known| is_listed(&known.job.id))) {
            self.0.update(|all| all.retain(|known| !is_listed(&known.job.id)));
        }
    }

    /// Requests the jobs of `family` that no list contains, one by one, to follow their progress.
    pub async fn follow(self, session: Session, family: &'static Family, is_listed: impl Fn(&str) -> bool) {
        let noted = self.0.with_untracked(|all| {
            let unlisted = all.iter().filter(|known| known.family == family && !is_listed(&known.job.id));
            unlisted.map(|known| known.job.clone()).collect::<Vec<_>>()
        });
        for known in noted {
            // Where the request fails, the stored response to the start stays: the server may not return the job yet.
            let job = fetch(session, jobs::job(family, &known.id)).await;
            if let Some(job) = job.ok().filter(|job| job != &*known) {
                self.note(family, job);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::json;

    #[test]
    fn a_started_job_stands_first_until_its_list_has_it() {
        let owner = Owner::new();
        owner.set();
        let job = |id: &str, status: &str| {
            Job::from_value(json!({"id": id, "overall_status": status})).expect("a job")
        };
        let (family, jobs) = (&FAMILIES[0], LocalJobs::default());
        jobs.note(family, job("new", "in_progress"));
        jobs.update(family, Some(&job("of no start", "in_progress")));
        jobs.update(family, Some(&job("new", "completed")));
        let listed = Arc::new(Rows::new([(family, Arc::new(job("old", "completed")))]));
        let ids = |of| {
            let rows = jobs.merged_into(listed.clone(), of);
            rows.iter().map(|row| row.job.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(ids(None), ["new", "old"]);
        assert_eq!(ids(Some(&FAMILIES[1])), ["old"]);
        assert!(jobs.find(family, "new").is_some_and(|job| job.ended()), "as the cancel answered it");
        jobs.forget_listed(|id| id == "new");
        assert_eq!(ids(None), ["old"]);
    }
}
