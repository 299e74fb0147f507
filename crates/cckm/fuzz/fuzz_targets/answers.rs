//! Any text as the answer to a list, a job, a start: it is decoded or refused, nothing panics, and what is decoded is consistent.
#![no_main]

use cckm::decode;
use cckm::family::FAMILIES;
use cckm::job::Job;
use cckm::time::Stamp;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(page) = decode::list(text, Job::from_value) {
        assert!(page.total >= page.sent());
        for job in &page.resources {
            look(job);
        }
    }
    if let Ok(Some(job)) = decode::accepted(text) {
        look(&job);
        assert!(decode::job(text, &job.id).is_ok());
    }
    _ = cckm::error::ApiError::from_body(text);
});

/// Asks a job everything that a view asks it.
fn look(job: &Job) {
    let (failed, done, total) = job.progress();
    assert!(failed <= done && done <= total);
    for family in FAMILIES {
        let is_told = job.is_of_everything(family) || !job.containers(family).is_empty();
        assert!(job.selects_as(job, family) == is_told);
        for (key, _, verdict) in job.results(family) {
            assert!(key.is_empty() || job.result_of(key).is_some_and(|result| result.verdict == verdict));
        }
    }
    _ = (job.unknown_words(), job.not_known(), job.lasted(Stamp::from_millis(0)));
}
