//! The jobs that this tab has seen: the open job, the jobs that were started here, and the rows in view. Not a
//! context of its own: it reads those three contexts together.

use super::followed_job::FollowedJob;
use super::local_jobs::LocalJobs;
use super::open_list::OpenList;
use cckm::family::Family;
use cckm::job::Job;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy)]
pub struct KnownJobs {
    followed: FollowedJob,
    local: LocalJobs,
    list: OpenList,
}

impl KnownJobs {
    pub fn from_context() -> Self {
        Self { followed: expect_context(), local: expect_context(), list: expect_context() }
    }

    /// The jobs of `family` that run as far as the panel has seen, without duplicates. They may have ended on the
    /// server. Untracked.
    pub fn running(self, family: &'static Family) -> Vec<Arc<Job>> {
        let mut all: Vec<Arc<Job>> = Vec::new();
        let mut add = |of: &'static Family, job: &Arc<Job>| {
            if of == family && job.outcome().is_running() && !all.iter().any(|known| known.id == job.id) {
                all.push(job.clone());
            }
        };
        self.followed.get_untracked().iter().for_each(|open| add(open.family, &open.job));
        self.local.with_untracked(|local| local.iter().for_each(|local| add(local.family, &local.job)));
        self.list.rows_untracked().iter().for_each(|row| add(row.family, &row.job));
        all
    }

    /// The jobs of `family` in the open view. Untracked.
    pub fn in_view(self, family: &'static Family) -> Vec<Arc<Job>> {
        let rows = self.list.rows_untracked();
        rows.iter().filter(|row| row.family == family).map(|row| row.job.clone()).collect()
    }
}
