//! The texts of a row of the job table. Pure: all inputs are arguments.

use crate::components::job::outcome::{longer, progress_text, unchanged};
use cckm::container::Directory;
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::selection_summary::{self, Summary};
use cckm::time::{self, Stamp};
use std::sync::Arc;

/// What the rows of one family have in common.
pub struct RowContext {
    pub family: &'static Family,
    pub directory: Option<Arc<Directory>>,
    /// The usual duration of the family's jobs, in milliseconds, if it is known.
    pub usual: Option<i64>,
}

/// The texts and titles of a row, by what changes together. An empty text is not shown.
#[derive(Default)]
pub struct JobRowText {
    pub mark: Mark,
    pub facts: Facts,
}

/// The outcome of the job.
#[derive(Clone, Default, PartialEq)]
pub struct Mark {
    pub outcome: Outcome,
    pub detail: String,
    /// How long a running job has not changed, if that is long.
    pub still: String,
    /// When the job last changed or ended: the title of the outcome.
    pub changed: String,
}

/// What the job synchronizes, and when it ran.
#[derive(Clone, Default, PartialEq)]
pub struct Facts {
    pub cloud: &'static str,
    pub scope: &'static str,
    pub containers: Summary,
    /// How many containers are not named, such as "+3".
    pub more: String,
    pub started: String,
    pub started_at: String,
    /// Only for jobs that have ended.
    pub duration: String,
    /// "3×" and its title, if the job took longer than usual.
    pub times: String,
    pub longer: String,
}

impl JobRowText {
    /// The texts of the row of `job` at the time `now`.
    pub fn of(context: &RowContext, job: &Job, now: Stamp) -> Self {
        let outcome = job.outcome();
        let still = if outcome.is_running() { unchanged(job, now) } else { None };
        let (word, changed) =
            if job.completed.is_some() { ("Ended ", job.completed) } else { ("Updated ", job.updated) };
        let containers = selection_summary::of(context.family, job, context.directory.as_deref());
        let more = match containers.more {
            0 => String::new(),
            more => ["+", &more.to_string()].concat(),
        };
        let (times, longer) = longer(context.usual, job).unwrap_or_default();
        Self {
            mark: Mark {
                outcome,
                detail: progress_text(context.family, job),
                still: still.unwrap_or_default(),
                changed: changed.map(|at| [word, &time::local(at)].concat()).unwrap_or_default(),
            },
            facts: Facts {
                cloud: context.family.cloud,
                scope: context.family.scope,
                containers,
                more,
                started: job.created.map(|at| time::ago(now, at)).unwrap_or_default(),
                started_at: job.created.map(time::local).unwrap_or_default(),
                // The row of a running job has its own counter, which changes every second.
                duration: if outcome.is_running() { String::new() } else { duration(job, now) },
                times,
                longer,
            },
        }
    }
}

/// How long `job` took, or has been running at the time `now`.
pub fn duration(job: &Job, now: Stamp) -> String {
    job.lasted(now).map(time::duration).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use cckm::family::FAMILIES;
    use serde_json::{Value, json};

    fn cells(family: &'static Family, usual: Option<i64>, job: Value, minute: u32) -> JobRowText {
        let context = RowContext { family, directory: None, usual };
        let now = Stamp::parse(&format!("2026-03-02T09:{minute:02}:30Z")).expect("a time");
        JobRowText::of(&context, &Job::from_value(job).expect("a job"), now)
    }

    #[test]
    fn a_row_of_each_family_says_what_became_of_its_job() {
        for family in FAMILIES {
            let job = json!({
                "id": "0123456789abcdef", "overall_status": "completed", family.job_field: ["a", "b", "c"],
                "createdAt": "2026-03-02T09:00:00Z", "completed_at": "2026-03-02T09:01:05Z",
                "detailed_status": {"a": "Error: denied", "b": "synchronized successfully"},
            });
            let cells = cells(family, Some(10_000), job, 8);
            assert!(cells.mark.outcome == Outcome::CompletedWithErrors && cells.mark.detail == "1 failed");
            assert_eq!(
                [&*cells.facts.started, &*cells.facts.duration, &*cells.facts.times],
                ["8 min ago", "1 min 5 s", "6×"]
            );
            assert_eq!(cells.facts.longer, "6× longer than usual (10 s)");
            assert_eq!((&*cells.facts.containers.short, &*cells.facts.more), ("a, b", "+1"));
            assert!(cells.mark.changed.starts_with("Ended 2026-03-0") && cells.mark.still.is_empty());
        }
    }

    #[test]
    fn one_that_runs_says_how_long_and_since_when_nothing_changed() {
        let job = json!({
            "id": "j", "overall_status": "in_progress",
            "createdAt": "2026-03-02T09:00:00Z", "updatedAt": "2026-03-02T09:01:00Z",
        });
        let text = |minute| {
            let cells = cells(&FAMILIES[0], Some(1), job.clone(), minute);
            assert!(cells.mark.changed.starts_with("Updated ") && cells.facts.times.is_empty());
            assert!(cells.facts.duration.is_empty(), "it counts on by itself");
            cells.mark.still
        };
        assert_eq!(text(10), "");
        assert_eq!(text(32), "no change for 31 min");
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let JobRowText { mark, facts } = cells(&FAMILIES[0], None, json!({"id": "j"}), 0);
        assert!(mark.outcome == Outcome::Unknown && mark.detail == "no status");
        for empty in [&mark.changed, &facts.started, &facts.started_at, &facts.duration, &facts.longer] {
            assert_eq!(empty, "");
        }
    }
}
