//! The jobs that are selected in the open list: all of them run, and stand in it.

use super::{Fresh, Panel};
use crate::families::Family;
use crate::model::job::Job;
use crate::model::outcome::Outcome;
use crate::rows::{Row, Rows};
use leptos::prelude::*;
use std::sync::Arc;

impl Panel {
    /// Drops of what is selected what does not run any more, or is not among `rows`: how many that are.
    pub fn drop_picked(self, rows: &Rows) -> usize {
        let stays = |picked: &Fresh| {
            let row = rows.get(&Row::key(picked.family, &picked.job.id));
            row.is_some_and(|row| row.job.outcome() == Outcome::InProgress)
        };
        let gone = self.picked.with_untracked(|all| all.iter().filter(|picked| !stays(picked)).count());
        if gone > 0 {
            self.picked.update(|all| all.retain(stays));
        }
        gone
    }

    /// Selects a job, or does not any more.
    pub fn pick(self, family: &'static Family, job: Arc<Job>) {
        self.picked.update(|all| {
            let before = all.len();
            all.retain(|picked| !picked.is(family, &job.id));
            if all.len() == before {
                all.push(Fresh { family, job });
            }
        });
    }

    /// Whether a job is selected.
    pub fn is_picked(self, family: &'static Family, job: &Job) -> bool {
        self.picked.with(|all| all.iter().any(|picked| picked.is(family, &job.id)))
    }

    /// Does not select a job any more.
    pub fn unpick(self, family: &'static Family, id: &str) {
        self.picked.update(|all| all.retain(|picked| picked.family != family || picked.job.id != id));
    }
}
