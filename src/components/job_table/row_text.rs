//! The texts of a row of the job table. Pure: all inputs are arguments.

use crate::components::job::outcome::{longer, progress_text, unchanged};
use crate::routing::columns::Column;
use cckm::container::Directory;
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::selection_summary::{self, Summary};
use cckm::time::{self, Stamp, TimeFormat};
use std::sync::Arc;

/// What the rows of one family have in common.
pub struct RowContext<'a> {
    pub family: &'static Family,
    pub directory: Option<Arc<Directory>>,
    /// The usual duration of the family's jobs, in milliseconds, if it is known.
    pub usual: Option<i64>,
    /// The shown columns beyond the standard ones.
    pub further: &'a [Column],
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
    /// The title of `started`: the time as ISO 8601.
    pub started_at: String,
    /// Only for jobs that have ended.
    pub duration: String,
    /// "3×" and its title, if the job took longer than usual.
    pub times: String,
    pub longer: String,
    /// The texts of the further columns.
    pub further: Vec<(Column, Further)>,
}

/// The text of a column beyond the standard ones.
#[derive(Clone, Default, PartialEq)]
pub struct Further {
    pub text: String,
    pub title: String,
    /// What is not named, such as "+3".
    pub more: String,
}

impl Further {
    fn of(column: Column, family: &Family, job: &Job, now: Stamp, times: &TimeFormat) -> Self {
        let time = |at: Option<Stamp>| Self {
            text: at.map(|at| times.ago(now, at)).unwrap_or_default(),
            title: at.map(|at| times.iso(at)).unwrap_or_default(),
            more: String::new(),
        };
        match column {
            Column::Ended => time(job.completed),
            Column::Updated => time(job.updated),
            Column::Status => {
                Self { text: job.status.clone(), title: job.status.clone(), more: String::new() }
            }
            Column::Regions => {
                let regions = job.regions(family);
                let more = match regions.len() {
                    0 | 1 => String::new(),
                    all => ["+", &(all - 1).to_string()].concat(),
                };
                Self { text: regions.first().cloned().unwrap_or_default(), title: regions.join("\n"), more }
            }
            _ => match job.progress() {
                (.., 0) => Self::default(),
                (failed, _, all) => {
                    Self { text: [&failed.to_string(), " of ", &all.to_string()].concat(), ..Self::default() }
                }
            },
        }
    }
}

impl JobRowText {
    /// The texts of the row of `job` at the time `now`.
    pub fn of(context: &RowContext<'_>, job: &Job, now: Stamp, times: &TimeFormat) -> Self {
        let outcome = job.outcome();
        let still = if outcome.is_running() { unchanged(job, now, times) } else { None };
        let (word, changed) =
            if job.completed.is_some() { ("Ended ", job.completed) } else { ("Updated ", job.updated) };
        let containers = selection_summary::of(context.family, job, context.directory.as_deref());
        let more = match containers.more {
            0 => String::new(),
            more => ["+", &more.to_string()].concat(),
        };
        let (times_longer, longer) = longer(context.usual, job).unwrap_or_default();
        Self {
            mark: Mark {
                outcome,
                detail: progress_text(context.family, job),
                still: still.unwrap_or_default(),
                changed: changed.map(|at| [word, &times.iso(at)].concat()).unwrap_or_default(),
            },
            facts: Facts {
                cloud: context.family.cloud,
                scope: context.family.scope,
                containers,
                more,
                started: job.created.map(|at| times.ago(now, at)).unwrap_or_default(),
                started_at: job.created.map(|at| times.iso(at)).unwrap_or_default(),
                // The row of a running job has its own counter, which changes every second.
                duration: if outcome.is_running() { String::new() } else { duration(job, now) },
                times: times_longer,
                longer,
                further: context
                    .further
                    .iter()
                    .map(|column| (*column, Further::of(*column, context.family, job, now, times)))
                    .collect(),
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
        let context = RowContext { family, directory: None, usual, further: &[] };
        let now = Stamp::parse(&format!("2026-03-02T09:{minute:02}:30Z")).expect("a time");
        JobRowText::of(&context, &Job::from_value(job).expect("a job"), now, &TimeFormat::PLAIN)
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
                ["8 min ago", "1 min 05 s", "6×"]
            );
            assert_eq!(cells.facts.longer, "6× longer than usual (10 s)");
            assert_eq!((&*cells.facts.containers.short, &*cells.facts.more), ("a, b", "+1"));
            assert!(cells.mark.changed == "Ended 2026-03-02T09:01:05Z" && cells.mark.still.is_empty());
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
    fn further_columns_say_what_the_job_has() {
        let family = FAMILIES.iter().find(|family| family.regions.is_some()).expect("a family");
        let job = json!({
            "id": "j", "overall_status": "completed", family.regions.expect("regions"): ["a", "b", "c"],
            "updatedAt": "2026-03-02T09:06:05Z", "completed_at": "2026-03-02T09:01:05Z",
            "detailed_status": {"a": "Error: denied", "b": "synchronized successfully"},
        });
        let job = Job::from_value(job).expect("a job");
        let now = Stamp::parse("2026-03-02T09:08:30Z").expect("a time");
        let of = |column| Further::of(column, family, &job, now, &TimeFormat::PLAIN);
        assert_eq!([of(Column::Ended).text, of(Column::Updated).text], ["7 min ago", "2 min ago"]);
        assert_eq!([of(Column::Status).text, of(Column::Errors).text], ["completed", "1 of 2"]);
        let regions = of(Column::Regions);
        assert_eq!([&*regions.text, &*regions.more, &*regions.title], ["a", "+2", "a\nb\nc"]);
        let none = Job::from_value(json!({"id": "j"})).expect("a job");
        for column in [Column::Ended, Column::Updated, Column::Status, Column::Regions, Column::Errors] {
            assert!(Further::of(column, family, &none, now, &TimeFormat::PLAIN) == Further::default());
        }
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
