//! What a cancel came to, in words: for one job, and for several.
//!
//! Pure. It owns the sentences; it sends nothing.

use crate::model::{Job, Outcome};
use crate::text;

/// What the server made of a cancel that it took.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It asks the job to stop.
    Asked,
    /// The job was quicker.
    Ended(Outcome),
}

impl Taken {
    /// By the job as the server answered it; `None` where it accepted with an empty answer.
    pub fn of(answer: Option<&Job>) -> Self {
        match answer {
            Some(job) if job.ended() && !job.abort => Self::Ended(job.outcome()),
            _ => Self::Asked,
        }
    }

    /// Of a job that can't be cancelled any more, by its outcome.
    pub fn seen(outcome: Outcome) -> Self {
        if outcome.is_running() { Self::Asked } else { Self::Ended(outcome) }
    }

    /// As one of several answers.
    pub fn words(self) -> String {
        match self {
            Self::Asked => String::from("asked to stop"),
            Self::Ended(outcome) => ["it had already ended: ", outcome.word()].concat(),
        }
    }

    /// Of the job `id`, as a sentence.
    pub fn sentence(self, id: &str) -> String {
        let id = text::short(id);
        match self {
            Self::Asked => ["The server was asked to cancel job ", &id, "."].concat(),
            Self::Ended(outcome) => ["Job ", &id, " had already ended: ", outcome.word(), "."].concat(),
        }
    }
}

/// Why there is nothing to cancel any more.
pub fn overtaken(outcome: Outcome) -> String {
    match outcome {
        Outcome::Cancelling => String::from("A cancel has already been asked for."),
        outcome => ["This job has already ended: ", outcome.word(), "."].concat(),
    }
}

/// What became of several: "2 asked to stop, 1 had already ended, 1 not cancelled."
pub fn summary(asked: usize, ended: usize, failed: usize) -> String {
    let all = [(asked, "asked to stop"), (ended, "had already ended"), (failed, "not cancelled")];
    [&text::tally(&all), "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_job_that_was_quicker_is_not_called_cancelled() {
        let taken = |answer| Taken::of(Some(&Job::of(answer)));
        let late = taken(json!({"id": "j-1", "overall_status": "completed", "abort": false}));
        assert_eq!(late.sentence("j-1"), "Job j-1 had already ended: Completed.");
        assert_eq!(late.words(), "it had already ended: Completed");
        let asked = taken(json!({"id": "j-1", "overall_status": "in_progress", "abort": true}));
        assert_eq!(asked.sentence("j-1"), "The server was asked to cancel job j-1.");
        let quick = taken(json!({"id": "j-1", "overall_status": "completed", "abort": true}));
        assert!(quick == asked && Taken::of(None) == asked);
        assert_eq!(overtaken(Outcome::Completed), "This job has already ended: Completed.");
    }

    #[test]
    fn several_are_counted_by_what_became_of_them() {
        assert_eq!(summary(2, 1, 1), "2 asked to stop, 1 had already ended, 1 not cancelled.");
        assert_eq!(summary(0, 0, 3), "3 not cancelled.");
    }
}
