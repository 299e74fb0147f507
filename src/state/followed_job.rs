//! The open job, or the last open job where that has ended, as its own responses describe it.

use super::local_jobs::LocalJob;
use crate::state::rows::{Row, Rows};
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy, Default)]
pub struct FollowedJob(RwSignal<Option<LocalJob>>);

impl FollowedJob {
    /// Stores the open job from the response to its own request.
    pub fn set(self, family: &'static Family, job: Arc<Job>) {
        self.0.set(Some(LocalJob { family, job }));
    }

    /// Drops the job that was open unless it has ended, so that the state in the lists is shown again.
    pub fn close(self) {
        if self.0.try_with_untracked(|open| open.as_ref().is_some_and(|open| !open.job.ended())) == Some(true)
        {
            self.0.set(None);
        }
    }

    pub fn is(self, family: &'static Family, id: &str) -> bool {
        self.0.with(|open| open.as_ref().is_some_and(|open| open.is(family, id)))
    }

    /// The open job; `None` where there is none, or its view is gone.
    pub fn get_untracked(self) -> Option<LocalJob> {
        self.0.try_get_untracked().flatten()
    }

    /// Whether `job` has to be refreshed by a list: it is running, and is not the open job, which is requested by
    /// itself.
    pub fn is_left_to_list(self, family: &'static Family, job: &Job) -> bool {
        job.outcome().is_running() && !self.is(family, &job.id)
    }

    /// Replaces the open job among `rows` by its own response, where that is newer.
    pub fn merged_into(self, rows: Arc<Rows>) -> Arc<Rows> {
        self.0.with(|open| {
            let newer = |family, job: &Arc<Job>| {
                open.as_ref().filter(|open| open.is(family, &job.id) && open.job.is_newer_than(job))
            };
            if !rows.iter().any(|row| newer(row.family, &row.job).is_some()) {
                return rows;
            }
            let now = |row: &Row| newer(row.family, &row.job).map_or(&row.job, |open| &open.job).clone();
            Arc::new(Rows::new(rows.iter().map(|row| (row.family, now(row)))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::json;

    #[test]
    fn the_open_job_is_as_its_own_answers_tell_it_where_they_are_newer() {
        let owner = Owner::new();
        owner.set();
        let job = |minute: u32, status: &str| {
            let updated = format!("2026-03-02T09:{minute:02}:00Z");
            Arc::new(
                Job::from_value(json!({"id": "j", "overall_status": status, "updatedAt": updated}))
                    .expect("a job"),
            )
        };
        let (family, followed) = (&FAMILIES[0], FollowedJob::default());
        let ends = |listed: Arc<Job>| {
            followed.merged_into(Arc::new(Rows::new([(family, listed)]))).iter().all(|row| row.job.ended())
        };
        let listed = job(5, "in_progress");
        assert!(!ends(listed.clone()) && followed.is_left_to_list(family, &listed));
        followed.set(family, job(6, "completed"));
        assert!(ends(listed.clone()) && !followed.is_left_to_list(family, &listed));
        assert!(!ends(job(7, "in_progress")), "the list has a newer answer");
        followed.close();
        assert!(ends(listed), "it has been seen to end");
    }
}
