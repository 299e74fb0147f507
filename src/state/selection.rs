//! The selected jobs of the open list. Every selected job is running and is in that list.

use super::local_jobs::LocalJob;
use crate::state::rows::{Row, Rows};
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use leptos::prelude::*;
use std::sync::Arc;

#[derive(Clone, Copy, Default)]
pub struct Selection(RwSignal<Vec<LocalJob>>);

impl Selection {
    /// Selects a job, or deselects it where it is selected.
    pub fn toggle(self, family: &'static Family, job: Arc<Job>) {
        self.0.update(|all| {
            let before = all.len();
            all.retain(|selected| !selected.is(family, &job.id));
            if all.len() == before {
                all.push(LocalJob { family, job });
            }
        });
    }

    /// Selects a job.
    pub fn add(self, family: &'static Family, job: Arc<Job>) {
        self.remove(family, &job.id);
        self.0.update(|all| all.push(LocalJob { family, job }));
    }

    /// Deselects a job.
    pub fn remove(self, family: &'static Family, id: &str) {
        self.0.update(|all| all.retain(|selected| !selected.is(family, id)));
    }

    /// Deselects all jobs.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// Deselects the jobs that no longer run or are not among `rows`, and returns how many those were.
    pub fn drop_missing(self, rows: &Rows) -> usize {
        let stays = |selected: &LocalJob| {
            let row = rows.get(&Row::key(selected.family, &selected.job.id));
            row.is_some_and(|row| row.job.outcome() == Outcome::InProgress)
        };
        let missing = self.0.with_untracked(|all| all.iter().filter(|selected| !stays(selected)).count());
        if missing > 0 {
            self.0.update(|all| all.retain(stays));
        }
        missing
    }

    pub fn has(self, family: &'static Family, id: &str) -> bool {
        self.0.with(|all| all.iter().any(|selected| selected.is(family, id)))
    }

    pub fn is_empty(self) -> bool {
        self.0.with(Vec::is_empty)
    }

    pub fn len(self) -> usize {
        self.0.with(Vec::len)
    }

    /// The selected jobs, in the order in which they were selected. Untracked.
    pub fn get_untracked(self) -> Vec<LocalJob> {
        self.0.get_untracked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::json;

    #[test]
    fn what_ends_or_leaves_the_list_is_not_selected_any_more() {
        let owner = Owner::new();
        owner.set();
        let job = |id: &str, status: &str| {
            Arc::new(Job::from_value(json!({"id": id, "overall_status": status})).expect("a job"))
        };
        let (family, selection) = (&FAMILIES[0], Selection::default());
        for id in ["runs", "ends", "leaves", "twice", "twice"] {
            selection.toggle(family, job(id, "in_progress"));
        }
        assert_eq!(selection.len(), 3, "a second press takes the first back");
        let listed = [job("runs", "in_progress"), job("ends", "completed")];
        assert_eq!(selection.drop_missing(&Rows::new(listed.map(|job| (family, job)))), 2);
        assert!(selection.has(family, "runs") && !selection.has(&FAMILIES[1], "runs"));
        selection.clear();
        assert!(selection.is_empty());
    }
}
