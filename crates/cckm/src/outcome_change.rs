//! The sentences about jobs whose outcome has changed.
//!
//! Pure. It owns the wording; detecting a change is left to the caller.

use crate::job::Job;
use crate::outcome::Outcome;
use crate::text::{self, count};

/// The sentence about one job: "Job 3bbe7c…b2a9d1 is now Failed.", "Job 3bbe7c…b2a9d1 is now Unknown (skipped)."
pub fn sentence(job: &Job) -> String {
    let mut words = ["Job ", &text::short(&job.id), " is now ", job.outcome().word()].concat();
    let unknown = job.unknown_words();
    if !unknown.is_empty() {
        words = [&words, " (", &unknown, ")"].concat();
    }
    words.push('.');
    words
}

/// The sentence about all jobs of `changed`; of several it has the number of each outcome, the most urgent first.
pub fn summary(changed: &[&Job]) -> String {
    if let [job] = changed {
        return sentence(job);
    }
    let mut kinds: Vec<(Outcome, usize)> = Vec::new();
    for job in changed {
        let outcome = job.outcome();
        match kinds.iter_mut().find(|(kind, _)| *kind == outcome) {
            Some((_, number)) => *number += 1,
            None => {
                let at = kinds.partition_point(|(kind, _)| kind.rank() <= outcome.rank());
                kinds.insert(at, (outcome, 1));
            }
        }
    }
    let kinds = kinds.iter().map(|(kind, number)| [&text::number(*number as u64), " ", kind.word()].concat());
    let kinds = kinds.collect::<Vec<_>>().join(", ");
    [&count(changed.len(), "job has", "jobs have"), " changed: ", &kinds, "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn job(id: &str, status: &str) -> Job {
        Job::from_value(json!({"id": id, "overall_status": status})).expect("a job")
    }

    #[test]
    fn a_change_is_reported_in_a_sentence() {
        let job = job("3bbe7c1c-0d52-4b8e-9c4a-afef70b2a9d1", "failed");
        assert_eq!(sentence(&job), "Job 3bbe7c…b2a9d1 is now Failed.");
        let mut value =
            json!({"id": "j", "overall_status": "completed", "detailed_status": {"a": "skipped"}});
        assert_eq!(
            sentence(&Job::from_value(value.clone()).expect("a job")),
            "Job j is now Unknown (skipped)."
        );
        value["detailed_status"]["b"] = json!("");
        assert_eq!(
            sentence(&Job::from_value(value).expect("a job")),
            "Job j is now Unknown (skipped and 1 more text)."
        );
        assert_eq!(sentence(&self::job("j", "")), "Job j is now Unknown (no status).");
    }

    #[test]
    fn several_changes_are_counted_the_worst_first() {
        let (a, b, c) = (job("a", "completed"), job("b", "failed"), job("c", "completed"));
        assert_eq!(summary(&[&a]), "Job a is now Completed.");
        assert_eq!(summary(&[&a, &b, &c]), "3 jobs have changed: 1 Failed, 2 Completed.");
    }
}
