//! Selects the jobs that need attention: jobs that went wrong and that no later job has mended, and jobs that are
//! stuck.
//!
//! Pure. It owns these definitions; loading and showing the jobs is left to the caller.

use crate::family::Family;
use crate::job::Job;
use crate::outcome::{Outcome, plain};
use crate::time::Stamp;
use crate::verdict::Verdict;
use std::collections::HashMap;
use std::sync::Arc;

/// How long a running job may go without a change before it counts as stuck, in milliseconds.
pub const STALLED_AFTER: i64 = 30 * 60 * 1000;

/// The number of jobs from which on an unknown text that they share is reported once for all of them.
pub const MANY: usize = 3;

/// A job that needs attention now, or that will need it if nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The job that went wrong or may be stuck.
    pub job: Arc<Job>,
    /// Whether later jobs succeeded in everything that went wrong in this one.
    pub mended: bool,
    /// The moment from which on the job counts as stuck; `None` for a job that went wrong.
    stuck: Option<Stamp>,
}

impl Case {
    /// Whether the job needs attention at `now`.
    pub fn needs(&self, now: Stamp) -> bool {
        !self.mended && self.stuck.is_none_or(|stuck| now >= stuck)
    }
}

/// Returns the cases among `jobs`, in the order of `jobs`. All jobs have to be of the given family.
///
/// A cancelled job is no case, because a person wanted it to end. A job with an unknown outcome is a case as soon as
/// it has ended or is stuck, because nothing shows that it succeeded.
pub fn cases(family: &Family, jobs: &[Arc<Job>]) -> Vec<Case> {
    let outcomes = jobs.iter().map(|job| job.outcome()).collect::<Vec<_>>();
    let mut cases = Vec::new();
    for (job, outcome) in jobs.iter().zip(&outcomes) {
        let stuck = match outcome {
            Outcome::Completed | Outcome::Cancelled => continue,
            Outcome::Failed | Outcome::CompletedWithErrors => None,
            Outcome::Unknown if job.ended() => None,
            Outcome::InProgress | Outcome::Cancelling | Outcome::Unknown => {
                let Some(changed) = job.updated.or(job.created).filter(|_| !job.ended()) else { continue };
                Some(Stamp::from_millis(changed.millis().saturating_add(STALLED_AFTER)))
            }
        };
        // A later job does not mend one that still runs: it stays stuck until somebody cancels it.
        let mended = !outcome.is_running() && is_mended(family, job, *outcome, jobs, &outcomes);
        cases.push(Case { job: job.clone(), mended, stuck });
    }
    cases
}

/// Whether later jobs succeeded in what went wrong in `bad`: one job in all of it or, where single containers failed,
/// any job in each of these containers.
fn is_mended(family: &Family, bad: &Job, outcome: Outcome, jobs: &[Arc<Job>], outcomes: &[Outcome]) -> bool {
    let later =
        || jobs.iter().zip(outcomes).filter(|(job, _)| bad.created.is_some() && job.created > bad.created);
    if later().any(|(job, outcome)| *outcome == Outcome::Completed && covers(family, job, bad)) {
        return true;
    }
    let is_well = |key: &str| {
        later().any(|(job, _)| job.details.iter().any(|one| one.key == key && one.verdict == Verdict::Good))
    };
    // A job that failed as a whole, or whose status is not known, may not have reached the rest of its selection.
    let came_to_all = outcome == Outcome::CompletedWithErrors || !bad.unknown_texts().is_empty();
    came_to_all
        && bad.whole.is_none()
        && bad.details.iter().all(|one| !bad.is_unsettled(one.verdict) || is_well(&one.key))
}

/// Jobs whose outcome is unknown because of the same text.
#[derive(Debug, Clone, PartialEq)]
pub struct SameText {
    /// The text as it stands in the first of the jobs.
    pub text: String,
    /// The jobs, each with its family, in the order in which they were passed in.
    pub jobs: Vec<(&'static Family, Arc<Job>)>,
}

/// Splits `jobs` into those that stand alone, in their order, and groups of at least [`MANY`] that share an unknown
/// text.
pub fn by_text(jobs: Vec<(&'static Family, Arc<Job>)>) -> (Vec<(&'static Family, Arc<Job>)>, Vec<SameText>) {
    let text = |job: &Job| match job.unknown_texts().as_slice() {
        [(text, _)] => Some((plain(text), (*text).to_owned())),
        _ => None,
    };
    let mut places: HashMap<Vec<u8>, usize> = HashMap::new();
    let mut groups: Vec<SameText> = Vec::new();
    for (family, job) in &jobs {
        let Some((key, text)) = text(job) else { continue };
        let at = *places.entry(key).or_insert(groups.len());
        if at == groups.len() {
            groups.push(SameText { text, jobs: Vec::new() });
        }
        if let Some(group) = groups.get_mut(at) {
            group.jobs.push((*family, job.clone()));
        }
    }
    let is_shared = |job: &Job| {
        let place = text(job).and_then(|(key, _)| places.get(&key).copied());
        place.and_then(|at| groups.get(at)).is_some_and(|group| group.jobs.len() >= MANY)
    };
    let rest = jobs.into_iter().filter(|(_, job)| !is_shared(job)).collect();
    groups.retain(|group| group.jobs.len() >= MANY);
    (rest, groups)
}

/// Whether `job` synchronizes everything that `other` does.
fn covers(family: &Family, job: &Job, other: &Job) -> bool {
    if job.everything == Some(true) {
        return true;
    }
    let (all, some) = (job.containers(family), other.containers(family));
    // A job without regions synchronizes all regions.
    let (regions, other_regions) = (job.regions(family), other.regions(family));
    (job.is_of_everything(family) || other.everything != Some(true) && holds(all, some))
        && (regions.is_empty() || holds(regions, other_regions))
}

/// Whether `some` is not empty and each of its items is in `all`.
fn holds(all: &[String], some: &[String]) -> bool {
    !some.is_empty() && some.iter().all(|one| all.iter().any(|known| known == one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::family::FAMILIES;
    use serde_json::{Value, json};

    const GOOD: &str = "key ring synchronized successfully";

    fn at(minute: u32) -> String {
        format!("2026-03-02T09:{minute:02}:00Z")
    }

    fn now(minute: u32) -> Stamp {
        Stamp::parse(&at(minute)).expect("a time")
    }

    /// A job created in that minute over `containers`; the fields of `more` are added or replace others.
    fn job(family: &Family, minute: u32, status: &str, containers: &[&str], more: Value) -> Arc<Job> {
        let mut value = json!({
            "id": format!("j-{minute}"), "createdAt": at(minute), "overall_status": status, family.job_field: containers,
        });
        for (name, field) in more.as_object().into_iter().flatten() {
            value[name] = field.clone();
        }
        Arc::new(Job::from_value(value).expect("a job"))
    }

    /// The ids of the jobs that need attention at 09:30, and those of the mended jobs.
    fn found(family: &Family, jobs: &[Arc<Job>]) -> (String, String) {
        let cases = cases(family, jobs);
        let ids = |of: &dyn Fn(&Case) -> bool| {
            let ids = cases.iter().filter(|case| of(case)).map(|case| case.job.id.clone());
            ids.collect::<Vec<_>>().join(" ")
        };
        (ids(&|case| case.needs(now(30))), ids(&|case| case.mended))
    }

    fn needs(family: &Family, job: Arc<Job>) -> bool {
        !found(family, &[job]).0.is_empty()
    }

    #[test]
    fn what_went_wrong_needs_attention_and_what_went_well_does_not() {
        for family in FAMILIES {
            let one = |status: &str, more: Value| needs(family, job(family, 20, status, &["a"], more));
            assert!(one("failed", json!({})));
            assert!(one("error", json!({})));
            assert!(one("completed", json!({"detailed_status": {"a": "Error: denied"}})));
            assert!(one("completed", json!({"detailed_status": {"a": GOOD, "b": "denied"}})));
            assert!(!one("completed", json!({"detailed_status": {"a": GOOD}})));
            assert!(
                !one("completed", json!({"abort": true, "detailed_status": {"a": "denied"}})),
                "cancelled"
            );
            assert!(!one("in progress", json!({})));
        }
    }

    #[test]
    fn what_stands_still_for_half_an_hour_is_stuck() {
        let family = &FAMILIES[0];
        let one = |more: Value| needs(family, job(family, 0, "in_progress", &["a"], more));
        assert!(one(json!({})), "nothing since it was made");
        assert!(one(json!({"updatedAt": at(0)})));
        assert!(!one(json!({"updatedAt": at(1)})), "29 minutes");
        assert!(one(json!({"abort": true})), "a cancel that does not come to its end");
        assert!(!one(json!({"createdAt": null})), "nobody knows since when");
        assert!(!one(json!({"completed_at": at(1)})), "it says that it ended");
        let young = cases(family, &[job(family, 1, "in_progress", &["a"], json!({}))]);
        assert_eq!(young.len(), 1, "it is known when it will be");
        assert!(!young[0].needs(now(30)) && young[0].needs(now(31)));
    }

    #[test]
    fn an_unknown_outcome_counts_once_nothing_more_is_to_be_expected() {
        let family = &FAMILIES[0];
        let one = |minute, more: Value| needs(family, job(family, minute, "partial", &["a"], more));
        assert!(!one(20, json!({})), "it may go on");
        assert!(one(0, json!({})), "it stands still");
        assert!(one(20, json!({"completed_at": at(21)})), "it ended, nobody knows how");
    }

    #[test]
    fn a_later_good_job_of_the_same_or_of_everything_mends() {
        for family in FAMILIES {
            let bad = || job(family, 10, "failed", &["a", "b"], json!({}));
            let with = |minute, status: &str, containers: &[&str], more: Value| {
                found(family, &[job(family, minute, status, containers, more), bad()]).1 == "j-10"
            };
            assert!(with(20, "completed", &["b", "a"], json!({})));
            assert!(with(20, "completed", &["c", "a", "b"], json!({})), "of more than these");
            assert!(with(20, "completed", &[], json!({})), "of everything");
            assert!(with(20, "completed", &["c"], json!({"synchronize_all": true})));
            assert!(!with(20, "completed", &["a"], json!({})), "of fewer");
            assert!(!with(5, "completed", &["a", "b"], json!({})), "an earlier one");
            assert!(!with(10, "completed", &["a", "b"], json!({})), "one of the same moment");
            assert!(!with(20, "completed", &["a", "b"], json!({"createdAt": null})));
            assert!(!with(20, "completed", &["a", "b"], json!({"abort": true})), "a cancelled one");
            assert!(!with(20, "completed", &["a", "b"], json!({"detailed_status": {"a": "denied"}})));
            assert!(!with(20, "in_progress", &["a", "b"], json!({})));
        }
    }

    #[test]
    fn a_job_of_unknown_containers_mends_by_its_results_alone() {
        for family in FAMILIES {
            let good = |details: Value| {
                job(family, 20, "completed", &[], json!({"some_ids": ["a"], "detailed_status": details}))
            };
            let failed = job(family, 10, "failed", &["b"], json!({}));
            assert_eq!(found(family, &[good(json!({"a": GOOD})), failed]).0, "j-10");
            let details = json!({"detailed_status": {"a": "denied", "b": GOOD}});
            let one = job(family, 10, "completed", &["a", "b"], details);
            assert_eq!(found(family, &[good(json!({"a": GOOD})), one.clone()]).1, "j-10");
            assert_eq!(found(family, &[good(json!({"c": GOOD})), one]).0, "j-10");
        }
    }

    #[test]
    fn everything_is_mended_by_everything_alone() {
        for family in FAMILIES {
            let bad = job(family, 10, "failed", &[], json!({}));
            let good = |containers: &[&str]| job(family, 20, "completed", containers, json!({}));
            assert_eq!(found(family, &[good(&["a"]), bad.clone()]).0, "j-10");
            assert_eq!(found(family, &[good(&[]), bad.clone()]).0, "");
        }
    }

    #[test]
    fn regions_have_to_be_covered_too() {
        for family in FAMILIES.iter().filter(|family| family.regions.is_some()) {
            let of = |minute, status: &str, regions: &[&str]| {
                job(family, minute, status, &["a"], json!({family.regions.unwrap_or_default(): regions}))
            };
            let mended = |later: &[&str], bad: &[&str]| {
                found(family, &[of(20, "completed", later), of(10, "failed", bad)]).1 == "j-10"
            };
            assert!(mended(&["r", "s"], &["s"]));
            assert!(mended(&[], &["s"]), "of all regions");
            assert!(!mended(&["r"], &["s"]));
            assert!(!mended(&["r"], &[]), "all regions had failed");
            let all = job(family, 20, "completed", &[], json!({family.regions.unwrap_or_default(): ["r"]}));
            assert_eq!(found(family, &[all, of(10, "failed", &["s"])]).0, "j-10", "all KMS in one region");
        }
    }

    #[test]
    fn containers_that_failed_are_mended_one_by_one() {
        let family = &FAMILIES[5];
        let with_results = |minute, status: &str, details: Value| {
            job(family, minute, status, &["a", "b", "c"], json!({"detailed_status": details}))
        };
        let bad = with_results(10, "completed", json!({"a": GOOD, "b": "denied", "c": "denied"}));
        let retry = |minute, key: &str, text: &str| {
            job(family, minute, "completed", &[key], json!({"detailed_status": {key: text}}))
        };
        assert_eq!(found(family, &[retry(21, "c", GOOD), retry(20, "b", GOOD), bad.clone()]).0, "");
        assert_eq!(found(family, &[retry(20, "b", GOOD), bad.clone()]).0, "j-10");
        assert_eq!(
            found(family, &[retry(21, "c", "denied"), retry(20, "b", GOOD), bad.clone()]).0,
            "j-21 j-10"
        );
        // A job that failed as a whole may have left out other containers too.
        let failed = with_results(10, "failed", json!({"b": "denied"}));
        assert_eq!(found(family, &[retry(20, "b", GOOD), failed]).0, "j-10");
    }

    #[test]
    fn a_result_that_nobody_knows_counts_and_is_mended_by_its_container() {
        for family in FAMILIES {
            let with_results = |minute, details: Value| {
                job(family, minute, "completed", &["a", "b"], json!({"detailed_status": details}))
            };
            let retry = |key: &str, text: &str| {
                job(family, 20, "completed", &[key], json!({"detailed_status": {key: text}}))
            };
            for bad in [json!({"a": GOOD, "b": "skipped"}), json!({"a": GOOD, "b": null})] {
                assert_eq!(found(family, &[with_results(10, bad.clone())]).0, "j-10");
                assert_eq!(found(family, &[retry("b", GOOD), with_results(10, bad.clone())]).0, "");
                assert_eq!(found(family, &[retry("a", GOOD), with_results(10, bad.clone())]).0, "j-10");
                assert_eq!(found(family, &[retry("b", "skipped"), with_results(10, bad)]).0, "j-20 j-10");
            }
            // The error is mended; the result that is not known is not.
            let both = with_results(10, json!({"a": "denied", "b": "skipped"}));
            assert_eq!(found(family, &[retry("a", GOOD), both.clone()]).0, "j-10");
            let whole = || with_results(10, json!("success"));
            assert_eq!(found(family, &[retry("b", GOOD), whole()]).0, "j-10");
            assert_eq!(found(family, &[with_results(20, json!({"a": GOOD, "b": "ok"})), whole()]).0, "");
        }
    }

    #[test]
    fn what_many_share_is_reported_once() {
        let family = &FAMILIES[0];
        let with_results = |minute, details: Value| {
            (family, job(family, minute, "completed", &["a"], json!({"detailed_status": details})))
        };
        let jobs = vec![
            with_results(9, json!({"a": "skipped"})),
            with_results(8, json!({"a": "odd"})),
            with_results(7, json!({"a": "Skipped ", "b": GOOD})),
            with_results(6, json!({"a": "skipped", "b": "denied"})),
            with_results(5, json!({"a": "skipped", "b": "odd"})),
            with_results(4, json!({"a": "odd"})),
            with_results(3, json!({"a": "skipped"})),
        ];
        let (rest, same) = by_text(jobs);
        let ids =
            |jobs: &[(&Family, Arc<Job>)]| jobs.iter().map(|(_, job)| job.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&rest), ["j-8", "j-6", "j-5", "j-4"]);
        let [same] = same.as_slice() else { panic!("one text") };
        assert_eq!(
            (same.text.as_str(), ids(&same.jobs)),
            ("skipped", ["j-9", "j-7", "j-3"].map(str::to_owned).to_vec())
        );
    }

    #[test]
    fn one_that_runs_is_not_mended_by_another() {
        let family = &FAMILIES[0];
        let stuck = job(family, 0, "in_progress", &["a"], json!({}));
        let good = job(family, 20, "completed", &["a"], json!({}));
        assert_eq!(found(family, &[good.clone(), stuck]), ("j-0".to_owned(), String::new()));
        let unknown = job(family, 0, "partial", &["a"], json!({}));
        assert_eq!(found(family, &[good, unknown]), (String::new(), "j-0".to_owned()));
    }
}
