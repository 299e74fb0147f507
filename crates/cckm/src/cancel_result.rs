//! The results of cancel requests, in words: of one job and of several.
//!
//! Pure. It owns the sentences and sends no request.

use crate::job::Job;
use crate::outcome::Outcome;
use crate::text;

/// The effect of a cancel request that the server accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CancelEffect {
    /// The server has asked the job to stop.
    Requested,
    /// The job had ended before the cancel could take effect, with this outcome.
    Ended(Outcome),
}

impl CancelEffect {
    /// Reads the effect from the job in the response; `None` stands for an empty response, which accepts the cancel.
    pub fn of(answer: Option<&Job>) -> Self {
        match answer {
            Some(job) if job.ended() && !job.abort => Self::Ended(job.outcome()),
            _ => Self::Requested,
        }
    }

    /// The effect on a job with this outcome that can no longer be cancelled.
    pub fn seen(outcome: Outcome) -> Self {
        if outcome.is_running() { Self::Requested } else { Self::Ended(outcome) }
    }

    /// The effect as an item in a list of results.
    pub fn words(self) -> String {
        match self {
            Self::Requested => String::from("asked to stop"),
            Self::Ended(outcome) => ["it had already ended: ", outcome.word()].concat(),
        }
    }

    /// The effect on the job `id`, as a sentence.
    pub fn sentence(self, id: &str) -> String {
        let id = text::short(id);
        match self {
            Self::Requested => ["The server was asked to cancel job ", &id, "."].concat(),
            Self::Ended(outcome) => ["Job ", &id, " had already ended: ", outcome.word(), "."].concat(),
        }
    }
}

/// Derives the effect of a cancel whose response was lost from the job as it was requested afterwards; `None` where
/// that request failed too.
///
/// # Errors
///
/// Returns a sentence for the person where the job does not show that the cancel arrived or had nothing left to do.
pub fn after_loss(job: Option<&Job>) -> Result<CancelEffect, &'static str> {
    match job.map(|job| (job.outcome(), job.ended())) {
        Some((Outcome::InProgress, _)) => Err(
            "The job still runs and is not being cancelled: the request may not have reached the server. It is sent again only by a press.",
        ),
        None | Some((Outcome::Unknown, false)) => Err(
            "Whether the job is being cancelled is not known: it does not say so. It is asked again with each refresh.",
        ),
        Some((outcome, _)) => Ok(CancelEffect::seen(outcome)),
    }
}

/// Explains why a job with this outcome can no longer be cancelled.
pub fn overtaken(outcome: Outcome) -> String {
    match outcome {
        Outcome::Cancelling => String::from("A cancel has already been asked for."),
        outcome => ["This job has already ended: ", outcome.word(), "."].concat(),
    }
}

/// The results of several cancels: "2 asked to stop, 1 had already ended, 1 not cancelled, 1 not known."
pub fn summary(requested: usize, ended: usize, failed: usize, unknown: usize) -> String {
    let all = [
        (requested, "asked to stop"),
        (ended, "had already ended"),
        (failed, "not cancelled"),
        (unknown, "not known"),
    ];
    [&text::tally(&all), "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_job_that_was_quicker_is_not_called_cancelled() {
        let effect = |answer| CancelEffect::of(Some(&Job::from_value(answer).expect("a job")));
        let late = effect(json!({"id": "j-1", "overall_status": "completed", "abort": false}));
        assert_eq!(late.sentence("j-1"), "Job j-1 had already ended: Completed.");
        assert_eq!(late.words(), "it had already ended: Completed");
        let requested = effect(json!({"id": "j-1", "overall_status": "in_progress", "abort": true}));
        assert_eq!(requested.sentence("j-1"), "The server was asked to cancel job j-1.");
        let quick = effect(json!({"id": "j-1", "overall_status": "completed", "abort": true}));
        assert!(quick == requested && CancelEffect::of(None) == requested);
        assert_eq!(overtaken(Outcome::Completed), "This job has already ended: Completed.");
    }

    #[test]
    fn several_are_counted_by_what_became_of_them() {
        assert_eq!(summary(2, 1, 1, 0), "2 asked to stop, 1 had already ended, 1 not cancelled.");
        assert_eq!(summary(0, 0, 3, 1), "3 not cancelled, 1 not known.");
    }

    #[test]
    fn a_lost_cancel_is_reported_by_the_job_itself() {
        let after = |status: &str, abort: bool, ended: bool| {
            let end = ended.then_some("2026-03-02T09:00:00Z");
            let job = json!({"id": "j", "overall_status": status, "abort": abort, "completed_at": end});
            after_loss(Some(&Job::from_value(job).expect("a job")))
        };
        assert!(after("in_progress", true, false) == Ok(CancelEffect::Requested));
        assert!(after("failed", false, true) == Ok(CancelEffect::Ended(Outcome::Failed)));
        assert!(after("odd", false, true) == Ok(CancelEffect::Ended(Outcome::Unknown)));
        assert!(
            after("in_progress", false, false).is_err_and(|words| words.contains("is not being cancelled"))
        );
        assert!(after("odd", false, false).is_err_and(|words| words.contains("not known")));
        assert!(after_loss(None).is_err_and(|words| words.contains("not known")));
    }
}
