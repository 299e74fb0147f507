//! Compares a job with an earlier one of the same selection, and its duration with the usual one.
//!
//! Pure. It owns the arithmetic and the wording; loading the other jobs is left to the caller.

use crate::family::Family;
use crate::job::Job;
use crate::outcome::Outcome;
use crate::text::count;
use crate::verdict::Verdict;
use std::sync::Arc;

/// The number of completed jobs from which on a duration counts as usual.
const ENOUGH: usize = 5;
/// How much longer than usual a job has to take before it is reported, in milliseconds.
const NOTABLE: i64 = 10_000;

/// Returns the newest of `jobs` that has ended, has results, was created before `job` and has the same selection.
pub fn previous<'a>(
    family: &Family,
    job: &Job,
    jobs: impl Iterator<Item = &'a Arc<Job>>,
) -> Option<&'a Arc<Job>> {
    let mut found: Option<&Arc<Job>> = None;
    for other in jobs {
        let is_earlier = other.id != job.id && other.created.is_some() && other.created < job.created;
        let is_newer = found.is_none_or(|found| found.created < other.created);
        if is_earlier
            && is_newer
            && other.ended()
            && !other.details.is_empty()
            && other.selects_as(job, family)
        {
            found = Some(other);
        }
    }
    found
}

/// The verdict of an earlier job on a container; `None` where that job has no result for it.
pub fn before(earlier: &Job, key: &str) -> Option<Verdict> {
    earlier.result_of(key).map(|result| result.verdict)
}

/// The changes of the containers since `earlier`: "2 failed now and were good before · 1 is good again".
pub fn sentence(now: &Job, earlier: &Job) -> String {
    let (mut worse, mut better, mut still, mut unclear) = (0, 0, 0, 0);
    for result in &now.details {
        match (result.verdict, before(earlier, &result.key)) {
            (Verdict::Error, Some(Verdict::Good)) => worse += 1,
            (Verdict::NotKnown, Some(Verdict::Good)) => unclear += 1,
            (Verdict::Good, Some(Verdict::Error)) => better += 1,
            (Verdict::Error, Some(Verdict::Error)) => still += 1,
            _ => {}
        }
    }
    let mut parts: Vec<String> = Vec::new();
    if worse > 0 {
        parts.push(count(worse, "failed now and was good before", "failed now and were good before"));
    }
    if unclear > 0 {
        parts.push(count(
            unclear,
            "is not known now and was good before",
            "are not known now and were good before",
        ));
    }
    if still > 0 {
        parts.push(count(still, "failed again", "failed again"));
    }
    if better > 0 {
        parts.push(count(better, "is good again", "are good again"));
    }
    if parts.is_empty() {
        "no container changed between good and failed".to_owned()
    } else {
        parts.join(" · ")
    }
}

/// The usual duration of a family's jobs in milliseconds: the median of the completed ones. `None` where fewer than
/// five jobs have completed.
pub fn usual<'a>(jobs: impl Iterator<Item = &'a Job>) -> Option<i64> {
    let mut sorted: Vec<i64> = Vec::new();
    for job in jobs.filter(|job| job.outcome() == Outcome::Completed) {
        if let Some(lasted) = job.completed.and_then(|end| job.lasted(end)) {
            sorted.insert(sorted.partition_point(|other| *other < lasted), lasted);
        }
    }
    if sorted.len() < ENOUGH { None } else { sorted.get(sorted.len() / 2).copied() }
}

/// How many times as long as `usual` a job lasted, both in milliseconds: 3 for "3× longer than usual". `None` below
/// twice the usual duration, and where the difference is less than ten seconds.
pub fn times(lasted: i64, usual: i64) -> Option<i64> {
    let times = lasted / usual.max(1000);
    (times >= 2 && lasted - usual >= NOTABLE).then_some(times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::FAMILIES;
    use serde_json::{Value, json};

    const GOOD: &str = "synchronized successfully";
    const BAD: &str = "Error: access denied";

    fn job(family: &Family, minute: u32, containers: &[&str], details: Value) -> Arc<Job> {
        Arc::new(
            Job::from_value(json!({
                "id": format!("j-{minute}"),
                "createdAt": format!("2026-03-02T09:{minute:02}:00Z"),
                "completed_at": format!("2026-03-02T09:{minute:02}:10Z"),
                "overall_status": "completed",
                family.job_field: containers,
                "detailed_status": details,
            }))
            .expect("a job"),
        )
    }

    #[test]
    fn the_previous_job_is_the_newest_earlier_one_of_the_same_selection() {
        for family in FAMILIES {
            let good = || json!({"a": GOOD});
            let now = job(family, 30, &["a", "b"], good());
            let running = {
                let mut job = (*job(family, 29, &["a", "b"], good())).clone();
                (job.completed, job.status) = (None, "in_progress".to_owned());
                Arc::new(job)
            };
            let others = [
                job(family, 40, &["a", "b"], good()),
                now.clone(),
                running,
                job(family, 28, &["a"], good()),
                job(family, 27, &["a", "b", "c"], good()),
                job(family, 26, &[], good()),
                job(family, 25, &["a", "b"], json!({})),
                job(family, 10, &["b", "a"], good()),
                job(family, 20, &["b", "a"], good()),
            ];
            let id = |now: &Job| previous(family, now, others.iter()).map(|job| job.id.as_str());
            assert_eq!(id(&now), Some("j-20"));
            assert_eq!(id(&job(family, 5, &["a", "b"], good())), None);
            assert_eq!(id(&job(family, 30, &[], good())), Some("j-26"), "everything");
        }
    }

    #[test]
    fn what_changed_is_reported_worst_first() {
        let family = &FAMILIES[0];
        let says = |now, before| sentence(&job(family, 9, &[], now), &job(family, 1, &[], before));
        let now = json!({"a": BAD, "b": BAD, "c": GOOD, "d": GOOD, "new": BAD});
        let before = json!({"a": GOOD, "b": BAD, "c": BAD, "d": GOOD, "old": GOOD});
        assert_eq!(says(now, before), "1 failed now and was good before · 1 failed again · 1 is good again");
        assert_eq!(
            says(json!({"a": GOOD}), json!({"a": GOOD})),
            "no container changed between good and failed"
        );
    }

    #[test]
    fn the_usual_is_the_median_of_what_went_well() {
        let family = &FAMILIES[0];
        let lasting = |seconds: i64, status: &str| {
            Job::from_value(json!({
                "id": "j",
                "createdAt": "2026-03-02T09:00:00Z",
                "completed_at": format!("2026-03-02T09:00:{seconds:02}Z"),
                "overall_status": status,
                family.job_field: [],
            }))
            .expect("a job")
        };
        let mut jobs: Vec<Job> = [50, 10, 40, 20].map(|seconds| lasting(seconds, "completed")).to_vec();
        jobs.push(lasting(1, "failed"));
        assert_eq!(usual(jobs.iter()), None, "too few");
        jobs.push(lasting(30, "completed"));
        assert_eq!(usual(jobs.iter()), Some(30_000));
    }

    #[test]
    fn only_what_is_notable_is_longer_than_usual() {
        let table = [
            (59_000, 30_000, None),
            (60_000, 30_000, Some(2)),
            (95_000, 30_000, Some(3)),
            (9_000, 1_000, None),
            (12_000, 0, Some(12)),
        ];
        for (lasted, usual, expected) in table {
            assert_eq!(times(lasted, usual), expected, "{lasted} against {usual}");
        }
    }
}
